//! Likely label errors: statements ranked by how far their label lies from what a model says that has not seen their group
//! (confident learning: Northcutt, Jiang & Chuang 2021, section 3; here with the distance on the scale). It mends nothing.

use crate::error::Result;
use crate::evaluate::bootstrap::Chance;
use crate::features::Example;
use crate::label::LabelSet;
use crate::model::Prediction;
use crate::model::train::{Settings, TrainingRow, train};

/// A statement whose label is doubtful.
#[derive(Clone, Debug, PartialEq)]
pub struct Suspect {
    /// Number of the statement.
    pub at: usize,
    /// Number of the label that it has.
    pub given: usize,
    /// Number of the label that is likelier.
    pub likelier: usize,
    /// Out-of-fold probability of the label that it has.
    pub probability: f64,
    /// What it is ranked by: larger is more doubtful.
    pub doubt: f64,
}

/// How far two labels are apart, 0..=1: by their places on the scale as a share of its length; a label without a place is
/// half as far from every other as the ends of the scale are from each other, and 1 where nothing has a place.
pub fn distance(one: usize, other: usize, labels: &LabelSet) -> f64 {
    if one == other {
        return 0.0;
    }
    let known: Vec<f64> = labels.scores.iter().flatten().copied().collect();
    let length = known.iter().copied().fold(f64::NEG_INFINITY, f64::max)
        - known.iter().copied().fold(f64::INFINITY, f64::min);
    if length <= 0.0 || known.is_empty() {
        return 1.0;
    }
    match (labels.scores[one], labels.scores[other]) {
        (Some(a), Some(b)) => (a - b).abs() / length,
        _ => 0.5,
    }
}

/// What heads that had not seen its group say of every statement whose label is `given`.
///
/// # Errors
/// As training: too few groups, or a label without statements.
pub fn out_of_fold(
    examples: &[Example],
    given: &[usize],
    settings: &Settings,
) -> Result<Vec<Prediction>> {
    let rows: Vec<TrainingRow<'_>> = examples
        .iter()
        .zip(given)
        .map(|(example, &stance)| TrainingRow {
            bag: &example.bag,
            stance,
            tone: None,
            group: &example.group,
            weight: 1.0,
            near: false,
        })
        .collect();
    Ok(train(&rows, settings)?.stance_out_of_fold)
}

/// What any other label weighs beside its distance. Distance alone (0) finds 60 % of the labels that are flipped at random in
/// the first 10 % of a ranking, where equal weight for all labels finds 75 %; but of two errors of one probability the one
/// at the other end of the scale should be read first.
const ANY_OTHER: f64 = 2.0;

/// All statements, the most doubtful first. The doubt is the sum over the other labels of the probability times
/// `(2 + distance) / 3`, 0..=1.
pub fn rank(judged: &[Prediction], given: &[usize], labels: &LabelSet) -> Vec<Suspect> {
    let suspect = |(at, (prediction, &given)): (usize, (&Prediction, &usize))| {
        let weighed = |other: usize| {
            let weight = ANY_OTHER + distance(given, other, labels);
            prediction.probabilities[other] * weight / (ANY_OTHER + 1.0)
        };
        let others = (0..labels.len()).filter(|&other| other != given);
        let likelier = others.clone().reduce(|best, other| {
            if weighed(other) > weighed(best) {
                other
            } else {
                best
            }
        });
        Suspect {
            at,
            given,
            likelier: likelier.unwrap_or(given),
            probability: prediction.probabilities[given],
            doubt: others.map(weighed).sum(),
        }
    };
    let mut ranked: Vec<Suspect> = judged.iter().zip(given).enumerate().map(suspect).collect();
    ranked.sort_by(|a, b| b.doubt.total_cmp(&a.doubt).then(a.at.cmp(&b.at)));
    ranked
}

/// Gives a share of the labels another one, drawn at random: which, in rising order, and all labels after it.
pub fn flipped(
    given: &[usize],
    n_labels: usize,
    share: f64,
    seed: u64,
) -> (Vec<usize>, Vec<usize>) {
    let mut chance = Chance::new(seed, 2);
    let mut order: Vec<usize> = (0..given.len()).collect();
    let n = (share * given.len() as f64).round() as usize;
    for at in 0..n.min(order.len()) {
        let other = at + chance.below(order.len() - at);
        order.swap(at, other);
    }
    let mut which = order[..n.min(order.len())].to_vec();
    which.sort_unstable();
    let mut labels = given.to_vec();
    for &at in &which {
        labels[at] = (labels[at] + 1 + chance.below(n_labels.max(2) - 1)) % n_labels;
    }
    (which, labels)
}

/// Share of `which` that stands in the first `top` (a share as well) of the ranking.
pub fn caught(ranked: &[Suspect], which: &[usize], top: f64) -> f64 {
    let first = (top * ranked.len() as f64).round() as usize;
    let found = ranked.iter().take(first);
    let found = found.filter(|suspect| which.binary_search(&suspect.at).is_ok());
    found.count() as f64 / which.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prediction(probabilities: [f64; 4]) -> Prediction {
        Prediction {
            label: 0,
            runner_up: 0,
            probabilities: probabilities.to_vec(),
            confidence: 0.0,
            abstained: false,
            score: None,
        }
    }

    #[test]
    fn ends_of_the_scale_are_farthest_apart() {
        let labels = LabelSet::stance();
        // Supportive 1, skeptical 0, hostile -1, none without a place.
        assert!((distance(0, 2, &labels) - 1.0).abs() < 1e-12);
        assert!((distance(0, 1, &labels) - 0.5).abs() < 1e-12);
        assert!((distance(3, 0, &labels) - 0.5).abs() < 1e-12);
        assert!(distance(1, 1, &labels).abs() < 1e-12);
        assert!((distance(0, 1, &LabelSet::plain(["a", "b"])) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_label_at_the_wrong_end_is_more_doubtful_than_its_neighbour() {
        let judged = [
            prediction([0.1, 0.1, 0.7, 0.1]),
            prediction([0.1, 0.1, 0.7, 0.1]),
            prediction([0.1, 0.1, 0.7, 0.1]),
        ];
        // Given supportive: hostile 0.7 * 3 / 3, skeptical and none 0.1 * 2.5 / 3 each, 0.8667 in all. Given skeptical: the
        // three others at 2.5 / 3, 0.9 * 0.8333 = 0.75. Given hostile: 0.1 + 2 * 0.0833 = 0.2667.
        let ranked = rank(&judged, &[2, 1, 0], &LabelSet::stance());
        let order: Vec<usize> = ranked.iter().map(|one| one.at).collect();
        assert_eq!(order, [2, 1, 0]);
        assert_eq!((ranked[0].given, ranked[0].likelier), (0, 2));
        assert!((ranked[0].doubt - 0.8667).abs() < 1e-4);
        assert!((ranked[1].doubt - 0.75).abs() < 1e-12);
    }

    #[test]
    fn as_many_labels_are_flipped_as_asked_for_and_each_to_another() {
        let given = vec![1; 40];
        let (which, labels) = flipped(&given, 4, 0.05, 3);
        assert_eq!(which.len(), 2);
        for (at, label) in labels.iter().enumerate() {
            assert_eq!(*label != 1, which.contains(&at));
            assert!(*label < 4);
        }
        assert_eq!(flipped(&given, 4, 0.05, 3), (which, labels));
    }

    #[test]
    fn what_is_caught_is_counted_in_the_top_of_the_ranking() {
        let judged: Vec<Prediction> = (0..10)
            .map(|at| {
                prediction(if at == 4 {
                    [0.0, 0.0, 1.0, 0.0]
                } else {
                    [1.0, 0.0, 0.0, 0.0]
                })
            })
            .collect();
        let ranked = rank(&judged, &[0; 10], &LabelSet::stance());
        // The first of ten is number 4, then 0, 1 and so on.
        assert!((caught(&ranked, &[4, 8], 0.1) - 0.5).abs() < 1e-12);
        assert!((caught(&ranked, &[4, 8], 1.0) - 1.0).abs() < 1e-12);
    }
}
