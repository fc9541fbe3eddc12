//! `stance labels` as users run it: exchange with label tools, checks, agreement, what to label next.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]

use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use serde_json::Value;

fn stance() -> Command {
    let mut command = Command::cargo_bin("stance").unwrap();
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn records(output: &[u8]) -> Vec<Value> {
    std::str::from_utf8(output)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_string_lossy().into_owned()
}

#[test]
fn an_import_keeps_good_rows_and_reports_repairs_and_what_it_leaves_out() {
    let folder = tempfile::tempdir().unwrap();
    // After the dove "We agree" stands at 2..10; 3..11 is UTF-16. "We refuse" stands nowhere.
    let tasks = concat!(
        r#"[{"id": 1, "data": {"text": "🕊 We agree."}, "annotations": [{"completed_by": 2, "result": [{"id": "a", "type": "labels", "from_name": "label", "value": {"start": 3, "end": 11, "text": "We agree", "labels": ["supportive"]}}]}]},"#,
        r#" {"id": 2, "data": {"text": "No."}, "annotations": [{"completed_by": 2, "result": [{"id": "a", "type": "labels", "from_name": "label", "value": {"start": 0, "end": 9, "text": "We refuse", "labels": ["hostile"]}}]}]}]"#
    );
    let path = write(folder.path(), "tasks.json", tasks);
    let out = folder.path().join("own.jsonl");
    let run = stance()
        .args(["labels", "import", &path, "-o"])
        .arg(&out)
        .assert()
        .success();
    run.stderr(
        predicate::str::contains(
            "tasks.json:1: offsets 3..11 repaired: counted in UTF-16: \"We agree\"",
        )
        .and(predicate::str::contains(
            "tasks.json:2: \"We refuse\" does not stand at 0",
        ))
        .and(predicate::str::contains(
            "1 rows with 1 labelled statements; 1 offsets repaired, 1 rows or spans left out",
        )),
    );
    let rows = records(&std::fs::read(&out).unwrap());
    assert_eq!(rows[0]["statements"][0]["start"], 2);
    assert_eq!(rows[0]["statements"][0]["annotator"], "2");
    stance()
        .args(["labels", "import", "--strict", &path])
        .assert()
        .code(1);
    stance()
        .args(["labels", "import", "no-such.json"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("no-such.json: cannot open"));
}

#[test]
fn guesses_go_out_as_predictions_and_own_labels_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let rows =
        r#"{"id":"a","text":"Norvania rejected the truce.","actor":"Norvania","kind":"act"}"#;
    let path = write(folder.path(), "rows.jsonl", rows);
    let run = stance()
        .args([
            "labels",
            "export",
            &path,
            "--format",
            "label-studio",
            "--predict",
        ])
        .assert()
        .success();
    let tasks: Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    let guess = &tasks[0]["predictions"][0];
    assert_eq!(guess["result"][0]["value"]["choices"][0], "hostile");
    assert!(guess["score"].as_f64().unwrap() > 0.3);
    let own = write(
        folder.path(),
        "own.csv",
        "text,label\nWe want the bridge.,For\nNo bridge.,against\n",
    );
    let run = stance()
        .args(["labels", "import", &own, "--labels", "for,against"])
        .assert()
        .success();
    let rows = records(&run.get_output().stdout);
    assert_eq!(
        (&rows[0]["stance"], &rows[1]["stance"]),
        (&"for".into(), &"against".into())
    );
}

#[test]
fn a_folder_tool_wants_an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "{\"text\":\"No.\",\"stance\":\"hostile\"}\n";
    let path = write(folder.path(), "rows.jsonl", rows);
    let export = |out: &Path| {
        stance()
            .args(["labels", "export", &path, "--format", "brat", "-o"])
            .arg(out)
            .assert()
    };
    export(&folder.path().join("brat")).success();
    export(folder.path())
        .code(2)
        .stderr(predicate::str::contains("the folder is not empty"));
}
