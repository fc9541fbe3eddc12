//! What more labels bring: the macro-F1 on held-out statements when a model learns from ever more of the labelled ones, and
//! what a batch of writing is worth to a model that learnt from all others. It prints nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Result;
use crate::evaluate::Confusion;
use crate::features::{Example, Weighting, key};
use crate::model::ground::Ground;
use crate::model::train::{Settings, TrainingRow, judge_held_out};

/// The smallest number of statements that a curve begins with; each step doubles it.
const FIRST: usize = 100;

/// One step of a learning curve.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Step {
    /// Statements learnt from.
    pub n: usize,
    /// Macro-F1 on each held-out part with the shipped features, 0..=1.
    pub shipped: Vec<f64>,
    /// Macro-F1 on each held-out part with stems and pairs of stems alone.
    pub n_grams: Vec<f64>,
}

/// A learning curve with the parts that it was measured on.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Curve {
    /// Names of the held-out parts, in the order of the figures of a step.
    pub parts: Vec<String>,
    /// The steps, by rising number of statements.
    pub steps: Vec<Step>,
}

/// Macro-F1 on each of `held` as a model learns from 100, 200, 400 ... and all of `seen`. Whole groups are taken, in an order
/// that the seed of `settings` gives.
///
/// # Errors
/// A fit that fails.
pub fn curve(
    seen: &[TrainingRow<'_>],
    held: &[Vec<TrainingRow<'_>>],
    settings: &Settings,
) -> Result<Vec<Step>> {
    let mut rows = seen.to_vec();
    rows.sort_by_cached_key(|row| {
        let group = key::word(row.group.as_bytes());
        key::join(settings.seed, group)
    });
    let sizes = std::iter::successors(Some(FIRST), |size| Some(size * 2))
        .take_while(|size| *size < rows.len())
        .chain([rows.len()]);
    let stems = Settings {
        weightings: only_stems(&settings.weightings),
        ..settings.clone()
    };
    sizes
        .map(|size| {
            let end = whole_groups(&rows, size);
            let scores = |settings: &Settings| scores(&rows[..end], held, settings);
            Ok(Step {
                n: end,
                shipped: scores(settings)?,
                n_grams: scores(&stems)?,
            })
        })
        .collect()
}

/// What a batch of writing brings.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchWorth {
    /// Its name.
    pub batch: String,
    /// Its statements.
    pub n: usize,
    /// Macro-F1 on the batch itself of a model that learnt from all other batches.
    pub unseen: f64,
    /// Macro-F1 on each held-out part with all batches, minus that without this one.
    pub brings: Vec<f64>,
}

/// Leaves out each batch in turn. Rows without a batch are always learnt from.
///
/// # Errors
/// A fit that fails.
pub fn batches(
    found: &[Example],
    rows: &[TrainingRow<'_>],
    held: &[Vec<TrainingRow<'_>>],
    settings: &Settings,
) -> Result<Vec<BatchWorth>> {
    let names: BTreeSet<&str> = found
        .iter()
        .filter_map(|one| one.batch.as_deref())
        .collect();
    let whole = scores(rows, held, settings)?;
    names
        .into_iter()
        .map(|name| {
            let mut parts: BTreeMap<bool, Vec<TrainingRow<'_>>> = BTreeMap::new();
            for (row, example) in rows.iter().zip(found) {
                let inside = example.batch.as_deref() == Some(name);
                parts.entry(inside).or_default().push(*row);
            }
            let others = parts.remove(&false).unwrap_or_default();
            let own = parts.remove(&true).unwrap_or_default();
            let n = own.len();
            let mut tested = held.to_vec();
            tested.push(own);
            let mut without = scores(&others, &tested, settings)?;
            let unseen = without.pop().unwrap_or_default();
            let brings = whole
                .iter()
                .zip(&without)
                .map(|(with, without)| with - without);
            Ok(BatchWorth {
                batch: name.to_owned(),
                n,
                unseen,
                brings: brings.collect(),
            })
        })
        .collect()
}

fn scores(
    seen: &[TrainingRow<'_>],
    held: &[Vec<TrainingRow<'_>>],
    settings: &Settings,
) -> Result<Vec<f64>> {
    let all: Vec<TrainingRow<'_>> = held.iter().flatten().copied().collect();
    let judged = judge_held_out(seen, &Ground::default(), &all, settings)?;
    let mut from = 0;
    Ok(held
        .iter()
        .map(|part| {
            let pairs = part
                .iter()
                .zip(&judged[from..])
                .map(|(row, label)| (row.stance, *label));
            from += part.len();
            Confusion::of(settings.stances.len(), pairs)
                .macro_f1()
                .unwrap_or_default()
        })
        .collect())
}

/// One past the end of the group that holds row `size - 1`.
fn whole_groups(rows: &[TrainingRow<'_>], size: usize) -> usize {
    let last = &rows[size - 1].group;
    size + rows[size..]
        .iter()
        .take_while(|row| row.group == *last)
        .count()
}

fn only_stems(weightings: &[Weighting]) -> Vec<Weighting> {
    weightings
        .iter()
        .map(|family| Weighting {
            weight: if family.name == "stems" {
                family.weight
            } else {
                0.0
            },
            ..family.clone()
        })
        .collect()
}
