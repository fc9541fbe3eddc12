//! Parquet tables to articles, row by row, one row group in memory at a time. Only the columns that articles have are
//! read, of a table of classified statements all. It does not write.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;

use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;
use serde_json::Value;

use super::cut::{Body, Cut, Place};
use super::fields::{FieldMap, article_of_fields, is_of_statements};
use super::guarded::guarded;
use super::table::some;
use super::unpack::{ALWAYS_ALLOWED, GREATEST_RATIO, Stream, read_fault};
use crate::error::{Fault, Result};

/// The rows of a table.
pub(super) struct Rows {
    place: Place,
    table: RowIter<'static>,
    map: Arc<FieldMap>,
    number: usize,
    ended: bool,
}

/// Opens a table. What cannot be read at any place (standard input, packed files) is laid aside first.
///
/// # Errors
/// A table that cannot be read, or that has no column with a text.
pub(super) fn open(place: &Place, stream: Stream, map: &Arc<FieldMap>) -> Result<Rows> {
    let file = aside(place, stream)?;
    guarded("a table", || {
        let reader = SerializedFileReader::new(file).map_err(|error| broken(&error))?;
        check(reader.metadata().row_groups())?;
        let schema = reader.metadata().file_metadata().schema().clone();
        let names: Vec<&str> = schema
            .get_fields()
            .iter()
            .map(|field| field.name())
            .collect();
        if !map.has_text(names.iter().copied()) {
            return Err(Fault::new(format!(
                "no column with the text; the columns are {}",
                some(&names)
            ))
            .expected(map.expected_text())
            .remedy("name it, for example --map text=COLUMN"));
        }
        let is_of_statements = is_of_statements(names.iter().copied());
        let wanted = schema
            .get_fields()
            .iter()
            .filter(|field| field.is_primitive() && (is_of_statements || map.knows(field.name())))
            .cloned()
            .collect();
        let projection = Type::group_type_builder(schema.name())
            .with_fields(wanted)
            .build()
            .map_err(|error| broken(&error))?;
        let table = RowIter::from_file_into(Box::new(reader))
            .project(Some(projection))
            .map_err(|error| broken(&error))?;
        Ok(Rows {
            place: place.clone(),
            table,
            map: Arc::clone(map),
            number: 0,
            ended: false,
        })
    })
}

/// Refuses a table that says itself that it unpacks out of proportion.
fn check(groups: &[RowGroupMetaData]) -> Result<()> {
    for column in groups.iter().flat_map(RowGroupMetaData::columns) {
        let (out, packed) = (column.uncompressed_size(), column.compressed_size());
        let out = u64::try_from(out).unwrap_or(u64::MAX);
        if out > ALWAYS_ALLOWED && out / GREATEST_RATIO > u64::try_from(packed).unwrap_or(0) {
            return Err(Fault::new(format!(
                "a table of which a column unpacks to more than {GREATEST_RATIO} times its size"
            ))
            .remedy("if that is meant, write it again without packing"));
        }
    }
    Ok(())
}

fn aside(place: &Place, mut stream: Stream) -> Result<File> {
    let fault = |error: &std::io::Error| read_fault(&place.path, error);
    if let Ok(mut file) = File::open(&*place.path) {
        let mut mark = [0; 4];
        if file.read_exact(&mut mark).is_ok() && &mark == b"PAR1" {
            return Ok(file);
        }
    }
    let mut file = tempfile::tempfile().map_err(|error| fault(&error))?;
    std::io::copy(&mut stream, &mut file).map_err(|error| fault(&error))?;
    file.seek(SeekFrom::Start(0))
        .map_err(|error| fault(&error))?;
    Ok(file)
}

fn broken(error: &parquet::errors::ParquetError) -> Fault {
    Fault::new(format!("a Parquet table that cannot be read: {error}"))
        .expected("a whole Parquet file")
        .remedy("write it again")
}

impl Iterator for Rows {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        if self.ended {
            return None;
        }
        self.number += 1;
        let row = guarded("a table", || match self.table.next() {
            None => Ok(None),
            Some(row) => row.map(Some).map_err(|error| broken(&error)),
        });
        let place = self.place.record(None, Some(self.number));
        match row {
            Ok(None) => None,
            Ok(Some(row)) => Some(match article(&row, &place, &self.map) {
                Ok(body) => Cut { place, body },
                Err(fault) => Cut::fault(&place, fault),
            }),
            Err(fault) => {
                self.ended = true;
                Some(Cut::fault(&self.place, fault.line(self.number)))
            }
        }
    }
}

fn article(row: &Row, place: &Place, map: &FieldMap) -> Result<Body> {
    let fields = row
        .get_column_iter()
        .filter_map(|(name, field)| Some((name.clone(), value(field)?)))
        .collect();
    article_of_fields(fields, &place.id(), map).map(|article| Body::Article(Box::new(article)))
}

fn value(field: &Field) -> Option<Value> {
    match field {
        Field::Null | Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => None,
        Field::Str(words) => Some(words.clone().into()),
        Field::Bytes(bytes) => std::str::from_utf8(bytes.data()).ok().map(Value::from),
        Field::Long(number) => Some((*number).into()),
        Field::Int(number) => Some((*number).into()),
        other => Some(other.to_string().into()),
    }
}
