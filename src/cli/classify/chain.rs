//! The input taken through the classifiers in one pass, in its order at any number of threads: what is read, worked on and
//! written at a time. It reads no options.

use crate::classify::{Batches, Classifier, Record, Wishes};
use crate::cli::drawing::{Drawing, Sink};
use crate::cli::progress::Progress;
use crate::cli::resume::{Journal, Reached};
use crate::cli::tally::Tally;
use crate::cli::terminal::{Stop, Terminal};
use crate::corpus::{Cut, Cuts, NamedTarget, OwnActors, Position, Reading, Skipped};
use crate::model::Model;

/// Records that one thread takes at a time, and bytes of them after which it takes no more.
const BATCH: usize = 64;
const BATCH_BYTES: usize = 4 << 20;

/// What every thread needs.
pub(super) struct Chain<'a> {
    pub(super) model: &'a Model,
    pub(super) actors: Option<&'a OwnActors>,
    pub(super) target: Option<&'a NamedTarget>,
    pub(super) wishes: Wishes,
    pub(super) drawing: Drawing,
    pub(super) reading: &'a Reading,
    /// Whether the records are statements already.
    pub(super) is_ready: bool,
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
pub(super) struct Ends {
    pub(super) sink: Sink,
    pub(super) tally: Tally,
    pub(super) journal: Option<Journal>,
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
pub(super) fn work_through(
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
