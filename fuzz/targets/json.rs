//! Fuzz target: the reader of `--from json`.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::reader(stance::corpus::Format::Json, bytes));
