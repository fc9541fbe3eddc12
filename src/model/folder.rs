//! A model folder: `model.safetensors`, `evaluation.json`, `README.md` (the card). A model is only ever replaced whole: the
//! new folder is written aside and synced, then takes the old one's name. The program itself carries one model.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use super::Model;
use super::store::{self, Check};
use crate::error::{Fault, Result};
use crate::features::{CHARACTERS, FAMILIES, knowledge_hash};

/// Name of the model file in its folder.
pub const MODEL_FILE: &str = "model.safetensors";
/// Name of the evaluation in a model folder.
pub const EVALUATION_FILE: &str = "evaluation.json";
/// Name of the model card in a model folder.
pub const CARD_FILE: &str = "README.md";

/// Bytes of the largest model file that is read: a hundred times the shipped one.
const LARGEST_FILE: u64 = 1 << 30;

/// Static bytes on a boundary that suits every tensor, so that they are used where they stand.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!(
    "../../models/ceasefire-en/model.safetensors"
));
const EMBEDDED_EVALUATION: &str = include_str!("../../models/ceasefire-en/evaluation.json");
const EMBEDDED_CARD: &str = include_str!("../../models/ceasefire-en/README.md");

impl Model {
    /// The model inside the program, `models/ceasefire-en`.
    ///
    /// # Errors
    /// A program that was built without a model.
    pub fn embedded() -> Result<Self> {
        if EMBEDDED.0.is_empty() {
            return Err(Fault::new("this program was built without a model")
                .remedy("train one with `stance train ... -o DIR` and name it with --model DIR"));
        }
        fits(store::read(&EMBEDDED.0, Check::Trusted)?)
    }

    /// The card of the model inside the program.
    pub const fn embedded_card() -> &'static str {
        EMBEDDED_CARD
    }

    /// The counts of the cross-validated stances in a model's evaluation, rows gold, columns predicted, in the order of its
    /// labels; of the model inside the program without a folder. `None` where the evaluation is absent or holds none.
    pub fn confusion(folder: Option<&Path>) -> Option<Vec<Vec<u64>>> {
        let words = match folder {
            None => EMBEDDED_EVALUATION.to_owned(),
            Some(folder) => fs::read_to_string(folder.join(EVALUATION_FILE)).ok()?,
        };
        Self::confusion_of(&words)
    }

    /// The same counts in the words of an `evaluation.json`.
    pub fn confusion_of(evaluation: &str) -> Option<Vec<Vec<u64>>> {
        let mut evaluation: serde_json::Value = serde_json::from_str(evaluation).ok()?;
        let counts = evaluation.pointer_mut("/stance_cross_validated/confusion")?;
        serde_json::from_value(counts.take()).ok()
    }

    /// The bytes of the model file: the same for the same model.
    ///
    /// # Errors
    /// None that a sound model can cause.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        store::write(self)
    }

    /// The model that [`Self::to_bytes`] wrote, or that a model file holds.
    ///
    /// # Errors
    /// Bytes that are damaged, foreign, or made for other features than this program's.
    pub fn of_bytes(file: &[u8]) -> Result<Self> {
        store::read_copy(file)
            .and_then(fits)
            .and_then(knows_the_same)
    }

    /// Reads the model in `folder`, or the model file itself.
    ///
    /// # Errors
    /// A folder without a model file, or a file that is damaged, foreign or newer.
    pub fn load(folder: &Path) -> Result<Self> {
        let path = if folder.is_dir() {
            folder.join(MODEL_FILE)
        } else {
            folder.to_owned()
        };
        let mut file = Vec::new();
        File::open(&path)
            .and_then(|open| open.take(LARGEST_FILE + 1).read_to_end(&mut file))
            .map_err(|error| {
                let fault = Fault::io(path.display(), "open the model", &error);
                fault.expected(format!("a model folder with {MODEL_FILE}"))
            })?;
        if file.len() as u64 > LARGEST_FILE {
            return Err(
                Fault::new(format!("a file of more than {} MB", LARGEST_FILE >> 20))
                    .at(path.display())
                    .expected("a model that `stance train` wrote"),
            );
        }
        Self::of_bytes(&file).map_err(|fault| fault.at(path.display()))
    }

    /// Writes the model with its evaluation and card to `folder`; an old model there is replaced as a whole.
    ///
    /// # Errors
    /// A folder that holds something other than a model, or a disk that cannot be written.
    pub fn save(&self, folder: &Path, evaluation: &str, card: &str) -> Result<()> {
        let shown = folder.display();
        if let Some(found) = foreign(folder) {
            return Err(Fault::new(format!(
                "the folder holds {found:?}, which is no part of a model"
            ))
            .at(shown)
            .expected("a model folder, an empty one, or none")
            .remedy("choose another --output"));
        }
        let parent = match folder.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let fault = |error: &std::io::Error| Fault::io(shown.to_string(), "write the model", error);
        fs::create_dir_all(parent).map_err(|error| fault(&error))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".stance-model-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As open to others as the user's mask allows, like any folder that a program makes.
            builder.permissions(fs::Permissions::from_mode(0o777));
        }
        let aside = builder.tempdir_in(parent).map_err(|error| fault(&error))?;
        let model = store::write(self)?;
        let parts = [
            (MODEL_FILE, model.as_slice()),
            (EVALUATION_FILE, evaluation.as_bytes()),
            (CARD_FILE, card.as_bytes()),
        ];
        for (name, content) in parts {
            let mut file = File::create(aside.path().join(name)).map_err(|error| fault(&error))?;
            file.write_all(content)
                .and_then(|()| file.sync_all())
                .map_err(|error| fault(&error))?;
        }
        replace(aside, folder, parent).map_err(|error| fault(&error))
    }
}

/// What stands in `folder` beside a model: it would be lost when the folder is replaced.
fn foreign(folder: &Path) -> Option<String> {
    if folder.exists() && !folder.is_dir() {
        return folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
    }
    let mut names: Vec<String> = fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
        .into_iter()
        .find(|name| ![MODEL_FILE, EVALUATION_FILE, CARD_FILE].contains(&name.as_str()))
}

/// Gives the finished folder `aside` the name `folder`. An old folder there changes places with it in one step, so that a
/// whole model, old or new, stands under the name at every moment.
fn replace(aside: tempfile::TempDir, folder: &Path, parent: &Path) -> std::io::Result<()> {
    File::open(aside.path())?.sync_all()?;
    if folder.exists() {
        // What stands aside afterwards is the old model: it goes when `aside` is dropped.
        exchange(aside.path(), folder)?;
    } else {
        fs::rename(aside.path(), folder)?;
        let _ = aside.keep();
    }
    File::open(parent)?.sync_all()
}

/// Lets two folders change places: in one step where system and disk can, else in three.
fn exchange(one: &Path, other: &Path) -> std::io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            // Network and old disks do not know the flag.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            done => return Ok(done?),
        }
    }
    exchange_by_three(one, other)
}

/// The old folder is moved away first, and back if the new one cannot follow. Between the steps the name is free, but never
/// stands for a mixture of two models.
fn exchange_by_three(one: &Path, other: &Path) -> std::io::Result<()> {
    let away = one.with_extension("old");
    fs::rename(other, &away)?;
    if let Err(error) = fs::rename(one, other) {
        fs::rename(&away, other)?;
        return Err(error);
    }
    fs::rename(&away, one)
}

/// Whether the model's families are those of this program, by name and order: weights of other families mean nothing here.
fn fits(model: Model) -> Result<Model> {
    let n_families = model.weightings.len();
    let ours = FAMILIES.iter().chain(std::iter::once(&CHARACTERS));
    let same = (FAMILIES.len()..=FAMILIES.len() + 1).contains(&n_families)
        && model
            .weightings
            .iter()
            .zip(ours)
            .all(|(theirs, ours)| theirs.name == ours.name);
    if same {
        Ok(model)
    } else {
        Err(other_features())
    }
}

/// Whether the model was made with this program's lexicon and version of the feature function.
fn knows_the_same(model: Model) -> Result<Model> {
    if model.provenance.lexicon == knowledge_hash() {
        Ok(model)
    } else {
        Err(other_features())
    }
}

fn other_features() -> Fault {
    Fault::new("a model that was made for other features")
        .expected("one that this version of stance trained")
        .remedy("train it again on its labels with this program")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::store::tests::model;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_shipped_folder_is_the_model_inside_the_program() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/ceasefire-en");
        let (embedded, loaded) = (Model::embedded(), Model::load(&folder));
        assert_eq!(embedded.is_ok(), loaded.is_ok(), "{:?}", loaded.err());
        assert_eq!(embedded.ok(), loaded.ok());
    }

    #[test]
    fn a_model_takes_the_place_of_an_older_one_as_a_whole() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("deep/model");
        let old = model();
        old.save(&folder, "old figures", "old card").unwrap();
        let mut new = model();
        new.stance.threshold = 0.25;
        new.weightings = crate::features::Weighting::shipped();
        new.provenance.lexicon = knowledge_hash();
        new.save(&folder, "new figures", "new card").unwrap();
        assert_eq!(Model::load(&folder).unwrap().stance, new.stance);
        let bytes = new.to_bytes().unwrap();
        assert_eq!(bytes, fs::read(folder.join(MODEL_FILE)).unwrap());
        assert_eq!(Model::of_bytes(&bytes).unwrap().stance, new.stance);
        // The same model with another lexicon would weigh other features than it learnt.
        let other = home.path().join("other");
        model().save(&other, "", "").unwrap();
        assert!(
            Model::load(&other)
                .unwrap_err()
                .found
                .contains("other features")
        );
        let read = |name| fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(read(EVALUATION_FILE), "new figures");
        assert_eq!(read(CARD_FILE), "new card");
        assert_eq!(names(&home.path().join("deep")), ["model"]);
    }

    #[test]
    fn folders_change_places_in_three_steps_too() {
        let home = tempfile::tempdir().unwrap();
        let (one, other) = (home.path().join("one"), home.path().join("other"));
        for folder in [&one, &other] {
            fs::create_dir(folder).unwrap();
        }
        fs::write(one.join("new"), "").unwrap();
        fs::write(other.join("old"), "").unwrap();
        exchange_by_three(&one, &other).unwrap();
        assert_eq!(
            (names(&one), names(&other)),
            (vec!["old".into()], vec!["new".into()])
        );
        assert_eq!(names(home.path()), ["one", "other"]);
    }

    #[test]
    fn what_is_no_part_of_a_model_is_never_lost() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("model");
        model().save(&folder, "", "").unwrap();
        fs::write(folder.join("notes.txt"), "mine").unwrap();
        let fault = model().save(&folder, "", "").unwrap_err();
        assert!(fault.to_string().contains("holds \"notes.txt\""), "{fault}");
        assert_eq!(
            fs::read_to_string(folder.join("notes.txt")).unwrap(),
            "mine"
        );
        let file = home.path().join("file");
        fs::write(&file, "mine").unwrap();
        assert!(model().save(&file, "", "").is_err());
    }

    #[test]
    fn a_missing_model_names_its_path_and_what_belongs_there() {
        let fault = Model::load(Path::new("no/such/model")).unwrap_err();
        assert_eq!(fault.path.as_deref(), Some("no/such/model"));
        assert!(
            fault
                .to_string()
                .contains("expected a model folder with model.safetensors")
        );
    }
}
