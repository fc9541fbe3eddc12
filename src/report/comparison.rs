//! A comparison for a person at a terminal: the same figures as the page, without drawings. It computes nothing.

use std::fmt::Write as _;

use super::table::Table;
use crate::compare::comparison::Tally;
use crate::compare::{Caution, Comparison, Estimate};
use crate::error::visible;

const MOST_ROWS: usize = 12;

/// The tables of a comparison with words between them.
pub fn text(comparison: &Comparison) -> String {
    let corpus = &comparison.corpus;
    let mut out = format!(
        "{} statements in {} articles of {} outlets",
        corpus.n_statements,
        corpus.n_articles,
        comparison.outlets.len()
    );
    if let (Some(first), Some(last)) = (&corpus.first_day, &corpus.last_day) {
        let _ = write!(out, ", {first} to {last}");
    }
    let _ = write!(out, "\nModel {}\n", visible(&corpus.models.join(", ")));
    out.push_str("\nOutlets (score: +1 all support, -1 all are hostile; shares of stances among positions)\n");
    out.push_str(&outlets(comparison));
    out.push_str("\nActors by outlet\n");
    out.push_str(&actors(&comparison.actors));
    out.push_str(&differences(comparison));
    out.push_str(&gaps(comparison));
    out.push_str(&quotations(comparison));
    out.push_str(&correction(comparison));
    if !comparison.notes.is_empty() {
        out.push_str("\nTo be careful with\n");
        for note in &comparison.notes {
            let _ = writeln!(out, "  {}", visible(&note.text));
        }
    }
    out
}

fn outlets(comparison: &Comparison) -> String {
    let mut table = Table::new(&[
        "outlet",
        ">articles",
        ">from copies",
        ">statements",
        ">score",
        "interval",
        ">supp.",
        ">skept.",
        ">hostile",
        ">none",
        ">abst.",
    ]);
    for row in &comparison.outlets {
        let share = |label: &str| {
            row.tally
                .mix
                .iter()
                .find(|share| share.label == label)
                .and_then(|share| share.share.value)
        };
        table.row([
            visible(&row.outlet),
            row.n_counted.to_string(),
            percent(Some(row.wire_rate)),
            row.tally.n_statements.to_string(),
            score(row.tally.score.value),
            interval(&row.tally.score),
            percent(share("supportive")),
            percent(share("skeptical")),
            percent(share("hostile")),
            percent(row.tally.none.value),
            percent(row.tally.abstained.value),
        ]);
    }
    table.lines()
}

fn actors(tallies: &[Tally]) -> String {
    let mut table = Table::new(&[
        "actor",
        "outlet",
        ">statements",
        ">voice",
        ">score",
        "interval",
    ]);
    let mut last: Option<&Tally> = None;
    let mut shown = 0;
    for tally in tallies.iter().filter(|tally| tally.n_statements > 0) {
        let new = last.is_none_or(|last| last.who != tally.who || last.is_rest != tally.is_rest);
        if new {
            shown += 1;
            if shown > MOST_ROWS {
                break;
            }
        }
        let name = match (&tally.who, tally.is_rest) {
            _ if !new => String::new(),
            (_, true) => "all others".to_owned(),
            (Some(name), _) => visible(name),
            (None, _) => "unresolved".to_owned(),
        };
        table.row([
            name,
            visible(&tally.outlet),
            tally.n_statements.to_string(),
            percent(tally.voice.value),
            score(tally.score.value),
            interval(&tally.score),
        ]);
        last = Some(tally);
    }
    table.lines()
}

fn differences(comparison: &Comparison) -> String {
    let tests = &comparison.tests;
    let mut out = match tests.omnibus {
        Some(p) => format!("\nDo outlets differ at all? p = {p:.4}\n"),
        None => return "\nToo few articles to test whether outlets differ.\n".to_owned(),
    };
    let marked: Vec<_> = tests.contrasts.iter().filter(|one| one.marked).collect();
    if marked.is_empty() {
        out.push_str("  no difference between two outlets holds\n");
        return out;
    }
    let mut table = Table::new(&[
        "first",
        "second",
        "actor",
        ">difference",
        "interval",
        ">p",
        ">q",
        "",
    ]);
    for one in marked.iter().take(2 * MOST_ROWS) {
        table.row([
            visible(&one.first),
            visible(&one.second),
            one.who.as_deref().map_or_else(|| "all".to_owned(), visible),
            score(one.difference.value),
            interval(&one.difference),
            number(one.p, 4),
            number(one.q, 4),
            if one.only_raw {
                "only before correction"
            } else {
                ""
            }
            .to_owned(),
        ]);
    }
    out.push_str(&table.lines());
    out
}

fn gaps(comparison: &Comparison) -> String {
    if comparison.decompositions.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&[
        "first",
        "second",
        ">gap",
        ">selection",
        "interval",
        ">framing",
        "interval",
    ]);
    let mut gaps: Vec<_> = comparison.decompositions.iter().collect();
    gaps.sort_by(|a, b| {
        let size = |gap: &Estimate| gap.value.map_or(0.0, f64::abs);
        size(&b.gap).total_cmp(&size(&a.gap))
    });
    for gap in gaps.into_iter().take(MOST_ROWS) {
        table.row([
            visible(&gap.first),
            visible(&gap.second),
            score(gap.gap.value),
            score(gap.selection.value),
            interval(&gap.selection),
            score(gap.framing.value),
            interval(&gap.framing),
        ]);
    }
    format!(
        "\nGaps: selection is whom they let speak, framing which of their statements\n{}",
        table.lines()
    )
}

fn quotations(comparison: &Comparison) -> String {
    let quotations = &comparison.quotations;
    if quotations.groups.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&[
        "outlet",
        ">whole",
        ">cut",
        ">to another stance",
        ">left out",
    ]);
    for habit in &quotations.habits {
        table.row([
            visible(&habit.outlet),
            habit.n_full.to_string(),
            habit.n_cut.to_string(),
            habit.n_changed.to_string(),
            habit.n_omitted.to_string(),
        ]);
    }
    let mut out = format!(
        "\n{} quotations stand in two outlets or more\n{}",
        quotations.groups.len(),
        table.lines()
    );
    let mut odds = Table::new(&[
        "outlet",
        "within",
        ">odds of leaving out hostile",
        "interval",
        ">p",
        ">q",
    ]);
    for row in &quotations.omission {
        odds.row([
            row.outlet
                .as_deref()
                .map_or_else(|| "all".to_owned(), visible),
            row.strata.to_owned(),
            number(row.odds_ratio, 2),
            match (row.low, row.high) {
                (Some(low), Some(high)) => format!("{low:.2} to {high:.2}"),
                _ => String::new(),
            },
            number(row.p, 4),
            number(row.q, 4),
        ]);
    }
    if !quotations.omission.is_empty() {
        out.push_str(&odds.lines());
    }
    out
}

fn correction(comparison: &Comparison) -> String {
    let mut out = String::new();
    if let Some(correction) = &comparison.correction {
        let mut table = Table::new(&[
            "outlet",
            ">labels",
            ">raw",
            ">corrected",
            "interval",
            ">bias",
            "interval",
        ]);
        for row in &correction.outlets {
            table.row([
                visible(&row.outlet),
                row.n_labels.to_string(),
                score(row.raw.value),
                score(row.corrected.value),
                interval(&row.corrected),
                score(row.bias.value),
                interval(&row.bias),
            ]);
        }
        let _ = write!(
            out,
            "\nCorrected for the classifier's errors\n{}",
            table.lines()
        );
    }
    if let Some(plan) = &comparison.plan {
        let mut table = Table::new(&[
            ">labels in each outlet",
            ">half width",
            ">difference found 4 times of 5",
        ]);
        for row in &plan.rows {
            table.row([
                row.n_labels.to_string(),
                format!("{:.3}", row.typical),
                format!("{:.3}", row.detectable),
            ]);
        }
        let _ = write!(
            out,
            "\nLabels and what they buy ({})\n{}",
            visible(&plan.basis),
            table.lines()
        );
    }
    out
}

fn score(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:+.2}"))
}

fn percent(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{:.0} %", 100.0 * value))
}

fn number(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.digits$}"))
}

fn interval(estimate: &Estimate) -> String {
    match (estimate.low, estimate.high, estimate.caution) {
        (Some(low), Some(high), caution) => {
            let rough = if caution.is_some() { " rough" } else { "" };
            format!("{low:+.2} to {high:+.2}{rough}")
        }
        (_, _, Some(Caution::TooFew)) => "too few".to_owned(),
        _ => String::new(),
    }
}
