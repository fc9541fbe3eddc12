//! Tells the turns of a transcript: paragraphs with a speaker's label before a colon (`MS HOLM:`), or `Q` and `A`. A
//! question is the reporter's narration, an answer is one statement of its speaker. It does not resolve speakers.

use rustc_hash::FxHashMap;

use super::mention::{Mentions, Range};
use super::passage::Passage;
use super::piece::Piece;
use super::reading::Reading;
use super::word_class::{
    CONNECTOR, FIRST_PERSON, FURNITURE, MASTHEAD, MONTH, OF, PERSON, QUESTIONER, RELAY, TITLE,
    WEEKDAY,
};
use crate::label::Kind;
use crate::text::{Paragraph, Shape, WordId};

/// Longest label, in tokens.
const LABEL: usize = 12;
/// Fewest labelled paragraphs of a transcript.
const FEWEST: usize = 3;

/// What a paragraph of a transcript is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// A question, or a stage direction.
    Question,
    /// The first paragraph of an answer: the last word of its label, and the first token of the speech.
    Answer {
        /// Token of the label that names the speaker.
        speaker: usize,
        /// First token after the label.
        from: usize,
    },
    /// Carries on the answer before it.
    More,
}

/// A label at the head of a paragraph.
#[derive(Clone, Copy, Debug)]
struct Label {
    asks: bool,
    /// Its words are all in capitals, or it has a title.
    marked: bool,
    speaker: usize,
    from: usize,
    word: WordId,
}

/// The turn of each paragraph; empty where the article is no transcript.
pub(super) fn turns(reading: &Reading<'_>) -> Vec<Option<Turn>> {
    let paragraphs = &reading.document.paragraphs;
    let labels: Vec<Option<Label>> = paragraphs
        .iter()
        .map(|paragraph| label(reading, *paragraph))
        .collect();
    // A link with a label (`STORY: Kesh rejects truce`) never ends as speech does.
    let mut times: FxHashMap<WordId, (usize, bool)> = FxHashMap::default();
    for (paragraph, label) in paragraphs.iter().zip(&labels) {
        if let Some(label) = label {
            let own = times.entry(label.word).or_default();
            own.0 += 1;
            own.1 |= stops(reading, *paragraph);
        }
    }
    let known = |label: &Label, marked: bool| {
        let (times, spoken) = times.get(&label.word).copied().unwrap_or_default();
        label.asks || spoken && (marked && label.marked || times > 1)
    };
    let asks = labels.iter().flatten().filter(|label| label.asks).count();
    let answers = labels
        .iter()
        .flatten()
        .filter(|label| !label.asks && known(label, true))
        .take(FEWEST)
        .count();
    let repeated = labels
        .iter()
        .flatten()
        .any(|label| label.marked && !label.asks && known(label, false));
    let transcript =
        asks > 0 && answers > 0 && asks + answers >= FEWEST || repeated && answers >= FEWEST;
    if !transcript {
        return Vec::new();
    }
    let mut last = None;
    paragraphs
        .iter()
        .zip(&labels)
        .map(|(paragraph, label)| {
            last = match label.filter(|label| known(label, true)) {
                Some(label) if label.asks => Some(Turn::Question),
                Some(label) => Some(Turn::Answer {
                    speaker: label.speaker,
                    from: label.from,
                }),
                None => goes_on(reading, *paragraph, last),
            };
            last
        })
        .collect()
}

/// Leaves questions out of what counts, and takes in every sentence of an answer.
pub(super) fn starts(reading: &Reading<'_>, turns: &[Option<Turn>], starts: &mut [Option<usize>]) {
    let document = reading.document;
    for (paragraph, turn) in document.paragraphs.iter().zip(turns) {
        let sentences = &document.sentences[paragraph.first..paragraph.end];
        for (sentence, start) in sentences
            .iter()
            .zip(&mut starts[paragraph.first..paragraph.end])
        {
            match turn {
                Some(Turn::Question) => *start = None,
                Some(_) => *start = Some(sentence.first),
                None => {}
            }
        }
    }
}

/// The words of an answer in `passage`; the speaker's label is no part of them.
pub(super) fn piece(mentions: &Mentions, passage: (usize, &Passage), turn: Turn) -> Option<Piece> {
    let (number, passage) = passage;
    let (first, subject, cue) = match turn {
        Turn::Answer { speaker, from } if passage.from <= speaker => {
            (from, mentions.at(speaker), Some(Range::new(from - 1, from)))
        }
        Turn::Answer { .. } | Turn::More => (passage.from, None, None),
        Turn::Question => return None,
    };
    (first < passage.to).then_some(Piece {
        tokens: Range::new(first, passage.to),
        kind: Kind::Direct,
        cue,
        subject,
        inverted: false,
        closed: false,
        passage: number,
    })
}

/// Whether a paragraph ends as speech does.
fn stops(reading: &Reading<'_>, paragraph: Paragraph) -> bool {
    let (_, end) = tokens(reading, paragraph);
    let last = reading.shape(end.saturating_sub(1));
    !last.is_word() || last == Shape::Number
}

/// What a paragraph without label is after the turn `last`.
fn goes_on(reading: &Reading<'_>, paragraph: Paragraph, last: Option<Turn>) -> Option<Turn> {
    let (first, end) = tokens(reading, paragraph);
    if matches!(reading.mark(first), b'(' | b'[') {
        return Some(Turn::Question);
    }
    let speaks = (first..end)
        .any(|at| reading.is(at, FIRST_PERSON) || matches!(reading.word(at), "you" | "your"));
    match last? {
        _ if !speaks => None,
        Turn::Question => Some(Turn::Question),
        Turn::Answer { .. } | Turn::More => Some(Turn::More),
    }
}

fn tokens(reading: &Reading<'_>, paragraph: Paragraph) -> (usize, usize) {
    let sentences = &reading.document.sentences;
    (
        sentences[paragraph.first].first,
        sentences[paragraph.end - 1].end,
    )
}

fn label(reading: &Reading<'_>, paragraph: Paragraph) -> Option<Label> {
    let (first, end) = tokens(reading, paragraph);
    if reading.written(first) == "Q" && end > first + 2 {
        let from = first + 1 + usize::from(matches!(reading.mark(first + 1), b':' | b'.'));
        return Some(Label {
            asks: true,
            marked: true,
            speaker: first,
            from,
            word: reading.token(first).word,
        });
    }
    let mut speaker = None;
    let (mut asks, mut shouts, mut titled) = (false, true, false);
    let mut at = first;
    while at < end.min(first + LABEL) && reading.mark(at) != b':' {
        if reading.mark(at) == b'(' {
            at = (at..end.min(at + LABEL)).find(|&t| reading.mark(t) == b')')? + 1;
            continue;
        }
        let inner = reading.mark(at) == b'.' && reading.is(at - usize::from(at > first), TITLE)
            || reading.is(at, CONNECTOR | OF)
            || reading.word(at) == "the";
        if reading.shape(at).is_capital() {
            asks |= reading.is(at, QUESTIONER | RELAY | MASTHEAD);
            titled |= reading.is(at, TITLE | PERSON);
            shouts &= reading.shape(at) == Shape::Upper || reading.written(at).len() == 1;
            speaker = Some(at);
        } else if !inner {
            return None;
        }
        if reading.is(at, MONTH | WEEKDAY) || at == first && reading.is(at, FURNITURE) && !asks {
            return None;
        }
        at += 1;
    }
    let speaker = speaker.filter(|_| reading.mark(at) == b':' && at + 1 < end)?;
    Some(Label {
        asks,
        marked: shouts || titled,
        speaker,
        from: at + 1,
        word: reading.token(speaker).word,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statements::lexis::Lexis;
    use crate::text::{Document, WordTable};

    fn read(text: &str) -> Vec<Option<Turn>> {
        let mut words = WordTable::new();
        let lexis = Lexis::read(&mut words, "");
        let document = Document::read(text, &mut words);
        turns(&Reading::new(&document, &lexis, &words))
    }

    #[test]
    fn questions_are_told_from_answers() {
        let text = "Dana Holm met the press.\n\nQUESTION (Radio North): Is it peace?\n\nMS. HOLM: It is.\n\n\
                    We hope so.\n\n(Laughter.)\n\nQ And tomorrow?\n\nMS. HOLM: Again.";
        let all = read(text);
        assert_eq!(all.len(), 7);
        assert_eq!(all[0], None);
        assert_eq!(all[1], Some(Turn::Question));
        assert!(matches!(all[2], Some(Turn::Answer { .. })));
        assert_eq!(all[3], Some(Turn::More));
        assert_eq!(all[4], Some(Turn::Question));
        assert_eq!(all[5], Some(Turn::Question));
        assert!(matches!(all[6], Some(Turn::Answer { .. })));
    }

    #[test]
    fn places_and_dates_before_colons_are_no_speakers() {
        assert!(read("Kesh: Two died.\n\nNorvania: One died.\n\nOrlund: None died.").is_empty());
        assert!(read("May 1: Two died.\n\nMay 2: One died.\n\nMay 3: None died.").is_empty());
        assert!(read("READ MORE: A truce.\n\nIt holds.\n\nREAD MORE: A war.").is_empty());
    }
}
