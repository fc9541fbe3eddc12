//! Exact reasons: how much each feature adds for the likeliest label against the runner-up. It does not name features.

use std::collections::BTreeMap;

use super::head::{Head, Prediction};
use crate::features::{Bag, Named, Vocabulary, Weighting, vectorize};
use crate::span::Span;

/// One part of the log-odds of the likeliest label against the runner-up.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The feature in plain words; `starting point` for the intercept.
    pub feature: String,
    /// Name of its family; empty for the intercept.
    pub family: String,
    /// Where its words stand: the first place if there are several; `None` for the intercept.
    pub span: Option<Span>,
    /// What it adds. All reasons of a statement sum to `ln(P(likeliest) / P(runner-up))`.
    pub weight: f64,
}

/// All reasons of a prediction, the weightiest first. `named` are the features of the same statement as `bag`.
pub fn explain(
    head: &Head,
    prediction: &Prediction,
    bag: &Bag,
    named: &[Named],
    vocabulary: &Vocabulary,
    weightings: &[Weighting],
) -> Vec<Reason> {
    let mut row = Vec::new();
    vectorize(bag, vocabulary, weightings, &mut row);
    let k = head.labels.len();
    let (for_label, against) = (prediction.label, prediction.runner_up);
    let by_column: BTreeMap<u32, f32> = row.iter().copied().collect();
    let mut first: BTreeMap<u32, &Named> = BTreeMap::new();
    for feature in named {
        if let Some(column) = vocabulary.column(feature.key) {
            first.entry(column).or_insert(feature);
        }
    }
    let mut reasons = vec![Reason {
        feature: "starting point".to_owned(),
        family: String::new(),
        span: None,
        weight: head.sharpness * (head.intercepts[for_label] - head.intercepts[against]),
    }];
    for (column, value) in by_column {
        let at = column as usize * k;
        let weight = f64::from(value)
            * (f64::from(head.weights[at + for_label]) - f64::from(head.weights[at + against]));
        let named = first.get(&column);
        reasons.push(Reason {
            feature: named.map_or_else(String::new, |named| named.name.clone()),
            family: named
                .and_then(|named| weightings.get(usize::from(named.family)))
                .map_or_else(String::new, |family| family.name.clone()),
            span: named.map(|named| named.span),
            weight: head.sharpness * weight,
        });
    }
    reasons.sort_by(|a, b| {
        b.weight
            .abs()
            .total_cmp(&a.weight.abs())
            .then_with(|| a.feature.cmp(&b.feature))
    });
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::LabelSet;

    #[test]
    fn reasons_sum_to_the_log_odds() {
        let mut bag = Bag::default();
        for key in [1, 2, 2, 3] {
            bag.add(0, key);
        }
        bag.seal();
        let vocabulary = Vocabulary::learn([&bag], 1, |_| true);
        let weightings = [Weighting {
            name: "words".to_owned(),
            weight: 1.0,
            binary: false,
        }];
        let head = Head {
            labels: LabelSet::plain(["a", "b"]),
            weights: vec![1.0, -0.5, 0.25, 2.0, -1.0, 0.5].into(),
            intercepts: vec![0.3, -0.1],
            sharpness: 0.7,
            threshold: 0.0,
        };
        let mut row = Vec::new();
        vectorize(&bag, &vocabulary, &weightings, &mut row);
        let prediction = head.predict(&row);
        let reasons = explain(&head, &prediction, &bag, &[], &vocabulary, &weightings);
        let total: f64 = reasons.iter().map(|reason| reason.weight).sum();
        let odds = prediction.probabilities[prediction.label]
            / prediction.probabilities[prediction.runner_up];
        assert!(
            (total - odds.ln()).abs() < 1e-12,
            "{total} for {}",
            odds.ln()
        );
        assert_eq!(reasons.len(), 4);
    }
}
