//! Whether an outlet leaves out hostile quotations more readily than supportive ones: Mantel-Haenszel odds ratio over strata
//! of actor (or side) and week. It decides nothing about who is at risk.

use std::collections::BTreeMap;

use super::carriers::Shared;
use super::findings::{How, Omission};
use super::multiple::benjamini_hochberg;
use super::normal::{cdf, quantile};
use super::observation::Observations;
use super::settings::Settings;

/// Counts of one stratum: rows hostile and supportive, columns omitted and carried.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Table {
    /// Hostile, omitted.
    pub a: f64,
    /// Hostile, carried.
    pub b: f64,
    /// Supportive, omitted.
    pub c: f64,
    /// Supportive, carried.
    pub d: f64,
}

impl Table {
    fn n(&self) -> f64 {
        self.a + self.b + self.c + self.d
    }

    /// Whether it says anything of the odds ratio.
    fn informs(&self) -> bool {
        self.a * self.d > 0.0 || self.b * self.c > 0.0
    }
}

/// The pooled odds ratio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pooled {
    /// Sum of a d / n over sum of b c / n (Mantel & Haenszel 1959).
    pub odds_ratio: f64,
    /// Variance of its logarithm (Robins, Breslow & Greenland 1986).
    pub variance: f64,
    /// Two-sided test that it is 1, without correction for continuity (Mantel & Haenszel 1959).
    pub p: f64,
}

/// Pools tables. `None` where no table speaks for one side of the ratio.
pub fn pool(tables: &[Table]) -> Option<Pooled> {
    let (mut up, mut down, mut squares_up, mut mixed, mut squares_down) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut excess, mut variance) = (0.0, 0.0);
    for table in tables.iter().filter(|table| table.n() > 1.0) {
        let n = table.n();
        let (along, across) = ((table.a + table.d) / n, (table.b + table.c) / n);
        let (rise, fall) = (table.a * table.d / n, table.b * table.c / n);
        up += rise;
        down += fall;
        squares_up += along * rise;
        mixed += along * fall + across * rise;
        squares_down += across * fall;
        let (hostile, supportive) = (table.a + table.b, table.c + table.d);
        let (omitted, carried) = (table.a + table.c, table.b + table.d);
        excess += table.a - hostile * omitted / n;
        variance += hostile * supportive * omitted * carried / (n * n * (n - 1.0));
    }
    (up > 0.0 && down > 0.0).then(|| Pooled {
        odds_ratio: up / down,
        variance: squares_up / (2.0 * up * up)
            + mixed / (2.0 * up * down)
            + squares_down / (2.0 * down * down),
        p: 2.0 * cdf(-(excess * excess / variance).sqrt()),
    })
}

/// The odds for all outlets together and for each, over both sorts of strata.
pub fn omissions(shared: &[Shared], seen: &Observations, settings: &Settings) -> Vec<Omission> {
    let score = |label: usize| settings.labels.scores.get(label).copied().flatten();
    let extreme = |want: fn(f64) -> bool| {
        (0..settings.labels.len())
            .filter(|&label| score(label).is_some_and(want))
            .collect::<Vec<_>>()
    };
    let (supportive, hostile) = (extreme(|score| score > 0.0), extreme(|score| score < 0.0));
    let mut found = Vec::new();
    for (strata, by_actor) in [("actor and week", true), ("side and week", false)] {
        let from = found.len();
        let outlets = std::iter::once(None).chain((0..seen.outlets.len()).map(Some));
        for outlet in outlets {
            let mut tables: BTreeMap<(usize, Option<i64>, usize), Table> = BTreeMap::new();
            for one in shared {
                let is_hostile = hostile.contains(&one.stance);
                let known = if by_actor {
                    !seen.actors[one.actor].is_rest
                } else {
                    !seen.sides[one.side].is_rest
                };
                if !known || !(is_hostile || supportive.contains(&one.stance)) {
                    continue;
                }
                let carriers = one
                    .how
                    .iter()
                    .filter(|(_, how)| *how != How::Omitted)
                    .count();
                for &(place, how) in &one.how {
                    let others = carriers - usize::from(how != How::Omitted);
                    if others < settings.least_carriers
                        || outlet.is_some_and(|outlet| outlet != place)
                    {
                        continue;
                    }
                    let who = if by_actor { one.actor } else { one.side };
                    // Outlets leave out more or less of everything: each has its own strata.
                    let table = tables.entry((who, one.week, place)).or_default();
                    *match (is_hostile, how == How::Omitted) {
                        (true, true) => &mut table.a,
                        (true, false) => &mut table.b,
                        (false, true) => &mut table.c,
                        (false, false) => &mut table.d,
                    } += 1.0;
                }
            }
            let tables: Vec<Table> = tables.into_values().collect();
            if !tables.is_empty() {
                found.push(omission(
                    outlet.map(|outlet| seen.outlets[outlet].clone()),
                    strata,
                    &tables,
                    settings,
                ));
            }
        }
        let family = from + usize::from(found.get(from).is_some_and(|one| one.outlet.is_none()));
        let q = benjamini_hochberg(&found[family..].iter().map(|one| one.p).collect::<Vec<_>>());
        for (one, q) in found[family..].iter_mut().zip(q) {
            one.q = q;
        }
    }
    found
}

fn omission(
    outlet: Option<String>,
    strata: &'static str,
    tables: &[Table],
    settings: &Settings,
) -> Omission {
    let sum = |part: fn(&Table) -> f64| tables.iter().map(part).sum::<f64>() as usize;
    let pooled = pool(tables);
    let reach = quantile(0.5 + settings.level / 2.0);
    let end = |sign: f64| {
        pooled.map(|pooled| pooled.odds_ratio * libm::exp(sign * reach * pooled.variance.sqrt()))
    };
    Omission {
        outlet,
        strata,
        hostile: (sum(|t| t.a + t.b), sum(|t| t.a)),
        supportive: (sum(|t| t.c + t.d), sum(|t| t.c)),
        n_strata: tables.iter().filter(|table| table.informs()).count(),
        odds_ratio: pooled.map(|pooled| pooled.odds_ratio),
        low: end(-1.0),
        high: end(1.0),
        p: pooled.map(|pooled| pooled.p),
        q: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pooling_agrees_with_statsmodels() {
        let tables = [
            Table {
                a: 12.0,
                b: 5.0,
                c: 4.0,
                d: 9.0,
            },
            Table {
                a: 7.0,
                b: 8.0,
                c: 3.0,
                d: 11.0,
            },
            Table {
                a: 1.0,
                b: 0.0,
                c: 2.0,
                d: 3.0,
            },
        ];
        let found = pool(&tables).unwrap();
        // statsmodels.stats.contingency_tables.StratifiedTable([[[12, 5], [4, 9]], [[7, 8], [3, 11]], [[1, 0], [2, 3]]]):
        // oddsratio_pooled, logodds_pooled_se, test_null_odds(correction=False).pvalue
        assert!(
            (found.odds_ratio - 4.520_769_230_769_231).abs() < 1e-9,
            "{found:?}"
        );
        assert!(
            (found.variance.sqrt() - 0.569_743_108_589_012_9).abs() < 1e-9,
            "{found:?}"
        );
        assert!(
            (found.p - 0.007_267_933_588_373_41).abs() < 1e-9,
            "{found:?}"
        );
    }

    #[test]
    fn a_ratio_needs_both_sides() {
        assert_eq!(
            pool(&[Table {
                a: 3.0,
                b: 0.0,
                c: 0.0,
                d: 3.0
            }]),
            None
        );
        assert_eq!(pool(&[]), None);
    }
}
