//! Outlets compared, from articles or classified statements. What is compared and how it is shown is the core's.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use stance::classify::Wishes;
use stance::compare::{
    self as comparing, CopyPolicy, Count, HandLabel, Scoring, Settings, Statement,
};
use stance::corpus::{Article, Reading, Skipped, load_text};
use stance::error::Fault;
use stance::label::LabelSet;
use stance::report::{comparison, page, tidy};

use crate::faults::{all_raised, counted, raised, skipped};
use crate::input::{Input, Wanted};
use crate::model::Model;
use crate::statements::Statements;
use crate::table::{Table, arrow, schema_capsule};

/// A comparison of outlets.
#[pyclass(frozen, module = "stance._stance")]
pub(crate) struct Comparison {
    result: comparing::Comparison,
    skipped: Vec<Skipped>,
}

/// Compares outlets. `words` are the names of settings: by, count, copies, scoring; `numbers` are draws, permutations, seed,
/// level and most actors; `hand` are hand labels as JSON lines; `wishes` are a plan of labels and reasons.
#[pyfunction]
pub(crate) fn compare(
    py: Python<'_>,
    model: &Model,
    input: (Bound<'_, PyAny>, String),
    words: [String; 4],
    numbers: (usize, usize, u64, f64, usize),
    hand: Option<String>,
    wishes: (bool, bool),
) -> PyResult<Comparison> {
    let (plan, explain) = wishes;
    let settings = settings(model, words, numbers, plan)?;
    let hand = hand_labels(hand.as_deref(), &settings.labels)?;
    let given = match input.1.as_str() {
        "statements" => Given::Lines(input.0.cast::<Statements>()?.clone().unbind()),
        shape => Given::Input(Input::new(&input.0, shape)?),
    };
    py.detach(|| {
        let mut skipped = Vec::new();
        let statements = match given {
            Given::Lines(statements) => of_records(&statements.get().records, &settings.labels)?,
            Given::Input(input) => {
                of_input(input, model, (&settings.labels, explain), &mut skipped)?
            }
        };
        if statements.is_empty() {
            return Err(if skipped.is_empty() {
                raised(
                    Fault::new("no statement in the input")
                        .expected("articles of two outlets or more"),
                )
            } else {
                all_raised(skipped.into_iter().map(|one| one.fault).collect())
            });
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(model.threads());
        let pool = pool
            .build()
            .map_err(|error| raised(Fault::new(format!("no threads: {error}"))))?;
        let result = pool.install(|| comparing::compare(statements, &hand, &settings));
        Ok(Comparison { result, skipped })
    })
}

enum Given {
    Lines(Py<Statements>),
    Input(Input),
}

fn settings(
    model: &Model,
    [by, count, copies, scoring]: [String; 4],
    (draws, permutations, seed, level, most_actors): (usize, usize, u64, f64, usize),
    plan: bool,
) -> PyResult<Settings> {
    let unknown = |what: &str, found: &str, known: &str| {
        PyValueError::new_err(format!("unknown {what} '{found}'; expected one of {known}"))
    };
    if !(level > 0.0 && level < 1.0) {
        return Err(PyValueError::new_err(format!(
            "level {level}; expected a number between 0 and 1"
        )));
    }
    Ok(Settings {
        by,
        count: match count.as_str() {
            "all" => Count::All,
            "once-per-article" => Count::OncePerArticle,
            _ => return Err(unknown("count", &count, "all, once-per-article")),
        },
        copies: match copies.as_str() {
            "keep" => CopyPolicy::Keep,
            "drop" => CopyPolicy::Drop,
            "originals" => CopyPolicy::Originals,
            _ => return Err(unknown("copies", &copies, "keep, drop, originals")),
        },
        scoring: match scoring.as_str() {
            "soft" => Scoring::Soft,
            "hard" => Scoring::Hard,
            _ => return Err(unknown("scoring", &scoring, "soft, hard")),
        },
        labels: model.model().stance.labels.clone(),
        draws,
        permutations,
        seed,
        level,
        most_actors,
        confusion: model.confusion(),
        plan,
        ..Settings::default()
    })
}

fn hand_labels(lines: Option<&str>, labels: &LabelSet) -> PyResult<Vec<HandLabel>> {
    let Some(lines) = lines else {
        return Ok(Vec::new());
    };
    let path = std::path::Path::new("labels");
    let labelled = load_text(lines, path, labels, &LabelSet::tone()).map_err(all_raised)?;
    let hand: Vec<HandLabel> = labelled
        .statements
        .iter()
        .filter_map(HandLabel::of_row)
        .collect();
    if hand.is_empty() {
        return Err(raised(
            Fault::new("no row has a \"sample_prob\"")
                .at("labels")
                .expected("labelled statements with the probability of being drawn, as `stance labels next` writes them"),
        ));
    }
    Ok(hand)
}

/// Statements that were classified before, as the program reads them back from its JSON lines.
fn of_records(records: &[stance::classify::Record], labels: &LabelSet) -> PyResult<Vec<Statement>> {
    let of = |record| {
        let line = serde_json::to_string(record);
        Statement::of_line(
            &line.map_err(|error| Fault::new(error.to_string()))?,
            labels,
        )
    };
    let statements: stance::error::Result<Vec<Statement>> = records.iter().map(of).collect();
    statements.map_err(raised)
}

/// The statements of articles and of rows that are statements already, mixed.
fn of_input(
    input: Input,
    model: &Model,
    (labels, explain): (&LabelSet, bool),
    skipped: &mut Vec<Skipped>,
) -> PyResult<Vec<Statement>> {
    let reading = Reading::default();
    let mut cuts = input.cuts(reading.clone(), Wanted::All)?;
    let mut statements = Vec::new();
    let wishes = Wishes {
        explain,
        ..Wishes::default()
    };
    model.with_batches(|batches| {
        loop {
            let mut articles: Vec<Article> = Vec::new();
            let mut is_over = true;
            for cut in cuts.by_ref() {
                match cut?.read(&reading).item {
                    Ok(row) if Statement::is_in(&row) => match Statement::of_row(&row, labels) {
                        Ok(statement) => statements.push(statement),
                        Err(fault) => skipped.push(Skipped::record(fault)),
                    },
                    Ok(article) => articles.push(article),
                    Err(one) => skipped.push(one),
                }
                if articles.len() == batches.size() {
                    is_over = false;
                    break;
                }
            }
            let found = batches.classify(&articles, wishes, |article, records| {
                let of = |(number, record)| Statement::of_record(record, article, number == 0);
                records.into_iter().enumerate().map(of).collect::<Vec<_>>()
            });
            statements.extend(found.map_err(raised)?.into_iter().flatten());
            if is_over {
                return Ok::<_, PyErr>(statements);
            }
            Python::attach(|py| py.check_signals())?;
        }
    })
}

#[pymethods]
impl Comparison {
    /// All of it, as the program writes it with `--to json`.
    fn json(&self, py: Python<'_>) -> PyResult<String> {
        let words = py.detach(|| serde_json::to_string(&self.result));
        words.map_err(|error| raised(Fault::new(format!("cannot write the result: {error}"))))
    }

    /// Tables for reading.
    fn text(&self, py: Python<'_>) -> String {
        py.detach(|| comparison::text(&self.result))
    }

    /// One page, complete in itself.
    fn html(&self, py: Python<'_>) -> String {
        py.detach(|| page::comparison(&self.result))
    }

    /// The tidy rows as CSV.
    fn csv(&self, py: Python<'_>) -> String {
        py.detach(|| stance::report::csv::rows(&tidy::all(&self.result)))
    }

    fn stream<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let table = py.detach(|| {
            let rows = tidy::all(&self.result);
            Table::new(&tidy::columns(), rows.iter().skip(1).map(tidy::cells))
        });
        table.map_err(|error| arrow(&error))?.stream(py)
    }

    #[expect(clippy::unused_self, reason = "Arrow asks an object for its schema")]
    fn schema<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, &tidy::columns())
    }

    #[getter]
    fn outlets(&self) -> Vec<String> {
        let outlets = self.result.outlets.iter();
        outlets.map(|row| row.outlet.clone()).collect()
    }

    /// Articles and statements.
    #[getter]
    fn size(&self) -> (usize, usize) {
        (
            self.result.corpus.n_articles,
            self.result.corpus.n_statements,
        )
    }

    #[getter]
    fn skipped<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, pyo3::types::PyDict>>> {
        self.skipped.iter().map(|one| skipped(py, one)).collect()
    }

    #[getter]
    fn skipped_in_words(&self) -> Option<String> {
        (!self.skipped.is_empty()).then(|| counted(&self.skipped))
    }
}
