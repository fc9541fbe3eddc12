//! Training: cross-fitting by group for calibration and honest figures, then one vocabulary and two heads (stance and
//! tone) on all rows. The order of the rows and the number of threads make no difference. It reads no files.

use super::crossfit::{Job, Labelled, wanted};
use super::ground::{Ground, Which};
use super::head::{Head, Prediction};
use super::hyperparams::ClassWeights;
use crate::error::Result;
use crate::features::{Bag, Example, Row, Vocabulary, Weighting, key, vectorize};
use crate::label::LabelSet;

/// How to train.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Stance labels.
    pub stances: LabelSet,
    /// Tone labels.
    pub tones: LabelSet,
    /// Inverse strength of the penalty, as in scikit-learn.
    pub c: f64,
    /// How much the statements of each stance count.
    pub class_weights: ClassWeights,
    /// How much the statements of each tone count. Two thirds of what news attributes is neutral, and a head that is
    /// learnt from all alike calls nearly everything so.
    pub tone_weights: ClassWeights,
    /// Bags that a feature must occur in.
    pub min_df: u32,
    /// Weighting of each feature family.
    pub weightings: Vec<Weighting>,
    /// Folds of the cross-fitting, 2 or more.
    pub folds: usize,
    /// Seed of the folds.
    pub seed: u64,
    /// Error that is wished for among the statements that are not abstained from, 0..=1.
    pub risk: f64,
    /// Largest share to abstain from, 0..=1.
    pub most_abstained: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            stances: LabelSet::stance(),
            tones: LabelSet::tone(),
            c: 3.0,
            class_weights: ClassWeights::Even,
            tone_weights: ClassWeights::Balanced,
            min_df: 2,
            weightings: Weighting::shipped(),
            folds: 5,
            seed: 1,
            risk: 0.2,
            most_abstained: 0.25,
        }
    }
}

/// A statement to learn from.
#[derive(Clone, Copy, Debug)]
pub struct TrainingRow<'a> {
    /// Its features.
    pub bag: &'a Bag,
    /// Number of its stance.
    pub stance: usize,
    /// Number of its tone, if labelled.
    pub tone: Option<usize>,
    /// What may never stand on two sides of a split.
    pub group: &'a str,
    /// How much it counts, above 0.
    pub weight: f32,
    /// Whether the stance is learnt from it once more at the end.
    pub near: bool,
}

impl<'a> TrainingRow<'a> {
    /// A labelled statement as a row; `None` where its stance is none of the labels of `settings`.
    pub fn of(example: &'a Example, settings: &Settings) -> Option<Self> {
        let tone = example.tone.as_deref();
        Some(Self {
            bag: &example.bag,
            stance: settings.stances.position(&example.stance)?,
            tone: tone.and_then(|tone| settings.tones.position(tone)),
            group: &example.group,
            weight: example.weight,
            near: example.near,
        })
    }
}

/// What training gives.
#[derive(Clone, Debug)]
pub struct Trained {
    /// Known features.
    pub vocabulary: Vocabulary,
    /// Chooses the stance.
    pub stance: Head,
    /// Chooses the tone; `None` where no row has a tone label.
    pub tone: Option<Head>,
    /// Prediction of each row by a head that had not seen its group, in the order of the rows.
    pub stance_out_of_fold: Vec<Prediction>,
    /// The same for tone; `None` for rows without a tone label.
    pub tone_out_of_fold: Vec<Option<Prediction>>,
}

/// Trains on `rows`.
///
/// # Errors
/// Fewer groups than folds, one label only, or a fit that fails, each with its cause.
pub fn train(rows: &[TrainingRow<'_>], settings: &Settings) -> Result<Trained> {
    train_on(rows, &Ground::default(), settings, &|| {})
}

/// Trains on `rows` and what they build on; `fitted` is called after each fit, from any thread: `folds + 1` times for stance,
/// as often for tone.
///
/// # Errors
/// As [`train`].
pub fn train_on(
    rows: &[TrainingRow<'_>],
    ground: &Ground<'_>,
    settings: &Settings,
    fitted: &(dyn Fn() + Sync),
) -> Result<Trained> {
    let order = canonical_order(rows);
    let sorted: Vec<TrainingRow<'_>> = order.iter().map(|&at| rows[at]).collect();
    let below: Vec<TrainingRow<'_>> = canonical_order(ground.rows)
        .into_iter()
        .map(|at| ground.rows[at])
        .collect();
    let stance_job = Job {
        rows: sorted.iter().map(Labelled::of_stance).collect(),
        below: below.iter().map(Labelled::of_stance).collect(),
        labels: &settings.stances,
        which: Which::Stance,
        ground,
        settings,
        fitted,
    };
    let mut tone_job = Job {
        rows: sorted.iter().filter_map(Labelled::of_tone).collect(),
        below: below.iter().filter_map(Labelled::of_tone).collect(),
        labels: &settings.tones,
        which: Which::Tone,
        ground,
        settings,
        fitted,
    };
    let every = stance_job.rows.iter().chain(&stance_job.below);
    let vocabulary = ground.vocabulary(
        every.map(|row| row.bag),
        settings.min_df,
        wanted(&settings.weightings),
    );
    let (stance, stance_judged) = stance_job.head(&vocabulary)?;
    let mut stance_out_of_fold = vec![None; rows.len()];
    for (prediction, &at) in stance_judged.into_iter().zip(&order) {
        stance_out_of_fold[at] = Some(prediction);
    }
    let mut tone_out_of_fold = vec![None; rows.len()];
    let tone = if !tone_job.rows.is_empty() {
        let (tone, judged) = tone_job.head(&vocabulary)?;
        let labelled = order.iter().filter(|&&at| rows[at].tone.is_some());
        for (prediction, &at) in judged.into_iter().zip(labelled) {
            tone_out_of_fold[at] = Some(prediction);
        }
        Some(tone)
    } else if tone_job.below.is_empty() {
        ground.tone(&vocabulary)
    } else {
        // Only the statements built on have tones: they are judged by each other.
        tone_job.rows = std::mem::take(&mut tone_job.below);
        Some(tone_job.head(&vocabulary)?.0)
    };
    let stance_out_of_fold = stance_out_of_fold.into_iter().flatten().collect();
    Ok(Trained {
        vocabulary,
        stance,
        tone,
        stance_out_of_fold,
        tone_out_of_fold,
    })
}

/// The stance that a head learnt from `seen` on `ground` gives each of `held`; nothing is calibrated.
///
/// # Errors
/// A label without a row in `seen`, or a fit that fails.
pub fn judge_held_out(
    seen: &[TrainingRow<'_>],
    ground: &Ground<'_>,
    held: &[TrainingRow<'_>],
    settings: &Settings,
) -> Result<Vec<usize>> {
    let all: Vec<TrainingRow<'_>> = seen.iter().chain(ground.rows).copied().collect();
    let sorted = canonical_order(&all);
    let job = Job {
        rows: sorted
            .into_iter()
            .map(|at| Labelled::of_stance(&all[at]))
            .collect(),
        below: Vec::new(),
        labels: &settings.stances,
        which: Which::Stance,
        ground,
        settings,
        fitted: &|| {},
    };
    let vocabulary = job.learn(&job.rows);
    let head = job.fit(&job.rows, &vocabulary)?;
    let mut row = Row::new();
    Ok(held
        .iter()
        .map(|one| {
            vectorize(one.bag, &vocabulary, &settings.weightings, &mut row);
            head.judge(&head.logits(&row)).label
        })
        .collect())
}

/// Rows sorted by what they hold: sums run in this order whatever the order of the files.
fn canonical_order(rows: &[TrainingRow<'_>]) -> Vec<usize> {
    let mut keyed: Vec<(u64, usize)> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let mut hash = key::join(key::word(row.group.as_bytes()), row.stance as u64);
            hash = key::join(hash, row.tone.map_or(u64::MAX, |tone| tone as u64));
            hash = key::join(hash, u64::from(row.weight.to_bits()));
            hash = key::join(hash, u64::from(row.near));
            for entry in &row.bag.entries {
                hash = key::join(key::join(hash, entry.key), u64::from(entry.count));
            }
            (hash, at)
        })
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
#[path = "train_tests.rs"]
mod tests;
