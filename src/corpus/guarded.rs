//! Runs other people's parsers so that a panic in one of them costs one record, not the run. It parses nothing itself.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Fault, Result};

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread runs a guarded parser, so that a panic is a fault of the input and needs no report of its own.
fn is_inside() -> bool {
    INSIDE.get()
}

/// A panic in a guarded parser is told as a fault of its record: nothing else is printed about it.
pub fn hush_guarded_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |about| {
        if !is_inside() {
            usual(about);
        }
    }));
}

/// Runs `parse`; a panic becomes a fault.
///
/// # Errors
/// What `parse` says, or that it broke.
pub(super) fn guarded<T>(what: &str, parse: impl FnOnce() -> Result<T>) -> Result<T> {
    INSIDE.set(true);
    // What a broken parser leaves behind is dropped with it.
    let result = catch_unwind(AssertUnwindSafe(parse));
    INSIDE.set(false);
    result.unwrap_or_else(|_| {
        Err(Fault::new(format!("{what} that breaks its reader"))
            .expected("a well-formed one")
            .remedy("get it again"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_fault_of_the_input() {
        let fault = guarded("a page", || -> Result<()> { panic!("inside") }).unwrap_err();
        assert_eq!(fault.found, "a page that breaks its reader");
        assert!(!is_inside());
    }
}
