//! Fuzz target: labelled rows and marked texts.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::labelled(bytes));
