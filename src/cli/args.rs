//! The command line as clap reads it: help text is the documentation. It does not run anything.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use super::labels::args::Labels;
use super::train::args::Train;

const EXAMPLES: &str = "\
Examples:
  stance classify article.txt                    who says what, and for or against, as a table
  cat articles.jsonl | stance classify - > statements.jsonl
  stance classify --explain article.txt          with the words that decided
  stance train labels.jsonl -o my-model          learn from your own labels
  stance evaluate test.jsonl --model my-model    how good it is, with intervals

Data goes to standard output, everything else to standard error. Nothing is ever fetched or sent.
Exit codes: 0 done, 1 a stated check failed or --strict met a bad record, 2 usage or unreadable input, 130 interrupted.";

/// Who supports a ceasefire proposal, who doubts it, who fights it: statements, actors and stance from news articles.
#[derive(Debug, Parser)]
#[command(name = "stance", version = super::version(), after_help = EXAMPLES, max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Leave out progress and counts on standard error.
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// When to use colour.
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub(super) color: Color,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find the statements in articles and score the stance of each.
    Classify(Classify),
    /// Learn a model from labelled articles and statements.
    Train(Train),
    /// Measure a model on labelled articles and statements.
    Evaluate(Evaluate),
    /// Compare how outlets let actors speak: scores, gaps, copies and shared quotations, with intervals and tests.
    Compare(Compare),
    /// Exchange labels with label tools, check them, and measure how far annotators agree.
    #[command(subcommand)]
    Labels(Labels),
    /// Show what a model is made of, or its card.
    #[command(subcommand)]
    Model(Model),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(super) struct Classify {
    /// Files, folders, patterns such as 'news/**/*.warc.gz', or - for standard input; .gz and .zst are unpacked.
    #[arg(value_hint = ValueHint::AnyPath, default_value = "-", hide_default_value = true)]
    pub(super) input: Vec<PathBuf>,
    /// How the input is written.
    #[arg(long, default_value = "auto", value_name = "FORMAT")]
    pub(super) from: From,
    /// What your fields or columns are called: text=body,outlet=source.
    #[arg(long, value_delimiter = ',', value_name = "FIELD=NAME,...")]
    pub(super) map: Vec<String>,
    /// Read articles that are not in English too.
    #[arg(long)]
    pub(super) any_language: bool,
    /// How to write the statements; auto goes by the ending of -o, else is a table on a terminal and JSONL elsewhere.
    #[arg(long, default_value = "auto", value_name = "FORMAT")]
    pub(super) to: To,
    /// Write here instead of standard output; the file appears whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// A model folder; the built-in model if left out.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) model: Option<PathBuf>,
    /// Names of your own actors: a file of lines `name<TAB>type<TAB>side<TAB>other names`.
    #[arg(long, value_name = "FILE")]
    pub(super) actors: Option<PathBuf>,
    /// Terms that name the proposal that you study, a line each, and behind `not:` those of others: what bears on
    /// another is `none`.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) target: Option<PathBuf>,
    /// Add the exact reasons of each decision.
    #[arg(long)]
    pub(super) explain: bool,
    /// Add the article's text to each record, for which start and end count.
    #[arg(long)]
    pub(super) with_text: bool,
    /// Threads; the output is the same for any number. 0 takes all cores.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(super) threads: usize,
    /// Exit with 1 if a record could not be read.
    #[arg(long)]
    pub(super) strict: bool,
    /// Write everything that was skipped here as the run goes, as JSONL with path, line or byte, and reason.
    #[arg(long, value_name = "FILE")]
    pub(super) errors: Option<PathBuf>,
    /// With -o: keep what is done if the run is interrupted; the same command goes on from there.
    #[arg(long, requires = "output")]
    pub(super) resume: bool,
}

#[derive(Debug, Args)]
pub(super) struct Evaluate {
    /// Labelled files and folders.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub(super) labelled: Vec<PathBuf>,
    /// A model folder; the built-in model if left out.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) model: Option<PathBuf>,
    /// Table for people or JSON for programs.
    #[arg(long, default_value = "table", value_name = "FORMAT")]
    pub(super) to: EvaluationFormat,
    /// Names of your own actors, as for classify.
    #[arg(long, value_name = "FILE")]
    pub(super) actors: Option<PathBuf>,
    /// Another model folder: compare both on the same statements, with a paired test. `built-in` is the one inside.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) against: Option<PathBuf>,
    /// Exit with 1 if the macro-F1 of stance on given statements is below this.
    #[arg(long, value_name = "X")]
    pub(super) min_f1: Option<f64>,
    /// List the statements that were judged, missed or found wrongly.
    #[arg(long)]
    pub(super) errors: bool,
    /// Seed of the bootstrap.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(super) seed: u64,
}

#[derive(Debug, Args)]
pub(super) struct Compare {
    /// Articles, or statements as `stance classify --to jsonl` writes them; files, folders, or - for standard input.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub(super) input: Vec<PathBuf>,
    /// What is compared: outlet, date, week, or a metadata field of the articles such as country.
    #[arg(long, default_value = "outlet", value_name = "FIELD")]
    pub(super) by: String,
    /// How an actor's statements in one article count.
    #[arg(long, default_value = "once-per-article", value_name = "HOW")]
    pub(super) count: CountHow,
    /// What is done with copies of one article in several outlets.
    #[arg(long, default_value = "drop", value_name = "HOW")]
    pub(super) copies: CopiesHow,
    /// Whether calibrated probabilities are summed (soft) or likeliest labels (hard).
    #[arg(long, default_value = "soft", value_name = "HOW")]
    pub(super) scoring: ScoringHow,
    /// Hand labels with `sample_prob`, as `stance labels next` writes them: figures are corrected for the classifier's errors.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) labels: Option<PathBuf>,
    /// Also say how many hand labels buy which width of interval.
    #[arg(long)]
    pub(super) plan: bool,
    /// Actors with a row of their own; the others are taken together.
    #[arg(long, default_value_t = 30, value_name = "N")]
    pub(super) most_actors: usize,
    /// Draws of the bootstrap.
    #[arg(long, default_value_t = 2000, value_name = "N", value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    pub(super) draws: u32,
    /// Draws of each permutation test.
    #[arg(long, default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u32).range(100..=10_000_000))]
    pub(super) permutations: u32,
    /// Share of intervals that should hold the truth.
    #[arg(long, default_value_t = 0.95, value_name = "SHARE", value_parser = share)]
    pub(super) level: f64,
    /// Seed of everything drawn by chance.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(super) seed: u64,
    /// How to write the result; auto goes by the ending of the output file, else a table.
    #[arg(long, default_value = "auto", value_name = "FORMAT")]
    pub(super) to: CompareTo,
    /// Write here instead of standard output; the file appears whole or not at all.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) output: Option<PathBuf>,
    /// A model folder; the built-in model if left out.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) model: Option<PathBuf>,
    /// Names of your own actors, as for classify.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) actors: Option<PathBuf>,
    /// Threads; the result is the same for any number. 0 takes all cores.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(super) threads: usize,
}

impl Compare {
    /// The format wished for; `auto` goes by the ending of the output file.
    pub(super) fn to(&self) -> CompareTo {
        let ending = self
            .output
            .as_ref()
            .and_then(|path| path.extension()?.to_str());
        match (self.to, ending) {
            (CompareTo::Auto, Some("html" | "htm")) => CompareTo::Html,
            (CompareTo::Auto, Some("csv")) => CompareTo::Csv,
            (CompareTo::Auto, Some("parquet")) => CompareTo::Parquet,
            (CompareTo::Auto, Some("json")) => CompareTo::Json,
            (CompareTo::Auto, _) => CompareTo::Table,
            (to, _) => to,
        }
    }
}

fn share(words: &str) -> Result<f64, String> {
    words
        .parse()
        .ok()
        .filter(|share| *share > 0.0 && *share < 1.0)
        .ok_or_else(|| "expected a number between 0 and 1".to_owned())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CompareTo {
    /// By the ending of the output file, else a table.
    Auto,
    /// Tables for reading.
    Table,
    /// Tidy rows, one figure each.
    Csv,
    /// One JSON object that holds all of it.
    Json,
    /// The tidy rows as a Parquet table.
    Parquet,
    /// One page with figures and evidence, complete in itself.
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CountHow {
    /// Every statement counts one.
    All,
    /// An actor counts one in an article, however many of its statements stand there.
    OncePerArticle,
}

impl std::convert::From<CountHow> for crate::compare::Count {
    fn from(how: CountHow) -> Self {
        match how {
            CountHow::All => Self::All,
            CountHow::OncePerArticle => Self::OncePerArticle,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CopiesHow {
    /// Every article counts.
    Keep,
    /// Copies count once for each outlet.
    Drop,
    /// Only the earliest article of a set of copies counts.
    Originals,
}

impl std::convert::From<CopiesHow> for crate::compare::CopyPolicy {
    fn from(how: CopiesHow) -> Self {
        match how {
            CopiesHow::Keep => Self::Keep,
            CopiesHow::Drop => Self::Drop,
            CopiesHow::Originals => Self::Originals,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ScoringHow {
    /// Calibrated probabilities.
    Soft,
    /// Likeliest labels.
    Hard,
}

impl std::convert::From<ScoringHow> for crate::compare::Scoring {
    fn from(how: ScoringHow) -> Self {
        match how {
            ScoringHow::Soft => Self::Soft,
            ScoringHow::Hard => Self::Hard,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Model {
    /// Show labels, features, settings and hashes.
    Show {
        /// A model folder; the built-in model if left out.
        #[arg(value_hint = ValueHint::DirPath)]
        model: Option<PathBuf>,
    },
    /// Print the model card.
    Card {
        /// A model folder; the built-in model if left out.
        #[arg(value_hint = ValueHint::DirPath)]
        model: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum From {
    /// By the file's ending, else by its first bytes.
    Auto,
    /// One article of plain text.
    Text,
    /// One JSON article a line: the project's own, news-please's or trafilatura's.
    Jsonl,
    /// JSON articles one after another or in a list, over any number of lines.
    Json,
    /// A table with a head line: CSV, or parted by tabs, semicolons or bars.
    Csv,
    /// A web page: its main text and metadata.
    Html,
    /// A web archive, for example of CC-NEWS.
    Warc,
    /// A Parquet table.
    Parquet,
    /// A Nexis Uni export (DOCX); any other DOCX is one article.
    Nexis,
    /// A Factiva export (HTML, "Article Format").
    Factiva,
    /// One JSON row a line that is a statement already.
    Statements,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum To {
    /// A table on a terminal, JSONL elsewhere.
    Auto,
    /// A table for reading.
    Table,
    /// One JSON record a line.
    Jsonl,
    /// A table that is safe to open in a spreadsheet.
    Csv,
    /// A Parquet table.
    Parquet,
    /// An event list of Discourse Network Analyzer: statements that take a position.
    Dna,
    /// One page with the articles and their statements coloured.
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum EvaluationFormat {
    /// Tables for reading.
    Table,
    /// One JSON object.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}
