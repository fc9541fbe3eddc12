//! A model from labelled statements, with what cross-validation says of it and what it was made of. It reads and writes no
//! files.

use std::collections::BTreeSet;

use crate::error::Result;
use crate::evaluate::{Classification, Judged, classification};
use crate::features::{Example, examples_hash, knowledge_hash};
use crate::label::CODEBOOK;
use crate::model::ground::Ground;
use crate::model::train::{Settings, Trained, TrainingRow, train_on};
use crate::model::{Model, Packing, Prediction, Provenance};

/// A model, not yet stored, and how good it is on statements of groups that it had not seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Learnt {
    /// The model.
    pub model: Model,
    /// Its stances, out of fold.
    pub stance: Classification,
    /// Its tones, out of fold; `None` where no statement has one.
    pub tone: Option<Classification>,
}

/// What is learnt from, and how.
#[derive(Clone, Copy, Debug)]
pub struct Lesson<'a> {
    /// Labelled statements.
    pub found: &'a [Example],
    /// The same as rows.
    pub rows: &'a [TrainingRow<'a>],
    /// What the training builds on.
    pub ground: &'a Ground<'a>,
    /// How to train.
    pub settings: &'a Settings,
}

/// What a model says of itself beside what it learnt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// Its name.
    pub name: String,
    /// The user's own entries of the lexicon that its features come from.
    pub lexicon: Option<String>,
    /// What its rows were added to.
    pub base: Option<String>,
    /// The model at whose weights the search began.
    pub init: Option<String>,
}

/// Learns a model; `fitted` is told of every fit that is done.
///
/// # Errors
/// As for [`train_on`].
pub fn learn(lesson: Lesson<'_>, about: About, fitted: &(dyn Fn() + Sync)) -> Result<Learnt> {
    let Lesson {
        found,
        rows,
        ground,
        settings,
    } = lesson;
    let trained = train_on(rows, ground, settings, fitted)?;
    let stance = out_of_fold(found, rows, &trained.stance_out_of_fold, settings);
    let tone = tone_out_of_fold(found, rows, &trained.tone_out_of_fold, settings);
    Ok(Learnt {
        model: model(about, settings, trained, found),
        stance,
        tone,
    })
}

fn out_of_fold(
    found: &[Example],
    rows: &[TrainingRow<'_>],
    predictions: &[Prediction],
    settings: &Settings,
) -> Classification {
    let judged: Vec<Judged<'_>> = rows
        .iter()
        .zip(predictions)
        .zip(found)
        .map(|((row, prediction), example)| Judged {
            gold: row.stance,
            prediction,
            article: &example.group,
        })
        .collect();
    classification(&judged, &settings.stances.labels, settings.seed)
}

fn tone_out_of_fold(
    found: &[Example],
    rows: &[TrainingRow<'_>],
    predictions: &[Option<Prediction>],
    settings: &Settings,
) -> Option<Classification> {
    let judged: Vec<Judged<'_>> = rows
        .iter()
        .zip(predictions)
        .zip(found)
        .filter_map(|((row, prediction), example)| {
            Some(Judged {
                gold: row.tone?,
                prediction: prediction.as_ref()?,
                article: &example.group,
            })
        })
        .collect();
    (!judged.is_empty()).then(|| classification(&judged, &settings.tones.labels, settings.seed))
}

fn model(about: About, settings: &Settings, trained: Trained, found: &[Example]) -> Model {
    let groups: BTreeSet<&str> = found.iter().map(|example| example.group.as_str()).collect();
    let provenance = Provenance {
        name: about.name,
        codebook: CODEBOOK.to_owned(),
        training_data: examples_hash(found),
        lexicon: knowledge_hash(),
        n_statements: found.len(),
        n_groups: groups.len(),
        n_near: found.iter().filter(|example| example.near).count(),
        c: settings.c,
        class_weights: format!(
            "{} for stance, {} for tone",
            settings.class_weights.name(),
            settings.tone_weights.name()
        ),
        min_df: settings.min_df,
        seed: settings.seed,
        folds: settings.folds,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        base: about.base,
        init: about.init,
    };
    Model {
        vocabulary: trained.vocabulary,
        weightings: settings.weightings.clone(),
        lexicon: about.lexicon,
        stance: trained.stance,
        tone: trained.tone,
        provenance,
        sha256: String::new(),
        packing: Packing::default(),
    }
}
