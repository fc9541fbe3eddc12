//! Finds the mentions that share a place with another: the members of a joint subject (`Norvania, Kesh and the envoy`), before the
//! verb or after it. It does not look for the verb's subject.

use super::mention::{Mention, Mentions, Range, Sort};
use super::reading::Reading;
use super::word_class::{
    ADVERB, AND, AUXILIARY, BY, CONJUNCTION, CUE, DEFINITE, DETERMINER, HE, MODAL, OFFICE,
    OFFICE_MODIFIER, OR, PAPER, PERSON, PLACE_PREPOSITION, PREPOSITION, QUANTITY, RELATIVE, SHE,
    SUBORDINATOR, THAT, TIME, VERB,
};
use crate::text::Shape;

/// Longest clause that describes one of several members, in tokens.
const DESCRIBED: usize = 20;
/// Most members of a joint subject that stands far from its verb.
const MEMBERS: usize = 12;

/// Those named between commas after a plural role (`the ministers, Dana Holm and Erik Vale,`; `Three states, Kesh, Zubar and
/// Norvania,`).
pub(super) fn apposed(
    reading: &Reading<'_>,
    mentions: &Mentions,
    number: usize,
) -> Option<Vec<usize>> {
    let role = &mentions.list[number];
    if role.sort == Sort::Thing || !role.plural || role.name.is_some() {
        return None;
    }
    let counted = reading.is(role.tokens.first, QUANTITY)
        || reading.is(role.tokens.first + 1, QUANTITY) && reading.is(role.tokens.first, DEFINITE);
    let named = |number: usize| {
        let mention = &mentions.list[number];
        matches!(mention.sort, Sort::Person | Sort::Name)
            && mention
                .name
                .is_some_and(|name| counted || name.end - name.first > 1)
    };
    let mut members = Vec::new();
    let mut end = role.tokens.end;
    while members.len() < MEMBERS {
        let comma = usize::from(reading.comma(end));
        let last = reading.is(end + comma, AND);
        let at = end + comma + usize::from(last);
        let next = mentions.at(at).filter(|&next| at > end && named(next))?;
        if mentions.list[next].tokens.first != at || members.is_empty() && (last || comma == 0) {
            return None;
        }
        members.push(next);
        end = mentions.list[next].tokens.end;
        if last {
            return reading.comma(end).then_some(members);
        }
    }
    None
}

/// Those who issued the paper `number` together (`a statement by Kesh and Norvania`).
pub(super) fn issued_by(
    reading: &Reading<'_>,
    mentions: &Mentions,
    number: usize,
) -> Option<Vec<usize>> {
    let paper = &mentions.list[number];
    if !reading.is(paper.head, PAPER) {
        return None;
    }
    let makes = |&maker: &usize| {
        let first = mentions.list[maker].tokens.first;
        first > paper.head + 1 && matches!(reading.word(first - 1), "by" | "from")
    };
    let inner = (number + 1..mentions.list.len())
        .take_while(|&maker| mentions.list[maker].inside)
        .find(makes);
    let maker = inner.or_else(|| mentions.at(paper.tokens.end + 1).filter(makes))?;
    let (members, _) = list_after(reading, mentions, maker)?;
    Some(members)
}

/// The mentions that share the place of `number` after a verb or `by` (`rejected by Norvania, Kesh and the envoy`).
pub(super) fn joint_after(reading: &Reading<'_>, mentions: &Mentions, number: usize) -> Vec<usize> {
    list_after(reading, mentions, number)
        .filter(|&(_, end)| !reading.is(end, CUE | AUXILIARY | MODAL))
        .map_or_else(|| vec![number], |(members, _)| members)
}

/// The members of the list that begins with `number` and ends behind `and`, and one past its last token.
fn list_after(
    reading: &Reading<'_>,
    mentions: &Mentions,
    number: usize,
) -> Option<(Vec<usize>, usize)> {
    let mut members = vec![number];
    let mut end = mentions.list[number].tokens.end;
    loop {
        let mut at = end;
        let comma = reading.comma(at);
        at += usize::from(comma);
        let last = reading.is(at, AND | OR);
        at += usize::from(last);
        // `welcomed by Kesh and by Norvania`.
        at += usize::from(last && reading.is(at, BY));
        let next = mentions.at(at).filter(|_| at > end);
        let next = next?;
        let mention = &mentions.list[next];
        // `said Dana Holm, a nurse and one of the organisers`.
        let apposed = comma
            && members.len() == 1
            && mention.sort == Sort::Role
            && mention.tokens.first + 1 < mention.tokens.end
            && matches!(mentions.list[number].sort, Sort::Person | Sort::Name)
            && reading.is(mention.tokens.first, DETERMINER)
            && !reading.is(mention.tokens.first, DEFINITE);
        if mention.tokens.first != at
            || matches!(mention.sort, Sort::Thing | Sort::Pronoun)
            || apposed
        {
            return None;
        }
        members.push(next);
        end = mention.tokens.end;
        if last {
            return Some((members, end));
        }
        if !comma {
            return None;
        }
    }
}

/// The mentions that share a subject place with `number` (`Norvania, Kesh and the envoy`), in order; it is the last.
pub(super) fn joint(
    reading: &Reading<'_>,
    mentions: &Mentions,
    number: usize,
    limit: usize,
) -> Vec<usize> {
    let mut members = vec![number];
    let Range { mut first, end } = mentions.list[number].tokens;
    // `Dana Holm, who accepted it, and Erik Vale, who rejected it`: the verb is his alone.
    let told_of_last = reading.comma(end) && reading.is(end + 1, RELATIVE);
    loop {
        let mut at = first;
        if at > limit && reading.is(at - 1, AND | OR) {
            at -= 1;
        } else if members.len() < 2 {
            break;
        }
        let dash = at < first && at > limit && reading.dash(at - 1);
        if at > limit && (reading.comma(at - 1) || dash) {
            at -= 1;
        }
        if at == first || at <= limit {
            break;
        }
        if at + 1 < first
            && !told_of_last
            && let Some(described) = before_relative(reading, at, limit)
        {
            at = described;
        }
        let Some(before) = mentions.at(at - 1) else {
            break;
        };
        let mention = &mentions.list[before];
        // `In a statement, Kesh and Norvania said`, `In Friday's statement`: what stands before tells when, where or how.
        let of_a_day = mention.tokens.first > limit + 2
            && reading.shape(mention.tokens.first - 1) == Shape::Possessive
            && reading.is(mention.tokens.first - 2, TIME);
        let start = mention.tokens.first - 2 * usize::from(of_a_day);
        let opens = start > limit
            && reading.is(start - 1, PREPOSITION)
            && reading.word(start - 1) != "with"
            && reading.comma(at)
            && (start - 1 == limit || reading.comma(start - 2) || opens_with_time(reading, limit));
        let next = members.last().map(|&member| &mentions.list[member]);
        let place = next.is_some_and(|next| {
            matches!(next.sort, Sort::Person | Sort::Role)
                && reading.comma(at)
                && country_of_a_place(reading, mentions, mention, limit)
        });
        // `he and President Dana Holm agreed`.
        let he = reading.is(mention.head, HE | SHE) && reading.is(at, AND);
        if opens || place || mention.sort == Sort::Thing || mention.sort == Sort::Pronoun && !he {
            break;
        }
        let own = &mentions.list[number];
        // `Dana Holm, the minister of trade and the cabinet's spokesman, said`: one person.
        let office = |number: usize| {
            let held = &mentions.list[number];
            held.sort == Sort::Role && !held.plural && reading.is(held.head, PERSON)
        };
        if members.len() == 2
            && members.iter().all(|&member| office(member))
            && matches!(mention.sort, Sort::Person | Sort::Name)
            && reading.comma(at)
            && mention.name.is_some_and(|name| name.end - name.first > 1)
        {
            return vec![before];
        }
        // `60 Indigenous, Afro-descendant and peasant groups`: words for what they are.
        let counted = own.sort == Sort::Role
            && own.plural
            && mention.sort == Sort::Name
            && mention.role.is_none()
            && (mention.tokens.first.max(limit + 1) - 1..mention.head)
                .any(|at| reading.is(at, QUANTITY) || reading.shape(at) == Shape::Number);
        if counted {
            return vec![number];
        }
        // `Deputy Prime Minister and Foreign Minister Dana Holm`, `Police and Defence Minister Dana Holm`: one person.
        let first_office = members.len() == 1
            && own.sort == Sort::Person
            && own.role.is_some()
            && !reading.comma(at)
            && reading.shape(mention.head).is_capital()
            && !reading.is(mention.tokens.first, DEFINITE)
            && (mention.name.is_none() && office(before)
                || reading.is(mention.head, OFFICE_MODIFIER | OFFICE)
                    && mention.core.end - mention.core.first <= 2
                    && mention.name.is_none_or(|name| name.end - name.first == 1));
        if first_office {
            break;
        }
        let second_office = members.len() == 1
            && matches!(
                reading.word(own.tokens.first),
                "former" | "current" | "ex" | "then"
            )
            && matches!(own.sort, Sort::Role)
            && !own.plural
            && !mention.plural;
        if second_office {
            // `the chairman of the assembly and former governor of Kesh`: one person.
            return vec![before];
        }
        members.push(before);
        first = mention.tokens.first;
    }
    if !stands_clear(reading, first, limit) {
        members.truncate(1);
    }
    members.reverse();
    members
}

/// The preposition before a list that mention `number` closes after `and`, which makes none of its members a subject (`Allies
/// including Kesh and Norvania agreed`).
pub(super) fn governed_list(
    reading: &Reading<'_>,
    mentions: &Mentions,
    number: usize,
    limit: usize,
) -> Option<usize> {
    let mut first = mentions.list[number].tokens.first;
    for members in 1..=MEMBERS {
        let before = first.checked_sub(1).filter(|&at| at > limit)?;
        let joined = if members == 1 {
            reading.is(before, AND | OR)
        } else {
            reading.comma(before)
        };
        if !joined {
            let governs = members > 1
                && matches!(reading.word(before), "including" | "by" | "from")
                // `Officials cited by Kesh and Norvania said`.
                && (mentions.at(before - 1).is_some() || reading.written(before - 1).ends_with("ed"));
            return governs.then_some(before);
        }
        let member = mentions.at(before - 1).filter(|&one| {
            matches!(
                mentions.list[one].sort,
                Sort::Name | Sort::Person | Sort::Role
            )
        })?;
        first = mentions.list[member].tokens.first;
    }
    None
}

/// Whether the members of a joint subject, the first of which begins at `first`, are bound to no word before them.
fn stands_clear(reading: &Reading<'_>, first: usize, limit: usize) -> bool {
    // `both Kesh and Norvania`.
    let first = first - usize::from(first > limit && reading.word(first - 1) == "both");
    let clear = first <= limit
        || !reading.shape(first - 1).is_word()
        // `with Kesh and Norvania saying`, not `in tensions with Kesh, and observers say`.
        || reading.word(first - 1) == "with"
            && (first - 1 <= limit || !reading.shape(first - 2).is_word())
        || reading.is(first - 1, CONJUNCTION | SUBORDINATOR | TIME | ADVERB | THAT);
    clear && !reading.is(first.wrapping_sub(1), CUE)
}

/// Whether a sentence that begins at `first` tells before its subject when something was (`Following talks in Kesh, Zubar and
/// Norvania agreed`).
fn opens_with_time(reading: &Reading<'_>, first: usize) -> bool {
    matches!(
        reading.word(first),
        "after" | "following" | "during" | "before" | "since" | "at" | "in" | "on" | "under"
    )
}

/// Where a clause begins that describes a member and ends at the mark `at` (`Dana Holm, who leads it, and Erik Vale signed`).
fn before_relative(reading: &Reading<'_>, at: usize, limit: usize) -> Option<usize> {
    (limit + 1..at)
        .rev()
        .take(DESCRIBED)
        // A mark in it ends the clause (`Kesh, which quit, called for talks, and Norvania agreed`).
        .take_while(|&t| reading.mark(t) != reading.mark(at))
        .find(|&t| reading.is(t, RELATIVE))
        .map(|t| t - 1)
        .filter(|&t| reading.mark(t) == reading.mark(at) && reading.shape(t) == Shape::Mark)
}

/// Whether a mention is the country of a place before it (`At Arusha, Tanzania, President Dana Holm and the rebels signed`).
fn country_of_a_place(
    reading: &Reading<'_>,
    mentions: &Mentions,
    mention: &Mention,
    limit: usize,
) -> bool {
    let first = mention.tokens.first;
    let place = first.checked_sub(2).and_then(|at| mentions.at(at));
    mention.sort == Sort::Name
        && mention.role.is_none()
        && first > limit
        && reading.comma(first - 1)
        && place.is_some_and(|place| {
            let first = mentions.list[place].tokens.first;
            first > limit && reading.is(first - 1, PLACE_PREPOSITION)
        })
}

/// The last member of the list that begins with mention `number` (`Holm, Vale and the envoy left and called for`): from there
/// the others are found.
pub(super) fn last_of_list(reading: &Reading<'_>, mentions: &Mentions, number: usize) -> usize {
    let mut last = number;
    for _ in 0..MEMBERS {
        let end = mentions.list[last].tokens.end;
        let comma = usize::from(reading.comma(end));
        let and = reading.is(end + comma, AND);
        let at = end + comma + usize::from(and);
        let next = mentions.at(at).filter(|&next| {
            at > end
                && mentions.list[next].tokens.first == at
                && !matches!(mentions.list[next].sort, Sort::Thing | Sort::Pronoun)
        });
        match next {
            Some(next) if and => {
                let verb = mentions.list[next].tokens.end;
                let closes = reading.shape(verb) == Shape::Lower
                    && (reading.is(verb, VERB | CUE | AUXILIARY | MODAL | ADVERB)
                        || reading.written(verb).ends_with("ed"));
                return if closes { next } else { number };
            }
            Some(next) if matches!(mentions.list[next].sort, Sort::Name | Sort::Person) => {
                last = next;
            }
            _ => return number,
        }
    }
    number
}
