//! The page's beginning: what was compared, and what was found in a few sentences. Each sentence repeats a figure below.

use std::fmt::Write as _;

use super::forest::told;
use super::gap::probability;
use super::markup::{Markup, percent, signed};
use crate::compare::comparison::Contrast;
use crate::compare::{Comparison, Estimate};

const MOST_FINDINGS: usize = 5;
/// Wire rate from which an outlet is named.
const MUCH_WIRE: f64 = 0.1;

pub(super) fn draw(out: &mut Markup, comparison: &Comparison) {
    let corpus = &comparison.corpus;
    out.raw("<header><h1>Who supports, doubts or fights the proposal, in whose newspaper</h1><p class=\"soft\">");
    out.number(corpus.n_statements)
        .raw(" statements in ")
        .number(corpus.n_articles)
        .raw(" articles of ")
        .number(comparison.outlets.len())
        .raw(" outlets");
    if let (Some(first), Some(last)) = (&corpus.first_day, &corpus.last_day) {
        out.raw(", ").text(first).raw(" to ").text(last);
    }
    out.raw("; classified by ")
        .text(&corpus.models.join(", "))
        .raw(".</p></header>");
    contents(out, comparison);
    out.raw(
        "<section aria-labelledby=\"h-brief\"><h2 id=\"h-brief\">In brief</h2><ul class=\"brief\">",
    );
    for finding in findings(comparison) {
        out.element("li", &finding);
    }
    out.raw("</ul></section>");
}

fn contents(out: &mut Markup, comparison: &Comparison) {
    out.raw("<nav aria-label=\"Contents\"><ul>");
    for (id, words) in [
        ("score", "Scores"),
        ("actors", "Actors"),
        ("mix", "Stances"),
        ("weeks", "Weeks"),
        ("gaps", "Gaps"),
        ("quotations", "Quotations"),
        ("evidence", "Evidence"),
        ("method", "Method"),
    ] {
        let absent = (id == "weeks" && comparison.weekly.weeks.len() < 2)
            || (id == "quotations" && comparison.quotations.groups.is_empty());
        if !absent {
            out.raw("<li><a href=\"#h-")
                .raw(id)
                .raw("\">")
                .raw(words)
                .raw("</a></li>");
        }
    }
    out.raw("</ul></nav>");
}

/// What was found, in sentences; also what was not.
pub(super) fn findings(comparison: &Comparison) -> Vec<String> {
    let mut found = Vec::new();
    let level = format!("{:.0} %", 100.0 * comparison.settings.level);
    found.push(match comparison.tests.omnibus {
        Some(p) if p <= 0.05 => format!(
            "Outlets differ in how the statements that they carry stand to the proposal (p {}).",
            equal(p)
        ),
        Some(p) => format!(
            "No difference between outlets is shown (p {}): what follows may be chance.",
            equal(p)
        ),
        None => "Too few articles to say whether outlets differ.".to_owned(),
    });
    let mut marked: Vec<&Contrast> = comparison
        .tests
        .contrasts
        .iter()
        .filter(|one| one.marked && !one.only_raw)
        .collect();
    marked.sort_by(|a, b| {
        (a.who.is_some(), size(b))
            .partial_cmp(&(b.who.is_some(), size(a)))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    for one in marked.into_iter().take(MOST_FINDINGS) {
        found.push(contrast(comparison, one));
    }
    for row in comparison
        .outlets
        .iter()
        .filter(|row| row.wire_rate >= MUCH_WIRE)
        .take(MOST_FINDINGS)
    {
        found.push(format!(
            "{} of the articles of {} stand in another outlet too.",
            percent(row.wire_rate),
            row.outlet
        ));
    }
    for row in comparison
        .quotations
        .omission
        .iter()
        .filter(|row| row.outlet.is_some())
    {
        if let (Some(odds), Some(low), Some(high), Some(outlet)) =
            (row.odds_ratio, row.low, row.high, &row.outlet)
            && row
                .q
                .is_some_and(|q| q <= comparison.settings.false_discovery)
        {
            let (more, less) = if odds > 1.0 {
                ("hostile", "supportive")
            } else {
                ("supportive", "hostile")
            };
            found.push(format!("{outlet} leaves out {more} quotations more than {less} ones (odds ratio {odds:.1}, {level} interval {low:.1} to {high:.1})."));
        }
    }
    found
}

fn contrast(comparison: &Comparison, one: &Contrast) -> String {
    let value = one.difference.value.unwrap_or(0.0);
    let from_first = value >= 0.0;
    let seen = |estimate: &Estimate| {
        if from_first {
            *estimate
        } else {
            estimate.reversed()
        }
    };
    let (higher, lower) = if from_first {
        (&one.first, &one.second)
    } else {
        (&one.second, &one.first)
    };
    let whom = one
        .who
        .as_ref()
        .map_or_else(String::new, |who| format!(" of {who}"));
    let mut words = format!(
        "{higher} carries more supportive statements{whom} than {lower}: difference {}",
        told(&seen(&one.difference))
    );
    if let Some(q) = one.q {
        let _ = write!(words, ", q {}", equal(q));
    }
    if one.who.is_none()
        && let Some(gap) = comparison
            .decompositions
            .iter()
            .find(|gap| gap.first == one.first && gap.second == one.second)
        && let (Some(selection), Some(framing)) =
            (seen(&gap.selection).value, seen(&gap.framing).value)
    {
        let _ = write!(
            words,
            "; {} of it from whom they quote, {} from which of their words",
            signed(selection),
            signed(framing)
        );
    }
    words.push('.');
    words
}

fn size(one: &Contrast) -> f64 {
    one.difference.value.map_or(0.0, f64::abs)
}

fn equal(p: f64) -> String {
    let words = probability(p);
    if words.starts_with('<') {
        words
    } else {
        format!("= {words}")
    }
}
