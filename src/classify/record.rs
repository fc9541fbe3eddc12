//! A classified statement as the outside contract has it (`stance.statement/1`): the one struct of which every output
//! format is a view. It does not classify.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::aim::TargetRecord;
use super::verdict::Verdict;
use crate::label::{Kind, LabelSet};
use crate::model::Model;
use crate::statements::{Actor, ActorKind, Member};

/// Name and version of the record's shape. Fields are only ever added within a version.
pub const SCHEMA: &str = "stance.statement/1";

/// One statement, classified.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// [`SCHEMA`].
    pub schema: String,
    /// Id of the article, or of the row where the statement came alone.
    pub article: String,
    /// Outlet of the article.
    pub outlet: Option<String>,
    /// Date of the article as given.
    pub date: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
    /// Id of the statement, unique in its corpus.
    pub statement: String,
    /// First Unicode code point in the article's text as given.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub text: String,
    /// How the article gives it.
    pub kind: Option<Kind>,
    /// The word or words that attribute it.
    pub cue: Option<String>,
    /// Who holds the view.
    pub actor: ActorRecord,
    /// The likeliest stance.
    pub stance: String,
    /// Calibrated probability of each stance; they sum to 1.
    pub probabilities: Map<String, Value>,
    /// Probability of the likeliest stance, 0..=1.
    pub confidence: f64,
    /// P(supportive) - P(hostile), -1..=1; `None` for a label set without a scale.
    pub score: Option<f64>,
    /// Whether the confidence lies below the model's threshold: better read by a person.
    pub abstained: bool,
    /// The likeliest tone.
    pub tone: Option<String>,
    /// Calibrated probability of each tone.
    pub tone_probabilities: Option<Map<String, Value>>,
    /// What decided, with `--explain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<ReasonRecord>>,
    /// Whether it bears on the proposal that the user named, with `--target`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<TargetRecord>,
    /// Name and content hash of the model.
    pub model: String,
    /// Version of the codebook that the model's labels follow.
    pub codebook: String,
    /// The article's text that `start` and `end` count in, with `--with-text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article_text: Option<String>,
    /// Own fields of an input row (`--from statements`), carried through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Value>,
}

/// The holder of a view.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ActorRecord {
    /// Canonical name; `None` where unresolved.
    pub name: Option<String>,
    /// The words that stand for the actor.
    pub surface: String,
    /// The state, movement or organisation that it speaks for.
    pub side: Option<String>,
    /// What sort of actor it is.
    #[serde(rename = "type")]
    pub kind: ActorKind,
    /// The members of a joint actor.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
}

/// One exact part of the difference between the likeliest stance and the runner-up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReasonRecord {
    /// The feature in plain words.
    pub feature: String,
    /// The family it belongs to.
    pub family: String,
    /// The words it stands on; empty for the intercept.
    pub words: String,
    /// Where they begin, in code points of the article's text.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// Log-odds that it adds for the likeliest stance against the runner-up; all reasons sum to the whole difference.
    pub weight: f64,
    /// The runner-up.
    pub against: String,
}

impl Record {
    /// What `verdict` by `model` decides of a record; the rest is blank.
    pub(super) fn of(verdict: &Verdict, model: &Model, model_label: &str) -> Self {
        let stance = &verdict.stance;
        let tone_labels = model.tone.as_ref().map(|tone| &tone.labels);
        let tone = verdict.tone.as_ref().zip(tone_labels);
        Self {
            schema: SCHEMA.to_owned(),
            article: String::new(),
            outlet: None,
            date: None,
            url: None,
            statement: String::new(),
            start: 0,
            end: 0,
            text: String::new(),
            kind: None,
            cue: None,
            actor: ActorRecord::default(),
            stance: model.stance.labels.labels[stance.label].clone(),
            probabilities: named(&stance.probabilities, &model.stance.labels),
            confidence: rounded(stance.confidence),
            score: stance.score.map(rounded),
            abstained: stance.abstained,
            tone: tone.map(|(tone, labels)| labels.labels[tone.label].clone()),
            tone_probabilities: tone.map(|(tone, labels)| named(&tone.probabilities, labels)),
            reasons: None,
            target: None,
            model: model_label.to_owned(),
            codebook: model.provenance.codebook.clone(),
            article_text: None,
            id: None,
        }
    }
}

impl From<&Actor> for ActorRecord {
    fn from(actor: &Actor) -> Self {
        Self {
            name: actor.name.clone(),
            surface: actor.surface.clone(),
            side: actor.side.clone(),
            kind: actor.kind,
            members: actor.members.clone(),
        }
    }
}

fn named(probabilities: &[f64], labels: &LabelSet) -> Map<String, Value> {
    labels
        .labels
        .iter()
        .cloned()
        .zip(probabilities.iter().map(|&p| Value::from(rounded(p))))
        .collect()
}

/// Six digits: sums and differences of printed numbers hold to the fifth.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
