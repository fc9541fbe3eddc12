//! What lets an interrupted run go on (`--resume`): now and then it is noted how far the inputs were read and how long the
//! output was, both on the disk. The next run with the same settings cuts the output there and goes on. It does not read
//! or write records.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::output::beside;
use super::tally::Counts;
use super::terminal::Stop;
use crate::corpus::Position;
use crate::error::Fault;

const SCHEMA: &str = "stance.resume/1";

/// Time between two notes: what is lost at most when the machine fails.
const PAUSE: Duration = Duration::from_millis(500);

/// How far a run came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reached {
    pub(super) position: Position,
    /// Bytes of the output, and of the file of errors.
    pub(super) bytes: u64,
    pub(super) error_bytes: u64,
    pub(super) counts: Counts,
}

#[derive(Serialize, Deserialize)]
struct Note {
    schema: String,
    settings: String,
    reached: Reached,
}

/// The file that says how far a run came.
pub(super) struct Journal {
    path: PathBuf,
    settings: String,
    noted: Instant,
}

impl Journal {
    /// Looks for a run to go on with; `settings` are a hash of everything that decides the output.
    pub(super) fn open(output: &Path, settings: String) -> Result<(Self, Reached), Stop> {
        let path = beside(output, ".resume");
        let journal = Self {
            path: path.clone(),
            settings,
            noted: Instant::now(),
        };
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok((journal, Reached::default()));
            }
            Err(error) => return Err(Fault::io(path.display(), "read", &error).into()),
        };
        let remedy = format!(
            "give the same command, or delete {} to begin anew",
            path.display()
        );
        let note: Note = serde_json::from_slice(&bytes)
            .ok()
            .filter(|note: &Note| note.schema == SCHEMA)
            .ok_or_else(|| {
                Fault::new("no note of an interrupted run")
                    .at(path.display())
                    .expected(SCHEMA)
                    .remedy(remedy.as_str())
            })?;
        let written = std::fs::metadata(beside(output, ".part")).map(|about| about.len());
        let Ok(written) = written else {
            // The run had ended: only its note was left.
            return Ok((journal, Reached::default()));
        };
        if note.settings != journal.settings {
            return Err(
                Fault::new("the interrupted run had other inputs or settings")
                    .at(path.display())
                    .expected("the same inputs, unchanged, the same model and options")
                    .remedy(remedy)
                    .into(),
            );
        }
        if written < note.reached.bytes {
            return Err(Fault::new("the unfinished output is shorter than noted")
                .at(beside(output, ".part").display())
                .expected(format!("at least {} bytes", note.reached.bytes))
                .remedy(remedy)
                .into());
        }
        Ok((journal, note.reached))
    }

    /// Whether it is time for a note.
    pub(super) fn is_due(&self) -> bool {
        self.noted.elapsed() >= PAUSE
    }

    /// Notes how far the run came. What it says must be on the disk already.
    pub(super) fn note(&mut self, reached: Reached) -> Result<(), Stop> {
        let fault = |error: &std::io::Error| Fault::io(self.path.display(), "write", error);
        let note = Note {
            schema: SCHEMA.to_owned(),
            settings: self.settings.clone(),
            reached,
        };
        // One name, so that runs which are killed leave at most one such file: the output is locked against other runs.
        let aside = beside(&self.path, ".next");
        let write = || -> std::io::Result<()> {
            let mut file = File::create(&aside)?;
            file.write_all(&serde_json::to_vec(&note)?)?;
            file.sync_data()?;
            std::fs::rename(&aside, &self.path)
        };
        write().map_err(|error| fault(&error))?;
        self.noted = Instant::now();
        Ok(())
    }

    /// The run has ended: nothing is left to go on with.
    pub(super) fn end(self) {
        // If it stays, the next run sees that there is no unfinished output.
        let _ = std::fs::remove_file(beside(&self.path, ".next"));
        let _ = std::fs::remove_file(&self.path);
    }
}
