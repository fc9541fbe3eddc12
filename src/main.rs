//! The `stance` program: hands the command line to [`stance::cli`] and turns its answer into an exit code.
//! It holds no logic of its own.

use std::process::ExitCode;

fn main() -> ExitCode {
    stance::cli::run()
}
