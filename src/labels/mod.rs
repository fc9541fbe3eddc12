//! Work on labels themselves: what label tools exchange with us, how far annotators agree, what a set of labelled files
//! holds, and what to label next. It reads articles and asks models, but makes none that is kept.

pub mod agreement;
pub mod check;
pub mod exchange;
pub mod export;
pub mod import;
pub mod repair;
pub mod tasks;
