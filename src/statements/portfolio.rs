//! What an office is for, where the holder's name follows (`the minister for trade and industry, Dana Holm,`; `the mayor and
//! special envoy, Dana Holm`): the words between role and comma. It does not join role and name (`apposition`).

use super::mention::{Mention, Sort};
use super::phrase_word::Stretch;
use super::word_class::{
    ALIAS, AND, AUXILIARY, CONNECTOR, CUE, DETERMINER, HOLDER, OF, PERSON, POSSESSOR, SUBJECT, THAT,
};
use crate::text::Shape;

/// Most tokens of what an office is for.
const REACH: usize = 12;
/// Most tokens of a name.
const NAME: usize = 6;

impl Stretch<'_, '_> {
    /// Where the words end that say what the office of `mention` is for; at a comma with its holder's name behind.
    pub(super) fn portfolio(&self, mention: &Mention) -> Option<usize> {
        let reading = self.reading;
        let at = mention.tokens.end;
        if mention.sort != Sort::Role || mention.plural || !reading.is(mention.head, PERSON) {
            return None;
        }
        // `the mayor and special envoy`, but `the mayor and the envoy`: two persons.
        let second = reading.is(at, AND) && !reading.is(at + 1, DETERMINER | POSSESSOR);
        let first = match (reading.word(at), reading.word(at + 1)) {
            ("of" | "for" | "on", _) => at + 1,
            ("in", "charge") if reading.is(at + 2, OF) => at + 3,
            ("responsible", "for") => at + 2,
            _ if second => at + 1,
            _ => return None,
        };
        let last = (first..self.end.min(first + REACH)).find(|&t| !self.is_matter(t, first))?;
        let asked = mention.tokens.first > self.first && reading.is(mention.tokens.first - 1, CUE);
        let named =
            last > first && reading.comma(last) && self.holder_named(last + 1, asked, !second);
        named.then_some(last)
    }

    /// Whether the token at `at` can be part of what an office is for.
    fn is_matter(&self, at: usize, first: usize) -> bool {
        let reading = self.reading;
        if reading.quoted(at) || reading.is(at, SUBJECT | THAT) {
            return false;
        }
        // `for trade`, `of the talks`: a noun that looks like a verb.
        let noun = reading.shape(at) == Shape::Lower
            && !reading.is(at, AUXILIARY)
            && (at == first || reading.is(at - 1, AND | DETERMINER));
        let word = noun || self.plain(at) || self.capital(at);
        let small = reading.is(at, AND | OF) || matches!(reading.word(at), "the" | "for");
        // `for trade, industry and labour`.
        let listed = reading.comma(at)
            && at > first
            && reading.shape(at + 1) == Shape::Lower
            && self.plain(at + 1)
            && (reading.is(at + 2, AND) || reading.comma(at + 2));
        word || small || listed
    }

    /// Whether a person's name stands at `at` alone between commas, or before a verb where nothing else can be the speaker.
    fn holder_named(&self, at: usize, asked: bool, before_verb: bool) -> bool {
        let reading = self.reading;
        let end = (at..self.end.min(at + NAME))
            .find(|&t| !self.capital(t) && !reading.is(t, CONNECTOR))
            .unwrap_or(self.end.min(at + NAME));
        let full = end >= at + 2 && !reading.is(at, ALIAS | HOLDER);
        let closed = end >= self.end
            || reading.comma(end)
            || reading.quoted(end)
            || matches!(reading.mark(end), b'.' | b';' | b':' | b'?' | b'!');
        full && (closed || asked || before_verb && reading.is(end, CUE | AUXILIARY))
    }
}
