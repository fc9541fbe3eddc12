//! Resolves words for several actors at once: `both sides`, `the two leaders`, `the presidents of Kesh and Norvania`. It does not
//! find out which mentions share a subject place.

use super::coreference::{REACH, Resolver};
use super::entity::{Entity, Introduced};
use super::mention::{Mention, Sort};
use super::phrase_tail::held_apart;
use super::statement::ActorKind;
use super::word_class::{CAMPS, DETERMINER, FOES, LEADERS, PAPER, QUANTITY, SIDES, STATES, THEY};

/// Most members of a joint actor for whom a pronoun can stand.
const MOST: usize = 12;

/// The joint actor met last, for whom `they` and `the statement` can stand.
#[derive(Debug, Default)]
pub(super) struct Together {
    holders: Vec<usize>,
    /// Whether all of them are persons.
    persons: bool,
    /// The token where they were met.
    met_at: usize,
    paragraph: usize,
}

impl Together {
    /// Gives `holders`, whom `subject` was resolved to in `paragraph`, the whole joint actor that it means (`Kesh and Norvania
    /// welcomed it. They said`), and keeps a joint actor for what follows.
    pub(super) fn go_on(
        &mut self,
        resolver: &Resolver<'_, '_>,
        subject: Option<&Mention>,
        place: Place,
        holders: &mut Vec<usize>,
    ) {
        let Some(subject) = subject else { return };
        let reading = resolver.reading;
        let near = !self.holders.is_empty() && self.paragraph + 1 >= place.paragraph;
        // Whom `they` was taken for was met after the joint actor: it is he.
        let later = place.met_at.is_some_and(|met| met > self.met_at)
            && holders.iter().all(|holder| !self.holders.contains(holder));
        let they = subject.sort == Sort::Pronoun && subject.classes & THEY != 0 && !later;
        let paper = subject.owner.is_none()
            && subject.definite
            && reading.is(subject.head, PAPER)
            && holders
                .last()
                .is_none_or(|last| self.holders.contains(last));
        // `The leaders said`, after two persons; `the two sides`, after two states.
        let named_so = subject.sort == Sort::Role
            && (subject.definite || reading.word(subject.tokens.first) == "both")
            && subject.plural
            && subject.owner.is_none()
            && subject.core.end - subject.core.first <= 2;
        let all_of_them =
            named_so && reading.is(subject.head, if self.persons { LEADERS } else { SIDES });
        if near && (they || paper || all_of_them) {
            holders.clone_from(&self.holders);
        } else if holders.len() > 1 && holders.len() <= MOST {
            self.holders.clone_from(holders);
            self.persons = holders.iter().all(|&holder| resolver.is_person(holder));
            self.met_at = subject.tokens.first;
        } else if !holders.iter().all(|&holder| resolver.is_person(holder)) {
            // `they` means whoever of several persons, or the body, was met last.
            self.holders.clear();
        }
        self.paragraph = place.paragraph;
    }
}

/// Where a subject stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Its paragraph.
    pub(super) paragraph: usize,
    /// The token where the actor that it was resolved to was met last before.
    pub(super) met_at: Option<usize>,
}

impl Resolver<'_, '_> {
    /// `both sides`, `the two countries`: the two states or bodies met last, as one joint actor.
    pub(super) fn pair(&mut self, mention: &Mention) -> Option<usize> {
        let reading = self.reading;
        let two = reading.is(mention.head, FOES)
            || (mention.tokens.first..mention.head)
                .any(|at| matches!(reading.word(at), "both" | "two" | "warring" | "opposing"));
        let sides = reading.is(mention.head, SIDES | CAMPS);
        let persons = reading.is(mention.head, LEADERS);
        let known = mention.definite || reading.word(mention.tokens.first) == "both";
        if !(two && known && (sides || persons))
            || mention.owner.is_some()
            || mention.core.end - mention.core.first > 3
        {
            return None;
        }
        let mut found: Vec<usize> = Vec::with_capacity(2);
        // Who acted before goes before who was only named.
        let acted = self.subjects.iter().rev().take(REACH);
        for &(number, _) in acted.chain(self.met.iter().rev().take(REACH)) {
            let own = &self.entities.list[number];
            let states = reading.is(mention.head, STATES);
            let fits = if persons {
                own.kind == ActorKind::Person
            } else {
                (own.kind == ActorKind::State || own.kind == ActorKind::Organisation && !states)
                    && own.side.as_ref() == Some(&own.name)
            } && !own.words.is_empty();
            if fits && !found.contains(&number) {
                found.push(number);
            }
            if found.len() == 2 {
                break;
            }
        }
        let [second, first] = found[..] else {
            return None;
        };
        let name = [first, second]
            .map(|number| self.entities.list[number].name.as_str())
            .join("; ");
        let entity = Entity {
            side: Some(name.clone()),
            name,
            kind: self.entities.list[first].kind,
            words: Vec::new(),
            roles: Vec::new(),
            gender: 0,
            plural: true,
            thing: false,
            paragraph: self.here,
            introduced: Introduced::AsKnown,
        };
        Some(self.entities.add(entity, &[]))
    }

    /// The holders of one office in several states (`the presidents of Kesh and Norvania`), or the states themselves where
    /// their governments are meant. `members` are the mentions of a joint actor, `entity_of` the actors of all mentions.
    pub(super) fn share_out(
        &mut self,
        members: &[usize],
        entity_of: &[Option<usize>],
    ) -> Option<Vec<usize>> {
        let reading = self.reading;
        let mentions = self.mentions;
        let (&first, others) = members.split_first()?;
        let office = mentions.list[first];
        let owner = office.owner.filter(|owner| owner.first > office.head)?;
        let inner = (first + 1..mentions.list.len())
            .take_while(|&n| mentions.list[n].inside)
            .find(|&n| mentions.list[n].name == Some(owner))?;
        let plain =
            |&n: &usize| mentions.list[n].sort == Sort::Name && mentions.list[n].role.is_none();
        if others.is_empty() || office.sort != Sort::Role || !others.iter().all(plain) {
            return None;
        }
        let mut states = vec![entity_of[inner]?];
        for &other in others {
            states.push(entity_of[other]?);
        }
        let single = match reading.word(office.head) {
            "governments" => return Some(states),
            offices if held_apart(offices) => reading.written(office.head).trim_end_matches('s'),
            _ => return None,
        };
        let words = (office.core.first..office.head)
            .filter(|&at| !reading.is(at, DETERMINER | QUANTITY))
            .map(|at| reading.written(at))
            .chain([single])
            .collect::<Vec<_>>()
            .join(" ");
        let holders = states.iter().map(|&state| {
            let state = &self.entities.list[state];
            let entity = Entity {
                name: format!("{words} of {}", state.name),
                kind: ActorKind::Unnamed,
                side: state.side.clone().or_else(|| Some(state.name.clone())),
                words: Vec::new(),
                roles: Vec::new(),
                gender: 0,
                plural: false,
                thing: false,
                paragraph: self.here,
                introduced: Introduced::AsKnown,
            };
            self.entities.add(entity, &[])
        });
        Some(holders.collect())
    }
}
