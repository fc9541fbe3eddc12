//! Fuzz target: the reader of `--from warc`.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::reader(stance::corpus::Format::Warc, bytes));
