//! A model as Python holds it, with classifiers that live across calls: each call takes a set of them, so that threads of
//! Python do not wait for each other. The work itself is the core's.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use stance::classify::{Batches, Classifier, Wishes};
use stance::corpus::{
    Cut, FieldMap, NamedTarget, OwnActors, Reading, ReadyStatement, Skipped, ready_of_line,
};
use stance::error::Fault;
use stance::model::folder::{CARD_FILE, EVALUATION_FILE};
use stance::report::flat::Columns;

use crate::faults::{self, all_raised, raised};
use crate::input::{Entry, Input, Wanted};
use crate::statements::{Statements, named};

pub(crate) struct Owned {
    pub(crate) model: stance::model::Model,
    pub(crate) actors: Option<OwnActors>,
    /// The user's target: its file's text, and what it says.
    pub(crate) target: Option<(String, NamedTarget)>,
}

/// A file's text and what a fault calls it.
type Own = Option<(String, String)>;

impl Owned {
    /// With the user's own actors and target.
    ///
    /// # Errors
    /// Every line that is none.
    pub(crate) fn new(model: stance::model::Model, (actors, target): (Own, Own)) -> PyResult<Self> {
        let actors = actors.map(|(text, path)| OwnActors::of_text(&text, &path));
        let target = target.map(|(text, path)| {
            let target = NamedTarget::of_text(&text, &path);
            target.map(|target| (text, target))
        });
        let target: Option<(String, NamedTarget)> = target.transpose().map_err(all_raised)?;
        if let Some((_, target)) = &target {
            // What cannot work is told at once.
            let classifier = Classifier::new(&model, None).map_err(raised)?;
            classifier.narrowed_to(target).map_err(raised)?;
        }
        Ok(Self {
            model,
            actors: actors.transpose().map_err(all_raised)?,
            target,
        })
    }
}

fn text(path: Option<&Path>, doing: &str) -> PyResult<Own> {
    let Some(path) = path else { return Ok(None) };
    let shown = path.display().to_string();
    std::fs::read_to_string(path)
        .map(|text| Some((text, shown.clone())))
        .map_err(|error| raised(Fault::io(shown, doing, &error)))
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
            let mut batches = taken.unwrap_or_else(|| {
                let target = owned.target.as_ref().map(|(_, target)| target);
                Batches::new(&owned.model, owned.actors.as_ref(), self.threads).narrowed_to(target)
            });
            let done = work(&mut batches);
            free().push(batches);
            done
        })
    }
}

#[pymethods]
impl Model {
    /// The model in a folder, or the one inside the program; `own` are the files of the user's actors and target.
    #[staticmethod]
    fn load(
        py: Python<'_>,
        path: Option<PathBuf>,
        own: (Option<PathBuf>, Option<PathBuf>),
        threads: usize,
    ) -> PyResult<Self> {
        py.detach(|| {
            let own = (
                text(own.0.as_deref(), "read the actors")?,
                text(own.1.as_deref(), "read the target")?,
            );
            let Some(path) = path else {
                let model = stance::model::Model::embedded().map_err(raised)?;
                let card = stance::model::Model::embedded_card().to_owned();
                let owned = Owned::new(model, own)?;
                return Ok(Self::new(owned, (String::new(), card), threads, true));
            };
            let model = stance::model::Model::load(&path).map_err(raised)?;
            let part = |name| std::fs::read_to_string(path.join(name)).unwrap_or_default();
            let beside = (part(EVALUATION_FILE), part(CARD_FILE));
            Ok(Self::new(Owned::new(model, own)?, beside, threads, false))
        })
    }

    /// The model that [`Self::state`] took apart.
    #[staticmethod]
    fn restore(
        file: Option<&[u8]>,
        beside: (String, String),
        own: (Option<String>, Option<String>),
        threads: usize,
    ) -> PyResult<Self> {
        let model = match file {
            None => stance::model::Model::embedded(),
            Some(file) => stance::model::Model::of_bytes(file),
        };
        let named = |text: Option<String>, name: &str| text.map(|text| (text, name.to_owned()));
        let own = (named(own.0, "actors"), named(own.1, "target"));
        let owned = Owned::new(model.map_err(raised)?, own)?;
        Ok(Self::new(owned, beside, threads, file.is_none()))
    }

    /// What [`Self::restore`] needs: the model file (`None` for the model inside the program), evaluation and card, the
    /// user's own actors and target, threads.
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
        (Option<String>, Option<String>),
        usize,
    )> {
        let file = if self.is_embedded {
            None
        } else {
            Some(PyBytes::new(py, &self.model().to_bytes().map_err(raised)?))
        };
        let beside = (self.evaluation.clone(), self.card.clone());
        let actors = self.actors().map(|actors| actors.text().to_owned());
        let target = self.ready.borrow_owner().target.as_ref();
        let own = (actors, target.map(|(text, _)| text.clone()));
        Ok((file, beside, own, self.threads))
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
        named(&self.columns_of(self.wishes(explain, with_text)))
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
        let wishes = self.wishes(wishes.0, wishes.1);
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
        let wishes = self.wishes(explain, false);
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
    fn wishes(&self, explain: bool, with_text: bool) -> Wishes {
        Wishes {
            explain,
            with_text,
            target: self.ready.borrow_owner().target.is_some(),
        }
    }

    fn nothing(&self, wishes: Wishes) -> Statements {
        Statements {
            records: Vec::new(),
            places: Vec::new(),
            skipped: Vec::new(),
            n_articles: 0,
            columns: self.columns_of(wishes),
        }
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
