//! An article as the rules see it: every token with its classes and the quotation it stands in. It holds what the
//! stages share and finds nothing by itself.

use super::alias::Alias;
use super::credit;
use super::cue::Cue;
use super::inflection::Form;
use super::lexis::Lexis;
use super::quotation::{self, Quotation};
use super::word_class::{ADVERB, ALIAS, CUE, Classes, FUNCTION, TIME, VERB};
use crate::text::{Document, Shape, Token, WordId, WordTable};

#[cfg(test)]
thread_local! {
    /// How often a token was looked at: the steps that tests count.
    pub(super) static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// A document with the classes of its tokens and its quotations.
#[derive(Debug)]
pub(super) struct Reading<'d> {
    /// The article.
    pub(super) document: &'d Document<'d>,
    /// What is known of words.
    pub(super) lexis: &'d Lexis,
    /// The words behind the numbers.
    pub(super) words: &'d WordTable,
    /// Classes of each token.
    pub(super) classes: Vec<Classes>,
    /// The quotations, in order; they do not overlap.
    pub(super) quotations: Vec<Quotation>,
    /// For each token, one more than the number of the quotation that holds it; 0 outside.
    quotation_of: Vec<u32>,
}

impl<'d> Reading<'d> {
    /// Looks up every token and finds the quotations.
    pub(super) fn new(document: &'d Document<'d>, lexis: &'d Lexis, words: &'d WordTable) -> Self {
        let mut classes: Vec<Classes> = document
            .tokens
            .iter()
            .map(|token| lexis.classes.of(token.word))
            .collect();
        credit::mark(document, &mut classes);
        let quotations = quotation::find(document);
        let mut quotation_of = vec![0; document.tokens.len()];
        for (number, quotation) in (1..).zip(&quotations) {
            quotation_of[quotation.first..quotation.end].fill(number);
        }
        Self {
            document,
            lexis,
            words,
            classes,
            quotations,
            quotation_of,
        }
    }

    /// Number of tokens.
    pub(super) fn len(&self) -> usize {
        self.classes.len()
    }

    /// Token `at`.
    pub(super) fn token(&self, at: usize) -> &Token {
        &self.document.tokens[at]
    }

    /// How token `at` is written; a mark past the end.
    pub(super) fn shape(&self, at: usize) -> Shape {
        self.document
            .tokens
            .get(at)
            .map_or(Shape::Mark, |token| token.shape)
    }

    /// Whether token `at` has any of `classes`; false past the end.
    pub(super) fn is(&self, at: usize, classes: Classes) -> bool {
        #[cfg(test)]
        STEPS.set(STEPS.get() + 1);
        self.classes.get(at).is_some_and(|own| own & classes != 0)
    }

    /// Token `at` as written; empty past the end.
    pub(super) fn written(&self, at: usize) -> &'d str {
        self.document
            .tokens
            .get(at)
            .map_or("", |token| token.of(self.document.text))
    }

    /// The lower-cased word of token `at`.
    pub(super) fn word(&self, at: usize) -> &'d str {
        self.document
            .tokens
            .get(at)
            .map_or("", |token| self.words.word(token.word))
    }

    /// The word by which token `at` is known inside a name: `Al-Holm` is the same as `Holm`.
    pub(super) fn bare(&self, at: usize) -> WordId {
        let whole = self.token(at).word;
        let without = article_off(self.words.word(whole));
        // A word that no text has held cannot stand elsewhere in this one.
        // `al-Houthi` is a name of its own beside the movement's.
        without
            .and_then(|bare| self.words.find(bare))
            .filter(|&bare| self.lexis.classes.of(bare) & ALIAS == 0)
            .unwrap_or(whole)
    }

    /// The first byte of token `at` if it is a mark, else 0.
    pub(super) fn mark(&self, at: usize) -> u8 {
        match self.document.tokens.get(at) {
            Some(token) if token.shape == Shape::Mark => {
                self.document.text.as_bytes()[token.start as usize]
            }
            _ => 0,
        }
    }

    /// Whether token `at` is a stop that ends its sentence, not the point of an abbreviation (`said Mr. Holm had`).
    pub(super) fn full_stop(&self, at: usize) -> bool {
        let document = self.document;
        self.mark(at) == b'.'
            && (at + 1 >= self.len() || document.sentence_of(at) != document.sentence_of(at + 1))
    }

    /// Whether token `at` is a word in small letters that is most likely a noun.
    pub(super) fn noun(&self, at: usize) -> bool {
        self.shape(at) == Shape::Lower && !self.is(at, FUNCTION | ADVERB | TIME | VERB | CUE)
    }

    /// Whether token `at` is a comma.
    pub(super) fn comma(&self, at: usize) -> bool {
        self.mark(at) == b','
    }

    /// Whether token `at` is a dash (not a hyphen inside a word).
    pub(super) fn dash(&self, at: usize) -> bool {
        matches!(self.mark(at), b'-') || matches!(self.written(at), "\u{2013}" | "\u{2014}")
    }

    /// The quotation that holds token `at`.
    pub(super) fn quotation_at(&self, at: usize) -> Option<usize> {
        let number = *self.quotation_of.get(at)?;
        (number > 0).then(|| number as usize - 1)
    }

    /// Whether token `at` stands inside quotation marks (or is one).
    pub(super) fn quoted(&self, at: usize) -> bool {
        self.quotation_of.get(at).is_some_and(|&number| number > 0)
    }

    /// The verbs that token `at` can be a form of.
    pub(super) fn cues(&self, at: usize) -> impl Iterator<Item = (&'d Cue, Form)> {
        let lexis = self.lexis;
        lexis.cues.of(self.token(at).word)
    }

    /// The known name that begins at token `at`, with its number of tokens.
    pub(super) fn alias(&self, at: usize) -> Option<(usize, &'d Alias)> {
        let lexis = self.lexis;
        lexis.aliases.at(self.document.tokens.get(at..)?)
    }
}

/// A name without the article that is written together with it.
pub(super) fn article_off(name: &str) -> Option<&str> {
    name.strip_prefix("al-").filter(|bare| bare.len() > 2)
}
