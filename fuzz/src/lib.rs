//! What each fuzz target does with its bytes, and what must hold whatever they are: nothing panics, every record becomes an
//! article or is skipped with a reason, spans index the text. Each file in `targets` is one entry to a function here.

mod labels;
mod model;
mod place;
mod readers;
mod text;

pub use labels::{import, labelled};
pub use model::model;
pub use place::{end, start};
pub use readers::{packed, reader, ready};
pub use text::{classify, extract, features};

/// A libFuzzer target: `fuzz!(|bytes| call(bytes))`.
#[macro_export]
macro_rules! fuzz {
    (|$bytes:ident| $call:expr) => {
        libfuzzer_sys::fuzz_target!(init: $crate::start(), |$bytes: &[u8]| $call);
    };
}
