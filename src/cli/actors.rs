//! The user's own actors (`--actors`), read and checked before anything runs. It does not use them.

use std::path::Path;

use super::terminal::Stop;
use crate::corpus::OwnActors;
use crate::error::Fault;

/// Reads the file, if one was named.
pub(super) fn actors(path: Option<&Path>) -> Result<Option<OwnActors>, Stop> {
    let Some(path) = path else {
        return Ok(None);
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| Fault::io(path.display(), "read the actors", &error))?;
    Ok(Some(OwnActors::of_text(
        &text,
        &path.display().to_string(),
    )?))
}
