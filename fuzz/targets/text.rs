//! Fuzz target: the reader of `--from text`.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::reader(stance::corpus::Format::Text, bytes));
