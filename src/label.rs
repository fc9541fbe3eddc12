//! The labels of the task: kind, stance, tone. Stance and tone are label sets, so that another set can be trained;
//! the codebook's own sets are [`LabelSet::stance`] and [`LabelSet::tone`]. Shared by all rooms.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{self, Fault};

/// Version of `training-data/CODEBOOK.md` that labels, models and outputs follow.
pub const CODEBOOK: &str = "1";

/// How an article gives a statement (codebook, "Unit").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Words in quotation marks.
    Direct,
    /// Reported speech or view without quotation marks.
    Indirect,
    /// Reported speech with a quoted fragment.
    Mixed,
    /// A reported act that takes a position, with no speech.
    Act,
}

impl Kind {
    /// All kinds, in the codebook's order.
    pub const ALL: [Self; 4] = [Self::Direct, Self::Indirect, Self::Mixed, Self::Act];

    /// The word that stands for it in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
            Self::Act => "act",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or(())
    }
}

/// An ordered list of labels, each with a score where the label has a place on the scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabelSet {
    /// The labels, in the order in which every table shows them. At least two, all different.
    pub labels: Vec<String>,
    /// The place of each label on the scale, in -1..=1; `None` for a label without one (`none`).
    pub scores: Vec<Option<f64>>,
}

impl LabelSet {
    /// The codebook's stances: supportive +1, skeptical 0, hostile -1, none without a score.
    pub fn stance() -> Self {
        Self::of(&[
            ("supportive", Some(1.0)),
            ("skeptical", Some(0.0)),
            ("hostile", Some(-1.0)),
            ("none", None),
        ])
    }

    /// The codebook's tones: positive +1, neutral 0, negative -1.
    pub fn tone() -> Self {
        Self::of(&[
            ("positive", Some(1.0)),
            ("neutral", Some(0.0)),
            ("negative", Some(-1.0)),
        ])
    }

    /// The labels that a user names: the codebook's with their scores where they are those, else plain ones.
    ///
    /// # Errors
    /// Fewer than two labels, or one named twice.
    pub fn of_names(names: &[String]) -> error::Result<Self> {
        let mut sorted = names.to_vec();
        sorted.sort();
        sorted.dedup();
        if sorted.len() < 2 || sorted.len() != names.len() {
            return Err(Fault::new(format!("labels {:?}", names.join(",")))
                .expected("two or more different labels"));
        }
        let shipped = Self::stance();
        if shipped.labels == names {
            return Ok(shipped);
        }
        Ok(Self::plain(names.iter().cloned()))
    }

    /// Any other labels; they have no scores.
    pub fn plain<S: Into<String>>(labels: impl IntoIterator<Item = S>) -> Self {
        let labels: Vec<String> = labels.into_iter().map(Into::into).collect();
        let scores = vec![None; labels.len()];
        Self { labels, scores }
    }

    fn of(pairs: &[(&str, Option<f64>)]) -> Self {
        Self {
            labels: pairs.iter().map(|(label, _)| (*label).to_owned()).collect(),
            scores: pairs.iter().map(|(_, score)| *score).collect(),
        }
    }

    /// Place of `label` in the set.
    pub fn position(&self, label: &str) -> Option<usize> {
        self.labels.iter().position(|l| l == label)
    }

    /// Number of labels.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is no label.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The labels in one phrase, for messages.
    pub fn listed(&self) -> String {
        self.labels.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_read_back_as_written() {
        for kind in Kind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        assert_eq!("quote".parse::<Kind>(), Err(()));
    }
}
