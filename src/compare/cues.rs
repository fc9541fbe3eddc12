//! Which words introduce the same quotations in which outlet: a claim is not said. It finds no quotations.

use std::collections::BTreeMap;

use super::carriers::Shared;
use super::findings::CueUse;
use super::observation::Observations;
use super::statement::Statement;
use super::totals::ratio;

/// Weight of the prior, in uses of a cue. It is spread over the cues as all outlets use them.
const PRIOR: f64 = 20.0;
/// Rows that are given for an outlet.
const MOST: usize = 12;

/// Cues by outlet for shared quotations, the strongest first.
pub fn cues(shared: &[Shared], statements: &[Statement], seen: &Observations) -> Vec<CueUse> {
    let mut times: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for one in shared {
        // An outlet speaks once for a quotation, however often it prints it.
        let mut met = std::collections::BTreeSet::new();
        for &row in &one.rows {
            let row = &seen.rows[row];
            let Some(cue) = statements[row.statement].cue.as_deref() else {
                continue;
            };
            let cue = cue.to_lowercase();
            if met.insert((row.outlet, cue.clone())) {
                times
                    .entry(cue)
                    .or_insert_with(|| vec![0; seen.outlets.len()])[row.outlet] += 1;
            }
        }
    }
    let totals: Vec<usize> = (0..seen.outlets.len())
        .map(|outlet| times.values().map(|by| by[outlet]).sum())
        .collect();
    let all: usize = totals.iter().sum();
    let mut found = Vec::new();
    for (outlet, name) in seen.outlets.iter().enumerate() {
        let mut own: Vec<CueUse> = times
            .iter()
            .filter_map(|(cue, by)| {
                let (n, every) = (by[outlet], by.iter().sum::<usize>());
                let prior = PRIOR * every as f64 / all as f64;
                let (log_odds, z) = compared(
                    (n, totals[outlet]),
                    (every - n, all - totals[outlet]),
                    prior,
                )?;
                Some(CueUse {
                    outlet: name.clone(),
                    cue: cue.clone(),
                    n,
                    n_others: every - n,
                    log_odds,
                    z,
                })
            })
            .collect();
        own.sort_by(|a, b| b.z.abs().total_cmp(&a.z.abs()));
        own.truncate(MOST);
        found.extend(own);
    }
    found.sort_by(|a, b| b.z.abs().total_cmp(&a.z.abs()));
    found
}

/// Log-odds ratio and z-score of a word used `n` of `all` times on each side, with a prior of `prior` uses of it among
/// [`PRIOR`] (Monroe, Colaresi & Quinn 2008). The variance keeps the terms of all other words, which the paper leaves out
/// where words are rare: `said` is not. `None` where one side has no word at all.
fn compared(one: (usize, usize), other: (usize, usize), prior: f64) -> Option<(f64, f64)> {
    if one.1 == 0 || other.1 == 0 {
        return None;
    }
    let used = |n: usize| n as f64 + prior;
    let unused = |(n, all): (usize, usize)| (all - n) as f64 + PRIOR - prior;
    let odds = |side: (usize, usize)| ratio(used(side.0), unused(side));
    let log_odds = libm::log(odds(one)?) - libm::log(odds(other)?);
    let spread = |side: (usize, usize)| 1.0 / used(side.0) + 1.0 / unused(side);
    Some((log_odds, log_odds / (spread(one) + spread(other)).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_is_weighed_against_its_prior() {
        // 6 of 10 against 4 of 30, prior 5 of 20: ln(11 / 19) - ln(9 / 41) = -0.546544 + 1.516347 = 0.969804;
        // z = 0.969804 / sqrt(1 / 11 + 1 / 19 + 1 / 9 + 1 / 41) = 1.835900.
        let (log_odds, z) = compared((6, 10), (4, 30), 5.0).unwrap();
        assert!(
            (log_odds - 0.969_804).abs() < 1e-5 && (z - 1.835_900).abs() < 1e-4,
            "{log_odds} {z}"
        );
        assert_eq!(compared((0, 0), (4, 30), 5.0), None);
    }
}
