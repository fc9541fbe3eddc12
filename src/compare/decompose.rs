//! The gap between two outlets split into selection (whom they let speak) and framing (which of an actor's statements they
//! carry): Kitagawa 1955, with the mean of the two outlets as standard. It tests nothing.

use super::comparison::{Decomposition, Part};
use super::ledger::Ledger;
use super::resample::{Statistic, estimates};
use super::tally::Source;
use super::totals::{Totals, positions, ratio, scored};

/// The whole gap and its two parts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Split {
    /// Mean score of the first minus that of the second.
    pub gap: f64,
    /// Sum over actors of (w1 - w2) (m1 + m2) / 2.
    pub selection: f64,
    /// Sum over actors of (w1 + w2) / 2 (m1 - m2).
    pub framing: f64,
}

/// One actor in two outlets: its share of the positions taken there, and its mean score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Shares, 0..=1.
    pub shares: (f64, f64),
    /// Mean scores; `None` where the actor takes no position.
    pub scores: (Option<f64>, Option<f64>),
}

impl Pair {
    /// Selection and framing of this actor, with scores measured against `standard`. An actor that only one outlet lets
    /// speak is all selection: what it says elsewhere is not known.
    pub fn parts(&self, standard: f64) -> (f64, f64) {
        let (w1, w2) = self.shares;
        match self.scores {
            (Some(m1), Some(m2)) => (
                (w1 - w2) * (f64::midpoint(m1, m2) - standard),
                f64::midpoint(w1, w2) * (m1 - m2),
            ),
            (Some(m), None) | (None, Some(m)) => ((w1 - w2) * (m - standard), 0.0),
            (None, None) => (0.0, 0.0),
        }
    }
}

/// Splits a gap. The parts sum to it exactly, whatever the standard, since shares sum to one in both outlets.
pub fn split(pairs: impl Iterator<Item = Pair>) -> Split {
    let mut sum = Split::default();
    for pair in pairs {
        let (selection, framing) = pair.parts(0.0);
        sum.selection += selection;
        sum.framing += framing;
    }
    sum.gap = sum.selection + sum.framing;
    sum
}

/// The actors of two outlets; `None` where one of them takes no position at all.
fn pairs<'t>(
    totals: &'t Totals<'_>,
    n_actors: usize,
    outlets: (usize, usize),
) -> Option<impl Iterator<Item = Pair> + 't> {
    let shape = totals.shape;
    let whole = (
        totals.positions(shape.outlet(outlets.0)),
        totals.positions(shape.outlet(outlets.1)),
    );
    if whole.0 <= 1e-12 || whole.1 <= 1e-12 {
        return None;
    }
    Some((0..n_actors).map(move |actor| {
        let cells = (shape.actor(actor, outlets.0), shape.actor(actor, outlets.1));
        Pair {
            shares: (
                totals.positions(cells.0) / whole.0,
                totals.positions(cells.1) / whole.1,
            ),
            scores: (totals.score(cells.0), totals.score(cells.1)),
        }
    }))
}

/// The gaps of pairs of outlets, split, each with intervals.
pub fn decompositions(outlets: &[(usize, usize)], source: Source<'_>) -> Vec<Decomposition> {
    let Source {
        seen,
        ledger,
        settings,
        ..
    } = source;
    let n_actors = seen.actors.len();
    let mut statistics = Vec::new();
    for &(one, other) in outlets {
        for part in [
            |split: Split| split.gap,
            |split: Split| split.selection,
            |split: Split| split.framing,
        ] {
            let n = (
                ledger.n_clusters(ledger.shape.outlet(one)),
                ledger.n_clusters(ledger.shape.outlet(other)),
            );
            let mut cells = vec![ledger.shape.outlet(one), ledger.shape.outlet(other)];
            cells.extend((0..n_actors).flat_map(|actor| {
                [
                    ledger.shape.actor(actor, one),
                    ledger.shape.actor(actor, other),
                ]
            }));
            statistics.push(Statistic::between(cells, n, move |sums| {
                pairs(sums, n_actors, (one, other)).map(|pairs| part(split(pairs)))
            }));
        }
    }
    let figures = estimates(ledger, &statistics, settings);
    let totals = ledger.totals();
    outlets
        .iter()
        .zip(figures.chunks(3))
        .map(|(&places, figures)| Decomposition {
            first: seen.outlets[places.0].clone(),
            second: seen.outlets[places.1].clone(),
            gap: figures[0],
            selection: figures[1],
            framing: figures[2],
            parts: parts(&totals, places, source),
        })
        .collect()
}

/// Each actor's part. Selection is measured against the mean score of both outlets together: to let a friend speak more often
/// moves an outlet only as far as that friend is off the mean (Oaxaca & Ransom 1999 on why a standard is needed).
fn parts(totals: &Totals<'_>, outlets: (usize, usize), source: Source<'_>) -> Vec<Part> {
    let ledger: &Ledger = source.ledger;
    let scores = ledger.shape.scores();
    let (mut part, mut whole) = (0.0, 0.0);
    for outlet in [outlets.0, outlets.1] {
        let by_label = totals.by_label(ledger.shape.outlet(outlet));
        part += scored(by_label, scores);
        whole += positions(by_label, scores);
    }
    let (Some(standard), Some(pairs)) = (
        ratio(part, whole),
        pairs(totals, source.seen.actors.len(), outlets),
    ) else {
        return Vec::new();
    };
    let mut found: Vec<Part> = pairs
        .zip(&source.seen.actors)
        .filter(|(pair, _)| pair.shares != (0.0, 0.0))
        .map(|(pair, name)| {
            let (selection, framing) = pair.parts(standard);
            Part {
                actor: name.name.clone(),
                selection,
                framing,
                shares: pair.shares,
                scores: pair.scores,
            }
        })
        .collect();
    // The sort is stable: equals stay in the order of actors.
    found.sort_by(|a, b| {
        let size = |part: &Part| part.selection.abs() + part.framing.abs();
        size(b).total_cmp(&size(a))
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIRS: [Pair; 3] = [
        Pair {
            shares: (0.6, 0.2),
            scores: (Some(0.5), Some(0.1)),
        },
        Pair {
            shares: (0.4, 0.3),
            scores: (Some(-0.5), Some(-0.1)),
        },
        Pair {
            shares: (0.0, 0.5),
            scores: (None, Some(-0.8)),
        },
    ];

    #[test]
    fn selection_and_framing_sum_to_the_gap() {
        // Means: 0.6 * 0.5 - 0.4 * 0.5 = 0.1; 0.2 * 0.1 - 0.3 * 0.1 - 0.5 * 0.8 = -0.41. Gap 0.51.
        // Selection: 0.4 * 0.3 + 0.1 * -0.3 + -0.5 * -0.8 = 0.49. Framing: 0.4 * 0.4 + 0.35 * -0.4 = 0.02.
        let found = split(PAIRS.into_iter());
        for (value, expected) in [
            (found.gap, 0.51),
            (found.selection, 0.49),
            (found.framing, 0.02),
        ] {
            assert!((value - expected).abs() < 1e-12, "{found:?}");
        }
    }

    #[test]
    fn the_standard_moves_no_sum() {
        let sum = |standard: f64| PAIRS.iter().map(|pair| pair.parts(standard).0).sum::<f64>();
        assert!((sum(0.0) - sum(0.7)).abs() < 1e-12);
    }
}
