//! `stance labels` as users run it: exchange with label tools, checks, agreement, what to label next.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]

mod program;

use std::path::Path;

use predicates::prelude::*;
use serde_json::Value;

use program::{records, stance, write};

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
    let run = stance()
        .args(["labels", "export", &path, "--format", "csv"])
        .assert()
        .success();
    run.stdout("id,text,stance,kind,actor\na,Norvania rejected the truce.,,act,Norvania\n");
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

#[test]
fn what_to_label_next_carries_context_and_the_chance_it_had() {
    let folder = tempfile::tempdir().unwrap();
    let article = |id: &str, outlet: &str, day: usize| {
        serde_json::json!({"id": id, "outlet": outlet, "text": format!(
            "KESH - Talks went on for day {day} in the old harbour. Norvania rejected the truce of day {day}. \
             Orlund accepted the plan for bridge {day}, its president said.")})
        .to_string()
    };
    let lines: Vec<String> = (0..12)
        .map(|at| {
            article(
                &format!("a{at}"),
                ["Kesh Times", "Aram Herald"][at % 2],
                at * 7,
            )
        })
        .collect();
    let corpus = write(folder.path(), "corpus.jsonl", lines.join("\n"));
    for by in ["uncertain", "diverse", "random", "stratified"] {
        let run = stance()
            .args(["labels", "next", &corpus, "--n", "2", "--by", by])
            .assert()
            .success();
        let rows = records(&run.get_output().stdout);
        assert_eq!(rows.len(), 2, "{by}");
        for row in &rows {
            let chance = row["sample_prob"].as_f64().unwrap();
            assert!(chance > 0.0 && chance <= 1.0, "{by}: {chance}");
            assert!(row["stratum"].is_string() && row["group"].is_string());
            assert!(row.get("stance").is_none());
        }
    }
    // What was given out is not given out again, nor anything like it.
    let first = folder.path().join("first.jsonl");
    stance()
        .args([
            "labels", "next", &corpus, "--n", "1", "--by", "random", "-o",
        ])
        .arg(&first)
        .assert()
        .success();
    let run = stance()
        .args(["labels", "next", &corpus, "--n", "99", "--exclude"])
        .arg(&first)
        .assert()
        .success();
    let given = records(&std::fs::read(&first).unwrap())[0]["id"].clone();
    let rest = records(&run.get_output().stdout);
    assert!(!rest.is_empty() && rest.iter().all(|row| row["id"] != given));
    assert!(rest.iter().all(|row| row["sample_prob"] == 1.0));
    assert!(rest.iter().any(|row| row["context"].is_string()));
    let run = stance()
        .args(["labels", "next", &corpus, "--n", "3", "--articles"])
        .assert()
        .success();
    let rows = records(&run.get_output().stdout);
    assert!(
        rows.iter()
            .all(|row| row["text"].as_str().unwrap().starts_with("KESH"))
    );
}

#[test]
fn agreement_pairs_the_annotators_of_one_file_and_refuses_an_id_that_stands_twice() {
    let folder = tempfile::tempdir().unwrap();
    let row = |id: usize, by: &str, stance: &str| {
        format!(r#"{{"id":"{id}","text":"Words {id}.","stance":"{stance}","annotator":"{by}"}}"#)
    };
    let stances = ["supportive", "hostile", "skeptical", "hostile"];
    let mut rows = Vec::new();
    for (id, stance) in stances.iter().enumerate() {
        rows.push(row(id, "anna", stance));
        rows.push(row(id, "ben", if id == 2 { "hostile" } else { stance }));
    }
    rows.push(row(9, "cara", "none"));
    let path = write(folder.path(), "all.jsonl", rows.join("\n"));
    let run = stance()
        .args(["labels", "agreement", &path])
        .assert()
        .success();
    run.stdout(
        predicate::str::contains("anna and ben\n4 single statements")
            .and(predicate::str::contains("different stances: 1"))
            .and(predicate::str::contains("cara").not()),
    );
    rows.push(row(3, "ben", "none"));
    let path = write(folder.path(), "twice.jsonl", rows.join("\n"));
    let run = stance()
        .args(["labels", "agreement", &path])
        .assert()
        .code(2);
    run.stderr(predicate::str::contains(
        "ben: statement \"3\" stands twice",
    ));
}

#[test]
fn flipped_labels_stand_first_among_the_suspects() {
    let folder = tempfile::tempdir().unwrap();
    let words = [
        ("supportive", "accepts the truce"),
        ("skeptical", "doubts the truce"),
        ("hostile", "rejects the truce"),
        ("none", "counts the dead"),
    ];
    let rows: Vec<String> = (0..200)
        .map(|at| {
            let (stance, verb) = words[at % 4];
            // Three rows have the label of another verb.
            let stance = if at < 12 && at % 4 == 2 { "supportive" } else { stance };
            serde_json::json!({"id": format!("r{at}"), "text": format!("The envoy {verb} on day {at}."),
                "stance": stance, "group": format!("g{}", at / 4)})
            .to_string()
        })
        .collect();
    let path = write(folder.path(), "rows.jsonl", rows.join("\n"));
    let run = stance()
        .args(["labels", "check", &path, "--suspects", "3"])
        .assert()
        .success();
    let out = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let listed: Vec<&str> = out
        .lines()
        .skip_while(|line| !line.contains("likely wrong"))
        .collect();
    assert_eq!(listed.len(), 4);
    for id in ["r2 ", "r6 ", "r10 "] {
        assert!(
            listed.iter().any(|line| line.contains(id)),
            "{id} in {listed:?}"
        );
    }
    let run = stance()
        .args(["labels", "check", &path, "--flip", "0.05"])
        .assert()
        .success();
    run.stdout(predicate::str::contains(
        "of 10 flipped labels 100.0 % stand in the first 10 %",
    ));
}
