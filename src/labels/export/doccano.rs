//! doccano's JSONL: `label` holds names for single statements and `[start, end, name]` for articles; all else becomes the
//! metadata of the text. doccano has no predictions: guesses stand as labels to be mended. It does not write relations.

use serde_json::{Value, json};

use super::super::exchange::{Fields, aside, words};
use super::{Task, offsets};

/// Keys that doccano itself reads or writes.
pub(in super::super) const RESERVED: [&str; 9] = [
    "id",
    "text",
    "label",
    "labels",
    "entities",
    "relations",
    "Comments",
    "statements",
    "username",
];

pub(super) fn row(task: &Task) -> Fields {
    let mut row = Fields::new();
    row.insert("text".to_owned(), task.text().into());
    let labels: Vec<Value> = task
        .shown()
        .iter()
        .filter_map(|one| {
            let stance = words(one, "stance")?;
            if task.is_article {
                let (start, end) = offsets(one)?;
                Some(json!([start, end, stance]))
            } else {
                Some(stance.into())
            }
        })
        .collect();
    row.insert("label".to_owned(), labels.into());
    if let Some(carried) = task.carried() {
        row.insert("statements".to_owned(), carried);
    }
    row.extend(aside(task.rest(&["stance"]), &RESERVED));
    row
}
