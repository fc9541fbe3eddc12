//! The statements or articles of a corpus that could be labelled, each once: those that are nearly the same as another, or
//! as one that is labelled already, are left out. It does not choose among them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::exchange::{Fields, words};
use super::export::Task;
use super::near::first_alike;
use super::next::{Candidate, Chosen};
use crate::classify::{Classifier, Record, Wishes};
use crate::corpus::{Article, ReadyStatement};
use crate::features::Row;
use crate::label::Kind;

/// What can be labelled.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    rows: Vec<Fields>,
    texts: Vec<String>,
    candidates: Vec<Candidate>,
}

/// A pool of which nothing stands twice.
#[derive(Clone, Debug)]
pub struct Distinct {
    /// What can be chosen.
    pub candidates: Vec<Candidate>,
    /// The row of each, without label.
    rows: Vec<Fields>,
    /// How many of the pool each stands for, itself among them.
    copies: Vec<usize>,
    /// How many were left out.
    pub left_out: usize,
}

impl Pool {
    /// Adds every statement of an article as a row of its own, with the words before it as context.
    pub fn add_statements(&mut self, article: &Article, classifier: &mut Classifier<'_>) {
        let group = ["group", "conflict"]
            .iter()
            .find_map(|name| article.field(name));
        let group = group.unwrap_or_else(|| article.id.clone());
        classifier.each(article, Wishes::default(), |found| {
            let record = &found.record;
            let mut row = Fields::new();
            let mut put = |name: &str, value: Option<&str>| {
                if let Some(value) = value.filter(|value| !value.is_empty()) {
                    row.insert(name.to_owned(), value.into());
                }
            };
            put("id", Some(&record.statement));
            put("text", Some(&record.text));
            put("actor", record.actor.name.as_deref());
            put("side", record.actor.side.as_deref());
            put("kind", record.kind.map(Kind::as_str));
            put("context", Some(found.context.of(&article.text).trim()));
            put("group", Some(&group));
            put("article", Some(&article.id));
            put("outlet", article.outlet.as_deref());
            put("date", article.date.as_deref());
            put("url", article.url.as_deref());
            self.texts.push(record.text.clone());
            self.candidates.push(candidate(record, found.row.clone()));
            self.rows.push(row);
        });
    }

    /// Adds a statement that is one already; `fields` is its row.
    pub fn add_ready(
        &mut self,
        ready: &ReadyStatement,
        fields: Fields,
        classifier: &mut Classifier<'_>,
    ) {
        let number = self.rows.len() + 1;
        let mut record = classifier.ready(ready, number, Wishes::default());
        record.outlet = words(&fields, "outlet");
        let row = classifier.last_row().clone();
        let mut fields = fields;
        if words(&fields, "id").is_none() {
            fields.insert("id".to_owned(), record.statement.clone().into());
        }
        self.texts.push(ready.text.clone());
        self.candidates.push(candidate(&record, row));
        self.rows.push(fields);
    }

    /// Adds an article as a whole: its probabilities are the means of its statements', its features their sum. Articles
    /// without statements are not added.
    pub fn add_article(&mut self, article: &Article, classifier: &mut Classifier<'_>) {
        let mut probabilities: Vec<f64> = Vec::new();
        let mut sum: BTreeMap<u32, f32> = BTreeMap::new();
        let mut labels: Vec<String> = Vec::new();
        let mut n = 0.0;
        classifier.each(article, Wishes::default(), |found| {
            let of = found
                .record
                .probabilities
                .values()
                .filter_map(Value::as_f64);
            probabilities.resize(found.record.probabilities.len(), 0.0);
            for (sum, p) in probabilities.iter_mut().zip(of) {
                *sum += p;
            }
            for (column, value) in found.row {
                *sum.entry(*column).or_default() += value;
            }
            labels = found.record.probabilities.keys().cloned().collect();
            n += 1.0;
        });
        if n == 0.0 {
            return;
        }
        for p in &mut probabilities {
            *p /= n;
        }
        let best = (0..labels.len()).reduce(|best, at| {
            if probabilities[at] > probabilities[best] {
                at
            } else {
                best
            }
        });
        let fields = match serde_json::to_value(article) {
            Ok(Value::Object(fields)) => fields,
            _ => Fields::new(),
        };
        self.texts.push(article.text.clone());
        self.candidates.push(Candidate {
            row: sum.into_iter().collect(),
            probabilities,
            label: best.map(|at| labels[at].clone()).unwrap_or_default(),
            outlet: article.outlet.clone(),
        });
        self.rows.push(fields);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nothing to label.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Leaves out what is nearly the same as an earlier one, or as one of `labelled`.
    pub fn distinct(self, labelled: &[Task]) -> Distinct {
        let mut texts: Vec<String> = labelled.iter().flat_map(Task::texts).collect();
        let n_labelled = texts.len();
        texts.extend(self.texts);
        let first = first_alike(&texts);
        let mut copies = vec![0; self.rows.len()];
        for &first in &first[n_labelled..] {
            if let Some(own) = first.checked_sub(n_labelled) {
                copies[own] += 1;
            }
        }
        let before = self.rows.len();
        let mut kept = Distinct {
            candidates: Vec::new(),
            rows: Vec::new(),
            copies: Vec::new(),
            left_out: 0,
        };
        let all = self.candidates.into_iter().zip(self.rows).zip(copies);
        for ((candidate, row), copies) in all {
            if copies > 0 {
                kept.candidates.push(candidate);
                kept.rows.push(row);
                kept.copies.push(copies);
            }
        }
        kept.left_out = before - kept.rows.len();
        kept
    }
}

impl Distinct {
    /// The row of a chosen candidate, with the chance it had and what it was drawn from.
    pub fn row(&self, chosen: &Chosen) -> Fields {
        let mut row = self.rows[chosen.at].clone();
        row.insert("sample_prob".to_owned(), chosen.probability.into());
        row.insert("stratum".to_owned(), chosen.stratum.clone().into());
        if self.copies[chosen.at] > 1 {
            row.insert("copies".to_owned(), self.copies[chosen.at].into());
        }
        row
    }
}

fn candidate(record: &Record, row: Row) -> Candidate {
    let probabilities = record.probabilities.values().filter_map(Value::as_f64);
    Candidate {
        row,
        probabilities: probabilities.collect(),
        label: record.stance.clone(),
        outlet: record.outlet.clone(),
    }
}
