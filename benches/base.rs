//! What the built-in model gives to a few labels of a user's own: macro-F1 on held-out articles of the test part, whose
//! conflicts no training text knows, with the model alone, own labels alone, own labels on top of the model (`--base`) at
//! several strengths, and own labels beside the shipped training data (`--base=training-data/train`). Articles are drawn at
//! random until 100 and 400 statements are labelled; the other half of the articles measures. Ten draws; the shipped data
//! only in three, for time. Run with `cargo bench --bench base`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program that prints figures and cannot go on without its data"
)]

use std::collections::BTreeSet;

use rayon::prelude::*;
use stance::corpus::load;
use stance::evaluate::Confusion;
use stance::evaluate::bootstrap::Chance;
use stance::features::{Example, Features, Lexicon, examples};
use stance::label::LabelSet;
use stance::model::Model;
use stance::model::ground::{Ground, Prior};
use stance::model::train::{Settings, TrainingRow, judge_held_out};
use stance::text::WordTable;

const DRAWS: u64 = 10;
const DRAWS_WITH_SHIPPED: u64 = 3;
const SIZES: [usize; 3] = [100, 200, 400];
/// C of own labels on top of the model.
const STRENGTHS: [f64; 5] = [0.03, 0.1, 0.3, 1.0, 3.0];
/// What a shipped statement counts beside one of the user's.
const WEIGHTS: [f32; 2] = [1.0, 0.2];

fn main() {
    let model = Model::embedded().unwrap();
    let (mut features, mut words) = (Features::new(Lexicon::new(None).unwrap()), WordTable::new());
    let mut read = |part: &str| {
        let path = format!("{}/training-data/{part}", env!("CARGO_MANIFEST_DIR"));
        let labelled = load(&[path.into()], &LabelSet::stance(), &LabelSet::tone()).unwrap();
        examples(&labelled, &mut features, &mut words)
    };
    let (own, shipped) = (read("test"), read("train"));
    let mut ways = vec!["model alone".to_owned(), "own labels alone".to_owned()];
    ways.extend(STRENGTHS.map(|c| format!("own on the model, C = {c}")));
    ways.extend(WEIGHTS.map(|w| format!("own and shipped statements, weight {w}")));
    println!(
        "{:42}{}",
        "macro-F1 with own labels:",
        SIZES.map(|n| format!("{n:>16}")).concat()
    );
    let columns: Vec<Vec<Vec<f64>>> = SIZES
        .iter()
        .map(|&size| {
            let draws = (1..=DRAWS).into_par_iter();
            draws
                .map(|seed| one_draw(&own, &shipped, &model, size, seed))
                .collect()
        })
        .collect();
    for (way, name) in ways.iter().enumerate() {
        let cells = columns.iter().map(|draws| {
            let scores: Vec<f64> = draws
                .iter()
                .filter_map(|draw| draw.get(way).copied())
                .collect();
            let n = scores.len() as f64;
            let mean = scores.iter().sum::<f64>() / n;
            let spread = scores.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / (n - 1.0);
            format!("  {mean:>6.3} ({:.3})", spread.sqrt())
        });
        println!("{name:42}{}", cells.collect::<String>());
    }
    println!("(standard deviation over draws)");
}

/// Macro-F1 of each way.
fn one_draw(
    own: &[Example],
    shipped: &[Example],
    model: &Model,
    size: usize,
    seed: u64,
) -> Vec<f64> {
    let mut chance = Chance::new(seed, 0);
    let mut articles: Vec<&str> = own
        .iter()
        .map(|one| one.article.as_str())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    for at in (1..articles.len()).rev() {
        articles.swap(at, chance.below(at + 1));
    }
    let (labelled, held) = articles.split_at(articles.len() / 2);
    let settings = Settings::default();
    let of = |names: &[&str]| -> Vec<TrainingRow<'_>> {
        let rows = names
            .iter()
            .flat_map(|name| own.iter().filter(move |one| one.article == *name));
        rows.filter_map(|one| TrainingRow::of(one, &settings))
            .collect()
    };
    let mut seen = of(labelled);
    seen.truncate(size);
    let held = of(held);
    let score = |seen: &[TrainingRow<'_>], ground: &Ground<'_>, c: f64| {
        let settings = Settings {
            c,
            ..settings.clone()
        };
        let judged = judge_held_out(seen, ground, &held, &settings).unwrap();
        let pairs = held
            .iter()
            .zip(judged)
            .map(|(row, label)| (row.stance, label));
        Confusion::of(4, pairs).macro_f1().unwrap()
    };
    let on_model = |pull: f64| Ground {
        prior: Some(Prior { model, pull }),
        ..Ground::default()
    };
    // A pull beyond measure leaves the model as it is.
    let mut scores = vec![
        score(&seen, &on_model(1e9), 1.0),
        score(&seen, &Ground::default(), settings.c),
    ];
    scores.extend(STRENGTHS.map(|c| score(&seen, &on_model(1.0), c)));
    if seed <= DRAWS_WITH_SHIPPED {
        for weight in WEIGHTS {
            let rows: Vec<TrainingRow<'_>> = shipped
                .iter()
                .filter_map(|one| TrainingRow::of(one, &settings))
                .map(|row| TrainingRow { weight, ..row })
                .collect();
            let ground = Ground {
                rows: &rows,
                ..Ground::default()
            };
            scores.push(score(&seen, &ground, settings.c));
        }
    }
    scores
}
