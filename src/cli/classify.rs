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
use super::runs::runs;
use super::tally::Tally;
use super::target::target;
use super::terminal::{Stop, Terminal};
use crate::classify::{Classifier, Record, Wishes};
use crate::corpus::{
    self, Cut, Cuts, FieldMap, Format, NamedTarget, OwnActors, Reading, Skipped, Why,
};
use crate::error::Fault;
use crate::model::Model;

/// More threads than any machine has cores; a bound on what a slip of the finger can ask for.
const MOST_THREADS: usize = 512;

/// Records that one thread takes at a time, and bytes of them after which it takes no more.
const BATCH: usize = 32;
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
        n_threads: match wishes.threads.min(MOST_THREADS) {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            n => n,
        },
    };
    // What cannot work is told before anything is read or written.
    if chain.target.is_some() {
        chain.classifier()?;
    }
    let mut cuts = corpus::cuts(&wishes.input, format(wishes.from), &reading);
    let (mut journal, reached) = match (&wishes.output, wishes.resume) {
        (Some(output), true) => {
            let settings = settings(wishes, &chain, &cuts);
            let (journal, reached) = Journal::open(output, settings)?;
            (Some(journal), reached)
        }
        _ => (None, Reached::default()),
    };
    let mut tally = Tally::open(
        reached.counts,
        wishes.errors.as_deref(),
        reached.error_bytes,
    )?;
    let out = match &wishes.output {
        Some(output) if wishes.resume => Output::resume(output, reached.bytes)?,
        output => Output::open(output.as_deref())?,
    };
    let mut sink = Sink::open(out, &chain.drawing, reached.bytes)?;
    if reached.position != corpus::Position::default() {
        terminal.say(&format!(
            "going on after {} articles, {} statements",
            tally.counts.articles, tally.counts.statements
        ));
        cuts.skip_to(reached.position);
    }
    work_through(
        &mut cuts,
        &chain,
        terminal,
        &mut sink,
        &mut tally,
        &mut journal,
    )?;
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
    n_threads: usize,
}

impl<'a> Chain<'a> {
    fn classifier(&self) -> Result<Classifier<'a>, Fault> {
        let classifier = Classifier::new(self.model, self.actors.map(OwnActors::text))?;
        match self.target {
            Some(target) => classifier.narrowed_to(target),
            None => Ok(classifier),
        }
    }
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

fn work_through(
    cuts: &mut Cuts,
    chain: &Chain<'_>,
    terminal: &Terminal,
    sink: &mut Sink,
    tally: &mut Tally,
    journal: &mut Option<Journal>,
) -> Result<(), Stop> {
    let mut classifiers: Vec<Classifier<'_>> = Vec::new();
    let mut progress = Progress::new(terminal, cuts.bytes_read(), || cuts.bytes_in_all());
    let mut batch = Vec::with_capacity(BATCH * chain.n_threads);
    loop {
        let mut weight = 0;
        while batch.len() < BATCH * chain.n_threads && weight < BATCH_BYTES * chain.n_threads {
            let Some(cut) = cuts.next() else {
                break;
            };
            weight += cut.weight();
            batch.push(Some(cut));
        }
        if batch.is_empty() {
            break;
        }
        while classifiers.len() < chain.n_threads.min(batch.len()) {
            classifiers.push(chain.classifier()?);
        }
        for (path, encoding) in cuts.take_encodings() {
            tally.encoding(&path, encoding);
        }
        for part in work(&mut batch, &mut classifiers, chain) {
            sink.write(&part.drawn, &part.records)?;
            tally.counts.articles += part.articles;
            tally.counts.statements += part.statements;
            tally.counts.abstained += part.abstained;
            for (path, encoding) in part.encodings {
                tally.encoding(&path, encoding);
            }
            for skipped in part.skipped {
                tally.skip(skipped)?;
            }
        }
        batch.clear();
        tally.flush(false)?;
        if let Some(journal) = journal.as_mut().filter(|journal| journal.is_due()) {
            let bytes = sink.secure()?;
            journal.note(Reached {
                position: cuts.reached(),
                bytes,
                error_bytes: tally.flush(true)?,
                counts: tally.counts.clone(),
            })?;
        }
        progress.show(
            cuts.bytes_read(),
            tally.counts.articles,
            tally.counts.statements,
        );
    }
    progress.end();
    Ok(())
}

/// Deals a batch out in runs, one a thread, so that the parts come back in the order of the input.
fn work(
    batch: &mut [Option<Cut>],
    classifiers: &mut [Classifier<'_>],
    chain: &Chain<'_>,
) -> Vec<Part> {
    if batch.len() == 1 || classifiers.len() == 1 {
        return vec![one_part(batch, &mut classifiers[0], chain)];
    }
    // A record without bytes takes time as well.
    let weight = |cut: &Option<Cut>| 1 + cut.as_ref().map_or(0, Cut::weight);
    std::thread::scope(|scope| {
        let threads: Vec<_> = runs(batch, classifiers.len(), weight)
            .into_iter()
            .zip(classifiers.iter_mut())
            .map(|(cuts, classifier)| scope.spawn(move || one_part(cuts, classifier, chain)))
            .collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    })
}

fn one_part(cuts: &mut [Option<Cut>], classifier: &mut Classifier<'_>, chain: &Chain<'_>) -> Part {
    let mut part = Part::default();
    for cut in cuts.iter_mut().filter_map(Option::take) {
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
