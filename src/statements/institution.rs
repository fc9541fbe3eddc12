//! Resolves offices and governments to those whom they speak for: `his office` is the person, `Kesh's government` the
//! state. It does not resolve other roles.

use super::coreference::Resolver;
use super::entity::Entity;
use super::mention::{Mention, Range};
use super::statement::ActorKind;
use super::word_class::POSSESSOR;
use crate::text::{Shape, WordId};

impl Resolver<'_, '_> {
    /// The person whose office a mention is, or the state whose government it is.
    pub(super) fn spoken_for(&mut self, mention: &Mention) -> Option<usize> {
        match self.reading.word(mention.head) {
            "office" | "department" if mention.core.end == mention.head + 1 => {
                self.office_of(mention.owner?)
            }
            "government" => self.government(mention),
            _ => None,
        }
    }

    fn office_of(&self, owner: Range) -> Option<usize> {
        let reading = self.reading;
        let found = if reading.is(owner.first, POSSESSOR) {
            self.by_pronoun(reading.classes[owner.first])
        } else {
            self.entities
                .by_word(reading.token(owner.end - 1).word)
                .next()
        };
        found.filter(|&number| self.entities.list[number].kind == ActorKind::Person)
    }

    fn government(&mut self, mention: &Mention) -> Option<usize> {
        let reading = self.reading;
        let role = reading.token(mention.head).word;
        let Some(owner) = mention.owner else {
            return self
                .entities
                .by_word(role)
                .find(|&number| {
                    let own = &self.entities.list[number];
                    own.kind == ActorKind::State && own.roles.contains(&(None, role))
                })
                .filter(|_| mention.definite);
        };
        // `the Keshan government` keeps its name: only a state's own name gives way to it.
        let named = owner.first > mention.head || reading.shape(owner.end) == Shape::Possessive;
        if !named || !reading.shape(owner.first).is_capital() {
            return None;
        }
        let last = reading.token(owner.end - 1).word;
        let person = self
            .entities
            .by_word(last)
            .next()
            .is_some_and(|number| self.entities.list[number].kind == ActorKind::Person);
        if person {
            return None;
        }
        let state = self.sides.of(reading, owner)?;
        let entity = self.state_named(&state);
        let own = &mut self.entities.list[entity];
        if !own.roles.contains(&(None, role)) {
            own.roles.push((None, role));
        }
        self.entities.index(role, entity);
        Some(entity)
    }

    /// The state called `name`, a new one where it was not met before.
    fn state_named(&mut self, name: &str) -> usize {
        let words: Vec<WordId> = name
            .split_whitespace()
            .filter_map(|word| self.reading.words.find(&word.to_lowercase()))
            .collect();
        let known = words.last().and_then(|&last| {
            self.entities
                .by_word(last)
                .find(|&number| self.entities.list[number].words == words)
        });
        known.unwrap_or_else(|| {
            let entity = Entity {
                name: name.to_owned(),
                kind: ActorKind::State,
                side: Some(name.to_owned()),
                words: words.clone(),
                roles: Vec::new(),
                gender: 0,
                plural: false,
                thing: false,
                definite: true,
            };
            self.entities.add(entity, &words)
        })
    }
}
