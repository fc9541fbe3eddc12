//! The whole chain for one article or one ready statement: text -> statements -> features -> model -> record. It holds
//! what lives across articles, one set for each thread; it reads no files and prints nothing.

mod aim;
mod batch;
mod narrow;
mod reasons;
mod record;
mod runs;
mod speech;
mod verdict;

pub use aim::{Evidence, TargetRecord};
pub use batch::Batches;
pub use record::{ActorRecord, ReasonRecord, Record, SCHEMA};
pub use verdict::Verdict;

use serde_json::Value;

use crate::corpus::{Article, ReadyStatement, repeats};
use crate::error::Result;
use crate::features::{Bag, Features, Lexicon, Request, Row, vectorize};
use crate::model::{Model, Scorer};
use crate::offset::CodePoints;
use crate::span::Span;
use crate::statements::{Extractor, Statement};
use crate::text::{Document, WordTable};

use aim::Aim;
use reasons::Place;
use verdict::{alone, own_names, own_of};

/// Words after which a thread forgets those that no data file knows: a bound on memory for streams of any length.
const MOST_WORDS: usize = 400_000;

/// Classifies articles one after another.
pub struct Classifier<'m> {
    model: &'m Model,
    model_label: String,
    words: WordTable,
    known_words: usize,
    extractor: Extractor,
    features: Features,
    aim: Option<Aim>,
    scorer: Scorer<'m>,
    bag: Bag,
    row: Row,
}

/// What is wished for in records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Add the reasons of each stance.
    pub explain: bool,
    /// Add the article's text.
    pub with_text: bool,
    /// Add whether each statement bears on the proposal that the classifier is narrowed to.
    pub target: bool,
}

/// A statement of an article with what the model saw.
#[derive(Clone, Debug)]
pub struct Found<'f> {
    /// The record.
    pub record: Record,
    /// Its weighted features.
    pub row: &'f Row,
    /// Where the words before it stand that the model took as context, in bytes.
    pub context: Span,
}

impl<'m> Classifier<'m> {
    /// A classifier with a model; `actors` is the text of the user's own alias file.
    ///
    /// # Errors
    /// The model's own entries of the lexicon, if they cannot be read.
    pub fn new(model: &'m Model, actors: Option<&str>) -> Result<Self> {
        let mut words = WordTable::new();
        let extractor = match actors {
            Some(actors) => Extractor::with_actors(&mut words, actors),
            None => Extractor::new(&mut words),
        };
        let features =
            Features::new(Lexicon::new(model.lexicon.as_deref())?).weighed_by(&model.weightings);
        Ok(Self {
            model,
            model_label: model.label(),
            known_words: words.len(),
            words,
            extractor,
            features,
            aim: None,
            scorer: Scorer::new(model),
            bag: Bag::default(),
            row: Row::new(),
        })
    }

    /// Name and hash of the model, as outputs carry them.
    pub fn model_label(&self) -> &str {
        &self.model_label
    }

    /// The statements of a text, in its order.
    pub fn statements(&mut self, text: &str) -> Vec<Statement> {
        self.forget();
        let document = Document::read(text, &mut self.words);
        let parts = self.found(&document, text);
        if parts.is_empty() {
            return parts;
        }
        let matter = self.features.matter_of(&document, &self.words);
        self.speeches(&document, &matter, parts)
    }

    /// What stands in a paragraph that the text had before is no statement of its own.
    fn found(&mut self, document: &Document<'_>, text: &str) -> Vec<Statement> {
        let mut statements = self.extractor.extract(document, &self.words);
        let repeated = repeats(text);
        if !repeated.is_empty() {
            statements.retain(|statement| {
                let at = statement.span.start;
                let after = repeated.partition_point(|span| span.start <= at);
                after == 0 || repeated[after - 1].end <= at
            });
        }
        statements
    }

    /// The records of an article, in the order of its text.
    pub fn article(&mut self, article: &Article, wishes: Wishes) -> Vec<Record> {
        let mut records = Vec::new();
        self.walk(article, wishes, |_, _, record| records.push(record));
        records
    }

    /// Gives every statement of an article to `take`, in the order of its text.
    pub fn each(&mut self, article: &Article, wishes: Wishes, mut take: impl FnMut(Found<'_>)) {
        self.walk(article, wishes, |this, context, record| {
            take(Found {
                record,
                row: this.last_row(),
                context,
            });
        });
    }

    /// Gives `take` every statement of an article: where the words before it stand, and its record.
    fn walk(
        &mut self,
        article: &Article,
        wishes: Wishes,
        mut take: impl FnMut(&mut Self, Span, Record),
    ) {
        self.forget();
        let text = &article.text;
        let document = Document::read(text, &mut self.words);
        let parts = self.found(&document, text);
        if parts.is_empty() {
            return;
        }
        let points = CodePoints::new(text);
        let matter = self.features.matter_of(&document, &self.words);
        let statements = self.speeches(&document, &matter, parts);
        let namings = self.namings(&document, article.title.as_deref());
        for (number, statement) in statements.iter().enumerate() {
            let own = own_names(&statement.actor);
            let request =
                Request::in_article(&document, statement.span, statement.kind, &own, &matter);
            let verdict = self.judge(&request);
            let place = Place {
                text,
                points: &points,
                shift: 0,
            };
            let reasons = wishes
                .explain
                .then(|| self.reasons(&request, &verdict.stance, &place));
            let mut record = Record::of(&verdict, self.model, &self.model_label);
            record.reasons = reasons;
            record.article.clone_from(&article.id);
            record.outlet.clone_from(&article.outlet);
            record.date.clone_from(&article.date);
            record.url.clone_from(&article.url);
            record.statement = format!("{}#{}", article.id, number + 1);
            record.start = points.at(statement.span.start);
            record.end = points.at(statement.span.end);
            statement.span.of(text).clone_into(&mut record.text);
            record.kind = Some(statement.kind);
            record.cue = statement.cue.map(|cue| cue.of(text).to_owned());
            record.actor = ActorRecord::from(&statement.actor);
            record.article_text = (wishes.with_text).then(|| text.clone());
            self.narrow(&mut record, &namings, &request);
            let before = document.tokens.get(request.context);
            let before = before.map_or(statement.span.start, |token| token.start as usize);
            let context = Span::new(before.min(statement.span.start), statement.span.start);
            take(self, context, record);
        }
    }

    /// The record of a statement that stands alone; `number` counts rows from 1.
    pub fn ready(&mut self, ready: &ReadyStatement, number: usize, wishes: Wishes) -> Record {
        self.forget();
        let id = match &ready.id {
            Some(Value::String(id)) => id.clone(),
            Some(id) => id.to_string(),
            None => number.to_string(),
        };
        let own = own_of(ready);
        let alone = alone(ready, &own);
        let whole = alone.whole();
        let document = Document::read(&whole, &mut self.words);
        let request = alone.within(&document);
        let verdict = self.judge(&request);
        let points = CodePoints::new(&whole);
        let place = Place {
            text: &whole,
            points: &points,
            shift: points.at(whole.len() - ready.text.len()),
        };
        let reasons = wishes
            .explain
            .then(|| self.reasons(&request, &verdict.stance, &place));
        let mut record = Record::of(&verdict, self.model, &self.model_label);
        record.reasons = reasons;
        record.article.clone_from(&id);
        record.statement = id;
        record.end = ready.text.chars().count();
        record.text.clone_from(&ready.text);
        record.kind = ready.kind();
        record.actor.name = ready.actor.clone().filter(|name| !name.is_empty());
        record.actor.surface = ready.actor.clone().unwrap_or_default();
        record.actor.side = ready
            .side
            .clone()
            .filter(|side| !side.is_empty() && side != "-");
        record.id.clone_from(&ready.id);
        record.article_text = wishes.with_text.then(|| ready.text.clone());
        let namings = self.namings(&document, None);
        self.narrow(&mut record, &namings, &request);
        record
    }

    /// The weighted features of the statement that was judged last.
    pub fn last_row(&mut self) -> &Row {
        self.bag.seal();
        vectorize(
            &self.bag,
            &self.model.vocabulary,
            &self.model.weightings,
            &mut self.row,
        );
        &self.row
    }

    fn forget(&mut self) {
        if self.words.len() > MOST_WORDS {
            self.words.forget_after(self.known_words);
            self.features.forget_after(self.known_words);
        }
    }
}
