//! Intervals by the cluster bootstrap: copy clusters are drawn with replacement, as many from each stratum as it has (Davison
//! & Hinkley 1997, section 3.2). A cluster carries its articles of all outlets with it. Every draw has its own stream of
//! chance, so that threads make no difference. It does not know what the statistics mean.

use rayon::prelude::*;

use super::estimate::{Caution, Estimate};
use super::interval::{Basis, interval};
use super::ledger::Ledger;
use super::settings::Settings;
use super::totals::Totals;
use crate::evaluate::bootstrap::Chance;

/// Statistics that are held in memory at a time.
const AT_ONCE: usize = 8000;

/// Clusters under which an interval is called rough.
const ROUGH: usize = 16;

/// A figure as a function of sums.
pub struct Statistic<'s> {
    /// Cells that it reads.
    pub cells: Vec<usize>,
    /// Clusters that it rests on.
    pub n_clusters: usize,
    /// Degrees of freedom of its spread.
    pub df: usize,
    /// The function.
    #[expect(clippy::type_complexity, reason = "the type is said once")]
    pub value: Box<dyn Fn(&Totals<'_>) -> Option<f64> + Sync + Send + 's>,
}

impl<'s> Statistic<'s> {
    /// A figure of one outlet that rests on `n_clusters`.
    pub fn new(
        cells: Vec<usize>,
        n_clusters: usize,
        value: impl Fn(&Totals<'_>) -> Option<f64> + Sync + Send + 's,
    ) -> Self {
        Self {
            cells,
            n_clusters,
            df: n_clusters.saturating_sub(1),
            value: Box::new(value),
        }
    }

    /// A difference between two outlets that rest on so many clusters.
    pub fn between(
        cells: Vec<usize>,
        n_clusters: (usize, usize),
        value: impl Fn(&Totals<'_>) -> Option<f64> + Sync + Send + 's,
    ) -> Self {
        Self {
            cells,
            n_clusters: n_clusters.0.min(n_clusters.1),
            df: (n_clusters.0 + n_clusters.1).saturating_sub(2),
            value: Box::new(value),
        }
    }
}

/// The estimates of statistics, in their order.
pub fn estimates(
    ledger: &Ledger,
    statistics: &[Statistic<'_>],
    settings: &Settings,
) -> Vec<Estimate> {
    let totals = ledger.totals();
    let mut found = Vec::with_capacity(statistics.len());
    for part in statistics.chunks(AT_ONCE) {
        let values: Vec<Option<f64>> = part.iter().map(|one| (one.value)(&totals)).collect();
        let wanted: Vec<bool> = part
            .iter()
            .zip(&values)
            .map(|(one, value)| value.is_some() && one.n_clusters >= settings.least_clusters.max(2))
            .collect();
        let draws = draw(ledger, part, &wanted, settings);
        let skews = skews(ledger, part, &wanted, &values);
        found.par_extend((0..part.len()).into_par_iter().map(|at| {
            let bare = Estimate::bare(values[at], part[at].n_clusters);
            let Some(value) = values[at] else { return bare };
            if !wanted[at] {
                return Estimate {
                    caution: Some(Caution::TooFew),
                    ..bare
                };
            }
            let mut drawn: Vec<f64> = draws
                .iter()
                .map(|draw| draw[at])
                .filter(|value| value.is_finite())
                .collect();
            drawn.sort_by(f64::total_cmp);
            let basis = Basis {
                value,
                skew: skews[at],
                n_clusters: part[at].n_clusters,
                df: part[at].df,
                level: settings.level,
            };
            let ends = interval(&drawn, &basis);
            let unstable = drawn.len() * 20 < settings.draws * 19;
            let few = part[at].n_clusters < ROUGH;
            Estimate {
                low: ends.map(|ends| ends.0),
                high: ends.map(|ends| ends.1),
                caution: match (unstable, few) {
                    (true, _) => Some(Caution::Unstable),
                    (false, true) => Some(Caution::Few),
                    (false, false) => None,
                },
                ..bare
            }
        }));
    }
    found
}

/// The values of each draw; not a number where a statistic has none.
fn draw(
    ledger: &Ledger,
    statistics: &[Statistic<'_>],
    wanted: &[bool],
    settings: &Settings,
) -> Vec<Vec<f64>> {
    if !wanted.contains(&true) {
        return Vec::new();
    }
    let mut needed = vec![false; ledger.shape.n_cells()];
    for (one, _) in statistics.iter().zip(wanted).filter(|(_, wanted)| **wanted) {
        for &cell in &one.cells {
            needed[cell] = true;
        }
    }
    (0..settings.draws)
        .into_par_iter()
        .map_init(
            || (ledger.nothing(), vec![0_u32; ledger.len()]),
            |(totals, times), draw| {
                let mut chance = Chance::new(settings.seed, draw as u64);
                times.fill(0);
                for stratum in ledger.strata() {
                    for _ in 0..stratum.len() {
                        times[stratum[chance.below(stratum.len())]] += 1;
                    }
                }
                totals.clear();
                totals.draw = Some(draw);
                for (cluster, &times) in times.iter().enumerate().filter(|(_, times)| **times > 0) {
                    totals.add(ledger, cluster, f64::from(times), |cell| needed[cell]);
                }
                let value = |(one, &wanted): (&Statistic<'_>, &bool)| {
                    if wanted {
                        (one.value)(totals).unwrap_or(f64::NAN)
                    } else {
                        f64::NAN
                    }
                };
                statistics.iter().zip(wanted).map(value).collect()
            },
        )
        .collect()
}

/// How skew each statistic is, as the bias-corrected and accelerated interval asks: sum of cubed influences over six times
/// the sum of squared ones to 3/2 (Efron 1987; Davison & Hinkley 1997, chapter 5, for strata), with influences by leaving one cluster
/// out.
fn skews(
    ledger: &Ledger,
    statistics: &[Statistic<'_>],
    wanted: &[bool],
    values: &[Option<f64>],
) -> Vec<f64> {
    let mut totals = ledger.totals();
    let mut readers: Vec<Vec<usize>> = Vec::new();
    for (at, one) in statistics.iter().enumerate().filter(|(at, _)| wanted[*at]) {
        for &cell in &one.cells {
            if readers.len() <= cell {
                readers.resize(cell + 1, Vec::new());
            }
            readers[cell].push(at);
        }
    }
    let mut moments = vec![(0.0, 0.0); statistics.len()];
    let mut touched: Vec<usize> = Vec::new();
    for cluster in 0..ledger.len() {
        touched.clear();
        for (cell, _) in ledger.entries(cluster) {
            touched.extend(readers.get(cell).into_iter().flatten());
        }
        if touched.is_empty() {
            continue;
        }
        touched.sort_unstable();
        touched.dedup();
        let before: Vec<(usize, Vec<f64>)> = ledger
            .entries(cluster)
            .map(|(cell, _)| (cell, totals.cell(cell).to_vec()))
            .collect();
        totals.add(ledger, cluster, -1.0, |_| true);
        for &at in &touched {
            if let (Some(value), Some(without)) = (values[at], (statistics[at].value)(&totals)) {
                let influence = value - without;
                moments[at].0 += influence * influence;
                moments[at].1 += influence * influence * influence;
            }
        }
        for (cell, values) in &before {
            totals.set(*cell, values);
        }
    }
    let skew = |(squares, cubes): (f64, f64)| {
        if squares > 0.0 {
            cubes / (6.0 * squares * squares.sqrt())
        } else {
            0.0
        }
    };
    moments.into_iter().map(skew).collect()
}
