//! Two models on the same rows: the difference of their macro-F1 with its interval, and a paired test. It judges no statement.
//!
//! The interval draws whole articles (`bootstrap.rs`). The test exchanges the two models' labels article by article and counts
//! how often chance alone gives a difference as large (approximate randomization: Noreen 1989; Yeh 2000);
//! p = (1 + hits) / (1 + draws).

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::bootstrap::{Chance, Interval, interval};
use super::confusion::Confusion;

/// Exchanges of the test.
const EXCHANGES: usize = 2000;

/// One statement with what two models say of it.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// Number of its label.
    pub gold: usize,
    /// What the model evaluated says.
    pub one: usize,
    /// What the other says.
    pub other: usize,
    /// Its article.
    pub article: &'a str,
}

/// Two models compared.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Paired {
    /// Macro-F1 of the other model, 0..=1.
    pub other: Option<f64>,
    /// Macro-F1 of the model minus that of the other.
    pub difference: Interval,
    /// Probability of a difference as large by chance; `None` under two articles.
    pub p: Option<f64>,
    /// Statements that only the model has right, and that only the other has right.
    pub only_right: (u64, u64),
}

/// Compares two models on `rows` with `n_labels` labels.
pub fn paired(rows: &[Pair<'_>], n_labels: usize, seed: u64) -> Paired {
    let mut articles: BTreeMap<&str, Vec<&Pair<'_>>> = BTreeMap::new();
    for row in rows {
        articles.entry(row.article).or_default().push(row);
    }
    let articles: Vec<Vec<&Pair<'_>>> = articles.into_values().collect();
    let score = |labels: &mut dyn Iterator<Item = (usize, usize)>| {
        Confusion::of(n_labels, labels).macro_f1()
    };
    let gap = |one: Option<f64>, other: Option<f64>| Some(one? - other?);
    let difference = interval(articles.len(), seed, |drawn| {
        let of = || drawn.iter().flat_map(|&article| &articles[article]);
        gap(
            score(&mut of().map(|row| (row.gold, row.one))),
            score(&mut of().map(|row| (row.gold, row.other))),
        )
    });
    let exchanged = |draw: usize| {
        let mut chance = Chance::new(seed, draw as u64);
        let swaps: Vec<bool> = articles.iter().map(|_| chance.below(2) == 1).collect();
        let of = || {
            articles
                .iter()
                .zip(&swaps)
                .flat_map(|(rows, swap)| rows.iter().map(move |row| (row, *swap)))
        };
        gap(
            score(&mut of().map(|(row, swap)| (row.gold, if swap { row.other } else { row.one }))),
            score(&mut of().map(|(row, swap)| (row.gold, if swap { row.one } else { row.other }))),
        )
    };
    let p = difference
        .estimate
        .filter(|_| articles.len() > 1)
        .map(|seen| {
            let as_large = |draw: &usize| {
                exchanged(*draw).is_some_and(|chance| chance.abs() >= seen.abs() - 1e-12)
            };
            let hits = (0..EXCHANGES).into_par_iter().filter(as_large).count();
            (1 + hits) as f64 / (1 + EXCHANGES) as f64
        });
    let right =
        |wanted: &dyn Fn(&Pair<'_>) -> bool| rows.iter().filter(|row| wanted(row)).count() as u64;
    Paired {
        other: score(&mut rows.iter().map(|row| (row.gold, row.other))),
        difference,
        p,
        only_right: (
            right(&|row| row.one == row.gold && row.other != row.gold),
            right(&|row| row.other == row.gold && row.one != row.gold),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(gold: usize, one: usize, other: usize, article: &str) -> Pair<'_> {
        Pair {
            gold,
            one,
            other,
            article,
        }
    }

    #[test]
    fn a_model_against_itself_differs_in_nothing() {
        let names: Vec<String> = (0..8).map(|n| n.to_string()).collect();
        let rows: Vec<Pair<'_>> = names
            .iter()
            .enumerate()
            .map(|(n, name)| pair(n % 2, n % 3 % 2, n % 3 % 2, name))
            .collect();
        let found = paired(&rows, 2, 1);
        assert_eq!(found.difference.estimate, Some(0.0));
        assert_eq!(found.p, Some(1.0));
        assert_eq!(found.only_right, (0, 0));
    }

    #[test]
    fn a_perfect_model_beats_one_that_is_always_wrong() {
        let names: Vec<String> = (0..12).map(|n| n.to_string()).collect();
        let rows: Vec<Pair<'_>> = names
            .iter()
            .enumerate()
            .map(|(n, name)| pair(n % 2, n % 2, 1 - n % 2, name))
            .collect();
        let found = paired(&rows, 2, 1);
        // Macro-F1 1 against 0; only 2 of 2^12 exchanges are as far apart.
        assert_eq!(found.difference.estimate, Some(1.0));
        assert_eq!(found.only_right, (12, 0));
        assert!(found.p.unwrap() < 0.01);
    }
}
