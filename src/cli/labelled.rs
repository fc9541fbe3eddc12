//! Loading labelled files for a subcommand. It holds no logic of the field.

use std::path::PathBuf;

use super::terminal::Stop;
use crate::corpus::{self, Labelled};
use crate::label::LabelSet;

/// The labelled files, or every fault in them.
pub(super) fn load(
    paths: &[PathBuf],
    stances: &LabelSet,
    tones: &LabelSet,
) -> Result<Labelled, Stop> {
    Ok(corpus::load(paths, stances, tones)?)
}
