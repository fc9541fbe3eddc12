//! Prodigy's JSONL: single statements with `options` to choose from, articles with `spans`. A labelled row carries the
//! answer `accept`, as Prodigy's own data sets do; a guess is chosen beforehand and waits for an answer. It makes no tokens.

use serde_json::{Value, json};

use super::super::exchange::{Fields, Sets, words};
use super::{Task, offsets};

pub(super) fn row(task: &Task, sets: &Sets) -> Fields {
    let mut row = Fields::new();
    row.insert("text".to_owned(), task.text().into());
    let shown = task.shown();
    let mut about = task.rest(&["stance", "annotator"]);
    if task.is_article {
        let span = |one: &Fields| {
            let (start, end) = offsets(one)?;
            let (label, text) = (words(one, "stance")?, words(one, "text"));
            Some(json!({"start": start, "end": end, "label": label, "text": text}))
        };
        let spans: Vec<Value> = shown.iter().filter_map(span).collect();
        row.insert("spans".to_owned(), spans.into());
        if let Some(carried) = task.carried() {
            row.insert("statements".to_owned(), carried);
        }
    } else {
        let labels = sets.stances.labels.iter();
        let options: Vec<Value> = labels
            .map(|label| json!({"id": label, "text": label}))
            .collect();
        row.insert("options".to_owned(), options.into());
        let chosen: Vec<String> = shown
            .iter()
            .filter_map(|one| words(one, "stance"))
            .collect();
        row.insert("accept".to_owned(), chosen.into());
        let annotator = shown.iter().find_map(|one| words(one, "annotator"));
        if let Some(annotator) = annotator {
            row.insert("_annotator_id".to_owned(), annotator.into());
        }
    }
    if task.labelled {
        row.insert("answer".to_owned(), "accept".into());
    } else {
        about.remove("annotator");
    }
    row.insert("meta".to_owned(), Value::Object(about));
    row
}
