//! Takes in what follows a noun phrase and belongs to it: `of Zubar`, `in the capital`, an office holder's name after the place
//! of the office. It does not join appositions.

use super::alias::AliasSort;
use super::mention::{Mention, Range, Sort};
use super::phrase_word::Stretch;
use super::proper_name::place_end;
use super::reading::Reading;
use super::word_class::{
    AND, AUXILIARY, BINDER, BODY, CUE, DETERMINER, MODAL, OF, OFFICE, OFFICE_MODIFIER, PEOPLE,
    PERSON, PLACE_PREPOSITION, POSSESSOR, PREPOSITION, QUANTITY, STATE, THEY, TIME, VERB,
};
use crate::text::Shape;

/// Most places that the same people are from.
const MOST: usize = 12;

impl Stretch<'_, '_> {
    /// Takes in the phrases that follow the mention `number`: `of Zubar`, `in the capital`.
    pub(super) fn extend(&self, number: usize, mentions: &mut Vec<Mention>) {
        let reading = self.reading;
        for _ in 0..2 {
            let mention = mentions[number];
            let at = mention.tokens.end;
            let of = reading.is(at, OF);
            let own_part = reading.word(at) == "for"
                && reading.is(at + 1, POSSESSOR)
                && reading.word(at + 2) == "part";
            if (of || reading.word(at) == "for") && self.is_accused(&mention)
                || own_part
                || self.in_exile(&mut mentions[number])
            {
                return;
            }
            let role = mention.sort == Sort::Role;
            let fits = match mention.sort {
                Sort::Role | Sort::Quantity => {
                    let office =
                        reading.is(mention.head, PERSON) && matches!(reading.word(at), "to" | "on");
                    of || (role
                        && (office || matches!(reading.word(at), "for" | "in" | "at" | "from")))
                }
                Sort::Person | Sort::Name => of,
                Sort::Thing | Sort::Pronoun => false,
            };
            if !fits || at + 1 >= self.end || reading.quoted(at + 1) || !self.after_of(at + 1) {
                return;
            }
            let Some(mut inner) = self.phrase(at + 1) else {
                return;
            };
            let some = of && reading.is(at + 1, QUANTITY) && reading.is(at + 3, THEY);
            if inner.sort == Sort::Quantity && !some || (!of && reading.is(inner.head, TIME)) {
                return;
            }
            if matches!(mention.sort, Sort::Person | Sort::Name)
                && !matches!(inner.sort, Sort::Name | Sort::Role)
            {
                return;
            }
            if named_after_office(reading, &mention, &inner) {
                let outer = &mut mentions[number];
                outer.tokens.end = inner.tokens.end;
                outer.role = Some(outer.core);
                outer.name = inner.name;
                outer.sort = Sort::Person;
                outer.head = inner.head;
                return;
            }
            if let Some(name) = name_after_place(reading, &mention, &inner) {
                let outer = &mut mentions[number];
                outer.tokens.end = inner.tokens.end;
                outer.owner = outer
                    .owner
                    .or(Some(Range::new(inner.core.first, name.first)));
                outer.role = Some(outer.core);
                outer.name = Some(name);
                outer.sort = Sort::Person;
                outer.head = name.end - 1;
                return;
            }
            inner.inside = true;
            // `the office of Prime Minister Dana Holm`.
            let office = inner.sort == Sort::Person && reading.word(mention.head) == "office";
            if mentions[number].owner.is_none() && (inner.sort == Sort::Name || office) {
                // `the secretary of Kesh's Security Council`: on Kesh's side.
                let state = inner.owner.filter(|_| reading.is(inner.head, OFFICE));
                mentions[number].owner = state.or(inner.name);
            }
            mentions[number].tokens.end = inner.tokens.end;
            let end = inner.tokens.end;
            if let Some(last) = self.more_places(&mention, &inner) {
                let outer = &mut mentions[number];
                outer.tokens.end = last.tokens.end;
                if let (Some(first), Some(name)) = (inner.name, last.name)
                    && outer.owner == inner.name
                {
                    outer.owner = Some(Range::new(first.first, name.end));
                }
                mentions.push(inner);
                return;
            }
            if let Some(named) = self.named_after_second(&mention, &inner) {
                mentions[number].tokens.end = named.tokens.end;
                mentions[number].owner = named.name;
                mentions.push(inner);
                mentions.push(named);
                return;
            }
            if self.two_affairs(end) {
                mentions[number].tokens.end = end + 3;
            }
            if let Some(end) = self.second_land(&mention, &inner) {
                mentions[number].tokens.end = end;
            }
            mentions.push(inner);
            if reading.is(mention.head, PREPOSITION) {
                return;
            }
        }
    }

    /// Whether what follows tells what somebody is accused of (`accused the army of 17 violations`, `blamed the rebels for it`).
    fn is_accused(&self, mention: &Mention) -> bool {
        let first = mention.tokens.first;
        first > self.first
            && ["accus", "blam", "prais", "thank", "critici"]
                .iter()
                .any(|verb| self.reading.word(first - 1).starts_with(verb))
    }

    /// Takes `in exile` into the role before it.
    fn in_exile(&self, mention: &mut Mention) -> bool {
        let at = mention.tokens.end;
        let exile = mention.sort == Sort::Role
            && self.reading.word(at) == "in"
            && matches!(self.reading.word(at + 1), "exile" | "waiting")
            && at + 2 <= self.end;
        if exile {
            mention.tokens.end = at + 2;
            mention.core.end = at + 2;
        }
        exile
    }

    /// Where the second of two lands ends that an office is for (`envoy for Sudan and South Sudan, Dana Holm`).
    fn second_land(&self, outer: &Mention, inner: &Mention) -> Option<usize> {
        let reading = self.reading;
        let end = inner.tokens.end;
        let known = |name: Range| reading.alias(name.first).is_some();
        let (n, _) = reading.alias(end + 1)?;
        let fits =
            reading.is(end, AND) && reading.is(outer.head, PERSON) && inner.name.is_some_and(known);
        (fits && reading.comma(end + 1 + n)).then_some(end + 1 + n)
    }

    /// Whether a second matter of the same office follows (`adviser for Arab and African affairs`).
    fn two_affairs(&self, end: usize) -> bool {
        let reading = self.reading;
        reading.is(end, AND)
            && reading.shape(end + 1).is_capital()
            && reading.is(end + 2, OFFICE_MODIFIER)
            && reading.shape(end + 2) == Shape::Lower
            && end + 3 <= self.end
    }

    /// The person with two offices for whom somebody speaks (`a spokesman for rebel leader and Vice President Dana Holm`).
    fn named_after_second(&self, outer: &Mention, inner: &Mention) -> Option<Mention> {
        let reading = self.reading;
        let and = inner.tokens.end;
        let office = |mention: &Mention| {
            mention.sort == Sort::Role && !mention.plural && reading.is(mention.head, PERSON)
        };
        let bare = !reading.is(inner.tokens.first, DETERMINER | POSSESSOR);
        let joined = bare && reading.is(and, AND) && self.opens(and + 1);
        if !(office(outer) && office(inner) && joined) {
            return None;
        }
        let mut named = self.phrase(and + 1)?;
        named.inside = true;
        (named.sort == Sort::Person && named.role.is_some()).then_some(named)
    }

    /// The last of several names after a preposition, which all say where the same people are from (`mediators from Kesh, Zubar
    /// and the Union`).
    fn more_places(&self, outer: &Mention, inner: &Mention) -> Option<Mention> {
        let reading = self.reading;
        let before = outer.tokens.end;
        let preposition = reading.is(before, PLACE_PREPOSITION | BINDER);
        let several = outer.sort == Sort::Role && outer.plural && reading.is(outer.head, PEOPLE);
        let plain = |mention: &Mention| {
            mention.sort == Sort::Name && mention.role.is_none() && mention.owner.is_none()
        };
        let apart = reading.is(before, OF) && held_apart(reading.word(outer.head));
        if !(preposition && several && plain(inner)) || apart {
            return None;
        }
        let mut end = inner.tokens.end;
        for _ in 0..MOST {
            let mut at = end;
            let comma = reading.comma(at);
            at += usize::from(comma);
            let last = reading.is(at, AND);
            at += usize::from(last);
            if at == end || at >= self.end || reading.quoted(at) || !self.after_of(at) {
                return None;
            }
            let next = self.phrase(at).filter(plain)?;
            end = next.tokens.end;
            if last {
                // `After talks with officials in Kesh, Norvania and Torka said`, `officials in Kesh and the Front said`.
                let first = outer.tokens.first;
                let governed = first > self.first
                    && reading.is(first - 1, PREPOSITION)
                    && reading.is(end, CUE | VERB | AUXILIARY | MODAL);
                let body = next
                    .name
                    .and_then(|name| reading.alias(name.first))
                    .is_some_and(|(_, alias)| alias.sort == AliasSort::Movement);
                let place = !reading.is(before, BINDER) && reading.word(before) != "from";
                // `Two members of the group, Kesh and Norvania, said`: they are the two.
                let two = reading.is(first, QUANTITY) && reading.comma(end);
                return (!(governed || place && body || two)).then_some(next);
            }
        }
        None
    }
}

/// Whether an office is held by one person in each of several states (`the presidents of Kesh and Norvania`).
pub(super) fn held_apart(offices: &str) -> bool {
    matches!(
        offices,
        "governments"
            | "leaders"
            | "presidents"
            | "ministers"
            | "premiers"
            | "chancellors"
            | "kings"
            | "ambassadors"
            | "governors"
            | "mayors"
    )
}

/// Whether a name after `of` is the office holder's (`the minister of state Dana Holm`).
fn named_after_office(reading: &Reading<'_>, outer: &Mention, inner: &Mention) -> bool {
    // `chief of the rebel force Gen Dana Holm`.
    let titled = inner.sort == Sort::Person
        && inner.role.is_some_and(|role| {
            role.first + 1 < role.end
                && reading.shape(inner.core.first) == Shape::Lower
                && (inner.core.first..role.end - 1)
                    .any(|at| reading.is(at, BODY | OFFICE) && !reading.is(at, PERSON))
        });
    outer.sort == Sort::Role
        && reading.is(outer.head, PERSON)
        && (titled
            || inner.name.is_some_and(|name| {
                name.first > inner.core.first
                    && name.end - name.first > 1
                    && !(name.first..name.end).any(|at| reading.is(at, BODY | OFFICE | STATE))
                    && reading.shape(name.first - 1) == Shape::Lower
                    && !reading.is(name.first - 1, PERSON | DETERMINER | POSSESSOR | QUANTITY)
            }))
}

/// The office holder's name right after the place of the office (`ambassador to the United Nations Dana Holm`).
fn name_after_place(reading: &Reading<'_>, outer: &Mention, inner: &Mention) -> Option<Range> {
    let run = inner.name?;
    if outer.sort != Sort::Role || !reading.is(outer.head, PERSON) {
        return None;
    }
    let place = reading
        .alias(run.first)
        .filter(|(_, alias)| alias.sort != AliasSort::Demonym)
        .map(|(n, _)| run.first + n);
    // `head of the Valley Union Party Dana Holm`.
    let party = || {
        // `spokesman of the Keshan Army Dana Holm`, `head of the Keshan Red Crescent Dana Holm`.
        let known = (run.first..run.end).find_map(|at| {
            let (n, alias) = reading.alias(at)?;
            (alias.sort != AliasSort::Demonym && at + n + 2 == run.end).then_some(at + n)
        });
        (run.first..run.end)
            .rev()
            .find(|&at| reading.is(at, BODY | OFFICE | STATE))
            .map(|at| at + 1)
            .or(known)
            .filter(|&first| first + 2 == run.end && !reading.is(first, PERSON))
    };
    // `the envoy to the Middle East Dana Holm`.
    let region = || {
        let bound = matches!(reading.word(outer.tokens.end), "to" | "for")
            && reading.is(inner.tokens.first, DETERMINER)
            && inner.tokens.first < run.first;
        Some(place_end(reading, run.first)).filter(|&first| bound && first + 2 == run.end)
    };
    let first = place.or_else(party).or_else(region)?;
    // `the chairman of the AU Commission`: no person.
    let body = (first..run.end).any(|at| reading.is(at, BODY | OFFICE | STATE));
    let capital = reading.shape(first).is_capital();
    (first < run.end && capital && !body).then(|| Range::new(first, run.end))
}
