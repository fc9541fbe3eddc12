//! Percentile intervals by the cluster bootstrap (Efron 1979; Davison & Hinkley 1997, section 3.8): whole articles are
//! drawn, since statements of one article are alike. Every draw has its own stream of chance, so that threads make no
//! difference.

use rayon::prelude::*;
use serde::Serialize;

/// Draws of an interval.
pub const DRAWS: usize = 1000;

/// An estimate with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The estimate on all clusters; `None` where it has no value.
    pub estimate: Option<f64>,
    /// 2.5th percentile of the draws; `None` under two clusters.
    pub low: Option<f64>,
    /// 97.5th percentile.
    pub high: Option<f64>,
}

/// The interval of `statistic`, which is given the numbers of the clusters of a draw, with repeats.
pub fn interval(
    n_clusters: usize,
    seed: u64,
    statistic: impl Fn(&[usize]) -> Option<f64> + Sync,
) -> Interval {
    let all: Vec<usize> = (0..n_clusters).collect();
    let estimate = statistic(&all);
    if n_clusters < 2 {
        return Interval {
            estimate,
            low: None,
            high: None,
        };
    }
    let mut values: Vec<f64> = (0..DRAWS)
        .into_par_iter()
        .filter_map(|draw| {
            let mut chance = Chance::new(seed, draw as u64);
            let drawn: Vec<usize> = (0..n_clusters).map(|_| chance.below(n_clusters)).collect();
            statistic(&drawn)
        })
        .collect();
    values.sort_by(f64::total_cmp);
    Interval {
        estimate,
        low: percentile(&values, 0.025),
        high: percentile(&values, 0.975),
    }
}

/// Value at a share of a sorted list, by linear interpolation (Hyndman & Fan 1996, type 7).
fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = share * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    Some(sorted[below] + (place - below as f64) * (sorted[above] - sorted[below]))
}

/// A stream of chance: `SplitMix64` (Steele, Lea & Flood 2014).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Stream number `stream` of a seed.
    pub const fn new(seed: u64, stream: u64) -> Self {
        Self(
            seed.wrapping_mul(0xD129_0B22_96E7_5A1F)
                ^ stream.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(17),
        )
    }

    /// The next 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0..n`; `n` is at least 1. Its bias is below `n / 2^64`.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_has_its_textbook_width() {
        // 100 clusters, half 0 and half 1: standard error sqrt(0.25 / 100) = 0.05, so about 0.5 +- 0.098.
        let mean = |drawn: &[usize]| {
            Some(drawn.iter().map(|c| (c % 2) as f64).sum::<f64>() / drawn.len() as f64)
        };
        let found = interval(100, 1, mean);
        assert_eq!(found.estimate, Some(0.5));
        assert!(
            (found.low.unwrap() - 0.402).abs() < 0.02 && (found.high.unwrap() - 0.598).abs() < 0.02
        );
    }

    #[test]
    fn one_cluster_has_no_interval_and_a_seed_repeats() {
        assert_eq!(
            interval(1, 1, |_| Some(1.0)),
            Interval {
                estimate: Some(1.0),
                low: None,
                high: None
            }
        );
        let spread = |seed| interval(9, seed, |drawn| Some(drawn.iter().sum::<usize>() as f64));
        assert_eq!(spread(4), spread(4));
        assert_ne!(spread(4), spread(5));
    }
}
