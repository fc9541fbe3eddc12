//! The same quotation in several outlets: who carried it whole, who cut it, who left it out; odds of omission; the verbs that
//! introduce it.

use super::figure::{close_wide, csv_link, heads, n, open_wide};
use super::gap::probability;
use super::markup::Markup;
use crate::compare::Comparison;
use crate::compare::findings::{How, Omission, Quotation};
use crate::report::tidy;

const MOST_QUOTATIONS: usize = 25;
const MOST_CUES: usize = 20;
/// Words of a quotation that are shown: enough to know it by, and a quotation in the legal sense.
const MOST_WORDS: usize = 40;

pub(super) fn draw(out: &mut Markup, comparison: &Comparison) {
    let quotations = &comparison.quotations;
    if quotations.groups.is_empty() {
        return;
    }
    super::figure::section(out, "quotations", "The same words in several outlets");
    out.raw("<p>\u{25CF} carried whole, \u{25D0} cut, \u{25CB} left out though the outlet had other words of this actor or side in that week, \
             blank: not heard of at all. A cut that gives the words another stance is marked with that stance.</p>");
    open_wide(out, "Quotations by outlets");
    out.raw("<thead><tr><th scope=\"col\">Quotation</th>");
    for row in &comparison.outlets {
        out.raw("<th scope=\"col\">").text(&row.outlet).raw("</th>");
    }
    out.raw("</tr></thead><tbody>");
    for quotation in quotations.groups.iter().take(MOST_QUOTATIONS) {
        row(out, comparison, quotation);
    }
    out.raw("</tbody>");
    close_wide(out);
    if quotations.groups.len() > MOST_QUOTATIONS {
        out.raw("<p class=\"soft\">The ")
            .number(MOST_QUOTATIONS)
            .raw(" most carried of ")
            .number(quotations.groups.len())
            .raw(" shared quotations.</p>");
    }
    csv_link(out, "quotations", &tidy::quotations(&quotations.groups));
    habits(out, comparison);
    omission(out, &quotations.omission);
    cues(out, comparison);
    out.raw("</section>");
}

fn row(out: &mut Markup, comparison: &Comparison, quotation: &Quotation) {
    out.raw("<tr><th scope=\"row\">")
        .text(quotation.actor.as_deref().unwrap_or("unresolved"));
    out.raw(" <span class=\"chip ")
        .raw(chip(&quotation.stance))
        .raw("\">")
        .text(&quotation.stance)
        .raw("</span><br><small>");
    out.text(&cut_words(&quotation.text, MOST_WORDS))
        .raw("</small></th>");
    for outlet in &comparison.outlets {
        let carried = quotation
            .outlets
            .iter()
            .find(|carried| carried.outlet == outlet.outlet);
        out.raw("<td class=\"dots\">");
        if let Some(carried) = carried {
            let (sign, words) = match carried.how {
                How::Full => ("\u{25CF}", "carried whole"),
                How::Cut => ("\u{25D0}", "cut"),
                How::Omitted => ("\u{25CB}", "left out"),
            };
            out.raw("<span class=\"how\" role=\"img\" aria-label=\"")
                .raw(words)
                .raw("\">")
                .raw(sign)
                .raw("</span>");
            if carried.changed {
                out.raw("<br><small>")
                    .text(carried.stance.as_deref().unwrap_or_default())
                    .raw("</small>");
            }
        }
        out.raw("</td>");
    }
    out.raw("</tr>");
}

fn habits(out: &mut Markup, comparison: &Comparison) {
    out.raw("<h3>What outlets do with shared quotations</h3>");
    open_wide(out, "Treatment of shared quotations");
    heads(
        out,
        &[
            "Outlet",
            ">Whole",
            ">Cut",
            ">Cut to another stance",
            ">Left out",
        ],
    );
    out.raw("<tbody>");
    for habit in &comparison.quotations.habits {
        out.raw("<tr><th scope=\"row\">")
            .text(&habit.outlet)
            .raw("</th>");
        for count in [habit.n_full, habit.n_cut, habit.n_changed, habit.n_omitted] {
            n(out, &count.to_string());
        }
        out.raw("</tr>");
    }
    out.raw("</tbody>");
    close_wide(out);
}

fn omission(out: &mut Markup, rows: &[Omission]) {
    if rows.is_empty() {
        return;
    }
    out.raw("<h3>What is left out</h3><p>Odds of leaving out a hostile quotation against a supportive one of the same actor (or side) in the same week. \
             Above 1: hostile words are left out more.</p>");
    open_wide(out, "Odds of omission");
    heads(
        out,
        &[
            "Outlet",
            "Compared within",
            ">Hostile left out",
            ">Supportive left out",
            ">Odds ratio",
            ">Interval",
            ">p",
            ">q",
        ],
    );
    out.raw("<tbody>");
    for row in rows {
        out.raw("<tr><th scope=\"row\">")
            .text(row.outlet.as_deref().unwrap_or("all"))
            .raw("</th><td>")
            .raw(row.strata)
            .raw("</td>");
        n(out, &format!("{} of {}", row.hostile.1, row.hostile.0));
        n(
            out,
            &format!("{} of {}", row.supportive.1, row.supportive.0),
        );
        n(
            out,
            &row.odds_ratio
                .map_or_else(|| "\u{2013}".to_owned(), |odds| format!("{odds:.2}")),
        );
        n(
            out,
            &match (row.low, row.high) {
                (Some(low), Some(high)) => format!("{low:.2} to {high:.2}"),
                _ => "\u{2013}".to_owned(),
            },
        );
        n(
            out,
            &row.p.map_or_else(|| "\u{2013}".to_owned(), probability),
        );
        n(
            out,
            &row.q.map_or_else(|| "\u{2013}".to_owned(), probability),
        );
        out.raw("</tr>");
    }
    out.raw("</tbody>");
    close_wide(out);
}

fn cues(out: &mut Markup, comparison: &Comparison) {
    let cues = &comparison.quotations.cues;
    if cues.is_empty() {
        return;
    }
    out.raw("<details><summary>The words that introduce the same quotations</summary>");
    open_wide(out, "Cues by outlet");
    heads(
        out,
        &["Outlet", "Cue", ">Here", ">Elsewhere", ">Log-odds", ">z"],
    );
    out.raw("<tbody>");
    for cue in cues.iter().take(MOST_CUES) {
        out.raw("<tr><th scope=\"row\">")
            .text(&cue.outlet)
            .raw("</th><td>")
            .text(&cue.cue)
            .raw("</td>");
        n(out, &cue.n.to_string());
        n(out, &cue.n_others.to_string());
        n(out, &super::markup::signed(cue.log_odds));
        n(out, &super::markup::signed(cue.z));
        out.raw("</tr>");
    }
    out.raw("</tbody>");
    close_wide(out);
    out.raw("</details>");
}

/// Class of a stance's chip.
pub(super) fn chip(stance: &str) -> &'static str {
    match stance {
        "supportive" => "supportive",
        "skeptical" => "skeptical",
        "hostile" => "hostile",
        _ => "none",
    }
}

/// At most `most` words, with an ellipsis where more follow.
pub(super) fn cut_words(words: &str, most: usize) -> String {
    let mut all = words.split_whitespace();
    let mut kept: Vec<&str> = all.by_ref().take(most).collect();
    if all.next().is_some() {
        kept.push("\u{2026}");
    }
    kept.join(" ")
}
