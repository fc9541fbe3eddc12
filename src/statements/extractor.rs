//! The way from a document to its statements: reading, furniture, mentions, passages, claims, pieces, actors, joining.
//! It holds what is known of words across articles and no rule of its own.

use super::caption;
use super::claim::{self, Claim};
use super::claim_group::LABEL;
use super::coreference::{self, Resolver};
use super::cue::CueClass;
use super::furniture;
use super::joining::{self, Held};
use super::joint_actor::{Place, Together};
use super::lexis::Lexis;
use super::mention::{Mention, Mentions, Sort};
use super::passage::{self, Passage};
use super::piece::{self, Piece};
use super::reading::Reading;
use super::statement::Statement;
use super::word_class::TO;
use super::{apposition, noun_phrase};
use super::{sharing, transcript};
use crate::text::{Document, WordTable};

/// Finds the statements of articles. Built once over a word table, it serves any number of articles read with it.
#[derive(Clone, Debug)]
pub struct Extractor {
    lexis: Lexis,
}

impl Extractor {
    /// An extractor with the shipped knowledge; takes its words into `words`.
    pub fn new(words: &mut WordTable) -> Self {
        Self::with_actors(words, "")
    }

    /// An extractor that also knows the names of `user_aliases`, lines in the format of `en/aliases.tsv`.
    pub fn with_actors(words: &mut WordTable, user_aliases: &str) -> Self {
        Self {
            lexis: Lexis::read(words, user_aliases),
        }
    }

    /// The statements of `document`, which was read with `words`, in text order.
    pub fn extract(&mut self, document: &Document<'_>, words: &WordTable) -> Vec<Statement> {
        if document.tokens.is_empty() {
            return Vec::new();
        }
        let reading = Reading::new(document, &self.lexis, words);
        let mut starts = furniture::starts(&reading);
        let turns = transcript::turns(&reading);
        transcript::starts(&reading, &turns, &mut starts);
        let mentions = find_mentions(&reading, &starts);
        let passages = passage::find(&reading, &mentions, &starts);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut speech = OpenSpeech::None;
        for (number, passage) in passages.iter().enumerate() {
            if let Some(Some(turn)) = turns.get(passage.paragraph) {
                pieces.extend(transcript::piece(&mentions, (number, passage), *turn));
                continue;
            }
            let claims = claim::find(&reading, &mentions, passage);
            speech = speech.at(passage.paragraph);
            let carries = speech != OpenSpeech::None && claims.is_empty();
            piece::cut(
                &reading,
                &mentions,
                (number, passage),
                &claims,
                carries,
                &mut pieces,
            );
            if !claims.is_empty() {
                speech = OpenSpeech::after(&reading, passage, &claims);
            }
        }
        if pieces.is_empty() {
            return Vec::new();
        }
        let begins = passages.first().map_or(0, |passage| passage.paragraph);
        let captions = caption::names(&reading, &starts);
        let mut resolver = Resolver::new(&reading, &mentions, captions, begins);
        let held = hold(&reading, &mentions, &passages, &pieces, &mut resolver);
        joining::statements(&reading, &mentions, &passages, held, &resolver.entities)
    }
}

/// How many mentions back an actor is looked for.
const RECENT: usize = 60;

fn find_mentions(reading: &Reading<'_>, starts: &[Option<usize>]) -> Mentions {
    let mut list: Vec<Mention> = Vec::with_capacity(reading.len() / 6);
    for (sentence, start) in reading.document.sentences.iter().zip(starts) {
        let Some(start) = *start else { continue };
        let from = list.len();
        noun_phrase::find(reading, start, sentence.end, &mut list);
        apposition::join(reading, &mut list, from, sentence.end);
    }
    Mentions::new(list, reading.len())
}

/// Resolves all mentions in text order and gives each piece its holders.
fn hold(
    reading: &Reading<'_>,
    mentions: &Mentions,
    passages: &[Passage],
    pieces: &[Piece],
    resolver: &mut Resolver<'_, '_>,
) -> Vec<Held> {
    let mut is_subject = vec![false; mentions.list.len()];
    let mut closes = vec![false; mentions.list.len()];
    for piece in pieces {
        if let Some(number) = piece.subject {
            is_subject[number] = true;
            closes[number] |= piece.closed;
        }
    }
    let mut entity_of: Vec<Option<usize>> = Vec::with_capacity(mentions.list.len());
    // Persons that were subjects, with the token where: who speaks in a quotation that stands alone.
    let mut speakers: Vec<(usize, usize)> = Vec::new();
    let mut passage = 0;
    let mut free_seen = usize::MAX;
    // The first subject of the passage, of whom a holder behind his words may tell.
    let mut spoken_of = None;
    for (number, mention) in mentions.list.iter().enumerate() {
        while passage + 1 < passages.len() && passages[passage + 1].from <= mention.tokens.first {
            passage += 1;
        }
        let from = passages.get(passage).map_or(0, |passage| passage.from);
        let free = free_seen != passage
            && coreference::stands_free(reading, mention, from)
            && !passages
                .get(passage)
                .is_some_and(|passage| is_label(reading, passage));
        // `According to Dana Holm, the president is late`: hers are the words.
        let first = mention.tokens.first;
        let cited = is_subject[number] && first > from && reading.is(first - 1, TO);
        if free || cited {
            free_seen = passage;
        }
        let here = closes[number] && mention.sort == Sort::Pronoun;
        resolver.unlike = spoken_of
            .filter(|&(one, at)| here && from <= at && resolver.is_told_of(one, mention, at))
            .map(|(one, _)| one);
        let leads = coreference::leads_by_words(reading, mentions, number, from);
        let entity = resolver.resolve(number, is_subject[number] || free || leads);
        if (free || leads) && mention.sort != Sort::Pronoun {
            spoken_of = entity.map(|one| (one, first));
        }
        if let Some(entity) = entity.filter(|_| is_subject[number] || free || leads)
            && resolver.is_person(entity)
        {
            speakers.push((mention.tokens.first, entity));
        }
        entity_of.push(entity);
    }
    let mut together = Together::default();
    pieces
        .iter()
        .map(|piece| {
            let members = piece.subject.map_or_else(Vec::new, |number| {
                if let Some(named) = sharing::apposed(reading, mentions, number) {
                    return named;
                }
                if let Some(issuers) = sharing::issued_by(reading, mentions, number) {
                    return issuers;
                }
                if piece.inverted {
                    return sharing::joint_after(reading, mentions, number);
                }
                let from = passages[piece.passage].from;
                sharing::joint(reading, mentions, number, from)
            });
            let mut holders = resolver.share_out(&members, &entity_of).unwrap_or_else(|| {
                let each = members.iter().filter_map(|&member| entity_of[member]);
                each.collect()
            });
            if piece.subject.is_none() {
                let before = speakers.partition_point(|&(token, _)| token < piece.tokens.first);
                holders.extend(speakers[..before].last().map(|&(_, entity)| entity));
            }
            let subject = piece.subject.map(|number| &mentions.list[number]);
            let met_at = piece.subject.and_then(|number| {
                let own = entity_of[number]?;
                let before = &entity_of[number.saturating_sub(RECENT)..number];
                let back = before.iter().rev().position(|&one| one == Some(own))?;
                Some(mentions.list[number - 1 - back].tokens.first)
            });
            let place = Place {
                paragraph: passages[piece.passage].paragraph,
                met_at,
            };
            together.go_on(resolver, subject, place, &mut holders);
            Held {
                piece: *piece,
                holders,
            }
        })
        .collect()
}

/// Whether a passage is a label over what follows (`International Response:`), in which nobody acts.
fn is_label(reading: &Reading<'_>, passage: &Passage) -> bool {
    passage.to > passage.from
        && passage.to - passage.from < LABEL
        && reading.mark(passage.to - 1) == b':'
}

/// A speech without marks that a colon opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OpenSpeech {
    None,
    /// In this paragraph (`KESH: We will sign. We will go home.`).
    Paragraph(usize),
    /// In the paragraphs that follow (`The minister said:` and a line break).
    Block,
}

impl OpenSpeech {
    /// What is still open in paragraph `paragraph`.
    fn at(self, paragraph: usize) -> Self {
        match self {
            Self::Paragraph(own) if own != paragraph => Self::None,
            open => open,
        }
    }

    /// What a passage with claims leaves open.
    fn after(reading: &Reading<'_>, passage: &Passage, claims: &[Claim]) -> Self {
        let speaks = claims.iter().any(|claim| claim.class == CueClass::Speech);
        if speaks && reading.mark(passage.to - 1) == b':' {
            Self::Block
        } else if matches!(claims, [claim] if reading.mark(claim.cue) == b':') {
            Self::Paragraph(passage.paragraph)
        } else {
            Self::None
        }
    }
}
