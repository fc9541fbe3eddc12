//! Resolves mentions by role (`the minister`, `the group`) to actors, or makes a new actor that is called by its role. It does
//! not resolve names or pronouns.

use super::coreference::{REACH, Resolver};
use super::mention::{Mention, Range};
use super::statement::ActorKind;
use super::word_class::{
    ANAPHOR, BODY, DEMONYM, DETERMINER, GENERIC, HOLDER, LEAGUE, OF, OFFICE, OFFICE_MODIFIER,
    PEOPLE, PERSON, POSSESSOR, QUANTITY, RELAY, STATE, STATE_OFFICE, TITLE,
};
use crate::text::{Shape, WordId};

impl Resolver<'_, '_> {
    pub(super) fn role(&mut self, mention: &Mention) -> usize {
        let reading = self.reading;
        let head = mention.head;
        if let Some(pair) = self.pair(mention) {
            return pair;
        }
        if let Some(holder) = self.spoken_for(mention) {
            return holder;
        }
        let side = mention.owner.and_then(|owner| self.owner_side(owner));
        let (modifier, word) = self.role_key(head, mention.core.first);
        let indefinite = matches!(
            reading.word(mention.tokens.first),
            "a" | "an" | "another" | "one"
        );
        if !indefinite {
            let named_before = mention
                .owner
                .is_none_or(|owner| reading.shape(owner.first).is_capital());
            let fits = |&number: &usize| {
                let own = &self.entities.list[number];
                let named = mention.definite
                    && named_before
                    // `the army` is the state's, whatever movement has the word in its name.
                    && !(own.kind == ActorKind::Organisation && reading.is(head, STATE_OFFICE))
                    && own.words.contains(&word)
                    && own.kind != ActorKind::Person
                    && !reading.is(head, PERSON);
                let same_role = own.roles.iter().any(|&(known, role)| {
                    role == word
                        && (known == modifier || modifier.is_none() && !self.is_second(known))
                });
                // `FARC rebels`, then `the rebels`.
                let members = own.kind == ActorKind::Organisation
                    && mention.definite
                    && reading.is(head, PEOPLE)
                    && !reading.is(head, PERSON);
                (named || same_role) && (own.plural == mention.plural || members)
            };
            let of_side = self.entities.by_word(word).find(|number| {
                fits(number) && side.is_some() && self.entities.list[*number].side == side
            });
            // Of several that have rebels, those who acted last.
            let acted = self.subjects.iter().rev().map(|&(number, _)| number);
            let acted = acted.take(REACH).find(|number| {
                reading.is(head, PEOPLE)
                    && mention.owner.is_none()
                    && self.entities.list[*number].kind == ActorKind::Organisation
                    && fits(number)
            });
            let known = of_side.or(acted).or_else(|| {
                self.entities.by_word(word).find(|number| {
                    fits(number) && (side.is_none() || self.entities.list[*number].side.is_none())
                })
            });
            if let Some(known) = known.or_else(|| self.by_bare_role(mention, word, side.as_deref()))
            {
                self.tell_fuller(mention, known);
                let own = &mut self.entities.list[known];
                if own.words.is_empty() {
                    own.side = own.side.take().or(side);
                }
                return known;
            }
            if let Some(entity) = self.movement_described(mention) {
                return entity;
            }
            if mention.definite
                && self.of_the_land(mention)
                && reading.is(head, GENERIC)
                && (mention.core.end - mention.core.first <= 2
                    || !reading.is(head, LEAGUE) && self.only_describes(mention))
                && let Some(entity) = self.body_before(head, mention.plural)
            {
                return entity;
            }
        }
        if !indefinite && let Some(entity) = self.named_without_role(mention, side.as_deref()) {
            return entity;
        }
        if let Some(entity) = self.described(mention, side.as_deref()) {
            return entity;
        }
        let side = side.or_else(|| self.home(mention));
        self.unnamed_on(mention, side)
    }

    /// The person met last, where a role that only describes stands next (`Dana Holm came. ... the Keshan politician said`);
    /// for a leader or chief one of the same side.
    fn described(&mut self, mention: &Mention, side: Option<&str>) -> Option<usize> {
        let reading = self.reading;
        let word = reading.token(mention.head).word;
        let leads = matches!(reading.word(mention.head), "leader" | "chief");
        let fits = mention.definite
            && !mention.plural
            && reading.is(mention.tokens.first, DETERMINER)
            && reading.lexis.describes(word, &[]).is_some()
            // `the opposition leader` is told from others, `the chief diplomat` is not.
            && self
                .modifier(mention.head, mention.core.first)
                .is_none_or(|word| reading.words.word(word) == "chief")
            && mention.tokens.end == mention.core.end;
        if !fits {
            return None;
        }
        let near = self.met.iter().rev().take(REACH);
        let number = near
            .take_while(|&&(_, paragraph)| paragraph + 1 >= self.here)
            .map(|&(number, _)| number)
            .find(|&number| {
                let own = &self.entities.list[number];
                let same = own.side.as_deref() == side || !leads && side.is_none();
                own.kind == ActorKind::Person
                    && !own.words.is_empty()
                    && same
                    && (!leads || side.is_some())
                    && reading.lexis.describes(word, &own.roles) == Some(true)
            })?;
        let role = self.role_key(mention.head, mention.core.first);
        self.entities.list[number].roles.push(role);
        self.entities.index(role.1, number);
        Some(number)
    }

    /// Whether nobody owns what a mention means but the land that the article is about (`the country's largest rebel group`).
    pub(super) fn of_the_land(&self, mention: &Mention) -> bool {
        mention.owner.is_none_or(|owner| {
            owner.end - owner.first == 1
                && matches!(
                    self.reading.word(owner.first),
                    "country" | "nation" | "region" | "territory"
                )
        })
    }

    /// The person who acted last, named without a role, for whom a definite role stands next (`Dana Holm arrived on Tuesday.
    /// ... the Keshan prime minister said`).
    fn named_without_role(&mut self, mention: &Mention, side: Option<&str>) -> Option<usize> {
        let reading = self.reading;
        let told = mention.owner.is_some() || reading.word(mention.core.first) == "former";
        let one = mention.definite && !mention.plural && reading.is(mention.head, PERSON);
        if !(one && told) || reading.is(mention.tokens.first, POSSESSOR) {
            return None;
        }
        let acted = self.subjects.iter().rev().take(REACH);
        let number = acted
            .take_while(|(_, paragraph)| paragraph + 1 >= self.here)
            .map(|&(number, _)| number)
            .find(|&number| self.is_person(number))?;
        let own = &self.entities.list[number];
        let fits = own.kind == ActorKind::Person
            && !own.words.is_empty()
            && own.roles.is_empty()
            && (own.side.is_none() || side.is_none() || own.side.as_deref() == side);
        if !fits {
            return None;
        }
        let role = self.role_key(mention.head, mention.core.first);
        let own = &mut self.entities.list[number];
        own.roles.push(role);
        own.side = own.side.take().or_else(|| side.map(str::to_owned));
        self.entities.index(role.1, number);
        Some(number)
    }

    /// Whether a modifier makes another office (`vice president`, `prime minister`), whose holder is never called by the noun alone.
    fn is_second(&self, modifier: Option<WordId>) -> bool {
        modifier.is_some_and(|word| {
            matches!(
                self.reading.words.word(word),
                "vice" | "deputy" | "prime" | "first"
            )
        })
    }

    /// Gives an actor that was called by a bare role the name that says whose it is (`the government`, then `the Keshan
    /// government`).
    fn tell_fuller(&mut self, mention: &Mention, entity: usize) {
        let own = &self.entities.list[entity];
        let bare = own.words.is_empty() && !own.name.contains(char::is_uppercase);
        let nation = mention.owner.is_some_and(|owner| {
            owner.first < mention.head && self.reading.shape(owner.first).is_capital()
        });
        // `Dana Holm's government`, from `her government`: the state's.
        let held =
            own.kind == ActorKind::Office && own.words.is_empty() && own.name.contains("'s ");
        if (bare || held) && nation && !mention.plural {
            self.entities.list[entity].name = self.role_name(mention);
        }
    }

    /// A person whose role was given in fewer words (`Admiral Dana Holm`, then `the naval admiral`).
    fn by_bare_role(&self, mention: &Mention, word: WordId, side: Option<&str>) -> Option<usize> {
        // `the Senate president` is not President Dana Holm.
        let of_a_body = self
            .modifier(mention.head, mention.core.first)
            .is_some_and(|word| self.reading.lexis.classes.of(word) & (OFFICE | BODY) != 0);
        let second = self.is_second(self.modifier(mention.head, mention.core.first));
        if !mention.definite || mention.plural || of_a_body || second {
            return None;
        }
        self.entities.by_word(word).find(|&number| {
            let own = &self.entities.list[number];
            own.kind == ActorKind::Person
                && own.roles.contains(&(None, word))
                && (side.is_none() || own.side.is_none() || own.side.as_deref() == side)
        })
    }

    /// A role with the word that tells it from others, in the form that all its synonyms share.
    pub(super) fn role_key(&self, head: usize, first: usize) -> (Option<WordId>, WordId) {
        let modifier = self.modifier(head, first);
        let reading = self.reading;
        if reading.word(head) == "head" && reading.is(head + 1, OF) {
            // `the head of state`, `the head of government`.
            if let Some(role) = reading.lexis.head_of(reading.token(head + 2).word) {
                return role;
            }
        }
        reading.lexis.role(modifier, reading.token(head).word)
    }

    /// The word before a role that tells it from others (`foreign minister`).
    pub(super) fn modifier(&self, role: usize, first: usize) -> Option<WordId> {
        let reading = self.reading;
        let at = role.checked_sub(1).filter(|&at| at >= first)?;
        let describes = matches!(
            reading.word(at),
            "same" | "new" | "old" | "young" | "late" | "elderly" | "bearded"
                // `a senior Keshan official`, then `the senior official`.
                | "senior" | "top" | "high-ranking" | "unnamed"
        ) || reading.written(at).ends_with("ing");
        let tells = reading.shape(at).is_word()
            && !describes
            && reading.shape(at) != Shape::Possessive
            && !reading.is(at, DETERMINER | POSSESSOR | DEMONYM | QUANTITY)
            && (reading.shape(at) == Shape::Lower
                || reading.is(at, OFFICE_MODIFIER | PERSON | PEOPLE | OFFICE | STATE)
                // `Opposition leader Dana Holm`, but `Valley Front leader`: of that front.
                || reading.is(at, BODY) && at == first
                || matches!(reading.word(at), "vice" | "deputy")
                || reading.word(at) == "first" && reading.word(role) == "minister");
        tells.then(|| reading.token(at).word)
    }

    pub(super) fn learn_roles(&mut self, mention: &Mention, entity: usize) {
        let Some(role) = mention.role else { return };
        let person = self.entities.list[entity].kind == ActorKind::Person;
        for at in role.first..role.end {
            // `an army spokesman` is not the army.
            if self.reading.is(at, HOLDER) && (!person || self.reading.is(at, PERSON)) {
                self.learn_role(at, role.first, entity);
            }
        }
        // `Gen. Dana Holm`, then `the general`.
        let before_name = mention
            .name
            .map_or(role, |name| Range::new(mention.core.first, name.first));
        for at in before_name.first..before_name.end {
            let reading = self.reading;
            if reading.is(at, TITLE) && reading.lexis.abbreviates(reading.token(at).word) {
                self.learn_role(at, at, entity);
            }
        }
    }

    /// Lets an actor be found by the role at `at`, whose words begin at `first`.
    fn learn_role(&mut self, at: usize, first: usize, entity: usize) {
        let pair = self.role_key(at, first);
        let roles = &mut self.entities.list[entity].roles;
        if !roles.contains(&pair) {
            roles.push(pair);
        }
        self.entities.index(pair.1, entity);
    }

    /// The body or state met last that a word like `the group` can mean.
    pub(super) fn body_before(&self, head: usize, plural: bool) -> Option<usize> {
        let classes = self.reading.classes[head];
        // Who acted goes before who was only named.
        let acted = self.subjects.iter().rev().take(REACH);
        acted
            .chain(self.met.iter().rev().take(REACH))
            .map(|&(number, _)| number)
            .find(|&number| {
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
                    && !(own.kind == ActorKind::State
                        && classes & OFFICE != 0
                        && classes & STATE == 0)
            })
    }

    pub(super) fn entity_of_role(
        &self,
        head: usize,
        modifier: Option<WordId>,
        bodies: bool,
    ) -> Option<usize> {
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
}
