//! `stance compare`: outlets compared, from articles or from statements that were classified before.

use std::path::Path;

use super::actors::actors;
use super::args::{Compare, CompareTo};
use super::labelled::load;
use super::model::open;
use super::output::Output;
use super::terminal::{Stop, Terminal};
use crate::classify::{Batches, Wishes};
use crate::compare::{self, HandLabel, Settings, Statement};
use crate::corpus::{self, Skipped, Why};
use crate::error::Fault;
use crate::label::LabelSet;
use crate::model::Model;
use crate::report::{comparison, csv, page, tidy};

pub(super) fn run(wishes: &Compare, terminal: &Terminal) -> Result<(), Stop> {
    let model = open(wishes.model.as_deref())?;
    let to = wishes.to();
    let mut skipped = Vec::new();
    let statements = statements(wishes, &model, to, terminal, &mut skipped)?;
    for one in skipped.iter().take(super::MOST_FAULTS) {
        Terminal::complain(&one.fault);
    }
    if statements.is_empty() {
        return Err(if skipped.is_empty() {
            Fault::new("no statement in the input")
                .expected("articles of two outlets or more")
                .into()
        } else {
            Stop::Faults(Vec::new())
        });
    }
    let settings = settings(wishes, &model);
    let labels = hand_labels(wishes, &settings.labels)?;
    if wishes.labels.is_some() && labels.is_empty() {
        return Err(Fault::new("no row has a \"sample_prob\"")
            .at(wishes.labels.as_deref().unwrap_or(Path::new("-")).display())
            .expected("labelled statements with the probability of being drawn, as `stance labels next` writes them")
            .into());
    }
    terminal.progress("comparing");
    let result = compare::compare(statements, &labels, &settings);
    terminal.progress("");
    let bytes = match to {
        CompareTo::Table | CompareTo::Auto => comparison::text(&result).into_bytes(),
        CompareTo::Csv => csv::rows(&tidy::all(&result)).into_bytes(),
        CompareTo::Parquet => parquet(&tidy::all(&result))?,
        CompareTo::Html => page::comparison(&result).into_bytes(),
        CompareTo::Json => {
            let mut words = serde_json::to_string(&result)
                .map_err(|error| Fault::new(format!("cannot write the result: {error}")))?;
            words.push('\n');
            words.into_bytes()
        }
    };
    let mut out = Output::open(wishes.output.as_deref())?;
    out.write(&bytes)?;
    out.close()?;
    terminal.say(&format!(
        "{} articles, {} statements, {} outlets, {} skipped",
        result.corpus.n_articles,
        result.corpus.n_statements,
        result.outlets.len(),
        skipped.len()
    ));
    if skipped.iter().any(|one| one.why == Why::Input) {
        return Err(Stop::Faults(Vec::new()));
    }
    Ok(())
}

#[cfg(feature = "parquet")]
fn parquet(rows: &[tidy::Row]) -> Result<Vec<u8>, Stop> {
    crate::report::parquet::comparison(rows)
        .map_err(|error| Fault::new(format!("cannot write the table: {error}")).into())
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &[tidy::Row]) -> Result<Vec<u8>, Stop> {
    Err(Fault::new("--to parquet")
        .expected("another format: this program was built without Parquet")
        .remedy("build it with --features parquet, or write CSV")
        .into())
}

fn settings(wishes: &Compare, model: &Model) -> Settings {
    Settings {
        by: wishes.by.clone(),
        count: wishes.count.into(),
        copies: wishes.copies.into(),
        scoring: wishes.scoring.into(),
        labels: model.stance.labels.clone(),
        draws: wishes.draws as usize,
        permutations: wishes.permutations as usize,
        seed: wishes.seed,
        level: wishes.level,
        most_actors: wishes.most_actors,
        confusion: Model::confusion(wishes.model.as_deref()),
        plan: wishes.plan,
        ..Settings::default()
    }
}

fn hand_labels(wishes: &Compare, labels: &LabelSet) -> Result<Vec<HandLabel>, Stop> {
    let Some(path) = &wishes.labels else {
        return Ok(Vec::new());
    };
    let labelled = load(std::slice::from_ref(path), labels, &LabelSet::tone())?;
    Ok(labelled
        .statements
        .iter()
        .filter_map(HandLabel::of_row)
        .collect())
}

/// The statements of every input; what cannot be read is `skipped`.
fn statements(
    wishes: &Compare,
    model: &Model,
    to: CompareTo,
    terminal: &Terminal,
    skipped: &mut Vec<Skipped>,
) -> Result<Vec<Statement>, Stop> {
    let mut statements = Vec::new();
    let actors = actors(wishes.actors.as_deref())?;
    let mut batches = Batches::new(model, actors.as_ref(), wishes.threads);
    let record_wishes = Wishes {
        explain: to == CompareTo::Html,
        ..Wishes::default()
    };
    let mut batch = Vec::new();
    let mut incoming = corpus::articles(&wishes.input);
    let mut n_articles = 0;
    loop {
        batch.clear();
        for item in incoming.by_ref() {
            match item {
                Ok(row) if Statement::is_in(&row) => {
                    match Statement::of_row(&row, &model.stance.labels) {
                        Ok(statement) => statements.push(statement),
                        Err(fault) => skipped.push(Skipped {
                            why: Why::Record,
                            fault,
                        }),
                    }
                }
                Ok(article) => batch.push(article),
                Err(one) => skipped.push(one),
            }
            if batch.len() == batches.size() {
                break;
            }
        }
        if batch.is_empty() {
            return Ok(statements);
        }
        let of_articles = batches.classify(&batch, record_wishes, |article, records| {
            records
                .into_iter()
                .enumerate()
                .map(|(number, record)| Statement::of_record(record, article, number == 0))
                .collect::<Vec<_>>()
        })?;
        statements.extend(of_articles.into_iter().flatten());
        n_articles += batch.len();
        terminal.progress(&format!("{n_articles} articles"));
    }
}
