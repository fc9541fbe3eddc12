//! Whether probabilities mean what they say: expected calibration error, Brier score, log loss, and the table behind a
//! reliability diagram. It does not calibrate.

use serde::Serialize;

/// One bin of the reliability table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// Statements in it.
    pub n: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them that is right.
    pub accuracy: f64,
}

/// How well probabilities are calibrated.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// Expected calibration error over bins of equal numbers of statements (Nguyen & O'Connor 2015), 0..=1.
    pub ece: f64,
    /// Mean squared distance of the probabilities from the gold label (Brier 1950), 0..=2.
    pub brier: f64,
    /// Mean negative log-likelihood of the gold label, in nats.
    pub log_loss: f64,
    /// The bins, confidence rising.
    pub bins: Vec<Bin>,
}

/// Calibration of predictions: probabilities of each statement and its gold label; `None` without any.
pub fn calibration(predictions: &[(&[f64], usize)], n_bins: usize) -> Option<Calibration> {
    let n = predictions.len();
    if n == 0 {
        return None;
    }
    let mut judged: Vec<(f64, bool)> = Vec::with_capacity(n);
    let (mut brier, mut log_loss) = (0.0, 0.0);
    for &(probabilities, gold) in predictions {
        let best = (0..probabilities.len()).max_by(|&a, &b| {
            probabilities[a]
                .total_cmp(&probabilities[b])
                .then(b.cmp(&a))
        })?;
        judged.push((probabilities[best], best == gold));
        for (label, p) in probabilities.iter().enumerate() {
            let target = f64::from(u8::from(label == gold));
            brier += (p - target) * (p - target);
        }
        log_loss -= probabilities.get(gold)?.max(1e-300).ln();
    }
    judged.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n_bins = n_bins.clamp(1, n);
    let bins: Vec<Bin> = (0..n_bins)
        .map(|bin| {
            let part = &judged[bin * n / n_bins..(bin + 1) * n / n_bins];
            let count = part.len() as f64;
            Bin {
                n: part.len(),
                confidence: part.iter().map(|(confidence, _)| confidence).sum::<f64>() / count,
                accuracy: part.iter().filter(|(_, right)| *right).count() as f64 / count,
            }
        })
        .collect();
    let ece = bins
        .iter()
        .map(|bin| bin.n as f64 * (bin.confidence - bin.accuracy).abs())
        .sum::<f64>()
        / n as f64;
    Some(Calibration {
        ece,
        brier: brier / n as f64,
        log_loss: log_loss / n as f64,
        bins,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_bins_by_hand() {
        // Confidences 0.6 (wrong), 0.6 (right) | 0.9 (right), 0.9 (right): bins 0.6 against 0.5 and 0.9 against 1.
        let (low, high) = ([0.6, 0.4], [0.9, 0.1]);
        let found = calibration(&[(&low, 1), (&low, 0), (&high, 0), (&high, 0)], 2).unwrap();
        assert!((found.ece - 0.1).abs() < 1e-12);
        // Brier: 0.36 + 0.36, 0.16 + 0.16, twice 0.01 + 0.01: 1.08 over 4.
        assert!((found.brier - 0.27).abs() < 1e-12);
        assert_eq!(calibration(&[], 2), None);
    }
}
