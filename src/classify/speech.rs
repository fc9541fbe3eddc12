//! Puts together what one actor says in several attributed sentences, unless its stance changes on the way (codebook,
//! "Unit"). It knows what the model makes of each part; it does not find statements.

use super::Classifier;
use super::verdict::own_names;
use crate::features::{Matter, Request};
use crate::label::Kind;
use crate::model::Prediction;
use crate::statements::Statement;
use crate::text::Document;

/// What it takes to part the next part from a speech whose last one has the kind `before`: two stances that differ, and both at
/// least as likely as this; `None` where nothing more is needed. Who reports on after a quotation begins anew more often than
/// not, whereas a quotation goes with what introduced it.
const fn bar(before: Kind, next: Kind, same_paragraph: bool) -> Option<f64> {
    match (before, next) {
        (Kind::Direct, Kind::Indirect) if !same_paragraph => None,
        (Kind::Direct | Kind::Mixed, Kind::Indirect | Kind::Mixed) => Some(0.0),
        (_, Kind::Direct) => Some(0.8),
        _ => Some(0.7),
    }
}

impl Classifier<'_> {
    /// The statements of a document with those put together that are one speech.
    pub(super) fn speeches(
        &mut self,
        document: &Document<'_>,
        matter: &Matter,
        parts: Vec<Statement>,
    ) -> Vec<Statement> {
        let mut speeches: Vec<Statement> = Vec::with_capacity(parts.len());
        // The stance of the last speech, once it had to be known, and the kind of its last part.
        let mut known: Option<Prediction> = None;
        let mut kind = Kind::Act;
        for part in parts {
            let before = std::mem::replace(&mut kind, part.kind);
            let Some(last) = speeches
                .last_mut()
                .filter(|last| last.is_carried_on_by(&part, document.text))
            else {
                speeches.push(part);
                known = None;
                continue;
            };
            let one = paragraph(document, last.span.end.saturating_sub(1))
                == paragraph(document, part.span.start);
            let Some(bar) = bar(before, part.kind, one) else {
                speeches.push(part);
                known = None;
                continue;
            };
            let whole = known
                .take()
                .unwrap_or_else(|| self.stance(document, matter, last));
            let here = self.stance(document, matter, &part);
            if whole.label != here.label && whole.confidence.min(here.confidence) >= bar {
                speeches.push(part);
                known = Some(here);
            } else {
                last.carry_on(&part);
                known = Some(surer(whole, here));
            }
        }
        speeches
    }

    /// What the model makes of the stance of a statement.
    fn stance(
        &mut self,
        document: &Document<'_>,
        matter: &Matter,
        statement: &Statement,
    ) -> Prediction {
        let own = own_names(&statement.actor);
        let request = Request::in_article(document, statement.span, statement.kind, &own, matter);
        self.judge(&request).stance
    }
}

/// The paragraph of the byte `at`.
fn paragraph(document: &Document<'_>, at: usize) -> Option<usize> {
    let sentence = document.sentence_of(document.token_at(at));
    document.sentences.get(sentence).map(|it| it.paragraph)
}

/// The stance of two parts together.
fn surer(first: Prediction, second: Prediction) -> Prediction {
    if second.confidence > first.confidence {
        second
    } else {
        first
    }
}
