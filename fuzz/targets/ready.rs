//! Fuzz target: rows of `--from statements`.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::ready(bytes));
