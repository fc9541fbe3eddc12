//! Finds who has spoken or acted under a role alone, where the next words are those of a full name that no role describes
//! (`Kesh's president has turned it down. ... Dana Holm said`): who is not described has been. It does not match roles with roles.

use super::coreference::{REACH, Resolver};
use super::entity::Introduced;
use super::mention::{Mention, Sort};
use super::role_first::SOON;
use super::statement::ActorKind;
use super::word_class::{
    AND, AUXILIARY, BODY, CUE, FEMININE, INTRODUCED, MASCULINE, OFFICE, PERSON, STATE, TIME, TITLE,
    VERB,
};
use crate::text::{Shape, WordId};

/// Longest phrase at the head of a sentence that can turn to somebody else, in tokens with the comma.
const SHORT: usize = 4;

impl Resolver<'_, '_> {
    /// The person known by a role alone whom `mention`, a subject with the name `words`, names.
    pub(super) fn named_later(
        &self,
        mention: &Mention,
        words: &[WordId],
        side: Option<&str>,
    ) -> Option<usize> {
        // `By noon President Dana Holm had signed`: her title tells.
        let place = self.place_of(mention);
        if place.is_none() && mention.role.is_none() || !self.is_bare_name(mention, words) {
            return None;
        }
        let near = || {
            let last = self.subjects.iter().rev().take(REACH);
            last.take_while(|(_, paragraph)| paragraph + 1 >= self.here)
                .filter(|&&(number, _)| self.is_person(number))
        };
        let known = |&(number, _): &(usize, usize)| {
            let own = &self.entities.list[number];
            own.words.is_empty() && own.introduced == Introduced::AsKnown
        };
        let before = near().find(|&&(number, _)| self.entities.list[number].words.is_empty());
        let soon = self.begins + SOON;
        let before = before.filter(|at| known(at) && self.entities.list[at.0].paragraph < soon);
        let titled = mention
            .role
            .is_none_or(|role| (role.first..role.end).all(|at| self.reading.is(at, TITLE)));
        let before = before.filter(|_| titled);
        // One whom the article brings in (`a spokesman`) is named behind his next words.
        let told = near()
            .find(|&&(number, paragraph)| paragraph < self.here || self.is_introduced(number))
            .filter(|at| place == Some(Place::Behind) && self.is_introduced(at.0));
        let (number, _) = *before.or(told)?;
        let own = &self.entities.list[number];
        let gender = own.gender & (FEMININE | MASCULINE);
        let other = mention.classes & (FEMININE | MASCULINE);
        let one_side = if own.introduced == Introduced::AsKnown {
            mention.owner.is_none()
        } else {
            own.side.as_deref() == side
                || (mention.owner.is_none() || mention.role.is_some())
                    && (own.side.is_none() || side.is_none())
        };
        let person = |&(_, role): &(Option<WordId>, WordId)| {
            self.reading.lexis.classes.of(role) & PERSON != 0
        };
        let fits = own.kind == ActorKind::Unnamed
            && own.roles.iter().any(person)
            && one_side
            && (gender == 0 || other == 0 || gender == other)
            && self.leads_too(number, mention)
            && self.can_hold(number, mention);
        fits.then_some(number)
    }

    /// Where a name stands that can be that of somebody told of before: at the head of its sentence or behind words of his.
    fn place_of(&self, mention: &Mention) -> Option<Place> {
        let reading = self.reading;
        let first = mention.tokens.first;
        let from = reading.document.sentences[reading.document.sentence_of(first)].first;
        if first == from {
            return Some(Place::Head);
        }
        // `In a video address on Tuesday, Dana Holm said`, but not `Meanwhile, Dana Holm said`.
        let opening = reading.written(from).ends_with("ing")
            || matches!(reading.word(from), "in" | "at" | "during");
        if opening && first - from > SHORT && reading.comma(first - 1) {
            return Some(Place::Head);
        }
        let words = || (from..first).any(|at| reading.is(at, AUXILIARY | VERB));
        let behind = reading.quoted(first - 1)
            || reading.is(first - 1, CUE)
            || reading.comma(first - 1) && words();
        behind.then_some(Place::Behind)
    }

    /// Whether a mention is a person's full name of which nothing more is told (`Dana Holm, who leads it`; `Dana Holm, 45, a
    /// nurse`; `Dana Holm of the aid group`; `Dana Holm and Erik Vale`).
    fn is_bare_name(&self, mention: &Mention, words: &[WordId]) -> bool {
        let reading = self.reading;
        let Some(name) = mention.name else {
            return false;
        };
        let end = mention.tokens.end;
        let more = end + usize::from(reading.comma(end));
        let told = matches!(reading.word(more), "whose" | "from" | "of")
            || reading.word(more) == "who"
                && !heads(reading.word(more + 1))
                && reading.word(more + 1) != "also"
            || more > end && reading.shape(more) == Shape::Number
            || reading.is(more, AND) && self.mentions.at(more + 1).is_some();
        matches!(mention.sort, Sort::Name | Sort::Person)
            && words.len() > 1
            && !told
            && mention.acronym.is_none()
            && reading.alias(name.first).is_none()
            && !(name.first..name.end).any(|at| reading.is(at, BODY | OFFICE | STATE | TIME))
    }

    /// Whether an actor is called a leader, where the clause behind a name says that the person leads something.
    fn leads_too(&self, number: usize, mention: &Mention) -> bool {
        let reading = self.reading;
        let end = mention.tokens.end;
        let clause = end + usize::from(reading.comma(end));
        let leader = |&(_, role): &(Option<WordId>, WordId)| {
            matches!(
                reading.words.word(role),
                "leader" | "chief" | "head" | "commander"
            )
        };
        reading.word(clause) != "who"
            || reading.word(clause + 1) == "also"
            || self.entities.list[number].roles.iter().any(leader)
    }

    /// Whether an actor is a person whom the article brings in by a role (`a spokesman`) and will name.
    fn is_introduced(&self, number: usize) -> bool {
        let own = &self.entities.list[number];
        let role = |&(_, role): &(Option<WordId>, WordId)| {
            self.reading.lexis.classes.of(role) & INTRODUCED != 0
        };
        own.kind == ActorKind::Unnamed
            && own.words.is_empty()
            && own.introduced == Introduced::AsNew
            && !own.plural
            && own.roles.iter().any(role)
    }

    /// Whether the roles that a mention gives, if any, can be those of an actor.
    fn can_hold(&self, number: usize, mention: &Mention) -> bool {
        let reading = self.reading;
        let own = &self.entities.list[number].roles;
        let Some(role) = mention.role else {
            return true;
        };
        // `An exile said ... the representative, Dana Holm, said`.
        let before_name = mention.name.is_some_and(|name| role.end <= name.first);
        let the = role.first.saturating_sub(1)..=role.first;
        if before_name && the.into_iter().any(|at| reading.word(at) == "the") {
            return mention.owner.is_none();
        }
        // `aid group Dana Holm`.
        if reading.is(role.end - 1, BODY | OFFICE) && !reading.is(role.end - 1, PERSON) {
            return false;
        }
        let rank =
            |at: usize| reading.is(at, TITLE) && reading.lexis.abbreviates(reading.token(at).word);
        let mut told = (role.first..role.end)
            .filter(|&at| reading.is(at, PERSON) || rank(at))
            .map(|at| self.role_key(at, role.first))
            .peekable();
        told.peek().is_none()
            || told.any(|key| {
                let (before, word) = key;
                let held = own.iter().any(|&(modifier, known)| {
                    known == word && (before.is_none() || modifier.is_none() || before == modifier)
                        || reading.lexis.describes(known, &[key]) == Some(true)
                });
                held || before.is_none() && reading.lexis.describes(word, own) == Some(true)
            })
    }

    /// Whether one who is called by a role alone does not want to be named (`an official who asked not to be named`), or is one
    /// of many (`one resident`).
    pub(super) fn stays_unnamed(&self, mention: &Mention) -> bool {
        /// How far behind a role the wish stands, in tokens.
        const WISH: usize = 14;
        let reading = self.reading;
        let tokens = mention.tokens;
        let one_of_many = matches!(reading.word(tokens.first), "one" | "another");
        let source = (tokens.first..tokens.end)
            .any(|at| matches!(reading.word(at), "source" | "anonymous" | "unnamed"));
        let sentence = reading.document.sentences[reading.document.sentence_of(tokens.first)];
        let wish = (tokens.end..sentence.end.min(tokens.end + WISH))
            .any(|at| matches!(reading.word(at), "named" | "identified" | "anonymity"));
        one_of_many || source || wish
    }
}

/// Where a name stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// At its head.
    Head,
    /// Behind words that can be the person's.
    Behind,
}

/// Whether a verb says that somebody leads something.
fn heads(verb: &str) -> bool {
    matches!(verb, "leads" | "heads" | "led" | "headed" | "commands")
}
