//! Finds the noun phrases of a sentence that can mean a holder of views: names with their titles, roles, groups,
//! pronouns. One pass, by word classes and capitals; other noun phrases come along as things. It does not join
//! appositions and does not know whom a phrase means.

use super::alias::AliasSort;
use super::mention::{Mention, Range, Sort};
use super::phrase_body::Body;
use super::phrase_word::Stretch;
use super::proper_name;
use super::reading::Reading;
use super::word_class::{
    ADVERB, AND, AUXILIARY, BODY, CREDIT, CUE, DEFINITE, DEMONYM, DETERMINER, FLOATING, GENERIC,
    HE, HOLDER, HYPOTHETICAL, MODAL, MONTH, OF, OFFICE, OPENER, PEOPLE, POSSESSOR, QUANTITY,
    QUOTING, SHE, STANDALONE, SUBJECT, TARGET, THAT, THEY, TO, VERB,
};
use crate::text::Shape;

/// Appends the mentions of tokens `first..end` outside quotations to `mentions`.
pub(super) fn find(reading: &Reading<'_>, first: usize, end: usize, mentions: &mut Vec<Mention>) {
    let chunker = Stretch {
        reading,
        first,
        end,
    };
    let mut at = first;
    while at < end {
        at = chunker.step(at, mentions);
    }
}

impl Stretch<'_, '_> {
    /// Reads what begins at `at`; gives where to go on.
    fn step(&self, at: usize, mentions: &mut Vec<Mention>) -> usize {
        let reading = self.reading;
        // `Kesh and Norvania, the smaller of them, each accused the other`.
        let floats = reading.is(at, FLOATING)
            && (mentions.last().is_some_and(|last| last.tokens.end == at)
                // `have both accepted it`.
                || at > self.first
                    && reading.is(at - 1, AUXILIARY | MODAL)
                    && reading.is(at + 1, CUE)
                || at > self.first
                    && reading.comma(at - 1)
                    && reading.is(at + 1, CUE)
                    && (reading.written(at + 1).ends_with("ed")
                        || reading.written(at + 1).ends_with("ing")))
            // `has once more rejected it`.
            || at > self.first
                && reading.is(at - 1, HYPOTHETICAL)
                && reading.word(at) == "more"
                && reading.word(at - 1) == "once";
        if floats {
            return at + 1;
        }
        if reading.quoted(at) || !reading.shape(at).is_word() || reading.is(at, CREDIT) {
            return at + 1;
        }
        // `the daily quoted her as saying`.
        let quoted = at > self.first
            && reading.is(at - 1, QUOTING)
            && reading.is(at, HE | SHE | THEY)
            && reading.word(at + 1) == "as";
        if quoted {
            mentions.push(self.pronoun(at));
            return at + 1;
        }
        if reading.is(at, SUBJECT) && !(reading.is(at, POSSESSOR) && self.opens(at + 1)) {
            mentions.push(self.pronoun(at));
            return at + 1;
        }
        let after = |at: usize| mentions.last().is_some_and(|last| last.tokens.end == at);
        // `Mediators also state that`.
        let verb = at > self.first
            && reading.is(at, CUE)
            && reading.is(at - 1, ADVERB)
            && after(at - 1)
            && self.acts_as_verb(at);
        let adjoins = reading.shape(at) == Shape::Lower
            && !reading.is(at, DETERMINER | POSSESSOR | QUANTITY)
            && (after(at)
                || verb
                || reading.written(at).ends_with("ed") && !reading.is(at, HOLDER));
        // `to topple President Dana Holm`, `to disarm the rebels`: a verb that no list has.
        let infinitive = at > self.first
            && reading.is(at - 1, TO)
            && reading.shape(at) == Shape::Lower
            && !reading.is(
                at,
                HOLDER | OPENER | DETERMINER | POSSESSOR | QUANTITY | ADVERB,
            )
            && !reading.written(at).ends_with("ing")
            && !reading.written(at).ends_with("ern")
            && !reading.written(at).contains('-')
            // `according to influential Bishop Dana Holm`.
            && !(at > self.first + 1 && governs_to(reading.word(at - 2)))
            && (self.capital(at + 1) || reading.is(at + 1, DETERMINER | POSSESSOR));
        if adjoins || infinitive {
            // A participle or adjective after its noun (`an official involved in it`).
            return at + 1;
        }
        if reading.is(at, THAT)
            && (reading.is(at + 1, DETERMINER | POSSESSOR | QUANTITY | SUBJECT)
                || at > self.first && reading.is(at - 1, CUE))
        {
            return at + 1;
        }
        // `Kesh on October 10 rejected it`: a day counts nothing.
        let month = at.saturating_sub(1 + usize::from(reading.mark(at.wrapping_sub(1)) == b'.'));
        let day = at > self.first && reading.shape(at) == Shape::Number && reading.is(month, MONTH);
        if !day && (reading.is(at, DETERMINER | POSSESSOR | QUANTITY) || self.opens(at)) {
            let before = mentions.len();
            if let Some(mention) = self.phrase(at) {
                let end = mention.tokens.end;
                mentions.push(mention);
                mentions.extend(self.owner(&mention));
                self.extend(before, mentions);
                if let Some(end) = self.portfolio(&mentions[before]) {
                    mentions[before].tokens.end = end;
                }
                return mentions[before].tokens.end.max(end);
            }
        }
        at + 1
    }

    /// The owner of a mention as a mention of its own (`Dana Holm's envoy`, `his envoy`).
    fn owner(&self, mention: &Mention) -> Option<Mention> {
        let owner = mention.owner?;
        let mut inner = if self.reading.is(owner.first, POSSESSOR) {
            self.pronoun(owner.first)
        } else if self.reading.shape(owner.end) == Shape::Possessive
            || matches!(self.reading.written(owner.end), "'" | "\u{2019}" | "(")
        {
            // `the Valley Front (VF) leader`: with its acronym.
            let bracket = 3 * usize::from(self.reading.mark(owner.end) == b'(');
            let stretch = Stretch {
                reading: self.reading,
                first: owner.first,
                end: owner.end + bracket,
            };
            stretch.phrase(owner.first)?
        } else {
            return None;
        };
        inner.inside = true;
        inner.definite |= mention.definite && owner.first > mention.tokens.first;
        Some(inner)
    }

    fn pronoun(&self, at: usize) -> Mention {
        Mention {
            tokens: Range::new(at, at + 1),
            core: Range::new(at, at + 1),
            head: at,
            sort: Sort::Pronoun,
            name: None,
            role: None,
            acronym: None,
            owner: None,
            classes: self.reading.classes[at],
            plural: self.reading.is(at, THEY),
            definite: true,
            inside: false,
        }
    }

    /// Reads the phrase that begins at `start`.
    pub(super) fn phrase(&self, start: usize) -> Option<Mention> {
        let reading = self.reading;
        let mut at = start;
        let (mut determined, mut definite) = (false, false);
        let (mut counted, mut single, mut other) = (false, false, false);
        let mut owner = None;
        while at < self.end && !reading.quoted(at) {
            // `a number of states`.
            let number = at + 3 < self.end
                && reading.is(at + 2, OF)
                && reading.word(at + 1) == "number"
                && reading.word(at) == "a";
            // `current and former officials`.
            let both = reading.is(at + 1, AND)
                && matches!(reading.word(at), "current" | "serving" | "active")
                && matches!(reading.word(at + 2), "former" | "retired");
            if number && self.after_of(at + 3) {
                counted = true;
                at += 2;
            } else if both {
                at += 1;
            } else if reading.is(at, DETERMINER) && !reading.is(at, QUANTITY) {
                determined = true;
                definite |= reading.is(at, DEFINITE);
            } else if reading.is(at, POSSESSOR) {
                determined = true;
                definite = true;
                owner = Some(Range::new(at, at + 1));
            } else if reading.is(at, QUANTITY)
                // `40 men`, but `a 45-year-old teacher`.
                || reading.shape(at) == Shape::Number && !reading.token(at).hyphenated
            {
                counted |= !matches!(
                    reading.word(at),
                    "one" | "another" | "each" | "every" | "other"
                );
                other |= reading.word(at) == "other";
                single |= !counted && !other;
                let of = reading.is(at + 1, OF) || reading.word(at + 1) == "among";
                if of && at + 2 < self.end && reading.is(at + 2, THEY) && !counted {
                    return Some(self.some_of_them(start, at));
                }
                if of && self.after_of(at + 2) {
                    at += 1;
                }
            } else {
                break;
            }
            at += 1;
        }
        let core = at;
        let body = self.body(core, determined || counted || single || other, owner);
        if body.end == core {
            return (counted || single)
                .then(|| self.quantity(start, core))
                .flatten();
        }
        let mut mention = self.build(start, core, &body, definite, counted);
        mention.plural &= !single || counted;
        Some(mention)
    }

    /// `one of them`.
    fn some_of_them(&self, start: usize, head: usize) -> Mention {
        Mention {
            sort: Sort::Quantity,
            definite: false,
            plural: false,
            classes: self.reading.classes[head],
            tokens: Range::new(start, head + 3),
            core: Range::new(start, head + 3),
            ..self.pronoun(head)
        }
    }

    pub(super) fn after_of(&self, at: usize) -> bool {
        self.reading.is(at, DETERMINER | POSSESSOR | QUANTITY) || self.opens(at)
    }

    fn quantity(&self, start: usize, end: usize) -> Option<Mention> {
        let head = end.checked_sub(1)?;
        if !self.reading.is(head, STANDALONE) {
            return None;
        }
        let tokens = Range::new(start, end);
        Some(Mention {
            tokens,
            core: tokens,
            head,
            sort: Sort::Quantity,
            name: None,
            role: None,
            acronym: None,
            owner: None,
            classes: self.reading.classes[head],
            plural: !matches!(self.reading.word(head), "one" | "another" | "neither"),
            definite: false,
            inside: false,
        })
    }

    fn build(
        &self,
        start: usize,
        core: usize,
        body: &Body,
        definite: bool,
        counted: bool,
    ) -> Mention {
        let reading = self.reading;
        let name_last = body.run.filter(|run| {
            run.end == body.end
                || body.acronym.is_some()
                || body.holder.is_none() && core == start
                || self.names_group(*run, body)
        });
        let mut mention = Mention {
            tokens: Range::new(start, body.end),
            core: Range::new(start, body.end),
            head: body.end - 1,
            sort: Sort::Thing,
            name: None,
            role: None,
            acronym: body.acronym,
            owner: body.owner,
            classes: reading.classes[body.end - 1],
            plural: counted,
            definite: definite || body.owner.is_some(),
            inside: false,
        };
        if let Some(run) = name_last {
            proper_name::part(reading, run, body.holder, body.core, &mut mention);
            let end = if body.acronym.is_some() || self.names_group(run, body) {
                body.end
            } else {
                run.end
            };
            mention.tokens.end = end;
            mention.core.end = end;
            // `the Valley Front (VF) rebels`, `FARC rebels`: who they are.
            let sorted = body.acronym.is_some() || self.names_group(run, body);
            let members = Some(body.end - 1).filter(|&at| {
                sorted
                    && at >= run.end
                    && reading.is(at, PEOPLE)
                    && reading.shape(at) == Shape::Lower
            });
            if let Some(members) = members.filter(|_| mention.role.is_none()) {
                mention.role = Some(Range::new(members, members + 1));
            }
        } else if let Some(holder) = body.holder {
            mention.sort = Sort::Role;
            mention.head = holder;
            mention.classes = reading.classes[holder];
            mention.tokens.end = holder + 1;
            mention.core.end = holder + 1;
            if mention.owner.is_none() {
                mention.owner = body.run.or_else(|| self.demonym(core, holder));
            }
        }
        if mention.sort == Sort::Role && reading.is(mention.head, PEOPLE) {
            mention.plural = true;
        }
        if self.is_modifier(&mention) {
            // `the army deal`, `the government proposal`.
            mention.sort = Sort::Thing;
            mention.head += 1;
            mention.classes = reading.classes[mention.head];
            mention.tokens.end += 1;
            mention.core.end += 1;
        }
        mention
    }

    /// Whether a movement's name is followed by what it is (`FARC rebels`, `the M23 rebel group`).
    fn names_group(&self, run: Range, body: &Body) -> bool {
        let reading = self.reading;
        let movement = reading.alias(run.first).is_some_and(|(n, alias)| {
            alias.sort == AliasSort::Movement && n == run.end - run.first
        });
        let named = movement
            || run.end - run.first > 1
                && reading.is(run.end - 1, BODY)
                && !reading.is(run.end - 1, OFFICE);
        named
            && body.owner.is_none()
            && body.end > run.end
            && body.end <= run.end + 2
            && body.holder == Some(body.end - 1)
            && reading.is(body.end - 1, GENERIC)
    }

    /// Whether a role is only the first part of a noun for a proposal; one alone cannot be the subject of a form without `-s`.
    fn is_modifier(&self, mention: &Mention) -> bool {
        let reading = self.reading;
        let next = mention.tokens.end;
        mention.sort == Sort::Role
            && !mention.plural
            && mention.head + 1 == next
            && next < self.end
            && reading.shape(mention.head) == Shape::Lower
            && reading.shape(next) == Shape::Lower
            && reading.is(next, TARGET)
            && !reading.is(next, VERB)
            && !reading.quoted(next)
            && !reading.written(next).ends_with('s')
    }

    fn demonym(&self, first: usize, end: usize) -> Option<Range> {
        (first..end)
            .find(|&at| self.reading.is(at, DEMONYM) && self.reading.shape(at).is_capital())
            .map(|at| Range::new(at, at + 1))
    }
}

/// Whether a word takes `to` and a noun (`close to powerful General Dana Holm`).
fn governs_to(word: &str) -> bool {
    matches!(
        word,
        "according"
            | "close"
            | "loyal"
            | "opposed"
            | "adviser"
            | "aide"
            | "spoke"
            | "speaking"
            | "thanks"
            | "allied"
            | "linked"
    )
}
