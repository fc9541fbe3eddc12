//! Clusters of sparse rows: the largest is cut in two until there are as many as asked for (bisecting k-means: Steinbach,
//! Karypis & Kumar 2000), by the cosine. It does not know what a row stands for.

use std::collections::BinaryHeap;

use crate::evaluate::bootstrap::Chance;
use crate::features::Row;

/// Rounds of moving rows to the nearer of two means.
const ROUNDS: usize = 6;

/// Cuts rows into `n` clusters, or into one each where there are no more rows; numbers rise within a cluster.
pub fn clusters(rows: &[&Row], n: usize, seed: u64) -> Vec<Vec<usize>> {
    if rows.is_empty() || n == 0 {
        return Vec::new();
    }
    let n_columns = rows
        .iter()
        .flat_map(|row| row.iter())
        .map(|(column, _)| *column as usize + 1)
        .max()
        .unwrap_or(0);
    let mut chance = Chance::new(seed, 1);
    let mut means = [vec![0.0; n_columns], vec![0.0; n_columns]];
    let mut parts: BinaryHeap<(usize, Vec<usize>)> = BinaryHeap::new();
    parts.push((rows.len(), (0..rows.len()).collect()));
    let mut done = Vec::new();
    while parts.len() + done.len() < n {
        let Some((size, part)) = parts.pop() else {
            break;
        };
        if size == 1 {
            done.push(part);
            continue;
        }
        let (one, other) = halves(rows, &part, &mut means, &mut chance);
        parts.push((one.len(), one));
        parts.push((other.len(), other));
    }
    done.extend(parts.into_iter().map(|(_, part)| part));
    done.sort();
    done
}

/// Cuts a cluster of two or more in two.
fn halves(
    rows: &[&Row],
    part: &[usize],
    means: &mut [Vec<f32>; 2],
    chance: &mut Chance,
) -> (Vec<usize>, Vec<usize>) {
    let seeds = [
        part[chance.below(part.len())],
        part[chance.below(part.len())],
    ];
    // The row that is least like the first begins the other half.
    for mean in means.iter_mut() {
        mean.fill(0.0);
    }
    add(rows[seeds[0]], &mut means[0]);
    let far = part
        .iter()
        .copied()
        .filter(|&at| at != seeds[0])
        .min_by(|&a, &b| {
            dot(rows[a], &means[0])
                .total_cmp(&dot(rows[b], &means[0]))
                .then(a.cmp(&b))
        });
    add(rows[far.unwrap_or(seeds[1])], &mut means[1]);
    let mut sides: Vec<bool> = Vec::new();
    for _ in 0..ROUNDS {
        let lengths = [length(&means[0]), length(&means[1])];
        let nearer = |at: &usize| {
            dot(rows[*at], &means[1]) / lengths[1] > dot(rows[*at], &means[0]) / lengths[0]
        };
        let moved: Vec<bool> = part.iter().map(nearer).collect();
        if moved == sides {
            break;
        }
        sides = moved;
        for mean in means.iter_mut() {
            mean.fill(0.0);
        }
        for (&at, &side) in part.iter().zip(&sides) {
            add(rows[at], &mut means[usize::from(side)]);
        }
    }
    let of = |wanted: bool| -> Vec<usize> {
        let both = part.iter().zip(&sides).filter(|(_, side)| **side == wanted);
        both.map(|(at, _)| *at).collect()
    };
    let (one, other) = (of(false), of(true));
    if one.is_empty() || other.is_empty() {
        // All are alike: any cut is as good.
        let (one, other) = part.split_at(part.len() / 2);
        return (one.to_vec(), other.to_vec());
    }
    (one, other)
}

fn add(row: &Row, mean: &mut [f32]) {
    for &(column, value) in row {
        mean[column as usize] += value;
    }
}

fn dot(row: &Row, mean: &[f32]) -> f32 {
    row.iter()
        .map(|&(column, value)| value * mean[column as usize])
        .sum()
}

fn length(mean: &[f32]) -> f32 {
    mean.iter()
        .map(|value| value * value)
        .sum::<f32>()
        .sqrt()
        .max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_rows_stay_together() {
        let rows: Vec<Row> = (0..12).map(|at| vec![(at % 3, 1.0)]).collect();
        let rows: Vec<&Row> = rows.iter().collect();
        assert_eq!(
            clusters(&rows, 3, 1),
            [[0, 3, 6, 9], [1, 4, 7, 10], [2, 5, 8, 11]]
        );
    }

    #[test]
    fn there_are_as_many_as_asked_for_or_as_rows() {
        let rows = vec![Row::new(); 5];
        let rows: Vec<&Row> = rows.iter().collect();
        assert_eq!(clusters(&rows, 4, 1).len(), 4);
        assert_eq!(clusters(&rows, 9, 1).len(), 5);
        assert!(clusters(&[], 3, 1).is_empty());
    }
}
