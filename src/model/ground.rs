//! What a training builds on besides its own rows: other labelled statements, a model that the weights are drawn to, a model
//! at whose weights the search begins. It turns models into numbers for the fit; it does not fit.
//!
//! Drawing weights to those of a model in place of zero is the maximum a posteriori estimate under a Gaussian prior about
//! the model (Chelba & Acero 2006, "Adaptation of maximum entropy capitalizer"): few labels move what they speak
//! of and leave the rest.

use super::Model;
use super::head::Head;
use super::train::TrainingRow;
use crate::features::{Bag, Vocabulary};

/// What a training builds on; nothing by default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ground<'a> {
    /// Other labelled statements: learnt from, never judged, in no fold. Those of a group that is held out are held out too.
    pub rows: &'a [TrainingRow<'a>],
    /// What weights and intercepts are drawn to in place of zero. Its features are kept, and a label or tone that no row has
    /// stays as it knows it.
    pub prior: Option<Prior<'a>>,
    /// A model at whose weights the search begins: sooner there, the same weights to the tolerance of the fit.
    pub start: Option<&'a Model>,
}

/// A model that weights are drawn to; its label sets are those of the training.
#[derive(Clone, Copy, Debug)]
pub struct Prior<'a> {
    /// The model.
    pub model: &'a Model,
    /// How strongly, as a multiple of the usual penalty; above 0.
    pub pull: f64,
}

/// Which head of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Stance,
    Tone,
}

impl Ground<'_> {
    /// The features of `bags`: behind those of the prior, if there is one.
    pub(super) fn vocabulary<'b, B: Iterator<Item = &'b Bag>>(
        &self,
        bags: B,
        min_df: u32,
        wanted: impl Fn(u8) -> bool,
    ) -> Vocabulary {
        match self.prior {
            None => Vocabulary::learn(bags, min_df, wanted),
            Some(Prior { model, .. }) => {
                let n_known = model.provenance.n_statements;
                model.vocabulary.extended(n_known, bags, min_df, wanted)
            }
        }
    }

    /// How strongly the prior draws; 1 where there is none, as the usual penalty.
    pub(super) fn pull(&self, which: Which) -> f64 {
        match self.prior {
            Some(prior) if head(prior.model, which).is_some() => prior.pull,
            _ => 1.0,
        }
    }

    /// The sharpness that the prior was calibrated to.
    pub(super) fn sharpness(&self, which: Which) -> Option<f64> {
        Some(head(self.prior?.model, which)?.sharpness)
    }

    /// The parameters of the prior over `vocabulary`.
    pub(super) fn prior(&self, which: Which, vocabulary: &Vocabulary) -> Option<Vec<f64>> {
        parameters(self.prior?.model, which, vocabulary)
    }

    /// The parameters at which the search begins, over `vocabulary`.
    pub(super) fn start(&self, which: Which, vocabulary: &Vocabulary) -> Option<Vec<f64>> {
        parameters(self.start?, which, vocabulary)
    }

    /// The tone of the prior over a vocabulary that begins with its own.
    pub(super) fn tone(&self, vocabulary: &Vocabulary) -> Option<Head> {
        let tone = self.prior?.model.tone.as_ref()?;
        let mut weights = tone.weights.to_vec();
        weights.resize(vocabulary.len() * tone.labels.len(), 0.0);
        Some(Head {
            weights: weights.into(),
            ..tone.clone()
        })
    }
}

fn head(model: &Model, which: Which) -> Option<&Head> {
    match which {
        Which::Stance => Some(&model.stance),
        Which::Tone => model.tone.as_ref(),
    }
}

/// A head as parameters over `vocabulary`, in the shape of a fit's; 0 for features that the model lacks.
fn parameters(model: &Model, which: Which, vocabulary: &Vocabulary) -> Option<Vec<f64>> {
    let head = head(model, which)?;
    let k = head.labels.len();
    let mut numbers = Vec::with_capacity((vocabulary.len() + 1) * k);
    for key in vocabulary.known() {
        match model.vocabulary.column(key) {
            Some(column) => {
                let at = column as usize * k;
                numbers.extend(head.weights[at..at + k].iter().map(|&w| f64::from(w)));
            }
            None => numbers.resize(numbers.len() + k, 0.0),
        }
    }
    numbers.extend(&head.intercepts);
    Some(numbers)
}
