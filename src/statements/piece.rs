//! Cuts a passage into pieces, one for each holder of views in it: claims of one subject together, with the quotations
//! that belong to them. It does not know who a subject is, and does not join passages.

use super::claim::Claim;
use super::claim_group::{Cutter, claims_of};
use super::cue::CueClass;
use super::frame::Frame;
use super::mention::{Mentions, Range, Sort};
use super::passage::Passage;
use super::reading::Reading;
use super::subject::{self, Subject};
use super::word_class::{
    AND, AUXILIARY, BUT, CONJUNCTION, CONTRAST, CREDIT, CUE, HOLDER, MODAL, NEAR_TARGET, OWNED_ACT,
    PREPOSITION, RELATIVE, SUBORDINATOR, TARGET, TO, TOPIC_PRONOUN, VERB, WEEKDAY,
};
use crate::label::Kind;
use crate::text::Shape;

/// Part of a passage that gives one holder's words, view or act.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Its tokens.
    pub(super) tokens: Range,
    /// How it gives them.
    pub(super) kind: Kind,
    /// The words that attribute it.
    pub(super) cue: Option<Range>,
    /// The mention of its holder.
    pub(super) subject: Option<usize>,
    /// Whether the holder stands after the cue.
    pub(super) inverted: bool,
    /// Number of its passage.
    pub(super) passage: usize,
}

/// How far after a claim its end is looked for, in tokens.
const TAIL: usize = 120;
/// Fewest words of a quotation without attribution that is speech rather than a scare quote.
const SPEECH: usize = 5;

/// Appends the pieces of `passage` to `pieces`; `carries` where a colon before it opened a speech without marks.
pub(super) fn cut(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passage: (usize, &Passage),
    claims: &[Claim],
    carries: bool,
    pieces: &mut Vec<Piece>,
) {
    let (number, passage) = passage;
    let cutter = Cutter {
        reading,
        mentions,
        passage,
    };
    let groups = cutter.groups(claims);
    if groups.is_empty() {
        let carried = carries && pieces.last().is_some_and(|last| last.passage + 1 == number);
        let spoken = cutter.carried_on(number).filter(|_| carried);
        pieces.extend(spoken.or_else(|| cutter.unattributed(number)));
        return;
    }
    for (at, group) in groups.iter().enumerate() {
        let end = groups
            .get(at + 1)
            .map_or(passage.to, |next| next.cut.max(group.start + 1));
        let own = &claims_of(claims, group);
        let tokens = cutter.trimmed(group.start, end, own);
        let Some(first) = own.first() else { continue };
        pieces.push(Piece {
            tokens,
            kind: cutter.kind(tokens, own),
            cue: Some(Range::new(first.cue, first.cue_end)),
            subject: own.iter().find_map(|claim| claim.subject.mention()),
            inverted: matches!(first.subject, Subject::After(_)),
            passage: number,
        });
    }
}

impl Cutter<'_, '_> {
    /// Leaves out marks at the ends and, after an act, the reporter's own words on time and circumstances.
    fn trimmed(&self, start: usize, end: usize, claims: &[Claim]) -> Range {
        let reading = self.reading;
        let (mut start, mut end) = (start, end);
        let acts = claims.iter().all(|claim| {
            matches!(claim.class, CueClass::Act | CueClass::Judge)
                && claim.frame != Frame::Quotation
        });
        let pressing = claims.iter().all(|claim| {
            matches!(claim.frame, Frame::Object | Frame::Infinitive)
                && matches!(claim.class, CueClass::Urge | CueClass::Speech)
        });
        if pressing && let Some(last) = claims.last() {
            let from = last.end.max(last.cue_end) + 1;
            let tail = (from..end.min(from + TAIL)).find(|&at| {
                !reading.quoted(at)
                    && (matches!(reading.word(at), "following" | "after")
                        || self.meanwhile(at)
                        || reading.comma(at)
                            && reading.is(at + 1, SUBORDINATOR | RELATIVE | CONTRAST))
            });
            end = tail.unwrap_or(end);
        }
        if let [claim] = claims
            && claim.frame != Frame::Quotation
            && claim.first > self.passage.from
            && reading.is(claim.first - 1, SUBORDINATOR | CONTRAST)
        {
            // `Though leaders pleaded for a truce, the minister sent troops`.
            let from = claim.end.max(claim.cue_end);
            let main = (from..end.min(from + TAIL))
                .find(|&at| reading.comma(at) && !reading.quoted(at) && self.opens_clause(at + 1));
            if let Some(main) = main {
                (start, end) = (start.max(claim.first), main);
            }
        }
        if acts && let Some(last) = claims.last() {
            let from = last.end.max(last.cue_end);
            let tail = (from..end.min(from + TAIL))
                .find(|&at| self.tail_begins(from, at, end) || self.main_goes_on(last, at));
            end = tail.unwrap_or(end);
        }
        let inside = end < self.passage.to;
        let dangles = |at: usize| {
            reading.comma(at)
                || inside
                    && !reading.quoted(at)
                    && (reading.dash(at)
                        || reading.is(at, AND | BUT)
                        || matches!(reading.word(at), "as" | "after" | "while" | "when"))
        };
        while end > start + 1 && dangles(end - 1) {
            end -= 1;
        }
        let mut bare = end;
        while bare > start + 1
            && (matches!(reading.mark(bare - 1), b'.') || reading.is(bare - 1, CREDIT))
        {
            bare -= 1;
        }
        if reading.is(bare, CREDIT) {
            end = bare;
        }
        Range::new(start, end)
    }

    /// Whether the reporter's own sentence goes on at `at` after a clause or a noun that takes a position (`, which Kesh
    /// welcomed, ends a war`; `Kesh's rejection of the truce left`).
    fn main_goes_on(&self, claim: &Claim, at: usize) -> bool {
        let reading = self.reading;
        let verb = |at: usize| {
            reading.shape(at) == Shape::Lower
                && reading.is(at, VERB | CUE | AUXILIARY | MODAL)
                && self.mentions.at(at).is_none()
                && !reading.quoted(at)
        };
        let clause = claim.first > self.passage.from && reading.is(claim.first - 1, RELATIVE);
        let noun = reading.is(claim.cue, OWNED_ACT) && self.mentions.at(claim.cue).is_some();
        let done = || (claim.end..at).any(|t| reading.is(t, TARGET));
        clause && reading.comma(at) && verb(at + 1) || noun && verb(at) && done()
    }

    fn tail_begins(&self, from: usize, at: usize, end: usize) -> bool {
        let reading = self.reading;
        if reading.quoted(at) {
            return false;
        }
        if matches!(reading.word(at), "after" | "amid")
            || reading.mark(at) == b';'
            || self.meanwhile(at)
        {
            return true;
        }
        let done = (from..at).any(|t| reading.is(t, TARGET | NEAR_TARGET | TOPIC_PRONOUN));
        let purpose = reading.word(at) == "so" && reading.word(at + 1) == "that"
            || done && reading.is(at, TO) && reading.is(at - 1, WEEKDAY);
        if purpose {
            return true;
        }
        if !reading.comma(at) || at + 1 >= end || reading.quoted(at + 1) {
            return false;
        }
        let next = at + 1;
        if done && reading.is(next, AND | BUT) && self.opens_clause(next + 1) {
            return true;
        }
        if (from..at).any(|t| reading.is(t, TARGET | NEAR_TARGET | TOPIC_PRONOUN))
            && !reading.is(next, CONJUNCTION)
            && !self.lists(next)
        {
            return true;
        }
        reading.written(next).ends_with("ing") && reading.shape(next) == Shape::Lower
            || reading.is(
                next,
                RELATIVE | PREPOSITION | SUBORDINATOR | AUXILIARY | MODAL,
            )
            || matches!(
                reading.word(next),
                "after" | "hours" | "days" | "weeks" | "minutes" | "a" | "the" | "two" | "three"
            ) && (next..end.min(next + 5)).any(|t| matches!(reading.word(t), "after" | "before"))
    }

    /// Whether what went on at the same time begins at `at` (`as shells fell on Kesh`).
    fn meanwhile(&self, at: usize) -> bool {
        let reading = self.reading;
        reading.word(at) == "as"
            && self.mentions.at(at + 1).is_some_and(|number| {
                let mention = &self.mentions.list[number];
                let end = mention.tokens.end;
                mention.sort != Sort::Pronoun
                    && (end..end + 3)
                        .take_while(|&t| {
                            reading.shape(t).is_word()
                                && !reading.is(t, PREPOSITION)
                                && self.mentions.at(t).is_none()
                        })
                        .any(|t| {
                            reading.is(t, VERB | CUE | AUXILIARY | MODAL)
                                || reading.written(t).ends_with("ed")
                        })
            })
    }

    /// Whether a holder of views with a verb of its own begins at `at`.
    fn opens_clause(&self, at: usize) -> bool {
        subject::with_verb(self.reading, self.mentions, at).is_some()
    }

    /// Whether a list or the place's country goes on at `at` (`in Doha, Qatar, to ...`; `Kesh, Norvania and ...`).
    fn lists(&self, at: usize) -> bool {
        let reading = self.reading;
        self.mentions.at(at).is_some_and(|number| {
            let mention = &self.mentions.list[number];
            let end = mention.tokens.end;
            mention.sort == Sort::Name && (reading.comma(end) || reading.is(end, CONJUNCTION))
        })
    }

    fn kind(&self, tokens: Range, claims: &[Claim]) -> Kind {
        let reading = self.reading;
        if let [claim] = claims
            && reading.mark(claim.cue) == b':'
        {
            return Kind::Direct;
        }
        let quoted = self.quoted_words(tokens) > 0;
        let opened = matches!(reading.written(tokens.first), "\"" | "\u{201C}" | "\u{AB}");
        if opened && !reading.quoted(tokens.first) && claims[0].frame == Frame::Parenthesis {
            // `"We will sign, she said.`: the closing mark is lost.
            return Kind::Direct;
        }
        let acts = claims.iter().enumerate().all(|(at, claim)| {
            at > 0 && claim.leaning && matches!(claim.frame, Frame::Object | Frame::Infinitive)
                || matches!(claim.class, CueClass::Act | CueClass::Judge)
                    && matches!(claim.frame, Frame::Object | Frame::Infinitive)
        });
        if acts {
            let likened = (tokens.first..tokens.end).any(|at| reading.word(at) == "as");
            return if quoted && likened {
                Kind::Mixed
            } else {
                Kind::Act
            };
        }
        if !quoted {
            return Kind::Indirect;
        }
        let direct = claims.iter().enumerate().all(|(at, claim)| {
            claim.frame == Frame::Quotation
                || at > 0 && (claim.leaning || matches!(claim.subject, Subject::Antecedent(_)))
        }) && (tokens.first..tokens.end)
            .filter_map(|at| reading.quotation_at(at))
            .any(|number| self.whole(number));
        if direct { Kind::Direct } else { Kind::Mixed }
    }

    fn quoted_words(&self, tokens: Range) -> usize {
        (tokens.first..tokens.end)
            .filter(|&at| self.reading.quoted(at) && self.reading.shape(at).is_word())
            .count()
    }

    /// Whether a quotation is a sentence of its own: it begins with a capital, or ends with a stop.
    fn whole(&self, quotation: usize) -> bool {
        let reading = self.reading;
        let quotation = &reading.quotations[quotation];
        let first = (quotation.first..quotation.end).find(|&at| reading.shape(at).is_word());
        first.is_some_and(|at| reading.shape(at) != Shape::Lower)
            || matches!(reading.mark(quotation.end - 2), b',' | b'.' | b'?' | b'!')
    }

    /// A passage without cue that carries on a speech which a colon introduced.
    fn carried_on(&self, number: usize) -> Option<Piece> {
        let passage = self.passage;
        // A quotation is speech of its own, quoted words inside a sentence are not.
        let quoted = self.quoted_words(Range::new(passage.from, passage.to));
        (2 * quoted < passage.to.saturating_sub(passage.from)).then_some(Piece {
            tokens: Range::new(passage.from, passage.to),
            kind: Kind::Direct,
            cue: None,
            subject: None,
            inverted: false,
            passage: number,
        })
    }

    /// A passage with quoted words and no cue.
    fn unattributed(&self, number: usize) -> Option<Piece> {
        let reading = self.reading;
        let passage = self.passage;
        let words = |quoted: bool| {
            (passage.from..passage.to)
                .filter(|&at| reading.quoted(at) == quoted && reading.shape(at).is_word())
                .count()
        };
        let inside = words(true);
        if inside == 0 {
            return None;
        }
        let outside = words(false);
        let whole = (passage.from..passage.to)
            .filter_map(|at| reading.quotation_at(at))
            .any(|number| self.whole(number));
        if outside > 1 && (inside < SPEECH || inside < outside || !whole) {
            return None;
        }
        let subject = (passage.from..passage.to)
            .filter(|&at| !reading.quoted(at))
            .find_map(|at| self.mentions.at(at))
            .filter(|&number| {
                let mention = &self.mentions.list[number];
                matches!(mention.sort, Sort::Person | Sort::Name | Sort::Pronoun)
                    || reading.is(mention.head, HOLDER)
            });
        Some(Piece {
            tokens: Range::new(passage.from, passage.to),
            kind: if whole || outside <= 1 {
                Kind::Direct
            } else {
                Kind::Mixed
            },
            cue: None,
            subject,
            inverted: false,
            passage: number,
        })
    }
}
