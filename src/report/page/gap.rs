//! Gaps between outlets: which differences hold, and how much of each comes from whom an outlet lets speak and how much from
//! which of their statements it carries.

use super::figure::{close_wide, csv_link, heads, n, open_wide};
use super::forest::told;
use super::markup::{Markup, signed};
use super::strip::{Scale, gap};
use crate::compare::Comparison;
use crate::compare::comparison::{Contrast, Decomposition};
use crate::report::tidy;

/// Pairs in sight; the others stand in the table to download.
const MOST_PAIRS: usize = 28;

pub(super) fn draw(out: &mut Markup, comparison: &Comparison) {
    super::figure::section(out, "gaps", "Whom they quote, or which of their words");
    out.raw("<p>The gap between two outlets\u{2019} mean scores is the sum of two parts. <strong>Selection</strong>: they let different actors speak. \
             <strong>Framing</strong>: they carry different statements of the same actors. The dot is the whole gap with its interval.</p>\
             <p class=\"legend\"><span class=\"key k-selection\"></span>selection<span class=\"key k-framing\"></span>framing</p>");
    let mut gaps: Vec<&Decomposition> = comparison.decompositions.iter().collect();
    gaps.sort_by(|a, b| size(b).total_cmp(&size(a)));
    gaps.truncate(MOST_PAIRS);
    let ends = gaps
        .iter()
        .flat_map(|gap| {
            [
                gap.gap.value,
                gap.gap.low,
                gap.gap.high,
                gap.selection.value,
                gap.framing.value,
            ]
        })
        .flatten();
    let scale = Scale::around_zero(ends);
    out.raw("<ol class=\"rows\">");
    for one in &gaps {
        out.raw("<li><span><span class=\"who\">")
            .text(&one.first)
            .raw("</span> minus ")
            .text(&one.second)
            .raw("</span>");
        gap(out, scale, one.selection.value, one.framing.value, &one.gap);
        out.raw("<span class=\"told\">")
            .text(&told(&one.gap))
            .raw("<br><small>selection ");
        out.text(&part(one.selection.value))
            .raw(", framing ")
            .text(&part(one.framing.value))
            .raw("</small></span></li>");
    }
    let (low, high) = scale.ends();
    out.raw("</ol><div class=\"axis\"><span></span><span class=\"ends\"><span>")
        .text(&signed(low))
        .raw("</span><span>0</span><span>");
    out.text(&signed(high))
        .raw("</span></span><span></span></div>");
    if comparison.decompositions.len() > gaps.len() {
        out.raw("<p class=\"soft\">The largest gaps of ")
            .number(comparison.decompositions.len())
            .raw(" pairs.</p>");
    }
    csv_link(
        out,
        "gaps",
        &tidy::decompositions(&comparison.decompositions),
    );
    tests(out, comparison);
    out.raw("</section>");
}

fn size(gap: &Decomposition) -> f64 {
    gap.gap.value.map_or(0.0, f64::abs)
}

fn part(value: Option<f64>) -> String {
    value.map_or_else(|| "unknown".to_owned(), signed)
}

fn tests(out: &mut Markup, comparison: &Comparison) {
    out.raw("<h3>Which differences hold</h3><p>");
    match comparison.tests.omnibus {
        Some(p) => out
            .raw("Whether outlets differ at all: p = ")
            .text(&probability(p))
            .raw(". "),
        None => out.raw(
            "There are too few outlets with enough articles to test whether they differ at all. ",
        ),
    };
    out.raw("Outlets are exchanged at random within weeks; q is the false discovery rate over all pairs and actors tested. Read the size first.</p>");
    let mut shown: Vec<&Contrast> = comparison
        .tests
        .contrasts
        .iter()
        .filter(|one| one.who.is_none() || one.marked)
        .collect();
    shown.sort_by(|a, b| a.q.unwrap_or(2.0).total_cmp(&b.q.unwrap_or(2.0)));
    shown.truncate(2 * MOST_PAIRS);
    open_wide(out, "Differences between outlets");
    heads(
        out,
        &[
            "First",
            "Second",
            "Actor",
            ">Difference",
            ">p",
            ">q",
            "Verdict",
        ],
    );
    out.raw("<tbody>");
    for one in shown {
        out.raw("<tr><td>")
            .text(&one.first)
            .raw("</td><td>")
            .text(&one.second)
            .raw("</td><td>")
            .text(one.who.as_deref().unwrap_or("all"));
        out.raw("</td>");
        n(out, &told(&one.difference));
        n(
            out,
            &one.p.map_or_else(|| "\u{2013}".to_owned(), probability),
        );
        n(
            out,
            &one.q.map_or_else(|| "\u{2013}".to_owned(), probability),
        );
        out.raw("<td>").raw(match (one.marked, one.only_raw) {
            (true, false) => "holds",
            (true, true) => "only before correction",
            (false, _) => "",
        });
        out.raw("</td></tr>");
    }
    out.raw("</tbody>");
    close_wide(out);
    csv_link(
        out,
        "differences",
        &tidy::contrasts(&comparison.tests.contrasts),
    );
}

/// A probability with as many digits as it bears.
pub(super) fn probability(p: f64) -> String {
    if p < 0.001 {
        "< 0.001".to_owned()
    } else {
        format!("{p:.3}")
    }
}
