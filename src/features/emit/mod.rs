//! The feature function: walks the tokens of one statement once a family and adds what it finds to a bag.
//! It does not weight features.

use super::bag::Bag;
use super::frame::{Roles, Subject};
use super::key;
use super::lexicon::{Classes, Lexicon};
use super::moves::{Item, Moves};
use super::ngram::{Forms, characters};
use super::position::{Act, Positions};
use super::view::{Alone, Request, Symbol, View};
use crate::span::Span;
use crate::text::{Document, WordTable};

const STEMS: u8 = 0;
const CHARACTERS: u8 = 1;
const CLASSES: u8 = 2;
const CLASS_STEM: u8 = 3;
const FRAMES: u8 = 4;
const MOVES: u8 = 5;
const POSITIONS: u8 = 6;

/// How far back a subject is looked for, and how far ahead an object, in words.
const SUBJECT_REACH: usize = 8;
const OBJECT_REACH: usize = 7;

/// The feature function with what it knows of words. It lives across articles.
pub struct Features {
    lexicon: Lexicon,
    roles: Roles,
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
trait Sink {
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
        let moves = Moves::new(&lexicon);
        let positions = Positions::new(&lexicon);
        Self {
            lexicon,
            roles,
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
        self.characters(request, words, sink);
        self.classes(sink);
        self.class_stem(request, sink);
        self.frames(sink);
        self.moves(sink);
        self.positions(request, words, sink);
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
        for at in 0..tokens.len() {
            stretch += u32::from(self.ends[at]);
            let written = tokens[at].of(request.document.text);
            sentence += u32::from(self.ends[at] && ends_sentence(written));
            if self.view.symbols[at] == Symbol::Mark {
                pause |= self.stops[at];
            }
            if self.view.symbols[at] != Symbol::Mark {
                let (tags, negated, subject) = (self.tags[at], self.negated[at], self.subjects[at]);
                self.items.push(Item {
                    at,
                    tags,
                    negated,
                    subject,
                    stretch,
                    sentence,
                    pause,
                });
                pause = false;
            }
        }
    }

    fn shown(&self, request: &Request<'_>, at: usize) -> &str {
        self.forms.shown(
            request.document.tokens[request.first + at].word,
            self.view.symbols[at],
        )
    }

    /// Stems and pairs of neighbouring stems, over marks but not over the end of a sentence.
    fn stems(&self, request: &Request<'_>, sink: &mut impl Sink) {
        let head = key::word(b"stem");
        let pair = key::word(b"stems");
        for (place, &(at, stem)) in self.stems.iter().enumerate() {
            sink.add(STEMS, key::join(head, stem), at, at + 1, || {
                self.shown(request, at).to_owned()
            });
            if let Some(&(next, other)) = self.stems.get(place + 1) {
                sink.add(
                    STEMS,
                    key::join(key::join(pair, stem), other),
                    at,
                    next + 1,
                    || format!("{} {}", self.shown(request, at), self.shown(request, next)),
                );
            }
        }
    }

    fn characters(&self, request: &Request<'_>, words: &WordTable, sink: &mut impl Sink) {
        let head = key::word(b"characters");
        for (at, &symbol) in self.view.symbols.iter().enumerate() {
            if symbol == Symbol::Word {
                let word = words.word(request.document.tokens[request.first + at].word);
                characters(word, |run| {
                    sink.add(
                        CHARACTERS,
                        key::join(head, key::word(run)),
                        at,
                        at + 1,
                        || format!("letters {}", String::from_utf8_lossy(run)),
                    );
                });
            }
        }
    }

    fn class_key(&self, class: usize) -> u64 {
        key::word(self.lexicon.name(class).as_bytes())
    }

    /// Every class, negated or not.
    fn classes(&self, sink: &mut impl Sink) {
        let heads = [key::word(b"class"), key::word(b"not class")];
        for (at, tags) in self.tags.iter().enumerate() {
            let not = self.negated[at];
            for class in tags.iter() {
                sink.add(
                    CLASSES,
                    key::join(heads[usize::from(not)], self.class_key(class)),
                    at,
                    at + 1,
                    || {
                        format!(
                            "{}{}",
                            if not { "not " } else { "" },
                            self.lexicon.name(class)
                        )
                    },
                );
            }
        }
    }

    /// A class with the stems one and two places before and behind it.
    fn class_stem(&self, request: &Request<'_>, sink: &mut impl Sink) {
        let head = key::word(b"class-stem");
        for (place, &(at, _)) in self.stems.iter().enumerate() {
            for class in self.tags[at].iter() {
                let class_key = key::join(head, self.class_key(class));
                for shift in [-2_isize, -1, 1, 2] {
                    let Some(&(other, stem)) = place
                        .checked_add_signed(shift)
                        .and_then(|place| self.stems.get(place))
                    else {
                        continue;
                    };
                    let key = key::join(
                        key::join(
                            class_key,
                            shift.unsigned_abs() as u64 * 2 + u64::from(shift > 0),
                        ),
                        stem,
                    );
                    sink.add(CLASS_STEM, key, at.min(other), at.max(other) + 1, || {
                        format!(
                            "{} near {}",
                            self.lexicon.name(class),
                            self.shown(request, other)
                        )
                    });
                }
            }
        }
    }

    /// Subject, predicate class with polarity, and the first class behind it.
    fn frames(&self, sink: &mut impl Sink) {
        let head = key::word(b"frame");
        for at in 0..self.tags.len() {
            let predicate = self.roles.content(self.tags[at]);
            if predicate.is_empty() {
                continue;
            }
            let subject = self.subject_before(at);
            let object = self.object_after(at);
            let not = self.negated[at];
            for class in predicate.iter() {
                let base = key::join(
                    key::join(head, self.class_key(class)),
                    u64::from(not) << 8 | subject as u64,
                );
                let objects = object.map(|(place, classes)| (place, self.roles.content(classes)));
                let name = |object: &str| {
                    format!(
                        "{}: {}{} {object}",
                        subject.name(),
                        if not { "not " } else { "" },
                        self.lexicon.name(class)
                    )
                };
                match objects {
                    None => sink.add(FRAMES, base, at, at + 1, || name("")),
                    Some((place, classes)) => {
                        for other in classes.iter() {
                            sink.add(
                                FRAMES,
                                key::join(base, self.class_key(other)),
                                at,
                                place + 1,
                                || name(self.lexicon.name(other)),
                            );
                        }
                    }
                }
            }
        }
    }

    fn moves(&self, sink: &mut impl Sink) {
        let head = key::word(b"move");
        self.moves.find(&self.items, |name, first, last| {
            sink.add(
                MOVES,
                key::join(head, key::word(name.as_bytes())),
                first,
                last + 1,
                || format!("move: {name}"),
            );
        });
    }

    fn positions(&mut self, request: &Request<'_>, words: &WordTable, sink: &mut impl Sink) {
        self.lexicon.tag(
            request.document,
            words,
            request.context,
            request.first,
            &mut self.context,
        );
        let before = Classes(self.context.iter().fold(0, |all, tags| all | tags.0));
        self.positions.read(
            &self.items,
            self.positions.names_target(before),
            &mut self.acts,
        );
        let head = key::word(b"position");
        let kind = request.kind.map_or(0, |kind| kind as u64 + 1);
        self.positions.features(
            &self.items,
            before,
            &self.acts,
            kind,
            |key, first, last, name| {
                let place = |item: usize| self.items.get(item).map_or(0, |item: &Item| item.at);
                sink.add(
                    POSITIONS,
                    key::join(head, key),
                    place(first),
                    place(last) + usize::from(!self.items.is_empty()),
                    name,
                );
            },
        );
    }

    fn subject_before(&self, at: usize) -> Subject {
        let mut words = 0;
        for before in (0..at).rev() {
            if self.ends[before] || words == SUBJECT_REACH {
                break;
            }
            if let Some(subject) = self.subjects[before] {
                return subject;
            }
            words += usize::from(self.view.symbols[before] != Symbol::Mark);
        }
        Subject::Missing
    }

    fn object_after(&self, at: usize) -> Option<(usize, Classes)> {
        let mut words = 0;
        for after in at + 1..self.tags.len() {
            if self.ends[after] || words == OBJECT_REACH {
                break;
            }
            if !self.roles.content(self.tags[after]).is_empty() {
                return Some((after, self.tags[after]));
            }
            words += usize::from(self.view.symbols[after] != Symbol::Mark);
        }
        None
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
