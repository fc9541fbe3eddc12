//! A statement as the feature function sees it: tokens with names masked, what stands in quotation marks, and the words
//! before. Training and prediction make the same view. It does not make features.

use super::matter::Matter;
use super::sense::{COMMON, NEVER_A_NAME, ODD, PARTICLE, Sense, Senses};
use crate::label::Kind;
use crate::span::Span;
use crate::text::glyph::{self, Marks};
use crate::text::{Document, Shape, Token, WordId, WordTable};

/// Tokens of context that are looked at.
const MOST_CONTEXT: usize = 60;

/// What the feature function is given of one statement.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The text that holds the statement.
    pub document: &'a Document<'a>,
    /// Tokens `first..end` of the document are the statement.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// Tokens from here to `first` are the words before it, weak context; `first` where there are none.
    pub context: usize,
    /// How it is given, if known.
    pub kind: Option<Kind>,
    /// Names of the actor and its side, as words: they only tell own side from others and are masked like all names.
    pub own: &'a str,
    /// The names of the article that holds it; `None` for a statement that stands alone.
    pub matter: Option<&'a Matter>,
}

impl<'a> Request<'a> {
    /// The request for a statement that stands in `document` at `span`, with the sentence before it as context.
    pub fn within(document: &'a Document<'a>, span: Span, own: &'a str) -> Self {
        let first = document.token_at(span.start);
        let end = document
            .tokens
            .partition_point(|token| (token.start as usize) < span.end)
            .max(first);
        let sentence = document.sentence_of(first);
        let context = match document.sentences.get(sentence) {
            Some(here) if here.first < first => here.first,
            _ => sentence
                .checked_sub(1)
                .map_or(first, |before| document.sentences[before].first),
        };
        // A sentence can be as long as an article: context is weak, and its last words are enough.
        let context = context.max(first.saturating_sub(MOST_CONTEXT));
        Self {
            document,
            first,
            end,
            context,
            kind: None,
            own,
            matter: None,
        }
    }

    /// The request for a statement of an article whose names are `matter`.
    pub fn in_article(
        document: &'a Document<'a>,
        span: Span,
        kind: Kind,
        own: &'a str,
        matter: &'a Matter,
    ) -> Self {
        Self {
            kind: Some(kind),
            matter: Some(matter),
            ..Self::within(document, span, own)
        }
    }
}

/// A statement that stands alone, outside any article.
#[derive(Clone, Copy, Debug)]
pub struct Alone<'a> {
    /// Its words.
    pub text: &'a str,
    /// The words before it; empty where there are none.
    pub context: &'a str,
    /// How it is given, if known.
    pub kind: Option<Kind>,
    /// Names of the actor and its side.
    pub own: &'a str,
}

impl<'a> Alone<'a> {
    /// One text for both: the words before as a paragraph of their own, then the statement.
    pub fn whole(&self) -> String {
        if self.context.is_empty() {
            self.text.to_owned()
        } else {
            format!("{}\n\n{}", self.context, self.text)
        }
    }

    /// The request for the statement at the end of a document of [`Alone::whole`].
    pub fn within<'d>(&self, document: &'d Document<'d>) -> Request<'d>
    where
        'a: 'd,
    {
        let first = document.token_at(document.text.len() - self.text.len());
        Request {
            document,
            first,
            end: document.tokens.len(),
            context: first.saturating_sub(MOST_CONTEXT),
            kind: self.kind,
            own: self.own,
            matter: None,
        }
    }
}

/// What stands in the place of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    /// A word of the language.
    Word,
    /// A name of the actor or its side.
    Own,
    /// Another name.
    Name,
    /// A number.
    Number,
    /// A possessive ending.
    Possessive,
    /// A mark.
    Mark,
}

/// The names of a statement's actor and its side, as word numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Own(Vec<WordId>);

impl Own {
    /// Reads the words of `names`; words that no text has held can be left out.
    pub(super) fn fill(&mut self, names: &str, words: &WordTable) {
        self.0.clear();
        let parts = names.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '.')));
        for name in parts.filter(|name| !name.is_empty()) {
            // Both foldings: letters beyond ASCII may stand in a name as the text has them.
            self.0.extend(words.find_ascii(name));
            if !name.is_ascii() {
                self.0.extend(words.find(&name.to_lowercase()));
            }
        }
    }

    /// Whether `word` is one of the words of the names, letter case apart.
    pub(super) fn has(&self, word: WordId) -> bool {
        self.0.contains(&word)
    }
}

/// What stands in the place of a statement's tokens.
#[derive(Clone, Debug, Default)]
pub(super) struct View {
    pub(super) symbols: Vec<Symbol>,
}

/// Marks behind which a capital proves nothing.
const OPENING: Marks = Marks::of(&[
    b'.',
    b'!',
    b'?',
    glyph::ELLIPSIS,
    b':',
    b'"',
    glyph::OPENING,
    glyph::OPENING_SINGLE,
    b'\'',
    glyph::OPENING_GUILLEMET,
    b'-',
    glyph::EM_DASH,
    glyph::EN_DASH,
    b'(',
]);

impl View {
    /// Fills the view for `request`, reusing its memory.
    pub(super) fn fill(&mut self, request: &Request<'_>, own: &Own, senses: &Senses) {
        self.symbols.clear();
        let text = request.document.text;
        let tokens = &request.document.tokens[request.first..request.end];
        let mut starts = true;
        for (at, token) in tokens.iter().enumerate() {
            let next = tokens.get(at + 1);
            let symbol = match token.shape {
                Shape::Mark => Symbol::Mark,
                Shape::Possessive => Symbol::Possessive,
                Shape::Number => Symbol::Number,
                Shape::Lower if !is_hidden_name(token, senses.of(token.word), text, next) => {
                    Symbol::Word
                }
                Shape::Lower if own.has(token.word) => Symbol::Own,
                Shape::Lower => Symbol::Name,
                Shape::Capital | Shape::Upper => {
                    capital(token, senses.of(token.word), starts, next, own)
                }
            };
            self.symbols.push(symbol);
            starts = symbol == Symbol::Mark && (starts || OPENING.has(token.glyph));
        }
    }
}

fn capital(token: &Token, sense: &Sense, starts: bool, next: Option<&Token>, own: &Own) -> Symbol {
    if sense.is(NEVER_A_NAME) {
        return Symbol::Word;
    }
    if own.has(token.word) {
        return Symbol::Own;
    }
    // At the start of a sentence every word has a capital: a name if the next word looks like one too, or if it is no
    // word of the list of common openers.
    let proves_nothing = starts
        && token.shape == Shape::Capital
        && !next.is_some_and(|next| next.shape.is_capital() || next.shape == Shape::Possessive);
    if proves_nothing && sense.is(COMMON) {
        Symbol::Word
    } else {
        Symbol::Name
    }
}

pub(super) const OPENERS: &str = include_str!("en/openers.txt");

/// Whether a word is a common one that is no name of anyone (`en/openers.txt`).
pub(super) fn is_common(word: &str) -> bool {
    // Sorted file: a binary search over its lines would need an index; the word list is turned into one on first use.
    static INDEX: std::sync::LazyLock<Vec<&'static str>> = std::sync::LazyLock::new(|| {
        let mut lines: Vec<_> = crate::text::entries(OPENERS).collect();
        lines.sort_unstable();
        lines
    });
    INDEX.binary_search(&word).is_ok()
}

/// Words that keep their meaning when written with a capital: `I` and titles are no names of anyone.
pub(super) fn never_a_name(word: &str) -> bool {
    matches!(
        word,
        "i" | "i'm" | "i've" | "i'd" | "i'll" | "mr" | "mrs" | "ms"
    )
}

/// Small words inside names: with a name behind them they are part of it.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "van"
            | "von"
            | "der"
            | "den"
            | "de"
            | "del"
            | "della"
            | "da"
            | "dos"
            | "du"
            | "la"
            | "le"
            | "al"
            | "el"
            | "bin"
            | "ibn"
            | "ben"
            | "abu"
            | "ter"
            | "ten"
            | "zu"
            | "y"
    )
}

/// Whether a word in small letters, or in a script without case, belongs to a name: it has a part in capitals
/// (`al-Sharaa`), it is a particle before a name, or it holds no Latin letter.
fn is_hidden_name(token: &Token, sense: &Sense, text: &str, next: Option<&Token>) -> bool {
    if sense.is(PARTICLE) && next.is_some_and(|next| next.shape.is_capital()) {
        return true;
    }
    sense.is(ODD) && {
        let written = token.of(text);
        let capital_part = written
            .split('-')
            .skip(1)
            .any(|part| part.chars().next().is_some_and(char::is_uppercase));
        capital_part || !has_latin(written)
    }
}

/// Whether a word holds a Latin letter.
pub(super) fn has_latin(word: &str) -> bool {
    word.chars()
        .any(|c| c.is_ascii_alphabetic() || ('\u{C0}'..='\u{24F}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_names_are_known_in_any_letter_case() {
        let mut words = WordTable::new();
        let ids = ["al-holm", "norvania", "\u{F6}rlund", "kesh"].map(|word| words.intern(word));
        let mut own = Own::default();
        own.fill("Dana Al-Holm;Norvania;\u{D6}rlund's", &words);
        assert_eq!(ids.map(|id| own.has(id)), [true, true, false, false]);
        own.fill("\u{D6}RLUND", &words);
        assert!(own.has(ids[2]));
    }
}
