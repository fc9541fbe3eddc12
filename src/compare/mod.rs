//! Outlets compared: who is let speak, with which stance, and what is left out, with intervals and tests that know that
//! articles are copied, that statements of one article are alike, and that a model errs. It reads no files, prints nothing,
//! and draws nothing.
//!
//! Terms: an *outlet* is a value of the field compared by; a *cluster* is an article with its copies; *positions* are
//! statements with a stance other than `none`; the *score* is the share supportive minus the share hostile among them.
//! Every number is explained in `docs/comparison.md`.

pub mod calendar;
pub mod comparison;
pub mod estimate;
pub mod findings;
pub mod settings;
pub mod statement;

pub use comparison::Comparison;
pub use estimate::{Caution, Estimate, Scoring};
pub use settings::{CopyPolicy, Count, HandLabel, Settings};
pub use statement::Statement;
