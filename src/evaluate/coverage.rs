//! The risk-coverage curve: how the error falls when the least sure statements are left to a person
//! (El-Yaniv & Wiener 2010). It does not choose a threshold.

use serde::Serialize;

/// A point of the curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Share of the statements that are kept, 0..=1.
    pub coverage: f64,
    /// Least confidence among them.
    pub threshold: f64,
    /// Share of them that is wrong.
    pub risk: f64,
}

/// Points of the curve at the shares `coverages`; `judged` holds confidence and whether the label is right.
pub fn curve(judged: &[(f64, bool)], coverages: &[f64]) -> Vec<Point> {
    let mut sorted = judged.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let point = |&coverage: &f64| {
        let kept =
            ((coverage * sorted.len() as f64).round() as usize).clamp(1, sorted.len().max(1));
        let part = sorted.get(..kept)?;
        let wrong = part.iter().filter(|(_, right)| !right).count();
        Some(Point {
            coverage,
            threshold: part.last()?.0,
            risk: wrong as f64 / kept as f64,
        })
    };
    coverages.iter().filter_map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn risk_counts_only_what_is_kept() {
        let judged = [(0.5, false), (0.9, true), (0.8, true), (0.7, false)];
        let points = curve(&judged, &[0.5, 1.0]);
        assert_eq!(
            points[0],
            Point {
                coverage: 0.5,
                threshold: 0.8,
                risk: 0.0
            }
        );
        assert_eq!(
            points[1],
            Point {
                coverage: 1.0,
                threshold: 0.5,
                risk: 0.5
            }
        );
        assert!(curve(&[], &[1.0]).is_empty());
    }
}
