//! Readers of articles: whatever the bytes are, every record comes out as an article or with the reason why not.

use std::path::Path;

use stance::corpus::{Format, Reading, articles, cuts, ready_of_line};

use crate::place::file;

/// Reads `bytes` in a format as `stance classify --from` would.
pub fn reader(format: Format, bytes: &[u8]) {
    let path = file("input", bytes);
    read(&path, Some(format), bytes.len());
}

/// Reads `bytes` as the program finds them: packed or not, of whatever format they look like.
pub fn packed(bytes: &[u8]) {
    let path = file("input", bytes);
    // A bomb may hold 64 MB of short records.
    read(&path, None, 65 << 20);
    for item in articles(std::slice::from_ref(&path)).take(3) {
        let _ = item;
    }
}

fn read(path: &Path, format: Option<Format>, most: usize) {
    let reading = Reading {
        any_language: true,
        ..Reading::default()
    };
    let mut inputs = cuts(&[path.to_owned()], format, &reading);
    let mut n = 0;
    for cut in &mut inputs {
        n += 1;
        match cut.read(&reading).item {
            Ok(article) => assert!(!article.text.is_empty()),
            Err(skipped) => assert!(!skipped.fault.to_string().is_empty()),
        }
        // The last fault of a file is a record more.
        assert!(n <= most + 2, "more records than bytes");
    }
    assert!(n > 0, "an input without a record says so");
    assert_eq!(inputs.reached().files, 1);
}

/// Reads `bytes` as a row of `--from statements`.
pub fn ready(bytes: &[u8]) {
    if let Ok(line) = std::str::from_utf8(bytes)
        && let Ok(row) = ready_of_line(line)
    {
        crate::text::ready(&row);
    }
}
