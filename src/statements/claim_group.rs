//! Groups the claims of a passage by holder: what one subject says and does together, and where the words of the next begin.
//! It does not decide the span or the kind of a group.

use super::claim::Claim;
use super::cue::CueClass;
use super::frame::Frame;
use super::mention::{Mentions, Sort};
use super::passage::Passage;
use super::reading::Reading;
use super::subject::Subject;
use super::word_class::{
    ADVERB, AND, AUXILIARY, CUE, MODAL, MONTH, PREPOSITION, RELATIVE, SUBJECT, TIME, VERB, WEEKDAY,
};
use crate::text::Shape;

/// Claims of one subject.
#[derive(Debug)]
pub(super) struct Group {
    /// First token.
    pub(super) start: usize,
    /// Where the piece before ends.
    pub(super) cut: usize,
    /// Its claims, by number.
    pub(super) claims: Vec<usize>,
}

/// A passage that is cut into groups of claims.
#[derive(Debug)]
pub(super) struct Cutter<'r, 'd> {
    /// The article.
    pub(super) reading: &'r Reading<'d>,
    /// Its mentions.
    pub(super) mentions: &'r Mentions,
    /// The passage.
    pub(super) passage: &'r Passage,
}

/// Longest phrase that opens a sentence, in tokens.
const OPENING: usize = 40;
/// Longest label before a colon, in tokens.
pub(super) const LABEL: usize = 7;

impl Cutter<'_, '_> {
    pub(super) fn groups(&self, claims: &[Claim]) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for (number, claim) in claims.iter().enumerate() {
            let alone = groups.len() == 1;
            let Some(last) = groups.last_mut() else {
                if claim.subject == Subject::Shared && claim.leaning {
                    continue;
                }
                let start = self.opening(claim).max(self.after_label(claim));
                groups.push(Group {
                    start,
                    cut: self.passage.from,
                    claims: vec![number],
                });
                continue;
            };
            let Some(&before) = last.claims.last() else {
                continue;
            };
            let before = &claims[before];
            let mention = claim.subject.mention();
            if mention.is_none()
                || mention == before.subject.mention()
                || self.goes_on(claim, before)
            {
                // `"...," a delegate, who wished not to be named, said`: the quotation is his too.
                if claim.frame == Frame::Quotation && claim.class == CueClass::Speech && alone {
                    last.start = last.start.min(self.after_label(claim));
                }
                // `The minister, who wants a truce, said`: his words begin with him.
                if claim.first < last.start
                    && matches!(before.subject, Subject::Antecedent(_))
                    && alone
                {
                    last.start = self
                        .opening(claim)
                        .max(self.after_label(claim))
                        .min(claim.first);
                }
                last.claims.push(number);
                continue;
            }
            if self.relays(before)
                && last.claims.len() == 1
                && before.class == CueClass::Speech
                && claim.class != CueClass::View
            {
                last.claims = vec![number];
                continue;
            }
            if self.gives_detail(claim, before) {
                continue;
            }
            if last.claims.len() == 1 && self.describes_opening(claim, before) {
                last.start = self.opening(claim).max(self.after_label(claim));
                last.claims = vec![number];
                continue;
            }
            if last.claims.len() == 1 && self.holds_within(claim, before) {
                last.start = self.opening(claim).max(self.after_label(claim));
                last.claims = vec![number];
                continue;
            }
            // `According to Dana Holm, the army would respond`: she has opened the sentence.
            let opened =
                before.first == self.passage.from && self.reading.word(before.cue) == "according";
            if self.encloses(claim) && !opened {
                let held = last.claims.iter().map(|&number| &claims[number]);
                let first = held
                    .rev()
                    .find(|claim| claim.subject != Subject::Shared)
                    .unwrap_or(before);
                // `"...", said the envoy, Unipress reported`: a medium of no list.
                let medium = first.class == CueClass::Speech
                    && matches!(self.reading.word(claim.cue), "reported" | "reports")
                    && mention.is_some_and(|number| self.mentions.list[number].sort == Sort::Name);
                if !(medium || self.relays(claim) || self.hands_on(claim, first)) {
                    last.claims = vec![number];
                    // `Kesh, which refuses to sign, must accept it, said Dana Holm`.
                    if matches!(first.subject, Subject::Antecedent(_)) && alone {
                        last.start = last.start.min(self.after_label(claim));
                    }
                }
                continue;
            }
            if let Some((cut, start)) = self.boundary(before, claim) {
                groups.push(Group {
                    start,
                    cut,
                    claims: vec![number],
                });
            }
        }
        // What opens a sentence belongs to its first group.
        for number in 1..groups.len() {
            let end = groups[number].cut.max(groups[number - 1].start + 1);
            groups[number].start = groups[number].start.max(end);
        }
        groups
    }

    /// Whether `before` stands in a clause that describes the subject of `claim` (`The Front, which Kesh calls a gang, said`).
    fn holds_within(&self, claim: &Claim, before: &Claim) -> bool {
        let outer = match claim.subject {
            Subject::Before(number) => self.mentions.list[number].tokens,
            _ => return false,
        };
        let clause = before.first.checked_sub(2);
        claim.class == CueClass::Speech
            && clause.is_some_and(|at| {
                at >= outer.end && self.reading.comma(at) && self.reading.is(at + 1, RELATIVE)
            })
    }

    /// Whether `before` only describes somebody in the phrase that opens the sentence (`Under pressure from donors who spoke of
    /// an embargo, Kesh signed`).
    fn describes_opening(&self, claim: &Claim, before: &Claim) -> bool {
        let reading = self.reading;
        let from = self.passage.from;
        let governed = match before.subject {
            Subject::Antecedent(number) => {
                let first = self.mentions.list[number].tokens.first;
                first > from
                    && first - from <= OPENING
                    && reading.is(first - 1, PREPOSITION)
                    && !(from..first).any(|at| reading.comma(at))
            }
            _ => false,
        };
        let main = matches!(claim.subject, Subject::Before(_) | Subject::Main(_));
        governed
            && main
            && reading.is(from, PREPOSITION)
            && claim.first > from
            && reading.comma(claim.first - 1)
    }

    /// Whether the words of a claim stand before it, so that they hold the claims before.
    pub(super) fn encloses(&self, claim: &Claim) -> bool {
        let reading = self.reading;
        let before = claim
            .first
            .checked_sub(1)
            .filter(|&at| at >= self.passage.from);
        let comma = before.is_some_and(|at| reading.comma(at) || self.fragment_ends(at));
        // `blamed the rebels, a charge denied by the front`: the words before are another's.
        if matches!(claim.subject, Subject::After(_)) && self.charge(claim).is_some() {
            return false;
        }
        claim.frame == Frame::Parenthesis && comma
            || matches!(claim.subject, Subject::After(_))
                && claim.class == CueClass::Speech
                && comma
            || comma
                && claim.class == CueClass::Speech
                && claim.frame != Frame::Object
                && self.closes(claim.end)
    }

    /// Whether `according to` at the end bears on a clause of place or description alone, not on what a holder before it says or
    /// does (`Kesh called for a truce in Torka, where shells fell, according to the UN`).
    fn gives_detail(&self, claim: &Claim, before: &Claim) -> bool {
        let reading = self.reading;
        let named = before.subject.mention().is_some_and(|number| {
            matches!(
                self.mentions.list[number].sort,
                Sort::Name | Sort::Person | Sort::Role
            )
        });
        let explicit = !matches!(before.class, CueClass::Speech | CueClass::State);
        reading.word(claim.cue) == "according"
            && named
            && explicit
            && claim.first > before.end
            && (before.end..claim.first).any(|at| {
                reading.comma(at)
                    && (reading.is(at + 1, RELATIVE) || reading.word(at + 1) == "where")
            })
    }

    /// Whether a quoted part of a clause ends at `at`, with the comma before the closing mark as American printers set it
    /// (`was "no more than a pause," she said`).
    pub(super) fn fragment_ends(&self, at: usize) -> bool {
        let reading = self.reading;
        let Some(quotation) = reading.quotation_at(at).map(|n| reading.quotations[n]) else {
            return false;
        };
        let before = quotation.first.checked_sub(1);
        quotation.end == at + 1
            && reading.comma(at - 1)
            && before.is_some_and(|at| at >= self.passage.from && reading.shape(at).is_word())
            && (quotation.first..quotation.end)
                .find(|&t| reading.shape(t).is_word())
                .is_some_and(|first| reading.shape(first) == Shape::Lower)
    }

    /// Whether only a hearer, a place and a time stand between `at` and the end of the passage, the time as a clause or not.
    fn closes(&self, mut at: usize) -> bool {
        let reading = self.reading;
        while at < self.passage.to {
            let when = matches!(reading.word(at), "when" | "after" | "before" | "while");
            if when || matches!(reading.mark(at), b'.' | b';' | b'?' | b'!') {
                return true;
            }
            if let Some(number) = self.mentions.at(at) {
                at = self.mentions.list[number].tokens.end.max(at + 1);
            } else if reading.is(at, PREPOSITION | TIME | ADVERB)
                || reading.shape(at) == Shape::Number
                // `said this afternoon`.
                || matches!(reading.word(at), "this" | "last") && reading.is(at + 1, TIME)
            {
                at += 1;
            } else {
                return false;
            }
        }
        true
    }

    /// Whether a pronoun carries on what its holder said in the same sentence (`said it was late but he hoped`).
    fn goes_on(&self, claim: &Claim, before: &Claim) -> bool {
        let pronoun = matches!(claim.subject, Subject::Before(number)
            if self.mentions.list[number].sort == Sort::Pronoun);
        // `rejected the plan, which he called a trap`.
        let relative = claim.first > self.passage.from
            && (self.reading.is(claim.first - 1, RELATIVE)
                || self.reading.word(claim.first - 1) == "what")
            && matches!(before.subject, Subject::Before(_));
        let speech = before.class == CueClass::Speech
            && matches!(before.frame, Frame::Clause | Frame::Infinitive);
        // `said he and his allies spoke`.
        let with_pronoun = claim.subject.mention().is_some_and(|number| {
            let first = self.mentions.list[number].tokens.first;
            first > self.passage.from + 1
                && self.reading.is(first - 1, AND)
                && self.reading.is(first - 2, SUBJECT)
        });
        (pronoun || with_pronoun && speech)
            && !claim.leaning
            && (speech || relative)
            && !self.encloses(claim)
    }

    /// Past a label at the head of the passage (`Kesh conflict: The army said`).
    fn after_label(&self, claim: &Claim) -> usize {
        let reading = self.reading;
        let from = self.passage.from;
        let colon = (from..claim.first.min(from + LABEL))
            .take_while(|&at| !reading.quoted(at))
            .find(|&at| reading.mark(at) == b':');
        match colon {
            Some(colon)
                if (reading.shape(colon + 1).is_capital()
                    || reading.quoted(colon + 1) && self.dated(colon))
                    && reading.document.space_before(colon + 1)
                    && !(from..colon)
                        .any(|at| reading.is(at, AUXILIARY | MODAL) || reading.comma(at)) =>
            {
                colon + 1
            }
            _ => from,
        }
    }

    /// Whether a date alone stands before the colon (`May 4: "We wait"`).
    fn dated(&self, colon: usize) -> bool {
        (self.passage.from..colon).all(|at| {
            self.reading.is(at, MONTH | WEEKDAY) || self.reading.shape(at) == Shape::Number
        })
    }

    pub(super) fn has_verb(&self, first: usize, end: usize) -> bool {
        (first..end).any(|at| {
            self.reading.is(at, VERB | AUXILIARY | MODAL | CUE)
                || self.reading.written(at).ends_with("ed")
        })
    }
}

pub(super) fn claims_of(claims: &[Claim], group: &Group) -> Vec<Claim> {
    group.claims.iter().map(|&at| claims[at]).collect()
}
