//! `stance classify`: articles or ready statements in, classified statements out, in one pass and in the order of the input
//! at any number of threads.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use super::args::{Classify, From, To};
use super::evaluate::actors;
use super::model::open;
use super::output::Output;
use super::terminal::{Stop, Terminal};
use crate::classify::{Classifier, Record, Wishes};
use crate::corpus::{self, Article, Format, ready_of_line};
use crate::error::Fault;
use crate::model::Model;
use crate::report::jsonl;
use crate::report::statements::{self, Style};

/// More threads than any machine has cores; a bound on what a slip of the finger can ask for.
const MOST_THREADS: usize = 512;

/// Articles that one thread takes at a time.
const BATCH: usize = 32;

/// What came in and what became of it.
#[derive(Default)]
struct Tally {
    articles: usize,
    statements: usize,
    abstained: usize,
    skipped: Vec<Fault>,
}

pub(super) fn run(wishes: &Classify, terminal: &Terminal) -> Result<(), Stop> {
    let model = open(wishes.model.as_deref())?;
    let actors = actors(wishes.actors.as_deref())?;
    let mut out = Output::open(wishes.output.as_deref())?;
    let mut tally = Tally::default();
    let table = match wishes.to {
        To::Auto => wishes.output.is_none() && Terminal::is_read_by_a_person(),
        To::Table => true,
        To::Jsonl => false,
    };
    let style = Style {
        colors: terminal.colors() && wishes.output.is_none(),
        width: Terminal::width().unwrap_or(100).max(60).into(),
    };
    let drawing = if table {
        Drawing::Table(style)
    } else {
        Drawing::Lines
    };
    let record_wishes = Wishes {
        explain: wishes.explain,
        with_text: wishes.with_text,
    };
    if wishes.from == From::Statements {
        ready(wishes, &model, record_wishes, drawing, &mut out, &mut tally)?;
    } else {
        let chain = Chain {
            model: &model,
            actors: actors.as_deref(),
            wishes: record_wishes,
            drawing,
            threads: wishes.threads,
        };
        articles(wishes, &chain, terminal, &mut out, &mut tally)?;
    }
    out.close()?;
    finish(wishes, terminal, &tally)
}

#[derive(Clone, Copy)]
enum Drawing {
    Table(Style),
    Lines,
}

impl Drawing {
    /// The records of one article as they are written.
    fn draw(self, title: &str, records: &[Record]) -> Vec<u8> {
        let mut out = Vec::new();
        match self {
            Self::Table(style) => {
                out.extend_from_slice(statements::article(title, records, style).as_bytes());
            }
            Self::Lines => {
                for record in records {
                    // A vector takes every byte.
                    let _ = jsonl::write(record, &mut out);
                }
            }
        }
        out
    }
}

/// What every thread needs.
struct Chain<'a> {
    model: &'a Model,
    actors: Option<&'a str>,
    wishes: Wishes,
    drawing: Drawing,
    threads: usize,
}

/// What a thread gives back of its part of a batch.
#[derive(Default)]
struct Part {
    bytes: Vec<u8>,
    statements: usize,
    abstained: usize,
}

fn articles(
    wishes: &Classify,
    chain: &Chain<'_>,
    terminal: &Terminal,
    out: &mut Output,
    tally: &mut Tally,
) -> Result<(), Stop> {
    let format = match wishes.from {
        From::Text => Some(Format::Text),
        From::Jsonl => Some(Format::Jsonl),
        From::Json => Some(Format::Json),
        From::Auto | From::Statements => None,
    };
    let n_threads = match chain.threads.min(MOST_THREADS) {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        n => n,
    };
    let mut classifiers: Vec<Classifier<'_>> = Vec::new();
    let mut incoming = corpus::articles(&wishes.input, format);
    let mut batch = Vec::with_capacity(BATCH * n_threads);
    loop {
        batch.clear();
        for item in incoming.by_ref() {
            match item {
                Ok(article) => batch.push(article),
                Err(fault) => tally.skipped.push(fault),
            }
            if batch.len() == BATCH * n_threads {
                break;
            }
        }
        if batch.is_empty() {
            break;
        }
        while classifiers.len() < n_threads.min(batch.len()) {
            classifiers.push(Classifier::new(chain.model, chain.actors)?);
        }
        for part in work(&batch, &mut classifiers, chain) {
            out.write(&part.bytes)?;
            tally.statements += part.statements;
            tally.abstained += part.abstained;
        }
        tally.articles += batch.len();
        if tally.articles > BATCH * n_threads {
            terminal.progress(&format!(
                "{} articles, {} statements",
                tally.articles, tally.statements
            ));
        }
    }
    terminal.progress("");
    Ok(())
}

/// Deals a batch out in runs, one a thread, so that the parts come back in the order of the input.
fn work(batch: &[Article], classifiers: &mut [Classifier<'_>], chain: &Chain<'_>) -> Vec<Part> {
    let run = batch.len().div_ceil(classifiers.len());
    if batch.len() == 1 || classifiers.len() == 1 {
        return vec![one_part(batch, &mut classifiers[0], chain)];
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = batch
            .chunks(run)
            .zip(classifiers.iter_mut())
            .map(|(articles, classifier)| {
                scope.spawn(move || one_part(articles, classifier, chain))
            })
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

fn one_part(articles: &[Article], classifier: &mut Classifier<'_>, chain: &Chain<'_>) -> Part {
    let mut part = Part::default();
    for article in articles {
        let records = classifier.article(article, chain.wishes);
        part.statements += records.len();
        part.abstained += records.iter().filter(|record| record.abstained).count();
        part.bytes
            .extend(chain.drawing.draw(&heading(article), &records));
    }
    part
}

fn heading(article: &Article) -> String {
    let parts = [
        article.outlet.as_deref(),
        article.date.as_deref(),
        Some(article.title.as_deref().unwrap_or(&article.id)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" | ")
}

fn ready(
    wishes: &Classify,
    model: &Model,
    record: Wishes,
    drawing: Drawing,
    out: &mut Output,
    tally: &mut Tally,
) -> Result<(), Stop> {
    let mut classifier = Classifier::new(model, None)?;
    for path in corpus::files(&wishes.input, &["jsonl", "ndjson"])? {
        let shown = path.display().to_string();
        let reader: Box<dyn BufRead> = if shown == "-" {
            Box::new(BufReader::new(std::io::stdin()))
        } else {
            Box::new(BufReader::new(
                File::open(&path).map_err(|error| Fault::io(&shown, "open", &error))?,
            ))
        };
        for (at, line) in reader.lines().enumerate() {
            let line = match line {
                Ok(line) if line.trim().is_empty() => continue,
                Ok(line) => line,
                Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                    tally.skipped.push(
                        Fault::new("the line is not UTF-8")
                            .at(&shown)
                            .line(at + 1)
                            .expected("text in UTF-8"),
                    );
                    continue;
                }
                Err(error) => {
                    tally
                        .skipped
                        .push(Fault::io(&shown, "read", &error).line(at + 1));
                    break;
                }
            };
            match ready_of_line(line.trim_start_matches('\u{FEFF}')) {
                Ok(row) => {
                    let record = classifier.ready(&row, at + 1, record);
                    tally.statements += 1;
                    tally.abstained += usize::from(record.abstained);
                    out.write(&drawing.draw(&record.statement, std::slice::from_ref(&record)))?;
                }
                Err(fault) => tally.skipped.push(fault.at(&shown).line(at + 1)),
            }
        }
    }
    if tally.statements == 0 && tally.skipped.is_empty() {
        let named = wishes
            .input
            .iter()
            .map(|path| path.display().to_string())
            .collect::<Vec<_>>()
            .join(", ");
        tally.skipped.push(
            Fault::new("the input is empty")
                .at(named)
                .expected("one statement a line, as JSON"),
        );
    }
    Ok(())
}

/// Says what came of it, writes `--errors`, and chooses how to end.
fn finish(wishes: &Classify, terminal: &Terminal, tally: &Tally) -> Result<(), Stop> {
    for fault in tally.skipped.iter().take(super::MOST_FAULTS) {
        Terminal::complain(fault);
    }
    if tally.skipped.len() > super::MOST_FAULTS {
        terminal.say(&format!(
            "stance: and {} records more could not be read",
            tally.skipped.len() - super::MOST_FAULTS
        ));
    }
    if let Some(path) = &wishes.errors {
        write_errors(path, &tally.skipped)?;
    }
    let nothing_read = tally.articles == 0 && tally.statements == 0;
    if nothing_read && !tally.skipped.is_empty() {
        return Err(Stop::Faults(Vec::new()));
    }
    let share = if tally.statements == 0 {
        0.0
    } else {
        100.0 * tally.abstained as f64 / tally.statements as f64
    };
    let articles = if wishes.from == From::Statements {
        String::new()
    } else {
        format!("{}, ", counted(tally.articles, "article"))
    };
    terminal.say(&format!(
        "{articles}{}, {share:.0} % abstained, {} skipped",
        counted(tally.statements, "statement"),
        tally.skipped.len()
    ));
    match tally.skipped.first() {
        // A whole input that could not be read is exit 2 even though all others came out.
        Some(_) if tally.skipped.iter().any(Fault::is_of_whole_input) => {
            Err(Stop::Faults(Vec::new()))
        }
        Some(_) if wishes.strict => Err(Stop::Check(
            "stance: --strict: not every record could be read".to_owned(),
        )),
        _ => Ok(()),
    }
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 {
        format!("1 {what}")
    } else {
        format!("{n} {what}s")
    }
}

fn write_errors(path: &Path, faults: &[Fault]) -> Result<(), Fault> {
    let fault = |error: &std::io::Error| Fault::io(path.display(), "write the errors", error);
    let mut file = BufWriter::new(File::create(path).map_err(|error| fault(&error))?);
    for one in faults {
        let line = serde_json::json!({
            "path": one.path, "line": one.line, "found": one.found, "expected": one.expected, "remedy": one.remedy,
        });
        writeln!(file, "{line}").map_err(|error| fault(&error))?;
    }
    file.flush().map_err(|error| fault(&error))
}
