//! The evaluation of a model on labelled files, in the three parts of the contract: stance given the marked statements;
//! extraction; both end to end. It runs the chain that users run; it does not train.

use serde::Serialize;

use super::association::{Association, association};
use super::classification::{Classification, Judged, classification};
use super::found::{Disagreement, EndToEnd, Extraction, Figure, found};
use super::paired::{Pair, Paired, paired};
use crate::classify::{Classifier, Verdict};
use crate::corpus::{Labelled, ReadyStatement};
use crate::label::{Kind, LabelSet};
use crate::model::Model;

/// All parts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// Stance given the statements.
    pub stance: Classification,
    /// Tone given the statements, where both model and rows have it.
    pub tone: Option<Classification>,
    /// Stance by tone as people labelled them, where rows have a tone of the model's set.
    pub tone_by_stance: Option<Association>,
    /// Stance by tone as the model sees both, of the same statements.
    pub tone_by_stance_predicted: Option<Association>,
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
    let rows = judge(labelled, model, classifier, &mut disagreements);
    let judged: Vec<Judged<'_>> = rows.iter().map(Row::stance).collect();
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
    let stance_by_kind = by_kind(&rows, labels, seed);
    let [tone_by_stance, tone_by_stance_predicted] = by_tone(&rows, model);
    Evaluation {
        stance,
        tone: tone(&rows, model, seed),
        tone_by_stance,
        tone_by_stance_predicted,
        stance_by_kind,
        extraction,
        end_to_end,
        disagreements,
    }
}

/// Two models on the stances of the same labelled statements.
pub fn against(
    labelled: &Labelled,
    (model, classifier): (&Model, &mut Classifier<'_>),
    (other, other_classifier): (&Model, &mut Classifier<'_>),
    seed: u64,
) -> Paired {
    let rows = judge(labelled, model, classifier, &mut Vec::new());
    let others = judge(labelled, other, other_classifier, &mut Vec::new());
    let pairs: Vec<Pair<'_>> = rows
        .iter()
        .zip(&others)
        .map(|(row, other)| Pair {
            gold: row.gold,
            one: row.verdict.stance.label,
            other: other.verdict.stance.label,
            article: row.article,
        })
        .collect();
    paired(&pairs, model.stance.labels.len(), seed)
}

impl Row<'_> {
    const fn stance(&self) -> Judged<'_> {
        Judged {
            gold: self.gold,
            prediction: &self.verdict.stance,
            article: self.article,
        }
    }
}

/// Judges every labelled statement: those of the articles first, then the single ones.
fn judge<'l>(
    labelled: &'l Labelled,
    model: &Model,
    classifier: &mut Classifier<'_>,
    disagreements: &mut Vec<Disagreement>,
) -> Vec<Row<'l>> {
    let labels = &model.stance.labels;
    let tone_of = |tone: Option<&str>| {
        tone.zip(model.tone.as_ref())
            .and_then(|(tone, head)| head.labels.position(tone))
    };
    let mut rows = Vec::with_capacity(labelled.len());
    for annotated in &labelled.articles {
        let verdicts = classifier.judge_marked(annotated);
        for (marked, verdict) in annotated.statements.iter().zip(verdicts) {
            let Some(gold) = labels.position(&marked.stance) else {
                continue;
            };
            let text = marked.span.of(&annotated.article.text);
            note(
                disagreements,
                &annotated.article.id,
                labels,
                gold,
                &verdict,
                text,
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
            disagreements,
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
    rows
}

fn note(
    out: &mut Vec<Disagreement>,
    article: &str,
    labels: &LabelSet,
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
            surface: String::new(),
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

/// Stance by tone, gold and predicted, of the rows that have both.
fn by_tone(rows: &[Row<'_>], model: &Model) -> [Option<Association>; 2] {
    let Some(head) = &model.tone else {
        return [None, None];
    };
    let (mut gold, mut predicted) = (Vec::new(), Vec::new());
    for row in rows {
        if let (Some(tone), Some(judged)) = (row.tone, &row.verdict.tone) {
            gold.push((row.gold, tone));
            predicted.push((row.verdict.stance.label, judged.label));
        }
    }
    [gold, predicted].map(|pairs| association(&pairs, &model.stance.labels, &head.labels))
}

fn by_kind(rows: &[Row<'_>], labels: &LabelSet, seed: u64) -> Vec<Figure> {
    let figure = |kind: Kind| {
        let part: Vec<Judged<'_>> = rows
            .iter()
            .filter(|row| row.kind == Some(kind))
            .map(Row::stance)
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
