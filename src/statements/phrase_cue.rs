//! Cues that are no verbs: `according to X`, `in the view of X`, `in X's words`, `by X's count`, a name with a colon, a form of
//! `be` or a subject before quoted words. It does not look at verbs with frames.

use super::circumstance;
use super::claim::Claim;
use super::claim_held;
use super::cue::CueClass;
use super::frame::Frame;
use super::mention::{Mentions, Sort};
use super::passage::Passage;
use super::reading::Reading;
use super::subject::{self, Subject};
use super::word_class::{
    AND, AUXILIARY, BE, BODY, BUT, CONJUNCTION, CUE, FIRST_PERSON, MODAL, NEAR_TARGET, NOUN,
    OFFICE, PHRASE, PREPOSITION, RELATIVE, STANDPOINT, STATE, TARGET, THAT, TO, VERB,
};
use crate::text::Shape;

/// How far the verb of an opinion is looked for, in tokens.
const OPINION: usize = 10;
/// How far behind quoted words another speaker is looked for, in tokens.
const SAID: usize = 40;
/// Longest speaker's name or description before a colon, in tokens.
const SPEAKER: usize = 14;

/// The claim of the phrase that begins at `at`.
pub(super) fn at(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: &Passage,
    at: usize,
) -> Option<Claim> {
    if !reading.is(at, PHRASE | BE) {
        return in_marks(reading, mentions, passage, at);
    }
    if reading.word(at) == "according" && reading.is(at + 1, TO) {
        let number = mentions.at(at + 2)?;
        let mention = &mentions.list[number];
        let holds = mention.sort != Sort::Thing || !reading.is(mention.head, TARGET | NEAR_TARGET);
        return holds.then(|| phrase(mentions, at, at + 2, number));
    }
    if reading.word(at) == "for" {
        return to_mind(reading, mentions, passage, at);
    }
    // `By the council's count, 40 have died`.
    if reading.word(at) == "by" {
        let opens = at == passage.from
            || reading.comma(at - 1)
                && !reading.is(at.saturating_sub(2), RELATIVE | CONJUNCTION | THAT);
        return opens.then(|| opinion(reading, mentions, at))?;
    }
    if reading.word(at) == "in" && at + 2 < passage.to {
        return opinion(reading, mentions, at)
            .or_else(|| circumstance::turning(reading, mentions, passage, at));
    }
    if reading.is(at, BE)
        && let Some(claim) = circumstance::siding(reading, mentions, passage, at)
    {
        return Some(claim);
    }
    if reading.is(at, BE)
        && let Some(claim) = standpoint(reading, mentions, passage, at)
    {
        return Some(claim);
    }
    if reading.is(at, BE) && reading.quoted(at + 1) && at > passage.from {
        return being(reading, mentions, passage, at);
    }
    None
}

/// `The rebels "want a pullback"`: a subject right before quoted words that begin with its verb. `at` is its last token.
fn in_marks(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: &Passage,
    at: usize,
) -> Option<Claim> {
    let quotation = reading.quotations[reading.quotation_at(at + 1)?];
    let number = mentions.at(at).filter(|_| quotation.first == at + 1)?;
    let mention = &mentions.list[number];
    let verb = (quotation.first..quotation.end).find(|&t| reading.shape(t).is_word())?;
    let acts = reading.shape(verb) == Shape::Lower
        && reading.is(verb, VERB | CUE | AUXILIARY | MODAL)
        && verb + 1 < quotation.end
        && !reading.is(verb, NOUN)
        && !reading.written(verb).ends_with("ed")
        && !reading.written(verb).ends_with("ing");
    let first = mention.tokens.first;
    let free =
        first <= passage.from || reading.comma(first - 1) || reading.is(first - 1, AND | BUT);
    let holds = matches!(mention.sort, Sort::Person | Sort::Name | Sort::Role)
        && mention.tokens.end == at + 1;
    // `Kesh "has had enough," Dana Holm said`: she says so.
    let said = || {
        (quotation.end..passage.to.min(quotation.end + SAID))
            .any(|t| !reading.quoted(t) && reading.is(t, CUE))
    };
    (acts && free && holds && !said()).then_some(Claim {
        cue: at,
        cue_end: at + 1,
        class: CueClass::View,
        frame: Frame::Object,
        subject: Subject::Before(number),
        first,
        end: at + 1,
        leaning: false,
    })
}

fn phrase(mentions: &Mentions, first: usize, cue_end: usize, number: usize) -> Claim {
    Claim {
        cue: first,
        cue_end,
        class: CueClass::Speech,
        frame: Frame::Parenthesis,
        subject: Subject::After(number),
        first,
        end: mentions.list[number].tokens.end.max(cue_end),
        leaning: false,
    }
}

/// `For Dana Holm of the institute, the truce is a step`, at the head of a passage.
fn to_mind(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: &Passage,
    at: usize,
) -> Option<Claim> {
    let number = mentions.at(at + 1)?;
    let mention = &mentions.list[number];
    let person = matches!(mention.sort, Sort::Person | Sort::Name)
        && mention
            .name
            .is_some_and(|name| name.end - name.first > 1 && reading.alias(name.first).is_none())
        && !reading.is(mention.head, BODY | OFFICE | STATE);
    let end = mention.tokens.end;
    let clause = reading.comma(end)
        && (end + 1..passage.to.min(end + OPINION)).any(|t| reading.is(t, BE | MODAL | AUXILIARY));
    (at == passage.from && mention.tokens.first == at + 1 && person && clause)
        .then(|| phrase(mentions, at, at + 1, number))
}

/// `in the view of X`, `in X's words`.
fn opinion(reading: &Reading<'_>, mentions: &Mentions, at: usize) -> Option<Claim> {
    let number = mentions.at(at + 1)?;
    let mention = &mentions.list[number];
    let says = |t: usize| {
        matches!(
            reading.word(t),
            "view"
                | "views"
                | "words"
                | "opinion"
                | "eyes"
                | "estimation"
                | "judgment"
                | "judgement"
                | "telling"
                | "assessment"
                | "reading"
                | "count"
                | "estimate"
                | "estimates"
                | "account"
                | "reckoning"
                | "admission"
        )
    };
    if let Some(owner) = mention.owner.filter(|_| says(mention.core.end - 1)) {
        let holder = (number..mentions.list.len())
            .take_while(|&n| mentions.list[n].tokens.first < mention.tokens.end)
            .find(|&n| n != number && mentions.list[n].tokens.first == owner.first)
            .unwrap_or(number);
        return Some(phrase(mentions, at, mention.core.end, holder));
    }
    let end = mention.tokens.end;
    if says(end - 1) && reading.word(end) == "of" {
        let holder = mentions.at(end + 1)?;
        return Some(phrase(mentions, at, end + 1, holder));
    }
    None
}

/// `the envoy was "grateful"`.
fn being(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: &Passage,
    at: usize,
) -> Option<Claim> {
    let subject = subject::before(reading, mentions, at, passage.from)?;
    let Subject::Before(number) = subject else {
        return None;
    };
    let mention = &mentions.list[number];
    if matches!(mention.sort, Sort::Thing | Sort::Quantity)
        || reading.word(mention.head) == "it"
        || claim_held::is_open(reading, passage.from, mention.tokens.first)
    {
        return None;
    }
    Some(Claim {
        cue: at,
        cue_end: at + 1,
        class: CueClass::View,
        frame: Frame::Object,
        subject,
        first: mention.tokens.first,
        end: at + 1,
        leaning: false,
    })
}

/// A speaker before a colon at the head of the passage (`KESH: We will sign.`).
pub(super) fn heading(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: &Passage,
) -> Option<Claim> {
    let first = (passage.from..passage.to).find(|&at| reading.shape(at).is_word())?;
    let number = mentions.at(first)?;
    let mention = &mentions.list[number];
    let limit = passage.to.min(first + SPEAKER);
    let colon = (first..limit).find(|&at| reading.mark(at) == b':')?;
    let beside = colon == mention.tokens.end
        || reading.mark(mention.tokens.end) == b'(' && reading.mark(colon - 1) == b')';
    let known = mention.sort != Sort::Name
        || reading.alias(first).is_some()
        // `KESH: We will sign`, but not the place before a report (`KESH: The first observers arrived`).
        || reading.shape(first) == Shape::Upper && first > 0
        || reading.quoted(colon + 1)
        || (colon + 1..passage.to).any(|at| reading.is(at, FIRST_PERSON));
    let speaks = known
        && passage.to > colon + 4
        && matches!(mention.sort, Sort::Person | Sort::Name | Sort::Role)
        && (mention.sort != Sort::Role
            || reading.shape(mention.head) != Shape::Lower
            || reading.quoted(colon + 1));
    if !(beside && speaks) || colon + 2 >= passage.to || reading.is(first, PREPOSITION) {
        return None;
    }
    Some(Claim {
        cue: colon,
        cue_end: colon + 1,
        class: CueClass::Speech,
        frame: if reading.quoted(colon + 1) {
            Frame::Quotation
        } else {
            Frame::Clause
        },
        subject: Subject::Before(number),
        first,
        end: colon + 1,
        leaning: false,
    })
}

/// `Kesh's position is that`: the owner holds it.
fn standpoint(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: &Passage,
    at: usize,
) -> Option<Claim> {
    let before = at.checked_sub(1).filter(|&before| before >= passage.from)?;
    let number = mentions.at(before)?;
    let mention = &mentions.list[number];
    let owner = mention.owner?;
    if !reading.is(before, STANDPOINT) || mention.tokens.end != at {
        return None;
    }
    let holder = (number + 1..mentions.list.len())
        .take_while(|&n| mentions.list[n].tokens.first < mention.tokens.end)
        .find(|&n| mentions.list[n].tokens.first == owner.first)?;
    Some(Claim {
        cue: before,
        cue_end: at + 1,
        class: CueClass::View,
        frame: Frame::Clause,
        subject: Subject::Before(holder),
        first: mention.tokens.first,
        end: at + 1,
        leaning: false,
    })
}
