//! Who says what in an article: finds every statement, its kind, the cue that introduces it and the actor who holds it.
//! Nothing in this room can fail, and nothing does I/O. It does not judge stance.
//!
//! Terms: a *cue* is the word that ties words to an actor (`said`, `according to`, `rejected`); a *mention* is a name or
//! description as it stands in the text; an *actor* is whoever all mentions of one holder of views mean; a *passage* is
//! a run of sentences that one quotation holds together; a *claim* is a cue with its subject; a *piece* is a part of a
//! passage that belongs to one holder; pieces of one speech join into a *statement*.
//!
//! The way: `lexis` (words) -> `reading` (`quotation`) -> `furniture`, `transcript` -> `noun_phrase`
//! (`phrase_word`, `phrase_body`, `phrase_tail`, `proper_name`), `apposition` (mentions) ->
//! `passage` -> `claim` (`lead`, `subject`, `claim_subject`, `frame`, `passive`, `phrase_cue`, `circumstance`) -> `claim_group` (`claim_relay`) -> `piece` -> `coreference`
//! (`named_actor`, `role_actor`, `institution`, `affiliation`, `entity`, `side`) -> `joining`.

mod affiliation;
mod alias;
mod apposition;
mod boundary;
mod caption;
#[cfg(test)]
mod cases;
mod circumstance;
mod claim;
mod claim_errand;
mod claim_group;
mod claim_held;
mod claim_relay;
mod claim_subject;
mod coreference;
mod credit;
mod cue;
mod entity;
mod extractor;
mod frame;
mod frame_object;
mod furniture;
mod inflection;
mod institution;
mod joining;
mod joint_actor;
mod known_name;
mod lead;
mod lexis;
#[cfg(test)]
mod linear;
mod mention;
mod movement;
mod name_bridge;
mod name_match;
mod named_actor;
mod named_later;
mod nationality;
mod noun_act;
mod noun_phrase;
mod passage;
mod passive;
mod phrase_anew;
mod phrase_body;
mod phrase_cue;
mod phrase_tail;
mod phrase_word;
mod piece;
mod portfolio;
mod proper_name;
mod quotation;
mod reading;
mod role_actor;
mod role_first;
mod role_name;
mod sharing;
mod side;
mod speech;
mod statement;
mod subject;
mod subject_clause;
mod tail;
mod time_phrase;
mod transcript;
mod word_class;

pub use extractor::Extractor;
pub use known_name::{known_name, state_of_nationality};
pub use statement::{Actor, ActorKind, Member, Statement};
