//! How sums are corrected for the classifier's errors. With hand labels of known probability:
//! y~ = lambda f + (R / pi) (y - lambda f) for each statement (Egami et al. 2023; Angelopoulos et al. 2023), whatever the
//! model's errors. Without: the held-out confusion turned round. It makes no rows and draws no labels.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::findings::Method;
use super::inverse::Inverse;
use super::ledger::{Hand, Ledger};
use super::settings::{HandLabel, Settings};
use super::statement::Statement;
use super::tally::Source;
use super::totals::{Totals, positions, ratio, score, scored};
use crate::evaluate::bootstrap::Chance;

/// Streams of chance of the confusion, apart from those of the clusters.
const CONFUSION_SEED: u64 = 0x5EED_C0FF;

/// Hand labels by number of the statement, and how many name no statement or no stance. Of two labels of one statement the
/// first counts.
pub fn hand_of(
    statements: &[Statement],
    labels: &[HandLabel],
    settings: &Settings,
) -> (Hand, usize) {
    if labels.is_empty() {
        return (Hand::new(), 0);
    }
    let numbers: BTreeMap<&str, usize> = statements
        .iter()
        .enumerate()
        .map(|(at, one)| (one.statement.as_str(), at))
        .collect();
    let mut hand = Hand::new();
    let mut unused = 0;
    for label in labels {
        let place = numbers
            .get(label.statement.as_str())
            .zip(settings.labels.position(&label.stance));
        match place {
            Some((&number, stance))
                if label.sample_prob > 0.0
                    && label.sample_prob <= 1.0
                    && !hand.contains_key(&number) =>
            {
                hand.insert(number, (stance, label.sample_prob));
            }
            _ => unused += 1,
        }
    }
    (hand, unused)
}

/// How sums become corrected ones.
enum Way {
    /// By hand labels, with the trust in the model by outlet.
    Design(Vec<f64>),
    /// By the confusion: as counted, and drawn anew for each draw.
    PriorShift(Inverse, Vec<Option<Inverse>>),
}

/// How sums become corrected ones, and where.
pub struct Corrector {
    way: Way,
    /// Clusters and labels by cell.
    labelled: BTreeMap<usize, Labelled>,
    /// Hand labels of counted statements.
    pub n_labels: usize,
}

impl Corrector {
    /// The corrector that the material allows; `None` where there are neither hand labels nor a usable confusion.
    pub fn new(hand: &Hand, source: Source<'_>) -> Option<Self> {
        let Source { seen, ledger, .. } = source;
        let mut corrector = Self {
            way: way(hand, source)?,
            labelled: BTreeMap::new(),
            n_labels: 0,
        };
        for row in seen
            .rows
            .iter()
            .filter(|row| hand.contains_key(&row.statement))
        {
            let Some(cluster) = source.units[row.article] else {
                continue;
            };
            corrector.n_labels += 1;
            for cell in [
                ledger.shape.outlet(row.outlet),
                ledger.shape.actor(row.actor, row.outlet),
            ] {
                let place = corrector.labelled.entry(cell).or_default();
                place.clusters.insert(cluster);
                place.n += 1;
            }
        }
        Some(corrector)
    }

    /// Clusters that a corrected figure rests on: those with a hand label, or all where none is needed.
    pub fn n_clusters(&self, ledger: &Ledger, cell: usize) -> usize {
        match self.way {
            Way::Design(_) => self
                .labelled
                .get(&cell)
                .map_or(0, |place| place.clusters.len()),
            Way::PriorShift(..) => ledger.n_clusters(cell),
        }
    }

    /// Corrected weight by stance; `None` where no label says anything.
    pub fn by_label(&self, sums: &Totals<'_>, cell: usize, outlet: usize) -> Option<Vec<f64>> {
        match &self.way {
            Way::Design(lambda) => self
                .labelled
                .contains_key(&cell)
                .then(|| sums.corrected(cell, lambda[outlet])),
            Way::PriorShift(inverse, drawn) => {
                let inverse = match sums.draw {
                    Some(draw) => drawn.get(draw)?.as_ref()?,
                    None => inverse,
                };
                inverse.shares(sums.hard(cell))
            }
        }
    }

    /// How it corrects.
    pub const fn method(&self) -> Method {
        match self.way {
            Way::Design(_) => Method::Design,
            Way::PriorShift(..) => Method::PriorShift,
        }
    }

    /// The trust in the model in an outlet; `None` without hand labels.
    pub fn lambda(&self, outlet: usize) -> Option<f64> {
        match &self.way {
            Way::Design(lambda) => lambda.get(outlet).copied(),
            Way::PriorShift(..) => None,
        }
    }

    /// Hand labels in a cell.
    pub fn n_labels_in(&self, cell: usize) -> usize {
        self.labelled.get(&cell).map_or(0, |place| place.n)
    }

    /// Corrected mean score.
    pub fn score(&self, sums: &Totals<'_>, cell: usize, outlet: usize) -> Option<f64> {
        score(&self.by_label(sums, cell, outlet)?, sums.shape.scores())
    }
}

fn way(hand: &Hand, source: Source<'_>) -> Option<Way> {
    let Source {
        seen,
        ledger,
        settings,
        ..
    } = source;
    if !hand.is_empty() {
        return Some(Way::Design(
            (0..seen.outlets.len())
                .map(|outlet| lambda(ledger, outlet))
                .collect(),
        ));
    }
    let counts = settings
        .confusion
        .as_ref()
        .filter(|counts| counts.len() == settings.labels.len())?;
    let exact: Vec<Vec<f64>> = counts
        .iter()
        .map(|row| row.iter().map(|&count| count as f64).collect())
        .collect();
    let inverse = Inverse::new(&exact)?;
    let drawn = (0..settings.draws)
        .into_par_iter()
        .map(|draw| {
            Inverse::drawn(
                counts,
                &mut Chance::new(settings.seed ^ CONFUSION_SEED, draw as u64),
            )
        })
        .collect();
    Some(Way::PriorShift(inverse, drawn))
}

/// The trust in the model that makes the spread of an outlet's score least (power tuning: Angelopoulos, Duchi & Zrnic 2023,
/// with influences of clusters in place of those of single statements).
fn lambda(ledger: &Ledger, outlet: usize) -> f64 {
    let scores = ledger.shape.scores();
    let k = scores.len();
    let cell = ledger.shape.outlet(outlet);
    let totals = ledger.totals();
    let Some(mean) = score(&totals.corrected(cell, 1.0), scores) else {
        return 0.0;
    };
    let influence =
        |by_label: &[f64]| scored(by_label, scores) - mean * positions(by_label, scores);
    let mut pairs = Vec::new();
    for cluster in 0..ledger.len() {
        for (_, sums) in ledger.entries(cluster).filter(|(own, _)| *own == cell) {
            let gold = influence(&sums[2 * k + 2..3 * k + 2]);
            let model: Vec<f64> = (0..k)
                .map(|label| sums[label] - sums[3 * k + 2 + label])
                .collect();
            pairs.push((gold, influence(&model)));
        }
    }
    let n = pairs.len() as f64;
    let (gold, model) = pairs.iter().fold((0.0, 0.0), |sum, pair| {
        (sum.0 + pair.0 / n, sum.1 + pair.1 / n)
    });
    let (mut both, mut own) = (0.0, 0.0);
    for pair in &pairs {
        both += (pair.0 - gold) * (pair.1 - model);
        own += (pair.1 - model) * (pair.1 - model);
    }
    ratio(-both, own).map_or(0.0, |lambda| lambda.clamp(0.0, 1.0))
}

/// Clusters with a hand label, and labels, of a place.
#[derive(Clone, Debug, Default)]
struct Labelled {
    clusters: BTreeSet<usize>,
    n: usize,
}
