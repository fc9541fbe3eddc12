//! Prodigy's JSONL: choices (`accept` names options), binary decisions (`label` with `answer`) and `spans`. A rejected
//! label says only what a text is not, and an ignored one nothing: both count as unlabelled. It does not read tokens.

use serde_json::Value;

use super::super::exchange::{
    ARTICLE, Fields, Raw, STATEMENT, Sets, UNIT, answer, take_list, words,
};
use super::{File, objects};
use crate::error::Result;

pub(super) fn read(file: &File<'_>) -> Vec<Result<Raw>> {
    objects(file.text)
        .into_iter()
        .map(|(line, row)| Ok(raw(row?, line, &file.wishes.sets)))
        .collect()
}

/// Fields that Prodigy itself writes.
const CLERICAL: [&str; 7] = [
    "tokens", "score", "priority", "config", "options", "html", "versions",
];

fn raw(mut given: Fields, line: usize, sets: &Sets) -> Raw {
    let verdict = words(&given, "answer");
    let annotator = words(&given, "_annotator_id").or_else(|| words(&given, "_session_id"));
    let chosen = take_list(&mut given, "accept");
    let has_spans = given.get("spans").is_some_and(Value::is_array);
    let spans = take_list(&mut given, "spans");
    let carried = take_list(&mut given, "statements");
    let label = given.remove("label");
    given.remove("answer");
    let names = option_names(&given);
    for name in CLERICAL {
        given.remove(name);
    }
    let mut row: Fields = given
        .into_iter()
        .filter(|(name, _)| !name.starts_with('_'))
        .collect();
    if let Some(Value::Object(about)) = row.remove("meta") {
        row.extend(about);
    }
    let own = row.remove("annotator");
    let mut raw = Raw::new(row, Some(line));
    raw.annotator = annotator.or_else(|| own?.as_str().map(str::to_owned));
    raw.carried = carried;
    if verdict.as_deref() != Some("accept") {
        return raw;
    }
    for choice in chosen.iter().chain(&label).filter_map(Value::as_str) {
        let name = names.iter().find(|(id, _)| id == choice);
        // An option's id may be a number of the user's own; then its words are the label.
        let own = sets
            .stances
            .labels
            .iter()
            .any(|stance| stance.eq_ignore_ascii_case(choice));
        let label = name.filter(|_| !own).map_or(choice, |(_, words)| words);
        answer(&mut raw.row, "label", label, sets);
        raw.labelled = true;
    }
    let unit = words(&raw.row, UNIT);
    if !spans.is_empty()
        || unit.as_deref() == Some(ARTICLE)
        || (has_spans && !raw.labelled && unit.as_deref() != Some(STATEMENT))
    {
        raw.labelled = true;
        let spans = spans.iter().map(|one| span(one, sets)).collect();
        raw.row.insert("statements".to_owned(), Value::Array(spans));
    }
    raw
}

/// Ids of options with the words that were shown.
fn option_names(given: &Fields) -> Vec<(String, String)> {
    let options = given.get("options").and_then(Value::as_array);
    let pair = |option: &Value| {
        let fields = option.as_object()?;
        Some((words(fields, "id")?, words(fields, "text")?))
    };
    options.into_iter().flatten().filter_map(pair).collect()
}

fn span(one: &Value, sets: &Sets) -> Value {
    let mut fields = Fields::new();
    for name in ["start", "end", "text"] {
        if let Some(value) = one.get(name) {
            fields.insert(name.to_owned(), value.clone());
        }
    }
    if let Some(label) = one.get("label").and_then(Value::as_str) {
        answer(&mut fields, "label", label, sets);
    }
    Value::Object(fields)
}
