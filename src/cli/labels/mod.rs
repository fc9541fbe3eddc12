//! `stance labels`: label tools in and out, what labelled files hold, and how far annotations agree.

pub(super) mod args;
mod exchange;

use std::collections::BTreeMap;

use args::Labels;

use super::labelled::load;
use super::terminal::{Stop, Terminal};
use crate::corpus::Labelled;
use crate::error::Fault;
use crate::label::LabelSet;
use crate::labels::agreement::agreement;
use crate::labels::check::{check, leaks};
use crate::report::labels::{agreement_text, check_text};

pub(super) fn run(wishes: &Labels, terminal: &Terminal) -> Result<(), Stop> {
    let (stances, tones) = (LabelSet::stance(), LabelSet::tone());
    match wishes {
        Labels::Import(wishes) => exchange::run_import(wishes, terminal),
        Labels::Export(wishes) => exchange::run_export(wishes, terminal),
        Labels::Check { labelled, against } => {
            let whole = load(labelled, &stances, &tones)?;
            Terminal::print(&check_text(&check(&whole)))?;
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
            if let Some(id) = differing_text(&one, &other) {
                return Err(Fault::new(format!("article {id:?} has another text here"))
                    .at(second.display())
                    .expected("two annotations of the same text")
                    .into());
            }
            let found = agreement(&one, &other, &stances, &tones, *seed).ok_or_else(|| {
                Fault::new("no article is in both annotations")
                    .at(second.display())
                    .expected("annotated articles with the same ids")
            })?;
            Terminal::print(&agreement_text(&found))
        }
    }
}

/// The first article that is in both annotations with different texts, whose offsets cannot be compared.
fn differing_text(one: &Labelled, other: &Labelled) -> Option<String> {
    let texts: BTreeMap<&str, &str> = other
        .articles
        .iter()
        .map(|marked| (marked.article.id.as_str(), marked.article.text.as_str()))
        .collect();
    let differs = |id: &str, text: &str| texts.get(id).is_some_and(|other| *other != text);
    let found = one
        .articles
        .iter()
        .find(|marked| differs(&marked.article.id, &marked.article.text));
    found.map(|marked| marked.article.id.clone())
}
