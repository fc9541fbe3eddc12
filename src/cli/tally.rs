//! What came in and what became of it: counts, the first faults for the user's eyes, and everything skipped in the file of
//! `--errors`. It decides nothing.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::MOST_FAULTS;
use super::terminal::{Stop, Terminal};
use crate::corpus::{Skipped, Why};
use crate::error::Fault;

/// The counts of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counts {
    pub(super) articles: usize,
    pub(super) statements: usize,
    pub(super) abstained: usize,
    /// As many as there are reasons, in the order of [`Why::ALL`].
    skipped: [usize; Why::ALL.len()],
    /// Articles or files by encoding, where it was not UTF-8.
    encodings: BTreeMap<String, usize>,
}

impl Counts {
    pub(super) fn skipped(&self, why: Why) -> usize {
        Why::ALL
            .iter()
            .zip(self.skipped)
            .find(|(one, _)| **one == why)
            .map_or(0, |(_, n)| n)
    }

    fn skipped_in_all(&self) -> usize {
        self.skipped.iter().sum()
    }
}

/// The counts, and where faults go.
pub(super) struct Tally {
    pub(super) counts: Counts,
    first: Vec<Fault>,
    notes: Vec<String>,
    errors: Option<Errors>,
}

struct Errors {
    path: PathBuf,
    out: BufWriter<File>,
}

impl Tally {
    /// Opens the file of `--errors`, which keeps what it holds up to `bytes`.
    pub(super) fn open(counts: Counts, errors: Option<&Path>, bytes: u64) -> Result<Self, Stop> {
        let open = |path: &Path| {
            let fault =
                |error: &std::io::Error| Fault::io(path.display(), "write the errors", error);
            let mut file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(path)
                .map_err(|error| fault(&error))?;
            // A pipe or device has no length to set and no place to go to.
            if std::fs::metadata(path).is_ok_and(|about| about.is_file()) {
                file.set_len(bytes).map_err(|error| fault(&error))?;
                file.seek(SeekFrom::End(0)).map_err(|error| fault(&error))?;
            }
            Ok::<_, Fault>(Errors {
                path: path.to_owned(),
                out: BufWriter::new(file),
            })
        };
        Ok(Self {
            counts,
            first: Vec::new(),
            notes: Vec::new(),
            errors: errors.map(open).transpose()?,
        })
    }

    /// Takes something that was skipped.
    pub(super) fn skip(&mut self, skipped: Skipped) -> Result<(), Stop> {
        let Skipped { why, fault } = skipped;
        if let Some(count) = Why::ALL.iter().position(|one| *one == why) {
            self.counts.skipped[count] += 1;
        }
        if let Some(errors) = &mut self.errors {
            let line = serde_json::json!({
                "path": fault.path, "line": fault.line, "offset": fault.offset, "why": why.name(),
                "found": fault.found, "expected": fault.expected, "remedy": fault.remedy,
            });
            writeln!(errors.out, "{line}").map_err(|error| errors.stop(&error))?;
        }
        if self.first.len() < MOST_FAULTS {
            self.first.push(fault);
        }
        Ok(())
    }

    /// Takes a note that a text was not in UTF-8.
    pub(super) fn encoding(&mut self, path: &str, encoding: &str) {
        *self
            .counts
            .encodings
            .entry(encoding.to_owned())
            .or_default() += 1;
        if self.notes.len() < MOST_FAULTS {
            self.notes
                .push(format!("stance: {path}: read as {encoding}"));
        }
    }

    /// Writes out what waits; with `sync` it is safe on the disk. Gives the length of the file of errors.
    pub(super) fn flush(&mut self, sync: bool) -> Result<u64, Stop> {
        let Some(errors) = &mut self.errors else {
            return Ok(0);
        };
        errors.out.flush().map_err(|error| errors.stop(&error))?;
        if sync {
            let done = errors.out.get_ref().sync_data();
            done.map_err(|error| errors.stop(&error))?;
        }
        let position = errors.out.get_mut().stream_position();
        Ok(position.unwrap_or_default())
    }

    /// Lists the first faults and says what came of it all.
    pub(super) fn report(&mut self, terminal: &Terminal, of_articles: bool) -> Result<(), Stop> {
        self.flush(false)?;
        for note in &self.notes {
            terminal.say(note);
        }
        for fault in &self.first {
            Terminal::complain(fault);
        }
        let skipped = self.counts.skipped_in_all();
        if skipped > self.first.len() {
            let more = skipped - self.first.len();
            terminal.say(&format!("stance: and {more} more that were skipped"));
        }
        if self.is_nothing_read() {
            return Ok(());
        }
        terminal.say(&words(&self.counts, of_articles));
        Ok(())
    }

    /// Whether not one record could be read, though there were some.
    pub(super) fn is_nothing_read(&self) -> bool {
        self.counts.articles == 0 && self.counts.statements == 0 && self.counts.skipped_in_all() > 0
    }
}

impl Errors {
    fn stop(&self, error: &std::io::Error) -> Stop {
        Fault::io(self.path.display(), "write the errors", error).into()
    }
}

fn words(counts: &Counts, of_articles: bool) -> String {
    let share = if counts.statements == 0 {
        0.0
    } else {
        100.0 * counts.abstained as f64 / counts.statements as f64
    };
    let reasons: Vec<String> = Why::ALL
        .iter()
        .zip(counts.skipped)
        .filter(|(_, n)| *n > 0)
        .map(|(why, n)| format!("{n} {}", why.words()))
        .collect();
    let skipped = match (counts.skipped_in_all(), reasons.join(", ")) {
        (0, _) => "0 skipped".to_owned(),
        (n, reasons) => format!("{n} skipped ({reasons})"),
    };
    let articles = of_articles.then(|| counted(counts.articles, "article"));
    let statements = [
        counted(counts.statements, "statement"),
        format!("{share:.0} % abstained"),
        skipped,
    ];
    let encodings = counts
        .encodings
        .iter()
        .map(|(encoding, n)| format!("{n} read as {encoding}"));
    let parts: Vec<String> = articles
        .into_iter()
        .chain(statements)
        .chain(encodings)
        .collect();
    parts.join(", ")
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 {
        format!("1 {what}")
    } else {
        format!("{n} {what}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_tells_every_reason() {
        let counts = Counts {
            articles: 1,
            statements: 3,
            abstained: 1,
            skipped: [0, 2, 1, 0, 0],
            encodings: BTreeMap::from([("windows-1252".to_owned(), 1)]),
        };
        assert_eq!(
            words(&counts, true),
            "1 article, 3 statements, 33 % abstained, 3 skipped (2 broken, 1 not in English), 1 read as windows-1252"
        );
    }
}
