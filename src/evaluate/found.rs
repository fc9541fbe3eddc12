//! Extraction, and extraction and stance together, against articles in which a person marked every statement. It runs the
//! chain that users run; it does not train.

use serde::Serialize;

use super::actor::same_actor;
use super::bootstrap::{Interval, interval};
use super::extraction::{Counts, actors_of, compare};
use crate::classify::Classifier;
use crate::corpus::{AnnotatedArticle, AnnotatedStatement};
use crate::label::{Kind, LabelSet};
use crate::model::Model;
use crate::span::Span;
use crate::statements::Statement;

/// A figure with the number of cases that it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Name.
    pub name: String,
    /// Value, 0..=1, with its interval over articles.
    pub value: Interval,
    /// Cases.
    pub support: u64,
}

/// Extraction against marked statements.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Extraction {
    /// Articles.
    pub n_articles: usize,
    /// Gold statements.
    pub n_gold: u64,
    /// Predicted statements.
    pub n_predicted: u64,
    /// Detection, exact spans, actor, kind, and recall by kind.
    pub figures: Vec<Figure>,
}

/// Stance of what was found, against what is there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EndToEnd {
    /// Mean F1 over the labels: a hit is a found statement with the right stance.
    pub macro_f1: Interval,
    /// F1 by label, with gold support.
    pub labels: Vec<Figure>,
    /// The same, where the actor must be right as well.
    pub macro_f1_with_actor: Interval,
}

/// One disagreement, for reading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Disagreement {
    /// Article or row.
    pub article: String,
    /// `stance`, `missed`, `spurious`, `actor` or `kind`.
    pub part: &'static str,
    /// What a person said.
    pub gold: String,
    /// What was predicted.
    pub predicted: String,
    /// The words.
    pub text: String,
    /// The words that stand for the predicted actor, where an actor is judged; else empty.
    pub surface: String,
}

/// What one article gives to the end-to-end figures: gold, predicted and hits by label, and hits with the right actor.
struct Ends {
    gold: Vec<u64>,
    predicted: Vec<u64>,
    hits: Vec<u64>,
    hits_with_actor: Vec<u64>,
}

pub(super) fn found(
    articles: &[AnnotatedArticle],
    model: &Model,
    classifier: &mut Classifier<'_>,
    seed: u64,
    disagreements: &mut Vec<Disagreement>,
) -> (Extraction, EndToEnd) {
    let labels = &model.stance.labels;
    let mut counts = Vec::with_capacity(articles.len());
    let mut ends = Vec::with_capacity(articles.len());
    for annotated in articles {
        let statements = classifier.statements(&annotated.article.text);
        let (count, pairs) = compare(annotated, &statements);
        let predicted: Vec<usize> = classifier
            .judge_found(&annotated.article.text, &statements)
            .iter()
            .map(|verdict| verdict.stance.label)
            .collect();
        ends.push(ends_of(annotated, &statements, &predicted, &pairs, labels));
        disagree(annotated, &statements, &pairs, disagreements);
        counts.push(count);
    }
    (
        extraction(&counts, seed),
        end_to_end(&ends, &labels.labels, seed),
    )
}

fn ends_of(
    annotated: &AnnotatedArticle,
    statements: &[Statement],
    predicted: &[usize],
    pairs: &[(usize, usize)],
    labels: &LabelSet,
) -> Ends {
    let k = labels.len();
    let actors = actors_of(annotated);
    let mut ends = Ends {
        gold: vec![0; k],
        predicted: vec![0; k],
        hits: vec![0; k],
        hits_with_actor: vec![0; k],
    };
    let gold: Vec<Option<usize>> = annotated
        .statements
        .iter()
        .map(|marked| labels.position(&marked.stance))
        .collect();
    for label in gold.iter().flatten() {
        ends.gold[*label] += 1;
    }
    for label in predicted {
        ends.predicted[*label] += 1;
    }
    for &(p, g) in pairs
        .iter()
        .filter(|(p, g)| gold[*g] == Some(predicted[*p]))
    {
        ends.hits[predicted[p]] += 1;
        ends.hits_with_actor[predicted[p]] += u64::from(actor_is_right(
            &statements[p],
            &annotated.statements[g],
            &actors,
        ));
    }
    ends
}

fn actor_is_right(found: &Statement, marked: &AnnotatedStatement, actors: &[String]) -> bool {
    found
        .actor
        .name
        .as_deref()
        .is_some_and(|name| same_actor(name, &marked.actor(), actors))
}

/// Notes what was missed, found wrongly, or given to another actor or kind.
fn disagree(
    annotated: &AnnotatedArticle,
    statements: &[Statement],
    pairs: &[(usize, usize)],
    out: &mut Vec<Disagreement>,
) {
    let text = &annotated.article.text;
    let actors = actors_of(annotated);
    let name = |statement: &Statement| statement.actor.name.clone().unwrap_or_default();
    let mut note = |part, gold: String, predicted: String, span: Span, surface: &str| {
        let article = annotated.article.id.clone();
        out.push(Disagreement {
            article,
            part,
            gold,
            predicted,
            text: span.of(text).to_owned(),
            surface: surface.to_owned(),
        });
    };
    for &(p, g) in pairs {
        let (ours, theirs) = (&statements[p], &annotated.statements[g]);
        if !theirs.actor().is_empty() && !actor_is_right(ours, theirs, &actors) {
            let surface = &ours.actor.surface;
            note("actor", theirs.actor(), name(ours), ours.span, surface);
        }
        if ours.kind != theirs.kind {
            note(
                "kind",
                theirs.kind.to_string(),
                ours.kind.to_string(),
                ours.span,
                "",
            );
        }
    }
    for (g, marked) in annotated.statements.iter().enumerate() {
        if !pairs.iter().any(|pair| pair.1 == g) {
            note("missed", marked.actor(), String::new(), marked.span, "");
        }
    }
    for (p, statement) in statements.iter().enumerate() {
        if !pairs.iter().any(|pair| pair.0 == p) {
            note(
                "spurious",
                String::new(),
                name(statement),
                statement.span,
                "",
            );
        }
    }
}

fn extraction(counts: &[Counts], seed: u64) -> Extraction {
    let sum = |numbers: &[usize]| {
        let mut total = Counts::default();
        for &number in numbers {
            total += counts[number];
        }
        total
    };
    let all: Vec<usize> = (0..counts.len()).collect();
    let total = sum(&all);
    let figure =
        |name: &str, support: u64, statistic: &(dyn Fn(&Counts) -> Option<f64> + Sync)| Figure {
            name: name.to_owned(),
            value: interval(counts.len(), seed, |numbers| statistic(&sum(numbers))),
            support,
        };
    let mut figures = vec![
        figure("detection F1", total.gold, &Counts::detection),
        figure("precision", total.predicted, &Counts::precision),
        figure("recall", total.gold, &Counts::recall),
        figure("exact-span F1", total.gold, &Counts::exactness),
        figure(
            "actor right, of the found",
            total.named,
            &Counts::actor_accuracy,
        ),
        figure(
            "kind right, of the found",
            total.found,
            &Counts::kind_accuracy,
        ),
    ];
    for kind in Kind::ALL {
        let support = total.gold_of_kind[kind as usize];
        figures.push(figure(
            &format!("recall of {kind}"),
            support,
            &move |counts: &Counts| counts.recall_of(kind),
        ));
    }
    Extraction {
        n_articles: counts.len(),
        n_gold: total.gold,
        n_predicted: total.predicted,
        figures,
    }
}

fn end_to_end(ends: &[Ends], labels: &[String], seed: u64) -> EndToEnd {
    let f1 = |numbers: &[usize], label: usize, with_actor: bool| {
        let mut parts = (0, 0);
        for &number in numbers {
            let end = &ends[number];
            parts.0 += 2 * if with_actor {
                end.hits_with_actor[label]
            } else {
                end.hits[label]
            };
            parts.1 += end.gold[label] + end.predicted[label];
        }
        (parts.1 > 0).then(|| parts.0 as f64 / parts.1 as f64)
    };
    let gold = |label: usize| ends.iter().map(|end| end.gold[label]).sum::<u64>();
    let with_support: Vec<usize> = (0..labels.len()).filter(|&label| gold(label) > 0).collect();
    let mean = |numbers: &[usize], with_actor: bool| {
        let scores: Vec<f64> = with_support
            .iter()
            .filter_map(|&label| f1(numbers, label, with_actor))
            .collect();
        (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
    };
    EndToEnd {
        macro_f1: interval(ends.len(), seed, |numbers| mean(numbers, false)),
        macro_f1_with_actor: interval(ends.len(), seed, |numbers| mean(numbers, true)),
        labels: labels
            .iter()
            .enumerate()
            .map(|(label, name)| Figure {
                name: name.clone(),
                value: interval(ends.len(), seed, |numbers| f1(numbers, label, false)),
                support: gold(label),
            })
            .collect(),
    }
}
