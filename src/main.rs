//! The `stance` program: hands the command line to [`stance::cli`] and turns its answer into an exit code.
//! It holds no logic of its own.

use std::process::ExitCode;

/// Statements are many small strings: the system's allocator takes a tenth of the time.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    stance::cli::run()
}
