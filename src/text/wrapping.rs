//! Tells whether a line break ends a paragraph: always, except in hard-wrapped text, whose lines are cut at a width. It does not
//! find sentences.

use super::token::{Shape, Token};

/// Longest line of hard-wrapped text, in bytes.
const WIDEST: usize = 130;
/// Fewest lines that go on in the middle of a sentence, in hard-wrapped text.
const FEWEST: usize = 2;
/// One in so many lines that another follows at once must go on so.
const SHARE: usize = 5;

/// Longest word before a colon that is a speaker's label, in bytes.
const LABEL: usize = 20;

/// How the lines of a text end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wrapping {
    /// Width of hard-wrapped lines, in bytes; 0 where the text is not wrapped.
    width: usize,
}

impl Wrapping {
    /// Reads the lines of `text` once.
    pub(super) fn read(text: &str) -> Self {
        let (mut widest, mut pairs, mut carried) = (0, 0, 0);
        let mut before: &str = "";
        let mut start = 0;
        let bytes = text.as_bytes();
        for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
            let line = text[start..end].trim();
            start = end + 1;
            widest = widest.max(line.len());
            if widest > WIDEST {
                return Self { width: 0 };
            }
            if !(before.is_empty() || line.is_empty()) {
                pairs += 1;
                let open = !before.ends_with(['.', '!', '?', ':', '"', '\u{201D}', ')']);
                carried += usize::from(open && line.starts_with(char::is_lowercase));
            }
            before = line;
        }
        let wrapped = carried >= FEWEST && carried * SHARE >= pairs;
        Self {
            width: if wrapped { widest } else { 0 },
        }
    }

    /// Whether the text between two tokens parts their paragraphs. Line breaks do, but for a line that ends without a closing
    /// mark before a small letter, and a single one in wrapped text behind any line that is filled.
    pub(super) fn breaks(self, text: &str, before: &Token, after: &Token) -> bool {
        let (from, to) = (before.end as usize, after.start as usize);
        let between = &text.as_bytes()[from..to];
        if matches!(between, [] | b" ") {
            return false;
        }
        let closed = matches!(
            before.of(text),
            "." | "!" | "?" | "..." | "\u{2026}" | ":" | "\"" | "\u{201D}" | ")"
        );
        match memchr::memchr_iter(b'\n', between).count() {
            0 => text[from..to].contains(['\u{2028}', '\u{2029}', '\r']),
            1 => {
                let item = starts_item(&text[to..]);
                (closed || after.shape != Shape::Lower) && (item || !self.fills(text, from, closed))
            }
            // Every line with an empty one behind it: the sentence goes on.
            _ => closed || before.shape == Shape::Mark || after.shape != Shape::Lower,
        }
    }

    /// Whether the line that ends at byte `end` is as wide as lines of this text are; one that ends a sentence must be nearly
    /// full to go on.
    fn fills(self, text: &str, end: usize, closed: bool) -> bool {
        if self.width == 0 {
            return false;
        }
        let start = memchr::memrchr(b'\n', &text.as_bytes()[..end]).map_or(0, |at| at + 1);
        let length = end - start;
        length * 4 >= self.width * (2 + usize::from(closed))
    }
}

/// Whether a line begins a turn of a transcript or an item of a list (`Q: Did you accept?`, `- Kesh accepts`).
fn starts_item(line: &str) -> bool {
    let word = line
        .find(|letter: char| !letter.is_alphanumeric())
        .unwrap_or(line.len());
    line.starts_with(['-', '*', '\u{2022}', '\u{2013}', '\u{2014}'])
        || word > 0 && word <= LABEL && line[word..].starts_with(':')
}

#[cfg(test)]
mod tests {
    use crate::text::{Document, WordTable};

    fn paragraphs(text: &str) -> usize {
        Document::read(text, &mut WordTable::new()).paragraphs.len()
    }

    #[test]
    fn filled_lines_go_on_also_before_a_name() {
        let text = "But spokeswoman Mara Lund said on Sunday that\nOrsa would carry on with its push in the valley until its\nown \
                    government had endorsed the accord, and that\nthe truce was not yet agreed.\n\nThe army left.";
        assert_eq!(paragraphs(text), 2);
    }

    #[test]
    fn lines_of_other_texts_are_paragraphs() {
        let text =
            "Dana Holm met the envoy\nThe truce held\nErik Vale left on Monday\nThe army went home";
        assert_eq!(paragraphs(text), 4);
        let text = "Dana Holm met the envoy and\nleft on Monday.\nThe truce held.\nErik Vale left.\nThe army went home.\nIt rained.";
        assert_eq!(paragraphs(text), 5);
    }

    #[test]
    fn a_short_line_ends_a_paragraph_of_wrapped_text() {
        let text = "Spokeswoman Mara Lund said on Sunday that the valley was\nquiet and that the army would soon be going\nhome.\n\
                    The envoy said that the accord was near and that all of\nthe parties were ready.\nIt rained.";
        assert_eq!(paragraphs(text), 3);
    }

    #[test]
    fn a_turn_of_a_transcript_begins_a_line_of_its_own() {
        let text = "Prime Minister Dana Holm spoke to reporters on Monday after the\nmeeting in Orsa about the truce and the talks\nthat \
                    are to follow it in the spring of the year.\nQ: Did you accept the truce on Monday?\nA: We rejected it because it \
                    came too late for the towns\nof the valley.";
        assert_eq!(paragraphs(text), 3);
    }
}
