//! Estimates corrected for the classifier's errors, beside the raw ones. With hand labels of known probability:
//! y~ = lambda f + (R / pi) (y - lambda f) for each statement (Egami et al. 2023; Angelopoulos et al. 2023), whatever the
//! model's errors. Without: the held-out confusion turned round. It draws no labels.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::findings::{Corrected, Correction, Method};
use super::inverse::{Inverse, on_simplex};
use super::ledger::{Hand, Ledger, Totals, positions, ratio, score, scored};
use super::resample::{Statistic, estimates};
use super::settings::{HandLabel, Settings};
use super::statement::Statement;
use super::tally::{Source, Who};
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
    n_labels: usize,
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
    fn by_label(&self, sums: &Totals<'_>, cell: usize, outlet: usize) -> Option<Vec<f64>> {
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

/// The corrected rows of all outlets, and of all actors in them.
pub fn correction(
    corrector: &Corrector,
    hand: &Hand,
    n_unused: usize,
    source: Source<'_>,
) -> Correction {
    let seen = source.seen;
    let outlets = 0..seen.outlets.len();
    let all: Vec<(Who, usize)> = outlets.clone().map(|outlet| (Who::All, outlet)).collect();
    let actors: Vec<(Who, usize)> = (0..seen.actors.len())
        .flat_map(|actor| {
            outlets
                .clone()
                .map(move |outlet| (Who::Actor(actor), outlet))
        })
        .collect();
    Correction {
        method: match corrector.way {
            Way::Design(_) => Method::Design,
            Way::PriorShift(..) => Method::PriorShift,
        },
        n_labels: corrector.n_labels,
        n_unused: n_unused + hand.len() - corrector.n_labels,
        outlets: rows(corrector, &all, source),
        actors: rows(corrector, &actors, source),
    }
}

fn rows(corrector: &Corrector, places: &[(Who, usize)], source: Source<'_>) -> Vec<Corrected> {
    let Source {
        seen,
        ledger,
        settings,
        ..
    } = source;
    let totals = ledger.totals();
    let support = |cell: usize| corrector.n_clusters(ledger, cell);
    let usable = |&&(who, outlet): &&(Who, usize)| {
        let least = if who == Who::All {
            1
        } else {
            settings.least_clusters
        };
        support(who.cell(ledger, outlet)) >= least
    };
    let places: Vec<(Who, usize)> = places.iter().filter(usable).copied().collect();
    let mut statistics = Vec::new();
    for &(who, outlet) in &places {
        let cell = who.cell(ledger, outlet);
        let n = support(cell);
        let corrected = move |sums: &Totals<'_>| corrector.score(sums, cell, outlet);
        statistics.push(Statistic::new(
            vec![cell],
            ledger.n_clusters(cell),
            move |sums| sums.score(cell),
        ));
        statistics.push(Statistic::new(vec![cell], n, corrected));
        statistics.push(Statistic::new(vec![cell], n, move |sums| {
            Some(corrected(sums)? - sums.score(cell)?)
        }));
    }
    let figures = estimates(ledger, &statistics, settings);
    let names = &settings.labels.labels;
    places
        .iter()
        .zip(figures.chunks(3))
        .map(|(&(who, outlet), figures)| {
            let cell = who.cell(ledger, outlet);
            let by_label = corrector.by_label(&totals, cell, outlet);
            let shares = by_label.as_deref().and_then(shares);
            let scores = ledger.shape.scores();
            let taken = shares.as_deref().map(|shares| positions(shares, scores));
            let mix = (0..names.len())
                .filter(|&label| scores[label].is_some())
                .map(|label| {
                    let share = shares
                        .as_deref()
                        .zip(taken)
                        .and_then(|(shares, taken)| ratio(shares[label], taken));
                    (names[label].clone(), share)
                });
            Corrected {
                who: match who {
                    Who::Actor(actor) => Some(seen.actors[actor].name.clone()),
                    _ => None,
                },
                outlet: seen.outlets[outlet].clone(),
                n_labels: corrector.labelled.get(&cell).map_or(0, |place| place.n),
                raw: figures[0],
                corrected: figures[1],
                bias: figures[2],
                mix: mix.collect(),
                none: taken.map(|taken| 1.0 - taken),
                lambda: match &corrector.way {
                    Way::Design(lambda) => Some(lambda[outlet]),
                    Way::PriorShift(..) => None,
                },
            }
        })
        .collect()
}

/// Weights as shares on the simplex.
fn shares(by_label: &[f64]) -> Option<Vec<f64>> {
    let total: f64 = by_label.iter().sum();
    (total > 1e-12).then(|| {
        on_simplex(
            &by_label
                .iter()
                .map(|weight| weight / total)
                .collect::<Vec<f64>>(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use crate::compare::statement::Holder;

    #[test]
    fn the_corrected_score_is_the_one_worked_out_by_hand() {
        // Ten articles of one statement: the model says supportive of six and hostile of four. Labelled with probability
        // 1/2: three of the six (2 supportive, 1 hostile) and two of the four (both hostile).
        let statements: Vec<Statement> = (0..10)
            .map(|number| Statement {
                article: format!("a{number}"),
                outlet: Some("Kesh Times".to_owned()),
                statement: format!("a{number}#1"),
                actor: Holder {
                    name: Some("X".to_owned()),
                    ..Holder::default()
                },
                stance: if number < 6 { "supportive" } else { "hostile" }.to_owned(),
                ..Statement::default()
            })
            .collect();
        let label = |number: usize, stance: &str| HandLabel {
            statement: format!("a{number}#1"),
            stance: stance.to_owned(),
            sample_prob: 0.5,
        };
        let hand = [
            label(0, "supportive"),
            label(1, "supportive"),
            label(2, "hostile"),
            label(6, "hostile"),
            label(7, "hostile"),
            label(99, "hostile"),
        ];
        let found = compare(statements, &hand, &Settings::default());
        let correction = found.correction.unwrap();
        assert_eq!((correction.n_labels, correction.n_unused), (5, 1));
        let row = &correction.outlets[0];
        // Gold over probability: supportive 4, hostile 6. Model on the labelled: supportive 6, hostile 4, as on all: the
        // difference is 0, whatever lambda. (4 - 6) / 10 against (6 - 4) / 10.
        assert!((row.raw.value.unwrap() - 0.2).abs() < 1e-12);
        assert!(
            (row.corrected.value.unwrap() + 0.2).abs() < 1e-12,
            "{row:?}"
        );
        assert!((row.bias.value.unwrap() + 0.4).abs() < 1e-12);
        assert!((row.mix[0].1.unwrap() - 0.4).abs() < 1e-12);
        assert!(
            row.lambda
                .is_some_and(|lambda| (0.0..=1.0).contains(&lambda))
        );
        assert_eq!(row.n_labels, 5);
    }
}
