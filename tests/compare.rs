//! What a comparison promises, on corpora whose truth is known: nothing found where there is nothing, intervals that hold,
//! planted differences found, errors of the classifier taken out, copies recovered, the same result at any number of threads.
//! `cargo test --test compare -- --nocapture` prints the figures.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]

mod simulated;

use std::collections::BTreeSet;

use rayon::prelude::*;
use simulated::{Outlet, STANCES, binomial_bounds, choose, corpus, prose, statement, uniform};
use stance::compare::comparison::Contrast;
use stance::compare::findings::How;
use stance::compare::{Comparison, Estimate, HandLabel, Settings, Statement, compare};
use stance::evaluate::bootstrap::Chance;
use stance::label::Kind;

fn outlet(name: &'static str, n_articles: usize, shares: &[f64], scores: &[f64]) -> Outlet {
    Outlet {
        name,
        n_articles,
        shares: shares.to_vec(),
        scores: scores.to_vec(),
    }
}

fn few(draws: usize, permutations: usize) -> Settings {
    Settings {
        draws,
        permutations,
        ..Settings::default()
    }
}

fn overall(comparison: &Comparison) -> &Contrast {
    comparison
        .tests
        .contrasts
        .iter()
        .find(|one| one.who.is_none())
        .unwrap()
}

/// Two results are the same if their JSON is: its numbers read back exactly.
fn json(comparison: &Comparison) -> String {
    serde_json::to_string(comparison).unwrap()
}

#[test]
fn outlets_of_one_pool_differ_at_the_nominal_rate() {
    // Weeks differ, and each outlet has four times the articles in other weeks: only within weeks are they exchangeable.
    const N: usize = 200;
    let found: Vec<(bool, bool, bool)> = (0..N)
        .into_par_iter()
        .map(|run| {
            let mut chance = Chance::new(11, run as u64);
            let names = ["A", "B", "C", "D"];
            let pool = names.map(|name| outlet(name, 40, &[0.5, 0.3, 0.2], &[0.2, -0.1, 0.0]));
            let mut statements = corpus(&pool, [0.25, 0.0, -0.25, 0.0], &mut chance);
            let thinned = |one: &Statement, chance: &mut Chance| {
                let busy = one.outlet.as_deref() == Some("A") || one.outlet.as_deref() == Some("C");
                let early = one.date.as_deref() < Some("2031-04-20");
                busy == early || chance.below(4) == 0
            };
            let mut kept = BTreeSet::new();
            let mut last = String::new();
            for one in &statements {
                if one.article != last {
                    last.clone_from(&one.article);
                    if thinned(one, &mut chance) {
                        kept.insert(last.clone());
                    }
                }
            }
            statements.retain(|one| kept.contains(&one.article));
            let comparison = compare(
                statements,
                &[],
                &Settings {
                    seed: run as u64,
                    ..few(10, 999)
                },
            );
            let tests = &comparison.tests;
            (
                overall(&comparison).p.unwrap() <= 0.05,
                tests.omnibus.unwrap() <= 0.05,
                tests.contrasts.iter().any(|one| one.marked),
            )
        })
        .collect();
    let (low, high) = binomial_bounds(N, 0.05);
    let count =
        |which: fn(&(bool, bool, bool)) -> bool| found.iter().filter(|one| which(one)).count();
    let (pair, omnibus, marked) = (count(|one| one.0), count(|one| one.1), count(|one| one.2));
    println!(
        "one pool, {N} corpora: pair p <= 0.05 in {pair}, omnibus in {omnibus}, any pair marked in {marked}; bounds {low} to {high}"
    );
    assert!((low..=high).contains(&pair) && (low..=high).contains(&omnibus));
    assert!(marked <= high);
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    const N: usize = 1000;
    let outlets = [
        outlet("A", 20, &[0.5, 0.3, 0.2], &[0.5, -0.3, 0.1]),
        outlet("B", 60, &[0.2, 0.3, 0.5], &[0.2, -0.5, 0.0]),
    ];
    // By hand: 0.25 - 0.09 + 0.02 = 0.18; 0.04 - 0.15 = -0.11. Selection: 0.3 * 0.35 + 0 - 0.3 * 0.05 = 0.09;
    // framing: 0.35 * 0.3 + 0.3 * 0.2 + 0.35 * 0.1 = 0.2.
    let (first, second, selection, framing) = (0.18, -0.11, 0.09, 0.2);
    assert!(
        (outlets[0].truth() - first).abs() < 1e-12 && (outlets[1].truth() - second).abs() < 1e-12
    );
    let names = [
        "score, 20 articles",
        "score, 60 articles",
        "actor, about 30 articles",
        "none, 60 articles",
        "difference",
        "selection",
        "framing",
    ];
    let held: Vec<Vec<bool>> = (0..N)
        .into_par_iter()
        .map(|run| {
            let statements = corpus(&outlets, [0.0; 4], &mut Chance::new(12, run as u64));
            let comparison = compare(
                statements,
                &[],
                &Settings {
                    seed: run as u64,
                    ..few(500, 1)
                },
            );
            let actor = comparison
                .actors
                .iter()
                .find(|row| row.outlet == "B" && row.who.as_deref() == Some("Actor 2"))
                .unwrap();
            let split = &comparison.decompositions[0];
            let holds = |estimate: &Estimate, truth: f64| {
                estimate.low.is_some() && !estimate.excludes(truth)
            };
            vec![
                holds(&comparison.outlets[0].tally.score, first),
                holds(&comparison.outlets[1].tally.score, second),
                holds(&actor.score, 0.0),
                holds(&comparison.outlets[1].tally.none, simulated::NONE),
                holds(&overall(&comparison).difference, first - second),
                holds(&split.selection, selection),
                holds(&split.framing, framing),
            ]
        })
        .collect();
    for (at, name) in names.iter().enumerate() {
        let share = held.iter().filter(|one| one[at]).count() as f64 / N as f64;
        println!("coverage of 95 % intervals, {N} corpora: {name} {share:.3}");
        assert!((0.93..=0.97).contains(&share), "{name}: {share}");
    }
}

#[test]
fn planted_selection_and_framing_are_found() {
    let outlets = [
        outlet("Even", 120, &[0.5, 0.5], &[0.4, -0.4]),
        outlet("Framer", 120, &[0.5, 0.5], &[0.0, -0.7]),
        outlet("Like Even", 120, &[0.5, 0.5], &[0.4, -0.4]),
        outlet("Selector", 120, &[0.1, 0.9], &[0.4, -0.4]),
    ];
    let comparison = compare(
        corpus(&outlets, [0.0; 4], &mut Chance::new(13, 0)),
        &[],
        &Settings::default(),
    );
    let split = |first: &str, second: &str| {
        comparison
            .decompositions
            .iter()
            .find(|one| one.first == first && one.second == second)
            .unwrap()
    };
    let marked = |first: &str, second: &str| {
        let pair =
            |one: &&Contrast| one.who.is_none() && one.first == first && one.second == second;
        comparison.tests.contrasts.iter().find(pair).unwrap().marked
    };
    assert!(marked("Even", "Selector") && marked("Even", "Framer") && !marked("Even", "Like Even"));
    // Truth: selection 0.4 * 0.4 + 0.4 * 0.4 = 0.32 and framing 0; framing 0.2 + 0.15 = 0.35 and selection 0.
    let selector = split("Even", "Selector");
    assert!(
        selector.selection.excludes(0.0)
            && !selector.selection.excludes(0.32)
            && !selector.framing.excludes(0.0)
    );
    let framer = split("Even", "Framer");
    assert!(
        framer.framing.excludes(0.0)
            && !framer.framing.excludes(0.35)
            && !framer.selection.excludes(0.0)
    );
    println!(
        "planted: selection {:.2} (0.32), framing {:.2} (0.35)",
        selector.selection.value.unwrap(),
        framer.framing.value.unwrap()
    );
}

/// Quotations of 30 words by one of two sides; `Whole` carries all, `Cutter` the first 12 words, which read supportive where
/// the whole is skeptical; `Leaver` leaves out four of five hostile ones and one of five supportive ones.
fn quotations(chance: &mut Chance) -> Vec<Statement> {
    let mut statements = Vec::new();
    for number in 0..120_usize {
        let words = prose(chance, 30);
        let (actor, week, stance) = (number % 2, number / 2 % 4, [0, 2, 1][number % 3]);
        for name in ["Whole", "Cutter", "Leaver", "Other"] {
            let left = [0.2, 0.5, 0.8][[0, 2, 1][number % 3]];
            let omitted = name == "Leaver" && uniform(chance) < left;
            let (mut own, mut label) = (words.clone(), stance);
            if name == "Cutter" {
                own.truncate(12);
                label = if stance == 1 { 0 } else { stance };
            }
            if name == "Other" {
                "reworded".clone_into(&mut own[chance.below(30)]);
            }
            let id = format!("{name}-{number}");
            let place = (actor, week);
            // Every outlet covers every actor in every week by other words.
            statements.push(statement(&id, name, 0, place, 3, [0.0, 0.0, 0.0, 1.0]));
            if !omitted {
                let mut said = statement(&id, name, 1, place, label, [0.0; 4]);
                said.kind = Some(Kind::Direct);
                said.text = format!("\u{201C}{},\u{201D} the envoy said.", own.join(" "));
                said.cue = Some(if name == "Leaver" { "claimed" } else { "said" }.to_owned());
                statements.push(said);
            }
        }
    }
    statements
}

#[test]
fn planted_cuts_omissions_and_cues_are_found() {
    let found = compare(quotations(&mut Chance::new(14, 0)), &[], &few(50, 9)).quotations;
    assert_eq!(found.groups.len(), 120);
    let habits = |outlet: &str| {
        found
            .habits
            .iter()
            .find(|one| one.outlet == outlet)
            .unwrap()
    };
    assert_eq!(
        (
            habits("Whole").n_full,
            habits("Whole").n_cut,
            habits("Whole").n_omitted
        ),
        (120, 0, 0)
    );
    assert_eq!(
        (habits("Cutter").n_cut, habits("Cutter").n_changed),
        (120, 40)
    );
    assert_eq!(
        habits("Cutter").changes,
        [("skeptical".to_owned(), "supportive".to_owned(), 40)]
    );
    assert_eq!(habits("Other").n_full, 120);
    for strata in ["actor and week", "side and week"] {
        let of = |outlet: &str| {
            found
                .omission
                .iter()
                .find(|one| one.outlet.as_deref() == Some(outlet) && one.strata == strata)
                .unwrap()
        };
        // Truth: odds 4 against 1 / 4.
        let leaver = of("Leaver");
        println!(
            "planted omission, by {strata}: odds ratio {:.1} ({:.1} to {:.1}), truth 16",
            leaver.odds_ratio.unwrap(),
            leaver.low.unwrap(),
            leaver.high.unwrap()
        );
        assert!(
            leaver.low.unwrap() > 1.0 && leaver.low.unwrap() < 16.0 && leaver.high.unwrap() > 16.0
        );
        assert_eq!(
            (of("Whole").odds_ratio, of("Whole").hostile),
            (None, (40, 0))
        );
    }
    let strongest = found.cues.iter().find(|one| one.z > 0.0).unwrap();
    assert_eq!(
        (strongest.outlet.as_str(), strongest.cue.as_str()),
        ("Leaver", "claimed")
    );
    let omitted = found
        .groups
        .iter()
        .flat_map(|one| &one.outlets)
        .filter(|one| one.how == How::Omitted);
    assert_eq!(omitted.count(), habits("Leaver").n_omitted);
}

/// What a classifier says of a stance: right with a chance, else any other stance; its probabilities say so.
fn judged(chance: &mut Chance, gold: usize, errors: &[[f64; 4]; 4]) -> (usize, [f64; 4]) {
    let predicted = choose(chance, &errors[gold]);
    let mut probabilities = [0.1; 4];
    probabilities[predicted] = 0.7;
    (predicted, probabilities)
}

/// Reads every stance well, but half of the hostile ones as skeptical.
const MILD: [[f64; 4]; 4] = [
    [0.8, 0.1, 0.0, 0.1],
    [0.1, 0.8, 0.0, 0.1],
    [0.0, 0.5, 0.4, 0.1],
    [0.1, 0.1, 0.0, 0.8],
];
/// Reads every stance well, but half of the supportive ones as skeptical.
const HARSH: [[f64; 4]; 4] = [
    [0.4, 0.5, 0.0, 0.1],
    [0.0, 0.8, 0.1, 0.1],
    [0.0, 0.1, 0.8, 0.1],
    [0.0, 0.1, 0.1, 0.8],
];

#[test]
fn hand_labels_take_out_errors_that_differ_between_outlets() {
    const N: usize = 200;
    // The two report alike; the classifier reads them differently.
    let outlets = ["A", "B"].map(|name| outlet(name, 150, &[0.6, 0.4], &[0.3, -0.4]));
    let truth = outlets[0].truth();
    let runs: Vec<[f64; 4]> = (0..N)
        .into_par_iter()
        .map(|run| {
            let mut chance = Chance::new(15, run as u64);
            let mut statements = corpus(&outlets, [0.0; 4], &mut chance);
            let mut hand = Vec::new();
            for one in &mut statements {
                let gold = STANCES
                    .iter()
                    .position(|&label| label == one.stance)
                    .unwrap();
                let errors = if one.outlet.as_deref() == Some("A") {
                    &MILD
                } else {
                    &HARSH
                };
                let (predicted, probabilities) = judged(&mut chance, gold, errors);
                one.stance = STANCES[predicted].to_owned();
                one.probabilities = STANCES
                    .iter()
                    .map(|&label| label.to_owned())
                    .zip(probabilities)
                    .collect();
                // Drawn by predicted class, as a stratified design does.
                let sample_prob = [0.3, 0.5, 0.4, 0.2][predicted];
                if uniform(&mut chance) < sample_prob {
                    hand.push(HandLabel {
                        statement: one.statement.clone(),
                        stance: STANCES[gold].to_owned(),
                        sample_prob,
                    });
                }
            }
            let comparison = compare(
                statements,
                &hand,
                &Settings {
                    seed: run as u64,
                    ..few(400, 1)
                },
            );
            let pair = overall(&comparison);
            let corrected = pair.corrected.unwrap();
            let outlet = &comparison.correction.as_ref().unwrap().outlets[0];
            [
                pair.difference.value.unwrap(),
                corrected.value.unwrap(),
                outlet.corrected.value.unwrap() - truth,
                f64::from(u8::from(!corrected.excludes(0.0))),
            ]
        })
        .collect();
    let (raw, raw_error) = mean(&runs, 0);
    let (corrected, error) = mean(&runs, 1);
    let (own, own_error) = mean(&runs, 2);
    let coverage = mean(&runs, 3).0;
    println!(
        "true difference 0, {N} corpora: raw {raw:.3} ({raw_error:.3}), corrected {corrected:.4} ({error:.4}), error of one outlet {own:.4} ({own_error:.4}), coverage {coverage:.3}"
    );
    assert!(raw.abs() > 20.0 * raw_error);
    assert!(corrected.abs() < 3.0 * error && own.abs() < 3.0 * own_error);
    assert!((0.91..=0.985).contains(&coverage));
}

#[test]
fn the_confusion_takes_out_errors_that_are_the_same_everywhere() {
    const N: usize = 400;
    let outlets = [
        outlet("A", 150, &[1.0], &[0.4]),
        outlet("B", 150, &[1.0], &[-0.4]),
    ];
    // 1000 held-out statements of each stance.
    let confusion: Vec<Vec<u64>> = MILD
        .iter()
        .map(|row| {
            row.iter()
                .map(|share| (share * 1000.0).round() as u64)
                .collect()
        })
        .collect();
    let runs: Vec<[f64; 3]> = (0..N)
        .into_par_iter()
        .map(|run| {
            let mut chance = Chance::new(16, run as u64);
            let mut statements = corpus(&outlets, [0.0; 4], &mut chance);
            for one in &mut statements {
                let gold = STANCES
                    .iter()
                    .position(|&label| label == one.stance)
                    .unwrap();
                let (predicted, _) = judged(&mut chance, gold, &MILD);
                one.stance = STANCES[predicted].to_owned();
                one.probabilities.clear();
            }
            let settings = Settings {
                seed: run as u64,
                confusion: Some(confusion.clone()),
                ..few(200, 1)
            };
            let comparison = compare(statements, &[], &settings);
            let pair = overall(&comparison);
            let corrected = pair.corrected.unwrap();
            [
                pair.difference.value.unwrap() - 0.8,
                corrected.value.unwrap() - 0.8,
                f64::from(u8::from(!corrected.excludes(0.8))),
            ]
        })
        .collect();
    let (raw, raw_error) = mean(&runs, 0);
    let (corrected, error) = mean(&runs, 1);
    let coverage = mean(&runs, 2).0;
    println!(
        "error of a difference of 0.8, {N} corpora: raw {raw:.3} ({raw_error:.3}), corrected {corrected:.4} ({error:.4}), coverage {coverage:.3}"
    );
    assert!(raw.abs() > 10.0 * raw_error && corrected.abs() < 3.0 * error);
    assert!((0.91..=0.99).contains(&coverage));
}

/// Mean of a column and its standard error.
fn mean<const K: usize>(runs: &[[f64; K]], at: usize) -> (f64, f64) {
    let n = runs.len() as f64;
    let mean = runs.iter().map(|run| run[at]).sum::<f64>() / n;
    let variance = runs
        .iter()
        .map(|run| (run[at] - mean) * (run[at] - mean))
        .sum::<f64>()
        / (n - 1.0);
    (mean, (variance / n).sqrt())
}

#[test]
fn planted_copies_are_recovered() {
    let mut chance = Chance::new(17, 0);
    let footer = prose(&mut chance, 25).join(" ");
    let quotation = prose(&mut chance, 60).join(" ");
    let (mut texts, mut truth) = (Vec::new(), Vec::new());
    for story in 0..300 {
        let length = 250 + chance.below(250);
        let whole = prose(&mut chance, length);
        let n_copies = if story % 2 == 0 {
            0
        } else {
            1 + chance.below(4)
        };
        for copy in 0..=n_copies {
            let mut own = whole.clone();
            if copy > 0 {
                match chance.below(3) {
                    // A lead of its own and one word of forty changed.
                    0 => {
                        for word in &mut own {
                            if chance.below(40) == 0 {
                                "edited".clone_into(word);
                            }
                        }
                        own.splice(0..20, prose(&mut chance, 25));
                    }
                    // The first third to two thirds.
                    1 => own.truncate(own.len() / 3 + chance.below(own.len() / 3)),
                    // A paragraph left out, one put in.
                    _ => {
                        own.drain(60..100);
                        own.splice(120..120, prose(&mut chance, 40));
                    }
                }
            }
            // Every third article ends as its outlet's articles do, every fifth carries the same long quotation.
            let end = if chance.below(3) == 0 {
                footer.as_str()
            } else {
                ""
            };
            let middle = if chance.below(5) == 0 {
                quotation.as_str()
            } else {
                ""
            };
            texts.push(format!("{} {middle} {end}", own.join(" ")));
            truth.push(story);
        }
    }
    let statements: Vec<Statement> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let mut one = statement(
                &format!("a{at}"),
                ["A", "B", "C"][at % 3],
                0,
                (0, 0),
                0,
                [1.0, 0.0, 0.0, 0.0],
            );
            one.article_text = Some(text.clone());
            one
        })
        .collect();
    let found = compare(statements, &[], &few(2, 1)).copies;
    assert!(found.from_texts);
    let pairs = |clusters: &[Vec<usize>]| -> BTreeSet<(usize, usize)> {
        clusters
            .iter()
            .flat_map(|one| {
                one.iter()
                    .flat_map(|&a| one.iter().filter(move |&&b| b > a).map(move |&b| (a, b)))
            })
            .collect()
    };
    let planted: Vec<Vec<usize>> = (0..300)
        .map(|story| (0..truth.len()).filter(|&at| truth[at] == story).collect())
        .collect();
    let (planted, found) = (
        pairs(&planted),
        pairs(
            &found
                .clusters
                .iter()
                .map(|one| one.articles.clone())
                .collect::<Vec<_>>(),
        ),
    );
    let both = planted.intersection(&found).count() as f64;
    let (precision, recall) = (both / found.len() as f64, both / planted.len() as f64);
    println!(
        "copies, {} articles, {} planted pairs: precision {precision:.3}, recall {recall:.3}",
        texts.len(),
        planted.len()
    );
    assert!(precision >= 0.95 && recall >= 0.95);
}

#[test]
fn threads_and_repeats_make_no_difference() {
    let outlets = ["A", "B", "C"].map(|name| outlet(name, 40, &[0.5, 0.3, 0.2], &[0.2, -0.1, 0.0]));
    let mut statements = corpus(&outlets, [0.0; 4], &mut Chance::new(18, 0));
    statements.extend(quotations(&mut Chance::new(18, 1)));
    let hand: Vec<HandLabel> = statements
        .iter()
        .step_by(3)
        .map(|one| HandLabel {
            statement: one.statement.clone(),
            stance: "skeptical".to_owned(),
            sample_prob: 1.0 / 3.0,
        })
        .collect();
    let settings = Settings {
        plan: true,
        ..few(200, 200)
    };
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| json(&compare(statements.clone(), &hand, &settings)))
    };
    let one = run(1);
    assert_eq!(one, run(4));
    assert_eq!(one, run(1));
    let other = json(&compare(
        statements.clone(),
        &hand,
        &Settings {
            seed: 2,
            ..settings.clone()
        },
    ));
    assert_ne!(one, other);
}

#[test]
fn hardly_anything_and_nothing_are_compared_without_a_fault() {
    let nothing = compare(Vec::new(), &[], &Settings::default());
    assert!(nothing.outlets.is_empty() && nothing.tests.omnibus.is_none());
    let one = statement("a", "A", 0, (0, 0), 3, [0.0, 0.0, 0.0, 1.0]);
    let found = compare(
        vec![one],
        &[],
        &Settings {
            plan: true,
            ..Settings::default()
        },
    );
    assert_eq!(found.outlets[0].tally.score.value, None);
    assert_eq!(found.outlets[0].tally.none.value, Some(1.0));
    assert_eq!(found.outlets[0].tally.none.low, None);
    let without = Statement {
        outlet: None,
        ..statement("a", "A", 0, (0, 0), 3, [0.0, 0.0, 0.0, 1.0])
    };
    assert_eq!(
        compare(vec![without], &[], &Settings::default())
            .corpus
            .n_without_outlet,
        1
    );
}

#[test]
fn what_classify_writes_is_read_back() {
    let mut command = assert_cmd::Command::cargo_bin("stance").unwrap();
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    let run = command
        .args([
            "classify",
            "--explain",
            "--with-text",
            "docs/examples/grain-corridor.txt",
        ])
        .assert()
        .success();
    let lines = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let (statements, faults) = Statement::read(&lines, "-", &Settings::default().labels);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(statements.len(), lines.lines().count());
    assert!(
        statements
            .iter()
            .all(|one| one.reasons.is_some() && one.article_text.is_some())
    );
    let settings = Settings {
        by: "article".to_owned(),
        ..few(10, 9)
    };
    let found = compare(statements, &[], &settings);
    assert_eq!(
        (found.corpus.n_without_outlet, found.copies.from_texts),
        (0, true)
    );
    assert!(found.outlets[0].tally.score.value.is_some());
}
