//! A classified statement as a comparison takes it: read back from classified JSONL (`stance.statement/1`) or from the flat
//! columns of CSV and Parquet, or made from a record in memory. It does not classify, and opens no files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::classify::{ReasonRecord, Record, SCHEMA};
use crate::corpus::{Article, is_of_statements};
use crate::error::{Fault, Result};
use crate::label::{Kind, LabelSet};

/// A classified statement. Fields are those of `stance.statement/1` (`docs/formats.md`); fields that only other parts of the
/// program use are left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Statement {
    /// Id of the article.
    pub article: String,
    /// Outlet of the article.
    pub outlet: Option<String>,
    /// Date of the article as given.
    pub date: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
    /// Id of the statement.
    pub statement: String,
    /// First code point in the article's text.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub text: String,
    /// How the article gives it.
    pub kind: Option<Kind>,
    /// The words that attribute it.
    pub cue: Option<String>,
    /// Who holds the view.
    pub actor: Holder,
    /// The likeliest stance.
    pub stance: String,
    /// Calibrated probability of each stance.
    pub probabilities: BTreeMap<String, f64>,
    /// Probability of the likeliest stance.
    pub confidence: f64,
    /// P(supportive) - P(hostile).
    pub score: Option<f64>,
    /// Whether the model abstains.
    pub abstained: bool,
    /// What decided, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<ReasonRecord>>,
    /// Model that classified it.
    pub model: String,
    /// The article's text; enough at the first statement of an article.
    #[serde(skip_serializing)]
    pub article_text: Option<String>,
    /// All other fields of the row, and the metadata of the article: what `by` can name.
    #[serde(flatten)]
    pub metadata: BTreeMap<String, Value>,
}

/// Who holds a view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Holder {
    /// Canonical name in the article; `None` where unresolved.
    pub name: Option<String>,
    /// The words that stand for the actor.
    pub surface: String,
    /// For whom the actor speaks.
    pub side: Option<String>,
}

impl Statement {
    /// A record of an article that was classified in memory. The text is kept with `with_text`: once an article is enough.
    pub fn of_record(record: Record, article: &Article, with_text: bool) -> Self {
        Self {
            article: record.article,
            outlet: record.outlet,
            date: record.date,
            url: record.url,
            statement: record.statement,
            start: record.start,
            end: record.end,
            text: record.text,
            kind: record.kind,
            cue: record.cue,
            actor: Holder {
                name: record.actor.name,
                surface: record.actor.surface,
                side: record.actor.side,
            },
            stance: record.stance,
            probabilities: numbers(&record.probabilities),
            confidence: record.confidence,
            score: record.score,
            abstained: record.abstained,
            reasons: record.reasons,
            model: record.model,
            article_text: with_text.then(|| article.text.clone()),
            metadata: article.metadata.clone(),
        }
    }

    /// Whether a row that was read as an article is a classified statement: it says so, or has the columns of one.
    pub fn is_in(row: &Article) -> bool {
        names_schema(row) || is_flat(row)
    }

    /// The classified statement that was read as an article ([`Self::is_in`]).
    ///
    /// # Errors
    /// As for [`Self::of_line`]; the row's name stands for its place.
    pub fn of_row(row: &Article, labels: &LabelSet) -> Result<Self> {
        let name = row.id.clone();
        let line = if is_flat(row) {
            nested(row, labels).and_then(|object| serde_json::to_string(&object))
        } else {
            serde_json::to_string(row)
        };
        line.map_err(|error| Fault::new(error.to_string()))
            .and_then(|line| Self::of_line(&line, labels))
            .map_err(|fault| fault.at(name))
    }

    /// Reads one line of classified JSONL; its stance must be one of `labels`.
    ///
    /// # Errors
    /// A line that is no classified statement, with what was expected; the caller adds path and line.
    pub fn of_line(line: &str, labels: &LabelSet) -> Result<Self> {
        let remedy = "give the output of `stance classify --to jsonl`";
        let statement: Self = serde_json::from_str(line).map_err(|error| {
            let words = error.to_string();
            let words = words.split(" at line ").next().unwrap_or_default();
            Fault::new(format!("no classified statement: {words}"))
                .expected(format!("one {SCHEMA} object a line"))
                .remedy(remedy)
        })?;
        if let Some(schema) = statement.metadata.get("schema").and_then(Value::as_str)
            && !schema.starts_with("stance.statement/1")
        {
            return Err(Fault::new(format!("unknown schema {schema:?}"))
                .expected(SCHEMA)
                .remedy("use the version of stance that wrote the file"));
        }
        if statement.article.is_empty() {
            return Err(Fault::new("a statement without \"article\"")
                .expected(format!("one {SCHEMA} object a line"))
                .remedy(remedy));
        }
        if labels.position(&statement.stance).is_none() {
            return Err(Fault::new(format!("unknown stance {:?}", statement.stance))
                .expected(format!("one of {}", labels.listed()))
                .remedy("compare statements of one model only"));
        }
        Ok(statement)
    }

    /// Reads classified JSONL: the good statements in their order, and a fault for each bad line.
    pub fn read(text: &str, path: &str, labels: &LabelSet) -> (Vec<Self>, Vec<Fault>) {
        let (mut statements, mut faults) = (Vec::new(), Vec::new());
        for (at, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            match Self::of_line(line, labels) {
                Ok(statement) => statements.push(statement),
                Err(fault) => faults.push(fault.at(path).line(at + 1)),
            }
        }
        (statements, faults)
    }

    /// A field as words: one of the statement's own, or of the article's metadata.
    pub fn field(&self, name: &str) -> Option<String> {
        match name {
            "outlet" => self.outlet.clone(),
            "url" => self.url.clone(),
            "article" => Some(self.article.clone()),
            _ => match self.metadata.get(name)? {
                Value::String(words) => Some(words.clone()),
                Value::Number(number) => Some(number.to_string()),
                Value::Bool(truth) => Some(truth.to_string()),
                _ => None,
            },
        }
        .filter(|words| !words.trim().is_empty())
    }
}

fn names_schema(row: &Article) -> bool {
    let schema = row.metadata.get("schema").and_then(Value::as_str);
    schema.is_some_and(|schema| schema.starts_with("stance.statement/"))
}

fn is_flat(row: &Article) -> bool {
    !names_schema(row) && is_of_statements(row.metadata.keys())
}

/// The object that a line of JSONL would hold, from the columns of CSV and Parquet.
fn nested(row: &Article, labels: &LabelSet) -> serde_json::Result<Map<String, Value>> {
    let mut fields: Map<String, Value> = serde_json::from_value(serde_json::to_value(row)?)?;
    for name in ["start", "end", "confidence", "score", "abstained"] {
        if let Some(value) = fields.remove(name) {
            fields.insert(name.to_owned(), parsed(value));
        }
    }
    let mut probabilities = Map::new();
    for label in &labels.labels {
        if let Some(value) = fields.remove(&format!("p_{label}")) {
            probabilities.insert(label.clone(), parsed(value));
        }
    }
    fields.insert("probabilities".to_owned(), probabilities.into());
    let mut actor = Map::new();
    for part in ["name", "surface", "side"] {
        if let Some(value) = fields.remove(&format!("actor_{part}")) {
            actor.insert(part.to_owned(), value);
        }
    }
    fields.insert("actor".to_owned(), actor.into());
    if let Some(reasons) = fields.remove("reasons") {
        fields.insert("reasons".to_owned(), parsed(reasons));
    }
    Ok(fields)
}

/// A number, truth or list that a table holds as words.
fn parsed(value: Value) -> Value {
    match &value {
        Value::String(words) => serde_json::from_str(words).unwrap_or(value),
        _ => value,
    }
}

fn numbers(map: &Map<String, Value>) -> BTreeMap<String, f64> {
    map.iter()
        .filter_map(|(label, value)| Some((label.clone(), value.as_f64()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"schema":"stance.statement/1","article":"a","outlet":"Kesh Times","date":"2031-04-02","url":null,
        "statement":"a#1","start":0,"end":9,"text":"We agree.","kind":"direct","cue":"said","actor":{"name":"Emil Karsten",
        "surface":"he","side":"Tavria","type":"person"},"stance":"supportive","probabilities":{"supportive":0.9,"none":0.1},
        "confidence":0.9,"score":0.9,"abstained":false,"tone":null,"model":"m","codebook":"1","country":"Tavria"}"#;

    #[test]
    fn a_classified_line_is_read_with_its_other_fields() {
        let line = LINE.replace('\n', " ");
        let (read, faults) =
            Statement::read(&format!("{line}\n\n{{}}\n"), "x.jsonl", &LabelSet::stance());
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].actor.side.as_deref(), Some("Tavria"));
        assert_eq!(read[0].field("country").as_deref(), Some("Tavria"));
        assert_eq!(faults.len(), 1);
        assert!(
            faults[0]
                .to_string()
                .starts_with("x.jsonl:3: a statement without \"article\"")
        );
    }

    #[test]
    fn a_row_of_a_table_is_read_as_the_line_is() {
        let labels = LabelSet::stance();
        let line = LINE.replace('\n', " ");
        let of_line = Statement::of_line(&line, &labels).unwrap();
        let mut article: Article = serde_json::from_value(serde_json::json!({
            "id": "x#1", "outlet": of_line.outlet, "date": of_line.date, "url": of_line.url, "text": of_line.text,
        }))
        .unwrap();
        // CSV holds words alone; what is absent in a column is absent in the row.
        let cells = [
            ("article", of_line.article.clone()),
            ("statement", of_line.statement.clone()),
            ("start", of_line.start.to_string()),
            ("end", of_line.end.to_string()),
            ("kind", of_line.kind.unwrap().to_string()),
            ("cue", of_line.cue.clone().unwrap_or_default()),
            ("actor_name", of_line.actor.name.clone().unwrap_or_default()),
            ("actor_surface", of_line.actor.surface.clone()),
            ("actor_side", "Tavria".to_owned()),
            ("stance", "supportive".to_owned()),
            ("p_supportive", "0.9".to_owned()),
            ("p_none", "0.1".to_owned()),
            ("confidence", "0.9".to_owned()),
            ("score", "0.9".to_owned()),
            ("abstained", "false".to_owned()),
            ("model", "m".to_owned()),
            ("country", "Tavria".to_owned()),
        ];
        for (name, words) in cells.into_iter().filter(|(_, words)| !words.is_empty()) {
            article.metadata.insert(name.to_owned(), words.into());
        }
        assert!(Statement::is_in(&article));
        let mut of_row = Statement::of_row(&article, &labels).unwrap();
        assert_eq!(of_row.field("country").as_deref(), Some("Tavria"));
        of_row.metadata.clone_from(&of_line.metadata);
        assert_eq!(of_row, of_line);
        article.metadata.remove("confidence");
        assert!(!Statement::is_in(&article));
    }

    #[test]
    fn another_label_set_or_version_is_a_fault() {
        let line = LINE.replace('\n', " ");
        let of = |line: &str| {
            Statement::of_line(line, &LabelSet::stance())
                .unwrap_err()
                .to_string()
        };
        assert!(
            of(&line.replace("\"supportive\",", "\"positive\","))
                .contains("unknown stance \"positive\"")
        );
        assert!(of(&line.replace("statement/1", "statement/2")).contains("unknown schema"));
        assert!(of("[]").contains("no classified statement"));
    }
}
