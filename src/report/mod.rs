//! What the user reads: tables, JSONL and the model card, all views of the same structs. Nothing is computed here that
//! another room could compute.

pub mod card;
pub mod comparison;
pub mod evaluation;
pub mod jsonl;
pub mod labels;
pub mod page;
pub mod statements;
pub mod table;
pub mod tidy;
