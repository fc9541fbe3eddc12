//! From bytes to Unicode code points, in which the outside contract counts, and back. Shared by all rooms; it does not know what an offset is for.

/// Bytes between two checkpoints.
const STEP: usize = 256;

/// Turns byte offsets of one text into code point offsets, each in constant time.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t [u8],
    /// Code points before byte `i * STEP`; empty for ASCII text, where both counts are equal.
    before: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    /// Reads `text` once.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for block in bytes.chunks(STEP) {
                before.push(count);
                count += starts(block);
            }
        }
        Self {
            text: bytes,
            before,
        }
    }

    /// Number of code points before byte `at`, which stands on a character boundary.
    pub fn at(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        match self
            .before
            .get((at / STEP).min(self.before.len().saturating_sub(1)))
        {
            Some(&count) => {
                count + starts(&self.text[(at / STEP).min(self.before.len() - 1) * STEP..at])
            }
            None => at,
        }
    }
}

/// Bytes that begin a character.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// Byte offset of code point `count` in `text`; `None` past its end. Takes time linear in `count`.
pub fn byte_of(text: &str, count: usize) -> Option<usize> {
    if text.is_ascii() {
        return (count <= text.len()).then_some(count);
    }
    text.char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .nth(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curly_marks_count_once() {
        // “ takes three bytes and é two.
        let text = "\u{201C}caf\u{E9}\u{201D} x";
        let points = CodePoints::new(text);
        assert_eq!(points.at(3), 1);
        assert_eq!(points.at(text.len()), 8);
        assert_eq!(byte_of(text, 1), Some(3));
        assert_eq!(byte_of(text, 8), Some(text.len()));
        assert_eq!(byte_of(text, 9), None);
    }

    #[test]
    fn every_boundary_of_a_long_text_agrees_with_counting() {
        let text = "a\u{201C}b".repeat(500);
        let points = CodePoints::new(&text);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(at), count);
        }
    }
}
