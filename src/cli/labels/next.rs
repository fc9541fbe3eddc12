//! `stance labels next`: what to label next from a corpus, as rows to be labelled.

use std::path::Path;

use serde_json::Value;

use super::super::model::open;
use super::super::output::Output;
use super::super::terminal::{Stop, Terminal};
use super::args::{ByWish, Next};
use crate::classify::Classifier;
use crate::corpus::{self, ready_of_line};
use crate::error::{Fault, Result};
use crate::label::LabelSet;
use crate::labels::exchange::Sets;
use crate::labels::next::{By, choose};
use crate::labels::pool::Pool;
use crate::labels::tasks::tasks;
use crate::report::jsonl;

/// Articles between two words of progress.
const OFTEN: usize = 200;

pub(super) fn run(wishes: &Next, terminal: &Terminal) -> std::result::Result<(), Stop> {
    let model = open(wishes.model.as_deref())?;
    let sets = Sets {
        stances: model.stance.labels.clone(),
        tones: LabelSet::tone(),
    };
    let (labelled, mut faults) = tasks(&wishes.exclude, None, &sets);
    if let Some(fault) = faults.iter().find(|fault| fault.is_of_whole_input()) {
        return Err(fault.clone().into());
    }
    let mut classifier = Classifier::new(&model, None)?;
    let mut pool = Pool::default();
    if wishes.statements {
        faults.extend(ready(wishes, &mut classifier, &mut pool)?);
    } else {
        for (at, article) in corpus::articles(&wishes.corpus).enumerate() {
            match article {
                Ok(article) if wishes.articles => pool.add_article(&article, &mut classifier),
                Ok(article) => pool.add_statements(&article, &mut classifier),
                Err(skipped) => faults.push(skipped.fault),
            }
            if at % OFTEN == OFTEN - 1 {
                terminal.progress(&format!("{} articles", at + 1));
            }
        }
        terminal.progress("");
    }
    for fault in faults.iter().take(super::super::MOST_FAULTS) {
        Terminal::complain(fault);
    }
    if pool.is_empty() {
        return Err(Stop::Faults(if faults.is_empty() {
            vec![Fault::new("no statement to label in the corpus")]
        } else {
            Vec::new()
        }));
    }
    let n_pool = pool.len();
    let distinct = pool.distinct(&labelled);
    let by = match wishes.by {
        ByWish::Uncertain => By::Uncertain,
        ByWish::Diverse => By::Diverse,
        ByWish::Random => By::Random,
        ByWish::Stratified => By::Stratified,
    };
    let chosen = choose(&distinct.candidates, wishes.n, by, wishes.seed);
    let mut out = Output::open(wishes.output.as_deref())?;
    let mut bytes = Vec::new();
    for one in &chosen {
        // A vector takes every byte.
        let _ = jsonl::write(&distinct.row(one), &mut bytes);
    }
    out.write(&bytes)?;
    out.close()?;
    terminal.say(&format!(
        "{} of {n_pool} chosen; {} near-duplicates left out, {} records skipped",
        chosen.len(),
        distinct.left_out,
        faults.len()
    ));
    Ok(())
}

/// Rows that are statements already; what is wrong with others comes back.
fn ready(wishes: &Next, classifier: &mut Classifier<'_>, pool: &mut Pool) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for path in corpus::files(&wishes.corpus, &["jsonl", "ndjson"])? {
        let text = corpus::read_text(&path)?;
        let place = |fault: Fault, at: usize| fault.at(Path::new(&path).display()).line(at + 1);
        let lines = text.lines().enumerate();
        for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            match (ready_of_line(line), serde_json::from_str::<Value>(line)) {
                (Ok(row), Ok(Value::Object(mut fields))) => {
                    fields.remove("stance");
                    pool.add_ready(&row, fields, classifier);
                }
                (Err(fault), _) => faults.push(place(fault, at)),
                _ => {}
            }
        }
    }
    Ok(faults)
}
