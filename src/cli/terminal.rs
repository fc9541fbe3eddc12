//! Standard output and standard error: where data goes, where words to the user go, and when colour is used.
//! It does not know what is printed.

use std::io::{self, IsTerminal, Write};

use super::args::Color;
use crate::error::{Fault, steers};

/// Why a command ended early.
pub(super) enum Stop {
    /// Usage, unreadable input or a failed fit: exit 2.
    Faults(Vec<Fault>),
    /// A stated check failed: exit 1.
    Check(String),
    /// The reader of our output went away, which is fine: exit 0.
    BrokenPipe,
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Faults(vec![fault])
    }
}

impl From<Vec<Fault>> for Stop {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Faults(faults)
    }
}

/// An error in writing to standard output.
pub(super) fn output_stop(error: &io::Error) -> Stop {
    if error.kind() == io::ErrorKind::BrokenPipe {
        Stop::BrokenPipe
    } else {
        Stop::Faults(vec![Fault::io("standard output", "write", error)])
    }
}

/// The user's terminal, or the pipe or file in its place.
pub(super) struct Terminal {
    quiet: bool,
    color: Color,
}

impl Terminal {
    pub(super) const fn new(quiet: bool, color: Color) -> Self {
        Self { quiet, color }
    }

    /// Whether a person reads standard output.
    pub(super) fn is_read_by_a_person() -> bool {
        io::stdout().is_terminal()
    }

    /// Columns to draw in: as `COLUMNS` says, else as many as the terminal has; `None` where there is none.
    pub(super) fn width() -> Option<u16> {
        std::env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.parse().ok())
            .filter(|columns| *columns > 0)
            .or_else(|| terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0))
    }

    /// Whether progress is shown: a person watches standard error.
    pub(super) fn is_watched(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Whether to colour standard output.
    pub(super) fn colors(&self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                Self::is_read_by_a_person()
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }

    /// Says something to the user on standard error, unless `--quiet`.
    pub(super) fn say(&self, words: &str) {
        if !self.quiet {
            Self::write_error(words);
        }
    }

    /// Says what is wrong, always.
    pub(super) fn complain(fault: &Fault) {
        Self::write_error(&format!("stance: {fault}"));
    }

    /// Says why the exit code is not 0, always.
    pub(super) fn insist(words: &str) {
        Self::write_error(words);
    }

    /// Shows or replaces a progress line, on a terminal only.
    pub(super) fn progress(&self, words: &str) {
        if self.is_watched() {
            // A terminal that is gone cannot be told so.
            let _ = write!(io::stderr(), "\r\x1b[K{words}");
        }
    }

    /// Prints to standard output.
    pub(super) fn print(words: &str) -> Result<(), Stop> {
        let mut out = io::stdout().lock();
        out.write_all(harmless(words).as_bytes())
            .and_then(|()| out.flush())
            .map_err(|error| output_stop(&error))
    }

    fn write_error(words: &str) {
        // Standard error is the last resort: if it fails there is nobody left to tell.
        let _ = writeln!(io::stderr(), "{}", harmless(words));
    }
}

/// Lines in which nothing steers the terminal: file names, model cards and labels come from strangers.
pub(super) fn harmless(lines: &str) -> String {
    let shown = |c| match c {
        '\n' | '\t' => c,
        c if steers(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    lines.chars().map(shown).collect()
}
