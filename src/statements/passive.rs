//! Reads passives: the holder stands after `by` (`was rejected by the cabinet`), or is the one who is quoted. It does not read
//! active verbs.

use super::claim::{Claim, Finder};
use super::cue::{Cue, CueClass};
use super::frame::Frame;
use super::lead::Lead;
use super::mention::Sort;
use super::subject::{self, Subject};
use super::word_class::{AND, BUT, BY, IT, NEAR_TARGET, OR, RELATIVE, TARGET, TIME};

/// How far before a passive what is done is looked for, in tokens.
const SUBJECT: usize = 16;

impl Finder<'_, '_> {
    /// `was rejected by the cabinet`: the actor stands after `by`.
    pub(super) fn passive(&self, verb: usize, cue: &Cue, lead: Lead) -> Option<Claim> {
        let reading = self.reading;
        if reading.word(verb) == "quoted" {
            let subject = subject::before(reading, self.mentions, lead.first, self.from)?;
            let (first, end) = self.extent(verb, lead, subject);
            return Some(Claim {
                cue: verb,
                cue_end: verb + 1,
                class: CueClass::Speech,
                frame: Frame::Quotation,
                subject,
                first,
                end,
                leaning: false,
            });
        }
        let utters = matches!(cue.class, CueClass::Speech | CueClass::View);
        let reach = if utters { 2 } else { 9 };
        let by = (verb + 1..self.to.min(verb + reach))
            .take_while(|&at| {
                !reading.quoted(at) && !matches!(reading.mark(at), b'.' | b';' | b':')
            })
            .find(|&at| {
                reading.is(at, BY) || cue.class == CueClass::Act && reading.word(at) == "between"
            })?;
        let frames = &cue.frames;
        let acts = matches!(cue.class, CueClass::Act);
        if acts && !(frames.object || frames.topic && self.topical_before(lead.first)) {
            return None;
        }
        let number = self.mentions.at(by + 1)?;
        let mention = &self.mentions.list[number];
        if matches!(mention.sort, Sort::Thing | Sort::Quantity) || reading.is(mention.head, TIME) {
            return None;
        }
        // `it was denounced by Kesh`: what is denounced belongs to the clause.
        let first = lead
            .first
            .checked_sub(1)
            .and_then(|at| self.mentions.at(at));
        let first = first.map_or(lead.first, |number| self.mentions.list[number].tokens.first);
        Some(Claim {
            cue: verb,
            cue_end: verb + 1,
            class: cue.class,
            frame: Frame::Object,
            subject: Subject::After(number),
            first: first.max(self.from),
            end: mention.tokens.end,
            leaning: false,
        })
    }

    /// Whether what an act bears on stands before token `at` in its clause, or is a pronoun.
    fn topical_before(&self, at: usize) -> bool {
        let from = self.from.max(at.saturating_sub(SUBJECT));
        (from..at).any(|t| {
            self.reading
                .is(t, TARGET | NEAR_TARGET | IT | RELATIVE | AND)
        })
    }

    /// A passive without `was` that judges what stands before it (`a truce, hailed by Kesh,`; `left, a move dismissed by Kesh`).
    pub(super) fn reduced(&self, verb: usize, lead: Lead) -> bool {
        let reading = self.reading;
        let comma = verb > self.from && reading.comma(verb - 1);
        let end = verb - usize::from(comma);
        let noun = end.checked_sub(1).and_then(|at| self.mentions.at(at));
        let judged = noun.is_some_and(|number| {
            let mention = &self.mentions.list[number];
            let of_all = mention.tokens.first > self.from
                && matches!(reading.word(mention.tokens.first), "a" | "an")
                && reading.comma(mention.tokens.first - 1);
            mention.tokens.end == end
                && reading.is(mention.head, TARGET | NEAR_TARGET)
                && (comma || of_all)
        });
        reading.is(verb + 1, BY) && lead.first == verb && verb > self.from && judged
    }

    /// A second passive without `was` (`accepted by Kesh but rejected by Norvania`).
    pub(super) fn passive_again(&self, verb: usize, lead: Lead) -> bool {
        let reading = self.reading;
        reading.is(verb + 1, BY)
            && lead.first == verb
            && verb > self.from
            && (reading.is(verb - 1, AND | OR | BUT | RELATIVE) || reading.comma(verb - 1))
    }
}
