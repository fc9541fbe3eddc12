//! Records as JSON, one a line. It does not choose what is in them.

use std::io::{self, Write};

use serde::Serialize;

/// Writes one record and a line break.
///
/// # Errors
/// What the writer says.
pub fn write(record: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}
