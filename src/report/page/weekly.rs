//! Weekly mean scores, one strip an outlet on the same scale; a week without a position is a gap in the line.

use super::figure::csv_link;
use super::markup::{Markup, signed};
use crate::compare::Comparison;
use crate::compare::comparison::{Line, WeekPoint};
use crate::report::tidy;

/// Drawing space of a strip: weeks across, scores from 1 at the top to -1 at the bottom.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 60.0;

pub(super) fn draw(out: &mut Markup, comparison: &Comparison) {
    let weekly = &comparison.weekly;
    if weekly.weeks.len() < 2 {
        return;
    }
    super::figure::section(out, "weeks", "Week by week");
    out.raw("<p>Mean score of each week, top +1, middle 0, bottom \u{2212}1; the band is the interval. Nothing is smoothed; a gap is a week without a position.</p><ol class=\"rows\">");
    for line in &weekly.lines {
        out.raw("<li><span class=\"who\">")
            .text(&line.outlet)
            .raw("</span>");
        strip(out, line);
        out.raw("<span class=\"told\">")
            .text(&ends(&weekly.weeks, line))
            .raw("</span></li>");
    }
    out.raw("</ol><div class=\"axis\"><span></span><span class=\"ends\"><span>");
    out.text(&weekly.weeks[0])
        .raw("</span><span>")
        .text(&weekly.weeks[weekly.weeks.len() - 1])
        .raw("</span></span><span></span></div>");
    csv_link(out, "weeks", &tidy::weekly(weekly));
    out.raw("</section>");
}

/// First and last known point in words.
fn ends(weeks: &[String], line: &Line) -> String {
    let known: Vec<_> = weeks
        .iter()
        .zip(&line.points)
        .filter_map(|(week, point)| Some((week, point.as_ref()?.score.value?)))
        .collect();
    match (known.first(), known.last()) {
        (Some((from, first)), Some((to, last))) if from != to => {
            format!("{} to {}", signed(*first), signed(*last))
        }
        (Some((week, only)), _) => format!("{} in {week}", signed(*only)),
        _ => "no position".to_owned(),
    }
}

fn strip(out: &mut Markup, line: &Line) {
    out.raw("<svg class=\"course-strip\" width=\"100%\" height=\"60\" viewBox=\"0 0 1000 60\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\"><line class=\"zero\" x1=\"0\" x2=\"1000\" y1=\"30\" y2=\"30\"/>");
    let across = |week: usize| WIDTH * (week as f64 + 0.5) / line.points.len() as f64;
    let down = |score: f64| HEIGHT * (1.0 - score) / 2.0;
    for run in runs(line) {
        let ribbon: Vec<(usize, f64, f64)> = run
            .iter()
            .filter_map(|(week, point)| Some((*week, point.score.low?, point.score.high?)))
            .collect();
        if ribbon.len() > 1 {
            out.raw("<polygon class=\"ribbon\" points=\"");
            for (week, _, high) in &ribbon {
                out.number(format_args!("{:.1},{:.1} ", across(*week), down(*high)));
            }
            for (week, low, _) in ribbon.iter().rev() {
                out.number(format_args!("{:.1},{:.1} ", across(*week), down(*low)));
            }
            out.raw("\"/>");
        }
        out.raw("<polyline class=\"course\" points=\"");
        for (week, point) in &run {
            let at = down(point.score.value.unwrap_or(0.0));
            if run.len() == 1 {
                // A lone week is a short dash, for a line of one point is not drawn.
                out.number(format_args!(
                    "{:.1},{at:.1} {:.1},{at:.1} ",
                    across(*week) - 4.0,
                    across(*week) + 4.0
                ));
            } else {
                out.number(format_args!("{:.1},{at:.1} ", across(*week)));
            }
        }
        out.raw("\"/>");
    }
    out.raw("</svg>");
}

/// Runs of neighbouring weeks with a score.
fn runs(line: &Line) -> Vec<Vec<(usize, &WeekPoint)>> {
    let mut runs: Vec<Vec<(usize, &WeekPoint)>> = vec![Vec::new()];
    for (week, point) in line.points.iter().enumerate() {
        match point.as_ref().filter(|point| point.score.value.is_some()) {
            Some(point) => {
                if let Some(run) = runs.last_mut() {
                    run.push((week, point));
                }
            }
            None if runs.last().is_some_and(|run| !run.is_empty()) => runs.push(Vec::new()),
            None => {}
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}
