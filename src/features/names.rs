//! Which names an article keeps coming back to, and whether a statement stands apart from them: its paragraph holds none of
//! them, and the names that it holds stand nowhere else in the article. Such a statement is often on another conflict
//! (codebook, "Target"). Only equality counts, never who it is; the model weighs it.

use rustc_hash::FxHashMap;

use super::emit::Sink;
use super::key;
use super::view::{Symbol, is_common, is_own};
use crate::text::{Document, WordId, WordTable};

/// Different names of a statement that are looked at: a long speech names many, and the first are enough.
const MOST_NAMES: usize = 32;

/// Names that an article keeps coming back to: at most so many, and each at least so often.
const MOST_LEADS: usize = 4;
const LEAST_LEAD: u32 = 4;

/// The words with a capital in one article: how often each stands in it, and which it keeps coming back to.
#[derive(Clone, Debug, Default)]
pub struct Names {
    counts: FxHashMap<WordId, u32>,
    leads: Vec<WordId>,
}

impl Names {
    /// Counts an article's names.
    pub fn of(document: &Document<'_>, words: &WordTable) -> Self {
        let mut names = Self::default();
        for token in document
            .tokens
            .iter()
            .filter(|token| token.shape.is_capital())
        {
            let count = names.counts.entry(token.word).or_default();
            *count += 1;
            if *count == LEAST_LEAD && !is_common(words.word(token.word)) {
                names.leads.push(token.word);
            }
        }
        names
            .leads
            .sort_by_key(|word| std::cmp::Reverse(names.counts[word]));
        names.leads.truncate(MOST_LEADS);
        names
    }

    fn all(&self, word: WordId) -> u32 {
        self.counts.get(&word).copied().unwrap_or_default()
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
    /// Names of the actor and its side.
    pub(super) own: &'a str,
    /// Whether it speaks of a truce.
    pub(super) of_truce: bool,
}

/// Adds one feature for a statement that stands apart from the names that lead its article, none for any other.
pub(super) fn emit(
    names: &Names,
    place: &Place<'_>,
    words: &WordTable,
    family: u8,
    sink: &mut impl Sink,
) {
    const APART: u64 = key::word(b"apart");
    if names.leads.is_empty() || !statement_apart(names, place, words) {
        return;
    }
    let Some(actor) = paragraph_apart(names, place, words) else {
        return;
    };
    let (number, which) = match (place.of_truce, actor) {
        (true, true) => (0, "another truce, actor and names of this paragraph alone"),
        (true, false) => (1, "another truce, names of this paragraph alone"),
        (false, true) => (2, "actor and names of this paragraph alone"),
        (false, false) => (3, "names of this paragraph alone"),
    };
    sink.add(
        family,
        key::join(APART, number),
        0,
        place.symbols.len(),
        || which.to_owned(),
    );
}

/// Whether the statement holds names other than the actor's, none of which stands elsewhere in the article. Titles and
/// other common words with a capital are no names.
fn statement_apart(names: &Names, place: &Place<'_>, words: &WordTable) -> bool {
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
        if let Some((_, here)) = inside.iter_mut().find(|(known, _)| *known == word) {
            *here += 1;
        } else if inside.len() < MOST_NAMES {
            inside.push((word, 1));
        }
    }
    !inside.is_empty() && inside.iter().all(|&(word, here)| names.all(word) <= here)
}

/// `None` where the statement's paragraph holds a leading name; else whether the actor and its side are named in it alone.
fn paragraph_apart(names: &Names, place: &Place<'_>, words: &WordTable) -> Option<bool> {
    let document = place.document;
    let sentence = document.sentences.get(document.sentence_of(place.first))?;
    let paragraph = document.paragraphs[sentence.paragraph];
    let tokens = &document.tokens
        [document.sentences[paragraph.first].first..document.sentences[paragraph.end - 1].end];
    let mut own: Vec<(WordId, u32)> = Vec::new();
    for token in tokens.iter().filter(|token| token.shape.is_capital()) {
        if names.leads.contains(&token.word) {
            return None;
        }
        let word = words.word(token.word);
        if !is_common(word) && is_own(word, place.own) {
            match own.iter_mut().find(|(known, _)| *known == token.word) {
                Some((_, here)) => *here += 1,
                None => own.push((token.word, 1)),
            }
        }
    }
    Some(own.iter().all(|&(word, here)| names.all(word) <= here))
}
