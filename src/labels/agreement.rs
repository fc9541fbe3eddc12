//! Two annotations of the same articles and single statements, compared: which statements both found, and how far they
//! agree on stance, tone and kind. The coefficients are [`crate::evaluate::agreement`]'s. It does not tell annotators apart
//! ([`super::annotators`] does).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::corpus::{AnnotatedArticle, Labelled, LabelledStatement};
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
    /// Single statements that both labelled.
    pub n_single: usize,
    /// Statements that the first and the second found in these articles.
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
    kind: Option<[usize; 2]>,
}

/// What is drawn as a whole: an article, or the single statements of a group.
#[derive(Default)]
struct Article {
    sizes: (usize, usize),
    both: Vec<Both>,
}

/// Compares two annotations; articles and single statements are the same where their ids are, and each id stands once in
/// either. `None` where nothing is in both.
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
    let n_articles = articles.len();
    let single = singles(first, second, stances, tones, &mut differences);
    let n_single = single.iter().map(|group| group.both.len()).sum();
    if n_articles == 0 && n_single == 0 {
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
    let n_statements = articles.iter().fold((0, 0), |sum, one| {
        (sum.0 + one.sizes.0, sum.1 + one.sizes.1)
    });
    let unit_f1 = interval(n_articles, seed, unit_f1);
    articles.extend(single);
    Some(Agreement {
        n_articles,
        n_single,
        n_statements,
        unit_f1,
        coefficients: coefficients(&articles, stances, seed),
        differences,
    })
}

/// Single statements that both labelled, by group.
fn singles(
    first: &Labelled,
    second: &Labelled,
    stances: &LabelSet,
    tones: &LabelSet,
    differences: &mut Vec<Difference>,
) -> Vec<Article> {
    let by_id: BTreeMap<&str, &LabelledStatement> = second
        .statements
        .iter()
        .map(|statement| (statement.id.as_str(), statement))
        .collect();
    let mut groups: BTreeMap<&str, Article> = BTreeMap::new();
    for one in &first.statements {
        let Some(other) = by_id.get(one.id.as_str()) else {
            continue;
        };
        let (Some(x), Some(y)) = (
            stances.position(&one.stance),
            stances.position(&other.stance),
        ) else {
            continue;
        };
        if x != y {
            differences.push(Difference {
                article: one.id.clone(),
                first: one.stance.clone(),
                second: other.stance.clone(),
                text: one.text.clone(),
            });
        }
        let group = one.group.as_deref().unwrap_or(&one.id);
        groups.entry(group).or_default().both.push(Both {
            stance: [x, y],
            tone: pair_of(one.tone.as_deref(), other.tone.as_deref(), tones),
            kind: one
                .kind
                .zip(other.kind)
                .map(|(a, b)| [a as usize, b as usize]),
        });
    }
    groups.into_values().collect()
}

/// The numbers of two labels, where both are given and known.
fn pair_of(one: Option<&str>, other: Option<&str>, set: &LabelSet) -> Option<[usize; 2]> {
    let number = |label: Option<&str>| label.and_then(|label| set.position(label));
    Some([number(one)?, number(other)?])
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
            tone: pair_of(a.tone.as_deref(), b.tone.as_deref(), tones),
            kind: Some([a.kind as usize, b.kind as usize]),
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
            Box::new(|both| both.kind),
        ),
    ];
    for (label, name) in stances.labels.iter().enumerate() {
        let question: Question<'_> =
            Box::new(move |both| Some(both.stance.map(|given| usize::from(given == label))));
        questions.push((format!("{name} or not"), Metric::Nominal, question));
    }
    for kind in Kind::ALL {
        let question: Question<'_> = Box::new(move |both| {
            let kinds = both.kind?;
            Some(kinds.map(|given| usize::from(given == kind as usize)))
        });
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

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled(stances: [&str; 4]) -> Labelled {
        let one = |(at, stance): (usize, &&str)| LabelledStatement {
            id: at.to_string(),
            text: format!("Statement {at}."),
            stance: (*stance).to_owned(),
            group: Some(format!("g{}", at / 2)),
            ..LabelledStatement::default()
        };
        Labelled {
            statements: stances.iter().enumerate().map(one).collect(),
            ..Labelled::default()
        }
    }

    #[test]
    fn single_statements_are_compared_by_their_ids() {
        let first = labelled(["supportive", "supportive", "hostile", "hostile"]);
        let mut second = labelled(["supportive", "hostile", "hostile", "hostile"]);
        second.statements.reverse();
        let (stances, tones) = (LabelSet::stance(), LabelSet::tone());
        let found = agreement(&first, &second, &stances, &tones, 1).unwrap();
        assert_eq!((found.n_articles, found.n_single), (0, 4));
        assert_eq!(found.differences.len(), 1);
        assert_eq!(found.differences[0].article, "1");
        // Eight values, three supportive and five hostile: expected 2 * 3 * 5 / (8 * 7) = 0.5357, observed 2 / 8 = 0.25,
        // so alpha = 1 - 0.25 / 0.5357 = 0.5333.
        let alpha = found.coefficients[0].alpha.estimate.unwrap();
        assert!((alpha - 0.5333).abs() < 1e-4, "{alpha}");
        assert_eq!(found.unit_f1.estimate, None);
    }
}
