//! Fuzz target: the feature function.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::features(bytes));
