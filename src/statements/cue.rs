//! The cue verbs of `en/cues.tsv`: their class, the frames they can stand in, and a look-up by word number. It does not
//! look at any text.

use super::inflection::{Form, forms};
use super::word_class::{CUE, ClassTable, VERB};
use crate::text::{WordId, WordTable, entries};

const FILE: &str = include_str!("en/cues.tsv");

/// What a cue verb says of its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CueClass {
    /// Utters words (`say`).
    Speech,
    /// Holds a view (`fear`).
    View,
    /// Presses others (`urge`).
    Urge,
    /// Gives a thing a name or likeness (`brand`).
    Describe,
    /// Judges a proposal (`welcome`).
    Judge,
    /// Takes a position by acting (`accept`).
    Act,
    /// Holds a view, as an adjective after a form of `be` (`is confident that`).
    State,
}

/// The frames of a cue verb: what may follow it (the header of `en/cues.tsv` explains the letters).
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each letter of the data file is one frame"
)]
pub(super) struct Frames {
    /// `q`.
    pub(super) quotation: bool,
    /// `c`.
    pub(super) clause: bool,
    /// `h`.
    pub(super) that: bool,
    /// `o`.
    pub(super) object: bool,
    /// `p`.
    pub(super) topic: bool,
    /// `t`.
    pub(super) infinitive: bool,
    /// `n`.
    pub(super) object_infinitive: bool,
    /// `a`.
    pub(super) like: bool,
    /// `l`.
    pub(super) name: bool,
    /// `i`.
    pub(super) alone: bool,
    /// `v`: any noun can be its subject.
    pub(super) any_subject: bool,
    /// `x`: a cue only where it is denied.
    pub(super) denied: bool,
    /// `d`: what follows is a hearer, never the subject.
    pub(super) hearer: bool,
    /// `e`: with `it` it is nobody's (`it is clear that`).
    pub(super) never_it: bool,
    /// `r`: only the errand of somebody (`flew to Kesh to secure a truce`).
    pub(super) errand: bool,
    /// `f`: next words, of any content.
    pub(super) phrase: Vec<WordId>,
    /// `g`: next words, with an object of the target's kind.
    pub(super) topic_phrase: Vec<WordId>,
    /// `w`: words that stand near.
    pub(super) with: Vec<WordId>,
}

/// A cue verb.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    /// What it says of its subject.
    pub(super) class: CueClass,
    /// What may follow it.
    pub(super) frames: Frames,
}

/// Cue verbs by the number of any of their forms.
#[derive(Clone, Debug, Default)]
pub(super) struct Cues {
    verbs: Vec<Cue>,
    /// By word number: where its uses begin in `uses`, and how many there are.
    by_word: Vec<(u32, u8)>,
    uses: Vec<(u16, Form)>,
}

impl Cues {
    /// Reads the data file and takes its words into `words` and their class into `classes`.
    pub(super) fn read(words: &mut WordTable, classes: &mut ClassTable) -> Self {
        let mut cues = Vec::new();
        let mut found: Vec<(WordId, u16, Form)> = Vec::new();
        for line in entries(FILE) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [lemma, class, frames, irregular] = fields[..] else {
                continue;
            };
            let Some(class) = class_of(class) else {
                for (form, _) in forms(lemma, irregular.split_once(' ')) {
                    classes.add(words.intern(&form), VERB);
                }
                continue;
            };
            let number = u16::try_from(cues.len()).unwrap_or(u16::MAX);
            cues.push(Cue {
                class,
                frames: frames_of(frames, words),
            });
            let shapes = if class == CueClass::State {
                let shape = Form {
                    participle: true,
                    ..Form::default()
                };
                vec![(lemma.to_owned(), shape)]
            } else {
                forms(lemma, irregular.split_once(' '))
            };
            for (form, shape) in shapes {
                let word = words.intern(&form);
                classes.add(word, CUE);
                found.push((word, number, shape));
            }
        }
        found.sort_by_key(|&(word, number, _)| (word, number));
        let mut this = Self {
            verbs: cues,
            by_word: Vec::new(),
            uses: Vec::with_capacity(found.len()),
        };
        for (word, number, form) in found {
            let at = u32::try_from(this.uses.len()).unwrap_or(u32::MAX);
            this.uses.push((number, form));
            if this.by_word.len() <= word.index() {
                this.by_word.resize(word.index() + 1, (0, 0));
            }
            let entry = &mut this.by_word[word.index()];
            *entry = if entry.1 == 0 {
                (at, 1)
            } else {
                (entry.0, entry.1 + 1)
            };
        }
        this
    }

    /// The verbs that `word` can be a form of, in the order of the file.
    pub(super) fn of(&self, word: WordId) -> impl Iterator<Item = (&Cue, Form)> {
        let (first, count) = self.by_word.get(word.index()).copied().unwrap_or((0, 0));
        self.uses[first as usize..][..usize::from(count)]
            .iter()
            .map(|&(number, form)| (&self.verbs[usize::from(number)], form))
    }
}

fn class_of(name: &str) -> Option<CueClass> {
    Some(match name {
        "speech" => CueClass::Speech,
        "view" => CueClass::View,
        "urge" => CueClass::Urge,
        "describe" => CueClass::Describe,
        "judge" => CueClass::Judge,
        "act" => CueClass::Act,
        "state" => CueClass::State,
        _ => return None,
    })
}

fn frames_of(list: &str, words: &mut WordTable) -> Frames {
    let mut frames = Frames::default();
    for frame in list.split_whitespace() {
        match frame {
            "q" => frames.quotation = true,
            "c" => frames.clause = true,
            "h" => frames.that = true,
            "o" => frames.object = true,
            "p" => frames.topic = true,
            "t" => frames.infinitive = true,
            "n" => frames.object_infinitive = true,
            "a" => frames.like = true,
            "l" => frames.name = true,
            "i" => frames.alone = true,
            "d" => frames.hearer = true,
            "v" => frames.any_subject = true,
            "e" => frames.never_it = true,
            "r" => frames.errand = true,
            "x" => frames.denied = true,
            _ => {
                let Some((key, list)) = frame.split_once(':') else {
                    continue;
                };
                let place = match key {
                    "f" => &mut frames.phrase,
                    "g" => &mut frames.topic_phrase,
                    _ => &mut frames.with,
                };
                place.extend(list.split('|').map(|word| words.intern(word)));
            }
        }
    }
    frames
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_a_verb() {
        for line in entries(FILE) {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 4, "{line}");
            assert!(
                fields[1] == "none" || class_of(fields[1]).is_some(),
                "{line}"
            );
        }
    }

    #[test]
    fn a_form_leads_to_all_verbs_that_share_it() {
        let mut words = WordTable::new();
        let mut classes = ClassTable::default();
        let cues = Cues::read(&mut words, &mut classes);
        let classes_of = |word: &str| -> Vec<CueClass> {
            words
                .find(word)
                .map(|id| cues.of(id).map(|(cue, _)| cue.class).collect())
                .unwrap_or_default()
        };
        assert!(classes_of("said").contains(&CueClass::Speech));
        assert!(classes_of("called").contains(&CueClass::Urge));
        assert!(classes_of("called").contains(&CueClass::Describe));
        assert!(classes_of("chair").is_empty());
    }
}
