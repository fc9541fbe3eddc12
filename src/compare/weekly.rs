//! The mean score of each outlet week by week. A week without a position is a gap, never joined or smoothed over.

use super::calendar::week_name;
use super::comparison::{Line, WeekPoint, Weekly};
use super::resample::{Statistic, estimates};
use super::tally::Source;

/// Weeks between the first and the last beyond which only weeks with statements are listed: a misread date must not make a
/// thousand empty ones.
const MOST_WEEKS: i64 = 1040;

/// The lines of all outlets.
pub fn weekly(source: Source<'_>) -> Weekly {
    let Source {
        seen,
        ledger,
        settings,
        counted,
        ..
    } = source;
    let known = ledger.shape.weeks();
    let (Some(&first), Some(&last)) = (known.first(), known.last()) else {
        return Weekly::default();
    };
    let weeks: Vec<i64> = if last - first < MOST_WEEKS {
        (first..=last).collect()
    } else {
        known.to_vec()
    };
    let totals = ledger.totals();
    let mut n_statements = std::collections::BTreeMap::new();
    for row in seen.rows.iter().filter(|row| counted[row.article]) {
        if let Some(week) = row.week {
            *n_statements.entry((row.outlet, week)).or_insert(0_usize) += 1;
        }
    }
    let mut places = Vec::new();
    let mut statistics = Vec::new();
    for outlet in 0..seen.outlets.len() {
        for (at, &week) in weeks.iter().enumerate() {
            let Some(cell) = ledger.shape.week(week, outlet) else {
                continue;
            };
            if totals.score(cell).is_some() {
                places.push((outlet, at, week));
                statistics.push(Statistic::new(
                    vec![cell],
                    ledger.n_clusters(cell),
                    move |sums| sums.score(cell),
                ));
            }
        }
    }
    let mut lines: Vec<Line> = seen
        .outlets
        .iter()
        .map(|outlet| Line {
            outlet: outlet.clone(),
            points: vec![None; weeks.len()],
        })
        .collect();
    for ((outlet, at, week), score) in
        places
            .into_iter()
            .zip(estimates(ledger, &statistics, settings))
    {
        lines[outlet].points[at] = Some(WeekPoint {
            score,
            n_statements: n_statements
                .get(&(outlet, week))
                .copied()
                .unwrap_or_default(),
        });
    }
    Weekly {
        weeks: weeks.into_iter().map(week_name).collect(),
        lines,
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::{Settings, Statement, compare};

    #[test]
    fn a_week_without_a_position_is_a_gap() {
        let said = |article: &str, outlet: &str, date: &str, stance: &str| Statement {
            article: article.to_owned(),
            outlet: Some(outlet.to_owned()),
            date: Some(date.to_owned()),
            stance: stance.to_owned(),
            ..Statement::default()
        };
        let statements = vec![
            said("a", "A", "2031-04-02", "hostile"),
            said("b", "A", "2031-04-16", "supportive"),
            said("c", "B", "2031-04-09", "none"),
        ];
        let weekly = compare(statements, &[], &Settings::default()).weekly;
        assert_eq!(weekly.weeks, ["2031-W14", "2031-W15", "2031-W16"]);
        let scores = |line: usize| -> Vec<Option<f64>> {
            weekly.lines[line]
                .points
                .iter()
                .map(|point| point.as_ref().and_then(|point| point.score.value))
                .collect()
        };
        assert_eq!(scores(0), [Some(-1.0), None, Some(1.0)]);
        assert_eq!(scores(1), [None, None, None]);
    }
}
