//! Krippendorff's alpha: how far annotators agree beyond chance (Krippendorff 2004, chapter 11; Hayes & Krippendorff 2007).
//! It does not pair statements.

use std::collections::BTreeMap;

/// How far two values are apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Equal or not.
    Nominal,
    /// By how many values lie between, counted as often as they were given.
    Ordinal,
}

/// Alpha of units, each with the values that annotators gave it, as numbers `0..n_values` in their order. Units with fewer
/// than two values are left out. `None` where there is none, or where only one value was ever given.
pub fn alpha(units: &[Vec<usize>], metric: Metric) -> Option<f64> {
    let paired: Vec<&Vec<usize>> = units.iter().filter(|unit| unit.len() > 1).collect();
    let mut totals: BTreeMap<usize, f64> = BTreeMap::new();
    for value in paired.iter().flat_map(|unit| unit.iter()) {
        *totals.entry(*value).or_default() += 1.0;
    }
    let n: f64 = totals.values().sum();
    if totals.len() < 2 {
        return None;
    }
    let distance = |a: usize, b: usize| distance(a, b, &totals, metric);
    let observed: f64 = paired
        .iter()
        .map(|unit| {
            let pairs = unit.iter().flat_map(|a| unit.iter().map(move |b| (*a, *b)));
            pairs.map(|(a, b)| distance(a, b)).sum::<f64>() / (unit.len() - 1) as f64
        })
        .sum::<f64>()
        / n;
    let all = totals
        .iter()
        .flat_map(|(a, x)| totals.iter().map(move |(b, y)| (*a, *b, x * y)));
    let expected: f64 =
        all.map(|(a, b, often)| often * distance(a, b)).sum::<f64>() / (n * (n - 1.0));
    Some(1.0 - observed / expected)
}

/// The squared distance of two values (Krippendorff 2004, section 11.3).
fn distance(a: usize, b: usize, totals: &BTreeMap<usize, f64>, metric: Metric) -> f64 {
    match metric {
        Metric::Nominal => f64::from(u8::from(a != b)),
        Metric::Ordinal => {
            let (low, high) = (a.min(b), a.max(b));
            let between: f64 = totals.range(low..=high).map(|(_, often)| often).sum();
            let of = |value: usize| totals.get(&value).copied().unwrap_or_default();
            let apart = between - f64::midpoint(of(low), of(high));
            if low == high { 0.0 } else { apart * apart }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of Krippendorff 2011 ("Computing Krippendorff's Alpha-Reliability"): four annotators, twelve
    /// units, values 1 to 5, some missing.
    fn worked_example() -> Vec<Vec<usize>> {
        let units = [
            "111", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11", "3",
        ];
        units
            .iter()
            .map(|unit| {
                unit.bytes()
                    .map(|digit| usize::from(digit - b'0'))
                    .collect()
            })
            .collect()
    }

    #[test]
    fn alpha_agrees_with_the_published_example() {
        let units = worked_example();
        assert!((alpha(&units, Metric::Nominal).unwrap() - 0.743).abs() < 0.0005);
        assert!((alpha(&units, Metric::Ordinal).unwrap() - 0.815).abs() < 0.0005);
    }

    #[test]
    fn full_agreement_is_one_and_one_value_is_nothing() {
        assert_eq!(alpha(&[vec![0, 0], vec![1, 1]], Metric::Nominal), Some(1.0));
        assert_eq!(alpha(&[vec![0, 0], vec![0, 0]], Metric::Nominal), None);
        assert_eq!(alpha(&[vec![0]], Metric::Ordinal), None);
    }
}
