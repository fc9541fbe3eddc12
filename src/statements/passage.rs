//! Passages: sentences that one quotation holds together, the unit in which attribution is looked for. It does not
//! attribute.

use super::mention::{Mentions, Sort};
use super::reading::Reading;
use super::word_class::{ADVERB, CUE, PREPOSITION, THAT, TIME};
use crate::text::Shape;

/// Longest description of a speaker between commas, in tokens.
const ASIDE: usize = 30;

/// Sentences `first..end`, tokens `from..to`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage {
    /// First token that belongs to the article's text (a dateline left out).
    pub(super) from: usize,
    /// One past the last token.
    pub(super) to: usize,
    /// Its paragraph (the one of its first sentence).
    pub(super) paragraph: usize,
    /// Whether its last quotation goes on in the next paragraph.
    pub(super) continues: bool,
}

/// The passages of a document; `start[s]` is the first token of sentence `s` that counts, `None` for furniture.
pub(super) fn find(
    reading: &Reading<'_>,
    mentions: &Mentions,
    start: &[Option<usize>],
) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::with_capacity(start.len());
    let mut bridged = false;
    let sentences = reading.document.sentences.iter().enumerate();
    for ((number, sentence), from) in sentences.zip(start) {
        let Some(from) = *from else {
            bridged = false;
            continue;
        };
        match passages.last_mut() {
            Some(last) if bridged => last.to = sentence.end,
            _ => passages.push(Passage {
                from,
                to: sentence.end,
                paragraph: sentence.paragraph,
                continues: false,
            }),
        }
        let last = sentence.end - 1;
        let open = reading
            .quotation_at(last)
            .map(|number| reading.quotations[number]);
        let next = reading.document.sentences.get(number + 1);
        bridged = open.is_some_and(|quotation| {
            quotation.end > sentence.end
                || quotation.end == sentence.end
                    && next.is_some_and(|next| {
                        next.paragraph == sentence.paragraph
                            && attributes(reading, mentions, next.first, next.end)
                    })
        });
        if let (Some(quotation), Some(passage)) = (open, passages.last_mut()) {
            passage.continues = quotation.continues && quotation.end == sentence.end;
        }
    }
    passages
}

/// Whether the sentence of tokens `first..end` only says who spoke (`"Who is to pay?" Dana Holm asked on Monday.`): a speaker,
/// a cue that can stand beside a quotation, and nothing that is said.
fn attributes(reading: &Reading<'_>, mentions: &Mentions, first: usize, end: usize) -> bool {
    let Some(number) = mentions.at(first) else {
        return false;
    };
    let mention = &mentions.list[number];
    let mut cue = mention.tokens.end;
    if reading.comma(cue) {
        // `Dana Holm, who sells fish, said`.
        let closed = reading.is(cue + 1, CUE) && reading.shape(cue + 1) == Shape::Lower;
        let close = (cue + 1..end.min(cue + ASIDE)).find(|&at| reading.comma(at));
        cue = if closed {
            cue + 1
        } else {
            close.map_or(end, |at| at + 1)
        };
    }
    let cites = cue < end
        && reading.shape(cue) == Shape::Lower
        && reading
            .cues(cue)
            .any(|(cue, form)| cue.frames.quotation && (form.past || form.third || form.base));
    if !cites || matches!(mention.sort, Sort::Thing | Sort::Quantity) {
        return false;
    }
    let mut at = cue + 1;
    while at < end {
        // `Another said: "..."`: the words that follow are hers.
        if reading.mark(at) == b':' || reading.comma(at) && reading.quoted(at + 1) {
            return false;
        }
        if reading.comma(at) || reading.quoted(at) || reading.shape(at) == Shape::Mark {
            return true;
        }
        if let Some(number) = mentions.at(at) {
            at = mentions.list[number].tokens.end.max(at + 1);
        } else if reading.is(at, PREPOSITION | TIME | ADVERB) && !reading.is(at, THAT)
            || reading.shape(at) == Shape::Number
        {
            at += 1;
        } else {
            return false;
        }
    }
    true
}
