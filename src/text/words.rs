//! The word table: every distinct lower-cased word once, with a small number that stands for it. It lives across
//! articles, so that what is known of a word is looked up by number. It does not cut text into words.

use rustc_hash::FxHashMap;

/// Number of a word in a [`WordTable`]; words that were put in first have the lowest numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// As an index into a table with one row a word.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Distinct words and their numbers. Look-ups never depend on the order in which a hash map is walked.
#[derive(Clone, Debug, Default)]
pub struct WordTable {
    ids: FxHashMap<Box<str>, WordId>,
    words: Vec<Box<str>>,
    scratch: String,
}

impl WordTable {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of `word` as it would stand in a text: lower-cased, with straight apostrophes. Takes it in if new.
    pub fn intern(&mut self, word: &str) -> WordId {
        self.scratch.clear();
        if word.is_ascii() {
            self.scratch.push_str(word);
            self.scratch.make_ascii_lowercase();
        } else {
            for c in word.chars() {
                match c {
                    '\u{2019}' | '\u{2018}' | '\u{2BC}' => self.scratch.push('\''),
                    '\u{2010}' | '\u{2011}' => self.scratch.push('-'),
                    _ => self.scratch.extend(c.to_lowercase()),
                }
            }
        }
        if let Some(&id) = self.ids.get(self.scratch.as_str()) {
            return id;
        }
        let id = WordId(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        let word: Box<str> = self.scratch.as_str().into();
        self.words.push(word.clone());
        self.ids.insert(word, id);
        id
    }

    /// The number of a lower-cased word, if the table has it.
    pub fn find(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }

    /// The lower-cased word that `id` stands for; empty for a number that the table never gave.
    pub fn word(&self, id: WordId) -> &str {
        self.words.get(id.index()).map_or("", |word| word)
    }

    /// Number of distinct words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word is in it.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Forgets all words but the first `keep`, so that a stream of any length needs bounded memory.
    pub fn forget_after(&mut self, keep: usize) {
        for word in self.words.drain(keep.min(self.words.len())..) {
            self.ids.remove(&word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_curly_apostrophes_make_no_difference() {
        let mut words = WordTable::new();
        let id = words.intern("Don\u{2019}t");
        assert_eq!(words.intern("don't"), id);
        assert_eq!(words.word(id), "don't");
    }

    #[test]
    fn forgetting_keeps_the_first_words_and_their_numbers() {
        let mut words = WordTable::new();
        let truce = words.intern("truce");
        words.intern("passing");
        words.forget_after(1);
        assert_eq!(words.find("truce"), Some(truce));
        assert_eq!(words.find("passing"), None);
        assert_eq!(words.intern("next"), WordId(1));
    }
}
