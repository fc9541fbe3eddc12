//! Statements that a person labelled: inside an annotated article, or alone. It does not read files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::article::Article;
use crate::error::{Fault, Result};
use crate::label::Kind;
use crate::span::Span;

/// An article in which a person marked every statement.
#[derive(Clone, Debug, PartialEq)]
pub struct AnnotatedArticle {
    /// The article.
    pub article: Article,
    /// Its statements, in text order; no two overlap.
    pub statements: Vec<AnnotatedStatement>,
}

impl AnnotatedArticle {
    /// What may never stand on two sides of a split: the `group` field, else the `conflict`, else the article.
    pub fn group(&self) -> String {
        self.article
            .field("group")
            .or_else(|| self.article.field("conflict"))
            .unwrap_or_else(|| self.article.id.clone())
    }

    /// How much each of its statements counts in training: the `weight` field, above 0; 1 where it is absent.
    pub fn weight(&self) -> f32 {
        weight(self.article.metadata.get("weight")).unwrap_or(1.0)
    }

    /// Whether it is near to what the model will read: the `near` field.
    pub fn near(&self) -> bool {
        near(self.article.metadata.get("near")).unwrap_or(false)
    }
}

/// Most that a row can count.
const MOST_WEIGHT: f64 = 1000.0;

/// What the `weight` field of a row says.
///
/// # Errors
/// Anything but a number above 0 and at most [`MOST_WEIGHT`].
pub(super) fn weight(field: Option<&Value>) -> Result<f32> {
    let Some(value) = field else {
        return Ok(1.0);
    };
    let number = value.as_f64();
    number
        .filter(|&weight| weight > 0.0 && weight <= MOST_WEIGHT)
        .map(|weight| weight as f32)
        .ok_or_else(|| {
            Fault::new(format!("\"weight\" is {value}"))
                .expected(format!("a number above 0, at most {MOST_WEIGHT}"))
                .remedy("leave it out for a row that counts as one")
        })
}

/// What the `near` field of a row says: whether its statements are near to what the model will read, and are learnt once more at the
/// end.
///
/// # Errors
/// Anything but `true` and `false`.
pub(super) fn near(field: Option<&Value>) -> Result<bool> {
    field.map_or(Ok(false), |value| {
        value.as_bool().ok_or_else(|| {
            Fault::new(format!("\"near\" is {value}"))
                .expected("true or false")
                .remedy("leave it out for a row that is learnt once")
        })
    })
}

/// A statement that a person marked in an article.
#[derive(Clone, Debug, PartialEq)]
pub struct AnnotatedStatement {
    /// Where it stands, in bytes of the article's text.
    pub span: Span,
    /// Canonical actors with their sides, at least one; an empty name where nobody can be named.
    pub actors: Vec<(String, Option<String>)>,
    /// The words that stand for the actor.
    pub surface: Option<String>,
    /// How the article gives it.
    pub kind: Kind,
    /// Stance, a label of the set that was asked for.
    pub stance: String,
    /// Tone, if labelled.
    pub tone: Option<String>,
    /// Who labelled it.
    pub annotator: Option<String>,
}

impl AnnotatedStatement {
    /// The actors' names, parted by `;`.
    pub fn actor(&self) -> String {
        joined(self.actors.iter().map(|(name, _)| name.as_str()))
    }

    /// Names of the actors and their sides in one, parted by `;`.
    pub fn own_names(&self) -> String {
        format!("{};{}", self.actor(), self.side().unwrap_or_default())
    }

    /// The actors' sides, parted by `;`; `None` where none has a side.
    pub fn side(&self) -> Option<String> {
        let known = self.actors.iter().any(|(_, side)| side.is_some());
        known.then(|| {
            joined(
                self.actors
                    .iter()
                    .map(|(_, side)| side.as_deref().unwrap_or("-")),
            )
        })
    }
}

fn joined(parts: impl Iterator<Item = impl AsRef<str>>) -> String {
    parts
        .map(|part| part.as_ref().to_owned())
        .collect::<Vec<_>>()
        .join(";")
}

/// A labelled statement that stands alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LabelledStatement {
    /// Name of the row.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Its words, with the attribution where there is one.
    pub text: String,
    /// Who holds the view.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// For whom the actor speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// How it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Stance, a label of the set that was asked for.
    pub stance: String,
    /// Tone, if labelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tone: Option<String>,
    /// What may never stand on two sides of a split; a row without a group is its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The words before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// Who labelled it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotator: Option<String>,
    /// All other fields of the row.
    #[serde(flatten)]
    pub metadata: BTreeMap<String, Value>,
}

impl LabelledStatement {
    /// How much it counts in training: the `weight` field, above 0; 1 where it is absent.
    pub fn weight(&self) -> f32 {
        weight(self.metadata.get("weight")).unwrap_or(1.0)
    }

    /// Whether it is near to what the model will read: the `near` field.
    pub fn near(&self) -> bool {
        near(self.metadata.get("near")).unwrap_or(false)
    }
}
