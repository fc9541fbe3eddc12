//! What a trained model says of itself, and the command that makes it again.

use super::args::{ClassWeighting, Train};
use super::footing::Footing;
use crate::labels::learn::About;

/// What the model says of itself.
pub(super) fn about(wishes: &Train, footing: &Footing) -> About {
    let name = wishes
        .output
        .file_name()
        .map_or_else(|| "model".into(), |name| name.to_string_lossy());
    About {
        name: name.into_owned(),
        lexicon: footing.lexicon.clone(),
        base: footing.base(),
        init: footing.init(),
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
    if wishes.characters {
        words.push("--characters".to_owned());
    }
    if let Some(names) = &wishes.families {
        words.push(format!("--families {}", names.join(",")));
    }
    if wishes.min_df != 2 {
        words.push(format!("--min-df {}", wishes.min_df));
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
