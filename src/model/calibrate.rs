//! Calibration: one inverse temperature that makes probabilities mean what they say, learnt from out-of-fold logits
//! (temperature scaling: Guo, Pleiss, Sun & Weinberger 2017, section 4.2), and the confidence below which a head
//! abstains. Temperature keeps the order of the labels, so that calibration never changes a decision.

use super::head::softmax;

/// Steps of the golden-section search; each shortens the interval by 0.618.
const STEPS: usize = 60;

/// The inverse temperature that gives the gold labels the least negative log-likelihood, within 0.02..=50.
/// `logits` holds one list a statement, `gold` one label number.
pub fn sharpness(logits: &[Vec<f64>], gold: &[usize]) -> f64 {
    let loss = |log_sharpness: f64| -> f64 {
        let sharpness = log_sharpness.exp();
        logits
            .iter()
            .zip(gold)
            .map(|(z, &label)| -softmax(z, sharpness)[label].max(1e-300).ln())
            .sum()
    };
    let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (0.02_f64.ln(), 50.0_f64.ln());
    let mut points = (high - ratio * (high - low), low + ratio * (high - low));
    let mut losses = (loss(points.0), loss(points.1));
    for _ in 0..STEPS {
        if losses.0 <= losses.1 {
            high = points.1;
            points = (high - ratio * (high - low), points.0);
            losses = (loss(points.0), losses.0);
        } else {
            low = points.0;
            points = (points.1, low + ratio * (high - low));
            losses = (losses.1, loss(points.1));
        }
    }
    f64::midpoint(low, high).exp()
}

/// The least confidence at which those that are kept err in at most `risk` of the cases, from the risk-coverage curve
/// (El-Yaniv & Wiener 2010): `judged` holds confidence and whether the label was right. Never more than `most` of the
/// statements are given up for it: past that the threshold stays where `most` is reached.
pub fn threshold(judged: &[(f64, bool)], risk: f64, most: f64) -> f64 {
    let mut sorted = judged.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut wrong = sorted.iter().filter(|(_, right)| !right).count();
    let n = sorted.len();
    for (given_up, &(confidence, right)) in sorted.iter().enumerate() {
        let kept = n - given_up;
        if wrong as f64 <= risk * kept as f64 || given_up as f64 >= most * n as f64 {
            return confidence;
        }
        wrong -= usize::from(!right);
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logits_that_are_twice_too_bold_are_halved() {
        // Three of four are right at odds of 9 to 1 (logit ln 9): the fitting odds are 3 to 1, ln 3 = ln 9 / 2.
        let z = 9.0_f64.ln();
        let logits = vec![vec![z, 0.0]; 4];
        assert!((sharpness(&logits, &[0, 0, 0, 1]) - 0.5).abs() < 1e-4);
    }

    #[test]
    fn the_threshold_gives_up_the_doubtful_ones_first() {
        let judged = [
            (0.9, true),
            (0.8, true),
            (0.7, true),
            (0.6, false),
            (0.5, false),
        ];
        // All five: 2 wrong. Without 0.5: 1 of 4. Without 0.6: 0 of 3.
        assert!((threshold(&judged, 0.25, 1.0) - 0.6).abs() < 1e-12);
        assert!((threshold(&judged, 0.1, 1.0) - 0.7).abs() < 1e-12);
        // At most a fifth may be given up: one of five.
        assert!((threshold(&judged, 0.1, 0.2) - 0.6).abs() < 1e-12);
        assert!(threshold(&[], 0.1, 0.2).abs() < 1e-12);
    }
}
