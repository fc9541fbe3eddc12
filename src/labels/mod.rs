//! Work on labels themselves: what label tools exchange with us, how far annotators agree, what a set of labelled files
//! holds, what a model learns from them, and what to label next. It keeps no model: what is learnt is handed back.

pub mod actor_words;
pub mod agreement;
pub mod annotators;
pub mod check;
pub mod cluster;
pub mod curve;
pub mod exchange;
pub mod export;
pub mod import;
pub mod learn;
pub mod near;
pub mod next;
pub mod pool;
pub mod repair;
pub mod suspects;
pub mod tasks;
pub mod trials;
