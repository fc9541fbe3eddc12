//! Dots with intervals: the mean score of each outlet, over all actors and for each actor. It ranks nothing: outlets stand by
//! score so that the eye finds the ends.

use std::fmt::Write as _;

use super::figure::csv_link;
use super::markup::{Markup, signed};
use super::strip::{Scale, whisker};
use crate::compare::comparison::Tally;
use crate::compare::findings::Corrected;
use crate::compare::{Caution, Comparison, Estimate};
use crate::report::tidy;

/// Actors that have a figure of their own in sight; the others are folded.
const OPEN_ACTORS: usize = 3;

/// The figure over all actors, then one for each actor.
pub(super) fn draw(out: &mut Markup, comparison: &Comparison) {
    super::figure::section(
        out,
        "score",
        "How each outlet's statements stand to the proposal",
    );
    out.raw("<p>Mean score of the statements that take a position: +1 if all support the proposal, \u{2212}1 if all are hostile to it. \
             The line is the interval; an outlet without one has too few independent articles. The dashed line is the mean of all outlets.</p>");
    if comparison.correction.is_some() {
        out.raw("<p>Solid dots are corrected for the classifier\u{2019}s errors, hollow dots are as classified.</p>");
    }
    let all: Vec<&Tally> = comparison.outlets.iter().map(|row| &row.tally).collect();
    one(out, comparison, &all);
    csv_link(out, "outlets", &tidy::outlets(comparison));
    let groups = by_who(&comparison.actors);
    for (number, tallies) in groups.iter().enumerate() {
        if number == OPEN_ACTORS {
            out.raw("<details><summary>")
                .number(groups.len() - OPEN_ACTORS)
                .raw(" more</summary>");
        }
        let Some(first) = tallies.first() else {
            continue;
        };
        let name = if first.is_rest {
            "All other actors"
        } else {
            first.who.as_deref().unwrap_or("unresolved")
        };
        let n: usize = tallies.iter().map(|tally| tally.n_statements).sum();
        out.raw(if number < OPEN_ACTORS {
            "<details open><summary><strong>"
        } else {
            "<details><summary><strong>"
        })
        .text(name)
        .raw("</strong> <small>")
        .number(n)
        .raw(if n == 1 { " statement" } else { " statements" })
        .raw("</small></summary>");
        one(out, comparison, tallies);
        out.raw("</details>");
    }
    if groups.len() > OPEN_ACTORS {
        out.raw("</details>");
    }
    csv_link(out, "actors", &tidy::tallies("actor", &comparison.actors));
    out.raw("</section>");
}

/// Runs of tallies of one actor.
pub(super) fn by_who(tallies: &[Tally]) -> Vec<Vec<&Tally>> {
    let mut groups: Vec<Vec<&Tally>> = Vec::new();
    for tally in tallies {
        match groups.last_mut() {
            Some(group) if group[0].who == tally.who && group[0].is_rest == tally.is_rest => {
                group.push(tally);
            }
            _ => groups.push(vec![tally]),
        }
    }
    groups
}

fn one(out: &mut Markup, comparison: &Comparison, tallies: &[&Tally]) {
    let mut rows: Vec<(&Tally, Option<&Corrected>)> = tallies
        .iter()
        .filter(|tally| tally.n_statements > 0)
        .map(|tally| (*tally, corrected(comparison, tally)))
        .collect();
    let shown = |row: &(&Tally, Option<&Corrected>)| {
        row.1
            .and_then(|row| row.corrected.value)
            .or(row.0.score.value)
    };
    rows.sort_by(|a, b| {
        shown(b)
            .unwrap_or(f64::NEG_INFINITY)
            .total_cmp(&shown(a).unwrap_or(f64::NEG_INFINITY))
    });
    let weight: f64 = rows
        .iter()
        .filter(|row| row.0.score.value.is_some())
        .map(|row| row.0.weight)
        .sum();
    let pooled = (weight > 0.0).then(|| {
        rows.iter()
            .filter_map(|row| row.0.score.value.map(|value| value * row.0.weight))
            .sum::<f64>()
            / weight
    });
    out.raw("<ol class=\"rows\">");
    for (tally, corrected) in rows {
        out.raw("<li><span class=\"who\">")
            .text(&tally.outlet)
            .raw("</span>");
        whisker(
            out,
            Scale::SCORES,
            &tally.score,
            corrected.map(|row| &row.corrected),
            pooled,
        );
        out.raw("<span class=\"told\">")
            .text(&told(corrected.map_or(&tally.score, |row| &row.corrected)));
        out.raw(" <small>n ")
            .number(tally.n_statements)
            .raw("</small></span></li>");
    }
    out.raw("</ol><div class=\"axis\"><span></span><span class=\"ends\"><span>\u{2212}1 hostile</span><span>0</span><span>+1 supportive</span></span><span></span></div>");
}

fn corrected<'c>(comparison: &'c Comparison, tally: &Tally) -> Option<&'c Corrected> {
    let correction = comparison.correction.as_ref()?;
    let rows = if tally.who.is_none() && !tally.is_rest {
        &correction.outlets
    } else {
        &correction.actors
    };
    rows.iter()
        .find(|row| row.who == tally.who && row.outlet == tally.outlet)
}

/// An estimate in words: figure, interval, or why there is none.
pub(super) fn told(estimate: &Estimate) -> String {
    let Some(value) = estimate.value else {
        return "no position".to_owned();
    };
    let mut words = signed(value);
    if let (Some(low), Some(high)) = (estimate.low, estimate.high) {
        let _ = write!(words, " ({} to {})", signed(low), signed(high));
    }
    words.push_str(match estimate.caution {
        Some(Caution::TooFew) => " too few articles",
        Some(Caution::Few) => " few articles",
        Some(Caution::Unstable) => " unstable",
        None => "",
    });
    words
}
