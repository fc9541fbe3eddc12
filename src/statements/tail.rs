//! Trims a piece: leaves out marks at its ends and the reporter's own words behind an act, on time, circumstances and what else
//! went on. It does not cut passages into pieces.

use super::claim::Claim;
use super::claim_group::Cutter;
use super::cue::CueClass;
use super::frame::Frame;
use super::mention::{Range, Sort};
use super::subject;
use super::word_class::{
    ADVERB, AND, AUXILIARY, BE, BUT, CONJUNCTION, CONTRAST, CREDIT, CUE, DETERMINER, LINKING,
    MODAL, NEAR_TARGET, NOUN_ACT, OBJECTION, OWNED_ACT, PREPOSITION, QUANTITY, RELATIVE,
    SUBORDINATOR, TARGET, THAT, TIME, TO, TOPIC_PRONOUN, VERB, WEEKDAY,
};
use crate::text::Shape;

/// How far after a claim its end is looked for, in tokens.
const TAIL: usize = 120;
/// Longest subject of a clause that was left out, in tokens.
const CLAUSE: usize = 8;
/// How far the last item of a list is looked for, in tokens.
const LIST: usize = 14;

impl Cutter<'_, '_> {
    /// Leaves out marks at the ends and, after an act, the reporter's own words on time and circumstances.
    pub(super) fn trimmed(&self, start: usize, end: usize, claims: &[Claim]) -> Range {
        let reading = self.reading;
        let (mut start, mut end) = (start, end);
        let acts = claims.iter().all(|claim| {
            matches!(claim.class, CueClass::Act | CueClass::Judge)
                && claim.frame != Frame::Quotation
        });
        let pressing = claims.iter().all(|claim| {
            matches!(claim.frame, Frame::Object | Frame::Infinitive)
                && matches!(
                    claim.class,
                    CueClass::Urge | CueClass::Speech | CueClass::View
                )
        });
        if pressing && let Some(last) = claims.last() {
            let from = last.end.max(last.cue_end) + 1;
            let tail = (from..end.min(from + TAIL)).find(|&at| {
                !reading.quoted(at)
                    && (matches!(reading.word(at), "following" | "after")
                        || self.meanwhile(at)
                        || reading.is(last.cue, NOUN_ACT) && self.main_goes_on(last, at)
                        || reading.comma(at)
                            && reading.is(at + 1, SUBORDINATOR | RELATIVE | CONTRAST))
            });
            end = tail.unwrap_or(end);
        }
        if let [claim] = claims
            && claim.frame != Frame::Quotation
            && claim.first > self.passage.from
            && reading.is(claim.first - 1, SUBORDINATOR | CONTRAST)
        {
            // `Though leaders pleaded for a truce, the minister sent troops`.
            let from = claim.end.max(claim.cue_end);
            let main = (from..end.min(from + TAIL))
                .find(|&at| reading.comma(at) && !reading.quoted(at) && self.opens_clause(at + 1));
            if let Some(main) = main {
                (start, end) = (start.max(claim.first), main);
            }
        }
        if let [claim] = claims
            && let Some(first) = self.stands_apart(claim)
        {
            start = start.max(first);
        }
        if acts && let Some(last) = claims.last() {
            let from = last.end.max(last.cue_end);
            let tail = (from..end.min(from + TAIL))
                .find(|&at| self.tail_begins(from, at, end) || self.main_goes_on(last, at));
            end = tail.unwrap_or(end);
        }
        if let Some(last) = claims.last() {
            let from = last.end.max(last.cue_end);
            let open = (from..end.min(from + TAIL)).find(|&at| self.leaves_open(at));
            end = open.unwrap_or(end);
        }
        // What is left of a dateline's double hyphen.
        while start + 1 < end && reading.dash(start) && !reading.quoted(start) {
            start += 1;
        }
        let inside = end < self.passage.to;
        let dangles = |at: usize| {
            reading.comma(at)
                || inside
                    && !reading.quoted(at)
                    && (reading.dash(at)
                        || reading.is(at, AND | BUT | THAT | RELATIVE)
                        || matches!(reading.word(at), "as" | "after" | "while" | "when"))
        };
        while end > start + 1 && dangles(end - 1) {
            end -= 1;
        }
        // `which the government` before a clause that was left out.
        if inside
            && let Some(cut) = (start + 2..end).rev().take(CLAUSE).find(|&at| {
                reading.is(at - 1, THAT | RELATIVE)
                    && !reading.quoted(at)
                    && self
                        .mentions
                        .at(at)
                        .is_some_and(|number| self.mentions.list[number].tokens.end == end)
            })
        {
            end = cut - 1;
        }
        // `, just hours` before a clause that was left out.
        if inside
            && let Some(comma) = (start + 1..end).rev().take(4).find(|&at| reading.comma(at))
            && (comma + 1..end).all(|at| reading.is(at, TIME | ADVERB | QUANTITY))
            && matches!(reading.word(end), "after" | "before" | "following")
        {
            end = comma;
        }
        let mut bare = end;
        while bare > start + 1
            && (matches!(reading.mark(bare - 1), b'.') || reading.is(bare - 1, CREDIT))
        {
            bare -= 1;
        }
        if reading.is(bare, CREDIT) {
            end = bare;
        }
        Range::new(start, end)
    }

    /// Where a claim begins that the reporter's own sentence has at its end (`Talks went on, with Kesh saying`; `It was signed over
    /// the objections of Kesh`).
    fn stands_apart(&self, claim: &Claim) -> Option<usize> {
        let reading = self.reading;
        if reading.is(claim.cue, OBJECTION)
            && matches!(reading.word(claim.first), "over" | "despite")
        {
            return Some(claim.first);
        }
        let first = subject::start(reading, claim.first, self.passage.from);
        let with = first.checked_sub(1)?;
        (claim.leaning && reading.word(with) == "with" && reading.comma(with.checked_sub(1)?))
            .then_some(with)
    }

    /// Whether the reporter's own sentence goes on at `at` after a clause or a noun that takes a position (`, which Kesh
    /// welcomed, ends a war`; `Kesh's rejection of the truce left`).
    fn main_goes_on(&self, claim: &Claim, at: usize) -> bool {
        let reading = self.reading;
        let verb = |at: usize| {
            reading.shape(at) == Shape::Lower
                && reading.is(at, VERB | CUE | AUXILIARY | MODAL)
                && self.mentions.at(at).is_none()
                && !reading.quoted(at)
        };
        let clause = claim.first > self.passage.from && reading.is(claim.first - 1, RELATIVE);
        let noun =
            reading.is(claim.cue, OWNED_ACT | NOUN_ACT) && self.mentions.at(claim.cue).is_some();
        let done = || (claim.end..at).any(|t| reading.is(t, TARGET));
        clause && reading.comma(at) && verb(at + 1) || noun && verb(at) && done()
    }

    fn tail_begins(&self, from: usize, at: usize, end: usize) -> bool {
        let reading = self.reading;
        if reading.quoted(at) {
            return false;
        }
        // `by the following Friday`.
        let following = reading.word(at) == "following" && !reading.is(at - 1, DETERMINER);
        if following
            || matches!(reading.word(at), "after" | "amid")
            || reading.mark(at) == b';'
            || self.meanwhile(at)
        {
            return true;
        }
        let done = (from..at).any(|t| reading.is(t, TARGET | NEAR_TARGET | TOPIC_PRONOUN));
        let other = done && reading.is(at, BUT) && self.opens_clause(at + 1);
        let purpose = other
            || reading.word(at) == "so" && reading.word(at + 1) == "that"
            || done && reading.is(at, TO) && reading.is(at - 1, WEEKDAY);
        if purpose {
            return true;
        }
        if !reading.comma(at) || at + 1 >= end || reading.quoted(at + 1) {
            return false;
        }
        let next = at + 1;
        if done && reading.is(next, AND | BUT) && self.opens_clause(next + 1) {
            return true;
        }
        if (from..at).any(|t| reading.is(t, TARGET | NEAR_TARGET | TOPIC_PRONOUN))
            && !reading.is(next, CONJUNCTION)
            && !self.lists(next, end)
        {
            return true;
        }
        reading.written(next).ends_with("ing") && reading.shape(next) == Shape::Lower
            || reading.is(
                next,
                RELATIVE | PREPOSITION | SUBORDINATOR | AUXILIARY | MODAL,
            )
            || matches!(
                reading.word(next),
                "after" | "hours" | "days" | "weeks" | "minutes" | "a" | "the" | "two" | "three"
            ) && (next..end.min(next + 5)).any(|t| matches!(reading.word(t), "after" | "before"))
    }

    /// Whether the reporter tells from `at` on what is not known (`, though it was not immediately clear whether`).
    fn leaves_open(&self, at: usize) -> bool {
        let reading = self.reading;
        !reading.quoted(at)
            && reading.is(at, CONTRAST | AND)
            && reading.word(at + 1) == "it"
            && reading.is(at + 2, BE | LINKING)
            && (at + 3..at + 7).any(|t| matches!(reading.word(t), "clear" | "unclear" | "known"))
    }

    /// Whether what went on at the same time begins at `at` (`as shells fell on Kesh`).
    fn meanwhile(&self, at: usize) -> bool {
        let reading = self.reading;
        reading.word(at) == "as"
            && self.mentions.at(at + 1).is_some_and(|number| {
                let mention = &self.mentions.list[number];
                let end = mention.tokens.end;
                // `as a first step`.
                let one = matches!(reading.word(mention.tokens.first), "a" | "an");
                !matches!(mention.sort, Sort::Pronoun | Sort::Quantity)
                    && (end..end + 3)
                        .take_while(|&t| {
                            reading.shape(t).is_word()
                                && !reading.is(t, PREPOSITION)
                                && self.mentions.at(t).is_none()
                        })
                        .any(|t| {
                            reading.is(t, AUXILIARY | MODAL)
                                || reading.is(t, VERB | CUE) && !one
                                || reading.written(t).ends_with("ed")
                        })
            })
    }

    /// Whether a holder of views with a verb of its own begins at `at`.
    fn opens_clause(&self, at: usize) -> bool {
        subject::with_verb(self.reading, self.mentions, at).is_some()
    }

    /// Whether a list or the place's country goes on at `at` (`in Doha, Qatar, to ...`; `Kesh, Norvania and ...`; `calling
    /// for a pause, the opening of roads and a swap`).
    fn lists(&self, at: usize, end: usize) -> bool {
        let reading = self.reading;
        let verb = |t: usize| {
            reading.quoted(t)
                || reading.is(t, VERB | CUE | AUXILIARY | MODAL | RELATIVE | SUBORDINATOR)
                    && !reading.is(t - 1, DETERMINER)
        };
        let last = (at..end.min(at + LIST))
            .take_while(|&t| !verb(t))
            .find(|&t| reading.is(t, AND) && t > at);
        let things = last.is_some_and(|and| {
            and + 1 < end && !verb(and + 1) && !verb(and + 2) && !self.opens_clause(and + 1)
        });
        things
            || self.mentions.at(at).is_some_and(|number| {
                let mention = &self.mentions.list[number];
                let end = mention.tokens.end;
                mention.sort == Sort::Name && (reading.comma(end) || reading.is(end, CONJUNCTION))
            })
    }
}
