//! From the paths that a user names to files: folders are walked in order of names, patterns are matched, hidden files are
//! passed over. It does not open files.

use std::path::{Path, PathBuf};

use super::format::{by_ending, endings};
use super::skipped::{Skipped, Why};
use crate::error::{Fault, Result};

/// A file to read, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A file or standard input that the user named.
    Named(PathBuf),
    /// A file of a folder or pattern.
    Walked(PathBuf),
    /// Something that is not read.
    Skipped(Skipped),
}

/// Expands inputs. With `any` every visible file of a folder is taken, else those with a known ending.
pub(super) fn find(inputs: &[PathBuf], any: bool) -> Vec<Found> {
    let mut found = Vec::new();
    for input in inputs {
        if input.as_os_str() == "-" {
            found.push(Found::Named(input.clone()));
            continue;
        }
        match std::fs::metadata(input) {
            Ok(about) if about.is_dir() => folder(input, any, &mut found),
            Ok(_) => found.push(Found::Named(input.clone())),
            Err(error) => {
                let pattern = input.to_str().filter(|name| name.contains(['*', '?', '[']));
                match pattern {
                    Some(pattern) => matches(pattern, &mut found),
                    None => found.push(input_fault(Fault::io(input.display(), "open", &error))),
                }
            }
        }
    }
    found
}

fn input_fault(fault: Fault) -> Found {
    Found::Skipped(Skipped {
        why: Why::Input,
        fault,
    })
}

fn folder(path: &Path, any: bool, found: &mut Vec<Found>) {
    let before = found.len();
    walk(path, any, found);
    let has_file = found[before..]
        .iter()
        .any(|one| matches!(one, Found::Walked(_)));
    if !has_file {
        found.push(input_fault(
            Fault::new("no article file in this folder")
                .at(path.display())
                .expected(format!("files that end in {}", endings()))
                .remedy("name the files themselves, with --from if needed"),
        ));
    }
}

/// Files matched by a shell pattern, in order of names; `**` stands for any number of folders.
fn matches(pattern: &str, found: &mut Vec<Found>) {
    let options = glob::MatchOptions {
        case_sensitive: true,
        require_literal_separator: true,
        require_literal_leading_dot: true,
    };
    let paths = match glob::glob_with(pattern, options) {
        Ok(paths) => paths,
        Err(error) => {
            let fault = Fault::new(format!("a pattern that cannot be read: {}", error.msg));
            return found.push(input_fault(fault.at(pattern)));
        }
    };
    let before = found.len();
    for path in paths {
        match path {
            Ok(path) if path.is_dir() => {}
            Ok(path) => found.push(Found::Walked(path)),
            Err(error) => found.push(record_fault(Fault::io(
                error.path().display(),
                "read the folder",
                error.error(),
            ))),
        }
    }
    if found.len() == before {
        found.push(input_fault(
            Fault::new("no file matches this pattern")
                .at(pattern)
                .remedy("check the pattern; ** stands for any number of folders"),
        ));
    }
}

fn record_fault(fault: Fault) -> Found {
    Found::Skipped(Skipped::record(fault))
}

fn walk(folder: &Path, any: bool, found: &mut Vec<Found>) {
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            let fault = Fault::io(folder.display(), "read the folder", &error);
            return found.push(record_fault(fault));
        }
    };
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        let skip = |what: &str| {
            Found::Skipped(Skipped {
                why: Why::FileKind,
                fault: Fault::new(what).at(path.display()),
            })
        };
        if kind.is_dir() {
            walk(&path, any, found);
        } else if kind.is_symlink() && path.is_dir() {
            found.push(skip("a link to a folder, which is not followed"));
        } else if !path.is_file() {
            found.push(skip("no regular file"));
        } else if any || by_ending(&path).is_some() {
            found.push(Found::Walked(path));
        } else {
            let end = path
                .extension()
                .map(|end| end.to_string_lossy().into_owned());
            found.push(skip(&match end {
                Some(end) => {
                    format!("a file that ends in .{end} is of no kind that holds articles")
                }
                None => "a file without an ending is of no kind that holds articles".to_owned(),
            }));
        }
    }
}

/// Files with one of the `endings`: those named, and those in folders, sorted by path.
///
/// # Errors
/// A path that is not there or cannot be read, or a folder without such a file.
pub fn files(inputs: &[PathBuf], endings: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for input in inputs {
        if input.as_os_str() == "-" {
            found.push(input.clone());
            continue;
        }
        let about =
            std::fs::metadata(input).map_err(|error| Fault::io(input.display(), "open", &error))?;
        if !about.is_dir() {
            found.push(input.clone());
            continue;
        }
        let mut walked = Vec::new();
        walk(input, true, &mut walked);
        let before = found.len();
        for one in walked {
            match one {
                Found::Walked(path) | Found::Named(path) => {
                    let end = path.extension().and_then(|end| end.to_str());
                    found.extend(
                        end.is_some_and(|end| endings.contains(&end))
                            .then_some(path),
                    );
                }
                Found::Skipped(skipped) if skipped.why.is_broken() => return Err(skipped.fault),
                Found::Skipped(_) => {}
            }
        }
        if found.len() == before {
            return Err(Fault::new("no article file in this folder")
                .at(input.display())
                .expected(format!("files that end in .{}", endings.join(", .")))
                .remedy("name the files themselves, with --from if needed"));
        }
    }
    Ok(found)
}
