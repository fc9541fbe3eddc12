//! Finds the subject of a verb: to its left across adverbs, appositions and relative clauses, or to its right where the
//! order is turned (`said Dana Holm`). It does not judge whether the verb is a cue.

use super::mention::{Mention, Mentions, Sort};
use super::reading::Reading;
use super::sharing;
use super::subject_clause::{antecedent, governor, met_by_relative, opening};
use super::word_class::{
    ADVERB, AND, AUXILIARY, BUT, CONTRAST, CUE, DEFINITE, FLOATING, MODAL, NEGATION, OR, PAPER,
    PREPOSITION, QUANTITY, RELATIVE, SUBORDINATOR, THAT, TIME, TO, VERB,
};
use crate::text::Shape;

/// How a verb has its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The mention with this number, left of the verb.
    Before(usize),
    /// The same, right of the verb.
    After(usize),
    /// The mention that a relative pronoun stands for (`the envoy, who said`).
    Antecedent(usize),
    /// The subject of the whole sentence, whose own verb is no cue (`went further, calling it`).
    Main(usize),
    /// The subject of the cue before (`welcomed it and said`).
    Shared,
}

impl Subject {
    /// The mention, where it has one of its own.
    pub(super) const fn mention(self) -> Option<usize> {
        match self {
            Self::Before(mention)
            | Self::After(mention)
            | Self::Antecedent(mention)
            | Self::Main(mention) => Some(mention),
            Self::Shared => None,
        }
    }
}

/// Longest quoted fragment that can stand between a subject and its verb, in tokens.
const FRAGMENT: usize = 5;
/// How far into a passage its main subject is looked for, in tokens.
const MAIN: usize = 60;
/// Longest parenthesis that is jumped over, in tokens.
pub(super) const PARENTHESIS: usize = 45;
/// Longest way from a verb to its subject, in tokens that are not jumped over.
const REACH: usize = 24;

/// The subject to the left of the verb at `verb`, no further than token `limit`.
pub(super) fn before(
    reading: &Reading<'_>,
    mentions: &Mentions,
    verb: usize,
    limit: usize,
) -> Option<Subject> {
    let mut at = verb;
    let mut steps = 0;
    while at > limit && steps < REACH {
        at -= 1;
        steps += 1;
        if let Some(number) = reading.quotation_at(at) {
            let quotation = reading.quotations[number];
            if quotation.end - quotation.first > FRAGMENT || quotation.first <= limit {
                return None;
            }
            at = quotation.first;
            continue;
        }
        if let Some(number) = mentions.at(at) {
            let mention = &mentions.list[number];
            let first = past_participles(reading, mention.tokens.first, limit);
            if first > limit
                && reading.is(first - 1, PREPOSITION)
                && !reading.is(first - 1, SUBORDINATOR)
                && !(reading.is(first - 1, THAT))
                // `Observers such as Dana Holm said`.
                && !(reading.word(first - 1) == "as"
                    && first > limit + 1
                    && reading.word(first - 2) == "such")
            {
                at = first - 1;
                continue;
            }
            if described_by_whose(reading, mention, verb, limit) {
                return antecedent(mentions, reading, first - 1, limit);
            }
            // `Allies including Kesh and Norvania agreed`, `a text by Kesh and Norvania said`: what stands before them all.
            if let Some(governed) = sharing::governed_list(reading, mentions, number, limit) {
                at = governed;
                continue;
            }
            if first > limit && tells_time(reading, mention, verb) {
                at = first;
                continue;
            }
            if let Some(governor) = governor(reading, mentions, mention, limit) {
                at = governor;
                continue;
            }
            // `Kesh, once a colonial power, refused`.
            let once = usize::from(matches!(
                reading.word(first.wrapping_sub(1)),
                "once" | "now" | "long" | "formerly"
            ));
            if mention.sort == Sort::Thing
                && first > limit + once
                && reading.comma(first - once - 1)
                && at + 1 < verb
                && reading.comma(at + 1)
            {
                at = first - once - 1;
                continue;
            }
            let whole = rest_of(reading, mentions, mention, limit);
            return Some(Subject::Before(whole.unwrap_or(number)));
        }
        match reading.mark(at) {
            b',' => match opening(reading, mentions, at, limit) {
                Some(comma) => {
                    at = comma;
                    // `Dana Holm, whose men hold the pass, and who opposes talks, said`.
                    let second = reading.is(at + 1, AND | BUT) && reading.is(at + 2, RELATIVE);
                    let before = second.then(|| opening(reading, mentions, at, limit));
                    at = before.flatten().unwrap_or(at);
                    at = met_by_relative(reading, mentions, at, limit).unwrap_or(at);
                }
                None => steps += 2,
            },
            b')' => {
                at = (limit..at)
                    .rev()
                    .take(PARENTHESIS)
                    .find(|&t| reading.mark(t) == b'(')?;
            }
            0 => {}
            _ if reading.dash(at) => {
                at = (limit..at)
                    .rev()
                    .take(PARENTHESIS)
                    .find(|&t| reading.dash(t))?;
            }
            b'.' if at + 1 < verb || !reading.full_stop(at) => {}
            _ => return None,
        }
        if reading.is(at, RELATIVE | THAT)
            && !(reading.is(at, THAT) && at + 1 < verb && !plain_gap(reading, at + 1, verb))
        {
            return antecedent(mentions, reading, at, limit);
        }
        if reading.is(at, AND | BUT | OR) && plain_gap(reading, at + 1, verb) {
            return Some(Subject::Shared);
        }
        if reading.is(at, TO) && !reading.is(at + 1, VERB | CUE)
            || reading.is(at, SUBORDINATOR) && !reading.is(at, PREPOSITION | ADVERB)
        {
            return None;
        }
    }
    None
}

/// Whether `mention` is the subject of a clause with `whose` and a verb of its own before `verb` (`The daughter of a man whose body was
/// found has accused Kesh`).
fn described_by_whose(reading: &Reading<'_>, mention: &Mention, verb: usize, limit: usize) -> bool {
    let first = mention.tokens.first;
    let mut between = mention.tokens.end..verb;
    first > limit
        && reading.word(first - 1) == "whose"
        && between
            .clone()
            .any(|t| reading.is(t, AUXILIARY | MODAL) && !reading.is(t - 1, AUXILIARY))
        && between.any(|t| reading.is(t, PREPOSITION | TIME))
}

/// The first of the participles between a preposition and a mention that begins at `first` (`allied to detained leader Dana Holm`).
fn past_participles(reading: &Reading<'_>, mut first: usize, limit: usize) -> usize {
    while first > limit + 1
        && reading.shape(first - 1) == Shape::Lower
        && reading.written(first - 1).ends_with("ed")
        && reading.is(first - 2, PREPOSITION)
    {
        first -= 1;
    }
    first
}

/// Where a subject begins whose first mention begins at `first`: `both Kesh and Norvania`, `nearly 90 countries`.
pub(super) fn start(reading: &Reading<'_>, mut first: usize, limit: usize) -> usize {
    while first > limit && reading.is(first - 1, FLOATING | QUANTITY | ADVERB) {
        first -= 1;
    }
    first
}

/// Whether a mention tells only when the verb at `verb` happened (`Kesh this week rejected it`).
fn tells_time(reading: &Reading<'_>, mention: &Mention, verb: usize) -> bool {
    let first = mention.tokens.first;
    mention.sort == Sort::Thing
        && (reading.is(mention.head, TIME) && reading.word(first) != "the"
            || matches!(reading.word(first), "late" | "early"))
        && (mention.tokens.end..verb).all(|t| {
            reading.is(t, ADVERB | AUXILIARY | MODAL | NEGATION | TIME)
                || matches!(reading.word(t), "on" | "in")
        })
}

/// The mention that `mention` is only the rest of (`a member of the Cabinet` before `security cluster`).
fn rest_of(
    reading: &Reading<'_>,
    mentions: &Mentions,
    mention: &Mention,
    limit: usize,
) -> Option<usize> {
    let first = mention.tokens.first;
    let near = (first.saturating_sub(2)..first).rev();
    near.filter(|_| mention.sort == Sort::Thing)
        .find_map(|t| mentions.at(t))
        .filter(|&whole| {
            let whole = &mentions.list[whole];
            matches!(whole.sort, Sort::Role | Sort::Person)
                && whole.core.end < whole.tokens.end
                && whole.tokens.first >= limit
                && (whole.tokens.end..first).all(|t| {
                    reading.shape(t) == Shape::Lower
                        && !reading.is(t, VERB | CUE | AUXILIARY | PREPOSITION)
                })
        })
}

/// Whether only adverbs, auxiliaries and the like stand in `first..end`.
pub(super) fn plain_gap(reading: &Reading<'_>, first: usize, end: usize) -> bool {
    (first..end).all(|at| {
        reading.is(
            at,
            ADVERB | AUXILIARY | MODAL | NEGATION | TIME | PREPOSITION,
        ) || reading.shape(at) == Shape::Number
            || reading.comma(at)
            // `but at the same time does not want`.
            || matches!(reading.word(at), "the" | "same") && (at..end).any(|t| reading.is(t, TIME))
            || reading.written(at).ends_with("ly")
    })
}

/// The first mention of tokens `from..before` that nothing governs and that can hold a view, or the paper that opens them.
pub(super) fn main(
    reading: &Reading<'_>,
    mentions: &Mentions,
    from: usize,
    before: usize,
) -> Option<usize> {
    let from = last_clause(reading, mentions, from, before);
    let mut at = from;
    let before = before.min(from + MAIN);
    while at < before {
        let Some(number) = mentions.at(at) else {
            at += 1;
            continue;
        };
        let mention = &mentions.list[number];
        // `A letter from Kesh had reached Norvania and Zubar, saying`: the letter says.
        if mention.sort == Sort::Thing
            && mention.tokens.first == from
            && reading.is(mention.head, PAPER)
        {
            return Some(number);
        }
        // `The killing of a leader in the capital Orva has shaken Kesh, threatening to`: nobody threatens.
        let thing = mention.sort == Sort::Thing && mention.tokens.first == from;
        if thing
            && reading.is(mention.tokens.first, DEFINITE)
            && has_own_verb(reading, mentions, number, before)
        {
            return None;
        }
        let governed =
            mention.tokens.first > from && reading.is(mention.tokens.first - 1, PREPOSITION);
        if !governed && mention.sort != Sort::Thing && !reading.quoted(at) {
            let named = after_scare(reading, mentions, number).unwrap_or(number);
            return Some(sharing::last_of_list(reading, mentions, named));
        }
        at = mention.tokens.end.max(at + 1);
    }
    None
}

/// Whether a verb that is not a cue follows a mention behind phrases that only describe it, with no comma before `limit`.
fn has_own_verb(reading: &Reading<'_>, mentions: &Mentions, number: usize, limit: usize) -> bool {
    let mut at = mentions.list[number].tokens.end;
    while at < limit {
        if let Some(number) = mentions.at(at) {
            at = mentions.list[number].tokens.end.max(at + 1);
        } else if reading.is(at, AUXILIARY | MODAL) {
            return true;
        } else if reading.is(at, PREPOSITION)
            || reading.shape(at) == Shape::Lower && !reading.is(at, VERB | CUE | RELATIVE | THAT)
        {
            at += 1;
        } else {
            return false;
        }
    }
    false
}

/// The name after a title in quotation marks that follows mention `number` at once (`rebel "minister" Dana Holm`).
fn after_scare(reading: &Reading<'_>, mentions: &Mentions, number: usize) -> Option<usize> {
    let mention = &mentions.list[number];
    let quotation = reading.quotations[reading.quotation_at(mention.tokens.end)?];
    let named = mentions.at(quotation.end)?;
    let fits = mention.sort == Sort::Role
        && quotation.first == mention.tokens.end
        && quotation.end - quotation.first <= FRAGMENT
        && mentions.list[named].sort == Sort::Name
        && mentions.list[named].tokens.first == quotation.end;
    fits.then_some(named)
}

/// The mention that begins at `at`, if a verb of its own follows it at once.
pub(super) fn with_verb(reading: &Reading<'_>, mentions: &Mentions, at: usize) -> Option<usize> {
    mentions.at(at).filter(|&number| {
        let mention = &mentions.list[number];
        let end = mention.tokens.end;
        // `his party, the Front,`: an apposition that was joined has a comma of its own.
        let closed = reading.comma(end) && (mention.tokens.first..end).any(|t| reading.comma(t));
        let verb = end + usize::from(closed);
        mention.tokens.first == at
            && reading.shape(verb) == Shape::Lower
            && (reading.is(verb, VERB | CUE | AUXILIARY | MODAL)
                || reading.written(verb).ends_with("ed"))
    })
}

/// Where the last clause before `before` begins that has a conjunction, a subject and a verb of its own (`X left, but Y
/// stayed away, citing`); `from` where there is none.
fn last_clause(reading: &Reading<'_>, mentions: &Mentions, from: usize, before: usize) -> usize {
    let opens = |at: usize| {
        (reading.comma(at - 1) || reading.is(at, BUT))
            && reading.is(at, AND | BUT | CONTRAST)
            && with_verb(reading, mentions, at + 1).is_some_and(|number| {
                let mention = &mentions.list[number];
                mention.sort != Sort::Thing && mention.tokens.end < before
            })
    };
    let start = before.saturating_sub(REACH + PARENTHESIS).max(from + 1);
    (start..before)
        .rev()
        .filter(|&at| !reading.quoted(at))
        .find(|&at| opens(at))
        .map_or(from, |at| at + 1)
}

/// The subject right of the verb at `verb`, before token `end`.
pub(super) fn after(
    reading: &Reading<'_>,
    mentions: &Mentions,
    verb: usize,
    end: usize,
) -> Option<Subject> {
    let mut at = verb + 1;
    while at < end
        && mentions.at(at).is_none()
        && (reading.is(at, ADVERB | TIME)
            || reading.shape(at) == Shape::Lower && reading.written(at).ends_with("ed"))
    {
        at += 1;
    }
    if at >= end || reading.quoted(at) {
        return None;
    }
    let number = mentions.at(at)?;
    let mention = &mentions.list[number];
    // `said this afternoon`.
    let noun = reading.shape(mention.tokens.end) == Shape::Lower
        && !reading.is(mention.tokens.end, PREPOSITION | ADVERB | THAT);
    let when = mention.sort == Sort::Thing && reading.is(mention.head, TIME) && !noun;
    (mention.tokens.first == at && !when).then_some(Subject::After(number))
}
