//! All that is known of words before an article is read: their classes, cue verbs, known names. Built once; every
//! look-up is by word number. It does not look at any text.

use super::alias::Aliases;
use super::cue::Cues;
use super::word_class::{ClassTable, NOUN};
use crate::text::{WordTable, entries};

const NOUN_CUES: &str = include_str!("en/noun_cues.txt");

/// Knowledge of words, by word number.
#[derive(Clone, Debug)]
pub(super) struct Lexis {
    /// What each word can be.
    pub(super) classes: ClassTable,
    /// Cue verbs.
    pub(super) cues: Cues,
    /// Known names.
    pub(super) aliases: Aliases,
}

impl Lexis {
    /// Reads all data files, and `user_aliases` in the format of `en/aliases.tsv`; takes their words into `words`.
    pub(super) fn read(words: &mut WordTable, user_aliases: &str) -> Self {
        let mut classes = ClassTable::read(words);
        let cues = Cues::read(words, &mut classes);
        for word in entries(NOUN_CUES).flat_map(str::split_whitespace) {
            classes.add(words.intern(word), NOUN);
        }
        let aliases = Aliases::read(user_aliases, words, &mut classes);
        Self {
            classes,
            cues,
            aliases,
        }
    }
}
