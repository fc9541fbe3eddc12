//! Syndicated copies: which articles are one text, whole or cut. Candidates come from `MinHash` bands and from sampled
//! shingles; each is then compared exactly. Linear in the length of the corpus, apart from sorting.
//! It does not decide which copies count.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::words::{Joined, shared, shingles, step, words};

/// Words in a shingle.
const RUN: usize = 5;
/// Bands of a signature, and minima in a band (Broder 1997; Leskovec, Rajaraman & Ullman 2014, section 3.4): two texts with
/// Jaccard index 0.5 share a band with probability 1 - (1 - 0.25)^32 = 0.9999, with 0.3 still 0.95.
const BANDS: usize = 32;
const ROWS: usize = 2;
/// One shingle of so many is indexed by itself, chosen by its hash (Manber 1994): a short cut of a long text shares these,
/// though its Jaccard index is low.
const SAMPLED: u64 = 8;

/// How alike two articles must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alike {
    /// Least Jaccard index of the shingles.
    pub jaccard: f64,
    /// Least share of the shorter text's shingles that the longer one has.
    pub containment: f64,
    /// Shingles under which a text is compared with none.
    pub least: usize,
    /// Shingles under which a shorter text is not sought in longer ones.
    pub least_contained: usize,
}

impl Alike {
    /// For whole texts. Local edits of agency copy (new lead, cuts, a paragraph of its own) leave at least half of the
    /// shingles; articles that only share a long quotation stay far below.
    pub const TEXTS: Self = Self {
        jaccard: 0.5,
        containment: 0.8,
        least: 10,
        least_contained: 30,
    };
    /// For the words of the statements alone, which different reports of one speech share: stricter.
    pub const STATEMENTS: Self = Self {
        jaccard: 0.8,
        containment: 0.95,
        least: 40,
        least_contained: 80,
    };
}

/// Articles that are copies of one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Numbers of the articles, rising; at least two.
    pub articles: Vec<usize>,
    /// The least resemblance of a pair that was joined.
    pub resemblance: f64,
}

/// The clusters of two texts or more, in order of their first.
pub fn clusters(texts: &[&str], alike: Alike) -> Vec<Cluster> {
    let sets: Vec<Vec<u64>> = texts
        .par_iter()
        .map(|text| shingles(&words(text), RUN))
        .collect();
    let mut joined = Joined::new(texts.len());
    let pairs = candidates(&sets, alike.least);
    let found: Vec<(usize, usize, f64)> = pairs
        .par_iter()
        .filter_map(|&(a, b)| Some((a, b, resemblance(&sets[a], &sets[b], alike)?)))
        .collect();
    for &(a, b, _) in &found {
        joined.join(a, b);
    }
    let mut members: BTreeMap<usize, Cluster> = BTreeMap::new();
    for number in 0..texts.len() {
        let cluster = members.entry(joined.root(number)).or_insert(Cluster {
            articles: Vec::new(),
            resemblance: 1.0,
        });
        cluster.articles.push(number);
    }
    for (a, _, how) in found {
        if let Some(cluster) = members.get_mut(&joined.root(a)) {
            cluster.resemblance = cluster.resemblance.min(how);
        }
    }
    members
        .into_values()
        .filter(|cluster| cluster.articles.len() > 1)
        .collect()
}

/// Pairs of sets worth comparing, each once. In a bucket, every set is paired with the first and with the one before it:
/// a cluster hangs together by that, and no bucket costs more than twice its size.
fn candidates(sets: &[Vec<u64>], least: usize) -> Vec<(usize, usize)> {
    let keys: Vec<Vec<(u64, usize)>> = sets
        .par_iter()
        .enumerate()
        .map(|(number, set)| {
            if set.len() < least {
                return Vec::new();
            }
            let mut keys: Vec<(u64, usize)> = bands(set).map(|key| (key, number)).collect();
            let sampled = set
                .iter()
                .filter(|&&shingle| step(1, shingle).is_multiple_of(SAMPLED));
            keys.extend(sampled.map(|&shingle| (step(2, shingle), number)));
            keys
        })
        .collect();
    let mut keys = keys.concat();
    keys.par_sort_unstable();
    keys.dedup();
    let mut pairs = Vec::new();
    for bucket in keys.chunk_by(|a, b| a.0 == b.0) {
        for (at, &(_, number)) in bucket.iter().enumerate().skip(1) {
            pairs.push((bucket[0].1, number));
            pairs.push((bucket[at - 1].1, number));
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// One key a band: the minima of its rows under hashes of their own.
fn bands(set: &[u64]) -> impl Iterator<Item = u64> {
    (0..BANDS).map(|band| {
        (0..ROWS).fold(step(3, band as u64), |key, row| {
            let salt = step(4, (band * ROWS + row) as u64);
            let least = set.iter().map(|&shingle| step(salt, shingle)).min();
            step(key, least.unwrap_or_default())
        })
    })
}

/// Jaccard index, or containment of the shorter set, where it is high enough.
fn resemblance(one: &[u64], other: &[u64], alike: Alike) -> Option<f64> {
    let both = shared(one, other) as f64;
    let shorter = one.len().min(other.len());
    let jaccard = both / ((one.len() + other.len()) as f64 - both);
    let contained = both / shorter as f64;
    if jaccard >= alike.jaccard {
        Some(jaccard)
    } else {
        (shorter >= alike.least_contained && contained >= alike.containment).then_some(contained)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `n` words that no other seed shares.
    fn prose(seed: u64, n: u64) -> String {
        (0..n)
            .map(|at| format!("w{}", step(seed, at) % 5000))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_reworded_copy_and_a_cut_copy_are_found() {
        let whole = prose(1, 300);
        let reworded = format!("{} {}", prose(2, 40), whole.split_once(' ').unwrap().1);
        // A fifth of the text: Jaccard index 56 / 296 = 0.19, containment 1.
        let cut = whole.split(' ').take(60).collect::<Vec<_>>().join(" ");
        let other = prose(3, 300);
        let found = clusters(&[&whole, &other, &reworded, &cut], Alike::TEXTS);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].articles, [0, 2, 3]);
    }

    #[test]
    fn a_shared_quotation_makes_no_copy() {
        let quotation = prose(9, 60);
        let (one, other) = (prose(1, 200) + &quotation, prose(2, 200) + &quotation);
        assert!(clusters(&[&one, &other], Alike::TEXTS).is_empty());
    }

    #[test]
    fn empty_texts_are_no_copies_of_each_other() {
        assert!(clusters(&["", "", "a b c d e", "a b c d e"], Alike::TEXTS).is_empty());
    }
}
