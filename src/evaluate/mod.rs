//! How good a model or an extraction is: counts against gold labels, with support and intervals. It never trains.
//!
//! Terms: *gold* is what a person said, *predicted* what the model says; *support* is the number of gold cases; *macro-F1*
//! is the mean of the labels' F1; *coverage* is the share that the model does not abstain from.

pub mod actor;
pub mod agreement;
pub mod association;
pub mod bootstrap;
pub mod calibration;
pub mod classification;
pub mod confusion;
pub mod coverage;
pub mod extraction;
pub mod found;
pub mod matching;
pub mod paired;
pub mod whole;

pub use association::{Association, association};
pub use bootstrap::Interval;
pub use classification::{Classification, Judged, classification};
pub use confusion::{Confusion, LabelScores};
pub use paired::{Paired, paired};
pub use whole::{Evaluation, against, evaluate};
