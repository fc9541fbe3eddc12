//! Loads labelled files: annotated articles (JSONL or marked text) and single labelled statements, mixed. Checks every
//! row on load and reports all faults at once. It does not train.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::annotation::{AnnotatedArticle, AnnotatedStatement, LabelledStatement};
use super::contradictions::Given;
use super::fields::FieldMap;
use super::jsonl::{article_of_value, json_fault};
use super::markup::{actors, article_of_markup};
use crate::error::{Fault, Result};
use crate::label::{Kind, LabelSet};
use crate::offset::CodePoints;
use crate::span::Span;

/// What labelled files hold, in the order of the files and their lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labelled {
    /// Annotated articles.
    pub articles: Vec<AnnotatedArticle>,
    /// Single statements.
    pub statements: Vec<LabelledStatement>,
    /// Statements that stand twice, in the same words and place, with two stances: one fault each, with both places.
    pub contradictions: Vec<Fault>,
}

impl Labelled {
    /// Number of labelled statements, in articles and alone.
    pub fn len(&self) -> usize {
        self.articles
            .iter()
            .map(|article| article.statements.len())
            .sum::<usize>()
            + self.statements.len()
    }

    fn take(&mut self, row: Row) {
        match row {
            Row::Article(article) => self.articles.push(article),
            Row::Statement(statement) => self.statements.push(statement),
        }
    }

    /// Whether there is no labelled statement.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Loads files and folders (all `.jsonl` and marked `.txt` below them, in order of their names).
///
/// # Errors
/// Every fault of every file; no good row is given where a row is bad, so that nobody trains on half a file unseen.
pub fn load(
    paths: &[PathBuf],
    stances: &LabelSet,
    tones: &LabelSet,
) -> std::result::Result<Labelled, Vec<Fault>> {
    let mut labelled = Labelled::default();
    let (mut faults, mut given) = (Vec::new(), Given::default());
    let files =
        super::paths::files(paths, &["jsonl", "ndjson", "txt"]).map_err(|fault| vec![fault])?;
    for path in &files {
        match read_text(path) {
            Ok(text) => read_rows(&text, path, (stances, tones), &mut faults, |row, line| {
                given.note(&row, path, line);
                labelled.take(row);
            }),
            Err(fault) => faults.push(fault),
        }
    }
    labelled.contradictions = given.faults;
    if faults.is_empty() && labelled.is_empty() {
        let named = paths
            .iter()
            .map(|path| path.display().to_string())
            .collect::<Vec<_>>()
            .join(", ");
        faults.push(
            Fault::new("no labelled statement")
                .at(named)
                .expected("annotated articles or labelled statements (.jsonl, marked .txt)"),
        );
    }
    if faults.is_empty() {
        Ok(labelled)
    } else {
        Err(faults)
    }
}

/// Loads the lines of one text, of which `path` is what a fault calls it.
///
/// # Errors
/// As for [`load`].
pub fn load_lines(
    text: &str,
    path: &Path,
    stances: &LabelSet,
    tones: &LabelSet,
) -> std::result::Result<Labelled, Vec<Fault>> {
    let mut labelled = Labelled::default();
    let (mut faults, mut given) = (Vec::new(), Given::default());
    read_rows(text, path, (stances, tones), &mut faults, |row, line| {
        given.note(&row, path, line);
        labelled.take(row);
    });
    labelled.contradictions = given.faults;
    if faults.is_empty() && labelled.is_empty() {
        let fault = Fault::new("no labelled statement").at(path.display());
        faults.push(fault.expected("annotated articles or labelled statements"));
    }
    if faults.is_empty() {
        Ok(labelled)
    } else {
        Err(faults)
    }
}

/// A whole file of labels as UTF-8, without a byte-order mark: offsets count in it, so no encoding is guessed.
fn read_text(path: &Path) -> Result<String> {
    let shown = path.display();
    let mut bytes = Vec::new();
    super::unpack::open(path, &std::sync::Arc::default())?
        .read_to_end(&mut bytes)
        .map_err(|error| super::unpack::read_fault(&shown.to_string(), &error))?;
    match super::decode::decode(bytes) {
        Ok((text, None)) => Ok(text),
        Ok((_, Some(encoding))) => Err(Fault::new(format!("text in {encoding}"))
            .at(shown)
            .expected("text in UTF-8")
            .remedy("convert it, for example with `iconv -f windows-1252 -t utf-8`")),
        Err(fault) => Err(fault.at(shown)),
    }
}

/// Loads one file's text into `labelled`, its faults into `faults`.
pub fn load_text(
    text: &str,
    path: &Path,
    stances: &LabelSet,
    tones: &LabelSet,
    labelled: &mut Labelled,
    faults: &mut Vec<Fault>,
) {
    read_rows(text, path, (stances, tones), faults, |row, _| {
        labelled.take(row);
    });
}

/// Gives every row of a file's text to `take`, with its line; 0 where the file is one article.
fn read_rows(
    text: &str,
    path: &Path,
    (stances, tones): (&LabelSet, &LabelSet),
    faults: &mut Vec<Fault>,
    mut take: impl FnMut(Row, usize),
) {
    let place = path.display();
    let stem = path.with_extension("").display().to_string();
    if path.extension().is_some_and(|end| end == "txt") {
        match article_of_markup(text, &stem, stances, tones) {
            Ok(article) => take(Row::Article(article), 0),
            Err(fault) => faults.push(fault.at(place)),
        }
        return;
    }
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let name = format!("{stem}:{}", at + 1);
        let row = serde_json::from_str::<Value>(line)
            .map_err(|error| json_fault(&error, "\"text\" and \"stance\" or \"statements\""))
            .and_then(|value| row_of_value(value, &name, stances, tones));
        match row {
            Ok(row) => take(row, at + 1),
            Err(fault) => faults.push(fault.at(place.to_string()).line(at + 1)),
        }
    }
}

/// A labelled row of either shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// An annotated article.
    Article(AnnotatedArticle),
    /// A single statement.
    Statement(LabelledStatement),
}

/// Reads a parsed row of either shape. `name` becomes its id where it has none.
///
/// # Errors
/// The first thing that is wrong with it; the place is the caller's to add.
pub fn row_of_value(value: Value, name: &str, stances: &LabelSet, tones: &LabelSet) -> Result<Row> {
    let Value::Object(mut object) = value else {
        return Err(
            Fault::new("no JSON object").expected("an annotated article or a labelled statement")
        );
    };
    let Some(marked) = object.remove("statements") else {
        return single(object, name, stances, tones).map(Row::Statement);
    };
    let article = article_of_value(Value::Object(object), name, &FieldMap::default())?;
    let Value::Array(marked) = marked else {
        return Err(Fault::new("\"statements\" is no list")
            .expected("a list of {\"start\",\"end\",\"stance\",...}"));
    };
    let mut statements = Vec::with_capacity(marked.len());
    let points = CodePoints::new(&article.text);
    for one in &marked {
        statements.push(annotated(one, &article.text, &points, stances, tones)?);
    }
    statements.sort_by_key(|statement| statement.span);
    if let Some(pair) = statements
        .windows(2)
        .find(|pair| pair[0].span.overlap(pair[1].span) > 0)
    {
        return Err(Fault::new(format!(
            "two statements overlap at {:?}",
            shortened(pair[1].span.of(&article.text))
        ))
        .expected("statements that do not overlap"));
    }
    Ok(Row::Article(AnnotatedArticle {
        article,
        statements,
    }))
}

fn annotated(
    value: &Value,
    text: &str,
    points: &CodePoints<'_>,
    stances: &LabelSet,
    tones: &LabelSet,
) -> Result<AnnotatedStatement> {
    check_types(value)?;
    let words = |field: &str| value.get(field).and_then(Value::as_str);
    let place = |field: &str| {
        let count = value
            .get(field)
            .and_then(Value::as_u64)
            .and_then(|count| usize::try_from(count).ok());
        count.and_then(|count| points.byte(count)).ok_or_else(|| {
            Fault::new(format!(
                "\"{field}\" is {}",
                value.get(field).unwrap_or(&Value::Null)
            ))
            .expected(format!(
                "a code point offset of 0 to {}",
                text.chars().count()
            ))
        })
    };
    let (start, end) = (place("start")?, place("end")?);
    if start >= end {
        return Err(
            Fault::new(format!("a statement from byte {start} to {end}"))
                .expected("an end behind the start"),
        );
    }
    let span = Span::new(start, end);
    if let Some(given) = words("text").filter(|given| *given != span.of(text)) {
        return Err(
            Fault::new(format!("offsets stand on {:?}", shortened(span.of(text))))
                .expected(format!("{:?}", shortened(given)))
                .remedy("count in Unicode code points of the text as given"),
        );
    }
    let stance = check(words("stance"), "stance", stances)?
        .ok_or_else(|| Fault::new("a statement without a stance"))?;
    let kind = words("kind").unwrap_or("indirect");
    let kind: Kind = kind.parse().map_err(|()| {
        Fault::new(format!("unknown kind {kind:?}")).expected("one of direct, indirect, mixed, act")
    })?;
    Ok(AnnotatedStatement {
        span,
        actors: actors(words("actor").unwrap_or_default(), words("side")),
        surface: words("surface").map(str::to_owned),
        kind,
        stance,
        tone: check(words("tone"), "tone", tones)?,
        annotator: words("annotator").map(str::to_owned),
    })
}

/// Whether every field that is there holds words; an actor may also be a list of them.
fn check_types(value: &Value) -> Result<()> {
    for field in [
        "text",
        "actor",
        "surface",
        "side",
        "kind",
        "stance",
        "tone",
        "annotator",
    ] {
        match value.get(field) {
            None | Some(Value::Null | Value::String(_)) => {}
            Some(other) => {
                return Err(Fault::new(format!("\"{field}\" is {other}"))
                    .expected("words in quotation marks (several actors parted by ;)"));
            }
        }
    }
    Ok(())
}

fn single(
    object: Map<String, Value>,
    name: &str,
    stances: &LabelSet,
    tones: &LabelSet,
) -> Result<LabelledStatement> {
    let mut object = object;
    if let Some(id @ Value::Number(_)) = object.get("id") {
        let id = Value::String(id.to_string());
        object.insert("id".to_owned(), id);
    }
    let mut row: LabelledStatement = serde_json::from_value(Value::Object(object))
        .map_err(|error| json_fault(&error, "\"text\" and \"stance\""))?;
    if row.text.trim().is_empty() {
        return Err(Fault::new("a statement without words").remedy("drop the row"));
    }
    if row.id.is_empty() {
        name.clone_into(&mut row.id);
    }
    check(Some(&row.stance), "stance", stances)?;
    check(row.tone.as_deref(), "tone", tones)?;
    row.context = row.context.filter(|context| !context.is_empty());
    row.side = row.side.filter(|side| !side.is_empty() && side != "-");
    Ok(row)
}

fn check(label: Option<&str>, what: &str, set: &LabelSet) -> Result<Option<String>> {
    match label {
        Some(label) if set.position(label).is_none() => {
            Err(Fault::new(format!("unknown {what} {label:?}"))
                .expected(format!("one of {}", set.listed()))
                .remedy("mend the label; `stance train --labels` learns another set"))
        }
        label => Ok(label.map(str::to_owned)),
    }
}

fn shortened(words: &str) -> String {
    if words.chars().count() <= 40 {
        words.to_owned()
    } else {
        words.chars().take(39).chain(['\u{2026}']).collect()
    }
}

impl AnnotatedArticle {
    /// The article as one line of JSONL, with offsets in code points.
    pub fn to_json(&self) -> Value {
        let text = &self.article.text;
        let points = CodePoints::new(text);
        let statements = self.statements.iter().map(|statement| {
            serde_json::json!({
                "start": points.at(statement.span.start),
                "end": points.at(statement.span.end),
                "text": statement.span.of(text),
                "actor": statement.actor(),
                "surface": statement.surface,
                "side": statement.side(),
                "kind": statement.kind,
                "stance": statement.stance,
                "tone": statement.tone,
                "annotator": statement.annotator,
            })
        });
        let mut object = match serde_json::to_value(&self.article) {
            Ok(Value::Object(object)) => object,
            _ => Map::new(),
        };
        object.insert("statements".to_owned(), Value::Array(statements.collect()));
        Value::Object(object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load_one(line: &str) -> (Labelled, Vec<Fault>) {
        let (mut labelled, mut faults) = (Labelled::default(), Vec::new());
        let (stances, tones) = (LabelSet::stance(), LabelSet::tone());
        load_text(
            line,
            Path::new("a.jsonl"),
            &stances,
            &tones,
            &mut labelled,
            &mut faults,
        );
        (labelled, faults)
    }

    #[test]
    fn both_shapes_load_from_one_file() {
        let (labelled, faults) = load_one(concat!(
            r#"{"text":"“Yes,” he said.","statements":[{"start":0,"end":15,"text":"“Yes,” he said.","actor":"A","kind":"direct","stance":"supportive"}]}"#,
            "\n\n",
            r#"{"text":"No.","stance":"hostile"}"#
        ));
        assert_eq!(faults, []);
        assert_eq!(labelled.articles[0].statements[0].span, Span::new(0, 19));
        assert_eq!(labelled.statements[0].id, "a:3");
        let again = load_one(&labelled.articles[0].to_json().to_string()).0;
        assert_eq!(again.articles, labelled.articles);
    }

    #[test]
    fn every_bad_row_is_reported_with_its_line() {
        let (labelled, faults) = load_one(concat!(
            r#"{"text":"No.","stance":"sceptical"}"#,
            "\n{\n",
            r#"{"text":"No.","statements":[{"start":0,"end":9,"stance":"none"}]}"#,
            "\n",
            r#"{"text":"No.","statements":[{"start":0,"end":2,"text":"o.","stance":"none"}]}"#
        ));
        assert!(labelled.is_empty());
        assert_eq!(
            faults
                .iter()
                .map(|fault| fault.line.unwrap())
                .collect::<Vec<_>>(),
            [1, 2, 3, 4]
        );
        assert!(
            faults[0]
                .to_string()
                .starts_with("a.jsonl:1: unknown stance \"sceptical\"; expected one of supportive")
        );
        assert!(
            faults[2]
                .to_string()
                .contains("a code point offset of 0 to 3")
        );
        assert!(
            faults[3]
                .to_string()
                .contains("offsets stand on \"No\"; expected \"o.\"")
        );
    }
}
