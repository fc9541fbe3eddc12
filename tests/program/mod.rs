//! The program as a test runs it: a command in the project's folder, its input as a file, its output as records.

#![expect(unreachable_pub, reason = "a test's module has no crate around it")]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// The program, in the project's folder and on a terminal of no known width.
pub fn stance() -> Command {
    let mut command = Command::cargo_bin("stance").unwrap();
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("COLUMNS");
    command
}

/// The records of JSONL.
pub fn records(output: &[u8]) -> Vec<Value> {
    std::str::from_utf8(output)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Writes a file into `folder` and gives its path.
pub fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_string_lossy().into_owned()
}
