//! The actors of one article as they come to be known: name, roles, side, gender, where they were last met. It does not
//! decide which mention means which actor.

use rustc_hash::FxHashMap;

use super::statement::ActorKind;
use super::word_class::Classes;
use crate::text::WordId;

/// Most entities that a name is compared with: those met last.
const COMPARED: usize = 40;
/// Most entities of one word that are looked at: those met last.
const LOOKED_AT: usize = 12;

/// An actor of the article.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    /// Canonical name.
    pub(super) name: String,
    /// What sort of holder it is.
    pub(super) kind: ActorKind,
    /// The side it speaks for.
    pub(super) side: Option<String>,
    /// The words of its proper name; empty for one without a name.
    pub(super) words: Vec<WordId>,
    /// Roles that it was mentioned with, each with a modifier where it had one.
    pub(super) roles: Vec<(Option<WordId>, WordId)>,
    /// `FEMININE`, `MASCULINE`, both or none.
    pub(super) gender: Classes,
    /// Whether it means several persons.
    pub(super) plural: bool,
    /// Whether no person or body is meant (`the statement said`).
    pub(super) thing: bool,
    /// Number of the paragraph where it was first met.
    pub(super) paragraph: usize,
    /// How it was first met.
    pub(super) introduced: Introduced,
}

/// How an actor was first met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Introduced {
    /// As one that the reader knows (`the minister`).
    AsKnown,
    /// As a new one, whose name may follow (`a minister`).
    AsNew,
    /// As one whose name the article will not tell (`an official who asked not to be named`).
    Anonymous,
}

/// All actors of an article, by their words.
#[derive(Debug, Default)]
pub(super) struct Entities {
    /// The actors, in the order in which they were met.
    pub(super) list: Vec<Entity>,
    /// Those that are armed movements with a name.
    pub(super) movements: Vec<usize>,
    by_word: FxHashMap<WordId, Vec<usize>>,
}

impl Entities {
    /// Takes in a new actor, to be found by `words`.
    pub(super) fn add(&mut self, entity: Entity, words: &[WordId]) -> usize {
        let number = self.list.len();
        self.list.push(entity);
        for &word in words {
            self.index(word, number);
        }
        number
    }

    /// Lets the actor `number` be found by `word`; the last one indexed is found first.
    pub(super) fn index(&mut self, word: WordId, number: usize) {
        let known = self.by_word.entry(word).or_default();
        if known.last() != Some(&number) {
            known.retain(|&other| other != number);
            known.push(number);
            if known.len() > 4 * LOOKED_AT {
                known.drain(..2 * LOOKED_AT);
            }
        }
    }

    /// The actors met last, the latest first.
    pub(super) fn latest(&self) -> impl Iterator<Item = usize> + use<> {
        (0..self.list.len()).rev().take(COMPARED)
    }

    /// Actors known by `word`, the one indexed last first.
    pub(super) fn by_word(&self, word: WordId) -> impl Iterator<Item = usize> {
        self.by_word
            .get(&word)
            .into_iter()
            .flat_map(|known| known.iter().rev().take(LOOKED_AT).copied())
    }
}
