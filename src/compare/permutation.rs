//! Tests of difference by permutation: if outlets drew from one pool, a cluster could as well stand under another of them
//! that published in the same week (Fisher 1935; Good 2005). It forms no pairs.

use super::ledger::Ledger;
use super::totals::ratio;
use crate::evaluate::bootstrap::Chance;

/// Hits after which a test stops: the p-value is then known well enough, and still valid (Besag & Clifford 1991).
const ENOUGH_HITS: usize = 400;

/// A cluster in an outlet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Number of the cluster.
    pub cluster: usize,
    /// Place of the outlet among those compared.
    pub outlet: usize,
    /// Week within which it may be exchanged; units without a date are exchanged among themselves.
    pub week: Option<i64>,
    /// Sum of weight times score.
    pub scored: f64,
    /// Weight of positions.
    pub positions: f64,
}

/// The units of some cells, one cell an outlet; `week_of` gives a cluster's week.
pub fn units(ledger: &Ledger, cells: &[usize], week_of: &[Option<i64>]) -> Vec<Unit> {
    let scores = ledger.shape.scores();
    let mut found = Vec::new();
    for (cluster, &week) in week_of.iter().enumerate() {
        for (cell, sums) in ledger.entries(cluster) {
            let Some(outlet) = cells.iter().position(|&one| one == cell) else {
                continue;
            };
            let by_label = &sums[..scores.len()];
            found.push(Unit {
                cluster,
                outlet,
                week,
                scored: super::totals::scored(by_label, scores),
                positions: super::totals::positions(by_label, scores),
            });
        }
    }
    found
}

/// Probability, if units were exchangeable within weeks, of outlets that lie as far apart as these. For two outlets the
/// distance is that of their mean scores, for more the sum of squares between them. A cluster that several outlets published
/// exchanges only its own versions. `None` where an outlet has no position.
pub fn test(units: &[Unit], n_outlets: usize, n_draws: usize, seed: u64) -> Option<f64> {
    let mut outlets: Vec<usize> = units.iter().map(|unit| unit.outlet).collect();
    let observed = distance(units, &outlets, n_outlets)?;
    let blocks = blocks(units);
    let mut chance = Chance::new(seed, 0);
    let mut hits = 0;
    for draw in 1..=n_draws {
        for block in &blocks {
            for at in (1..block.len()).rev() {
                outlets.swap(block[at], block[chance.below(at + 1)]);
            }
        }
        // An outlet that is left without a position is as far off as can be.
        let as_far =
            distance(units, &outlets, n_outlets).is_none_or(|found| found >= observed - 1e-12);
        hits += usize::from(as_far);
        if hits == ENOUGH_HITS {
            return Some(hits as f64 / draw as f64);
        }
    }
    // Phipson & Smyth 2010: the order observed is one of the possible ones.
    Some((hits + 1) as f64 / (n_draws + 1) as f64)
}

/// Numbers of the units that may be exchanged for one another.
fn blocks(units: &[Unit]) -> Vec<Vec<usize>> {
    let mut shared = std::collections::BTreeMap::new();
    for unit in units {
        *shared.entry(unit.cluster).or_insert(0_usize) += 1;
    }
    let mut blocks: std::collections::BTreeMap<(Option<usize>, Option<i64>), Vec<usize>> =
        std::collections::BTreeMap::new();
    for (number, unit) in units.iter().enumerate() {
        let key = if shared[&unit.cluster] > 1 {
            (Some(unit.cluster), None)
        } else {
            (None, unit.week)
        };
        blocks.entry(key).or_default().push(number);
    }
    blocks
        .into_values()
        .filter(|block| block.len() > 1)
        .collect()
}

fn distance(units: &[Unit], outlets: &[usize], n_outlets: usize) -> Option<f64> {
    let mut sums = vec![(0.0, 0.0); n_outlets];
    for (unit, &outlet) in units.iter().zip(outlets) {
        sums[outlet].0 += unit.scored;
        sums[outlet].1 += unit.positions;
    }
    let means: Option<Vec<f64>> = sums
        .iter()
        .map(|&(part, whole)| ratio(part, whole))
        .collect();
    let means = means?;
    if n_outlets == 2 {
        return Some((means[0] - means[1]).abs());
    }
    let (part, whole) = sums
        .iter()
        .fold((0.0, 0.0), |all, one| (all.0 + one.0, all.1 + one.1));
    let mean = ratio(part, whole)?;
    Some(
        means
            .iter()
            .zip(&sums)
            .map(|(own, sum)| sum.1 * (own - mean) * (own - mean))
            .sum(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(cluster: usize, outlet: usize, week: i64, scored: f64) -> Unit {
        Unit {
            cluster,
            outlet,
            week: Some(week),
            scored,
            positions: 1.0,
        }
    }

    #[test]
    fn the_p_value_is_the_share_of_orders_as_far_apart() {
        // Six units, three in each outlet, scores 1 1 1 and 0 0 0: of the 20 ways to choose three, 2 are as far apart.
        let units: Vec<Unit> = (0..6)
            .map(|at| unit(at, at / 3, 1, f64::from(u8::from(at < 3))))
            .collect();
        let p = test(&units, 2, 20_000, 7).unwrap();
        assert!((p - 0.1).abs() < 0.015, "{p}");
    }

    #[test]
    fn weeks_are_not_mixed_and_shared_copies_only_change_sides() {
        // Each outlet has a week of its own: nothing can be exchanged, and no order is less far apart.
        let apart: Vec<Unit> = (0..8)
            .map(|at| unit(at, at / 4, i64::from(at >= 4), (at / 4) as f64))
            .collect();
        assert_eq!(test(&apart, 2, 999, 1), Some(1.0));
        // The same clusters in both outlets with the same words.
        let shared: Vec<Unit> = (0..8)
            .map(|at| unit(at % 4, at / 4, 1, (at % 4) as f64))
            .collect();
        assert_eq!(test(&shared, 2, 999, 1), Some(1.0));
    }

    #[test]
    fn an_outlet_without_a_position_has_no_test() {
        let units = [
            Unit {
                positions: 0.0,
                ..unit(0, 0, 1, 0.0)
            },
            unit(1, 1, 1, 1.0),
        ];
        assert_eq!(test(&units, 2, 99, 1), None);
    }
}
