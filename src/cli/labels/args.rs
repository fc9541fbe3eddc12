//! The command line of `stance labels` as clap reads it: help text is the documentation. It does not run anything.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use crate::labels::exchange::Tool;

#[derive(Debug, Subcommand)]
pub(in super::super) enum Labels {
    /// Turn the export of a label tool into labelled rows.
    Import(Import),
    /// Turn labelled rows, or what is to be labelled, into tasks of a label tool.
    Export(Export),
    /// Count what labelled files hold; list duplicates, contradictions, shared runs of words, leaks of a split, and labels
    /// that are likely wrong.
    Check(Check),
    /// Choose what to label next from a corpus.
    Next(Next),
    /// Measure what more labels bring: macro-F1 on held-out files by number of statements learnt from.
    Curve(Curve),
    /// Krippendorff's alpha of annotations of the same articles or statements, for each pair of annotators.
    Agreement(Agreement),
}

#[derive(Debug, Args)]
pub(in super::super) struct Check {
    /// Labelled files and folders.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub(super) labelled: Vec<PathBuf>,
    /// The other side of a split: exit with 1 if a group stands on both.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(super) against: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) labels: Own,
    /// List the N labels that are likeliest wrong, by a model that has not seen their group. Trains: slow on many labels.
    #[arg(long, value_name = "N")]
    pub(super) suspects: Option<usize>,
    /// Try the ranking: give this share of the labels another one first, and print how many of them it finds.
    #[arg(long, value_name = "SHARE")]
    pub(super) flip: Option<f64>,
    /// Folds of the models that rank.
    #[arg(long, default_value_t = 5, value_name = "K")]
    pub(super) folds: usize,
    /// Seed of folds and flips.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(super) seed: u64,
}

#[derive(Debug, Args)]
pub(in super::super) struct Curve {
    /// Labelled files and folders to learn from.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub(super) labelled: Vec<PathBuf>,
    /// Held-out files and folders; each named one has a column of its own.
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(super) held_out: Vec<PathBuf>,
    /// Leave out each batch of writing in turn instead, to see what it brings and how well it is told unseen.
    #[arg(long)]
    pub(super) batches: bool,
    #[command(flatten)]
    pub(super) labels: Own,
    /// Seed of the order in which groups are taken.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(super) seed: u64,
}

#[derive(Debug, Args)]
pub(in super::super) struct Agreement {
    /// One file or folder: its annotators are compared with each other. Several: each of them is an annotator.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub(super) labelled: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) labels: Own,
    /// Seed of the bootstrap.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(super) seed: u64,
}

#[derive(Debug, Args)]
pub(in super::super) struct Import {
    /// Files and folders as the tool exports them (brat: the .ann files with their .txt beside them).
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub(super) files: Vec<PathBuf>,
    /// Which tool wrote them; auto looks at each file.
    #[arg(long, default_value = "auto", value_name = "TOOL")]
    pub(super) format: Format,
    #[command(flatten)]
    pub(super) labels: Own,
    /// Who labelled, for rows in which the tool does not say so.
    #[arg(long, value_name = "NAME")]
    pub(super) annotator: Option<String>,
    /// Articles with the texts of an export without texts (INCEpTION's agreement page).
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(super) texts: Vec<PathBuf>,
    /// Write here instead of standard output; the file appears whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Exit with 1 if a row or span had to be left out.
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Args)]
pub(in super::super) struct Export {
    /// Labelled files, articles, or statements to label (JSONL, marked or plain text), and folders of them.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub(super) files: Vec<PathBuf>,
    /// For which tool.
    #[arg(long, value_name = "TOOL")]
    pub(super) format: Target,
    #[command(flatten)]
    pub(super) labels: Own,
    /// What a row without labels is; auto takes a row with an actor, a kind or a context for a statement.
    #[arg(long, default_value = "auto", value_name = "WHAT")]
    pub(super) unit: Unit,
    /// Add what the model says: as predictions where the tool has such, else as labels to be mended.
    #[arg(long)]
    pub(super) predict: bool,
    /// A model folder for --predict; the built-in model if left out.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) model: Option<PathBuf>,
    /// Write here instead of standard output: a file, and for brat and INCEpTION a new folder.
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Print the labelling configuration instead of tasks (Label Studio).
    #[arg(long)]
    pub(super) config: bool,
}

#[derive(Debug, Args)]
pub(in super::super) struct Next {
    /// Articles as for classify: files, folders, or - for standard input.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub(super) corpus: Vec<PathBuf>,
    /// How many to choose.
    #[arg(long, short, value_name = "N")]
    pub(super) n: usize,
    /// How to choose.
    #[arg(long, default_value = "uncertain", value_name = "HOW")]
    pub(super) by: ByWish,
    /// A model folder; the built-in model if left out.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) model: Option<PathBuf>,
    /// Whether the rows of the corpus are statements already, one JSON row a line.
    #[arg(long)]
    pub(super) statements: bool,
    /// Choose whole articles in place of statements.
    #[arg(long, conflicts_with = "statements")]
    pub(super) articles: bool,
    /// Rows that are labelled or given out already: nothing like them is chosen.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(super) exclude: Vec<PathBuf>,
    /// Seed of the choice.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(super) seed: u64,
    /// Write here instead of standard output; the file appears whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ByWish {
    /// The likelier, the less the model is sure and the rarer the labels it expects: for a better model.
    Uncertain,
    /// One of each of N clusters of like statements: for a first look.
    Diverse,
    /// All alike: for honest figures.
    Random,
    /// By outlet and predicted label, some of each: for the comparison of outlets.
    Stratified,
}

/// Label sets of the user's own.
#[derive(Debug, Args)]
pub(in super::super) struct Own {
    /// Stance labels in place of supportive,skeptical,hostile,none.
    #[arg(long, value_delimiter = ',', value_name = "LABEL,...")]
    pub(super) labels: Option<Vec<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// By the file's ending and first words.
    Auto,
    /// Label Studio: JSON or JSON-MIN.
    LabelStudio,
    /// doccano: JSONL.
    Doccano,
    /// Prodigy: JSONL.
    Prodigy,
    /// INCEpTION: UIMA CAS JSON, or the list of its agreement page.
    Inception,
    /// brat: .ann beside .txt.
    Brat,
    /// Discourse Network Analyzer: event list.
    Dna,
    /// A table with a head.
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Target {
    /// Label Studio: JSON.
    LabelStudio,
    /// doccano: JSONL.
    Doccano,
    /// Prodigy: JSONL.
    Prodigy,
    /// INCEpTION: a folder of UIMA CAS JSON.
    Inception,
    /// brat: a folder of .txt and .ann.
    Brat,
    /// Discourse Network Analyzer: event list.
    Dna,
    /// A table with a head.
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Unit {
    /// By its fields.
    Auto,
    /// An article.
    Article,
    /// A single statement.
    Statement,
}

impl Format {
    pub(super) const fn tool(self) -> Option<Tool> {
        match self {
            Self::Auto => None,
            Self::LabelStudio => Some(Tool::LabelStudio),
            Self::Doccano => Some(Tool::Doccano),
            Self::Prodigy => Some(Tool::Prodigy),
            Self::Inception => Some(Tool::Inception),
            Self::Brat => Some(Tool::Brat),
            Self::Dna => Some(Tool::Dna),
            Self::Csv => Some(Tool::Csv),
        }
    }
}

impl Target {
    pub(super) const fn tool(self) -> Tool {
        match self {
            Self::LabelStudio => Tool::LabelStudio,
            Self::Doccano => Tool::Doccano,
            Self::Prodigy => Tool::Prodigy,
            Self::Inception => Tool::Inception,
            Self::Brat => Tool::Brat,
            Self::Dna => Tool::Dna,
            Self::Csv => Tool::Csv,
        }
    }
}
