//! Resolves mentions to the actors of the article, in text order: names by their words, roles by role and owner,
//! pronouns by gender, number and how lately the actor was a subject. It does not find mentions.

use rustc_hash::FxHashSet;

use super::alias::AliasSort;
use super::entity::{Entities, Entity};
use super::mention::{Mention, Mentions, Range, Sort};
use super::reading::Reading;
use super::side::Sides;
use super::statement::ActorKind;
use super::word_class::{
    ANAPHOR, BODY, Classes, DEMONYM, DETERMINER, FEMININE, GENERIC, HE, HOLDER, IT, MASCULINE,
    OFFICE, OFFICE_MODIFIER, PEOPLE, PERSON, POSSESSOR, PREPOSITION, QUANTITY, RELAY, SHE, STATE,
    STATE_OFFICE, SUBORDINATOR, THEY,
};
use crate::text::{Shape, WordId};

/// Most actors that a pronoun can reach back to.
const REACH: usize = 10;

/// Resolves mentions one after another.
#[derive(Debug)]
pub(super) struct Resolver<'r, 'd> {
    reading: &'r Reading<'d>,
    mentions: &'r Mentions,
    /// The actors found so far.
    pub(super) entities: Entities,
    sides: Sides,
    /// Actors that were subjects, the latest last.
    subjects: Vec<usize>,
    /// Actors met, the latest last.
    met: Vec<usize>,
    /// Last words of persons' names anywhere in the article.
    surnames: FxHashSet<WordId>,
    /// The state met last, or the holder of an office of it, and the paragraph where.
    state: Option<(usize, usize)>,
}

impl<'r, 'd> Resolver<'r, 'd> {
    /// A resolver for one article.
    pub(super) fn new(reading: &'r Reading<'d>, mentions: &'r Mentions) -> Self {
        Self {
            reading,
            mentions,
            entities: Entities::default(),
            sides: Sides::collect(reading),
            subjects: Vec::new(),
            met: Vec::new(),
            surnames: surnames(reading, mentions),
            state: None,
        }
    }

    /// Whether actor `entity` is one person.
    pub(super) fn is_person(&self, entity: usize) -> bool {
        let own = &self.entities.list[entity];
        own.kind == ActorKind::Person || own.kind == ActorKind::Unnamed && !own.plural
    }

    /// The actor that mention `number` means. Mentions must come in text order; `subject` tells whether it is the
    /// subject of a clause.
    pub(super) fn resolve(&mut self, number: usize, subject: bool) -> Option<usize> {
        let mention = self.mentions.list[number];
        let found = match mention.sort {
            Sort::Pronoun => self.pronoun(&mention),
            Sort::Name | Sort::Person => Some(self.named(&mention)),
            Sort::Role => Some(self.role(&mention)),
            Sort::Quantity | Sort::Thing if subject => Some(self.unnamed(&mention)),
            Sort::Quantity | Sort::Thing => None,
        };
        if let Some(entity) = found {
            let own = &self.entities.list[entity];
            let office =
                mention.owner.is_some() && own.side.is_some() && self.holds_state_office(&mention);
            if subject && (own.kind == ActorKind::State || office) {
                self.state = Some((entity, self.paragraph(mention.tokens.first)));
            }
            remember(&mut self.met, entity);
            if subject {
                remember(&mut self.subjects, entity);
            }
        }
        found
    }

    fn word_ids(&self, range: Range) -> Vec<WordId> {
        (range.first..range.end)
            .filter(|&at| self.reading.shape(at).is_word())
            .map(|at| self.reading.token(at).word)
            .collect()
    }

    fn written(&self, range: Range) -> String {
        self.reading
            .document
            .span(range.first, range.end)
            .of(self.reading.document.text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn named(&mut self, mention: &Mention) -> usize {
        let Some(range) = mention.name else {
            return self.unnamed(mention);
        };
        let words = self.word_ids(range);
        let known = self.same_name(&words, mention);
        let side = self.side_of(mention, range);
        let entity = match known {
            Some(entity) => {
                let own = &self.entities.list[entity];
                if words.len() > own.words.len() && mention.sort == Sort::Person {
                    self.name(entity, range, &words);
                }
                entity
            }
            None => self
                .met_before(mention, side.as_deref())
                .inspect(|&entity| self.name(entity, range, &words))
                .unwrap_or_else(|| self.new_named(mention, range, &words)),
        };
        let side = side.or_else(|| self.home(mention));
        let own = &mut self.entities.list[entity];
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

    /// Gives an actor its proper name.
    fn name(&mut self, entity: usize, range: Range, words: &[WordId]) {
        let name = self.written(range);
        let own = &mut self.entities.list[entity];
        own.name = name;
        own.words = words.to_vec();
    }

    /// A role met before its holder's name (`the minister`, then `Foreign Minister Dana Holm`).
    fn met_before(&self, mention: &Mention, side: Option<&str>) -> Option<usize> {
        let role = mention.role.filter(|_| mention.sort == Sort::Person)?;
        let head = (role.first..role.end)
            .rev()
            .find(|&at| self.reading.is(at, PERSON))?;
        let key = self.role_key(head, role.first);
        self.entities.by_word(key.1).find(|&number| {
            let own = &self.entities.list[number];
            own.words.is_empty()
                && own.definite
                && !own.plural
                && own.roles.contains(&key)
                && side.is_some()
                && own.side.as_deref() == side
        })
    }

    /// A role with the word that tells it from others, in the form that all its synonyms share.
    fn role_key(&self, head: usize, first: usize) -> (Option<WordId>, WordId) {
        let modifier = self.modifier(head, first);
        self.reading
            .lexis
            .role(modifier, self.reading.token(head).word)
    }

    fn new_named(&mut self, mention: &Mention, range: Range, words: &[WordId]) -> usize {
        let reading = self.reading;
        let alias = reading
            .alias(range.first)
            .filter(|(n, alias)| *n == range.end - range.first && alias.sort != AliasSort::Demonym);
        let kind = match alias {
            Some((_, alias)) => alias.sort.actor(),
            None if mention.sort == Sort::Person
                || self.surnames.contains(words.last().unwrap_or(&WordId(0))) =>
            {
                ActorKind::Person
            }
            None if reading.is(mention.head, OFFICE) => ActorKind::Office,
            None if reading.is(mention.head, STATE) => ActorKind::State,
            None if reading.is(mention.head, BODY) || mention.acronym.is_some() => {
                ActorKind::Organisation
            }
            None if words.len() == 1 && self.sides.is_state(reading, range.first) => {
                ActorKind::State
            }
            None if words.len() > 1
                && (range.first..range.end).all(|at| reading.word(at) != "of") =>
            {
                ActorKind::Person
            }
            None => ActorKind::Organisation,
        };
        let entity = Entity {
            name: self.written(range),
            kind,
            side: None,
            words: words.to_vec(),
            roles: Vec::new(),
            gender: 0,
            plural: false,
            definite: true,
        };
        let mut keys = words.to_vec();
        keys.extend(mention.acronym.map(|at| reading.token(at).word));
        self.entities.add(entity, &keys)
    }

    /// The side of a name: of its owner; of the name itself where that is a state or body.
    fn side_of(&mut self, mention: &Mention, name: Range) -> Option<String> {
        if let Some(owner) = mention.owner {
            return self.owner_side(owner);
        }
        if mention.sort == Sort::Person {
            return None;
        }
        if let Some((_, alias)) = self.reading.alias(name.first) {
            return alias.side.clone();
        }
        match mention.acronym {
            Some(at) => Some(self.reading.written(at).to_owned()),
            None => self.is_body(mention, name).then(|| self.written(name)),
        }
    }

    fn paragraph(&self, token: usize) -> usize {
        let document = self.reading.document;
        document
            .sentences
            .get(document.sentence_of(token))
            .map_or(0, |sentence| sentence.paragraph)
    }

    /// The side of a holder of a state's office that is named without one: the state met last, if near.
    fn home(&self, mention: &Mention) -> Option<String> {
        if mention.owner.is_some() {
            return None;
        }
        let (entity, paragraph) = self.state?;
        (self.holds_state_office(mention) && self.paragraph(mention.tokens.first) <= paragraph + 1)
            .then(|| self.side_or_name(entity))
            .flatten()
    }

    fn holds_state_office(&self, mention: &Mention) -> bool {
        let role = mention.role.unwrap_or(mention.core);
        (role.first..role.end)
            .any(|at| self.reading.is(at, OFFICE | OFFICE_MODIFIER | STATE_OFFICE))
    }

    /// Whether a name without title is a state's or an organisation's.
    fn is_body(&self, mention: &Mention, name: Range) -> bool {
        self.sides.is_state(self.reading, name.first)
            || self.reading.is(mention.head, BODY | STATE | OFFICE)
            || mention.acronym.is_some()
            || name.end - name.first == 1
                && !self.surnames.contains(&self.reading.token(name.first).word)
    }

    /// The side of an owner: a pronoun's or known actor's side, or what the words stand for.
    fn owner_side(&mut self, owner: Range) -> Option<String> {
        let reading = self.reading;
        if reading.is(owner.first, POSSESSOR) {
            let entity = self.by_pronoun(reading.classes[owner.first])?;
            return self.side_or_name(entity);
        }
        let capital = (owner.first..owner.end).any(|at| reading.shape(at).is_capital());
        if capital {
            let last = reading.token(owner.end - 1).word;
            if let Some(entity) = self.entities.by_word(last).next()
                && self.entities.list[entity].kind == ActorKind::Person
            {
                return self.entities.list[entity].side.clone();
            }
            return self.sides.of(reading, owner);
        }
        let head = (owner.first..owner.end)
            .rev()
            .find(|&at| reading.is(at, HOLDER))?;
        let entity = self.entity_of_role(head, None, true)?;
        self.side_or_name(entity)
    }

    fn side_or_name(&self, entity: usize) -> Option<String> {
        let entity = &self.entities.list[entity];
        entity.side.clone().or_else(|| {
            matches!(entity.kind, ActorKind::State | ActorKind::Organisation)
                .then(|| entity.name.clone())
        })
    }

    /// A known actor whose name has these words: all of them, or its last, or its acronym.
    fn same_name(&self, words: &[WordId], mention: &Mention) -> Option<usize> {
        let last = *words.last()?;
        let found = self.entities.by_word(last).find(|&number| {
            let own = &self.entities.list[number];
            if own.words.is_empty() {
                return false;
            }
            if own.words == words {
                return true;
            }
            let (short, long) = if words.len() < own.words.len() {
                (words, own.words.as_slice())
            } else {
                (own.words.as_slice(), words)
            };
            let person = own.kind == ActorKind::Person || mention.sort == Sort::Person;
            let acronym = short.len() == 1 && !long.contains(&short[0]);
            acronym
                || long.ends_with(short) && (person || short.len() > 1)
                || short.len() == 1
                    && long.first() == short.first()
                    && (person || own.kind == ActorKind::Organisation)
                || short.len() > 1
                    && long.last() == short.last()
                    && short.iter().all(|word| long.contains(word))
        });
        found.or_else(|| {
            let alias = self.reading.alias(mention.name?.first)?.1;
            if alias.sort == AliasSort::Demonym {
                return None;
            }
            (0..self.entities.list.len())
                .rev()
                .take(40)
                .find(|&number| {
                    let own = &self.entities.list[number];
                    own.kind == alias.sort.actor() && own.name == alias.name
                })
        })
    }

    fn learn_roles(&mut self, mention: &Mention, entity: usize) {
        let Some(role) = mention.role else { return };
        for at in role.first..role.end {
            if self.reading.is(at, HOLDER) {
                let pair = self.role_key(at, role.first);
                let roles = &mut self.entities.list[entity].roles;
                if !roles.contains(&pair) {
                    roles.push(pair);
                }
                self.entities.index(pair.1, entity);
            }
        }
    }

    /// The word before a role that tells it from others (`foreign minister`).
    fn modifier(&self, role: usize, first: usize) -> Option<WordId> {
        let reading = self.reading;
        let at = role.checked_sub(1).filter(|&at| at >= first)?;
        let tells = reading.shape(at).is_word()
            && reading.shape(at) != Shape::Possessive
            && !reading.is(at, DETERMINER | POSSESSOR | DEMONYM | QUANTITY)
            && (reading.shape(at) == Shape::Lower || reading.is(at, OFFICE_MODIFIER | HOLDER));
        tells.then(|| reading.token(at).word)
    }

    fn role(&mut self, mention: &Mention) -> usize {
        let reading = self.reading;
        let head = mention.head;
        let side = mention.owner.and_then(|owner| self.owner_side(owner));
        let (modifier, word) = self.role_key(head, mention.core.first);
        let indefinite = matches!(
            reading.word(mention.tokens.first),
            "a" | "an" | "another" | "one"
        );
        if !indefinite {
            let fits = |&number: &usize| {
                let own = &self.entities.list[number];
                let named =
                    mention.definite && own.words.contains(&word) && own.kind != ActorKind::Person;
                let same_role = own.roles.iter().any(|&(known, role)| {
                    role == word && (modifier.is_none() || known == modifier)
                });
                (named || same_role) && own.plural == mention.plural
            };
            let of_side = self.entities.by_word(word).find(|number| {
                fits(number) && side.is_some() && self.entities.list[*number].side == side
            });
            let known = of_side.or_else(|| {
                self.entities.by_word(word).find(|number| {
                    fits(number) && (side.is_none() || self.entities.list[*number].side.is_none())
                })
            });
            if let Some(known) = known {
                return known;
            }
            if mention.definite
                && mention.owner.is_none()
                && reading.is(head, GENERIC)
                && mention.core.end - mention.core.first <= 2
                && let Some(entity) = self.body_before(head, mention.plural)
            {
                return entity;
            }
        }
        let side = side.or_else(|| self.home(mention));
        self.unnamed_on(mention, side)
    }

    /// The body or state met last that a word like `the group` can mean.
    fn body_before(&self, head: usize, plural: bool) -> Option<usize> {
        let classes = self.reading.classes[head];
        self.met.iter().rev().take(REACH).copied().find(|&number| {
            let own = &self.entities.list[number];
            let fits = match own.kind {
                ActorKind::State => {
                    classes & (STATE | OFFICE) != 0 && self.reading.word(head) != "party"
                }
                ActorKind::Organisation => classes & BODY != 0,
                ActorKind::Office => classes & OFFICE != 0,
                _ => false,
            };
            fits && !own.words.is_empty()
                && (!plural || classes & PEOPLE == 0)
                && classes & RELAY == 0
                && !(own.kind == ActorKind::State && classes & OFFICE != 0 && classes & STATE == 0)
        })
    }

    fn entity_of_role(&self, head: usize, modifier: Option<WordId>, bodies: bool) -> Option<usize> {
        let (_, word) = self.reading.lexis.role(None, self.reading.token(head).word);
        self.entities
            .by_word(word)
            .find(|&number| {
                self.entities.list[number]
                    .roles
                    .iter()
                    .any(|&(known, role)| role == word && (modifier.is_none() || known == modifier))
            })
            .or_else(|| {
                (bodies && self.reading.is(head, ANAPHOR))
                    .then(|| self.body_before(head, false))
                    .flatten()
            })
    }

    fn unnamed(&mut self, mention: &Mention) -> usize {
        let side = mention.owner.and_then(|owner| self.owner_side(owner));
        self.unnamed_on(mention, side)
    }

    /// A new actor without a proper name, called by its role.
    fn unnamed_on(&mut self, mention: &Mention, side: Option<String>) -> usize {
        let reading = self.reading;
        let name = self.role_name(mention);
        let kind = if reading.is(mention.head, OFFICE) {
            ActorKind::Office
        } else if reading.is(mention.head, BODY) && !reading.is(mention.head, PEOPLE) {
            ActorKind::Organisation
        } else {
            ActorKind::Unnamed
        };
        let role = self.role_key(mention.head, mention.core.first);
        let entity = Entity {
            name,
            kind,
            side,
            words: Vec::new(),
            roles: vec![role],
            gender: mention.classes & (FEMININE | MASCULINE),
            plural: mention.plural,
            definite: mention.definite,
        };
        self.entities.add(entity, &[role.1])
    }

    /// The words of a role without determiner; an owner that is a pronoun is named.
    fn role_name(&self, mention: &Mention) -> String {
        let reading = self.reading;
        let mut first = mention.tokens.first;
        if let Some(owner) = mention
            .owner
            .filter(|owner| owner.first == first && reading.is(first, POSSESSOR))
            && let Some(entity) = self.by_pronoun(reading.classes[owner.first])
        {
            let rest = self.written(Range::new(owner.end, mention.tokens.end));
            return format!("{}'s {rest}", self.entities.list[entity].name);
        }
        while first + 1 < mention.tokens.end
            && matches!(
                reading.word(first),
                "the" | "a" | "an" | "its" | "his" | "her" | "their"
            )
        {
            first += 1;
        }
        self.written(Range::new(first, mention.tokens.end))
    }

    fn pronoun(&self, mention: &Mention) -> Option<usize> {
        self.by_pronoun(mention.classes)
    }

    fn by_pronoun(&self, classes: Classes) -> Option<usize> {
        let fits = |&number: &usize| {
            let own = &self.entities.list[number];
            let person =
                own.kind == ActorKind::Person || own.kind == ActorKind::Unnamed && !own.plural;
            let gender = own.gender & (FEMININE | MASCULINE);
            if classes & HE != 0 {
                person && gender != FEMININE
            } else if classes & SHE != 0 {
                person && gender != MASCULINE
            } else if classes & IT != 0 {
                !person && !own.plural
            } else if classes & THEY != 0 {
                own.plural
                    || matches!(
                        own.kind,
                        ActorKind::Organisation | ActorKind::State | ActorKind::Office
                    )
            } else {
                false
            }
        };
        let latest = |list: &Vec<usize>| {
            list.iter()
                .rev()
                .take(REACH)
                .copied()
                .find(|number| fits(number))
        };
        latest(&self.subjects).or_else(|| latest(&self.met))
    }
}

fn remember(list: &mut Vec<usize>, entity: usize) {
    if list.last() != Some(&entity) {
        list.push(entity);
    }
}

/// Whether mention `number` can be a subject: nothing governs it. Used for sentences without a claim.
pub(super) fn stands_free(reading: &Reading<'_>, mention: &Mention, from: usize) -> bool {
    let first = mention.tokens.first;
    !mention.inside
        && mention.sort != Sort::Thing
        && (first <= from
            || !reading.is(first - 1, PREPOSITION)
            || reading.is(first - 1, SUBORDINATOR))
        && (mention.sort == Sort::Pronoun
            || reading.is(mention.head, PERSON | HOLDER)
            || reading.shape(mention.head) != Shape::Lower)
}

/// Last words of the names of persons: names with titles, and names of two words or more that are no organisation's.
fn surnames(reading: &Reading<'_>, mentions: &Mentions) -> FxHashSet<WordId> {
    mentions
        .list
        .iter()
        .filter_map(|mention| {
            let name = mention.name?;
            let known = reading.alias(name.first).is_some();
            let person = mention.sort == Sort::Person
                || mention.classes & (FEMININE | MASCULINE) != 0 && name.end - name.first > 1;
            (person && !known && mention.acronym.is_none())
                .then(|| reading.token(name.end - 1).word)
        })
        .collect()
}
