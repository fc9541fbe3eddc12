//! Classified statements as Python holds them: kept as the core's records, shown as JSON lines, Arrow columns or a table when
//! they are asked for. It does not classify.

use std::io::Write;
use std::path::PathBuf;

use pyo3::exceptions::{PyIndexError, PyKeyError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use stance::classify::Record;
use stance::corpus::Skipped;
use stance::error::Fault;
use stance::report::flat::{Cell, Columns};
use stance::report::statements::{Style, article};
use stance::report::{csv, jsonl};

use crate::faults::{counted, raised, skipped};
use crate::table::{Table, arrow, schema_capsule};

/// The classified statements of some articles, in the order of the articles and of their texts.
#[pyclass(frozen, module = "stance._stance")]
pub(crate) struct Statements {
    pub(crate) records: Vec<Record>,
    /// The place of each record's article in the input, from 0.
    pub(crate) places: Vec<usize>,
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) n_articles: usize,
    pub(crate) columns: Columns,
}

#[pymethods]
impl Statements {
    fn __len__(&self) -> usize {
        self.records.len()
    }

    /// One record as a line of JSON.
    fn line(&self, number: usize) -> PyResult<String> {
        let record = self.records.get(number);
        let record = record.ok_or_else(|| PyIndexError::new_err("no such statement"))?;
        lines(std::slice::from_ref(record)).map(|mut line| {
            line.pop();
            line
        })
    }

    /// All records as JSON lines, the bytes that the program writes.
    fn jsonl(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| lines(&self.records))
    }

    /// Writes all records to a file: CSV or JSON lines.
    fn write(&self, py: Python<'_>, path: PathBuf, as_csv: bool) -> PyResult<()> {
        let done = py.detach(|| {
            let mut out = std::io::BufWriter::new(std::fs::File::create(&path)?);
            if as_csv {
                out.write_all(&csv::head(&self.columns))?;
            }
            for record in &self.records {
                if as_csv {
                    let mut row = Vec::new();
                    csv::write(record, &self.columns, &mut row);
                    out.write_all(&row)?;
                } else {
                    jsonl::write(record, &mut out)?;
                }
            }
            out.flush()
        });
        done.map_err(|error| raised(Fault::io(path.display(), "write the statements", &error)))
    }

    /// The table that the program shows, an article after another.
    fn text(&self, width: usize) -> String {
        let style = Style {
            colors: false,
            width,
        };
        self.records
            .chunk_by(|one, other| one.article == other.article)
            .map(|records| article(&records[0].article, records, style))
            .collect()
    }

    /// Names and types of the columns.
    #[getter]
    fn columns(&self) -> Vec<(String, String)> {
        named(&self.columns)
    }

    /// The values of one column.
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let place = self.columns.names().iter().position(|(own, _)| own == name);
        let place = place.ok_or_else(|| PyKeyError::new_err(name.to_owned()))?;
        let values: PyResult<Vec<Bound<'py, PyAny>>> = self
            .records
            .iter()
            .map(
                |record| match self.columns.cells(record).swap_remove(place) {
                    Cell::Words(words) => Ok(words.as_deref().into_pyobject(py)?.into_any()),
                    Cell::Count(count) => Ok(count.into_pyobject(py)?.into_any()),
                    Cell::Number(number) => Ok(number.into_pyobject(py)?.into_any()),
                    Cell::Truth(truth) => Ok(truth.into_pyobject(py)?.to_owned().into_any()),
                },
            )
            .collect();
        PyList::new(py, values?)
    }

    /// The place of each statement's article in the input, from 0.
    #[getter]
    fn places(&self) -> Vec<usize> {
        self.places.clone()
    }

    #[getter]
    fn n_articles(&self) -> usize {
        self.n_articles
    }

    /// What gave no statements, and why.
    #[getter]
    fn skipped<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        self.skipped.iter().map(|one| skipped(py, one)).collect()
    }

    /// How many were skipped and why, in words; `None` where nothing was.
    #[getter]
    fn skipped_in_words(&self) -> Option<String> {
        (!self.skipped.is_empty()).then(|| counted(&self.skipped))
    }

    fn stream<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let rows = self.records.iter().map(|record| self.columns.cells(record));
        let table = py.detach(|| Table::new(&self.columns.names(), rows));
        table.map_err(|error| arrow(&error))?.stream(py)
    }

    fn schema<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, &self.columns.names())
    }
}

fn lines(records: &[Record]) -> PyResult<String> {
    let mut out = Vec::new();
    for record in records {
        jsonl::write(record, &mut out)
            .map_err(|error| raised(Fault::new(format!("cannot write a record: {error}"))))?;
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// Names and types of columns, the types in the words of SQL.
pub(crate) fn named(columns: &Columns) -> Vec<(String, String)> {
    use stance::report::flat::Sort;
    let sort = |sort| match sort {
        Sort::Words => "string",
        Sort::Count => "bigint",
        Sort::Number => "double",
        Sort::Truth => "boolean",
    };
    let names = columns.names().into_iter();
    names
        .map(|(name, of)| (name, sort(of).to_owned()))
        .collect()
}
