//! Which truce is meant: the names that stand beside each truce word of an article ("the truce with Kartal"), and whether
//! they belong to the article's own matter or to one paragraph alone (codebook, "Target": another conflict's truce is
//! another target). Only equality of names counts, never who they are; the model weighs what is found.

use rustc_hash::FxHashMap;

use super::emit::Sink;
use super::key;
use super::sense::{COMMON, PREPOSITION, Senses};
use super::tags::Tags;
use super::view::Own;
use crate::text::{Document, Shape, WordId, WordTable};

/// An article has a matter of its own if a name stands in as many paragraphs, and in one of as many.
const LEAST_PARAGRAPHS: usize = 3;
const ONE_IN: usize = 4;

/// Words before a truce word that can name it, words behind it up to a preposition, and words of a name behind that.
const BEFORE: usize = 3;
const TO_PREPOSITION: usize = 3;
const BEHIND: usize = 6;

/// The names of one article, and the word classes of its tokens.
#[derive(Clone, Debug, Default)]
pub struct Matter {
    pub(super) tags: Tags,
    names: FxHashMap<WordId, Name>,
    truces: Vec<Truce>,
    /// Whether one name runs through the article.
    is_led: bool,
}

/// Where a name stands.
#[derive(Clone, Copy, Debug)]
struct Name {
    first: usize,
    last: usize,
    n_paragraphs: usize,
}

/// A truce word with the names beside it.
#[derive(Clone, Debug)]
struct Truce {
    token: usize,
    names: Vec<WordId>,
}

/// Whose truce the names beside truce words say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Ours,
    Another,
}

impl Matter {
    /// Reads an article's names and truces.
    pub(super) fn of(document: &Document<'_>, words: &WordTable, senses: &mut Senses) -> Self {
        let truce = senses.lexicon.set(&["TRUCE"]);
        let mut matter = Self::default();
        let whole = (0, document.tokens.len());
        matter.tags.read(senses, document, words, whole);
        let mut tags = Vec::new();
        for sentence in &document.sentences {
            matter.tags.within(sentence.first, sentence.end, &mut tags);
            for at in sentence.first..sentence.end {
                if let Some(word) = name_at(document, senses, at)
                    && (at != sentence.first || is_followed_by_a_name(document, at))
                {
                    matter.meet(word, sentence.paragraph);
                }
                if tags[at - sentence.first].meets(truce) {
                    let names = beside(document, senses, at, (sentence.first, sentence.end));
                    matter.truces.push(Truce { token: at, names });
                }
            }
        }
        let most = matter.names.values().map(|name| name.n_paragraphs).max();
        matter.is_led = most.is_some_and(|most| {
            most >= LEAST_PARAGRAPHS && most * ONE_IN >= document.paragraphs.len()
        });
        matter
    }

    fn meet(&mut self, word: WordId, paragraph: usize) {
        let name = self.names.entry(word).or_insert(Name {
            first: paragraph,
            last: paragraph,
            n_paragraphs: 1,
        });
        if name.last != paragraph {
            name.last = paragraph;
            name.n_paragraphs += 1;
        }
    }

    /// Whether a name stands in the neighbourhood of one paragraph alone, and not at the article's beginning.
    fn is_local(&self, word: WordId, paragraph: usize) -> bool {
        self.names.get(&word).is_none_or(|name| {
            name.first > 0 && name.first + 1 >= paragraph && name.last <= paragraph + 1
        })
    }

    /// Whose truce the words of `first..end` speak of, by the names beside them; `None` where none is named.
    fn whose(
        &self,
        first: usize,
        end: usize,
        paragraph: usize,
        is_own: impl Fn(WordId) -> bool,
    ) -> Option<Whose> {
        let from = self.truces.partition_point(|truce| truce.token < first);
        let mut whose = None;
        for name in self.truces[from..]
            .iter()
            .take_while(|truce| truce.token < end)
            .flat_map(|truce| &truce.names)
            .filter(|name| !is_own(**name))
        {
            if !self.is_local(*name, paragraph) {
                return Some(Whose::Ours);
            }
            whose = Some(Whose::Another);
        }
        whose
    }
}

/// The word at `at` if it is written like a name.
fn name_at(document: &Document<'_>, senses: &Senses, at: usize) -> Option<WordId> {
    let token = &document.tokens[at];
    (token.shape.is_capital() && !senses.of(token.word).is(COMMON)).then_some(token.word)
}

/// Whether the word behind `at` is written like a name or a possessive: the first word of a sentence is a name if it is.
fn is_followed_by_a_name(document: &Document<'_>, at: usize) -> bool {
    document
        .tokens
        .get(at + 1)
        .is_some_and(|next| next.shape.is_capital() || next.shape == Shape::Possessive)
}

/// Names just before the truce word at `at`, and behind a preposition that follows it.
fn beside(
    document: &Document<'_>,
    senses: &Senses,
    at: usize,
    (first, end): (usize, usize),
) -> Vec<WordId> {
    let mut names: Vec<WordId> = (first.max(at.saturating_sub(BEFORE))..at)
        .rev()
        .map_while(|before| {
            let shape = document.tokens[before].shape;
            (shape.is_capital() || shape == Shape::Possessive).then_some(before)
        })
        .filter(|&before| before > first || is_followed_by_a_name(document, before))
        .filter_map(|before| name_at(document, senses, before))
        .collect();
    let preposition = (at + 1..end.min(at + 1 + TO_PREPOSITION))
        .find(|&behind| senses.of(document.tokens[behind].word).is(PREPOSITION));
    if let Some(preposition) = preposition {
        names.extend(
            (preposition + 1..end.min(preposition + 1 + BEHIND))
                .filter_map(|behind| name_at(document, senses, behind)),
        );
    }
    names
}

/// Whether a word can stand between a truce and whose truce it is.
pub(super) fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "with"
            | "between"
            | "in"
            | "over"
            | "on"
            | "for"
            | "of"
            | "around"
            | "along"
            | "at"
            | "near"
    )
}

/// Where a statement stands.
pub(super) struct Place<'a> {
    /// The article.
    pub(super) document: &'a Document<'a>,
    /// Tokens of the statement.
    pub(super) first: usize,
    pub(super) end: usize,
    /// Names of the actor and its side.
    pub(super) own: &'a Own,
}

/// Whose truce a statement speaks of, and how the names tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sight {
    whose: Whose,
    /// Whether the truce is named in the statement itself, not only around it.
    here: bool,
    /// Whether all names of the paragraph stand in its neighbourhood alone.
    alone: bool,
    /// Whether those of the actor and its side do.
    local: bool,
}

impl Sight {
    /// Whether the truce that is spoken of is most likely not the article's.
    pub(super) fn is_of_another(self) -> bool {
        self.whose == Whose::Another && self.here && self.alone && self.local
    }

    /// Adds the sight as a feature of a statement of `n_tokens`.
    pub(super) fn emit(self, n_tokens: usize, family: u8, sink: &mut impl Sink) {
        const WHOSE: u64 = key::word(b"whose truce");
        let code = u64::from(self.whose == Whose::Another)
            | u64::from(self.here) << 1
            | u64::from(self.alone) << 2
            | u64::from(self.local) << 3;
        sink.add(family, key::join(WHOSE, code), 0, n_tokens, || {
            let whose = match self.whose {
                Whose::Ours => "this truce",
                Whose::Another => "another truce",
            };
            let part = |holds, words| if holds { words } else { "" };
            format!(
                "{whose} named {}{}{}",
                if self.here { "in it" } else { "around it" },
                part(self.alone, ", all names of this paragraph alone"),
                part(self.local, ", actor of this paragraph alone"),
            )
        });
    }
}

/// Whose truce a statement speaks of, where names tell.
pub(super) fn sight(matter: &Matter, place: &Place<'_>, senses: &Senses) -> Option<Sight> {
    let document = place.document;
    let sentence = document
        .sentences
        .get(document.sentence_of(place.first))
        .filter(|_| matter.is_led)?;
    let around = document.paragraphs[sentence.paragraph];
    let (from, to) = (
        document.sentences[around.first].first,
        document.sentences[around.end - 1].end,
    );
    let own = |word: WordId| place.own.has(word);
    let here = matter.whose(place.first, place.end, sentence.paragraph, own);
    let whose = here.or_else(|| matter.whose(from, to, sentence.paragraph, own))?;
    let is_local = |word: &WordId| matter.is_local(*word, sentence.paragraph);
    let in_paragraph = || (from..to).filter_map(|at| name_at(document, senses, at));
    Some(Sight {
        whose,
        here: here.is_some(),
        alone: in_paragraph().all(|word| is_local(&word)),
        local: in_paragraph()
            .filter(|word| own(*word))
            .all(|word| is_local(&word)),
    })
}
