//! Fuzz target: unpacking and telling of formats.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::packed(bytes));
