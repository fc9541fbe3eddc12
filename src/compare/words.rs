//! Words and runs of words as numbers, for comparing texts regardless of case and marks. It keeps no words.

use crate::features::key;

/// Each word of a text, in small letters and without marks, as a hash.
pub(super) fn words(text: &str) -> Vec<u64> {
    let mut lower = String::new();
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '\u{2019}'))
        .map(|word| word.trim_matches(['\'', '\u{2019}']))
        .filter(|word| !word.is_empty())
        .map(|word| {
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            key::word(lower.as_bytes())
        })
        .collect()
}

/// Every run of `n` words as a hash, sorted, each once.
pub(super) fn shingles(words: &[u64], n: usize) -> Vec<u64> {
    let mut found: Vec<u64> = words
        .windows(n)
        .map(|run| run.iter().fold(0, |hash, &word| step(hash, word)))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Joins a number to a hash, order kept (the finalizer of `SplitMix64`; Steele, Lea & Flood 2014).
pub(super) const fn step(hash: u64, next: u64) -> u64 {
    let mut z = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(next);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Number of values that two sorted lists share.
pub(super) fn shared(one: &[u64], other: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < one.len() && j < other.len() {
        match one[i].cmp(&other[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

/// Sets that grow together (Tarjan 1975). The least number of a set stands for it.
#[derive(Clone, Debug)]
pub(super) struct Joined(Vec<usize>);

impl Joined {
    /// `n` sets of one.
    pub(super) fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    /// The number that stands for the set of `one`.
    pub(super) fn root(&mut self, one: usize) -> usize {
        let mut at = one;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// Joins two sets.
    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (a, b) = (self.root(one), self.root(other));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_marks_make_no_difference() {
        assert_eq!(
            words("\u{201C}We DON'T agree,\u{201D}"),
            words("we don't agree")
        );
        assert_ne!(words("we agree"), words("agree we"));
        // a b c a b: runs of two are ab bc ca ab, three of them different.
        assert_eq!(shingles(&words("a b c a b"), 2).len(), 3);
        assert_eq!(shared(&[1, 3, 5, 7], &[2, 3, 7, 9]), 2);
    }

    #[test]
    fn joined_sets_have_one_root() {
        let mut joined = Joined::new(5);
        joined.join(4, 2);
        joined.join(2, 1);
        assert_eq!([joined.root(4), joined.root(0), joined.root(3)], [1, 0, 3]);
    }
}
