//! Round trips: what is exported to a tool and imported again is the same.

use std::path::Path;

use serde_json::json;

use super::super::exchange::{checked, fields_of_row};
use super::super::import::{Imported, Wishes, import};
use super::*;
use crate::corpus::Row;
use crate::label::LabelSet;

fn sets() -> Sets {
    Sets {
        stances: LabelSet::stance(),
        tones: LabelSet::tone(),
    }
}

fn row(value: Value) -> Row {
    let Value::Object(fields) = value else {
        unreachable!()
    };
    checked(fields, "x", &sets()).unwrap()
}

/// Rows with what goes wrong in exchanges: pictures, line breaks of two characters, marks, joint actors, other fields.
fn articles() -> Vec<Row> {
    // The dove and the space are two code points; "Norvania said yes." has 18, so the break is at 20..22.
    let text =
        "\u{1F54A} Norvania said yes.\r\n\r\n\u{201C}No, \"never\"; no,\u{201D} Orlund\nsaid.";
    let article = json!({
        "id": "kesh/1", "outlet": "Kesh Times", "date": "2031-04-02", "title": "A; \"title\"", "conflict": "kesh",
        "label": "3", "words": 12, "source": "wire", "tags": ["a", 1], "text": text,
        "statements": [
            {"start": 2, "end": 20, "actor": "Norvania;Lesk", "side": "Norvania;-", "surface": "Norvania", "kind": "indirect",
             "stance": "supportive", "tone": "positive", "annotator": "anna"},
            {"start": 24, "end": 54, "actor": "Orlund", "kind": "direct", "stance": "hostile", "annotator": "anna"},
        ],
    });
    let empty = json!({"id": "kesh-2", "text": "Nothing was said.", "statements": []});
    vec![row(article), row(empty)]
}

fn singles() -> Vec<Row> {
    let whole = json!({
        "id": "s;1", "text": "\u{201C}Yes,\u{201D} she said;\n\"truly\" \u{1F54A}.", "actor": "Dana Orr", "side": "Orlund", "kind": "direct",
        "stance": "skeptical", "tone": "negative", "group": "g1", "context": "Talks, again.", "annotator": "ben",
        "outlet": "Aram Herald", "sample_prob": 0.25, "stratum": "Aram Herald | none", "label": "7", "concept": "x",
    });
    let bare = json!({"id": "s2", "text": "No.", "stance": "none"});
    vec![row(whole), row(bare)]
}

fn task(row: &Row) -> Task {
    Task {
        row: fields_of_row(row),
        is_article: matches!(row, Row::Article(_)),
        labelled: true,
        guess: None,
    }
}

/// Exports, writes the files and imports them, the tool found out by itself.
fn back(tasks: &[Task], tool: Tool, ending: &str) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    for file in export(tasks, tool, &sets()) {
        let name = file.name.unwrap_or_else(|| format!("all.{ending}"));
        std::fs::write(folder.path().join(name), file.text).unwrap();
    }
    let wishes = Wishes {
        sets: sets(),
        annotator: None,
        texts: std::collections::BTreeMap::new(),
    };
    import(&[folder.path().to_owned()], None, &wishes)
}

fn same(rows: &[Row], tool: Tool, ending: &str) {
    let found = back(&rows.iter().map(task).collect::<Vec<_>>(), tool, ending);
    assert_eq!(found.faults, []);
    assert_eq!(found.repairs, []);
    assert_eq!(found.rows, rows);
}

#[test]
fn label_studio_gives_back_what_it_was_given() {
    same(&[articles(), singles()].concat(), Tool::LabelStudio, "json");
}

#[test]
fn doccano_gives_back_what_it_was_given() {
    same(&[articles(), singles()].concat(), Tool::Doccano, "jsonl");
}

#[test]
fn prodigy_gives_back_what_it_was_given() {
    same(&[articles(), singles()].concat(), Tool::Prodigy, "jsonl");
}

#[test]
fn inception_gives_back_what_it_was_given() {
    same(&[articles(), singles()].concat(), Tool::Inception, "json");
}

#[test]
fn brat_gives_back_what_it_was_given() {
    same(&[articles(), singles()].concat(), Tool::Brat, "ann");
}

#[test]
fn a_table_gives_back_what_it_was_given() {
    same(&articles(), Tool::Csv, "csv");
    same(&singles(), Tool::Csv, "csv");
    same(&[articles(), singles()].concat(), Tool::Csv, "csv");
}

#[test]
fn dna_gives_back_single_statements_and_those_of_articles_as_single_ones() {
    same(&singles(), Tool::Dna, "csv");
    let tasks: Vec<Task> = articles().iter().map(task).collect();
    let found = back(&tasks, Tool::Dna, "csv");
    assert_eq!(found.faults, []);
    let Row::Statement(first) = &found.rows[0] else {
        panic!("no single statement")
    };
    assert_eq!(found.rows.len(), 2);
    assert_eq!(first.id, "kesh/1#1");
    assert_eq!(first.text, "Norvania said yes.");
    assert_eq!(first.group.as_deref(), Some("kesh"));
    assert_eq!(first.annotator.as_deref(), Some("anna"));
}

#[test]
fn a_task_without_labels_comes_back_as_unlabelled() {
    for (tool, ending) in [
        (Tool::LabelStudio, "json"),
        (Tool::Doccano, "jsonl"),
        (Tool::Prodigy, "jsonl"),
        (Tool::Csv, "csv"),
    ] {
        let tasks: Vec<Task> = singles()
            .iter()
            .map(|row| {
                let mut task = task(row);
                task.labelled = false;
                task.row.remove("stance");
                task
            })
            .collect();
        let found = back(&tasks, tool, ending);
        assert_eq!(
            (found.unlabelled, found.rows.len(), found.faults.len()),
            (2, 0, 0),
            "{tool:?}"
        );
    }
}

#[test]
fn guesses_are_predictions_in_label_studio_and_never_annotations() {
    let mut task = task(&singles()[1]);
    task.labelled = false;
    let guess = json!({"stance": "hostile"});
    task.guess = Some(Guess {
        statements: vec![guess.as_object().unwrap().clone()],
        confidence: 0.75,
        model: "m@1".to_owned(),
    });
    let files = export(std::slice::from_ref(&task), Tool::LabelStudio, &sets());
    let written: Value = serde_json::from_str(&files[0].text).unwrap();
    assert_eq!(written[0]["predictions"][0]["model_version"], "m@1");
    assert_eq!(
        written[0]["predictions"][0]["result"][0]["value"]["choices"],
        json!(["hostile"])
    );
    assert!(written[0].get("annotations").is_none());
    // Prodigy shows the guess as chosen, and counts it only once a person accepts.
    let files = export(&[task], Tool::Prodigy, &sets());
    let written: Value = serde_json::from_str(&files[0].text).unwrap();
    assert_eq!(written["accept"], json!(["hostile"]));
    assert!(written.get("answer").is_none());
}

#[test]
fn configurations_name_every_label() {
    for articles in [true, false] {
        let config = label_studio_config(&sets(), articles);
        for label in ["supportive", "skeptical", "hostile", "none", "negative"] {
            assert!(config.contains(&format!("value=\"{label}\"")), "{label}");
        }
    }
    let files = export(&[], Tool::Brat, &sets());
    assert!(files[0].text.contains("supportive|skeptical|hostile|none"));
    assert!(Path::new(files[0].name.as_deref().unwrap()).ends_with("annotation.conf"));
}
