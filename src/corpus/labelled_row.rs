//! One labelled row, an annotated article or a single statement, from and to JSON, checked. It opens no files.

use serde_json::{Map, Value};

use super::annotation::{AnnotatedArticle, AnnotatedStatement, LabelledStatement, near, weight};
use super::fields::FieldMap;
use super::jsonl::{article_of_value, json_fault};
use super::markup::actors;
use crate::error::{Fault, Result};
use crate::label::{Kind, LabelSet};
use crate::offset::CodePoints;
use crate::span::Span;

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
    weight(article.metadata.get("weight"))?;
    near(article.metadata.get("near"))?;
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
    weight(row.metadata.get("weight"))?;
    near(row.metadata.get("near"))?;
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
