//! Resolves mentions with a proper name to actors: one that matches, one whose role or rebels were met before the name, or an
//! actor of its own. It does not match names (`name_match`) and does not resolve roles or pronouns.

use rustc_hash::FxHashSet;

use super::alias::AliasSort;
use super::coreference::Resolver;
use super::entity::{Entity, Introduced};
use super::mention::{Mention, Mentions, Range, Sort};
use super::name_match::before_suffix;
use super::reading::Reading;
use super::statement::ActorKind;
use super::word_class::{
    ARMED, BODY, CUE, FEMININE, HE, MASCULINE, MASTHEAD, OFFICE, PERSON, PLACE_PREPOSITION, RELAY,
    SHE, STATE, SUBJECT,
};
use crate::text::{Shape, WordId};

impl Resolver<'_, '_> {
    pub(super) fn named(&mut self, mention: &Mention, subject: bool) -> usize {
        let Some(range) = mention.name else {
            return self.unnamed(mention);
        };
        let words = self.word_ids(range);
        let side = self.side_of(mention, range);
        let known = self
            .same_name(&words, mention, side.as_deref())
            .or_else(|| {
                let role = words.len() == 1 && mention.definite && self.is_noun_of_body(words[0]);
                role.then(|| self.entity_of_role(range.first, None, false))
                    .flatten()
            });
        let entity = match known {
            Some(entity) => {
                let own = &self.entities.list[entity];
                // `the HPM`, and later what it stands for.
                let spelled = mention.acronym.is_some_and(|acronym| {
                    own.words == [self.reading.token(acronym).word] && acronym < range.first
                }) || self.spells_out(&words, own);
                if words.len() > own.words.len() && (mention.sort == Sort::Person || spelled) {
                    self.name(entity, range, &words);
                }
                entity
            }
            None => self
                .met_before(mention, side.as_deref())
                .or_else(|| self.rebels_before(mention, range))
                .or_else(|| subject.then(|| self.named_later(mention, &words, side.as_deref()))?)
                .inspect(|&entity| {
                    self.name(entity, range, &words);
                    let own = &mut self.entities.list[entity];
                    if own.kind == ActorKind::Unnamed && !own.plural {
                        own.kind = ActorKind::Person;
                    } else if mention.sort == Sort::Name {
                        own.kind = ActorKind::Organisation;
                        own.plural = false;
                        self.entities.movements.push(entity);
                    }
                    if let Some(acronym) = mention.acronym {
                        self.entities
                            .index(self.reading.token(acronym).word, entity);
                    }
                })
                .unwrap_or_else(|| self.spelled_elsewhere(mention, range, &words)),
        };
        // A person's surname alone gives no side.
        let person = self.entities.list[entity].kind == ActorKind::Person;
        let side = side
            .filter(|_| !person || mention.owner.is_some())
            .or_else(|| self.home(mention));
        // `the VF`, which the article spells out elsewhere.
        let itself = side
            .as_deref()
            .is_some_and(|side| side == self.reading.written(range.first))
            && range.end == range.first + 1;
        let own = &mut self.entities.list[entity];
        let side = if itself && !person {
            Some(own.name.clone())
        } else {
            side
        };
        own.side = own.side.take().or(side);
        if mention.sort == Sort::Person {
            own.kind = ActorKind::Person;
        }
        own.gender |= mention.classes & (FEMININE | MASCULINE);
        self.entities
            .index(*words.last().unwrap_or(&WordId(0)), entity);
        if words.len() > 1 {
            self.entities.index(words[0], entity);
        }
        self.learn_roles(mention, entity);
        entity
    }

    /// A new actor, called by what the article says elsewhere that an acronym stands for.
    fn spelled_elsewhere(&mut self, mention: &Mention, range: Range, words: &[WordId]) -> usize {
        let reading = self.reading;
        let full = match *words {
            [word] if reading.alias(range.first).is_none() => self.acronyms.get(&word).copied(),
            _ => None,
        };
        let Some(full) = full.filter(|full| full.first != range.first) else {
            let captioned = self.captioned(range, words);
            let full = captioned.unwrap_or(range);
            return self.new_named(mention, full, &self.word_ids(full));
        };
        let whole = self.word_ids(full);
        let entity = self.same_name(&whole, mention, None).unwrap_or_else(|| {
            let entity = self.new_named(mention, full, &whole);
            let own = &mut self.entities.list[entity];
            if own.kind == ActorKind::Person {
                own.kind = ActorKind::Organisation;
            }
            entity
        });
        self.entities.index(words[0], entity);
        entity
    }

    /// The full name that a caption gives one who is called by the last of its words.
    fn captioned(&self, range: Range, words: &[WordId]) -> Option<Range> {
        let full = (*self.captions.get(words.last()?)?)?;
        let known = self.reading.alias(range.first).is_some();
        (!known && self.word_ids(full).ends_with(words)).then_some(full)
    }

    /// Gives an actor its proper name.
    pub(super) fn name(&mut self, entity: usize, range: Range, words: &[WordId]) {
        let name = self.written(range);
        let own = &mut self.entities.list[entity];
        if own.side.as_deref() == Some(own.name.as_str()) {
            own.side = Some(name.clone());
        }
        own.name = name;
        own.words = words.to_vec();
    }

    /// Whether a name is a movement's that bears arms: a known one, or by its words.
    pub(super) fn is_movement(&self, name: Range, mention: &Mention) -> bool {
        let reading = self.reading;
        let known = reading.alias(name.first).is_some_and(|(n, alias)| {
            n == name.end - name.first && alias.sort == AliasSort::Movement
        });
        known
            || mention.owner.is_none()
                && (name.first..name.end).any(|at| reading.is(at, ARMED))
                && (mention.acronym.is_some()
                    // `the Keshan Army` is its state's.
                    || name.end - name.first > 1 && !reading.is(mention.head, OFFICE))
    }

    pub(super) fn new_named(&mut self, mention: &Mention, range: Range, words: &[WordId]) -> usize {
        let reading = self.reading;
        let alias = reading.alias(range.first).filter(|(n, alias)| {
            *n == range.end - range.first
                && alias.sort != AliasSort::Demonym
                && (mention.owner.is_none() || alias.sort == AliasSort::Movement)
        });
        let kind = match alias {
            Some((_, alias)) => alias.sort.actor(),
            None if mention.sort == Sort::Person
                || self.surnames.contains(words.last().unwrap_or(&WordId(0))) =>
            {
                ActorKind::Person
            }
            // `the National Renewal Army (NRA)` is a movement, not a state's army.
            None if reading.is(mention.head, OFFICE)
                && !(mention.acronym.is_some() && reading.word(mention.head) == "army") =>
            {
                ActorKind::Office
            }
            None if reading.is(mention.head, STATE) => ActorKind::State,
            // `The Daily Harbour`, `Harbour Times`: nobody who could be `he`.
            None if words.len() > 1
                && mention.sort == Sort::Name
                && (reading.is(range.end - 1, MASTHEAD) || reading.is(range.first, RELAY)) =>
            {
                ActorKind::Organisation
            }
            None if reading.is(mention.head, BODY) || mention.acronym.is_some() => {
                ActorKind::Organisation
            }
            None if words.len() == 1 && self.sides.is_state(reading, range.first) => {
                ActorKind::State
            }
            None if words.len() > 1
                && !(range.first > 0 && reading.is(range.first - 1, PLACE_PREPOSITION))
                && (range.first..range.end).all(|at| reading.word(at) != "of") =>
            {
                ActorKind::Person
            }
            None => ActorKind::Organisation,
        };
        // `Kesh's Security Council`: whose it is tells it from others.
        let first = mention
            .owner
            .filter(|owner| {
                alias.is_none()
                    && matches!(kind, ActorKind::Office | ActorKind::Organisation)
                    && owner.end < range.first
                    && reading.shape(owner.first).is_capital()
                    && reading.shape(owner.end) == Shape::Possessive
            })
            .map_or(range.first, |owner| owner.first);
        let written = self.written(Range::new(first, range.end));
        // A dateline's capitals are no part of a place's name.
        let shouted = words.len() == 1
            && reading.shape(range.first) == Shape::Upper
            && alias.is_some_and(|(_, alias)| {
                matches!(alias.sort, AliasSort::State | AliasSort::Capital)
            })
            && mention.acronym.is_none()
            && written.len() > 4;
        let entity = Entity {
            name: if shouted { titled(&written) } else { written },
            kind,
            side: None,
            words: words.to_vec(),
            roles: Vec::new(),
            gender: 0,
            plural: false,
            thing: false,
            paragraph: self.here,
            introduced: Introduced::AsKnown,
        };
        let mut keys = words.to_vec();
        keys.extend(mention.acronym.map(|at| reading.token(at).word));
        let movement = kind == ActorKind::Organisation && self.is_movement(range, mention);
        let number = self.entities.add(entity, &keys);
        if movement {
            self.entities.movements.push(number);
        }
        number
    }

    /// Whether a name without title is a state's or an organisation's.
    pub(super) fn is_body(&self, mention: &Mention, name: Range) -> bool {
        self.sides.is_state(self.reading, name.first)
            || self.reading.is(mention.head, BODY | STATE | OFFICE)
            || mention.acronym.is_some()
            || name.end - name.first == 1 && !self.surnames.contains(&self.reading.bare(name.first))
    }
}

/// A word in capitals with the first alone kept.
fn titled(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next();
    first
        .into_iter()
        .chain(letters.flat_map(char::to_lowercase))
        .collect()
}

/// Last words of the names of persons: names with titles, and names of two words or more that are no organisation's.
pub(super) fn surnames(reading: &Reading<'_>, mentions: &Mentions) -> FxHashSet<WordId> {
    mentions
        .list
        .iter()
        .filter_map(|mention| {
            let name = mention.name?;
            let known = reading.alias(name.first).is_some();
            let gendered = mention.classes & (FEMININE | MASCULINE) != 0;
            // `Dana Holm, an expert,`: whoever has a description of that kind is a person.
            let described = reading.comma(name.end)
                && matches!(reading.word(name.end + 1), "a" | "an")
                && (name.end + 2..name.end + 6).any(|at| reading.is(at, PERSON));
            // `Holm said he would go`.
            let speaks = name.end - name.first == 1
                && reading.is(name.end, CUE)
                && reading.is(name.end + 1, HE | SHE)
                && reading.is(name.end + 1, SUBJECT);
            let person = mention.sort == Sort::Person
                || (gendered || described) && name.end - name.first > 1
                || speaks;
            let last = before_suffix(reading, name) - 1;
            (person && !known && mention.acronym.is_none()).then(|| reading.bare(last))
        })
        .collect()
}
