//! Tells whether a claim that is found is one: not denied speech, not a mere possibility or background, not what a proposal
//! says that others will do. It does not find claims.

use super::claim::Finder;
use super::cue::{Cue, CueClass};
use super::frame::Frame;
use super::lead::Lead;
use super::mention::{Mentions, Sort};
use super::reading::Reading;
use super::subject::{self, Subject};
use super::word_class::{
    ADVERB, AUXILIARY, BY, CHARGE, CONJUNCTION, CUE, HYPOTHETICAL, MODAL, NOUN_ACT, PAPER,
    PREPOSITION, RELATIVE, SUBORDINATOR, TARGET, THAT, TIME, TO,
};
use crate::text::Shape;

/// How far back a word of time is looked for that opened a clause, in tokens.
const TIMED: usize = 24;
/// Longest name between quotation marks, in tokens with the marks.
const NAME: usize = 5;
/// How far behind the word that somebody was asked its question begins, in tokens.
const ASKED: usize = 10;
/// How far before a relative clause a proposal stands that the clause describes, in tokens.
const TERMS: usize = 12;

impl Finder<'_, '_> {
    /// Whether a claim that is found is one: not denied speech, not a mere possibility.
    pub(super) fn holds(
        &self,
        verb: usize,
        cue: &Cue,
        lead: Lead,
        frame: Frame,
        (subject, first): (Subject, usize),
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
        if self.told_in_passing((verb, cue), lead, frame, (subject, first)) {
            return false;
        }
        // A condition or a time is no position of its own (`if Norvania accepts`, `until it signs`, `after Kesh refused`).
        let before = first.checked_sub(1).filter(|&at| at >= self.from);
        let background = |at: usize| reading.is(at, HYPOTHETICAL) || tells_when(reading.word(at));
        // `adding that while Kesh backs the truce, questions remain`: what the speaker says.
        let conceded = |at: usize| {
            matches!(reading.word(at), "while" | "although" | "though")
                && at > self.from
                && reading.is(at - 1, THAT)
        };
        !(acts && before.is_some_and(|at| background(at) || conceded(at)))
    }

    /// Whether a verb only names a thing (`what the agency calls a crisis`), tells when or how words were said, what was so before,
    /// what a proposal would do, or what somebody is asked for.
    fn told_in_passing(
        &self,
        (verb, cue): (usize, &Cue),
        lead: Lead,
        frame: Frame,
        (subject, first): (Subject, usize),
    ) -> bool {
        let reading = self.reading;
        let acts = matches!(cue.class, CueClass::Act | CueClass::Judge);
        // `fought what they say is a tyrant`: a name for a thing, no view of it.
        let inside = first > self.from + 1 && reading.word(first - 1) == "what";
        // `whatever Kesh had proclaimed, shells fell`.
        let whatever = (first.saturating_sub(1).max(self.from)..=first)
            .any(|at| matches!(reading.word(at), "whatever" | "whichever"));
        let quoted = || (verb + 1..verb + 8).any(|at| reading.quoted(at));
        // `what he called a trap` belongs to what he says; `what the agency calls a crisis` is told in passing.
        let named = if cue.class == CueClass::Describe || reading.word(verb).starts_with("call") {
            !is_pronoun(self.mentions, subject) && !quoted()
        } else {
            matches!(frame, Frame::Clause | Frame::Infinitive)
        };
        // `was speaking after the talks`: tells when, not what.
        let scene = lead.be
            && frame == Frame::Object
            && matches!(
                reading.word(verb),
                "speaking" | "responding" | "reacting" | "commenting" | "replying" | "answering"
            );
        // `spoke not long before the signing`.
        let timed = matches!(reading.word(verb), "spoke" | "speaks" | "spoken")
            && (verb + 1..verb + 5)
                .take_while(|&at| {
                    reading.shape(at).is_word()
                        && !matches!(reading.word(at), "against" | "for" | "of" | "about")
                })
                .any(|at| matches!(reading.word(at), "before" | "after"))
            && frame != Frame::Quotation;
        // `declared independence`: of another matter.
        let history = reading.word(verb).starts_with("declar")
            && (verb + 1..verb + 4)
                .take_while(|&at| !reading.is(at, PREPOSITION))
                .any(|at| reading.word(at) == "independence");
        // `the demand that Kesh withdraw its men`: it does not yet.
        let asked = first > self.from + 1
            && reading.is(first - 1, THAT)
            && (reading.is(first - 2, NOUN_ACT | CHARGE)
                || reading
                    .cues(first - 2)
                    .any(|(cue, _)| cue.class == CueClass::Urge))
            // `allegations that Kesh has backed it`: others say so.
            && (reading.is(first - 2, CHARGE)
                || !(lead.modal || lead.be || lead.have || lead.auxiliary_do)
                    && reading.written(verb) == reading.word(verb)
                    && !reading.written(verb).ends_with(['s', 'd']));
        // `a truce between Kesh and fighters in Zubar that would halt the shelling`: what the truce does.
        let terms = acts
            && lead.modal
            && matches!(subject, Subject::Antecedent(_))
            && reading.is(lead.first.wrapping_sub(1), THAT)
            && (self.from..lead.first)
                .rev()
                .take(TERMS)
                .any(|at| reading.is(at, TARGET));
        // `men charged with murder`, `settled the terms on which`: no charge, no settlement of the speaker's.
        let other = reading.word(verb).starts_with("charg") && reading.word(verb + 1) == "with"
            // `"...", Holm went on`.
            || cue.class == CueClass::Speech
                && matches!(reading.word(verb), "go" | "goes" | "went" | "going" | "gone")
                && reading.word(verb + 1) != "on"
            || reading.word(verb).starts_with("settl")
                && !matches!(reading.word(verb + 1), "on" | "upon" | "that");
        // `adding to the pressure`: nothing is said.
        let grows = reading.word(verb).starts_with("add")
            && reading.word(verb + 1) == "to"
            && frame != Frame::Quotation;
        // `called on the party leader on Monday`: a visit.
        let visit = matches!(reading.word(verb), "called" | "calls")
            && reading.word(verb + 1) == "on"
            && self.mentions.at(verb + 2).is_some_and(|number| {
                let end = self.mentions.list[number].tokens.end;
                (end..self.to)
                    .find(|&at| !reading.is(at, TIME | ADVERB | PREPOSITION) || reading.is(at, TO))
                    .is_none_or(|at| reading.shape(at) == Shape::Mark && !reading.quoted(at))
            });
        // `a region that the rebels call "Norland"`: its name.
        let christened = reading.word(verb).starts_with("call")
            && reading.is(first.wrapping_sub(1), RELATIVE | THAT)
            && reading.quotation_at(verb + 1).is_some_and(|number| {
                let quotation = reading.quotations[number];
                quotation.end - quotation.first <= NAME
                    && (quotation.first..quotation.end).all(|at| {
                        reading.shape(at) == Shape::Mark || reading.shape(at).is_capital()
                    })
            });
        // `people said to have planned it`: others say so.
        let reported = reading.word(verb) == "said"
            && reading.is(verb + 1, TO)
            && matches!(reading.word(verb + 2), "have" | "be");
        // `is bound by a treaty`.
        let bound = cue.class == CueClass::State && reading.is(verb + 1, BY) && !lead.negated;
        // `spoke on condition of anonymity`.
        let anonymous = reading.word(verb).starts_with("sp")
            && reading.word(verb + 1) == "on"
            && reading.word(verb + 2) == "condition";
        inside && named
            || whatever
            || is_open(reading, self.from, first)
            || timed
            || scene
            || grows
            || other
            || history
            || self.counts_the_dead(verb)
            || acts && asked
            || terms
            || visit
            || reported
            || bound
            || christened
            || anonymous
    }

    /// Whether the verb counts the dead (`claimed 40 lives`): nobody says so.
    fn counts_the_dead(&self, verb: usize) -> bool {
        let reading = self.reading;
        reading.word(verb).starts_with("claim")
            && (verb + 1..verb + 6)
                .take_while(|&at| {
                    (reading.shape(at).is_word() || reading.shape(at) == Shape::Number)
                        && !reading.is(at, THAT | MODAL | AUXILIARY | TARGET)
                })
                .any(|at| matches!(reading.word(at), "lives" | "life" | "deaths" | "victims"))
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

    /// Whether the sentence tells what a proposal provides for (`Under the agreement, Kesh will pull back`).
    pub(super) fn under_the_terms(&self) -> bool {
        let reading = self.reading;
        reading.word(self.from) == "under"
            && (self.from + 1..self.to.min(self.from + TERMS))
                .take_while(|&at| !reading.comma(at))
                .any(|at| reading.is(at, TARGET))
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

/// Whether the clause whose subject begins at `first` is a question that somebody was asked in the passage from `from` on, or one
/// left open (`asked by reporters if she thought`, `it is not clear how Kesh intends`).
pub(super) fn is_open(reading: &Reading<'_>, from: usize, first: usize) -> bool {
    let opens = |&at: &usize| {
        at > from
            && matches!(
                reading.word(at),
                "if" | "whether" | "how" | "why" | "what" | "when"
            )
    };
    let asks = [Some(first), first.checked_sub(1)];
    let asks = asks.into_iter().flatten().find(opens);
    asks.is_some_and(|at| {
        matches!(
            reading.word(at - 1),
            "clear" | "unclear" | "uncertain" | "known" | "unknown"
        ) || (from..at)
            .rev()
            .take(ASKED)
            .take_while(|&t| !reading.comma(t))
            // `When asked whether`, `Asked whether`: not `she asked whether`.
            .any(|t| reading.word(t) == "asked" && (t == from || reading.word(t - 1) == "when"))
    })
}

/// Whether the subject of a claim is a pronoun.
fn is_pronoun(mentions: &Mentions, subject: Subject) -> bool {
    subject
        .mention()
        .is_some_and(|number| mentions.list[number].sort == Sort::Pronoun)
}

/// Whether a word opens a clause that tells when.
fn tells_when(word: &str) -> bool {
    matches!(word, "after" | "since" | "when")
}
