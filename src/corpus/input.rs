//! From the paths that a user names to records, one after another: files, folders, patterns, standard input, of any format
//! and packing. What cannot be read is an item of its own with path and place, so that the rest goes on. It does not
//! extract statements.

use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::cut::{Body, Cut, Place, Reading};
use super::decode::without_mark;
use super::fields::FieldMap;
use super::format::{Format, by_content, by_ending};
use super::lines::{LONGEST_RECORD, Lines};
use super::objects::Objects;
use super::page::{LARGEST_PAGE, Page};
use super::paths::{Found, find};
use super::skipped::Why;
use super::table::Rows;
use super::unpack::{Stream, open, read_fault};
use super::warc::Pages;
use super::{factiva, nexis};
use crate::error::{Fault, Result};

/// The records of one file.
type Records = Box<dyn Iterator<Item = Cut>>;

/// How far the inputs were read: which file is next or open, and how many of its records came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Position {
    /// Files that are read to their end, in the order of the inputs.
    pub files: usize,
    /// Records of the next file that came out.
    pub records: usize,
}

/// The records of all inputs, in order.
pub struct Cuts {
    found: Vec<Found>,
    format: Option<Format>,
    map: Arc<FieldMap>,
    open: Option<Records>,
    position: Position,
    count: Arc<AtomicU64>,
    encodings: Vec<(String, &'static str)>,
}

/// Opens the inputs: files, folders, patterns or `-`.
pub fn cuts(inputs: &[PathBuf], format: Option<Format>, reading: &Reading) -> Cuts {
    Cuts {
        found: find(inputs, format.is_some()),
        format,
        map: Arc::new(reading.map.clone()),
        open: None,
        position: Position::default(),
        count: Arc::default(),
        encodings: Vec::new(),
    }
}

impl Cuts {
    /// How far the inputs were read.
    pub const fn reached(&self) -> Position {
        self.position
    }

    /// Passes over what was read before. Whole files are not opened again.
    pub fn skip_to(&mut self, position: Position) {
        self.position = Position {
            files: position.files,
            records: 0,
        };
        while self.position.records < position.records && self.next().is_some() {}
    }

    /// Bytes read so far, before unpacking.
    pub fn bytes_read(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// Bytes of all files; `None` where standard input is among them.
    pub fn bytes_in_all(&self) -> Option<u64> {
        let size = |found: &Found| match found {
            Found::Named(path) if path.as_os_str() == "-" => None,
            Found::Named(path) | Found::Walked(path) => {
                Some(std::fs::metadata(path).map_or(0, |about| about.len()))
            }
            Found::Skipped(_) => Some(0),
        };
        self.found.iter().map(size).sum()
    }

    /// The files in their order with size and time of change, to tell whether they are the same as in an earlier run.
    pub fn inventory(&self) -> Vec<String> {
        let line = |found: &Found| match found {
            Found::Named(path) | Found::Walked(path) => {
                let about = std::fs::metadata(path).ok();
                let size = about.as_ref().map_or(0, std::fs::Metadata::len);
                let changed = about
                    .and_then(|about| about.modified().ok())
                    .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
                    .map_or(0, |since| since.as_nanos());
                format!("{} {size} {changed}", path.display())
            }
            Found::Skipped(skipped) => skipped.fault.to_string(),
        };
        self.found.iter().map(line).collect()
    }

    /// Files in an encoding that their mark told, since this was last asked.
    pub fn take_encodings(&mut self) -> Vec<(String, &'static str)> {
        std::mem::take(&mut self.encodings)
    }

    fn start(&mut self, path: &Path, place: &Place) -> Result<Records> {
        let mut stream = open(path, &self.count)?;
        let head = stream
            .fill_buf()
            .map_err(|error| read_fault(&place.path, &error))?;
        let told = by_content(head);
        let format = match (self.format, told) {
            (Some(format), _) => format,
            (None, Err(what)) => {
                return Err(Fault::new(what).expected("a file that holds articles"));
            }
            (None, Ok(told)) => by_ending(path).unwrap_or(told),
        };
        if format == Format::Html && self.format.is_none() {
            // The mark stands far down: the whole page is needed to tell.
            return whole_page(stream, place);
        }
        let mut lines = |stream: Stream| -> Result<Stream> {
            let (stream, encoding) =
                without_mark(stream).map_err(|error| read_fault(&place.path, &error))?;
            if let Some(encoding) = encoding {
                self.encodings.push((place.path.to_string(), encoding));
            }
            Ok(stream)
        };
        Ok(match format {
            Format::Jsonl => Box::new(Lines::new(place.clone(), lines(stream)?)),
            Format::Json => Box::new(Objects::new(place.clone(), lines(stream)?)),
            Format::Csv => Box::new(Rows::new(place.clone(), lines(stream)?, &self.map)),
            Format::Warc => Box::new(Pages::new(place.clone(), stream)),
            Format::Nexis => Box::new(nexis::articles(stream, place).into_iter()),
            Format::Text => one(Body::Text(whole(stream, LONGEST_RECORD, place)?), place),
            Format::Html => one(page(whole(stream, LARGEST_PAGE, place)?), place),
            Format::Factiva => {
                let bytes = whole(stream, LONGEST_RECORD, place)?;
                Box::new(factiva::articles(bytes, place).into_iter())
            }
            #[cfg(feature = "parquet")]
            Format::Parquet => Box::new(super::parquet::open(place, stream, &self.map)?),
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => {
                return Err(Fault::new("a Parquet table")
                    .expected("another format: this program was built without Parquet")
                    .remedy("build it with --features parquet, or convert the table to CSV"));
            }
        })
    }
}

fn one(body: Body, place: &Place) -> Records {
    let cut = Cut {
        place: place.clone(),
        body,
    };
    Box::new(std::iter::once(cut))
}

fn page(bytes: Vec<u8>) -> Body {
    Body::Page(Box::new(Page {
        bytes,
        ..Page::default()
    }))
}

fn whole_page(stream: Stream, place: &Place) -> Result<Records> {
    let bytes = whole(stream, LONGEST_RECORD, place)?;
    Ok(if factiva::is_export(&bytes) {
        Box::new(factiva::articles(bytes, place).into_iter())
    } else {
        one(page(bytes), place)
    })
}

/// Reads all of a stream that is one record.
fn whole(stream: Stream, limit: usize, place: &Place) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream
        .take(limit as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| read_fault(&place.path, &error))?;
    if bytes.len() > limit {
        return Err(super::lines::too_long());
    }
    Ok(bytes)
}

impl Iterator for Cuts {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        loop {
            if let Some(records) = &mut self.open {
                if let Some(cut) = records.next() {
                    self.position.records += 1;
                    return Some(cut);
                }
                if self.position.records == 0 {
                    // A file that ends without a record must not vanish from the counts.
                    self.position.records = 1;
                    self.open = Some(Box::new(std::iter::empty()));
                    return self.found.get(self.position.files).map(nothing_in);
                }
                self.open = None;
                self.position.files += 1;
                self.position.records = 0;
            }
            let (path, is_named) = match self.found.get(self.position.files)? {
                Found::Named(path) => (path.clone(), true),
                Found::Walked(path) => (path.clone(), false),
                Found::Skipped(skipped) => {
                    let place = Place::of_file(Path::new(""), false);
                    self.open = Some(Box::new(std::iter::once(Cut::skipped(
                        skipped.clone(),
                        &place,
                    ))));
                    continue;
                }
            };
            let place = Place::of_file(&path, is_named);
            self.open = Some(match self.start(&path, &place) {
                Ok(records) => records,
                Err(fault) => Box::new(std::iter::once(Cut::fault(&place, fault))),
            });
        }
    }
}

/// What stands for a file that was read to its end and held nothing: a table with a head alone, an archive without pages.
fn nothing_in(found: &Found) -> Cut {
    let place = match found {
        Found::Named(path) | Found::Walked(path) => Place::of_file(path, false),
        Found::Skipped(_) => Place::of_file(Path::new(""), false),
    };
    let fault = Fault::new("a file without a record").expected("one article or more");
    Cut::skipped(place.skipped_as(Why::NoArticle, fault), &place)
}

/// The articles of all inputs, in order, one after another; what gives none is skipped in its place. For work that wants
/// articles and nothing of how they were cut.
pub fn articles(
    inputs: &[PathBuf],
) -> impl Iterator<Item = std::result::Result<super::Article, super::Skipped>> {
    let reading = Reading::default();
    cuts(inputs, None, &reading).map(move |cut| cut.read(&reading).item)
}

/// Reads a whole file as UTF-8, without a byte-order mark.
///
/// # Errors
/// A file that cannot be read or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    let shown = path.display();
    let mut bytes = Vec::new();
    open(path, &Arc::default())?
        .read_to_end(&mut bytes)
        .map_err(|error| Fault::io(&shown, "read", &error))?;
    match String::from_utf8(bytes) {
        Ok(text) if text.starts_with('\u{FEFF}') => Ok(text[3..].to_owned()),
        Ok(text) => Ok(text),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let line = 1 + memchr::memchr_iter(b'\n', &bytes[..good]).count();
            Err(
                Fault::new(format!("byte 0x{:02X} is not UTF-8", bytes[good]))
                    .at(&shown)
                    .line(line)
                    .expected("text in UTF-8")
                    .remedy("convert it, for example with `iconv -f windows-1252 -t utf-8`"),
            )
        }
    }
}
