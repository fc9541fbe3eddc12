//! An article's text as tokens, sentences and paragraphs, with the way back to the text as given.
//! Nothing in this room can fail, and nothing does I/O. It does not know what a statement is.
//!
//! Terms: a *token* is a word, a number or a mark; a *word id* stands for a token's lower-cased form in a
//! [`WordTable`] that lives across articles.

pub mod document;
pub mod glyph;
pub mod sentence;
pub mod token;
pub mod words;
mod wrapping;

pub use document::{Document, Paragraph, Sentence};

pub use token::{Shape, Token};
pub use words::{WordId, WordTable};

/// Lines of a data file beside the code: comments (`#`) and blank lines left out, ends trimmed.
pub fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}
