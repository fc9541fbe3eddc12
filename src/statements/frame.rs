//! Tells whether a cue verb stands in one of its frames: what must follow it (or, for a quotation, precede it). It does
//! not look for the subject.

use super::cue::{Cue, CueClass};
use super::frame_object::{
    gap, idea_before, infinitive_after_object, names, near, object, phrase, topic, topic_object,
    word_within,
};
use super::mention::Mentions;
use super::reading::Reading;
use super::time_phrase;
use super::word_class::{
    ADVERB, AND, AUXILIARY, BY, CONTRAST, CREDIT, CUE, DETERMINER, MODAL, PLACE_PREPOSITION,
    PREPOSITION, QUANTITY, SUBJECT, SUBORDINATOR, THAT, TIME, TO, VERB,
};
use crate::text::Shape;

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

/// Longest bracket between a verb and its clause, in tokens.
const BRACKET: usize = 6;
/// How far content words are looked for, in tokens.
pub(super) const REACH: usize = 16;

/// Longest object, and longest words about it, in tokens.
pub(super) const ASIDE: usize = 8;

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
pub(super) const FRAGMENT: usize = 5;

/// The frame of `cue` at `place`, if it stands in one.
pub(super) fn of(
    reading: &Reading<'_>,
    mentions: &Mentions,
    cue: &Cue,
    place: Place,
) -> Option<Frame> {
    let frames = &cue.frames;
    let next = skip_adverbs(reading, place.end, place.to);
    if frames.quotation && beside_quotation(reading, mentions, place) {
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
    let hearer = mentions.at(next).filter(|_| frames.hearer);
    let told = hearer.map(|number| mentions.list[number].tokens.end);
    if frames.clause
        && (clause_follows(reading, next, place.to)
            || told.is_some_and(|end| clause_follows(reading, end, place.to)))
    {
        return Some(Frame::Clause);
    }
    // `undertook in the capital, Orva, on Friday to cease fire`.
    let past = past_place(reading, mentions, next, place.to);
    let next = if frames.infinitive && reading.is(past, TO) {
        past
    } else {
        next
    };
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
pub(super) fn skip_adverbs(reading: &Reading<'_>, mut at: usize, to: usize) -> usize {
    while at < to && !reading.quoted(at) {
        let the = usize::from(reading.is(at + 1, DETERMINER));
        let date = reading.is(at, PREPOSITION) && reading.is(at + 1 + the, TIME);
        // `on Friday, September 13, that`.
        let parted = reading.comma(at)
            && (reading.is(at - 1, TIME) || reading.shape(at - 1) == Shape::Number)
            && (reading.is(at + 1, TIME) && reading.shape(at + 2) == Shape::Number
                // `on May 12, 2031`.
                || reading.shape(at + 1) == Shape::Number && reading.is(at.wrapping_sub(2), TIME)
                || reading.is(at.wrapping_sub(2), TIME) && reading.is(at + 1, THAT));
        // `refused time and again to hand it over`.
        let again = reading.is(at + 1, AND) && reading.word(at + 2) == "again";
        if date {
            at += 2 + the;
        } else if let Some(end) = time_phrase::end(reading, at, to) {
            at = end;
        } else if again && matches!(reading.word(at), "time" | "again") {
            at += 3;
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

/// Past a place and dates from `at` on.
fn past_place(reading: &Reading<'_>, mentions: &Mentions, at: usize, to: usize) -> usize {
    let Some(number) = mentions
        .at(at + 1)
        .filter(|_| at < to && reading.is(at, PLACE_PREPOSITION))
    else {
        return at;
    };
    let mut end = mentions.list[number].tokens.end;
    // `in the capital, Orva,`.
    let named = mentions.at(end + 1).filter(|_| reading.comma(end));
    let closed = named
        .map(|number| mentions.list[number].tokens.end)
        .filter(|&closed| reading.comma(closed));
    end = closed.map_or(end, |closed| closed + 1);
    skip_adverbs(reading, end, to)
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
fn beside_quotation(reading: &Reading<'_>, mentions: &Mentions, place: Place) -> bool {
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
                // `said in a post on the network: "..."`.
                && mentions.at(at).is_none()
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

pub(super) fn ends_clause(reading: &Reading<'_>, at: usize) -> bool {
    matches!(reading.mark(at), b';' | b':' | b'?' | b'!')
        || reading.full_stop(at)
        || reading.is(at, CONTRAST)
}

pub(super) fn ends(reading: &Reading<'_>, at: usize, to: usize) -> bool {
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
        // `announced in Orva (Kesh) that`.
        if reading.mark(at) == b'(' && at > next {
            let closed = (at + 1..limit.min(at + BRACKET)).find(|&t| reading.mark(t) == b')');
            match closed {
                Some(close) => at = close + 1,
                None => return false,
            }
            continue;
        }
        // `revealed for the first time that`.
        let counted = reading.is(at, DETERMINER | QUANTITY)
            && (at + 1..at + 3)
                .any(|later| reading.is(later, TIME) || reading.word(later) == "time");
        // `said as she left for the capital that`, `said in an interview published on Monday that`.
        let clause = at == next && matches!(reading.word(at), "as" | "while" | "when")
            || reading.word(at) == "published";
        if clause {
            return (at + 1..limit)
                .take_while(|&later| reading.shape(later).is_word() && !reading.quoted(later))
                .any(|later| reading.is(later, THAT) && reading.word(later) == "that");
        }
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
    // `said while talks went on, the shelling had not stopped`.
    let side = matches!(
        reading.word(next),
        "while" | "although" | "though" | "if" | "unless" | "until" | "as" | "even"
    );
    if side && next < to {
        let main = (next + 1..to.min(next + REACH)).find(|&at| reading.comma(at));
        return main.is_some_and(|comma| {
            (comma + 1..to.min(comma + REACH)).any(|at| reading.is(at, AUXILIARY | MODAL | VERB))
        });
    }
    if ends(reading, next, to) {
        return false;
    }
    if reading.is(next, SUBJECT) {
        return true;
    }
    // `has maintained close ties, said that`: the verb behind the comma is the speaker's.
    let parted = |at: usize| {
        reading.comma(at)
            && reading.is(at + 1, CUE)
            && reading.shape(at + 1) == Shape::Lower
            // `said the truce, welcomed by Kesh, had begun`, `said the pause, ordered for the sake of all, would begin`.
            && !reading.is(at + 2, BY)
            && !(at + 2..to.min(at + ASIDE + 2)).any(|next| {
                reading.comma(next) && reading.is(next + 1, AUXILIARY | MODAL)
            })
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
                || reading.written(after).ends_with("ed")
                // `said an official close to the talks`.
                || reading.word(after) == "close")
            && reading.is(after + 1, PREPOSITION | TO);
        ends(reading, after, place.to)
            || described
            || reading.is(after, PREPOSITION | SUBORDINATOR) && !reading.is(after, TO)
            || reading.is(after, TO) && cue.class == CueClass::Speech
    }
}
