//! From the files of label tools to labelled rows of the project's own: each tool's file is read into raw rows, and here
//! their spans are found in the text, their labels checked, and whatever is wrong with one of them is kept beside the good
//! ones. It writes nothing.

mod brat;
mod csv;
mod dna;
mod doccano;
mod inception;
mod label_studio;
mod prodigy;
mod sniff;

pub(super) use brat::META as BRAT_META;
pub(super) use csv::{NAMES as CSV_NAMES, WORDS as CSV_WORDS};
pub(super) use inception::ROW_TYPE as INCEPTION_ROW;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::exchange::{
    ANSWERS, ARTICLE, Fields, Raw, STATEMENT, Sets, Tool, UNIT, checked, in_our_case, words,
};
use super::repair::place;
use crate::corpus::{Row, files, read_text};
use crate::error::{Fault, Result};
use crate::offset::CodePoints;
use crate::span::Span;

/// What is known beside the files.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// Labels that are understood.
    pub sets: Sets,
    /// Who labelled where the tool does not say.
    pub annotator: Option<String>,
    /// Texts of articles by id, for exports without texts.
    pub texts: BTreeMap<String, String>,
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// Good rows, in the order of the files.
    pub rows: Vec<Row>,
    /// Spans whose offsets had to be repaired: where, and how.
    pub repairs: Vec<Fault>,
    /// Rows and spans that were left out, and why.
    pub faults: Vec<Fault>,
    /// Rows that nobody labelled.
    pub unlabelled: usize,
}

/// A file as an importer sees it.
struct File<'a> {
    path: &'a Path,
    text: &'a str,
    wishes: &'a Wishes,
}

/// Imports files and folders; `tool` is found out for each file where it is `None`.
pub fn import(paths: &[PathBuf], tool: Option<Tool>, wishes: &Wishes) -> Imported {
    let mut imported = Imported::default();
    let mut found = Vec::new();
    for path in paths {
        match files(
            std::slice::from_ref(path),
            &["json", "jsonl", "ndjson", "csv", "tsv", "ann"],
        ) {
            Ok(more) => found.extend(more),
            Err(fault) => imported.faults.push(fault),
        }
    }
    for path in &found {
        let read = read_text(path).and_then(|text| {
            let tool = tool.or_else(|| sniff::tool(path, &text)).ok_or_else(|| {
                Fault::new("no format that label tools write")
                    .at(path.display())
                    .expected("an export of Label Studio, doccano, Prodigy, INCEpTION, brat or DNA, or a table with a \"text\" column")
                    .remedy("name it with --format")
            })?;
            Ok((text, tool))
        });
        match read {
            Ok((text, tool)) => {
                let mut wishes = wishes.clone();
                if tool == Tool::Doccano && found.len() > 1 && wishes.annotator.is_none() {
                    wishes.annotator = user_of(path);
                }
                one_file(path, &text, tool, &wishes, &mut imported);
            }
            Err(fault) => imported.faults.push(fault),
        }
    }
    imported
}

/// doccano writes one file a user, named after the user, or `all`.
fn user_of(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_string_lossy();
    (!["all", "unknown"].contains(&stem.as_ref())).then(|| stem.into_owned())
}

fn one_file(path: &Path, text: &str, tool: Tool, wishes: &Wishes, imported: &mut Imported) {
    let file = File { path, text, wishes };
    let raws = match tool {
        Tool::LabelStudio => label_studio::read(&file),
        Tool::Doccano => doccano::read(&file),
        Tool::Prodigy => prodigy::read(&file),
        Tool::Inception => inception::read(&file),
        Tool::Brat => brat::read(&file),
        Tool::Dna => dna::read(&file),
        Tool::Csv => csv::read(&file),
    };
    let stem = path.with_extension("").display().to_string();
    for (at, raw) in raws.into_iter().enumerate() {
        match raw {
            Ok(raw) if raw.labelled => {
                let place = Place {
                    path: path.display().to_string(),
                    line: raw.line,
                    name: format!("{stem}:{}", raw.line.unwrap_or(at + 1)),
                };
                settle(raw, &place, wishes, imported);
            }
            Ok(_) => imported.unlabelled += 1,
            Err(fault) => imported.faults.push(fault.at(path.display())),
        }
    }
}

/// Where a row stands, and its name where it has none.
struct Place {
    path: String,
    line: Option<usize>,
    name: String,
}

impl Place {
    fn fault(&self, fault: Fault) -> Fault {
        let fault = fault.at(&self.path);
        match self.line {
            Some(line) => fault.line(line),
            None => fault,
        }
    }
}

/// Finds the spans of a raw row, checks its labels, and files it where it belongs.
fn settle(mut raw: Raw, at: &Place, wishes: &Wishes, imported: &mut Imported) {
    let annotator = raw.annotator.take().or_else(|| wishes.annotator.clone());
    let unit = words(&raw.row, UNIT);
    raw.row.remove(UNIT);
    if unit.as_deref() == Some(ARTICLE) && !raw.row.contains_key("statements") {
        raw.row
            .insert("statements".to_owned(), Value::Array(Vec::new()));
    }
    if let Some(Value::Array(marked)) = raw.row.remove("statements") {
        let one = unit.as_deref() == Some(STATEMENT) && marked.len() == 1;
        if let Some(Value::Object(alone)) = marked.first().filter(|_| one) {
            take_answers(&mut raw.row, alone);
        } else {
            let kept = spans(&raw, &marked, annotator.as_deref(), at, wishes, imported);
            if kept.is_empty() && !marked.is_empty() {
                return;
            }
            // Nobody's name stands in a list that is empty.
            if kept.is_empty()
                && let Some(annotator) = &annotator
            {
                raw.row
                    .insert("annotator".to_owned(), annotator.clone().into());
            }
            raw.row.insert("statements".to_owned(), kept.into());
        }
    }
    if !raw.row.contains_key("statements") {
        in_our_case(&mut raw.row, &wishes.sets);
        if words(&raw.row, "annotator").is_none()
            && let Some(annotator) = annotator
        {
            raw.row.insert("annotator".to_owned(), annotator.into());
        }
    }
    match checked(raw.row, &at.name, &wishes.sets) {
        Ok(row) => imported.rows.push(row),
        Err(fault) => imported.faults.push(at.fault(fault)),
    }
}

fn take_answers(row: &mut Fields, from: &Fields) {
    for name in ANSWERS {
        if let Some(answer) = words(from, name) {
            row.insert(name.to_owned(), answer.into());
        }
    }
}

/// The statements of an article with offsets in code points; those without a place or a label are left out and reported.
fn spans(
    raw: &Raw,
    marked: &[Value],
    annotator: Option<&str>,
    at: &Place,
    wishes: &Wishes,
    imported: &mut Imported,
) -> Vec<Value> {
    let text = words(&raw.row, "text").unwrap_or_default();
    let carried = placed(&raw.carried, &text);
    let mut kept: Vec<(Span, Fields)> = Vec::new();
    for one in marked {
        match span(one, raw, &text, at, wishes, imported) {
            Ok((span, mut fields)) => {
                if words(&fields, "annotator").is_none()
                    && let Some(annotator) = annotator
                {
                    fields.insert("annotator".to_owned(), annotator.into());
                }
                lend(&carried, span, &mut fields);
                kept.push((span, fields));
            }
            Err(fault) => imported.faults.push(at.fault(fault)),
        }
    }
    kept.sort_by_key(|(span, _)| *span);
    let points = CodePoints::new(&text);
    let mut end = 0;
    let mut statements = Vec::with_capacity(kept.len());
    for (span, mut fields) in kept {
        if span.start < end {
            imported.faults.push(
                at.fault(
                    Fault::new(format!("{:?} overlaps the span before it", span.of(&text)))
                        .expected("statements that do not overlap"),
                ),
            );
            continue;
        }
        end = span.end;
        fields.insert("start".to_owned(), points.at(span.start).into());
        fields.insert("end".to_owned(), points.at(span.end).into());
        fields.insert("text".to_owned(), span.of(&text).into());
        statements.push(Value::Object(fields));
    }
    statements
}

fn span(
    one: &Value,
    raw: &Raw,
    text: &str,
    at: &Place,
    wishes: &Wishes,
    imported: &mut Imported,
) -> Result<(Span, Fields)> {
    let Value::Object(fields) = one else {
        return Err(Fault::new("a span that is no object"));
    };
    let count = |name: &str| {
        let count = fields.get(name).and_then(Value::as_u64);
        count.and_then(|count| usize::try_from(count).ok())
    };
    let given = words(fields, "text");
    let offsets = count("start").zip(count("end"));
    let (span, repair) = place(text, offsets, given.as_deref(), raw.units)?;
    let mut answers = Fields::new();
    take_answers(&mut answers, fields);
    in_our_case(&mut answers, &wishes.sets);
    let stance = words(&answers, "stance").ok_or_else(|| {
        Fault::new(format!("{:?} has no stance", span.of(text)))
            .expected(format!("one of {}", wishes.sets.stances.listed()))
    })?;
    if wishes.sets.stances.position(&stance).is_none() {
        return Err(Fault::new(format!("unknown stance {stance:?}"))
            .expected(format!("one of {}", wishes.sets.stances.listed()))
            .remedy("mend the label, or name your own with --labels"));
    }
    if let Some(repair) = repair {
        let (start, end) = offsets.unwrap_or_default();
        imported.repairs.push(at.fault(Fault::new(format!(
            "offsets {start}..{end} repaired: {repair}: {:?}",
            span.of(text)
        ))));
    }
    Ok((span, answers))
}

/// Carried statements with their places, in text order.
fn placed<'c>(carried: &'c [Value], text: &str) -> Vec<(Span, &'c Fields)> {
    let points = CodePoints::new(text);
    let mut placed: Vec<(Span, &Fields)> = carried
        .iter()
        .filter_map(|one| {
            let fields = one.as_object()?;
            let at = |name| points.byte(usize::try_from(fields.get(name)?.as_u64()?).ok()?);
            let (start, end) = (at("start")?, at("end")?);
            (start < end).then(|| (Span::new(start, end), fields))
        })
        .collect();
    placed.sort_by_key(|(span, _)| *span);
    placed
}

/// Fills what a span lacks from the carried statement that shares at least half of the longer of the two.
fn lend(carried: &[(Span, &Fields)], span: Span, fields: &mut Fields) {
    let from = carried.partition_point(|(other, _)| other.end <= span.start);
    let near = carried[from..]
        .iter()
        .take_while(|(other, _)| other.start < span.end);
    let best = near.max_by_key(|(other, _)| other.overlap(span));
    if let Some((other, lender)) = best
        && 2 * other.overlap(span) >= other.len().max(span.len())
    {
        for name in ANSWERS {
            if !fields.contains_key(name)
                && let Some(answer) = words(lender, name)
            {
                fields.insert(name.to_owned(), answer.into());
            }
        }
    }
}

/// The objects of a JSON list or of JSON lines, each with its number from 1.
fn objects(text: &str) -> Vec<(usize, Result<Fields>)> {
    let broken = |error: &serde_json::Error| {
        Fault::new(format!("broken JSON: {error}"))
            .expected("JSON as the tool exports it")
            .remedy("export it again")
    };
    let object = |value: Value| match value {
        Value::Object(fields) => Ok(fields),
        _ => Err(Fault::new("no JSON object").expected("one object a row")),
    };
    if text.trim_start().starts_with('[') {
        return match serde_json::from_str::<Vec<Value>>(text) {
            Ok(values) => values
                .into_iter()
                .enumerate()
                .map(|(at, value)| (at + 1, object(value).map_err(|fault| fault.line(at + 1))))
                .collect(),
            Err(error) => vec![(error.line(), Err(broken(&error).line(error.line())))],
        };
    }
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        return vec![(1, object(value).map_err(|fault| fault.line(1)))];
    }
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            let row = serde_json::from_str::<Value>(line)
                .map_err(|error| broken(&error))
                .and_then(object);
            (at + 1, row.map_err(|fault| fault.line(at + 1)))
        })
        .collect()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
