//! When a head abstains: the confidence threshold, chosen from the risk-coverage curve of out-of-fold predictions
//! (El-Yaniv & Wiener 2010, section 2). It does not calibrate, and does not draw the curve (`evaluate::coverage` does).

/// Shares are compared with this much room, so that 0.2 of 5 is 1 whatever the last bit says.
const ROOM: f64 = 1e-9;

/// The least confidence at which those with as much or more err in at most a share of `risk`, 0..=1. `judged` holds the
/// confidence of each prediction, and whether its label was right.
///
/// Never more than the share `most` of the predictions lies below it: where the wish would cost more, the threshold is the
/// greatest that `most` allows. Predictions of one confidence are kept or given up together, and those with the greatest
/// are always kept. 0 without any prediction.
pub fn threshold(judged: &[(f64, bool)], risk: f64, most: f64) -> f64 {
    let mut sorted = judged.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n = sorted.len() as f64;
    let mut kept = n;
    let mut wrong = sorted.iter().filter(|(_, right)| !right).count() as f64;
    let mut chosen = 0.0;
    for alike in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        if n - kept > most * n + ROOM {
            break;
        }
        chosen = alike[0].0;
        if wrong <= risk * kept + ROOM {
            break;
        }
        kept -= alike.len() as f64;
        wrong -= alike.iter().filter(|(_, right)| !right).count() as f64;
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    const JUDGED: [(f64, bool); 5] = [
        (0.9, true),
        (0.8, true),
        (0.7, true),
        (0.6, false),
        (0.5, false),
    ];

    fn is(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-12
    }

    #[test]
    fn the_doubtful_are_given_up_first() {
        // All five: 2 wrong. Without 0.5: 1 of 4. Without 0.6: 0 of 3.
        assert!(is(threshold(&JUDGED, 0.4, 1.0), 0.5));
        assert!(is(threshold(&JUDGED, 0.25, 1.0), 0.6));
        assert!(is(threshold(&JUDGED, 0.1, 1.0), 0.7));
    }

    #[test]
    fn no_more_are_given_up_than_allowed() {
        assert!(is(threshold(&JUDGED, 0.1, 0.2), 0.6));
        // A quarter of five is 1.25: one may go, not two.
        assert!(is(threshold(&JUDGED, 0.1, 0.25), 0.6));
        assert!(is(threshold(&JUDGED, 0.1, 0.0), 0.5));
    }

    #[test]
    fn one_confidence_is_kept_or_given_up_as_a_whole() {
        let judged = [(0.5, false), (0.5, true), (0.5, true), (0.9, true)];
        // Giving up one of the three at 0.5 would leave 0 wrong of 3, but no threshold can part them.
        assert!(is(threshold(&judged, 0.1, 1.0), 0.9));
        assert!(is(threshold(&judged, 0.1, 0.5), 0.5));
    }

    #[test]
    fn a_wish_that_cannot_be_met_keeps_the_surest() {
        assert!(is(threshold(&[(0.9, false), (0.8, true)], 0.0, 1.0), 0.9));
        assert!(is(threshold(&[], 0.1, 0.2), 0.0));
    }
}
