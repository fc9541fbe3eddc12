//! Every article people have: formats, packings, encodings, folders, and what is broken in them, as users meet them on the
//! command line. All text is invented.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]

mod program;

use std::io::Write;

use predicates::prelude::*;
use serde_json::Value;

use program::{records, stance, write};

/// One statement, whatever it is packed in.
const TEXT: &str = "Norvania rejected the 30-day truce on Monday, its president said.";

/// Runs `classify` on arguments; gives records, standard error and exit code.
fn classify(arguments: &[&str]) -> (Vec<Value>, String, i32) {
    let run = stance().arg("classify").args(arguments).output().unwrap();
    (
        records(&run.stdout),
        String::from_utf8(run.stderr).unwrap(),
        run.status.code().unwrap(),
    )
}

fn line(id: &str) -> String {
    format!("{}\n", serde_json::json!({"id": id, "text": TEXT}))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn ids(found: &[Value]) -> Vec<&str> {
    found
        .iter()
        .map(|record| record["article"].as_str().unwrap())
        .collect()
}

/// The same articles of a file, cut by a faulty end: how many come out and what is said.
fn page(paragraph: &str) -> String {
    format!(
        "<html><head><title>Truce rejected</title><meta property=\"og:site_name\" content=\"Kesh Times\"></head><body>\
         <nav><a href=\"/\">Home</a></nav><article><h1>Truce rejected</h1><p>{paragraph}</p><p>The talks between the two \
         sides had gone on for three weeks in the capital, and the envoys left it without a word to the press, which had \
         waited for them in the rain since the early morning, as on every day before.</p></article></body></html>"
    )
}

#[test]
fn packed_files_are_read_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let plain = [line("a"), line("b")].concat();
    let gz = write(folder.path(), "x.jsonl.gz", gzip(plain.as_bytes()));
    let zst = write(
        folder.path(),
        "y.jsonl.zst",
        zstd::encode_all(plain.as_bytes(), 3).unwrap(),
    );
    // The content decides: this one has no ending that says so.
    let bare = write(folder.path(), "z.jsonl", gzip(plain.as_bytes()));
    let (found, _, code) = classify(&[&gz, &zst, &bare]);
    assert_eq!((ids(&found), code), (vec!["a", "b", "a", "b", "a", "b"], 0));
    let run = stance()
        .args(["classify", "-"])
        .write_stdin(gzip(plain.as_bytes()))
        .assert()
        .success();
    assert_eq!(records(&run.get_output().stdout).len(), 2);
}

#[test]
fn a_truncated_gzip_gives_its_good_records_and_one_fault() {
    let folder = tempfile::tempdir().unwrap();
    // Random ids keep the file from packing so well that nothing comes out of its half.
    let lines: String = (0..2_000u64)
        .map(|i| line(&format!("{:016x}", i.wrapping_mul(0x9E37_79B9_7F4A_7C15))))
        .collect();
    let packed = gzip(lines.as_bytes());
    let path = write(folder.path(), "x.jsonl.gz", &packed[..packed.len() / 2]);
    let (found, said, code) = classify(&[&path]);
    assert!(found.len() > 500 && found.len() < 1_500, "{}", found.len());
    assert!(
        said.contains(&format!(
            "{path}:{}: the packed data end too early",
            found.len() + 1
        )),
        "{said}"
    );
    assert!(said.contains("1 skipped"), "{said}");
    assert_eq!(code, 2);
}

#[test]
fn a_bomb_is_stopped_with_a_clear_error() {
    let folder = tempfile::tempdir().unwrap();
    let blanks = vec![b'\n'; 128 << 20];
    let path = write(folder.path(), "x.jsonl.gz", gzip(&blanks));
    let (_, said, code) = classify(&[&path]);
    assert!(
        said.contains("unpacks to more than 250 times its size"),
        "{said}"
    );
    assert_eq!(code, 2);
}

#[test]
fn tables_are_read_with_any_delimiter_and_ragged_rows_are_faults() {
    let folder = tempfile::tempdir().unwrap();
    let csv = write(
        folder.path(),
        "a.csv",
        format!(
            "id,outlet,date,text\n1,Kesh Times,2031-04-02,\"{TEXT}\"\n2,short\n3,x,y,\"{TEXT}\",more\n4,\"Kesh \"\"T\"\"\",,\"{TEXT}\"\n"
        ),
    );
    let (found, said, code) = classify(&[&csv]);
    assert_eq!((ids(&found), code), (vec!["1", "4"], 0));
    assert_eq!(found[0]["outlet"], "Kesh Times");
    assert_eq!(found[0]["date"], "2031-04-02");
    assert_eq!(found[1]["outlet"], "Kesh \"T\"");
    assert!(
        said.contains(&format!("{csv}:3: a row of 2 cells; expected 4")),
        "{said}"
    );
    assert!(
        said.contains(&format!("{csv}:4: a row of 5 cells; expected 4")),
        "{said}"
    );
    assert!(said.contains("2 skipped (2 broken)"), "{said}");
    let tsv = write(
        folder.path(),
        "b.tsv",
        format!("ID\tArticle\tNewspaper\n7\t{TEXT}\tKesh Times\n"),
    );
    let semicolons = write(
        folder.path(),
        "c.csv",
        format!("nr;story;medium\n8;\"{TEXT}\";Kesh Times\n"),
    );
    let (found, _, _) = classify(&[&tsv]);
    assert_eq!(
        (ids(&found), &found[0]["outlet"]),
        (vec!["7"], &"Kesh Times".into())
    );
    let (found, said, code) = classify(&[&semicolons]);
    assert!(found.is_empty() && code == 2);
    assert!(
        said.contains("no column with the text; the columns are nr, story, medium"),
        "{said}"
    );
    let (found, _, _) = classify(&[&semicolons, "--map", "id=nr,text=story,outlet=medium"]);
    assert_eq!(
        (ids(&found), &found[0]["outlet"]),
        (vec!["8"], &"Kesh Times".into())
    );
}

#[test]
fn a_quotation_mark_that_nobody_closes_is_one_fault() {
    let folder = tempfile::tempdir().unwrap();
    let rest = format!("3,{TEXT}\n").repeat(1 << 20);
    let path = write(
        folder.path(),
        "a.csv",
        format!("id,text\n1,\"{TEXT}\"\n2,\"open\n{rest}"),
    );
    let (found, said, code) = classify(&[&path]);
    assert_eq!((ids(&found), code), (vec!["1"], 2));
    assert!(
        said.contains("a row of more than 32 MB; a quotation mark may not be closed"),
        "{said}"
    );
    assert!(said.contains("1 skipped"), "{said}");
}

#[test]
fn json_is_read_in_lists_and_over_many_lines_and_fields_can_be_named() {
    let folder = tempfile::tempdir().unwrap();
    let list =
        serde_json::json!([{"id": "a", "text": TEXT}, {"id": "b"}, {"id": "c", "text": TEXT}]);
    let path = write(
        folder.path(),
        "a.json",
        serde_json::to_string_pretty(&list).unwrap(),
    );
    let (found, said, code) = classify(&[&path]);
    assert_eq!((ids(&found), code), (vec!["a", "c"], 0));
    assert!(
        said.contains(&format!("{path}:6: an article without text")),
        "{said}"
    );
    // Lines under the name of .json.
    let lines = write(folder.path(), "b.json", [line("x"), line("y")].concat());
    assert_eq!(ids(&classify(&[&lines]).0), ["x", "y"]);
    let own = serde_json::json!({"story": TEXT, "paper": "Kesh Times", "source": "https://kesh.example/1"});
    let own = write(folder.path(), "c.jsonl", own.to_string());
    let (found, _, _) = classify(&[&own, "--map", "text=story", "--map", "outlet=paper"]);
    assert_eq!(
        (&found[0]["outlet"], &found[0]["url"]),
        (&"Kesh Times".into(), &"https://kesh.example/1".into())
    );
    stance()
        .args(["classify", &own, "--map", "words=story"])
        .assert()
        .code(2);
}

#[test]
fn a_page_gives_its_main_text_and_metadata() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "a.html", page(TEXT));
    let (found, _, code) = classify(&[&path, "--with-text"]);
    assert_eq!((found.len(), code), (1, 0));
    assert_eq!(found[0]["outlet"], "Kesh Times");
    let text: Vec<char> = found[0]["article_text"].as_str().unwrap().chars().collect();
    let at = |field: &str| usize::try_from(found[0][field].as_u64().unwrap()).unwrap();
    assert_eq!(
        found[0]["text"],
        text[at("start")..at("end")].iter().collect::<String>()
    );
    assert!(!text.iter().collect::<String>().contains("Home"));
    // Standard input is told by its content.
    let run = stance()
        .args(["classify", "-"])
        .write_stdin(page(TEXT))
        .assert()
        .success();
    assert_eq!(records(&run.get_output().stdout).len(), 1);
    let deep = write(folder.path(), "deep.html", "<div>".repeat(200_000));
    let (_, said, code) = classify(&[&deep]);
    assert!(
        said.contains("more than 512 elements inside each other") && code == 2,
        "{said}"
    );
}

#[test]
fn a_folder_of_rubbish_gives_its_articles_and_lists_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    std::fs::create_dir(&inner).unwrap();
    write(folder.path(), "b.jsonl", line("b"));
    write(&inner, "c.txt", TEXT);
    write(folder.path(), "a.txt.gz", gzip(TEXT.as_bytes()));
    write(folder.path(), ".hidden.txt", TEXT);
    write(folder.path(), "photo.jpg", b"\xFF\xD8\xFF\xE0");
    write(folder.path(), "README", "read me");
    write(folder.path(), "empty.txt", "");
    write(folder.path(), "fake.txt", b"%PDF-1.7\n\x00\x01");
    write(
        folder.path(),
        "noise.html",
        (0..=255u8).cycle().take(9_000).collect::<Vec<_>>(),
    );
    write(folder.path(), "noise.docx", b"PK\x03\x04 no archive");
    write(folder.path(), "noise.parquet", b"PAR1 no table PAR1");
    write(folder.path(), "noise.warc", b"no archive");
    write(folder.path(), "noise.zst", b"x");
    let path = folder.path().to_string_lossy().into_owned();
    let errors = folder.path().join("errors.list");
    let (found, said, code) = classify(&[&path, "--errors", &errors.to_string_lossy()]);
    assert_eq!(code, 0, "{said}");
    let expected = [
        format!("{path}/a"),
        "b".to_owned(),
        format!("{path}/inner/c"),
    ];
    assert_eq!(ids(&found), expected);
    assert!(said.contains("3 articles, 3 statements"), "{said}");
    let listed = records(&std::fs::read(&errors).unwrap());
    let of = |why: &str| listed.iter().filter(|one| one["why"] == why).count();
    // README, photo.jpg and noise.zst are of no kind; empty, fake, html, docx, parquet and warc are broken.
    assert_eq!((of("file-kind"), of("record")), (3, 6), "{listed:?}");
    assert!(
        listed
            .iter()
            .all(|one| !one["found"].as_str().unwrap().is_empty())
    );
    assert!(
        listed
            .iter()
            .any(|one| one["found"].as_str().unwrap().starts_with("a PDF"))
    );
    stance()
        .args(["classify", "--strict", &path])
        .assert()
        .code(1);
}

#[test]
fn patterns_are_matched_in_order_of_names() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("2031").join("04");
    std::fs::create_dir_all(&inner).unwrap();
    write(&inner, "b.jsonl", line("b"));
    write(&inner, "a.jsonl", line("a"));
    write(&inner, "a.csv", "no");
    let pattern = format!("{}/**/*.jsonl", folder.path().display());
    assert_eq!(ids(&classify(&[&pattern]).0), ["a", "b"]);
    let none = format!("{}/*.xml", folder.path().display());
    let (_, said, code) = classify(&[&none]);
    assert!(
        said.contains("no file matches this pattern") && code == 2,
        "{said}"
    );
}

fn warc(records: &[(&str, &str, &str)]) -> Vec<Vec<u8>> {
    records
        .iter()
        .map(|(kind, url, body)| {
            let body = match *kind {
                "response" => format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}"),
                _ => (*body).to_owned(),
            };
            format!(
                "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-04-02T08:00:00Z\r\n\
                 Content-Length: {}\r\n\r\n{body}\r\n\r\n",
                body.len()
            )
            .into_bytes()
        })
        .collect()
}

#[test]
fn archives_give_their_pages_packed_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let page = page(TEXT);
    let parts = warc(&[
        ("warcinfo", "", "software: x"),
        ("request", "https://kesh.example/1", "GET / HTTP/1.1"),
        ("response", "https://www.kesh.example/1", &page),
        ("response", "https://kesh.example/2", &page),
    ]);
    let plain = write(folder.path(), "a.warc", parts.concat());
    let members: Vec<u8> = parts.iter().flat_map(|part| gzip(part)).collect();
    let packed = write(folder.path(), "b.warc.gz", members);
    for path in [&plain, &packed] {
        let (found, said, code) = classify(&[path]);
        assert_eq!(code, 0, "{said}");
        assert_eq!(
            ids(&found),
            ["https://www.kesh.example/1", "https://kesh.example/2"]
        );
        assert_eq!(found[0]["url"], "https://www.kesh.example/1");
        assert_eq!(found[0]["date"], "2031-04-02T08:00:00Z");
    }
}

#[test]
fn a_file_without_a_record_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let csv = write(folder.path(), "a.csv", "id,text\n");
    let archive = warc(&[("warcinfo", "", "software: x")]).concat();
    let archive = write(folder.path(), "b.warc", archive);
    let good = write(folder.path(), "c.jsonl", line("c"));
    let errors = folder.path().join("errors.jsonl");
    let (found, said, code) =
        classify(&[&csv, &archive, &good, "--errors", &errors.to_string_lossy()]);
    assert_eq!((ids(&found), code), (vec!["c"], 0));
    assert!(said.contains("2 skipped (2 without an article)"), "{said}");
    let listed = records(&std::fs::read(&errors).unwrap());
    assert_eq!(
        (&listed[0]["path"], &listed[1]["path"]),
        (&csv.into(), &archive.into())
    );
    assert_eq!(listed[0]["why"], "no-article");
}

#[test]
fn an_archive_cut_in_the_middle_is_one_fault_with_its_offset() {
    let folder = tempfile::tempdir().unwrap();
    let page = page(TEXT);
    let parts = warc(&[
        ("response", "https://kesh.example/1", &page),
        ("response", "https://kesh.example/2", &page),
    ]);
    let whole = parts.concat();
    let path = write(
        folder.path(),
        "a.warc",
        &whole[..parts[0].len() + parts[1].len() / 2],
    );
    let errors = folder.path().join("errors.jsonl");
    let (found, said, code) = classify(&[&path, "--errors", &errors.to_string_lossy()]);
    assert_eq!((found.len(), code), (1, 2));
    let expected = format!(
        "{path}: at byte {}: the archive ends inside a record",
        parts[0].len()
    );
    assert!(said.contains(&expected), "{said}");
    let listed = records(&std::fs::read(&errors).unwrap());
    assert_eq!(
        (listed.len(), &listed[0]["offset"]),
        (1, &parts[0].len().into())
    );
    // Damage between two records costs itself alone.
    let damaged = [parts[0].as_slice(), b"rubbish\nmore rubbish\n", &parts[1]].concat();
    let path = write(folder.path(), "b.warc", damaged);
    let (found, said, _) = classify(&[&path]);
    assert_eq!(found.len(), 2);
    assert!(
        said.contains(&format!(
            "at byte {}: bytes that belong to no record",
            parts[0].len()
        )),
        "{said}"
    );
    assert!(said.contains("1 skipped"), "{said}");
    // Cut in a packed member.
    let members: Vec<Vec<u8>> = parts.iter().map(|part| gzip(part)).collect();
    let cut = [members[0].as_slice(), &members[1][..members[1].len() / 2]].concat();
    let path = write(folder.path(), "c.warc.gz", cut);
    let (found, said, code) = classify(&[&path]);
    assert_eq!((found.len(), code), (1, 2));
    assert!(said.contains("the packed data end too early"), "{said}");
}

#[test]
fn encodings_are_found_out_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let words = "Norvania rejected the truce, the caf\u{E9} owner\u{2019}s president said.";
    let (older, _, _) = encoding_rs::WINDOWS_1252.encode(words);
    let text = write(folder.path(), "a.txt", &older);
    let csv = write(
        folder.path(),
        "b.csv",
        [b"id,text\n1,\"".as_slice(), &older, b"\"\n"].concat(),
    );
    let wide: Vec<u8> = std::iter::once(0xFEFF)
        .chain(format!("{}\n", serde_json::json!({"id": "w", "text": words})).encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let wide = write(folder.path(), "c.jsonl", wide);
    let (found, said, code) = classify(&[&text, &csv, &wide]);
    assert_eq!((found.len(), code), (3, 0), "{said}");
    for record in &found {
        assert!(
            record["text"]
                .as_str()
                .unwrap()
                .contains("caf\u{E9} owner\u{2019}s"),
            "{record}"
        );
    }
    assert!(
        said.contains(&format!("{text}: read as windows-1252")),
        "{said}"
    );
    assert!(
        said.contains("1 read as UTF-16LE, 2 read as windows-1252"),
        "{said}"
    );
    // UTF-8 with one broken letter is not taken for another encoding.
    let damaged = write(
        folder.path(),
        "d.txt",
        "\u{201C}No,\u{201D} he said.\n\u{201C}"
            .as_bytes()
            .split_last()
            .unwrap()
            .1,
    );
    let (_, said, code) = classify(&["-q", &damaged]);
    assert!(
        said.starts_with(&format!("stance: {damaged}:2: byte 0xE2 is not UTF-8")),
        "{said}"
    );
    assert_eq!(code, 2);
}

#[test]
fn articles_in_another_language_are_counted_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let german = "Die Regierung lehnte den Waffenstillstand am Montag ab und sagte, dass die Bedingungen nicht ausreichend \
                  seien, um die Verhandlungen fortzusetzen, berichtete die Zeitung am Dienstag in ihrer Ausgabe.";
    let lines = format!(
        "{}{}\n",
        line("en"),
        serde_json::json!({"id": "de", "text": german})
    );
    let path = write(folder.path(), "a.jsonl", lines);
    let (found, said, code) = classify(&[&path, "--strict"]);
    assert_eq!((ids(&found), code), (vec!["en"], 0));
    assert!(
        said.contains(&format!("{path}:2: an article in German; expected English")),
        "{said}"
    );
    assert!(said.contains("1 skipped (1 not in English)"), "{said}");
    assert!(
        classify(&[&path, "--any-language"])
            .1
            .contains("2 articles")
    );
}

#[test]
fn a_repeated_paragraph_counts_once_and_offsets_stay_those_of_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "{TEXT}\n\nTalks go on.\n\n{TEXT}\n\nTavria accepted the ceasefire plan, its envoy said."
    );
    let path = write(folder.path(), "a.txt", &text);
    let (found, _, _) = classify(&[&path]);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0]["start"], 0);
    assert_eq!(found[1]["start"], text.find("Tavria").unwrap());
    assert_eq!(
        found[1]["statement"].as_str().unwrap().rsplit('#').next(),
        Some("2")
    );
}

#[test]
fn a_line_of_a_hundred_megabytes_is_a_fault_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    file.write_all(line("a").as_bytes()).unwrap();
    file.write_all(b"{\"text\":\"").unwrap();
    let megabyte = "truce talk ".repeat(1 << 20).into_bytes();
    for _ in 0..10 {
        file.write_all(&megabyte).unwrap();
    }
    file.write_all(b"\"}\n").unwrap();
    file.write_all(line("b").as_bytes()).unwrap();
    drop(file);
    let shown = path.to_string_lossy();
    let (found, said, code) = classify(&[&shown]);
    assert_eq!((ids(&found), code), (vec!["a", "b"], 0));
    assert!(
        said.contains(&format!("{shown}:2: a record of more than 32 MB")),
        "{said}"
    );
}

#[test]
fn own_actors_are_checked_and_used_for_ready_statements_too() {
    let folder = tempfile::tempdir().unwrap();
    let bad = write(
        folder.path(),
        "bad.tsv",
        "# mine\nFree North\tmovement\tNorthland\nSouth Front movement\n",
    );
    stance()
        .args(["classify", "--actors", &bad, "-"])
        .write_stdin(TEXT)
        .assert()
        .code(2)
        .stdout("")
        .stderr(predicate::str::contains(format!(
            "{bad}:3: 1 field; expected name, type"
        )));
    let good = write(
        folder.path(),
        "good.tsv",
        "Free North\tmovement\tNorthland\tFN\n",
    );
    let row = |i: usize| {
        serde_json::json!({"id": i, "text": "FN rejected the truce.", "actor": "FN"}).to_string()
    };
    let rows = (0..100).map(row).collect::<Vec<_>>().join("\n");
    let run = |threads: &str| {
        let run = stance()
            .args([
                "classify",
                "--from",
                "statements",
                "--with-text",
                "--actors",
                &good,
                "--threads",
                threads,
            ])
            .write_stdin(rows.clone())
            .assert()
            .success();
        run.get_output().stdout.clone()
    };
    let one = run("1");
    assert!(one == run("3"));
    let found = records(&one);
    assert_eq!(found.len(), 100);
    assert_eq!(found[99]["id"], 99);
    assert_eq!(found[0]["actor"]["name"], "Free North");
    assert_eq!(found[0]["actor"]["side"], "Northland");
    assert_eq!(found[0]["article_text"], "FN rejected the truce.");
}
