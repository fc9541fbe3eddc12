//! Many tests at once: the false discovery rate at which each would be marked. It makes no tests.

/// Adjusted values of Benjamini & Hochberg 1995 in the order given. Missing ones stay
/// missing and do not count.
pub fn benjamini_hochberg(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut known: Vec<(usize, f64)> = p
        .iter()
        .enumerate()
        .filter_map(|(at, p)| Some((at, (*p)?)))
        .collect();
    known.sort_by(|a, b| a.1.total_cmp(&b.1));
    let n = known.len() as f64;
    let mut found = vec![None; p.len()];
    let mut least: f64 = 1.0;
    for (rank, &(at, p)) in known.iter().enumerate().rev() {
        least = least.min(p * n / (rank + 1) as f64);
        found[at] = Some(least);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_agree_with_statsmodels() {
        // By hand: n = 4; 0.01 * 4 / 1 = 0.04; 0.02 * 4 / 2 = 0.04; 0.03 * 4 / 3 = 0.04; 0.5 * 4 / 4 = 0.5.
        // statsmodels.stats.multitest.multipletests([0.03, 0.01, 0.5, 0.02], method="fdr_bh") = 0.04 0.04 0.50 0.04
        let found = benjamini_hochberg(&[Some(0.03), None, Some(0.01), Some(0.5), Some(0.02)]);
        let expected = [Some(0.04), None, Some(0.04), Some(0.5), Some(0.04)];
        for (value, expected) in found.iter().zip(expected) {
            match (value, expected) {
                (Some(value), Some(expected)) => assert!((value - expected).abs() < 1e-12),
                (value, expected) => assert_eq!(*value, expected),
            }
        }
    }
}
