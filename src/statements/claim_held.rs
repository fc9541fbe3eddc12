//! Tells whether a claim that is found is one: not denied speech, not a mere possibility or background, not what a proposal
//! says that others will do. It does not find claims.

use super::claim::Finder;
use super::cue::{Cue, CueClass};
use super::frame::Frame;
use super::lead::Lead;
use super::mention::Sort;
use super::subject;
use super::word_class::{CONJUNCTION, CUE, HYPOTHETICAL, PAPER, SUBORDINATOR, TARGET, THAT};

/// How far back a word of time is looked for that opened a clause, in tokens.
const TIMED: usize = 24;

impl Finder<'_, '_> {
    /// Whether a claim that is found is one: not denied speech, not a mere possibility.
    pub(super) fn holds(
        &self,
        verb: usize,
        cue: &Cue,
        lead: Lead,
        frame: Frame,
        first: usize,
    ) -> bool {
        let reading = self.reading;
        let acts = matches!(cue.class, CueClass::Act | CueClass::Judge);
        let nobody =
            first < verb && matches!(reading.word(first), "no" | "neither" | "nobody" | "none");
        if cue.frames.denied && !lead.negated && !nobody {
            return false;
        }
        // What somebody had hoped is background.
        if lead.past_perfect && cue.class == CueClass::View && frame != Frame::Quotation {
            return false;
        }
        // `would have agreed`: it did not.
        let unreal = lead.modal && lead.have && acts;
        if unreal || lead.hypothetical && cue.class != CueClass::Speech {
            return false;
        }
        if (lead.negated || nobody)
            && matches!(cue.class, CueClass::Speech | CueClass::Describe)
            && frame != Frame::Quotation
        {
            return false;
        }
        // `fought what they say is a tyrant`: a name for a thing, no view of it.
        let inside = first > self.from + 1 && reading.word(first - 1) == "what";
        if inside
            && cue.class != CueClass::Describe
            && matches!(frame, Frame::Clause | Frame::Infinitive)
        {
            return false;
        }
        // `was speaking after the talks`: tells when, not what.
        let scene = lead.be
            && frame == Frame::Object
            && matches!(
                reading.word(verb),
                "speaking" | "responding" | "reacting" | "commenting" | "replying" | "answering"
            );
        if scene {
            return false;
        }
        // `spoke on condition of anonymity`.
        if reading.word(verb + 1) == "on" && reading.word(verb + 2) == "condition" {
            return false;
        }
        // A condition or a time is no position of its own (`if Norvania accepts`, `until it signs`, `after Kesh refused`).
        let before = first.checked_sub(1).filter(|&at| at >= self.from);
        let background = |at: usize| reading.is(at, HYPOTHETICAL) || tells_when(reading.word(at));
        !(acts && before.is_some_and(background))
    }

    /// Whether the clause that goes on at `at` was opened by a word of time (`came after Kesh rejected it and attacked`).
    pub(super) fn in_background(&self, at: usize) -> bool {
        (self.from + 1..at).rev().take(TIMED).any(|t| {
            tells_when(self.reading.word(t))
                && subject::with_verb(self.reading, self.mentions, t + 1).is_some()
        })
    }

    /// Whether somebody is seen or made to do it (`saw Kesh release`): the verb is no finite one.
    pub(super) fn seen(&self, first: usize) -> bool {
        first > self.from
            && matches!(
                self.reading.word(first - 1),
                "saw" | "see" | "sees" | "seen" | "let" | "lets" | "made" | "makes" | "make"
            )
    }

    /// Whether the verb at `at` tells what a proposal says (`the agreement stipulated that both sides would withdraw`).
    pub(super) fn tells_terms(&self, at: usize) -> bool {
        let reading = self.reading;
        let before = at.checked_sub(1).filter(|&before| before >= self.from);
        let target = before
            .and_then(|before| self.mentions.at(before))
            .is_some_and(|number| {
                self.mentions.list[number].tokens.end == at && self.is_proposal(number)
            });
        target
            && reading.is(at, CUE)
            && reading.is(at + 1, THAT)
            && reading
                .cues(at)
                .any(|(cue, _)| cue.class == CueClass::Speech)
    }

    /// Whether a mention is a proposal that begins its clause, not one beside whom somebody is named (`sources close to the talks
    /// said`).
    pub(super) fn is_proposal(&self, number: usize) -> bool {
        let reading = self.reading;
        let mention = &self.mentions.list[number];
        let first = mention.tokens.first;
        mention.sort == Sort::Thing
            && reading.is(mention.head, TARGET)
            && !reading.is(mention.head, PAPER)
            && (first <= self.from
                || !reading.shape(first - 1).is_word()
                || reading.is(first - 1, CONJUNCTION | SUBORDINATOR))
    }
}

/// Whether a word opens a clause that tells when.
fn tells_when(word: &str) -> bool {
    matches!(word, "after" | "since" | "when")
}
