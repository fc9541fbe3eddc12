//! Fuzz target: the whole chain on one article.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::classify(bytes));
