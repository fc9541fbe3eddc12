//! `stance labels agreement`: how far annotators agree, for each pair of them.

use super::super::labelled::load;
use super::super::terminal::{Stop, Terminal};
use super::args::Agreement;
use super::exchange::sets;
use crate::corpus::Labelled;
use crate::error::Fault;
use crate::labels::agreement::agreement;
use crate::labels::annotators::{by_annotator, each_once, same_texts};
use crate::report::labels::agreement_text;

pub(super) fn run(wishes: &Agreement) -> Result<(), Stop> {
    let sets = sets(&wishes.labels)?;
    let mut annotators: Vec<(String, Labelled)> = Vec::new();
    if let [one] = wishes.labelled.as_slice() {
        let whole = load(std::slice::from_ref(one), &sets.stances, &sets.tones)?;
        annotators.extend(by_annotator(&whole));
    } else {
        for path in &wishes.labelled {
            let part = load(std::slice::from_ref(path), &sets.stances, &sets.tones)?;
            annotators.push((path.display().to_string(), part));
        }
    }
    for (name, labelled) in &annotators {
        each_once(labelled, name)?;
    }
    let mut out = String::new();
    for (at, (first, one)) in annotators.iter().enumerate() {
        for (second, other) in &annotators[at + 1..] {
            same_texts(one, other, second)?;
            let found = agreement(one, other, &sets.stances, &sets.tones, wishes.seed);
            if let Some(found) = found {
                if !out.is_empty() {
                    out.push('\n');
                }
                out.push_str(&agreement_text(first, second, &found));
            }
        }
    }
    if out.is_empty() {
        let names: Vec<&str> = annotators.iter().map(|(name, _)| name.as_str()).collect();
        return Err(Fault::new(format!(
            "nothing is labelled by two of {}",
            names.join(", ")
        ))
        .expected("articles or statements with the same ids, labelled by two or more")
        .into());
    }
    Terminal::print(&out)
}
