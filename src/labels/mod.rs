//! Work on labels themselves: how far annotators agree, and what a set of labelled files holds. It does not train.

pub mod agreement;
pub mod check;
pub mod curve;
