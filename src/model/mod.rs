//! The model: linear weights over features that choose a stance and a tone, with how they are learnt, calibrated,
//! explained and stored. It reads no articles and knows no outlet.
//!
//! Terms: a *head* chooses among one set of labels; *sharpness* is the inverse temperature of its calibration; it
//! *abstains* where its confidence lies below its threshold.

pub mod abstain;
pub mod calibrate;
pub mod explain;
pub mod fit;
pub mod folder;
pub mod folds;
pub mod ground;
pub mod head;
pub mod hyperparams;
pub mod records;
pub mod train;

mod crossfit;
mod objective;
mod packed;
mod score;
mod store;

pub use crossfit::C_NEAR;
pub use head::{Head, Prediction};
pub use packed::Packing;
pub use score::Scorer;
pub use store::Provenance;

use crate::features::{Vocabulary, Weighting};

/// A trained model.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Known features.
    pub vocabulary: Vocabulary,
    /// Weighting of the feature families.
    pub weightings: Vec<Weighting>,
    /// Chooses the stance.
    pub stance: Head,
    /// Chooses the tone, if it was learnt.
    pub tone: Option<Head>,
    /// The user's own entries of the lexicon that its features come from, as their file has them.
    pub lexicon: Option<String>,
    /// What it was made of.
    pub provenance: Provenance,
    /// SHA-256 of all of the above, in hexadecimal; empty before it was stored.
    pub sha256: String,
    /// Its features as a scorer wants them.
    pub packing: Packing,
}

impl Model {
    /// Name and the first digits of the content hash, as outputs carry them.
    pub fn label(&self) -> String {
        format!(
            "{}@{}",
            self.provenance.name,
            self.sha256.get(..12).unwrap_or("unsaved")
        )
    }
}
