//! Settings tried by cross-validation: which C fits best, and what each feature family brings. It keeps no model and prints
//! nothing.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::error::Result;
use crate::evaluate::Confusion;
use crate::features::{Example, Weighting};
use crate::model::ground::Ground;
use crate::model::train::{Settings, TrainingRow, train_on};

/// Inverse strengths of the penalty that are tried: a log grid in steps of about three.
pub const GRID: [f64; 6] = [0.1, 0.3, 1.0, 3.0, 10.0, 30.0];

/// Cross-validated macro-F1 of stance, 0..=1.
///
/// # Errors
/// As training.
pub fn cross_validated(
    rows: &[TrainingRow<'_>],
    ground: &Ground<'_>,
    settings: &Settings,
) -> Result<f64> {
    let without_tone = toneless(rows);
    let below = toneless(ground.rows);
    let ground = Ground {
        rows: &below,
        ..*ground
    };
    let trained = train_on(&without_tone, &ground, settings, &|| {})?;
    let judged = trained.stance_out_of_fold.iter();
    let pairs = rows
        .iter()
        .zip(judged)
        .map(|(row, one)| (row.stance, one.label));
    Ok(Confusion::of(settings.stances.len(), pairs)
        .macro_f1()
        .unwrap_or_default())
}

/// Rows without their tones: nothing is spent on a head that is not asked for.
fn toneless<'r>(rows: &[TrainingRow<'r>]) -> Vec<TrainingRow<'r>> {
    rows.iter()
        .map(|row| TrainingRow { tone: None, ..*row })
        .collect()
}

/// Every C of [`GRID`] with its cross-validated macro-F1; `told` is called with each C before it is tried.
///
/// # Errors
/// As training.
pub fn choices_of_c(
    rows: &[TrainingRow<'_>],
    ground: &Ground<'_>,
    settings: &Settings,
    mut told: impl FnMut(f64),
) -> Result<Vec<(f64, f64)>> {
    GRID.iter()
        .map(|&c| {
            told(c);
            let settings = Settings {
                c,
                ..settings.clone()
            };
            Ok((c, cross_validated(rows, ground, &settings)?))
        })
        .collect()
}

/// The C with the best macro-F1; of equals the first, which draws closest to what is known before.
pub fn best_c(choices: &[(f64, f64)]) -> Option<f64> {
    let best = choices
        .iter()
        .reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map(|(c, _)| *c)
}

/// What a feature family brings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ablated {
    /// The family that is left out; `None` for all families together.
    pub without: Option<String>,
    /// Macro-F1, cross-validated by group.
    pub by_group: f64,
    /// The same with whole batches of writing held out, in as many folds; `None` with fewer than two batches.
    pub by_batch: Option<f64>,
}

/// Cross-validated macro-F1 with all families, then with each left out; `told` is called with each before it is tried.
///
/// # Errors
/// As training.
pub fn ablation(
    found: &[Example],
    rows: &[TrainingRow<'_>],
    settings: &Settings,
    mut told: impl FnMut(&str),
) -> Result<Vec<Ablated>> {
    let batches: Vec<TrainingRow<'_>> = rows
        .iter()
        .zip(found)
        .map(|(row, example)| TrainingRow {
            group: example.batch.as_deref().unwrap_or("-"),
            ..*row
        })
        .collect();
    let n_batches = batches
        .iter()
        .map(|row| row.group)
        .collect::<BTreeSet<_>>()
        .len();
    let mut tried = |without: Option<String>, weightings: Vec<Weighting>| -> Result<Ablated> {
        told(without.as_deref().unwrap_or("nothing"));
        let nothing = Ground::default();
        let by = |rows: &[TrainingRow<'_>], folds: usize| {
            let settings = Settings {
                weightings: weightings.clone(),
                folds,
                ..settings.clone()
            };
            cross_validated(rows, &nothing, &settings)
        };
        Ok(Ablated {
            without,
            by_group: by(rows, settings.folds)?,
            by_batch: if n_batches < 2 {
                None
            } else {
                Some(by(&batches, n_batches.min(settings.folds))?)
            },
        })
    };
    let mut table = vec![tried(None, settings.weightings.clone())?];
    let learnt = |at: &usize| settings.weightings[*at].weight > 0.0;
    for left_out in (0..settings.weightings.len()).filter(learnt) {
        let mut weightings = settings.weightings.clone();
        weightings[left_out].weight = 0.0;
        let name = weightings[left_out].name.clone();
        table.push(tried(Some(name), weightings)?);
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_equals_the_smallest_c_is_chosen() {
        assert_eq!(best_c(&[(0.3, 0.5), (1.0, 0.7), (3.0, 0.7)]), Some(1.0));
        assert_eq!(best_c(&[]), None);
    }
}
