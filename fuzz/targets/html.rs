//! Fuzz target: the reader of `--from html`.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::reader(stance::corpus::Format::Html, bytes));
