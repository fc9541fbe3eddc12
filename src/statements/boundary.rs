//! Tells where the words of a claim begin: after a clause of the reporter's own, a conjunction or mark that parts clauses, or a
//! charge that is denied. It does not group claims.

use super::claim::Claim;
use super::claim_group::Cutter;
use super::cue::CueClass;
use super::frame::Frame;
use super::mention::Sort;
use super::subject::Subject;
use super::word_class::{AND, BUT, CHARGE, CONTRAST, IDEA, RELATIVE, THAT};

impl Cutter<'_, '_> {
    /// A conjunction or mark that parts clauses right before `first`: where the clause before ends and this one begins.
    pub(super) fn separator(&self, first: usize) -> Option<(usize, usize)> {
        let reading = self.reading;
        let from = self.passage.from;
        let at = first.checked_sub(1).filter(|&at| at > from)?;
        if matches!(reading.mark(at), b';') || reading.dash(at) {
            return Some((at, first));
        }
        // `said that, although Kesh had accepted it, shells still fell`: what was said goes on behind.
        if reading.is(at, CONTRAST)
            && reading.comma(at - 1)
            && at > from + 1
            && reading.is(at - 2, THAT)
        {
            return None;
        }
        if reading.is(at, CONTRAST | BUT) {
            let cut = if reading.comma(at - 1) { at - 1 } else { at };
            return Some((cut, first));
        }
        if reading.is(at, AND) && reading.comma(at - 1) {
            return Some((at - 1, first));
        }
        None
    }

    /// The clause in which somebody speaks, where it tells the reporter when or why something was so (`Hopes rose after Kesh
    /// said it would come`; `A truce broke and Kesh said that`).
    fn told_beside(&self, claim: &Claim) -> bool {
        let reading = self.reading;
        let at = claim.first - 1;
        let content = matches!(
            claim.frame,
            Frame::Clause | Frame::Infinitive | Frame::Object
        );
        let says = matches!(
            claim.class,
            CueClass::Speech | CueClass::View | CueClass::Urge
        );
        let told = matches!(
            reading.word(at),
            "after" | "when" | "because" | "since" | "while" | "as" | "before"
        ) || reading.is(at, AND);
        content && says && told && matches!(claim.subject, Subject::Before(_))
    }

    /// Where the charge begins that a claim denies, or the idea that it judges (`backs the rebels, an accusation Kesh denies`;
    /// `a longer truce, an idea that Kesh has put forward`), after its comma.
    pub(super) fn charge(&self, claim: &Claim) -> Option<usize> {
        let reading = self.reading;
        let mut at = claim.first.checked_sub(1)?;
        at -= usize::from(reading.is(at, RELATIVE | THAT) && at > self.passage.from);
        let passive = matches!(claim.subject, Subject::After(_))
            && reading.comma(at)
            && self.mentions.at(claim.first).is_some_and(|number| {
                let noun = &self.mentions.list[number];
                reading.is(noun.head, CHARGE) || self.is_idea(noun.tokens.first, noun.head)
            });
        if passive {
            return (at > self.passage.from).then_some(claim.first);
        }
        let start = self
            .mentions
            .at(at)
            .map_or(at, |number| self.mentions.list[number].tokens.first);
        let noun =
            claim.frame == Frame::Object && (reading.is(at, CHARGE) || self.is_idea(start, at));
        let parted = |before: usize| reading.comma(before) || reading.dash(before);
        (noun && start > self.passage.from && parted(start - 1)).then_some(start)
    }

    /// Whether a phrase sums up what stands before it as something that can be judged (`an idea`, `a notion`).
    fn is_idea(&self, first: usize, head: usize) -> bool {
        matches!(self.reading.word(first), "a" | "an") && self.reading.is(head, IDEA)
    }

    /// Where a claim begins a piece of its own after `before`; `None` where it is part of what was said.
    pub(super) fn boundary(&self, before: &Claim, claim: &Claim) -> Option<(usize, usize)> {
        let reading = self.reading;
        if let Some(found) = self.separator(claim.first) {
            return Some(found);
        }
        if let Some(start) = self.charge(claim) {
            return Some((start - 1, start));
        }
        let acts = matches!(before.class, CueClass::Act | CueClass::Judge)
            && matches!(before.frame, Frame::Object | Frame::Infinitive);
        let at = claim.first.checked_sub(1)?;
        if claim.leaning && reading.word(at) == "with" {
            let cut = if reading.comma(at - 1) { at - 1 } else { at };
            return Some((cut, claim.first));
        }
        if claim.leaning && reading.comma(at) {
            return Some((at, claim.first));
        }
        if reading.is(at, AND) && (acts || claim.class == CueClass::Speech) {
            return Some((at, claim.first));
        }
        let passive = matches!(claim.class, CueClass::Act | CueClass::Judge)
            && matches!(claim.subject, Subject::After(_))
            && reading.is(at, RELATIVE);
        // `said it would end its truce with the front, which denied that there was one`.
        let aside = claim.class == CueClass::Speech
            && claim.frame != Frame::Parenthesis
            && reading.is(at, RELATIVE)
            && at > self.passage.from
            && reading.comma(at - 1)
            && claim
                .subject
                .mention()
                .is_some_and(|number| self.mentions.list[number].sort != Sort::Pronoun)
            // `accused the front, which denies it, of shelling`: what was said goes on behind.
            && !(claim.end..self.passage.to).any(|t| reading.comma(t) && !reading.quoted(t));
        if !(acts || passive || aside) {
            return None;
        }
        let start = if reading.is(at, RELATIVE) {
            at
        } else {
            claim.first
        };
        let cut = if start > self.passage.from && reading.comma(start - 1) {
            start - 1
        } else {
            start
        };
        (start > before.end).then_some((cut, start))
    }

    /// `first`, if a clause of its own stands before it in the passage.
    fn after_clause(&self, first: usize) -> Option<usize> {
        let from = self.passage.from;
        let (cut, start) = self.separator(first)?;
        (cut > from + 2 && self.has_verb(from, cut)).then_some(start)
    }

    /// Where the first piece begins: after a clause of the reporter's own.
    pub(super) fn opening(&self, claim: &Claim) -> usize {
        let from = self.passage.from;
        // The subject of a verb that leans on a clause, or comes second, stands before that clause's own verb.
        if let Subject::Main(number) = claim.subject
            && let Some(start) = self.after_clause(self.mentions.list[number].tokens.first)
        {
            return start;
        }
        if self.encloses(claim) || claim.frame == Frame::Quotation || claim.first < from + 4 {
            return from;
        }
        if self.reading.is(claim.first - 1, RELATIVE) {
            // `a plan, drawn up in spring, which Norvania rejected`: the clause alone takes a position.
            match (claim.class, claim.subject) {
                (CueClass::View, _) => return claim.first,
                (CueClass::Act | CueClass::Judge, Subject::Before(_))
                    if self.reading.word(claim.first - 1) != "whose" =>
                {
                    return claim.first - 1;
                }
                _ => {}
            }
        }
        if let Some(start) = self.charge(claim) {
            return start;
        }
        if self.told_beside(claim) && self.has_verb(from, claim.first - 1) {
            return claim.first;
        }
        self.after_clause(claim.first).unwrap_or(from)
    }
}
