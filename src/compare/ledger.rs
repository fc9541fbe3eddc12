//! Sums of observations by cluster and cell: every figure is a function of them, so that a draw of the bootstrap only adds.
//! A cell is an outlet, or an actor, a side or a week in it.

use std::collections::BTreeMap;

use super::estimate::Scoring;
use super::observation::Observations;
use super::settings::Settings;

/// Numbers of cells and of the sums in them.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    scores: Vec<Option<f64>>,
    n_outlets: usize,
    n_actors: usize,
    n_sides: usize,
    weeks: Vec<i64>,
    /// Whether sums of hand labels are kept.
    hand: bool,
}

impl Shape {
    /// The cell of all statements of an outlet.
    pub const fn outlet(&self, outlet: usize) -> usize {
        outlet
    }

    /// The cell of an actor in an outlet.
    pub const fn actor(&self, actor: usize, outlet: usize) -> usize {
        self.n_outlets * (1 + actor) + outlet
    }

    /// The cell of a side in an outlet.
    pub const fn side(&self, side: usize, outlet: usize) -> usize {
        self.n_outlets * (1 + self.n_actors + side) + outlet
    }

    /// The cell of a week in an outlet; `None` for a week without any statement.
    pub fn week(&self, week: i64, outlet: usize) -> Option<usize> {
        let place = self.weeks.binary_search(&week).ok()?;
        Some(self.n_outlets * (1 + self.n_actors + self.n_sides + place) + outlet)
    }

    /// Weeks with a statement, rising.
    pub fn weeks(&self) -> &[i64] {
        &self.weeks
    }

    /// Number of stances.
    pub fn n_labels(&self) -> usize {
        self.scores.len()
    }

    /// Places of the stances on the scale.
    pub fn scores(&self) -> &[Option<f64>] {
        &self.scores
    }

    /// Number of cells.
    pub(super) const fn n_cells(&self) -> usize {
        self.n_outlets * (1 + self.n_actors + self.n_sides + self.weeks.len())
    }

    /// Sums in a cell: scored weight by stance, hard weight by stance, abstained weight, articles; then, with hand labels,
    /// two more by stance.
    fn stride(&self) -> usize {
        let k = self.scores.len();
        2 * k + 2 + if self.hand { 2 * k } else { 0 }
    }
}

/// Sums by cluster and cell.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// Numbers of cells and sums.
    pub shape: Shape,
    /// First entry of each cluster, and one past the last.
    starts: Vec<usize>,
    cells: Vec<usize>,
    values: Vec<f64>,
    /// Clusters of one outlet each, then those of several outlets together: what draws keep the sizes of.
    strata: Vec<Vec<usize>>,
    n_clusters: Vec<usize>,
}

/// A hand label of a statement: its stance, and the probability with which it was drawn.
pub type Hand = BTreeMap<usize, (usize, f64)>;

impl Ledger {
    /// Sums the rows of articles that count. `cluster_of` numbers the cluster of each article from 0, without gaps among
    /// those that count.
    pub fn new(
        seen: &Observations,
        cluster_of: &[Option<usize>],
        hand: &Hand,
        settings: &Settings,
    ) -> Self {
        let mut weeks: Vec<i64> = seen.rows.iter().filter_map(|row| row.week).collect();
        weeks.sort_unstable();
        weeks.dedup();
        let shape = Shape {
            scores: settings.labels.scores.clone(),
            n_outlets: seen.outlets.len(),
            n_actors: seen.actors.len(),
            n_sides: seen.sides.len(),
            weeks,
            hand: !hand.is_empty(),
        };
        let n_clusters = cluster_of.iter().flatten().max().map_or(0, |last| last + 1);
        let mut rows_of: Vec<Vec<usize>> = vec![Vec::new(); n_clusters];
        for (number, row) in seen.rows.iter().enumerate() {
            if let Some(cluster) = cluster_of[row.article] {
                rows_of[cluster].push(number);
            }
        }
        let mut ledger = Self {
            starts: vec![0],
            cells: Vec::new(),
            values: Vec::new(),
            strata: vec![Vec::new(); shape.n_outlets + 1],
            n_clusters: vec![0; shape.n_cells()],
            shape,
        };
        for (cluster, rows) in rows_of.iter().enumerate() {
            ledger.enter(cluster, rows, seen, hand, settings.scoring);
        }
        ledger
    }

    fn enter(
        &mut self,
        cluster: usize,
        rows: &[usize],
        seen: &Observations,
        hand: &Hand,
        scoring: Scoring,
    ) {
        let (k, stride) = (self.shape.n_labels(), self.shape.stride());
        let mut sums: BTreeMap<usize, (usize, Vec<f64>)> = BTreeMap::new();
        let mut outlets: Vec<usize> = Vec::new();
        for &number in rows {
            let row = &seen.rows[number];
            outlets.push(row.outlet);
            let mut one = vec![0.0; stride];
            for label in 0..k {
                let hard = f64::from(u8::from(row.stance == label));
                let scored = if scoring == Scoring::Soft {
                    row.probabilities[label]
                } else {
                    hard
                };
                one[label] = row.weight * scored;
                one[k + label] = row.weight * hard;
                if let Some(&(gold, probability)) = hand.get(&row.statement) {
                    let drawn = row.weight / probability;
                    one[2 * k + 2 + label] = drawn * f64::from(u8::from(gold == label));
                    one[3 * k + 2 + label] = drawn * scored;
                }
            }
            one[2 * k] = if row.abstained { row.weight } else { 0.0 };
            let cells = [
                Some(self.shape.outlet(row.outlet)),
                Some(self.shape.actor(row.actor, row.outlet)),
                Some(self.shape.side(row.side, row.outlet)),
                row.week.and_then(|week| self.shape.week(week, row.outlet)),
            ];
            for cell in cells.into_iter().flatten() {
                let (last, total) = sums
                    .entry(cell)
                    .or_insert_with(|| (usize::MAX, vec![0.0; stride]));
                for (sum, value) in total.iter_mut().zip(&one) {
                    *sum += value;
                }
                // Rows of an article may stand apart where the statements came mixed; articles are then counted by change.
                total[2 * k + 1] += f64::from(u8::from(*last != row.article));
                *last = row.article;
            }
        }
        for (cell, (_, values)) in sums {
            self.cells.push(cell);
            self.values.extend(values);
            self.n_clusters[cell] += 1;
        }
        self.starts.push(self.cells.len());
        outlets.sort_unstable();
        outlets.dedup();
        match outlets[..] {
            [] => {}
            [only] => self.strata[only].push(cluster),
            _ => self.strata[self.shape.n_outlets].push(cluster),
        }
    }

    /// Clusters that have a statement in a cell.
    pub fn n_clusters(&self, cell: usize) -> usize {
        self.n_clusters[cell]
    }

    /// What draws keep the sizes of.
    pub(super) fn strata(&self) -> &[Vec<usize>] {
        &self.strata
    }

    /// Number of clusters.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Cells of a cluster, each with its sums.
    pub(super) fn entries(&self, cluster: usize) -> impl Iterator<Item = (usize, &[f64])> {
        let stride = self.shape.stride();
        (self.starts[cluster]..self.starts[cluster + 1])
            .map(move |entry| (self.cells[entry], &self.values[entry * stride..][..stride]))
    }

    /// No sums.
    pub(super) fn nothing(&self) -> Totals<'_> {
        Totals {
            shape: &self.shape,
            stride: self.shape.stride(),
            values: vec![0.0; self.shape.n_cells() * self.shape.stride()],
            draw: None,
        }
    }

    /// The sums over all clusters.
    pub fn totals(&self) -> Totals<'_> {
        let mut totals = self.nothing();
        for cluster in 0..self.len() {
            totals.add(self, cluster, 1.0, |_| true);
        }
        totals
    }
}

/// Sums by cell: of all clusters, or of a draw.
#[derive(Clone, Debug)]
pub struct Totals<'l> {
    /// Numbers of cells and sums.
    pub shape: &'l Shape,
    stride: usize,
    values: Vec<f64>,
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
