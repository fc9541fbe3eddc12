//! `stance labels import` and `stance labels export`: files of label tools in and out. It knows no tool's format.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::super::model::open;
use super::super::output::Output;
use super::super::terminal::{Stop, Terminal};
use super::args::{Export, Import, Own, Target, Unit};
use crate::classify::Classifier;
use crate::corpus;
use crate::error::Fault;
use crate::label::LabelSet;
use crate::labels::exchange::{ARTICLE, STATEMENT, Sets, fields_of_row};
use crate::labels::export::{Written, export, is_folder, label_studio_config};
use crate::labels::import::{Wishes, import};
use crate::labels::tasks::{guess, tasks};
use crate::report::jsonl;

/// The label sets that the user works with.
pub(super) fn sets(own: &Own) -> Result<Sets, Fault> {
    let stances = match &own.labels {
        Some(labels) => {
            let mut sorted = labels.clone();
            sorted.sort();
            sorted.dedup();
            if sorted.len() < 2 || sorted.len() != labels.len() {
                return Err(Fault::new(format!("labels {:?}", labels.join(",")))
                    .expected("two or more different labels"));
            }
            let plain = LabelSet::plain(labels.iter().cloned());
            let codebook = LabelSet::stance();
            if plain.labels == codebook.labels {
                codebook
            } else {
                plain
            }
        }
        None => LabelSet::stance(),
    };
    Ok(Sets {
        stances,
        tones: LabelSet::tone(),
    })
}

pub(super) fn run_import(wishes: &Import, terminal: &Terminal) -> Result<(), Stop> {
    let about = Wishes {
        sets: sets(&wishes.labels)?,
        annotator: wishes.annotator.clone(),
        texts: texts(&wishes.texts)?,
    };
    let mut out = Output::open(wishes.output.as_deref())?;
    let imported = import(&wishes.files, wishes.format.tool(), &about);
    for repair in &imported.repairs {
        terminal.say(&format!("stance: {repair}"));
    }
    for fault in &imported.faults {
        Terminal::complain(fault);
    }
    if imported.rows.is_empty() && !imported.faults.is_empty() {
        return Err(Stop::Faults(Vec::new()));
    }
    let mut bytes = Vec::new();
    for row in &imported.rows {
        // A vector takes every byte.
        let _ = jsonl::write(&fields_of_row(row), &mut bytes);
    }
    out.write(&bytes)?;
    out.close()?;
    let statements: usize = imported
        .rows
        .iter()
        .map(|row| match row {
            corpus::Row::Article(article) => article.statements.len(),
            corpus::Row::Statement(_) => 1,
        })
        .sum();
    terminal.say(&format!(
        "{} rows with {statements} labelled statements; {} offsets repaired, {} rows or spans left out, {} rows without labels",
        imported.rows.len(),
        imported.repairs.len(),
        imported.faults.len(),
        imported.unlabelled
    ));
    ending(&imported.faults, wishes.strict)
}

/// A whole input that could not be read is exit 2 even though all others came out.
fn ending(faults: &[Fault], strict: bool) -> Result<(), Stop> {
    if faults.iter().any(is_of_a_file) {
        return Err(Stop::Faults(Vec::new()));
    }
    if strict && !faults.is_empty() {
        return Err(Stop::Check(
            "stance: --strict: not every row could be taken".to_owned(),
        ));
    }
    Ok(())
}

/// Whether nothing of a file could be taken: it could not be read, or no tool wrote it. A document that is a file of its
/// own has no lines either, so that the lack of a line does not tell.
fn is_of_a_file(fault: &Fault) -> bool {
    let whole = ["cannot ", "no format"].iter();
    fault.is_of_whole_input()
        && whole
            .into_iter()
            .any(|words| fault.found.starts_with(words))
}

/// Texts of articles by id.
fn texts(paths: &[PathBuf]) -> Result<BTreeMap<String, String>, Fault> {
    let mut texts = BTreeMap::new();
    if paths.is_empty() {
        return Ok(texts);
    }
    for article in corpus::articles(paths) {
        let article = article.map_err(|skipped| skipped.fault)?;
        // A file is a document under its name without its folder.
        let name = Path::new(&article.id).file_name();
        let name = name.map(|name| name.to_string_lossy().into_owned());
        texts.insert(
            name.unwrap_or_else(|| article.id.clone()),
            article.text.clone(),
        );
        texts.insert(article.id, article.text);
    }
    Ok(texts)
}

pub(super) fn run_export(wishes: &Export, terminal: &Terminal) -> Result<(), Stop> {
    let model = if wishes.predict {
        Some(open(wishes.model.as_deref())?)
    } else {
        None
    };
    let mut sets = sets(&wishes.labels)?;
    if let Some(model) = &model {
        sets.stances = model.stance.labels.clone();
    }
    let unit = match wishes.unit {
        Unit::Auto => None,
        Unit::Article => Some(ARTICLE),
        Unit::Statement => Some(STATEMENT),
    };
    let (mut tasks, faults) = tasks(&wishes.files, unit, &sets);
    for fault in &faults {
        Terminal::complain(fault);
    }
    if tasks.is_empty() {
        return Err(Stop::Faults(if faults.is_empty() {
            vec![Fault::new("nothing to export").expected("labelled rows, articles or statements")]
        } else {
            Vec::new()
        }));
    }
    if wishes.config {
        return config(wishes, &sets, tasks.iter().any(|task| task.is_article));
    }
    if let Some(model) = &model {
        let mut classifier = Classifier::new(model, None)?;
        for task in &mut tasks {
            task.guess = Some(guess(task, &mut classifier)?);
        }
    }
    let tool = wishes.format.tool();
    let files = export(&tasks, tool, &sets);
    if is_folder(tool) {
        write_folder(wishes.output.as_deref(), &files)?;
    } else {
        let mut out = Output::open(wishes.output.as_deref())?;
        for file in &files {
            out.write(file.text.as_bytes())?;
        }
        out.close()?;
    }
    terminal.say(&format!(
        "{} rows, of which {} labelled; {} left out",
        tasks.len(),
        tasks.iter().filter(|task| task.labelled).count(),
        faults.len()
    ));
    ending(&faults, false)
}

fn config(wishes: &Export, sets: &Sets, articles: bool) -> Result<(), Stop> {
    if wishes.format != Target::LabelStudio {
        return Err(Fault::new("--config for this format")
            .expected("--format label-studio")
            .remedy("brat's configuration stands in the folder that is exported")
            .into());
    }
    let mut out = Output::open(wishes.output.as_deref())?;
    out.write(label_studio_config(sets, articles).as_bytes())?;
    out.close()
}

/// Writes files into a folder that is new or empty.
fn write_folder(folder: Option<&Path>, files: &[Written]) -> Result<(), Stop> {
    let folder = folder.ok_or_else(|| {
        Fault::new("this tool takes a folder of files").remedy("name a new folder with -o")
    })?;
    let fault = |path: &Path, error: &std::io::Error| Fault::io(path.display(), "write", error);
    std::fs::create_dir_all(folder).map_err(|error| fault(folder, &error))?;
    let mut entries = std::fs::read_dir(folder).map_err(|error| fault(folder, &error))?;
    if entries.next().is_some() {
        return Err(Fault::new("the folder is not empty")
            .at(folder.display())
            .expected("a new or empty folder")
            .into());
    }
    for file in files {
        let path = folder.join(file.name.as_deref().unwrap_or_default());
        std::fs::write(&path, &file.text).map_err(|error| fault(&path, &error))?;
    }
    Ok(())
}
