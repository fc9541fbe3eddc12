//! Finds where a phrase ends that tells when something was said (`this afternoon`, `two days later`, `late on Monday`, `the next
//! day`). It knows no dates and no clauses.

use super::reading::Reading;
use super::word_class::{DETERMINER, PREPOSITION, QUANTITY, TIME};
use crate::text::Shape;

/// Most words before the unit of time (`the next few days`).
const BEFORE: usize = 4;

/// One past the phrase of time that begins at `at`, before token `to`.
pub(super) fn end(reading: &Reading<'_>, at: usize, to: usize) -> Option<usize> {
    if reading.quoted(at) {
        return None;
    }
    let word = reading.word(at);
    if matches!(word, "late" | "early") {
        let on = usize::from(reading.is(at + 1, PREPOSITION));
        return reading.is(at + 1 + on, TIME).then_some(at + 1);
    }
    let unit = (at + 1..to.min(at + 1 + BEFORE))
        .find(|&t| reading.is(t, TIME) && !is_next(reading.word(t)))?;
    let before = at..unit;
    let told = |t: usize| {
        reading.is(t, DETERMINER | QUANTITY)
            || reading.shape(t) == Shape::Number
            || is_next(reading.word(t))
    };
    let whole = before.clone().all(told)
        && reading.shape(unit) == Shape::Lower
        && reading.shape(unit + 1) != Shape::Possessive;
    let later = matches!(
        reading.word(unit + 1),
        "later" | "earlier" | "ago" | "before" | "after"
    );
    let next = before.into_iter().any(|t| is_next(reading.word(t)));
    // `two days after the attack`: the preposition is left to what follows.
    let taken = usize::from(later && !matches!(reading.word(unit + 1), "before" | "after"));
    (whole && (later || next)).then_some(unit + 1 + taken)
}

/// Whether a word tells which day or week it was.
fn is_next(word: &str) -> bool {
    matches!(
        word,
        "this" | "last" | "next" | "following" | "previous" | "same"
    )
}
