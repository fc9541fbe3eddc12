//! All that is known of words before an article is read: their classes, cue verbs, known names. Built once; every
//! look-up is by word number. It does not look at any text.

use super::alias::Aliases;
use super::cue::Cues;
use super::word_class::{ClassTable, FURNITURE, NOUN};
use crate::text::{WordId, WordTable, entries};

const SYNONYMS: &str = include_str!("en/role_synonyms.tsv");
const DESCRIPTIONS: &str = include_str!("en/descriptions.tsv");
const FURNITURE_LINES: &str = include_str!("en/furniture.txt");
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
    /// Roles that mean the same: a word, and the modifier and role it stands for; sorted by word.
    synonyms: Vec<(WordId, Option<WordId>, WordId)>,
    /// The same for what somebody is the head of.
    heads: Vec<(WordId, Option<WordId>, WordId)>,
    /// Roles that only describe a person, by word.
    descriptions: Vec<Description>,
    /// First words of lines that are furniture.
    pub(super) furniture: Vec<Vec<WordId>>,
}

impl Lexis {
    /// Reads all data files, and `user_aliases` in the format of `en/aliases.tsv`; takes their words into `words`.
    pub(super) fn read(words: &mut WordTable, user_aliases: &str) -> Self {
        let mut classes = ClassTable::read(words);
        let cues = Cues::read(words, &mut classes);
        for word in entries(NOUN_CUES).flat_map(str::split_whitespace) {
            classes.add(words.intern(word), NOUN);
        }
        let furniture: Vec<Vec<WordId>> = entries(FURNITURE_LINES)
            .map(|line| {
                line.split_whitespace()
                    .map(|word| words.intern(word))
                    .collect()
            })
            .collect();
        for line in &furniture {
            classes.add(line[0], FURNITURE);
        }
        let aliases = Aliases::read(user_aliases, words, &mut classes);
        Self {
            classes,
            cues,
            aliases,
            synonyms: synonyms(words, |word| {
                word.strip_prefix("head of ").is_none().then_some(word)
            }),
            heads: synonyms(words, |word| word.strip_prefix("head of ")),
            descriptions: descriptions(words),
            furniture,
        }
    }

    /// Whether the role `word` can describe one who holds `roles`; nothing where it does not only describe.
    pub(super) fn describes(
        &self,
        word: WordId,
        roles: &[(Option<WordId>, WordId)],
    ) -> Option<bool> {
        let own = self.descriptions.iter().find(|own| own.word == word)?;
        let held = own.roles.iter().any(|&(modifier, role)| {
            roles
                .iter()
                .any(|&(known, held)| held == role && (modifier.is_none() || known == modifier))
        });
        Some(held || own.bare && roles.is_empty())
    }

    /// Whether `word` stands for another word for the same role.
    pub(super) fn abbreviates(&self, word: WordId) -> bool {
        self.synonyms
            .binary_search_by_key(&word, |entry| entry.0)
            .is_ok()
    }

    /// The role that the head of `word` holds (`state`: `president`).
    pub(super) fn head_of(&self, word: WordId) -> Option<(Option<WordId>, WordId)> {
        let found = self.heads.iter().find(|entry| entry.0 == word)?;
        Some((found.1, found.2))
    }

    /// The modifier and role that `word` stands for after `modifier` (`premier`: `prime minister`).
    pub(super) fn role(&self, modifier: Option<WordId>, word: WordId) -> (Option<WordId>, WordId) {
        let same = |word: WordId| {
            self.synonyms
                .binary_search_by_key(&word, |entry| entry.0)
                .ok()
                .map(|at| (self.synonyms[at].1, self.synonyms[at].2))
        };
        let modifier = modifier.map(|modifier| same(modifier).map_or(modifier, |(_, word)| word));
        match same(word) {
            Some((own, role)) => (own.or(modifier), role),
            None => (modifier, word),
        }
    }
}

/// A role that only describes.
#[derive(Clone, Debug)]
struct Description {
    word: WordId,
    /// The roles of those whom it can mean, each with a modifier where only that one is meant.
    roles: Vec<(Option<WordId>, WordId)>,
    /// Whether it can mean one of whom no role is known.
    bare: bool,
}

fn descriptions(words: &mut WordTable) -> Vec<Description> {
    entries(DESCRIPTIONS)
        .filter_map(|line| {
            let (word, means) = line.split_once('\t')?;
            let means: Vec<&str> = means.split_whitespace().collect();
            let mut role = |role: &'static str| match role.split_once('+') {
                Some((modifier, role)) => (Some(words.intern(modifier)), words.intern(role)),
                None => (None, words.intern(role)),
            };
            let roles = means
                .iter()
                .filter(|&&one| one != "-")
                .map(|&one| role(one))
                .collect();
            Some(Description {
                word: words.intern(word),
                roles,
                bare: means.contains(&"-"),
            })
        })
        .collect()
}

/// The lines of the file whose word `select` takes.
fn synonyms(
    words: &mut WordTable,
    select: impl Fn(&'static str) -> Option<&'static str>,
) -> Vec<(WordId, Option<WordId>, WordId)> {
    let mut all: Vec<_> = entries(SYNONYMS)
        .filter_map(|line| {
            let (word, means) = line.split_once('\t')?;
            let word = select(word)?;
            let mut means = means.rsplit(' ');
            let role = words.intern(means.next()?);
            let modifier = means.next().map(|modifier| words.intern(modifier));
            Some((words.intern(word), modifier, role))
        })
        .collect();
    all.sort_unstable();
    all
}
