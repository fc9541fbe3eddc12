//! Fuzz target: the reader of `--from jsonl`.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::reader(stance::corpus::Format::Jsonl, bytes));
