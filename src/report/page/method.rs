//! How the figures came about and what to be careful with, in plain words; copies, correction and plan as tables.

use super::figure::{close_wide, csv_link, heads, n, open_wide};
use super::forest::told;
use super::markup::{Markup, percent};
use crate::compare::findings::{Correction, Method, Plan};
use crate::compare::{Comparison, CopyPolicy, Scoring};
use crate::report::tidy;

pub(super) fn draw(out: &mut Markup, comparison: &Comparison) {
    let settings = &comparison.settings;
    super::figure::section(
        out,
        "method",
        "How this was made, and what to be careful with",
    );
    out.raw("<p>A program found the statements in the articles (quotations, reported speech and acts), named who makes them, and gave each a stance \
             toward the proposal: supportive, skeptical, hostile, or no position. The score of a statement is the probability that it is supportive minus \
             the probability that it is hostile.</p><ul>");
    out.element(
        "li",
        match settings.scoring {
            Scoring::Soft => "Sums are over calibrated probabilities, not over likeliest labels.",
            Scoring::Hard => "Sums are over likeliest labels.",
        },
    );
    for note in &comparison.notes {
        out.element("li", &note.text);
    }
    out.raw("</ul>");
    copies_table(out, comparison);
    if let Some(correction) = &comparison.correction {
        corrected(out, correction);
        csv_link(out, "correction", &tidy::corrections(comparison));
    }
    if let Some(wished) = &comparison.plan {
        plan(out, wished);
    }
    out.raw("</section>");
}

fn copies_table(out: &mut Markup, comparison: &Comparison) {
    out.raw("<h3>Copies</h3><p>")
        .number(comparison.copies.clusters.len());
    out.raw(" clusters of copies were found, by ")
        .raw(if comparison.copies.from_texts {
            "the articles\u{2019} texts"
        } else {
            "the statements\u{2019} words alone"
        });
    out.raw(". The mean score under each way of counting them:</p>");
    open_wide(out, "Scores by treatment of copies");
    heads(
        out,
        &[
            "Outlet",
            ">Articles in copies",
            ">All count",
            ">Once an outlet",
            ">Originals only",
        ],
    );
    out.raw("<tbody>");
    for row in &comparison.outlets {
        out.raw("<tr><th scope=\"row\">")
            .text(&row.outlet)
            .raw("</th>");
        n(out, &percent(row.wire_rate));
        for policy in CopyPolicy::ALL {
            let value = row
                .by_policy
                .iter()
                .find(|(of, _)| *of == policy)
                .and_then(|(_, value)| *value);
            n(
                out,
                &value.map_or_else(|| "\u{2013}".to_owned(), super::markup::signed),
            );
        }
        out.raw("</tr>");
    }
    out.raw("</tbody>");
    close_wide(out);
}

fn corrected(out: &mut Markup, correction: &Correction) {
    out.raw("<h3>Correction for the classifier\u{2019}s errors</h3><p>");
    match correction.method {
        Method::Design => out.raw("From ").number(correction.n_labels).raw(" hand labels drawn with known probabilities. "),
        Method::PriorShift => out.raw("Without hand labels, from the model\u{2019}s errors on its own held-out data, assuming that they are the same in every outlet. "),
    };
    out.raw("The bias says how far the classifier\u{2019}s errors moved an outlet.</p>");
    open_wide(out, "Corrected scores");
    heads(
        out,
        &["Outlet", ">Labels", ">As classified", ">Corrected", ">Bias"],
    );
    out.raw("<tbody>");
    for row in &correction.outlets {
        out.raw("<tr><th scope=\"row\">")
            .text(&row.outlet)
            .raw("</th>");
        n(out, &row.n_labels.to_string());
        for estimate in [&row.raw, &row.corrected, &row.bias] {
            n(out, &told(estimate));
        }
        out.raw("</tr>");
    }
    out.raw("</tbody>");
    close_wide(out);
}

fn plan(out: &mut Markup, plan: &Plan) {
    out.raw("<h3>How many labels buy which width</h3><p>")
        .text(&plan.basis)
        .raw("</p>");
    open_wide(out, "Labels and widths");
    heads(
        out,
        &[
            ">Labels in each outlet",
            ">Half width of the interval",
            ">Difference found four times of five",
        ],
    );
    out.raw("<tbody>");
    for row in &plan.rows {
        out.raw("<tr>");
        n(out, &row.n_labels.to_string());
        n(out, &format!("{:.2}", row.typical));
        n(out, &format!("{:.2}", row.detectable));
        out.raw("</tr>");
    }
    out.raw("</tbody>");
    close_wide(out);
}
