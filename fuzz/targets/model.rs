//! Fuzz target: the model loader.
#![no_main]

stance_fuzz::fuzz!(|bytes| stance_fuzz::model(bytes));
