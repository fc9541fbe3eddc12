//! A table with a head, as spreadsheets write it: single statements (`text`, `stance` and what else our rows have), and
//! statements of articles (`article`, `start`, `end`, with `article_text` in one row of the article or more). Fields are
//! parted by commas, semicolons or tabs. It does not guess what a column means beyond its name.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::exchange::{ANSWERS, Fields, Raw, home, unshielded, words};
use super::File;
use crate::error::{Fault, Result};

/// Other names of columns.
pub(in super::super) const NAMES: [(&str, &str); 9] = [
    ("label", "stance"),
    ("labels", "stance"),
    ("sentiment", "stance"),
    ("sentence", "text"),
    ("statement", "text"),
    ("speaker", "actor"),
    ("coder", "annotator"),
    ("source", "outlet"),
    ("username", "annotator"),
];

/// Fields of ours that are always words.
pub(in super::super) const WORDS: [&str; 16] = [
    "id",
    "text",
    "actor",
    "side",
    "surface",
    "kind",
    "stance",
    "tone",
    "group",
    "context",
    "annotator",
    "outlet",
    "date",
    "url",
    "title",
    "article",
];

/// Columns of a statement in an article; all others are the article's.
const OF_STATEMENT: [&str; 3] = ["start", "end", "text"];

pub(super) fn read(file: &File<'_>) -> Vec<Result<Raw>> {
    let mut raws = Vec::new();
    let mut articles: BTreeMap<String, usize> = BTreeMap::new();
    for (line, cells) in table(file.text) {
        match cells.map(fields) {
            Ok(row) if row.contains_key("article_text") || row.contains_key("start") => {
                in_article(row, line, &mut articles, &mut raws);
            }
            Ok(row) => {
                let mut raw = Raw::new(row, Some(line));
                raw.labelled = words(&raw.row, "stance").is_some();
                raws.push(Ok(raw));
            }
            Err(fault) => raws.push(Err(fault)),
        }
    }
    raws
}

fn fields(cells: Vec<(String, String)>) -> Fields {
    let names: Vec<String> = cells.iter().map(|(name, _)| name.to_lowercase()).collect();
    let mut row = Fields::new();
    for (name, cell) in cells {
        let lower = name.to_lowercase();
        let other = NAMES.iter().find(|(theirs, _)| *theirs == lower);
        // An other name counts only where the column of our name is not there as well.
        let name = match other.filter(|(_, ours)| !names.iter().any(|name| name == ours)) {
            Some((_, ours)) => (*ours).to_owned(),
            None if WORDS.contains(&lower.as_str()) => lower,
            None => name,
        };
        if !cell.is_empty() {
            let value = decoded(&name, &cell);
            row.insert(name, value);
        }
    }
    home(row)
}

/// Adds a row to its article, which begins with its first row.
fn in_article(
    mut row: Fields,
    line: usize,
    articles: &mut BTreeMap<String, usize>,
    raws: &mut Vec<Result<Raw>>,
) {
    let key = words(&row, "article").unwrap_or_default();
    let text = row.remove("article_text");
    let mut statement = Fields::new();
    for name in OF_STATEMENT.iter().chain(&ANSWERS) {
        if let Some(value) = row.remove(*name) {
            statement.insert((*name).to_owned(), value);
        }
    }
    let at = *articles.entry(key).or_insert_with(|| {
        if let Some(id) = row.remove("article") {
            row.insert("id".to_owned(), id);
        }
        row.insert("statements".to_owned(), Value::Array(Vec::new()));
        let mut raw = Raw::new(row, Some(line));
        raw.labelled = true;
        raws.push(Ok(raw));
        raws.len() - 1
    });
    if let Ok(raw) = &mut raws[at] {
        if let Some(text) = text {
            raw.row.insert("text".to_owned(), text);
        }
        if statement.contains_key("start")
            && let Some(Value::Array(statements)) = raw.row.get_mut("statements")
        {
            statements.push(Value::Object(statement));
        }
    }
}

/// What a cell holds: words where the field is words, else what an export wrote as JSON.
pub(super) fn decoded(name: &str, cell: &str) -> Value {
    if WORDS.contains(&name) || name == "article_text" {
        return unshielded(cell).into();
    }
    serde_json::from_str(cell).unwrap_or_else(|_| unshielded(cell).into())
}

/// A row of a table with its line: column names and cells.
type TableRow = (usize, Result<Vec<(String, String)>>);

/// The rows of a table, by the names in its head.
pub(super) fn table(text: &str) -> Vec<TableRow> {
    let head = text.lines().next().unwrap_or_default();
    let count = |mark: char| head.matches(mark).count();
    let part = [',', ';', '\t'].into_iter().reduce(|best, next| {
        if count(next) > count(best) {
            next
        } else {
            best
        }
    });
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(part.unwrap_or(',') as u8)
        .flexible(true)
        .from_reader(text.as_bytes());
    let broken = |error: &::csv::Error| Fault::new(format!("broken table: {error}"));
    let head = match reader.headers() {
        Ok(head) => head
            .iter()
            .map(|name| unshielded(name.trim()).to_owned())
            .collect::<Vec<_>>(),
        Err(error) => return vec![(1, Err(broken(&error).line(1)))],
    };
    reader
        .records()
        .map(|record| match record {
            Ok(record) => {
                let line = record.position().map_or(0, |place| place.line() as usize);
                let cells = record.iter().map(str::to_owned);
                if record.len() > head.len() {
                    let fault =
                        Fault::new(format!("{} cells under {} heads", record.len(), head.len()))
                            .line(line)
                            .expected("no more cells than heads")
                            .remedy("put cells that hold the separator in quotation marks");
                    return (line, Err(fault));
                }
                (line, Ok(head.iter().cloned().zip(cells).collect()))
            }
            Err(error) => {
                let line = error.position().map_or(0, |place| place.line() as usize);
                (line, Err(broken(&error).line(line)))
            }
        })
        .collect()
}
