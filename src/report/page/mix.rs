//! Stacked shares of stances for each outlet: positions first, `none` and abstained beside them.

use super::figure::{close_wide, heads, n, open_wide};
use super::markup::{Markup, percent};
use super::strip::shares;
use crate::compare::Comparison;
use crate::compare::comparison::Tally;

/// Classes of the drawing for the labels of the codebook; another label set is drawn in greys.
fn class(label: &str) -> &'static str {
    match label {
        "supportive" => "supportive",
        "skeptical" => "skeptical",
        "hostile" => "hostile",
        _ => "none",
    }
}

pub(super) fn draw(out: &mut Markup, comparison: &Comparison) {
    super::figure::section(out, "mix", "What stands in each outlet");
    out.raw("<p>Shares of all statements of an outlet. A growing share without position is news too.</p><p class=\"legend\">");
    for (key, words) in [
        ("k-supportive", "supportive"),
        ("k-skeptical", "skeptical"),
        ("k-hostile", "hostile"),
        ("k-none", "no position"),
        ("k-abstained", "the model abstains"),
    ] {
        out.raw("<span class=\"key ")
            .raw(key)
            .raw("\"></span>")
            .raw(words);
    }
    out.raw("</p><ol class=\"rows\">");
    for row in &comparison.outlets {
        out.raw("<li><span class=\"who\">")
            .text(&row.outlet)
            .raw("</span>");
        shares(out, &parts(&row.tally));
        out.raw("<span class=\"told\"><small>n ")
            .number(row.tally.n_statements)
            .raw("</small></span></li>");
    }
    out.raw("</ol><details><summary>The shares as numbers</summary>");
    numbers(out, comparison);
    out.raw("</details></section>");
}

/// Shares of all statements: positions, none, abstained; they sum to 1 where all are known.
fn parts(tally: &Tally) -> Vec<(&'static str, f64)> {
    let none = tally.none.value.unwrap_or(0.0);
    let abstained = tally.abstained.value.unwrap_or(0.0);
    let positions = (1.0 - none - abstained).max(0.0);
    let mut parts: Vec<_> = tally
        .mix
        .iter()
        .map(|share| {
            (
                class(&share.label),
                positions * share.share.value.unwrap_or(0.0),
            )
        })
        .collect();
    parts.extend([("none", none), ("abstained", abstained)]);
    parts
}

fn numbers(out: &mut Markup, comparison: &Comparison) {
    open_wide(out, "Shares of stances by outlet");
    out.raw("<caption>Stances among statements that take a position; no position and abstained among all.</caption>");
    heads(
        out,
        &[
            "Outlet",
            ">Articles",
            ">Statements",
            ">Supportive",
            ">Skeptical",
            ">Hostile",
            ">No position",
            ">Abstained",
            ">From copies",
        ],
    );
    out.raw("<tbody>");
    for row in &comparison.outlets {
        out.raw("<tr><th scope=\"row\">")
            .text(&row.outlet)
            .raw("</th>");
        n(out, &row.n_counted.to_string());
        n(out, &row.tally.n_statements.to_string());
        let share = |label: &str| {
            let share = row.tally.mix.iter().find(|share| share.label == label)?;
            share.share.value
        };
        for value in [
            share("supportive"),
            share("skeptical"),
            share("hostile"),
            row.tally.none.value,
            row.tally.abstained.value,
            Some(row.wire_rate),
        ] {
            n(out, &value.map_or_else(|| "\u{2013}".to_owned(), percent));
        }
        out.raw("</tr>");
    }
    out.raw("</tbody>");
    close_wide(out);
}
