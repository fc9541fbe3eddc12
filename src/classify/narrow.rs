//! Narrows a classifier to a proposal that the user names: what does not bear on it takes no position. What counts as
//! bearing on it is decided in `aim.rs`.

use serde_json::Value;

use super::aim::{Aim, Namings, TargetRecord};
use super::{Classifier, Record};
use crate::corpus::NamedTarget;
use crate::error::{Fault, Result};
use crate::features::Request;
use crate::text::Document;

/// The stance of what does not bear on a named proposal.
const NO_POSITION: &str = "none";

impl Classifier<'_> {
    /// Narrows what counts as the proposal at issue to the one that the user names: what bears on another is `none`.
    ///
    /// # Errors
    /// A model without the label `none`.
    pub fn narrowed_to(mut self, target: &NamedTarget) -> Result<Self> {
        let labels = &self.model.stance.labels;
        if labels.position(NO_POSITION).is_none() {
            return Err(
                Fault::new(format!("a target, and a model of {}", labels.listed()))
                    .expected(format!(
                        "a model with the label {NO_POSITION:?} for what bears on something else"
                    ))
                    .remedy("leave out --target or choose another --model"),
            );
        }
        self.words.forget_after(self.known_words);
        self.features.forget_after(self.known_words);
        self.aim = Some(Aim::new(target, &mut self.words));
        self.known_words = self.words.len();
        Ok(self)
    }

    /// The terms of the user's target in a text.
    pub(super) fn namings(&mut self, document: &Document<'_>, title: Option<&str>) -> Namings {
        let Some(aim) = &self.aim else {
            return Namings::default();
        };
        let title = title.map(|title| Document::read(title, &mut self.words));
        aim.namings(document, title.as_ref(), &self.words)
    }

    /// Says whether a statement bears on the user's target; where it does not, it takes no position on it.
    pub(super) fn narrow(&self, record: &mut Record, namings: &Namings, request: &Request<'_>) {
        let Some(aim) = &self.aim else {
            return;
        };
        let decision = aim.decide(namings, request.document, (request.first, request.end));
        record.target = Some(TargetRecord {
            is_meant: decision.is_meant,
            term: decision.term.map(str::to_owned),
            found: decision.found,
            stance_at_issue: record.stance.clone(),
        });
        if decision.is_meant {
            return;
        }
        NO_POSITION.clone_into(&mut record.stance);
        for (label, probability) in &mut record.probabilities {
            *probability = Value::from(f64::from(u8::from(label == NO_POSITION)));
        }
        record.confidence = 1.0;
        record.score = record.score.map(|_| 0.0);
        record.abstained = false;
        record.reasons = record.reasons.take().map(|_| Vec::new());
    }
}
