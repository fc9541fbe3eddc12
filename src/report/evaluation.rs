//! An evaluation for a person at a terminal. It computes nothing.

use std::fmt::Write as _;

use super::table::Table;
use crate::evaluate::Paired;
use crate::evaluate::found::Figure;
use crate::evaluate::{Association, Classification, Evaluation, Interval};

/// The evaluation as text.
pub fn text(evaluation: &Evaluation) -> String {
    let mut out = head_text("Stance, given the statements", &evaluation.stance);
    out.push_str(&figures(
        "Stance macro-F1 by kind",
        &evaluation.stance_by_kind,
    ));
    if let Some(tone) = &evaluation.tone {
        out.push_str(&head_text("Tone, given the statements", tone));
    }
    for (whose, found) in [
        ("as labelled", &evaluation.tone_by_stance),
        ("as predicted", &evaluation.tone_by_stance_predicted),
    ] {
        if let Some(found) = found {
            out.push_str(&association_text(whose, found));
        }
    }
    if let Some(extraction) = &evaluation.extraction {
        let title = format!(
            "Extraction: {} articles, {} statements there, {} found (a hit shares half of the longer span)",
            extraction.n_articles, extraction.n_gold, extraction.n_predicted
        );
        out.push_str(&figures(&title, &extraction.figures));
    }
    if let Some(end) = &evaluation.end_to_end {
        let mut rows = end.labels.clone();
        rows.push(Figure {
            name: "macro-F1".to_owned(),
            value: end.macro_f1,
            support: 0,
        });
        rows.push(Figure {
            name: "macro-F1, actor right too".to_owned(),
            value: end.macro_f1_with_actor,
            support: 0,
        });
        out.push_str(&figures(
            "End to end: found and given the right stance (F1)",
            &rows,
        ));
    }
    out
}

/// Stance by tone as text; `whose` says who gave them.
fn association_text(whose: &str, found: &Association) -> String {
    let heads: Vec<String> = std::iter::once("stance, tone:".to_owned())
        .chain(found.tones.iter().map(|tone| format!(">{tone}")))
        .collect();
    let mut table = Table::new(&heads.iter().map(String::as_str).collect::<Vec<_>>());
    for (stance, counts) in found.stances.iter().zip(&found.counts) {
        table.row(std::iter::once(stance.clone()).chain(counts.iter().map(u64::to_string)));
    }
    format!(
        "Tone by stance, {whose}\n{}  Cram\u{e9}r's V {}; stance read off the tone: macro-F1 {}\n\n",
        table.lines(),
        number(found.cramers_v),
        number(found.read_off)
    )
}

/// One head's figures as text.
pub fn head_text(title: &str, scores: &Classification) -> String {
    let mut table = Table::new(&[
        "label",
        ">precision",
        ">recall",
        ">F1",
        "95 % interval",
        ">support",
    ]);
    for row in &scores.labels {
        table.row([
            row.label.clone(),
            number(row.precision),
            number(row.recall),
            number(row.f1.estimate),
            range(&row.f1),
            row.support.to_string(),
        ]);
    }
    let n = scores.n.to_string();
    let blank = String::new;
    table.row([
        "macro-F1".into(),
        blank(),
        blank(),
        number(scores.macro_f1.estimate),
        range(&scores.macro_f1),
        n.clone(),
    ]);
    table.row([
        "accuracy".into(),
        blank(),
        blank(),
        number(scores.accuracy.estimate),
        range(&scores.accuracy),
        n,
    ]);
    let mut out = format!(
        "{title}: {} statements in {} articles\n{}",
        scores.n,
        scores.n_articles,
        table.lines()
    );
    let names: Vec<&str> = scores.labels.iter().map(|row| row.label.as_str()).collect();
    let heads: Vec<String> = std::iter::once("gold, predicted:".to_owned())
        .chain(names.iter().map(|name| format!(">{name}")))
        .collect();
    let mut confusion = Table::new(&heads.iter().map(String::as_str).collect::<Vec<_>>());
    for (name, counts) in names.iter().zip(&scores.confusion) {
        confusion.row(std::iter::once((*name).to_owned()).chain(counts.iter().map(u64::to_string)));
    }
    out.push_str(&confusion.lines());
    if let Some(calibration) = &scores.calibration {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "  calibration error (ECE) {:.3}, Brier {:.3}, log loss {:.3}; abstains from {:.1} %, right in {} of the rest",
            calibration.ece,
            calibration.brier,
            calibration.log_loss,
            100.0 * scores.abstained,
            number(scores.accuracy_kept)
        );
    }
    let points = scores
        .coverage
        .iter()
        .map(|point| format!("{:.0} %: {:.3}", 100.0 * point.coverage, point.risk));
    let _ = writeln!(
        out,
        "  error at coverage {}\n",
        points.collect::<Vec<_>>().join(", ")
    );
    out
}

fn figures(title: &str, figures: &[Figure]) -> String {
    if figures.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&["", ">value", "95 % interval", ">support"]);
    for figure in figures {
        let support = if figure.support == 0 {
            String::new()
        } else {
            figure.support.to_string()
        };
        table.row([
            figure.name.clone(),
            number(figure.value.estimate),
            range(&figure.value),
            support,
        ]);
    }
    format!("{title}\n{}\n", table.lines())
}

/// A figure with three digits, or a dash where it has no value.
pub fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"))
}

/// An interval, or nothing.
pub fn range(interval: &Interval) -> String {
    match (interval.low, interval.high) {
        (Some(low), Some(high)) => format!("{low:.3} to {high:.3}"),
        _ => String::new(),
    }
}
/// Two models on the same statements, as text; `other` names the second.
pub fn paired_text(other: &str, paired: &Paired) -> String {
    let p = paired
        .p
        .map_or_else(|| "-".to_owned(), |p| format!("{p:.4}"));
    format!(
        "\nAgainst {other}, on the same statements\n  macro-F1 {}, so {} ({}) for this model; p {p} by exchanging articles\n  \
         right only here {}, right only there {}\n",
        number(paired.other),
        paired
            .difference
            .estimate
            .map_or_else(|| "-".to_owned(), |gap| format!("{gap:+.3}")),
        range(&paired.difference),
        paired.only_right.0,
        paired.only_right.1
    )
}
