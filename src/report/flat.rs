//! A record as one flat row: the columns that CSV and Parquet share, with their names and types. It does not write.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::classify::{Record, Wishes};
use crate::label::LabelSet;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Words.
    Words,
    /// A count.
    Count,
    /// A real number.
    Number,
    /// Yes or no.
    Truth,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Words, or nothing.
    Words(Option<Cow<'a, str>>),
    /// A count.
    Count(i64),
    /// A real number, or nothing.
    Number(Option<f64>),
    /// Yes or no.
    Truth(bool),
}

/// The columns of a run: the labels of its model and the user's wishes decide which there are.
#[derive(Clone, Debug)]
pub struct Columns {
    stances: Vec<String>,
    tones: Vec<String>,
    wishes: Wishes,
}

impl Columns {
    /// The columns for a model's labels.
    pub fn new(stances: &LabelSet, tones: Option<&LabelSet>, wishes: Wishes) -> Self {
        Self {
            stances: stances.labels.clone(),
            tones: tones.map(|tones| tones.labels.clone()).unwrap_or_default(),
            wishes,
        }
    }

    /// Names and types, in order.
    pub fn names(&self) -> Vec<(String, Sort)> {
        use Sort::{Count, Number, Truth, Words};
        let fixed = |names: &[(&str, Sort)]| -> Vec<(String, Sort)> {
            names
                .iter()
                .map(|(name, sort)| ((*name).to_owned(), *sort))
                .collect()
        };
        let mut all = fixed(&[
            ("article", Words),
            ("outlet", Words),
            ("date", Words),
            ("url", Words),
            ("statement", Words),
            ("start", Count),
            ("end", Count),
            ("text", Words),
            ("kind", Words),
            ("cue", Words),
            ("actor_name", Words),
            ("actor_surface", Words),
            ("actor_side", Words),
            ("actor_type", Words),
            ("stance", Words),
        ]);
        all.extend(
            self.stances
                .iter()
                .map(|label| (format!("p_{label}"), Number)),
        );
        all.extend(fixed(&[
            ("confidence", Number),
            ("score", Number),
            ("abstained", Truth),
            ("tone", Words),
        ]));
        all.extend(
            self.tones
                .iter()
                .map(|label| (format!("tone_p_{label}"), Number)),
        );
        all.extend(fixed(&[("model", Words), ("codebook", Words)]));
        if self.wishes.explain {
            all.push(("reasons".to_owned(), Words));
        }
        if self.wishes.target {
            all.extend(fixed(&[
                ("target_is_meant", Truth),
                ("target_term", Words),
                ("target_found", Words),
                ("stance_at_issue", Words),
            ]));
        }
        if self.wishes.with_text {
            all.push(("article_text".to_owned(), Words));
        }
        all
    }

    /// The cells of a record, as many as there are names.
    pub fn cells<'a>(&self, record: &'a Record) -> Vec<Cell<'a>> {
        let words = |words: &'a str| Cell::Words(Some(Cow::Borrowed(words)));
        let maybe = |words: &'a Option<String>| Cell::Words(words.as_deref().map(Cow::Borrowed));
        let chance = |map: Option<&Map<String, Value>>, label: &String| {
            Cell::Number(map.and_then(|map| map.get(label)).and_then(Value::as_f64))
        };
        let mut cells = vec![
            words(&record.article),
            maybe(&record.outlet),
            maybe(&record.date),
            maybe(&record.url),
            words(&record.statement),
            Cell::Count(i64::try_from(record.start).unwrap_or(i64::MAX)),
            Cell::Count(i64::try_from(record.end).unwrap_or(i64::MAX)),
            words(&record.text),
            Cell::Words(record.kind.map(|kind| kind.to_string().into())),
            maybe(&record.cue),
            maybe(&record.actor.name),
            words(&record.actor.surface),
            maybe(&record.actor.side),
            Cell::Words(json_word(&record.actor.kind).map(Into::into)),
            words(&record.stance),
        ];
        let stances = self.stances.iter();
        cells.extend(stances.map(|label| chance(Some(&record.probabilities), label)));
        cells.extend([
            Cell::Number(Some(record.confidence)),
            Cell::Number(record.score),
            Cell::Truth(record.abstained),
            maybe(&record.tone),
        ]);
        let tones = self.tones.iter();
        cells.extend(tones.map(|label| chance(record.tone_probabilities.as_ref(), label)));
        cells.extend([words(&record.model), words(&record.codebook)]);
        if self.wishes.explain {
            let reasons = record.reasons.as_ref();
            let json = reasons.and_then(|reasons| serde_json::to_string(reasons).ok());
            cells.push(Cell::Words(json.map(Into::into)));
        }
        if self.wishes.target {
            let target = record.target.as_ref();
            let found = target.and_then(|target| json_word(&target.found));
            cells.extend([
                Cell::Truth(target.is_some_and(|target| target.is_meant)),
                Cell::Words(
                    target
                        .and_then(|target| target.term.as_deref())
                        .map(Cow::Borrowed),
                ),
                Cell::Words(found.map(Into::into)),
                Cell::Words(target.map(|target| Cow::Borrowed(target.stance_at_issue.as_str()))),
            ]);
        }
        if self.wishes.with_text {
            cells.push(maybe(&record.article_text));
        }
        cells
    }
}

/// A value that JSON writes as one word.
fn json_word(value: &impl serde::Serialize) -> Option<String> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Some(word),
        _ => None,
    }
}
