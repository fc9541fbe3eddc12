//! Whose words are told by another: media that hand on what others say, those whom they cite, spokesmen and sources who only
//! repeat their holder. It groups no claims; [`super::claim_group`] does.

use super::alias::AliasSort;
use super::claim::Claim;
use super::claim_group::Cutter;
use super::cue::CueClass;
use super::frame::Frame;
use super::mention::{Mention, Sort};
use super::subject::Subject;
use super::word_class::{
    DETERMINER, MASTHEAD, NEWS, PAPER, PERSON, POSSESSOR, QUOTING, RELATIVE, RELAY, STUDY,
};

/// How far behind a medium's attribution those whom it cites are looked for, in tokens.
const CITED: usize = 12;

impl Cutter<'_, '_> {
    /// Whether the subject is a medium that hands on what others say.
    pub(super) fn relays(&self, claim: &Claim) -> bool {
        claim.subject.mention().is_some_and(|number| {
            let mention = &self.mentions.list[number];
            let aid = self.reading.word(mention.head) == "agency"
                && mention.head > mention.core.first
                && !self.reading.is(mention.head - 1, DETERMINER)
                && !self.reading.is(mention.head - 1, NEWS);
            // `the Harbour Times`, `the Times`, `Radio Harbour`.
            let masthead = mention.name.is_some_and(|name| {
                let several = name.end - name.first > 1;
                let known = several || self.reading.is(mention.tokens.first, DETERMINER);
                let called = several
                    && self.reading.is(name.first, RELAY)
                    && !self.reading.is(name.end - 1, PERSON);
                known && self.reading.is(name.end - 1, MASTHEAD) || called
            });
            // `Coast News's Dana Holm`: a reporter.
            let medium = |at: usize| {
                self.reading
                    .alias(at)
                    .is_some_and(|(_, alias)| alias.sort == AliasSort::Medium)
            };
            let reporter = matches!(mention.sort, Sort::Person | Sort::Name)
                && mention.owner.is_some_and(|owner| {
                    medium(owner.first)
                        || owner.end - owner.first > 1 && self.reading.is(owner.end - 1, MASTHEAD)
                });
            // `the news agency Torkan said`.
            let called = mention.role.is_some_and(|role| {
                self.reading.is(role.end - 1, RELAY)
                    && (self.reading.word(role.end - 1) != "agency"
                        || role.end - role.first > 1 && self.reading.is(role.end - 2, NEWS))
            });
            // `the presidential press service said` what the president did.
            let press = mention.head > mention.core.first
                && matches!(self.reading.word(mention.head), "service" | "office")
                && matches!(self.reading.word(mention.head - 1), "press" | "news");
            press
                || self.reading.is(mention.head, RELAY) && !aid
                || called
                || masthead
                || reporter
                || mention
                    .name
                    .and_then(|name| self.reading.alias(name.first))
                    .is_some_and(|(_, alias)| alias.sort == AliasSort::Medium)
        })
    }

    /// Whom a medium cites for what it reports (`Unipress reported, citing two officials`): theirs are the words (codebook, Actor).
    pub(super) fn cited(&self, claim: &Claim) -> Option<usize> {
        if !self.relays(claim) {
            return None;
        }
        let reading = self.reading;
        let end = self.passage.to.min(claim.end.max(claim.cue_end) + CITED);
        let at = (claim.first..end)
            .filter(|&at| reading.is(at, QUOTING) && !reading.quoted(at))
            .find(|&at| {
                matches!(reading.word(at), "citing" | "quoting") && reading.comma(at - 1)
                    || reading.is(at - 1, RELATIVE) && reading.comma(at.saturating_sub(2))
            })?;
        let number = self.mentions.at(at + 1)?;
        let mention = &self.mentions.list[number];
        let holds = mention.tokens.first == at + 1
            && mention.sort != Sort::Thing
            && !reading.is(mention.head, PAPER | STUDY | RELAY);
        holds.then_some(number)
    }

    /// Whether a claim after the words only hands on what their holder said: unnamed sources tell what a person said behind
    /// closed doors (`Holm has told her officers that there is no halt, two officials said`), a spokesman what his chief did
    /// (`The president welcomed it, according to his spokesman`). What others did is told by the source (codebook, Actor).
    pub(super) fn hands_on(&self, claim: &Claim, before: &Claim) -> bool {
        let mention = |claim: &Claim| {
            claim
                .subject
                .mention()
                .map(|number| &self.mentions.list[number])
        };
        let unnamed = mention(claim).is_some_and(|source| {
            let indefinite = matches!(self.reading.word(source.tokens.first), "a" | "an" | "one");
            source.name.is_none()
                && (source.sort == Sort::Quantity
                    || source.sort == Sort::Role
                        && (source.plural && !source.definite || indefinite))
        });
        let utters = before.class == CueClass::Speech && before.frame == Frame::Clause
            || before.class == CueClass::Urge;
        let own = mention(claim).is_some_and(|source| {
            source.name.is_none()
                && source
                    .owner
                    .is_some_and(|owner| self.reading.is(owner.first, POSSESSOR))
                && self.reading.word(source.head).starts_with("spokes")
        });
        let held = matches!(before.subject, Subject::Before(_))
            && mention(before).is_some_and(|holder| {
                matches!(holder.sort, Sort::Person | Sort::Name | Sort::Role)
            });
        // `The council said no, a council spokesman said`: he speaks for the body.
        let speaks_for_it = mention(claim).is_some_and(|source| {
            let of = |holder: &Mention| {
                let word = |at: usize| self.reading.word(at);
                let owner = source
                    .owner
                    .map_or(source.core.first..source.head, |owner| {
                        owner.first..owner.end
                    });
                let named = holder.name.is_some_and(|name| {
                    owner
                        .into_iter()
                        .any(|at| (name.first..name.end).any(|t| word(t) == word(at)))
                });
                named || holder.sort == Sort::Role && !self.reading.is(holder.head, PERSON)
            };
            self.reading.word(source.head).starts_with("spokes") && mention(before).is_some_and(of)
        });
        (own || unnamed && utters) && held && !before.leaning && (own || !speaks_for_it)
    }
}
