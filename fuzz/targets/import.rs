//! Fuzz target: importers of label tools.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::import(bytes));
