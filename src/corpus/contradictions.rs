//! Statements that stand more than once with different stances: nothing can be learnt from such a pair. It finds them while
//! labelled files are loaded, with both places; whether they matter is for whoever loads them to say.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::labelled_row::Row;
use crate::error::Fault;

/// The labels of the statements met so far, with the places where they stand.
#[derive(Default)]
pub(super) struct Given {
    seen: BTreeMap<[u8; 32], (String, String)>,
    pub(super) faults: Vec<Fault>,
}

impl Given {
    /// Takes in a row from `line` of a file; 0 where the file is one article.
    pub(super) fn note(&mut self, row: &Row, path: &Path, line: usize) {
        match row {
            Row::Article(annotated) => {
                let article = key(&[&annotated.article.text]);
                for statement in &annotated.statements {
                    let mut hash = Sha256::new_with_prefix(article);
                    hash.update(statement.span.start.to_le_bytes());
                    hash.update(statement.span.end.to_le_bytes());
                    let words = statement.span.of(&annotated.article.text);
                    let place = (path, line);
                    self.meet(hash.finalize().into(), &statement.stance, words, place);
                }
            }
            Row::Statement(single) => {
                let part = |part: &Option<String>| part.clone().unwrap_or_default();
                let key = key(&[
                    &single.text,
                    &part(&single.context),
                    &part(&single.actor),
                    &part(&single.side),
                    single.kind.map_or("", crate::label::Kind::as_str),
                ]);
                self.meet(key, &single.stance, &single.text, (path, line));
            }
        }
    }

    fn meet(&mut self, key: [u8; 32], stance: &str, words: &str, (path, line): (&Path, usize)) {
        let place = if line == 0 {
            path.display().to_string()
        } else {
            format!("{}:{line}", path.display())
        };
        let (first, there) = self
            .seen
            .entry(key)
            .or_insert_with(|| (stance.to_owned(), place));
        if *first != stance {
            let shown: String = words.chars().take(40).collect();
            let fault = Fault::new(format!("{shown:?} is labelled {stance}"))
                .at(path.display())
                .expected(format!("{first}, as at {there}"))
                .remedy("settle which is right and drop the other");
            self.faults
                .push(if line == 0 { fault } else { fault.line(line) });
        }
    }
}

fn key(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
