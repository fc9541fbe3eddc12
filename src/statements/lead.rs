//! Reads the auxiliaries and adverbs before a verb, and whether they make a form of it finite. It does not look for
//! subjects.

use super::cue::{Cue, CueClass};
use super::inflection::Form;
use super::mention::Mentions;
use super::reading::Reading;
use super::word_class::{
    ADVERB, AUXILIARY, BE, DO, FLOATING, HAVE, HYPOTHETICAL, LINKING, MODAL, NEGATION, POSSESSOR,
    PREPOSITION, QUICK, TO, TOLD,
};

/// What stands before a verb and makes it finite or not.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each tells of one word before the verb"
)]
pub(super) struct Lead {
    /// First token of verb and auxiliaries together.
    pub(super) first: usize,
    /// A form of `be`.
    pub(super) be: bool,
    /// A form of `have`.
    pub(super) have: bool,
    /// `had`: what was so before.
    pub(super) past_perfect: bool,
    /// `will`, `could`.
    pub(super) modal: bool,
    /// A form of `do`.
    pub(super) auxiliary_do: bool,
    /// `not` and the like.
    pub(super) negated: bool,
    /// `to`: an infinitive.
    pub(super) to: bool,
    /// `might`, `could`.
    pub(super) hypothetical: bool,
    /// `seemed to`: what the reporter makes of it.
    pub(super) seems: bool,
}

impl Lead {
    /// Reads what stands before the verb at `verb`, no further than token `from`.
    pub(super) fn read(
        reading: &Reading<'_>,
        mentions: &Mentions,
        verb: usize,
        from: usize,
    ) -> Self {
        let mut lead = Self {
            first: verb,
            ..Self::default()
        };
        // Whether a verb that leads to the infinitive was passed.
        let mut settled = false;
        while lead.first > from {
            let at = lead.first - 1;
            if let Some(verb) = lost_no_time(reading, at, from) {
                lead.be = true;
                lead.first = verb;
                continue;
            }
            if let Some(first) = set_adverbial(reading, at, from) {
                lead.first = first;
                continue;
            }
            if reading.quoted(at) || mentions.at(at).is_some() {
                break;
            }
            // `helped broker`, `helped to broker`: did it with others.
            let helped = at - usize::from(reading.is(at, TO) && at > from);
            if matches!(reading.word(helped), "helped" | "helps") {
                lead.modal = true;
                settled = true;
                lead.first = helped;
                continue;
            }
            // `stands accused`.
            if at + 1 == verb
                && matches!(reading.word(at), "stands" | "stood")
                && reading.written(verb).ends_with("ed")
            {
                lead.be = true;
                lead.first = at;
                continue;
            }
            if reading.is(at, TO) {
                let goes_on = at > from
                    && matches!(reading.word(at - 1), "continue" | "continues" | "continued");
                if goes_on {
                    lead.modal = true;
                    settled = true;
                    lead.first = at - 1;
                    continue;
                }
                // `was quick to dismiss`, `appeared to reject`, `took to the radio to welcome`: done all the same.
                let quick = at > from + 1 && reading.is(at - 1, QUICK) && reading.is(at - 2, BE);
                let seems = at > from
                    && reading.is(at - 1, LINKING)
                    && !matches!(reading.word(at - 1), "get" | "gets" | "got");
                let way = way_before(reading, at, from);
                if quick || seems || way.is_some() {
                    lead.modal = true;
                    settled = true;
                    lead.seems = seems;
                    lead.first = way.unwrap_or(at - 1 - usize::from(quick));
                    continue;
                }
                // `is said to be opposed`, `was reported to have accepted`: others tell of it.
                let told = at > from + 1 && reading.is(at - 2, BE) && reading.is(at - 1, TOLD);
                if told {
                    lead.modal |= !lead.be && !lead.have;
                    lead.first = at - 2;
                    continue;
                }
                // `has yet to reply`: it has not.
                if reading.word(at.wrapping_sub(1)) == "yet"
                    && at > from + 1
                    && reading.is(at - 2, HAVE | BE)
                {
                    lead.negated = true;
                    lead.auxiliary_do = true;
                    lead.first = at - 2;
                    break;
                }
                lead.to = true;
            } else if at > from && reading.is(at, FLOATING) && reading.is(at - 1, AUXILIARY | MODAL)
            {
                // `have both accepted it`.
            } else if reading.is(at, AUXILIARY | MODAL | NEGATION | ADVERB | LINKING)
                || reading.written(at).ends_with("ly")
                || matches!(reading.word(at), "more" | "less" | "much")
            {
                // `has helped to sign`: these go with the verb before.
                lead.be |= !settled && reading.is(at, BE | LINKING);
                lead.have |= !settled && reading.is(at, HAVE);
                lead.past_perfect |= reading.word(at) == "had";
                lead.modal |= reading.is(at, MODAL);
                lead.auxiliary_do |= reading.is(at, DO);
                lead.negated |= reading.is(at, NEGATION);
                lead.hypothetical |= reading.is(at, HYPOTHETICAL)
                    // `has once more rejected it`.
                    && !matches!(reading.word(at + 1), "more" | "again");
            } else {
                break;
            }
            lead.first = at;
        }
        lead
    }

    /// Whether `form` of `cue` is finite after these words.
    pub(super) fn makes_finite(self, cue: &Cue, form: Form) -> bool {
        if cue.class == CueClass::State {
            return self.be && !self.modal;
        }
        let acts = matches!(
            cue.class,
            CueClass::Act | CueClass::Judge | CueClass::View | CueClass::Urge
        );
        if self.be {
            return form.gerund;
        }
        if self.seems && !matches!(cue.class, CueClass::Act | CueClass::Judge) {
            return false;
        }
        if self.have {
            return form.participle;
        }
        if self.modal || self.auxiliary_do {
            return form.base && (acts || !self.negated && !self.hypothetical);
        }
        form.past || form.third || form.base
    }
}

/// The verb of `lost no time in`, which ends at `at`: what follows is done at once.
fn lost_no_time(reading: &Reading<'_>, at: usize, from: usize) -> Option<usize> {
    let verb = at.checked_sub(3).filter(|&verb| verb > from)?;
    let fits = reading.is(at, PREPOSITION)
        && reading.is(at - 2, NEGATION)
        && reading.word(at) == "in"
        && reading.word(at - 1) == "time"
        && reading.word(at - 2) == "no"
        && matches!(
            reading.word(verb),
            "lost" | "lose" | "loses" | "wasted" | "waste" | "wastes"
        );
    fits.then_some(verb)
}

/// First token of a set phrase that ends at `at` and parts a verb from its subject (`in the end`, `at last`, `for its part`).
fn set_adverbial(reading: &Reading<'_>, at: usize, from: usize) -> Option<usize> {
    let words = match reading.word(at) {
        "end" | "meantime" => &["in", "the", ""][..],
        "last" | "first" | "once" => &["at", ""],
        "principle" | "turn" | "effect" | "fact" | "public" | "private" | "response" => &["in", ""],
        "part" => &["for", "", ""],
        "now" => &["for", ""],
        _ => return None,
    };
    let first = (at + 1)
        .checked_sub(words.len())
        .filter(|&first| first > from)?;
    (first..at)
        .zip(words)
        .all(|(t, &word)| reading.word(t) == word || word.is_empty() && reading.is(t, POSSESSOR))
        .then_some(first)
}

/// Longest way by which somebody turns to others before `to` and a verb, in tokens.
const WAY: usize = 6;

/// The verb of `took to the radio to`, `went on to`, `went so far as to`, where `to` stands at `at`.
fn way_before(reading: &Reading<'_>, at: usize, from: usize) -> Option<usize> {
    let verb = (from..at).rev().take(WAY).find(|&t| {
        matches!(
            reading.word(t),
            "took" | "takes" | "taken" | "went" | "goes" | "gone" | "appeared" | "appears"
        )
    })?;
    let took = reading.word(verb).starts_with("ta") || reading.word(verb) == "took";
    let between = |words: &[&str]| {
        (verb + 1..at)
            .map(|t| reading.word(t))
            .eq(words.iter().copied())
    };
    // `went online to`, `went on state television to`.
    let broadcasts = between(&["online"])
        || reading.word(verb + 1) == "on"
            && matches!(
                reading.word(at - 1),
                "television" | "tv" | "radio" | "air" | "media"
            );
    let turns = took && reading.is(verb + 1, TO) && verb + 2 < at
        || broadcasts
        || between(&["on"])
        || between(&["so", "far", "as"])
        || between(&["as", "far", "as"]);
    turns.then_some(verb)
}
