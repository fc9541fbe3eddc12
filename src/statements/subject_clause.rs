//! What stands between a subject and its verb: relative clauses, with commas or without, and what is put between commas. It
//! does not choose the subject.

use super::mention::{Mention, Mentions, Sort};
use super::reading::Reading;
use super::subject::{PARENTHESIS, Subject};
use super::word_class::{
    ADVERB, AND, AUXILIARY, BODY, CONJUNCTION, CUE, HOLDER, MODAL, NEGATION, PEOPLE, PERSON,
    PREPOSITION, RELATIVE, SUBORDINATOR, THAT, TIME, TO, VERB,
};
use crate::text::Shape;

/// Most words from a relative pronoun to the last verb that it leads to, in tokens.
const CHAIN: usize = 8;
/// Most words from a relative pronoun to its verb's object, in tokens.
const CLAUSE: usize = 5;

/// The verb whose object a mention is (`to end the war`), or the relative pronoun of the clause that it stands in.
pub(super) fn governor(
    reading: &Reading<'_>,
    mentions: &Mentions,
    mention: &Mention,
    limit: usize,
) -> Option<usize> {
    let first = mention.tokens.first;
    // `Groups battling the government refused`.
    let described = first > limit + 1
        && reading.shape(first - 1) == Shape::Lower
        && reading.written(first - 1).ends_with("ing")
        && !reading.is(first - 1, PREPOSITION | HOLDER)
        && mentions.at(first - 1).is_none()
        && mentions.at(first - 2).is_some_and(|number| {
            let whom = &mentions.list[number];
            whom.tokens.end == first - 1
                && matches!(whom.sort, Sort::Role | Sort::Quantity)
                && reading.is(whom.head, PEOPLE | BODY | PERSON)
                && !(whom.tokens.first > limit && reading.is(whom.tokens.first - 1, PREPOSITION))
        });
    if described {
        return Some(first - 1);
    }
    let object = first > limit + 1
        && mention.sort == Sort::Thing
        && reading.is(first - 1, VERB | CUE)
        && (reading.is(first - 2, TO) || reading.written(first - 1).ends_with("ing"));
    if object {
        return Some(first - 1);
    }
    object_of_relative(reading, first, limit)
        .or_else(|| far_object(reading, mentions, first, limit))
        .or_else(|| between(reading, mentions, first, limit))
}

/// The `between` of which the mention at `first` is the second (`a deal between Kesh and Zubar signed last month`).
fn between(
    reading: &Reading<'_>,
    mentions: &Mentions,
    first: usize,
    limit: usize,
) -> Option<usize> {
    let and = first
        .checked_sub(1)
        .filter(|&at| at > limit && reading.is(at, AND))?;
    let one = mentions.list[mentions.at(and - 1)?].tokens;
    (one.first > limit && reading.word(one.first - 1) == "between").then(|| one.first - 1)
}

/// The relative pronoun, or the participle behind its noun, from which verbs alone lead to the object at `first` (`rebels that
/// are trying to bring down Dana Holm`, `the group fighting to oust her`).
fn far_object(
    reading: &Reading<'_>,
    mentions: &Mentions,
    first: usize,
    limit: usize,
) -> Option<usize> {
    let particle = |at: usize| matches!(reading.word(at), "down" | "up" | "out" | "off" | "back");
    let verb = first
        .checked_sub(1)
        .map(|at| at - usize::from(particle(at) && at > limit))
        .filter(|&verb| verb > limit + 2)?;
    // `trying` is read as a thing.
    let named = |at: usize| {
        mentions.at(at).is_some_and(|number| {
            mentions.list[number].sort != Sort::Thing || !reading.written(at).ends_with("ing")
        })
    };
    let leads = |at: usize| {
        reading.shape(at) == Shape::Lower
            && !named(at)
            && !reading.quoted(at)
            && !reading.is(at, CONJUNCTION | SUBORDINATOR)
    };
    let acts = |at: usize| reading.is(at, VERB | CUE | AUXILIARY | MODAL | TO | NEGATION | ADVERB);
    let to = reading.is(verb - 1, TO) && leads(verb);
    let start = (limit + 1..verb)
        .rev()
        .take(CHAIN)
        .take_while(|&at| leads(at) || reading.is(at, RELATIVE | THAT))
        .find(|&at| {
            let noun = || {
                mentions.at(at - 1).is_some_and(|number| {
                    let whom = &mentions.list[number];
                    whom.tokens.end == at
                        && matches!(whom.sort, Sort::Role | Sort::Quantity)
                        && reading.is(whom.head, PEOPLE | BODY | PERSON)
                })
            };
            reading.is(at, RELATIVE | THAT) || reading.written(at).ends_with("ing") && noun()
        })
        .filter(|_| to)?;
    let verbs = (start + 1..verb).all(|at| {
        acts(at)
            || reading.written(at).ends_with("ing")
            || reading.written(at).ends_with("ed")
            || reading.is(at, PREPOSITION) && reading.is(at + 1, TO)
    });
    let clause = reading.shape(start - 1).is_word() && !reading.is(start - 1, VERB | CUE);
    (verbs && clause).then_some(start)
}

/// The relative pronoun of a clause without commas whose object begins at `first` (`people who fled the fighting said`).
fn object_of_relative(reading: &Reading<'_>, first: usize, limit: usize) -> Option<usize> {
    let verb = first.checked_sub(1).filter(|&verb| verb > limit + 1)?;
    let who = (limit + 1..verb)
        .rev()
        .find(|&t| !reading.is(t, AUXILIARY | MODAL | NEGATION | ADVERB))?;
    let acts = reading.shape(verb) == Shape::Lower
        && !reading.is(
            verb,
            PREPOSITION | CONJUNCTION | SUBORDINATOR | TO | AUXILIARY | MODAL,
        )
        && !reading.quoted(verb);
    (acts
        && reading.is(who, RELATIVE | THAT)
        && reading.shape(who - 1).is_word()
        && !reading.is(who - 1, VERB | CUE))
    .then_some(who)
}

/// The comma before a relative clause whose object ends before the comma at `at` (`Dana Holm, who met Erik Vale, the mayor, on
/// Friday, said`, where only a time stands behind `at`).
pub(super) fn met_by_relative(
    reading: &Reading<'_>,
    mentions: &Mentions,
    at: usize,
    limit: usize,
) -> Option<usize> {
    let number = mentions.at(at.checked_sub(1)?)?;
    let verb = mentions.list[number].tokens.first.checked_sub(1)?;
    let relative = verb.checked_sub(1).filter(|&at| at > limit + 1)?;
    let time = reading.is(at + 1, PREPOSITION) && reading.is(at + 2, TIME);
    let acts = reading.is(verb, VERB | CUE) || reading.written(verb).ends_with("ed");
    (time && acts && reading.is(relative, RELATIVE) && reading.comma(relative - 1))
        .then_some(relative - 1)
}

/// The comma that opens the parenthesis closed at `comma`.
pub(super) fn opening(
    reading: &Reading<'_>,
    mentions: &Mentions,
    comma: usize,
    limit: usize,
) -> Option<usize> {
    // An apposition that was joined to its noun holds its own commas.
    let inner = mentions.at(comma.checked_sub(1)?);
    if let Some(number) = inner {
        let first = mentions.list[number].tokens.first;
        if let Some(comma) = before_relative(reading, first, limit) {
            return Some(comma);
        }
        if first <= limit
            || !(reading.comma(first - 1)
                || reading.is(first - 1, PREPOSITION | CUE)
                || first > limit + 1)
        {
            return None;
        }
        let tokens = mentions.list[number].tokens;
        if (tokens.first..tokens.end).any(|t| reading.comma(t)) {
            return None;
        }
    }
    let mut at = comma;
    let mut steps = 0;
    let mut in_list = false;
    while at > limit && steps < PARENTHESIS {
        at -= 1;
        steps += 1;
        if reading.quoted(at) {
            return None;
        }
        if let Some(number) = mentions.at(at) {
            at = mentions.list[number].tokens.first;
            continue;
        }
        if reading.comma(at) {
            // `flanked by the leaders of Kesh, Zubar, Torka and Norvania,`: the commas of a list open nothing.
            let before = at.checked_sub(1).and_then(|before| mentions.at(before));
            let item = before.is_some_and(|number| {
                mentions.list[number].sort == Sort::Name && mentions.list[number].role.is_none()
            });
            let after = mentions.at(at + 1).map(|number| &mentions.list[number]);
            let more = after.is_some_and(|next| {
                next.sort == Sort::Name
                    && next.tokens.first == at + 1
                    && (in_list
                        || reading.is(next.tokens.end, AND)
                            && mentions
                                .at(next.tokens.end + 1)
                                .is_some_and(|last| mentions.list[last].tokens.end == comma))
            });
            if item && more && at > limit {
                in_list = true;
                continue;
            }
            return Some(at);
        }
        if matches!(reading.mark(at), b';' | b':') {
            return None;
        }
    }
    None
}

/// The comma before a relative clause whose object begins at `first` (`Dana Holm, who leads its political wing, the Front,
/// said`).
fn before_relative(reading: &Reading<'_>, first: usize, limit: usize) -> Option<usize> {
    let relative = (limit + 1..first)
        .rev()
        .take(CLAUSE)
        .take_while(|&t| reading.shape(t).is_word() && !reading.quoted(t))
        .find(|&t| reading.is(t, RELATIVE))?;
    let acts = (relative + 1..first)
        .any(|t| reading.is(t, VERB | CUE) || reading.written(t).ends_with(['s', 'd']));
    (acts && reading.comma(relative - 1)).then_some(relative - 1)
}

/// The mention that a relative pronoun at `relative` stands for.
pub(super) fn antecedent(
    mentions: &Mentions,
    reading: &Reading<'_>,
    relative: usize,
    limit: usize,
) -> Option<Subject> {
    let mut at = relative;
    while at > limit {
        at -= 1;
        if let Some(number) = mentions.at(at) {
            return Some(Subject::Antecedent(number));
        }
        if !(reading.comma(at) || reading.is(at, PREPOSITION | CONJUNCTION)) {
            return None;
        }
    }
    None
}
