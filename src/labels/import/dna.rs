//! The event list of Discourse Network Analyzer: one row a statement, fields parted by semicolons, without the documents'
//! texts. Each row becomes a single statement of the group of its document. It does not rebuild articles.

use serde_json::Value;

use super::super::exchange::{Fields, Raw, home, words};
use super::File;
use super::csv::{decoded, table};
use crate::error::Result;

/// DNA's columns under our names.
const NAMES: [(&str, &str); 7] = [
    ("person", "actor"),
    ("organization", "side"),
    ("coder", "annotator"),
    ("document_source", "outlet"),
    ("document_title", "title"),
    ("time", "date"),
    ("document_id", "article"),
];

/// Columns that say nothing of a statement that stands alone.
const CLERICAL: [&str; 4] = ["statement_id", "start_position", "stop_position", "concept"];

pub(super) fn read(file: &File<'_>) -> Vec<Result<Raw>> {
    table(file.text)
        .into_iter()
        .map(|(line, row)| Ok(raw(row?, line)))
        .collect()
}

fn raw(cells: Vec<(String, String)>, line: usize) -> Raw {
    let mut row = Fields::new();
    let mut agreement = None;
    for (name, cell) in cells {
        if cell.is_empty() || CLERICAL.contains(&name.as_str()) {
            continue;
        }
        if name == "agreement" {
            agreement = Some(cell);
            continue;
        }
        let known = NAMES.iter().find(|(theirs, _)| *theirs == name);
        let name = known.map_or(name.as_str(), |(_, ours)| ours);
        let value = decoded(name, &cell);
        row.insert(name.to_owned(), value);
    }
    let mut row = home(row);
    if words(&row, "group").is_none()
        && let Some(article) = words(&row, "article")
    {
        row.insert("group".to_owned(), article.into());
    }
    // Agreement with the concept, here the proposal, is support; without a stance of its own.
    let stance = match agreement.as_deref() {
        Some("1" | "true" | "yes") => Some("supportive"),
        Some("0" | "false" | "no") => Some("hostile"),
        _ => None,
    };
    if words(&row, "stance").is_none()
        && let Some(stance) = stance
    {
        row.insert("stance".to_owned(), Value::from(stance));
    }
    let mut raw = Raw::new(row, Some(line));
    raw.labelled = words(&raw.row, "stance").is_some();
    raw
}
