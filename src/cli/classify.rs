//! `stance classify`: articles or ready statements in, classified statements out, in one pass and in the order of the input
//! at any number of threads.

use sha2::{Digest, Sha256};

use super::actors::actors;
use super::args::{Classify, From, To};
use super::drawing::{Drawing, Sink};
use super::model::open;
use super::output::Output;
use super::progress::Progress;
use super::resume::{Journal, Reached};
use super::tally::Tally;
use super::target::target;
use super::terminal::{Stop, Terminal};
use crate::classify::{Batches, Classifier, Record, Wishes};
use crate::corpus::{
    self, Cut, Cuts, FieldMap, Format, NamedTarget, OwnActors, Position, Reading, Skipped, Why,
};
use crate::error::Fault;
use crate::model::Model;

/// Records that one thread takes at a time, and bytes of them after which it takes no more.
const BATCH: usize = 64;
const BATCH_BYTES: usize = 4 << 20;

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

/// What every thread needs.
struct Chain<'a> {
    model: &'a Model,
    actors: Option<&'a OwnActors>,
    target: Option<&'a NamedTarget>,
    wishes: Wishes,
    drawing: Drawing,
    reading: &'a Reading,
    /// Whether the records are statements already.
    is_ready: bool,
}

/// What a thread gives back of its part of a batch.
#[derive(Default)]
struct Part {
    drawn: Vec<u8>,
    /// For a table, which takes records as they are.
    records: Vec<Record>,
    articles: usize,
    statements: usize,
    abstained: usize,
    skipped: Vec<Skipped>,
    encodings: Vec<(String, &'static str)>,
}

/// Where what was done goes.
struct Ends {
    sink: Sink,
    tally: Tally,
    journal: Option<Journal>,
}

impl Ends {
    fn take(&mut self, part: Part) -> Result<(), Stop> {
        self.sink.write(&part.drawn, &part.records)?;
        let tally = &mut self.tally;
        tally.counts.articles += part.articles;
        tally.counts.statements += part.statements;
        tally.counts.abstained += part.abstained;
        for (path, encoding) in part.encodings {
            tally.encoding(&path, encoding);
        }
        for skipped in part.skipped {
            tally.skip(skipped)?;
        }
        Ok(())
    }

    /// Notes that the input is done up to `position`, if it is time to.
    fn note(&mut self, position: Position) -> Result<(), Stop> {
        self.tally.flush(false)?;
        if let Some(journal) = self.journal.as_mut().filter(|journal| journal.is_due()) {
            let bytes = self.sink.secure()?;
            journal.note(Reached {
                position,
                bytes,
                error_bytes: self.tally.flush(true)?,
                counts: self.tally.counts.clone(),
            })?;
        }
        Ok(())
    }
}

/// What is read at a time.
struct Batch {
    cuts: Vec<Cut>,
    encodings: Vec<(String, &'static str)>,
    /// Where the input is done when this is.
    position: Position,
}

impl Batch {
    fn read(cuts: &mut Cuts, n_threads: usize) -> Self {
        let mut batch = Vec::with_capacity(BATCH * n_threads);
        let mut weight = 0;
        while batch.len() < BATCH * n_threads && weight < BATCH_BYTES * n_threads {
            let Some(cut) = cuts.next() else {
                break;
            };
            weight += cut.weight();
            batch.push(cut);
        }
        Self {
            cuts: batch,
            encodings: cuts.take_encodings(),
            position: cuts.reached(),
        }
    }
}

/// Takes the input through the chain, batch by batch: while the threads work on one, the one before is written and the one
/// after is read.
fn work_through(
    cuts: &mut Cuts,
    chain: &Chain<'_>,
    batches: &mut Batches<'_>,
    terminal: &Terminal,
    ends: &mut Ends,
) -> Result<(), Stop> {
    let n_threads = batches.n_threads();
    let mut progress = Progress::new(terminal, cuts.bytes_read(), || cuts.bytes_in_all());
    let mut batch = Batch::read(cuts, n_threads);
    let mut done: Option<(Vec<Part>, Position)> = None;
    while !batch.cuts.is_empty() || done.is_some() {
        let before = done.take();
        for (path, encoding) in batch.encodings {
            ends.tally.encoding(&path, encoding);
        }
        // A record without bytes takes time as well.
        let (parts, next) = batches.by_run(
            batch.cuts,
            |cut| 1 + cut.weight(),
            |cuts, classifier| one_part(cuts, classifier, chain),
            || -> Result<Batch, Stop> {
                if let Some((parts, position)) = before {
                    for part in parts {
                        ends.take(part)?;
                    }
                    ends.note(position)?;
                }
                let counts = &ends.tally.counts;
                progress.show(cuts.bytes_read(), counts.articles, counts.statements);
                Ok(Batch::read(cuts, n_threads))
            },
        )?;
        done = (!parts.is_empty()).then_some((parts, batch.position));
        batch = next?;
    }
    progress.end();
    Ok(())
}

/// Takes a run of a batch through the chain.
fn one_part(
    cuts: &mut dyn Iterator<Item = Cut>,
    classifier: &mut Classifier<'_>,
    chain: &Chain<'_>,
) -> Part {
    let mut part = Part::default();
    for cut in cuts {
        let done = if chain.is_ready {
            ready(cut, classifier, chain, &mut part)
        } else {
            article(cut, classifier, chain, &mut part)
        };
        if let Err(skipped) = done {
            part.skipped.push(skipped);
        }
    }
    part
}

fn article(
    cut: Cut,
    classifier: &mut Classifier<'_>,
    chain: &Chain<'_>,
    part: &mut Part,
) -> Result<(), Skipped> {
    let path = cut.path().to_owned();
    let read = cut.read(chain.reading);
    if let Some(encoding) = read.encoding {
        part.encodings.push((path, encoding));
    }
    let article = read.item?;
    let records = classifier.article(&article, chain.wishes);
    part.articles += 1;
    chain
        .drawing
        .draw(Some(&article), &records, &mut part.drawn);
    part.take(records, chain);
    Ok(())
}

fn ready(
    cut: Cut,
    classifier: &mut Classifier<'_>,
    chain: &Chain<'_>,
    part: &mut Part,
) -> Result<(), Skipped> {
    let (mut row, line) = cut.ready()?;
    if let Some(actors) = chain.actors {
        actors.resolve(&mut row);
    }
    let record = classifier.ready(&row, line, chain.wishes);
    let records = vec![record];
    chain.drawing.draw(None, &records, &mut part.drawn);
    part.take(records, chain);
    Ok(())
}

impl Part {
    fn take(&mut self, records: Vec<Record>, chain: &Chain<'_>) {
        self.statements += records.len();
        self.abstained += records.iter().filter(|record| record.abstained).count();
        if matches!(chain.drawing, Drawing::Parquet(_)) {
            self.records.extend(records);
        }
    }
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
