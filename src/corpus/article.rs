//! A news article as given. It does not read files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One news article. Only the text is always there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Name of the article, unique in its corpus: given, or made from file and line.
    pub id: String,
    /// The medium that published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Day of publication as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Headline, where it is not part of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The text as given: every offset counts in it.
    pub text: String,
    /// All other fields of the record.
    #[serde(flatten)]
    pub metadata: BTreeMap<String, Value>,
}

impl Article {
    /// A bare text under a name.
    pub fn of_text(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            text: text.into(),
            ..Self::default()
        }
    }

    /// A metadata field as words; `None` where it is absent or no word or number.
    pub fn field(&self, name: &str) -> Option<String> {
        match self.metadata.get(name)? {
            Value::String(words) => Some(words.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(truth) => Some(truth.to_string()),
            _ => None,
        }
    }
}
