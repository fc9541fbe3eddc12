//! A model folder: `model.safetensors`, `evaluation.json`, `README.md` (the card). A model is only ever replaced whole: the
//! new folder is written aside and synced, then takes the old one's name. The program itself carries one model.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use super::Model;
use super::store::{self, Check};
use crate::error::{Fault, Result};

/// Name of the model file in its folder.
pub const MODEL_FILE: &str = "model.safetensors";
/// Name of the evaluation in a model folder.
pub const EVALUATION_FILE: &str = "evaluation.json";
/// Name of the model card in a model folder.
pub const CARD_FILE: &str = "README.md";

/// Static bytes on a boundary that suits every tensor, so that they are used where they stand.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!(
    "../../models/ceasefire-en/model.safetensors"
));
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
        store::read(&EMBEDDED.0, Check::Trusted)
    }

    /// The card of the model inside the program.
    pub const fn embedded_card() -> &'static str {
        EMBEDDED_CARD
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
        let file = fs::read(&path).map_err(|error| {
            let fault = Fault::io(path.display(), "open the model", &error);
            fault.expected(format!("a model folder with {MODEL_FILE}"))
        })?;
        store::read_copy(&file).map_err(|fault| fault.at(path.display()))
    }

    /// Writes the model with its evaluation and card to `folder`; an old model there is replaced as a whole.
    ///
    /// # Errors
    /// A folder that holds something other than a model, or a disk that cannot be written.
    pub fn save(&self, folder: &Path, evaluation: &str, card: &str) -> Result<()> {
        let shown = folder.display();
        if folder.exists() && !folder.join(MODEL_FILE).exists() && !is_empty(folder) {
            return Err(Fault::new("the folder holds other things than a model")
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
        let aside = tempfile::Builder::new()
            .prefix(".stance-model-")
            .tempdir_in(parent)
            .map_err(|error| fault(&error))?;
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

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// Gives the finished folder `aside` the name `folder`. An old folder there changes places with it in one step, so that a
/// whole model, old or new, stands under the name at every moment.
fn replace(aside: tempfile::TempDir, folder: &Path, parent: &Path) -> std::io::Result<()> {
    if folder.exists() {
        // What stands aside afterwards is the old model: it goes when `aside` is dropped.
        exchange(aside.path(), folder)?;
    } else {
        fs::rename(aside.keep(), folder)?;
    }
    File::open(parent)?.sync_all()
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Where folders cannot change places in one step: the old one is moved away first, and back if the new one cannot
/// follow.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(one: &Path, other: &Path) -> std::io::Result<()> {
    let away = one.with_extension("old");
    fs::rename(other, &away)?;
    if let Err(error) = fs::rename(one, other) {
        fs::rename(&away, other)?;
        return Err(error);
    }
    fs::rename(&away, one)
}
