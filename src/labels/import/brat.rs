//! brat's standoff: `.ann` beside `.txt`. A statement is a text-bound annotation (T) whose type or attribute (A) is a
//! stance; an attribution event (E) joins its content to its source. Notes (#) that hold JSON answer the rest. It does not
//! read relations.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::exchange::{ANSWERS, ARTICLE, Fields, Raw, STATEMENT, Sets, UNIT, answer, words};
use super::File;
use crate::corpus::read_text;
use crate::error::{Fault, Result};

/// Ending of the file beside an exported document that holds the other fields of its row.
pub(in super::super) const META: &str = "meta";

pub(super) fn read(file: &File<'_>) -> Vec<Result<Raw>> {
    let beside = file.path.with_extension("txt");
    let text = match read_text(&beside) {
        Ok(text) => text,
        Err(fault) => {
            return vec![Err(
                Fault::new(fault.to_string()).expected("the text beside the .ann file")
            )];
        }
    };
    let meta = read_text(&file.path.with_extension(META)).ok();
    let own = meta.and_then(|meta| serde_json::from_str::<Fields>(&meta).ok());
    let mut faults = Vec::new();
    let mut row = own.unwrap_or_default();
    if !row.contains_key("id") {
        let stem = file.path.file_stem().unwrap_or_default();
        row.insert("id".to_owned(), stem.to_string_lossy().into());
    }
    row.insert("text".to_owned(), text.into());
    let unit = words(&row, UNIT);
    let spans = Standoff::read(file.text, &file.wishes.sets, &mut faults).statements();
    let mut raw = Raw::new(row, None);
    raw.labelled = !spans.is_empty() || unit.as_deref() == Some(ARTICLE);
    if !(spans.is_empty() && unit.as_deref() == Some(STATEMENT)) {
        raw.row.insert("statements".to_owned(), Value::Array(spans));
    }
    faults.into_iter().map(Err).chain([Ok(raw)]).collect()
}

/// The annotations of a file by their ids.
#[derive(Default)]
struct Standoff {
    /// Text-bound annotations: type, and a span with its answers.
    spans: BTreeMap<String, (String, Fields)>,
    /// Events: roles and what fills them.
    events: BTreeMap<String, Vec<(String, String)>>,
    /// Answers by the id that they are about.
    answers: Vec<(String, Fields)>,
}

impl Standoff {
    fn read(ann: &str, sets: &Sets, faults: &mut Vec<Fault>) -> Self {
        let mut read = Self::default();
        for (at, line) in ann.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            if read.line(line, sets).is_none() {
                faults.push(
                    Fault::new(format!("broken annotation {line:?}"))
                        .line(at + 1)
                        .expected("standoff of brat, parted by tabs"),
                );
            }
        }
        read
    }

    fn line(&mut self, line: &str, sets: &Sets) -> Option<()> {
        let (id, rest) = line.split_once('\t')?;
        match id.chars().next()? {
            'T' => {
                let (head, shown) = rest.split_once('\t').unwrap_or((rest, ""));
                let (kind, offsets) = head.split_once(' ')?;
                // A discontinuous span is taken from its first to its last part.
                let mut numbers = offsets.split([' ', ';']).map(str::parse::<u64>);
                let start = numbers.next()?.ok()?;
                let end = numbers.next_back()?.ok()?;
                let mut fields = Fields::new();
                fields.insert("start".to_owned(), start.into());
                fields.insert("end".to_owned(), end.into());
                if !shown.is_empty() && !offsets.contains(';') {
                    fields.insert("text".to_owned(), shown.into());
                }
                let lower = kind.to_lowercase();
                let stances = &sets.stances.labels;
                if stances.iter().any(|stance| stance.to_lowercase() == lower) {
                    answer(&mut fields, "stance", kind, sets);
                }
                self.spans.insert(id.to_owned(), (kind.to_owned(), fields));
            }
            'E' => {
                let roles = rest.split_whitespace().filter_map(|part| {
                    let (role, of) = part.split_once(':')?;
                    Some((
                        role.trim_end_matches(char::is_numeric).to_lowercase(),
                        of.to_owned(),
                    ))
                });
                self.events.insert(id.to_owned(), roles.collect());
            }
            'A' | 'M' => {
                let mut parts = rest.splitn(3, ' ');
                let (name, of) = (parts.next()?, parts.next()?);
                if let Some(value) = parts.next() {
                    let mut fields = Fields::new();
                    answer(&mut fields, name, value, sets);
                    self.answers.push((of.to_owned(), fields));
                }
            }
            '#' => {
                let (head, note) = rest.split_once('\t')?;
                let (_, of) = head.split_once(' ')?;
                if let Ok(fields) = serde_json::from_str::<Fields>(note) {
                    self.answers.push((of.to_owned(), fields));
                }
            }
            _ => {}
        }
        Some(())
    }

    /// The spans that are statements, with all that is said of them.
    fn statements(mut self) -> Vec<Value> {
        let mut contents = Vec::new();
        for (event, roles) in &self.events {
            let filled = |role: &str| {
                roles
                    .iter()
                    .find(|(name, _)| name == role)
                    .map(|(_, of)| of)
            };
            let Some(content) = filled("content") else {
                continue;
            };
            contents.push(content.clone());
            for (of, _) in self.answers.iter_mut().filter(|(of, _)| of == event) {
                of.clone_from(content);
            }
            let source = filled("source").and_then(|source| self.spans.get(source));
            if let Some(source) = source.and_then(|(_, span)| words(span, "text")) {
                let mut fields = Fields::new();
                fields.insert("actor".to_owned(), source.clone().into());
                fields.insert("surface".to_owned(), source.into());
                self.answers.push((content.clone(), fields));
            }
        }
        for (of, fields) in &self.answers {
            if let Some((_, span)) = self.spans.get_mut(of) {
                for name in ANSWERS {
                    if let Some(said) = words(fields, name) {
                        span.insert(name.to_owned(), said.into());
                    }
                }
            }
        }
        self.spans
            .into_iter()
            .filter(|(id, (kind, span))| {
                span.contains_key("stance")
                    || contents.contains(id)
                    || kind.eq_ignore_ascii_case("statement")
            })
            .map(|(_, (_, span))| Value::Object(span))
            .collect()
    }
}
