//! `stance` reads news articles, finds every actor's statements in them, and says whether each supports, doubts or
//! fights a ceasefire proposal.
//!
//! The way of the data is one way; a module uses only what stands to its left:
//!
//! ```text
//! corpus -> text -> statements -> features -> model -> classify -> evaluate -> labels -> compare -> report -> cli
//! ```
//!
//! `error`, `label`, `offset` and `span` are the words that all of them share. The task is defined in
//! `training-data/CODEBOOK.md`; one article is followed through the rooms in `ARCHITECTURE.md`.

pub mod error;
pub mod label;
pub mod offset;
pub mod span;

pub mod classify;
pub mod compare;
pub mod corpus;
pub mod evaluate;
pub mod features;
pub mod labels;
pub mod model;
pub mod report;
pub mod statements;
pub mod text;

pub mod cli;
