//! Checks and agreement of labels for a person at a terminal. It computes nothing.

use std::fmt::Write as _;

use super::evaluation::{number, range};
use super::table::Table;
use crate::error::visible;
use crate::features::Example;
use crate::label::LabelSet;
use crate::labels::actor_words::StrayName;
use crate::labels::agreement::Agreement;
use crate::labels::check::Check;
use crate::labels::curve::{BatchWorth, Step};
use crate::labels::suspects::Suspect;
use crate::labels::trials::Ablated;

/// Differences, duplicates and contradictions that are listed.
const MOST: usize = 30;

/// How far the annotations of `first` and `second` agree, as text.
pub fn agreement_text(first: &str, second: &str, found: &Agreement) -> String {
    let mut table = Table::new(&[
        "Krippendorff's alpha",
        ">alpha",
        "95 % interval",
        ">statements",
    ]);
    for one in found.coefficients.iter().filter(|one| one.n > 0) {
        table.row([
            one.name.clone(),
            number(one.alpha.estimate),
            range(&one.alpha),
            one.n.to_string(),
        ]);
    }
    let mut out = format!("{} and {}\n", visible(first), visible(second));
    // Writing to a string cannot fail, here and below.
    if found.n_articles > 0 {
        let (one, other) = found.n_statements;
        let _ = writeln!(
            out,
            "{} articles with {one} and {other} statements; both found the same: F1 {} ({})",
            found.n_articles,
            number(found.unit_f1.estimate),
            range(&found.unit_f1),
        );
    }
    if found.n_single > 0 {
        let _ = writeln!(out, "{} single statements", found.n_single);
    }
    out.push_str(&table.lines());
    let _ = writeln!(out, "different stances: {}", found.differences.len());
    for one in found.differences.iter().take(MOST) {
        let _ = writeln!(
            out,
            "  {}\t{} / {}\t{}",
            one.article,
            one.first,
            one.second,
            visible(&one.text)
        );
    }
    out
}

/// The first `most` of a ranking of doubtful labels, as text; `examples` are the statements that it numbers.
pub fn suspects_text(
    ranked: &[Suspect],
    examples: &[Example],
    labels: &LabelSet,
    most: usize,
) -> String {
    let mut out = String::new();
    if most == 0 {
        return out;
    }
    let mut table = Table::new(&["likely wrong", "given", "likelier", ">P(given)", "words"]);
    for suspect in ranked.iter().take(most) {
        let example = &examples[suspect.at];
        let words: String = example.text.replace('\n', " ").chars().take(100).collect();
        table.row([
            visible(&example.article),
            labels.labels[suspect.given].clone(),
            labels.labels[suspect.likelier].clone(),
            format!("{:.3}", suspect.probability),
            visible(&words),
        ]);
    }
    out.push_str(&table.lines());
    out
}

/// What labelled files hold, as text.
pub fn check_text(check: &Check) -> String {
    let mut out = String::new();
    let _ = write_check(check, &mut out);
    out
}

fn write_check(check: &Check, out: &mut String) -> std::fmt::Result {
    writeln!(
        out,
        "{} articles with {} statements, {} single statements, {} groups",
        check.n_articles, check.n_in_articles, check.n_single, check.n_groups
    )?;
    let n = check.n_in_articles + check.n_single;
    for (field, values) in &check.counts {
        let of_statements = ["stance", "tone", "kind"].contains(&field.as_str());
        let total = if of_statements { n } else { check.n_articles };
        let mut table = Table::new(&[field, ">n", ">%"]);
        for (value, count) in values {
            let share = 100.0 * *count as f64 / total.max(1) as f64;
            table.row([visible(value), count.to_string(), format!("{share:.1}")]);
        }
        out.push_str(&table.lines());
    }
    let share = 100.0 * check.shared_runs as f64 / check.runs.max(1) as f64;
    writeln!(
        out,
        "runs of 8 words: {}, of which {} ({share:.2} %) stand in two articles or groups",
        check.runs, check.shared_runs
    )?;
    for run in &check.shared_examples {
        writeln!(out, "  {run}")?;
    }
    writeln!(
        out,
        "texts that stand more than once: {}",
        check.duplicates.len()
    )?;
    for (text, times) in check.duplicates.iter().take(MOST) {
        writeln!(out, "  {times} x {text}")?;
    }
    writeln!(
        out,
        "texts that are nearly the same as another of the same stance: {}; of another stance (minimal pairs): {}",
        check.near_duplicates.len(),
        check.n_contrasts
    )?;
    for (text, other) in check.near_duplicates.iter().take(MOST) {
        writeln!(out, "  {text} / {other}")?;
    }
    writeln!(
        out,
        "texts with two stances: {}",
        check.contradictions.len()
    )?;
    for (text, stances) in check.contradictions.iter().take(MOST) {
        writeln!(out, "  {}: {text}", stances.join(", "))?;
    }
    Ok(())
}

/// Actors whose names hold words that their articles lack, as text.
pub fn stray_names_text(found: &[StrayName]) -> String {
    let mut out = format!(
        "actors named with a word that their article lacks: {}\n",
        found.len()
    );
    for one in found.iter().take(MOST) {
        let _ = writeln!(
            out,
            "  {}: {} ({})",
            visible(&one.article),
            visible(&one.actor),
            visible(&one.words.join(", "))
        );
    }
    out
}

/// Every C that was tried, as text.
pub fn choices_text(choices: &[(f64, f64)]) -> String {
    let mut table = Table::new(&[">C", ">macro-F1"]);
    for (c, score) in choices {
        table.row([c.to_string(), format!("{score:.4}")]);
    }
    format!("Choice of C, cross-validated\n{}", table.lines())
}

/// What each feature family brings, as text.
pub fn ablation_text(families: &[Ablated]) -> String {
    let mut table = Table::new(&["families", ">by group", ">by batch"]);
    for cells in ablation_cells(families) {
        table.row(cells);
    }
    format!(
        "Macro-F1 of stance, cross-validated by group and by batch of writing, and what is lost without a family\n{}",
        table.lines()
    )
}

/// The cells of that table: all families first, then the change without each.
pub fn ablation_cells(families: &[Ablated]) -> Vec<[String; 3]> {
    let Some(whole) = families.first() else {
        return Vec::new();
    };
    let row = |one: &Ablated| match &one.without {
        None => [
            "all".to_owned(),
            format!("{:.4}", one.by_group),
            number(one.by_batch),
        ],
        Some(family) => [
            format!("without {family}"),
            format!("{:+.4}", one.by_group - whole.by_group),
            one.by_batch.zip(whole.by_batch).map_or_else(
                || "-".to_owned(),
                |(part, all)| format!("{:+.4}", part - all),
            ),
        ],
    };
    families.iter().map(row).collect()
}

/// A learning curve, as text: `parts` names the held-out parts.
pub fn curve_text(steps: &[Step], parts: &[String]) -> String {
    let mut heads = vec![">statements".to_owned()];
    for part in parts {
        heads.extend([format!(">{part}"), ">n-grams alone".to_owned()]);
    }
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut table = Table::new(&heads);
    for step in steps {
        let mut row = vec![step.n.to_string()];
        for (shipped, n_grams) in step.shipped.iter().zip(&step.n_grams) {
            row.extend([format!("{shipped:.3}"), format!("{n_grams:.3}")]);
        }
        table.row(row);
    }
    format!(
        "Macro-F1 of stance on held-out parts, by statements learnt from\n{}",
        table.lines()
    )
}

/// What each batch of writing brings, as text.
pub fn batches_text(worths: &[BatchWorth], parts: &[String]) -> String {
    let mut heads = vec![
        "batch".to_owned(),
        ">statements".to_owned(),
        ">left out, on itself".to_owned(),
    ];
    heads.extend(parts.iter().map(|part| format!(">brings on {part}")));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut table = Table::new(&heads);
    for worth in worths {
        let mut row = vec![
            worth.batch.clone(),
            worth.n.to_string(),
            format!("{:.3}", worth.unseen),
        ];
        row.extend(worth.brings.iter().map(|brings| format!("{brings:+.4}")));
        table.row(row);
    }
    format!(
        "Macro-F1 of stance with one batch of writing left out\n{}",
        table.lines()
    )
}
