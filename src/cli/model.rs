//! `stance model`: what a model is made of, and its card.

use std::path::Path;

use super::args::Model as Wishes;
use super::terminal::{Stop, Terminal};
use crate::error::Fault;
use crate::model::Model;
use crate::model::folder::CARD_FILE;
use crate::report::table::Table;

/// The model in `folder`, or the one inside the program.
pub(super) fn open(folder: Option<&Path>) -> Result<Model, Stop> {
    Ok(folder.map_or_else(Model::embedded, Model::load)?)
}

pub(super) fn run(wishes: &Wishes) -> Result<(), Stop> {
    match wishes {
        Wishes::Show { model } => show(&open(model.as_deref())?),
        Wishes::Card { model: None } => Terminal::print(Model::embedded_card()),
        Wishes::Card {
            model: Some(folder),
        } => {
            let path = folder.join(CARD_FILE);
            let card = std::fs::read_to_string(&path)
                .map_err(|error| Fault::io(path.display(), "read the card", &error))?;
            Terminal::print(&card)
        }
    }
}

fn show(model: &Model) -> Result<(), Stop> {
    let about = &model.provenance;
    let mut table = Table::new(&["model", &about.name]);
    table.row(["SHA-256", model.sha256.as_str()]);
    table.row(["program", about.program.as_str()]);
    table.row(["codebook", about.codebook.as_str()]);
    table.row(["stance labels", model.stance.labels.listed().as_str()]);
    if let Some(tone) = &model.tone {
        table.row(["tone labels", tone.labels.listed().as_str()]);
    }
    table.row(["features", &model.vocabulary.len().to_string()]);
    for family in model.weightings.iter().filter(|family| family.weight > 0.0) {
        table.row([
            format!("  {}", family.name),
            format!("weight {}", family.weight),
        ]);
    }
    table.row(["training statements", &about.n_statements.to_string()]);
    table.row(["training groups", &about.n_groups.to_string()]);
    if about.n_near > 0 {
        table.row(["learnt once more", &about.n_near.to_string()]);
    }
    table.row(["training data SHA-256", about.training_data.as_str()]);
    table.row(["lexicon SHA-256", about.lexicon.as_str()]);
    if let Some(base) = &about.base {
        table.row(["added to", base]);
    }
    if let Some(init) = &about.init {
        table.row(["search begun at", init]);
    }
    if model.lexicon.is_some() {
        table.row(["lexicon of its own", "yes"]);
    }
    table.row(["C", &about.c.to_string()]);
    table.row(["label weights", about.class_weights.as_str()]);
    table.row(["least document frequency", &about.min_df.to_string()]);
    table.row(["folds, seed", &format!("{}, {}", about.folds, about.seed)]);
    table.row(["abstains below", &format!("{:.3}", model.stance.threshold)]);
    Terminal::print(&table.lines())
}
