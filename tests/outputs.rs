//! What comes out in other shapes than JSONL, and that a run which is killed goes on without loss. All text is invented.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]

mod program;

use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use predicates::prelude::*;
use serde_json::Value;

use program::{records, stance, write};

const TEXT: &str = "Norvania and Orlund rejected the 30-day truce; \"never,\" they said.\n\nTavria accepted the ceasefire \
                    plan, its envoy Ana Lind said.";

/// Pieces in which standard input comes.
const CHUNKS: usize = 100;

fn output(arguments: &[&str]) -> Vec<u8> {
    let run = stance().arg("classify").args(arguments).assert().success();
    run.get_output().stdout.clone()
}

fn json(arguments: &[&str]) -> Vec<Value> {
    records(&output(arguments))
}

fn number(cell: &str) -> Value {
    cell.parse::<f64>().unwrap().into()
}

fn article(folder: &Path) -> String {
    let article = serde_json::json!({"id": "a1", "outlet": "=Kesh+Times", "date": "2031-04-02", "title": "Truce; or not",
        "text": TEXT});
    write(folder, "a.jsonl", article.to_string())
}

#[test]
fn csv_holds_what_jsonl_holds_and_is_safe_in_a_spreadsheet() {
    let folder = tempfile::tempdir().unwrap();
    let path = article(folder.path());
    let records = json(&[&path, "--explain"]);
    let csv = output(&[&path, "--explain", "--to", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let head = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), records.len());
    assert!(rows.len() >= 2);
    for (row, record) in rows.iter().zip(&records) {
        let cell = |name: &str| &row[head.iter().position(|one| one == name).unwrap()];
        assert_eq!(cell("outlet"), "'=Kesh+Times");
        assert_eq!(cell("stance"), record["stance"]);
        assert_eq!(cell("text"), record["text"]);
        assert_eq!(cell("start"), record["start"].to_string());
        assert_eq!(cell("actor_type"), record["actor"]["type"]);
        assert_eq!(
            number(cell("p_hostile")),
            record["probabilities"]["hostile"]
        );
        // A negative number is a number, not a formula.
        assert_eq!(number(cell("score")), record["score"]);
        assert_eq!(
            serde_json::from_str::<Value>(cell("reasons")).unwrap(),
            record["reasons"]
        );
    }
    // The ending of -o chooses the format.
    let file = folder.path().join("out.csv");
    stance()
        .args(["classify", &path, "--explain", "-o"])
        .arg(&file)
        .assert()
        .success();
    assert_eq!(std::fs::read(&file).unwrap(), csv);
}

#[cfg(feature = "parquet")]
#[test]
fn a_parquet_table_holds_what_csv_holds_and_can_be_read_as_articles() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let folder = tempfile::tempdir().unwrap();
    let path = article(folder.path());
    let file = folder.path().join("out.parquet");
    stance()
        .args(["classify", &path, "-o"])
        .arg(&file)
        .assert()
        .success();
    let table = SerializedFileReader::new(std::fs::File::open(&file).unwrap()).unwrap();
    let rows: Vec<Value> = table
        .get_row_iter(None)
        .unwrap()
        .map(|row| {
            let cell = |field: &parquet::record::Field| match field {
                parquet::record::Field::Str(words) => Value::from(words.as_str()),
                parquet::record::Field::Long(number) => Value::from(*number),
                parquet::record::Field::Double(number) => Value::from(*number),
                parquet::record::Field::Bool(truth) => Value::from(*truth),
                _ => Value::Null,
            };
            row.unwrap()
                .get_column_iter()
                .map(|(name, field)| (name.clone(), cell(field)))
                .collect()
        })
        .collect();
    let records = json(&[&path]);
    assert_eq!(rows.len(), records.len());
    for (row, record) in rows.iter().zip(&records) {
        for name in [
            "article",
            "outlet",
            "text",
            "start",
            "stance",
            "confidence",
            "score",
            "abstained",
            "cue",
        ] {
            assert_eq!(row[name], record[name], "{name}");
        }
        assert_eq!(row["p_hostile"], record["probabilities"]["hostile"]);
    }
    // The table has columns `article` and `text`: it is read as articles, the rows' texts being statements.
    let again = stance()
        .args(["classify", &file.to_string_lossy(), "--map", "id=statement"])
        .assert()
        .success();
    again.stderr(predicate::str::contains(format!("{} articles", rows.len())));
    let mut cut = std::fs::read(&file).unwrap();
    cut.truncate(cut.len() / 2);
    let cut = write(folder.path(), "cut.parquet", cut);
    stance()
        .args(["classify", &cut])
        .assert()
        .code(2)
        .stderr(predicate::str::contains(
            "a Parquet table that cannot be read",
        ));
    let run = stance()
        .args(["classify", &file.to_string_lossy(), "--map", "text=body"])
        .assert()
        .code(2);
    run.stderr(predicate::str::contains(
        "no column with the text; the columns are article, outlet",
    ));
}

#[test]
fn an_event_list_has_a_row_for_each_actor_of_a_position() {
    let folder = tempfile::tempdir().unwrap();
    let path = article(folder.path());
    let list = output(&[&path, "--to", "dna"]);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(list.as_slice());
    let head = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: &csv::StringRecord, name: &str| {
        row[head.iter().position(|one| one == name).unwrap()].to_owned()
    };
    let expected: usize = json(&[&path])
        .iter()
        .filter(|record| record["stance"] != "none")
        .map(|record| record["actor"]["members"].as_array().map_or(1, Vec::len))
        .sum();
    assert_eq!(rows.len(), expected);
    let against: Vec<String> = rows
        .iter()
        .filter(|row| cell(row, "agreement") == "0")
        .map(|row| cell(row, "organization"))
        .collect();
    assert!(
        against.contains(&"Norvania".to_owned()) && against.contains(&"Orlund".to_owned()),
        "{against:?}"
    );
    let row = &rows[0];
    assert_eq!(cell(row, "document_title"), "Truce, or not");
    assert_eq!(cell(row, "document_source"), "'=Kesh+Times");
    assert!(!cell(row, "text").contains(['"', ';', '\n']));
}

#[test]
fn a_run_that_is_killed_goes_on_without_loss() {
    let folder = tempfile::tempdir().unwrap();
    let good = |i: usize| serde_json::json!({"id": i.to_string(), "text": TEXT}).to_string();
    let lines: String = (0..1_000)
        .map(|i| {
            if i % 50 == 7 {
                "{broken\n".to_owned()
            } else {
                good(i) + "\n"
            }
        })
        .collect();
    let first = write(folder.path(), "a.jsonl", &lines);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(lines.as_bytes()).unwrap();
    let second = write(folder.path(), "b.jsonl.gz", packer.finish().unwrap());
    // Standard input stands between the files, so that the test says how long a run takes.
    let chunk: String = (0..60).map(|i| good(i) + "\n").collect();
    let (whole, errors) = (
        folder.path().join("whole.csv"),
        folder.path().join("whole.errors"),
    );
    let run = stance()
        .args(["classify", &first, "-", &second, "-o"])
        .arg(&whole)
        .arg("--errors")
        .arg(&errors)
        .write_stdin(chunk.repeat(CHUNKS))
        .assert()
        .success();
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    let (parted, parted_errors) = (
        folder.path().join("parted.csv"),
        folder.path().join("parted.errors"),
    );
    let start = || {
        std::process::Command::new(env!("CARGO_BIN_EXE_stance"))
            .args(["classify", &first, "-", &second, "--resume", "-o"])
            .arg(&parted)
            .arg("--errors")
            .arg(&parted_errors)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    // Pseudo-random moments, the same in every run; each time the program is killed where it stands. What an earlier run
    // was given comes at once, what is new comes slowly.
    let mut state = 7u64;
    let (mut given, mut kills) = (0, 0);
    let last = loop {
        let mut child = start();
        let mut input = child.stdin.take().unwrap();
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let n_new = 20 + usize::try_from((state >> 33) % 30).unwrap();
        let until = (given + n_new).min(CHUNKS);
        for number in 0..until {
            input.write_all(chunk.as_bytes()).unwrap();
            if number >= given {
                std::thread::sleep(Duration::from_millis(25));
            }
        }
        given = until;
        if until == CHUNKS {
            drop(input);
            break child.wait_with_output().unwrap();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
        assert!(!parted.exists(), "the output appears whole or not at all");
    };
    assert!(kills >= 2);
    assert!(last.status.success());
    let last_said = String::from_utf8(last.stderr).unwrap();
    assert!(last_said.contains("going on after "), "{last_said}");
    assert!(std::fs::read(&whole).unwrap() == std::fs::read(&parted).unwrap());
    assert!(std::fs::read(&errors).unwrap() == std::fs::read(&parted_errors).unwrap());
    let counts = |said: &str| said.lines().last().unwrap().to_owned();
    assert_eq!(counts(&said), counts(&last_said));
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| {
            name.starts_with("parted") && name != "parted.csv" && name != "parted.errors"
        })
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_run_does_not_go_on_with_other_inputs() {
    let folder = tempfile::tempdir().unwrap();
    let path = article(folder.path());
    let out = folder.path().join("out.jsonl");
    write(folder.path(), "out.jsonl.part", "");
    let note = serde_json::json!({"schema": "stance.resume/1", "settings": "other", "reached": {
        "position": {"files": 0, "records": 1}, "bytes": 0, "error_bytes": 0,
        "counts": {"articles": 1, "statements": 0, "abstained": 0, "skipped": [0, 0, 0, 0, 0], "encodings": {}}}});
    write(folder.path(), "out.jsonl.resume", note.to_string());
    let run = stance()
        .args(["classify", &path, "--resume", "-o"])
        .arg(&out)
        .assert()
        .code(2);
    run.stderr(predicate::str::contains(
        "the interrupted run had other inputs or settings",
    ));
    stance()
        .args(["classify", &path, "--resume"])
        .assert()
        .code(2);
}
