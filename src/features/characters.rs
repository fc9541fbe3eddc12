//! Runs of characters inside words: what a topic of short, misspelt or much inflected words has beside stems. A family that
//! only a model has which was trained with it. It does not look at names and numbers.

/// Longest word that is looked into, in bytes with its two boundary signs.
const MOST: usize = 34;

/// Calls `found` with every run of 3 to 6 characters of `word` between boundary signs (`<word>`); never with a word beyond
/// ASCII, whose bytes are not its letters.
pub(super) fn runs(word: &str, mut found: impl FnMut(&[u8])) {
    let mut padded = [0_u8; MOST];
    let length = word.len() + 2;
    if !word.is_ascii() || length > MOST {
        return;
    }
    padded[0] = b'<';
    padded[1..=word.len()].copy_from_slice(word.as_bytes());
    padded[length - 1] = b'>';
    for size in 3..=6.min(length) {
        for run in padded[..length].windows(size) {
            found(run);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(word: &str) -> Vec<String> {
        let mut listed = Vec::new();
        runs(word, |run| {
            listed.push(String::from_utf8_lossy(run).into_owned());
        });
        listed
    }

    #[test]
    fn the_runs_of_a_word_include_its_boundaries() {
        // <no> has runs of three (<no, no>) and of four (<no>).
        assert_eq!(listed("no"), ["<no", "no>", "<no>"]);
        assert_eq!(listed("a"), ["<a>"]);
    }

    #[test]
    fn words_beyond_ascii_and_endless_ones_have_none() {
        assert!(listed("\u{E9}lan").is_empty());
        assert!(listed(&"a".repeat(33)).is_empty());
        assert!(!listed(&"a".repeat(32)).is_empty());
    }
}
