//! Training and evaluation on labelled files or on labelled rows in memory. What is learnt and what is measured is the
//! core's.

use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use stance::classify::Classifier;
use stance::corpus::{Labelled, OwnActors, load, load_text};
use stance::error::Fault;
use stance::evaluate::evaluate as evaluated;
use stance::features::{Features, Lexicon, Weighting, examples};
use stance::label::LabelSet;
use stance::labels::learn::{About, Lesson, learn};
use stance::model::ground::Ground;
use stance::model::hyperparams::ClassWeights;
use stance::model::train::{Settings, TrainingRow};
use stance::report::card::{self, Subject};
use stance::text::WordTable;

use crate::faults::{all_raised, raised};
use crate::input::Input;
use crate::model::{Model, Owned};

/// What labelled rows in memory are called in a fault.
const ROWS: &str = "labels";

fn labelled(input: Input, stances: &LabelSet, tones: &LabelSet) -> PyResult<Labelled> {
    if let Input::Files(paths) = input {
        return load(&paths, stances, tones).map_err(all_raised);
    }
    let (mut lines, mut faults) = (String::new(), Vec::new());
    for entry in input.entries(|_| true)? {
        let entry = entry?;
        let line = entry.fields.and_then(|fields| {
            serde_json::to_string(&fields).map_err(|error| Fault::new(error.to_string()))
        });
        match line {
            Ok(line) => lines.push_str(&line),
            Err(fault) => faults.push(fault.at(ROWS).line(entry.place + 1)),
        }
        lines.push('\n');
    }
    match load_text(&lines, Path::new(ROWS), stances, tones) {
        Ok(labelled) if faults.is_empty() => Ok(labelled),
        Ok(_) => Err(all_raised(faults)),
        Err(others) => Err(all_raised(faults.into_iter().chain(others).collect())),
    }
}

/// Labels to learn from, in which no statement has two stances, unless such are kept.
fn agreeing(input: Input, settings: &Settings, keep: bool) -> PyResult<Labelled> {
    let labelled = labelled(input, &settings.stances, &settings.tones)?;
    if keep || labelled.contradictions.is_empty() {
        Ok(labelled)
    } else {
        Err(all_raised(labelled.contradictions))
    }
}

/// Trains a model on labels and writes its folder, if one is named. `about` is the model's name and the command that makes
/// it again; `settings` are labels, C, whether labels are balanced, folds and seed; `how` are threads, whether contradictions are
/// kept, the least document frequency, whether characters are features, and the families to learn from, if not all.
#[pyfunction]
pub(crate) fn train(
    py: Python<'_>,
    labels: (Bound<'_, PyAny>, String),
    test: Option<(Bound<'_, PyAny>, String)>,
    output: Option<PathBuf>,
    about: (String, String),
    settings: (Option<Vec<String>>, f64, bool, usize, u64),
    how: (usize, bool, u32, bool, Option<Vec<String>>),
) -> PyResult<Model> {
    let (threads, keep, min_df, characters, families) = how;
    let mut settings = settings_of(settings)?;
    settings.min_df = min_df;
    if let Some(names) = &families {
        settings.weightings = Weighting::of_families(names).map_err(raised)?;
    } else if characters {
        settings.weightings = Weighting::with_characters();
    }
    let labels = Input::new(&labels.0, &labels.1)?;
    let test = test.map(|(test, shape)| Input::new(&test, &shape));
    let test = test.transpose()?;
    py.detach(|| {
        let labels = agreeing(labels, &settings, keep)?;
        let test = test.map(|test| labelled(test, &settings.stances, &settings.tones));
        let test = test.transpose()?;
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.map_err(|error| raised(Fault::new(format!("no threads: {error}"))))?;
        pool.install(|| made(&labels, test.as_ref(), output.as_deref(), &about, &settings))
            .map(|(model, beside)| {
                let owned = Owned {
                    model,
                    actors: None,
                    target: None,
                };
                Model::new(owned, beside, threads, false)
            })
            .map_err(raised)
    })
}

fn settings_of(
    (labels, c, is_balanced, folds, seed): (Option<Vec<String>>, f64, bool, usize, u64),
) -> PyResult<Settings> {
    let mut settings = Settings {
        c,
        folds,
        seed,
        ..Settings::default()
    };
    if is_balanced {
        settings.class_weights = ClassWeights::Balanced;
    }
    if let Some(labels) = labels {
        settings.stances = LabelSet::of_names(&labels).map_err(raised)?;
    }
    Ok(settings)
}

/// The model with its evaluation and card.
fn made(
    labels: &Labelled,
    test: Option<&Labelled>,
    output: Option<&Path>,
    (name, command): &(String, String),
    settings: &Settings,
) -> stance::error::Result<(stance::model::Model, (String, String))> {
    let mut words = WordTable::new();
    let mut features = Features::new(Lexicon::new(None)?).weighed_by(&settings.weightings);
    let found = examples(labels, &mut features, &mut words);
    let rows: Vec<TrainingRow<'_>> = found
        .iter()
        .filter_map(|example| TrainingRow::of(example, settings))
        .collect();
    let lesson = Lesson {
        found: &found,
        rows: &rows,
        ground: &Ground::default(),
        settings,
    };
    let about = About {
        name: name.clone(),
        ..About::default()
    };
    let learnt = learn(lesson, about, &|| {})?;
    let tested = match test {
        Some(test) => Some(evaluated(
            test,
            &learnt.model,
            &mut Classifier::new(&learnt.model, None)?,
            settings.seed,
        )),
        None => None,
    };
    let subject = Subject {
        model: &learnt.model,
        stance: &learnt.stance,
        tone: learnt.tone.as_ref(),
        test: tested.as_ref(),
        curve: None,
        families: &[],
        command,
    };
    let beside = (subject.evaluation(), card::text(&subject));
    if let Some(folder) = output {
        learnt.model.save(folder, &beside.0, &beside.1)?;
    }
    // Read back, so that it carries the hash that it has on the disk.
    let model = stance::model::Model::of_bytes(&learnt.model.to_bytes()?)?;
    Ok((model, beside))
}

/// Evaluates a model on labels: the JSON of `stance evaluate --to json`.
#[pyfunction]
pub(crate) fn evaluate(
    py: Python<'_>,
    model: &Model,
    labels: (Bound<'_, PyAny>, String),
    seed: u64,
) -> PyResult<String> {
    let labels = Input::new(&labels.0, &labels.1)?;
    py.detach(|| {
        let own = model.model();
        let tones = own
            .tone
            .as_ref()
            .map_or_else(LabelSet::tone, |tone| tone.labels.clone());
        let labels = labelled(labels, &own.stance.labels, &tones)?;
        let classifier = Classifier::new(own, model.actors().map(OwnActors::text));
        let evaluation = evaluated(&labels, own, &mut classifier.map_err(raised)?, seed);
        let value = serde_json::json!({
            "model": own.label(),
            "codebook": own.provenance.codebook,
            "evaluation": evaluation,
        });
        Ok(value.to_string())
    })
}
