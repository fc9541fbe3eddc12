//! Puts together what one actor says in several attributed sentences, unless its stance changes on the way (codebook,
//! "Unit"). It knows what the model makes of each part; it does not find statements.

use super::Classifier;
use super::verdict::own_names;
use crate::features::{Matter, Request};
use crate::statements::Statement;
use crate::text::Document;

/// A part begins a statement of its own where its stance differs from the one before it and both are as likely as this.
const SURE: f64 = 0.7;

impl Classifier<'_> {
    /// The statements of a document with those put together that are one speech.
    pub(super) fn speeches(
        &mut self,
        document: &Document<'_>,
        matter: &Matter,
        parts: Vec<Statement>,
    ) -> Vec<Statement> {
        let mut speeches: Vec<Statement> = Vec::with_capacity(parts.len());
        // The stance of the last speech, once it had to be known.
        let mut known: Option<Option<usize>> = None;
        for part in parts {
            let Some(last) = speeches
                .last_mut()
                .filter(|last| last.is_carried_on_by(&part, document.text))
            else {
                speeches.push(part);
                known = None;
                continue;
            };
            let before = known.unwrap_or_else(|| self.stance(document, matter, last));
            let here = self.stance(document, matter, &part);
            if before
                .zip(here)
                .is_some_and(|(before, here)| before != here)
            {
                speeches.push(part);
                known = Some(here);
            } else {
                last.carry_on(&part);
                known = Some(before.or(here));
            }
        }
        speeches
    }

    /// The label of the stance that a statement surely takes, `none` among them; `None` where the model is not sure.
    fn stance(
        &mut self,
        document: &Document<'_>,
        matter: &Matter,
        statement: &Statement,
    ) -> Option<usize> {
        let own = own_names(&statement.actor);
        let request = Request::in_article(document, statement.span, statement.kind, &own, matter);
        let stance = self.judge(&request).stance;
        (stance.confidence >= SURE).then_some(stance.label)
    }
}
