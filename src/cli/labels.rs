//! `stance labels`: what labelled files hold, and how far two annotations of the same articles agree.

use super::args::Labels;
use super::labelled::load;
use super::terminal::{Stop, Terminal};
use crate::error::{Fault, visible};
use crate::label::LabelSet;
use crate::labels::agreement::agreement;
use crate::labels::check::{Check, check, leaks};
use crate::report::evaluation::{number, range};
use crate::report::table::Table;

/// Disagreements, duplicates and contradictions that are listed.
const MOST: usize = 30;

pub(super) fn run(wishes: &Labels) -> Result<(), Stop> {
    let (stances, tones) = (LabelSet::stance(), LabelSet::tone());
    match wishes {
        Labels::Check { labelled, against } => {
            let whole = load(labelled, &stances, &tones)?;
            Terminal::print(&shown(&check(&whole)))?;
            if against.is_empty() {
                return Ok(());
            }
            let leaking = leaks(&whole, &load(against, &stances, &tones)?);
            Terminal::print(&format!(
                "groups on both sides of the split: {}\n",
                leaking.len()
            ))?;
            match leaking.as_slice() {
                [] => Ok(()),
                some => Err(Stop::Check(format!(
                    "stance: these groups leak: {}",
                    some.join(", ")
                ))),
            }
        }
        Labels::Agreement {
            first,
            second,
            seed,
        } => {
            let one = load(std::slice::from_ref(first), &stances, &tones)?;
            let other = load(std::slice::from_ref(second), &stances, &tones)?;
            let found = agreement(&one, &other, &stances, &tones, *seed).ok_or_else(|| {
                Fault::new("no article is in both annotations")
                    .at(second.display())
                    .expected("annotated articles with the same ids")
            })?;
            let mut table = Table::new(&[
                "Krippendorff's alpha",
                ">alpha",
                "95 % interval",
                ">statements",
            ]);
            for one in &found.coefficients {
                table.row([
                    one.name.clone(),
                    number(one.alpha.estimate),
                    range(&one.alpha),
                    one.n.to_string(),
                ]);
            }
            let (a, b) = found.n_statements;
            let mut out = format!(
                "{} articles with {a} and {b} statements; both found the same: F1 {} ({})\n{}",
                found.n_articles,
                number(found.unit_f1.estimate),
                range(&found.unit_f1),
                table.lines()
            );
            out += &format!("different stances: {}\n", found.differences.len());
            for one in found.differences.iter().take(MOST) {
                out += &format!(
                    "  {}\t{} / {}\t{}\n",
                    one.article,
                    one.first,
                    one.second,
                    visible(&one.text)
                );
            }
            Terminal::print(&out)
        }
    }
}

fn shown(check: &Check) -> String {
    let mut out = format!(
        "{} articles with {} statements, {} single statements, {} groups\n",
        check.n_articles, check.n_in_articles, check.n_single, check.n_groups
    );
    let n = check.n_in_articles + check.n_single;
    for (field, values) in &check.counts {
        let total = if ["stance", "tone", "kind"].contains(&field.as_str()) {
            n
        } else {
            check.n_articles
        };
        let mut table = Table::new(&[field, ">n", ">%"]);
        for (value, count) in values {
            table.row([
                visible(value),
                count.to_string(),
                format!("{:.1}", 100.0 * *count as f64 / total.max(1) as f64),
            ]);
        }
        out += &table.lines();
    }
    let share = 100.0 * check.shared_runs as f64 / check.runs.max(1) as f64;
    out += &format!(
        "runs of 8 words: {}, of which {} ({share:.2} %) stand in two articles or groups\n",
        check.runs, check.shared_runs
    );
    for run in &check.shared_examples {
        out += &format!("  {run}\n");
    }
    out += &format!(
        "texts that stand more than once: {}\n",
        check.duplicates.len()
    );
    for (text, times) in check.duplicates.iter().take(MOST) {
        out += &format!("  {times} x {text}\n");
    }
    out += &format!("texts with two stances: {}\n", check.contradictions.len());
    for (text, stances) in check.contradictions.iter().take(MOST) {
        out += &format!("  {}: {text}\n", stances.join(", "));
    }
    out
}
