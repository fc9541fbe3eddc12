//! Statements that the user found elsewhere (`--from statements`): one row each, already cut out. It does not label.

use serde::Deserialize;

use crate::error::{Fault, Result};
use crate::label::Kind;

/// A statement without labels that stands alone.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct ReadyStatement {
    /// Name of the row; the line number where none is given.
    #[serde(default)]
    pub id: Option<serde_json::Value>,
    /// Its words.
    pub text: String,
    /// Who holds the view.
    #[serde(default)]
    pub actor: Option<String>,
    /// For whom the actor speaks.
    #[serde(default)]
    pub side: Option<String>,
    /// How it is given.
    #[serde(default)]
    pub kind: Option<String>,
    /// The words before it.
    #[serde(default)]
    pub context: Option<String>,
}

impl ReadyStatement {
    /// The kind, if one was given and is known.
    pub fn kind(&self) -> Option<Kind> {
        self.kind.as_deref().and_then(|word| word.parse().ok())
    }
}

/// Reads one row.
///
/// # Errors
/// A line that is no JSON object with a `text`, or that names an unknown kind.
pub fn ready_of_line(line: &str) -> Result<ReadyStatement> {
    let row: ReadyStatement =
        serde_json::from_str(line).map_err(|error| super::jsonl::json_fault(&error, "\"text\""))?;
    if row.text.trim().is_empty() {
        return Err(Fault::new("a statement without words")
            .expected("\"text\" with words")
            .remedy("drop the row"));
    }
    match row.kind.as_deref() {
        Some(word) if row.kind().is_none() && !word.is_empty() => {
            Err(Fault::new(format!("unknown kind {word:?}"))
                .expected("one of direct, indirect, mixed, act")
                .remedy("mend the row or leave \"kind\" out"))
        }
        _ => Ok(row),
    }
}
