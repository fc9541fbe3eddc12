//! A statement and its actor, as the rest of the program sees them. It does not find them.

use serde::{Deserialize, Serialize};

use crate::label::Kind;
use crate::span::Span;

/// A maximal stretch of an article that the article attributes to one actor (codebook, "Unit").
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The words of the statement, with the attribution clause where it stands in the same sentence.
    pub span: Span,
    /// How the article gives it.
    pub kind: Kind,
    /// The word or words that attribute it; `None` where a quotation stands without any.
    pub cue: Option<Span>,
    /// Who holds the view.
    pub actor: Actor,
}

/// The holder of a view (codebook, "Actor").
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Actor {
    /// One canonical name for the actor in this article; joint actors are parted by `;`. `None` where unresolved.
    pub name: Option<String>,
    /// The words that stand for the actor at this statement; empty where there are none.
    pub surface: String,
    /// Where those words stand.
    pub mention: Option<Span>,
    /// The state, movement or organisation that the actor speaks for; joint sides are parted by `;`.
    pub side: Option<String>,
    /// What sort of holder it is.
    pub kind: ActorKind,
    /// The members of a joint actor, in order; empty for a single one.
    pub members: Vec<Member>,
}

/// One of several actors who make a statement together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Canonical name.
    pub name: String,
    /// The side it speaks for.
    pub side: Option<String>,
}

/// What sort of holder of views an actor is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    /// A person with a name.
    Person,
    /// An office or part of a government: a ministry, a presidency, an embassy.
    Office,
    /// A state, or the capital or palace that speaks for it.
    State,
    /// A movement, army, party, company, international body.
    Organisation,
    /// A source without a name, known by its role.
    Unnamed,
    /// Not resolved.
    #[default]
    Unknown,
}
