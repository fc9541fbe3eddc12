//! Cuts a passage into pieces, one for each holder of views in it: claims of one subject together, with the quotations
//! that belong to them. It does not know who a subject is, and does not join passages.

use super::claim::Claim;
use super::claim_group::{Cutter, claims_of};
use super::cue::CueClass;
use super::frame::Frame;
use super::mention::{Mentions, Range, Sort};
use super::passage::Passage;
use super::reading::Reading;
use super::subject::Subject;
use super::word_class::{CUE, HOLDER};
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
    /// Whether the holder is named behind the words, which are told by him (`Dana Holm will sign, he said`).
    pub(super) closed: bool,
    /// Number of its passage.
    pub(super) passage: usize,
}

/// Fewest words of a quotation without attribution that is speech rather than a scare quote.
const SPEECH: usize = 5;
/// Most words of a heading in quotation marks.
const HEADING: usize = 5;

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
        let held = own.iter().find(|claim| claim.subject.mention().is_some());
        let cited = held.and_then(|claim| cutter.cited(claim));
        pieces.push(Piece {
            tokens,
            kind: cutter.kind(tokens, own),
            cue: Some(Range::new(first.cue, first.cue_end)),
            subject: cited.or_else(|| held?.subject.mention()),
            inverted: cited.is_some() || matches!(first.subject, Subject::After(_)),
            closed: held.is_some_and(|claim| cutter.encloses(claim)),
            passage: number,
        });
    }
}

impl Cutter<'_, '_> {
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
        // `was "no more than a pause," she said`, but not `said "we will sign,"`.
        let part = self.fragment_ends(quotation.end - 1) && !reading.is(quotation.first - 1, CUE);
        first.is_some_and(|at| reading.shape(at) != Shape::Lower)
            || !part && matches!(reading.mark(quotation.end - 2), b',' | b'.' | b'?' | b'!')
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
            closed: false,
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
        // A heading between paragraphs, in marks as broadcasters set it.
        let stops = (passage.from..passage.to)
            .any(|at| matches!(reading.mark(at), b'.' | b',' | b'!' | b'?' | b':' | b';'));
        if outside == 0 && inside <= HEADING && !stops {
            return None;
        }
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
            closed: false,
            passage: number,
        })
    }
}
