//! One record as it was cut out of an input, not yet understood: cutting is cheap and happens in one thread, reading it
//! ([`Cut::read`]) costs and can happen in any. It does not open files.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::article::Article;
use super::decode::{decode, decoded, guess};
use super::fields::{FieldMap, article_of_fields};
use super::jsonl::article_of_mapped;
use super::language;
use super::page::Page;
use super::ready::{ReadyStatement, ready_of_line};
use super::skipped::{Skipped, Why};
use crate::error::{Fault, Result};

/// How to read records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The user's names of fields.
    pub map: FieldMap,
    /// Take articles in every language.
    pub any_language: bool,
}

/// Where a record stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The file as the user sees it.
    pub(super) path: Arc<str>,
    /// Whether the record is all of an input that the user named.
    pub(super) is_whole_input: bool,
    /// Its line, from 1.
    pub(super) line: Option<usize>,
    /// Its number in the file, from 1, where lines do not tell records apart.
    pub(super) number: Option<usize>,
    /// Its first byte in the unpacked file.
    pub(super) offset: Option<u64>,
}

impl Place {
    /// All of a file.
    pub(super) fn of_file(path: &Path, is_named: bool) -> Self {
        Self {
            path: path.display().to_string().into(),
            is_whole_input: is_named,
            line: None,
            number: None,
            offset: None,
        }
    }

    /// A record of the file.
    pub(super) fn record(&self, line: Option<usize>, number: Option<usize>) -> Self {
        Self {
            is_whole_input: false,
            line,
            number,
            ..self.clone()
        }
    }

    /// A name for an article that has none.
    pub(super) fn id(&self) -> String {
        match (self.number, self.line) {
            (Some(number), _) => format!("{}#{number}", self.path),
            (None, Some(line)) => format!("{}:{line}", self.path),
            (None, None) if &*self.path == "-" => "stdin".to_owned(),
            (None, None) => {
                let bare = [".gz", ".zst"]
                    .iter()
                    .find_map(|packed| self.path.strip_suffix(packed))
                    .unwrap_or(&self.path);
                Path::new(bare).with_extension("").display().to_string()
            }
        }
    }

    /// Something wrong at this place.
    pub(super) fn skipped(&self, fault: Fault) -> Skipped {
        let why = if self.is_whole_input {
            Why::Input
        } else {
            Why::Record
        };
        self.skipped_as(why, fault)
    }

    /// Something skipped at this place for a reason.
    pub(super) fn skipped_as(&self, why: Why, mut fault: Fault) -> Skipped {
        fault.path = fault.path.or_else(|| Some(self.path.to_string()));
        fault.line = self.line.or(fault.line);
        fault.offset = fault.offset.or(self.offset);
        Skipped { why, fault }
    }
}

/// What was cut out.
#[derive(Debug)]
pub(super) enum Body {
    /// A JSON object.
    Json(Vec<u8>),
    /// A row of a table.
    Row(csv::ByteRecord, Arc<[String]>),
    /// A whole text.
    Text(Vec<u8>),
    /// A web page.
    Page(Box<Page>),
    /// An article that was read with its file.
    Article(Box<Article>),
    /// Nothing.
    Skipped(Box<Skipped>),
}

/// A record that was cut out.
#[derive(Debug)]
pub struct Cut {
    pub(super) place: Place,
    pub(super) body: Body,
}

/// A record that was read.
#[derive(Debug)]
pub struct Read {
    /// The article, or why there is none.
    pub item: std::result::Result<Article, Skipped>,
    /// The encoding, where it was not UTF-8 and had to be found out.
    pub encoding: Option<&'static str>,
}

impl Cut {
    /// Something wrong at a place.
    pub(super) fn fault(place: &Place, fault: Fault) -> Self {
        Self::skipped(place.skipped(fault), place)
    }

    /// Something skipped.
    pub(super) fn skipped(skipped: Skipped, place: &Place) -> Self {
        Self {
            place: place.clone(),
            body: Body::Skipped(Box::new(skipped)),
        }
    }

    /// A record that a program has in memory: its fields, or why there are none. `path` is what a fault calls it, `id` the
    /// article's id where the fields hold none.
    pub fn of_fields(
        fields: Result<BTreeMap<String, Value>>,
        path: &str,
        id: &str,
        reading: &Reading,
    ) -> Self {
        let place = Place::of_file(Path::new(path), false);
        match fields.and_then(|fields| article_of_fields(fields, id, &reading.map)) {
            Ok(article) => Self {
                place,
                body: Body::Article(Box::new(article)),
            },
            Err(fault) => Self::fault(&place, fault),
        }
    }

    /// Bytes that it holds in memory, about.
    pub fn weight(&self) -> usize {
        match &self.body {
            Body::Json(bytes) | Body::Text(bytes) => bytes.len(),
            // Empty cells hold no words, but a place each.
            Body::Row(record, _) => record.as_slice().len() + record.len() * size_of::<usize>(),
            Body::Page(page) => page.bytes.len(),
            Body::Article(article) => article.text.len(),
            Body::Skipped(_) => 0,
        }
    }

    /// The path and line for the user's eyes.
    pub fn path(&self) -> &str {
        &self.place.path
    }

    /// Reads the article.
    pub fn read(self, reading: &Reading) -> Read {
        let Self { place, body } = self;
        let mut encoding = None;
        let found = match body {
            Body::Skipped(skipped) => Err(*skipped),
            Body::Article(article) => Ok(*article),
            Body::Json(bytes) => decode(bytes)
                .and_then(|(line, found)| {
                    encoding = found;
                    article_of_mapped(&line, &place.id(), &reading.map)
                })
                .map_err(|fault| place.skipped(fault)),
            Body::Row(record, columns) => row(&record, &columns, &place, reading, &mut encoding)
                .map_err(|fault| place.skipped(fault)),
            Body::Text(bytes) => decode(bytes)
                .and_then(|(text, found)| {
                    encoding = found;
                    whole_text(text, &place)
                })
                .map_err(|fault| place.skipped(fault)),
            Body::Page(page) => page.read(&place),
        };
        let item = found.and_then(|article| {
            let foreign = (!reading.any_language)
                .then(|| language::foreign(&article.text))
                .flatten();
            match foreign {
                Some(name) => Err(place.skipped_as(
                    Why::Language,
                    Fault::new(format!("an article in {name}"))
                        .expected("English")
                        .remedy("--any-language reads it all the same"),
                )),
                None => Ok(article),
            }
        });
        Read { item, encoding }
    }

    /// Reads a statement that stands alone (`--from statements`), with its line.
    ///
    /// # Errors
    /// What is no such row.
    pub fn ready(self) -> std::result::Result<(ReadyStatement, usize), Skipped> {
        let place = self.place;
        match self.body {
            Body::Json(bytes) => decode(bytes)
                .and_then(|(line, _)| ready_of_line(&line))
                .map(|row| (row, place.line.unwrap_or_default()))
                .map_err(|fault| place.skipped(fault)),
            Body::Skipped(skipped) => Err(*skipped),
            _ => Err(place.skipped(Fault::new("no row of JSON"))),
        }
    }
}

fn whole_text(text: String, place: &Place) -> Result<Article> {
    if text.trim().is_empty() {
        return Err(Fault::new("the input is empty")
            .expected("the text of an article")
            .remedy("check the file"));
    }
    Ok(Article::of_text(place.id(), text))
}

fn row(
    record: &csv::ByteRecord,
    columns: &[String],
    place: &Place,
    reading: &Reading,
    encoding: &mut Option<&'static str>,
) -> Result<Article> {
    let older = match std::str::from_utf8(record.as_slice()) {
        Ok(_) => None,
        Err(_) => Some(guess(record.as_slice())?),
    };
    *encoding = older.map(encoding_rs::Encoding::name);
    let cell = |bytes: &[u8]| match older {
        Some(encoding) => decoded(encoding, bytes).0,
        None => String::from_utf8_lossy(bytes).into_owned(),
    };
    let fields = columns
        .iter()
        .zip(record)
        .filter(|(_, bytes)| !bytes.is_empty() && *bytes != b"null")
        .map(|(name, bytes)| (name.clone(), Value::from(cell(bytes))))
        .collect();
    article_of_fields(fields, &place.id(), &reading.map)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: Result<BTreeMap<String, Value>>) -> std::result::Result<Article, Skipped> {
        let reading = Reading::default();
        Cut::of_fields(fields, "articles[3]", "3", &reading)
            .read(&reading)
            .item
    }

    #[test]
    fn fields_in_memory_are_read_as_those_of_a_file_are() {
        let fields = [("body", "A truce."), ("newspaper", "Kesh Times")];
        let fields = fields.map(|(name, words)| (name.to_owned(), Value::from(words)));
        let article = read(Ok(fields.into())).unwrap();
        assert_eq!(
            (article.id.as_str(), article.text.as_str()),
            ("3", "A truce.")
        );
        assert_eq!(article.outlet.as_deref(), Some("Kesh Times"));
        let skipped = read(Ok(BTreeMap::new())).unwrap_err();
        assert_eq!(skipped.why, Why::Record);
        assert!(
            skipped
                .fault
                .to_string()
                .starts_with("articles[3]: an article without text; expected a field \"text\"")
        );
        let skipped = read(Err(Fault::new("a number"))).unwrap_err();
        assert_eq!(skipped.fault.to_string(), "articles[3]: a number");
    }
}
