//! What follows a cue verb that takes no clause: an object, a phrase, set words, or an object that stands before it. It does not
//! look at clauses and quotations (`frame`).

use super::frame::{ASIDE, FRAGMENT, Place, REACH, ends, ends_clause, skip_adverbs};
use super::mention::Mentions;
use super::reading::Reading;
use super::word_class::{
    ADVERB, AUXILIARY, BY, CONJUNCTION, CUE, DETERMINER, IDEA, MODAL, NEAR_TARGET, PREPOSITION,
    QUANTITY, RELATIVE, SUBJECT, SUBORDINATOR, TARGET, THAT, TIME, TO, TOPIC_PRONOUN, VERB,
};
use crate::text::{Shape, WordId};

pub(super) fn near(reading: &Reading<'_>, place: Place, list: &[WordId]) -> bool {
    // `reached a "permanent" ceasefire agreement`.
    let said = |at: usize| {
        reading.quotation_at(at).is_some_and(|number| {
            let quotation = reading.quotations[number];
            quotation.end - quotation.first > FRAGMENT
        })
    };
    (place.end..place.to.min(place.end + 8))
        .take_while(|&at| !said(at) && !ends_clause(reading, at))
        .any(|at| list.contains(&reading.token(at).word))
}

pub(super) fn word_within(reading: &Reading<'_>, next: usize, to: usize, word: &str) -> bool {
    (next..to.min(next + REACH + 8))
        .take_while(|&at| !ends_clause(reading, at))
        .any(|at| reading.word(at) == word)
}

/// `call X a trap`: an object and at once another noun phrase, an adjective or quoted words.
pub(super) fn names(reading: &Reading<'_>, mentions: &Mentions, next: usize, to: usize) -> bool {
    if next >= to {
        return false;
    }
    let quoted = (next..to.min(next + 12))
        .take_while(|&at| !ends_clause(reading, at))
        .any(|at| reading.quoted(at));
    if quoted {
        return true;
    }
    let Some(number) = mentions.at(next) else {
        return reading.is(next, TOPIC_PRONOUN) && !ends(reading, next + 1, to);
    };
    let after = mentions.list[number].tokens.end;
    after < to
        && reading.shape(after).is_word()
        // `considers the valley home`.
        && reading.word(after) != "home"
        && !reading.is(after, PREPOSITION | TIME | AUXILIARY | TO | SUBORDINATOR)
}

pub(super) fn phrase(reading: &Reading<'_>, list: &[WordId], place: Place, next: usize) -> bool {
    !list.is_empty()
        && (place.end..place.to.min(next + 6))
            // The word before a date that was jumped over is none: `seized on Sunday`.
            .filter(|&at| {
                at >= next
                    || !reading.is(at, PREPOSITION)
                    || reading.is(at, ADVERB) && !reading.is(at + 1, TIME)
            })
            .take_while(|&at| !ends_clause(reading, at) && !reading.comma(at))
            .any(|at| {
                list.contains(&reading.token(at).word)
                    // `responded by firing rockets`: by what was done, not by what was said.
                    && !(reading.is(at, BY)
                        && reading.written(at + 1).ends_with("ing")
                        && !reading.is(at + 1, CUE))
            })
        || !list.is_empty() && past_apposition(reading, place, next, list)
}

/// `charged Holm, once his deputy, with plotting`: the phrase stands behind words about the object.
pub(super) fn past_apposition(
    reading: &Reading<'_>,
    place: Place,
    next: usize,
    list: &[WordId],
) -> bool {
    let comma = |from: usize| {
        (from..place.to.min(from + ASIDE))
            .take_while(|&at| !ends_clause(reading, at) && !reading.quoted(at))
            .find(|&at| reading.comma(at))
    };
    let closed = comma(next).and_then(|first| comma(first + 1));
    closed.is_some_and(|at| at + 1 < place.to && list.contains(&reading.token(at + 1).word))
}

pub(super) fn object(reading: &Reading<'_>, next: usize, to: usize) -> bool {
    !ends(reading, next, to)
        && (!reading.is(next, PREPOSITION | SUBORDINATOR | TO | AUXILIARY) || reading.quoted(next))
}

pub(super) fn topic(reading: &Reading<'_>, mentions: &Mentions, next: usize, to: usize) -> bool {
    (next..to.min(next + REACH))
        .take_while(|&at| !ends_clause(reading, at))
        .any(|at| {
            let pronoun = matches!(reading.word(at), "it" | "them")
                && reading.is(at - 1, PREPOSITION)
                && mentions
                    .at(at)
                    .is_none_or(|number| mentions.list[number].tokens.end == at + 1)
                && !reading.is(at + 1, AUXILIARY | MODAL | VERB | CUE);
            pronoun || reading.is(at, TARGET | NEAR_TARGET)
        })
}

/// Whether what somebody does is told of an idea right before him (`an idea that Norvania has put forward`).
pub(super) fn idea_before(reading: &Reading<'_>, place: Place) -> bool {
    let that = place.first.checked_sub(1).filter(|&at| at > place.from + 1);
    that.is_some_and(|at| {
        reading.is(at, RELATIVE | THAT)
            && reading.is(at - 1, IDEA)
            && matches!(reading.word(at - 2), "a" | "an")
    })
}

/// A relative clause takes its object from before the subject (`a truce which Norvania accepted`).
pub(super) fn gap(reading: &Reading<'_>, place: Place, next: usize) -> bool {
    if !(ends(reading, next, place.to)
        || reading.is(next, PREPOSITION | SUBORDINATOR | CONJUNCTION))
    {
        return false;
    }
    let from = place.from.max(place.first.saturating_sub(10));
    let relative = (from..place.first)
        .rev()
        .find(|&at| reading.is(at, RELATIVE | THAT));
    relative.is_some_and(|at| {
        (place.from.max(at.saturating_sub(8))..at).any(|t| reading.is(t, TARGET | NEAR_TARGET))
    })
}

pub(super) fn topic_object(
    reading: &Reading<'_>,
    mentions: &Mentions,
    next: usize,
    to: usize,
) -> bool {
    // `approved without dissent a motion`.
    let past = skip_adverbs(reading, next + 2, to);
    let aside = reading.word(next) == "without"
        && !reading.is(next + 1, DETERMINER | QUANTITY | TARGET)
        && reading.is(past, DETERMINER);
    let next = if aside { past } else { next };
    if !object(reading, next, to)
        || reading.is(next, SUBJECT) && reading.is(next + 1, AUXILIARY | MODAL | VERB | CUE)
    {
        return false;
    }
    if reading.is(next, TOPIC_PRONOUN)
        && mentions
            .at(next)
            .is_none_or(|number| mentions.list[number].tokens.end == next + 1)
    {
        return true;
    }
    (next..to.min(next + REACH))
        .take_while(|&at| !ends_clause(reading, at) && !reading.comma(at))
        .any(|at| reading.is(at, TARGET | NEAR_TARGET))
}

pub(super) fn infinitive_after_object(reading: &Reading<'_>, next: usize, to: usize) -> bool {
    // `pushed forward to retake the pass`: nobody is pushed.
    if ends(reading, next, to) || matches!(reading.word(next), "forward" | "ahead" | "on" | "back")
    {
        return false;
    }
    (next..to.min(next + REACH))
        .take_while(|&at| !ends_clause(reading, at))
        .any(|at| {
            reading.is(at, TO)
                && reading.shape(at + 1) == Shape::Lower
                && !reading.is(at + 1, DETERMINER)
        })
}
