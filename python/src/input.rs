//! What a user hands over, as records of the core one after another: Python objects, an Arrow table, or files. It does not
//! read what is in them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_pyarrow::FromPyArrow;
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use serde_json::Value;
use stance::corpus::{self, Cut, Reading};
use stance::error::{Fault, Result};

use crate::faults::raised;
use crate::fields::fields;
use crate::table::{Rows, arrow};

/// An input that can go to the threads that work without Python's lock.
pub(crate) enum Input {
    /// Python objects, one after another.
    Items(Py<PyIterator>),
    /// A table.
    Table(RecordBatchStreamReader),
    /// Files, folders and patterns.
    Files(Vec<PathBuf>),
}

/// Which columns of a table are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Those that articles have.
    OfArticles,
    /// All.
    All,
}

/// The fields of a record and its place, from 0.
pub(crate) struct Entry {
    pub(crate) place: usize,
    pub(crate) fields: Result<BTreeMap<String, Value>>,
}

type Entries = Box<dyn Iterator<Item = PyResult<Entry>>>;

impl Input {
    /// Takes an input whose `shape` is `items`, `table` or `files`.
    ///
    /// # Errors
    /// An object of another shape.
    pub(crate) fn new(value: &Bound<'_, PyAny>, shape: &str) -> PyResult<Self> {
        match shape {
            "items" => Ok(Self::Items(value.try_iter()?.unbind())),
            "table" => RecordBatchStreamReader::from_pyarrow_bound(value).map(Self::Table),
            "files" => value.extract().map(Self::Files),
            _ => Err(PyValueError::new_err(format!("unknown shape {shape:?}"))),
        }
    }

    /// The records as they were cut out, to be read by any thread.
    ///
    /// # Errors
    /// A table without a text.
    pub(crate) fn cuts(
        self,
        reading: Reading,
        wanted: Wanted,
    ) -> PyResult<Box<dyn Iterator<Item = PyResult<Cut>>>> {
        if let Self::Files(paths) = &self {
            return Ok(Box::new(corpus::cuts(paths, None, &reading).map(Ok)));
        }
        if let Self::Table(reader) = &self {
            has_text(&reader.schema(), &reading)?;
        }
        let of_articles = reading.map.clone();
        let wanted = move |name: &str| wanted == Wanted::All || of_articles.knows(name);
        let entries = self.entries(wanted)?;
        Ok(Box::new(entries.map(move |entry| {
            let Entry { place, fields } = entry?;
            let path = format!("articles[{place}]");
            Ok(Cut::of_fields(fields, &path, &place.to_string(), &reading))
        })))
    }

    /// The fields of every record.
    ///
    /// # Errors
    /// Files, whose records have no fields before they are read.
    pub(crate) fn entries(self, wanted: impl Fn(&str) -> bool + 'static) -> PyResult<Entries> {
        match self {
            Self::Files(_) => Err(PyValueError::new_err("files are read, not taken apart")),
            Self::Items(items) => {
                let mut items = std::iter::from_fn(move || next_item(&items)).enumerate();
                Ok(Box::new(std::iter::from_fn(move || {
                    let (place, fields) = items.next()?;
                    Some(fields.map(|fields| Entry { place, fields }))
                })))
            }
            Self::Table(reader) => Ok(Box::new(rows(reader, wanted).enumerate().map(
                |(place, fields)| {
                    Ok(Entry {
                        place,
                        fields: Ok(fields?),
                    })
                },
            ))),
        }
    }
}

fn next_item(items: &Py<PyIterator>) -> Option<PyResult<Result<BTreeMap<String, Value>>>> {
    Python::attach(|py| {
        let item = items.bind(py).clone().next()?;
        Some(item.map(|item| fields(&item)))
    })
}

fn rows(
    reader: RecordBatchStreamReader,
    wanted: impl Fn(&str) -> bool + 'static,
) -> impl Iterator<Item = PyResult<BTreeMap<String, Value>>> {
    let rows_of = move |batch: std::result::Result<RecordBatch, ArrowError>| {
        let (rows, error) = match batch {
            Ok(batch) => (Some(Rows::new(&batch, &wanted)), None),
            Err(error) => (None, Some(Err(arrow(&error)))),
        };
        rows.into_iter().flatten().map(Ok).chain(error)
    };
    reader.flat_map(rows_of)
}

fn has_text(schema: &SchemaRef, reading: &Reading) -> PyResult<()> {
    let names: Vec<&str> = schema
        .fields()
        .iter()
        .map(|field| field.name().as_str())
        .collect();
    if reading.map.has_text(names.iter().copied()) {
        return Ok(());
    }
    Err(raised(
        Fault::new(format!(
            "no column with the text; the columns are {}",
            names.join(", ")
        ))
        .expected(reading.map.expected_text())
        .remedy("name it, for example map={\"text\": \"COLUMN\"}"),
    ))
}
