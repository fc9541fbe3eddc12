//! Finds the actor of whom a name with its role tells more: one known by a role alone until now (`the minister`, then `Foreign
//! Minister Dana Holm`), or rebels of the first paragraph. It does not match names with names, nor names without a role.

use super::coreference::{REACH, Resolver};
use super::entity::Introduced;
use super::mention::{Mention, Range, Sort};
use super::word_class::{BODY, LEADS, OFFICE, OFFICE_MODIFIER, PEOPLE, PERSON, REBEL};
use crate::text::WordId;

/// Last paragraph in which those of the first one are still named.
pub(super) const SOON: usize = 3;

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
                && own.introduced == Introduced::AsKnown
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
        let of_no_body =
            |word: WordId| of(word) & (OFFICE | OFFICE_MODIFIER | BODY | PEOPLE | REBEL) == 0;
        let plain = modifier.is_none_or(of_no_body);
        let last = self.subjects.iter().rev().take(REACH);
        last.take_while(|(_, paragraph)| paragraph + 2 >= self.here)
            .map(|&(number, _)| number)
            .find(|&number| {
                let own = &self.entities.list[number];
                let unnamed =
                    own.words.is_empty() && own.introduced == Introduced::AsKnown && !own.plural;
                let one_side = own.side.is_some() && own.side.as_deref() == side;
                // `the opposition leader`, `the army spokesman` are told from others.
                let alone = |&&(before, _): &&(Option<WordId>, WordId)| {
                    // `the United Nations mediator`: the word is its side's.
                    let of_side = |word: WordId| {
                        let name = own.side.as_deref().unwrap_or_default().to_lowercase();
                        name.ends_with(reading.words.word(word))
                    };
                    before.is_none_or(|word| of_no_body(word) || of_side(word))
                };
                let leader = own
                    .roles
                    .iter()
                    .filter(alone)
                    .any(|&(_, known)| reading.words.word(known) == "leader");
                let same = own
                    .roles
                    .iter()
                    .filter(alone)
                    .any(|&(_, known)| known == role);
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
        if !movement || self.here > self.begins + SOON || !self.entities.movements.is_empty() {
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
                && own.paragraph == self.begins
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
}
