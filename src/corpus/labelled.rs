//! Loads labelled files: annotated articles (JSONL or marked text) and single labelled statements, mixed. Checks every
//! row on load and reports all faults at once. It does not train.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::annotation::{AnnotatedArticle, LabelledStatement};
use super::contradictions::Given;
use super::jsonl::json_fault;
use super::labelled_row::{Row, row_of_value};
use super::markup::article_of_markup;
use crate::error::{Fault, Result};
use crate::label::LabelSet;

/// What labelled files hold, in the order of the files and their lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labelled {
    /// Annotated articles.
    pub articles: Vec<AnnotatedArticle>,
    /// Single statements.
    pub statements: Vec<LabelledStatement>,
    /// Statements that stand twice, in the same words and place, with two stances: one fault each, with both places.
    pub contradictions: Vec<Fault>,
}

impl Labelled {
    /// Number of labelled statements, in articles and alone.
    pub fn len(&self) -> usize {
        self.articles
            .iter()
            .map(|article| article.statements.len())
            .sum::<usize>()
            + self.statements.len()
    }

    /// Whether there is no labelled statement.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Loads files and folders (all `.jsonl` and marked `.txt` below them, in order of their names).
///
/// # Errors
/// Every fault of every file; no good row is given where a row is bad, so that nobody trains on half a file unseen.
pub fn load(
    paths: &[PathBuf],
    stances: &LabelSet,
    tones: &LabelSet,
) -> std::result::Result<Labelled, Vec<Fault>> {
    let mut loading = Loading::new(stances, tones);
    let files =
        super::paths::files(paths, &["jsonl", "ndjson", "txt"]).map_err(|fault| vec![fault])?;
    for path in &files {
        match read_text(path) {
            Ok(text) => loading.add(&text, path),
            Err(fault) => loading.faults.push(fault),
        }
    }
    let named: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    loading.end(&named.join(", "), " (.jsonl, marked .txt)")
}

/// Loads the rows of one text, of which `path` is what a fault calls it.
///
/// # Errors
/// As for [`load`].
pub fn load_text(
    text: &str,
    path: &Path,
    stances: &LabelSet,
    tones: &LabelSet,
) -> std::result::Result<Labelled, Vec<Fault>> {
    let mut loading = Loading::new(stances, tones);
    loading.add(text, path);
    loading.end(&path.display().to_string(), "")
}

/// What has been loaded so far.
struct Loading<'s> {
    stances: &'s LabelSet,
    tones: &'s LabelSet,
    labelled: Labelled,
    given: Given,
    faults: Vec<Fault>,
}

impl<'s> Loading<'s> {
    fn new(stances: &'s LabelSet, tones: &'s LabelSet) -> Self {
        Self {
            stances,
            tones,
            labelled: Labelled::default(),
            given: Given::default(),
            faults: Vec::new(),
        }
    }

    /// Takes in the rows of one file's text.
    fn add(&mut self, text: &str, path: &Path) {
        let place = path.display();
        let stem = path.with_extension("").display().to_string();
        if path.extension().is_some_and(|end| end == "txt") {
            match article_of_markup(text, &stem, self.stances, self.tones) {
                Ok(article) => self.take(Row::Article(article), path, 0),
                Err(fault) => self.faults.push(fault.at(place)),
            }
            return;
        }
        for (at, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let name = format!("{stem}:{}", at + 1);
            let row = serde_json::from_str::<Value>(line)
                .map_err(|error| json_fault(&error, "\"text\" and \"stance\" or \"statements\""))
                .and_then(|value| row_of_value(value, &name, self.stances, self.tones));
            match row {
                Ok(row) => self.take(row, path, at + 1),
                Err(fault) => self.faults.push(fault.at(place.to_string()).line(at + 1)),
            }
        }
    }

    /// Takes in a row from `line` of a file; 0 where the file is one article.
    fn take(&mut self, row: Row, path: &Path, line: usize) {
        self.given.note(&row, path, line);
        match row {
            Row::Article(article) => self.labelled.articles.push(article),
            Row::Statement(statement) => self.labelled.statements.push(statement),
        }
    }

    /// All that was loaded from what is `named`, or every fault.
    fn end(mut self, named: &str, kinds: &str) -> std::result::Result<Labelled, Vec<Fault>> {
        if self.faults.is_empty() && self.labelled.is_empty() {
            self.faults.push(
                Fault::new("no labelled statement")
                    .at(named)
                    .expected(format!("annotated articles or labelled statements{kinds}")),
            );
        }
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        self.labelled.contradictions = self.given.faults;
        Ok(self.labelled)
    }
}

/// A whole file of labels as UTF-8, without a byte-order mark: offsets count in it, so no encoding is guessed.
fn read_text(path: &Path) -> Result<String> {
    let shown = path.display();
    let mut bytes = Vec::new();
    super::unpack::open(path, &std::sync::Arc::default())?
        .read_to_end(&mut bytes)
        .map_err(|error| super::unpack::read_fault(&shown.to_string(), &error))?;
    match super::decode::decode(bytes) {
        Ok((text, None)) => Ok(text),
        Ok((_, Some(encoding))) => Err(Fault::new(format!("text in {encoding}"))
            .at(shown)
            .expected("text in UTF-8")
            .remedy("convert it, for example with `iconv -f windows-1252 -t utf-8`")),
        Err(fault) => Err(fault.at(shown)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn load_one(line: &str) -> (Labelled, Vec<Fault>) {
        let (stances, tones) = (LabelSet::stance(), LabelSet::tone());
        let mut loading = Loading::new(&stances, &tones);
        loading.add(line, Path::new("a.jsonl"));
        (loading.labelled, loading.faults)
    }

    #[test]
    fn both_shapes_load_from_one_file() {
        let (labelled, faults) = load_one(concat!(
            r#"{"text":"“Yes,” he said.","statements":[{"start":0,"end":15,"text":"“Yes,” he said.","actor":"A","kind":"direct","stance":"supportive"}]}"#,
            "\n\n",
            r#"{"text":"No.","stance":"hostile"}"#
        ));
        assert_eq!(faults, []);
        assert_eq!(labelled.articles[0].statements[0].span, Span::new(0, 19));
        assert_eq!(labelled.statements[0].id, "a:3");
        let again = load_one(&labelled.articles[0].to_json().to_string()).0;
        assert_eq!(again.articles, labelled.articles);
    }

    #[test]
    fn every_bad_row_is_reported_with_its_line() {
        let (labelled, faults) = load_one(concat!(
            r#"{"text":"No.","stance":"sceptical"}"#,
            "\n{\n",
            r#"{"text":"No.","statements":[{"start":0,"end":9,"stance":"none"}]}"#,
            "\n",
            r#"{"text":"No.","statements":[{"start":0,"end":2,"text":"o.","stance":"none"}]}"#
        ));
        assert!(labelled.is_empty());
        assert_eq!(
            faults
                .iter()
                .map(|fault| fault.line.unwrap())
                .collect::<Vec<_>>(),
            [1, 2, 3, 4]
        );
        assert!(
            faults[0]
                .to_string()
                .starts_with("a.jsonl:1: unknown stance \"sceptical\"; expected one of supportive")
        );
        assert!(
            faults[2]
                .to_string()
                .contains("a code point offset of 0 to 3")
        );
        assert!(
            faults[3]
                .to_string()
                .contains("offsets stand on \"No\"; expected \"o.\"")
        );
    }
}
