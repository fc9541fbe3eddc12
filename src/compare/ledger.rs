//! Sums of observations by cluster and cell: every figure is a function of them, so that a draw of the bootstrap only adds.
//! A cell is an outlet, or an actor, a side or a week in it.

use std::collections::BTreeMap;

use super::estimate::Scoring;
use super::observation::Observations;
use super::settings::Settings;
use super::totals::Totals;

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
