//! Fuzz target: the reader of `--from nexis`.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::reader(stance::corpus::Format::Nexis, bytes));
