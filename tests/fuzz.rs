//! The fuzz targets of `fuzz/src` on their seeds and on mutations of them, for a moment each: blind, without coverage to guide
//! them, since a build with coverage takes minutes. `fuzz/run SECONDS` is the guided one. `STANCE_FUZZ_MS` sets the
//! milliseconds a target, 700 if it is not set.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]
#![expect(
    unreachable_pub,
    reason = "the targets are a crate of their own elsewhere"
)]

#[path = "../fuzz/src/labels.rs"]
mod labels;
#[path = "../fuzz/src/model.rs"]
mod model;
#[path = "../fuzz/src/place.rs"]
mod place;
#[path = "../fuzz/src/readers.rs"]
mod readers;
#[path = "../fuzz/src/text.rs"]
mod text;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use stance::corpus::Format;

type Target = fn(&[u8]);

/// Every file in `fuzz/targets` under its name.
const TARGETS: [(&str, Target); 17] = [
    ("classify", text::classify),
    ("csv", |bytes| readers::reader(Format::Csv, bytes)),
    ("extract", text::extract),
    ("factiva", |bytes| readers::reader(Format::Factiva, bytes)),
    ("features", text::features),
    ("html", |bytes| readers::reader(Format::Html, bytes)),
    ("import", labels::import),
    ("json", |bytes| readers::reader(Format::Json, bytes)),
    ("jsonl", |bytes| readers::reader(Format::Jsonl, bytes)),
    ("labelled", labels::labelled),
    ("model", model::model),
    ("nexis", |bytes| readers::reader(Format::Nexis, bytes)),
    ("packed", readers::packed),
    ("parquet", |bytes| readers::reader(Format::Parquet, bytes)),
    ("ready", readers::ready),
    ("text", |bytes| readers::reader(Format::Text, bytes)),
    ("warc", |bytes| readers::reader(Format::Warc, bytes)),
];

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

/// Pseudo-random numbers, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// A few changes: bytes and bits, parts left out, doubled, moved or taken from another seed, and words of the dictionary.
fn mutated(seeds: &[Vec<u8>], words: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len() + 1);
        let end = (at + chance.below(40)).min(bytes.len());
        match chance.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 if at < bytes.len() => {
                bytes[at] = [0, 0xFF, 0x7F, 0x80, b'"', b'<', b'\n', b'9'][chance.below(8)];
            }
            2 => drop(bytes.drain(at..end)),
            3 => {
                let part = bytes[at..end].repeat(1 + chance.below(4));
                bytes.splice(at..at, part);
            }
            4 => {
                let other = &seeds[chance.below(seeds.len())];
                let from = chance.below(other.len() + 1);
                let part = other[from..(from + chance.below(80)).min(other.len())].to_vec();
                bytes.splice(at..end, part);
            }
            5 => drop(bytes.splice(at..at, words[chance.below(words.len())].iter().copied())),
            _ => bytes.truncate(if chance.below(4) == 0 {
                at
            } else {
                bytes.len()
            }),
        }
    }
    bytes
}

/// The words of libFuzzer's dictionary.
fn words() -> Vec<Vec<u8>> {
    let file = std::fs::read_to_string(fuzz().join("words.dict")).unwrap();
    let word = |line: &str| {
        let mut bytes = Vec::new();
        let mut rest = line.strip_prefix('"')?.strip_suffix('"')?.bytes();
        while let Some(byte) = rest.next() {
            bytes.push(match (byte, byte == b'\\') {
                (_, true) => match rest.next()? {
                    b'x' => {
                        let hex = [rest.next()?, rest.next()?];
                        u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?
                    }
                    plain => plain,
                },
                (plain, false) => plain,
            });
        }
        Some(bytes)
    };
    let words: Vec<Vec<u8>> = file
        .lines()
        .filter(|line| line.starts_with('"'))
        .map(|line| word(line).unwrap())
        .collect();
    assert!(words.len() > 20);
    words
}

#[test]
fn every_target_holds_on_its_seeds_and_on_mutations_of_them() {
    place::start();
    let names: Vec<String> = files(&fuzz().join("targets"))
        .iter()
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, TARGETS.map(|(name, _)| name));
    let time = std::env::var("STANCE_FUZZ_MS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(700);
    let words = words();
    for (name, target) in TARGETS {
        let seeds: Vec<Vec<u8>> = files(&fuzz().join("seeds").join(name))
            .iter()
            .map(|path| std::fs::read(path).unwrap())
            .collect();
        let run = |bytes: &[u8]| {
            if catch_unwind(AssertUnwindSafe(|| target(bytes))).is_err() {
                let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("broken-{name}"));
                std::fs::write(&kept, bytes).unwrap();
                panic!("{name} broke on {}", kept.display());
            }
        };
        for seed in &seeds {
            run(seed);
        }
        run(&[]);
        let (began, mut chance, mut n) = (Instant::now(), Chance(1), 0);
        while began.elapsed() < Duration::from_millis(time) {
            run(&mutated(&seeds, &words, &mut chance));
            n += 1;
        }
        println!("{name}: {n} mutations");
    }
    place::end();
}
