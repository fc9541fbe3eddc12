//! One head learnt: fits on the folds' rows for calibration and honest figures, then one fit on all rows. Where rows are marked as
//! near to what the model will read, each fit of the stance is followed by one on them alone, whose weights are drawn to those of
//! the first (Chelba & Acero 2006, as in [`super::ground`]). It deals rows into folds and does not order them; [`super::train`] does.

use std::collections::BTreeSet;

use linfa::DatasetBase;
use linfa::ParamGuard;
use linfa::traits::Fit;
use ndarray::Array1;
use rayon::prelude::*;

use super::abstain;
use super::calibrate;
use super::fit::FitError;
use super::folds::deal;
use super::ground::{Ground, Which};
use super::head::{Head, Prediction};
use super::hyperparams::HyperParams;
use super::records::SparseRecords;
use super::train::{Settings, TrainingRow};
use crate::error::{Fault, Result};
use crate::features::{Bag, Row, Vocabulary, Weighting, vectorize};
use crate::label::LabelSet;

/// Length of the gradient, by unit of weight, at which a head is learnt.
const TOLERANCE: f64 = 1e-5;

/// Inverse strength of the penalty of the fit on rows that are near, about the fit on all. Between 0.12 and 0.5 the macro-F1 of real
/// statements differs by 0.003 (`docs/stance-errors.md`).
pub const C_NEAR: f64 = 0.15;

/// A row with the label of the head at hand.
#[derive(Clone, Copy)]
pub(super) struct Labelled<'a> {
    pub(super) bag: &'a Bag,
    pub(super) label: usize,
    pub(super) group: &'a str,
    pub(super) weight: f32,
    pub(super) near: bool,
}

impl<'a> Labelled<'a> {
    pub(super) const fn of_stance(row: &TrainingRow<'a>) -> Self {
        Self::of(row, row.stance)
    }

    pub(super) fn of_tone(row: &TrainingRow<'a>) -> Option<Self> {
        row.tone.map(|tone| Self::of(row, tone))
    }

    const fn of(row: &TrainingRow<'a>, label: usize) -> Self {
        Self {
            bag: row.bag,
            label,
            group: row.group,
            weight: row.weight,
            near: row.near,
        }
    }
}

/// Whether a family is weighted at all.
pub(super) fn wanted(weightings: &[Weighting]) -> impl Fn(u8) -> bool {
    |family| {
        let family = weightings.get(usize::from(family));
        family.is_some_and(|family| family.weight > 0.0)
    }
}

/// Numbers of held-out rows with their logits.
type Held = Vec<(usize, Vec<f64>)>;

/// One head to be learnt.
pub(super) struct Job<'a> {
    /// The rows that are dealt into folds and judged.
    pub(super) rows: Vec<Labelled<'a>>,
    /// The rows that are only learnt from.
    pub(super) below: Vec<Labelled<'a>>,
    pub(super) labels: &'a LabelSet,
    pub(super) which: Which,
    pub(super) ground: &'a Ground<'a>,
    pub(super) settings: &'a Settings,
    pub(super) fitted: &'a (dyn Fn() + Sync),
}

impl Job<'_> {
    /// A calibrated head on all rows, with what heads that had not seen a row's group say of it.
    pub(super) fn head(&self, vocabulary: &Vocabulary) -> Result<(Head, Vec<Prediction>)> {
        let settings = self.settings;
        let logits = self.cross_fit()?;
        let gold: Vec<usize> = self.rows.iter().map(|row| row.label).collect();
        let all: Vec<Labelled<'_>> = self.rows.iter().chain(&self.below).copied().collect();
        let mut head = self.fit(&all, vocabulary)?;
        head.sharpness = calibrate::sharpness(&logits, &gold, self.ground.sharpness(self.which));
        let judged: Vec<Prediction> = logits.iter().map(|z| head.judge(z)).collect();
        let right: Vec<(f64, bool)> = judged
            .iter()
            .zip(&gold)
            .map(|(p, &label)| (p.confidence, p.label == label))
            .collect();
        head.threshold = abstain::threshold(&right, settings.risk, settings.most_abstained);
        let judged = logits.iter().map(|z| head.judge(z)).collect();
        Ok((head, judged))
    }

    /// Logits of every row from a head and a vocabulary that were learnt without its group.
    fn cross_fit(&self) -> Result<Vec<Vec<f64>>> {
        let (rows, settings) = (&self.rows, self.settings);
        let dealt = deal(
            rows.iter().map(|row| (row.group, row.label)),
            settings.folds,
            settings.seed,
        )
        .ok_or_else(|| {
            Fault::new(format!("too few groups for {} folds", settings.folds))
                .expected(
                    "at least as many groups (articles, events) as folds, and 2 folds or more",
                )
                .remedy("label more articles or choose fewer --folds")
        })?;
        let folds: Vec<Result<Held>> = (0..settings.folds)
            .into_par_iter()
            .map(|fold| {
                let in_fold = |at: &usize| dealt[*at] == fold;
                let held: BTreeSet<&str> = (0..rows.len())
                    .filter(in_fold)
                    .map(|at| rows[at].group)
                    .collect();
                let others = rows.iter().chain(&self.below);
                let seen: Vec<Labelled<'_>> = others
                    .filter(|row| !held.contains(row.group))
                    .copied()
                    .collect();
                let vocabulary = self.learn(&seen);
                let head = self.fit(&seen, &vocabulary)?;
                let mut row = Row::new();
                let judged = (0..rows.len()).filter(in_fold).map(|at| {
                    vectorize(rows[at].bag, &vocabulary, &settings.weightings, &mut row);
                    (at, head.logits(&row))
                });
                Ok(judged.collect())
            })
            .collect();
        let mut logits = vec![Vec::new(); rows.len()];
        for fold in folds {
            for (at, z) in fold? {
                logits[at] = z;
            }
        }
        Ok(logits)
    }

    pub(super) fn learn(&self, rows: &[Labelled<'_>]) -> Vocabulary {
        self.ground.vocabulary(
            rows.iter().map(|row| row.bag),
            self.settings.min_df,
            wanted(&self.settings.weightings),
        )
    }

    /// A head that is not calibrated.
    pub(super) fn fit(&self, rows: &[Labelled<'_>], vocabulary: &Vocabulary) -> Result<Head> {
        let (labels, settings) = (self.labels, self.settings);
        let prior = self.ground.prior(self.which, vocabulary);
        let absent = (0..labels.len()).find(|&label| rows.iter().all(|row| row.label != label));
        if let Some(absent) = absent.filter(|_| prior.is_none()) {
            return Err(Fault::new(format!(
                "no statement to learn {:?} from",
                labels.labels[absent]
            ))
            .expected(format!(
                "statements of every label in every part of the cross-validation: {}",
                labels.listed()
            ))
            .remedy("label more, or name only the labels you have with --labels"));
        }
        let start = self.ground.start(self.which, vocabulary);
        let pull = self.ground.pull(self.which);
        let mut parameters = self.solve(rows, vocabulary, settings.c / pull, prior, start)?;
        // The stance of what is near to what the model will read, once more: about what all rows have taught.
        let near: Vec<Labelled<'_>> = rows.iter().filter(|row| row.near).copied().collect();
        if self.which == Which::Stance && !near.is_empty() && near.len() < rows.len() {
            let taught = Some(parameters);
            parameters = self.solve(&near, vocabulary, C_NEAR, taught, None)?;
        }
        (self.fitted)();
        let intercepts = parameters.split_off(vocabulary.len() * labels.len());
        Ok(Head {
            labels: labels.clone(),
            weights: parameters
                .into_iter()
                .map(|w| w as f32)
                .collect::<Vec<_>>()
                .into(),
            intercepts,
            sharpness: 1.0,
            threshold: 0.0,
        })
    }

    /// Weights and then intercepts learnt from `rows` with an inverse penalty of `c` about `prior`.
    fn solve(
        &self,
        rows: &[Labelled<'_>],
        vocabulary: &Vocabulary,
        c: f64,
        prior: Option<Vec<f64>>,
        start: Option<Vec<f64>>,
    ) -> Result<Vec<f64>> {
        let settings = self.settings;
        let mut row = Row::new();
        let matrix: Vec<Row> = rows
            .iter()
            .map(|labelled| {
                vectorize(labelled.bag, vocabulary, &settings.weightings, &mut row);
                row.clone()
            })
            .collect();
        let targets: Array1<usize> = rows.iter().map(|row| row.label).collect();
        let records = SparseRecords::new(&matrix, vocabulary.len());
        drop(matrix);
        let data = DatasetBase::new(records, targets)
            .with_weights(rows.iter().map(|row| row.weight).collect());
        let mut wishes =
            HyperParams::new()
                .c(c)
                .tolerance(TOLERANCE)
                .class_weights(match self.which {
                    Which::Stance => settings.class_weights.clone(),
                    Which::Tone => settings.tone_weights.clone(),
                });
        if let Some(prior) = prior {
            wishes = wishes.prior(prior);
        }
        if let Some(start) = start {
            wishes = wishes.start(start);
        }
        let fitted = wishes
            .check()
            .and_then(|checked| checked.fit(&data))
            .map_err(|error| fault(&error))?;
        let mut parameters: Vec<f64> = fitted.params().iter().copied().collect();
        parameters.extend(fitted.intercept());
        Ok(parameters)
    }
}

fn fault(error: &FitError) -> Fault {
    let words = error.to_string();
    match words.split_once("; expected ") {
        Some((found, rest)) => match rest.split_once("; ") {
            Some((expected, remedy)) => Fault::new(found).expected(expected).remedy(remedy),
            None => Fault::new(found).expected(rest),
        },
        None => Fault::new(words),
    }
}
