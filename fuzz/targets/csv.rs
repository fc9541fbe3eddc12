//! Fuzz target: the reader of `--from csv`.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::reader(stance::corpus::Format::Csv, bytes));
