//! Which articles count: all, one of a cluster and outlet, or originals alone. And the clusters that draws take. It finds no
//! copies.

use std::collections::BTreeSet;

use super::copies::Cluster;
use super::observation::{Facts, Observations};
use super::settings::CopyPolicy;

/// The earliest of articles, of that day the longest (by words, else by statements), of these the first. Articles without a
/// date come last.
pub fn original(articles: &[usize], facts: &[Facts]) -> usize {
    let rank = |&number: &usize| {
        let one = &facts[number];
        let length = one.n_words.unwrap_or(one.statements.len());
        (
            one.day.unwrap_or(i64::MAX),
            std::cmp::Reverse(length),
            number,
        )
    };
    articles
        .iter()
        .copied()
        .min_by_key(rank)
        .unwrap_or_default()
}

/// Whether each article counts. Articles without an outlet never do.
pub fn counted(seen: &Observations, clusters: &[Cluster], policy: CopyPolicy) -> Vec<bool> {
    let facts = &seen.articles;
    let mut counts: Vec<bool> = facts.iter().map(|one| one.outlet.is_some()).collect();
    if policy == CopyPolicy::Keep {
        return counts;
    }
    for cluster in clusters {
        let placed = cluster
            .articles
            .iter()
            .copied()
            .filter(|&number| facts[number].outlet.is_some());
        let placed: Vec<usize> = placed.collect();
        let mut kept = BTreeSet::new();
        if policy == CopyPolicy::Originals {
            kept.insert(original(&placed, facts));
        } else {
            let outlets: BTreeSet<Option<usize>> =
                placed.iter().map(|&number| facts[number].outlet).collect();
            for outlet in outlets {
                let own: Vec<usize> = placed
                    .iter()
                    .copied()
                    .filter(|&number| facts[number].outlet == outlet)
                    .collect();
                kept.insert(original(&own, facts));
            }
        }
        for number in placed {
            counts[number] = kept.contains(&number);
        }
    }
    counts
}

/// The cluster of each article that counts, numbered from 0 in order of their first article.
pub fn units(counted: &[bool], clusters: &[Cluster]) -> Vec<Option<usize>> {
    let mut of: Vec<Option<usize>> = vec![None; counted.len()];
    for (number, cluster) in clusters.iter().enumerate() {
        for &article in &cluster.articles {
            of[article] = Some(number);
        }
    }
    let mut numbers: Vec<Option<usize>> = vec![None; clusters.len()];
    let mut next = 0;
    let mut fresh = || {
        next += 1;
        next - 1
    };
    (0..counted.len())
        .map(|article| {
            counted[article].then(|| match of[article] {
                Some(cluster) => *numbers[cluster].get_or_insert_with(&mut fresh),
                None => fresh(),
            })
        })
        .collect()
}

/// Share of each outlet's articles that stand in a cluster with another outlet's.
pub fn wire_rates(seen: &Observations, clusters: &[Cluster]) -> Vec<f64> {
    let outlet = |number: usize| seen.articles[number].outlet;
    let mut wired = vec![0_usize; seen.outlets.len()];
    for cluster in clusters {
        let outlets: BTreeSet<usize> = cluster
            .articles
            .iter()
            .filter_map(|&number| outlet(number))
            .collect();
        if outlets.len() > 1 {
            for own in cluster.articles.iter().filter_map(|&number| outlet(number)) {
                wired[own] += 1;
            }
        }
    }
    let mut all = vec![0_usize; seen.outlets.len()];
    for own in seen.articles.iter().filter_map(|one| one.outlet) {
        all[own] += 1;
    }
    wired
        .iter()
        .zip(all)
        .map(|(&wired, all)| wired as f64 / all.max(1) as f64)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Articles (outlet, day, words).
    fn seen(articles: &[(usize, i64, usize)]) -> Observations {
        Observations {
            articles: articles
                .iter()
                .map(|&(outlet, day, words)| Facts {
                    outlet: Some(outlet),
                    day: Some(day),
                    n_words: Some(words),
                    ..Facts::default()
                })
                .collect(),
            outlets: vec!["A".to_owned(), "B".to_owned()],
            ..Observations::default()
        }
    }

    #[test]
    fn each_policy_keeps_its_articles() {
        // 0 to 3 are one text: 3 is of the first day and longer than 2. 4 stands alone.
        let seen = seen(&[(0, 5, 90), (0, 6, 99), (1, 4, 50), (1, 4, 80), (0, 7, 10)]);
        let clusters = [Cluster {
            articles: vec![0, 1, 2, 3],
            resemblance: 1.0,
        }];
        let of = |policy| counted(&seen, &clusters, policy);
        assert_eq!(of(CopyPolicy::Keep), [true; 5]);
        assert_eq!(of(CopyPolicy::Drop), [true, false, false, true, true]);
        assert_eq!(of(CopyPolicy::Originals), [false, false, false, true, true]);
        assert_eq!(
            units(&of(CopyPolicy::Drop), &clusters),
            [Some(0), None, None, Some(0), Some(1)]
        );
        assert_eq!(wire_rates(&seen, &clusters), [2.0 / 3.0, 1.0]);
    }
}
