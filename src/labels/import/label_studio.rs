//! Label Studio's JSON (tasks with annotations) and JSON-MIN (one flat row an annotation). Cancelled annotations are left
//! out; where an annotation is marked as ground truth, only such count. It does not look at predictions.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::super::exchange::{
    ARTICLE, Fields, Raw, Sets, UNIT, answer, is_bystander, take_list, words,
};
use super::{File, objects};
use crate::error::Result;

pub(super) fn read(file: &File<'_>) -> Vec<Result<Raw>> {
    let mut raws = Vec::new();
    for (line, task) in objects(file.text) {
        match task {
            Ok(task) if task.get("data").is_some_and(Value::is_object) => {
                raws.extend(
                    annotations(task, line, &file.wishes.sets)
                        .into_iter()
                        .map(Ok),
                );
            }
            Ok(row) => raws.push(Ok(flat(row, line, &file.wishes.sets))),
            Err(fault) => raws.push(Err(fault)),
        }
    }
    raws
}

/// One raw row for each annotation of a task.
fn annotations(mut task: Fields, line: usize, sets: &Sets) -> Vec<Raw> {
    let task_id = words(&task, "id");
    let mut given = take_list(&mut task, "annotations");
    given.extend(take_list(&mut task, "completions"));
    let flag = |annotation: &Value, name: &str| annotation.get(name) == Some(&Value::Bool(true));
    given.retain(|annotation| !flag(annotation, "was_cancelled"));
    if given
        .iter()
        .any(|annotation| flag(annotation, "ground_truth"))
    {
        given.retain(|annotation| flag(annotation, "ground_truth"));
    }
    let Some(Value::Object(mut row)) = task.remove("data") else {
        return Vec::new();
    };
    if !row.contains_key("id")
        && let Some(id) = task_id
    {
        row.insert("id".to_owned(), id.into());
    }
    name_text(&mut row);
    if given.is_empty() {
        return vec![Raw::new(row, Some(line))];
    }
    let one = |annotation: &Value| {
        let mut raw = Raw::new(row.clone(), Some(line));
        raw.annotator = annotator(annotation.get("completed_by"));
        results(annotation, &mut raw, sets);
        raw
    };
    given.iter().map(one).collect()
}

/// The text under our name: the longest words of the task where no field is called `text`.
fn name_text(row: &mut Fields) {
    if words(row, "text").is_none() {
        let longest = row
            .iter()
            .filter_map(|(name, value)| Some((value.as_str()?.len(), name.clone())))
            .max();
        if let Some(text) = longest.and_then(|(_, name)| row.remove(&name)) {
            row.insert("text".to_owned(), text);
        }
    }
}

/// An annotator is a number, or an object with an address and names.
fn annotator(by: Option<&Value>) -> Option<String> {
    match by? {
        Value::Object(person) => ["email", "username", "first_name", "id"]
            .iter()
            .find_map(|name| words(person, name)),
        Value::Number(number) => Some(number.to_string()),
        Value::String(name) => Some(name.clone()),
        _ => None,
    }
}

fn results(annotation: &Value, raw: &mut Raw, sets: &Sets) {
    let empty = Vec::new();
    let results = annotation
        .get("result")
        .and_then(Value::as_array)
        .unwrap_or(&empty);
    let mut regions: Vec<Fields> = Vec::new();
    let mut number: FxHashMap<&str, usize> = FxHashMap::default();
    for result in results {
        let id = result.get("id").and_then(Value::as_str).unwrap_or_default();
        if let Some(region) = result.get("value").and_then(region) {
            number.entry(id).or_insert_with(|| {
                regions.push(region);
                regions.len() - 1
            });
        }
    }
    for result in results {
        let id = result.get("id").and_then(Value::as_str).unwrap_or_default();
        let control = result
            .get("from_name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let fields = match number.get(id) {
            Some(&at) => &mut regions[at],
            None => &mut raw.row,
        };
        for label in labels(result.get("value")) {
            answer(fields, control, &label, sets);
            raw.labelled = true;
        }
    }
    // A span of another kind (a source, a cue) that carries no answer of ours is none of our statements.
    regions.retain(|region| !is_bystander(region, sets));
    if !regions.is_empty() || words(&raw.row, UNIT).as_deref() == Some(ARTICLE) {
        raw.labelled = true;
        let regions = regions.into_iter().map(Value::Object).collect();
        raw.row
            .insert("statements".to_owned(), Value::Array(regions));
    }
}

/// Start, end and words of a region; global offsets win over those within an HTML node.
fn region(value: &Value) -> Option<Fields> {
    let offsets = value.get("globalOffsets").unwrap_or(value);
    let (start, end) = (offsets.get("start")?, offsets.get("end")?);
    let mut fields = Fields::new();
    // In HTML, start and end are paths: then the words alone tell the place.
    if start.is_u64() && end.is_u64() {
        fields.insert("start".to_owned(), start.clone());
        fields.insert("end".to_owned(), end.clone());
    }
    if let Some(words) = value.get("text").filter(|words| words.is_string()) {
        fields.insert("text".to_owned(), words.clone());
    }
    Some(fields)
}

/// Everything that a result says: labels, choices, or typed words.
fn labels(value: Option<&Value>) -> Vec<String> {
    let Some(Value::Object(value)) = value else {
        return Vec::new();
    };
    let is_region = value.contains_key("start");
    let lists = ["labels", "hypertextlabels", "choices", "text"];
    lists
        .iter()
        .filter(|name| {
            !(is_region && **name == "text" && value.get("text").is_some_and(Value::is_string))
        })
        .filter_map(|name| value.get(*name))
        .flat_map(|list| match list {
            Value::Array(list) => list
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            Value::String(one) => vec![one.clone()],
            _ => Vec::new(),
        })
        .collect()
}

/// Columns of JSON-MIN that say nothing of the text.
const CLERICAL: [&str; 5] = [
    "annotation_id",
    "created_at",
    "updated_at",
    "lead_time",
    "agreement",
];

fn flat(mut row: Fields, line: usize, sets: &Sets) -> Raw {
    for name in CLERICAL {
        row.remove(name);
    }
    let annotator = annotator(row.remove("annotator").as_ref());
    let names: Vec<String> = row.keys().filter(|name| *name != "text").cloned().collect();
    let mut answers = Fields::new();
    let mut spans = Vec::new();
    for name in names {
        let Some(value) = row.get(&name) else {
            continue;
        };
        let given = match value {
            Value::Array(list) if list.iter().any(|one| one.get("start").is_some()) => {
                spans.extend(list.iter().filter_map(|one| {
                    let mut fields = region(one)?;
                    for label in labels(Some(one)) {
                        answer(&mut fields, &name, &label, sets);
                    }
                    Some(Value::Object(fields))
                }));
                Vec::new()
            }
            Value::Object(_) => labels(Some(value)),
            Value::String(label) if means(&name, label, sets) => vec![label.clone()],
            _ => continue,
        };
        row.remove(&name);
        for label in given {
            answer(&mut answers, &name, &label, sets);
        }
    }
    name_text(&mut row);
    let mut raw = Raw::new(row, Some(line));
    raw.annotator = annotator;
    raw.labelled = !spans.is_empty() || words(&answers, "stance").is_some();
    if !spans.is_empty() {
        raw.row.insert("statements".to_owned(), Value::Array(spans));
    }
    raw.row.extend(answers);
    raw
}

/// Whether a flat column holds an answer: by its name, or because its words are a stance.
fn means(name: &str, label: &str, sets: &Sets) -> bool {
    let label = label.to_lowercase();
    ["stance", "tone", "kind", "actor", "side"].contains(&name)
        || sets
            .stances
            .labels
            .iter()
            .any(|stance| stance.to_lowercase() == label)
}
