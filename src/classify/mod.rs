//! The whole chain for one article or one ready statement: text -> statements -> features -> model -> record. It holds
//! what lives across articles, one set for each thread; it reads no files and prints nothing.

mod aim;
mod batch;
mod record;
mod speech;

pub use aim::{Evidence, TargetRecord};
pub use batch::Batches;
pub use record::{ActorRecord, ReasonRecord, Record, SCHEMA};

use serde_json::{Map, Value};

use crate::corpus::{AnnotatedArticle, Article, NamedTarget, ReadyStatement, repeats};
use crate::error::{Fault, Result};
use crate::features::{Alone, Bag, Features, Lexicon, Request, Row, vectorize};
use crate::label::{Kind, LabelSet};
use crate::model::explain::explain;
use crate::model::{Model, Prediction, Scorer};
use crate::offset::CodePoints;
use crate::span::Span;
use crate::statements::{Actor, Extractor, Statement};
use crate::text::{Document, WordTable};

use aim::{Aim, Namings};

/// The stance of what does not bear on a named proposal.
const NO_POSITION: &str = "none";

/// Words after which a thread forgets those that no data file knows: a bound on memory for streams of any length.
const MOST_WORDS: usize = 400_000;

/// Reasons that a record shows; the rest are summed into one.
const SHOWN_REASONS: usize = 12;

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

/// Stance and tone of a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Stance.
    pub stance: Prediction,
    /// Tone, if the model has learnt it.
    pub tone: Option<Prediction>,
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
        let features = Features::new(Lexicon::new(model.lexicon.as_deref())?);
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

    /// Narrows what counts as the proposal at issue to the one that the user names: what bears on another is `none`.
    ///
    /// # Errors
    /// A model without the label `none`.
    pub fn narrowed_to(mut self, target: &NamedTarget) -> Result<Self> {
        let labels = &self.model.stance.labels;
        if labels.position(NO_POSITION).is_none() {
            return Err(
                Fault::new(format!("a target, and a model of {}", labels.listed()))
                    .expected(format!(
                        "a model with the label {NO_POSITION:?} for what bears on something else"
                    ))
                    .remedy("leave out --target or choose another --model"),
            );
        }
        self.words.forget_after(self.known_words);
        self.features.forget_after(self.known_words);
        self.aim = Some(Aim::new(target, &mut self.words));
        self.known_words = self.words.len();
        Ok(self)
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
            let mut request = Request::within(&document, statement.span, &own);
            request.kind = Some(statement.kind);
            request.matter = Some(&matter);
            let verdict = self.judge(&request);
            let place = Place {
                text,
                points: &points,
                shift: 0,
            };
            let reasons = wishes
                .explain
                .then(|| self.reasons(&request, &verdict.stance, &place));
            let mut record = self.record(&verdict, reasons);
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
            record.actor = actor_record(&statement.actor);
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
        let own = [ready.actor.as_deref(), ready.side.as_deref()]
            .map(Option::unwrap_or_default)
            .join(";");
        let context = ready.context.as_deref().unwrap_or_default();
        let alone = Alone {
            text: &ready.text,
            context,
            kind: ready.kind(),
            own: &own,
        };
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
        let mut record = self.record(&verdict, reasons);
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

    /// The terms of the user's target in a text.
    fn namings(&mut self, document: &Document<'_>, title: Option<&str>) -> Namings {
        let Some(aim) = &self.aim else {
            return Namings::default();
        };
        let title = title.map(|title| Document::read(title, &mut self.words));
        aim.namings(document, title.as_ref(), &self.words)
    }

    /// Says whether a statement bears on the user's target; where it does not, it takes no position on it.
    fn narrow(&self, record: &mut Record, namings: &Namings, request: &Request<'_>) {
        let Some(aim) = &self.aim else {
            return;
        };
        let decision = aim.decide(namings, request.document, (request.first, request.end));
        record.target = Some(TargetRecord {
            is_meant: decision.is_meant,
            term: decision.term.map(str::to_owned),
            found: decision.found,
            stance_at_issue: record.stance.clone(),
        });
        if decision.is_meant {
            return;
        }
        NO_POSITION.clone_into(&mut record.stance);
        for (label, probability) in &mut record.probabilities {
            *probability = Value::from(f64::from(u8::from(label == NO_POSITION)));
        }
        record.confidence = 1.0;
        record.score = record.score.map(|_| 0.0);
        record.abstained = false;
        record.reasons = record.reasons.take().map(|_| Vec::new());
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

    /// Stance and tone of a statement that stands alone.
    pub fn judge_ready(&mut self, ready: &ReadyStatement) -> Verdict {
        self.forget();
        let own = [ready.actor.as_deref(), ready.side.as_deref()]
            .map(Option::unwrap_or_default)
            .join(";");
        let context = ready.context.as_deref().unwrap_or_default();
        let alone = Alone {
            text: &ready.text,
            context,
            kind: ready.kind(),
            own: &own,
        };
        let whole = alone.whole();
        let document = Document::read(&whole, &mut self.words);
        self.judge(&alone.within(&document))
    }

    /// Stance and tone of the statements that a person marked in an article, in their order.
    pub fn judge_marked(&mut self, annotated: &AnnotatedArticle) -> Vec<Verdict> {
        let spans = annotated.statements.iter().map(|marked| {
            let own = format!("{};{}", marked.actor(), marked.side().unwrap_or_default());
            (marked.span, marked.kind, own)
        });
        self.judge_spans(&annotated.article.text, spans)
    }

    /// Stance and tone of the statements that were found in a text, in their order.
    pub fn judge_found(&mut self, text: &str, statements: &[Statement]) -> Vec<Verdict> {
        let spans = statements
            .iter()
            .map(|statement| (statement.span, statement.kind, own_names(&statement.actor)));
        self.judge_spans(text, spans)
    }

    /// Judges statements of one text: where each stands, its kind, and names of its actor and side.
    fn judge_spans(
        &mut self,
        text: &str,
        spans: impl Iterator<Item = (Span, Kind, String)>,
    ) -> Vec<Verdict> {
        self.forget();
        let document = Document::read(text, &mut self.words);
        let matter = self.features.matter_of(&document, &self.words);
        spans
            .map(|(span, kind, own)| {
                let request = Request {
                    kind: Some(kind),
                    matter: Some(&matter),
                    ..Request::within(&document, span, &own)
                };
                self.judge(&request)
            })
            .collect()
    }

    /// The labels that the model gives the statements that a person marked in an article, in their order.
    pub fn stances_of(&mut self, annotated: &AnnotatedArticle) -> Vec<&str> {
        let labels = &self.model.stance.labels.labels;
        self.judge_marked(annotated)
            .iter()
            .map(|verdict| labels[verdict.stance.label].as_str())
            .collect()
    }

    fn judge(&mut self, request: &Request<'_>) -> Verdict {
        self.features.gather(request, &self.words, &mut self.bag);
        let (stance, tone) = self.scorer.score(&self.bag);
        Verdict { stance, tone }
    }

    /// The weightiest reasons, and the sum of all others as one. Must follow [`Self::judge`] of the same request.
    fn reasons(
        &mut self,
        request: &Request<'_>,
        prediction: &Prediction,
        place: &Place<'_>,
    ) -> Vec<ReasonRecord> {
        let named = self.features.name(request, &self.words);
        self.bag.seal();
        let head = &self.model.stance;
        let reasons = explain(
            head,
            prediction,
            &self.bag,
            &named,
            &self.model.vocabulary,
            &self.model.weightings,
        );
        let against = &head.labels.labels[prediction.runner_up];
        let rest: f64 = reasons
            .iter()
            .skip(SHOWN_REASONS)
            .map(|reason| reason.weight)
            .sum();
        let n_rest = reasons.len().saturating_sub(SHOWN_REASONS);
        let mut shown: Vec<ReasonRecord> = reasons
            .into_iter()
            .take(SHOWN_REASONS)
            .map(|reason| {
                let span = reason.span.unwrap_or_default();
                let at = |byte| place.points.at(byte).saturating_sub(place.shift);
                ReasonRecord {
                    feature: reason.feature,
                    family: reason.family,
                    words: span.of(place.text).to_owned(),
                    start: if reason.span.is_some() {
                        at(span.start)
                    } else {
                        0
                    },
                    end: if reason.span.is_some() {
                        at(span.end)
                    } else {
                        0
                    },
                    weight: reason.weight,
                    against: against.clone(),
                }
            })
            .collect();
        if n_rest > 0 {
            shown.push(ReasonRecord {
                feature: format!("{n_rest} others together"),
                family: String::new(),
                words: String::new(),
                start: 0,
                end: 0,
                weight: rest,
                against: against.clone(),
            });
        }
        shown
    }

    fn record(&self, verdict: &Verdict, reasons: Option<Vec<ReasonRecord>>) -> Record {
        let stance = &verdict.stance;
        let tone_labels = self.model.tone.as_ref().map(|tone| &tone.labels);
        let tone = verdict.tone.as_ref().zip(tone_labels);
        Record {
            schema: SCHEMA.to_owned(),
            article: String::new(),
            outlet: None,
            date: None,
            url: None,
            statement: String::new(),
            start: 0,
            end: 0,
            text: String::new(),
            kind: None,
            cue: None,
            actor: ActorRecord::default(),
            stance: self.model.stance.labels.labels[stance.label].clone(),
            probabilities: named(&stance.probabilities, &self.model.stance.labels),
            confidence: rounded(stance.confidence),
            score: stance.score.map(rounded),
            abstained: stance.abstained,
            tone: tone.map(|(tone, labels)| labels.labels[tone.label].clone()),
            tone_probabilities: tone.map(|(tone, labels)| named(&tone.probabilities, labels)),
            reasons,
            target: None,
            model: self.model_label.clone(),
            codebook: self.model.provenance.codebook.clone(),
            article_text: None,
            id: None,
        }
    }

    fn forget(&mut self) {
        if self.words.len() > MOST_WORDS {
            self.words.forget_after(self.known_words);
            self.features.forget_after(self.known_words);
        }
    }
}

/// Where the spans of a request count.
struct Place<'a> {
    text: &'a str,
    points: &'a CodePoints<'a>,
    /// Code points before the statement's own text.
    shift: usize,
}

fn own_names(actor: &Actor) -> String {
    let name = actor.name.as_deref().unwrap_or_default();
    format!(
        "{name};{};{}",
        actor.side.as_deref().unwrap_or_default(),
        actor.surface
    )
}

fn actor_record(actor: &Actor) -> ActorRecord {
    ActorRecord {
        name: actor.name.clone(),
        surface: actor.surface.clone(),
        side: actor.side.clone(),
        kind: actor.kind,
        members: actor.members.clone(),
    }
}

fn named(probabilities: &[f64], labels: &LabelSet) -> Map<String, Value> {
    labels
        .labels
        .iter()
        .cloned()
        .zip(probabilities.iter().map(|&p| Value::from(rounded(p))))
        .collect()
}

/// Six digits: sums and differences of printed numbers hold to the fifth.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
