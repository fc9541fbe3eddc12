//! Outlets compared: who is let speak, with which stance, and what is left out, with intervals and tests that know that
//! articles are copied, that statements of one article are alike, and that a model errs. It reads no files, prints nothing,
//! and draws nothing.
//!
//! Terms: an *outlet* is a value of the field compared by; a *cluster* is an article with its copies; *positions* are
//! statements with a stance other than `none`; the *score* is the share supportive minus the share hostile among them.
//! Every number is explained in `docs/comparison.md`.

pub mod calendar;
pub mod carriers;
pub mod comparison;
pub mod contrasts;
pub mod copies;
pub mod correct;
pub mod corrector;
pub mod cues;
pub mod decompose;
pub mod estimate;
pub mod findings;
pub mod interval;
pub mod inverse;
pub mod ledger;
pub mod multiple;
pub mod normal;
pub mod notes;
pub mod observation;
pub mod omission;
pub mod permutation;
pub mod plan;
pub mod policy;
pub mod quotations;
pub mod resample;
pub mod settings;
pub mod statement;
pub mod tally;
pub mod totals;
pub mod weekly;
mod words;

use calendar::{day_name, week_name, week_of};
use comparison::{ArticleRow, Corpus, OutletRow};
pub use comparison::{Comparison, Note};
use contrasts::PolicyScores;
use copies::{Alike, Cluster};
use corrector::Corrector;
pub use estimate::{Caution, Estimate, Scoring};
use findings::{Copies, CopyCluster, Quotations};
use ledger::Ledger;
use observation::Observations;
pub use settings::{CopyPolicy, Count, HandLabel, Settings};
pub use statement::Statement;
use tally::{Source, Who, tallies};

/// Compares outlets by their classified statements. `hand` are labels drawn with known probabilities; empty where there are
/// none. Same statements, labels and settings, same result at any number of threads.
pub fn compare(statements: Vec<Statement>, hand: &[HandLabel], settings: &Settings) -> Comparison {
    let seen = observation::observe(&statements, settings);
    let (clusters, from_texts) = find_copies(&statements, &seen);
    let counted = policy::counted(&seen, &clusters, settings.copies);
    let units = policy::units(&counted, &clusters);
    let (hand, n_unused) = corrector::hand_of(&statements, hand, settings);
    let ledger = Ledger::new(&seen, &units, &hand, settings);
    let source = Source {
        seen: &seen,
        counted: &counted,
        units: &units,
        ledger: &ledger,
        settings,
    };
    let policies: Vec<(CopyPolicy, PolicyScores)> = CopyPolicy::ALL
        .into_iter()
        .map(|policy| {
            (
                policy,
                PolicyScores::new(&seen, &clusters, policy, settings),
            )
        })
        .collect();
    let who: Vec<Who> = std::iter::once(Who::All)
        .chain((0..seen.actors.len()).map(Who::Actor))
        .chain((0..seen.sides.len()).map(Who::Side))
        .collect();
    let (mut all, mut actors, mut sides) = (Vec::new(), Vec::new(), Vec::new());
    for (who, row) in tallies(&who, source) {
        match who {
            Who::All => all.push(row),
            Who::Actor(_) => actors.push(row),
            Who::Side(_) => sides.push(row),
        }
    }
    let outlets = outlets(all, &clusters, &policies, source);
    let corrector = Corrector::new(&hand, source);
    let tests = contrasts::tests(&weeks(&seen, &units), &policies, corrector.as_ref(), source);
    let pairs = contrasts::pairs(&contrasts::paired(source).0);
    let mut comparison = Comparison {
        corpus: corpus(&statements, source),
        plan: settings.plan.then(|| plan::plan(&outlets, &hand, source)),
        outlets,
        actors,
        sides,
        tests,
        decompositions: decompose::decompositions(&pairs, source),
        weekly: weekly::weekly(source),
        copies: copies_of(&clusters, from_texts, &seen),
        quotations: shared_quotations(&statements, &seen, settings),
        correction: corrector
            .map(|corrector| correct::correction(&corrector, &hand, n_unused, source)),
        notes: Vec::new(),
        articles: articles(&statements, &clusters, source),
        settings: settings.clone(),
        statements,
    };
    comparison.notes = notes::notes(&comparison);
    comparison
}

/// The copies, by the articles' texts where all are known, else by their statements' words.
fn find_copies(statements: &[Statement], seen: &Observations) -> (Vec<Cluster>, bool) {
    let given = |own: &[usize]| {
        own.iter()
            .find_map(|&number| statements[number].article_text.as_deref())
    };
    let texts: Option<Vec<&str>> = seen
        .articles
        .iter()
        .map(|one| given(&one.statements))
        .collect();
    if let Some(texts) = texts {
        return (copies::clusters(&texts, Alike::TEXTS), true);
    }
    let joined: Vec<String> = seen
        .articles
        .iter()
        .map(|one| {
            one.statements
                .iter()
                .map(|&number| statements[number].text.as_str())
                .collect::<Vec<_>>()
                .join("\n")
        })
        .collect();
    let texts: Vec<&str> = joined.iter().map(String::as_str).collect();
    (copies::clusters(&texts, Alike::STATEMENTS), false)
}

/// The week of each cluster: that of its earliest article.
fn weeks(seen: &Observations, units: &[Option<usize>]) -> Vec<Option<i64>> {
    let n = units.iter().flatten().max().map_or(0, |last| last + 1);
    let mut days: Vec<Option<i64>> = vec![None; n];
    for (article, unit) in units.iter().enumerate() {
        if let (Some(unit), Some(day)) = (unit, seen.articles[article].day) {
            days[*unit] = Some(days[*unit].map_or(day, |known| known.min(day)));
        }
    }
    days.into_iter().map(|day| day.map(week_of)).collect()
}

fn outlets(
    rows: Vec<comparison::Tally>,
    clusters: &[Cluster],
    policies: &[(CopyPolicy, PolicyScores)],
    source: Source<'_>,
) -> Vec<OutletRow> {
    let Source { seen, counted, .. } = source;
    let rates = policy::wire_rates(seen, clusters);
    rows.into_iter()
        .filter_map(|tally| {
            let outlet = seen.outlets.binary_search(&tally.outlet).ok()?;
            let own = |article: &usize| seen.articles[*article].outlet == Some(outlet);
            Some(OutletRow {
                outlet: tally.outlet.clone(),
                n_articles: (0..seen.articles.len()).filter(own).count(),
                n_counted: (0..seen.articles.len())
                    .filter(own)
                    .filter(|&article| counted[article])
                    .count(),
                n_words: tally::words(outlet, source),
                wire_rate: rates[outlet],
                by_policy: policies
                    .iter()
                    .map(|(policy, scores)| (*policy, scores.of(Who::All, outlet)))
                    .collect(),
                tally,
            })
        })
        .collect()
}

fn corpus(statements: &[Statement], source: Source<'_>) -> Corpus {
    let Source { seen, counted, .. } = source;
    let days = || seen.articles.iter().filter_map(|one| one.day);
    let mut models: Vec<String> = statements
        .iter()
        .map(|one| one.model.clone())
        .filter(|model| !model.is_empty())
        .collect();
    models.sort_unstable();
    models.dedup();
    let of_undated = seen
        .articles
        .iter()
        .filter(|one| one.day.is_none())
        .map(|one| one.statements.len());
    Corpus {
        n_articles: seen.articles.len(),
        n_statements: statements.len(),
        n_counted: seen.rows.iter().filter(|row| counted[row.article]).count(),
        n_without_outlet: statements.len() - seen.rows.len(),
        n_without_date: of_undated.sum(),
        n_unresolved: statements
            .iter()
            .filter(|one| one.actor.name.as_deref().is_none_or(str::is_empty))
            .count(),
        first_day: days().min().map(day_name),
        last_day: days().max().map(day_name),
        models,
    }
}

fn copies_of(clusters: &[Cluster], from_texts: bool, seen: &Observations) -> Copies {
    let outlets_of = |cluster: &Cluster| {
        let mut outlets: Vec<usize> = cluster
            .articles
            .iter()
            .filter_map(|&article| seen.articles[article].outlet)
            .collect();
        outlets.sort_unstable();
        outlets.dedup();
        outlets
            .into_iter()
            .map(|outlet| seen.outlets[outlet].clone())
            .collect()
    };
    Copies {
        from_texts,
        clusters: clusters
            .iter()
            .map(|cluster| CopyCluster {
                articles: cluster.articles.clone(),
                outlets: outlets_of(cluster),
                original: policy::original(&cluster.articles, &seen.articles),
                resemblance: cluster.resemblance,
            })
            .collect(),
    }
}

fn shared_quotations(
    statements: &[Statement],
    seen: &Observations,
    settings: &Settings,
) -> Quotations {
    let groups = quotations::groups(statements, seen, settings.window_days);
    let shared = carriers::shared(&groups, statements, seen, settings);
    Quotations {
        habits: carriers::habits(&shared, seen, settings),
        omission: omission::omissions(&shared, seen, settings),
        cues: cues::cues(&shared, statements, seen),
        groups: shared.into_iter().map(|one| one.quotation).collect(),
    }
}

fn articles(statements: &[Statement], clusters: &[Cluster], source: Source<'_>) -> Vec<ArticleRow> {
    let Source { seen, counted, .. } = source;
    let mut of: Vec<Option<usize>> = vec![None; seen.articles.len()];
    for (number, cluster) in clusters.iter().enumerate() {
        for &article in &cluster.articles {
            of[article] = Some(number);
        }
    }
    seen.articles
        .iter()
        .enumerate()
        .map(|(article, facts)| ArticleRow {
            id: facts.id.clone(),
            outlet: facts.outlet.map(|outlet| seen.outlets[outlet].clone()),
            day: facts.day.map(day_name),
            week: facts.day.map(|day| week_name(week_of(day))),
            url: facts
                .statements
                .first()
                .and_then(|&number| statements[number].url.clone()),
            cluster: of[article],
            counted: counted[article],
            evidence: facts.statements.clone(),
        })
        .collect()
}
