//! Positions: what a statement does (accepts, refuses, doubts, blames ...), toward what (the truce, a plan, talks, another
//! subject), by whom, and how (negated, as a condition, as a duty, after "but"). Classes are read in coarse groups
//! (`en/groups.tsv`), so that few labels suffice to learn what each combination means. It does not parse sentences: an
//! act's object is the nearest one behind it, else the nearest before it.

use super::frame::Subject;
use super::key;
use super::lexicon::{Classes, Lexicon};
use super::moves::Item;

pub(super) const SHIPPED: &str = include_str!("en/groups.tsv");

/// How far behind an act its object is looked for, and how far before it, in words.
const AHEAD: usize = 8;
const BACK: usize = 7;
/// How far a condition reaches, and a modal verb.
const CONDITION: usize = 9;
const MODAL: usize = 3;

/// Coarse groups of classes, and the small classes that set the mood.
#[derive(Clone, Debug)]
pub(super) struct Positions {
    acts: Vec<Group>,
    objects: Vec<Group>,
    /// Classes of any act, of any object.
    act: Classes,
    object: Classes,
    target: Classes,
    condition: Classes,
    duty: Classes,
    future: Classes,
    hedge: Classes,
    turn: Classes,
    concession: Classes,
    instead: Classes,
}

/// Which side an act takes toward its object (`en/groups.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    For,
    Against,
    Reserved,
    Hope,
    Terms,
    Blame,
    Neither,
}

impl Side {
    fn named(name: &str) -> Self {
        match name {
            "for" => Self::For,
            "against" => Self::Against,
            "reserved" => Self::Reserved,
            "hope" => Self::Hope,
            "terms" => Self::Terms,
            "blame" => Self::Blame,
            _ => Self::Neither,
        }
    }
}

#[derive(Clone, Debug)]
struct Group {
    name: &'static str,
    key: u64,
    side: Side,
    classes: Classes,
}

/// What stands in the place of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Object {
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
enum Who {
    Actor,
    Other,
    All,
    It,
    Nobody,
    Missing,
}

impl Who {
    const fn of(subject: Option<Subject>) -> Self {
        match subject {
            Some(Subject::Me | Subject::Own | Subject::He) => Self::Actor,
            Some(Subject::Other | Subject::Third | Subject::You) => Self::Other,
            Some(Subject::All) => Self::All,
            Some(Subject::It) => Self::It,
            Some(Subject::Nobody) => Self::Nobody,
            Some(Subject::Missing) | None => Self::Missing,
        }
    }

    const fn name(self) -> &'static str {
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
enum Mood {
    Plain,
    Condition,
    Duty,
    Future,
    Hedge,
}

impl Mood {
    const fn name(self) -> &'static str {
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
enum Turn {
    Plain,
    BeforeBut,
    AfterBut,
    Conceded,
    Instead,
}

impl Turn {
    const fn name(self) -> &'static str {
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
    first: usize,
    last: usize,
    group: usize,
    negated: bool,
    object: Object,
    who: Who,
    mood: Mood,
    turn: Turn,
}

/// Number of the object group that names the truce itself; the next two name its plan and its force.
const TRUCE: usize = 0;
const PLAN: usize = 1;
const FORCE: usize = 2;
const TALKS: usize = 3;

impl Positions {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let (mut acts, mut objects) = (Vec::new(), Vec::new());
        let mut second = false;
        for line in crate::text::entries(SHIPPED) {
            let Some((name, classes)) = line.split_once('\t') else {
                second = true;
                continue;
            };
            let (side, classes) = classes.split_once('\t').unwrap_or(("", classes));
            let group = Group {
                name,
                key: key::word(name.as_bytes()),
                side: Side::named(side),
                classes: lexicon.set(&classes.split('|').collect::<Vec<_>>()),
            };
            if second { &mut objects } else { &mut acts }.push(group);
        }
        let all = |groups: &[Group]| {
            groups.iter().fold(Classes::default(), |all, group| {
                Classes(all.0 | group.classes.0)
            })
        };
        Self {
            act: all(&acts),
            object: all(&objects),
            target: all(&objects[..=PLAN]),
            acts,
            objects,
            condition: lexicon.set(&["IF"]),
            duty: lexicon.set(&["NECESS", "DEMAND"]),
            future: lexicon.set(&["WILL"]),
            hedge: lexicon.set(&["HEDGE"]),
            turn: lexicon.set(&["BUT"]),
            concession: lexicon.set(&["CONCESS"]),
            instead: lexicon.set(&["INSTEAD"]),
        }
    }

    /// Whether `classes` name the truce or its plan.
    pub(super) const fn names_target(&self, classes: Classes) -> bool {
        classes.meets(self.target)
    }

    /// The acts in `items`, in their order, into `acts`, which is emptied first. `named` says whether the truce or its
    /// plan is named before the statement.
    pub(super) fn read(&self, items: &[Item], named: bool, acts: &mut Vec<Act>) {
        acts.clear();
        let mut named = named;
        let mut who = (None, 0);
        let (mut condition, mut duty, mut future, mut hedge) = (0, 0, 0, 0);
        let mut turn = Turn::Plain;
        let mut turned_at = 0;
        for (at, item) in items.iter().enumerate() {
            if at > 0 && items[at - 1].sentence != item.sentence {
                (condition, duty, future, hedge) = (0, 0, 0, 0);
                turn = Turn::Plain;
            }
            if at > 0 && items[at - 1].stretch != item.stretch {
                who = (None, 0);
            }
            if item.tags.meets(self.turn) {
                turn = Turn::AfterBut;
                turned_at = at;
                for act in acts.iter_mut().rev() {
                    if items[act.first].sentence != item.sentence || act.turn != Turn::Plain {
                        break;
                    }
                    act.turn = Turn::BeforeBut;
                }
            } else if item.tags.meets(self.concession) {
                turn = Turn::Conceded;
                turned_at = at;
            } else if item.tags.meets(self.instead) {
                turn = Turn::Instead;
                turned_at = at;
            } else if matches!(turn, Turn::Conceded | Turn::Instead)
                && (item.pause || at > turned_at + CONDITION)
            {
                turn = Turn::Plain;
            }
            let group = self
                .acts
                .iter()
                .position(|group| item.tags.meets(group.classes));
            if let Some(group) = group.filter(|_| item.tags.meets(self.act)) {
                let (object, other) = self.object(items, at, named);
                let mood = if condition > at {
                    Mood::Condition
                } else if duty > at {
                    Mood::Duty
                } else if hedge > at {
                    Mood::Hedge
                } else if future > at {
                    Mood::Future
                } else {
                    Mood::Plain
                };
                acts.push(Act {
                    first: at.min(other),
                    last: at.max(other),
                    group,
                    negated: item.negated,
                    object,
                    who: if who.0.is_some() && at <= who.1 + AHEAD {
                        Who::of(who.0)
                    } else {
                        Who::Missing
                    },
                    mood,
                    turn,
                });
            }
            if item.subject.is_some() {
                who = (item.subject, at);
            }
            if item.tags.meets(self.condition) {
                condition = at + 1 + CONDITION;
            }
            if item.tags.meets(self.duty) {
                duty = at + 1 + MODAL;
            }
            if item.tags.meets(self.future) {
                future = at + 1 + MODAL;
            }
            if item.tags.meets(self.hedge) {
                hedge = at + 1 + MODAL;
            }
            named |= item.tags.meets(self.target);
        }
    }

    /// The object of the act at `at`, and the place of its word.
    fn object(&self, items: &[Item], at: usize, named: bool) -> (Object, usize) {
        let here = items[at].sentence;
        let group = |item: &Item| {
            self.objects
                .iter()
                .position(|group| item.tags.meets(group.classes))
        };
        let mut best: Option<(usize, usize)> = None;
        let mut pronoun = None;
        for (place, item) in items.iter().enumerate().skip(at + 1).take(AHEAD) {
            if item.sentence != here {
                break;
            }
            if best.is_none() && pronoun.is_none() && item.subject == Some(Subject::It) {
                pronoun = Some(place);
            }
            if item.tags.meets(self.object)
                && let Some(found) = group(item)
            {
                // Truce talks are talks.
                let next = items
                    .get(place + 1)
                    .filter(|next| next.sentence == here)
                    .and_then(group);
                let found = if found <= PLAN && next == Some(TALKS) {
                    TALKS
                } else {
                    found
                };
                // A part or a talk about the truce is the truce's, if the truce follows at once.
                if best.is_none_or(|(kept, kept_at)| found < kept && place <= kept_at + 4) {
                    best = Some((found, place));
                }
                if best.is_some_and(|(kept, _)| kept <= FORCE) {
                    break;
                }
            }
        }
        if let Some(place) = pronoun
            && best.is_none_or(|(_, found_at)| found_at > place + 3)
            && place <= at + 3
        {
            return (
                if named {
                    Object::Reference
                } else {
                    Object::Pronoun
                },
                place,
            );
        }
        if let Some((found, place)) = best {
            return (Object::Group(found), place);
        }
        for place in (at.saturating_sub(BACK)..at).rev() {
            if items[place].sentence != here {
                break;
            }
            if items[place].subject == Some(Subject::It) {
                return (
                    if named {
                        Object::Reference
                    } else {
                        Object::Pronoun
                    },
                    place,
                );
            }
            if items[place].tags.meets(self.object)
                && let Some(found) = group(&items[place])
            {
                return (Object::Group(found), place);
            }
        }
        (
            if named {
                Object::Implied
            } else {
                Object::Missing
            },
            at,
        )
    }

    /// Calls `found` with key, first and last item, and name of every feature of the `acts` read from `items`.
    pub(super) fn features(
        &self,
        items: &[Item],
        before: Classes,
        acts: &[Act],
        kind: u64,
        mut found: impl FnMut(u64, usize, usize, &dyn Fn() -> String),
    ) {
        let sides = self.act_features(acts, &mut found);
        self.end_features(acts, &mut found);
        self.level_features(items, before, (acts.is_empty(), kind, sides), &mut found);
    }

    /// Every act with its object, subject, mood and turn. Gives the sides that acts take toward the truce, one bit each.
    fn act_features(
        &self,
        acts: &[Act],
        found: &mut impl FnMut(u64, usize, usize, &dyn Fn() -> String),
    ) -> u64 {
        const ACT: u64 = key::word(b"act");
        let object_name = |object: Object| match object {
            Object::Group(group) => self.objects[group].name,
            Object::Reference => "it (the truce)",
            Object::Pronoun => "it",
            Object::Implied => "what was named",
            Object::Missing => "nothing",
        };
        let mut sides = 0_u64;
        for act in acts {
            let name = |parts: [&str; 3]| {
                let mut name = format!(
                    "{}{}",
                    if act.negated { "not " } else { "" },
                    self.acts[act.group].name
                );
                for part in parts.iter().filter(|part| !part.is_empty()) {
                    name.push_str(", ");
                    name.push_str(part);
                }
                name
            };
            let base = key::join(
                key::join(ACT, self.acts[act.group].key),
                u64::from(act.negated),
            );
            let object = key::join(base, self.object_key(act.object));
            let toward = object_name(act.object);
            let mut add = |key, parts: [&str; 3]| found(key, act.first, act.last, &|| name(parts));
            add(object, [toward, "", ""]);
            let who = 16 + act.who as u64;
            add(key::join(base, who), [act.who.name(), "", ""]);
            add(key::join(object, who), [toward, act.who.name(), ""]);
            if act.mood != Mood::Plain {
                let mood = 32 + act.mood as u64;
                add(key::join(base, mood), [act.mood.name(), "", ""]);
                add(key::join(object, mood), [toward, act.mood.name(), ""]);
            }
            if act.turn != Turn::Plain {
                add(
                    key::join(base, 48 + act.turn as u64),
                    [act.turn.name(), "", ""],
                );
            }
            if on_target(act) {
                sides |= 1 << self.side(act) as u64;
            }
        }
        sides
    }

    /// The first and the last act.
    fn end_features(
        &self,
        acts: &[Act],
        found: &mut impl FnMut(u64, usize, usize, &dyn Fn() -> String),
    ) {
        const FIRST: u64 = key::word(b"first act");
        const LAST: u64 = key::word(b"last act");
        for (head, act) in [(FIRST, acts.first()), (LAST, acts.last())] {
            if let Some(act) = act {
                let key = key::join(
                    key::join(head, self.acts[act.group].key),
                    u64::from(act.negated),
                );
                let which = if head == FIRST { "first" } else { "last" };
                found(key, act.first, act.last, &|| {
                    format!(
                        "{which}: {}{}",
                        if act.negated { "not " } else { "" },
                        self.acts[act.group].name
                    )
                });
            }
        }
    }

    /// What the statement speaks of, here and in the words before; `(no_act, kind, sides)` of the acts go with it.
    fn level_features(
        &self,
        items: &[Item],
        before: Classes,
        (no_act, kind, sides): (bool, u64, u64),
        found: &mut impl FnMut(u64, usize, usize, &dyn Fn() -> String),
    ) {
        const LEVEL: u64 = key::word(b"level");
        const SIDES: u64 = key::word(b"sides");
        let level = |tags: &dyn Fn(Classes) -> bool| {
            self.objects
                .iter()
                .position(|group| tags(group.classes))
                .unwrap_or(self.objects.len())
        };
        let here = level(&|classes| items.iter().any(|item| item.tags.meets(classes)));
        let there = level(&|classes| before.meets(classes));
        let names = |level: usize| {
            self.objects
                .get(level)
                .map_or("nothing", |group| group.name)
        };
        let last = items.len().saturating_sub(1);
        let base = key::join(LEVEL, here as u64);
        found(base, 0, last, &|| format!("speaks of {}", names(here)));
        found(key::join(base, 64 + kind), 0, last, &|| {
            format!("speaks of {}, by kind", names(here))
        });
        found(
            key::join(key::join(SIDES, here.min(3) as u64), sides),
            0,
            last,
            &|| format!("sides {sides:b} on {}", names(here)),
        );
        if here > FORCE {
            found(
                key::join(key::join(base, 32), there as u64),
                0,
                last,
                &|| format!("speaks of {} after {}", names(here), names(there)),
            );
        }
        if no_act {
            found(key::join(base, 33), 0, last, &|| {
                format!("no act, speaks of {}", names(here))
            });
        }
    }

    fn object_key(&self, object: Object) -> u64 {
        match object {
            Object::Group(group) => self.objects[group].key,
            Object::Reference => 1,
            Object::Pronoun => 2,
            Object::Missing => 3,
            Object::Implied => 4,
        }
    }

    /// Which side an act takes, toward whatever its object is.
    fn side(&self, act: &Act) -> Side {
        match (self.acts[act.group].side, act.negated) {
            (Side::For, true) => Side::Against,
            (Side::Against | Side::Reserved | Side::Terms, true) | (Side::Hope, false) => Side::For,
            (Side::Hope, true) => Side::Reserved,
            (side, _) => side,
        }
    }
}

/// Whether the object of an act is the truce, its plan or its force.
const fn on_target(act: &Act) -> bool {
    matches!(
        act.object,
        Object::Group(TRUCE | PLAN | FORCE) | Object::Reference
    )
}
