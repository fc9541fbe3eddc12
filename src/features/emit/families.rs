//! The families of features: each walks the prepared statement once and adds what it finds. It does not prepare statements.

use super::{Features, Sink};
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

/// How far back a subject is looked for, and how far ahead an object, in words.
const SUBJECT_REACH: usize = 8;
const OBJECT_REACH: usize = 7;

impl Features {
    fn shown(&self, request: &Request<'_>, at: usize) -> &str {
        self.forms.shown(
            request.document.tokens[request.first + at].word,
            self.view.symbols[at],
        )
    }

    /// Stems and pairs of neighbouring stems, also over marks.
    pub(super) fn stems(&self, request: &Request<'_>, sink: &mut impl Sink) {
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

    fn class_key(&self, class: usize) -> u64 {
        key::word(self.lexicon.name(class).as_bytes())
    }

    /// Every class, negated or not.
    pub(super) fn classes(&self, sink: &mut impl Sink) {
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
    pub(super) fn class_stem(&self, request: &Request<'_>, sink: &mut impl Sink) {
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
    pub(super) fn frames(&self, sink: &mut impl Sink) {
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

    pub(super) fn positions(
        &mut self,
        request: &Request<'_>,
        words: &WordTable,
        sink: &mut impl Sink,
    ) {
        self.lexicon.tag(
            request.document,
            words,
            request.context,
            request.first,
            &mut self.context,
        );
        let setting = Setting {
            before: Classes(self.context.iter().fold(0, |all, tags| all | tags.0)),
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
