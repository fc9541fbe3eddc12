//! Parquet tables, packed with Zstandard, one row group in memory at a time: records with the columns of CSV, and the tidy rows
//! of a comparison. It does not choose the columns.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::flat::{Cell, Columns, Sort};
use super::tidy;
use crate::classify::Record;

/// Rows of a group, and bytes of words after which a group ends before.
const ROWS: usize = 50_000;
const BYTES: usize = 32 << 20;

/// Records that are being written.
pub struct Table<W: Write + Send> {
    grid: Grid<W>,
    columns: Columns,
}

impl<W: Write + Send> Table<W> {
    /// Begins a table.
    ///
    /// # Errors
    /// What the writer says.
    pub fn new(out: W, columns: Columns) -> Result<Self> {
        let grid = Grid::new(out, "statements", &columns.names())?;
        Ok(Self { grid, columns })
    }

    /// Adds a record.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(&mut self, record: &Record) -> Result<()> {
        self.grid.write(self.columns.cells(record))
    }

    /// Ends the table and gives back what it was written to.
    ///
    /// # Errors
    /// What the writer says.
    pub fn close(self) -> Result<W> {
        self.grid.close()
    }
}

/// The tidy rows of a comparison as a table: the columns of [`tidy::HEAD`], figures as numbers.
///
/// # Errors
/// What the writer says.
pub fn comparison(rows: &[tidy::Row]) -> Result<Vec<u8>> {
    let mut grid = Grid::new(Vec::new(), "comparison", &tidy::columns())?;
    for row in rows.iter().skip(1) {
        grid.write(tidy::cells(row))?;
    }
    grid.close()
}

/// A table of any columns that is being written.
struct Grid<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    buffers: Vec<Buffer>,
    rows: usize,
    bytes: usize,
}

/// The values of one column; `present` has a 1 for every row with a value.
struct Buffer {
    values: Values,
    present: Vec<i16>,
}

enum Values {
    Words(Vec<ByteArray>),
    Counts(Vec<i64>),
    Numbers(Vec<f64>),
    Truths(Vec<bool>),
}

impl<W: Write + Send> Grid<W> {
    fn new(out: W, name: &str, names: &[(String, Sort)]) -> Result<Self> {
        let fields = names
            .iter()
            .map(|(name, sort)| {
                let (physical, converted) = match sort {
                    Sort::Words => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
                    Sort::Count => (Physical::INT64, ConvertedType::NONE),
                    Sort::Number => (Physical::DOUBLE, ConvertedType::NONE),
                    Sort::Truth => (Physical::BOOLEAN, ConvertedType::NONE),
                };
                Type::primitive_type_builder(name, physical)
                    .with_repetition(Repetition::OPTIONAL)
                    .with_converted_type(converted)
                    .build()
                    .map(Arc::new)
            })
            .collect::<Result<Vec<_>>>()?;
        let schema = Type::group_type_builder(name).with_fields(fields).build()?;
        let properties = WriterProperties::builder()
            .set_created_by(concat!("stance ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .build();
        let buffers = names.iter().map(|(_, sort)| Buffer::new(*sort)).collect();
        Ok(Self {
            writer: SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?,
            buffers,
            rows: 0,
            bytes: 0,
        })
    }

    fn write(&mut self, cells: Vec<Cell<'_>>) -> Result<()> {
        for (buffer, cell) in self.buffers.iter_mut().zip(cells) {
            self.bytes += buffer.push(cell);
        }
        self.rows += 1;
        if self.rows >= ROWS || self.bytes >= BYTES {
            self.end_group()?;
        }
        Ok(())
    }

    fn end_group(&mut self) -> Result<()> {
        let mut group = self.writer.next_row_group()?;
        let mut buffers = self.buffers.iter_mut();
        while let Some(mut column) = group.next_column()? {
            let Some(buffer) = buffers.next() else {
                return Err(ParquetError::General("more columns than names".to_owned()));
            };
            buffer.drain_into(&mut column)?;
            column.close()?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    fn close(mut self) -> Result<W> {
        if self.rows > 0 {
            self.end_group()?;
        }
        self.writer.into_inner()
    }
}

impl Buffer {
    const fn new(sort: Sort) -> Self {
        let values = match sort {
            Sort::Words => Values::Words(Vec::new()),
            Sort::Count => Values::Counts(Vec::new()),
            Sort::Number => Values::Numbers(Vec::new()),
            Sort::Truth => Values::Truths(Vec::new()),
        };
        Self {
            values,
            present: Vec::new(),
        }
    }

    /// Takes a cell; gives back its bytes of words.
    fn push(&mut self, cell: Cell<'_>) -> usize {
        let (there, bytes) = match (&mut self.values, cell) {
            (Values::Words(values), Cell::Words(Some(words))) => {
                let words = words.into_owned();
                let bytes = words.len();
                values.push(words.into_bytes().into());
                (true, bytes)
            }
            (Values::Counts(values), Cell::Count(count)) => {
                values.push(count);
                (true, 0)
            }
            (Values::Numbers(values), Cell::Number(Some(number))) => {
                values.push(number);
                (true, 0)
            }
            (Values::Truths(values), Cell::Truth(truth)) => {
                values.push(truth);
                (true, 0)
            }
            _ => (false, 0),
        };
        self.present.push(there.into());
        bytes
    }

    fn drain_into(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<()> {
        let present = Some(self.present.as_slice());
        match &mut self.values {
            Values::Words(values) => {
                column
                    .typed::<ByteArrayType>()
                    .write_batch(values, present, None)?;
                values.clear();
            }
            Values::Counts(values) => {
                column
                    .typed::<Int64Type>()
                    .write_batch(values, present, None)?;
                values.clear();
            }
            Values::Numbers(values) => {
                column
                    .typed::<DoubleType>()
                    .write_batch(values, present, None)?;
                values.clear();
            }
            Values::Truths(values) => {
                column
                    .typed::<BoolType>()
                    .write_batch(values, present, None)?;
                values.clear();
            }
        }
        self.present.clear();
        Ok(())
    }
}
