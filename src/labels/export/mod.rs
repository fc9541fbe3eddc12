//! From rows of the project's own to the files of label tools: labelled ones with their labels, unlabelled ones as tasks,
//! with a model's guesses where they were asked for. What a tool has no place for travels along as metadata, so that an
//! import gives the same rows again. It writes no files and asks no model.

mod brat;
mod csv;
mod dna;
mod doccano;
mod inception;
mod label_studio;
mod prodigy;

use serde_json::Value;

pub use label_studio::config as label_studio_config;

use super::exchange::{ANSWERS, ARTICLE, Fields, STATEMENT, Sets, Tool, UNIT, words};

/// A row on its way to a tool.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// The own row, with a `text`; an annotated article has `statements`.
    pub row: Fields,
    /// Whether it is an article, not a single statement.
    pub is_article: bool,
    /// Whether a person labelled it.
    pub labelled: bool,
    /// What a model says of it.
    pub guess: Option<Guess>,
}

/// What a model says of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// Answers of a single statement; for an article one list of answers a statement, with `start`, `end` and `text`.
    pub statements: Vec<Fields>,
    /// Mean confidence, 0..=1.
    pub confidence: f64,
    /// Name and hash of the model.
    pub model: String,
}

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its name in a folder; `None` where a tool takes one file.
    pub name: Option<String>,
    /// Its content.
    pub text: String,
}

/// Whether a tool takes a folder of files in place of one file.
pub const fn is_folder(tool: Tool) -> bool {
    matches!(tool, Tool::Brat | Tool::Inception)
}

/// The tasks as `tool` reads them.
pub fn export(tasks: &[Task], tool: Tool, sets: &Sets) -> Vec<Written> {
    match tool {
        Tool::LabelStudio => vec![alone(label_studio::write(tasks))],
        Tool::Doccano => vec![alone(lines(tasks.iter().map(doccano::row)))],
        Tool::Prodigy => vec![alone(lines(
            tasks.iter().map(|task| prodigy::row(task, sets)),
        ))],
        Tool::Inception => inception::write(tasks),
        Tool::Brat => brat::write(tasks, sets),
        Tool::Dna => vec![alone(dna::write(tasks))],
        Tool::Csv => vec![alone(csv::write(tasks))],
    }
}

const fn alone(text: String) -> Written {
    Written { name: None, text }
}

fn lines(rows: impl Iterator<Item = Fields>) -> String {
    rows.map(|row| Value::Object(row).to_string() + "\n")
        .collect()
}

impl Task {
    fn text(&self) -> String {
        words(&self.row, "text").unwrap_or_default()
    }

    /// The words of each statement that a person labelled; of an article without labels its text.
    pub fn texts(&self) -> Vec<String> {
        if self.is_article && self.labelled {
            let gold = self.gold();
            gold.iter().filter_map(|one| words(one, "text")).collect()
        } else {
            vec![self.text()]
        }
    }

    /// Statements to show: a person's, else a model's. A single statement is one without offsets.
    fn shown(&self) -> Vec<Fields> {
        if self.labelled {
            self.gold()
        } else {
            self.guess
                .as_ref()
                .map(|guess| guess.statements.clone())
                .unwrap_or_default()
        }
    }

    /// The statements that a person labelled.
    fn gold(&self) -> Vec<Fields> {
        if !self.labelled {
            return Vec::new();
        }
        if !self.is_article {
            return vec![answers(&self.row)];
        }
        let marked = self.row.get("statements").and_then(Value::as_array);
        let fields = marked.into_iter().flatten().filter_map(Value::as_object);
        fields.cloned().collect()
    }

    /// All fields but the text and the labels, and what the row is. `taken` are the answers of a single statement that the
    /// tool holds itself.
    fn rest(&self, taken: &[&str]) -> Fields {
        let mut rest: Fields = self
            .row
            .iter()
            .filter(|(name, _)| *name != "text" && *name != "statements")
            .filter(|(name, _)| self.is_article || !taken.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let unit = if self.is_article { ARTICLE } else { STATEMENT };
        // An article that nobody looked at must not come back as one without statements.
        if self.labelled || !self.is_article {
            rest.insert(UNIT.to_owned(), unit.into());
        }
        if let Some(guess) = self.guess.as_ref().filter(|_| !self.labelled) {
            rest.insert("predicted_by".to_owned(), guess.model.clone().into());
            let confidence = (guess.confidence * 1e4).round() / 1e4;
            rest.insert("confidence".to_owned(), confidence.into());
        }
        rest
    }

    /// The statements of an article with what a tool of bare spans cannot hold. A model's tone is not sent along: nobody
    /// would see it, and it would come back as a person's.
    fn carried(&self) -> Option<Value> {
        let shown = self.shown();
        (self.is_article && !shown.is_empty()).then(|| {
            let lent = |statement: Fields| {
                let kept = statement.into_iter().filter(|(name, value)| {
                    name != "text"
                        && name != "stance"
                        && !value.is_null()
                        && (self.labelled || name != "tone")
                });
                Value::Object(kept.collect())
            };
            Value::Array(shown.into_iter().map(lent).collect())
        })
    }
}

/// The answers among the fields of a row or statement; those without words are left out.
fn answers(fields: &Fields) -> Fields {
    let given = |name: &&str| words(fields, name).map(|answer| ((*name).to_owned(), answer.into()));
    ANSWERS.iter().filter_map(given).collect()
}

/// Start and end of a statement, in code points.
fn offsets(statement: &Fields) -> Option<(usize, usize)> {
    let at = |name| usize::try_from(statement.get(name)?.as_u64()?).ok();
    at("start").zip(at("end"))
}

/// A file name for task number `at`, from 0: in the order of the tasks, and with what may stand in a name of its id.
fn file_name(task: &Task, at: usize) -> String {
    let id = words(&task.row, "id").unwrap_or_default();
    let safe = |c: char| {
        if c.is_alphanumeric() || "-_".contains(c) {
            c
        } else {
            '_'
        }
    };
    let id: String = id.chars().map(safe).take(60).collect();
    format!("{:05}-{id}", at + 1)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
