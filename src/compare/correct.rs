//! Corrected estimates beside the raw ones, with the bias of each outlet: the rows of the table. How sums are corrected is
//! [`super::corrector`]'s.

use super::corrector::Corrector;
use super::findings::{Corrected, Correction};
use super::inverse::on_simplex;
use super::ledger::Hand;
use super::resample::{Statistic, estimates};
use super::tally::{Source, Who};
use super::totals::{Totals, positions, ratio};

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
        method: corrector.method(),
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
                n_labels: corrector.n_labels_in(cell),
                raw: figures[0],
                corrected: figures[1],
                bias: figures[2],
                mix: mix.collect(),
                none: taken.map(|taken| 1.0 - taken),
                lambda: corrector.lambda(outlet),
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
    use crate::compare::statement::Holder;
    use crate::compare::{HandLabel, Settings, Statement, compare};

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
