//! What went wrong, said in one line: where, what was found, what was expected, what to do.
//! Shared by all rooms that can fail; text analysis cannot.

use std::fmt;

/// A result whose error is a [`Fault`].
pub type Result<T> = std::result::Result<T, Fault>;

/// One thing that is wrong with an input, a model or a wish. Displayed as a single line:
/// `path:line: found; expected ...; remedy`, with `at byte N:` in place of a line where there are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// File, folder or `-` for standard input; `None` where no file is at fault.
    pub path: Option<String>,
    /// Line in that file, from 1.
    pub line: Option<usize>,
    /// Byte of the unpacked file where it begins, for what has no lines.
    pub offset: Option<u64>,
    /// What was found.
    pub found: String,
    /// What was expected in its place.
    pub expected: Option<Box<str>>,
    /// What the user can do.
    pub remedy: Option<Box<str>>,
}

impl Fault {
    /// A fault that names only what was found; the other parts are added by the methods below.
    pub fn new(found: impl Into<String>) -> Self {
        Self {
            path: None,
            line: None,
            offset: None,
            found: found.into(),
            expected: None,
            remedy: None,
        }
    }

    /// Adds the file.
    #[must_use]
    pub fn at(mut self, path: impl fmt::Display) -> Self {
        self.path = Some(path.to_string());
        self
    }

    /// Adds the line, from 1.
    #[must_use]
    pub fn line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// Whether it concerns an input as a whole, not a record of it: such a fault has no line.
    pub const fn is_of_whole_input(&self) -> bool {
        self.line.is_none() && self.offset.is_none()
    }

    /// Adds what was expected.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into().into_boxed_str());
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into().into_boxed_str());
        self
    }

    /// A file that could not be opened, read or written.
    pub fn io(path: impl fmt::Display, doing: &str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let fault = Self::new(format!("cannot {doing}: {}", plain(error))).at(path);
        match error.kind() {
            ErrorKind::NotFound => fault.remedy("check the path"),
            ErrorKind::PermissionDenied => fault.remedy("check the permissions"),
            ErrorKind::StorageFull => fault.remedy("free some disk space and run again"),
            _ => fault,
        }
    }
}

/// The operating system's words without its error number.
fn plain(error: &std::io::Error) -> String {
    let words = error.to_string();
    match words.find(" (os error") {
        Some(end) => words[..end].to_lowercase(),
        None => words,
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}:", visible(path))?;
            if let Some(line) = self.line {
                write!(f, "{line}:")?;
            }
            f.write_str(" ")?;
        }
        if let Some(offset) = self.offset {
            write!(f, "at byte {offset}: ")?;
        }
        f.write_str(&visible(&self.found))?;
        if let Some(expected) = &self.expected {
            write!(f, "; expected {}", visible(expected))?;
        }
        if let Some(remedy) = &self.remedy {
            write!(f, "; {}", visible(remedy))?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}

/// Words without what steers, so that a fault stays one line and no input can steer the terminal.
pub fn visible(words: &str) -> String {
    words
        .chars()
        .map(|c| if steers(c) { '\u{FFFD}' } else { c })
        .collect()
}

/// Whether a character is not shown but acts: control characters, which steer a terminal, and marks that turn the direction
/// of writing or hide in it, which make a line read otherwise than it is (Boucher and Anderson 2023, "Trojan Source").
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_one_line_with_all_its_parts() {
        let fault = Fault::new("unknown stance \"sceptical\"")
            .at("train.jsonl")
            .line(118)
            .expected("one of supportive, skeptical, hostile, none")
            .remedy("see training-data/CODEBOOK.md");
        assert_eq!(
            fault.to_string(),
            "train.jsonl:118: unknown stance \"sceptical\"; expected one of supportive, skeptical, hostile, none; \
             see training-data/CODEBOOK.md"
        );
    }

    #[test]
    fn control_characters_never_reach_the_line() {
        assert_eq!(
            Fault::new("a\nb\u{1b}[31m").to_string(),
            "a\u{FFFD}b\u{FFFD}[31m"
        );
        // A direction that is turned, and the one-byte form of ESC [ .
        assert_eq!(visible("a\u{202E}b\u{9B}c"), "a\u{FFFD}b\u{FFFD}c");
    }
}
