//! Tells whether a cue verb stands in one of its frames: what must follow it (or, for a quotation, precede it). It does
//! not look for the subject.

use super::cue::{Cue, CueClass};
use super::mention::Mentions;
use super::reading::Reading;
use super::word_class::{
    ADVERB, AUXILIARY, CONJUNCTION, CONTRAST, CREDIT, CUE, DETERMINER, IDEA, MODAL, NEAR_TARGET,
    PREPOSITION, QUANTITY, RELATIVE, SUBJECT, SUBORDINATOR, TARGET, THAT, TIME, TO, TOPIC_PRONOUN,
    VERB,
};
use crate::text::{Shape, WordId};

/// How a cue verb has its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// Next to a quotation.
    Quotation,
    /// A clause.
    Clause,
    /// Nothing after: the clause stands before (`The truce holds, he said.`).
    Parenthesis,
    /// `to` and a verb.
    Infinitive,
    /// An object, a phrase or set words.
    Object,
}

/// How far content words are looked for, in tokens.
const REACH: usize = 16;

/// The place of a cue verb.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// First token of its subject and verb together.
    pub(super) first: usize,
    /// One past the last: the verb, or a subject that follows it.
    pub(super) end: usize,
    /// Tokens of the passage.
    pub(super) from: usize,
    /// One past the last token of the passage.
    pub(super) to: usize,
}

/// Longest quoted fragment that stands inside a clause as a part of it, in tokens.
const FRAGMENT: usize = 5;

/// The frame of `cue` at `place`, if it stands in one.
pub(super) fn of(
    reading: &Reading<'_>,
    mentions: &Mentions,
    cue: &Cue,
    place: Place,
) -> Option<Frame> {
    let frames = &cue.frames;
    let next = skip_adverbs(reading, place.end, place.to);
    if frames.quotation && beside_quotation(reading, place) {
        return Some(Frame::Quotation);
    }
    if frames.that {
        if that_follows(reading, mentions, next, place.to) {
            return Some(Frame::Clause);
        }
        if parenthetical(reading, mentions, cue, place) {
            return Some(Frame::Parenthesis);
        }
    }
    if frames.clause && clause_follows(reading, next, place.to) {
        return Some(Frame::Clause);
    }
    if frames.infinitive && reading.is(next, TO) && reading.shape(next + 1) == Shape::Lower {
        return topical(reading, mentions, cue, next, place.to).then_some(Frame::Infinitive);
    }
    if frames.object_infinitive && infinitive_after_object(reading, next, place.to) {
        return topical(reading, mentions, cue, next, place.to).then_some(Frame::Infinitive);
    }
    if frames.quotation && quotation_in_clause(reading, place) {
        return Some(Frame::Object);
    }
    let found = (frames.like && word_within(reading, next, place.to, "as"))
        || (frames.name && names(reading, mentions, next, place.to))
        || near(reading, place, &frames.with)
        || phrase(reading, &frames.phrase, place, next)
        || (phrase(reading, &frames.topic_phrase, place, next)
            && (topic(reading, mentions, next, place.to) || idea_before(reading, place)))
        || (frames.object && object(reading, next, place.to))
        || (frames.topic && topic_object(reading, mentions, next, place.to))
        || (frames.alone && ends(reading, next, place.to))
        || ((frames.topic || frames.object) && gap(reading, place, next));
    found.then_some(Frame::Object)
}

fn topical(reading: &Reading<'_>, mentions: &Mentions, cue: &Cue, next: usize, to: usize) -> bool {
    // `refused to renew it`.
    let pronoun =
        reading.is(next, TO) && next + 2 < to && matches!(reading.word(next + 2), "it" | "them");
    cue.class != CueClass::Act || pronoun || topic(reading, mentions, next, to)
}

/// Past adverbs and dates from `at` on.
fn skip_adverbs(reading: &Reading<'_>, mut at: usize, to: usize) -> usize {
    while at < to && !reading.quoted(at) {
        let the = usize::from(reading.is(at + 1, DETERMINER));
        let date = reading.is(at, PREPOSITION) && reading.is(at + 1 + the, TIME);
        // `on Friday, September 13, that`.
        let parted = reading.comma(at)
            && (reading.is(at - 1, TIME) || reading.shape(at - 1) == Shape::Number)
            && (reading.is(at + 1, TIME) && reading.shape(at + 2) == Shape::Number
                || reading.is(at.wrapping_sub(2), TIME) && reading.is(at + 1, THAT));
        if date {
            at += 2 + the;
        } else if parted
            || reading.shape(at) == Shape::Number
                && (reading.dash(at + 1) || reading.is(at + 1, TO))
            || reading.dash(at) && reading.shape(at + 1) == Shape::Number
        {
            at += 1;
        } else if reading.shape(at + 1) == Shape::Possessive {
            break;
        } else if reading.is(at, ADVERB | TIME) && !reading.is(at, THAT | TO)
            || reading.written(at).ends_with("ly") && reading.shape(at) == Shape::Lower
            || (reading.shape(at) == Shape::Number && reading.is(at - 1, TIME))
        {
            at += 1;
        } else {
            break;
        }
    }
    at
}

fn near(reading: &Reading<'_>, place: Place, list: &[WordId]) -> bool {
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

/// Whether a quotation stands right before the attribution.
pub(super) fn after_quotation(reading: &Reading<'_>, place: Place) -> bool {
    place.first > place.from && {
        let mut at = place.first - 1;
        if reading.comma(at) || reading.dash(at) {
            at = at.saturating_sub(1);
        }
        at >= place.from && reading.quoted(at) && reading.quotation_at(at).is_some()
    }
}

/// Whether the passage ends with the attribution and a comma, and the next one begins with a quotation (`Dana Holm rejected
/// it, saying,` and a line of its own for her words).
fn opens_next(reading: &Reading<'_>, place: Place) -> bool {
    let that = usize::from(reading.is(place.end, THAT));
    let comma = place.end + that;
    comma + 1 == place.to && reading.comma(comma) && reading.quoted(place.to)
}

/// Whether a quotation stands right before the attribution or right after it.
fn beside_quotation(reading: &Reading<'_>, place: Place) -> bool {
    if after_quotation(reading, place) || opens_next(reading, place) {
        return true;
    }
    let mut at = place.end;
    let limit = place.to.min(place.end + 30);
    let mut colon = false;
    while at < limit {
        if reading.quoted(at) {
            return colon || at <= place.end + 1 || reading.comma(at - 1);
        }
        colon |= reading.mark(at) == b':';
        if matches!(reading.mark(at), b';')
            || (at > place.end
                && reading.is(at, CUE)
                && reading.shape(at) == Shape::Lower
                && !colon)
        {
            return false;
        }
        at += 1;
    }
    colon
}

/// Whether the clause after the verb holds quoted words.
fn quotation_in_clause(reading: &Reading<'_>, place: Place) -> bool {
    (place.end..place.to.min(place.end + 10))
        .take_while(|&at| !ends_clause(reading, at) && !reading.comma(at))
        .any(|at| reading.quoted(at))
}

fn ends_clause(reading: &Reading<'_>, at: usize) -> bool {
    matches!(reading.mark(at), b'.' | b';' | b':' | b'?' | b'!') || reading.is(at, CONTRAST)
}

fn ends(reading: &Reading<'_>, at: usize, to: usize) -> bool {
    at >= to
        || reading.is(at, CREDIT)
        || reading.shape(at) == Shape::Mark && !reading.quoted(at)
        || reading.is(at, CONTRAST)
}

/// `that`, `whether` and the like, after a hearer, a place or a date.
fn that_follows(reading: &Reading<'_>, mentions: &Mentions, next: usize, to: usize) -> bool {
    let mut at = next;
    // `conceded, however, that`.
    if reading.comma(next) && reading.is(next + 1, ADVERB) && reading.comma(next + 2) {
        at += 3;
    }
    let limit = to.min(next + REACH);
    while at < limit && !reading.quoted(at) {
        if reading.is(at, THAT)
            || matches!(reading.word(at), "whether" | "how" | "why" | "what" | "who")
        {
            return true;
        }
        if let Some(number) = mentions.at(at) {
            let end = mentions.list[number].tokens.end.max(at + 1);
            // `said in a statement, the agency reported, that`.
            let aside = reading.comma(at - 1) && reading.is(end, CUE) && reading.comma(end + 1);
            at = end + 2 * usize::from(aside);
            continue;
        }
        // `revealed for the first time that`.
        let counted = reading.is(at, DETERMINER | QUANTITY)
            && (at + 1..at + 3)
                .any(|later| reading.is(later, TIME) || reading.word(later) == "time");
        let passes = counted
            || reading.word(at) == "first" && reading.word(at + 1) == "time"
            || reading.word(at) == "time" && reading.word(at - 1) == "first"
            || reading.is(at, PREPOSITION | ADVERB | TIME | TO)
            || reading.comma(at) && at > next;
        if !passes {
            return false;
        }
        at += 1;
    }
    false
}

/// A clause without `that`: words with a finite verb among them before the clause ends.
fn clause_follows(reading: &Reading<'_>, next: usize, to: usize) -> bool {
    if ends(reading, next, to) {
        return false;
    }
    if reading.is(next, SUBJECT) {
        return true;
    }
    // `has maintained close ties, said that`: the verb behind the comma is the speaker's.
    let parted = |at: usize| {
        reading.comma(at) && reading.is(at + 1, CUE) && reading.shape(at + 1) == Shape::Lower
    };
    (next..to.min(next + REACH))
        .take_while(|&at| !ends_clause(reading, at) && !parted(at))
        .any(|at| {
            reading.is(at, AUXILIARY | MODAL)
                || at > next
                    && (reading.is(at, VERB | CUE)
                        || reading.written(at).ends_with("ed") && !reading.is(at - 1, PREPOSITION))
                    && reading.shape(at) == Shape::Lower
                    && !reading.is(at - 1, DETERMINER | TO)
        })
}

/// The attribution stands after a comma and ends its clause, or between commas.
fn parenthetical(reading: &Reading<'_>, mentions: &Mentions, cue: &Cue, place: Place) -> bool {
    place.first > place.from && reading.comma(place.first - 1) && {
        let hearer = mentions.at(place.end).filter(|_| cue.frames.hearer);
        let end = hearer.map_or(place.end, |number| mentions.list[number].tokens.end);
        let after = skip_adverbs(reading, end, place.to);
        // `said an official familiar with the talks`.
        let described = mentions.at(place.end - 1).is_some()
            && reading.shape(after) == Shape::Lower
            && (!reading.is(after, AUXILIARY | MODAL | VERB | CUE)
                || reading.written(after).ends_with("ed"))
            && reading.is(after + 1, PREPOSITION | TO);
        ends(reading, after, place.to)
            || described
            || reading.is(after, PREPOSITION | SUBORDINATOR) && !reading.is(after, TO)
            || reading.is(after, TO) && cue.class == CueClass::Speech
    }
}

fn infinitive_after_object(reading: &Reading<'_>, next: usize, to: usize) -> bool {
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

fn word_within(reading: &Reading<'_>, next: usize, to: usize, word: &str) -> bool {
    (next..to.min(next + REACH + 8))
        .take_while(|&at| !ends_clause(reading, at))
        .any(|at| reading.word(at) == word)
}

/// `call X a trap`: an object and at once another noun phrase, an adjective or quoted words.
fn names(reading: &Reading<'_>, mentions: &Mentions, next: usize, to: usize) -> bool {
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

fn phrase(reading: &Reading<'_>, list: &[WordId], place: Place, next: usize) -> bool {
    !list.is_empty()
        && (place.end..place.to.min(next + 6))
            // The word before a date that was jumped over is none: `seized on Sunday`.
            .filter(|&at| {
                at >= next
                    || !reading.is(at, PREPOSITION)
                    || reading.is(at, ADVERB) && !reading.is(at + 1, TIME)
            })
            .take_while(|&at| !ends_clause(reading, at) && !reading.comma(at))
            .any(|at| list.contains(&reading.token(at).word))
}

fn object(reading: &Reading<'_>, next: usize, to: usize) -> bool {
    !ends(reading, next, to)
        && (!reading.is(next, PREPOSITION | SUBORDINATOR | TO | AUXILIARY) || reading.quoted(next))
}

fn topic(reading: &Reading<'_>, mentions: &Mentions, next: usize, to: usize) -> bool {
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
fn idea_before(reading: &Reading<'_>, place: Place) -> bool {
    let that = place.first.checked_sub(1).filter(|&at| at > place.from + 1);
    that.is_some_and(|at| {
        reading.is(at, RELATIVE | THAT)
            && reading.is(at - 1, IDEA)
            && matches!(reading.word(at - 2), "a" | "an")
    })
}

/// A relative clause takes its object from before the subject (`a truce which Norvania accepted`).
fn gap(reading: &Reading<'_>, place: Place, next: usize) -> bool {
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

fn topic_object(reading: &Reading<'_>, mentions: &Mentions, next: usize, to: usize) -> bool {
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
