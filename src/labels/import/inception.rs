//! INCEpTION: a document as UIMA CAS JSON 0.4.0, or the list of its agreement page, `[{"doc","user","begin","end",
//! "label"}]`, whose texts are given beside it. Offsets count UTF-16 units. It does not read layers of tokens.

use std::path::Path;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::super::exchange::{
    ANSWERS, ARTICLE, Fields, Raw, STATEMENT, Sets, UNIT, answer, is_bystander, words,
};
use super::super::repair::Units;
use super::{File, objects};
use crate::error::{Fault, Result};

pub(super) fn read(file: &File<'_>) -> Vec<Result<Raw>> {
    match serde_json::from_str::<Value>(file.text) {
        Ok(Value::Object(cas)) if cas.contains_key("%FEATURE_STRUCTURES") => {
            vec![document(&cas, file)]
        }
        _ => list(file),
    }
}

/// Type of the structure in which an export of ours keeps the fields of a row.
pub(in super::super) const ROW_TYPE: &str = "webanno.custom.Row";

fn document(cas: &Fields, file: &File<'_>) -> Result<Raw> {
    let structures = cas.get("%FEATURE_STRUCTURES").and_then(Value::as_array);
    let sets = &file.wishes.sets;
    let (mut text, mut title, mut own) = (None, None, None);
    let mut spans = Vec::new();
    for structure in structures
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
    {
        let kind = words(structure, "%TYPE").unwrap_or_default();
        if kind == "uima.cas.Sofa" {
            text = structure.get("sofaString").and_then(Value::as_str);
        } else if kind.ends_with(".DocumentMetaData") {
            title = words(structure, "documentTitle").or_else(|| words(structure, "documentId"));
        } else if kind == ROW_TYPE {
            let fields = words(structure, "fields").unwrap_or_default();
            own = serde_json::from_str::<Fields>(&fields).ok();
        } else if !kind.starts_with("uima.") && !kind.starts_with("de.tudarmstadt.") {
            spans.extend(span(structure, sets));
        }
    }
    let text = text.ok_or_else(|| {
        Fault::new("a CAS without a text").expected("a uima.cas.Sofa with a sofaString")
    })?;
    let mut row = own.unwrap_or_default();
    if !row.contains_key("id")
        && let Some(title) = title
    {
        row.insert("id".to_owned(), title.into());
    }
    row.insert("text".to_owned(), text.into());
    let unit = words(&row, UNIT);
    let mut raw = Raw::new(row, None);
    raw.units = Units::Utf16;
    raw.annotator = user_of(file.path);
    raw.labelled = !spans.is_empty() || unit.as_deref() == Some(ARTICLE);
    if !(spans.is_empty() && unit.as_deref() == Some(STATEMENT)) {
        raw.row.insert("statements".to_owned(), Value::Array(spans));
    }
    Ok(raw)
}

/// A span of a custom layer, with what its features answer.
fn span(structure: &Fields, sets: &Sets) -> Option<Value> {
    let mut fields = Fields::new();
    fields.insert("start".to_owned(), structure.get("begin")?.clone());
    fields.insert("end".to_owned(), structure.get("end")?.clone());
    let mut found = false;
    for (name, value) in structure {
        let Some(label) = value.as_str().filter(|_| !name.starts_with(['%', '@'])) else {
            continue;
        };
        let named = ANSWERS.contains(&name.as_str());
        if named || ["label", "value"].contains(&name.as_str()) {
            answer(&mut fields, name, label, sets);
            found = true;
        }
    }
    (found && !is_bystander(&fields, sets)).then_some(Value::Object(fields))
}

/// An exported project keeps documents as `annotation/DOCUMENT/USER.json`.
fn user_of(path: &Path) -> Option<String> {
    let folder = path.parent()?.parent()?.file_name()?;
    (folder == "annotation").then(|| {
        path.file_stem()
            .map(|user| user.to_string_lossy().into_owned())
    })?
}

/// One raw row for each document and user, in the order in which they first come.
fn list(file: &File<'_>) -> Vec<Result<Raw>> {
    let mut raws: Vec<Result<Raw>> = Vec::new();
    let mut number: FxHashMap<(String, String), usize> = FxHashMap::default();
    for (line, one) in objects(file.text) {
        let one = match one {
            Ok(one) => one,
            Err(fault) => {
                raws.push(Err(fault));
                continue;
            }
        };
        let doc = words(&one, "doc").unwrap_or_default();
        let user = words(&one, "user").unwrap_or_default();
        let at = *number
            .entry((doc.clone(), user.clone()))
            .or_insert_with(|| {
                raws.push(start(&doc, &user, line, file));
                raws.len() - 1
            });
        if let Ok(raw) = &mut raws[at]
            && let Some(span) = span(&one, &file.wishes.sets)
            && let Some(Value::Array(spans)) = raw.row.get_mut("statements")
        {
            spans.push(span);
        }
    }
    raws
}

fn start(doc: &str, user: &str, line: usize, file: &File<'_>) -> Result<Raw> {
    let stem = Path::new(doc).with_extension("").display().to_string();
    let texts = &file.wishes.texts;
    let text = texts.get(doc).or_else(|| texts.get(&stem)).ok_or_else(|| {
        Fault::new(format!("no text of document {doc:?}"))
            .line(line)
            .expected("an article with this id")
            .remedy("name the articles with --texts, or export CAS JSON")
    })?;
    let mut row = Fields::new();
    let id = if texts.contains_key(doc) { doc } else { &stem };
    row.insert("id".to_owned(), id.into());
    row.insert("text".to_owned(), text.clone().into());
    row.insert("statements".to_owned(), Value::Array(Vec::new()));
    let mut raw = Raw::new(row, Some(line));
    raw.units = Units::Utf16;
    raw.annotator = Some(user.to_owned()).filter(|user| !user.is_empty());
    raw.labelled = true;
    Ok(raw)
}
