//! A comparison as tidy rows: one figure a row, the same columns in every table, so that one file holds all of them. It
//! computes nothing.

use super::flat::{Cell, Sort};
use crate::compare::comparison::{Contrast, Decomposition, Tally, Weekly};
use crate::compare::findings::{How, Quotation};
use crate::compare::{Comparison, Estimate};

/// Names of the columns.
pub const HEAD: [&str; 13] = [
    "table",
    "who",
    "outlet",
    "other",
    "measure",
    "value",
    "low",
    "high",
    "n",
    "n_clusters",
    "p",
    "q",
    "note",
];

/// Those that hold words; all others hold numbers.
const WORDS: [&str; 6] = ["table", "who", "outlet", "other", "measure", "note"];

/// Names and types of the columns, for formats that have types.
pub fn columns() -> Vec<(String, Sort)> {
    let sort = |name: &str| {
        if WORDS.contains(&name) {
            Sort::Words
        } else {
            Sort::Number
        }
    };
    HEAD.iter()
        .map(|name| ((*name).to_owned(), sort(name)))
        .collect()
}

/// A row as typed cells; what is empty is nothing.
pub fn cells(row: &Row) -> Vec<Cell<'_>> {
    row.iter()
        .zip(HEAD)
        .map(|(cell, name)| {
            if WORDS.contains(&name) {
                Cell::Words((!cell.is_empty()).then(|| cell.as_str().into()))
            } else {
                Cell::Number(cell.parse().ok())
            }
        })
        .collect()
}

/// One row under [`HEAD`].
pub type Row = Vec<String>;

/// Every table of a comparison under one head.
pub fn all(comparison: &Comparison) -> Vec<Row> {
    let mut rows = vec![head()];
    let mut add = |more: Vec<Row>| rows.extend(more.into_iter().skip(1));
    add(outlets(comparison));
    add(tallies("actor", &comparison.actors));
    add(tallies("side", &comparison.sides));
    add(contrasts(&comparison.tests.contrasts));
    add(decompositions(&comparison.decompositions));
    add(weekly(&comparison.weekly));
    add(quotations(&comparison.quotations.groups));
    add(omission(comparison));
    add(corrections(comparison));
    rows
}

/// What outlets carry in all: articles, wire rate, and their statements of all actors.
pub fn outlets(comparison: &Comparison) -> Vec<Row> {
    let mut rows = vec![head()];
    for row in &comparison.outlets {
        let mut counted = Line::of("outlet", "", &row.outlet);
        counted.put(&mut rows, "articles", Some(row.n_articles as f64));
        counted.put(&mut rows, "articles counted", Some(row.n_counted as f64));
        counted.put(&mut rows, "wire rate", Some(row.wire_rate));
        rows.extend(
            tallies("outlet", std::slice::from_ref(&row.tally))
                .into_iter()
                .skip(1),
        );
    }
    rows
}

/// Statements of actors, sides or all together.
pub fn tallies(table: &'static str, tallies: &[Tally]) -> Vec<Row> {
    let mut rows = vec![head()];
    for tally in tallies {
        let who = if tally.is_rest {
            "(all others)"
        } else {
            tally.who.as_deref().unwrap_or_default()
        };
        let mut line = Line::of(table, who, &tally.outlet);
        line.n = Some(tally.n_statements);
        line.estimate(&mut rows, "reach", &tally.reach);
        line.estimate(&mut rows, "voice", &tally.voice);
        for share in &tally.mix {
            line.estimate(&mut rows, &format!("share {}", share.label), &share.share);
        }
        line.estimate(&mut rows, "share none", &tally.none);
        line.estimate(&mut rows, "share abstained", &tally.abstained);
        line.estimate(&mut rows, "score", &tally.score);
        line.put(&mut rows, "score from likeliest labels", tally.hard_score);
        line.put(&mut rows, "score, shrunken", tally.shrunken_score);
        line.put(&mut rows, "design effect", tally.design_effect);
    }
    rows
}

/// Differences between outlets.
pub fn contrasts(contrasts: &[Contrast]) -> Vec<Row> {
    let mut rows = vec![head()];
    for contrast in contrasts {
        let mut line = Line::of(
            "contrast",
            contrast.who.as_deref().unwrap_or_default(),
            &contrast.first,
        );
        contrast.second.clone_into(&mut line.other);
        (line.p, line.q) = (contrast.p, contrast.q);
        line.note = if contrast.marked { "marked" } else { "" };
        line.estimate(&mut rows, "difference of scores", &contrast.difference);
        if let Some(corrected) = &contrast.corrected {
            line.note = if contrast.only_raw {
                "only in raw figures"
            } else {
                ""
            };
            line.estimate(&mut rows, "difference of corrected scores", corrected);
        }
    }
    rows
}

/// Gaps between outlets in their parts.
pub fn decompositions(gaps: &[Decomposition]) -> Vec<Row> {
    let mut rows = vec![head()];
    for gap in gaps {
        let mut line = Line::of("gap", "", &gap.first);
        gap.second.clone_into(&mut line.other);
        line.estimate(&mut rows, "gap", &gap.gap);
        line.estimate(&mut rows, "selection", &gap.selection);
        line.estimate(&mut rows, "framing", &gap.framing);
        for part in &gap.parts {
            part.actor.clone_into(&mut line.who);
            line.put(&mut rows, "selection", Some(part.selection));
            line.put(&mut rows, "framing", Some(part.framing));
        }
    }
    rows
}

/// Lines by week; a gap is an empty value. The week stands in the column `note`.
pub fn weekly(weekly: &Weekly) -> Vec<Row> {
    let mut rows = vec![head()];
    for of_outlet in &weekly.lines {
        for (week, point) in weekly.weeks.iter().zip(&of_outlet.points) {
            let mut line = Line::of("week", "", &of_outlet.outlet);
            line.n = point.as_ref().map(|point| point.n_statements);
            line.note = week;
            let none = Estimate::default();
            line.estimate(
                &mut rows,
                "score",
                point.as_ref().map_or(&none, |point| &point.score),
            );
        }
    }
    rows
}

/// Who carried, cut or left out which quotation; its words stand in the column `note`.
pub fn quotations(groups: &[Quotation]) -> Vec<Row> {
    let mut rows = vec![head()];
    for quotation in groups {
        for carried in &quotation.outlets {
            let mut line = Line::of(
                "quotation",
                quotation.actor.as_deref().unwrap_or_default(),
                &carried.outlet,
            );
            carried
                .stance
                .as_deref()
                .unwrap_or_default()
                .clone_into(&mut line.other);
            line.note = &quotation.text;
            let measure = match carried.how {
                How::Full => "carried in full",
                How::Cut => "cut",
                How::Omitted => "left out",
            };
            line.put(&mut rows, measure, Some(carried.share));
        }
    }
    rows
}

/// Odds of leaving out.
pub fn omission(comparison: &Comparison) -> Vec<Row> {
    let mut rows = vec![head()];
    for omission in &comparison.quotations.omission {
        let mut line = Line::of(
            "omission",
            "",
            omission.outlet.as_deref().unwrap_or_default(),
        );
        (line.p, line.q, line.note) = (omission.p, omission.q, omission.strata);
        line.n = Some(omission.hostile.0 + omission.supportive.0);
        let odds = Estimate {
            value: omission.odds_ratio,
            low: omission.low,
            high: omission.high,
            ..Estimate::default()
        };
        line.estimate(
            &mut rows,
            "odds ratio of leaving out hostile against supportive",
            &odds,
        );
    }
    rows
}

/// Corrected beside raw.
pub fn corrections(comparison: &Comparison) -> Vec<Row> {
    let mut rows = vec![head()];
    if let Some(correction) = &comparison.correction {
        for row in correction.outlets.iter().chain(&correction.actors) {
            let mut line = Line::of(
                "correction",
                row.who.as_deref().unwrap_or_default(),
                &row.outlet,
            );
            line.n = Some(row.n_labels);
            line.estimate(&mut rows, "raw score", &row.raw);
            line.estimate(&mut rows, "corrected score", &row.corrected);
            line.estimate(&mut rows, "bias", &row.bias);
        }
    }
    rows
}

fn head() -> Row {
    HEAD.map(str::to_owned).to_vec()
}

/// What stays the same in neighbouring rows.
struct Line<'a> {
    table: &'static str,
    who: String,
    outlet: &'a str,
    other: String,
    n: Option<usize>,
    p: Option<f64>,
    q: Option<f64>,
    note: &'a str,
}

impl<'a> Line<'a> {
    fn of(table: &'static str, who: &str, outlet: &'a str) -> Self {
        Self {
            table,
            who: who.to_owned(),
            outlet,
            other: String::new(),
            n: None,
            p: None,
            q: None,
            note: "",
        }
    }

    fn put(&mut self, rows: &mut Vec<Row>, measure: &str, value: Option<f64>) {
        self.estimate(rows, measure, &Estimate::bare(value, 0));
    }

    fn estimate(&mut self, rows: &mut Vec<Row>, measure: &str, estimate: &Estimate) {
        let number = |number: Option<f64>| {
            number.map_or_else(String::new, |number| {
                format!("{}", (number * 1e6).round() / 1e6)
            })
        };
        let count =
            |count: Option<usize>| count.map_or_else(String::new, |count| count.to_string());
        rows.push(vec![
            self.table.to_owned(),
            self.who.clone(),
            self.outlet.to_owned(),
            self.other.clone(),
            measure.to_owned(),
            number(estimate.value),
            number(estimate.low),
            number(estimate.high),
            count(self.n),
            count(Some(estimate.n_clusters).filter(|n| *n > 0)),
            number(self.p),
            number(self.q),
            self.note.to_owned(),
        ]);
    }
}
