//! A text cut into tokens, sentences and paragraphs: what every later room reads. It keeps the text as given, so that
//! every span points into it.

use super::sentence;
use super::token::{Token, tokenize};
use super::words::WordTable;
use crate::span::Span;

/// A text with its tokens, sentences and paragraphs.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    /// The text as given.
    pub text: &'t str,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    /// Its sentences, in order; together they hold every token once.
    pub sentences: Vec<Sentence>,
    /// Its paragraphs, in order; together they hold every sentence once.
    pub paragraphs: Vec<Paragraph>,
}

/// Tokens `first..end` of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First token.
    pub first: usize,
    /// One past the last token; greater than `first`.
    pub end: usize,
    /// The paragraph that it stands in.
    pub paragraph: usize,
}

/// Sentences `first..end` of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// First sentence.
    pub first: usize,
    /// One past the last sentence; greater than `first`.
    pub end: usize,
}

impl<'t> Document<'t> {
    /// Reads `text`. Takes time linear in its length.
    pub fn read(text: &'t str, words: &mut WordTable) -> Self {
        let mut tokens = Vec::with_capacity(text.len() / 5);
        tokenize(text, words, &mut tokens);
        let mut document = Self {
            text,
            tokens,
            sentences: Vec::new(),
            paragraphs: Vec::new(),
        };
        sentence::split(&mut document, words);
        document
    }

    /// The bytes of tokens `first..end`; empty where there are none.
    pub fn span(&self, first: usize, end: usize) -> Span {
        match (
            self.tokens.get(first),
            end.checked_sub(1).and_then(|last| self.tokens.get(last)),
        ) {
            (Some(from), Some(to)) if first < end => {
                Span::new(from.start as usize, to.end as usize)
            }
            _ => Span::default(),
        }
    }

    /// The bytes of a sentence.
    pub fn sentence_span(&self, sentence: usize) -> Span {
        self.sentences
            .get(sentence)
            .map_or_else(Span::default, |s| self.span(s.first, s.end))
    }

    /// Number of the first token that ends after byte `at`.
    pub fn token_at(&self, at: usize) -> usize {
        self.tokens
            .partition_point(|token| token.end as usize <= at)
    }

    /// Number of the sentence that holds token `token`.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences
            .partition_point(|sentence| sentence.end <= token)
    }

    /// Whether white space stands before token `token`, or the text begins there.
    pub fn space_before(&self, token: usize) -> bool {
        token == 0
            || self
                .tokens
                .get(token)
                .is_none_or(|this| self.tokens[token - 1].end < this.start)
    }
}
