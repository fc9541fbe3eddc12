//! Who says what in an article: finds every statement, its kind, the cue that introduces it and the actor who holds it.
//! Nothing in this room can fail, and nothing does I/O. It does not judge stance.
//!
//! Terms: a *cue* is the word that ties words to an actor (`said`, `according to`, `rejected`); a *mention* is a name or
//! description as it stands in the text; an *actor* is whoever all mentions of one holder of views mean.

mod statement;

pub use statement::{Actor, ActorKind, Member, Statement};
