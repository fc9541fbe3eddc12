//! Stance and tone of statements that are known already, without records: what evaluation, labels and joining ask for.

use super::Classifier;
use crate::corpus::{AnnotatedArticle, ReadyStatement};
use crate::features::{Alone, Request};
use crate::label::Kind;
use crate::model::Prediction;
use crate::span::Span;
use crate::statements::{Actor, Statement};
use crate::text::Document;

/// Stance and tone of a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Stance.
    pub stance: Prediction,
    /// Tone, if the model has learnt it.
    pub tone: Option<Prediction>,
}

impl Classifier<'_> {
    /// Stance and tone of a statement that stands alone.
    pub fn judge_ready(&mut self, ready: &ReadyStatement) -> Verdict {
        self.forget();
        let own = own_of(ready);
        let alone = alone(ready, &own);
        let whole = alone.whole();
        let document = Document::read(&whole, &mut self.words);
        self.judge(&alone.within(&document))
    }

    /// Stance and tone of the statements that a person marked in an article, in their order.
    pub fn judge_marked(&mut self, annotated: &AnnotatedArticle) -> Vec<Verdict> {
        let spans = annotated
            .statements
            .iter()
            .map(|marked| (marked.span, marked.kind, marked.own_names()));
        self.judge_spans(&annotated.article.text, spans)
    }

    /// Stance and tone of the statements that were found in a text, in their order.
    pub fn judge_found(&mut self, text: &str, statements: &[Statement]) -> Vec<Verdict> {
        let spans = statements
            .iter()
            .map(|statement| (statement.span, statement.kind, own_names(&statement.actor)));
        self.judge_spans(text, spans)
    }

    /// Judges statements of one text: where each stands, its kind, and names of its actor and side.
    fn judge_spans(
        &mut self,
        text: &str,
        spans: impl Iterator<Item = (Span, Kind, String)>,
    ) -> Vec<Verdict> {
        self.forget();
        let document = Document::read(text, &mut self.words);
        let matter = self.features.matter_of(&document, &self.words);
        spans
            .map(|(span, kind, own)| {
                let request = Request::in_article(&document, span, kind, &own, &matter);
                self.judge(&request)
            })
            .collect()
    }

    /// The labels that the model gives the statements that a person marked in an article, in their order.
    pub fn stances_of(&mut self, annotated: &AnnotatedArticle) -> Vec<&str> {
        let labels = &self.model.stance.labels.labels;
        self.judge_marked(annotated)
            .iter()
            .map(|verdict| labels[verdict.stance.label].as_str())
            .collect()
    }

    /// Stance and tone of what `request` asks for.
    pub(super) fn judge(&mut self, request: &Request<'_>) -> Verdict {
        self.features.gather(request, &self.words, &mut self.bag);
        let (stance, tone) = self.scorer.score(&self.bag);
        Verdict { stance, tone }
    }
}

/// Names of an actor and its side, as features want them.
pub(super) fn own_names(actor: &Actor) -> String {
    let name = actor.name.as_deref().unwrap_or_default();
    let side = actor.side.as_deref().unwrap_or_default();
    format!("{name};{side};{}", actor.surface)
}

/// The same of a statement that stands alone.
pub(super) fn own_of(ready: &ReadyStatement) -> String {
    [ready.actor.as_deref(), ready.side.as_deref()]
        .map(Option::unwrap_or_default)
        .join(";")
}

/// A statement that stands alone as features want it, with the names of [`own_of`].
pub(super) fn alone<'a>(ready: &'a ReadyStatement, own: &'a str) -> Alone<'a> {
    Alone {
        text: &ready.text,
        context: ready.context.as_deref().unwrap_or_default(),
        kind: ready.kind(),
        own,
    }
}
