//! What a set of labelled files holds, and what is wrong with it as a whole: counts, the same or nearly the same words
//! twice, words that two articles share, the same words with two labels, groups that stand on two sides of a split.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::near::first_alike;
use crate::corpus::Labelled;

/// Words in a run that two articles should not share.
pub const RUN: usize = 8;

/// Metadata fields of articles that are counted.
const FIELDS: [&str; 5] = ["register", "conflict_type", "proposal", "conflict", "batch"];

/// Counts and faults of labelled files.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Check {
    /// Annotated articles.
    pub n_articles: usize,
    /// Statements in articles.
    pub n_in_articles: usize,
    /// Single statements.
    pub n_single: usize,
    /// Groups.
    pub n_groups: usize,
    /// Statements by stance, tone and kind, and articles by metadata: field -> value -> count.
    pub counts: BTreeMap<String, BTreeMap<String, usize>>,
    /// Texts that stand more than once, with how often.
    pub duplicates: Vec<(String, usize)>,
    /// Texts that are nearly the same as an earlier one and share a stance with it, with that one.
    pub near_duplicates: Vec<(String, String)>,
    /// Texts that are nearly the same as an earlier one of other stances: minimal pairs, from which the difference is learnt.
    pub n_contrasts: usize,
    /// Texts that carry different stances, with the stances.
    pub contradictions: Vec<(String, Vec<String>)>,
    /// Different runs of eight words, and those that stand in two articles or groups.
    pub runs: usize,
    /// Runs that stand in two articles or groups.
    pub shared_runs: usize,
    /// Some of the shared runs.
    pub shared_examples: Vec<String>,
}

/// Checks `labelled`.
pub fn check(labelled: &Labelled) -> Check {
    let mut check = Check {
        n_articles: labelled.articles.len(),
        n_single: labelled.statements.len(),
        ..Check::default()
    };
    let mut count = |field: &str, value: &str| {
        *check
            .counts
            .entry(field.to_owned())
            .or_default()
            .entry(value.to_owned())
            .or_default() += 1;
    };
    let mut groups = BTreeSet::new();
    let mut texts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut runs: BTreeMap<u64, (usize, bool)> = BTreeMap::new();
    let mut shared_examples = Vec::new();
    let mut owners = 0;
    for annotated in &labelled.articles {
        groups.insert(annotated.group());
        for field in FIELDS {
            if let Some(value) = annotated.article.field(field) {
                count(field, &value);
            }
        }
        for statement in &annotated.statements {
            count("stance", &statement.stance);
            count("kind", statement.kind.as_str());
            count("tone", statement.tone.as_deref().unwrap_or("-"));
            texts
                .entry(plain(statement.span.of(&annotated.article.text)))
                .or_default()
                .push(&statement.stance);
        }
        owners += 1;
        mark_runs(
            &annotated.article.text,
            owners,
            &mut runs,
            &mut shared_examples,
        );
    }
    check.n_in_articles = labelled.len() - labelled.statements.len();
    let mut owner_of_group: BTreeMap<&str, usize> = BTreeMap::new();
    for statement in &labelled.statements {
        let group = statement.group.as_deref().unwrap_or(&statement.id);
        groups.insert(group.to_owned());
        count("stance", &statement.stance);
        count("kind", statement.kind.map_or("-", |kind| kind.as_str()));
        count("tone", statement.tone.as_deref().unwrap_or("-"));
        texts
            .entry(plain(&statement.text))
            .or_default()
            .push(&statement.stance);
        let owner = *owner_of_group.entry(group).or_insert_with(|| {
            owners += 1;
            owners
        });
        mark_runs(&statement.text, owner, &mut runs, &mut shared_examples);
    }
    check.n_groups = groups.len();
    let different: Vec<&String> = texts.keys().collect();
    for (at, first) in first_alike(&different).into_iter().enumerate() {
        if first == at {
            continue;
        }
        let (own, other) = (different[at], different[first]);
        if texts[own]
            .iter()
            .any(|stance| texts[other].contains(stance))
        {
            check.near_duplicates.push((own.clone(), other.clone()));
        } else {
            check.n_contrasts += 1;
        }
    }
    for (text, mut stances) in texts {
        if stances.len() > 1 {
            check.duplicates.push((text.clone(), stances.len()));
            stances.sort_unstable();
            stances.dedup();
            if stances.len() > 1 {
                check
                    .contradictions
                    .push((text, stances.into_iter().map(str::to_owned).collect()));
            }
        }
    }
    check.runs = runs.len();
    check.shared_runs = runs.values().filter(|(_, shared)| *shared).count();
    check.shared_examples = shared_examples;
    check
}

/// Groups that stand in both sets, which leak from one part of a split into the other.
pub fn leaks(one: &Labelled, other: &Labelled) -> Vec<String> {
    let groups = |labelled: &Labelled| -> BTreeSet<String> {
        let articles = labelled
            .articles
            .iter()
            .map(crate::corpus::AnnotatedArticle::group);
        let single = labelled
            .statements
            .iter()
            .map(|row| row.group.clone().unwrap_or_else(|| row.id.clone()));
        articles.chain(single).collect()
    };
    groups(one).intersection(&groups(other)).cloned().collect()
}

/// Words in small letters, marks left out.
fn plain(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '\u{2019}'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

fn mark_runs(
    text: &str,
    owner: usize,
    runs: &mut BTreeMap<u64, (usize, bool)>,
    examples: &mut Vec<String>,
) {
    let words: Vec<String> = words(text).collect();
    for run in words.windows(RUN) {
        let joined = run.join(" ");
        let entry = runs
            .entry(crate::features::key::word(joined.as_bytes()))
            .or_insert((owner, false));
        if entry.0 != owner && !entry.1 {
            entry.1 = true;
            if examples.len() < 20 {
                examples.push(joined);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::LabelledStatement;

    fn single(text: &str, stance: &str, group: &str) -> LabelledStatement {
        LabelledStatement {
            text: text.to_owned(),
            stance: stance.to_owned(),
            group: Some(group.to_owned()),
            ..LabelledStatement::default()
        }
    }

    #[test]
    fn the_same_words_twice_are_found_in_spite_of_marks_and_case() {
        let labelled = Labelled {
            statements: vec![
                single("We agree.", "supportive", "a"),
                single("“we agree”", "hostile", "b"),
                single("No.", "hostile", "b"),
                single(
                    "The army of Kesh will keep its guns where they stand.",
                    "hostile",
                    "c",
                ),
                single(
                    "The army of Kesh will keep its guns where they were.",
                    "hostile",
                    "c",
                ),
                single(
                    "The navy of Kesh will bring all of its ships home to port.",
                    "supportive",
                    "d",
                ),
                single(
                    "The navy of Kesh will bring all of its ships home to war.",
                    "hostile",
                    "d",
                ),
            ],
            ..Labelled::default()
        };
        let found = check(&labelled);
        // Eleven words make nine runs of three; one differs: 8 of 10.
        assert_eq!(found.near_duplicates.len(), 1);
        // Twelve words make ten runs; one differs, and so does the stance.
        assert_eq!(found.n_contrasts, 1);
        assert_eq!(found.duplicates, [("we agree".to_owned(), 2)]);
        assert_eq!(
            found.contradictions,
            [(
                "we agree".to_owned(),
                vec!["hostile".to_owned(), "supportive".to_owned()]
            )]
        );
        assert_eq!(found.counts["stance"]["hostile"], 5);
        assert_eq!(found.n_groups, 4);
    }

    #[test]
    fn runs_of_eight_words_are_shared_only_between_groups() {
        let run = "one two three four five six seven eight";
        let of = |groups: [&str; 2]| Labelled {
            statements: groups
                .iter()
                .map(|group| single(run, "none", group))
                .collect(),
            ..Labelled::default()
        };
        assert_eq!(
            (
                check(&of(["a", "b"])).runs,
                check(&of(["a", "b"])).shared_runs
            ),
            (1, 1)
        );
        assert_eq!(check(&of(["a", "a"])).shared_runs, 0);
        assert_eq!(leaks(&of(["a", "b"]), &of(["b", "c"])), ["b"]);
    }
}
