//! Cues that are nouns, with their holder beside them: `Kesh's rejection of the truce`, `a call from Kesh for one`, `no comment
//! from Kesh on one`, `over the objections of Kesh`. It does not look at verbs.

use super::claim::Claim;
use super::cue::CueClass;
use super::frame::Frame;
use super::mention::{Mentions, Sort};
use super::passage::Passage;
use super::reading::Reading;
use super::subject::Subject;
use super::word_class::{NEAR_TARGET, NEGATION, NOUN_ACT, OBJECTION, SILENCE, TARGET};

/// How far the object of a noun is looked for, in tokens.
const OBJECT: usize = 10;
/// How far before it `over` or `despite` can stand, in tokens.
const OVER: usize = 6;

/// The claim of the noun at `at`, but for those of [`owned_act`].
pub(super) fn at(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: &Passage,
    at: usize,
) -> Option<Claim> {
    noun_act(reading, mentions, passage, at)
        .or_else(|| silence(reading, mentions, passage, at))
        .or_else(|| objection(reading, mentions, passage, at))
}

/// `Kesh's rejection of the truce`: a noun whose owner takes the position.
pub(super) fn owned_act(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: &Passage,
    at: usize,
) -> Option<Claim> {
    let number = mentions.at(at)?;
    let mention = &mentions.list[number];
    if mention.head != at {
        return None;
    }
    let next = at + 1;
    let topical = matches!(reading.word(next), "for" | "to" | "of")
        && (next..passage.to.min(next + OBJECT)).any(|t| reading.is(t, TARGET));
    let holder = owner(mentions, number)?;
    topical.then_some(Claim {
        end: next,
        subject: Subject::Before(holder),
        ..act(mentions, at, mention.tokens.first, holder)
    })
}

/// `a call from Kesh for a truce`: a noun with its holder and an object of the target's kind.
fn noun_act(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: &Passage,
    at: usize,
) -> Option<Claim> {
    if !reading.is(at, NOUN_ACT) || !matches!(reading.word(at + 1), "from" | "by") {
        return None;
    }
    let number = holder(mentions, at + 2)?;
    let end = mentions.list[number].tokens.end;
    let topical = matches!(reading.word(end), "for" | "to" | "of" | "that")
        && (end..passage.to.min(end + OBJECT)).any(|t| reading.is(t, TARGET | NEAR_TARGET));
    let first = mentions
        .at(at)
        .map_or(at, |noun| mentions.list[noun].tokens.first);
    topical.then(|| Claim {
        class: CueClass::Urge,
        ..act(mentions, at, first, number)
    })
}

/// `no immediate comment from Kesh on the offer`: who was asked and has not answered (rule 4).
fn silence(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: &Passage,
    at: usize,
) -> Option<Claim> {
    if !reading.is(at, SILENCE) || reading.word(at + 1) != "from" {
        return None;
    }
    let before = |reach: usize| (passage.from..at).rev().take(reach);
    let no = before(2).find(|&no| reading.is(no, NEGATION))?;
    let number = holder(mentions, at + 2)?;
    let end = mentions.list[number].tokens.end;
    let topical = (end..passage.to.min(end + OBJECT)).any(|t| reading.is(t, TARGET));
    let first = before(7)
        .find(|&there| reading.word(there) == "there")
        .unwrap_or(no);
    topical.then(|| act(mentions, at, first, number))
}

/// `over the objections of Kesh`, `despite Kesh's opposition`: who is against what was done.
fn objection(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: &Passage,
    at: usize,
) -> Option<Claim> {
    if !reading.is(at, OBJECTION) || reading.quoted(at) {
        return None;
    }
    let over = (passage.from..at)
        .rev()
        .take(OVER)
        .take_while(|&t| !reading.comma(t))
        .find(|&t| matches!(reading.word(t), "over" | "despite"))?;
    if matches!(reading.word(at + 1), "of" | "from" | "by") {
        let number = holder(mentions, at + 2)?;
        return Some(act(mentions, at, over, number));
    }
    let number = owner(mentions, mentions.at(at)?)?;
    Some(Claim {
        end: at + 1,
        subject: Subject::Before(number),
        ..act(mentions, at, over, number)
    })
}

/// The owner of mention `number` whose mention stands inside it, where he can hold a view.
fn owner(mentions: &Mentions, number: usize) -> Option<usize> {
    let mention = &mentions.list[number];
    let owner = mention.owner?;
    (number + 1..mentions.list.len())
        .take_while(|&n| mentions.list[n].tokens.first < mention.tokens.end)
        .find(|&n| mentions.list[n].tokens.first == owner.first)
        .filter(|&n| {
            !matches!(
                mentions.list[n].sort,
                Sort::Thing | Sort::Quantity | Sort::Pronoun
            )
        })
}

/// The holder of a view whose mention begins at `first`.
fn holder(mentions: &Mentions, first: usize) -> Option<usize> {
    let number = mentions.at(first)?;
    let sort = mentions.list[number].sort;
    (!matches!(sort, Sort::Thing | Sort::Quantity)).then_some(number)
}

/// The claim of the noun at `at`, which begins at `first`; its holder, mention `number`, stands behind it.
fn act(mentions: &Mentions, at: usize, first: usize, number: usize) -> Claim {
    Claim {
        cue: at,
        cue_end: at + 1,
        class: CueClass::Act,
        frame: Frame::Object,
        subject: Subject::After(number),
        first,
        end: mentions.list[number].tokens.end,
        leaning: false,
    }
}
