//! Articles classified side by side, one set of tables a thread, in the order in which they were given. It reads no files.

use super::{Classifier, Record, Wishes};
use crate::corpus::{Article, OwnActors};
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
            n_threads,
            classifiers: Vec::new(),
        }
    }

    /// Articles of which a batch should hold as many.
    pub const fn size(&self) -> usize {
        RUN * self.n_threads
    }

    /// What `each` makes of every article and its records, in the order of `articles`.
    ///
    /// # Errors
    /// A lexicon that cannot be read.
    pub fn classify<T: Send>(
        &mut self,
        articles: &[Article],
        wishes: Wishes,
        each: impl Fn(&Article, Vec<Record>) -> T + Sync,
    ) -> Result<Vec<T>> {
        if articles.is_empty() {
            return Ok(Vec::new());
        }
        while self.classifiers.len() < self.n_threads.min(articles.len()) {
            let classifier = Classifier::new(self.model, self.actors.map(OwnActors::text))?;
            self.classifiers.push(classifier);
        }
        let run = articles.len().div_ceil(self.classifiers.len());
        let one_run = |articles: &[Article], classifier: &mut Classifier<'_>| {
            articles
                .iter()
                .map(|article| each(article, classifier.article(article, wishes)))
                .collect::<Vec<T>>()
        };
        if run == articles.len() {
            return Ok(one_run(articles, &mut self.classifiers[0]));
        }
        let one_run = &one_run;
        Ok(std::thread::scope(|scope| {
            let threads: Vec<_> = articles
                .chunks(run)
                .zip(&mut self.classifiers)
                .map(|(articles, classifier)| scope.spawn(move || one_run(articles, classifier)))
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
