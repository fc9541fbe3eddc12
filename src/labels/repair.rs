//! Finds where a span of a label tool stands in the text. Tools count in code points, in UTF-16 units or in bytes, with
//! line breaks of one or two characters; where no count gives the words that the tool shows, they are searched nearby.
//! It does not read files.

use crate::error::{Fault, Result};
use crate::span::Span;

/// What a tool counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    /// Unicode code points: Python, and every file of this project.
    CodePoints,
    /// UTF-16 code units: Java and JavaScript.
    Utf16,
    /// UTF-8 bytes.
    Bytes,
}

/// How a tool counts a line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Breaks {
    /// As the text has it.
    AsGiven,
    /// Every break as one.
    One,
    /// Every break as two.
    Two,
}

/// What had to be done to find a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// The offsets count something else than the tool says.
    Counted(Units),
    /// Line breaks were counted as the text does not have them.
    LineBreaks,
    /// The words were found elsewhere: so many code points further on (negative: before).
    Moved(isize),
}

impl std::fmt::Display for Repair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Counted(Units::CodePoints) => f.write_str("counted in code points"),
            Self::Counted(Units::Utf16) => f.write_str("counted in UTF-16"),
            Self::Counted(Units::Bytes) => f.write_str("counted in bytes"),
            Self::LineBreaks => f.write_str("line breaks counted otherwise"),
            Self::Moved(by) => write!(f, "words found {by:+} code points away"),
        }
    }
}

/// Code points on both sides of the given start in which words are searched.
const NEARBY: usize = 1000;

/// The span of `start..end`, counted in `units`, and what had to be repaired. `words` are those that the tool shows; where
/// it shows none, the count is believed. White space may differ between `words` and the text.
///
/// # Errors
/// Offsets outside the text, and words that stand nowhere near.
pub fn place(
    text: &str,
    offsets: Option<(usize, usize)>,
    words: Option<&str>,
    units: Units,
) -> Result<(Span, Option<Repair>)> {
    let words = words.filter(|words| !words.trim().is_empty());
    let Some((start, end)) = offsets else {
        return anywhere(text, words).map(|span| (span, None));
    };
    let counted = |units, breaks| {
        Some(Span::new(
            byte(text, start, units, breaks)?,
            byte(text, end, units, breaks)?,
        ))
    };
    let Some(words) = words else {
        let span = counted(units, Breaks::AsGiven).filter(|span| span.start < span.end);
        return span.map(|span| (span, None)).ok_or_else(|| {
            Fault::new(format!("offsets {start}..{end}"))
                .expected("offsets inside the text, the end behind the start")
        });
    };
    let fits = |span: &Span| span.start < span.end && same(span.of(text), words);
    let counted = |units, breaks| {
        let span = counted(units, breaks).filter(fits)?;
        // White space at an end that the words do not show is none of the span.
        Some(if span.of(text) == words {
            span
        } else {
            span.trim(text)
        })
    };
    if let Some(span) = counted(units, Breaks::AsGiven) {
        return Ok((span, None));
    }
    for other in [Units::CodePoints, Units::Utf16, Units::Bytes] {
        if let Some(span) = counted(other, Breaks::AsGiven) {
            return Ok((span, Some(Repair::Counted(other))));
        }
    }
    for other in [Units::CodePoints, Units::Utf16] {
        for breaks in [Breaks::One, Breaks::Two] {
            if let Some(span) = counted(other, breaks) {
                return Ok((span, Some(Repair::LineBreaks)));
            }
        }
    }
    nearby(text, start, words)
}

/// The byte at which `count` units are counted; `None` outside the text or inside a character.
fn byte(text: &str, count: usize, units: Units, breaks: Breaks) -> Option<usize> {
    let mut counted = 0;
    let mut last = '\0';
    for (at, c) in text.char_indices() {
        if counted >= count {
            return (counted == count).then_some(at);
        }
        let size = match units {
            Units::CodePoints => 1,
            Units::Utf16 => c.len_utf16(),
            Units::Bytes => c.len_utf8(),
        };
        counted += match (breaks, c) {
            (Breaks::One, '\n') if last == '\r' => 0,
            (Breaks::Two, '\n') if last != '\r' => 2,
            _ => size,
        };
        last = c;
    }
    (counted == count).then_some(text.len())
}

/// Whether two stretches are the same but for white space. Some tools write a line break as the two characters `\n`.
fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
        || (other.contains("\\n")
            && one
                .split_whitespace()
                .eq(other.replace("\\n", "\n").split_whitespace()))
}

/// The occurrence of `words` whose start is nearest to code point `start`.
fn nearby(text: &str, start: usize, words: &str) -> Result<(Span, Option<Repair>)> {
    let unescaped = words.replace("\\n", "\n");
    let first = start.saturating_sub(NEARBY);
    let places = text
        .char_indices()
        .enumerate()
        .skip(first)
        .take(start - first + NEARBY);
    let found = places.filter_map(|(count, (at, _))| {
        let end = end_of(&text[at..], words).or_else(|| end_of(&text[at..], &unescaped))?;
        Some((count, Span::new(at, at + end)))
    });
    found
        .min_by_key(|(count, _)| (count.abs_diff(start), *count))
        .map(|(count, span)| {
            (
                span,
                Some(Repair::Moved(count.cast_signed() - start.cast_signed())),
            )
        })
        .ok_or_else(|| {
            Fault::new(format!("{:?} does not stand at {start}", shortened(words)))
                .expected("the words of the span in the text, at its offsets or nearby")
                .remedy("mark it again")
        })
}

/// The only occurrence of words without offsets.
fn anywhere(text: &str, words: Option<&str>) -> Result<Span> {
    let words = words.ok_or_else(|| {
        Fault::new("a span without offsets and words").expected("\"start\" and \"end\"")
    })?;
    let mut found = text
        .char_indices()
        .filter_map(|(at, _)| end_of(&text[at..], words).map(|end| Span::new(at, at + end)));
    match (found.next(), found.next()) {
        (Some(span), None) => Ok(span),
        (first, _) => Err(Fault::new(format!(
            "{:?} stands in the text {}",
            shortened(words),
            if first.is_some() {
                "more than once"
            } else {
                "nowhere"
            }
        ))
        .expected("words with offsets, or words that stand once")),
    }
}

/// Where `words` end if `text` begins with them, white space apart.
fn end_of(text: &str, words: &str) -> Option<usize> {
    let words = words.trim();
    if words.is_empty() || text.chars().next() != words.chars().next() {
        return None;
    }
    let mut rest = text;
    for (number, word) in words.split_whitespace().enumerate() {
        if number > 0 {
            let bare = rest.trim_start();
            if bare.len() == rest.len() {
                return None;
            }
            rest = bare;
        }
        rest = rest.strip_prefix(word)?;
    }
    Some(text.len() - rest.len())
}

fn shortened(words: &str) -> String {
    if words.chars().count() <= 40 {
        words.to_owned()
    } else {
        words.chars().take(39).chain(['\u{2026}']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, offsets: (usize, usize), words: &str) -> (String, Option<Repair>) {
        let (span, repair) = place(text, Some(offsets), Some(words), Units::CodePoints).unwrap();
        (span.of(text).to_owned(), repair)
    }

    #[test]
    fn a_picture_before_the_words_moves_utf16_offsets_and_not_code_points() {
        // The dove is one code point and two UTF-16 units: "yes" stands at 2..5 or at 3..6.
        let text = "\u{1F54A} yes and no";
        assert_eq!(found(text, (2, 5), "yes"), ("yes".into(), None));
        assert_eq!(
            found(text, (3, 6), "yes"),
            ("yes".into(), Some(Repair::Counted(Units::Utf16)))
        );
        // Four bytes of dove and a space: byte 5.
        assert_eq!(
            found(text, (5, 8), "yes"),
            ("yes".into(), Some(Repair::Counted(Units::Bytes)))
        );
    }

    #[test]
    fn line_breaks_of_one_and_two_characters_are_understood() {
        // With two breaks counted double, "c" stands at 6 in place of 4, and the other way round.
        assert_eq!(
            found("a\nb\nc d", (6, 7), "c"),
            ("c".into(), Some(Repair::LineBreaks))
        );
        assert_eq!(
            found("a\r\nb\r\nc d", (4, 7), "c d"),
            ("c d".into(), Some(Repair::LineBreaks))
        );
    }

    #[test]
    fn words_are_searched_nearby_and_the_nearest_wins() {
        let text = "no, no, we said no and left";
        assert_eq!(
            found(text, (18, 20), "no"),
            ("no".into(), Some(Repair::Moved(-2)))
        );
        assert_eq!(
            found("one\n\ntwo three", (0, 9), "one two"),
            ("one\n\ntwo".into(), None)
        );
        assert!(place(text, Some((3, 6)), Some("yes"), Units::CodePoints).is_err());
    }

    #[test]
    fn a_break_that_is_written_as_backslash_n_is_a_break() {
        assert_eq!(
            found("x one\ntwo", (2, 9), "one\\ntwo"),
            ("one\ntwo".into(), None)
        );
    }

    #[test]
    fn without_words_the_count_is_believed_within_the_text() {
        let text = "\u{1F54A} yes";
        let at =
            |offsets, units| place(text, Some(offsets), None, units).map(|(span, _)| span.of(text));
        assert_eq!(at((3, 6), Units::Utf16), Ok("yes"));
        assert!(at((3, 7), Units::Utf16).is_err());
        assert!(at((1, 6), Units::Utf16).is_err());
        assert!(at((3, 3), Units::CodePoints).is_err());
    }

    #[test]
    fn words_without_offsets_must_stand_once() {
        assert!(place("yes yes", None, Some("yes"), Units::CodePoints).is_err());
        let (span, _) = place("no yes", None, Some("yes"), Units::CodePoints).unwrap();
        assert_eq!(span, Span::new(3, 6));
    }
}
