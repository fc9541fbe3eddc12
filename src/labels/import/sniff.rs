//! Tells by a file's ending and first words which label tool wrote it. It does not import.

use std::path::Path;

use serde_json::Value;

use super::super::exchange::Tool;

/// The tool that wrote `text`, if it shows.
pub(super) fn tool(path: &Path, text: &str) -> Option<Tool> {
    match path.extension().and_then(|end| end.to_str()) {
        Some("ann") => return Some(Tool::Brat),
        Some("csv" | "tsv") => return Some(table(text)),
        _ => {}
    }
    let bare = text.trim_start();
    let first = if bare.starts_with('[') {
        let values: Vec<Value> = serde_json::from_str(bare).ok()?;
        values.into_iter().next()?
    } else if bare.starts_with('{') {
        serde_json::from_str(bare)
            .or_else(|_| serde_json::from_str(bare.lines().next().unwrap_or_default()))
            .ok()?
    } else {
        return None;
    };
    let has = |names: &[&str]| names.iter().any(|name| first.get(name).is_some());
    let starts = |mark: &str| {
        let fields = first.as_object();
        fields.is_some_and(|fields| fields.keys().any(|name| name.starts_with(mark)))
    };
    if has(&["%FEATURE_STRUCTURES"]) || (has(&["doc"]) && has(&["begin"])) {
        Some(Tool::Inception)
    } else if first.get("data").is_some_and(Value::is_object)
        || has(&["annotation_id", "lead_time"])
    {
        Some(Tool::LabelStudio)
    } else if has(&["_task_hash", "_input_hash", "answer", "accept", "options"]) || starts("_view")
    {
        Some(Tool::Prodigy)
    } else if has(&["label", "labels", "entities", "Comments"]) {
        Some(Tool::Doccano)
    } else if has(&["spans", "tokens"]) {
        Some(Tool::Prodigy)
    } else {
        None
    }
}

/// DNA names its columns so; everything else is a table.
fn table(text: &str) -> Tool {
    let head = text.lines().next().unwrap_or_default().replace('"', "");
    if head.contains("statement_id;") || head.contains("start_position;") {
        Tool::Dna
    } else {
        Tool::Csv
    }
}
