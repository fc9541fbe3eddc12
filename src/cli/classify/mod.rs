//! `stance classify`: articles or ready statements in, classified statements out. What its options ask for; the work itself is
//! done in `chain.rs`.

mod chain;

use sha2::{Digest, Sha256};

use super::actors::actors;
use super::args::{Classify, From, To};
use super::drawing::{Drawing, Sink};
use super::model::open;
use super::output::Output;
use super::resume::{Journal, Reached};
use super::tally::Tally;
use super::target::target;
use super::terminal::{Stop, Terminal};
use crate::classify::{Batches, Wishes};
use crate::corpus::{self, Cuts, FieldMap, Format, OwnActors, Position, Reading, Why};
use crate::error::Fault;
use crate::model::Model;

use chain::{Chain, Ends, work_through};

pub(super) fn run(wishes: &Classify, terminal: &Terminal) -> Result<(), Stop> {
    let model = open(wishes.model.as_deref())?;
    let actors = actors(wishes.actors.as_deref())?;
    let reading = Reading {
        map: FieldMap::of_pairs(&wishes.map)?,
        any_language: wishes.any_language,
    };
    let record_wishes = Wishes {
        explain: wishes.explain,
        with_text: wishes.with_text,
        target: wishes.target.is_some(),
    };
    let target = target(wishes.target.as_deref())?;
    let chain = Chain {
        model: &model,
        actors: actors.as_ref(),
        target: target.as_ref(),
        wishes: record_wishes,
        drawing: drawing(wishes, &model, record_wishes, terminal)?,
        reading: &reading,
        is_ready: wishes.from == From::Statements,
    };
    let mut batches = Batches::new(&model, chain.actors, wishes.threads).narrowed_to(chain.target);
    batches.prepare(1)?;
    let mut cuts = corpus::cuts(&wishes.input, format(wishes.from), &reading);
    let (journal, reached) = match (&wishes.output, wishes.resume) {
        (Some(output), true) => {
            let settings = settings(wishes, &chain, &cuts);
            let (journal, reached) = Journal::open(output, settings)?;
            (Some(journal), reached)
        }
        _ => (None, Reached::default()),
    };
    let tally = Tally::open(
        reached.counts,
        wishes.errors.as_deref(),
        reached.error_bytes,
    )?;
    let out = match &wishes.output {
        Some(output) if wishes.resume => Output::resume(output, reached.bytes)?,
        output => Output::open(output.as_deref())?,
    };
    let sink = Sink::open(out, &chain.drawing, reached.bytes)?;
    if reached.position != Position::default() {
        terminal.say(&format!(
            "going on after {} articles, {} statements",
            tally.counts.articles, tally.counts.statements
        ));
        cuts.skip_to(reached.position);
    }
    let mut ends = Ends {
        sink,
        tally,
        journal,
    };
    work_through(&mut cuts, &chain, &mut batches, terminal, &mut ends)?;
    let Ends {
        sink,
        mut tally,
        journal,
    } = ends;
    sink.close(&chain.drawing)?;
    if let Some(journal) = journal {
        journal.end();
    }
    tally.report(terminal, !chain.is_ready)?;
    finish(wishes, &tally)
}

fn format(from: From) -> Option<Format> {
    match from {
        From::Auto => None,
        From::Text => Some(Format::Text),
        From::Jsonl | From::Statements => Some(Format::Jsonl),
        From::Json => Some(Format::Json),
        From::Csv => Some(Format::Csv),
        From::Html => Some(Format::Html),
        From::Warc => Some(Format::Warc),
        From::Parquet => Some(Format::Parquet),
        From::Nexis => Some(Format::Nexis),
        From::Factiva => Some(Format::Factiva),
    }
}

fn drawing(
    wishes: &Classify,
    model: &Model,
    record: Wishes,
    terminal: &Terminal,
) -> Result<Drawing, Stop> {
    let ending = wishes
        .output
        .as_ref()
        .and_then(|path| path.extension())
        .and_then(|end| end.to_str());
    let to = match (wishes.to, ending) {
        (To::Auto, Some("csv")) => To::Csv,
        (To::Auto, Some("parquet")) => To::Parquet,
        (To::Auto, Some("html" | "htm")) => To::Html,
        (To::Auto, _) if wishes.output.is_none() && Terminal::is_read_by_a_person() => To::Table,
        (To::Auto, _) => To::Jsonl,
        (to, _) => to,
    };
    if matches!(to, To::Parquet | To::Html) && wishes.resume {
        return Err(Fault::new("--resume with a Parquet table or a page")
            .expected("an output that grows line by line")
            .remedy("write CSV or JSONL and convert it")
            .into());
    }
    Ok(match to {
        To::Table => Drawing::table(terminal, wishes.output.is_some()),
        To::Auto | To::Jsonl => Drawing::Lines,
        To::Csv => Drawing::Csv(Drawing::columns(model, record)),
        To::Parquet => Drawing::Parquet(Drawing::columns(model, record)),
        To::Dna => Drawing::Dna,
        To::Html => Drawing::Page,
    })
}

/// A hash of everything that decides the output.
fn settings(wishes: &Classify, chain: &Chain<'_>, cuts: &Cuts) -> String {
    let mut hash = Sha256::new();
    let mut add = |words: &str| {
        hash.update(words.len().to_le_bytes());
        hash.update(words);
    };
    add(super::version());
    add(&chain.model.sha256);
    add(chain.actors.map_or("", OwnActors::text));
    add(&format!("{:?}", chain.target));
    add(&format!(
        "{:?} {:?} {:?} {} {}",
        wishes.from,
        wishes.to,
        chain.wishes,
        wishes.any_language,
        wishes.errors.is_some()
    ));
    for (ours, theirs) in chain.reading.map.pairs() {
        add(ours);
        add(theirs);
    }
    for file in cuts.inventory() {
        add(&file);
    }
    format!("{:x}", hash.finalize())
}

/// Chooses how to end: a whole input that could not be read is exit 2 even though all others came out.
fn finish(wishes: &Classify, tally: &Tally) -> Result<(), Stop> {
    let broken = tally.counts.skipped(Why::Input) + tally.counts.skipped(Why::Record);
    if tally.counts.skipped(Why::Input) > 0 || (broken > 0 && tally.is_nothing_read()) {
        return Err(Stop::Faults(Vec::new()));
    }
    if wishes.strict && broken > 0 {
        return Err(Stop::Check(
            "stance: --strict: not every record could be read".to_owned(),
        ));
    }
    Ok(())
}
