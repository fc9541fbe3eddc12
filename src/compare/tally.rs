//! Who speaks in which outlet, and with which stance: the rows of the tables with their intervals. It tests nothing.

use super::comparison::{LabelShare, Tally};
use super::estimate::Estimate;
use super::ledger::Ledger;
use super::observation::{Name, Observations};
use super::resample::{Statistic, estimates};
use super::settings::Settings;
use super::totals::{Totals, positions, ratio, scored};

/// Articles that the shrunken score adds at the mean of all outlets.
const PRIOR_ARTICLES: f64 = 5.0;

/// Who a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// All actors.
    All,
    /// The actor of that number.
    Actor(usize),
    /// The side of that number.
    Side(usize),
}

impl Who {
    /// Its cell in an outlet.
    pub(super) const fn cell(self, ledger: &Ledger, outlet: usize) -> usize {
        match self {
            Self::All => ledger.shape.outlet(outlet),
            Self::Actor(actor) => ledger.shape.actor(actor, outlet),
            Self::Side(side) => ledger.shape.side(side, outlet),
        }
    }

    fn name(self, seen: &Observations) -> Option<&Name> {
        match self {
            Self::All => None,
            Self::Actor(actor) => Some(&seen.actors[actor]),
            Self::Side(side) => Some(&seen.sides[side]),
        }
    }
}

/// What rows are made from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The observations.
    pub seen: &'a Observations,
    /// Whether each article counts.
    pub counted: &'a [bool],
    /// The cluster of each article that counts.
    pub units: &'a [Option<usize>],
    /// The sums.
    pub ledger: &'a Ledger,
    /// What was asked for.
    pub settings: &'a Settings,
}

/// One row for each of `who` and each outlet that has a statement of it.
pub fn tallies(who: &[Who], source: Source<'_>) -> Vec<(Who, Tally)> {
    let Source {
        seen,
        ledger,
        settings,
        ..
    } = source;
    let totals = ledger.totals();
    let outlets = 0..seen.outlets.len();
    let places: Vec<(Who, usize)> = who
        .iter()
        .flat_map(|&who| outlets.clone().map(move |outlet| (who, outlet)))
        .filter(|&(who, outlet)| totals.weight(who.cell(ledger, outlet)) > 0.0)
        .collect();
    let mut statistics = Vec::new();
    for &(who, outlet) in &places {
        statistics.extend(statistics_of(who, outlet, ledger));
    }
    let mut figures = estimates(ledger, &statistics, settings).into_iter();
    let rows = rows_of(&places, source);
    places
        .iter()
        .zip(rows)
        .map(|(&(who, outlet), rows)| {
            (
                who,
                row((who, outlet), &rows, &totals, &mut figures, source),
            )
        })
        .collect()
}

/// Reach, voice, none, abstained, score, then the shares: the order in which [`row`] takes them.
fn statistics_of(who: Who, outlet: usize, ledger: &Ledger) -> Vec<Statistic<'static>> {
    let (cell, whole) = (who.cell(ledger, outlet), ledger.shape.outlet(outlet));
    let (own, all) = (ledger.n_clusters(cell), ledger.n_clusters(whole));
    let mut found = vec![
        Statistic::new(vec![cell, whole], all, move |sums| {
            ratio(sums.articles(cell), sums.articles(whole))
        }),
        Statistic::new(vec![cell, whole], all, move |sums| {
            ratio(sums.weight(cell), sums.weight(whole))
        }),
        Statistic::new(vec![cell], own, move |sums| sums.none(cell)),
        Statistic::new(vec![cell], own, move |sums| sums.abstained(cell)),
        Statistic::new(vec![cell], own, move |sums| sums.score(cell)),
    ];
    for label in positioned(ledger) {
        found.push(Statistic::new(vec![cell], own, move |sums| {
            sums.share(cell, label)
        }));
    }
    found
}

/// Numbers of the stances with a place on the scale.
fn positioned(ledger: &Ledger) -> Vec<usize> {
    let scores = ledger.shape.scores();
    (0..scores.len())
        .filter(|&label| scores[label].is_some())
        .collect()
}

/// Numbers of the counted rows of each place.
fn rows_of(places: &[(Who, usize)], source: Source<'_>) -> Vec<Vec<usize>> {
    let ledger = source.ledger;
    let mut of_cell: Vec<Option<usize>> = Vec::new();
    for (place, &(who, outlet)) in places.iter().enumerate() {
        let cell = who.cell(ledger, outlet);
        if of_cell.len() <= cell {
            of_cell.resize(cell + 1, None);
        }
        of_cell[cell] = Some(place);
    }
    let mut found = vec![Vec::new(); places.len()];
    for (number, row) in source
        .seen
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| source.counted[row.article])
    {
        for who in [Who::All, Who::Actor(row.actor), Who::Side(row.side)] {
            let place = of_cell.get(who.cell(ledger, row.outlet)).copied().flatten();
            if let Some(place) = place {
                found[place].push(number);
            }
        }
    }
    found
}

fn row(
    (who, outlet): (Who, usize),
    rows: &[usize],
    totals: &Totals<'_>,
    figures: &mut impl Iterator<Item = Estimate>,
    source: Source<'_>,
) -> Tally {
    let Source {
        seen,
        ledger,
        settings,
        ..
    } = source;
    let cell = who.cell(ledger, outlet);
    let mut next = || figures.next().unwrap_or_default();
    let (reach, voice, none, abstained, score) = (next(), next(), next(), next(), next());
    let mix = positioned(ledger)
        .into_iter()
        .map(|label| LabelShare {
            label: settings.labels.labels[label].clone(),
            share: next(),
        })
        .collect();
    let name = who.name(seen);
    let hard = totals.hard(cell);
    let scores = ledger.shape.scores();
    let n_words = words(outlet, source);
    Tally {
        who: name.map(|name| name.name.clone()),
        is_rest: name.is_some_and(|name| name.is_rest),
        outlet: seen.outlets[outlet].clone(),
        n_articles: totals.articles(cell) as usize,
        n_statements: rows.len(),
        weight: totals.weight(cell),
        reach,
        voice,
        per_thousand_words: n_words.and_then(|n| ratio(1000.0 * rows.len() as f64, n as f64)),
        mix,
        none,
        abstained,
        hard_score: ratio(scored(hard, scores), positions(hard, scores)),
        shrunken_score: shrunken(who, cell, totals, source),
        design_effect: design_effect(rows, cell, totals, source),
        score,
        evidence: rows
            .iter()
            .map(|&number| seen.rows[number].statement)
            .collect(),
    }
}

/// Words of an outlet's counted articles; `None` unless all are known.
pub fn words(outlet: usize, source: Source<'_>) -> Option<usize> {
    let articles = source.seen.articles.iter().zip(source.counted);
    let own = articles.filter(|(one, counted)| **counted && one.outlet == Some(outlet));
    own.map(|(one, _)| one.n_words).sum()
}

/// The mean score with five articles added at the mean of all outlets (the posterior mean under a prior of that weight;
/// Efron & Morris 1977).
fn shrunken(who: Who, cell: usize, totals: &Totals<'_>, source: Source<'_>) -> Option<f64> {
    let scores = source.ledger.shape.scores();
    let (mut part, mut whole) = (0.0, 0.0);
    for outlet in 0..source.seen.outlets.len() {
        let by_label = totals.by_label(who.cell(source.ledger, outlet));
        part += scored(by_label, scores);
        whole += positions(by_label, scores);
    }
    let n = totals.articles(cell);
    let pooled = ratio(part, whole)?;
    Some((n * totals.score(cell)? + PRIOR_ARTICLES * pooled) / (n + PRIOR_ARTICLES))
}

/// Kish's design effect (Kish 1965) of the score by linearization: squared influences summed by cluster, over
/// the same summed by statement.
fn design_effect(
    rows: &[usize],
    cell: usize,
    totals: &Totals<'_>,
    source: Source<'_>,
) -> Option<f64> {
    let mean = totals.score(cell)?;
    let scores = source.ledger.shape.scores();
    let scoring = source.settings.scoring;
    let mut by_cluster: std::collections::BTreeMap<usize, f64> = std::collections::BTreeMap::new();
    let mut single = 0.0;
    for &number in rows {
        let row = &source.seen.rows[number];
        let cluster = source.units[row.article]?;
        let by_label: Vec<f64> = match scoring {
            super::estimate::Scoring::Soft => row.probabilities.clone(),
            super::estimate::Scoring::Hard => (0..scores.len())
                .map(|label| f64::from(u8::from(label == row.stance)))
                .collect(),
        };
        let influence =
            row.weight * (scored(&by_label, scores) - mean * positions(&by_label, scores));
        single += influence * influence;
        *by_cluster.entry(cluster).or_default() += influence;
    }
    let clustered: f64 = by_cluster.values().map(|sum| sum * sum).sum();
    ratio(clustered, single)
}

#[cfg(test)]
mod tests {
    use crate::compare::statement::Holder;
    use crate::compare::{Comparison, Count, Settings, Statement, compare};

    /// Article a: X supportive, X hostile, Y none. Article b: X supportive, from which the model abstains.
    fn compared(count: Count) -> Comparison {
        let said = |article: &str, actor: &str, stance: &str, abstained: bool| Statement {
            article: article.to_owned(),
            outlet: Some("Kesh Times".to_owned()),
            actor: Holder {
                name: Some(actor.to_owned()),
                ..Holder::default()
            },
            stance: stance.to_owned(),
            abstained,
            article_text: Some("five words in each article".to_owned()),
            ..Statement::default()
        };
        let statements = vec![
            said("a", "X", "supportive", false),
            said("a", "X", "hostile", false),
            said("a", "Y", "none", false),
            said("b", "X", "supportive", true),
        ];
        compare(
            statements,
            &[],
            &Settings {
                count,
                ..Settings::default()
            },
        )
    }

    fn near(value: Option<f64>, expected: f64) {
        assert!(
            (value.unwrap() - expected).abs() < 1e-12,
            "{value:?}, expected {expected}"
        );
    }

    #[test]
    fn shares_and_scores_are_those_worked_out_by_hand() {
        let found = compared(Count::OncePerArticle);
        let x = &found.actors[0];
        // Weights: X 1/2, 1/2, 1; Y 1. Voice of X 2 / 3; positions 2, of which supportive 1.5 and hostile 0.5.
        near(x.voice.value, 2.0 / 3.0);
        near(x.mix[0].share.value, 0.75);
        near(x.mix[2].share.value, 0.25);
        near(x.score.value, 0.5);
        near(x.hard_score, 0.5);
        near(x.abstained.value, 0.5);
        near(x.reach.value, 1.0);
        // Two articles at 0.5 and five at the pooled 0.5.
        near(x.shrunken_score, 0.5);
        // Three statements in ten words.
        near(x.per_thousand_words, 300.0);
        // Influences 1/2 (1 - 0.5) = 0.25, 1/2 (-1 - 0.5) = -0.75, 1 - 0.5 = 0.5: squares 0.0625 + 0.5625 + 0.25 = 0.875; by
        // article -0.5 and 0.5: 0.5. 0.5 / 0.875 = 4 / 7.
        near(x.design_effect, 4.0 / 7.0);
        let all = &found.outlets[0].tally;
        near(all.none.value, 1.0 / 3.0);
        assert_eq!(
            (all.n_articles, all.n_statements, &x.evidence[..]),
            (2, 4, &[0, 1, 3][..])
        );
    }

    #[test]
    fn every_statement_can_count_one() {
        let found = compared(Count::All);
        // X 3 of 4; positions supportive 2, hostile 1: (2 - 1) / 3.
        near(found.actors[0].voice.value, 0.75);
        near(found.actors[0].score.value, 1.0 / 3.0);
        near(found.outlets[0].tally.abstained.value, 0.25);
    }
}
