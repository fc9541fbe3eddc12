//! Where data goes: standard output, or a file that appears whole when it is closed. It does not know what is written.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::interrupt;
use super::terminal::{Stop, Terminal, harmless, output_stop};
use crate::error::Fault;

/// An open place for data.
pub(super) enum Output {
    /// Standard output; what is clean holds nothing that steers a terminal but our own colours.
    Standard {
        out: BufWriter<std::io::Stdout>,
        is_clean: bool,
    },
    /// A pipe or device that the user named: written as it stands.
    Device { out: BufWriter<File>, path: PathBuf },
    /// A regular file: written aside, renamed when closed.
    File {
        aside: BufWriter<tempfile::NamedTempFile>,
        path: PathBuf,
    },
    /// A file that is kept when the run is interrupted: written beside, renamed when closed.
    Part {
        out: BufWriter<File>,
        part: PathBuf,
        path: PathBuf,
    },
}

const BUFFER: usize = 1 << 16;

impl Output {
    /// Opens `path`, or standard output.
    pub(super) fn open(path: Option<&Path>) -> Result<Self, Stop> {
        let Some(named) = path else {
            return Ok(Self::Standard {
                out: BufWriter::with_capacity(BUFFER, std::io::stdout()),
                is_clean: false,
            });
        };
        let fault = |error: &std::io::Error| Fault::io(named.display(), "write", error);
        // A link stays a link: what it points to is replaced.
        let path = std::fs::canonicalize(named).unwrap_or_else(|_| named.to_owned());
        match std::fs::metadata(&path) {
            Ok(about) if about.is_dir() => {
                return Err(Fault::new("is a folder")
                    .at(named.display())
                    .expected("a file to write")
                    .into());
            }
            Ok(about) if !about.is_file() => {
                let file = OpenOptions::new()
                    .write(true)
                    .open(&path)
                    .map_err(|error| fault(&error))?;
                return Ok(Self::Device {
                    out: BufWriter::with_capacity(BUFFER, file),
                    path,
                });
            }
            _ => {}
        }
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or_else(|| Path::new("."));
        let aside = readable()
            .tempfile_in(parent)
            .map_err(|error| fault(&error))?;
        interrupt::remove_at_interrupt(aside.path());
        Ok(Self::File {
            aside: BufWriter::with_capacity(BUFFER, aside),
            path,
        })
    }

    /// Opens `path` so that the run can go on: what was written before is kept up to `bytes`.
    pub(super) fn resume(named: &Path, bytes: u64) -> Result<Self, Stop> {
        let fault = |error: &std::io::Error| Fault::io(named.display(), "write", error);
        if std::fs::metadata(named).is_ok_and(|about| !about.is_file()) {
            return Err(Fault::new("is no regular file")
                .at(named.display())
                .expected("a file to write, with --resume")
                .into());
        }
        let part = beside(named, ".part");
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&part)
            .map_err(|error| fault(&error))?;
        if file.try_lock().is_err() {
            return Err(Fault::new("another run is writing this file")
                .at(part.display())
                .remedy("wait for it, or write elsewhere")
                .into());
        }
        file.set_len(bytes).map_err(|error| fault(&error))?;
        file.seek(SeekFrom::End(0)).map_err(|error| fault(&error))?;
        Ok(Self::Part {
            out: BufWriter::with_capacity(BUFFER, file),
            part,
            path: named.to_owned(),
        })
    }

    /// Puts everything written so far on the disk.
    pub(super) fn secure(&mut self) -> Result<(), Stop> {
        if let Self::Part { out, path, .. } = self {
            out.flush()
                .and_then(|()| out.get_ref().sync_data())
                .map_err(|error| file_stop(path, &error))?;
        }
        Ok(())
    }

    /// Says that what will be written is clean.
    pub(super) fn trust(&mut self) {
        if let Self::Standard { is_clean, .. } = self {
            *is_clean = true;
        }
    }

    /// Where it goes, for the user's eyes.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Standard { .. } => "standard output".to_owned(),
            Self::Device { path, .. } | Self::File { path, .. } | Self::Part { path, .. } => {
                path.display().to_string()
            }
        }
    }

    /// Writes whole lines. A terminal gets them without what would steer it; files and pipes get them as they are.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let steers = matches!(
            self,
            Self::Standard {
                is_clean: false,
                ..
            }
        );
        let done = if steers && Terminal::is_read_by_a_person() {
            self.write_all(harmless(&String::from_utf8_lossy(bytes)).as_bytes())
        } else {
            self.write_all(bytes)
        };
        done.map_err(|error| self.stop(&error))
    }

    /// What an error in writing here means.
    pub(super) fn stop(&self, error: &std::io::Error) -> Stop {
        match self {
            Self::Standard { .. } => output_stop(error),
            Self::Device { path, .. } | Self::File { path, .. } | Self::Part { path, .. } => {
                file_stop(path, error)
            }
        }
    }

    /// Writes what is left; a file takes its name.
    pub(super) fn close(self) -> Result<(), Stop> {
        match self {
            Self::Standard { mut out, .. } => out.flush().map_err(|error| output_stop(&error)),
            Self::Device { mut out, path } => out.flush().map_err(|error| file_stop(&path, &error)),
            Self::File { aside, path } => {
                let file = aside
                    .into_inner()
                    .map_err(|error| file_stop(&path, error.error()))?;
                file.as_file()
                    .sync_all()
                    .map_err(|error| file_stop(&path, &error))?;
                file.persist(&path)
                    .map(drop)
                    .map_err(|error| file_stop(&path, &error.error))
            }
            Self::Part { out, part, path } => {
                let file = out
                    .into_inner()
                    .map_err(|error| file_stop(&path, error.error()))?;
                file.sync_all()
                    .and_then(|()| std::fs::rename(&part, &path))
                    .map_err(|error| file_stop(&path, &error))
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Standard { out, .. } => out.write(bytes),
            Self::Device { out, .. } | Self::Part { out, .. } => out.write(bytes),
            Self::File { aside, .. } => aside.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Standard { out, .. } => out.flush(),
            Self::Device { out, .. } | Self::Part { out, .. } => out.flush(),
            Self::File { aside, .. } => aside.flush(),
        }
    }
}

/// A file beside another: its name with an ending more.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn file_stop(path: &Path, error: &std::io::Error) -> Stop {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return Stop::BrokenPipe;
    }
    Fault::io(path.display(), "write", error).into()
}

/// Files that others may read, as far as the user's mask allows.
fn readable() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".stance-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}
