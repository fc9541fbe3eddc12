//! The event list of Discourse Network Analyzer: semicolons, one row a statement, agreement 1 for the first label of the
//! scale and 0 for the last. DNA has no place for an article's text: statements of articles come back as single ones.
//! Fields that DNA lacks are variables of their own.

use serde_json::Value;

use super::super::exchange::{Fields, aside, words};
use super::csv::written;
use super::{Task, answers};

/// Our fields under DNA's names.
const NAMES: [(&str, &str); 7] = [
    ("actor", "person"),
    ("side", "organization"),
    ("annotator", "coder"),
    ("outlet", "document_source"),
    ("title", "document_title"),
    ("date", "time"),
    ("article", "document_id"),
];

/// More columns of DNA's own.
const OWN: [&str; 5] = [
    "statement_id",
    "concept",
    "agreement",
    "start_position",
    "stop_position",
];

pub(super) fn write(tasks: &[Task]) -> String {
    let mut rows = Vec::new();
    for task in tasks {
        for single in singles(task) {
            rows.push(row(single, rows.len() + 1));
        }
    }
    written(&rows, b';')
}

/// The statements of a task, each as a row of its own.
fn singles(task: &Task) -> Vec<Fields> {
    if !task.is_article {
        let mut single = task.row.clone();
        single.extend(task.shown().into_iter().flatten());
        return vec![single];
    }
    let id = words(&task.row, "id").unwrap_or_default();
    let group = words(&task.row, "group").or_else(|| words(&task.row, "conflict"));
    let mut rest = task.rest(&[]);
    rest.remove("unit");
    rest.insert(
        "group".to_owned(),
        group.unwrap_or_else(|| id.clone()).into(),
    );
    rest.insert("article".to_owned(), id.clone().into());
    let one = |(number, statement): (usize, Fields)| {
        let mut single = rest.clone();
        single.insert("id".to_owned(), format!("{id}#{}", number + 1).into());
        single.extend(answers(&statement));
        for name in ["text", "start", "end"] {
            single.insert(
                name.to_owned(),
                statement.get(name).cloned().unwrap_or_default(),
            );
        }
        single
    };
    task.shown().into_iter().enumerate().map(one).collect()
}

fn row(single: Fields, number: usize) -> Fields {
    let stance = words(&single, "stance");
    let agreement = match stance.as_deref() {
        Some("supportive") => Value::from(1),
        Some("hostile") => Value::from(0),
        _ => Value::Null,
    };
    let mut row = Fields::new();
    row.insert("statement_id".to_owned(), number.into());
    for name in ["time", "person", "organization"] {
        row.insert(name.to_owned(), Value::Null);
    }
    row.insert("concept".to_owned(), "proposal".into());
    row.insert("agreement".to_owned(), agreement);
    let theirs: Vec<&str> = NAMES.iter().map(|(_, theirs)| *theirs).collect();
    for (name, value) in aside(single, &[&theirs[..], &OWN].concat()) {
        let theirs = match name.as_str() {
            "start" => "start_position",
            "end" => "stop_position",
            other => NAMES
                .iter()
                .find(|(ours, _)| *ours == other)
                .map_or(other, |(_, theirs)| theirs),
        };
        row.insert(theirs.to_owned(), value);
    }
    row
}
