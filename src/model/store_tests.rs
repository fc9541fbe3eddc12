//! Tests of the model file: what is written reads back bit for bit, and what is not a sound model is refused by name.

use super::*;
use crate::features::Bag;

/// A small model whose numbers need all their digits.
pub(in crate::model) fn model() -> Model {
    let mut bag = Bag::default();
    for key in [3, 19, 35, 40] {
        bag.add(0, key);
    }
    bag.seal();
    let vocabulary = Vocabulary::learn([&bag], 1, |_| true);
    let head = |labels: LabelSet, seed: f64| {
        let k = labels.len();
        Head {
            weights: (0..4 * k)
                .map(|at| (seed + at as f64).sin() as f32)
                .collect::<Vec<_>>()
                .into(),
            intercepts: (0..k).map(|at| (seed * at as f64).cos() / 3.0).collect(),
            sharpness: 1.0 / (seed + 0.1),
            threshold: seed / 7.0,
            labels,
        }
    };
    Model {
        vocabulary,
        weightings: vec![Weighting {
            name: "stems".to_owned(),
            weight: 0.7,
            binary: true,
        }],
        stance: head(LabelSet::stance(), 0.3),
        tone: Some(head(LabelSet::tone(), 0.9)),
        lexicon: None,
        provenance: Provenance {
            name: "small".to_owned(),
            codebook: "1".to_owned(),
            training_data: "a".repeat(64),
            lexicon: "b".repeat(64),
            n_statements: 1,
            n_groups: 1,
            n_near: 1,
            c: 0.1 + 0.2,
            class_weights: "even".to_owned(),
            min_df: 1,
            seed: 7,
            folds: 5,
            program: "0.1.0".to_owned(),
            base: None,
            init: None,
        },
        sha256: String::new(),
        packing: Packing::default(),
    }
}

/// `model` as it is once stored.
fn stored(model: &Model) -> Model {
    let read = read_copy(&write(model).unwrap()).unwrap();
    assert_eq!(read.sha256.len(), 64);
    read
}

fn refusal(file: &[u8]) -> String {
    read_copy(file).unwrap_err().to_string()
}

#[test]
fn a_model_reads_back_bit_for_bit() {
    // A parser that rounds twice misreads one decimal of full length in eight by its last bit.
    for step in 0..200 {
        let mut model = model();
        model.stance.intercepts[0] = (f64::from(step) + 0.5).sqrt();
        model.stance.sharpness = 1.0 / (f64::from(step) + 0.7);
        let read = stored(&model);
        assert_eq!(
            read,
            Model {
                sha256: read.sha256.clone(),
                ..model
            }
        );
    }
}

#[test]
fn the_same_model_is_the_same_bytes() {
    let bytes = write(&model()).unwrap();
    for _ in 0..20 {
        assert_eq!(write(&model()).unwrap(), bytes);
    }
    assert_eq!(write(&read_copy(&bytes).unwrap()).unwrap(), bytes);
}

#[test]
fn a_model_without_tone_has_none_when_read() {
    let bare = Model {
        tone: None,
        ..model()
    };
    assert_eq!(stored(&bare).tone, None);
}

#[test]
fn a_cut_file_is_refused_wherever_it_is_cut() {
    let file = write(&model()).unwrap();
    for end in 0..file.len() {
        assert!(refusal(&file[..end]).contains("damaged"), "cut at {end}");
    }
}

#[test]
fn one_flipped_bit_is_noticed_anywhere_in_the_content() {
    let file = write(&model()).unwrap();
    let header = 8 + u64::from_le_bytes(file[..8].try_into().unwrap()) as usize;
    for at in header..file.len() {
        let mut flipped = file.clone();
        flipped[at] ^= 1 << (at % 8);
        assert!(
            refusal(&flipped).contains("does not match its SHA-256"),
            "byte {at}"
        );
    }
    // In the header a flip may also break the form of the file. What is read nevertheless is the same model.
    let whole = read_copy(&file).unwrap();
    for at in 0..header {
        let mut flipped = file.clone();
        flipped[at] ^= 1 << (at % 7);
        if let Ok(read) = read_copy(&flipped) {
            assert_eq!(read, whole, "byte {at}");
        }
    }
}

#[test]
fn a_foreign_file_is_no_model() {
    let numbers = [0_u8; 8];
    let view = TensorView::new(Dtype::F32, vec![2], &numbers).unwrap();
    let foreign = safetensors::serialize([("weight", view)], None).unwrap();
    assert!(refusal(&foreign).contains("no stance model"));
    assert!(refusal(b"{\"a\": 1}").contains("damaged or no model"));
}

/// `file` with its description changed from `from` to `to`.
fn described(from: &str, to: &str, rehash: bool) -> Vec<u8> {
    let file = write(&model()).unwrap();
    let tensors = SafeTensors::deserialize(&file).unwrap();
    let (_, header) = SafeTensors::read_metadata(&file).unwrap();
    let mut entry = header.metadata().as_ref().unwrap()[ENTRY].clone();
    assert!(entry.contains(from));
    entry = entry.replacen(from, to, 1);
    if rehash {
        let sha256 = serde_json::from_str::<Metadata>(&entry).unwrap().sha256;
        let found = tensors.tensors();
        let hash = content_hash(
            &entry.replacen(&sha256, "", 1),
            found
                .iter()
                .map(|(name, view)| (name.as_str(), view.data())),
        );
        entry = entry.replacen(&sha256, &hash, 1);
    }
    safetensors::serialize(
        tensors.tensors(),
        Some(HashMap::from([(ENTRY.to_owned(), entry)])),
    )
    .unwrap()
}

#[test]
fn a_newer_format_is_refused_before_anything_else_is_read() {
    let newer = described("stance.model/1", "stance.model/2", false);
    assert_eq!(
        refusal(&newer),
        "a model of format 2; expected format 1; use a newer stance, or train the model again with this one"
    );
    let other = described("stance.model/1", "tokens.model/1", false);
    assert!(refusal(&other).contains("no stance model"));
}

#[test]
fn a_changed_description_is_noticed() {
    let changed = described("\"c\":0.30000000000000004", "\"c\":0.3", false);
    assert!(refusal(&changed).contains("does not match its SHA-256"));
}

#[test]
fn sizes_that_do_not_fit_are_refused_though_the_hash_is_right() {
    // Three tones against weights of four: the file is whole, but no model.
    let unfit = described(
        "\"labels\":[\"positive\",\"neutral\",\"negative\"],\"scores\":[1.0,0.0,-1.0]",
        "\"labels\":[\"positive\",\"neutral\",\"mixed\",\"negative\"],\"scores\":[1.0,0.0,0.0,-1.0]",
        true,
    );
    assert!(refusal(&unfit).contains("do not fit together"));
}

#[test]
fn numbers_that_no_training_gives_are_refused_though_the_hash_is_right() {
    let changes: [fn(&mut Model); 6] = [
        |model| model.stance.weights.to_mut()[1] = f32::NAN,
        |model| model.stance.weights.to_mut()[0] = f32::INFINITY,
        |model| model.vocabulary.idf.to_mut()[2] = 0.0,
        |model| model.stance.intercepts[0] = 1e300,
        |model| model.stance.sharpness = 0.0,
        |model| model.weightings[0].weight = -1.0,
    ];
    for change in changes {
        let mut broken = model();
        change(&mut broken);
        let file = write(&broken).unwrap();
        assert!(refusal(&file).contains("none that training can give"));
    }
}

#[test]
fn a_header_that_lies_about_sizes_is_refused_without_asking_for_them() {
    let whole = write(&model()).unwrap();
    for length in [u64::MAX, 1 << 62, 1 << 40, whole.len() as u64] {
        let mut lying = whole.clone();
        lying[..8].copy_from_slice(&length.to_le_bytes());
        assert!(refusal(&lying).contains("damaged"), "{length}");
    }
    // A tensor that reaches beyond the file, overlaps another, or has more numbers than bytes.
    let (n, header) = SafeTensors::read_metadata(&whole).unwrap();
    let words = std::str::from_utf8(&whole[8..8 + n]).unwrap();
    assert!(header.tensors().len() >= 4);
    let at = words.find("\"data_offsets\":[").unwrap() + 16;
    let end = at + words[at..].find(']').unwrap();
    for offsets in ["0,99999999999999999", "8,0", "0,0", "4,12"] {
        let changed = format!("{}{offsets}{}", &words[..at], &words[end..]);
        let mut lying = (changed.len() as u64).to_le_bytes().to_vec();
        lying.extend_from_slice(changed.as_bytes());
        lying.extend_from_slice(&whole[8 + n..]);
        assert!(refusal(&lying).contains("damaged"), "{offsets}");
    }
    let changed = words.replacen(
        "\"shape\":[",
        "\"shape\":[4294967296,4294967296,4294967296,",
        1,
    );
    let mut lying = (changed.len() as u64).to_le_bytes().to_vec();
    lying.extend_from_slice(changed.as_bytes());
    lying.extend_from_slice(&whole[8 + n..]);
    assert!(refusal(&lying).contains("damaged"));
}

#[test]
fn aligned_static_bytes_are_used_where_they_stand() {
    let file = write(&model()).unwrap();
    let words: &'static mut [u64] = vec![0_u64; file.len().div_ceil(8)].leak();
    let place: &'static mut [u8] = bytemuck::cast_slice_mut(words);
    place[..file.len()].copy_from_slice(&file);
    let place: &'static [u8] = place;
    let read = read(&place[..file.len()], Check::Content).unwrap();
    assert!(matches!(read.vocabulary.keys, Cow::Borrowed(_)));
    assert!(matches!(read.stance.weights, Cow::Borrowed(_)));
    assert_eq!(read, read_copy(&file).unwrap());
}

#[test]
fn the_embedded_model_was_made_with_the_features_of_this_program() {
    let model = Model::embedded().unwrap();
    assert_eq!(model.provenance.lexicon, crate::features::knowledge_hash());
}
