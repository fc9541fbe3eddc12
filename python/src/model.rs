//! A model as Python holds it, with classifiers that live across calls: each call takes a set of them, so that threads of
//! Python do not wait for each other. The work itself is the core's.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use stance::classify::{Batches, Classifier, Record, Wishes};
use stance::corpus::{Cut, FieldMap, OwnActors, Reading, ReadyStatement, Skipped, ready_of_line};
use stance::error::Fault;
use stance::model::folder::{CARD_FILE, EVALUATION_FILE};
use stance::report::flat::Columns;

use crate::faults::{self, all_raised, broken, raised};
use crate::input::{Entry, Input, Wanted};
use crate::statements::{Statements, named};

/// Bytes of records that one thread takes at a time at most.
const BATCH_BYTES: usize = 4 << 20;

pub(crate) struct Owned {
    pub(crate) model: stance::model::Model,
    pub(crate) actors: Option<OwnActors>,
}

/// Sets of classifiers that no call uses at the moment.
pub(crate) struct Pool<'m>(Mutex<Vec<Batches<'m>>>);

self_cell::self_cell!(
    struct Ready {
        owner: Owned,
        #[not_covariant]
        dependent: Pool,
    }
);

/// A model with the user's own actors, ready to classify.
#[pyclass(frozen, module = "stance._stance")]
pub(crate) struct Model {
    ready: Ready,
    evaluation: String,
    card: String,
    threads: usize,
    /// Whether it is the one inside the program, which need not be carried along.
    is_embedded: bool,
}

impl Model {
    pub(crate) fn new(
        owned: Owned,
        (evaluation, card): (String, String),
        threads: usize,
        is_embedded: bool,
    ) -> Self {
        Self {
            ready: Ready::new(owned, |_| Pool(Mutex::default())),
            evaluation,
            card,
            threads,
            is_embedded,
        }
    }

    pub(crate) fn model(&self) -> &stance::model::Model {
        &self.ready.borrow_owner().model
    }

    pub(crate) fn actors(&self) -> Option<&OwnActors> {
        self.ready.borrow_owner().actors.as_ref()
    }

    pub(crate) const fn threads(&self) -> usize {
        self.threads
    }

    /// The held-out counts of its evaluation, if it has one.
    pub(crate) fn confusion(&self) -> Option<Vec<Vec<u64>>> {
        if self.is_embedded {
            return stance::model::Model::confusion(None);
        }
        stance::model::Model::confusion_of(&self.evaluation)
    }

    fn columns_of(&self, wishes: Wishes) -> Columns {
        let model = self.model();
        let tones = model.tone.as_ref().map(|tone| &tone.labels);
        Columns::new(&model.stance.labels, tones, wishes)
    }

    /// Gives `work` a set of classifiers that no other call has.
    pub(crate) fn with_batches<T>(&self, work: impl FnOnce(&mut Batches<'_>) -> T) -> T {
        self.ready.with_dependent(|owned, pool| {
            let free = || pool.0.lock().unwrap_or_else(PoisonError::into_inner);
            let taken = free().pop();
            let mut batches = taken
                .unwrap_or_else(|| Batches::new(&owned.model, owned.actors.as_ref(), self.threads));
            let done = work(&mut batches);
            free().push(batches);
            done
        })
    }
}

#[pymethods]
impl Model {
    /// The model in a folder, or the one inside the program.
    #[staticmethod]
    fn load(
        py: Python<'_>,
        path: Option<PathBuf>,
        actors: Option<PathBuf>,
        threads: usize,
    ) -> PyResult<Self> {
        py.detach(|| {
            let text = |path: &PathBuf| {
                std::fs::read_to_string(path)
                    .map_err(|error| raised(Fault::io(path.display(), "read the actors", &error)))
            };
            let actors = match &actors {
                None => None,
                Some(path) => {
                    let shown = path.display().to_string();
                    Some(OwnActors::of_text(&text(path)?, &shown).map_err(all_raised)?)
                }
            };
            let model = match &path {
                None => stance::model::Model::embedded(),
                Some(path) => stance::model::Model::load(path),
            };
            let model = model.map_err(raised)?;
            let beside = match &path {
                None => (
                    String::new(),
                    stance::model::Model::embedded_card().to_owned(),
                ),
                Some(path) => {
                    let part = |name| std::fs::read_to_string(path.join(name)).unwrap_or_default();
                    (part(EVALUATION_FILE), part(CARD_FILE))
                }
            };
            Ok(Self::new(
                Owned { model, actors },
                beside,
                threads,
                path.is_none(),
            ))
        })
    }

    /// The model that [`Self::state`] took apart.
    #[staticmethod]
    fn restore(
        file: Option<&[u8]>,
        beside: (String, String),
        actors: Option<&str>,
        threads: usize,
    ) -> PyResult<Self> {
        let model = match file {
            None => stance::model::Model::embedded(),
            Some(file) => stance::model::Model::of_bytes(file),
        };
        let actors = actors.map(|text| OwnActors::of_text(text, "actors"));
        let owned = Owned {
            model: model.map_err(raised)?,
            actors: actors.transpose().map_err(all_raised)?,
        };
        Ok(Self::new(owned, beside, threads, file.is_none()))
    }

    /// What [`Self::restore`] needs: the model file (`None` for the model inside the program), evaluation and card, the
    /// user's own actors, threads.
    #[expect(
        clippy::type_complexity,
        reason = "a tuple for pickle, unpacked in one place"
    )]
    fn state<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(
        Option<Bound<'py, PyBytes>>,
        (String, String),
        Option<String>,
        usize,
    )> {
        let file = if self.is_embedded {
            None
        } else {
            Some(PyBytes::new(py, &self.model().to_bytes().map_err(raised)?))
        };
        let beside = (self.evaluation.clone(), self.card.clone());
        let actors = self.actors().map(|actors| actors.text().to_owned());
        Ok((file, beside, actors, self.threads))
    }

    /// Writes the model folder.
    fn save(&self, py: Python<'_>, folder: PathBuf) -> PyResult<()> {
        let saved = py.detach(|| self.model().save(&folder, &self.evaluation, &self.card));
        saved.map_err(raised)
    }

    #[getter]
    fn label(&self) -> String {
        self.model().label()
    }

    #[getter]
    fn name(&self) -> &str {
        &self.model().provenance.name
    }

    #[getter]
    fn sha256(&self) -> &str {
        &self.model().sha256
    }

    #[getter]
    fn codebook(&self) -> &str {
        &self.model().provenance.codebook
    }

    #[getter]
    fn evaluation(&self) -> &str {
        &self.evaluation
    }

    #[getter]
    fn card(&self) -> &str {
        &self.card
    }

    #[getter]
    fn stances(&self) -> Vec<String> {
        self.model().stance.labels.labels.clone()
    }

    #[getter]
    fn tones(&self) -> Vec<String> {
        let tone = self.model().tone.as_ref();
        tone.map(|tone| tone.labels.labels.clone())
            .unwrap_or_default()
    }

    #[getter]
    fn threshold(&self) -> f64 {
        self.model().stance.threshold
    }

    #[getter]
    fn n_features(&self) -> usize {
        self.model().vocabulary.len()
    }

    /// Names and types of the columns of statements.
    fn columns(&self, explain: bool, with_text: bool) -> Vec<(String, String)> {
        named(&self.columns_of(Wishes { explain, with_text }))
    }

    /// Classifies articles.
    fn classify(
        &self,
        py: Python<'_>,
        input: (Bound<'_, PyAny>, String),
        map: Vec<String>,
        any_language: bool,
        wishes: (bool, bool),
        strict: bool,
    ) -> PyResult<Statements> {
        let reading = Reading {
            map: FieldMap::of_pairs(&map).map_err(raised)?,
            any_language,
        };
        let (explain, with_text) = wishes;
        let wishes = Wishes { explain, with_text };
        let input = Input::new(&input.0, &input.1)?;
        py.detach(|| {
            let cuts = input.cuts(reading.clone(), Wanted::OfArticles)?;
            let mut found = self.nothing(wishes);
            self.work_through(cuts, Cut::weight, &mut found, strict, |cut, classifier| {
                let article = cut.read(&reading).item?;
                Ok(classifier.article(&article, wishes))
            })?;
            Ok(found)
        })
    }

    /// Classifies statements that stand alone.
    fn classify_ready(
        &self,
        py: Python<'_>,
        input: (Bound<'_, PyAny>, String),
        explain: bool,
        strict: bool,
    ) -> PyResult<Statements> {
        let wishes = Wishes {
            explain,
            with_text: false,
        };
        let input = Input::new(&input.0, &input.1)?;
        py.detach(|| {
            let rows = input.entries(|_| true)?;
            let mut found = self.nothing(wishes);
            self.work_through(
                rows,
                |_| 0,
                &mut found,
                strict,
                |entry, classifier| {
                    let place = entry.place;
                    let mut row = ready(entry)?;
                    if let Some(actors) = self.actors() {
                        actors.resolve(&mut row);
                    }
                    Ok(vec![classifier.ready(&row, place, wishes)])
                },
            )?;
            Ok(found)
        })
    }
}

impl Model {
    fn nothing(&self, wishes: Wishes) -> Statements {
        Statements {
            records: Vec::new(),
            places: Vec::new(),
            skipped: Vec::new(),
            n_articles: 0,
            columns: self.columns_of(wishes),
        }
    }

    /// Works through items in batches, side by side; what `each` makes of them is `found`, in their order. Between batches
    /// Python may interrupt.
    fn work_through<I: Send>(
        &self,
        mut items: impl Iterator<Item = PyResult<I>>,
        weight: impl Fn(&I) -> usize,
        found: &mut Statements,
        strict: bool,
        each: impl Fn(I, &mut Classifier<'_>) -> Result<Vec<Record>, Skipped> + Sync,
    ) -> PyResult<()> {
        let mut place = 0;
        self.with_batches(|batches| {
            loop {
                let (mut batch, mut bytes) = (Vec::with_capacity(batches.size()), 0);
                while batch.len() < batches.size() && bytes < BATCH_BYTES {
                    let Some(item) = items.next() else { break };
                    let item = item?;
                    bytes += weight(&item);
                    batch.push(item);
                }
                if batch.is_empty() {
                    return Ok::<(), PyErr>(());
                }
                for part in batches.each(batch, &each).map_err(raised)? {
                    match part {
                        Ok(records) => {
                            found.n_articles += 1;
                            found
                                .places
                                .extend(std::iter::repeat_n(place, records.len()));
                            found.records.extend(records);
                        }
                        Err(skipped) => found.skipped.push(skipped),
                    }
                    place += 1;
                }
                Python::attach(|py| py.check_signals())?;
            }
        })?;
        let faults = broken(&found.skipped);
        if strict && !faults.is_empty() {
            return Err(all_raised(faults));
        }
        Ok(())
    }
}

fn ready(entry: Entry) -> Result<ReadyStatement, Skipped> {
    let row = entry.fields.and_then(|fields| {
        let line = serde_json::to_string(&fields);
        ready_of_line(&line.map_err(|error| Fault::new(error.to_string()))?)
    });
    row.map_err(|fault| Skipped::record(fault.at(format!("statements[{}]", entry.place))))
}

/// The articles that cannot be read: the place of each in the input, and why.
#[pyfunction]
pub(crate) fn skipped<'py>(
    py: Python<'py>,
    input: (Bound<'py, PyAny>, String),
    map: Vec<String>,
    any_language: bool,
) -> PyResult<Vec<(usize, Bound<'py, PyDict>)>> {
    let reading = Reading {
        map: FieldMap::of_pairs(&map).map_err(raised)?,
        any_language,
    };
    let input = Input::new(&input.0, &input.1)?;
    let found = py.detach(|| {
        let cuts = input.cuts(reading.clone(), Wanted::OfArticles)?.enumerate();
        let skipped = |(place, cut): (usize, PyResult<Cut>)| match cut {
            Ok(cut) => cut.read(&reading).item.err().map(|one| Ok((place, one))),
            Err(error) => Some(Err(error)),
        };
        cuts.filter_map(skipped).collect::<PyResult<Vec<_>>>()
    })?;
    let shown = |(place, one): &(usize, Skipped)| Ok((*place, faults::skipped(py, one)?));
    found.iter().map(shown).collect()
}

/// Whether a column of this name means anything in a table of articles.
#[pyfunction]
pub(crate) fn is_of_articles(name: &str, map: Vec<String>) -> PyResult<bool> {
    Ok(FieldMap::of_pairs(&map).map_err(raised)?.knows(name))
}
