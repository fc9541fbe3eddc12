//! Fuzz target: the extractor.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::extract(bytes));
