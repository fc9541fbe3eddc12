//! Resolves words that describe an armed movement met before (`the Iran-backed group`, `the leftist guerrillas`). It does not
//! resolve names, nor words for states and offices.

use super::coreference::{REACH, Resolver};
use super::mention::Mention;
use super::word_class::{
    ADJECTIVE_OF_MOVEMENTS, BELONGING, BODY, DEMONYM, DETERMINER, GENERIC, LEAGUE, PEOPLE, PERSON,
    REBEL, STATE,
};
use crate::text::Shape;

/// Most words between the determiner and the noun.
const DESCRIPTION: usize = 4;
/// Most movements that can be meant: those named last.
const COMPARED: usize = 40;

impl Resolver<'_, '_> {
    /// The movement that `mention` can mean: the one that acted last, else the one named last; for several persons in arms
    /// those who have no name, where the article has no movement and no others like them.
    pub(super) fn movement_described(&self, mention: &Mention) -> Option<usize> {
        let reading = self.reading;
        let head = mention.head;
        let described = mention.core.end - mention.core.first > 2;
        // `the group` alone is any body, `the Kesh-led coalition` one of states.
        let noun = reading.is(head, GENERIC)
            && (reading.is(head, PEOPLE) || described && reading.is(head, BODY))
            && !reading.is(head, STATE | PERSON | LEAGUE);
        let whole = mention.tokens.end == mention.core.end;
        if !(mention.definite && noun && whole && self.only_describes(mention)) {
            return None;
        }
        let movements = &self.entities.movements;
        if movements.is_empty() {
            return self.nameless(mention);
        }
        if let [one] = movements[..] {
            return Some(one);
        }
        if !described {
            return None;
        }
        let known = &movements[movements.len().saturating_sub(COMPARED)..];
        let acted = self.subjects.iter().rev().take(REACH);
        acted
            .chain(self.met.iter().rev().take(8 * REACH))
            .map(|&(number, _)| number)
            .find(|number| known.contains(number))
    }

    /// Whether the words before the noun tell it from no other movement (`the outlawed group`, not `the rival group`).
    pub(super) fn only_describes(&self, mention: &Mention) -> bool {
        let reading = self.reading;
        let first = match mention.owner {
            // `the country's largest rebel group`.
            Some(owner) if self.of_the_land(mention) => owner.end,
            Some(owner) => owner.first.min(mention.core.first),
            None => mention.core.first,
        };
        let mut before = first..mention.head;
        before.len() <= DESCRIPTION
            && before.all(|at| {
                reading.is(
                    at,
                    DETERMINER | ADJECTIVE_OF_MOVEMENTS | DEMONYM | BELONGING | REBEL,
                ) || reading.shape(at) == Shape::Possessive
                    || BONDS.iter().any(|bond| reading.word(at).ends_with(bond))
            })
    }

    /// Persons in arms without a name, where they are the only ones.
    fn nameless(&self, mention: &Mention) -> Option<usize> {
        let reading = self.reading;
        if !(mention.plural && reading.is(mention.head, PEOPLE)) || mention.owner.is_some() {
            return None;
        }
        let mut known = self
            .subjects
            .iter()
            .rev()
            .take(8 * REACH)
            .map(|&(number, _)| number)
            .filter(|&number| {
                let own = &self.entities.list[number];
                own.words.is_empty()
                    && own.plural
                    && own
                        .roles
                        .iter()
                        .any(|&(_, role)| reading.lexis.classes.of(role) & REBEL != 0)
            });
        let last = known.next()?;
        known.all(|other| other == last).then_some(last)
    }
}

/// Ends of words that tell who stands behind a movement (`Iran-backed`).
const BONDS: [&str; 6] = [
    "-backed",
    "-supported",
    "-aligned",
    "-allied",
    "-linked",
    "-led",
];
