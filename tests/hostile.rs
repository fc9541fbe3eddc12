//! What strangers write cannot act: every row of `tests/hostile/words.jsonl` stands in every place where words are expected,
//! and every output is looked at. `tests/monsters.rs` has what is too large. All text is invented.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]

use std::path::Path;
use std::process::{Command, Output};

use dom_query::Document;
use serde_json::{Value, json};

const STANCE: &str = env!("CARGO_BIN_EXE_stance");
const FORMULA: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}',
];

fn words() -> Vec<String> {
    let table = include_str!("hostile/words.jsonl");
    let rows: Vec<String> = table
        .lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line).unwrap();
            row["words"].as_str().unwrap().to_owned()
        })
        .collect();
    assert!(rows.len() > 30);
    rows
}

fn stance(arguments: &[&str]) -> Output {
    Command::new(STANCE).args(arguments).output().unwrap()
}

/// Runs to its end and gives standard output; what it says on standard error is clean.
fn good(arguments: &[&str]) -> String {
    let run = stance(arguments);
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(run.status.success(), "{arguments:?}: {said}");
    assert_steers_nothing(&said);
    String::from_utf8(run.stdout).unwrap()
}

fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_string_lossy().into_owned()
}

/// Whether a terminal would only show it: no control character but the line's end and the tab, nothing that turns or hides.
fn assert_steers_nothing(words: &str) {
    for c in words.chars().filter(|c| !['\n', '\t'].contains(c)) {
        let turns = matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
        assert!(!c.is_control() && !turns, "{c:?} in {words:?}");
    }
}

/// Whether every row has as many cells as the head and no cell runs in a spreadsheet.
fn assert_runs_nothing(table: &str, part: u8) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(part)
        .has_headers(false)
        .from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for cell in rows.iter().flatten() {
        assert!(
            !cell.starts_with(FORMULA) || cell.parse::<f64>().is_ok(),
            "{cell:?}"
        );
    }
    rows
}

/// Whether a page holds nothing that runs, loads or sends, under a policy that would forbid it besides.
fn assert_page_is_dead(html: &str) {
    const FORBIDDEN: [&str; 19] = [
        "script",
        "img",
        "image",
        "iframe",
        "frame",
        "object",
        "embed",
        "link",
        "base",
        "form",
        "input",
        "textarea",
        "video",
        "audio",
        "template",
        "animate",
        "set",
        "foreignobject",
        "noscript",
    ];
    const POLICY: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" \
                          content=\"default-src 'none'; style-src 'sha256-";
    assert!(html.starts_with(POLICY), "{}", &html[..300.min(html.len())]);
    let after = &html[POLICY.len()..];
    assert!(
        after[after.find('\'').unwrap()..].starts_with("'; base-uri 'none'; form-action 'none'\">")
    );
    assert_steers_nothing(html);
    let page = Document::from(html);
    for (name, n) in [
        ("title", 1),
        ("style", 1),
        ("meta[http-equiv]", 1),
        ("main", 1),
    ] {
        assert_eq!(page.select(name).nodes().len(), n, "{name}");
    }
    for node in page.select("*").nodes() {
        let name = node.node_name().unwrap().to_lowercase();
        assert!(!FORBIDDEN.contains(&name.as_str()), "{name}");
        for attribute in node.attrs() {
            let key = attribute.name.local.to_lowercase();
            assert!(
                !key.starts_with("on")
                    && !["src", "srcset", "style", "formaction", "xlink"].contains(&key.as_str()),
                "{key}"
            );
            if key == "href" {
                let to = attribute.value.to_string();
                let fine = ["#", "https://", "http://", "data:text/csv;charset=utf-8,"];
                assert!(fine.iter().any(|begin| to.starts_with(begin)), "{to}");
                if let Some(rows) = to.strip_prefix(fine[3]) {
                    assert_runs_nothing(&unescaped(rows), b',');
                }
            }
        }
    }
}

/// Percent-encoded words.
fn unescaped(words: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = words.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let hex = [rest.next().unwrap(), rest.next().unwrap()];
            u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap()
        } else {
            byte
        });
    }
    String::from_utf8(bytes).unwrap()
}

/// Values as JSON lines.
fn lines(rows: impl Iterator<Item = Value>) -> String {
    rows.fold(String::new(), |lines, row| lines + &row.to_string() + "\n")
}

fn article(at: usize, words: &str) -> Value {
    json!({"id": words, "outlet": words, "title": words, "url": words, "date": format!("2031-04-{:02}", 1 + at % 28), "country": words,
        "text": format!("{words} rejected the truce, {words} said. \u{201C}We will not sign {words},\u{201D} President Dana Orr of \
                         {words} told reporters.\n\nNorvania accepted the plan {at}, its envoy said. {words}")})
}

fn articles(folder: &Path) -> String {
    let rows = words();
    let rows = rows
        .iter()
        .enumerate()
        .map(|(at, words)| article(at, words));
    write(folder, "articles.jsonl", lines(rows))
}

fn ready(folder: &Path) -> String {
    let row = |words: &String| json!({"id": words, "text": format!("{words} rejected the truce."), "actor": words, "side": words, "context": words});
    write(folder, "ready.jsonl", lines(words().iter().map(row)))
}

#[test]
fn words_of_strangers_stay_words_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let (articles, ready) = (articles(folder.path()), ready(folder.path()));
    for input in [
        vec![
            articles.as_str(),
            "--explain",
            "--with-text",
            "--any-language",
        ],
        vec![&ready, "--from", "statements"],
    ] {
        let run = |to: &str| good(&[&["classify", "--to", to][..], &input].concat());
        let records: Vec<Value> = run("jsonl")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert!(records.len() >= words().len());
        for record in &records {
            let known = record["outlet"]
                .as_str()
                .or(record["actor"]["name"].as_str())
                .unwrap_or_default();
            assert!(
                known.is_empty()
                    || record["outlet"].is_null()
                    || words().contains(&known.to_owned()),
                "{known:?}"
            );
            let text: Vec<char> = record["article_text"]
                .as_str()
                .unwrap_or_default()
                .chars()
                .collect();
            if !text.is_empty() {
                let at = |field: &str| usize::try_from(record[field].as_u64().unwrap()).unwrap();
                assert_eq!(
                    record["text"],
                    text[at("start")..at("end")].iter().collect::<String>()
                );
            }
        }
        assert_steers_nothing(&run("table"));
        assert_page_is_dead(&run("html"));
        assert_eq!(
            assert_runs_nothing(&run("csv"), b',').len(),
            records.len() + 1
        );
        assert_runs_nothing(&run("dna"), b';');
    }
}

#[test]
fn words_of_strangers_stay_words_in_a_comparison() {
    let folder = tempfile::tempdir().unwrap();
    let articles = articles(folder.path());
    for by in ["outlet", "country"] {
        let run = |to: &str| {
            good(&[
                "compare",
                &articles,
                "--to",
                to,
                "--by",
                by,
                "--draws",
                "100",
                "--permutations",
                "100",
            ])
        };
        assert_steers_nothing(&run("table"));
        assert_page_is_dead(&run("html"));
        assert_runs_nothing(&run("csv"), b',');
        let all: Value = serde_json::from_str(&run("json")).unwrap();
        assert!(all["outlets"].as_array().unwrap().len() > 20);
    }
}

#[test]
fn names_of_files_and_folders_stay_words() {
    let folder = tempfile::tempdir().unwrap();
    let names = words()
        .into_iter()
        .map(|words| words.replace(['/', '\0', '.'], "_"));
    for (at, name) in names.enumerate() {
        let inner = folder.path().join(format!("{at} {name}"));
        std::fs::create_dir(&inner).unwrap();
        let good_file = write(
            &inner,
            &format!("{name} good.txt"),
            "Norvania rejected the truce, its envoy said.",
        );
        write(
            &inner,
            &format!("{name} latin.txt"),
            b"Norvania \x93rejected\x94 the truce, its envoy said.",
        );
        write(&inner, &format!("{name} broken.jsonl"), "{\"text\":\n");
        write(&inner, &format!("{name} labels.json"), "{\"a\": 1}");
        let table = good(&["classify", "--to", "table", &inner.to_string_lossy()]);
        assert_steers_nothing(&table);
        assert_runs_nothing(&good(&["classify", "--to", "csv", &good_file]), b',');
        assert_page_is_dead(&good(&["classify", "--to", "html", &good_file]));
        for arguments in [
            ["classify", "--model", &inner.to_string_lossy(), &good_file],
            ["labels", "import", "--quiet", &inner.to_string_lossy()],
            ["labels", "check", "--quiet", &inner.to_string_lossy()],
            ["classify", "--actors", &good_file, &good_file],
        ] {
            let run = stance(&arguments);
            assert_eq!(run.status.code(), Some(2), "{arguments:?}");
            assert_steers_nothing(&String::from_utf8(run.stderr).unwrap());
        }
    }
}

#[test]
fn labels_of_strangers_stay_words_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<Value> = words()
        .iter()
        .enumerate()
        .filter(|(_, words)| words.chars().any(|c| !c.is_whitespace()))
        .map(|(at, words)| {
            json!({"id": format!("{words}{at}"), "text": format!("{words} rejects the truce."), "stance": "hostile", "tone": "neutral",
                   "kind": "act", "actor": words, "outlet": words, "annotator": if at % 2 == 0 { "a" } else { words }, "group": words})
        })
        .collect();
    let labels = write(folder.path(), "labels.jsonl", lines(rows.iter().cloned()));
    assert_steers_nothing(&good(&["labels", "check", &labels]));
    assert_steers_nothing(&good(&["evaluate", &labels, "--errors"]));
    let csv = good(&["labels", "export", &labels, "--format", "csv"]);
    assert_runs_nothing(&csv, b',');
    assert_runs_nothing(
        &good(&["labels", "export", &labels, "--format", "dna"]),
        b';',
    );
    let back = good(&["labels", "import", &write(folder.path(), "back.csv", csv)]);
    let back: Vec<Value> = back
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(back.len(), rows.len());
    for (came, went) in back.iter().zip(&rows) {
        for field in ["id", "text", "actor", "outlet", "annotator"] {
            assert_eq!(came[field], went[field]);
        }
    }
}

#[test]
fn a_strangers_model_card_steers_no_terminal() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "README.md", words().join("\n"));
    assert_steers_nothing(&good(&["model", "card", &folder.path().to_string_lossy()]));
}

#[test]
fn a_terminal_gets_data_without_what_steers_it() {
    let Ok(there) = Command::new("script").arg("--version").output() else {
        // It comes with util-linux; without it there is no terminal to be had here.
        eprintln!("SKIPPED a_terminal_gets_data_without_what_steers_it: `script` is absent");
        return;
    };
    assert!(there.status.success());
    let folder = tempfile::tempdir().unwrap();
    let articles = articles(folder.path());
    for to in ["csv", "jsonl", "table", "html"] {
        let command = format!(
            "{STANCE} classify --color never --any-language --to {to} {articles} 2>/dev/null"
        );
        let run = Command::new("script")
            .args(["-qec", &command, "/dev/null"])
            .output()
            .unwrap();
        let shown = String::from_utf8(run.stdout).unwrap();
        assert!(shown.len() > 1_000);
        // The terminal's own line ends.
        assert_steers_nothing(&shown.replace("\r\n", "\n"));
    }
}
