//! What each outlet did with a shared quotation: carried it in full, cut it, or left it out while it covered the actor. It
//! does not find quotations and tests nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::week_name;
use super::findings::{Carried, Habits, How, Quotation};
use super::observation::Observations;
use super::quotations::quoted;
use super::settings::Settings;
use super::statement::Statement;
use super::words::words;

/// Share of the fullest version's words from which a version counts as full: reworded versions differ by a few words.
const FULL: f64 = 0.85;

/// A shared quotation with what the tests need beside what is shown.
pub struct Shared {
    /// As shown.
    pub quotation: Quotation,
    /// Stance of the fullest version.
    pub stance: usize,
    /// Number of the actor's row.
    pub actor: usize,
    /// Number of the side's row.
    pub side: usize,
    /// Week of the first carrier.
    pub week: Option<i64>,
    /// Outlets, and how each treats it, by number.
    pub how: Vec<(usize, How)>,
    /// Numbers of the rows.
    pub rows: Vec<usize>,
}

/// Which outlets have words of an actor or a side in a week, by row: to tell whether they have others than those of a
/// quotation.
struct Coverage {
    by_actor: BTreeMap<(usize, Option<i64>, usize), Vec<usize>>,
    by_side: BTreeMap<(usize, Option<i64>, usize), Vec<usize>>,
}

impl Coverage {
    fn new(seen: &Observations) -> Self {
        let mut coverage = Self {
            by_actor: BTreeMap::new(),
            by_side: BTreeMap::new(),
        };
        for (number, row) in seen.rows.iter().enumerate() {
            if !seen.actors[row.actor].is_rest {
                coverage
                    .by_actor
                    .entry((row.actor, row.week, row.outlet))
                    .or_default()
                    .push(number);
            }
            if !seen.sides[row.side].is_rest {
                coverage
                    .by_side
                    .entry((row.side, row.week, row.outlet))
                    .or_default()
                    .push(number);
            }
        }
        coverage
    }

    /// Whether an outlet has other words of the actor or its side in the week. The quotation's own versions do not count:
    /// else whoever carries it would be at risk by that alone, and whoever leaves it out would not.
    fn at_risk(
        &self,
        actor: usize,
        side: usize,
        week: Option<i64>,
        outlet: usize,
        own: &BTreeSet<usize>,
    ) -> bool {
        let other = |rows: Option<&Vec<usize>>| {
            rows.is_some_and(|rows| rows.iter().any(|row| !own.contains(row)))
        };
        other(self.by_actor.get(&(actor, week, outlet)))
            || other(self.by_side.get(&(side, week, outlet)))
    }
}

/// The quotations that at least two outlets carry, those of most outlets first.
pub fn shared(
    groups: &[Vec<usize>],
    statements: &[Statement],
    seen: &Observations,
    settings: &Settings,
) -> Vec<Shared> {
    let coverage = Coverage::new(seen);
    let mut found: Vec<Shared> = groups
        .iter()
        .filter_map(|rows| one(rows, &coverage, statements, seen, settings))
        .collect();
    let carriers = |one: &Shared| {
        one.how
            .iter()
            .filter(|(_, how)| *how != How::Omitted)
            .count()
    };
    // Stable: equals stay in the order of their first row.
    found.sort_by_key(|one| std::cmp::Reverse(carriers(one)));
    found
}

fn one(
    rows: &[usize],
    coverage: &Coverage,
    statements: &[Statement],
    seen: &Observations,
    settings: &Settings,
) -> Option<Shared> {
    // A version is what one article has of the quotation, in one piece or several.
    let mut versions: BTreeMap<usize, (usize, Vec<usize>, usize)> = BTreeMap::new();
    for &row in rows {
        let observed = &seen.rows[row];
        let length = words(&quoted(&statements[observed.statement].text)).len();
        let version = versions
            .entry(observed.article)
            .or_insert((observed.outlet, Vec::new(), 0));
        version.1.push(row);
        version.2 += length;
    }
    let fullest = versions
        .values()
        .reduce(|best, one| if one.2 > best.2 { one } else { best })?;
    let longest = |rows: &[usize]| {
        let length = |&row: &usize| {
            (
                statements[seen.rows[row].statement].text.len(),
                std::cmp::Reverse(row),
            )
        };
        rows.iter().copied().max_by_key(length)
    };
    let main = longest(&fullest.1)?;
    let (actor, side) = (
        most(rows, |row| seen.rows[row].actor)?,
        most(rows, |row| seen.rows[row].side)?,
    );
    let first = rows.iter().copied().min_by_key(|&row| {
        (
            seen.articles[seen.rows[row].article]
                .day
                .unwrap_or(i64::MAX),
            row,
        )
    })?;
    let week = seen.rows[first].week;
    let stance = seen.rows[main].stance;
    let own: BTreeSet<usize> = rows.iter().copied().collect();
    let (mut outlets, mut how) = (Vec::new(), Vec::new());
    for (outlet, name) in seen.outlets.iter().enumerate() {
        let best = versions
            .values()
            .filter(|version| version.0 == outlet)
            .reduce(|best, one| if one.2 > best.2 { one } else { best });
        let carried = if let Some(version) = best {
            let share = (version.2 as f64 / fullest.2 as f64).min(1.0);
            let row = longest(&version.1)?;
            let cut = share < FULL;
            Carried {
                outlet: name.clone(),
                how: if cut { How::Cut } else { How::Full },
                share,
                stance: Some(settings.labels.labels[seen.rows[row].stance].clone()),
                changed: cut && seen.rows[row].stance != stance,
                cue: statements[seen.rows[row].statement].cue.clone(),
                evidence: version
                    .1
                    .iter()
                    .map(|&row| seen.rows[row].statement)
                    .collect(),
            }
        } else if coverage.at_risk(actor, side, week, outlet, &own) {
            Carried {
                outlet: name.clone(),
                how: How::Omitted,
                share: 0.0,
                stance: None,
                changed: false,
                cue: None,
                evidence: Vec::new(),
            }
        } else {
            continue;
        };
        how.push((outlet, carried.how));
        outlets.push(carried);
    }
    let named = |name: &super::observation::Name| (!name.is_rest).then(|| name.name.clone());
    let full = &statements[seen.rows[main].statement];
    (how.iter().filter(|(_, how)| *how != How::Omitted).count() > 1).then(|| Shared {
        quotation: Quotation {
            text: full.text.clone(),
            fullest: seen.rows[main].statement,
            actor: named(&seen.actors[actor]).or_else(|| full.actor.name.clone()),
            side: named(&seen.sides[side]),
            stance: settings.labels.labels[stance].clone(),
            week: week.map(week_name),
            outlets,
        },
        stance,
        actor,
        side,
        week,
        how,
        rows: rows.to_vec(),
    })
}

/// The commonest value, of equals the least.
fn most(rows: &[usize], value: impl Fn(usize) -> usize) -> Option<usize> {
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    for &row in rows {
        *times.entry(value(row)).or_default() += 1;
    }
    times
        .into_iter()
        .max_by_key(|&(value, n)| (n, std::cmp::Reverse(value)))
        .map(|(value, _)| value)
}

/// What each outlet tends to do, by name of outlet.
pub fn habits(shared: &[Shared], seen: &Observations, settings: &Settings) -> Vec<Habits> {
    let rank = |stance: &str| settings.labels.position(stance).unwrap_or_default();
    seen.outlets
        .iter()
        .map(|outlet| {
            let mut habits = Habits {
                outlet: outlet.clone(),
                n_full: 0,
                n_cut: 0,
                n_changed: 0,
                changes: Vec::new(),
                n_omitted: 0,
            };
            let mut changes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
            for one in shared {
                let Some(carried) = one
                    .quotation
                    .outlets
                    .iter()
                    .find(|carried| carried.outlet == *outlet)
                else {
                    continue;
                };
                match carried.how {
                    How::Full => habits.n_full += 1,
                    How::Cut => habits.n_cut += 1,
                    How::Omitted => habits.n_omitted += 1,
                }
                if let Some(stance) = carried.stance.as_deref().filter(|_| carried.changed) {
                    habits.n_changed += 1;
                    *changes.entry((one.stance, rank(stance))).or_default() += 1;
                }
            }
            let name = |label: usize| settings.labels.labels[label].clone();
            habits.changes = changes
                .into_iter()
                .map(|((from, to), n)| (name(from), name(to), n))
                .collect();
            habits
        })
        .collect()
}
