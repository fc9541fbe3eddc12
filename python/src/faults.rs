//! The core's faults as Python sees them: one exception with the same words, and what was skipped as dictionaries. It words
//! nothing itself.

use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use stance::corpus::{Skipped, Why};
use stance::error::Fault;

create_exception!(
    stance,
    StanceError,
    PyValueError,
    "What is wrong with an input, a model or a wish, in the words of the program.\n\n\
     ``str(error)`` has one line a fault: where, what was found, what was expected, what to do. ``error.faults`` lists them as\n\
     dictionaries with the keys ``path``, ``line``, ``offset``, ``found``, ``expected``, ``remedy``; each may be ``None``\n\
     but ``found``."
);

/// Faults that are listed in an exception's words before the rest is only counted, as the program does.
const MOST_FAULTS: usize = 20;

/// One fault as an exception.
pub(crate) fn raised(fault: Fault) -> PyErr {
    all_raised(vec![fault])
}

/// Faults as one exception.
pub(crate) fn all_raised(faults: Vec<Fault>) -> PyErr {
    let mut lines: Vec<String> = faults
        .iter()
        .take(MOST_FAULTS)
        .map(Fault::to_string)
        .collect();
    if faults.len() > MOST_FAULTS {
        lines.push(format!("and {} faults more", faults.len() - MOST_FAULTS));
    }
    let error = StanceError::new_err(lines.join("\n"));
    Python::attach(|py| {
        let listed: PyResult<Vec<_>> = faults.iter().map(|fault| dictionary(py, fault)).collect();
        // Without the list the words still stand.
        let _ = listed.and_then(|listed| error.value(py).setattr("faults", listed));
    });
    error
}

/// What was skipped, with the keys that the program's `--errors` file has.
pub(crate) fn skipped<'py>(py: Python<'py>, skipped: &Skipped) -> PyResult<Bound<'py, PyDict>> {
    let entry = dictionary(py, &skipped.fault)?;
    entry.set_item("why", skipped.why.name())?;
    Ok(entry)
}

fn dictionary<'py>(py: Python<'py>, fault: &Fault) -> PyResult<Bound<'py, PyDict>> {
    let entry = PyDict::new(py);
    entry.set_item("path", fault.path.as_deref())?;
    entry.set_item("line", fault.line)?;
    entry.set_item("offset", fault.offset)?;
    entry.set_item("found", &fault.found)?;
    entry.set_item("expected", fault.expected.as_deref())?;
    entry.set_item("remedy", fault.remedy.as_deref())?;
    Ok(entry)
}

/// The faults of what is broken, if anything is.
pub(crate) fn broken(skipped: &[Skipped]) -> Vec<Fault> {
    let of = |one: &&Skipped| one.why.is_broken();
    skipped
        .iter()
        .filter(of)
        .map(|one| one.fault.clone())
        .collect()
}

/// How many were skipped and why, in words: `2 skipped (1 broken, 1 not in English)`.
pub(crate) fn counted(skipped: &[Skipped]) -> String {
    let reasons: Vec<String> = Why::ALL
        .iter()
        .map(|why| (skipped.iter().filter(|one| one.why == *why).count(), why))
        .filter(|(n, _)| *n > 0)
        .map(|(n, why)| format!("{n} {}", why.words()))
        .collect();
    format!("{} skipped ({})", skipped.len(), reasons.join(", "))
}
