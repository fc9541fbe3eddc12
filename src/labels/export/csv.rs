//! A table with a head, parted by commas: single statements and statements of articles, one row each; an article's text
//! stands in its first row. It chooses no columns: every field that occurs is one.

use serde_json::Value;

use super::super::exchange::{ANSWERS, Fields, aside, shielded};
use super::super::import::{CSV_NAMES, CSV_WORDS};
use super::Task;

/// Columns that an article's rows use beside the answers.
const OF_ARTICLES: [&str; 4] = ["article", "article_text", "start", "end"];

pub(super) fn write(tasks: &[Task]) -> String {
    written(&tasks.iter().flat_map(rows).collect::<Vec<_>>(), b',')
}

fn rows(task: &Task) -> Vec<Fields> {
    let reserved: Vec<&str> = CSV_NAMES.iter().map(|(theirs, _)| *theirs).collect();
    let mut rest = task.rest(&ANSWERS);
    rest.remove("unit");
    if !task.is_article {
        let mut row = Fields::new();
        if let Some(id) = rest.remove("id") {
            row.insert("id".to_owned(), id);
        }
        row.insert("text".to_owned(), task.text().into());
        // A row without labels has an empty cell to fill; its other answers are given beforehand: its actor, say.
        row.insert("stance".to_owned(), Value::Null);
        row.extend(super::answers(&task.row));
        for statement in task.shown() {
            row.extend(super::answers(&statement));
        }
        let aside_names = [&reserved[..], &OF_ARTICLES[1..]].concat();
        row.extend(aside(rest, &aside_names));
        return vec![row];
    }
    let id = rest.remove("id").unwrap_or_default();
    let reserved = [&reserved[..], &OF_ARTICLES, &["text"], &ANSWERS].concat();
    let rest = aside(rest, &reserved);
    let mut statements = task.shown();
    if statements.is_empty() {
        statements.push(Fields::new());
    }
    let mut rows = Vec::with_capacity(statements.len());
    for (number, statement) in statements.into_iter().enumerate() {
        let mut row = Fields::new();
        row.insert("article".to_owned(), id.clone());
        row.extend(statement.into_iter().filter(|(_, value)| !value.is_null()));
        if number == 0 {
            row.insert("article_text".to_owned(), task.text().into());
            row.extend(rest.clone());
        }
        rows.push(row);
    }
    rows
}

/// A table of rows whose columns are all fields that occur, in the order in which they first do.
pub(super) fn written(rows: &[Fields], part: u8) -> String {
    let mut heads: Vec<&str> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for name in rows.iter().flat_map(Fields::keys) {
        if seen.insert(name) {
            heads.push(name);
        }
    }
    let mut writer = ::csv::WriterBuilder::new()
        .delimiter(part)
        .from_writer(Vec::new());
    // A vector takes every byte, and every row has as many cells as there are heads.
    let _ = writer.write_record(heads.iter().map(|name| shielded(name)));
    for row in rows {
        let _ = writer.write_record(heads.iter().map(|name| cell(name, row.get(*name))));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A cell that an import reads back as the same value.
fn cell(name: &str, value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(words)) => {
            let plain = CSV_WORDS.contains(&name)
                || name == "article_text"
                || serde_json::from_str::<Value>(words).is_err();
            // Words that look like a number or a list would not come back as words.
            if plain && !words.is_empty() || CSV_WORDS.contains(&name) {
                shielded(words)
            } else {
                Value::String(words.clone()).to_string()
            }
        }
        Some(other) => other.to_string(),
    }
}
