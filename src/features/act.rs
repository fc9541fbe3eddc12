//! Acts: what a statement does (accepts, refuses, doubts ...), toward what, by whom, and how (negated, as a condition, as a
//! duty, after "but"). It finds acts by near words and does not parse sentences: an act's object is the nearest one behind
//! it, else the nearest before it; its subject is the nearest word before it that can be one.

use super::frame::Subject;
use super::group::{FORCE, Groups, PLAN, TALKS};
use super::lexicon::{Classes, Lexicon};
use super::moves::Item;

/// How far behind an act its object is looked for, and how far before it, in words.
const AHEAD: usize = 8;
const BACK: usize = 7;
/// How far behind the first object the truce may follow and take its place: "the terms of the truce".
const PART: usize = 4;
/// How far behind an act a pronoun may be its object.
const PRONOUN: usize = 3;
/// How far a condition reaches, and a modal verb.
const CONDITION: usize = 9;
const MODAL: usize = 3;

/// What stands in the place of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Object {
    /// Group number.
    Group(usize),
    /// A pronoun (it, this, that) with a truce or plan before it.
    Reference,
    /// A pronoun with no such word before it.
    Pronoun,
    /// None found, but the truce or plan is named before, in the statement or ahead of it.
    Implied,
    /// None found.
    Missing,
}

/// Who acts, as far as a nearby word tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Actor,
    Other,
    All,
    It,
    Nobody,
    Missing,
}

impl Who {
    pub(super) const fn of(subject: Option<Subject>) -> Self {
        match subject {
            Some(Subject::Me | Subject::Own | Subject::He) => Self::Actor,
            Some(Subject::Other | Subject::Third | Subject::You) => Self::Other,
            Some(Subject::All) => Self::All,
            Some(Subject::It) => Self::It,
            Some(Subject::Nobody) => Self::Nobody,
            Some(Subject::Missing) | None => Self::Missing,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Actor => "by the actor",
            Self::Other => "by others",
            Self::All => "by all",
            Self::It => "by it",
            Self::Nobody => "by nobody",
            Self::Missing => "",
        }
    }
}

/// How an act is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    Plain,
    Condition,
    Duty,
    Future,
    Hedge,
}

impl Mood {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Condition => "if",
            Self::Duty => "must",
            Self::Future => "will",
            Self::Hedge => "may",
        }
    }
}

/// Where an act stands in an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Plain,
    BeforeBut,
    AfterBut,
    Conceded,
    Instead,
}

impl Turn {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::BeforeBut => "before but",
            Self::AfterBut => "after but",
            Self::Conceded => "conceded",
            Self::Instead => "instead of",
        }
    }
}

/// One act of taking a position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Act {
    /// Its first and last word, as places in the items.
    pub(super) first: usize,
    pub(super) last: usize,
    /// Number of its act group.
    pub(super) group: usize,
    pub(super) negated: bool,
    pub(super) object: Object,
    pub(super) who: Who,
    pub(super) mood: Mood,
    pub(super) turn: Turn,
}

/// The small classes that set the mood of an act and its place in an argument.
#[derive(Clone, Debug)]
pub(super) struct Turns {
    condition: Classes,
    duty: Classes,
    future: Classes,
    hedge: Classes,
    but: Classes,
    concession: Classes,
    instead: Classes,
}

impl Turns {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        Self {
            condition: lexicon.set(&["IF"]),
            duty: lexicon.set(&["NECESS", "DEMAND"]),
            future: lexicon.set(&["WILL"]),
            hedge: lexicon.set(&["HEDGE"]),
            but: lexicon.set(&["BUT"]),
            concession: lexicon.set(&["CONCESS"]),
            instead: lexicon.set(&["INSTEAD"]),
        }
    }
}

/// Where the reading of a statement stands: what earlier words still reach.
#[derive(Clone, Copy, Debug)]
struct Reach {
    /// The nearest possible subject and its place.
    who: Option<(Subject, usize)>,
    /// The places up to which a condition, a duty, a hedge and a future reach.
    moods: [(usize, Mood); 4],
    turn: Turn,
    turned_at: usize,
    /// Whether the truce or its plan has been named.
    named: bool,
}

impl Reach {
    const fn new(named: bool) -> Self {
        Self {
            who: None,
            moods: [
                (0, Mood::Condition),
                (0, Mood::Duty),
                (0, Mood::Hedge),
                (0, Mood::Future),
            ],
            turn: Turn::Plain,
            turned_at: 0,
            named,
        }
    }

    /// Takes in that a sentence or a stretch of one ends before `item`.
    fn cross(&mut self, before: &Item, item: &Item) {
        if before.sentence != item.sentence {
            *self = Self {
                who: self.who,
                ..Self::new(self.named)
            };
        }
        if before.stretch != item.stretch {
            self.who = None;
        }
    }

    /// Takes in a word that turns the argument.
    fn turn(&mut self, turns: &Turns, at: usize, item: &Item) {
        let turn = if item.tags.meets(turns.but) {
            Turn::AfterBut
        } else if item.tags.meets(turns.concession) {
            Turn::Conceded
        } else if item.tags.meets(turns.instead) {
            Turn::Instead
        } else {
            let over = item.pause || at > self.turned_at + CONDITION;
            if over && matches!(self.turn, Turn::Conceded | Turn::Instead) {
                self.turn = Turn::Plain;
            }
            return;
        };
        (self.turn, self.turned_at) = (turn, at);
    }

    /// Takes in what the word at `at` means for those behind it.
    fn pass(&mut self, turns: &Turns, target: Classes, at: usize, item: &Item) {
        if let Some(subject) = item.subject {
            self.who = Some((subject, at));
        }
        let reaches = [
            (turns.condition, CONDITION),
            (turns.duty, MODAL),
            (turns.hedge, MODAL),
            (turns.future, MODAL),
        ];
        for (mood, (classes, reach)) in self.moods.iter_mut().zip(reaches) {
            if item.tags.meets(classes) {
                mood.0 = at + reach;
            }
        }
        self.named |= item.tags.meets(target);
    }

    fn mood(&self, at: usize) -> Mood {
        self.moods
            .iter()
            .find(|(end, _)| at > 0 && at <= *end)
            .map_or(Mood::Plain, |&(_, mood)| mood)
    }

    const fn pronoun(&self) -> Object {
        if self.named {
            Object::Reference
        } else {
            Object::Pronoun
        }
    }
}

/// The acts in `items`, in their order, into `acts`, which is emptied first. `named` says whether the truce or its plan is
/// named before the statement.
pub(super) fn read(
    groups: &Groups,
    turns: &Turns,
    items: &[Item],
    named: bool,
    acts: &mut Vec<Act>,
) {
    acts.clear();
    let mut reach = Reach::new(named);
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            reach.cross(&items[at - 1], item);
        }
        reach.turn(turns, at, item);
        if reach.turn == Turn::AfterBut && reach.turned_at == at {
            for act in acts.iter_mut().rev() {
                if items[act.first].sentence != item.sentence || act.turn != Turn::Plain {
                    break;
                }
                act.turn = Turn::BeforeBut;
            }
        }
        if let Some(group) = groups.act(item.tags) {
            let (object, other) = object(groups, items, at, &reach);
            let near = reach.who.filter(|&(_, place)| at <= place + AHEAD);
            acts.push(Act {
                first: at.min(other),
                last: at.max(other),
                group,
                negated: item.negated,
                object,
                who: Who::of(near.map(|(subject, _)| subject)),
                mood: reach.mood(at),
                turn: reach.turn,
            });
        }
        reach.pass(turns, groups.target, at, item);
    }
}

/// The object of the act at `at`, and the place of its word.
fn object(groups: &Groups, items: &[Item], at: usize, reach: &Reach) -> (Object, usize) {
    let ahead = object_ahead(groups, items, at);
    let pronoun = (at + 1..items.len().min(at + 1 + PRONOUN))
        .take_while(|&place| items[place].sentence == items[at].sentence)
        .find(|&place| items[place].subject == Some(Subject::It))
        .filter(|&place| ahead.is_none_or(|(_, found_at)| found_at > place + PRONOUN));
    if let Some(place) = pronoun {
        return (reach.pronoun(), place);
    }
    if let Some((group, place)) = ahead {
        return (Object::Group(group), place);
    }
    for place in (at.saturating_sub(BACK)..at).rev() {
        if items[place].sentence != items[at].sentence {
            break;
        }
        if items[place].subject == Some(Subject::It) {
            return (reach.pronoun(), place);
        }
        if let Some(group) = groups.object_named(items[place].tags) {
            return (Object::Group(group), place);
        }
    }
    let none = if reach.named {
        Object::Implied
    } else {
        Object::Missing
    };
    (none, at)
}

/// Group and place of the object behind the act at `at`.
fn object_ahead(groups: &Groups, items: &[Item], at: usize) -> Option<(usize, usize)> {
    let here = items[at].sentence;
    let group = |item: &Item| {
        groups
            .object_named(item.tags)
            .filter(|_| item.sentence == here)
    };
    let breach = groups.objects.len() - 1;
    let mut best: Option<(usize, usize)> = None;
    for (place, item) in items.iter().enumerate().skip(at + 1).take(AHEAD) {
        if item.sentence != here {
            break;
        }
        let Some(mut found) = group(item) else {
            continue;
        };
        // Truce talks are talks.
        if found <= PLAN && items.get(place + 1).and_then(group) == Some(TALKS) {
            found = TALKS;
        }
        if best.is_none_or(|(kept, kept_at)| found < kept && place <= kept_at + PART) {
            best = Some((found, place));
        }
        // `violations of the truce` are no truce.
        if best.is_some_and(|(kept, _)| kept <= FORCE || kept == breach) {
            break;
        }
    }
    best
}
