//! The reasons of a stance as a record shows them: the weightiest by themselves, the rest as one sum.

use super::{Classifier, ReasonRecord};
use crate::features::Request;
use crate::model::Prediction;
use crate::model::explain::explain;
use crate::offset::CodePoints;

/// Reasons that a record shows; the rest are summed into one.
const SHOWN_REASONS: usize = 12;

/// Where the spans of a request count.
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    pub(super) points: &'a CodePoints<'a>,
    /// Code points before the statement's own text.
    pub(super) shift: usize,
}

impl Classifier<'_> {
    /// The weightiest reasons, and the sum of all others as one. Must follow [`Self::judge`] of the same request.
    pub(super) fn reasons(
        &mut self,
        request: &Request<'_>,
        prediction: &Prediction,
        place: &Place<'_>,
    ) -> Vec<ReasonRecord> {
        let named = self.features.name(request, &self.words);
        self.bag.seal();
        let head = &self.model.stance;
        let reasons = explain(
            head,
            prediction,
            &self.bag,
            &named,
            &self.model.vocabulary,
            &self.model.weightings,
        );
        let against = &head.labels.labels[prediction.runner_up];
        let rest: f64 = reasons
            .iter()
            .skip(SHOWN_REASONS)
            .map(|reason| reason.weight)
            .sum();
        let n_rest = reasons.len().saturating_sub(SHOWN_REASONS);
        let mut shown: Vec<ReasonRecord> = reasons
            .into_iter()
            .take(SHOWN_REASONS)
            .map(|reason| {
                let span = reason.span.unwrap_or_default();
                let at = |byte| place.points.at(byte).saturating_sub(place.shift);
                let (start, end) = reason
                    .span
                    .map_or((0, 0), |span| (at(span.start), at(span.end)));
                ReasonRecord {
                    feature: reason.feature,
                    family: reason.family,
                    words: span.of(place.text).to_owned(),
                    start,
                    end,
                    weight: reason.weight,
                    against: against.clone(),
                }
            })
            .collect();
        if n_rest > 0 {
            shown.push(ReasonRecord {
                feature: format!("{n_rest} others together"),
                family: String::new(),
                words: String::new(),
                start: 0,
                end: 0,
                weight: rest,
                against: against.clone(),
            });
        }
        shown
    }
}
