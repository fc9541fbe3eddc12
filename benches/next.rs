//! Whether 400 labels that `stance labels next` chooses make a better model than 400 drawn at random: a simulation on the
//! articles of the shipped training data (its contrast sets are no corpus), paired over ten seeds. Each seed holds out a quarter of the groups for measuring; 100 labels are
//! drawn at random for a first model, 300 more are chosen in three rounds, the model learnt anew after each. Run with
//! `cargo bench --bench next`; prints macro-F1 of stance.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program that prints figures and cannot go on without its data"
)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use rayon::prelude::*;
use stance::corpus::load;
use stance::evaluate::Confusion;
use stance::evaluate::bootstrap::Chance;
use stance::features::{Example, Features, Lexicon, Row, Weighting, examples, vectorize};
use stance::label::LabelSet;
use stance::labels::next::{By, Candidate, choose};
use stance::model::train::{Settings, Trained, TrainingRow, train};
use stance::text::WordTable;

const SEEDS: u64 = 10;
const FIRST: usize = 100;
const ROUNDS: usize = 3;
const LABELS: usize = 400;
const WAYS: [(&str, By); 4] = [
    ("random", By::Random),
    ("uncertain", By::Uncertain),
    ("diverse", By::Diverse),
    ("stratified", By::Stratified),
];

fn main() {
    let stances = LabelSet::stance();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/training-data/train");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains("/articles-"))
        .collect();
    files.sort();
    let labelled = load(&files, &stances, &LabelSet::tone()).unwrap();
    let mut features = Features::new(Lexicon::new(None).unwrap());
    let found = examples(&labelled, &mut features, &mut WordTable::new());
    let scores: Vec<Vec<f64>> = (1..=SEEDS)
        .into_par_iter()
        .map(|seed| one_seed(&found, &stances, seed))
        .collect();
    println!("way         macro-F1  against random  standard error  wins of {SEEDS}");
    for (way, (name, _)) in WAYS.iter().enumerate() {
        let n = SEEDS as f64;
        let mean = scores.iter().map(|row| row[way]).sum::<f64>() / n;
        let apart: Vec<f64> = scores.iter().map(|row| row[way] - row[0]).collect();
        let gain = apart.iter().sum::<f64>() / n;
        let variance = apart.iter().map(|a| (a - gain).powi(2)).sum::<f64>() / (n - 1.0);
        let wins = apart.iter().filter(|a| **a > 0.0).count();
        let error = (variance / n).sqrt();
        println!("{name:<12}{mean:.4}    {gain:+.4}         {error:.4}          {wins}");
    }
}

/// Macro-F1 of each way.
fn one_seed(found: &[Example], stances: &LabelSet, seed: u64) -> Vec<f64> {
    let mut chance = Chance::new(seed, 0);
    let groups: BTreeSet<&str> = found.iter().map(|one| one.group.as_str()).collect();
    let groups: Vec<&str> = groups.into_iter().collect();
    let order = shuffled(groups.len(), &mut chance);
    let held: BTreeSet<&str> = order[..groups.len() / 4]
        .iter()
        .map(|&at| groups[at])
        .collect();
    let (test, pool): (Vec<usize>, Vec<usize>) =
        (0..found.len()).partition(|&at| held.contains(found[at].group.as_str()));
    let order = shuffled(pool.len(), &mut chance);
    let pool: Vec<usize> = order.into_iter().map(|at| pool[at]).collect();
    let (first, rest) = pool.split_at(FIRST);
    WAYS.iter()
        .map(|(_, by)| {
            let (mut labelled, mut rest) = (first.to_vec(), rest.to_vec());
            for round in 0..ROUNDS {
                let model = learn(found, &labelled, stances, seed);
                let candidates: Vec<Candidate> = rest
                    .iter()
                    .map(|&at| candidate(&found[at], &model))
                    .collect();
                let n = (LABELS - FIRST) / ROUNDS;
                let chosen = choose(&candidates, n, *by, seed * 100 + round as u64);
                for one in chosen.iter().rev() {
                    labelled.push(rest.swap_remove(one.at));
                }
            }
            let model = learn(found, &labelled, stances, seed);
            let pairs = test.iter().map(|&at| {
                let gold = stances.position(&found[at].stance).unwrap();
                (gold, model.stance.predict(&row(&found[at], &model)).label)
            });
            Confusion::of(stances.len(), pairs).macro_f1().unwrap()
        })
        .collect()
}

fn shuffled(n: usize, chance: &mut Chance) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for at in (1..n).rev() {
        order.swap(at, chance.below(at + 1));
    }
    order
}

fn learn(found: &[Example], labelled: &[usize], stances: &LabelSet, seed: u64) -> Trained {
    let rows: Vec<TrainingRow<'_>> = labelled
        .iter()
        .map(|&at| TrainingRow {
            bag: &found[at].bag,
            stance: stances.position(&found[at].stance).unwrap(),
            tone: None,
            group: &found[at].group,
            weight: 1.0,
            near: false,
        })
        .collect();
    let settings = Settings {
        seed,
        ..Settings::default()
    };
    train(&rows, &settings).unwrap()
}

fn row(one: &Example, model: &Trained) -> Row {
    let mut row = Row::new();
    vectorize(&one.bag, &model.vocabulary, &Weighting::shipped(), &mut row);
    row
}

fn candidate(one: &Example, model: &Trained) -> Candidate {
    let row = row(one, model);
    let prediction = model.stance.predict(&row);
    Candidate {
        label: model.stance.labels.labels[prediction.label].clone(),
        probabilities: prediction.probabilities,
        outlet: one.outlet.clone(),
        row,
    }
}
