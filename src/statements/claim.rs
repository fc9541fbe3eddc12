//! Finds claims in a passage: a cue in one of its frames together with its subject. Claims are what statements are made
//! of; spans and actors are decided later.

use super::circumstance;
use super::cue::{Cue, CueClass};
use super::frame::{self, Frame, Place};
use super::inflection::Form;
use super::lead::Lead;
use super::mention::{Mentions, Sort};
use super::noun_act;
use super::passage::Passage;
use super::phrase_cue;
use super::reading::Reading;
use super::sharing;
use super::subject::{self, Subject};
use super::word_class::{
    ADVERB, AND, AUXILIARY, CONTRAST, CUE, DETERMINER, HAVE, HOLDER, IT, MODAL, NEGATION, NOUN,
    OWNED_ACT, PAPER, PEOPLE, PERSON, POSSESSOR, PREPOSITION, RELATIVE, RELAY, TO, VERB,
};
use crate::text::Shape;

/// A cue with its subject.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    /// The word that attributes.
    pub(super) cue: usize,
    /// One past the last word of the cue.
    pub(super) cue_end: usize,
    /// What the verb says of its subject.
    pub(super) class: CueClass,
    /// How it has its content.
    pub(super) frame: Frame,
    /// Its subject.
    pub(super) subject: Subject,
    /// First token of subject and verb together.
    pub(super) first: usize,
    /// One past the last.
    pub(super) end: usize,
    /// A verb in `-ing` that leans on the clause before.
    pub(super) leaning: bool,
}

/// The claims of `passage`, in order of their cues.
pub(super) fn find(reading: &Reading<'_>, mentions: &Mentions, passage: &Passage) -> Vec<Claim> {
    let finder = Finder {
        reading,
        mentions,
        from: passage.from,
        to: passage.to,
    };
    let mut claims: Vec<Claim> = Vec::new();
    claims.extend(phrase_cue::heading(reading, mentions, passage));
    let mut terms = false;
    let under = finder.under_the_terms();
    for at in passage.from..passage.to {
        if reading.quoted(at) {
            continue;
        }
        // What a proposal says, others will do: nobody does it yet.
        terms = terms && !reading.is(at, CONTRAST) && !matches!(reading.mark(at), b';' | b',');
        terms |= finder.tells_terms(at);
        if terms {
            continue;
        }
        let claim = if reading.is(at, CUE) {
            finder
                .verb(at, claims.is_empty())
                .or_else(|| noun_act::at(reading, mentions, passage, at))
        } else {
            phrase_cue::at(reading, mentions, passage, at)
                .or_else(|| noun_act::at(reading, mentions, passage, at))
        };
        let claim = claim.or_else(|| circumstance::reaction(reading, mentions, passage, at));
        let claim = claim.or_else(|| {
            // `Noting that Holm's refusal was no surprise, Vale said`: what Vale notes.
            let noting =
                reading.is(passage.from, CUE) && reading.written(passage.from).ends_with("ing");
            let owned = claims.is_empty() && reading.is(at, OWNED_ACT) && !noting;
            owned.then(|| noun_act::owned_act(reading, mentions, passage, at))?
        });
        if let Some(claim) = claim
            && !(under && matches!(claim.class, CueClass::Act | CueClass::Urge))
            && claims.last().is_none_or(|last| last.cue_end <= claim.cue)
        {
            claims.push(claim);
        }
    }
    if let [label, next, ..] = claims[..]
        && reading.mark(label.cue) == b':'
        && next
            .subject
            .mention()
            .is_some_and(|number| mentions.list[number].sort != Sort::Pronoun)
    {
        // `KESH: The envoy said`: the speaker is named, the heading is a label.
        claims.remove(0);
    }
    claims
}

/// Looks for claims in one passage.
#[derive(Debug)]
pub(super) struct Finder<'r, 'd> {
    /// The article.
    pub(super) reading: &'r Reading<'d>,
    /// Its mentions.
    pub(super) mentions: &'r Mentions,
    /// First token.
    pub(super) from: usize,
    /// One past the last token.
    pub(super) to: usize,
}

impl Finder<'_, '_> {
    /// The claim of the verb at `at`; `alone` where no claim stands before it in the passage.
    fn verb(&self, at: usize, alone: bool) -> Option<Claim> {
        let reading = self.reading;
        if reading.shape(at) != Shape::Lower && at > self.from
            || self.is_noun(at)
            || self.is_auxiliary(at)
            || self.describes(at)
        {
            return None;
        }
        if let Some(number) = self.mentions.at(at) {
            let mention = &self.mentions.list[number];
            if mention.tokens.first <= at {
                return None;
            }
        }
        let lead = Lead::read(reading, self.mentions, at, self.from);
        reading
            .cues(at)
            .find_map(|(cue, form)| self.claim(at, cue, form, lead, alone))
    }

    /// A form of `have` before a verb (`has expressed doubts`).
    fn is_auxiliary(&self, at: usize) -> bool {
        let reading = self.reading;
        reading.is(at, HAVE)
            && (at + 1..self.to.min(at + 4))
                .find(|&next| !reading.is(next, ADVERB | NEGATION))
                .is_none_or(|next| {
                    reading.is(next, VERB | CUE | AUXILIARY | TO)
                        || reading.written(next).ends_with("ed")
                })
    }

    /// A participle before its noun, after an infinitive or a preposition (`to end renewed fighting`, `with resumed shelling`).
    fn describes(&self, at: usize) -> bool {
        let reading = self.reading;
        let governed = at > self.from
            && matches!(
                reading.word(at - 1),
                "with" | "of" | "by" | "from" | "amid" | "despite" | "into"
            )
            && reading.written(at).ends_with("ed")
            && reading.shape(at + 1) == Shape::Lower
            && !reading.is(at + 1, PREPOSITION | DETERMINER | POSSESSOR);
        governed
            || at > self.from + 1
                && reading.is(at - 1, VERB | CUE)
                && !reading.is(at - 1, AUXILIARY)
                && reading.is(at - 2, TO)
                && reading.written(at).ends_with("ed")
    }

    /// A noun that looks like a verb, after a verb or adjective (`took questions`).
    fn is_noun(&self, at: usize) -> bool {
        let reading = self.reading;
        at > self.from
            && reading.is(at, NOUN)
            && !reading.is(at - 1, AUXILIARY | MODAL | HOLDER)
            && (reading.is(at - 1, VERB | CUE) && reading.shape(at - 1) == Shape::Lower
                // `freed fighters and suspects and let convoys in`.
                || at > self.from + 1
                    && reading.is(at - 1, AND)
                    && reading.word(at).ends_with('s')
                    && reading.is(at - 2, PEOPLE)
                    && (reading.is(at + 1, AND) || reading.shape(at + 1) == Shape::Mark)
                // `since protests against the president`.
                || matches!(reading.word(at - 1), "since" | "after" | "before" | "amid")
                    && reading.word(at).ends_with('s')
                || reading.is(at - 1, PREPOSITION | DETERMINER | POSSESSOR)
                    && !reading.is(at - 1, ADVERB | TO))
            && self.mentions.at(at - 1).is_none()
    }

    fn claim(&self, verb: usize, cue: &Cue, form: Form, lead: Lead, alone: bool) -> Option<Claim> {
        let errand = self
            .errand(cue, form, lead)
            .or_else(|| self.prompted(cue, form, lead));
        if (lead.to || cue.frames.errand) && errand.is_none()
            || cue.class == CueClass::State && !lead.be
        {
            return None;
        }
        let active = errand.is_some() || lead.makes_finite(cue, form);
        let passive = form.participle
            && (lead.be && !active
                || !alone && self.passive_again(verb, cue, lead)
                || self.reduced(verb, cue, lead));
        if passive {
            return self.passive(verb, cue, lead);
        }
        let leaning = !active && form.gerund && self.leans(lead.first);
        if !(active || leaning) {
            return None;
        }
        let mut subject = match errand {
            Some(subject) => subject,
            None => self.subject(verb, cue, lead, leaning)?,
        };
        if subject == Subject::Shared && alone && self.in_background(lead.first) {
            return None;
        }
        if subject == Subject::Shared && alone {
            subject = Subject::Main(subject::main(
                self.reading,
                self.mentions,
                self.from,
                lead.first,
            )?);
        }
        let mut relayed = None;
        if cue.class == CueClass::Speech {
            if let Some((number, at)) = self.quoted_by_another(verb)
                && !self.is_speaker(subject)
            {
                subject = Subject::After(number);
                relayed = Some(at);
            } else if let Some(number) = self.mouthpiece(verb) {
                subject = Subject::After(number);
            } else if let Some(number) = self.aside(lead.first) {
                subject = Subject::Main(number);
            }
        }
        let noun = self.reading.is(verb, NOUN)
            && (form.third || form.base)
            && matches!(subject, Subject::Before(number) if self.mentions.list[number].sort == Sort::Thing);
        if noun {
            return None;
        }
        let (first, end) = self.extent(verb, lead, subject);
        let end = relayed.unwrap_or(end);
        if form.base
            && errand.is_none()
            && !form.past
            && !lead.modal
            && !lead.auxiliary_do
            && (!self.plural(subject, verb) || self.seen(first))
        {
            return None;
        }
        let through = matches!(subject, Subject::After(_)) && self.mouthpiece(verb).is_some();
        let place = Place {
            first,
            end: end + usize::from(through && self.reading.comma(end)),
            from: self.from,
            to: self.to,
        };
        let mut frame = frame::of(self.reading, self.mentions, cue, place)?;
        if relayed.is_some() && frame::after_quotation(self.reading, place) {
            frame = Frame::Quotation;
        }
        let reads = cue.class == CueClass::Speech && self.reading.word(verb).starts_with("read");
        let paper = self.is_paper(subject);
        if reads && !paper || lead.seems && paper {
            return None;
        }
        if !self.may_be_subject(cue, subject, frame) || self.is_nobody(subject, frame) {
            return None;
        }
        if !self.holds(verb, cue, lead, frame, (subject, first)) {
            return None;
        }
        Some(Claim {
            cue: verb,
            cue_end: verb + 1,
            class: cue.class,
            frame,
            subject,
            first,
            end,
            leaning,
        })
    }

    /// Whether a subject is a person, who takes for his own what he quotes (codebook, Actor: a speaker who reports another).
    fn is_speaker(&self, subject: Subject) -> bool {
        let reading = self.reading;
        subject.mention().is_some_and(|number| {
            let mention = &self.mentions.list[number];
            mention.sort == Sort::Person
                || mention.sort == Sort::Pronoun && !reading.is(mention.head, IT)
                || mention.sort == Sort::Role
                    && reading.is(mention.head, PERSON)
                    && !reading.is(mention.head, RELAY)
        })
    }

    /// A verb in `-ing` after a comma or after `with` and a subject.
    fn leans(&self, first: usize) -> bool {
        first > self.from
            && (self.reading.comma(first - 1)
                || self.follows_paper(first)
                || self.mentions.at(first - 1).is_some_and(|number| {
                    let start = self.start_of_subject(number);
                    start > self.from
                        && (self.reading.word(start - 1) == "with" || self.reading.comma(start - 1))
                }))
    }

    /// First token of a subject that `number` ends.
    fn start_of_subject(&self, number: usize) -> usize {
        subject::start(self.reading, self.start_of_joint(number), self.from)
    }

    /// First token of those who share a subject place with `number`; behind a clause with a claim of its own that describes one of
    /// them (`Kesh, which had rejected it, and Norvania welcomed the plan`).
    fn start_of_joint(&self, number: usize) -> usize {
        let tokens = |member: usize| self.mentions.list[member].tokens;
        let mut first = tokens(number).first;
        let members = sharing::joint(self.reading, self.mentions, number, self.from);
        for member in members.into_iter().rev() {
            let before = tokens(member);
            let clause = (before.end..first).any(|at| self.reading.is(at, RELATIVE))
                && (before.end..first).any(|at| self.reading.is(at, CUE));
            if clause {
                break;
            }
            first = before.first;
        }
        first
    }

    /// Whether a paper stands right before token `first` (`released a statement saying`).
    pub(super) fn follows_paper(&self, first: usize) -> bool {
        first > self.from
            && self.reading.is(first - 1, PAPER)
            && self.mentions.at(first - 1).is_some_and(|number| {
                let mention = &self.mentions.list[number];
                mention.head == first - 1 && mention.tokens.first > self.from
            })
    }

    pub(super) fn extent(&self, verb: usize, lead: Lead, subject: Subject) -> (usize, usize) {
        let tokens = subject
            .mention()
            .map(|number| self.mentions.list[number].tokens);
        match (subject, tokens) {
            (Subject::Before(number), Some(tokens)) => (
                self.start_of_joint(number)
                    .min(lead.first)
                    .min(tokens.first),
                verb + 1,
            ),
            (Subject::After(_), Some(tokens)) => (lead.first, tokens.end),
            _ => (lead.first, verb + 1),
        }
    }
}
