//! `stance labels curve`: what more labels bring, and what each batch of writing brings.

use super::super::labelled::load;
use super::super::terminal::{Stop, Terminal};
use super::args::Curve;
use super::exchange::sets;
use crate::features::{Example, Features, Lexicon, examples};
use crate::labels::curve::{batches, curve};
use crate::model::train::{Settings, TrainingRow};
use crate::report::labels::{batches_text, curve_text};
use crate::text::WordTable;

pub(super) fn run(wishes: &Curve, terminal: &Terminal) -> Result<(), Stop> {
    let sets = sets(&wishes.labels)?;
    let settings = Settings {
        stances: sets.stances.clone(),
        tones: sets.tones.clone(),
        seed: wishes.seed,
        ..Settings::default()
    };
    let (mut words, mut features) = (WordTable::new(), Features::new(Lexicon::new(None)?));
    let mut read = |paths: &[std::path::PathBuf]| -> Result<Vec<Example>, Stop> {
        let labelled = load(paths, &sets.stances, &sets.tones)?;
        Ok(examples(&labelled, &mut features, &mut words))
    };
    let seen = read(&wishes.labelled)?;
    let held: Vec<Vec<Example>> = wishes
        .held_out
        .iter()
        .map(|path| read(std::slice::from_ref(path)))
        .collect::<Result<_, Stop>>()?;
    let of = |examples| rows_of(examples, &settings);
    let held_rows: Vec<Vec<TrainingRow<'_>>> = held.iter().map(|part| of(part)).collect();
    let names: Vec<String> = wishes
        .held_out
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    terminal.progress("learning");
    let words = if wishes.batches {
        batches_text(&batches(&seen, &of(&seen), &held_rows, &settings)?, &names)
    } else {
        curve_text(&curve(&of(&seen), &held_rows, &settings)?, &names)
    };
    terminal.progress("");
    Terminal::print(&words)
}

fn rows_of<'e>(examples: &'e [Example], settings: &Settings) -> Vec<TrainingRow<'e>> {
    examples
        .iter()
        .filter_map(|example| TrainingRow::of(example, settings))
        .collect()
}
