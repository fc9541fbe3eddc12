//! Labels: files of label tools, and the project's own labelled rows and marked texts.

use std::collections::BTreeMap;
use std::path::Path;

use stance::corpus::{Row, article_of_markup, load_text, markup_of_article, row_of_value};
use stance::label::LabelSet;
use stance::labels::exchange::{Sets, Tool, fields_of_row};
use stance::labels::import::{Wishes, import as import_files};

use crate::place::file;

fn sets() -> Sets {
    Sets {
        stances: LabelSet::stance(),
        tones: LabelSet::tone(),
    }
}

/// Tools with the file names by which they are told.
const TOOLS: [(Tool, &str); 7] = [
    (Tool::LabelStudio, "input.json"),
    (Tool::Doccano, "input.jsonl"),
    (Tool::Prodigy, "prodigy.jsonl"),
    (Tool::Inception, "inception.json"),
    (Tool::Brat, "input.ann"),
    (Tool::Dna, "dna.csv"),
    (Tool::Csv, "input.csv"),
];

/// Imports `bytes` behind the first one, which chooses the tool: every row that comes out is one that the program reads
/// back, with its spans in its text.
pub fn import(bytes: &[u8]) {
    let Some((&choice, bytes)) = bytes.split_first() else {
        return;
    };
    let (tool, name) = TOOLS[usize::from(choice) % TOOLS.len()];
    let mut bytes = bytes;
    if tool == Tool::Brat {
        // The text stands before the first NUL, its labels behind it.
        let cut = bytes.iter().position(|byte| *byte == 0).unwrap_or(0);
        file("input.txt", &bytes[..cut]);
        bytes = &bytes[cut..];
    }
    let path = file(name, bytes);
    let wishes = Wishes {
        sets: sets(),
        annotator: (choice >= 128).then(|| "ann".to_owned()),
        texts: BTreeMap::from([(
            "a".to_owned(),
            "Norvania said no. \u{1F54A} Yes.".to_owned(),
        )]),
    };
    // Half of the time the tool is told by the content.
    let told = (choice / 7).is_multiple_of(2).then_some(tool);
    let imported = import_files(std::slice::from_ref(&path), told, &wishes);
    for fault in imported.faults.iter().chain(&imported.repairs) {
        assert!(!fault.to_string().is_empty());
    }
    for row in imported.rows {
        again(&row);
    }
}

/// Whether a row reads back as itself from what is written of it.
fn again(row: &Row) {
    if let Row::Article(article) = row {
        for marked in &article.statements {
            assert!(
                article
                    .article
                    .text
                    .get(marked.span.start..marked.span.end)
                    .is_some()
            );
        }
    }
    let line = serde_json::to_string(&fields_of_row(row)).expect("fields are words and numbers");
    let value = serde_json::from_str(&line).expect("what was written");
    let sets = sets();
    match row_of_value(value, "x", &sets.stances, &sets.tones) {
        Ok(read) => assert_eq!(fields_of_row(&read), fields_of_row(row)),
        Err(fault) => panic!("written but not read: {fault}: {line}"),
    }
}

/// Loads `bytes` as labelled rows, then as a marked text, which comes back as it was read.
pub fn labelled(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let sets = sets();
    let path = Path::new("x.jsonl");
    // Line by line, so that a bad row hides no good one.
    for line in text.lines() {
        let Ok(labelled) = load_text(line, path, &sets.stances, &sets.tones) else {
            continue;
        };
        for article in labelled.articles {
            again(&Row::Article(article));
        }
        for statement in labelled.statements {
            again(&Row::Statement(statement));
        }
    }
    if let Ok(article) = article_of_markup(&text, "x", &sets.stances, &sets.tones) {
        let written = markup_of_article(&article);
        if let Ok(read) = article_of_markup(&written, "x", &sets.stances, &sets.tones) {
            assert_eq!(article.statements.len(), read.statements.len());
        }
    }
}
