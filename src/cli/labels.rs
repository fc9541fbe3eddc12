//! `stance labels`: what labelled files hold, and how far two annotations of the same articles agree.

use super::args::Labels;
use super::labelled::load;
use super::terminal::{Stop, Terminal};
use crate::error::Fault;
use crate::label::LabelSet;
use crate::labels::agreement::agreement;
use crate::labels::check::{check, leaks};
use crate::report::labels::{agreement_text, check_text};

pub(super) fn run(wishes: &Labels) -> Result<(), Stop> {
    let (stances, tones) = (LabelSet::stance(), LabelSet::tone());
    match wishes {
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
            let found = agreement(&one, &other, &stances, &tones, *seed).ok_or_else(|| {
                Fault::new("no article is in both annotations")
                    .at(second.display())
                    .expected("annotated articles with the same ids")
            })?;
            Terminal::print(&agreement_text(&found))
        }
    }
}
