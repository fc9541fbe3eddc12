//! A classified statement as the outside contract has it (`stance.statement/1`): the one struct of which every output
//! format is a view. It does not classify.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::aim::TargetRecord;
use crate::label::Kind;
use crate::statements::{ActorKind, Member};

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
