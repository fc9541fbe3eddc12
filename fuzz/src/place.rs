//! The files that a target reads, in memory where the system has a folder there, and the hook that keeps a panic inside a
//! guarded parser from ending the run: for the program that is one skipped record. It checks nothing.

use std::path::PathBuf;

/// A folder of this process for input files.
fn folder() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let parent = if memory.is_dir() {
        memory
    } else {
        std::env::temp_dir()
    };
    let folder = parent.join(format!("stance-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for inputs");
    folder
}

/// Writes an input file; gives its path.
pub(crate) fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder().join(name);
    std::fs::write(&path, bytes).expect("an input file");
    path
}

/// To be called once, after libFuzzer has set its own hook, which ends the process at every panic.
pub fn start() {
    stance::corpus::hush_guarded_panics();
}

/// Takes the input files away.
pub fn end() {
    let _ = std::fs::remove_dir_all(folder());
}
