//! The evaluation of labels that a model gave to statements whose gold labels are known: every figure with its support and
//! interval. It does not predict.

use std::collections::BTreeMap;

use serde::Serialize;

use super::bootstrap::{Interval, interval};
use super::calibration::{Calibration, calibration};
use super::confusion::Confusion;
use super::coverage::{Point, curve};
use crate::model::Prediction;

/// A statement with gold and predicted label.
#[derive(Clone, Debug)]
pub struct Judged<'a> {
    /// Number of the gold label.
    pub gold: usize,
    /// What the model says.
    pub prediction: &'a Prediction,
    /// The article it stands in: intervals draw whole articles.
    pub article: &'a str,
}

/// Scores of one label, with the interval of its F1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LabelRow {
    /// The label.
    pub label: String,
    /// Precision, 0..=1.
    pub precision: Option<f64>,
    /// Recall, 0..=1.
    pub recall: Option<f64>,
    /// F1 with its interval.
    pub f1: Interval,
    /// Gold statements.
    pub support: u64,
}

/// All figures of one head on one set of statements.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Classification {
    /// Statements.
    pub n: u64,
    /// Articles that they stand in.
    pub n_articles: usize,
    /// Mean F1 over the labels with support.
    pub macro_f1: Interval,
    /// Share of right labels.
    pub accuracy: Interval,
    /// Scores by label.
    pub labels: Vec<LabelRow>,
    /// Counts: rows gold, columns predicted, in the order of `labels`.
    pub confusion: Vec<Vec<u64>>,
    /// How well the probabilities are calibrated, in ten bins.
    pub calibration: Option<Calibration>,
    /// Error at falling coverage.
    pub coverage: Vec<Point>,
    /// Share that the model abstains from.
    pub abstained: f64,
    /// Share of right labels among those it does not abstain from.
    pub accuracy_kept: Option<f64>,
}

/// Coverages at which the risk is shown.
const COVERAGES: [f64; 6] = [1.0, 0.9, 0.8, 0.7, 0.6, 0.5];

/// Evaluates `judged`; `labels` are the names of the label numbers.
pub fn classification(judged: &[Judged<'_>], labels: &[String], seed: u64) -> Classification {
    let n_labels = labels.len();
    let mut by_article: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, one) in judged.iter().enumerate() {
        by_article.entry(one.article).or_default().push(at);
    }
    let clusters: Vec<Vec<usize>> = by_article.into_values().collect();
    let pair = |at: &usize| (judged[*at].gold, judged[*at].prediction.label);
    let drawn = |clusters_drawn: &[usize]| {
        Confusion::of(
            n_labels,
            clusters_drawn
                .iter()
                .flat_map(|&c| clusters[c].iter().map(pair)),
        )
    };
    let of = |statistic: &(dyn Fn(&Confusion) -> Option<f64> + Sync)| {
        interval(clusters.len(), seed, |numbers| statistic(&drawn(numbers)))
    };
    let whole = Confusion::of(
        n_labels,
        judged.iter().map(|one| (one.gold, one.prediction.label)),
    );
    let present = whole.present();
    let rows = labels.iter().enumerate().map(|(label, name)| {
        let scores = whole.scores(label);
        LabelRow {
            label: name.clone(),
            precision: scores.precision,
            recall: scores.recall,
            f1: of(&|matrix| matrix.scores(label).f1),
            support: scores.support,
        }
    });
    let right: Vec<(f64, bool)> = judged
        .iter()
        .map(|one| (one.prediction.confidence, one.prediction.label == one.gold))
        .collect();
    let kept: Vec<bool> = judged
        .iter()
        .filter(|one| !one.prediction.abstained)
        .map(|one| one.prediction.label == one.gold)
        .collect();
    let probabilities: Vec<(&[f64], usize)> = judged
        .iter()
        .map(|one| (one.prediction.probabilities.as_slice(), one.gold))
        .collect();
    let share = |part: usize, all: usize| (all > 0).then(|| part as f64 / all as f64);
    Classification {
        n: whole.total(),
        n_articles: clusters.len(),
        macro_f1: of(&|matrix| matrix.macro_f1_over(&present)),
        accuracy: of(&Confusion::accuracy),
        labels: rows.collect(),
        confusion: (0..n_labels)
            .map(|gold| (0..n_labels).map(|p| whole.count(gold, p)).collect())
            .collect(),
        calibration: calibration(&probabilities, 10),
        coverage: curve(&right, &COVERAGES),
        abstained: share(judged.len() - kept.len(), judged.len()).unwrap_or(0.0),
        accuracy_kept: share(kept.iter().filter(|right| **right).count(), kept.len()),
    }
}
