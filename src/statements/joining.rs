//! Joins pieces of one speech into statements (codebook, "Unit") and gives each its actor. It does not find pieces.
//!
//! A piece without attribution carries on the speech before it. One with an attribution of its own begins a statement, even
//! of the same actor: only there can an occasion or a stance change, and what is told apart can still be put together.

use super::entity::{Entities, Entity};
use super::mention::{Mentions, Range};
use super::passage::Passage;
use super::piece::Piece;
use super::reading::Reading;
use super::statement::{Actor, ActorKind, Member, Statement};
use crate::label::Kind;

/// A piece with those who hold it.
#[derive(Clone, Debug)]
pub(super) struct Held {
    /// The piece.
    pub(super) piece: Piece,
    /// Numbers of its actors; empty where unresolved.
    pub(super) holders: Vec<usize>,
}

/// The statements that `held` makes, in text order.
pub(super) fn statements(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passages: &[Passage],
    held: Vec<Held>,
    entities: &Entities,
) -> Vec<Statement> {
    let speakers = speakers_after(passages, &held);
    let holders: Vec<Vec<usize>> = speakers
        .iter()
        .map(|speaker| speaker.map_or_else(Vec::new, |at| held[at].holders.clone()))
        .collect();
    let mut joined: Vec<(Held, Option<usize>)> = Vec::with_capacity(held.len());
    // The piece that tells who speaks in the last one joined, where that comes later.
    let mut awaited: Option<usize> = None;
    for (number, mut this) in held.into_iter().enumerate() {
        let attributed = attributed(&this);
        let speaker = speakers[number];
        if speaker.is_some() {
            this.holders.clone_from(&holders[number]);
        }
        let carried = awaited.is_some_and(|at| at == number || speaker == awaited);
        if let Some((before, end_passage)) = joined.last_mut().filter(|_| carried) {
            before.piece.tokens.end = this.piece.tokens.end;
            before.piece.kind = both(before.piece.kind, this.piece.kind);
            before.piece.cue = this.piece.cue;
            before.piece.subject = this.piece.subject;
            *end_passage = Some(this.piece.passage);
            awaited = speaker;
            continue;
        }
        awaited = speaker;
        if let Some((before, end_passage)) = joined.last_mut().filter(|_| speaker.is_none()) {
            let at = end_passage.unwrap_or(before.piece.passage);
            let near = this.piece.passage == at || follows(passages, at, this.piece.passage);
            if !attributed && near && before.piece.kind != Kind::Act {
                this.holders.clone_from(&before.holders);
            }
            let near =
                near && (attributed || !begins_entry(reading, &passages[this.piece.passage]));
            let same = !this.holders.is_empty() && this.holders == before.holders;
            let speech = before.piece.kind != Kind::Act && this.piece.kind != Kind::Act;
            if near && same && speech && !attributed {
                // `The minister said:` only announces.
                let end = before.piece.tokens.end;
                let announces = reading.mark(end - 1) == b':' || reading.comma(end);
                before.piece.kind = if announces {
                    this.piece.kind
                } else {
                    both(before.piece.kind, this.piece.kind)
                };
                before.piece.tokens.end = this.piece.tokens.end;
                *end_passage = Some(this.piece.passage);
                continue;
            }
        }
        joined.push((this, None));
    }
    joined
        .into_iter()
        .filter_map(|(held, _)| statement(reading, mentions, &held, entities))
        .collect()
}

fn attributed(held: &Held) -> bool {
    held.piece.subject.is_some() || held.piece.cue.is_some()
}

/// For each piece of a speech that goes on over paragraphs and names its speaker only in a later one: that later piece.
fn speakers_after(passages: &[Passage], held: &[Held]) -> Vec<Option<usize>> {
    let mut speakers = vec![None; held.len()];
    for at in (0..held.len().saturating_sub(1)).rev() {
        let (this, next) = (&held[at], &held[at + 1]);
        let goes_on = !attributed(this)
            && passages[this.piece.passage].continues
            && follows(passages, this.piece.passage, next.piece.passage);
        if goes_on && next.piece.kind != Kind::Act {
            speakers[at] = if attributed(next) {
                Some(at + 1)
            } else {
                speakers[at + 1]
            };
        }
    }
    speakers
}

/// Whether passage `next` comes right after passage `before`.
fn follows(passages: &[Passage], before: usize, next: usize) -> bool {
    next == before + 1 && passages[next].paragraph <= passages[before].paragraph + 1
}

/// Whether a time of day that was left out stands before a passage: it begins another entry of a live report.
fn begins_entry(reading: &Reading<'_>, passage: &Passage) -> bool {
    let document = reading.document;
    document
        .sentences
        .get(document.sentence_of(passage.from))
        .is_some_and(|sentence| sentence.first < passage.from)
}

pub(super) const fn both(first: Kind, second: Kind) -> Kind {
    match (first, second) {
        (Kind::Direct, Kind::Direct) => Kind::Direct,
        (Kind::Indirect, Kind::Indirect) => Kind::Indirect,
        _ => Kind::Mixed,
    }
}

fn statement(
    reading: &Reading<'_>,
    mentions: &Mentions,
    held: &Held,
    entities: &Entities,
) -> Option<Statement> {
    let document = reading.document;
    let piece = &held.piece;
    let span = document
        .span(piece.tokens.first, piece.tokens.end)
        .trim(document.text);
    if span.is_empty() {
        return None;
    }
    let members: Vec<&Entity> = held
        .holders
        .iter()
        .map(|&number| &entities.list[number])
        .collect();
    Some(Statement {
        span,
        kind: piece.kind,
        cue: piece.cue.map(|cue| document.span(cue.first, cue.end)),
        actor: actor(reading, mentions, piece.subject, &members),
    })
}

fn actor(
    reading: &Reading<'_>,
    mentions: &Mentions,
    subject: Option<usize>,
    members: &[&Entity],
) -> Actor {
    let document = reading.document;
    let mention = subject.map(|number| {
        let Range { first, end } = mentions.list[number].tokens;
        document.span(first, end)
    });
    let names: Vec<&str> = members.iter().map(|entity| entity.name.as_str()).collect();
    let mut sides: Vec<&str> = Vec::new();
    for side in members.iter().filter_map(|entity| entity.side.as_deref()) {
        if !sides.contains(&side) {
            sides.push(side);
        }
    }
    Actor {
        name: (!names.is_empty()).then(|| names.join("; ")),
        surface: mention.map_or_else(String::new, |span| span.of(document.text).to_owned()),
        mention,
        side: (!sides.is_empty()).then(|| sides.join("; ")),
        kind: members
            .first()
            .map_or(ActorKind::Unknown, |entity| entity.kind),
        members: if members.len() > 1 {
            members
                .iter()
                .map(|entity| Member {
                    name: entity.name.clone(),
                    side: entity.side.clone(),
                })
                .collect()
        } else {
            Vec::new()
        },
    }
}
