//! What the model sees of a statement: the one feature function, the same for training and prediction.
//! It never sees the outlet, the actor's identity or the label.

pub mod bag;

pub use bag::Bag;

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

/// The families, in the order of their numbers in [`bag::Entry::family`].
pub const FAMILIES: &[Family] = &[Family {
    name: "stems",
    weight: 1.0,
    binary: false,
}];
