//! The confusion matrix and what follows from it: precision, recall, F1, macro-F1, accuracy. A ratio of nothing to nothing
//! is `None`, never 0 or NaN. It does not resample.

use serde::Serialize;

/// Counts of gold against predicted labels: rows are gold, columns are predicted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Confusion {
    n_labels: usize,
    counts: Vec<u64>,
}

/// Scores of one label.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LabelScores {
    /// Of those predicted so, the share that is so; `None` where nothing was predicted so.
    pub precision: Option<f64>,
    /// Of those that are so, the share predicted so; `None` without support.
    pub recall: Option<f64>,
    /// Harmonic mean of both, `2 tp / (gold + predicted)`; `None` where the label occurs nowhere.
    pub f1: Option<f64>,
    /// Gold cases.
    pub support: u64,
}

impl Confusion {
    /// No case yet.
    pub fn new(n_labels: usize) -> Self {
        Self {
            n_labels,
            counts: vec![0; n_labels * n_labels],
        }
    }

    /// The matrix of pairs `(gold, predicted)`.
    pub fn of(n_labels: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut matrix = Self::new(n_labels);
        for (gold, predicted) in pairs {
            matrix.add(gold, predicted);
        }
        matrix
    }

    /// Adds one case.
    pub fn add(&mut self, gold: usize, predicted: usize) {
        self.counts[gold * self.n_labels + predicted] += 1;
    }

    /// Cases with this gold and this predicted label.
    pub fn count(&self, gold: usize, predicted: usize) -> u64 {
        self.counts[gold * self.n_labels + predicted]
    }

    /// Number of cases.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Number of labels.
    pub const fn n_labels(&self) -> usize {
        self.n_labels
    }

    /// Scores of one label.
    pub fn scores(&self, label: usize) -> LabelScores {
        let hits = self.count(label, label);
        let support: u64 = (0..self.n_labels)
            .map(|predicted| self.count(label, predicted))
            .sum();
        let predicted: u64 = (0..self.n_labels).map(|gold| self.count(gold, label)).sum();
        let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
        LabelScores {
            precision: share(hits, predicted),
            recall: share(hits, support),
            f1: share(2 * hits, support + predicted),
            support,
        }
    }

    /// Mean F1 over the labels that occur as gold; `None` without any case. A label that is only ever predicted lowers the
    /// precision of no other label and is left out, as in scikit-learn with the gold labels given.
    pub fn macro_f1(&self) -> Option<f64> {
        self.macro_f1_over(&self.present())
    }

    /// Which labels occur as gold.
    pub fn present(&self) -> Vec<bool> {
        (0..self.n_labels)
            .map(|label| self.scores(label).support > 0)
            .collect()
    }

    /// Mean F1 over the labels that `counted` names, whatever occurs here: for draws of a bootstrap, whose labels must be
    /// those of the whole. A label without gold and predicted cases is left out.
    pub fn macro_f1_over(&self, counted: &[bool]) -> Option<f64> {
        let labels = (0..self.n_labels).filter(|&label| counted.get(label) == Some(&true));
        let f1: Vec<f64> = labels.filter_map(|label| self.scores(label).f1).collect();
        (!f1.is_empty()).then(|| f1.iter().sum::<f64>() / f1.len() as f64)
    }

    /// Share of cases on the diagonal; `None` without any case.
    pub fn accuracy(&self) -> Option<f64> {
        let hits: u64 = (0..self.n_labels)
            .map(|label| self.count(label, label))
            .sum();
        (self.total() > 0).then(|| hits as f64 / self.total() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Gold a: 3 as a, 1 as b. Gold b: 2 as a, 4 as b. Label c never occurs.
    fn matrix() -> Confusion {
        let counts = [(0, 0, 3), (0, 1, 1), (1, 0, 2), (1, 1, 4)];
        Confusion::of(
            3,
            counts
                .into_iter()
                .flat_map(|(gold, predicted, n)| vec![(gold, predicted); n]),
        )
    }

    #[test]
    fn rows_are_gold() {
        let a = matrix().scores(0);
        // Predicted a: 5, of which 3 are a; gold a: 4, of which 3 were found; F1 = 2 * 3 / (4 + 5).
        assert_eq!(a.precision, Some(3.0 / 5.0));
        assert_eq!(a.recall, Some(3.0 / 4.0));
        assert_eq!(a.f1, Some(6.0 / 9.0));
        assert_eq!(a.support, 4);
    }

    #[test]
    fn macro_f1_is_the_mean_over_gold_labels() {
        // F1 of b: 2 * 4 / (6 + 5) = 8 / 11.
        let expected = f64::midpoint(6.0 / 9.0, 8.0 / 11.0);
        assert!((matrix().macro_f1().unwrap() - expected).abs() < 1e-12);
        assert_eq!(matrix().accuracy(), Some(0.7));
    }

    #[test]
    fn a_label_that_never_occurs_has_no_scores() {
        let c = matrix().scores(2);
        assert_eq!(
            (c.precision, c.recall, c.f1, c.support),
            (None, None, None, 0)
        );
        assert_eq!(Confusion::new(2).macro_f1(), None);
    }
}
