//! Cuts a delimited table into rows. The head line tells the delimiter and the columns; a row with too many or too few
//! cells is a fault, and the rest goes on. It does not understand the cells.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::cut::{Body, Cut, Place};
use super::fields::FieldMap;
use super::lines::LONGEST_RECORD;
use super::unpack::{Stream, read_fault};
use crate::error::Fault;

/// Columns of the table that trafilatura writes, which has no head line.
const TRAFILATURA: [&str; 11] = [
    "url",
    "id",
    "fingerprint",
    "hostname",
    "title",
    "image",
    "date",
    "text",
    "comments",
    "license",
    "pagetype",
];

/// The rows of a table.
pub(super) struct Rows {
    place: Place,
    reader: csv::Reader<Bounded>,
    /// Bytes since the last whole row.
    read: Arc<AtomicUsize>,
    columns: Arc<[String]>,
    /// A first row that is no head, or a fault that ends the table.
    waiting: Option<Cut>,
    ended: bool,
}

/// A stream that fails where one row takes too much: a quotation mark that nobody closed.
struct Bounded {
    stream: Stream,
    read: Arc<AtomicUsize>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.stream.read(buffer)?;
        if self.read.fetch_add(n, Ordering::Relaxed) > LONGEST_RECORD {
            return Err(io::Error::other(format!(
                "a row of more than {} MB; a quotation mark may not be closed",
                LONGEST_RECORD >> 20
            )));
        }
        Ok(n)
    }
}

/// Names of columns for a message: a table can have any number of them.
pub(super) fn some(names: &[impl AsRef<str>]) -> String {
    const MOST: usize = 20;
    let listed = names
        .iter()
        .take(MOST)
        .map(AsRef::as_ref)
        .collect::<Vec<_>>()
        .join(", ");
    let listed: String = listed.chars().take(400).collect();
    match names.len().saturating_sub(MOST) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

impl Rows {
    pub(super) fn new(place: Place, mut stream: Stream, map: &FieldMap) -> Self {
        let delimiter = match stream.fill_buf() {
            Ok(head) => delimiter(head),
            Err(_) => b',',
        };
        let read = Arc::new(AtomicUsize::new(0));
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(Bounded {
                stream,
                read: Arc::clone(&read),
            });
        let mut rows = Self {
            place,
            reader,
            read,
            columns: Arc::from([]),
            waiting: None,
            ended: false,
        };
        rows.read_head(map);
        rows
    }

    fn read_head(&mut self, map: &FieldMap) {
        let mut head = csv::ByteRecord::new();
        let names: Vec<String> = match self.reader.read_byte_record(&mut head) {
            Ok(true) => head
                .iter()
                .map(|name| String::from_utf8_lossy(name).trim().to_owned())
                .collect(),
            Ok(false) => return self.stop(Fault::new("the input is empty").expected("a table")),
            Err(error) => return self.stop(self.broken(error)),
        };
        if names.len() == TRAFILATURA.len() && names[0].contains("://") {
            self.columns = TRAFILATURA.iter().map(|name| (*name).to_owned()).collect();
            let place = self.place.record(Some(1), None);
            self.waiting = Some(Cut {
                place,
                body: Body::Row(head, Arc::clone(&self.columns)),
            });
            return;
        }
        if !map.has_text(names.iter().map(String::as_str)) {
            let fault = Fault::new(format!(
                "no column with the text; the columns are {}",
                some(&names)
            ))
            .expected(map.expected_text())
            .remedy("name it, for example --map text=COLUMN");
            return self.stop(fault.line(1));
        }
        self.columns = names.into();
    }

    fn stop(&mut self, fault: Fault) {
        self.waiting = Some(Cut::fault(&self.place, fault));
        self.ended = true;
    }

    fn broken(&self, error: csv::Error) -> Fault {
        let line = self.reader.position().line() as usize;
        match error.into_kind() {
            csv::ErrorKind::Io(error) => read_fault(&self.place.path, &error).line(line),
            other => Fault::new(format!("a table that cannot be read: {other:?}")).line(line),
        }
    }
}

impl Iterator for Rows {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        if let Some(cut) = self.waiting.take() {
            return Some(cut);
        }
        if self.ended {
            return None;
        }
        let mut record = csv::ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(false) => None,
            Ok(true) => {
                self.read.store(0, Ordering::Relaxed);
                let line = record.position().map_or(0, csv::Position::line) as usize;
                let place = self.place.record(Some(line), None);
                if record.len() != self.columns.len() {
                    let fault = Fault::new(format!("a row of {} cells", record.len()))
                        .expected(format!("{}, as the head line has", self.columns.len()))
                        .remedy("mend the row; a cell with a delimiter or line break must stand in quotation marks");
                    return Some(Cut::fault(&place, fault));
                }
                Some(Cut {
                    place,
                    body: Body::Row(record, Arc::clone(&self.columns)),
                })
            }
            Err(error) => {
                self.ended = true;
                Some(Cut::fault(&self.place, self.broken(error)))
            }
        }
    }
}

/// The delimiter that the first line has most of, outside quotation marks.
fn delimiter(head: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0usize), (b'\t', 0), (b';', 0), (b'|', 0)];
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => {
                for (delimiter, count) in &mut counts {
                    *count += usize::from(byte == delimiter);
                }
            }
            _ => {}
        }
    }
    // The first of the most frequent: a comma where there is none at all.
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts
        .iter()
        .find(|(_, count)| *count == most)
        .map_or(b',', |(delimiter, _)| *delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_line_tells_the_delimiter() {
        assert_eq!(delimiter(b"a,b;c,d\nx;y;z;w"), b',');
        assert_eq!(delimiter(b"a\tb\tc"), b'\t');
        assert_eq!(delimiter(b"\"a,b,c\";d;e"), b';');
        assert_eq!(delimiter(b"text\nA, b, c"), b',');
    }
}
