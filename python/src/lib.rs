//! The extension module `stance._stance`: the core library for Python. It turns Python and Arrow input into the core's
//! records, lets the core work without Python's lock, and hands the results back. What users call is the package `stance`
//! beside it; nothing of the field is decided here.

mod comparison;
mod faults;
mod fields;
mod input;
mod labels;
mod model;
mod statements;
mod table;
mod work;

use pyo3::prelude::*;

/// Statements are many small strings; the program has the same allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The core of the package `stance`.
#[pymodule]
mod _stance {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::comparison::{Comparison, compare};
    #[pymodule_export]
    use crate::faults::StanceError;
    #[pymodule_export]
    use crate::labels::{evaluate, train};
    #[pymodule_export]
    use crate::model::{Model, is_of_articles, skipped};
    #[pymodule_export]
    use crate::statements::Statements;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        stance::corpus::hush_guarded_panics();
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
