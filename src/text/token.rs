//! Cuts text into tokens: words, numbers and marks. Every token knows its bytes; what stands between tokens is white
//! space only. It does not find sentences.
//!
//! Joined into one word: letters and digits, inner apostrophes (`don't`), inner hyphens (`30-day`, `Al-Rimah`), dotted
//! acronyms (`U.N.`), inner points and commas of numbers (`1,500.5`), points between lower-case letters (`example.org`).
//! A possessive ending is a token of its own (`Norvania`, `'s`). Each mark is one token, except dots in a row.

use super::glyph;
use super::words::{WordId, WordTable};

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A word that begins with a small letter, or with a letter of a script without case.
    Lower,
    /// A word that begins with a capital.
    Capital,
    /// A word of two or more letters, all capitals (dots apart).
    Upper,
    /// Begins with a digit.
    Number,
    /// The ending `'s`.
    Possessive,
    /// A mark.
    Mark,
}

impl Shape {
    /// Whether it is a word or a number.
    pub const fn is_word(self) -> bool {
        !matches!(self, Self::Mark)
    }

    /// Whether it begins with a capital.
    pub const fn is_capital(self) -> bool {
        matches!(self, Self::Capital | Self::Upper)
    }
}

/// A word, number or mark in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Its lower-cased form.
    pub word: WordId,
    /// How it is written.
    pub shape: Shape,
    /// Which mark it is ([`glyph`]); [`glyph::NONE`] for words and numbers.
    pub glyph: u8,
    /// Whether a hyphen stands in it.
    pub hyphenated: bool,
}

impl Token {
    /// The token as written.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }
}

/// Appends the tokens of `text` to `tokens`. Text past 4 GiB is left out, since offsets are 32 bits wide.
pub fn tokenize(text: &str, words: &mut WordTable, tokens: &mut Vec<Token>) {
    let mut cursor = Cursor {
        text,
        at: 0,
        hyphenated: false,
    };
    while let Some(c) = cursor.peek() {
        let start = cursor.at;
        if c == ' ' || c.is_whitespace() || is_invisible(c) {
            cursor.step(c);
            continue;
        }
        if u32::try_from(text.len()).is_err() && u32::try_from(start + 64).is_err() {
            return;
        }
        if c.is_alphanumeric() {
            let possessive = cursor.word();
            let stem_end = possessive.unwrap_or(cursor.at);
            let shape = shape_of(&text[start..stem_end]);
            let look = (shape, glyph::NONE, cursor.hyphenated);
            push(text, start, stem_end, look, words, tokens);
            if let Some(from) = possessive {
                let ending = (Shape::Possessive, glyph::NONE, false);
                push(text, from, cursor.at, ending, words, tokens);
            }
        } else {
            cursor.step(c);
            let mut mark = glyph::of(c);
            if c == '.' {
                while cursor.peek() == Some('.') {
                    cursor.step('.');
                }
                mark = match cursor.at - start {
                    1 => mark,
                    3 => glyph::ELLIPSIS,
                    _ => glyph::DOTS,
                };
            }
            push(
                text,
                start,
                cursor.at,
                (Shape::Mark, mark, false),
                words,
                tokens,
            );
        }
    }
}

/// Marks that are written in a text but not seen: zero-width and directional ones, the byte-order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}')
}

fn push(
    text: &str,
    start: usize,
    end: usize,
    (shape, glyph, hyphenated): (Shape, u8, bool),
    words: &mut WordTable,
    tokens: &mut Vec<Token>,
) {
    let (Ok(from), Ok(to)) = (u32::try_from(start), u32::try_from(end)) else {
        return;
    };
    let written = &text[start..end];
    let word = match shape {
        Shape::Mark => words.intern_mark(glyph, written),
        // However its apostrophe and its letter are written.
        Shape::Possessive => words.intern("'s"),
        _ => words.intern(written),
    };
    tokens.push(Token {
        start: from,
        end: to,
        word,
        shape,
        glyph,
        hyphenated,
    });
}

fn shape_of(word: &str) -> Shape {
    match word.as_bytes() {
        [b'a'..=b'z', ..] => return Shape::Lower,
        [b'A'..=b'Z', b'a'..=b'z', ..] => return Shape::Capital,
        _ => {}
    }
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if first.is_numeric() => Shape::Number,
        Some(first) if first.is_uppercase() => {
            let letters = || word.chars().filter(|c| c.is_alphabetic());
            if letters().count() > 1 && letters().all(char::is_uppercase) {
                Shape::Upper
            } else {
                Shape::Capital
            }
        }
        _ => Shape::Lower,
    }
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
    /// Whether the last word holds a hyphen.
    hyphenated: bool,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.char_at(self.at)
    }

    fn char_at(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(&byte) if byte < 0x80 => Some(char::from(byte)),
            Some(_) => self.text[at..].chars().next(),
            None => None,
        }
    }

    fn step(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    /// Letters and digits of ASCII from here on.
    fn run(&self) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        rest.iter()
            .position(|byte| !byte.is_ascii_alphanumeric())
            .unwrap_or(rest.len())
    }

    /// Moves past the word that begins here; gives where its possessive ending begins, if it has one.
    fn word(&mut self) -> Option<usize> {
        let start = self.at;
        self.hyphenated = false;
        let mut before = ' ';
        // Whether the word so far is single letters parted by points, and how long its last part is.
        let (mut dotted, mut part) = (true, 0);
        while let Some(c) = self.peek() {
            if c.is_ascii_alphanumeric() {
                // Most words are one such run.
                let run = self.run();
                before = char::from(self.text.as_bytes()[self.at + run - 1]);
                dotted &= part == 0 && run == 1 && c.is_ascii_alphabetic();
                part += run;
                self.at += run;
                continue;
            }
            if c.is_alphanumeric() || is_combining(c) {
                before = c;
                part += 1;
                dotted &= part == 1 && c.is_alphabetic();
                self.step(c);
                continue;
            }
            let next_at = self.at + c.len_utf8();
            let next = self.char_at(next_at);
            let joins = match (c, next) {
                ('\'' | '\u{2019}' | '\u{2BC}', Some(next)) if next.is_alphabetic() => {
                    if matches!(next, 's' | 'S')
                        && !self
                            .char_at(next_at + 1)
                            .is_some_and(|c| c.is_alphanumeric() || c == '-')
                    {
                        let from = self.at;
                        self.at = next_at + 1;
                        return Some(from);
                    }
                    true
                }
                ('-' | '\u{2010}' | '\u{2011}', Some(next)) => next.is_alphanumeric(),
                ('.', Some(next)) if before.is_numeric() => next.is_numeric(),
                (',', Some(next)) => before.is_numeric() && next.is_numeric(),
                ('.', next) => {
                    self.dot_joins(dotted, self.at > start + before.len_utf8(), before, next)
                }
                _ => false,
            };
            if !joins {
                break;
            }
            dotted &= c == '.';
            self.hyphenated |= c == '-';
            part = 0;
            before = c;
            self.step(c);
        }
        None
    }

    /// Whether the point here belongs to the word: inside or at the end of a dotted acronym (`U.N.`), or between
    /// small letters (`example.org`). `dotted` and `several` tell that the word so far is letters parted by points, and
    /// that it has more than one.
    fn dot_joins(&self, dotted: bool, several: bool, before: char, next: Option<char>) -> bool {
        if dotted {
            let continues = next.is_some_and(char::is_alphabetic)
                && !self
                    .char_at(self.at + 1 + next.map_or(0, char::len_utf8))
                    .is_some_and(char::is_alphanumeric);
            return several || continues;
        }
        before.is_lowercase() && next.is_some_and(|next| next.is_ascii_lowercase())
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{200D}')
}

#[cfg(test)]
mod tests {
    use super::Shape::{Capital, Lower, Mark, Number, Upper};
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        tokenize(text, &mut WordTable::new(), &mut tokens);
        tokens.iter().map(|token| token.of(text)).collect()
    }

    #[test]
    fn possessive_endings_stand_apart() {
        assert_eq!(
            cut("Norvania\u{2019}s 30-day truce"),
            ["Norvania", "\u{2019}s", "30-day", "truce"]
        );
        assert_eq!(cut("don't o'Shea's"), ["don't", "o'Shea", "'s"]);
    }

    #[test]
    fn acronyms_keep_their_points_and_sentences_do_not() {
        assert_eq!(cut("the U.N. said. It"), ["the", "U.N.", "said", ".", "It"]);
        assert_eq!(cut("the U.S.-led plan"), ["the", "U.S.-led", "plan"]);
        assert_eq!(cut("talks.The end"), ["talks", ".", "The", "end"]);
        assert_eq!(cut("John F. Dale"), ["John", "F", ".", "Dale"]);
    }

    #[test]
    fn numbers_keep_inner_marks() {
        assert_eq!(cut("1,500.5 dead, 3."), ["1,500.5", "dead", ",", "3", "."]);
    }

    #[test]
    fn a_word_knows_of_its_hyphen() {
        let mut tokens = Vec::new();
        let text = "al-Holm's 30-day - truce";
        tokenize(text, &mut WordTable::new(), &mut tokens);
        let hyphenated: Vec<_> = tokens.iter().map(|token| token.hyphenated).collect();
        assert_eq!(hyphenated, [true, false, true, false, false]);
    }

    #[test]
    fn quotation_marks_are_tokens() {
        assert_eq!(
            cut("\u{201C}Yes,\u{201D} he"),
            ["\u{201C}", "Yes", ",", "\u{201D}", "he"]
        );
        assert_eq!(cut("'no' ..."), ["'", "no", "'", "..."]);
    }

    #[test]
    fn shapes_tell_how_a_word_is_written() {
        let text = "Kesh UN u.n. U.N. 3rd A \u{2014}";
        let mut tokens = Vec::new();
        tokenize(text, &mut WordTable::new(), &mut tokens);
        let shapes: Vec<_> = tokens.iter().map(|token| token.shape).collect();
        assert_eq!(
            shapes,
            [Capital, Upper, Lower, Upper, Number, Capital, Mark]
        );
    }
}
