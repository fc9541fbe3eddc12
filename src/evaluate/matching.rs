//! Pairs predicted statements with gold ones: one to one, by the overlap of their spans. It does not count.

use crate::span::Span;

/// Which gold statement each predicted one stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// `(predicted, gold)` numbers, in order of the predicted ones.
    pub pairs: Vec<(usize, usize)>,
}

/// Pairs spans that share at least half of the longer one, counted in bytes; the largest overlap goes first. Both lists
/// are in text order and neither overlaps itself, so that a statement meets few others.
pub fn pair(predicted: &[Span], gold: &[Span]) -> Pairs {
    let mut candidates = Vec::new();
    let mut from = 0;
    for (p, span) in predicted.iter().enumerate() {
        while from < gold.len() && gold[from].end <= span.start {
            from += 1;
        }
        for (g, other) in gold.iter().enumerate().skip(from) {
            if other.start >= span.end {
                break;
            }
            let overlap = span.overlap(*other);
            if 2 * overlap >= span.len().max(other.len()) {
                candidates.push((overlap, p, g));
            }
        }
    }
    candidates.sort_by_key(|&(overlap, p, g)| (std::cmp::Reverse(overlap), p, g));
    let mut taken = (vec![false; predicted.len()], vec![false; gold.len()]);
    let mut pairs = Vec::new();
    for (_, p, g) in candidates {
        if !taken.0[p] && !taken.1[g] {
            taken.0[p] = true;
            taken.1[g] = true;
            pairs.push((p, g));
        }
    }
    pairs.sort_unstable();
    Pairs { pairs }
}

/// Whether two spans stand on the same words: white space and marks at their ends apart.
pub fn same_words(text: &str, one: Span, other: Span) -> bool {
    bare(text, one) == bare(text, other)
}

fn bare(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start
        + (words.len()
            - words
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .len());
    let end =
        span.end - (words.len() - words.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
    Span::new(start, end.max(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_longer_span_makes_a_pair() {
        // 10 and 20 bytes share 10: half of the longer. 9 of 20 are too few.
        assert_eq!(
            pair(&[Span::new(0, 10)], &[Span::new(0, 20)]).pairs,
            [(0, 0)]
        );
        assert_eq!(pair(&[Span::new(0, 9)], &[Span::new(0, 20)]).pairs, []);
    }

    #[test]
    fn the_larger_overlap_wins() {
        let predicted = [Span::new(0, 10)];
        let gold = [Span::new(0, 5), Span::new(5, 10)];
        assert_eq!(pair(&predicted, &gold).pairs, [(0, 0)]);
        assert_eq!(
            pair(&predicted, &[Span::new(0, 4), Span::new(4, 10)]).pairs,
            [(0, 1)]
        );
    }
}
