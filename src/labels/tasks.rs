//! Rows on their way to a label tool: reads labelled and unlabelled rows of either shape, and asks a model for its guesses.
//! It does not write a tool's format.

use std::path::PathBuf;

use serde_json::Value;

use super::exchange::{ARTICLE, Fields, STATEMENT, Sets, UNIT, checked, fields_of_row, words};
use super::export::{Guess, Task};
use crate::classify::{Classifier, Record, Wishes};
use crate::corpus::{
    Article, Row, article_of_line, article_of_markup, files, read_text, ready_of_line,
};
use crate::error::{Fault, Result};

/// Reads the rows of files and folders (`.jsonl`, marked or plain `.txt`), and whatever is wrong with others. `unit` says
/// what a row without labels is; `None` finds out by its fields.
pub fn tasks(paths: &[PathBuf], unit: Option<&str>, sets: &Sets) -> (Vec<Task>, Vec<Fault>) {
    let (mut tasks, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        let found = match files(std::slice::from_ref(path), &["jsonl", "ndjson", "txt"]) {
            Ok(found) => found,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        for path in &found {
            let place = path.display().to_string();
            let stem = path.with_extension("").display().to_string();
            let text = match read_text(path) {
                Ok(text) => text,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            if path.extension().is_some_and(|end| end == "txt") {
                match of_text(&text, &stem, sets) {
                    Ok(task) => tasks.push(task),
                    Err(fault) => faults.push(fault.at(&place)),
                }
                continue;
            }
            let lines = text.lines().enumerate();
            for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
                match of_line(line, &format!("{stem}:{}", at + 1), unit, sets) {
                    Ok(task) => tasks.push(task),
                    Err(fault) => faults.push(fault.at(&place).line(at + 1)),
                }
            }
        }
    }
    (tasks, faults)
}

fn of_text(text: &str, name: &str, sets: &Sets) -> Result<Task> {
    if text.contains("[[") {
        let article = article_of_markup(text, name, &sets.stances, &sets.tones)?;
        return Ok(labelled(&Row::Article(article)));
    }
    Ok(unlabelled(&Article::of_text(name, text)))
}

fn of_line(line: &str, name: &str, unit: Option<&str>, sets: &Sets) -> Result<Task> {
    let Ok(Value::Object(mut fields)) = serde_json::from_str::<Value>(line) else {
        return Ok(unlabelled(&article_of_line(line, name)?));
    };
    let own = words(&fields, UNIT);
    if fields.contains_key("statements") || words(&fields, "stance").is_some() {
        return Ok(labelled(&checked(fields, name, sets)?));
    }
    let is_statement = match unit.or(own.as_deref()) {
        Some(STATEMENT) => true,
        Some(ARTICLE) => false,
        _ => ["actor", "kind", "context", "sample_prob"]
            .iter()
            .any(|field| fields.contains_key(*field)),
    };
    if !is_statement {
        return Ok(unlabelled(&article_of_line(line, name)?));
    }
    ready_of_line(line)?;
    fields.remove("stance");
    fields.remove(UNIT);
    if words(&fields, "id").is_none() {
        fields.insert("id".to_owned(), name.into());
    }
    Ok(Task {
        row: fields,
        is_article: false,
        labelled: false,
        guess: None,
    })
}

fn labelled(row: &Row) -> Task {
    Task {
        row: fields_of_row(row),
        is_article: matches!(row, Row::Article(_)),
        labelled: true,
        guess: None,
    }
}

fn unlabelled(article: &Article) -> Task {
    let row = match serde_json::to_value(article) {
        Ok(Value::Object(row)) => row,
        _ => Fields::new(),
    };
    Task {
        row,
        is_article: true,
        labelled: false,
        guess: None,
    }
}

/// What the classifier's model says of a task.
///
/// # Errors
/// A row that is no statement or article.
pub fn guess(task: &Task, classifier: &mut Classifier<'_>) -> Result<Guess> {
    let mut fields = task.row.clone();
    fields.remove("statements");
    let line = Value::Object(fields).to_string();
    let records = if task.is_article {
        classifier.article(&article_of_line(&line, "")?, Wishes::default())
    } else {
        vec![classifier.ready(&ready_of_line(&line)?, 1, Wishes::default())]
    };
    let sum: f64 = records.iter().map(|record| record.confidence).sum();
    Ok(Guess {
        confidence: sum / records.len().max(1) as f64,
        model: classifier.model_label().to_owned(),
        statements: records
            .iter()
            .map(|record| answers(record, task.is_article))
            .collect(),
    })
}

fn answers(record: &Record, is_article: bool) -> Fields {
    let mut fields = Fields::new();
    let mut answer = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            fields.insert(name.to_owned(), value.into());
        }
    };
    answer("stance", Some(record.stance.clone()));
    answer("tone", record.tone.clone());
    if is_article {
        answer("text", Some(record.text.clone()));
        answer("kind", record.kind.map(|kind| kind.to_string()));
        answer("actor", record.actor.name.clone());
        answer("side", record.actor.side.clone());
        answer("surface", Some(record.actor.surface.clone()));
        fields.insert("start".to_owned(), record.start.into());
        fields.insert("end".to_owned(), record.end.into());
    }
    fields
}
