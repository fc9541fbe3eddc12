//! Fuzz target: the reader of `--from factiva`.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::reader(stance::corpus::Format::Factiva, bytes));
