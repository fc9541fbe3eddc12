//! Fuzz target: the reader of `--from parquet`.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::reader(stance::corpus::Format::Parquet, bytes));
