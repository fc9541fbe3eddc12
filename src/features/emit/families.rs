//! The families of features: each walks the prepared statement once and adds what it finds. It does not prepare statements.

use super::class_keys::NEAR;
use super::{Features, Sink};
use crate::features::FAMILIES;
use crate::features::characters;
use crate::features::frame::Subject;
use crate::features::key;
use crate::features::lexicon::Classes;
use crate::features::position::Setting;
use crate::features::view::{Request, Symbol};
use crate::text::WordTable;

const STEMS: u8 = 0;
const CLASSES: u8 = 1;
const CLASS_STEM: u8 = 2;
const FRAMES: u8 = 3;
const MOVES: u8 = 4;
const POSITIONS: u8 = 5;
const MATTER: u8 = 6;
const CHARACTERS: u8 = FAMILIES.len() as u8;

/// How far back a subject is looked for, and how far ahead an object, in words.
const SUBJECT_REACH: usize = 8;
const OBJECT_REACH: usize = 7;

impl Features {
    fn shown(&self, request: &Request<'_>, words: &WordTable, at: usize) -> String {
        let word = request.document.tokens[request.first + at].word;
        self.senses.shown(words.word(word), self.view.symbols[at])
    }

    /// Stems and pairs of neighbouring stems, also over marks.
    pub(super) fn stems(&self, request: &Request<'_>, words: &WordTable, sink: &mut impl Sink) {
        const ONE: u64 = key::word(b"stem");
        const PAIR: u64 = key::word(b"stems");
        let shown = |at| self.shown(request, words, at);
        for (place, &(at, stem)) in self.stems.iter().enumerate() {
            sink.add(STEMS, key::join(ONE, stem), at, at + 1, || shown(at));
            if let Some(&(next, other)) = self.stems.get(place + 1) {
                let pair = key::join(key::join(PAIR, stem), other);
                sink.add(STEMS, pair, at, next + 1, || {
                    format!("{} {}", shown(at), shown(next))
                });
            }
        }
    }

    /// Runs of characters of the words that are no names.
    pub(super) fn characters(
        &self,
        request: &Request<'_>,
        words: &WordTable,
        sink: &mut impl Sink,
    ) {
        const RUN: u64 = key::word(b"characters");
        for (at, &symbol) in self.view.symbols.iter().enumerate() {
            if symbol == Symbol::Word {
                let word = words.word(request.document.tokens[request.first + at].word);
                characters::runs(word, |run| {
                    let key = key::join(RUN, key::word(run));
                    sink.add(CHARACTERS, key, at, at + 1, || {
                        format!("letters {}", String::from_utf8_lossy(run))
                    });
                });
            }
        }
    }

    /// Every class, negated or not.
    pub(super) fn classes(&self, sink: &mut impl Sink) {
        for (at, tags) in self.tags.iter().enumerate() {
            let not = self.negated[at];
            for class in tags.iter() {
                let key = self.keys.alone[class][usize::from(not)];
                sink.add(CLASSES, key, at, at + 1, || {
                    format!(
                        "{}{}",
                        if not { "not " } else { "" },
                        self.senses.lexicon.name(class)
                    )
                });
            }
        }
    }

    /// A class with the stems one and two places before and behind it.
    pub(super) fn class_stem(
        &self,
        request: &Request<'_>,
        words: &WordTable,
        sink: &mut impl Sink,
    ) {
        for (place, &(at, _)) in self.stems.iter().enumerate() {
            for class in self.tags[at].iter() {
                for (&shift, &near) in NEAR.iter().zip(&self.keys.near[class]) {
                    let Some(&(other, stem)) = place
                        .checked_add_signed(shift)
                        .and_then(|place| self.stems.get(place))
                    else {
                        continue;
                    };
                    let key = key::join(near, stem);
                    sink.add(CLASS_STEM, key, at.min(other), at.max(other) + 1, || {
                        format!(
                            "{} near {}",
                            self.senses.lexicon.name(class),
                            self.shown(request, words, other)
                        )
                    });
                }
            }
        }
    }

    /// Subject, predicate class with polarity, and the first class behind it.
    pub(super) fn frames(&mut self, sink: &mut impl Sink) {
        self.find_objects();
        let mut reach = Subject::Missing;
        let mut words = 0;
        for at in 0..self.tags.len() {
            let predicate = self.roles.content(self.tags[at]);
            if !predicate.is_empty() {
                let subject = if words < SUBJECT_REACH {
                    reach
                } else {
                    Subject::Missing
                };
                self.frames_of(at, predicate, subject, sink);
            }
            if let Some(subject) = self.subjects[at] {
                (reach, words) = (subject, 0);
            } else if self.ends[at] {
                (reach, words) = (Subject::Missing, 0);
            } else {
                words += usize::from(self.view.symbols[at] != Symbol::Mark);
            }
        }
    }

    fn frames_of(&self, at: usize, predicate: Classes, subject: Subject, sink: &mut impl Sink) {
        let not = self.negated[at];
        let polarity = u64::from(not) << 8 | subject as u64;
        for class in predicate.iter() {
            let base = key::join(self.keys.frame[class], polarity);
            let name = |object: &str| {
                format!(
                    "{}: {}{} {object}",
                    subject.name(),
                    if not { "not " } else { "" },
                    self.senses.lexicon.name(class)
                )
            };
            let Some(place) = self.objects[at] else {
                sink.add(FRAMES, base, at, at + 1, || name(""));
                continue;
            };
            for other in self.roles.content(self.tags[place]).iter() {
                let key = key::join(base, self.keys.name[other]);
                sink.add(FRAMES, key, at, place + 1, || {
                    name(self.senses.lexicon.name(other))
                });
            }
        }
    }

    /// For each token the nearest one behind it that can be an object.
    fn find_objects(&mut self) {
        self.objects.clear();
        self.objects.resize(self.tags.len(), None);
        let mut object = None;
        let mut words = 0;
        for at in (0..self.tags.len()).rev() {
            self.objects[at] = object.filter(|_| words < OBJECT_REACH);
            if self.ends[at] {
                (object, words) = (None, 0);
            } else if !self.roles.content(self.tags[at]).is_empty() {
                (object, words) = (Some(at), 0);
            } else {
                words += usize::from(self.view.symbols[at] != Symbol::Mark);
            }
        }
    }

    pub(super) fn moves(&self, sink: &mut impl Sink) {
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

    pub(super) fn positions(&mut self, request: &Request<'_>, sink: &mut impl Sink) {
        let setting = Setting {
            before: self.before,
            kind: request.kind.map_or(0, |kind| kind as u64 + 1),
        };
        let items = &self.items;
        let place = |item: usize| items.get(item).map_or(0, |item| item.at);
        self.positions
            .find(items, setting, &mut self.acts, |key, first, last, name| {
                let end = place(last) + usize::from(!items.is_empty());
                sink.add(POSITIONS, key, place(first), end, name);
            });
    }

    pub(super) fn matter(&self, request: &Request<'_>, sink: &mut impl Sink) {
        if let Some(sight) = self.sight {
            sight.emit(request.end - request.first, MATTER, sink);
        }
    }
}
