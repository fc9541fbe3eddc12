//! Tells an article's own sentences from its furniture: headlines, captions, links, credits, datelines. It does not
//! look for statements.

use super::reading::Reading;
use super::word_class::{AUXILIARY, CUE, FURNITURE, MODAL, MONTH, THAT, VERB, WEEKDAY};
use crate::text::{Paragraph, Shape};

/// Longest dateline, in tokens.
const DATELINE: usize = 16;
/// Longest line that one word of furniture makes furniture, in tokens.
const SHORT: usize = 8;
/// Most lines before the article's own words, less one.
const OPENING: usize = 3;
/// Longest line without a final stop that is taken for a heading, in tokens.
const HEADING: usize = 32;

/// For each sentence its first token that counts, or `None` where it is furniture.
pub(super) fn starts(reading: &Reading<'_>) -> Vec<Option<usize>> {
    let document = reading.document;
    let mut starts = Vec::with_capacity(document.sentences.len());
    // Headline, deck and captions stand before the first line of the article's own.
    let mut opening = true;
    for (number, paragraph) in document.paragraphs.iter().enumerate() {
        let furniture = is_furniture(reading, opening && number <= OPENING, *paragraph);
        opening &= furniture;
        for sentence in paragraph.first..paragraph.end {
            let first = document.sentences[sentence].first;
            starts.push((!furniture).then(|| {
                if sentence == paragraph.first {
                    let first = after_clock(reading, first, document.sentences[sentence].end);
                    dateline(reading, first, document.sentences[paragraph.end - 1].end)
                } else {
                    first
                }
            }));
        }
    }
    starts
}

fn is_furniture(reading: &Reading<'_>, opening: bool, paragraph: Paragraph) -> bool {
    let document = reading.document;
    let first = document.sentences[paragraph.first].first;
    let end = document.sentences[paragraph.end - 1].end;
    if begins_with_set_words(reading, first, end) {
        return true;
    }
    let stopped = (first..end)
        .rev()
        .find(|&at| !matches!(reading.written(at), ")" | "]" | "\u{2019}" | "'" | "*"))
        .is_some_and(|at| {
            matches!(reading.mark(at), b'.' | b'!' | b'?' | b':' | b'"')
                || matches!(reading.written(at), "\u{2026}" | "\u{201D}" | "\u{BB}")
        });
    // `Dana Holm rejected it, saying,` before a line of her words.
    let leads = (reading.comma(end - 1) || reading.is(end - 1, THAT)) && reading.quoted(end);
    if stopped || leads || document.paragraphs.len() == 1 {
        return false;
    }
    // A line without a final stop: a heading, unless it holds speech that goes on or lacks its stop by mistake.
    let quoted_words = (first..end)
        .filter(|&at| reading.quoted(at) && reading.shape(at).is_word())
        .count();
    // A heading quotes two or three words at most.
    let quoted =
        quoted_words > 3 || quoted_words > 0 && (reading.quoted(first) || reading.quoted(end - 1));
    end - first <= HEADING
        && (opening || !quoted && end - first <= 14 || is_shouted(reading, first, end))
}

/// Whether all words are in capitals (`'PERMANENT' TRUCE POSSIBLE, ENVOY SAYS`).
fn is_shouted(reading: &Reading<'_>, first: usize, end: usize) -> bool {
    let mut words = (first..end)
        .filter(|&at| reading.shape(at).is_word() && reading.shape(at) != Shape::Possessive)
        .map(|at| reading.written(at));
    words.clone().count() > 3 && words.all(|word| !word.contains(char::is_lowercase))
}

fn begins_with_set_words(reading: &Reading<'_>, first: usize, end: usize) -> bool {
    let first = (first..end)
        .find(|&at| reading.shape(at).is_word())
        .unwrap_or(first);
    reading.is(first, FURNITURE)
        && reading.lexis.furniture.iter().any(|line| {
            let alone = line.len() > 1
                || reading.shape(first + 1) == Shape::Mark
                || end - first <= SHORT && !reading.is(first + 1, VERB | CUE | AUXILIARY | MODAL);
            alone
                && first + line.len() <= end
                && line
                    .iter()
                    .enumerate()
                    .all(|(at, word)| reading.token(first + at).word == *word)
        })
}

/// The token after a dateline (`TARN, March 3 (Agency) -`), or `first` where there is none.
fn dateline(reading: &Reading<'_>, first: usize, end: usize) -> usize {
    if !reading.shape(first).is_capital() {
        return first;
    }
    let limit = end.min(first + DATELINE);
    let Some(dash) = (first + 1..limit).find(|&at| reading.dash(at) || reading.mark(at) == b':')
    else {
        return first;
    };
    let plain = (first..dash).all(|at| {
        reading.shape(at).is_capital()
            || matches!(reading.shape(at), Shape::Number)
            || matches!(reading.mark(at), b',' | b'(' | b')' | b'.' | b'/' | b';')
            || matches!(reading.word(at), "of" | "the" | "and" | "de" | "al" | "el")
    });
    let sure = reading.shape(first) == Shape::Upper && reading.written(first).len() > 2
        || (first..dash).any(|at| reading.mark(at) == b'(' || reading.is(at, MONTH | WEEKDAY));
    let colon = reading.mark(dash) == b':';
    let spaced =
        reading.document.space_before(dash) || !reading.dash(dash) || reading.written(dash) != "-";
    let agency = (first..dash).any(|at| reading.mark(at) == b'(');
    if plain && sure && spaced && (!colon || agency) && dash + 1 < end {
        dash + 1
    } else {
        first
    }
}

/// Past a bullet and the time of day at the head of a live report's entry (`10:30 -`).
fn after_clock(reading: &Reading<'_>, first: usize, end: usize) -> usize {
    let mut at = first;
    while at + 1 < end
        && (reading.dash(at) || matches!(reading.written(at), "\u{2022}" | "*" | "\u{B7}"))
    {
        at += 1;
    }
    let written = reading.written(at);
    // `4.12pm`.
    let written = written
        .strip_suffix("am")
        .or_else(|| written.strip_suffix("pm"))
        .unwrap_or(written);
    let dotted = written.len() >= 4
        && written.len() <= 5
        && written.contains('.')
        && written.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let colon = reading.shape(at) == Shape::Number
        && reading.mark(at + 1) == b':'
        && reading.shape(at + 2) == Shape::Number
        && !reading.document.space_before(at + 1);
    let mut after = match (dotted, colon) {
        (true, _) => at + 1,
        (_, true) => at + 3,
        _ => return at,
    };
    while after + 1 < end && (reading.dash(after) || matches!(reading.mark(after), b':' | b'|')) {
        after += 1;
    }
    if after < end { after } else { at }
}
