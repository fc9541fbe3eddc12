//! Acts that only a phrase turns on the proposal (`burned a flag in defiance of the truce`, `met him in an effort to save it`),
//! sides taken with a form of `be` (`was in favour`), and what a proposal gets from others (`drew praise from Kesh`). It does
//! not look at cue verbs.

use super::claim::Claim;
use super::cue::CueClass;
use super::frame::Frame;
use super::mention::{Mentions, Sort};
use super::passage::Passage;
use super::reading::Reading;
use super::subject::{self, Subject};
use super::word_class::{CUE, GETTING, NEAR_TARGET, PREPOSITION, REACTION, TARGET, VERB};
use crate::text::Shape;

/// How far the proposal stands behind a phrase that turns an act on it, in tokens.
const TURNED: usize = 6;
/// How far before a verb of getting the proposal stands that gets something, in tokens.
const MATTER: usize = 12;

/// `burned a flag in defiance of the truce`: an act of any kind that the phrase turns on the proposal.
pub(super) fn turning(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: &Passage,
    at: usize,
) -> Option<Claim> {
    // `in open defiance of`.
    let noun = at + 1 + usize::from(reading.is(at + 3, PREPOSITION));
    let turns = matches!(
        (reading.word(noun), reading.word(noun + 1)),
        (
            "defiance" | "support" | "favour" | "favor" | "defence" | "defense",
            "of"
        ) | ("protest", "against" | "at" | "over")
            | (
                "answer"
                    | "response"
                    | "opposition"
                    | "effort"
                    | "attempt"
                    | "bid"
                    | "efforts"
                    | "attempts",
                "to"
            )
            | ("line", "with")
    );
    let topical = (noun + 2..passage.to.min(noun + 2 + TURNED))
        .take_while(|&t| !matches!(reading.mark(t), b',' | b'.' | b';'))
        .any(|t| reading.is(t, TARGET | NEAR_TARGET));
    if !turns || !topical || at < passage.from + 3 || reading.comma(at - 1) {
        return None;
    }
    let number = subject::main(reading, mentions, passage.from, at)?;
    let mention = &mentions.list[number];
    let verb = (mention.tokens.end..at).find(|&t| {
        reading.shape(t) == Shape::Lower
            && mentions.at(t).is_none()
            && (reading.is(t, VERB | CUE) || reading.written(t).ends_with("ed"))
    })?;
    let clear = subject::plain_gap(reading, mention.tokens.end, verb);
    let holder = !matches!(mention.sort, Sort::Pronoun | Sort::Quantity)
        || mention.sort == Sort::Pronoun && reading.word(mention.head) != "it";
    (clear && holder).then_some(Claim {
        cue: at,
        cue_end: noun + 2,
        class: CueClass::Act,
        frame: Frame::Object,
        subject: Subject::Main(number),
        first: mention.tokens.first,
        end: noun + 2,
        leaning: false,
    })
}

/// Most words between the verb of getting and the noun (`drew a furious response`).
const GOT: usize = 3;

/// `The plan drew praise from Kesh`: whoever praises it is the actor.
pub(super) fn reaction(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: &Passage,
    at: usize,
) -> Option<Claim> {
    let gives = matches!(reading.word(at + 1), "from" | "of" | "by" | "among");
    if !reading.is(at, REACTION) || !gives {
        return None;
    }
    let number = mentions.at(at + 2)?;
    let mention = &mentions.list[number];
    let holds = !matches!(mention.sort, Sort::Thing | Sort::Quantity | Sort::Pronoun);
    let from = passage.from.max(at.saturating_sub(GOT + 1));
    let verb = (from..at).rev().find(|&t| reading.is(t, GETTING))?;
    let before = verb.saturating_sub(MATTER).max(passage.from);
    let matter = (before..verb)
        .rev()
        .take_while(|&t| !matches!(reading.mark(t), b',' | b';' | b':'))
        .find(|&t| reading.is(t, TARGET | NEAR_TARGET))?;
    let first = mentions
        .at(matter)
        .map_or(matter, |thing| mentions.list[thing].tokens.first);
    holds.then_some(Claim {
        cue: at,
        cue_end: at + 1,
        class: CueClass::Judge,
        frame: Frame::Object,
        subject: Subject::After(number),
        first,
        end: mention.tokens.end,
        leaning: false,
    })
}

/// `was in favour of the truce`, `is firmly against the truce`.
pub(super) fn siding(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: &Passage,
    at: usize,
) -> Option<Claim> {
    let side = (at + 1..passage.to.min(at + 3)).find(|&t| !reading.written(t).ends_with("ly"))?;
    let favours =
        reading.word(side) == "in" && matches!(reading.word(side + 1), "favour" | "favor");
    let against = reading.word(side) == "against"
        && (side + 1..passage.to.min(side + 1 + TURNED))
            .take_while(|&t| reading.shape(t).is_word())
            .any(|t| reading.is(t, TARGET));
    if !favours && !against {
        return None;
    }
    let end = side + 1 + usize::from(favours);
    let number = subject::before(reading, mentions, at, passage.from)?.mention()?;
    (mentions.list[number].sort != Sort::Thing).then_some(Claim {
        cue: at,
        cue_end: end,
        class: CueClass::Judge,
        frame: Frame::Object,
        subject: Subject::Before(number),
        first: mentions.list[number].tokens.first,
        end,
        leaning: false,
    })
}
