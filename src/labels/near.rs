//! Near-duplicates: texts that share most of their runs of three words. Candidates come from `MinHash` bands (Broder 1997),
//! and the share itself decides. It does not know what a text is.

use rustc_hash::FxHashMap;

use crate::features::key;

/// Words of a run.
const RUN: usize = 3;
/// Bands, and hashes of a band: at a share of 0.7 a pair is met with a chance of 1 - (1 - 0.7^4)^16 = 0.988.
const BANDS: usize = 16;
const ROWS: usize = 4;
/// Share of the runs of both (Jaccard 1912) from which two texts are near-duplicates.
pub const SHARE: f64 = 0.7;
/// Texts of one band that a text is compared with: a bound on time where all are alike.
const MOST: usize = 32;

/// For each text the number of the first text that it is nearly the same as; its own where there is none.
pub fn first_alike<T: AsRef<str>>(texts: &[T]) -> Vec<usize> {
    let mut first = Vec::with_capacity(texts.len());
    let mut kept: Vec<Vec<u64>> = Vec::with_capacity(texts.len());
    let mut met: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, text) in texts.iter().enumerate() {
        let runs = runs(text.as_ref());
        let bands = bands(&runs);
        let alike = bands
            .iter()
            .filter_map(|band| met.get(band))
            .flatten()
            .copied()
            .filter(|&other| share(&runs, &kept[other]) >= SHARE)
            .min();
        if alike.is_none() {
            for band in bands {
                let others = met.entry(band).or_default();
                if others.len() < MOST {
                    others.push(at);
                }
            }
        }
        first.push(alike.unwrap_or(at));
        kept.push(runs);
    }
    first
}

/// Hashes of the runs of words, in small letters, each once and sorted; the whole text where it is shorter.
fn runs(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| key::word(word.to_lowercase().as_bytes()))
        .collect();
    let joined = |run: &[u64]| run.iter().fold(0, |hash, word| key::join(hash, *word));
    let mut runs: Vec<u64> = if words.len() < RUN {
        vec![joined(&words)]
    } else {
        words.windows(RUN).map(joined).collect()
    };
    runs.sort_unstable();
    runs.dedup();
    runs
}

fn bands(runs: &[u64]) -> [u64; BANDS] {
    std::array::from_fn(|band| {
        let least = |row: usize| {
            let seed = (band * ROWS + row) as u64 + 1;
            let hashes = runs.iter().map(|run| key::join(seed, *run));
            hashes.min().unwrap_or_default()
        };
        (0..ROWS).fold(band as u64, |hash, row| key::join(hash, least(row)))
    })
}

/// Shared runs by all runs of two sorted lists.
fn share(one: &[u64], other: &[u64]) -> f64 {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < one.len() && j < other.len() {
        match one[i].cmp(&other[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    f64::from(both) / (one.len() + other.len() - both as usize).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_end_is_a_near_duplicate_and_another_text_is_not() {
        // Eleven words have nine runs; another last word changes one of them: 8 of 10 are shared.
        let texts = [
            "The envoy of Norvania said the truce would hold all winter.",
            "Orlund has not answered and will not before its parliament meets.",
            "the envoy of Norvania said the truce would hold all summer",
            "",
            "No.",
            "no",
        ];
        assert_eq!(first_alike(&texts), [0, 1, 0, 3, 4, 4]);
    }

    #[test]
    fn half_of_the_runs_are_too_few() {
        // Runs: 4 and 4, of which "a b c" and "b c d" are shared: 2 of 6.
        assert_eq!(first_alike(&["a b c d e f", "a b c d x y"]), [0, 1]);
    }
}
