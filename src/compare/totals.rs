//! Sums by cell, and the figures that are made of them: weights, shares, scores. It does not know where the sums come from.

use super::ledger::{Ledger, Shape};

/// Sums by cell: of all clusters, or of a draw.
#[derive(Clone, Debug)]
pub struct Totals<'l> {
    /// Numbers of cells and sums.
    pub shape: &'l Shape,
    pub(super) stride: usize,
    pub(super) values: Vec<f64>,
    /// Number of the draw; `None` for all clusters.
    pub draw: Option<usize>,
}

impl Totals<'_> {
    /// Adds a cluster `times` times, in the cells that are needed.
    pub(super) fn add(
        &mut self,
        ledger: &Ledger,
        cluster: usize,
        times: f64,
        needed: impl Fn(usize) -> bool,
    ) {
        for (cell, values) in ledger.entries(cluster).filter(|(cell, _)| needed(*cell)) {
            let at = cell * self.stride;
            for (sum, value) in self.values[at..at + self.stride].iter_mut().zip(values) {
                *sum += times * value;
            }
        }
    }

    /// Sums of a cell.
    pub(super) fn cell(&self, cell: usize) -> &[f64] {
        &self.values[cell * self.stride..][..self.stride]
    }

    /// Puts sums back as they were.
    pub(super) fn set(&mut self, cell: usize, values: &[f64]) {
        self.values[cell * self.stride..][..self.stride].copy_from_slice(values);
    }

    /// Forgets all sums.
    pub(super) fn clear(&mut self) {
        self.values.fill(0.0);
    }

    /// Scored weight by stance.
    pub fn by_label(&self, cell: usize) -> &[f64] {
        &self.cell(cell)[..self.shape.n_labels()]
    }

    /// Weight of likeliest stances.
    pub fn hard(&self, cell: usize) -> &[f64] {
        let k = self.shape.n_labels();
        &self.cell(cell)[k..2 * k]
    }

    /// Weight of all statements.
    pub fn weight(&self, cell: usize) -> f64 {
        self.by_label(cell).iter().sum()
    }

    /// Weight of positions.
    pub fn positions(&self, cell: usize) -> f64 {
        positions(self.by_label(cell), self.shape.scores())
    }

    /// Mean score of positions.
    pub fn score(&self, cell: usize) -> Option<f64> {
        score(self.by_label(cell), self.shape.scores())
    }

    /// Share of a stance among positions.
    pub fn share(&self, cell: usize, label: usize) -> Option<f64> {
        ratio(self.by_label(cell)[label], self.positions(cell))
    }

    /// Share without position among all.
    pub fn none(&self, cell: usize) -> Option<f64> {
        let weight = self.weight(cell);
        ratio(weight - self.positions(cell), weight)
    }

    /// Share of abstained statements among all.
    pub fn abstained(&self, cell: usize) -> Option<f64> {
        ratio(
            self.cell(cell)[2 * self.shape.n_labels()],
            self.weight(cell),
        )
    }

    /// Articles that carry a statement of the cell.
    pub fn articles(&self, cell: usize) -> f64 {
        self.cell(cell)[2 * self.shape.n_labels() + 1]
    }

    /// Weight by stance with the classifier's errors taken out: hand labels over their probabilities, plus `lambda` times
    /// the difference between what the model says of all statements and of the labelled ones (Angelopoulos et al. 2023).
    pub fn corrected(&self, cell: usize, lambda: f64) -> Vec<f64> {
        let k = self.shape.n_labels();
        let sums = self.cell(cell);
        (0..k)
            .map(|label| {
                let (gold, model) = (sums[2 * k + 2 + label], sums[3 * k + 2 + label]);
                gold + lambda * (sums[label] - model)
            })
            .collect()
    }
}

/// Weight of stances with a place on the scale.
pub fn positions(by_label: &[f64], scores: &[Option<f64>]) -> f64 {
    let scored = by_label
        .iter()
        .zip(scores)
        .filter(|(_, score)| score.is_some());
    scored.map(|(weight, _)| weight).sum()
}

/// Sum of weight times place on the scale.
pub fn scored(by_label: &[f64], scores: &[Option<f64>]) -> f64 {
    by_label
        .iter()
        .zip(scores)
        .map(|(weight, score)| weight * score.unwrap_or(0.0))
        .sum()
}

/// Mean place on the scale.
pub fn score(by_label: &[f64], scores: &[Option<f64>]) -> Option<f64> {
    ratio(scored(by_label, scores), positions(by_label, scores))
}

/// A part of a whole; `None` where the whole is nothing.
pub fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 1e-12).then(|| part / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_is_the_share_supportive_minus_the_share_hostile_of_positions() {
        let scores = crate::label::LabelSet::stance().scores;
        // 3 supportive, 2 skeptical, 1 hostile, 4 none: (3 - 1) / 6.
        let by_label = [3.0, 2.0, 1.0, 4.0];
        assert_eq!(score(&by_label, &scores), Some(2.0 / 6.0));
        assert!((positions(&by_label, &scores) - 6.0).abs() < 1e-12);
        assert_eq!(score(&[0.0, 0.0, 0.0, 4.0], &scores), None);
    }
}
