//! Finds the actor of whom a name tells more: one known by a role alone until now (`the minister`, then `Foreign Minister Dana
//! Holm`), rebels of the first paragraph, or the leader of the first lines, whose name comes in the next. It does not match
//! names with names.

use super::coreference::{REACH, Resolver};
use super::mention::{Mention, Range, Sort};
use super::statement::ActorKind;
use super::word_class::{
    AUXILIARY, BODY, CONJUNCTION, CONTRAST, CUE, FEMININE, LEADS, MASCULINE, OFFICE,
    OFFICE_MODIFIER, PERSON, PREPOSITION, REBEL, STATE, SUBORDINATOR, THAT, TIME, TITLE, VERB,
};
use crate::text::WordId;

/// Last paragraph in which those of the first one are still named.
const SOON: usize = 3;

impl Resolver<'_, '_> {
    /// A role met before its holder's name (`the minister`, then `Foreign Minister Dana Holm`).
    pub(super) fn met_before(&self, mention: &Mention, side: Option<&str>) -> Option<usize> {
        let role = mention.role.filter(|_| mention.sort == Sort::Person)?;
        let head = (role.first..role.end)
            .rev()
            .find(|&at| self.reading.is(at, PERSON))?;
        let key = self.role_key(head, role.first);
        let holders = self.entities.by_word(key.1);
        let alone = holders
            .filter(|&number| self.entities.list[number].roles.contains(&key))
            .count()
            == 1;
        self.entities
            .by_word(key.1)
            .find(|&number| {
                let own = &self.entities.list[number];
                own.words.is_empty()
                && own.definite
                && !own.plural
                && own.roles.contains(&key)
                && own.side.is_some()
                // `Kesh's president`, and soon `President Dana Holm`: hers is the state that was named.
                && (own.side.as_deref() == side
                    || side.is_none()
                        && mention.owner.is_none()
                        && (alone || self.met_lately(number)))
            })
            .or_else(|| self.led_before(mention, key, side))
    }

    /// `Kesh's leader`, then `Keshan Prime Minister Dana Holm`; `the UN mediator`, then `special mediator Dana Holm`.
    fn led_before(
        &self,
        mention: &Mention,
        (modifier, role): (Option<WordId>, WordId),
        side: Option<&str>,
    ) -> Option<usize> {
        let reading = self.reading;
        let of = |word: WordId| reading.lexis.classes.of(word);
        let leads = of(role) & LEADS != 0
            || modifier.is_some_and(|word| reading.words.word(word) == "prime");
        let plain = modifier.is_none_or(|word| of(word) & (OFFICE | OFFICE_MODIFIER | BODY) == 0);
        let last = self.subjects.iter().rev().take(REACH);
        last.take_while(|(_, paragraph)| paragraph + 2 >= self.here)
            .map(|&(number, _)| number)
            .find(|&number| {
                let own = &self.entities.list[number];
                let unnamed = own.words.is_empty() && own.definite && !own.plural;
                let one_side = own.side.is_some() && own.side.as_deref() == side;
                let leader = own
                    .roles
                    .iter()
                    .any(|&(_, known)| reading.words.word(known) == "leader");
                let same = own.roles.iter().any(|&(_, known)| known == role);
                unnamed
                    && (leads && leader && one_side
                        || same && plain && !leads && mention.owner.is_none() && own.side.is_some())
            })
    }

    /// The rebels of the first paragraph, where a movement is named soon after and no other is (`Rebels in Kesh declared a
    /// truce. ... The Kesh Liberation Front said`).
    pub(super) fn rebels_before(&self, mention: &Mention, name: Range) -> Option<usize> {
        let reading = self.reading;
        let movement = mention.sort == Sort::Name && self.is_movement(name, mention);
        if !movement || self.here > SOON || !self.entities.movements.is_empty() {
            return None;
        }
        let armed = |word: WordId| reading.lexis.classes.of(word) & REBEL != 0;
        let rebels = |&number: &usize| {
            let own = &self.entities.list[number];
            // `the M-10 rebels` have a name, `two rebel movements` are several.
            let bare = own
                .name
                .split(' ')
                .skip(1)
                .all(|word| !word.contains(char::is_uppercase));
            own.words.is_empty()
                && own.paragraph == 0
                && bare
                && own
                    .roles
                    .iter()
                    .any(|&(before, role)| armed(role) || !own.plural && before.is_some_and(armed))
        };
        let mut acted = self
            .subjects
            .iter()
            .take(8 * REACH)
            .map(|&(number, _)| number)
            .filter(rebels);
        let first = acted.next()?;
        acted.all(|other| other == first).then_some(first)
    }

    /// Whether an actor was met in this paragraph or one of the two before.
    fn met_lately(&self, number: usize) -> bool {
        let met = self.met.iter().rev().take(8 * REACH);
        met.take_while(|(_, at)| at + 2 >= self.here)
            .any(|&(other, _)| other == number)
    }

    /// Whoever stands under a role alone in the lines before, where a full name without any role says the next
    /// (`Kesh's president has turned it down. ... Dana Holm said`): who is not described has been.
    pub(super) fn role_before(&self, mention: &Mention, words: &[WordId]) -> Option<usize> {
        let reading = self.reading;
        let name = mention.name?;
        let titled = mention
            .role
            .is_none_or(|role| (role.first..role.end).all(|at| reading.is(at, TITLE)));
        // `although Dana Holm said it had begun`: another one, whom all know.
        let first = mention.tokens.first;
        let aside = first > 0
            && reading.is(
                first - 1,
                SUBORDINATOR | CONTRAST | CONJUNCTION | THAT | PREPOSITION,
            );
        let person = matches!(mention.sort, Sort::Name | Sort::Person)
            && !aside
            && words.len() > 1
            && titled
            && mention.owner.is_none()
            && mention.acronym.is_none()
            && reading.alias(name.first).is_none()
            && !(name.first..name.end).any(|at| reading.is(at, BODY | OFFICE | STATE | TIME));
        if !person {
            return None;
        }
        let last = self.subjects.iter().rev().take(REACH);
        let (number, _) = last
            .take_while(|(_, paragraph)| paragraph + 1 >= self.here)
            .find(|&&(number, _)| {
                self.is_person(number) && self.entities.list[number].words.is_empty()
            })?;
        let own = &self.entities.list[*number];
        let gender = own.gender & (FEMININE | MASCULINE);
        let other = mention.classes & (FEMININE | MASCULINE);
        let holds = own.kind == ActorKind::Unnamed
            && own.words.is_empty()
            && own.definite
            && own.paragraph < SOON
            && own
                .roles
                .iter()
                .any(|&(_, role)| reading.lexis.classes.of(role) & PERSON != 0)
            && (gender == 0 || other == 0 || gender == other)
            && self.can_hold(*number, mention);
        holds.then_some(*number)
    }

    /// Who spoke last under a role that did not tell who it is, where the next words are those of someone named for the first
    /// time (`A spokesman for the front accused Kesh. ... "It is a trap," Dana Holm said`).
    pub(super) fn introduced(
        &self,
        mention: &Mention,
        words: &[WordId],
        side: Option<&str>,
    ) -> Option<usize> {
        let reading = self.reading;
        let name = mention.name?;
        let first = mention.tokens.first;
        let sentence = reading.document.sentences[reading.document.sentence_of(first)];
        let behind = first > sentence.first
            && (reading.quoted(first - 1)
                || reading.is(first - 1, CUE)
                || reading.comma(first - 1)
                    && (sentence.first..first).any(|at| reading.is(at, AUXILIARY | VERB)));
        let person = matches!(mention.sort, Sort::Name | Sort::Person)
            && words.len() > 1
            && reading.alias(name.first).is_none()
            && !(name.first..name.end).any(|at| reading.is(at, BODY | OFFICE | STATE | TIME));
        if !(behind && person) {
            return None;
        }
        let acted = self.subjects.iter().rev().take(REACH);
        let number = acted
            .take_while(|(_, paragraph)| paragraph + 1 >= self.here)
            .filter(|&&(number, paragraph)| {
                self.is_person(number) && (paragraph < self.here || self.is_introduced(number))
            })
            .map(|&(number, _)| number)
            .next()
            .filter(|&number| self.is_introduced(number))?;
        let own = &self.entities.list[number];
        let gender = own.gender & (FEMININE | MASCULINE);
        let other = mention.classes & (FEMININE | MASCULINE);
        // `said Dana Holm, who owns a shop`, `Dana Holm of the aid group`: told of her own.
        let end = mention.tokens.end;
        let clause = end + usize::from(reading.comma(end));
        if matches!(reading.word(clause), "who" | "whose") {
            return None;
        }
        let one_side = own.side.as_deref() == side
            || (mention.owner.is_none() || mention.role.is_some())
                && (own.side.is_none() || side.is_none());
        let fits = one_side
            && (gender == 0 || other == 0 || gender == other)
            && self.can_hold(number, mention);
        fits.then_some(number)
    }

    /// Whether an actor is a person known by a role alone, and not as one whom the reader knows (`a spokesman`).
    fn is_introduced(&self, number: usize) -> bool {
        let own = &self.entities.list[number];
        let person = |&(_, role): &(_, WordId)| self.reading.lexis.classes.of(role) & PERSON != 0;
        own.kind == ActorKind::Unnamed
            && own.words.is_empty()
            && !own.definite
            && !own.plural
            // A source stays unnamed.
            && !own.name.contains("source")
            && own.roles.iter().any(person)
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
        if reading.is(role.end - 1, BODY | OFFICE) {
            return false;
        }
        let mut told = (role.first..role.end)
            .filter(|&at| reading.is(at, PERSON))
            .map(|at| self.role_key(at, role.first))
            .peekable();
        told.peek().is_none()
            || told.any(|key| {
                let (_, word) = key;
                own.iter().any(|&(_, known)| {
                    known == word || reading.lexis.describes(known, &[key]) == Some(true)
                }) || reading.lexis.describes(word, own) == Some(true)
            })
    }
}
