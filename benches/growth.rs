//! How the time for one article grows with its length, from 1 kB to 10 MB: extraction (tokens and statements) and the whole
//! chain, on an ordinary article and on texts made to repeat one construction without end. Run with
//! `cargo bench --bench growth`; prints nanoseconds a byte, the best of several runs, and for each text by how much they
//! grow from 10 kB on: a tenth of the length costs a tenth of the time where that is near 1. It measures and judges nothing.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program that prints figures and cannot go on without its model"
)]

use std::time::Instant;

use stance::classify::{Classifier, Wishes};
use stance::corpus::Article;
use stance::model::Model;
use stance::statements::Extractor;
use stance::text::{Document, WordTable};

const ARTICLE: &str = include_str!("../docs/examples/grain-corridor.txt");
const SIZES: [usize; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
/// Bytes that are read in all for one figure.
const READ: usize = 2_000_000;
/// Most runs for one figure.
const RUNS: usize = 200;
/// The size that growth is counted from, as a place in `SIZES`.
const FROM: usize = 1;

fn main() {
    let model = Model::embedded().unwrap();
    let mut classifier = Classifier::new(&model, None).unwrap();
    let texts = [
        ("an article", ARTICLE),
        ("President of ...", "President of "),
        ("names in a row", "Dana Holm and "),
        ("open marks", "\u{201C}No "),
        ("verbs", "said that "),
        ("one sentence", "Dana Holm said the truce holds and "),
        ("speakers", "HOLM: We wait.\n\n"),
    ];
    println!("nanoseconds a byte      1 kB   10 kB  100 kB    1 MB   10 MB  growth");
    for (name, unit) in texts {
        let extraction = SIZES.map(|size| {
            let text = of_size(unit, size);
            let mut words = WordTable::new();
            let mut extractor = Extractor::new(&mut words);
            best(size, || {
                let document = Document::read(&text, &mut words);
                extractor.extract(&document, &words).len()
            })
        });
        print(name, "statements", &extraction);
        let chain = SIZES.map(|size| {
            let article = Article::of_text("a", of_size(unit, size));
            best(size, || {
                classifier.article(&article, Wishes::default()).len()
            })
        });
        print("", "whole chain", &chain);
    }
}

/// `unit` again and again, about `size` bytes.
fn of_size(unit: &str, size: usize) -> String {
    let mut text = unit.repeat(size.div_ceil(unit.len()));
    let end = (0..=size).rev().find(|&at| text.is_char_boundary(at));
    text.truncate(end.unwrap_or(0));
    text
}

/// Nanoseconds a byte of the fastest run.
fn best(size: usize, mut run: impl FnMut() -> usize) -> f64 {
    let runs = (READ / size).clamp(1, RUNS);
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            start.elapsed().as_nanos() as f64 / size as f64
        })
        .fold(f64::INFINITY, f64::min)
}

fn print(name: &str, part: &str, figures: &[f64]) {
    let growth = figures.last().unwrap_or(&0.0) / figures[FROM];
    let figures: Vec<String> = figures
        .iter()
        .map(|figure| format!("{figure:8.1}"))
        .collect();
    println!("{name:<17}{part:<12}{}  {growth:5.2}", figures.concat());
}
