//! The sparse fit on matrices that are given as bytes, and training on as many statements as wished: seconds and peak memory.
//! `benches/peers/run_fit` draws the matrices, sets scikit-learn beside it and checks that both reach the same objective.
//!
//!     fit FOLDER C TOLERANCE    indptr.u64, indices.u32, values.f32, targets.u32 of FOLDER; writes parameters.f64 there
//!     train STATEMENTS FEATURES draws statements (60 features each, Zipf), and trains on them with cross-validation

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program that prints figures and cannot go on without its data"
)]

use std::path::Path;
use std::time::Instant;

use linfa::traits::Fit;
use linfa::{DatasetBase, ParamGuard};
use ndarray::Array1;
use stance::evaluate::bootstrap::Chance;
use stance::features::{Bag, Row, Weighting};
use stance::model::hyperparams::HyperParams;
use stance::model::records::SparseRecords;
use stance::model::train::{Settings, TrainingRow, train};

/// Features of a drawn statement, before repeats.
const FEATURES_EACH: usize = 60;

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["fit", folder, c, tolerance] => {
            fit(
                Path::new(folder),
                c.parse().unwrap(),
                tolerance.parse().unwrap(),
            );
        }
        ["train", n, n_features] => training(n.parse().unwrap(), n_features.parse().unwrap()),
        _ => println!("nothing to do: `benches/peers/run_fit` runs this"),
    }
}

fn numbers<T, const N: usize>(path: &Path, of: fn([u8; N]) -> T) -> Vec<T> {
    let bytes = std::fs::read(path).unwrap();
    bytes
        .chunks_exact(N)
        .map(|part| of(part.try_into().unwrap()))
        .collect()
}

fn fit(folder: &Path, c: f64, tolerance: f64) {
    let starts = numbers(&folder.join("indptr.u64"), u64::from_le_bytes);
    let columns = numbers(&folder.join("indices.u32"), u32::from_le_bytes);
    let values = numbers(&folder.join("values.f32"), f32::from_le_bytes);
    let targets = numbers(&folder.join("targets.u32"), u32::from_le_bytes);
    let n_columns = columns.iter().max().unwrap() + 1;
    let rows: Vec<Row> = starts
        .windows(2)
        .map(|ends| {
            (ends[0] as usize..ends[1] as usize)
                .map(|at| (columns[at], values[at]))
                .collect()
        })
        .collect();
    let records = SparseRecords::new(&rows, n_columns as usize);
    drop(rows);
    let targets: Array1<usize> = targets.iter().map(|&target| target as usize).collect();
    let data = DatasetBase::new(records, targets);
    let settings = HyperParams::new()
        .c(c)
        .tolerance(tolerance)
        .check()
        .unwrap();
    let begun = Instant::now();
    let fitted = settings.fit(&data).unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    let parameters = fitted.params().iter().chain(fitted.intercept().iter());
    let bytes: Vec<u8> = parameters.flat_map(|number| number.to_le_bytes()).collect();
    std::fs::write(folder.join("parameters.f64"), bytes).unwrap();
    println!("{{\"seconds\": {seconds:.3}, \"peak_gb\": {:.2}}}", peak());
}

/// Trains on drawn statements of four labels; a tenth of the features of a statement hang together with its label.
fn training(n: usize, n_features: usize) {
    let mut chance = Chance::new(1, 0);
    let begun = Instant::now();
    let bags: Vec<(Bag, usize)> = (0..n)
        .map(|_| {
            let stance = chance.below(4);
            let mut bag = Bag::default();
            for at in 0..FEATURES_EACH {
                // Log-uniform ranks: frequencies fall with the rank as in Zipf's law.
                let share = chance.below(1 << 30) as f64 / f64::from(1 << 30);
                let rank = (n_features as f64).powf(share) as usize;
                let own = if at % 10 == 0 { stance } else { 4 };
                bag.add(0, (rank * 5 + own) as u64 % n_features as u64);
            }
            bag.seal();
            (bag, stance)
        })
        .collect();
    let groups: Vec<String> = (0..n).map(|at| format!("g{}", at / 10)).collect();
    let rows: Vec<TrainingRow<'_>> = bags
        .iter()
        .zip(&groups)
        .map(|((bag, stance), group)| TrainingRow {
            bag,
            stance: *stance,
            tone: None,
            group,
            weight: 1.0,
            near: false,
        })
        .collect();
    let drawn = begun.elapsed().as_secs_f64();
    let settings = Settings {
        weightings: vec![Weighting {
            name: "words".to_owned(),
            weight: 1.0,
            binary: false,
        }],
        ..Settings::default()
    };
    let begun = Instant::now();
    let trained = train(&rows, &settings).unwrap();
    println!(
        "{n} statements, {} features, {} folds: {:.0} s (drawing them {drawn:.0} s), peak memory {:.2} GB",
        trained.vocabulary.len(),
        settings.folds,
        begun.elapsed().as_secs_f64(),
        peak()
    );
}

/// The most memory that the process has held, in GB (Linux).
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) * 1024.0 / 1e9
}
