//! From bytes to Unicode code points, in which the outside contract counts, and back. Shared by all rooms; it does not know what an offset is for.

/// Bytes between two checkpoints.
const STEP: usize = 256;

/// Turns byte offsets of one text into code point offsets and back: in constant time, and in the logarithm of its length.
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

    /// Byte of code point `count`; `None` past the end of the text.
    pub fn byte(&self, count: usize) -> Option<usize> {
        let Some(block) = self
            .before
            .partition_point(|&before| before <= count)
            .checked_sub(1)
        else {
            return (count <= self.text.len()).then_some(count);
        };
        let rest = &self.text[block * STEP..];
        let place = rest
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte & 0xC0 != 0x80)
            .map(|(at, _)| at)
            .chain([rest.len()])
            .nth(count - self.before[block])?;
        Some(block * STEP + place)
    }
}

/// Bytes that begin a character.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
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
        assert_eq!(CodePoints::new(text).byte(1), Some(3));
        assert_eq!(CodePoints::new(text).byte(8), Some(text.len()));
        assert_eq!(CodePoints::new(text).byte(9), None);
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
