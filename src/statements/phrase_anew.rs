//! Tells where another phrase begins without a comma: a name behind a place, a time or what was said where (`In a statement Dana
//! Holm said`). It does not read phrases.

use super::alias::AliasSort;
use super::phrase_word::Stretch;
use super::word_class::{
    AUXILIARY, CUE, DEMONYM, DETERMINER, HOLDER, LANDMARK, MODAL, OFFICE_MODIFIER, OPENER, PAPER,
    PEOPLE, PERSON, PLACE_PREPOSITION, POSSESSOR, PREPOSITION, TIME, TITLE, VERB,
};
use crate::text::Shape;

/// Longest name whose verb is looked for, in tokens.
const REACH: usize = 4;
/// Most words of what tells when or how.
const WORDS: usize = 6;

impl Stretch<'_, '_> {
    /// Whether another phrase begins at `at` without a comma: a titled name after a place (`In Kesh President Dana Holm`),
    /// anything after a time (`At the weekend farmers`).
    pub(super) fn opens_anew(&self, core: usize, at: usize) -> bool {
        let reading = self.reading;
        if self.after_occasion(core, at) {
            return true;
        }
        if at != core + 1 || core == self.first {
            return false;
        }
        let after_place = core == self.first + 1
            && reading.is(self.first, PLACE_PREPOSITION)
            && reading.shape(core).is_capital()
            && !reading.is(core, DEMONYM | OFFICE_MODIFIER | TITLE)
            && reading.is(at, TITLE)
            && reading.shape(at).is_capital()
            && reading.shape(at + 1).is_capital();
        // `At the talks in Kesh Holm said`.
        let after_city = reading.is(core - 1, PLACE_PREPOSITION)
            && reading.alias(core).is_some_and(|(n, alias)| {
                n == 1 && matches!(alias.sort, AliasSort::State | AliasSort::Capital)
            })
            && reading.shape(at) == Shape::Capital
            && reading.alias(at).is_none()
            && !reading.is(at, TIME | LANDMARK | HOLDER | TITLE | OFFICE_MODIFIER)
            && reading.shape(at + 1) == Shape::Lower
            && reading.is(at + 1, CUE | VERB | AUXILIARY | MODAL);
        // `An earlier statement` is a statement.
        let after_time = reading.is(core, TIME)
            && !matches!(reading.word(core), "earlier" | "later")
            && reading.shape(core) == Shape::Lower
            && reading.is(core - 1, DETERMINER)
            && match reading.shape(at) {
                // `the night porter`: one person has no place here without a word before.
                Shape::Lower => !reading.is(at, PERSON) || reading.is(at, PEOPLE),
                // `At the weekend Dana Holm`.
                Shape::Capital => !reading.is(at, TIME) && reading.shape(at + 1).is_capital(),
                _ => false,
            };
        after_place || after_city || after_time
    }

    /// Whether a name with a verb of its own begins at `at` behind a phrase that tells when or how (`In a statement Dana Holm
    /// said`).
    fn after_occasion(&self, core: usize, at: usize) -> bool {
        let reading = self.reading;
        let begins = at > core
            && at - core <= WORDS
            && reading.shape(at).is_capital()
            && (reading.is(at - 1, PAPER)
                || !reading.is(
                    at - 1,
                    HOLDER | LANDMARK | TITLE | DETERMINER | POSSESSOR | OPENER,
                ))
            && !(core..at).any(|t| reading.shape(t) != Shape::Lower);
        if !begins {
            return false;
        }
        let before = (self.first..core)
            .rev()
            .find(|&t| !reading.is(t, DETERMINER | POSSESSOR));
        let governed = before.is_some_and(|t| {
            let whose = matches!(reading.word(t), "of" | "from" | "by" | "with");
            t + 1 < core && reading.is(t, PREPOSITION) && !whose
        });
        let verb = (at..self.end.min(at + REACH + 1)).find(|&t| !reading.shape(t).is_capital());
        governed
            && verb.is_some_and(|t| {
                reading.shape(t) == Shape::Lower
                    && reading.is(t, CUE | VERB | AUXILIARY | MODAL)
                    && !reading.is(t, HOLDER)
            })
    }
}
