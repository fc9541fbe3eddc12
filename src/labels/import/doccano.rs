//! doccano's JSONL: classifications (`label` is a list of names) and spans (`label` is a list of `[start, end, name]`, or
//! `entities`). Other keys are the metadata that the text was uploaded with. It does not read relations.

use serde_json::Value;

use super::super::exchange::{ARTICLE, Fields, Raw, Sets, UNIT, answer, home, take_list, words};
use super::{File, objects};
use crate::error::Result;

pub(super) fn read(file: &File<'_>) -> Vec<Result<Raw>> {
    objects(file.text)
        .into_iter()
        .map(|(line, row)| {
            let mut raw = raw(row?, line, &file.wishes.sets);
            // Metadata of the text tells who labelled before it came to doccano.
            raw.annotator = file.wishes.annotator.clone().or(raw.annotator);
            Ok(raw)
        })
        .collect()
}

fn raw(mut given: Fields, line: usize, sets: &Sets) -> Raw {
    let own_number = given.remove("id");
    let mut labels = take_list(&mut given, "entities");
    for name in ["label", "labels"] {
        match given.remove(name) {
            Some(Value::Array(list)) => labels.extend(list),
            Some(one @ Value::String(_)) => labels.push(one),
            _ => {}
        }
    }
    given.remove("relations");
    let comments = take_list(&mut given, "Comments");
    let carried = take_list(&mut given, "statements");
    let annotator = ["username", "annotator"]
        .iter()
        .find_map(|name| match given.remove(*name) {
            Some(Value::String(name)) => Some(name),
            _ => None,
        });
    let mut row = home(given);
    if !row.contains_key("id")
        && let Some(id) = own_number
    {
        row.insert("id".to_owned(), id);
    }
    if !comments.is_empty() {
        row.insert("comments".to_owned(), Value::Array(comments));
    }
    let mut raw = Raw::new(row, Some(line));
    raw.annotator = annotator;
    raw.carried = carried;
    let mut spans = Vec::new();
    for label in &labels {
        if let Some(name) = label.as_str() {
            answer(&mut raw.row, "label", name, sets);
            raw.labelled = true;
        } else if let Some((start, end, name)) = span(label) {
            let mut fields = Fields::new();
            fields.insert("start".to_owned(), start);
            fields.insert("end".to_owned(), end);
            answer(&mut fields, "label", name, sets);
            spans.push(Value::Object(fields));
        }
    }
    if !spans.is_empty() || words(&raw.row, UNIT).as_deref() == Some(ARTICLE) {
        raw.labelled = true;
        raw.row.insert("statements".to_owned(), Value::Array(spans));
    }
    raw
}

/// A span of either shape.
fn span(label: &Value) -> Option<(Value, Value, &str)> {
    match label {
        Value::Array(parts) => match parts.as_slice() {
            [start, end, name] => Some((start.clone(), end.clone(), name.as_str()?)),
            _ => None,
        },
        Value::Object(fields) => Some((
            fields.get("start_offset")?.clone(),
            fields.get("end_offset")?.clone(),
            fields.get("label")?.as_str()?,
        )),
        _ => None,
    }
}
