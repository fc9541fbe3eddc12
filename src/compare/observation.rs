//! The row that all statistics use: one statement with the numbers of its article, outlet, week, actor and side, its
//! probabilities and its weight. It does not count anything.

use std::collections::BTreeMap;

use super::calendar::{day_name, day_of, week_name, week_of};
use super::settings::{Count, Settings};
use super::statement::Statement;

/// The row of actors that are not resolved.
pub const UNRESOLVED: &str = "(not resolved)";
/// The row of actors too small for one of their own.
pub const OTHERS: &str = "(others)";
/// The row of statements whose actor has no side.
pub const NO_SIDE: &str = "(no side)";

/// One statement as statistics see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Number of the statement as given.
    pub statement: usize,
    /// Number of its article.
    pub article: usize,
    /// Number of its outlet.
    pub outlet: usize,
    /// ISO week (see [`week_of`]).
    pub week: Option<i64>,
    /// Number of its actor's row.
    pub actor: usize,
    /// Number of its side's row.
    pub side: usize,
    /// Number of the likeliest stance.
    pub stance: usize,
    /// Probability of each stance; they sum to 1.
    pub probabilities: Vec<f64>,
    /// Whether the model abstains.
    pub abstained: bool,
    /// What it counts: 1, or its share of its actor's presence in the article (see [`Count`]).
    pub weight: f64,
}

/// An article as statistics see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Id.
    pub id: String,
    /// Number of its outlet.
    pub outlet: Option<usize>,
    /// Day (see [`day_of`]).
    pub day: Option<i64>,
    /// Numbers of its statements as given.
    pub statements: Vec<usize>,
    /// Words of its text, where that is known.
    pub n_words: Option<usize>,
}

/// A row's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub name: String,
    /// Whether it stands for several.
    pub is_rest: bool,
}

/// All observations, with the names of their numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observations {
    /// Statements whose article names an outlet, in the order given.
    pub rows: Vec<Observation>,
    /// Articles, in order of their first statement.
    pub articles: Vec<Facts>,
    /// Outlets by name.
    pub outlets: Vec<String>,
    /// Actors by weight, the heaviest first, those that stand for several last.
    pub actors: Vec<Name>,
    /// Sides in the same order.
    pub sides: Vec<Name>,
}

/// Reads statements as observations.
pub fn observe(statements: &[Statement], settings: &Settings) -> Observations {
    let mut found = Observations::default();
    let groups: Vec<Option<String>> = statements
        .iter()
        .map(|one| group(one, &settings.by))
        .collect();
    found.outlets = groups.iter().flatten().cloned().collect();
    found.outlets.sort_unstable();
    found.outlets.dedup();
    let mut numbers: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    let mut article_of = Vec::with_capacity(statements.len());
    for (number, (statement, group)) in statements.iter().zip(&groups).enumerate() {
        let key = (statement.article.as_str(), statement.outlet.as_deref());
        let article = *numbers.entry(key).or_insert_with(|| {
            found.articles.push(Facts {
                id: statement.article.clone(),
                outlet: group
                    .as_ref()
                    .and_then(|name| found.outlets.binary_search(name).ok()),
                day: statement.date.as_deref().and_then(day_of),
                ..Facts::default()
            });
            found.articles.len() - 1
        });
        let facts = &mut found.articles[article];
        facts.statements.push(number);
        if facts.n_words.is_none() {
            let text = statement.article_text.as_deref();
            facts.n_words = text.map(|text| text.split_whitespace().count());
        }
        article_of.push(article);
    }
    let weights = weights(statements, &article_of, settings.count);
    let place = |number: usize| found.articles[article_of[number]].outlet;
    let most = settings.most_actors;
    let (actors, actor_of) = rows(statements, &weights, most, place, UNRESOLVED, |one| {
        one.actor.name.as_deref()
    });
    let (sides, side_of) = rows(statements, &weights, most, place, NO_SIDE, |one| {
        one.actor.side.as_deref()
    });
    for (number, statement) in statements.iter().enumerate() {
        let article = article_of[number];
        let Some(outlet) = found.articles[article].outlet else {
            continue;
        };
        let (stance, probabilities) = stance_of(statement, settings);
        found.rows.push(Observation {
            statement: number,
            article,
            outlet,
            week: found.articles[article].day.map(week_of),
            actor: actor_of[number],
            side: side_of[number],
            stance,
            probabilities,
            abstained: statement.abstained,
            weight: weights[number],
        });
    }
    (found.actors, found.sides) = (actors, sides);
    found
}

/// The value of the field compared by.
fn group(statement: &Statement, by: &str) -> Option<String> {
    let day = || statement.date.as_deref().and_then(day_of);
    match by {
        "date" => day().map(day_name),
        "week" => day().map(|day| week_name(week_of(day))),
        _ => statement.field(by),
    }
}

/// The weight of each statement.
fn weights(statements: &[Statement], article_of: &[usize], count: Count) -> Vec<f64> {
    if count == Count::All {
        return vec![1.0; statements.len()];
    }
    let key = |number: usize| {
        let actor = &statements[number].actor;
        // An actor that is not resolved is known by its words, so that two sources are not taken for one.
        (
            article_of[number],
            actor.name.as_deref().unwrap_or(&actor.surface),
        )
    };
    let mut times: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for number in 0..statements.len() {
        *times.entry(key(number)).or_default() += 1;
    }
    (0..statements.len())
        .map(|number| 1.0 / times[&key(number)] as f64)
        .collect()
}

/// The rows that names fall into, and the row of each statement.
fn rows<'s>(
    statements: &'s [Statement],
    weights: &[f64],
    most: usize,
    place: impl Fn(usize) -> Option<usize>,
    missing: &str,
    name: impl Fn(&'s Statement) -> Option<&'s str>,
) -> (Vec<Name>, Vec<usize>) {
    let name = |number: usize| name(&statements[number]).filter(|name| !name.is_empty());
    let mut totals: BTreeMap<&str, f64> = BTreeMap::new();
    for number in (0..statements.len()).filter(|&number| place(number).is_some()) {
        if let Some(name) = name(number) {
            *totals.entry(name).or_default() += weights[number];
        }
    }
    let mut ranked: Vec<(&str, f64)> = totals.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    let n_own = ranked.len().min(most);
    let own: BTreeMap<&str, usize> = ranked[..n_own]
        .iter()
        .enumerate()
        .map(|(row, one)| (one.0, row))
        .collect();
    let mut names: Vec<Name> = ranked[..n_own]
        .iter()
        .map(|one| Name {
            name: one.0.to_owned(),
            is_rest: false,
        })
        .collect();
    let mut rest = |name: &str, wanted: bool| {
        if wanted {
            names.push(Name {
                name: name.to_owned(),
                is_rest: true,
            });
        }
        names.len().saturating_sub(1)
    };
    let others = rest(OTHERS, ranked.len() > most);
    let unknown = rest(
        missing,
        (0..statements.len()).any(|number| place(number).is_some() && name(number).is_none()),
    );
    let row =
        |number| name(number).map_or(unknown, |name| own.get(name).copied().unwrap_or(others));
    let of = (0..statements.len()).map(row).collect();
    (names, of)
}

/// The likeliest stance and the probabilities, which are 1 and 0 where the statement has none.
fn stance_of(statement: &Statement, settings: &Settings) -> (usize, Vec<f64>) {
    let labels = &settings.labels.labels;
    let stance = settings
        .labels
        .position(&statement.stance)
        .unwrap_or_default();
    let given = |label| {
        statement
            .probabilities
            .get(label)
            .copied()
            .unwrap_or_default()
    };
    let mut probabilities: Vec<f64> = labels.iter().map(given).map(|p| p.max(0.0)).collect();
    let total: f64 = probabilities.iter().sum();
    if total > 0.0 && total.is_finite() {
        for p in &mut probabilities {
            *p /= total;
        }
    } else {
        probabilities = vec![0.0; labels.len()];
        probabilities[stance] = 1.0;
    }
    (stance, probabilities)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::statement::Holder;

    fn said(article: &str, actor: Option<&str>) -> Statement {
        Statement {
            article: article.to_owned(),
            outlet: Some("Kesh Times".to_owned()),
            date: Some("2031-04-02".to_owned()),
            actor: Holder {
                name: actor.map(str::to_owned),
                ..Holder::default()
            },
            stance: "hostile".to_owned(),
            ..Statement::default()
        }
    }

    #[test]
    fn an_actor_counts_once_in_an_article() {
        let statements = [
            said("a", Some("X")),
            said("a", Some("X")),
            said("a", Some("Y")),
            said("b", Some("X")),
        ];
        let found = observe(&statements, &Settings::default());
        let weights: Vec<f64> = found.rows.iter().map(|row| row.weight).collect();
        assert_eq!(weights, [0.5, 0.5, 1.0, 1.0]);
        assert_eq!(found.actors[0].name, "X");
        assert_eq!(found.rows[0].probabilities, [0.0, 0.0, 1.0, 0.0]);
    }

    #[test]
    fn small_actors_and_unresolved_ones_share_rows() {
        let statements = [
            said("a", Some("X")),
            said("b", Some("X")),
            said("a", Some("Y")),
            said("b", Some("Z")),
            said("c", None),
        ];
        let settings = Settings {
            most_actors: 1,
            ..Settings::default()
        };
        let found = observe(&statements, &settings);
        let names: Vec<&str> = found.actors.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["X", OTHERS, UNRESOLVED]);
        let rows: Vec<usize> = found.rows.iter().map(|row| row.actor).collect();
        assert_eq!(rows, [0, 0, 1, 1, 2]);
    }

    #[test]
    fn any_field_can_take_the_outlets_place() {
        let mut statements = [said("a", Some("X")), said("b", Some("X"))];
        statements[0]
            .metadata
            .insert("country".to_owned(), "Tavria".into());
        let settings = Settings {
            by: "country".to_owned(),
            ..Settings::default()
        };
        let found = observe(&statements, &settings);
        assert_eq!(
            (found.rows.len(), found.outlets),
            (1, vec!["Tavria".to_owned()])
        );
        let settings = Settings {
            by: "week".to_owned(),
            ..Settings::default()
        };
        assert_eq!(observe(&statements, &settings).outlets, ["2031-W14"]);
    }
}
