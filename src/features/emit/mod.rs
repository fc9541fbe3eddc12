//! The feature function: prepares what its families read of one statement, lets each add what it finds (`families`) to a bag
//! or to a list with names. It does not weight features.

mod families;

use super::act::Act;
use super::bag::Bag;
use super::frame::{Roles, Subject};
use super::lexicon::{Classes, Lexicon};
use super::matter::{self, Matter, Place, Sight};
use super::moves::{Item, Moves};
use super::position::Positions;
use super::stem::Forms;
use super::view::{Alone, Request, Symbol, View};
use crate::span::Span;
use crate::text::{Document, WordTable};

/// The feature function with what it knows of words. It lives across articles.
pub struct Features {
    lexicon: Lexicon,
    roles: Roles,
    target: Classes,
    sight: Option<Sight>,
    moves: Moves,
    positions: Positions,
    acts: Vec<Act>,
    context: Vec<Classes>,
    items: Vec<Item>,
    forms: Forms,
    view: View,
    tags: Vec<Classes>,
    stops: Vec<bool>,
    ends: Vec<bool>,
    negated: Vec<bool>,
    subjects: Vec<Option<Subject>>,
    stems: Vec<(usize, u64)>,
}

/// A feature in plain words, for an explanation.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Key in the vocabulary.
    pub key: u64,
    /// Number of its family.
    pub family: u8,
    /// What it is, in plain words.
    pub name: String,
    /// The words it stands on.
    pub span: Span,
}

/// Where features go: into a bag, or into a list with names.
pub(super) trait Sink {
    fn add(
        &mut self,
        family: u8,
        key: u64,
        first: usize,
        end: usize,
        name: impl FnOnce() -> String,
    );
}

impl Sink for Bag {
    fn add(&mut self, family: u8, key: u64, _: usize, _: usize, _: impl FnOnce() -> String) {
        Self::add(self, family, key);
    }
}

struct Names<'a> {
    request: &'a Request<'a>,
    found: Vec<Named>,
}

impl Sink for Names<'_> {
    fn add(
        &mut self,
        family: u8,
        key: u64,
        first: usize,
        end: usize,
        name: impl FnOnce() -> String,
    ) {
        let span = self
            .request
            .document
            .span(self.request.first + first, self.request.first + end);
        self.found.push(Named {
            key,
            family,
            name: name(),
            span,
        });
    }
}

impl Features {
    /// The feature function over `lexicon`.
    pub fn new(lexicon: Lexicon) -> Self {
        let roles = Roles::new(&lexicon);
        let target = lexicon.set(&["TRUCE", "STOPFIRE", "PLAN", "FORCE", "TALKS", "PEACE"]);
        let moves = Moves::new(&lexicon);
        let positions = Positions::new(&lexicon);
        Self {
            lexicon,
            roles,
            target,
            sight: None,
            moves,
            positions,
            acts: Vec::new(),
            context: Vec::new(),
            items: Vec::new(),
            forms: Forms::new(),
            view: View::default(),
            tags: Vec::new(),
            stops: Vec::new(),
            ends: Vec::new(),
            negated: Vec::new(),
            subjects: Vec::new(),
            stems: Vec::new(),
        }
    }

    /// The names and truces of an article, for the requests of its statements.
    pub fn matter_of(&mut self, document: &Document<'_>, words: &WordTable) -> Matter {
        Matter::of(document, words, &mut self.lexicon)
    }

    /// Puts the features of one statement into `bag`, which is emptied first and sealed at the end.
    pub fn extract(&mut self, request: &Request<'_>, words: &WordTable, bag: &mut Bag) {
        bag.clear();
        self.emit(request, words, bag);
        bag.seal();
    }

    /// Puts the features of a statement that stands alone into `bag`.
    pub fn extract_alone(&mut self, alone: &Alone<'_>, words: &mut WordTable, bag: &mut Bag) {
        let whole = alone.whole();
        let document = Document::read(&whole, words);
        self.extract(&alone.within(&document), words, bag);
    }

    /// The features of one statement with their names and words: one entry an occurrence, in the order found.
    pub fn name(&mut self, request: &Request<'_>, words: &WordTable) -> Vec<Named> {
        let mut names = Names {
            request,
            found: Vec::new(),
        };
        self.emit(request, words, &mut names);
        names.found
    }

    /// Forgets what it knows of words after the first `keep`; must follow [`WordTable::forget_after`].
    pub fn forget_after(&mut self, keep: usize) {
        self.lexicon.forget_after(keep);
        self.forms.forget_after(keep);
    }

    fn emit(&mut self, request: &Request<'_>, words: &WordTable, sink: &mut impl Sink) {
        self.prepare(request, words);
        self.stems(request, sink);
        self.classes(sink);
        self.class_stem(request, sink);
        self.frames(sink);
        self.moves(sink);
        self.positions(request, words, sink);
        self.matter(request, sink);
    }

    fn prepare(&mut self, request: &Request<'_>, words: &WordTable) {
        self.forms.learn(words);
        self.view.fill(request, words);
        self.lexicon.tag(
            request.document,
            words,
            request.first,
            request.end,
            &mut self.tags,
        );
        self.sight = request.matter.and_then(|matter| {
            let place = Place {
                document: request.document,
                first: request.first,
                end: request.end,
                own: request.own,
            };
            matter::sight(matter, &place, words)
        });
        // What is said of another truce is said of another subject.
        if self.sight.is_some_and(Sight::is_of_another) {
            for tags in &mut self.tags {
                tags.0 &= !self.target.0;
            }
        }
        self.stops.clear();
        self.ends.clear();
        self.subjects.clear();
        self.stems.clear();
        let tokens = &request.document.tokens[request.first..request.end];
        for (at, token) in tokens.iter().enumerate() {
            let symbol = self.view.symbols[at];
            let mark = symbol == Symbol::Mark;
            if mark || symbol == Symbol::Name || symbol == Symbol::Own {
                self.tags[at] = Classes::default();
            }
            let written = token.of(request.document.text);
            self.ends.push(mark && is_end(written));
            self.stops
                .push(mark && (is_end(written) || is_pause(written)));
            self.subjects
                .push(Subject::of(symbol, words.word(token.word)));
            if let Some(stem) = self.forms.stem(token.word, symbol) {
                self.stems.push((at, stem));
            }
        }
        self.roles.negated(
            &self.tags,
            &self.view.symbols,
            &self.stops,
            &mut self.negated,
        );
        self.items.clear();
        let (mut stretch, mut sentence, mut pause) = (0, 0, false);
        for (at, token) in tokens.iter().enumerate() {
            stretch += u32::from(self.ends[at]);
            let written = token.of(request.document.text);
            sentence += u32::from(self.ends[at] && ends_sentence(written));
            if self.view.symbols[at] == Symbol::Mark {
                pause |= self.stops[at];
                continue;
            }
            self.items.push(Item {
                at,
                tags: self.tags[at],
                negated: self.negated[at],
                subject: self.subjects[at],
                stretch,
                sentence,
                pause: std::mem::take(&mut pause),
            });
        }
    }
}

/// Marks that no subject or object is looked for across.
fn is_end(mark: &str) -> bool {
    matches!(
        mark,
        "." | "!" | "?" | ";" | ":" | "..." | "\u{2026}" | "\"" | "\u{201C}" | "\u{201D}"
    )
}

/// Marks that end a sentence, as far as an act and its object are concerned.
fn ends_sentence(mark: &str) -> bool {
    matches!(mark, "." | "!" | "?" | ";" | "..." | "\u{2026}")
}

/// Marks that end the reach of a negator but not of a subject.
fn is_pause(mark: &str) -> bool {
    matches!(mark, "," | "\u{2014}" | "\u{2013}" | "(" | ")")
}
