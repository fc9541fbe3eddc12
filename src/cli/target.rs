//! The user's own target (`--target`), read and checked before anything runs. It does not use it.

use std::path::Path;

use super::terminal::Stop;
use crate::corpus::NamedTarget;
use crate::error::Fault;

/// Reads the file, if one was named.
pub(super) fn target(path: Option<&Path>) -> Result<Option<NamedTarget>, Stop> {
    let Some(path) = path else {
        return Ok(None);
    };
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Fault::io(&shown, "read the target", &error))?;
    Ok(Some(NamedTarget::of_text(&text, &shown)?))
}
