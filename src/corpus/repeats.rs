//! Paragraphs that stand in one text more than once: crawls repeat teasers, captions and whole bodies. It finds them and
//! leaves the text as it is, so that every offset still counts.

use rustc_hash::FxHashSet;

use crate::span::Span;

/// Bytes below which a paragraph may well be meant twice: "Yes.", "No comment."
const SHORTEST: usize = 40;

/// The second and later occurrences of lines that are the same but for white space around them, in text order.
pub fn repeats(text: &str) -> Vec<Span> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for end in memchr::memchr_iter(b'\n', bytes).chain(std::iter::once(bytes.len())) {
        let line = text[start..end].trim();
        if line.len() >= SHORTEST && !seen.insert(line) {
            found.push(Span::new(start, end));
        }
        start = end + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_lines_are_repeats_and_the_first_is_none() {
        let long = "Norvania rejected the truce, its president said.";
        assert_eq!(long.len(), 48);
        let text = format!("{long}\nNo.\n  {long}\nNo.\n{long}");
        // 48 + 1, 3 + 1, then two spaces before the second at 53; the third begins at 53 + 50 + 1 + 3 + 1 ... counted: 49+4=53,
        // 53+50=103, 104+3=107, 108.
        assert_eq!(repeats(&text), [Span::new(53, 103), Span::new(108, 156)]);
        assert_eq!(repeats(""), []);
    }
}
