//! What to label next: chooses among candidates by chance with known probabilities, so that what is labelled can also
//! correct estimates for the whole corpus (Horvitz & Thompson 1952). It reads no articles and asks no model.

use std::collections::BTreeMap;

use super::cluster::clusters;
use crate::evaluate::bootstrap::Chance;
use crate::features::Row;

/// How to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The likelier, the less the model is sure and the rarer the labels are that it expects: the chance rises with the
    /// fourth power of [`doubt`] and with [`rarity`].
    Uncertain,
    /// One of each of `n` clusters of like statements.
    Diverse,
    /// All alike.
    Random,
    /// By outlet and predicted label: some of each, more where there are many and the model is unsure.
    Stratified,
}

/// A statement or article that could be labelled.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its features as the model weights them.
    pub row: Row,
    /// Probability of each label.
    pub probabilities: Vec<f64>,
    /// The likeliest label.
    pub label: String,
    /// Who published it.
    pub outlet: Option<String>,
}

/// A candidate that was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// Its number.
    pub at: usize,
    /// The chance with which it was chosen, above 0 and at most 1.
    pub probability: f64,
    /// What it was drawn from.
    pub stratum: String,
}

/// Fewest statements of a stratum.
const LEAST: usize = 2;

/// Chooses `n` candidates, or all where there are no more, in the order of their numbers.
pub fn choose(candidates: &[Candidate], n: usize, by: By, seed: u64) -> Vec<Chosen> {
    let mut chance = Chance::new(seed, 0);
    let mut chosen = match by {
        By::Uncertain => uncertain(candidates, n, &mut chance),
        By::Random => drawn(&all(candidates), n, "all", &mut chance),
        By::Diverse => {
            let rows: Vec<&Row> = candidates.iter().map(|one| &one.row).collect();
            let parts = clusters(&rows, n, seed);
            let parts = parts.into_iter().enumerate();
            parts
                .flat_map(|(at, part)| drawn(&part, 1, &format!("cluster {}", at + 1), &mut chance))
                .collect()
        }
        By::Stratified => stratified(candidates, n, &mut chance),
    };
    chosen.sort_by_key(|one| one.at);
    chosen
}

fn all(candidates: &[Candidate]) -> Vec<usize> {
    (0..candidates.len()).collect()
}

/// `n` of `numbers`, each with the same chance.
fn drawn(numbers: &[usize], n: usize, stratum: &str, chance: &mut Chance) -> Vec<Chosen> {
    let n = n.min(numbers.len());
    let probability = n as f64 / numbers.len().max(1) as f64;
    shuffled(numbers, chance)
        .into_iter()
        .take(n)
        .map(|at| Chosen {
            at,
            probability,
            stratum: stratum.to_owned(),
        })
        .collect()
}

fn shuffled(numbers: &[usize], chance: &mut Chance) -> Vec<usize> {
    let mut order = numbers.to_vec();
    for at in (1..order.len()).rev() {
        order.swap(at, chance.below(at + 1));
    }
    order
}

/// How unsure the model is, 0..=1: one minus the lead of the likeliest label over the second.
pub fn doubt(probabilities: &[f64]) -> f64 {
    let (mut first, mut second) = (0.0_f64, 0.0_f64);
    for &p in probabilities {
        if p > first {
            (first, second) = (p, first);
        } else if p > second {
            second = p;
        }
    }
    1.0 - (first - second)
}

/// How rare the labels are that the model expects of a candidate: 1 where all are equally frequent, above for rare ones.
/// `shares` are the labels' expected shares of all candidates.
pub fn rarity(probabilities: &[f64], shares: &[f64]) -> f64 {
    let even = 1.0 / shares.len().max(1) as f64;
    let of = |(p, share): (&f64, &f64)| p * even / share.max(1e-6);
    probabilities.iter().zip(shares).map(of).sum()
}

/// The mean probability of each label.
fn expected_shares(candidates: &[Candidate]) -> Vec<f64> {
    let n_labels = candidates.first().map_or(0, |one| one.probabilities.len());
    let mean = |label: usize| {
        let all = candidates.iter().map(|one| one.probabilities[label]);
        all.sum::<f64>() / candidates.len() as f64
    };
    (0..n_labels).map(mean).collect()
}

/// Least size of a candidate: even where the model is sure, it must be possible to draw it.
const LEAST_SIZE: f64 = 0.01;

/// Systematic sampling with unequal chances in a random order (Madow 1949).
fn uncertain(candidates: &[Candidate], n: usize, chance: &mut Chance) -> Vec<Chosen> {
    let shares = expected_shares(candidates);
    let sizes: Vec<f64> = candidates
        .iter()
        .map(|one| {
            let size = doubt(&one.probabilities).powi(4) * rarity(&one.probabilities, &shares);
            size.max(LEAST_SIZE)
        })
        .collect();
    let chances = inclusion(&sizes, n);
    let mut next = (chance.bits() >> 11) as f64 / (1_u64 << 53) as f64;
    let mut passed = 0.0;
    let mut chosen = Vec::with_capacity(n);
    for at in shuffled(&all(candidates), chance) {
        passed += chances[at];
        if passed > next {
            next += 1.0;
            chosen.push(Chosen {
                at,
                probability: chances[at],
                stratum: "all".to_owned(),
            });
        }
    }
    chosen
}

/// Chances that sum to `n` and rise with the sizes, none above 1.
fn inclusion(sizes: &[f64], n: usize) -> Vec<f64> {
    if n >= sizes.len() {
        return vec![1.0; sizes.len()];
    }
    let mut sorted: Vec<f64> = sizes.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let mut rest: f64 = sorted.iter().sum();
    let mut sure = 0;
    // Those that would be chosen more than once are chosen for sure; the others share what is left.
    while sure < n && sorted[sure] * (n - sure) as f64 > rest {
        rest -= sorted[sure];
        sure += 1;
    }
    let scale = (n - sure) as f64 / rest;
    sizes.iter().map(|size| (size * scale).min(1.0)).collect()
}

fn stratified(candidates: &[Candidate], n: usize, chance: &mut Chance) -> Vec<Chosen> {
    let by = |with_outlet: bool| {
        let mut strata: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, one) in candidates.iter().enumerate() {
            let name = match one.outlet.as_deref().filter(|_| with_outlet) {
                Some(outlet) => format!("{outlet} | {}", one.label),
                None => one.label.clone(),
            };
            strata.entry(name).or_default().push(at);
        }
        strata
    };
    let mut strata = by(true);
    // Too many outlets for so few labels: every stratum must have its share, or its statements could never be drawn.
    if strata.len() * LEAST > n {
        strata = by(false);
    }
    let sizes: Vec<usize> = strata.values().map(Vec::len).collect();
    let spread: Vec<f64> = strata
        .values()
        .map(|part| {
            let of = |at: &usize| {
                let variances = candidates[*at].probabilities.iter().map(|p| p * (1.0 - p));
                variances.sum::<f64>().sqrt()
            };
            part.iter().map(of).sum::<f64>()
        })
        .collect();
    let shares = shares(&sizes, &spread, n);
    let mut chosen = Vec::with_capacity(n);
    for ((name, part), share) in strata.iter().zip(shares) {
        chosen.extend(drawn(part, share, name, chance));
    }
    chosen
}

/// How many of each stratum: [`LEAST`] (or all), the rest by `spread`, which is the size times the mean standard deviation
/// (Neyman 1934), with largest remainders.
fn shares(sizes: &[usize], spread: &[f64], n: usize) -> Vec<usize> {
    let total: usize = sizes.iter().sum();
    let n = n.min(total);
    let mut shares: Vec<usize> = sizes.iter().map(|&size| size.min(LEAST)).collect();
    // More strata than labels: the first get one each.
    while shares.iter().sum::<usize>() > n {
        let most = (0..shares.len()).max_by_key(|&at| shares[at]);
        if let Some(at) = most {
            shares[at] -= 1;
        }
    }
    while shares.iter().sum::<usize>() < n {
        let left = n - shares.iter().sum::<usize>();
        let open: Vec<usize> = (0..sizes.len())
            .filter(|&at| shares[at] < sizes[at])
            .collect();
        let weight: f64 = open.iter().map(|&at| spread[at].max(1e-9)).sum();
        let wish = |at: usize| spread[at].max(1e-9) / weight * left as f64;
        let mut given = 0;
        for &at in &open {
            let more = (wish(at).floor() as usize).min(sizes[at] - shares[at]);
            shares[at] += more;
            given += more;
        }
        if given == 0 {
            let mut open = open;
            open.sort_by(|&a, &b| wish(b).fract().total_cmp(&wish(a).fract()).then(a.cmp(&b)));
            for &at in open.iter().take(left) {
                shares[at] += 1;
            }
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(row: Row, probabilities: &[f64], outlet: &str) -> Candidate {
        let label = if probabilities[0] >= 0.5 { "yes" } else { "no" };
        Candidate {
            row,
            probabilities: probabilities.to_vec(),
            label: label.to_owned(),
            outlet: Some(outlet.to_owned()),
        }
    }

    #[test]
    fn chances_sum_to_n_and_none_is_above_one() {
        // 3 of sizes 8, 1, 1, 2: the first is sure; 2 are left for 1, 1, 2 of sum 4: 0.5, 0.5, 1.
        assert_eq!(inclusion(&[8.0, 1.0, 1.0, 2.0], 3), [1.0, 0.5, 0.5, 1.0]);
    }

    #[test]
    fn strata_have_two_each_and_the_rest_by_spread() {
        // 10 over strata of 100, 100 and 1 with spreads 30, 10, 1: 2 + 2 + 1, and of the other 5, 3.75 and 1.25 for those
        // that are not used up: 3 and 1, and the last to the greater remainder.
        assert_eq!(shares(&[100, 100, 1], &[30.0, 10.0, 1.0], 10), [6, 3, 1]);
        assert_eq!(shares(&[5, 5, 5], &[1.0; 3], 2), [1, 1, 0]);
        assert_eq!(shares(&[1, 2], &[1.0; 2], 9), [1, 2]);
    }

    #[test]
    fn the_unsure_are_chosen_more_often_and_as_often_as_said() {
        // Doubts 1 and 0.2; mean probabilities 0.7 and 0.3, so that the unsure have rarity 0.25 / 0.7 + 0.25 / 0.3 = 1.1905.
        // Sizes 1.1905 and 0.01 (0.0016 times its rarity is below the least); 2 of 20 of each: chances of 2 * 1.1905 / 24.0095 =
        // 0.09917 and 2 * 0.01 / 24.0095 = 0.00083.
        let mut candidates = Vec::new();
        for _ in 0..20 {
            candidates.push(candidate(Vec::new(), &[0.5, 0.5], "a"));
            candidates.push(candidate(Vec::new(), &[0.9, 0.1], "a"));
        }
        let mut unsure = 0;
        for seed in 0..200 {
            let chosen = choose(&candidates, 2, By::Uncertain, seed);
            assert_eq!(chosen.len(), 2);
            for one in chosen {
                let expected = if one.at % 2 == 0 { 0.099_17 } else { 0.000_83 };
                assert!((one.probability - expected).abs() < 1e-5);
                unsure += usize::from(one.at % 2 == 0);
            }
        }
        // 400 draws, of which 20 * 0.09917 / 2 = 0.992 should be unsure: 397, standard deviation 2.
        assert!((385..=400).contains(&unsure), "{unsure}");
    }

    #[test]
    fn every_way_gives_n_different_ones_again_for_a_seed() {
        let candidates: Vec<Candidate> = (0..60)
            .map(|i| {
                let p = f64::from(i) / 60.0;
                let outlet = if i % 3 == 0 { "a" } else { "b" };
                candidate(vec![(i as u32 % 7, 1.0)], &[p, 1.0 - p], outlet)
            })
            .collect();
        for by in [By::Uncertain, By::Diverse, By::Random, By::Stratified] {
            let chosen = choose(&candidates, 13, by, 4);
            assert_eq!(chosen.len(), 13, "{by:?}");
            assert!(chosen.windows(2).all(|pair| pair[0].at < pair[1].at));
            assert_eq!(chosen, choose(&candidates, 13, by, 4));
            assert_eq!(choose(&candidates, 99, by, 4).len(), 60, "{by:?}");
        }
    }

    #[test]
    fn the_diverse_cover_what_there_is() {
        // Nine of one kind and one of another: two clusters hold one of each.
        let mut candidates = vec![candidate(vec![(0, 1.0)], &[1.0, 0.0], "a"); 9];
        candidates.push(candidate(vec![(1, 1.0)], &[1.0, 0.0], "a"));
        let chosen = choose(&candidates, 2, By::Diverse, 1);
        assert_eq!(chosen[1].at, 9);
        assert!((chosen[0].probability - 1.0 / 9.0).abs() < 1e-12);
        assert!((chosen[1].probability - 1.0).abs() < 1e-12);
    }
}
