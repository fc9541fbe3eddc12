//! Articles, or whatever else a classifier is needed for, worked through side by side, one set of tables a thread, in the
//! order in which they were given. It reads no files.

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
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let n_threads = self.n_threads.min(items.len());
        while self.classifiers.len() < n_threads {
            let classifier = Classifier::new(self.model, self.actors.map(OwnActors::text))?;
            self.classifiers.push(match self.target {
                Some(target) => classifier.narrowed_to(target)?,
                None => classifier,
            });
        }
        let one_run = |items: &mut [Option<I>], classifier: &mut Classifier<'m>| {
            items
                .iter_mut()
                .filter_map(Option::take)
                .map(|item| each(item, classifier))
                .collect::<Vec<T>>()
        };
        let run = items.len().div_ceil(n_threads);
        let mut items: Vec<Option<I>> = items.into_iter().map(Some).collect();
        if run == items.len() {
            return Ok(one_run(&mut items, &mut self.classifiers[0]));
        }
        let one_run = &one_run;
        Ok(std::thread::scope(|scope| {
            let threads: Vec<_> = items
                .chunks_mut(run)
                .zip(&mut self.classifiers)
                .map(|(items, classifier)| scope.spawn(move || one_run(items, classifier)))
                .collect();
            threads
                .into_iter()
                .flat_map(|thread| {
                    thread
                        .join()
                        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                })
                .collect()
        }))
    }
}
