//! What a comparison is asked for, and the labels that a person gave. It holds no results.

use serde::Serialize;

use super::estimate::Scoring;
use crate::corpus::LabelledStatement;
use crate::label::LabelSet;

/// How statements of one actor in one article are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Count {
    /// Every statement counts one.
    All,
    /// An actor counts one in an article, shared evenly among its statements there: statements of one article are alike.
    #[default]
    OncePerArticle,
}

/// What is done with syndicated copies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CopyPolicy {
    /// Every article counts.
    Keep,
    /// A cluster of copies counts once for each outlet: to publish agency copy is a choice of the outlet.
    #[default]
    Drop,
    /// Only the earliest article of a cluster counts, the longest of that day.
    Originals,
}

impl CopyPolicy {
    /// All policies.
    pub const ALL: [Self; 3] = [Self::Keep, Self::Drop, Self::Originals];
}

/// What a comparison is asked for. [`Settings::default`] is what the command does without options.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settings {
    /// What is compared: `outlet`, `date`, `week`, or a metadata field of the articles. Results call its values outlets.
    pub by: String,
    /// How statements are counted.
    pub count: Count,
    /// What is done with copies.
    pub copies: CopyPolicy,
    /// Whether probabilities or likeliest labels are summed.
    pub scoring: Scoring,
    /// The stances with their places on the scale.
    pub labels: LabelSet,
    /// Draws of the bootstrap.
    pub draws: usize,
    /// Draws of a permutation test.
    pub permutations: usize,
    /// Seed of all chance.
    pub seed: u64,
    /// Share of intervals that should hold the truth, 0..1.
    pub level: f64,
    /// False discovery rate at which a pair is marked, 0..1.
    pub false_discovery: f64,
    /// Clusters under which no interval is given.
    pub least_clusters: usize,
    /// Actors with a row of their own; the others are taken together.
    pub most_actors: usize,
    /// Outlets, the largest first, among which pairs are compared.
    pub most_paired: usize,
    /// Days within which two quotations can be one.
    pub window_days: i64,
    /// Other outlets that must carry a quotation before an outlet can leave it out.
    pub least_carriers: usize,
    /// The model's held-out counts, rows gold, columns predicted, in the order of `labels`: for the correction without
    /// hand labels.
    pub confusion: Option<Vec<Vec<u64>>>,
    /// Whether to say how many labels buy which width.
    pub plan: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            by: "outlet".to_owned(),
            count: Count::default(),
            copies: CopyPolicy::default(),
            scoring: Scoring::default(),
            labels: LabelSet::stance(),
            draws: 2000,
            permutations: 10_000,
            seed: 1,
            level: 0.95,
            false_discovery: 0.05,
            least_clusters: 5,
            most_actors: 30,
            most_paired: 12,
            window_days: 3,
            least_carriers: 1,
            confusion: None,
            plan: false,
        }
    }
}

/// What a person said of a statement that was drawn with a known probability.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HandLabel {
    /// Id of the statement.
    pub statement: String,
    /// Stance, a label of the set.
    pub stance: String,
    /// Probability with which the statement was drawn for labelling, above 0 and at most 1.
    pub sample_prob: f64,
}

impl HandLabel {
    /// A labelled row as `labels next` writes it; `None` where its `sample_prob` is absent or no probability.
    pub fn of_row(row: &LabelledStatement) -> Option<Self> {
        let sample_prob = row.metadata.get("sample_prob")?.as_f64()?;
        (sample_prob > 0.0 && sample_prob <= 1.0).then(|| Self {
            statement: row.id.clone(),
            stance: row.stance.clone(),
            sample_prob,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_a_probability_is_no_design_label() {
        let mut row = LabelledStatement {
            id: "a#1".to_owned(),
            stance: "hostile".to_owned(),
            ..LabelledStatement::default()
        };
        assert_eq!(HandLabel::of_row(&row), None);
        row.metadata.insert("sample_prob".to_owned(), 0.25.into());
        assert_eq!(
            HandLabel::of_row(&row).map(|label| label.sample_prob),
            Some(0.25)
        );
        row.metadata.insert("sample_prob".to_owned(), 1.5.into());
        assert_eq!(HandLabel::of_row(&row), None);
    }
}
