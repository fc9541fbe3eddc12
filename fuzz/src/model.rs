//! Model files. A changed file is refused for its hash, so it is tried as it is and then sealed again: with its own hash
//! and this program's lexicon, so that what lies behind these checks is reached.

use std::collections::HashMap;

use safetensors::SafeTensors;
use sha2::{Digest, Sha256};

use stance::classify::{Classifier, Wishes};
use stance::corpus::Article;
use stance::model::Model;

use crate::place::file;

const TEXT: &str = "Norvania accepted the truce, its envoy said. \u{201C}Never,\u{201D} President Dana Orr told reporters.";

/// Loads `bytes` as a model; one that loads predicts numbers.
pub fn model(bytes: &[u8]) {
    load(bytes);
    if let Some(sealed) = sealed(bytes) {
        load(&sealed);
    }
}

fn load(bytes: &[u8]) {
    let path = file("model.safetensors", bytes);
    let Ok(model) = Model::load(&path) else {
        return;
    };
    let mut chain = Classifier::new(&model, None).expect("the chain");
    let wishes = Wishes {
        explain: true,
        with_text: false,
        target: false,
    };
    for record in chain.article(&Article::of_text("a", TEXT), wishes) {
        let sum: f64 = record
            .probabilities
            .values()
            .filter_map(serde_json::Value::as_f64)
            .sum();
        assert!((sum - 1.0).abs() < 1e-3, "probabilities sum to {sum}");
    }
}

/// The file with hash and lexicon made right, if it has the form of a model.
fn sealed(bytes: &[u8]) -> Option<Vec<u8>> {
    let tensors = SafeTensors::deserialize(bytes).ok()?;
    let (_, header) = SafeTensors::read_metadata(bytes).ok()?;
    let entry = header.metadata().as_ref()?.get("stance")?;
    let mut about: serde_json::Value = serde_json::from_str(entry).ok()?;
    *about.pointer_mut("/provenance/lexicon")? = stance::features::knowledge_hash().into();
    *about.pointer_mut("/sha256")? = "".into();
    let bare = about.to_string();
    let mut hash = Sha256::new();
    hash.update(&bare);
    let mut sorted = tensors.tensors();
    sorted.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    for (name, view) in &sorted {
        hash.update(name);
        hash.update((view.data().len() as u64).to_le_bytes());
        hash.update(view.data());
    }
    *about.pointer_mut("/sha256")? = format!("{:x}", hash.finalize()).into();
    let entry = HashMap::from([("stance".to_owned(), about.to_string())]);
    safetensors::serialize(sorted, Some(entry)).ok()
}
