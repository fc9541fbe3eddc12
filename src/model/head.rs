//! A head: one set of labels with the weights that choose among them. A model has one for stance and one for tone, over
//! one vocabulary. It predicts; it does not learn.

use std::borrow::Cow;

use crate::features::Row;
use crate::label::LabelSet;

/// A trained linear classifier over a label set.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// The labels, in the order of all lists here.
    pub labels: LabelSet,
    /// Weights: `n_columns * n_labels` numbers, column by column.
    pub weights: Cow<'static, [f32]>,
    /// One intercept a label.
    pub intercepts: Vec<f64>,
    /// What logits are multiplied by before they become probabilities (the inverse temperature); above 0.
    pub sharpness: f64,
    /// Confidence below which the head abstains, 0..=1.
    pub threshold: f64,
}

/// What a head says of one statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// Number of the likeliest label.
    pub label: usize,
    /// Number of the second likeliest label.
    pub runner_up: usize,
    /// Calibrated probability of each label; they sum to 1.
    pub probabilities: Vec<f64>,
    /// Probability of the likeliest label.
    pub confidence: f64,
    /// Whether the confidence lies below the threshold.
    pub abstained: bool,
    /// Sum of probability times place on the scale; `None` for labels without a scale. For stance: P(supportive) -
    /// P(hostile).
    pub score: Option<f64>,
}

impl Head {
    /// Logits of a row: one a label, before calibration.
    pub fn logits(&self, row: &Row) -> Vec<f64> {
        let mut logits = self.intercepts.clone();
        for &(column, value) in row {
            self.add(column, f64::from(value), &mut logits);
        }
        logits
    }

    /// Adds to each logit what a column of a row gives it.
    pub(super) fn add(&self, column: u32, value: f64, logits: &mut [f64]) {
        let k = self.labels.len();
        let at = column as usize * k;
        for (z, w) in logits.iter_mut().zip(&self.weights[at..at + k]) {
            *z += value * f64::from(*w);
        }
    }

    /// Predicts a row.
    pub fn predict(&self, row: &Row) -> Prediction {
        self.judge(&self.logits(row))
    }

    /// The prediction that logits stand for.
    pub fn judge(&self, logits: &[f64]) -> Prediction {
        let probabilities = softmax(logits, self.sharpness);
        // The first of equals wins, so that ties do not depend on anything.
        let best = |but: Option<usize>| {
            let places = (0..probabilities.len()).filter(|&place| Some(place) != but);
            places.reduce(|best, place| {
                if probabilities[place] > probabilities[best] {
                    place
                } else {
                    best
                }
            })
        };
        let label = best(None).unwrap_or_default();
        let runner_up = best(Some(label)).unwrap_or_default();
        let confidence = probabilities.get(label).copied().unwrap_or_default();
        let scaled = self.labels.scores.iter().any(Option::is_some);
        let score = scaled.then(|| {
            probabilities
                .iter()
                .zip(&self.labels.scores)
                .map(|(p, s)| p * s.unwrap_or(0.0))
                .sum()
        });
        Prediction {
            label,
            runner_up,
            confidence,
            abstained: confidence < self.threshold,
            score,
            probabilities,
        }
    }
}

/// Probabilities of logits times `sharpness`; the largest logit is taken out first, so that none overflows.
pub(super) fn softmax(logits: &[f64], sharpness: f64) -> Vec<f64> {
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut shares: Vec<f64> = logits
        .iter()
        .map(|z| libm::exp(sharpness * (z - largest)))
        .collect();
    let total: f64 = shares.iter().sum();
    for share in &mut shares {
        *share /= total;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head {
        Head {
            labels: LabelSet::stance(),
            weights: vec![1.0, 0.0, -1.0, 0.0].into(),
            intercepts: vec![0.0; 4],
            sharpness: 1.0,
            threshold: 0.5,
        }
    }

    #[test]
    fn the_score_is_support_minus_hostility() {
        let prediction = head().predict(&vec![(0, 2.0)]);
        // exp(2), 1, exp(-2), 1 = 7.3891, 1, 0.1353, 1 of 9.5244.
        assert!((prediction.probabilities[0] - 0.775_81).abs() < 1e-4);
        assert!((prediction.score.unwrap() - (0.775_81 - 0.014_21)).abs() < 1e-4);
        assert!(!prediction.abstained);
    }

    #[test]
    fn without_evidence_it_abstains_and_huge_logits_stay_finite() {
        assert!(head().predict(&Row::new()).abstained);
        let prediction = head().judge(&[1e6, 0.0, 0.0, -1e6]);
        assert_eq!((prediction.label, prediction.confidence), (0, 1.0));
    }
}
