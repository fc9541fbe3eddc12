//! Label Studio's import JSON: tasks with annotations, a model's guesses as predictions, and the labelling configuration
//! that they need. It does not send anything to a server.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::super::exchange::{Fields, Sets, words};
use super::{Task, answers};
use crate::label::Kind;

pub(super) fn write(tasks: &[Task]) -> String {
    let rows: Vec<Value> = tasks.iter().map(task).collect();
    let rows: Vec<String> = rows.iter().map(Value::to_string).collect();
    format!("[\n{}\n]\n", rows.join(",\n"))
}

fn task(task: &Task) -> Value {
    let mut data = Fields::new();
    data.insert("text".to_owned(), task.text().into());
    data.extend(task.rest(&["stance", "tone", "annotator"]));
    let mut row = json!({ "data": data });
    if task.labelled {
        let gold = task.gold();
        let annotator = gold.iter().find_map(|one| words(one, "annotator"));
        let mut annotation = json!({ "result": results(task, &gold, annotator.as_deref()) });
        if let Some(annotator) = annotator {
            annotation["completed_by"] = json!({ "email": annotator });
        }
        row["annotations"] = json!([annotation]);
    }
    if let Some(guess) = &task.guess {
        row["predictions"] = json!([{
            "model_version": guess.model,
            "score": guess.confidence,
            "result": results(task, &guess.statements, None),
        }]);
    }
    row
}

/// One result for each answer; those of one span share its id.
fn results(task: &Task, statements: &[Fields], annotator: Option<&str>) -> Vec<Value> {
    let mut results = Vec::new();
    for (number, statement) in statements.iter().enumerate() {
        let mut region = Fields::new();
        for name in ["start", "end", "text"] {
            if task.is_article
                && let Some(value) = statement.get(name)
            {
                region.insert(name.to_owned(), value.clone());
            }
        }
        for (name, label) in answers(statement) {
            let (kind, field) = match name.as_str() {
                "stance" if task.is_article => ("labels", "labels"),
                "stance" | "tone" => ("choices", "choices"),
                _ if !task.is_article => continue,
                "kind" => ("choices", "choices"),
                "annotator" if label.as_str() == annotator => continue,
                _ => ("textarea", "text"),
            };
            let mut value = region.clone();
            value.insert(field.to_owned(), json!([label]));
            let id = if task.is_article {
                format!("s{}", number + 1)
            } else {
                name.clone()
            };
            results.push(json!({
                "id": id, "type": kind, "from_name": name, "to_name": "text", "value": value,
            }));
        }
    }
    results
}

/// The labelling configuration for articles or for single statements.
pub fn config(sets: &Sets, articles: bool) -> String {
    let mut out = String::from("<View>\n");
    // Writing to a string cannot fail, here and below.
    if articles {
        let _ = writeln!(out, "  <Labels name=\"stance\" toName=\"text\">");
        for label in &sets.stances.labels {
            let _ = writeln!(out, "    <Label value=\"{}\"/>", escaped(label));
        }
        out.push_str("  </Labels>\n  <Text name=\"text\" value=\"$text\" granularity=\"word\"/>\n");
        let kinds: Vec<String> = Kind::ALL.iter().map(ToString::to_string).collect();
        choices(&mut out, "kind", &kinds, " perRegion=\"true\"");
        choices(&mut out, "tone", &sets.tones.labels, " perRegion=\"true\"");
        for name in ["actor", "side", "surface"] {
            let _ = writeln!(
                out,
                "  <TextArea name=\"{name}\" toName=\"text\" perRegion=\"true\" placeholder=\"{name}\" maxSubmissions=\"1\"/>"
            );
        }
    } else {
        out.push_str(
            "  <Text name=\"before\" value=\"$context\"/>\n  <Text name=\"text\" value=\"$text\"/>\n",
        );
        choices(
            &mut out,
            "stance",
            &sets.stances.labels,
            " required=\"true\"",
        );
        choices(&mut out, "tone", &sets.tones.labels, "");
    }
    out.push_str("</View>\n");
    out
}

fn choices(out: &mut String, name: &str, labels: &[String], how: &str) {
    let _ = writeln!(
        out,
        "  <Choices name=\"{name}\" toName=\"text\" choice=\"single\"{how}>"
    );
    for label in labels {
        let _ = writeln!(out, "    <Choice value=\"{}\"/>", escaped(label));
    }
    out.push_str("  </Choices>\n");
}

fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
