//! Articles, or whatever else a classifier is needed for, worked through side by side, one set of tables a thread, in the
//! order in which they were given. It reads no files.

use super::runs::runs;
use super::{Classifier, Record, Wishes};
use crate::corpus::{Article, NamedTarget, OwnActors};
use crate::error::Result;
use crate::model::Model;

/// More threads than any machine has cores; a bound on what a slip of the finger can ask for.
const MOST_THREADS: usize = 512;

/// Articles that one thread takes at a time.
const RUN: usize = 32;

/// Classifiers for as many threads as are wished for, made when they are first needed.
pub struct Batches<'m> {
    model: &'m Model,
    actors: Option<&'m OwnActors>,
    target: Option<&'m NamedTarget>,
    n_threads: usize,
    classifiers: Vec<Classifier<'m>>,
}

impl<'m> Batches<'m> {
    /// For `threads` threads, 0 for all cores; `actors` are the user's own.
    pub fn new(model: &'m Model, actors: Option<&'m OwnActors>, threads: usize) -> Self {
        let n_threads = match threads.min(MOST_THREADS) {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            n => n,
        };
        Self {
            model,
            actors,
            target: None,
            n_threads,
            classifiers: Vec::new(),
        }
    }

    /// How many threads work.
    pub const fn n_threads(&self) -> usize {
        self.n_threads
    }

    /// Narrows what counts as the proposal at issue, as [`Classifier::narrowed_to`] does.
    #[must_use]
    pub fn narrowed_to(mut self, target: Option<&'m NamedTarget>) -> Self {
        self.target = target;
        self
    }

    /// Articles of which a batch should hold as many.
    pub const fn size(&self) -> usize {
        RUN * self.n_threads
    }

    /// What `each` makes of every article and its records, in the order of `articles`.
    ///
    /// # Errors
    /// As for [`Classifier::new`] and [`Classifier::narrowed_to`].
    pub fn classify<T: Send>(
        &mut self,
        articles: &[Article],
        wishes: Wishes,
        each: impl Fn(&Article, Vec<Record>) -> T + Sync,
    ) -> Result<Vec<T>> {
        self.each(articles.iter().collect(), |article, classifier| {
            each(article, classifier.article(article, wishes))
        })
    }

    /// What `each` makes of every item with the classifier of its thread, in the order of `items`.
    ///
    /// # Errors
    /// As for [`Classifier::new`] and [`Classifier::narrowed_to`].
    pub fn each<I: Send, T: Send>(
        &mut self,
        items: Vec<I>,
        each: impl Fn(I, &mut Classifier<'m>) -> T + Sync,
    ) -> Result<Vec<T>> {
        let (runs, ()) = self.by_run(
            items,
            |_| 1,
            |items, classifier| items.map(|item| each(item, classifier)).collect::<Vec<T>>(),
            || (),
        )?;
        Ok(runs.into_iter().flatten().collect())
    }

    /// What `each` makes of runs of about the same `weight`, one a thread, in the order of `items`; and what `meanwhile`
    /// makes, which the calling thread does beside them if there is more than one.
    ///
    /// # Errors
    /// As for [`Classifier::new`] and [`Classifier::narrowed_to`].
    pub fn by_run<I: Send, T: Send, R>(
        &mut self,
        items: Vec<I>,
        weight: impl Fn(&I) -> usize,
        each: impl Fn(&mut dyn Iterator<Item = I>, &mut Classifier<'m>) -> T + Sync,
        meanwhile: impl FnOnce() -> R,
    ) -> Result<(Vec<T>, R)> {
        self.prepare(items.len())?;
        let mut items: Vec<Option<I>> = items.into_iter().map(Some).collect();
        let weight = |item: &Option<I>| item.as_ref().map_or(0, &weight);
        let each = |items: &mut [Option<I>], classifier: &mut Classifier<'m>| {
            each(&mut items.iter_mut().filter_map(Option::take), classifier)
        };
        let mut runs = runs(&mut items, self.n_threads, weight);
        if let [run] = runs.as_mut_slice() {
            return Ok((vec![each(run, &mut self.classifiers[0])], meanwhile()));
        }
        let each = &each;
        Ok(std::thread::scope(|scope| {
            let threads: Vec<_> = runs
                .into_iter()
                .zip(&mut self.classifiers)
                .map(|(run, classifier)| scope.spawn(move || each(run, classifier)))
                .collect();
            let done = meanwhile();
            let made = threads
                .into_iter()
                .map(|thread| {
                    thread
                        .join()
                        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                })
                .collect();
            (made, done)
        }))
    }

    /// Makes the classifiers that `n` items need, so that what cannot work is told before anything is read.
    ///
    /// # Errors
    /// As for [`Classifier::new`] and [`Classifier::narrowed_to`].
    pub fn prepare(&mut self, n: usize) -> Result<()> {
        while self.classifiers.len() < self.n_threads.min(n) {
            let classifier = Classifier::new(self.model, self.actors.map(OwnActors::text))?;
            self.classifiers.push(match self.target {
                Some(target) => classifier.narrowed_to(target)?,
                None => classifier,
            });
        }
        Ok(())
    }
}
