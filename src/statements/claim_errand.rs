//! Finds whose position stands in an infinitive: who met others in order to urge it, and whom something prompted to it. It does
//! not read finite verbs.

use super::claim::Finder;
use super::cue::{Cue, CueClass};
use super::inflection::Form;
use super::lead::Lead;
use super::mention::Sort;
use super::subject::{self, Subject};
use super::word_class::{
    ADVERB, AUXILIARY, ERRAND, MODAL, PROMPTING, RELATIVE, SUBORDINATOR, TIME, TO,
};
use crate::text::Shape;

/// How far before `to` the verb of an errand is looked for, in tokens.
const ERRAND_REACH: usize = 18;

impl Finder<'_, '_> {
    /// Who went or met others in order to urge or make something (`met them in Kesh to urge a truce`, `flew there to try to
    /// secure one`).
    pub(super) fn errand(&self, cue: &Cue, form: Form, lead: Lead) -> Option<Subject> {
        let reading = self.reading;
        let urges = cue.class == CueClass::Urge || cue.class == CueClass::Act && cue.frames.topic;
        let lead = self.tried(lead);
        if !(lead.to && form.base && urges) || lead.negated {
            return None;
        }
        let verb = (self.from..lead.first)
            .rev()
            .take(ERRAND_REACH)
            .take_while(|&at| {
                !reading.quoted(at)
                    && !matches!(reading.mark(at), b';' | b':' | b',')
                    && !reading.is(at, SUBORDINATOR | RELATIVE | AUXILIARY | MODAL)
            })
            .find(|&at| reading.is(at, ERRAND) && reading.shape(at) == Shape::Lower)?;
        let before = Lead::read(reading, self.mentions, verb, self.from);
        if before.modal || before.negated || before.to {
            return None;
        }
        let subject = subject::before(reading, self.mentions, before.first, self.from)?;
        let number = subject.mention()?;
        (self.mentions.list[number].sort != Sort::Thing).then_some(Subject::Main(number))
    }

    /// `to try to secure`, `to help secure`: what stands before the first `to`.
    fn tried(&self, lead: Lead) -> Lead {
        let reading = self.reading;
        let Some(tries) = lead.first.checked_sub(2).filter(|&at| at >= self.from) else {
            return lead;
        };
        let helps = reading.word(tries + 1) == "help";
        let attempts =
            lead.to && matches!(reading.word(tries + 1), "try" | "attempt" | "help" | "seek");
        if !(reading.is(tries, TO) && (helps || attempts)) {
            return lead;
        }
        Lead {
            first: tries,
            to: true,
            ..lead
        }
    }

    /// Whom something prompted to say or do it (`the attack prompted Kesh to call off the truce`).
    pub(super) fn prompted(&self, cue: &Cue, form: Form, lead: Lead) -> Option<Subject> {
        let reading = self.reading;
        if !(lead.to && form.base) || lead.negated || cue.class == CueClass::State {
            return None;
        }
        let before = lead.first.checked_sub(1).filter(|&at| at > self.from)?;
        let mut at = before;
        while at > self.from && self.mentions.at(at).is_none() && reading.is(at, TIME | ADVERB) {
            at -= 1;
        }
        let number = self.mentions.at(at)?;
        let mention = &self.mentions.list[number];
        let verb = mention.tokens.first.checked_sub(1)?;
        let before = Lead::read(reading, self.mentions, verb.max(self.from), self.from);
        if before.negated || before.modal || before.hypothetical {
            return None;
        }
        (mention.tokens.end == at + 1
            && verb >= self.from
            && reading.is(verb, PROMPTING)
            && matches!(mention.sort, Sort::Name | Sort::Person | Sort::Role))
        .then_some(Subject::Before(number))
    }
}
