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

/// Whether a predicted actor is the gold one: the same names, letter case, articles and titles apart, where one may be
/// a part of the other that holds its last word (`Lorrick` for `Dana Lorrick`). Joint actors must be the same set.
pub fn same_actor(predicted: &str, gold: &str) -> bool {
    let split = |names: &str| {
        names
            .split(';')
            .map(words_of)
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
    };
    let (predicted, gold) = (split(predicted), split(gold));
    !gold.is_empty()
        && predicted.len() == gold.len()
        && predicted
            .iter()
            .all(|one| gold.iter().any(|other| same_name(one, other)))
        && gold
            .iter()
            .all(|one| predicted.iter().any(|other| same_name(one, other)))
}

fn words_of(name: &str) -> Vec<String> {
    name.to_lowercase()
        .replace(['\u{2019}', '\u{2018}'], "'")
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-'))
        .map(|word| word.trim_end_matches("'s").to_owned())
        .filter(|word| {
            !word.is_empty()
                && !matches!(
                    word.as_str(),
                    "the" | "a" | "an" | "mr" | "mrs" | "ms" | "dr"
                )
        })
        .collect()
}

fn same_name(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short.iter().all(|word| long.contains(word))
        && (short.len() == long.len()
            || (short.last() == long.last() && !long.iter().any(|word| word == "of")))
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

    #[test]
    fn names_may_lack_a_first_name_but_not_be_another() {
        assert!(same_actor("Lorrick", "Dana Lorrick"));
        assert!(same_actor(
            "the Foreign Ministry of Varsk",
            "Foreign Ministry of Varsk"
        ));
        assert!(!same_actor("Dana", "Dana Lorrick"));
        assert!(!same_actor("Varsk", "Foreign Ministry of Varsk"));
        assert!(!same_actor("Norvania", "Orlund"));
        assert!(same_actor("Orlund;Lorrick", "Lorrick;Orlund"));
        assert!(!same_actor("Lorrick", "Lorrick;Orlund"));
        assert!(!same_actor("", "Lorrick"));
    }
}
