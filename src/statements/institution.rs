//! Resolves offices to those whom they speak for: `his office` is the person, `its government` the state. It does not
//! resolve other roles.

use super::alias::AliasSort;
use super::coreference::{REACH, Resolver};
use super::entity::{Entity, Introduced};
use super::mention::{Mention, Range, Sort};
use super::statement::ActorKind;
use super::word_class::{
    ALIAS, BODY, GENERIC, ISSUED, IT, OF, OFFICE, PAPER, PEOPLE, PERSON, POSSESSOR, RELAY,
};
use crate::text::WordId;

/// How far behind a paper `the statement` still means it, in paragraphs.
const NEAR: usize = 2;

impl Resolver<'_, '_> {
    /// The person whose office a mention is, the state whose own government, or the body whose people.
    pub(super) fn spoken_for(&mut self, mention: &Mention) -> Option<usize> {
        match self.reading.word(mention.head) {
            "office" | "department" if mention.core.end == mention.head + 1 => {
                self.office_of(mention, mention.owner?)
            }
            "government" => self.own_government(mention),
            // `the neighbouring state of Kesh`.
            "state" | "country" | "nation" | "republic" | "emirate" | "sultanate" | "kingdom"
                if self.reading.is(mention.head + 1, OF) =>
            {
                let name = mention.owner.filter(|owner| {
                    owner.first > mention.head && self.reading.shape(owner.first).is_capital()
                })?;
                Some(self.named_so(mention, name))
            }
            // `rebels of the Kesh Front`: the front.
            _ if self.reading.is(mention.head, PEOPLE)
                && self.reading.is(mention.head, GENERIC)
                && self.reading.is(mention.head + 1, OF) =>
            {
                let name = mention.owner.filter(|owner| {
                    owner.first > mention.head
                        && self.reading.is(owner.end - 1, BODY | ALIAS)
                        && self.reading.shape(owner.end - 1).is_capital()
                })?;
                Some(self.named_so(mention, name))
            }
            _ => None,
        }
    }

    /// The actor with the name `name`, which a mention holds.
    fn named_so(&mut self, mention: &Mention, name: Range) -> usize {
        let named = Mention {
            sort: Sort::Name,
            tokens: name,
            core: name,
            head: name.end - 1,
            name: Some(name),
            role: None,
            owner: None,
            ..*mention
        };
        self.named(&named, false)
    }

    /// Who speaks in a paper: whose it is, who issued it, or who spoke before (`the statement said`).
    pub(super) fn issuer(&mut self, number: usize, mention: &Mention) -> Option<usize> {
        let reading = self.reading;
        let mentions = self.mentions;
        if let Some(owner) = mention.owner {
            if reading.is(owner.first, POSSESSOR) {
                return self.by_pronoun(reading.classes[owner.first]);
            }
            let inner = (number + 1..mentions.list.len())
                .take_while(|&n| mentions.list[n].inside)
                .find(|&n| mentions.list[n].tokens.first == owner.first);
            if let Some(inner) = inner {
                return self.resolve(inner, false);
            }
            // `a Keshan statement`, but `a Keshan foreign ministry statement` is the ministry's.
            if owner.end == mention.head {
                // `a Kremlin statement`, `a Hamas statement`: the palace's or the movement's, not a state's.
                if let Some((n, alias)) = reading.alias(owner.first)
                    && n == owner.end - owner.first
                    && matches!(
                        alias.sort,
                        AliasSort::Seat | AliasSort::Movement | AliasSort::Body
                    )
                {
                    return Some(self.named_so(mention, owner));
                }
                let state = self.sides.of(reading, owner)?;
                return Some(self.state_named(&state));
            }
        }
        let maker = mention
            .head
            .checked_sub(1)
            .filter(|&at| at >= mention.core.first);
        if let Some(maker) =
            maker.filter(|&at| reading.is(at, OFFICE | BODY) && !reading.is(at, RELAY))
        {
            let outer = Mention {
                sort: Sort::Role,
                tokens: Range::new(mention.tokens.first, mention.head),
                core: Range::new(mention.core.first, mention.head),
                head: maker,
                classes: reading.classes[maker],
                ..*mention
            };
            return Some(self.role(&outer));
        }
        let within = (number + 1..mentions.list.len())
            .take_while(|&n| mentions.list[n].inside)
            .find(|&n| {
                let before = mentions.list[n].tokens.first - 1;
                before > mention.head && matches!(reading.word(before), "by" | "from" | "of" | "on")
            });
        if let Some(within) = within {
            return self.resolve(within, false);
        }
        let at = mention.tokens.end;
        let issued = usize::from(reading.is(at, ISSUED));
        // `a communique handed out by the front`.
        let by = at + issued + issued * usize::from(reading.word(at + 1) == "out");
        if matches!(reading.word(by), "by" | "from") {
            let next = mentions.at(by + 1)?;
            return self.resolve(next, false);
        }
        if reading.word(by) == "on"
            && let Some(found) = self.owner_of_site(by + 1)
        {
            return Some(found);
        }
        // `according to a statement`, `"...," a statement said`: of whoever it is about.
        let first = mention.tokens.first;
        let told = first > 1
            && (reading.word(first - 2) == "according"
                || reading.comma(first - 1)
                || reading.quoted(first - 1));
        if !(mention.definite || told) || !reading.is(mention.head, PAPER) {
            return None;
        }
        // `Kesh released a statement. Norvania did not answer. The statement said`.
        let issued = self
            .paper
            .filter(|&(_, paragraph)| mention.definite && paragraph + NEAR >= self.here);
        if let Some((entity, _)) = issued {
            self.paper = Some((entity, self.here));
            return Some(entity);
        }
        // `More than a million people need aid, according to the statement`: nobody of them issued it.
        self.subjects
            .iter()
            .rev()
            .take(REACH)
            .map(|&(entity, _)| entity)
            .find(|&entity| {
                let own = &self.entities.list[entity];
                let counted = own.kind == ActorKind::Unnamed && own.plural;
                let people = own
                    .roles
                    .iter()
                    .all(|&(_, role)| reading.lexis.classes.of(role) & (PEOPLE | BODY) == PEOPLE);
                !(counted && people)
            })
            .filter(|&entity| !self.entities.list[entity].thing)
    }

    /// Whose the site or account is that begins at `at` (`a statement on his website`, `posted on the Kesh Council website`).
    fn owner_of_site(&mut self, at: usize) -> Option<usize> {
        let reading = self.reading;
        let mentions = self.mentions;
        let number = mentions.at(at)?;
        let site = mentions.list[number];
        let owner = site.owner?;
        if !matches!(
            reading.word(site.head),
            "website" | "site" | "page" | "account" | "channel" | "feed"
        ) {
            return None;
        }
        if reading.is(owner.first, POSSESSOR) {
            return self.by_pronoun(reading.classes[owner.first]);
        }
        if !reading.shape(owner.first).is_capital() {
            let inner = (number + 1..mentions.list.len())
                .take_while(|&n| mentions.list[n].inside)
                .find(|&n| mentions.list[n].tokens.first == owner.first)?;
            return self.resolve(inner, false);
        }
        Some(self.named_so(&site, owner))
    }

    /// Takes in a person who is named as an owner before what she owns is resolved (`President Dana Holm's spokesman`).
    pub(super) fn meet_owner(&mut self, number: usize, mention: &Mention) {
        let mentions = self.mentions;
        let inner = mentions.list.get(number + 1).filter(|inner| {
            inner.inside
                && inner.sort == Sort::Person
                && mention
                    .owner
                    .is_some_and(|owner| owner.first == inner.tokens.first)
        });
        if let Some(inner) = inner {
            self.named(inner, false);
        }
    }

    /// `his office` is the person's, unless it was named before; `Dana Holm's office` is an actor of its own (codebook, Actor).
    fn office_of(&mut self, mention: &Mention, owner: Range) -> Option<usize> {
        let reading = self.reading;
        let by_pronoun = reading.is(owner.first, POSSESSOR);
        let holder = if by_pronoun {
            self.by_pronoun(reading.classes[owner.first])
        } else if reading.shape(owner.end - 1).is_capital() && !reading.is(owner.end - 1, PERSON) {
            self.entities.by_word(reading.bare(owner.end - 1)).next()
        } else {
            // `the prime minister's office` is called so, whoever holds the office.
            None
        };
        let holder = holder.filter(|&number| self.entities.list[number].kind == ActorKind::Person);
        if holder.is_none() && owner.first > mention.head {
            // `the office of Prime Minister Dana Holm`, who was not met before: no other office.
            return Some(self.unnamed(mention));
        }
        let holder = holder?;
        let role = self.role_key(mention.head, mention.core.first);
        let own = &self.entities.list[holder];
        let name = format!("{}'s {}", own.name, reading.written(mention.head));
        let side = own.side.clone();
        let known = self
            .entities
            .by_word(role.1)
            .find(|&number| self.entities.list[number].name == name);
        if known.is_some() || by_pronoun {
            return known.or(Some(holder));
        }
        let office = Entity {
            name,
            kind: ActorKind::Office,
            side,
            words: Vec::new(),
            roles: vec![role],
            gender: 0,
            plural: false,
            thing: false,
            paragraph: self.here,
            introduced: Introduced::AsKnown,
        };
        Some(self.entities.add(office, &[role.1]))
    }

    /// The state met last whose own the government is (`its government`).
    fn own_government(&self, mention: &Mention) -> Option<usize> {
        self.reading.is(mention.owner?.first, IT).then_some(())?;
        let acted = self.subjects.iter().rev().take(REACH);
        acted
            .map(|&(entity, _)| entity)
            .find(|&entity| self.entities.list[entity].kind == ActorKind::State)
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
                paragraph: self.here,
                introduced: Introduced::AsKnown,
            };
            self.entities.add(entity, &words)
        })
    }
}
