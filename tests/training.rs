//! `stance train` as users run it: what it refuses (the cases below `tests/cases/training`), labels and targets of any kind,
//! what it builds on, and that a model is whole at every moment.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use assert_cmd::Command;
use serde_json::{Value, json};
use stance::model::Model;

fn stance_in(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("stance").unwrap();
    command.current_dir(folder).env_remove("COLUMNS");
    command
}

/// Runs `stance` in `folder`; gives standard output, standard error and the exit code.
fn run(folder: &Path, words: &[&str], input: &str) -> (String, String, i32) {
    let mut command = stance_in(folder);
    command.args(words).write_stdin(input);
    let output = command.output().unwrap();
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
        output.status.code().unwrap(),
    )
}

fn succeed(folder: &Path, words: &[&str], input: &str) -> String {
    let (out, err, code) = run(folder, words, input);
    assert_eq!(code, 0, "{words:?}: {err}");
    out
}

/// The only record that comes out for a statement.
fn judged(folder: &Path, words: &[&str], text: &str) -> Value {
    let mut all = vec!["classify", "--from", "statements", "-"];
    all.extend(words);
    let out = succeed(folder, &all, &json!({"text": text}).to_string());
    serde_json::from_str(out.trim()).unwrap()
}

fn write(folder: &Path, name: &str, rows: &[Value]) {
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    std::fs::write(folder.join(name), lines.join("\n")).unwrap();
}

/// Rows about a tram line: `labels` in turn, each with a verb of its own.
fn tram(labels: &[&str]) -> Vec<Value> {
    let verbs = ["backs", "fights", "counts the seats of", "weighs"];
    (0..60)
        .map(|at| {
            let place = at % labels.len();
            let text = format!("The mayor {} the tram line on day {at}.", verbs[place]);
            json!({"text": text, "stance": labels[place], "group": format!("g{}", at / 6)})
        })
        .collect()
}

/// What `folder` holds, by name.
fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn bad_labels_are_refused_as_the_cases_say_and_nothing_is_written() {
    let cases = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/training");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(cases)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    let mut wrong = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let case = std::fs::read_to_string(&path).unwrap();
        let (head, rows) = case.split_once("\n\n").unwrap();
        let mut words = vec!["train", "rows.jsonl", "-o", "model"];
        let mut says = Vec::new();
        for line in head.lines() {
            match line.split_once(": ").unwrap() {
                ("why", _) => {}
                ("args", args) => words.extend(args.split(' ')),
                ("says", said) => says.push(said),
                (other, _) => panic!("{name}: unknown head line {other:?}"),
            }
        }
        assert!(!says.is_empty(), "{name}: nothing is said");
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("rows.jsonl"), rows).unwrap();
        let (out, err, code) = run(folder.path(), &words, "");
        let unsaid: Vec<_> = says.iter().filter(|said| !err.contains(**said)).collect();
        let left = content(folder.path());
        if code != 2 || !out.is_empty() || !unsaid.is_empty() || left.len() != 1 {
            wrong.push(format!(
                "{name}: exit {code}, unsaid {unsaid:?}, left {:?}, said:\n{err}",
                left.keys()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn characters_tell_words_that_stems_do_not_and_go_with_the_model() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    // No word stands in two rows; the label is in the middle of each.
    let rows: Vec<Value> = (0..60)
        .map(|at| {
            let (middle, stance) = [("gladd", "for"), ("grimm", "against")][at % 2];
            let letter = |of: usize| char::from(b'a' + (of % 26) as u8);
            let word = format!("{}{middle}{}{}", letter(at), letter(at / 2), letter(at * 7));
            json!({"text": format!("the mayor was {word}"), "stance": stance, "group": format!("g{}", at / 4)})
        })
        .collect();
    write(home, "rows.jsonl", &rows);
    let train = ["train", "rows.jsonl", "--labels", "for,against", "-q", "-o"];
    succeed(home, &[&train[..], &["plain"]].concat(), "");
    succeed(
        home,
        &[&train[..], &["letters", "--characters"]].concat(),
        "",
    );
    for (middle, stance) in [("gladd", "for"), ("grimm", "against")] {
        let text = format!("the mayor was zz{middle}zz");
        let told = judged(home, &["--model", "letters"], &text);
        assert_eq!(told["stance"], stance, "{told}");
        assert!(told["confidence"].as_f64().unwrap() > 0.7, "{told}");
        let blind = judged(home, &["--model", "plain"], &text);
        assert!(blind["confidence"].as_f64().unwrap() < 0.6, "{blind}");
    }
    let evaluation = std::fs::read_to_string(home.join("letters/evaluation.json")).unwrap();
    assert!(evaluation.contains("--characters"), "{evaluation}");
    let alone = ["runs", "--families", "characters"];
    succeed(home, &[&train[..], &alone].concat(), "");
    let told = judged(home, &["--model", "runs"], "the mayor was zzgrimmzz");
    assert_eq!(told["stance"], "against", "{told}");
    let shown = succeed(home, &["model", "show", "runs"], "");
    assert!(
        shown.contains("  characters ") && !shown.contains("  stems "),
        "{shown}"
    );
    let evaluation = std::fs::read_to_string(home.join("runs/evaluation.json")).unwrap();
    assert!(evaluation.contains("--families characters"), "{evaluation}");
    let explained = [
        "classify",
        "--from",
        "statements",
        "-",
        "--model",
        "letters",
        "--explain",
    ];
    let said = succeed(
        home,
        &explained,
        &json!({"text": "the mayor was zzgladdzz"}).to_string(),
    );
    assert!(said.contains("letters gladd"), "{said}");
}

/// The stance that a model in `here`, which has learnt `rows`, gives to a sentence like theirs.
fn stance_learnt(here: &Path, rows: &[Value]) -> Value {
    write(here, "rows.jsonl", rows);
    let train = [
        "train",
        "rows.jsonl",
        "--labels",
        "favor,against",
        "-o",
        "model",
    ];
    succeed(here, &train, "");
    let sentence = "The council weighs the tram line.";
    judged(here, &["--model", "model"], sentence)["stance"].clone()
}

#[test]
fn rows_count_as_their_weight_says() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    // The same verb three times for one label and once for the other.
    let rows = |weight: f64| -> Vec<Value> {
        let row = |at: usize| {
            let (stance, weight) = if at.is_multiple_of(4) {
                ("against", weight)
            } else {
                ("favor", 1.0)
            };
            let text = format!("The mayor weighs the tram line on day {at}.");
            json!({"text": text, "stance": stance, "weight": weight, "group": format!("g{}", at / 8)})
        };
        (0..80).map(row).collect()
    };
    for (weight, stance) in [(1.0, "favor"), (9.0, "against")] {
        assert_eq!(stance_learnt(here, &rows(weight)), stance);
    }
}

#[test]
fn rows_that_are_near_have_the_last_word() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    // The same verb three times for one label and once for the other, in rows that are near or not.
    let rows = |near: bool| -> Vec<Value> {
        let row = |at: usize| {
            let against = at.is_multiple_of(4);
            let stance = if against { "against" } else { "favor" };
            let text = format!("The mayor weighs the tram line on day {at}.");
            json!({"text": text, "stance": stance, "near": near && against, "group": format!("g{}", at / 8)})
        };
        (0..160).map(row).collect()
    };
    for (near, stance) in [(false, "favor"), (true, "against")] {
        assert_eq!(stance_learnt(here, &rows(near)), stance);
        let card = std::fs::read_to_string(here.join("model/README.md")).unwrap();
        let told = card.contains("The stance of 40 statements that are near");
        assert_eq!(told, near, "{card}");
    }
}

#[test]
fn any_labels_and_any_target_are_learnt() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    for labels in [
        ["favor", "against", "none"],
        ["agree", "disagree", "neutral"],
    ] {
        write(here, "rows.jsonl", &tram(&labels));
        let listed = labels.join(",");
        succeed(
            here,
            &["train", "rows.jsonl", "--labels", &listed, "-o", "model"],
            "",
        );
        let record = judged(
            here,
            &["--model", "model"],
            "The council fights the tram line.",
        );
        assert_eq!(record["stance"], labels[1]);
        let probabilities = record["probabilities"].as_object().unwrap();
        assert_eq!(probabilities.keys().collect::<Vec<_>>(), labels);
        // Labels without a scale have no score, and rows without tones teach none.
        assert_eq!(record["score"], Value::Null);
        assert_eq!(record["tone"], Value::Null);
        let words = ["evaluate", "rows.jsonl", "--model", "model", "--to", "json"];
        let found: Value = serde_json::from_str(&succeed(here, &words, "")).unwrap();
        assert_eq!(found["evaluation"]["stance"]["n"], 60);
        assert_eq!(
            found["evaluation"]["stance"]["labels"][2]["label"],
            labels[2]
        );
    }
}

#[test]
fn a_few_labels_on_the_built_in_model_change_what_they_speak_of_and_leave_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    // In these rows an unknown word means support; two of the four labels never occur, and there is no tone.
    let rows: Vec<Value> = (0..40)
        .map(|at| {
            let (verb, stance) = [("glimbered", "supportive"), ("counted", "none")][at % 2];
            json!({"text": format!("The council {verb} it on day {at}."), "stance": stance})
        })
        .collect();
    write(here, "rows.jsonl", &rows);
    let train = |extra: &[&str]| {
        let mut words = vec!["train", "rows.jsonl", "-o", "model"];
        words.extend(extra);
        let (_, err, code) = run(here, &words, "");
        assert_eq!(code, 0, "{err}");
        err
    };
    let said = train(&["--base"]);
    assert!(said.contains("on top of model ceasefire-en@"), "{said}");
    assert!(said.contains("The base model alone has macro-F1"), "{said}");
    let text = "The mayor glimbered it.";
    assert_ne!(judged(here, &[], text)["stance"], "supportive");
    let own = judged(here, &["--model", "model"], text);
    assert_eq!(own["stance"], "supportive");
    assert!(own["tone"].is_string(), "the base knows tones");
    let other = "Norvania rejected the truce.";
    let after = judged(here, &["--model", "model"], other);
    assert_eq!(after["stance"], "hostile");
    let first = content(&here.join("model"));
    train(&["--base=built-in", "--threads", "1"]);
    assert_eq!(
        content(&here.join("model"))["model.safetensors"],
        first["model.safetensors"]
    );
    // Drawn without measure, the model stays as it is.
    train(&["--base", "--base-weight", "1e9"]);
    assert_ne!(
        judged(here, &["--model", "model"], text)["stance"],
        "supportive"
    );
    // Other labelled rows can be the base as well: they are learnt from, not judged.
    write(here, "other.jsonl", &ceasefire());
    let said = train(&["--base=other.jsonl", "--base-weight", "0.5"]);
    assert!(said.contains("40 statements to learn from, on top of 80 labelled statements"));
    assert_eq!(
        judged(here, &["--model", "model"], other)["stance"],
        "hostile"
    );
    let card = String::from_utf8(content(&here.join("model"))["README.md"].clone()).unwrap();
    assert!(
        card.contains("- Added to 80 labelled statements, weight 0.5."),
        "{card}"
    );
}

/// Eighty rows of the four stances, each with a verb of its own.
fn ceasefire() -> Vec<Value> {
    let words = [
        ("supportive", "accepts the truce"),
        ("skeptical", "doubts the truce"),
        ("hostile", "rejects the truce"),
        ("none", "counts the dead"),
    ];
    (0..80)
        .map(|at| {
            let (stance, verb) = words[at % 4];
            json!({"text": format!("The envoy {verb} on day {at}."), "stance": stance, "group": format!("g{}", at / 4)})
        })
        .collect()
}

#[test]
fn a_search_that_begins_at_another_model_ends_at_the_same_one() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "rows.jsonl", &ceasefire());
    succeed(here, &["train", "rows.jsonl", "-o", "cold"], "");
    let words = ["train", "rows.jsonl", "--init", "cold", "-o", "warm"];
    succeed(here, &words, "");
    let (cold, warm) = (
        Model::load(&here.join("cold")).unwrap(),
        Model::load(&here.join("warm")).unwrap(),
    );
    assert_eq!(cold.vocabulary, warm.vocabulary);
    let pairs = cold.stance.weights.iter().zip(warm.stance.weights.iter());
    for (one, other) in pairs {
        assert!((one - other).abs() < 1e-3, "{one} and {other}");
    }
    assert!(warm.provenance.init.unwrap().starts_with("cold@"));
}

#[test]
fn words_of_ones_own_lexicon_travel_with_the_model() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "rows.jsonl", &ceasefire());
    std::fs::write(
        here.join("own.tsv"),
        "# mine\nglimber*\tREJECT\nflumm\tWARMTH\n",
    )
    .unwrap();
    let train = |extra: &[&str]| {
        let mut words = vec!["train", "rows.jsonl", "-o", "model"];
        words.extend(extra);
        succeed(here, &words, "");
        judged(
            here,
            &["--model", "model", "--explain"],
            "The envoy glimbers the truce.",
        )
    };
    let without = train(&[]);
    let with = train(&["--lexicon", "own.tsv"]);
    let hostile = |record: &Value| record["probabilities"]["hostile"].as_f64().unwrap();
    assert!(hostile(&with) > hostile(&without) + 0.1, "{with} {without}");
    assert_eq!(with["stance"], "hostile");
    let shown = succeed(here, &["model", "show", "model"], "");
    assert!(shown.contains("lexicon of its own"), "{shown}");
    // Its file is gone; the model has what it needs.
    std::fs::remove_file(here.join("own.tsv")).unwrap();
    let again = judged(
        here,
        &["--model", "model", "--explain"],
        "The envoy glimbers the truce.",
    );
    assert_eq!(again, with);
    std::fs::write(here.join("own.tsv"), "no tab\nfine\tREJECT\nno class\t\n").unwrap();
    let words = ["train", "rows.jsonl", "-o", "other", "--lexicon", "own.tsv"];
    let (_, err, code) = run(here, &words, "");
    assert_eq!(code, 2);
    assert!(err.contains("own.tsv:1: no tab in \"no tab\""), "{err}");
    assert!(
        err.contains("own.tsv:3: no class for \"no class\""),
        "{err}"
    );
    assert!(!here.join("other").exists());
}

#[test]
fn a_killed_training_leaves_a_whole_model() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let mut rows = ceasefire();
    write(here, "old.jsonl", &rows);
    rows.truncate(60);
    write(here, "new.jsonl", &rows);
    let train = |labelled: &str| succeed(here, &["train", labelled, "-o", "model", "-q"], "");
    train("new.jsonl");
    let new = content(&here.join("model"));
    let begun = Instant::now();
    train("old.jsonl");
    let took = begun.elapsed();
    let old = content(&here.join("model"));
    assert_ne!(old, new);
    // The end of a run, where the model is written, is tried most closely.
    for step in 0..16 {
        let share = if step < 6 {
            f64::from(step) / 8.0
        } else {
            0.7 + f64::from(step - 6) / 25.0
        };
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_stance"))
            .current_dir(here)
            .args(["train", "new.jsonl", "-o", "model", "-q"])
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_secs_f64(took.as_secs_f64() * share));
        child.kill().unwrap();
        child.wait().unwrap();
        let left = content(&here.join("model"));
        assert!(left == old || left == new, "killed after {share} of a run");
        Model::load(&here.join("model")).unwrap();
    }
}

#[test]
fn a_named_target_narrows_what_is_judged() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    std::fs::write(
        here.join("target.txt"),
        "Harlan plan\nnot: Doha framework\n",
    )
    .unwrap();
    let article = "Lesk rejected the Harlan plan on Monday.\n\nTavria rejected the Doha framework on Tuesday.\n\n\
                   “We reject it,” the Tavrian president, Ana Lind, said.\n";
    std::fs::write(here.join("a.txt"), article).unwrap();
    let classify = |extra: &[&str]| -> Vec<Value> {
        let mut words = vec!["classify", "a.txt", "--to", "jsonl"];
        words.extend(extra);
        let out = succeed(here, &words, "");
        out.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    let wide = classify(&[]);
    assert!(
        wide.iter().all(|record| record["stance"] == "hostile"),
        "{wide:?}"
    );
    assert!(wide.iter().all(|record| record.get("target").is_none()));
    let narrow = classify(&["--target", "target.txt", "--explain"]);
    assert_eq!(narrow.len(), 3);
    assert_eq!(narrow[0]["stance"], "hostile");
    assert_eq!(
        narrow[0]["target"],
        json!({"is_meant": true, "term": "Harlan plan", "found": "statement", "stance_at_issue": "hostile"})
    );
    for (record, found) in narrow[1..].iter().zip(["statement", "before"]) {
        assert_eq!(record["stance"], "none");
        assert_eq!(record["target"]["found"], found);
        assert_eq!(record["target"]["term"], "Doha framework");
        assert_eq!(record["target"]["stance_at_issue"], "hostile");
        assert_eq!(record["probabilities"]["none"], 1.0);
        assert_eq!(
            (&record["score"], &record["reasons"]),
            (&json!(0.0), &json!([]))
        );
    }
    let table = succeed(
        here,
        &[
            "classify",
            "a.txt",
            "--to",
            "table",
            "--target",
            "target.txt",
        ],
        "",
    );
    assert_eq!(table.matches("none       other").count(), 2, "{table}");
    let csv = succeed(
        here,
        &["classify", "a.txt", "--to", "csv", "--target", "target.txt"],
        "",
    );
    assert!(
        csv.lines()
            .next()
            .unwrap()
            .ends_with("target_is_meant,target_term,target_found,stance_at_issue")
    );
}

#[test]
fn a_target_that_cannot_be_followed_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    std::fs::write(here.join("target.txt"), "Harlan plan\n").unwrap();
    std::fs::write(here.join("a.txt"), "Lesk rejected the Harlan plan.\n").unwrap();
    std::fs::write(here.join("bad.txt"), "not:\n").unwrap();
    let (_, err, code) = run(here, &["classify", "a.txt", "--target", "bad.txt"], "");
    assert_eq!(code, 2);
    assert!(
        err.starts_with("stance: bad.txt:1: \"not:\" names nothing;"),
        "{err}"
    );
    // A model that knows no `none` cannot say that something else is meant.
    write(here, "rows.jsonl", &tram(&["for", "against"]));
    succeed(
        here,
        &[
            "train",
            "rows.jsonl",
            "--labels",
            "for,against",
            "-o",
            "model",
        ],
        "",
    );
    let (_, err, code) = run(
        here,
        &[
            "classify",
            "a.txt",
            "--target",
            "target.txt",
            "--model",
            "model",
        ],
        "",
    );
    assert_eq!(code, 2);
    assert!(
        err.contains("expected a model with the label \"none\""),
        "{err}"
    );
}

#[test]
fn curve_and_families_stand_in_evaluation_and_card() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let mut rows = ceasefire();
    for (at, row) in rows.iter_mut().enumerate() {
        row["batch"] = json!(format!("b{}", at / 40));
        row["tone"] = json!(["positive", "neutral", "negative", "neutral"][at % 4]);
    }
    write(here, "rows.jsonl", &rows);
    let words = [
        "train",
        "rows.jsonl",
        "-o",
        "model",
        "--curve",
        "rows.jsonl",
        "--test",
        "rows.jsonl",
        "--ablate",
        "--tune",
    ];
    succeed(here, &words, "");
    let written = content(&here.join("model"));
    let evaluation: Value = serde_json::from_slice(&written["evaluation.json"]).unwrap();
    // Eighty statements: fewer than the first step of a hundred, so all of them at once.
    let steps = evaluation["learning_curve"]["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 1);
    assert_eq!(
        (&steps[0]["n"], &steps[0]["shipped"][0]),
        (&json!(80), &json!(1.0))
    );
    let families = evaluation["feature_families"].as_array().unwrap();
    assert_eq!(families[0]["without"], Value::Null);
    assert!(families.len() > 5 && families[1]["by_batch"].is_number());
    // Each stance has one tone, neutral two: supportive 20 positive, and so on.
    let tones = &evaluation["test"]["tone_by_stance"];
    assert_eq!(
        tones["counts"],
        json!([[20, 0, 0], [0, 20, 0], [0, 0, 20], [0, 20, 0]])
    );
    let card = String::from_utf8(written["README.md"].clone()).unwrap();
    for head in [
        "### Learning curve",
        "### Feature families",
        "### Tone by stance",
    ] {
        assert!(card.contains(head), "no {head}");
    }
    assert!(card.contains("--curve rows.jsonl --ablate"), "{card}");
}
