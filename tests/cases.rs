//! Runs the cases below `tests/cases`: files that say what must be found in a text, and what a statement means.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its own files should say so at once"
)]

use std::fmt::Write as _;
use std::path::PathBuf;

use stance::classify::Classifier;
use stance::corpus::{AnnotatedArticle, article_of_markup};
use stance::label::LabelSet;
use stance::model::Model;

/// A case as its file has it.
struct Case {
    name: String,
    known_failure: bool,
    annotated: AnnotatedArticle,
}

fn cases(folder: &str) -> Vec<Case> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(folder);
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no case was found");
    paths.iter().map(read).collect()
}

fn read(path: &PathBuf) -> Case {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let marked = std::fs::read_to_string(path).unwrap();
    let annotated = article_of_markup(&marked, &name, &LabelSet::stance(), &LabelSet::tone())
        .unwrap_or_else(|fault| panic!("{name}: {fault}"));
    for field in annotated.article.metadata.keys() {
        assert!(
            ["why", "status"].contains(&field.as_str()),
            "{name}: unknown head line {field:?}"
        );
    }
    assert!(
        annotated
            .article
            .field("why")
            .is_some_and(|why| why.len() > 10),
        "{name}: no \"why\""
    );
    let known_failure = match annotated.article.field("status").as_deref() {
        Some("pass") => false,
        Some("known-failure") => true,
        other => panic!("{name}: status {other:?}; expected pass or known-failure"),
    };
    Case {
        name,
        known_failure,
        annotated,
    }
}

/// Judges all cases with `differences`, which is empty where a case passes; fails with every difference at once.
fn judge(folder: &str, mut differences: impl FnMut(&AnnotatedArticle) -> String) {
    let mut report = String::new();
    let all = cases(folder);
    for case in &all {
        let found = differences(&case.annotated);
        if case.known_failure && found.is_empty() {
            let _ = writeln!(
                report,
                "{}: a known failure passes: set its status to pass",
                case.name
            );
        } else if !case.known_failure && !found.is_empty() {
            let _ = writeln!(report, "{}:\n{found}", case.name);
        }
    }
    assert!(
        report.is_empty(),
        "of {} cases in {folder}/:\n{report}",
        all.len()
    );
}

#[test]
fn statements_are_found_as_marked() {
    let model = Model::embedded().unwrap();
    let mut classifier = Classifier::new(&model, None).unwrap();
    judge("statements", |annotated| {
        let text = &annotated.article.text;
        let expected: Vec<String> = annotated
            .statements
            .iter()
            .map(|gold| format!("{} | {} | {}", gold.kind, gold.actor(), gold.span.of(text)))
            .collect();
        let got: Vec<String> = classifier
            .statements(text)
            .iter()
            .map(|found| {
                format!(
                    "{} | {} | {}",
                    found.kind,
                    found
                        .actor
                        .name
                        .as_deref()
                        .unwrap_or_default()
                        .replace("; ", ";"),
                    found.span.of(text)
                )
            })
            .collect();
        let mut out = String::new();
        for line in expected.iter().filter(|line| !got.contains(line)) {
            let _ = writeln!(out, "  expected  {line}");
        }
        for line in got.iter().filter(|line| !expected.contains(line)) {
            let _ = writeln!(out, "  got       {line}");
        }
        out
    });
}

#[test]
fn statements_mean_what_is_marked() {
    let model = Model::embedded().unwrap();
    let mut classifier = Classifier::new(&model, None).unwrap();
    judge("stance", |annotated| {
        let text = &annotated.article.text;
        let mut out = String::new();
        for (gold, got) in annotated
            .statements
            .iter()
            .zip(classifier.stances_of(annotated))
        {
            if got != gold.stance {
                let _ = writeln!(
                    out,
                    "  expected {}, got {got}: {}",
                    gold.stance,
                    gold.span.of(text)
                );
            }
        }
        out
    });
}
