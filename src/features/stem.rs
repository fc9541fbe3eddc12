//! The forms of words: stems, with names and numbers masked. It does not know what words mean.

use rust_stemmers::{Algorithm, Stemmer};

use super::key;
use super::view::Symbol;
use crate::text::{WordId, WordTable};

/// What is known of a word's form: computed once for every distinct word, kept across articles.
pub(super) struct Forms {
    stemmer: Stemmer,
    stems: Vec<u64>,
    stem_words: Vec<Box<str>>,
}

/// Stem hashes of what stands in a word's place.
pub(super) const NAME: u64 = key::word(b"<name>");
const OWN: u64 = key::word(b"<own>");
const NUMBER: u64 = key::word(b"<number>");

impl Forms {
    pub(super) fn new() -> Self {
        Self {
            stemmer: Stemmer::create(Algorithm::English),
            stems: Vec::new(),
            stem_words: Vec::new(),
        }
    }

    /// Learns the words that `words` has taken in since the last call.
    pub(super) fn learn(&mut self, words: &WordTable) {
        self.forget_after(words.len());
        for id in self.stems.len()..words.len() {
            let word = words.word(WordId(id as u32));
            let stem = self.stemmer.stem(word);
            // British and hyphenated spellings of the word that matters most.
            let stem = match stem.as_ref() {
                "cease-fir" | "cease-fire" => "ceasefir",
                stem => stem,
            };
            self.stems.push(key::word(stem.as_bytes()));
            self.stem_words.push(stem.into());
        }
    }

    pub(super) fn forget_after(&mut self, keep: usize) {
        self.stems.truncate(keep);
        self.stem_words.truncate(keep);
    }

    /// Hash of what the model sees of a token; `None` for marks and possessive endings.
    pub(super) fn stem(&self, word: WordId, symbol: Symbol) -> Option<u64> {
        match symbol {
            Symbol::Word => self.stems.get(word.index()).copied(),
            Symbol::Own => Some(OWN),
            Symbol::Name => Some(NAME),
            Symbol::Number => Some(NUMBER),
            Symbol::Possessive | Symbol::Mark => None,
        }
    }

    /// The stem as it is shown in an explanation.
    pub(super) fn shown(&self, word: WordId, symbol: Symbol) -> &str {
        match symbol {
            Symbol::Word => self.stem_words.get(word.index()).map_or("", |stem| stem),
            Symbol::Own => "OWN-NAME",
            Symbol::Name => "NAME",
            Symbol::Number => "NUMBER",
            Symbol::Possessive | Symbol::Mark => "",
        }
    }
}
