//! Two annotations of the same articles, compared: which statements both found, and how far they agree on stance, tone and
//! kind. The coefficients are [`crate::evaluate::agreement`]'s.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::corpus::{AnnotatedArticle, Labelled};
use crate::evaluate::agreement::{Metric, alpha};
use crate::evaluate::bootstrap::{Interval, interval};
use crate::evaluate::matching::pair;
use crate::label::{Kind, LabelSet};
use crate::span::Span;

/// Agreement on one question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coefficient {
    /// What was asked, and by which metric.
    pub name: String,
    /// Krippendorff's alpha with its interval over articles.
    pub alpha: Interval,
    /// Statements that both labelled.
    pub n: usize,
}

/// A statement to which the two gave different stances.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Article.
    pub article: String,
    /// What the first said.
    pub first: String,
    /// What the second said.
    pub second: String,
    /// The words.
    pub text: String,
}

/// How far two annotations agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Articles that both annotated.
    pub n_articles: usize,
    /// Statements of the first and of the second.
    pub n_statements: (usize, usize),
    /// F1 of finding the same statements (at least half of the longer span).
    pub unit_f1: Interval,
    /// The coefficients.
    pub coefficients: Vec<Coefficient>,
    /// Different stances.
    pub differences: Vec<Difference>,
}

/// What two annotators gave one statement.
struct Both {
    stance: [usize; 2],
    tone: Option<[usize; 2]>,
    kind: [usize; 2],
}

struct Article {
    sizes: (usize, usize),
    both: Vec<Both>,
}

/// Compares two annotations; articles are the same where their ids are. `None` where no article is in both.
pub fn agreement(
    first: &Labelled,
    second: &Labelled,
    stances: &LabelSet,
    tones: &LabelSet,
    seed: u64,
) -> Option<Agreement> {
    let by_id: BTreeMap<&str, &AnnotatedArticle> = second
        .articles
        .iter()
        .map(|article| (article.article.id.as_str(), article))
        .collect();
    let mut articles = Vec::new();
    let mut differences = Vec::new();
    for one in &first.articles {
        if let Some(other) = by_id.get(one.article.id.as_str()) {
            articles.push(compare(one, other, stances, tones, &mut differences));
        }
    }
    if articles.is_empty() {
        return None;
    }
    let unit_f1 = |numbers: &[usize]| {
        let (mut found, mut all) = (0, 0);
        for &number in numbers {
            found += 2 * articles[number].both.len();
            all += articles[number].sizes.0 + articles[number].sizes.1;
        }
        (all > 0).then(|| found as f64 / all as f64)
    };
    Some(Agreement {
        n_articles: articles.len(),
        n_statements: articles.iter().fold((0, 0), |sum, one| {
            (sum.0 + one.sizes.0, sum.1 + one.sizes.1)
        }),
        unit_f1: interval(articles.len(), seed, unit_f1),
        coefficients: coefficients(&articles, stances, seed),
        differences,
    })
}

fn compare(
    one: &AnnotatedArticle,
    other: &AnnotatedArticle,
    stances: &LabelSet,
    tones: &LabelSet,
    differences: &mut Vec<Difference>,
) -> Article {
    let spans = |article: &AnnotatedArticle| {
        article
            .statements
            .iter()
            .map(|one| one.span)
            .collect::<Vec<Span>>()
    };
    let pairs = pair(&spans(one), &spans(other)).pairs;
    let mut both = Vec::with_capacity(pairs.len());
    for (i, j) in pairs {
        let (a, b) = (&one.statements[i], &other.statements[j]);
        let (Some(x), Some(y)) = (stances.position(&a.stance), stances.position(&b.stance)) else {
            continue;
        };
        let tone = |tone: Option<&str>| tone.and_then(|tone| tones.position(tone));
        let tone = tone(a.tone.as_deref())
            .zip(tone(b.tone.as_deref()))
            .map(|(a, b)| [a, b]);
        if x != y {
            differences.push(Difference {
                article: one.article.id.clone(),
                first: a.stance.clone(),
                second: b.stance.clone(),
                text: a.span.of(&one.article.text).to_owned(),
            });
        }
        both.push(Both {
            stance: [x, y],
            tone,
            kind: [a.kind as usize, b.kind as usize],
        });
    }
    Article {
        sizes: (one.statements.len(), other.statements.len()),
        both,
    }
}

fn coefficients(articles: &[Article], stances: &LabelSet, seed: u64) -> Vec<Coefficient> {
    type Question<'q> = Box<dyn Fn(&Both) -> Option<[usize; 2]> + Sync + 'q>;
    let scored = |label: usize| stances.scores.get(label).copied().flatten().is_some();
    let mut questions: Vec<(String, Metric, Question<'_>)> = vec![
        (
            "stance, nominal".to_owned(),
            Metric::Nominal,
            Box::new(|both| Some(both.stance)),
        ),
        (
            "stance, ordinal, where both see a position".to_owned(),
            Metric::Ordinal,
            Box::new(move |both| {
                Some(both.stance).filter(|pair| pair.iter().all(|&label| scored(label)))
            }),
        ),
        (
            "tone, nominal".to_owned(),
            Metric::Nominal,
            Box::new(|both| both.tone),
        ),
        (
            "tone, ordinal".to_owned(),
            Metric::Ordinal,
            Box::new(|both| both.tone),
        ),
        (
            "kind, nominal".to_owned(),
            Metric::Nominal,
            Box::new(|both| Some(both.kind)),
        ),
    ];
    for (label, name) in stances.labels.iter().enumerate() {
        let question: Question<'_> =
            Box::new(move |both| Some(both.stance.map(|given| usize::from(given == label))));
        questions.push((format!("{name} or not"), Metric::Nominal, question));
    }
    for kind in Kind::ALL {
        let question: Question<'_> =
            Box::new(move |both| Some(both.kind.map(|given| usize::from(given == kind as usize))));
        questions.push((format!("{kind} or not"), Metric::Nominal, question));
    }
    let coefficient = |(name, metric, question): (String, Metric, Question<'_>)| {
        let of = |numbers: &[usize]| {
            let units: Vec<Vec<usize>> = numbers
                .iter()
                .flat_map(|&number| articles[number].both.iter())
                .filter_map(|both| question(both).map(|pair| pair.to_vec()))
                .collect();
            alpha(&units, metric)
        };
        let n = articles
            .iter()
            .flat_map(|one| one.both.iter())
            .filter(|both| question(both).is_some())
            .count();
        Coefficient {
            name,
            alpha: interval(articles.len(), seed, of),
            n,
        }
    };
    questions.into_iter().map(coefficient).collect()
}
