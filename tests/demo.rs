//! The demo corpus of `docs/examples/outlets`, compared as the command does it: what its generator planted between outlets is
//! found, and nothing is found between the two outlets that drew from one pool.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use stance::classify::{Batches, Wishes};
use stance::compare::{Comparison, Settings, Statement, compare};
use stance::corpus::{Article, articles};
use stance::model::Model;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/outlets");

static RESULT: LazyLock<Comparison> = LazyLock::new(|| {
    let model = Model::embedded().unwrap();
    let corpus: Vec<Article> = articles(&[PathBuf::from(FOLDER).join("articles.jsonl")])
        .collect::<Result<_, _>>()
        .unwrap();
    let statements = Batches::new(&model, None, 0)
        .classify(&corpus, Wishes::default(), |article, records| {
            let with_text = |(number, record)| Statement::of_record(record, article, number == 0);
            records
                .into_iter()
                .enumerate()
                .map(with_text)
                .collect::<Vec<_>>()
        })
        .unwrap();
    let settings = Settings {
        draws: 400,
        permutations: 2000,
        ..Settings::default()
    };
    compare(statements.into_iter().flatten().collect(), &[], &settings)
});

fn planted() -> serde_json::Value {
    let text = std::fs::read_to_string(PathBuf::from(FOLDER).join("planted.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Difference of the mean scores of all actors, its interval, and whether it is marked, `first` minus `second`.
fn contrast(first: &str, second: &str) -> (f64, bool) {
    let found = RESULT.tests.contrasts.iter().find(|one| {
        one.who.is_none()
            && [&one.first, &one.second]
                .iter()
                .all(|name| **name == first || **name == second)
    });
    let found = found.unwrap();
    let value = found.difference.value.unwrap();
    (
        if found.first == first { value } else { -value },
        found.marked,
    )
}

/// Selection and framing of the gap of `first` minus `second`.
fn parts(first: &str, second: &str) -> (f64, f64) {
    let found = RESULT.decompositions.iter().find(|one| {
        [&one.first, &one.second]
            .iter()
            .all(|name| **name == first || **name == second)
    });
    let found = found.unwrap();
    let sign = if found.first == first { 1.0 } else { -1.0 };
    (
        sign * found.selection.value.unwrap(),
        sign * found.framing.value.unwrap(),
    )
}

#[test]
fn outlets_that_drew_from_one_pool_do_not_differ() {
    assert!(!contrast("Harbour Gazette", "Northern Courier").1);
}

#[test]
fn planted_framing_is_found_and_told_from_selection() {
    let (difference, marked) = contrast("Plains Tribune", "Harbour Gazette");
    assert!(marked && difference < 0.0, "{difference}");
    let (selection, framing) = parts("Plains Tribune", "Harbour Gazette");
    assert!(
        framing < -0.08 && framing.abs() > 3.0 * selection.abs(),
        "{selection} {framing}"
    );
}

#[test]
fn planted_selection_is_found_and_told_from_framing() {
    // The gold labels give selection -0.18 and framing +0.06; the model draws both toward 0.
    let (selection, framing) = parts("Volsk Herald", "Harbour Gazette");
    assert!(
        selection < -0.05 && selection < framing,
        "{selection} {framing}"
    );
}

#[test]
fn planted_omission_of_hostile_statements_is_found() {
    let (difference, marked) = contrast("Evening Standardbearer", "Harbour Gazette");
    assert!(marked && difference > 0.1, "{difference}");
}

#[test]
fn the_outlet_that_cuts_is_the_one_that_cuts_most() {
    let habits = &RESULT.quotations.habits;
    let most = habits.iter().max_by_key(|habit| habit.n_cut).unwrap();
    assert_eq!(most.outlet, "Riverside Post");
    let others = habits.iter().filter(|habit| habit.outlet != most.outlet);
    assert!(others.map(|habit| habit.n_cut).max().unwrap() * 2 < most.n_cut);
}

#[test]
fn planted_copies_are_recovered() {
    let planted: BTreeSet<(String, String)> = planted()["copies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| {
            let id = |name: &str| pair[name].as_str().unwrap().to_owned();
            (id("original"), id("copy"))
        })
        .collect();
    let mut found = BTreeSet::new();
    for cluster in &RESULT.copies.clusters {
        for first in &cluster.articles {
            for second in &cluster.articles {
                if first < second {
                    let id = |at: &usize| RESULT.articles[*at].id.clone();
                    found.insert((id(first), id(second)));
                }
            }
        }
    }
    let either = |pair: &(String, String)| {
        planted.contains(pair) || planted.contains(&(pair.1.clone(), pair.0.clone()))
    };
    let hits = found.iter().filter(|pair| either(pair)).count() as f64;
    let (precision, recall) = (hits / found.len() as f64, hits / planted.len() as f64);
    println!("copies: precision {precision:.3}, recall {recall:.3}");
    assert!(precision >= 0.95 && recall >= 0.95, "{precision} {recall}");
}

#[test]
fn the_model_is_right_on_most_planted_stances() {
    let planted = planted();
    let mut gold: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for row in planted["statements"].as_array().unwrap() {
        let of = |name: &str| row[name].as_str().unwrap();
        gold.insert((of("article"), of("text")), of("stance"));
    }
    let (mut right, mut all) = (0, 0);
    for statement in &RESULT.statements {
        if let Some(stance) = gold.get(&(statement.article.as_str(), statement.text.as_str())) {
            all += 1;
            right += usize::from(*stance == statement.stance);
        }
    }
    println!("stance right on {right} of {all} planted statements");
    assert!(all > 2000 && right * 4 > all * 3, "{right} of {all}");
}
