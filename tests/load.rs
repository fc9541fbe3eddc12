//! Many articles in one run: every one that goes in comes out classified or is counted as skipped with its reason, and memory
//! stays flat. `tests/load/run N` does it with N articles and prints the figures; here it is a few. All text is invented.

#![cfg(target_os = "linux")]
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

/// One article in this many is broken, one is German, one is empty.
const BROKEN: usize = 1_000;
const GERMAN: usize = 1_500;
const EMPTY: usize = 2_500;

/// Articles: as many as `STANCE_ARTICLES` says.
fn n_articles() -> usize {
    let wished = std::env::var("STANCE_ARTICLES")
        .ok()
        .and_then(|n| n.parse().ok());
    wished.unwrap_or(20_000)
}

/// An article of about 600 bytes with names, days and words of its own, so that no table of words stays small.
fn line(at: usize) -> String {
    if at % BROKEN == 3 {
        return format!("{{\"id\":\"{at}\",\"text\":\n");
    }
    if at % GERMAN == 5 {
        return format!(
            "{{\"id\":\"{at}\",\"text\":\"Die Regierung in Kesh hat die Waffenruhe am {at}. Tag abgelehnt. Der Sprecher des Ministeriums sagte \
             den Journalisten, dass die Verhandlungen mit den Nachbarn im Herbst weitergehen sollen und niemand wisse, wann sie enden.\"}}\n"
        );
    }
    if at % EMPTY == 7 {
        return format!("{{\"id\":\"{at}\",\"title\":\"nothing\"}}\n");
    }
    let name: String = (0..6)
        .map(|place| char::from(b'a' + (at >> (4 * place)) as u8 % 16))
        .collect();
    format!(
        "{{\"id\":\"{at}\",\"outlet\":\"Outlet {}\",\"date\":\"2031-04-{:02}\",\"text\":\"KESH - Norvania rejected the {at}-day truce on Monday. \
         President Dana K{name} told reporters that the plan of district {name} was a trap, and that its army would hold the bridges of the \
         Orva river until spring.\\n\\nTavria accepted the ceasefire plan, its envoy Ana L{name} said. \\u201cWe will sign it, and we ask others \
         to sign it too,\\u201d she added.\\n\\nShipping companies counted {at} grain vessels off the coast of {name}. The talks go on in the \
         old harbour, where observers of the Meridian Union have waited since the first snow.\"}}\n",
        at % 40,
        1 + at % 28
    )
}

fn kilobytes(status: &str, field: &str) -> Option<u64> {
    status.lines().find_map(|line| {
        line.strip_prefix(field)?
            .split_whitespace()
            .next()?
            .parse()
            .ok()
    })
}

#[test]
fn what_goes_in_comes_out_or_is_skipped_with_a_reason_in_flat_memory() {
    let n = n_articles();
    let folder = tempfile::tempdir().unwrap();
    let errors = folder.path().join("errors.jsonl");
    let mut child = Command::new(env!("CARGO_BIN_EXE_stance"))
        .args(["classify", "-", "--from", "jsonl", "--errors"])
        .arg(&errors)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let began = Instant::now();
    let mut input = BufWriter::with_capacity(1 << 20, child.stdin.take().unwrap());
    let status = format!("/proc/{}/status", child.id());
    // Most memory in use until each twentieth of the way.
    let writer = std::thread::spawn(move || {
        let (mut peaks, mut bytes) = (Vec::new(), 0);
        for at in 0..n {
            let line = line(at);
            bytes += line.len();
            input.write_all(line.as_bytes()).unwrap();
            if (at + 1) % (n / 20).max(1) == 0 {
                let status = std::fs::read_to_string(&status).unwrap();
                peaks.extend(kilobytes(&status, "VmHWM:"));
            }
        }
        (peaks, bytes)
    });
    let mut articles = 0;
    let mut statements = 0;
    let mut last = String::new();
    for record in BufReader::new(child.stdout.take().unwrap()).lines() {
        let record = record.unwrap();
        let id = record
            .split("\"article\":\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        articles += usize::from(id != last);
        id.clone_into(&mut last);
        statements += 1;
    }
    let (peaks, bytes) = writer.join().unwrap();
    let run = child.wait_with_output().unwrap();
    let seconds = began.elapsed().as_secs_f64();
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(run.status.success(), "{said}");
    let last_line = said.lines().last().unwrap();
    let count = |step: usize, first: usize| {
        if n > first {
            (n - first).div_ceil(step)
        } else {
            0
        }
    };
    // 3 + 1000 i, 5 + 1500 j and 7 + 2500 k never meet: they leave 3, 5 or 7 when divided by 500.
    let (broken, german, empty) = (count(BROKEN, 3), count(GERMAN, 5), count(EMPTY, 7));
    let skipped = broken + german + empty;
    assert_eq!(
        articles,
        n - skipped,
        "articles with statements; every good one has some"
    );
    let expected = format!("{} articles, {statements} statements, ", n - skipped);
    assert!(last_line.starts_with(&expected), "{last_line}");
    let reasons = format!(
        "{skipped} skipped ({} broken, {german} not in English)",
        broken + empty
    );
    assert!(last_line.contains(&reasons), "{last_line}");
    let listed = std::fs::read_to_string(&errors).unwrap();
    assert_eq!(listed.lines().count(), skipped);
    assert!(
        listed
            .lines()
            .all(|line| !line.contains("\"found\":\"\"") && line.contains("\"line\":"))
    );
    let (early, end) = (peaks[peaks.len() / 4], *peaks.last().unwrap());
    println!(
        "{n} articles, {:.0} MB, in {seconds:.0} s ({:.1} MB/s, standard output read by the test); {} classified with {statements} statements \
         + {skipped} skipped; most memory {} MB after a quarter, {} after half, {} after three, {} at the end",
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / seconds,
        n - skipped,
        early / 1024,
        peaks[peaks.len() / 2] / 1024,
        peaks[peaks.len() * 3 / 4] / 1024,
        end / 1024
    );
    // Tables of words are emptied at a bound; what grows with the input would grow fourfold.
    assert!(end < 2 * early && end < 600_000, "{peaks:?} kB");
}
