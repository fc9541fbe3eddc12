//! Actors by outlets: a score and a count in each cell, the colour only repeats the score. Cells lead to their evidence.

use super::evidence::anchor;
use super::figure::{close_wide, csv_link, open_wide};
use super::forest::by_who;
use super::markup::{Markup, signed};
use crate::compare::Comparison;
use crate::compare::comparison::Tally;
use crate::report::tidy;

/// Classes of colour from hostile to supportive.
const CLASSES: [&str; 7] = ["c0", "c1", "c2", "c3", "c4", "c5", "c6"];

pub(super) fn draw(out: &mut Markup, comparison: &Comparison) {
    super::figure::section(out, "actors", "Who is let speak, and with which statements");
    out.raw("<p>Mean score and number of statements of each actor in each outlet. Hatched cells rest on fewer than five independent articles. \
             A dash: not heard. \
             A cell leads to its statements.</p>");
    table(
        out,
        comparison,
        "Actors by outlets",
        &comparison.actors,
        true,
    );
    csv_link(
        out,
        "actors-by-outlets",
        &tidy::tallies("actor", &comparison.actors),
    );
    out.raw("<details><summary>The same by side</summary>");
    table(
        out,
        comparison,
        "Sides by outlets",
        &comparison.sides,
        false,
    );
    csv_link(
        out,
        "sides-by-outlets",
        &tidy::tallies("side", &comparison.sides),
    );
    out.raw("</details></section>");
}

fn table(
    out: &mut Markup,
    comparison: &Comparison,
    label: &'static str,
    tallies: &[Tally],
    linked: bool,
) {
    open_wide(out, label);
    out.raw("<thead><tr><th scope=\"col\">")
        .raw(if linked { "Actor" } else { "Side" })
        .raw("</th>");
    for row in &comparison.outlets {
        out.raw("<th scope=\"col\">").text(&row.outlet).raw("</th>");
    }
    out.raw("</tr></thead><tbody>");
    for (number, group) in by_who(tallies).into_iter().enumerate() {
        let name = if group[0].is_rest {
            "all others"
        } else {
            group[0].who.as_deref().unwrap_or("unresolved")
        };
        out.raw("<tr><th scope=\"row\">").text(name).raw("</th>");
        for (column, row) in comparison.outlets.iter().enumerate() {
            let tally = group.iter().find(|tally| tally.outlet == row.outlet);
            cell(
                out,
                tally.copied(),
                comparison.settings.least_clusters,
                linked.then_some((number, column)),
            );
        }
        out.raw("</tr>");
    }
    out.raw("</tbody>");
    close_wide(out);
}

fn cell(out: &mut Markup, tally: Option<&Tally>, least: usize, at: Option<(usize, usize)>) {
    let Some(tally) = tally.filter(|tally| tally.n_statements > 0) else {
        out.raw("<td class=\"cell absent\">\u{2013}</td>");
        return;
    };
    let class = tally
        .score
        .value
        .map_or("absent", |score| CLASSES[class_of(score)]);
    out.raw("<td class=\"cell ").raw(class);
    if tally.score.n_clusters < least {
        out.raw(" few");
    }
    out.raw("\">");
    let words = tally
        .score
        .value
        .map_or_else(|| "no position".to_owned(), signed);
    match at {
        Some(at) => {
            out.raw("<a href=\"#")
                .text(&anchor(at))
                .raw("\">")
                .text(&words)
                .raw("</a>");
        }
        None => {
            out.text(&words);
        }
    }
    out.raw("<small>n ")
        .number(tally.n_statements)
        .raw("</small></td>");
}

/// Number of the colour class of a score, each two sevenths wide.
fn class_of(score: f64) -> usize {
    ((score + 1.0) * 3.5).floor().clamp(0.0, 6.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_even_around_zero() {
        assert_eq!(
            [-1.0, -0.5, -0.1, 0.0, 0.1, 0.5, 1.0].map(class_of),
            [0, 1, 3, 3, 3, 5, 6]
        );
    }
}
