//! What a training builds on: `--base`, `--init` and `--lexicon`, read and checked before anything is learnt.

use std::path::Path;

use super::super::labelled::load;
use super::super::terminal::Stop;
use super::args::Train;
use crate::corpus::Labelled;
use crate::error::Fault;
use crate::evaluate::Confusion;
use crate::features::{Example, Lexicon, Row, vectorize};
use crate::label::LabelSet;
use crate::model::Model;
use crate::model::folder::MODEL_FILE;
use crate::model::ground::{Ground, Prior};
use crate::model::train::{Settings, TrainingRow};

/// C on top of a model, if none is wished for: what a few hundred labels add to it is found in `benches/base.rs`.
const C_ON_A_MODEL: f64 = 0.3;

/// Stands for the model inside the program.
const BUILT_IN: &str = "built-in";

/// What a training builds on; each part may be missing.
#[derive(Default)]
pub(super) struct Footing {
    /// `--base`, where it is a model.
    model: Option<Model>,
    pull: f64,
    /// `--base`, where it is labelled files.
    pub(super) rows: Labelled,
    /// `--init`.
    start: Option<Model>,
    /// `--lexicon`, else that of the base model.
    pub(super) lexicon: Option<String>,
}

impl Footing {
    /// Reads what `wishes` name. A base model gives `settings` its labels and weightings, and a C of its own.
    pub(super) fn of(wishes: &Train, settings: &mut Settings) -> Result<Self, Stop> {
        let mut footing = Self {
            pull: wishes.base_weight,
            ..Self::default()
        };
        if let Some(path) = wishes.base.as_deref() {
            if is_model(path) {
                let model = open(path)?;
                if wishes.families.is_some() {
                    return Err(Fault::new("--families with a base model")
                        .at(path.display())
                        .expected("the families of that model, which stay; leave out --families")
                        .into());
                }
                same_labels(&model, settings, wishes.labels.is_some(), path)?;
                settings.stances = model.stance.labels.clone();
                let tones = model.tone.as_ref().map(|tone| &tone.labels);
                settings.tones = tones.cloned().unwrap_or_else(LabelSet::tone);
                settings.weightings.clone_from(&model.weightings);
                settings.c = wishes.c.unwrap_or(C_ON_A_MODEL);
                footing.lexicon.clone_from(&model.lexicon);
                footing.model = Some(model);
            } else {
                let files = [path.to_owned()];
                footing.rows = load(&files, &settings.stances, &settings.tones)?;
            }
        }
        if let Some(path) = wishes.init.as_deref() {
            let model = open(path)?;
            same_labels(&model, settings, true, path)?;
            footing.start = Some(model);
        }
        if let Some(path) = &wishes.lexicon {
            footing.lexicon = Some(own_lexicon(path)?);
        }
        Ok(footing)
    }

    /// As training takes it; `rows` are those of the base.
    pub(super) fn ground<'a>(&'a self, rows: &'a [TrainingRow<'a>]) -> Ground<'a> {
        Ground {
            rows,
            prior: self.model.as_ref().map(|model| Prior {
                model,
                pull: self.pull,
            }),
            start: self.start.as_ref(),
        }
    }

    /// What a model built on it says of itself.
    pub(super) fn base(&self) -> Option<String> {
        let n_rows = self.rows.len();
        match &self.model {
            Some(model) => Some(format!("model {}, weight {}", model.label(), self.pull)),
            None if n_rows > 0 => Some(format!(
                "{n_rows} labelled statements, weight {}",
                self.pull
            )),
            None => None,
        }
    }

    /// What the search began at.
    pub(super) fn init(&self) -> Option<String> {
        self.start.as_ref().map(Model::label)
    }

    /// The same for the user.
    pub(super) fn words(&self) -> String {
        self.base()
            .map_or_else(String::new, |base| format!(", on top of {base}"))
    }

    /// Macro-F1 of the base model on statements that it has not seen.
    pub(super) fn alone(&self, found: &[Example], settings: &Settings) -> Option<f64> {
        let model = self.model.as_ref()?;
        let mut row = Row::new();
        let pairs = found.iter().filter_map(|example| {
            let gold = settings.stances.position(&example.stance)?;
            vectorize(&example.bag, &model.vocabulary, &model.weightings, &mut row);
            Some((gold, model.stance.predict(&row).label))
        });
        Confusion::of(settings.stances.len(), pairs).macro_f1()
    }
}

fn is_model(path: &Path) -> bool {
    path == Path::new(BUILT_IN)
        || path.join(MODEL_FILE).exists()
        || path.extension().is_some_and(|end| end == "safetensors")
}

fn open(path: &Path) -> Result<Model, Fault> {
    if path == Path::new(BUILT_IN) {
        Model::embedded()
    } else {
        Model::load(path)
    }
}

fn same_labels(
    model: &Model,
    settings: &Settings,
    asked_for: bool,
    path: &Path,
) -> Result<(), Fault> {
    let theirs = &model.stance.labels;
    if !asked_for || theirs.labels == settings.stances.labels {
        return Ok(());
    }
    Err(Fault::new(format!("a model of {}", theirs.listed()))
        .at(path.display())
        .expected(format!("one of {}", settings.stances.listed()))
        .remedy("leave it out, or label by its labels"))
}

/// The user's own entries of the lexicon, checked.
fn own_lexicon(path: &Path) -> Result<String, Stop> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Fault::io(&shown, "read the lexicon", &error))?;
    let faults: Vec<Fault> = Lexicon::faults(&text)
        .into_iter()
        .map(|fault| fault.at(&shown).remedy("mend the line; # begins a comment"))
        .collect();
    if faults.is_empty() {
        Ok(text)
    } else {
        Err(faults.into())
    }
}
