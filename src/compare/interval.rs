//! The ends of an interval from the draws of a bootstrap. It does not draw.

use super::normal::{cdf, quantile, t_quantile};

/// Clusters from which draws are trusted to show bias and skewness.
const ENOUGH: usize = 30;

/// What an interval rests on beside the draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Basis {
    /// The figure.
    pub value: f64,
    /// Its acceleration (Efron 1987).
    pub skew: f64,
    /// Clusters.
    pub n_clusters: usize,
    /// Degrees of freedom.
    pub df: usize,
    /// Share of intervals that should hold the truth.
    pub level: f64,
}

/// The ends of an interval from sorted draws; `None` without draws. From 30 clusters on bias-corrected and accelerated
/// (Efron 1987), under that percentiles. Both reach further out than the plain percentiles, by what a sample of so few
/// clusters is too narrow: at z' = sqrt(n / (n - 1)) t (Hesterberg 2015, the "expanded percentile" interval).
pub fn interval(sorted: &[f64], basis: &Basis) -> Option<(f64, f64)> {
    if sorted.is_empty() || basis.n_clusters < 2 {
        return None;
    }
    let n = basis.n_clusters as f64;
    let reach = (n / (n - 1.0)).sqrt() * t_quantile(0.5 + basis.level / 2.0, basis.df);
    let (bias, skew) = if basis.n_clusters >= ENOUGH {
        (bias(sorted, basis.value), basis.skew)
    } else {
        (0.0, 0.0)
    };
    let end = |z: f64| {
        let moved = bias + z;
        let bent = 1.0 - skew * moved;
        // Beyond that point the correction turns back on itself.
        let share = if bent > 0.1 {
            cdf(bias + moved / bent)
        } else {
            cdf(z)
        };
        percentile(sorted, share)
    };
    Some((end(-reach), end(reach)))
}

/// Where the figure lies among its draws, on the normal scale; ties count half.
fn bias(sorted: &[f64], value: f64) -> f64 {
    let below = sorted.partition_point(|&draw| draw < value - 1e-12);
    let up_to = sorted.partition_point(|&draw| draw <= value + 1e-12);
    let n = sorted.len() as f64;
    let share = (below + up_to) as f64 / (2.0 * n);
    quantile(share.clamp(0.5 / n, 1.0 - 0.5 / n))
}

/// Value at a share of a sorted list, by linear interpolation (Hyndman & Fan 1996, type 7).
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len() - 1;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_bias_and_skewness_the_ends_are_expanded_percentiles() {
        // Draws 0, 1, ..., 10000 around 5000. With 31 clusters z' = sqrt(31 / 30) * 2.0423 = 2.0761, and
        // statistics.NormalDist().cdf(-2.0761) = 0.018946.
        let draws: Vec<f64> = (0..=10_000).map(f64::from).collect();
        let basis = Basis {
            value: 5000.0,
            skew: 0.0,
            n_clusters: 31,
            df: 30,
            level: 0.95,
        };
        let (low, high) = interval(&draws, &basis).unwrap();
        assert!(
            (low - 189.5).abs() < 0.5 && (high - 9810.5).abs() < 0.5,
            "{low} {high}"
        );
    }

    #[test]
    fn the_bias_corrected_ends_agree_with_the_textbook_formula() {
        // value at the 0.6 quantile: z0 = 0.253347; a = 0.05; reach 1.959964 (large n):
        // cdf(z0 + (z0 -+ z) / (1 - a (z0 -+ z))) = 0.093569 and 0.996947 (statistics.NormalDist of Python).
        let draws: Vec<f64> = (0..=100_000).map(f64::from).collect();
        let basis = Basis {
            value: 60_000.0,
            skew: 0.05,
            n_clusters: 10_000_000,
            df: 10_000_000,
            level: 0.95,
        };
        let (low, high) = interval(&draws, &basis).unwrap();
        assert!((low / 1e5 - 0.093_569).abs() < 1e-4 && (high / 1e5 - 0.996_947).abs() < 1e-4);
    }
}
