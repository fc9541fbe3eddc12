//! Full names that stand before the words of captions and of headings over interviews (`Dana Holm, 45, from Orva`), for persons whom
//! the article's own sentences call by a surname. It makes no actors.

use rustc_hash::FxHashMap;

use super::mention::{Mention, Range, Sort};
use super::noun_phrase;
use super::reading::Reading;
use super::word_class::{BODY, CUE, OFFICE, PEOPLE, STATE, TIME, VERB};
use crate::text::WordId;

/// Longest name, in tokens.
const LONGEST: usize = 4;

/// Names by their last word; nothing where two different ones share it.
pub(super) type Captions = FxHashMap<WordId, Option<Range>>;

/// The names at the head of the sentences that are furniture, those without a start.
pub(super) fn names(reading: &Reading<'_>, starts: &[Option<usize>]) -> Captions {
    let mut names = Captions::default();
    let mut found: Vec<Mention> = Vec::new();
    for (sentence, start) in reading.document.sentences.iter().zip(starts) {
        if start.is_some() {
            continue;
        }
        found.clear();
        noun_phrase::find(reading, sentence.first, sentence.end, &mut found);
        let Some(name) = found.first().and_then(|mention| person(reading, mention)) else {
            continue;
        };
        // `Dana Holm, 45`, `Dana Holm`, but no headline (`Holm Declares Truce`).
        let told =
            name.end >= sentence.end || reading.comma(name.end) || reading.mark(name.end) == b'(';
        if name.first != sentence.first || !told {
            continue;
        }
        let known = names
            .entry(reading.token(name.end - 1).word)
            .or_insert(Some(name));
        if known.is_some_and(|known| !same(reading, known, name)) {
            *known = None;
        }
    }
    names
}

/// The name of a mention that can be a person's full name.
fn person(reading: &Reading<'_>, mention: &Mention) -> Option<Range> {
    let name = mention.name?;
    let fits = matches!(mention.sort, Sort::Name | Sort::Person)
        && (2..=LONGEST).contains(&(name.end - name.first))
        && (name.first..name.end).all(|at| {
            reading.alias(at).is_none()
                && !reading.is(at, BODY | OFFICE | STATE | PEOPLE | TIME | VERB | CUE)
        });
    fits.then_some(name)
}

fn same(reading: &Reading<'_>, one: Range, other: Range) -> bool {
    let words = |name: Range| (name.first..name.end).map(|at| reading.token(at).word);
    words(one).eq(words(other))
}
