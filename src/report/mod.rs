//! What the user reads: tables, JSONL, CSV, Parquet, event lists and the model card, all views of the same structs. Nothing
//! is computed here that another room could compute.

pub mod card;
pub mod comparison;
pub mod csv;
pub mod dna;
pub mod evaluation;
pub mod flat;
pub mod jsonl;
pub mod labels;
pub mod page;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod statements;
pub mod table;
pub mod tidy;
