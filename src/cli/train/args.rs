//! The command line of `stance train` as clap reads it: help text is the documentation. It does not run anything.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum, ValueHint};

use crate::features::Weighting;

#[derive(Debug, Args)]
pub(in super::super) struct Train {
    /// Labelled files and folders: annotated articles and single statements, mixed.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub(in super::super) labelled: Vec<PathBuf>,
    /// The model folder to write; an old one there is replaced as a whole.
    #[arg(long, short, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in super::super) output: PathBuf,
    /// Labels to learn in place of supportive,skeptical,hostile,none.
    #[arg(long, value_delimiter = ',', value_name = "LABEL,...")]
    pub(in super::super) labels: Option<Vec<String>>,
    /// Build on labels that exist already: without a value, or with built-in or a model folder, on that model, whose weights
    /// yours are drawn to; else on labelled files, which are learnt from beside yours.
    #[arg(long, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_missing_value = "built-in")]
    pub(in super::super) base: Option<PathBuf>,
    /// How much the base counts: for a model, how strongly it draws; for files, how much a statement of theirs counts
    /// beside one of yours.
    #[arg(long, default_value_t = 1.0, value_name = "W", requires = "base", value_parser = above_zero)]
    pub(in super::super) base_weight: f64,
    /// Begin the search at the weights of this model: sooner done, the same model up to its last digits.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in super::super) init: Option<PathBuf>,
    /// Words and phrases of your own with their classes, a line each, `pattern<TAB>CLASS,...`; stored in the model.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in super::super) lexicon: Option<PathBuf>,
    /// Strength of the fit: larger follows the labels more closely (inverse of the L2 penalty). 3 if left
    /// out, 0.3 on top of a model.
    #[arg(long, value_name = "C", value_parser = above_zero)]
    pub(in super::super) c: Option<f64>,
    /// Choose C by cross-validation over a log grid.
    #[arg(long)]
    pub(in super::super) tune: bool,
    /// Learn from runs of characters inside words too: for topics of short or misspelt texts. Slower to train and to use.
    #[arg(long)]
    pub(in super::super) characters: bool,
    /// Learn from these feature families alone. All but stems and characters see words as a talk of truces has them: for
    /// another topic `stems,characters` may serve better
    #[arg(long, value_name = "NAME,...", value_delimiter = ',', conflicts_with = "characters", value_parser = family_names())]
    pub(in super::super) families: Option<Vec<String>>,
    /// Learn from what occurs in so many statements or more: 1 where there are few.
    #[arg(long, default_value_t = 2, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(in super::super) min_df: u32,
    /// How much stance labels count: all statements alike, or all labels alike however rare. Tone labels count alike
    #[arg(long, default_value = "even", value_name = "HOW")]
    pub(in super::super) class_weights: ClassWeighting,
    /// Folds of the grouped cross-validation.
    #[arg(long, default_value_t = 5, value_name = "K")]
    pub(in super::super) folds: usize,
    /// Seed of everything drawn by chance.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(in super::super) seed: u64,
    /// Threads; the model is the same for any number. 0 takes all cores.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(in super::super) threads: usize,
    /// Labelled files to measure the finished model on, for its evaluation and card.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(in super::super) test: Vec<PathBuf>,
    /// Labelled files to measure what more labels bring, with all features and with word n-grams alone; a column each.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(in super::super) curve: Vec<PathBuf>,
    /// Also measure what each feature family brings, by leaving it out in cross-validation. Slow on many labels.
    #[arg(long)]
    pub(in super::super) ablate: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in super::super) enum ClassWeighting {
    /// All statements alike.
    Even,
    /// All labels alike.
    Balanced,
}

fn family_names() -> PossibleValuesParser {
    Weighting::family_names().into()
}

fn above_zero(words: &str) -> Result<f64, String> {
    words
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite() && *number > 0.0)
        .ok_or_else(|| "expected a number above 0".to_owned())
}
