//! Pairs of outlets: the difference of their mean scores with interval, test, and what is left of it when copies count
//! otherwise or the classifier's errors are taken out. It does not split the difference.

use rayon::prelude::*;

use super::comparison::{Contrast, Tests};
use super::copies::Cluster;
use super::corrector::Corrector;
use super::estimate::{Estimate, Scoring};
use super::multiple::benjamini_hochberg;
use super::observation::Observations;
use super::permutation::{test, units};
use super::policy::counted;
use super::resample::{Statistic, estimates};
use super::settings::{CopyPolicy, Settings};
use super::tally::{Source, Who};
use super::totals::{positions, ratio, scored};
use super::words::step;

/// The outlets that are paired: those with clusters enough, the largest first up to the wished number, then by name; and
/// how many had clusters enough but were too many.
pub fn paired(source: Source<'_>) -> (Vec<usize>, usize) {
    let Source {
        seen,
        ledger,
        settings,
        ..
    } = source;
    let size = |outlet: usize| ledger.n_clusters(ledger.shape.outlet(outlet));
    let mut able: Vec<usize> = (0..seen.outlets.len())
        .filter(|&outlet| size(outlet) >= settings.least_clusters)
        .collect();
    able.sort_by_key(|&outlet| (std::cmp::Reverse(size(outlet)), outlet));
    let left_out = able.len().saturating_sub(settings.most_paired);
    able.truncate(settings.most_paired);
    able.sort_unstable();
    (able, left_out)
}

/// Every pair once, in order.
pub fn pairs(outlets: &[usize]) -> Vec<(usize, usize)> {
    let later = |(at, &one): (usize, &usize)| {
        outlets[at + 1..]
            .iter()
            .map(|&other| (one, other))
            .collect::<Vec<_>>()
    };
    outlets.iter().enumerate().flat_map(later).collect()
}

/// Mean scores under one copy policy: for all, then each actor, by outlet.
pub struct PolicyScores(Vec<Vec<Option<f64>>>);

impl PolicyScores {
    /// The scores under `policy`.
    pub fn new(
        seen: &Observations,
        clusters: &[Cluster],
        policy: CopyPolicy,
        settings: &Settings,
    ) -> Self {
        let counts = counted(seen, clusters, policy);
        let scores = &settings.labels.scores;
        let mut sums = vec![vec![(0.0, 0.0); seen.outlets.len()]; 1 + seen.actors.len()];
        for row in seen.rows.iter().filter(|row| counts[row.article]) {
            let hard: Vec<f64>;
            let by_label = if settings.scoring == Scoring::Soft {
                &row.probabilities
            } else {
                hard = (0..scores.len())
                    .map(|label| f64::from(u8::from(label == row.stance)))
                    .collect();
                &hard
            };
            for who in [0, 1 + row.actor] {
                sums[who][row.outlet].0 += row.weight * scored(by_label, scores);
                sums[who][row.outlet].1 += row.weight * positions(by_label, scores);
            }
        }
        let mean = |row: Vec<(f64, f64)>| {
            row.into_iter()
                .map(|(part, whole)| ratio(part, whole))
                .collect()
        };
        Self(sums.into_iter().map(mean).collect())
    }

    /// The mean score of an actor, or of all, in an outlet.
    pub fn of(&self, who: Who, outlet: usize) -> Option<f64> {
        match who {
            Who::All => self.0[0][outlet],
            Who::Actor(actor) => self.0[1 + actor][outlet],
            Who::Side(_) => None,
        }
    }
}

/// All tests. `week_of` gives each cluster's week.
pub fn tests(
    week_of: &[Option<i64>],
    policies: &[(CopyPolicy, PolicyScores)],
    corrector: Option<&Corrector>,
    source: Source<'_>,
) -> Tests {
    let Source {
        seen,
        ledger,
        settings,
        ..
    } = source;
    let (outlets, n_unpaired) = paired(source);
    let cells: Vec<usize> = outlets
        .iter()
        .map(|&outlet| ledger.shape.outlet(outlet))
        .collect();
    let all = units(ledger, &cells, week_of);
    let omnibus = (outlets.len() > 1)
        .then(|| test(&all, outlets.len(), settings.permutations, settings.seed))
        .flatten();
    let places = places(&outlets, source);
    let p: Vec<Option<f64>> = places
        .par_iter()
        .enumerate()
        .map(|(at, &(who, (one, other)))| {
            let units = units(
                ledger,
                &[who.cell(ledger, one), who.cell(ledger, other)],
                week_of,
            );
            test(
                &units,
                2,
                settings.permutations,
                step(settings.seed, at as u64 + 1),
            )
        })
        .collect();
    let q = benjamini_hochberg(&p);
    let raw = differences(&places, None, source);
    let corrected = corrector.map(|corrector| differences(&places, Some(corrector), source));
    let differ = omnibus.is_some_and(|p| p <= settings.false_discovery);
    let contrast = |(at, &(who, (one, other))): (usize, &(Who, (usize, usize)))| {
        let corrected = corrected.as_ref().map(|found| found[at]);
        let change = |scores: &PolicyScores| Some(scores.of(who, one)? - scores.of(who, other)?);
        Contrast {
            who: match who {
                Who::Actor(actor) => Some(seen.actors[actor].name.clone()),
                _ => None,
            },
            first: seen.outlets[one].clone(),
            second: seen.outlets[other].clone(),
            difference: raw[at],
            p: p[at],
            q: q[at],
            marked: differ && q[at].is_some_and(|q| q <= settings.false_discovery),
            by_policy: policies
                .iter()
                .map(|(policy, scores)| (*policy, change(scores)))
                .collect(),
            corrected,
            only_raw: raw[at].excludes(0.0)
                && corrected
                    .is_some_and(|corrected| corrected.low.is_some() && !corrected.excludes(0.0)),
        }
    };
    Tests {
        omnibus,
        n_unpaired,
        contrasts: places.iter().enumerate().map(contrast).collect(),
    }
}

/// The pairs over all actors, then for each actor with a row of its own those with clusters enough in both.
fn places(outlets: &[usize], source: Source<'_>) -> Vec<(Who, (usize, usize))> {
    let Source {
        seen,
        ledger,
        settings,
        ..
    } = source;
    let mut found: Vec<(Who, (usize, usize))> = pairs(outlets)
        .into_iter()
        .map(|pair| (Who::All, pair))
        .collect();
    for actor in (0..seen.actors.len()).filter(|&actor| !seen.actors[actor].is_rest) {
        let enough = |&outlet: &usize| {
            ledger.n_clusters(ledger.shape.actor(actor, outlet)) >= settings.least_clusters
        };
        let able: Vec<usize> = outlets.iter().copied().filter(enough).collect();
        found.extend(
            pairs(&able)
                .into_iter()
                .map(|pair| (Who::Actor(actor), pair)),
        );
    }
    found
}

fn differences(
    places: &[(Who, (usize, usize))],
    corrector: Option<&Corrector>,
    source: Source<'_>,
) -> Vec<Estimate> {
    let ledger = source.ledger;
    let statistic = |&(who, (one, other)): &(Who, (usize, usize))| {
        let cells = (who.cell(ledger, one), who.cell(ledger, other));
        let size = |cell| {
            corrector.map_or(ledger.n_clusters(cell), |corrector| {
                corrector.n_clusters(ledger, cell)
            })
        };
        let n = (size(cells.0), size(cells.1));
        Statistic::between(vec![cells.0, cells.1], n, move |sums| match corrector {
            None => Some(sums.score(cells.0)? - sums.score(cells.1)?),
            Some(corrector) => {
                Some(corrector.score(sums, cells.0, one)? - corrector.score(sums, cells.1, other)?)
            }
        })
    };
    let statistics: Vec<Statistic<'_>> = places.iter().map(statistic).collect();
    estimates(ledger, &statistics, source.settings)
}
