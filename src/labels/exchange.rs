//! What label tools and this project exchange: a row in the project's own shape, as JSON fields, with offsets as the
//! tool counts them, and the field names that both directions share. It knows no tool's format.

use serde_json::{Map, Value};

use super::repair::Units;
use crate::corpus::{Row, row_of_value};
use crate::error::Result;
use crate::label::{Kind, LabelSet};

/// A label tool or file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Label Studio: JSON and JSON-MIN.
    LabelStudio,
    /// doccano: JSONL.
    Doccano,
    /// Prodigy: JSONL.
    Prodigy,
    /// INCEpTION: UIMA CAS JSON, and the list of its agreement page.
    Inception,
    /// brat: `.ann` beside `.txt`.
    Brat,
    /// Discourse Network Analyzer: event list.
    Dna,
    /// A table with a head: commas, semicolons or tabs.
    Csv,
}

/// The labels that are understood.
#[derive(Clone, Debug)]
pub struct Sets {
    /// Stances.
    pub stances: LabelSet,
    /// Tones.
    pub tones: LabelSet,
}

/// Fields of an own row by name.
pub type Fields = Map<String, Value>;

/// Says what a row is where its labels do not show it.
pub const UNIT: &str = "unit";
/// Value of [`UNIT`] for an article.
pub const ARTICLE: &str = "article";
/// Value of [`UNIT`] for a single statement.
pub const STATEMENT: &str = "statement";

/// Fields of a statement that a person gives: the label first.
pub const ANSWERS: [&str; 7] = [
    "stance",
    "tone",
    "kind",
    "actor",
    "side",
    "surface",
    "annotator",
];

/// What one annotator said of one text, as a tool holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Raw {
    /// The own row; an article has a list `statements` with `start`, `end`, perhaps `text`, and answers.
    pub row: Fields,
    /// Statements that an export sent along with offsets in code points: they lend their actor, side, kind and tone to the
    /// spans that stand where they stood.
    pub carried: Vec<Value>,
    /// Who labelled, as the tool says.
    pub annotator: Option<String>,
    /// Line in the file, from 1.
    pub line: Option<usize>,
    /// What the offsets count.
    pub units: Units,
    /// Whether anybody labelled it.
    pub labelled: bool,
}

impl Raw {
    /// A row without labels.
    pub fn new(row: Fields, line: Option<usize>) -> Self {
        Self {
            row,
            carried: Vec::new(),
            annotator: None,
            line,
            units: Units::CodePoints,
            labelled: false,
        }
    }
}

/// Words of a field; `None` where it is absent, empty or no words. Numbers count as words.
pub fn words(fields: &Fields, name: &str) -> Option<String> {
    match fields.get(name)? {
        Value::String(words) if !words.trim().is_empty() => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Takes a list of objects out of a field.
pub fn take_list(fields: &mut Fields, name: &str) -> Vec<Value> {
    match fields.remove(name) {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    }
}

/// Writes `label` into the answer that it belongs to: the one that `control` names, else the first of stance, tone and
/// kind whose labels have it. Letter case makes no difference. A label of none of them is written as stance, so that the
/// check finds it.
pub fn answer(fields: &mut Fields, control: &str, label: &str, sets: &Sets) {
    let label = label.trim();
    let stance = known(label, sets.stances.labels.iter().map(String::as_str));
    let tone = known(label, sets.tones.labels.iter().map(String::as_str));
    let kind = known(label, Kind::ALL.iter().map(|kind| kind.as_str()));
    let control = control.to_lowercase();
    let (field, value) = match control.as_str() {
        "tone" => ("tone", tone),
        "kind" => ("kind", kind),
        "actor" | "side" | "surface" | "annotator" => (control.as_str(), None),
        _ if stance.is_some() || control == "stance" => ("stance", stance),
        _ if tone.is_some() => ("tone", tone),
        _ if kind.is_some() => ("kind", kind),
        _ => ("stance", None),
    };
    let value = value.unwrap_or(label);
    fields.insert(field.to_owned(), Value::String(value.to_owned()));
}

/// Names of spans that tools mark beside statements: who speaks, and the word that says so.
const BYSTANDERS: [&str; 4] = ["source", "speaker", "actor", "cue"];

/// Whether a span with these answers is no statement, but stands beside one.
pub fn is_bystander(answers: &Fields, sets: &Sets) -> bool {
    words(answers, "stance").is_some_and(|stance| {
        sets.stances.position(&stance).is_none()
            && BYSTANDERS.contains(&stance.to_lowercase().as_str())
    })
}

/// The label of a set that `word` means, whatever its letter case.
fn known<'l>(word: &str, labels: impl Iterator<Item = &'l str>) -> Option<&'l str> {
    let mut labels = labels;
    let lower = word.to_lowercase();
    labels.find(|label| label.to_lowercase() == lower)
}

/// Letter case of the answers of `fields` as the sets have it.
pub fn in_our_case(fields: &mut Fields, sets: &Sets) {
    for field in ["stance", "tone", "kind"] {
        if let Some(label) = words(fields, field) {
            answer(fields, field, &label, sets);
        }
    }
}

/// Puts the labelled statement or annotated article back into an own row.
pub fn fields_of_row(row: &Row) -> Fields {
    let value = match row {
        Row::Article(article) => article.to_json(),
        Row::Statement(statement) => serde_json::to_value(statement).unwrap_or_default(),
    };
    match value {
        Value::Object(fields) => fields,
        _ => Fields::new(),
    }
}

/// Checks an own row as every labelled file is checked.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn checked(fields: Fields, name: &str, sets: &Sets) -> Result<Row> {
    row_of_value(Value::Object(fields), name, &sets.stances, &sets.tones)
}

/// Characters that make a spreadsheet take a cell for a formula (OWASP, "CSV Injection"), in both widths.
pub const FORMULA: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}',
];

/// Words for a cell: such as a spreadsheet would run get an apostrophe in front, and so do those that look as though they
/// had one already, so that [`unshielded`] gives back every word.
pub fn shielded(words: &str) -> String {
    if words.trim_start_matches('\'').starts_with(FORMULA) {
        format!("'{words}")
    } else {
        words.to_owned()
    }
}

/// Undoes [`shielded`].
pub fn unshielded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(words) if words.trim_start_matches('\'').starts_with(FORMULA) => words,
        _ => cell,
    }
}

/// Mark before a field's name that a tool uses for itself.
const ASIDE: &str = "own_";

/// Gives every field that `reserved` names another name, under which it can travel.
pub fn aside(fields: Fields, reserved: &[&str]) -> Fields {
    let renamed = |name: String| {
        if reserved.contains(&name.as_str()) || name.starts_with(ASIDE) {
            format!("{ASIDE}{name}")
        } else {
            name
        }
    };
    fields
        .into_iter()
        .map(|(name, value)| (renamed(name), value))
        .collect()
}

/// Undoes [`aside`].
pub fn home(fields: Fields) -> Fields {
    fields
        .into_iter()
        .map(|(name, value)| match name.strip_prefix(ASIDE) {
            Some(own) => (own.to_owned(), value),
            None => (name, value),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets() -> Sets {
        Sets {
            stances: LabelSet::stance(),
            tones: LabelSet::tone(),
        }
    }

    #[test]
    fn a_label_goes_to_the_answer_that_has_it() {
        let mut fields = Fields::new();
        for (control, label) in [
            ("sentiment", "Hostile"),
            ("label", "neutral"),
            ("how", "ACT"),
            ("actor", "Norvania"),
        ] {
            answer(&mut fields, control, label, &sets());
        }
        let expected = serde_json::json!({"stance": "hostile", "tone": "neutral", "kind": "act", "actor": "Norvania"});
        assert_eq!(Value::Object(fields), expected);
    }

    #[test]
    fn no_cell_runs_as_a_formula_and_every_word_comes_back() {
        for (words, cell) in [
            ("=1+1", "'=1+1"),
            ("'=1", "''=1"),
            ("-", "'-"),
            ("\t=1", "'\t=1"),
            ("\u{FF1D}1", "'\u{FF1D}1"),
            ("'tis", "'tis"),
            ("1-2", "1-2"),
            ("", ""),
        ] {
            assert_eq!(shielded(words), cell);
            assert_eq!(unshielded(cell), words);
        }
    }

    #[test]
    fn fields_that_a_tool_needs_travel_under_another_name() {
        let fields = serde_json::json!({"label": 1, "own_label": 2, "x": 3});
        let Value::Object(fields) = fields else {
            unreachable!()
        };
        let away = aside(fields.clone(), &["label"]);
        assert_eq!(
            away.keys().collect::<Vec<_>>(),
            ["own_label", "own_own_label", "x"]
        );
        assert_eq!(home(away), fields);
    }
}
