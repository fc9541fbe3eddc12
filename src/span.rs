//! A half-open range of bytes in an article's text. Shared by all rooms; it does not know what it spans.

use std::ops::Range;

/// Bytes `start..end` of a text. Both ends stand on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte; never less than `start`.
    pub end: usize,
}

impl Span {
    /// The span `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Number of bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Number of bytes that both spans hold.
    pub fn overlap(self, other: Self) -> usize {
        self.end
            .min(other.end)
            .saturating_sub(self.start.max(other.start))
    }

    /// The least span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The words it stands on in `text`.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// As a range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The span without white space at its ends.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let words = self.of(text);
        let start = self.start + (words.len() - words.trim_start().len());
        let end = self.end - (words.len() - words.trim_end().len());
        Self::new(start, end.max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_counts_only_bytes_that_both_hold() {
        assert_eq!(Span::new(0, 5).overlap(Span::new(3, 9)), 2);
        assert_eq!(Span::new(0, 3).overlap(Span::new(3, 9)), 0);
        assert_eq!(Span::new(5, 9).overlap(Span::new(0, 2)), 0);
    }

    #[test]
    fn trim_of_blank_words_is_empty() {
        assert!(Span::new(0, 3).trim("   ").is_empty());
        assert_eq!(Span::new(0, 4).trim(" ab "), Span::new(1, 3));
    }
}
