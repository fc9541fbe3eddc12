//! Deals groups of statements into folds, so that a group never stands on two sides, with about the same labels in each.
//! It does not fit.

use std::collections::BTreeMap;

use crate::features::key;

/// The fold of every row, `0..n_folds`. `rows` gives group and label of each. Large groups go first, each to the fold
/// that its labels balance best; `seed` breaks ties. The order of the rows makes no difference. `None` if there are fewer
/// groups than folds, or fewer than two folds.
pub fn deal<'r, R>(rows: R, n_folds: usize, seed: u64) -> Option<Vec<usize>>
where
    R: Iterator<Item = (&'r str, usize)> + Clone,
{
    let n_labels = rows.clone().map(|(_, label)| label + 1).max()?;
    let mut groups: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (group, label) in rows.clone() {
        groups.entry(group).or_insert_with(|| vec![0.0; n_labels])[label] += 1.0;
    }
    if groups.len() < n_folds || n_folds < 2 {
        return None;
    }
    let mut order: Vec<(&str, &Vec<f64>)> = groups
        .iter()
        .map(|(group, counts)| (*group, counts))
        .collect();
    let size = |counts: &[f64]| counts.iter().sum::<f64>();
    let chance = |group: &str| key::join(seed, key::word(group.as_bytes()));
    order.sort_by(|a, b| {
        size(b.1)
            .total_cmp(&size(a.1))
            .then_with(|| chance(a.0).cmp(&chance(b.0)))
    });
    let mut totals = vec![vec![0.0; n_labels]; n_folds];
    let mut fold_of = BTreeMap::new();
    for (group, counts) in order {
        // The fold in which the squared label counts grow least: the least full one for these labels.
        let growth = |fold: &Vec<f64>| -> f64 {
            fold.iter()
                .zip(counts)
                .map(|(have, more)| (have + more) * (have + more) - have * have)
                .sum()
        };
        let best = (0..n_folds).min_by(|&a, &b| {
            let by_size = size(&totals[a]).total_cmp(&size(&totals[b]));
            growth(&totals[a])
                .total_cmp(&growth(&totals[b]))
                .then(by_size)
        })?;
        for (have, more) in totals[best].iter_mut().zip(counts) {
            *have += more;
        }
        fold_of.insert(group, best);
    }
    rows.map(|(group, _)| fold_of.get(group).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_stays_together_and_every_fold_has_some() {
        let rows: Vec<(String, usize)> = (0..60).map(|i| (format!("g{}", i / 4), i % 3)).collect();
        let dealt = deal(
            rows.iter().map(|(group, label)| (group.as_str(), *label)),
            5,
            1,
        )
        .unwrap();
        for (at, (group, _)) in rows.iter().enumerate() {
            let first = rows.iter().position(|(other, _)| other == group).unwrap();
            assert_eq!(dealt[at], dealt[first]);
        }
        for fold in 0..5 {
            // 15 groups of 4: three groups a fold.
            assert_eq!(dealt.iter().filter(|&&f| f == fold).count(), 12);
        }
    }

    #[test]
    fn fewer_groups_than_folds_is_refused() {
        assert_eq!(deal([("a", 0), ("b", 1)].into_iter(), 3, 1), None);
        assert_eq!(deal([].into_iter(), 2, 1), None);
    }

    #[test]
    fn rare_labels_are_spread_and_only_the_seed_moves_a_group() {
        // 20 groups of three rows of label 0; every fourth group also has one of label 1: five in all, one for each fold.
        let rows: Vec<(String, usize)> = (0..20)
            .flat_map(|group| {
                let rare = (group % 4 == 0).then_some(1);
                [0, 0, 0]
                    .into_iter()
                    .chain(rare)
                    .map(move |label| (format!("g{group}"), label))
            })
            .collect();
        let dealt = |rows: &[(String, usize)], seed| {
            let pairs = rows.iter().map(|(group, label)| (group.as_str(), *label));
            deal(pairs, 5, seed).unwrap()
        };
        let folds = dealt(&rows, 1);
        for fold in 0..5 {
            let rare = rows.iter().zip(&folds);
            assert_eq!(rare.filter(|(row, f)| row.1 == 1 && **f == fold).count(), 1);
        }
        let mut turned: Vec<(String, usize)> = rows.clone();
        turned.reverse();
        let mut again = dealt(&turned, 1);
        again.reverse();
        assert_eq!(folds, again);
        assert_ne!(folds, dealt(&rows, 2));
    }
}
