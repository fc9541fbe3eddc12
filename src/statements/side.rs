//! Finds the side that a nationality or a name stands for: by the alias list, or by form, where the article names the
//! state that an unknown nationality is made from (`Veldanian`, `Veldania`). It does not resolve mentions.

use rustc_hash::{FxHashMap, FxHashSet};

use super::alias::AliasSort;
use super::mention::Range;
use super::reading::Reading;
use super::word_class::{
    AND, BODY, DEMONYM, DETERMINER, HOLDER, MONTH, OF, OFFICE, OFFICE_MODIFIER, OPENER, PORTFOLIO,
    TITLE, WEEKDAY,
};
use crate::text::{Shape, WordId};

/// Endings that make a nationality from the name of a state.
const ENDINGS: [&str; 10] = [
    "ians", "ian", "ans", "an", "ese", "ish", "is", "i", "ers", "er",
];
/// What may follow the same stem in the name of the state.
const STATE_ENDINGS: [&str; 16] = [
    "", "s", "a", "ia", "e", "o", "ea", "y", "land", "lands", "ya", "aya", "iya", "u", "i", "istan",
];
/// Endings that make an adjective of nationality from the name of a state without its last vowel.
const ADJECTIVES: [&str; 7] = ["an", "ian", "n", "ese", "i", "ish", "er"];
/// Most names of one article that an unknown nationality is compared with.
const MOST_NAMES: usize = 400;

/// The capitalised words of an article, and the sides found so far.
#[derive(Debug, Default)]
pub(super) struct Sides {
    /// Each distinct capitalised word, with a token that shows how it is written.
    names: Vec<(WordId, usize)>,
    /// Its first three bytes: a stem has as many.
    heads: Vec<[u8; 3]>,
    made_from: FxHashMap<WordId, Option<usize>>,
    /// Names that own an office (`Norvania's foreign minister`).
    owners: FxHashSet<WordId>,
}

impl Sides {
    /// Collects the capitalised words of an article, in the order of first use.
    pub(super) fn collect(reading: &Reading<'_>) -> Self {
        let mut seen: FxHashSet<WordId> = FxHashSet::default();
        let (mut names, mut heads) = (Vec::new(), Vec::new());
        for (at, token) in reading.document.tokens.iter().enumerate() {
            if names.len() >= MOST_NAMES {
                break;
            }
            if token.shape == Shape::Capital
                && token.end - token.start > 3
                && !reading.is(at, OPENER | TITLE | HOLDER | WEEKDAY | MONTH | DEMONYM)
                && seen.insert(token.word)
            {
                names.push((token.word, at));
                heads.push(head(reading.words.word(token.word)));
            }
        }
        Self {
            names,
            heads,
            made_from: FxHashMap::default(),
            owners: owners(reading),
        }
    }

    /// The token of the state that the capitalised word at `at` is the nationality of, by form.
    pub(super) fn by_form(&mut self, reading: &Reading<'_>, at: usize) -> Option<usize> {
        let word = reading.token(at).word;
        if let Some(&known) = self.made_from.get(&word) {
            return known;
        }
        let found = self.state_of(reading, word);
        self.made_from.insert(word, found);
        found
    }

    /// The names that may begin with `stem`, which has at least three bytes.
    fn names_like(&self, stem: &str) -> impl Iterator<Item = &(WordId, usize)> {
        let own = head(stem);
        let alike = self.heads.iter().map(move |head| *head == own);
        self.names
            .iter()
            .zip(alike)
            .filter_map(|(name, alike)| alike.then_some(name))
    }

    fn state_of(&self, reading: &Reading<'_>, own: WordId) -> Option<usize> {
        let nationality = reading.words.word(own);
        ENDINGS.iter().find_map(|ending| {
            let stem = nationality
                .strip_suffix(ending)
                .filter(|stem| stem.chars().count() >= 3)?;
            self.names_like(stem)
                .find(|(word, _)| {
                    *word != own
                        && reading
                            .words
                            .word(*word)
                            .strip_prefix(stem)
                            .is_some_and(|rest| STATE_ENDINGS.contains(&rest))
                })
                .map(|&(_, at)| at)
        })
    }

    /// Whether the name at `at` is a state's: it owns an office, or the article has a nationality made from it.
    pub(super) fn is_state(&self, reading: &Reading<'_>, at: usize) -> bool {
        self.owners.contains(&reading.token(at).word) || self.has_nationality(reading, at)
    }

    /// Whether some other capitalised word of the article is made from the name at `at` (`Veldania`, `Veldanian`).
    fn has_nationality(&self, reading: &Reading<'_>, at: usize) -> bool {
        let singular = |ending: &str| ADJECTIVES.contains(&ending);
        let plural = |ending: &str| ending.strip_suffix('s').is_some_and(singular);
        self.made_from_name(reading, at, |ending| singular(ending) || plural(ending))
            .is_some()
    }

    /// A token that shows the nationality that the article makes from the name at `at`.
    pub(super) fn nationality(&self, reading: &Reading<'_>, at: usize) -> Option<usize> {
        self.made_from_name(reading, at, |ending| ADJECTIVES.contains(&ending))
    }

    /// The first capitalised word of the article that is the name at `at`, less a vowel, and an ending that `fits`.
    fn made_from_name(
        &self,
        reading: &Reading<'_>,
        at: usize,
        fits: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        let name = reading.words.word(reading.token(at).word);
        let stem = name.trim_end_matches(['a', 'e', 'o', 'y']);
        if stem.chars().count() < 3 {
            return None;
        }
        self.names_like(stem)
            .find(|(word, _)| {
                let other = reading.words.word(*word);
                other != name && other.strip_prefix(stem).is_some_and(&fits)
            })
            .map(|&(_, at)| at)
    }

    /// The side that the words `owner` stand for.
    pub(super) fn of(&mut self, reading: &Reading<'_>, owner: Range) -> Option<String> {
        let parts = |at: usize| reading.is(at, AND) || reading.comma(at);
        if (owner.first..owner.end).any(|at| reading.is(at, AND)) && !one_name(reading, owner) {
            // `French and Keshan officials`, `mediators from Kesh, Zubar and the Union`.
            let mut sides: Vec<String> = Vec::with_capacity(2);
            let mut at = owner.first;
            while at < owner.end {
                if parts(at) || reading.is(at, DETERMINER) {
                    at += 1;
                    continue;
                }
                let end = (at..owner.end).find(|&t| parts(t)).unwrap_or(owner.end);
                let side = self.of(reading, Range::new(at, end));
                sides.extend(side.filter(|side| !sides.contains(side)));
                at = end;
            }
            return (!sides.is_empty()).then(|| sides.join("; "));
        }
        if let Some((n, alias)) = reading.alias(owner.first)
            && (n >= owner.end - owner.first || alias.sort == AliasSort::Demonym)
        {
            return alias.side.clone();
        }
        if let Some(side) = side_of_office(reading, owner) {
            return Some(side);
        }
        let capital = (owner.first..owner.end).find(|&at| reading.shape(at).is_capital())?;
        // `a Western diplomat` speaks for no state of that name.
        if owner.end == capital + 1 && reading.is(capital, OPENER) {
            return None;
        }
        if let Some(state) = self.by_form(reading, capital) {
            return Some(reading.written(state).to_owned());
        }
        Some(
            reading
                .document
                .span(capital, owner.end)
                .of(reading.document.text)
                .to_owned(),
        )
    }
}

/// The side of the known name that an office's own ends with (`the Ministry of Foreign Affairs of Kesh`).
pub(super) fn side_of_office(reading: &Reading<'_>, name: Range) -> Option<String> {
    let of = (name.first..name.end)
        .rev()
        .find(|&at| reading.is(at, OF))?;
    let (length, alias) = reading.alias(of + 1)?;
    let office = (name.first..name.end).any(|at| reading.is(at, OFFICE));
    alias
        .side
        .clone()
        .filter(|_| office && of + 1 + length == name.end)
}

fn head(word: &str) -> [u8; 3] {
    word.as_bytes().first_chunk().copied().unwrap_or_default()
}

/// Whether an `and` stands inside one name (`the Justice and Solidarity Movement`).
fn one_name(reading: &Reading<'_>, owner: Range) -> bool {
    let list = (owner.first..owner.end)
        .any(|at| reading.comma(at) || reading.is(at, AND) && reading.is(at + 1, DETERMINER));
    !list
        && (reading.is(owner.end - 1, OFFICE | BODY)
            || (owner.first..owner.end).any(|at| reading.is(at, PORTFOLIO)))
}

/// The words of single names before `'s` and an office.
fn owners(reading: &Reading<'_>) -> FxHashSet<WordId> {
    (1..reading.len())
        .filter(|&at| {
            reading.shape(at) == Shape::Possessive
                && reading.shape(at - 1) == Shape::Capital
                && (at + 1..at + 4).any(|next| {
                    reading.is(next, OFFICE | OFFICE_MODIFIER)
                        || matches!(
                            reading.word(next),
                            "president"
                                | "premier"
                                | "chancellor"
                                | "capital"
                                | "ambassador"
                                | "king"
                        )
                })
        })
        .map(|at| reading.token(at - 1).word)
        .collect()
}
