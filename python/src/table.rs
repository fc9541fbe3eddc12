//! Arrow tables in and out: the rows of a record batch as fields, and flat rows as record batches. The columns are those that
//! the core's Parquet tables have; words of days and times are those of its Parquet reader.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{
    Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, RecordBatch, RecordBatchIterator};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef, TimeUnit};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use serde_json::{Number, Value};
use stance::report::flat::{Cell, Sort};

/// Bytes of words after which a record batch ends: far below what 32-bit offsets can address.
const BYTES: usize = 32 << 20;

/// The rows of a record batch, one after another.
pub(crate) struct Rows {
    columns: Vec<(String, ArrayRef, Option<Vec<usize>>)>,
    end: usize,
    next: usize,
}

impl Rows {
    /// The rows with the columns that `wanted` names.
    pub(crate) fn new(batch: &RecordBatch, wanted: impl Fn(&str) -> bool) -> Self {
        let fields = batch.schema_ref().fields().iter();
        let columns = fields
            .zip(batch.columns())
            .filter(|(field, _)| wanted(field.name()))
            .map(|(field, array)| match array.as_any_dictionary_opt() {
                Some(dictionary) if !dictionary.values().is_empty() => {
                    let keys = dictionary.normalized_keys();
                    (field.name().clone(), Arc::clone(array), Some(keys))
                }
                _ => (field.name().clone(), Arc::clone(array), None),
            })
            .collect();
        Self {
            columns,
            end: batch.num_rows(),
            next: 0,
        }
    }
}

/// The fields of each row: columns of words, numbers, truths, days and times; all others are passed over, as are nulls.
impl Iterator for Rows {
    type Item = BTreeMap<String, Value>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next == self.end {
            return None;
        }
        let row = self.next;
        self.next += 1;
        let fields = self.columns.iter().filter_map(|(name, array, keys)| {
            if array.is_null(row) {
                return None;
            }
            let value = match keys {
                Some(keys) => cell(array.as_any_dictionary_opt()?.values(), *keys.get(row)?),
                None => cell(array, row),
            };
            Some((name.clone(), value?))
        });
        Some(fields.collect())
    }
}

fn cell(array: &ArrayRef, row: usize) -> Option<Value> {
    if array.is_null(row) {
        return None;
    }
    let words = |bytes: &[u8]| std::str::from_utf8(bytes).ok().map(Value::from);
    match array.data_type() {
        DataType::Utf8 => Some(array.as_string::<i32>().value(row).into()),
        DataType::LargeUtf8 => Some(array.as_string::<i64>().value(row).into()),
        DataType::Utf8View => Some(array.as_string_view().value(row).into()),
        DataType::Binary => words(array.as_binary::<i32>().value(row)),
        DataType::LargeBinary => words(array.as_binary::<i64>().value(row)),
        DataType::BinaryView => words(array.as_binary_view().value(row)),
        DataType::Boolean => Some(array.as_boolean().value(row).to_string().into()),
        DataType::Int8 => Some(number::<Int8Type>(array, row).into()),
        DataType::Int16 => Some(number::<Int16Type>(array, row).into()),
        DataType::Int32 => Some(number::<Int32Type>(array, row).into()),
        DataType::Int64 => Some(number::<Int64Type>(array, row).into()),
        DataType::UInt8 => Some(number::<UInt8Type>(array, row).into()),
        DataType::UInt16 => Some(number::<UInt16Type>(array, row).into()),
        DataType::UInt32 => Some(number::<UInt32Type>(array, row).into()),
        DataType::UInt64 => Some(number::<UInt64Type>(array, row).into()),
        DataType::Float32 => {
            Number::from_f64(number::<Float32Type>(array, row).into()).map(Value::Number)
        }
        DataType::Float64 => Number::from_f64(number::<Float64Type>(array, row)).map(Value::Number),
        DataType::Date32 => {
            let day = array.as_primitive::<Date32Type>().value_as_date(row)?;
            Some(day.format("%Y-%m-%d").to_string().into())
        }
        DataType::Date64 => {
            let day = array.as_primitive::<Date64Type>().value_as_date(row)?;
            Some(day.format("%Y-%m-%d").to_string().into())
        }
        DataType::Timestamp(unit, _) => time(array, *unit, row).map(Value::from),
        _ => None,
    }
}

fn number<T: ArrowPrimitiveType>(array: &ArrayRef, row: usize) -> T::Native {
    array.as_primitive::<T>().value(row)
}

/// A moment in UTC, in the words in which the core's Parquet reader gives it.
fn time(array: &ArrayRef, unit: TimeUnit, row: usize) -> Option<String> {
    let (time, digits) = match unit {
        TimeUnit::Second => (
            array
                .as_primitive::<TimestampSecondType>()
                .value_as_datetime(row)?,
            "%Y-%m-%d %H:%M:%S%.3f",
        ),
        TimeUnit::Millisecond => (
            array
                .as_primitive::<TimestampMillisecondType>()
                .value_as_datetime(row)?,
            "%Y-%m-%d %H:%M:%S%.3f",
        ),
        TimeUnit::Microsecond => (
            array
                .as_primitive::<TimestampMicrosecondType>()
                .value_as_datetime(row)?,
            "%Y-%m-%d %H:%M:%S%.6f",
        ),
        TimeUnit::Nanosecond => (
            array
                .as_primitive::<TimestampNanosecondType>()
                .value_as_datetime(row)?,
            "%Y-%m-%d %H:%M:%S%.6f",
        ),
    };
    Some(format!("{} +00:00", time.format(digits)))
}

/// The Arrow schema of flat columns.
pub(crate) fn schema(names: &[(String, Sort)]) -> SchemaRef {
    let fields = names.iter().map(|(name, sort)| {
        let sort = match sort {
            Sort::Words => DataType::Utf8,
            Sort::Count => DataType::Int64,
            Sort::Number => DataType::Float64,
            Sort::Truth => DataType::Boolean,
        };
        Field::new(name, sort, true)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// A table that can be handed over as a `PyCapsule` of the Arrow C data interface.
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

enum Column {
    Words(StringBuilder),
    Counts(Int64Builder),
    Numbers(Float64Builder),
    Truths(BooleanBuilder),
}

impl Table {
    /// Rows of cells, as many in each as there are names.
    ///
    /// # Errors
    /// What Arrow says.
    pub(crate) fn new<'c>(
        names: &[(String, Sort)],
        rows: impl Iterator<Item = Vec<Cell<'c>>>,
    ) -> Result<Self, ArrowError> {
        let schema = schema(names);
        let (mut columns, mut bytes, mut n_rows) = (Column::all(names), 0, 0);
        let mut batches = Vec::new();
        for cells in rows {
            for (column, cell) in columns.iter_mut().zip(cells) {
                bytes += column.push(cell);
            }
            n_rows += 1;
            if bytes >= BYTES {
                batches.push(Self::batch(&schema, &mut columns)?);
                (bytes, n_rows) = (0, 0);
            }
        }
        if n_rows > 0 {
            batches.push(Self::batch(&schema, &mut columns)?);
        }
        Ok(Self { schema, batches })
    }

    fn batch(schema: &SchemaRef, columns: &mut [Column]) -> Result<RecordBatch, ArrowError> {
        let arrays = columns.iter_mut().map(Column::finish).collect();
        RecordBatch::try_new(Arc::clone(schema), arrays)
    }

    /// The capsule `arrow_array_stream`.
    ///
    /// # Errors
    /// What Python says.
    pub(crate) fn stream(self, py: Python<'_>) -> PyResult<Bound<'_, PyCapsule>> {
        let batches = self.batches.into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, self.schema);
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}

/// The capsule `arrow_schema`.
///
/// # Errors
/// What Python or Arrow says.
pub(crate) fn schema_capsule<'py>(
    py: Python<'py>,
    names: &[(String, Sort)],
) -> PyResult<Bound<'py, PyCapsule>> {
    let schema =
        FFI_ArrowSchema::try_from(schema(names).as_ref()).map_err(|error| arrow(&error))?;
    PyCapsule::new_with_value(py, schema, c"arrow_schema")
}

/// An error of Arrow as an exception.
pub(crate) fn arrow(error: &ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

impl Column {
    fn all(names: &[(String, Sort)]) -> Vec<Self> {
        let column = |(_, sort): &(String, Sort)| match sort {
            Sort::Words => Self::Words(StringBuilder::new()),
            Sort::Count => Self::Counts(Int64Builder::new()),
            Sort::Number => Self::Numbers(Float64Builder::new()),
            Sort::Truth => Self::Truths(BooleanBuilder::new()),
        };
        names.iter().map(column).collect()
    }

    /// Takes a cell; gives back its bytes of words.
    fn push(&mut self, cell: Cell<'_>) -> usize {
        match (self, cell) {
            (Self::Words(words), Cell::Words(cell)) => {
                words.append_option(cell.as_deref());
                return cell.map_or(0, |cell| cell.len());
            }
            (Self::Counts(counts), Cell::Count(cell)) => counts.append_value(cell),
            (Self::Numbers(numbers), Cell::Number(cell)) => numbers.append_option(cell),
            (Self::Truths(truths), Cell::Truth(cell)) => truths.append_value(cell),
            (Self::Words(words), _) => words.append_null(),
            (Self::Counts(counts), _) => counts.append_null(),
            (Self::Numbers(numbers), _) => numbers.append_null(),
            (Self::Truths(truths), _) => truths.append_null(),
        }
        0
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Words(words) => Arc::new(words.finish()),
            Self::Counts(counts) => Arc::new(counts.finish()),
            Self::Numbers(numbers) => Arc::new(numbers.finish()),
            Self::Truths(truths) => Arc::new(truths.finish()),
        }
    }
}
