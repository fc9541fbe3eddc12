//! The model file, `model.safetensors`: the tensors of vocabulary and heads, and one metadata entry with all else as JSON.
//! It can hold no code. A file from disk is checked against the SHA-256 of its content; the embedded one is part of the
//! program. It reads and writes bytes; [`super::folder`] knows folders.

use std::borrow::Cow;
use std::collections::HashMap;

use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Model;
use super::Packing;
use super::head::Head;
use crate::error::{Fault, Result};
use crate::features::{Vocabulary, Weighting};
use crate::label::LabelSet;

/// Name and version of the format. A file with a higher number was written by a newer program.
const FORMAT: &str = "stance.model/";
const VERSION: u32 = 1;
const ENTRY: &str = "stance";

/// All of a model but its tensors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Name of the model.
    pub name: String,
    /// Version of the codebook that the labels follow.
    pub codebook: String,
    /// SHA-256 of the labelled rows that it learnt from, in their canonical order.
    pub training_data: String,
    /// SHA-256 of the lexicon that the features come from.
    pub lexicon: String,
    /// Labelled statements that it learnt from.
    pub n_statements: usize,
    /// Groups that they come from.
    pub n_groups: usize,
    /// Statements of those that the stance was learnt from once more at the end.
    #[serde(default, skip_serializing_if = "is_none")]
    pub n_near: usize,
    /// Inverse strength of the penalty.
    pub c: f64,
    /// How the labels of each head were weighted, in words: `even`, `balanced` or `given`.
    pub class_weights: String,
    /// Bags that a feature had to occur in.
    pub min_df: u32,
    /// Seed of the folds.
    pub seed: u64,
    /// Folds of the cross-fitting.
    pub folds: usize,
    /// Version of the program that trained it.
    pub program: String,
    /// What its rows were added to: a model or other labelled statements, and how much these counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// The model at whose weights the search began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub init: Option<String>,
}

/// Whether a model learnt nothing once more.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn is_none(n: &usize) -> bool {
    *n == 0
}

#[derive(Serialize, Deserialize)]
struct Metadata {
    format: String,
    sha256: String,
    provenance: Provenance,
    weightings: Vec<Weighting>,
    /// The user's own entries of the lexicon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lexicon: Option<String>,
    stance: HeadMetadata,
    tone: Option<HeadMetadata>,
}

#[derive(Serialize, Deserialize)]
struct HeadMetadata {
    labels: LabelSet,
    intercepts: Vec<f64>,
    sharpness: f64,
    threshold: f64,
}

impl HeadMetadata {
    fn of(head: &Head) -> Self {
        Self {
            labels: head.labels.clone(),
            intercepts: head.intercepts.clone(),
            sharpness: head.sharpness,
            threshold: head.threshold,
        }
    }
}

/// The bytes of a model file: the same for the same model.
///
/// # Errors
/// None that a sound model can cause.
pub(super) fn write(model: &Model) -> Result<Vec<u8>> {
    let k = model.stance.labels.len();
    let n_columns = model.vocabulary.len();
    let mut tensors: Vec<(&str, Dtype, Vec<usize>, Vec<u8>)> = vec![
        (
            "vocabulary.keys",
            Dtype::U64,
            vec![model.vocabulary.keys.len()],
            bytes(&model.vocabulary.keys),
        ),
        (
            "vocabulary.columns",
            Dtype::U32,
            vec![model.vocabulary.columns.len()],
            bytes(&model.vocabulary.columns),
        ),
        (
            "vocabulary.idf",
            Dtype::F32,
            vec![n_columns],
            bytes(&model.vocabulary.idf),
        ),
        (
            "stance.weights",
            Dtype::F32,
            vec![n_columns, k],
            bytes(&model.stance.weights),
        ),
    ];
    if let Some(tone) = &model.tone {
        tensors.push((
            "tone.weights",
            Dtype::F32,
            vec![n_columns, tone.labels.len()],
            bytes(&tone.weights),
        ));
    }
    let mut metadata = Metadata {
        format: format!("{FORMAT}{VERSION}"),
        sha256: String::new(),
        provenance: model.provenance.clone(),
        weightings: model.weightings.clone(),
        lexicon: model.lexicon.clone(),
        stance: HeadMetadata::of(&model.stance),
        tone: model.tone.as_ref().map(HeadMetadata::of),
    };
    metadata.sha256 = content_hash(
        &json(&metadata),
        tensors
            .iter()
            .map(|(name, _, _, data)| (*name, data.as_slice())),
    );
    let views: Vec<(&str, TensorView<'_>)> = tensors
        .iter()
        .map(|(name, dtype, shape, data)| {
            TensorView::new(*dtype, shape.clone(), data).map(|view| (*name, view))
        })
        .collect::<std::result::Result<_, _>>()
        .map_err(|error| Fault::new(format!("the model cannot be written: {error}")))?;
    // One entry only: a map of several would be written in an order that changes from run to run.
    let entry = HashMap::from([(ENTRY.to_owned(), json(&metadata))]);
    safetensors::serialize(views, Some(entry))
        .map_err(|error| Fault::new(format!("the model cannot be written: {error}")))
}

fn json(metadata: &Metadata) -> String {
    // Plain structs of numbers and strings always serialise.
    serde_json::to_string(metadata).unwrap_or_default()
}

fn bytes<T: bytemuck::NoUninit>(values: &[T]) -> Vec<u8> {
    bytemuck::cast_slice(values).to_vec()
}

/// SHA-256 over the metadata as it is written, but for the hash itself, then name, length and bytes of every tensor in order
/// of names. It runs over the text, not over parsed numbers, so that it stands whatever a JSON library does with them.
fn content_hash<'t>(bare: &str, tensors: impl Iterator<Item = (&'t str, &'t [u8])>) -> String {
    let mut hash = Sha256::new();
    hash.update(bare);
    let mut sorted: Vec<_> = tensors.collect();
    sorted.sort_unstable();
    for (name, data) in sorted {
        hash.update(name);
        hash.update((data.len() as u64).to_le_bytes());
        hash.update(data);
    }
    format!("{:x}", hash.finalize())
}

/// Whether to compare the content with its hash.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// A file from outside.
    Content,
    /// The embedded file, which is part of the program.
    Trusted,
}

/// Reads a model file. Tensors of static bytes that are aligned are used where they stand, others are copied.
///
/// # Errors
/// A file that is no model, is cut or changed, comes from a newer program, or whose sizes do not fit.
pub(super) fn read(file: &'static [u8], check: Check) -> Result<Model> {
    read_with(
        file,
        check,
        borrowed::<u64>,
        borrowed::<u32>,
        borrowed::<f32>,
    )
}

/// Like [`read`], for bytes that do not live for ever.
pub(super) fn read_copy(file: &[u8]) -> Result<Model> {
    read_with(
        file,
        Check::Content,
        copied::<u64>,
        copied::<u32>,
        copied::<f32>,
    )
}

fn borrowed<T: bytemuck::AnyBitPattern + bytemuck::NoUninit>(
    data: &'static [u8],
) -> Cow<'static, [T]> {
    bytemuck::try_cast_slice(data).map_or_else(|_| copied(data), Cow::Borrowed)
}

fn copied<T: bytemuck::AnyBitPattern + bytemuck::NoUninit>(data: &[u8]) -> Cow<'static, [T]> {
    Cow::Owned(bytemuck::pod_collect_to_vec(data))
}

fn read_with<'f>(
    file: &'f [u8],
    check: Check,
    wide: impl Fn(&'f [u8]) -> Cow<'static, [u64]>,
    narrow: impl Fn(&'f [u8]) -> Cow<'static, [u32]>,
    real: impl Fn(&'f [u8]) -> Cow<'static, [f32]>,
) -> Result<Model> {
    let damaged = |words: String| Fault::new(words).remedy("fetch or train the model again");
    let (_, header) = SafeTensors::read_metadata(file)
        .map_err(|error| damaged(format!("damaged or no model: {error}")))?;
    let tensors = SafeTensors::deserialize(file)
        .map_err(|error| damaged(format!("damaged model: {error}")))?;
    let entry = header
        .metadata()
        .as_ref()
        .and_then(|entries| entries.get(ENTRY))
        .ok_or_else(|| {
            Fault::new("a safetensors file that is no stance model")
                .expected("a file that `stance train` wrote")
        })?;
    check_format(entry)?;
    let metadata: Metadata = serde_json::from_str(entry)
        .map_err(|error| damaged(format!("damaged model: its description is broken: {error}")))?;
    if check == Check::Content {
        let found = tensors.tensors();
        let hash = content_hash(
            &entry.replacen(&metadata.sha256, "", 1),
            found
                .iter()
                .map(|(name, view)| (name.as_str(), view.data())),
        );
        if hash != metadata.sha256 {
            return Err(damaged(
                "damaged model: its content does not match its SHA-256".to_owned(),
            ));
        }
    }
    let tensor = |name: &str, dtype: Dtype| {
        let view = tensors
            .tensor(name)
            .map_err(|_| damaged(format!("damaged model: no tensor {name:?}")))?;
        if view.dtype() == dtype {
            Ok(view.data())
        } else {
            Err(damaged(format!("damaged model: {name:?} has another type")))
        }
    };
    let vocabulary = Vocabulary {
        keys: wide(tensor("vocabulary.keys", Dtype::U64)?),
        columns: narrow(tensor("vocabulary.columns", Dtype::U32)?),
        idf: real(tensor("vocabulary.idf", Dtype::F32)?),
    };
    let head = |about: HeadMetadata, name: &str| -> Result<Head> {
        Ok(Head {
            labels: about.labels,
            weights: real(tensor(name, Dtype::F32)?),
            intercepts: about.intercepts,
            sharpness: about.sharpness,
            threshold: about.threshold,
        })
    };
    let model = Model {
        stance: head(metadata.stance, "stance.weights")?,
        tone: metadata
            .tone
            .map(|tone| head(tone, "tone.weights"))
            .transpose()?,
        vocabulary,
        weightings: metadata.weightings,
        lexicon: metadata.lexicon,
        provenance: metadata.provenance,
        sha256: metadata.sha256,
        packing: Packing::default(),
    };
    let fits = |head: &Head| {
        head.labels.len() >= 2
            && head.labels.scores.len() == head.labels.len()
            && head.intercepts.len() == head.labels.len()
            && head.weights.len() == model.vocabulary.len() * head.labels.len()
    };
    let sound = check == Check::Trusted || model.vocabulary.is_sound();
    if !(sound && fits(&model.stance) && model.tone.as_ref().is_none_or(fits)) {
        return Err(damaged(
            "damaged model: the sizes of its parts do not fit together".to_owned(),
        ));
    }
    if check == Check::Content && !has_numbers(&model) {
        return Err(damaged(
            "damaged model: some of its numbers are none that training can give".to_owned(),
        ));
    }
    Ok(model)
}

/// Whether all numbers of a model can be reckoned with: a file can hold any, and no sum of such ones is infinite or none.
fn has_numbers(model: &Model) -> bool {
    let small = |number: f64| number.abs() <= 1e30;
    let head = |head: &Head| {
        head.weights.iter().all(|&weight| small(weight.into()))
            && head.intercepts.iter().all(|&intercept| small(intercept))
            && (1e-30..=1e30).contains(&head.sharpness)
            && (0.0..=1.0).contains(&head.threshold)
            && head
                .labels
                .scores
                .iter()
                .flatten()
                .all(|&score| small(score))
    };
    // The least is that of a feature in every bag, 1.
    let idf = |idf: &f32| (0.5..=1e3).contains(idf);
    model.vocabulary.idf.iter().all(idf)
        && model
            .weightings
            .iter()
            .all(|family| (0.0..=1e6).contains(&family.weight))
        && head(&model.stance)
        && model.tone.as_ref().is_none_or(head)
}

fn check_format(entry: &str) -> Result<()> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
    }
    let format = serde_json::from_str::<Head>(entry)
        .map(|head| head.format)
        .unwrap_or_default();
    let version = format
        .strip_prefix(FORMAT)
        .and_then(|version| version.parse::<u32>().ok());
    match version {
        Some(VERSION) => Ok(()),
        Some(newer) if newer > VERSION => Err(Fault::new(format!("a model of format {newer}"))
            .expected(format!("format {VERSION}"))
            .remedy("use a newer stance, or train the model again with this one")),
        _ => Err(Fault::new("a safetensors file that is no stance model")
            .expected("a file that `stance train` wrote")),
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
pub(in crate::model) mod tests;
