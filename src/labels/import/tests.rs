//! What tools really export: offsets that drift, several annotators, rows without labels.

use serde_json::json;

use super::*;
use crate::label::LabelSet;

fn imported(name: &str, content: &str) -> Imported {
    imported_with(&[(name, content)], BTreeMap::new())
}

fn imported_with(files: &[(&str, &str)], texts: BTreeMap<String, String>) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let wishes = Wishes {
        sets: Sets {
            stances: LabelSet::stance(),
            tones: LabelSet::tone(),
        },
        annotator: None,
        texts,
    };
    import(&[folder.path().to_owned()], None, &wishes)
}

/// Id, words, stance and annotator of every statement.
fn said(imported: &Imported) -> Vec<[String; 4]> {
    let mut said = Vec::new();
    for row in &imported.rows {
        match row {
            Row::Article(article) => {
                for one in &article.statements {
                    said.push([
                        article.article.id.clone(),
                        one.span.of(&article.article.text).to_owned(),
                        one.stance.clone(),
                        one.annotator.clone().unwrap_or_default(),
                    ]);
                }
            }
            Row::Statement(one) => said.push([
                one.id.clone(),
                one.text.clone(),
                one.stance.clone(),
                one.annotator.clone().unwrap_or_default(),
            ]),
        }
    }
    said
}

fn line(parts: [&str; 4]) -> [String; 4] {
    parts.map(str::to_owned)
}

#[test]
fn label_studio_spans_are_repaired_and_each_annotator_has_a_row() {
    // The dove is two UTF-16 units: "They agree" stands at code points 2..12, in UTF-16 at 3..13.
    let span = |id: &str, start: u64, end: u64, words: &str, label: &str| {
        json!({"id": id, "type": "labels", "from_name": "label", "to_name": "text",
               "value": {"start": start, "end": end, "text": words, "labels": [label]}})
    };
    let tone = json!({"id": "r1", "type": "choices", "from_name": "how", "value": {"start": 2, "end": 12, "choices": ["Positive"]}});
    let tasks = json!([{
        "id": 7, "data": {"text": "\u{1F54A} They agree. We never will."},
        "annotations": [
            {"completed_by": {"id": 3, "email": "anna@kesh.example"}, "result": [span("r1", 2, 12, "They agree", "Supportive"), tone]},
            {"completed_by": 4, "result": [span("r1", 3, 13, "They agree", "hostile"), span("r2", 99, 120, "We never said", "hostile"),
                                           span("r3", 14, 16, "We", "Speaker")]},
            {"completed_by": 5, "was_cancelled": true, "result": [span("r1", 2, 12, "They agree", "none")]},
        ],
    }]);
    let found = imported("export.json", &tasks.to_string());
    assert_eq!(
        said(&found),
        [
            line(["7", "They agree", "supportive", "anna@kesh.example"]),
            line(["7", "They agree", "hostile", "4"]),
        ]
    );
    let Row::Article(first) = &found.rows[0] else {
        panic!("no article")
    };
    assert_eq!(first.statements[0].tone.as_deref(), Some("positive"));
    assert_eq!(found.repairs.len(), 1);
    assert!(
        found.repairs[0]
            .to_string()
            .contains("offsets 3..13 repaired: counted in UTF-16: \"They agree\"")
    );
    assert_eq!(found.faults.len(), 1);
    assert!(
        found.faults[0]
            .to_string()
            .contains("\"We never said\" does not stand at 99")
    );
}

#[test]
fn ground_truth_wins_and_flat_rows_are_read() {
    let choice = |label: &str| json!([{"id": "c", "type": "choices", "from_name": "sentiment", "value": {"choices": [label]}}]);
    let tasks = json!([
        {"data": {"id": "a", "text": "Yes."}, "annotations": [
            {"completed_by": 1, "result": choice("hostile")},
            {"completed_by": 2, "result": choice("supportive"), "ground_truth": true}]},
        {"data": {"id": "b", "text": "No."}, "annotations": []},
    ]);
    let found = imported("tasks.json", &tasks.to_string());
    assert_eq!(said(&found), [line(["a", "Yes.", "supportive", "2"])]);
    assert_eq!(found.unlabelled, 1);
    let flat = json!([
        {"id": 1, "text": "Yes.", "sentiment": "Supportive", "annotator": 2, "annotation_id": 9, "lead_time": 1.5},
        {"id": 2, "text": "We say no.", "label": [{"start": 3, "end": 9, "text": "say no", "labels": ["hostile"]}], "annotator": 2, "annotation_id": 10},
    ]);
    let found = imported("min.json", &flat.to_string());
    assert_eq!(
        said(&found),
        [
            line(["1", "Yes.", "supportive", "2"]),
            line(["2", "say no", "hostile", "2"])
        ]
    );
}

#[test]
fn doccano_files_name_their_users() {
    let anna = concat!(
        r#"{"id": 1, "text": "Yes.", "label": ["supportive"], "Comments": [], "outlet": "Kesh Times"}"#,
        "\n",
        r#"{"id": 2, "text": "No.", "label": []}"#,
        "\n{\"id\": 3,\n"
    );
    let ben = r#"{"id": 4, "text": "We say no.", "entities": [{"id": 1, "label": "hostile", "start_offset": 0, "end_offset": 9}], "relations": []}"#;
    let found = imported_with(&[("anna.jsonl", anna), ("ben.jsonl", ben)], BTreeMap::new());
    assert_eq!(
        said(&found),
        [
            line(["1", "Yes.", "supportive", "anna"]),
            line(["4", "We say no", "hostile", "ben"])
        ]
    );
    assert_eq!(found.unlabelled, 1);
    assert_eq!(found.faults.len(), 1);
    assert_eq!(found.faults[0].line, Some(3));
}

#[test]
fn prodigy_counts_only_what_was_accepted() {
    let rows = concat!(
        r#"{"text": "Yes.", "options": [{"id": 1, "text": "supportive"}, {"id": 2, "text": "hostile"}], "accept": ["hostile"], "answer": "accept", "_session_id": "set-anna", "meta": {"outlet": "Kesh Times"}}"#,
        "\n",
        r#"{"text": "No.", "label": "hostile", "answer": "reject", "_task_hash": 5}"#,
        "\n",
        r#"{"text": "We say no.", "tokens": [], "spans": [{"start": 0, "end": 9, "token_start": 0, "token_end": 2, "label": "HOSTILE"}], "answer": "accept", "meta": {"id": "x"}}"#,
        "\n"
    );
    let found = imported("set.jsonl", rows);
    let said = said(&found);
    assert_eq!(said[0][1..], line(["", "Yes.", "hostile", "set-anna"])[1..]);
    assert_eq!(said[1], line(["x", "We say no", "hostile", ""]));
    assert_eq!((said.len(), found.unlabelled), (2, 1));
}

#[test]
fn inception_lists_need_texts_and_count_in_utf16() {
    let list = json!([
        {"doc": "kesh.txt", "user": "anna", "begin": 3, "end": 13, "label": "supportive"},
        {"doc": "kesh.txt", "user": "ben", "begin": 3, "end": 13, "label": "none"},
        {"doc": "lost.txt", "user": "ben", "begin": 0, "end": 1, "label": "none"},
    ]);
    let texts = BTreeMap::from([("kesh".to_owned(), "\u{1F54A} They agree.".to_owned())]);
    let found = imported_with(&[("agreement.json", &list.to_string())], texts);
    assert_eq!(
        said(&found),
        [
            line(["kesh", "They agree", "supportive", "anna"]),
            line(["kesh", "They agree", "none", "ben"])
        ]
    );
    assert_eq!(found.repairs, []);
    assert!(
        found.faults[0]
            .to_string()
            .contains("no text of document \"lost.txt\"")
    );
}

#[test]
fn a_brat_event_joins_content_source_and_stance() {
    let ann = "T1\tSource 0 8\tNorvania\nT2\tCue 9 13\tsaid\nT3\tContent 14 22;23 26\twe agree now\nE1\tAttribution:T2 Content:T3 Source:T1\nA1\tStance E1 supportive\nR1\tOther Arg1:T1 Arg2:T2\nbroken\n";
    let found = imported_with(
        &[("a.ann", ann), ("a.txt", "Norvania said we agree now.")],
        BTreeMap::new(),
    );
    assert_eq!(
        said(&found),
        [line(["a", "we agree now", "supportive", ""])]
    );
    let Row::Article(article) = &found.rows[0] else {
        panic!("no article")
    };
    assert_eq!(article.statements[0].actor(), "Norvania");
    assert_eq!(found.faults[0].line, Some(7));
}

#[test]
fn tables_of_strangers_are_read() {
    let dna = "\"statement_id\";\"time\";\"person\";\"organization\";\"concept\";\"agreement\";\"text\";\"coder\";\"document_id\"\n\"5\";\"02-04-2031\";\"Dana Orr\";\"Orlund\";\"Truce\";\"1\";\"We agree.\";\"anna\";\"9\"\n";
    let found = imported("events.csv", dna);
    assert_eq!(
        said(&found)[0][1..],
        line(["", "We agree.", "supportive", "anna"])[1..]
    );
    let table = "sentence;label;Region\n\"We agree; yes.\";Supportive;North\nNo.;;\nNo.;no;South\na;b;c;d\n";
    let found = imported("own.csv", table);
    assert_eq!(
        said(&found)[0][1..3],
        line(["", "We agree; yes.", "supportive", ""])[1..3]
    );
    assert_eq!((found.rows.len(), found.unlabelled), (1, 1));
    let lines: Vec<usize> = found.faults.iter().filter_map(|fault| fault.line).collect();
    assert_eq!(lines, [4, 5]);
}

#[test]
fn overlapping_and_nameless_files_are_reported() {
    let row =
        r#"{"text": "We say no.", "label": [[0, 9, "hostile"], [3, 9, "none"], [7, 9, "noe"]]}"#;
    let found = imported("x.jsonl", row);
    assert_eq!(found.rows.len(), 1);
    assert_eq!(found.faults.len(), 2);
    let found = imported("y.json", "{\"a\": 1}");
    assert!(
        found.faults[0]
            .to_string()
            .contains("name it with --format")
    );
}
