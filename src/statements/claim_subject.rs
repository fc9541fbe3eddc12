//! Finds the subject of a cue verb, also where a body speaks through a person, and tells whether it may be one. It does not
//! judge whether the verb is a cue.

use super::claim::Finder;
use super::cue::{Cue, CueClass};
use super::frame::Frame;
use super::lead::Lead;
use super::mention::Sort;
use super::sharing;
use super::subject::{self, Subject};
use super::word_class::{
    ADVERB, AUXILIARY, BODY, CUE, DETERMINER, FACELESS, FUNCTION, MODAL, NOUN, OFFICE, PAPER,
    PEOPLE, POSSESSOR, QUANTITY, QUOTING, RELATIVE, TARGET, TIME, VERB,
};
use crate::text::Shape;

/// How far behind a quoted person words about him end, in tokens.
const WHOM: usize = 12;
/// How far back a clause before an attribution is looked for, in tokens.
const CLAUSE: usize = 80;

impl Finder<'_, '_> {
    pub(super) fn subject(
        &self,
        verb: usize,
        cue: &Cue,
        lead: Lead,
        leaning: bool,
    ) -> Option<Subject> {
        let reading = self.reading;
        if leaning {
            let before = lead.first - 1;
            return Some(match self.mentions.at(before) {
                Some(number) if !reading.comma(before) && !self.follows_paper(lead.first) => {
                    Subject::Before(number)
                }
                // `, with its chair, Dana Holm, saying`.
                _ => match self.mentions.at(before.saturating_sub(1)) {
                    Some(number) if reading.comma(before) && self.accompanies(number) => {
                        Subject::Before(number)
                    }
                    _ => Subject::Shared,
                },
            });
        }
        let after_quotation = lead.first > self.from && {
            let at = lead.first - 1;
            reading.quoted(at) || reading.comma(at) || reading.dash(at)
        };
        let utters = cue.frames.quotation
            && matches!(
                cue.class,
                CueClass::Speech | CueClass::View | CueClass::Urge
            );
        let inverted = utters && !cue.frames.hearer && (after_quotation || lead.first == self.from);
        let quoted = lead.first > self.from
            && (reading.quoted(lead.first - 1)
                || lead.first > self.from + 1
                    && reading.comma(lead.first - 1)
                    && reading.quoted(lead.first - 2));
        let turned = subject::after(reading, self.mentions, verb, self.to).filter(|subject| {
            // `said rations had not come`: the subject of what is said, not of the verb.
            let in_clause = subject.mention().is_some_and(|number| {
                let end = self.mentions.list[number].tokens.end;
                self.mentions.list[number].sort == Sort::Thing
                    && reading.is(end, AUXILIARY | MODAL | VERB | CUE)
                    && reading.shape(end) == Shape::Lower
            });
            quoted
                || !in_clause
                    && (cue.frames.clause && !cue.frames.object
                        || subject
                            .mention()
                            .is_some_and(|number| self.mentions.list[number].sort != Sort::Thing))
        });
        if inverted && let Some(subject) = turned {
            let quoted = lead.first > self.from && reading.quoted(lead.first - 1);
            if quoted {
                return Some(subject);
            }
            let before = subject::before(reading, self.mentions, lead.first, self.from);
            let end = subject
                .mention()
                .map_or(verb, |number| self.mentions.list[number].tokens.end);
            let closes =
                end >= self.to || reading.shape(end) == Shape::Mark && !reading.quoted(end);
            // `Dana Holm, the minister, said the truce, agreed on Friday, would hold`: no thing says so.
            let thing = subject
                .mention()
                .is_some_and(|number| self.mentions.list[number].sort == Sort::Thing);
            // `Dana Holm, the minister, said Kesh, which refuses, must sign`: she has a description before her comma.
            let apposed = before.and_then(Subject::mention).is_some_and(|number| {
                let own = self.mentions.list[number].tokens;
                own.end + 1 == lead.first && (own.first..own.end).any(|at| reading.comma(at))
            });
            // `The troops, said the general, would stay`.
            let between = lead.first == verb
                && !apposed
                && !(thing && before.is_some())
                && lead.first > self.from
                && reading.comma(lead.first - 1)
                && reading.comma(end);
            // `The truce is close, said an official close to the talks`: what stands before has a verb of its own.
            let has_verb = |at: usize| {
                reading.is(at, AUXILIARY | MODAL | VERB | CUE) && reading.shape(at) == Shape::Lower
            };
            let told = cue.class == CueClass::Speech
                && !cue.frames.object_infinitive
                && lead.first == verb
                && verb > self.from
                && reading.comma(verb - 1)
                && !has_verb(end)
                && before
                    .and_then(Subject::mention)
                    .is_some_and(|number| has_verb(self.mentions.list[number].tokens.end));
            if before.is_none()
                || between
                || told
                || closes
                    && lead.first > self.from
                    && !before.is_some_and(|before| self.in_its_clause(before, lead.first))
                    && self.clause_before(lead.first)
            {
                return Some(subject);
            }
            return before;
        }
        subject::before(reading, self.mentions, lead.first, self.from)
    }

    /// Whether a verb at `at` belongs to the relative clause of `subject`: no main verb stands between (as in `Kesh, which refuses to
    /// sign, must accept it, said Dana Holm`).
    fn in_its_clause(&self, subject: Subject, at: usize) -> bool {
        let Subject::Antecedent(number) = subject else {
            return false;
        };
        let reading = self.reading;
        let end = self.mentions.list[number].tokens.end;
        !(end + 1..at).take(CLAUSE).any(|t| {
            reading.comma(t) && reading.is(t + 1, AUXILIARY | MODAL | VERB | CUE) && t + 1 < at
        })
    }

    /// Whether a mention stands after a comma and `with` (`, with its chair, Dana Holm,`).
    fn accompanies(&self, number: usize) -> bool {
        let first = self.mentions.list[number].tokens.first;
        first > self.from + 1
            && self.reading.word(first - 1) == "with"
            && self.reading.comma(first - 2)
    }

    /// The person through whom a body speaks (`Kesh said through its envoy, Dana Holm, that`).
    pub(super) fn mouthpiece(&self, verb: usize) -> Option<usize> {
        if !matches!(self.reading.word(verb + 1), "through" | "via") {
            return None;
        }
        let number = self.mentions.at(verb + 2)?;
        let mention = &self.mentions.list[number];
        (mention.sort == Sort::Person && verb + 2 < self.to).then_some(number)
    }

    /// Whom a medium quotes, and where its `as` stands (`the daily quoted the envoy as saying`).
    pub(super) fn quoted_by_another(&self, verb: usize) -> Option<(usize, usize)> {
        let quotes = self.reading.is(verb, QUOTING);
        let reports = self.reading.word(verb).starts_with("report");
        let number = self.mentions.at(verb + 1).filter(|_| quotes || reports)?;
        let end = self.mentions.list[number].tokens.end;
        if reports {
            // `the daily reported diplomats saying that`.
            let said = end + 1 < self.to && self.reading.word(end) == "saying";
            return said.then_some((number, end + 1));
        }
        // `cited an official whom it did not name as calling it unworkable`, `quoted the general, who is ill, as saying`.
        let clause = end + usize::from(self.reading.comma(end));
        let unnamed = self.reading.is(clause, RELATIVE).then(|| {
            (clause + 1..self.to.min(clause + WHOM))
                .find(|&at| self.reading.word(at) == "as" && self.reading.is(at + 1, CUE))
        });
        let at = unnamed.flatten().unwrap_or(end);
        (at + 1 < self.to
            && self.reading.word(at) == "as"
            && self.reading.is(at + 1, CUE)
            && self.reading.written(at + 1).ends_with("ing"))
        .then_some((number, at))
    }

    /// The same before the verb, between commas (`Kesh, through its envoy, Dana Holm, said`).
    pub(super) fn aside(&self, first: usize) -> Option<usize> {
        let comma = first.checked_sub(1).filter(|&at| at > self.from)?;
        let number = self.mentions.at(comma - 1)?;
        let mention = &self.mentions.list[number];
        let through = mention.tokens.first.checked_sub(1)?;
        (self.reading.comma(comma)
            && mention.sort == Sort::Person
            && through > self.from
            && matches!(self.reading.word(through), "through" | "via"))
        .then_some(number)
    }

    /// A thing speaks only where words are given (`the readout said that`); it takes no position.
    pub(super) fn may_be_subject(&self, cue: &Cue, subject: Subject, frame: Frame) -> bool {
        let thing = subject
            .mention()
            .is_some_and(|number| self.mentions.list[number].sort == Sort::Thing);
        let nobody = cue.frames.never_it
            && subject
                .mention()
                .is_some_and(|number| self.reading.word(self.mentions.list[number].head) == "it");
        // `a separate deal signed last month`: it signs nothing.
        let signed = thing
            && cue.class == CueClass::Act
            && subject
                .mention()
                .is_some_and(|number| self.reading.is(self.mentions.list[number].head, TARGET));
        if nobody || signed {
            return false;
        }
        !thing
            || self.is_paper(subject)
            || cue.frames.any_subject && frame != Frame::Quotation
            || cue.class == CueClass::Speech
                && frame != Frame::Object
                && frame != Frame::Infinitive
                && !subject
                    .mention()
                    .is_some_and(|number| self.is_proposal(number))
    }

    /// Whether a paper speaks: it alone can read (`the statement read`).
    pub(super) fn is_paper(&self, subject: Subject) -> bool {
        subject
            .mention()
            .is_some_and(|number| self.reading.is(self.mentions.list[number].head, PAPER))
    }

    /// Whether a source is too general to be an actor (`critics say`; codebook, Actor).
    pub(super) fn is_nobody(&self, subject: Subject, frame: Frame) -> bool {
        if self.is_asked(subject) {
            return true;
        }
        frame != Frame::Quotation
            && subject.mention().is_some_and(|number| {
                let tokens = self.mentions.list[number].tokens;
                tokens.end == tokens.first + 1 && self.reading.is(tokens.first, FACELESS)
            })
    }

    /// Whether it is asked who the subject is (`which party is blocking it`).
    fn is_asked(&self, subject: Subject) -> bool {
        let Subject::Before(number) = subject else {
            return false;
        };
        let mention = &self.mentions.list[number];
        let first = mention.tokens.first;
        mention.sort == Sort::Role
            && !mention.plural
            && first > self.from
            && self.reading.word(first - 1) == "which"
            && self.reading.shape(first) == Shape::Lower
            && !self.reading.is(first, DETERMINER | POSSESSOR | QUANTITY)
    }

    /// Whether a clause with a verb of its own stands before token `at`.
    fn clause_before(&self, at: usize) -> bool {
        let reading = self.reading;
        (self.from.max(at.saturating_sub(CLAUSE))..at).any(|t| {
            let known = reading.is(t, AUXILIARY | MODAL | VERB | CUE);
            // `The coalition depends on two parties, said Dana Holm`: a verb of no list.
            let form = t > self.from
                && self.mentions.at(t - 1).is_some()
                && reading.shape(t) == Shape::Lower
                && reading.written(t).ends_with(['s', 'd'])
                && !reading.is(t, FUNCTION | ADVERB | TIME | DETERMINER | POSSESSOR);
            (known || form) && self.mentions.at(t).is_none()
        })
    }

    pub(super) fn plural(&self, subject: Subject, verb: usize) -> bool {
        let Some(number) = subject.mention() else {
            return true;
        };
        let members = sharing::joint(self.reading, self.mentions, number, self.from);
        let mention = &self.mentions.list[members[0]];
        mention.plural
            || mention.sort == Sort::Name && !self.reading.is(verb, NOUN)
            || mention.sort == Sort::Role
                && self.reading.is(mention.head, OFFICE | BODY)
                && !self.reading.is(verb, NOUN)
            || self.reading.is(mention.head, PEOPLE)
            || members.len() > 1
            || self.reading.word(mention.head).ends_with('s')
    }
}
