//! The evaluation of a model on labelled files, in the three parts of the contract: stance given the marked statements;
//! extraction; both end to end. It runs the chain that users run; it does not train.

use serde::Serialize;

use super::bootstrap::{Interval, interval};
use super::classification::{Classification, Judged, classification};
use super::extraction::{Counts, compare};
use crate::classify::{Classifier, Verdict};
use crate::corpus::{AnnotatedArticle, Labelled, ReadyStatement};
use crate::label::Kind;
use crate::model::Model;

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
}

/// All parts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// Stance given the statements.
    pub stance: Classification,
    /// Tone given the statements, where both model and rows have it.
    pub tone: Option<Classification>,
    /// Stance by kind of statement.
    pub stance_by_kind: Vec<Figure>,
    /// Extraction; `None` without annotated articles.
    pub extraction: Option<Extraction>,
    /// Extraction and stance together; `None` without annotated articles.
    pub end_to_end: Option<EndToEnd>,
    /// Every disagreement.
    #[serde(skip)]
    pub disagreements: Vec<Disagreement>,
}

/// One labelled statement with what the model says of it.
struct Row<'a> {
    gold: usize,
    tone: Option<usize>,
    kind: Option<Kind>,
    article: &'a str,
    verdict: Verdict,
}

/// Evaluates `model` with `classifier` over `labelled`, whose labels must be those of the model.
pub fn evaluate(
    labelled: &Labelled,
    model: &Model,
    classifier: &mut Classifier<'_>,
    seed: u64,
) -> Evaluation {
    let labels = &model.stance.labels;
    let mut disagreements = Vec::new();
    let mut rows = Vec::new();
    let tone_of = |tone: Option<&str>| {
        tone.zip(model.tone.as_ref())
            .and_then(|(tone, head)| head.labels.position(tone))
    };
    for annotated in &labelled.articles {
        for marked in &annotated.statements {
            let Some(gold) = labels.position(&marked.stance) else {
                continue;
            };
            let verdict = classifier.judge_marked(annotated, marked);
            note(
                &mut disagreements,
                &annotated.article.id,
                labels,
                gold,
                &verdict,
                marked.span.of(&annotated.article.text),
            );
            let tone = tone_of(marked.tone.as_deref());
            rows.push(Row {
                gold,
                tone,
                kind: Some(marked.kind),
                article: &annotated.article.id,
                verdict,
            });
        }
    }
    for single in &labelled.statements {
        let Some(gold) = labels.position(&single.stance) else {
            continue;
        };
        let ready = ReadyStatement {
            id: None,
            text: single.text.clone(),
            actor: single.actor.clone(),
            side: single.side.clone(),
            kind: single.kind.map(|kind| kind.to_string()),
            context: single.context.clone(),
        };
        let verdict = classifier.judge_ready(&ready);
        note(
            &mut disagreements,
            &single.id,
            labels,
            gold,
            &verdict,
            &single.text,
        );
        let article = single.group.as_deref().unwrap_or(&single.id);
        rows.push(Row {
            gold,
            tone: tone_of(single.tone.as_deref()),
            kind: single.kind,
            article,
            verdict,
        });
    }
    let judged: Vec<Judged<'_>> = rows
        .iter()
        .map(|row| Judged {
            gold: row.gold,
            prediction: &row.verdict.stance,
            article: row.article,
        })
        .collect();
    let stance = classification(&judged, &labels.labels, seed);
    let (extraction, end_to_end) = if labelled.articles.is_empty() {
        (None, None)
    } else {
        let (extraction, end_to_end) = found(
            &labelled.articles,
            model,
            classifier,
            seed,
            &mut disagreements,
        );
        (Some(extraction), Some(end_to_end))
    };
    Evaluation {
        stance,
        tone: tone(&rows, model, seed),
        stance_by_kind: by_kind(&rows, labels, seed),
        extraction,
        end_to_end,
        disagreements,
    }
}

fn note(
    out: &mut Vec<Disagreement>,
    article: &str,
    labels: &crate::label::LabelSet,
    gold: usize,
    verdict: &Verdict,
    text: &str,
) {
    if verdict.stance.label != gold {
        out.push(Disagreement {
            article: article.to_owned(),
            part: "stance",
            gold: labels.labels[gold].clone(),
            predicted: labels.labels[verdict.stance.label].clone(),
            text: text.to_owned(),
        });
    }
}

fn tone(rows: &[Row<'_>], model: &Model, seed: u64) -> Option<Classification> {
    let head = model.tone.as_ref()?;
    let judged: Vec<Judged<'_>> = rows
        .iter()
        .filter_map(|row| {
            Some(Judged {
                gold: row.tone?,
                prediction: row.verdict.tone.as_ref()?,
                article: row.article,
            })
        })
        .collect();
    (!judged.is_empty()).then(|| classification(&judged, &head.labels.labels, seed))
}

fn by_kind(rows: &[Row<'_>], labels: &crate::label::LabelSet, seed: u64) -> Vec<Figure> {
    let figure = |kind: Kind| {
        let part: Vec<Judged<'_>> = rows
            .iter()
            .filter(|row| row.kind == Some(kind))
            .map(|row| Judged {
                gold: row.gold,
                prediction: &row.verdict.stance,
                article: row.article,
            })
            .collect();
        let scores = classification(&part, &labels.labels, seed);
        (!part.is_empty()).then(|| Figure {
            name: kind.to_string(),
            value: scores.macro_f1,
            support: scores.n,
        })
    };
    Kind::ALL.into_iter().filter_map(figure).collect()
}

/// What one article gives to the end-to-end figures: gold, predicted and hits by label, and hits with the right actor.
struct Ends {
    gold: Vec<u64>,
    predicted: Vec<u64>,
    hits: Vec<u64>,
    hits_with_actor: Vec<u64>,
}

fn found(
    articles: &[AnnotatedArticle],
    model: &Model,
    classifier: &mut Classifier<'_>,
    seed: u64,
    disagreements: &mut Vec<Disagreement>,
) -> (Extraction, EndToEnd) {
    let labels = &model.stance.labels;
    let k = labels.len();
    let mut counts = Vec::with_capacity(articles.len());
    let mut ends = Vec::with_capacity(articles.len());
    for annotated in articles {
        let text = &annotated.article.text;
        let statements = classifier.statements(text);
        let (count, pairs) = compare(annotated, &statements);
        let mut end = Ends {
            gold: vec![0; k],
            predicted: vec![0; k],
            hits: vec![0; k],
            hits_with_actor: vec![0; k],
        };
        let gold_labels: Vec<Option<usize>> = annotated
            .statements
            .iter()
            .map(|marked| labels.position(&marked.stance))
            .collect();
        for label in gold_labels.iter().flatten() {
            end.gold[*label] += 1;
        }
        let predicted: Vec<usize> = statements
            .iter()
            .map(|one| classifier.judge_found(text, one).stance.label)
            .collect();
        for label in &predicted {
            end.predicted[*label] += 1;
        }
        let mut disagree = |part, gold: String, predicted: String, text: &str| {
            disagreements.push(Disagreement {
                article: annotated.article.id.clone(),
                part,
                gold,
                predicted,
                text: text.to_owned(),
            });
        };
        for &(p, g) in &pairs {
            let (ours, theirs) = (&statements[p], &annotated.statements[g]);
            let name = ours.actor.name.clone().unwrap_or_default();
            let same = super::matching::same_actor(&name, &theirs.actor());
            if gold_labels[g] == Some(predicted[p]) {
                end.hits[predicted[p]] += 1;
                end.hits_with_actor[predicted[p]] += u64::from(same);
            }
            if !same && !theirs.actor().is_empty() {
                disagree("actor", theirs.actor(), name, ours.span.of(text));
            }
            if ours.kind != theirs.kind {
                disagree(
                    "kind",
                    theirs.kind.to_string(),
                    ours.kind.to_string(),
                    ours.span.of(text),
                );
            }
        }
        for (g, marked) in annotated.statements.iter().enumerate() {
            if !pairs.iter().any(|pair| pair.1 == g) {
                disagree(
                    "missed",
                    marked.actor(),
                    String::new(),
                    marked.span.of(text),
                );
            }
        }
        for (p, statement) in statements.iter().enumerate() {
            if !pairs.iter().any(|pair| pair.0 == p) {
                disagree(
                    "spurious",
                    String::new(),
                    statement.actor.name.clone().unwrap_or_default(),
                    statement.span.of(text),
                );
            }
        }
        counts.push(count);
        ends.push(end);
    }
    (
        extraction(&counts, seed),
        end_to_end(&ends, &labels.labels, seed),
    )
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
