//! The feature function: prepares what its families read of one statement, lets each add what it finds (`families`) to a bag
//! or to a list with names. It does not weight features.

mod class_keys;
mod families;

use class_keys::ClassKeys;

use super::act::Act;
use super::bag::Bag;
use super::frame::{Roles, Subject};
use super::lexicon::{Classes, Lexicon};
use super::matter::{self, Matter, Place, Sight};
use super::moves::{Item, Moves};
use super::position::Positions;
use super::sense::Senses;
use super::tags::Tags;
use super::view::{Alone, Own, Request, Symbol, View};
use super::{FAMILIES, Weighting};
use crate::span::Span;
use crate::text::glyph::{self, Marks};
use crate::text::{Document, Token, WordTable};

/// The feature function with what it knows of words. It lives across articles.
pub struct Features {
    senses: Senses,
    keys: ClassKeys,
    roles: Roles,
    target: Classes,
    moves: Moves,
    positions: Positions,
    /// Classes of the words around a statement that stands in no article.
    own_tags: Tags,
    own: Own,
    sight: Option<Sight>,
    /// Classes of the words before the statement.
    before: Classes,
    acts: Vec<Act>,
    items: Vec<Item>,
    view: View,
    tags: Vec<Classes>,
    stops: Vec<bool>,
    ends: Vec<bool>,
    negated: Vec<bool>,
    subjects: Vec<Option<Subject>>,
    stems: Vec<(usize, u64)>,
    objects: Vec<Option<usize>>,
    /// Whether characters are looked at.
    characters: bool,
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
        Self {
            keys: ClassKeys::new(&lexicon),
            roles: Roles::new(&lexicon),
            target: lexicon.set(&["TRUCE", "STOPFIRE", "PLAN", "FORCE", "TALKS", "PEACE"]),
            moves: Moves::new(&lexicon),
            positions: Positions::new(&lexicon),
            senses: Senses::new(lexicon),
            own_tags: Tags::default(),
            own: Own::default(),
            sight: None,
            before: Classes::default(),
            acts: Vec::new(),
            items: Vec::new(),
            view: View::default(),
            tags: Vec::new(),
            stops: Vec::new(),
            ends: Vec::new(),
            negated: Vec::new(),
            subjects: Vec::new(),
            stems: Vec::new(),
            objects: Vec::new(),
            characters: false,
        }
    }

    /// The same function for models with these weightings: with characters where they have that family.
    #[must_use]
    pub fn weighed_by(mut self, weightings: &[Weighting]) -> Self {
        self.characters = weightings.len() > FAMILIES.len();
        self
    }

    /// The names, truces and word classes of an article, for the requests of its statements.
    pub fn matter_of(&mut self, document: &Document<'_>, words: &WordTable) -> Matter {
        Matter::of(document, words, &mut self.senses)
    }

    /// Puts the features of one statement into `bag`, which is emptied first and sealed at the end.
    pub fn extract(&mut self, request: &Request<'_>, words: &WordTable, bag: &mut Bag) {
        bag.clear();
        self.emit(request, words, bag);
        bag.seal();
    }

    /// The same without sorting: entries in the order found, each key once, to be weighed and not to be learnt from.
    pub fn gather(&mut self, request: &Request<'_>, words: &WordTable, bag: &mut Bag) {
        bag.clear();
        self.emit(request, words, bag);
        bag.unite();
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
        self.senses.forget_after(keep);
    }

    fn emit(&mut self, request: &Request<'_>, words: &WordTable, sink: &mut impl Sink) {
        self.prepare(request, words);
        self.stems(request, words, sink);
        self.classes(sink);
        self.class_stem(request, words, sink);
        self.frames(sink);
        self.moves(sink);
        self.positions(request, sink);
        self.matter(request, sink);
        if self.characters {
            self.characters(request, words, sink);
        }
    }

    fn prepare(&mut self, request: &Request<'_>, words: &WordTable) {
        let (first, end) = (request.first, request.end);
        let tags = if let Some(matter) = request.matter {
            &matter.tags
        } else {
            let around = (request.context.min(first), end);
            self.own_tags
                .read(&mut self.senses, request.document, words, around);
            &self.own_tags
        };
        tags.within(first, end, &mut self.tags);
        self.before = tags.all(request.context.min(first), first);
        self.own.fill(request.own, words);
        self.view.fill(request, &self.own, &self.senses);
        self.sight = request.matter.and_then(|matter| {
            let place = Place {
                document: request.document,
                first,
                end,
                own: &self.own,
            };
            matter::sight(matter, &place, &self.senses)
        });
        // What is said of another truce is said of another subject.
        if self.sight.is_some_and(Sight::is_of_another) {
            for tags in &mut self.tags {
                tags.0 &= !self.target.0;
            }
        }
        let tokens = &request.document.tokens[first..end];
        self.read_tokens(tokens);
        self.roles.negated(
            &self.tags,
            &self.view.symbols,
            &self.stops,
            &mut self.negated,
        );
        self.read_items(tokens);
    }

    /// Marks, subjects and stems of the statement's tokens.
    fn read_tokens(&mut self, tokens: &[Token]) {
        self.stops.clear();
        self.ends.clear();
        self.subjects.clear();
        self.stems.clear();
        for (at, token) in tokens.iter().enumerate() {
            let symbol = self.view.symbols[at];
            if matches!(symbol, Symbol::Mark | Symbol::Name | Symbol::Own) {
                self.tags[at] = Classes::default();
            }
            self.ends.push(ENDS.has(token.glyph));
            self.stops.push(STOPS.has(token.glyph));
            self.subjects.push(match symbol {
                Symbol::Own => Some(Subject::Own),
                Symbol::Name => Some(Subject::Other),
                Symbol::Word => self.senses.of(token.word).subject,
                _ => None,
            });
            if let Some(stem) = self.senses.stem(token.word, symbol) {
                self.stems.push((at, stem));
            }
        }
    }

    /// The statement's words as patterns see them.
    fn read_items(&mut self, tokens: &[Token]) {
        self.items.clear();
        let (mut stretch, mut sentence, mut pause) = (0, 0, false);
        for (at, token) in tokens.iter().enumerate() {
            stretch += u32::from(self.ends[at]);
            sentence += u32::from(ENDS_SENTENCE.has(token.glyph));
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
const ENDS: Marks = Marks::of(&[
    b'.',
    b'!',
    b'?',
    b';',
    b':',
    glyph::ELLIPSIS,
    b'"',
    glyph::OPENING,
    glyph::CLOSING,
]);

/// Marks that end a sentence, as far as an act and its object are concerned.
const ENDS_SENTENCE: Marks = Marks::of(&[b'.', b'!', b'?', b';', glyph::ELLIPSIS]);

/// Marks that end the reach of a negator: besides the above those that do not end that of a subject.
const STOPS: Marks = ENDS.and(&[b',', glyph::EM_DASH, glyph::EN_DASH, b'(', b')']);
