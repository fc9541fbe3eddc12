//! How many hand labels buy which width of a corrected score, before anyone labels. It draws no labels.

use super::comparison::OutletRow;
use super::findings::{Plan, PlanRow};
use super::ledger::Hand;
use super::normal::quantile;
use super::observation::Observation;
use super::tally::Source;
use super::totals::{positions, scored};

/// Numbers of labels in an outlet that the plan shows.
const SIZES: [usize; 6] = [25, 50, 100, 200, 400, 800];

/// Power of the difference that the plan calls detectable.
const POWER: f64 = 0.8;

/// The plan. The variance of a corrected score is that of the raw one plus (1/n - 1/N) s^2 / r^2, with n labels of N
/// statements, s the spread of the error of a statement's score, and r the share of positions (two-phase sampling: Cochran
/// 1977, chapter 12; Angelopoulos et al. 2023).
pub fn plan(outlets: &[OutletRow], hand: &Hand, source: Source<'_>) -> Plan {
    let settings = source.settings;
    let (basis, error_sd) = spread(hand, source);
    let z = quantile(0.5 + settings.level / 2.0);
    let ready: Vec<(&OutletRow, f64, f64)> = outlets
        .iter()
        .filter_map(|row| {
            let score = &row.tally.score;
            let error = (score.high? - score.low?) / (2.0 * z);
            Some((row, error, 1.0 - row.tally.none.value?))
        })
        .filter(|(_, _, share)| *share > 0.0)
        .collect();
    let rows = SIZES.iter().filter_map(|&n_labels| {
        let half_widths: Vec<(String, f64)> = ready
            .iter()
            .filter(|(row, ..)| row.tally.n_statements >= n_labels)
            .map(|(row, error, share)| {
                let left = 1.0 / n_labels as f64 - 1.0 / row.tally.n_statements as f64;
                (
                    row.outlet.clone(),
                    z * (error * error + left * error_sd * error_sd / (share * share)).sqrt(),
                )
            })
            .collect();
        let mut sorted: Vec<f64> = half_widths.iter().map(|one| one.1).collect();
        sorted.sort_by(f64::total_cmp);
        let typical = *sorted.get(sorted.len() / 2)?;
        Some(PlanRow {
            n_labels,
            half_widths,
            typical,
            // Two independent means: their difference has a spread larger by the root of two.
            detectable: typical / z
                * std::f64::consts::SQRT_2
                * (quantile(0.975) + quantile(POWER)),
        })
    });
    Plan {
        basis,
        error_sd,
        rows: rows.collect(),
    }
}

/// The spread of the error of a statement's score: from hand labels, else from the held-out confusion, else as large as the
/// probabilities themselves say.
fn spread(hand: &Hand, source: Source<'_>) -> (String, f64) {
    let settings = source.settings;
    let scores = source.ledger.shape.scores();
    let place = |label: usize| scores[label].unwrap_or(0.0);
    let labelled: Vec<(f64, f64)> = source
        .seen
        .rows
        .iter()
        .filter_map(|row| {
            let &(gold, probability) = hand.get(&row.statement)?;
            Some((
                place(gold) - scored(&row.probabilities, scores),
                1.0 / probability,
            ))
        })
        .collect();
    if labelled.len() > 1 {
        return (
            format!("{} hand labels", labelled.len()),
            deviation(&labelled),
        );
    }
    if let Some(counts) = settings
        .confusion
        .as_ref()
        .filter(|counts| counts.len() == scores.len())
    {
        let errors: Vec<(f64, f64)> = counts
            .iter()
            .enumerate()
            .flat_map(|(gold, row)| {
                row.iter()
                    .enumerate()
                    .map(move |(label, &count)| (gold, label, count))
            })
            .filter(|&(_, label, _)| label < scores.len())
            .map(|(gold, label, count)| (place(gold) - place(label), count as f64))
            .collect();
        return (
            "the model's held-out confusion".to_owned(),
            deviation(&errors),
        );
    }
    let rows = &source.seen.rows;
    let variance: f64 = rows
        .iter()
        .map(|row| own_variance(row, scores))
        .sum::<f64>()
        / rows.len().max(1) as f64;
    (
        "the model's own probabilities, which no label has checked here".to_owned(),
        variance.sqrt(),
    )
}

/// Variance of a statement's score under its probabilities.
fn own_variance(row: &Observation, scores: &[Option<f64>]) -> f64 {
    let mean = scored(&row.probabilities, scores);
    let squares: Vec<Option<f64>> = scores
        .iter()
        .map(|score| score.map(|score| score * score))
        .collect();
    debug_assert!(positions(&row.probabilities, scores) <= 1.0 + 1e-9);
    (scored(&row.probabilities, &squares) - mean * mean).max(0.0)
}

/// Standard deviation of values with weights.
fn deviation(values: &[(f64, f64)]) -> f64 {
    let whole: f64 = values.iter().map(|one| one.1).sum();
    if whole <= 0.0 {
        return 0.0;
    }
    let mean = values.iter().map(|one| one.0 * one.1).sum::<f64>() / whole;
    (values
        .iter()
        .map(|one| one.1 * (one.0 - mean) * (one.0 - mean))
        .sum::<f64>()
        / whole)
        .sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weighted_values_spread_as_their_repeats_do() {
        // 0, 0, 0, 4: mean 1, variance (3 * 1 + 9) / 4 = 3.
        assert!((deviation(&[(0.0, 3.0), (4.0, 1.0)]) - 3.0_f64.sqrt()).abs() < 1e-12);
    }
}
