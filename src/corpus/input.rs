//! From the paths that a user names to articles, one after another: files, folders, standard input. A bad record is an
//! item of its own with path and line, so that the good ones go on. It does not extract statements.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::article::Article;
use super::jsonl::{article_of_line, article_of_value, json_fault};
use crate::error::{Fault, Result};

/// How an input is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One article of plain text.
    Text,
    /// One JSON article a line.
    Jsonl,
    /// One JSON article, or a list of them.
    Json,
}

/// The articles of all inputs, in order.
pub struct Articles {
    files: std::vec::IntoIter<Result<PathBuf>>,
    format: Option<Format>,
    lines: Option<Lines>,
    waiting: std::collections::VecDeque<Result<Article>>,
}

struct Lines {
    path: String,
    reader: Box<dyn BufRead>,
    line: usize,
}

/// Opens the inputs: files, folders (their `.txt`, `.jsonl`, `.ndjson`, `.json` files in order of names), or `-`.
/// An input that is not there, and a folder without any article file, is a faulty item of its own.
pub fn articles(inputs: &[PathBuf], format: Option<Format>) -> Articles {
    let mut found = Vec::new();
    for input in inputs {
        match files(
            std::slice::from_ref(input),
            &["txt", "text", "jsonl", "ndjson", "json"],
        ) {
            Ok(files) => found.extend(files.into_iter().map(Ok)),
            Err(fault) => found.push(Err(fault)),
        }
    }
    Articles {
        files: found.into_iter(),
        format,
        lines: None,
        waiting: std::collections::VecDeque::new(),
    }
}

/// Expands folders to their files with one of the `endings`, sorted by path.
///
/// # Errors
/// A path that is not there or cannot be read, or a folder without such a file.
pub fn files(inputs: &[PathBuf], endings: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for input in inputs {
        if input.as_os_str() == "-" {
            found.push(input.clone());
            continue;
        }
        let about =
            std::fs::metadata(input).map_err(|error| Fault::io(input.display(), "open", &error))?;
        if !about.is_dir() {
            found.push(input.clone());
            continue;
        }
        let before = found.len();
        walk(input, endings, &mut found)?;
        if found.len() == before {
            return Err(Fault::new("no article file in this folder")
                .at(input.display())
                .expected(format!("files that end in .{}", endings.join(", .")))
                .remedy("name the files themselves, with --from if needed"));
        }
        found[before..].sort();
    }
    Ok(found)
}

fn walk(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) -> Result<()> {
    let fault = |error: &std::io::Error| Fault::io(folder.display(), "read the folder", error);
    for entry in std::fs::read_dir(folder).map_err(|error| fault(&error))? {
        let entry = entry.map_err(|error| fault(&error))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| fault(&error))?;
        if kind.is_dir() {
            walk(&path, endings, found)?;
        } else if path
            .extension()
            .and_then(|end| end.to_str())
            .is_some_and(|end| endings.contains(&end))
        {
            found.push(path);
        }
    }
    Ok(())
}

/// Reads a whole file as UTF-8, without a byte-order mark.
///
/// # Errors
/// A file that cannot be read or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    open(path)?
        .read_to_end(&mut bytes)
        .map_err(|error| Fault::io(shown(path), "read", &error))?;
    utf8(bytes, &shown(path), 1)
}

fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(std::io::stdin())));
    }
    let file = File::open(path).map_err(|error| Fault::io(path.display(), "open", &error))?;
    Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn utf8(bytes: Vec<u8>, path: &str, first_line: usize) -> Result<String> {
    match String::from_utf8(bytes) {
        Ok(text) if text.starts_with('\u{FEFF}') => Ok(text[3..].to_owned()),
        Ok(text) => Ok(text),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let line = first_line + memchr::memchr_iter(b'\n', &bytes[..good]).count();
            Err(
                Fault::new(format!("byte 0x{:02X} is not UTF-8", bytes[good]))
                    .at(path)
                    .line(line)
                    .expected("text in UTF-8")
                    .remedy("convert it, for example with `iconv -f windows-1252 -t utf-8`"),
            )
        }
    }
}

impl Iterator for Articles {
    type Item = Result<Article>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.waiting.pop_front() {
                return Some(item);
            }
            if let Some(lines) = &mut self.lines {
                match lines.next_article() {
                    Some(item) => return Some(item),
                    None => self.lines = None,
                }
                continue;
            }
            let next = self.files.next()?;
            if let Err(fault) = next.and_then(|path| self.start(&path)) {
                return Some(Err(fault));
            }
        }
    }
}

impl Articles {
    fn start(&mut self, path: &Path) -> Result<()> {
        let mut reader = open(path)?;
        let format = match self.format {
            Some(format) => format,
            None => sniff(path, reader.as_mut())?,
        };
        let name = shown(path);
        if format == Format::Jsonl {
            self.lines = Some(Lines {
                path: name,
                reader,
                line: 0,
            });
            return Ok(());
        }
        let mut bytes = Vec::new();
        reader
            .read_to_end(&mut bytes)
            .map_err(|error| Fault::io(&name, "read", &error))?;
        let text = utf8(bytes, &name, 1)?;
        if text.trim().is_empty() {
            return Err(Fault::new("the input is empty")
                .at(&name)
                .expected("the text of an article")
                .remedy("check the file"));
        }
        if format == Format::Text {
            let id = if name == "-" {
                "stdin".to_owned()
            } else {
                shown(&path.with_extension(""))
            };
            self.waiting.push_back(Ok(Article::of_text(id, text)));
            return Ok(());
        }
        let value: Value = serde_json::from_str(&text)
            .map_err(|error| json_fault(&error, "\"text\"").at(&name).line(error.line()))?;
        let records = if let Value::Array(records) = value {
            records
        } else {
            vec![value]
        };
        for (at, record) in records.into_iter().enumerate() {
            let id = format!("{name}#{}", at + 1);
            self.waiting.push_back(
                article_of_value(record, &id).map_err(|fault| fault.at(&id).line(at + 1)),
            );
        }
        Ok(())
    }
}

/// Chooses the format by the ending, else by the first byte that is no white space.
fn sniff(path: &Path, reader: &mut dyn BufRead) -> Result<Format> {
    match path.extension().and_then(|end| end.to_str()) {
        Some("jsonl" | "ndjson") => return Ok(Format::Jsonl),
        Some("json") => return Ok(Format::Json),
        Some("txt" | "text" | "md") => return Ok(Format::Text),
        _ => {}
    }
    let ahead = reader
        .fill_buf()
        .map_err(|error| Fault::io(path.display(), "read", &error))?;
    let bare = ahead.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(ahead);
    let mut marks = bare.iter().filter(|byte| !byte.is_ascii_whitespace());
    Ok(match (marks.next(), marks.next()) {
        (Some(b'['), Some(b'{')) => Format::Json,
        (Some(b'{'), _) => Format::Jsonl,
        _ => Format::Text,
    })
}

impl Lines {
    fn next_article(&mut self) -> Option<Result<Article>> {
        loop {
            let mut bytes = Vec::new();
            match self.reader.read_until(b'\n', &mut bytes) {
                Ok(0) if self.line == 0 => {
                    self.line = 1;
                    return Some(Err(Fault::new("the input is empty")
                        .at(&self.path)
                        .expected("one article a line")));
                }
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    // A failing medium would fail for ever: end the file after saying so.
                    self.reader = Box::new(std::io::empty());
                    self.line += 1;
                    return Some(Err(Fault::io(&self.path, "read", &error).line(self.line)));
                }
            }
            self.line += 1;
            let (path, line) = (&self.path, self.line);
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let name = format!("{path}:{line}");
            return Some(utf8(bytes, path, line).and_then(|words| {
                article_of_line(&words, &name).map_err(|fault| fault.at(path).line(line))
            }));
        }
    }
}
