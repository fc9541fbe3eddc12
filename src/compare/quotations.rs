//! The same quotation in several articles, also cut and lightly reworded: which statements are one. Candidates share a run of
//! words; each is then compared by its longest common subsequence. It does not say what an outlet did with a quotation.

use rustc_hash::FxHashMap;

use super::observation::Observations;
use super::statement::Statement;
use super::words::{Joined, shared, shingles, step, words};
use crate::label::Kind;

/// Words in a run that two versions of a quotation share.
const RUN: usize = 3;
/// Words under which a quotation is too common to be known again.
const LEAST_WORDS: usize = 6;
/// Words of a quotation that are compared: a bound on what one pair can cost.
const MOST_WORDS: usize = 300;
/// Statements that each run of words remembers, the last ones: a bound on the candidates of a run that everyone uses.
const REMEMBERED: usize = 6;
/// Share of the shorter version's words that the longer one must have in their order.
const CONTAINED: f64 = 0.8;
/// Share of the shorter version's neighbours that must be neighbours in the longer one: words in the right order alone are
/// found in any long speech.
const NEIGHBOURS: f64 = 0.5;

/// A quotation as it is compared.
struct Version {
    /// Number of its row.
    row: usize,
    words: Vec<u64>,
    neighbours: Vec<u64>,
}

/// Statements that are one quotation: numbers of rows, rising, at least two.
pub fn groups(statements: &[Statement], seen: &Observations, window_days: i64) -> Vec<Vec<usize>> {
    let mut versions: Vec<Version> = Vec::new();
    for (row, observed) in seen.rows.iter().enumerate() {
        let statement = &statements[observed.statement];
        if !matches!(statement.kind, Some(Kind::Direct | Kind::Mixed)) {
            continue;
        }
        let mut words = words(&quoted(&statement.text));
        words.truncate(MOST_WORDS);
        if words.len() >= LEAST_WORDS {
            versions.push(Version {
                row,
                neighbours: shingles(&words, 2),
                words,
            });
        }
    }
    let day = |version: &Version| seen.articles[seen.rows[version.row].article].day;
    // In order of time, so that what a run remembers is what can still be near.
    versions.sort_by_key(|version| (day(version), version.row));
    let mut remembered: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut joined = Joined::new(versions.len());
    for at in 0..versions.len() {
        let version = &versions[at];
        let mut met = Vec::new();
        for key in shingles(&version.words, RUN) {
            let known = remembered.entry(step(5, key)).or_default();
            met.extend_from_slice(known);
            if known.len() == REMEMBERED {
                known.remove(0);
            }
            known.push(at);
        }
        met.sort_unstable();
        met.dedup();
        for other in met {
            let earlier = &versions[other];
            let near = match (day(earlier), day(version)) {
                (Some(a), Some(b)) => (b - a).abs() <= window_days,
                _ => true,
            };
            let holder = |version: &Version| &statements[seen.rows[version.row].statement].actor;
            if near
                && joined.root(at) != joined.root(other)
                && compatible(holder(earlier), holder(version))
                && same(earlier, version)
            {
                joined.join(at, other);
            }
        }
    }
    let mut by_root: std::collections::BTreeMap<usize, Vec<usize>> =
        std::collections::BTreeMap::new();
    for (at, version) in versions.iter().enumerate() {
        by_root
            .entry(joined.root(at))
            .or_default()
            .push(version.row);
    }
    let mut found: Vec<Vec<usize>> = by_root
        .into_values()
        .filter(|rows| rows.len() > 1)
        .collect();
    for rows in &mut found {
        rows.sort_unstable();
    }
    found.sort_unstable();
    found
}

/// The words inside quotation marks; the whole text where they are fewer than [`LEAST_WORDS`].
pub(super) fn quoted(text: &str) -> String {
    let mut inside = String::new();
    let mut open = false;
    for c in text.chars() {
        match c {
            '\u{201C}' | '\u{AB}' | '\u{201E}' => open = true,
            '\u{201D}' | '\u{BB}' => {
                open = false;
                inside.push(' ');
            }
            '"' => {
                open = !open;
                inside.push(' ');
            }
            _ if open => inside.push(c),
            _ => {}
        }
    }
    if inside.split_whitespace().count() >= LEAST_WORDS {
        inside
    } else {
        text.to_owned()
    }
}

/// Whether two statements can be of one actor: one is unresolved, or all words of the shorter name are in the longer one
/// (Karsten, Emil Karsten), or both speak for one side.
fn compatible(one: &super::statement::Holder, other: &super::statement::Holder) -> bool {
    let (Some(a), Some(b)) = (one.name.as_deref(), other.name.as_deref()) else {
        return true;
    };
    let (mut a, mut b) = (words(a), words(b));
    if a.len() > b.len() {
        std::mem::swap(&mut a, &mut b);
    }
    a.iter().all(|word| b.contains(word)) || (one.side.is_some() && one.side == other.side)
}

fn same(one: &Version, other: &Version) -> bool {
    let shorter = one.words.len().min(other.words.len()) as f64;
    let neighbours = one.neighbours.len().min(other.neighbours.len()) as f64;
    shared(&one.neighbours, &other.neighbours) as f64 >= NEIGHBOURS * neighbours
        && common(&one.words, &other.words) as f64 >= CONTAINED * shorter
}

/// Length of the longest common subsequence (Wagner & Fischer 1974).
fn common(one: &[u64], other: &[u64]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for word in one {
        let mut before = 0;
        for (at, against) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if word == against {
                before + 1
            } else {
                above.max(row[at])
            };
            before = above;
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::settings::Settings;
    use crate::compare::statement::Holder;

    fn said(article: &str, date: &str, actor: &str, text: &str) -> Statement {
        Statement {
            article: article.to_owned(),
            outlet: Some(article.to_owned()),
            date: Some(date.to_owned()),
            actor: Holder {
                name: Some(actor.to_owned()),
                ..Holder::default()
            },
            kind: Some(Kind::Direct),
            stance: "hostile".to_owned(),
            text: text.to_owned(),
            ..Statement::default()
        }
    }

    const FULL: &str = "\u{201C}We welcome the truce in principle, but we will not leave the valley before the prisoners are home,\u{201D} Karsten said.";

    fn found(statements: &[Statement]) -> Vec<Vec<usize>> {
        let seen = super::super::observation::observe(statements, &Settings::default());
        groups(statements, &seen, 3)
    }

    #[test]
    fn cut_and_reworded_versions_are_one_quotation() {
        let statements = [
            said("a", "2031-04-02", "Emil Karsten", FULL),
            said(
                "b",
                "2031-04-03",
                "Karsten",
                "\"We welcome the truce in principle,\" he told reporters.",
            ),
            said(
                "c",
                "2031-04-02",
                "Emil Karsten",
                "Karsten said: \"We welcome this truce in principle, but will not leave the valley before our prisoners are home.\"",
            ),
            said(
                "d",
                "2031-04-02",
                "Emil Karsten",
                "\"We do not welcome any talk of the valley without prisoners,\" Karsten said.",
            ),
        ];
        assert_eq!(found(&statements), [vec![0, 1, 2]]);
    }

    #[test]
    fn another_actor_or_a_later_week_is_another_quotation() {
        let statements = [
            said("a", "2031-04-02", "Emil Karsten", FULL),
            said("b", "2031-04-02", "Ada Rehn", FULL),
            said("c", "2031-04-12", "Emil Karsten", FULL),
        ];
        assert!(found(&statements).is_empty());
    }

    #[test]
    fn the_longest_common_subsequence_is_the_textbook_one() {
        // ABCBDAB and BDCABA share BCBA, of length 4.
        let of = |word: &str| word.bytes().map(u64::from).collect::<Vec<_>>();
        assert_eq!(common(&of("ABCBDAB"), &of("BDCABA")), 4);
    }
}
