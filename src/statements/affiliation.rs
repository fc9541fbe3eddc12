//! Finds the side of a mention: its owner's, its own where it is a state or body, or that of the state at hand for the holder of a
//! state's office. It does not resolve mentions.

use super::alias::AliasSort;
use super::coreference::{REACH, Resolver};
use super::mention::{Mention, Range, Sort};
use super::reading::Reading;
use super::side::side_of_office;
use super::statement::ActorKind;
use super::word_class::{HOLDER, LOCAL, OFFICE, OFFICE_MODIFIER, POSSESSOR, STATE_OFFICE};
use crate::text::Shape;

impl Resolver<'_, '_> {
    /// The side of a name: of its owner; of the name itself where that is a state or body.
    pub(super) fn side_of(&mut self, mention: &Mention, name: Range) -> Option<String> {
        // `Kesh's Valley Front`: a known movement speaks for itself.
        let movement = self
            .reading
            .alias(name.first)
            .filter(|(n, alias)| alias.sort == AliasSort::Movement && *n == name.end - name.first);
        if let Some(owner) = mention.owner.filter(|_| movement.is_none()) {
            return self.owner_side(owner);
        }
        if mention.sort == Sort::Person {
            return None;
        }
        if let Some((_, alias)) = self.reading.alias(name.first) {
            return alias.side.clone();
        }
        let seat = seat_of(self.reading, mention);
        if seat.is_some() {
            return seat;
        }
        let itself = mention.acronym.is_some() || self.is_body(mention, name);
        side_of_office(self.reading, name).or_else(|| itself.then(|| self.written(name)))
    }

    pub(super) fn paragraph(&self, token: usize) -> usize {
        let document = self.reading.document;
        document
            .sentences
            .get(document.sentence_of(token))
            .map_or(0, |sentence| sentence.paragraph)
    }

    /// The side of a holder of a state's office that is named without one: the state met last, if near.
    pub(super) fn home(&self, mention: &Mention) -> Option<String> {
        // `local officials`: of no state.
        let local = (mention.core.first..mention.head).any(|at| self.reading.is(at, LOCAL));
        if mention.owner.is_some() || local {
            return None;
        }
        let (entity, paragraph) = self.state?;
        (self.holds_state_office(mention) && self.paragraph(mention.tokens.first) == paragraph)
            .then(|| self.side_or_name(entity))
            .flatten()
    }

    pub(super) fn holds_state_office(&self, mention: &Mention) -> bool {
        let role = mention.role.unwrap_or(mention.core);
        (role.first..role.end)
            .any(|at| self.reading.is(at, OFFICE | OFFICE_MODIFIER | STATE_OFFICE))
    }

    /// The side of an owner: a pronoun's or known actor's side, or what the words stand for.
    pub(super) fn owner_side(&mut self, owner: Range) -> Option<String> {
        let reading = self.reading;
        if reading.is(owner.first, POSSESSOR) {
            let entity = self.by_pronoun(reading.classes[owner.first])?;
            return self.side_or_name(entity);
        }
        let capital = (owner.first..owner.end).any(|at| reading.shape(at).is_capital());
        if capital {
            let last = reading.bare(owner.end - 1);
            if let Some(entity) = self.entities.by_word(last).next()
                && self.entities.list[entity].kind == ActorKind::Person
            {
                let own = &self.entities.list[entity];
                // Two capitals that nothing shows to be a person can be a place.
                let sure = own.side.is_some() || own.gender != 0 || !own.roles.is_empty();
                if sure {
                    return own.side.clone();
                }
            }
            // `AFP` is what the article says that it stands for.
            let defined = self.entities.by_word(last).find(|&entity| {
                let own = &self.entities.list[entity];
                reading.shape(owner.first) == Shape::Upper
                    && owner.end == owner.first + 1
                    && own.words.len() > 1
                    && !own.words.contains(&last)
            });
            let spelled = self
                .acronyms
                .get(&last)
                .filter(|_| reading.alias(owner.first).is_none())
                .map(|&name| self.written(name));
            return match defined {
                Some(entity) => self.side_or_name(entity),
                None => spelled.or_else(|| self.sides.of(reading, owner)),
            };
        }
        let head = (owner.first..owner.end)
            .rev()
            .find(|&at| reading.is(at, HOLDER))?;
        self.side_with(head).or_else(|| {
            let entity = self.entity_of_role(head, None, true)?;
            self.side_or_name(entity)
        })
    }

    /// The side of somebody met lately whose name ends with the noun at `head` (`Valley Front leader Dana Holm`, then `the front's
    /// leader`).
    fn side_with(&self, head: usize) -> Option<String> {
        let noun = self.reading.word(head);
        self.met
            .iter()
            .rev()
            .take(REACH)
            .filter_map(|&(number, _)| self.entities.list[number].side.as_deref())
            .find(|side| {
                side.rsplit(' ')
                    .next()
                    .is_some_and(|last| last.to_lowercase() == noun)
            })
            .map(str::to_owned)
    }

    pub(super) fn side_or_name(&self, entity: usize) -> Option<String> {
        let entity = &self.entities.list[entity];
        entity.side.clone().or_else(|| {
            matches!(entity.kind, ActorKind::State | ActorKind::Organisation)
                .then(|| entity.name.clone())
        })
    }
}

/// The state of a ministry that is told by its capital (`the Foreign Ministry in Paris`).
fn seat_of(reading: &Reading<'_>, mention: &Mention) -> Option<String> {
    let at = mention.core.end;
    let (_, alias) = reading.alias(at + 1)?;
    (reading.word(at) == "in"
        && reading.is(mention.head, OFFICE)
        && matches!(alias.sort, AliasSort::Capital | AliasSort::State))
    .then(|| alias.side.clone())
    .flatten()
}
