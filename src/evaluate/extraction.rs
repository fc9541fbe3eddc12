//! How well statements are found: counts of an article's predicted statements against its gold ones. It does not find
//! them.

use std::ops::AddAssign;

use serde::Serialize;

use super::actor::same_actor;
use super::matching::{pair, same_words};
use crate::corpus::{AnnotatedArticle, AnnotatedStatement};
use crate::label::Kind;
use crate::span::Span;
use crate::statements::Statement;

/// Counts of one article, or of many together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Gold statements.
    pub gold: u64,
    /// Predicted statements.
    pub predicted: u64,
    /// Pairs that share at least half of the longer span.
    pub found: u64,
    /// Pairs that stand on the same words.
    pub exact: u64,
    /// Pairs whose gold actor has a name.
    pub named: u64,
    /// Of those, pairs whose actor is right.
    pub actor: u64,
    /// Pairs whose kind is right.
    pub kind: u64,
    /// Gold statements of each kind, in the order of [`Kind::ALL`].
    pub gold_of_kind: [u64; 4],
    /// Found gold statements of each kind.
    pub found_of_kind: [u64; 4],
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.found += other.found;
        self.exact += other.exact;
        self.named += other.named;
        self.actor += other.actor;
        self.kind += other.kind;
        for kind in 0..Kind::ALL.len() {
            self.gold_of_kind[kind] += other.gold_of_kind[kind];
            self.found_of_kind[kind] += other.found_of_kind[kind];
        }
    }
}

impl Counts {
    /// F1 of detection, `2 found / (gold + predicted)`; `None` where there is nothing to find and nothing found.
    pub fn detection(&self) -> Option<f64> {
        share(2 * self.found, self.gold + self.predicted)
    }

    /// F1 of exact spans.
    pub fn exactness(&self) -> Option<f64> {
        share(2 * self.exact, self.gold + self.predicted)
    }

    /// Share of the predicted that are gold.
    pub fn precision(&self) -> Option<f64> {
        share(self.found, self.predicted)
    }

    /// Share of the gold that are found.
    pub fn recall(&self) -> Option<f64> {
        share(self.found, self.gold)
    }

    /// Share of the found with the right actor.
    pub fn actor_accuracy(&self) -> Option<f64> {
        share(self.actor, self.named)
    }

    /// Share of the found with the right kind.
    pub fn kind_accuracy(&self) -> Option<f64> {
        share(self.kind, self.found)
    }

    /// Share of the gold statements of a kind that are found.
    pub fn recall_of(&self, kind: Kind) -> Option<f64> {
        share(
            self.found_of_kind[kind as usize],
            self.gold_of_kind[kind as usize],
        )
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The gold actors of an article.
pub(super) fn actors_of(annotated: &AnnotatedArticle) -> Vec<String> {
    annotated
        .statements
        .iter()
        .map(AnnotatedStatement::actor)
        .collect()
}

/// Counts one article, and gives the pairs `(predicted, gold)`.
pub fn compare(
    annotated: &AnnotatedArticle,
    predicted: &[Statement],
) -> (Counts, Vec<(usize, usize)>) {
    let text = &annotated.article.text;
    let spans: Vec<Span> = predicted.iter().map(|statement| statement.span).collect();
    let gold: Vec<Span> = annotated
        .statements
        .iter()
        .map(|statement| statement.span)
        .collect();
    let actors = actors_of(annotated);
    let pairs = pair(&spans, &gold).pairs;
    let mut counts = Counts {
        gold: gold.len() as u64,
        predicted: spans.len() as u64,
        ..Counts::default()
    };
    for statement in &annotated.statements {
        counts.gold_of_kind[statement.kind as usize] += 1;
    }
    for &(p, g) in &pairs {
        let (ours, theirs) = (&predicted[p], &annotated.statements[g]);
        counts.found += 1;
        counts.exact += u64::from(same_words(text, ours.span, theirs.span));
        counts.kind += u64::from(ours.kind == theirs.kind);
        counts.found_of_kind[theirs.kind as usize] += 1;
        let gold_actor = theirs.actor();
        if !gold_actor.is_empty() {
            counts.named += 1;
            counts.actor += u64::from(
                ours.actor
                    .name
                    .as_deref()
                    .is_some_and(|name| same_actor(name, &gold_actor, &actors)),
            );
        }
    }
    (counts, pairs)
}
