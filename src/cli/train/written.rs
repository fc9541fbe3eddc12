//! The model that a training writes down, and the command that makes it again.

use std::collections::BTreeSet;

use super::super::args::{ClassWeighting, Train};
use super::footing::Footing;
use crate::features::{Example, examples_hash, knowledge_hash};
use crate::label::CODEBOOK;
use crate::model::hyperparams::ClassWeights;
use crate::model::train::{Settings, Trained};
use crate::model::{Model, Packing, Provenance};

/// The model with all that it says of itself.
pub(super) fn model(
    wishes: &Train,
    settings: &Settings,
    trained: Trained,
    found: &[Example],
    footing: &Footing,
) -> Model {
    let groups: BTreeSet<&str> = found.iter().map(|example| example.group.as_str()).collect();
    let name = wishes
        .output
        .file_name()
        .map_or_else(|| "model".into(), |name| name.to_string_lossy());
    let provenance = Provenance {
        name: name.into_owned(),
        codebook: CODEBOOK.to_owned(),
        training_data: examples_hash(found),
        lexicon: knowledge_hash(),
        n_statements: found.len(),
        n_groups: groups.len(),
        c: settings.c,
        class_weights: match settings.class_weights {
            ClassWeights::Balanced => "balanced",
            _ => "even",
        }
        .to_owned(),
        min_df: settings.min_df,
        seed: settings.seed,
        folds: settings.folds,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        base: footing.base(),
        init: footing.init(),
    };
    Model {
        vocabulary: trained.vocabulary,
        weightings: settings.weightings.clone(),
        lexicon: footing.lexicon.clone(),
        stance: trained.stance,
        tone: trained.tone,
        provenance,
        sha256: String::new(),
        packing: Packing::default(),
    }
}

/// The command that makes the model again, with the settings that matter.
pub(super) fn command_line(wishes: &Train) -> String {
    let paths = |paths: &[std::path::PathBuf]| {
        paths
            .iter()
            .map(|path| path.display().to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut words = vec![format!(
        "stance train {} -o {}",
        paths(&wishes.labelled),
        wishes.output.display()
    )];
    if wishes.tune {
        words.push("--tune".to_owned());
    } else if let Some(c) = wishes.c {
        words.push(format!("--c {c}"));
    }
    words.push(format!("--folds {} --seed {}", wishes.folds, wishes.seed));
    if wishes.class_weights == ClassWeighting::Balanced {
        words.push("--class-weights balanced".to_owned());
    }
    if let Some(labels) = &wishes.labels {
        words.push(format!("--labels {}", labels.join(",")));
    }
    if let Some(base) = &wishes.base {
        words.push(format!(
            "--base={} --base-weight {}",
            base.display(),
            wishes.base_weight
        ));
    }
    let named = [("--init", &wishes.init), ("--lexicon", &wishes.lexicon)];
    for (flag, path) in named {
        words.extend(path.iter().map(|path| format!("{flag} {}", path.display())));
    }
    for (flag, files) in [("--test", &wishes.test), ("--curve", &wishes.curve)] {
        if !files.is_empty() {
            words.push(format!("{flag} {}", paths(files)));
        }
    }
    if wishes.ablate {
        words.push("--ablate".to_owned());
    }
    words.join(" ")
}
