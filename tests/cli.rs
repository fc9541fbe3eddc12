//! The program as users run it: arguments, standard input, standard output, standard error and exit codes.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]

mod program;

use std::path::Path;

use predicates::prelude::*;
use serde_json::Value;

use program::{records, stance, write};

const ARTICLE: &str = "docs/examples/grain-corridor.txt";

#[test]
fn a_text_file_gives_jsonl_in_a_pipe_and_counts_on_standard_error() {
    let run = stance().args(["classify", ARTICLE]).assert().success();
    let run = run
        .stderr(predicate::str::contains("1 article, ").and(predicate::str::contains("0 skipped")));
    let found = records(&run.get_output().stdout);
    assert!(found.len() >= 8);
    let text: Vec<char> = std::fs::read_to_string(ARTICLE).unwrap().chars().collect();
    for record in &found {
        assert_eq!(record["schema"], "stance.statement/1");
        let at = |field: &str| usize::try_from(record[field].as_u64().unwrap()).unwrap();
        let words: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(record["text"], words);
        let sum: f64 = record["probabilities"]
            .as_object()
            .unwrap()
            .values()
            .map(|p| p.as_f64().unwrap())
            .sum();
        assert!((sum - 1.0).abs() < 1e-3);
        assert!(record.get("reasons").is_none());
    }
}

#[test]
fn standard_input_is_read_as_text_or_jsonl() {
    let text = std::fs::read_to_string(ARTICLE).unwrap();
    let as_text = stance()
        .args(["classify", "-"])
        .write_stdin(text.clone())
        .assert()
        .success();
    let line =
        serde_json::json!({"id": "x", "outlet": "Aram Herald", "date": "2031-04-02", "text": text})
            .to_string();
    let as_line = stance()
        .arg("classify")
        .write_stdin(line)
        .assert()
        .success();
    let (one, other) = (
        records(&as_text.get_output().stdout),
        records(&as_line.get_output().stdout),
    );
    assert_eq!(one.len(), other.len());
    assert_eq!(other[0]["article"], "x");
    assert_eq!(other[0]["outlet"], "Aram Herald");
    assert_eq!(other[0]["statement"], "x#1");
    assert_eq!(one[0]["text"], other[0]["text"]);
}

#[test]
fn a_table_can_be_asked_for_and_has_no_colour_unless_wished() {
    let plain = stance()
        .args(["classify", "--to", "table", ARTICLE])
        .assert()
        .success();
    plain.stdout(
        predicate::str::contains("supportive").and(predicate::str::contains('\u{1b}').not()),
    );
    let painted = stance()
        .args(["classify", "--to", "table", "--color", "always", ARTICLE])
        .assert()
        .success();
    painted.stdout(predicate::str::contains('\u{1b}'));
}

#[test]
fn reasons_sum_to_the_log_odds() {
    let run = stance()
        .args(["classify", "--explain", ARTICLE])
        .assert()
        .success();
    for record in records(&run.get_output().stdout) {
        let reasons = record["reasons"].as_array().unwrap();
        let total: f64 = reasons
            .iter()
            .map(|reason| reason["weight"].as_f64().unwrap())
            .sum();
        let odds = |label: &str| record["probabilities"][label].as_f64().unwrap();
        let expected = (odds(record["stance"].as_str().unwrap())
            / odds(reasons[0]["against"].as_str().unwrap()))
        .ln();
        // Probabilities are printed with four digits: compare where these are enough.
        if expected < 3.0 {
            assert!((total - expected).abs() < 0.05, "{total} for {expected}");
        }
    }
}

#[test]
fn ready_statements_keep_their_ids_and_order() {
    let rows = concat!(
        r#"{"id": 7, "text": "Norvania rejected the 30-day truce.", "actor": "Norvania", "kind": "act"}"#,
        "\n",
        r#"{"id": "b", "text": "“We accept the ceasefire plan and will sign it,” the minister said.", "context": "Talks went on."}"#,
        "\n"
    );
    let run = stance()
        .args(["classify", "--from", "statements", "-"])
        .write_stdin(rows)
        .assert()
        .success();
    let found = records(&run.get_output().stdout);
    assert_eq!(
        (&found[0]["id"], &found[1]["id"]),
        (&serde_json::json!(7), &serde_json::json!("b"))
    );
    assert_eq!(
        (&found[0]["stance"], &found[1]["stance"]),
        (&"hostile".into(), &"supportive".into())
    );
    assert_eq!(found[0]["actor"]["name"], "Norvania");
}

#[test]
fn a_missing_file_is_one_line_and_exit_2() {
    let run = stance()
        .args(["classify", "no-such.txt"])
        .assert()
        .code(2)
        .stdout("");
    run.stderr("stance: no-such.txt: cannot open: no such file or directory; check the path\n");
}

#[test]
fn a_missing_file_loses_no_good_one() {
    let run = stance()
        .args(["classify", "-q", ARTICLE, "no-such.txt", ARTICLE])
        .assert()
        .code(2);
    let run = run.stderr(predicate::str::contains("no-such.txt: cannot open"));
    let alone = stance().args(["classify", ARTICLE]).assert().success();
    assert_eq!(
        records(&run.get_output().stdout).len(),
        2 * records(&alone.get_output().stdout).len()
    );
}

#[test]
fn an_empty_file_is_one_line_and_exit_2() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "empty.txt", "");
    let run = stance()
        .args(["classify", "-q", &path])
        .assert()
        .code(2)
        .stdout("");
    run.stderr(format!(
        "stance: {path}: the input is empty; expected the text of an article; check the file\n"
    ));
}

#[test]
fn a_broken_line_is_listed_and_the_good_records_come_out() {
    let folder = tempfile::tempdir().unwrap();
    let good = r#"{"id":"good","text":"Norvania rejected the truce, its president said."}"#;
    let path = write(
        folder.path(),
        "mixed.jsonl",
        format!("{good}\n{{\"text\":\n{good}\n{{\"title\":\"no text\"}}\n"),
    );
    let errors = folder.path().join("errors.jsonl");
    let run = stance()
        .args(["classify", &path, "--errors"])
        .arg(&errors)
        .assert()
        .success();
    let run = run.stderr(
        predicate::str::contains(format!("stance: {path}:2: broken JSON:"))
            .and(predicate::str::contains(format!(
                "stance: {path}:4: an article without text;"
            )))
            .and(predicate::str::contains("2 articles, 2 statements"))
            .and(predicate::str::contains("2 skipped")),
    );
    assert_eq!(records(&run.get_output().stdout).len(), 2);
    let listed = records(&std::fs::read(errors).unwrap());
    assert_eq!(
        listed
            .iter()
            .map(|one| one["line"].as_u64().unwrap())
            .collect::<Vec<_>>(),
        [2, 4]
    );
    stance()
        .args(["classify", "--strict", &path])
        .assert()
        .code(1);
}

#[test]
fn output_goes_to_a_file_that_appears_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    stance()
        .args(["classify", ARTICLE, "-o"])
        .arg(&path)
        .assert()
        .success()
        .stdout("");
    let piped = stance().args(["classify", ARTICLE]).assert().success();
    assert_eq!(std::fs::read(&path).unwrap(), piped.get_output().stdout);
}

#[test]
fn threads_do_not_change_the_output() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(ARTICLE).unwrap();
    let line = |id: usize| serde_json::json!({"id": id.to_string(), "text": text}).to_string();
    let corpus = write(
        folder.path(),
        "corpus.jsonl",
        (0..150).map(line).collect::<Vec<_>>().join("\n"),
    );
    let run = |threads: &str| {
        stance()
            .args(["classify", "--threads", threads, &corpus])
            .assert()
            .success()
    };
    let (one, three) = (run("1"), run("3"));
    assert!(one.get_output().stdout == three.get_output().stdout);
}

#[test]
fn wrong_arguments_are_exit_2_and_help_is_no_error() {
    stance()
        .args(["classify", "--to", "yaml", ARTICLE])
        .assert()
        .code(2)
        .stdout("");
    stance()
        .arg("--help")
        .assert()
        .success()
        .stdout(predicate::str::contains("Examples:"));
    stance()
        .arg("--version")
        .assert()
        .success()
        .stdout(predicate::str::starts_with("stance 0.1.0 (codebook "));
    stance()
        .args(["completions", "bash"])
        .assert()
        .success()
        .stdout(predicate::str::contains("_stance"));
    stance()
        .arg("man")
        .assert()
        .success()
        .stdout(predicate::str::contains(".TH stance 1"));
}

#[test]
fn the_built_in_model_shows_itself() {
    stance()
        .args(["model", "show"])
        .assert()
        .success()
        .stdout(predicate::str::contains("supportive, skeptical"));
    stance()
        .args(["model", "card"])
        .assert()
        .success()
        .stdout(predicate::str::contains("## Limits"));
}

#[test]
fn a_damaged_a_foreign_and_a_newer_model_are_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let whole = std::fs::read("models/ceasefire-en/model.safetensors").unwrap();
    let refused = |name: &str, bytes: &[u8], reason: &str| {
        let path = write(folder.path(), name, bytes);
        let run = stance()
            .args(["classify", ARTICLE, "--model", &path])
            .assert()
            .code(2)
            .stdout("");
        run.stderr(predicate::str::contains(reason).and(predicate::str::contains(name)));
    };
    let mut flipped = whole.clone();
    let last = flipped.len() - 5;
    flipped[last] ^= 1;
    refused(
        "flipped",
        &flipped,
        "its content does not match its SHA-256",
    );
    refused("cut", &whole[..whole.len() / 2], "damaged");
    refused("text", b"no model at all", "damaged or no model");
    let at = whole
        .windows(14)
        .position(|part| part == b"stance.model/1")
        .unwrap();
    let mut newer = whole.clone();
    newer[at + 13] = b'2';
    refused(
        "newer",
        &newer,
        "a model of format 2; expected format 1; use a newer stance",
    );
    stance()
        .args(["classify", ARTICLE, "--model", "docs"])
        .assert()
        .code(2);
}

#[test]
fn unknown_labels_are_all_listed_before_anything_is_trained() {
    let folder = tempfile::tempdir().unwrap();
    let rows =
        "{\"text\":\"No.\",\"stance\":\"sceptical\"}\n{\"text\":\"Yes.\",\"stance\":\"for\"}\n";
    let path = write(folder.path(), "labels.jsonl", rows);
    let model = folder.path().join("model");
    let run = stance()
        .args(["train", &path, "-o"])
        .arg(&model)
        .assert()
        .code(2);
    run.stderr(
        predicate::str::contains(format!(
            "stance: {path}:1: unknown stance \"sceptical\"; expected one of supportive"
        ))
        .and(predicate::str::contains(format!(
            "stance: {path}:2: unknown stance \"for\""
        ))),
    );
    assert!(!model.exists());
}

#[test]
fn training_gives_the_same_bytes_in_any_order_and_a_model_that_works() {
    let folder = tempfile::tempdir().unwrap();
    let words = [
        ("supportive", "accepts the truce"),
        ("skeptical", "doubts the truce"),
        ("hostile", "rejects the truce"),
        ("none", "counts the dead"),
    ];
    let row = |i: usize| {
        let (stance, verb) = words[i % 4];
        serde_json::json!({"text": format!("The envoy {verb} on day {i}."), "stance": stance, "tone": "neutral", "group": format!("g{}", i / 4)})
    };
    let mut rows: Vec<String> = (0..80).map(|i| row(i).to_string()).collect();
    // A second tone, so that tone can be learnt.
    rows.push(r#"{"text":"The envoy gladly accepts the truce.","stance":"supportive","tone":"positive","group":"p1"}"#.into());
    for i in 2..8 {
        rows.push(format!(r#"{{"text":"The envoy gladly accepts the truce again.","stance":"supportive","tone":"positive","group":"p{i}"}}"#));
        rows.push(format!(r#"{{"text":"The envoy angrily rejects the truce again.","stance":"hostile","tone":"negative","group":"n{i}"}}"#));
    }
    let one = write(folder.path(), "one.jsonl", rows.join("\n"));
    rows.reverse();
    let other = write(folder.path(), "other.jsonl", rows.join("\n"));
    let train = |labelled: &str, threads: &str| {
        let model = folder.path().join("model");
        stance()
            .args(["train", labelled, "--threads", threads, "-q", "-o"])
            .arg(&model)
            .assert()
            .success();
        std::fs::read(model.join("model.safetensors")).unwrap()
    };
    let first = train(&one, "1");
    assert!(
        first == train(&other, "2"),
        "another order or number of threads changed the model"
    );
    let model = folder.path().join("model").to_string_lossy().into_owned();
    let run = stance()
        .args(["classify", "--from", "statements", "--model", &model, "-"])
        .write_stdin(r#"{"text":"The envoy rejects the truce."}"#)
        .assert()
        .success();
    assert_eq!(records(&run.get_output().stdout)[0]["stance"], "hostile");
}

#[test]
fn one_label_or_too_few_groups_is_an_error_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model");
    let row = |i: usize, stance: &str| {
        format!("{{\"text\":\"The envoy spoke {i}.\",\"stance\":\"{stance}\"}}")
    };
    let single = write(
        folder.path(),
        "single.jsonl",
        (0..20)
            .map(|i| row(i, "hostile"))
            .collect::<Vec<_>>()
            .join("\n"),
    );
    let run = stance()
        .args(["train", &single, "-o"])
        .arg(&model)
        .assert()
        .code(2);
    run.stderr(predicate::str::contains("no statement to learn"));
    let few = write(
        folder.path(),
        "few.jsonl",
        (0..3)
            .map(|i| row(i, "hostile"))
            .collect::<Vec<_>>()
            .join("\n"),
    );
    let run = stance()
        .args(["train", &few, "-o"])
        .arg(&model)
        .assert()
        .code(2);
    run.stderr(predicate::str::contains("too few groups for 5 folds"));
    assert!(!model.exists());
}

#[test]
fn evaluation_has_its_three_parts_and_can_fail_a_check() {
    let folder = tempfile::tempdir().unwrap();
    let marked = "outlet: Kesh Times\n\n[[hostile|neutral|act|Norvania|Norvania : Norvania rejected the truce]].\n\n\
                  [[supportive|positive|direct|Dana Orr|- : “We accept the truce and will sign it,” Dana Orr said.]]\n";
    let path = write(folder.path(), "a.txt", marked);
    let run = stance()
        .args(["evaluate", &path, "--to", "json"])
        .assert()
        .success();
    let value: Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    for part in ["stance", "extraction", "end_to_end"] {
        assert!(value["evaluation"][part].is_object(), "no {part}");
    }
    assert_eq!(value["evaluation"]["stance"]["n"], 2);
    let run = stance()
        .args(["evaluate", &path, "--min-f1", "1.01"])
        .assert()
        .code(1);
    run.stderr(predicate::str::contains("is below --min-f1 1.01"));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(ARTICLE).unwrap();
    let line = |id: usize| serde_json::json!({"id": id.to_string(), "text": text}).to_string();
    let corpus = write(
        folder.path(),
        "corpus.jsonl",
        (0..300).map(line).collect::<Vec<_>>().join("\n"),
    );
    let mut child = Command::new(env!("CARGO_BIN_EXE_stance"))
        .args(["classify", &corpus])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// The first articles of the demo corpus: two outlets.
fn demo(folder: &Path) -> String {
    let all = std::fs::read_to_string("docs/examples/outlets/articles.jsonl").unwrap();
    let some: Vec<&str> = all
        .lines()
        .filter(|line| line.contains("Harbour Gazette") || line.contains("Plains Tribune"))
        .collect();
    write(folder, "demo.jsonl", some.join("\n"))
}

#[test]
fn outlets_are_compared_from_articles_and_from_classified_statements_alike() {
    let folder = tempfile::tempdir().unwrap();
    let articles = demo(folder.path());
    let classified = folder.path().join("classified.jsonl");
    let classified = classified.to_str().unwrap();
    stance()
        .args(["classify", &articles, "-o", classified])
        .assert()
        .success();
    let scores = |input: &str| {
        let run = stance()
            .args([
                "compare",
                input,
                "--to",
                "json",
                "--draws",
                "200",
                "--permutations",
                "200",
            ])
            .assert()
            .success();
        let result: Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
        let rows = result["outlets"].as_array().unwrap().clone();
        rows.iter()
            .map(|row| {
                (
                    row["outlet"].to_string(),
                    row["tally"]["score"]["value"].to_string(),
                )
            })
            .collect::<Vec<_>>()
    };
    let from_articles = scores(&articles);
    assert_eq!(from_articles.len(), 2);
    assert_eq!(from_articles, scores(classified));
    // The same through a pipe.
    let run = stance()
        .args([
            "compare",
            "-",
            "--to",
            "csv",
            "--draws",
            "200",
            "--permutations",
            "200",
        ])
        .write_stdin(std::fs::read(classified).unwrap())
        .assert()
        .success();
    let piped = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    // The table has four digits, JSON more.
    let score: f64 = piped
        .lines()
        .find_map(|line| line.strip_prefix("outlet,,Harbour Gazette,,score,"))
        .and_then(|rest| rest.split(',').next())
        .and_then(|value| value.parse().ok())
        .unwrap();
    let first: f64 = from_articles[0].1.parse().unwrap();
    assert!((score - first).abs() <= 0.0001, "{score} {first}");
}

#[test]
fn what_is_no_article_is_passed_over_in_a_comparison() {
    let folder = tempfile::tempdir().unwrap();
    demo(folder.path());
    write(folder.path(), "notes.xyz", "no article");
    stance()
        .args(["compare", "--draws", "200", "--permutations", "200"])
        .arg(folder.path())
        .assert()
        .success()
        .stderr(predicate::str::contains("1 skipped"));
}

#[test]
fn a_comparison_is_written_in_the_format_of_the_files_ending() {
    let folder = tempfile::tempdir().unwrap();
    let articles = demo(folder.path());
    for (name, begins) in [
        ("out.html", "<!DOCTYPE html>"),
        ("out.csv", "table,who,outlet"),
        ("out.json", "{\"settings\""),
        ("out.parquet", "PAR1"),
        ("out.txt", "1"),
    ] {
        let path = folder.path().join(name);
        stance()
            .args([
                "compare",
                &articles,
                "--draws",
                "200",
                "--permutations",
                "200",
                "-o",
            ])
            .arg(&path)
            .assert()
            .success();
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.starts_with(begins.as_bytes()), "{name}");
    }
}

#[test]
fn nothing_to_compare_is_one_line_and_exit_2() {
    let folder = tempfile::tempdir().unwrap();
    let article = write(folder.path(), "a.txt", "Nothing is said here.");
    stance()
        .args(["compare", &article])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("no statement in the input"));
}

#[test]
fn two_models_are_compared_on_the_same_statements() {
    let run = stance()
        .args([
            "evaluate",
            "training-data/dev",
            "--against",
            "built-in",
            "--to",
            "json",
            "-q",
        ])
        .assert()
        .success();
    let result: Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    // A model against itself.
    assert_eq!(result["against"]["stance"]["difference"]["estimate"], 0.0);
    assert_eq!(result["against"]["stance"]["p"], 1.0);
}
