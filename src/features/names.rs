//! Which names an article holds, and how often: whether the names of a statement come up elsewhere tells a statement on
//! the article's own matter from one on another conflict (codebook, "Target"). Only equality counts, never who it is.

use rustc_hash::FxHashMap;

use super::emit::Sink;
use super::key;
use super::view::{Symbol, is_common};
use crate::text::{Document, WordId, WordTable};

/// Different names of a statement that are looked at: a long speech names many, and the first ones are enough.
const MOST_NAMES: usize = 32;

/// Counts of the words with a capital in one article.
#[derive(Clone, Debug, Default)]
pub struct Names {
    counts: FxHashMap<WordId, u32>,
}

impl Names {
    /// Counts an article's names.
    pub fn of(document: &Document<'_>) -> Self {
        let mut names = Self::default();
        for token in document
            .tokens
            .iter()
            .filter(|token| token.shape.is_capital())
        {
            *names.counts.entry(token.word).or_default() += 1;
        }
        names
    }
}

/// What [`emit`] looks at of a statement.
pub(super) struct Place<'a> {
    /// The article.
    pub(super) document: &'a Document<'a>,
    /// First token of the statement.
    pub(super) first: usize,
    /// What stands in the place of its tokens.
    pub(super) symbols: &'a [Symbol],
    /// Whether it speaks of a truce.
    pub(super) of_truce: bool,
}

/// Says whether the names of a statement also stand elsewhere in the article. The actor's own names are left out, since a
/// speaker who is heard once is no sign of another conflict; so are titles and other common words with a capital.
pub(super) fn emit(
    names: &Names,
    place: &Place<'_>,
    words: &WordTable,
    family: u8,
    sink: &mut impl Sink,
) {
    const HEAD: u64 = key::word(b"names elsewhere");
    let mut inside: Vec<(WordId, u32)> = Vec::new();
    for (at, _) in place
        .symbols
        .iter()
        .enumerate()
        .filter(|(_, symbol)| **symbol == Symbol::Name)
    {
        let word = place.document.tokens[place.first + at].word;
        if is_common(words.word(word)) {
            continue;
        }
        if let Some((_, count)) = inside.iter_mut().find(|(known, _)| *known == word) {
            *count += 1;
        } else if inside.len() < MOST_NAMES {
            inside.push((word, 1));
        }
    }
    let elsewhere = inside
        .iter()
        .filter(|(word, here)| names.counts.get(word).is_some_and(|all| all > here))
        .count();
    let (number, words) = match (inside.len(), elsewhere) {
        (0, _) => (0, "no other name"),
        (_, 0) => (1, "names that stand nowhere else"),
        (all, some) if all == some => (2, "names of this matter"),
        _ => (3, "names of this and another matter"),
    };
    sink.add(
        family,
        key::join(HEAD, number),
        0,
        place.symbols.len(),
        || words.to_owned(),
    );
    if place.of_truce {
        sink.add(
            family,
            key::join(HEAD, 8 + number),
            0,
            place.symbols.len(),
            || format!("a truce, and {words}"),
        );
    }
}
