//! What the model sees of a statement: the one feature function, the same for training and prediction.
//! It never sees the outlet, the actor's identity or the label.
//!
//! Terms: a *feature* is a family and the words it stands on, hashed to a key; a *bag* holds a statement's features with
//! their counts; the *vocabulary* gives each known key a column; a *row* is a bag weighted for the model.

pub mod bag;
pub mod key;

mod act;
mod characters;
mod emit;
mod example;
mod frame;
mod group;
mod lexicon;
mod matter;
mod moves;
mod position;
mod sense;
mod tags;
pub(crate) mod vectorize;
mod view;
mod vocabulary;

pub use bag::Bag;
pub use emit::{Features, Named};
pub use example::{Example, examples, examples_hash};
pub use lexicon::{Classes, Lexicon};
pub use matter::Matter;
pub use vectorize::{Row, Weighting, vectorize};
pub use view::{Alone, Request};
pub use vocabulary::Vocabulary;

/// Version of the feature function: rises with every change of code that changes a feature.
const VERSION: u32 = 2;

/// SHA-256 of the version of the code and of the files that features are made from: lexicon, moves, openers. A model works only with its own.
pub fn knowledge_hash() -> String {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    hash.update(VERSION.to_le_bytes());
    for file in [
        lexicon::SHIPPED,
        moves::SHIPPED,
        group::SHIPPED,
        view::OPENERS,
    ] {
        hash.update((file.len() as u64).to_le_bytes());
        hash.update(file);
    }
    format!("{:x}", hash.finalize())
}

/// A group of features that share a weighting: each family is tf-idf weighted and scaled to length 1 on its own, then
/// multiplied by `weight`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Family {
    /// Name in ablation tables and explanations.
    pub name: &'static str,
    /// Length of the family's part of a row; above 0.
    pub weight: f32,
    /// Whether only presence counts (1), not 1 + ln(count).
    pub binary: bool,
}

impl Family {
    const fn of(name: &'static str, weight: f32, binary: bool) -> Self {
        Self {
            name,
            weight,
            binary,
        }
    }
}

/// The families, in the order of their numbers in [`bag::Entry::family`].
pub const FAMILIES: &[Family] = &[
    Family::of("stems", 1.0, false),
    Family::of("classes", 0.5, true),
    Family::of("class-stem", 0.4, true),
    Family::of("frames", 0.3, true),
    Family::of("moves", 0.6, true),
    Family::of("positions", 0.7, true),
    Family::of("matter", 0.3, true),
];

/// The family after those, for models that are trained with it: the shipped one is not, since it brings nothing on real news.
pub const CHARACTERS: Family = Family::of("characters", 0.7, false);
