//! Positions: features of the acts of a statement in coarse groups, so that few labels suffice to learn what each
//! combination of act, polarity, object, subject and mood means; and of what it speaks of at all. It does not find acts.

use super::act::{self, Act, Mood, Object, Turn, Turns};
use super::group::{FORCE, Groups, PLAN, Side, TRUCE};
use super::key;
use super::lexicon::{Classes, Lexicon};
use super::moves::Item;

/// Groups and turns, ready to be matched.
#[derive(Clone, Debug)]
pub(super) struct Positions {
    groups: Groups,
    turns: Turns,
}

/// What a statement is given with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// Classes of the words before it.
    pub(super) before: Classes,
    /// 0, or 1 and the number of its kind.
    pub(super) kind: u64,
}

const ACT: u64 = key::word(b"position act");
const LEVEL: u64 = key::word(b"position level");
const SIDES: u64 = key::word(b"position sides");
const FIRST: u64 = key::word(b"position first");
const LAST: u64 = key::word(b"position last");

/// Parts of keys, kept apart from each other: who acts, mood, turn, kind, what is spoken of before, no act.
const WHO: u64 = 16;
const MOOD: u64 = 32;
const TURN: u64 = 48;
const KIND: u64 = 64;
const BEFORE: u64 = 80;
const NONE: u64 = 96;

impl Positions {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        Self {
            groups: Groups::new(lexicon),
            turns: Turns::new(lexicon),
        }
    }

    /// Reads the acts in `items` into `acts` and calls `found` with key, first and last item, and name of every feature.
    pub(super) fn find(
        &self,
        items: &[Item],
        setting: Setting,
        acts: &mut Vec<Act>,
        mut found: impl FnMut(u64, usize, usize, &dyn Fn() -> String),
    ) {
        let named = setting.before.meets(self.groups.target);
        act::read(&self.groups, &self.turns, items, named, acts);
        for act in &*acts {
            self.of_act(act, &mut found);
        }
        for (head, word, act) in [(FIRST, "first", acts.first()), (LAST, "last", acts.last())] {
            if let Some(act) = act {
                found(self.act_key(head, act), act.first, act.last, &|| {
                    format!("{word}: {}", self.name(act, &[]))
                });
            }
        }
        self.of_whole(items, setting, acts, &mut found);
    }

    fn of_act(&self, act: &Act, found: &mut impl FnMut(u64, usize, usize, &dyn Fn() -> String)) {
        let mut add = |key: u64, parts: &[&str]| {
            found(key, act.first, act.last, &|| self.name(act, parts));
        };
        let base = self.act_key(ACT, act);
        let object = key::join(base, self.object_key(act.object));
        let toward = self.object_name(act.object);
        let who = WHO + act.who as u64;
        add(object, &[toward]);
        add(key::join(base, who), &[act.who.name()]);
        add(key::join(object, who), &[toward, act.who.name()]);
        if act.mood != Mood::Plain {
            let mood = MOOD + act.mood as u64;
            add(key::join(base, mood), &[act.mood.name()]);
            add(key::join(object, mood), &[toward, act.mood.name()]);
        }
        if act.turn != Turn::Plain {
            add(key::join(base, TURN + act.turn as u64), &[act.turn.name()]);
        }
    }

    /// What the statement speaks of, the sides that it takes on the truce, and what stands before it.
    fn of_whole(
        &self,
        items: &[Item],
        setting: Setting,
        acts: &[Act],
        found: &mut impl FnMut(u64, usize, usize, &dyn Fn() -> String),
    ) {
        let last = items.len().saturating_sub(1);
        let all = Classes(items.iter().fold(0, |all, item| all | item.tags.0));
        let here = self.level(all);
        let topic = self.topic(here);
        let base = key::join(LEVEL, here as u64);
        found(base, 0, last, &|| format!("speaks of {topic}"));
        found(key::join(base, KIND + setting.kind), 0, last, &|| {
            format!("speaks of {topic}, by kind")
        });
        let sides = acts
            .iter()
            .filter(|act| on_target(act))
            .fold(0, |sides, act| sides | 1 << self.side(act) as u64);
        let level = here.min(FORCE + 1) as u64;
        found(key::join(key::join(SIDES, level), sides), 0, last, &|| {
            format!("speaks of {topic}, sides{}", side_names(sides))
        });
        if here > FORCE {
            let there = self.level(setting.before);
            found(key::join(base, BEFORE + there as u64), 0, last, &|| {
                format!("speaks of {topic} after {}", self.topic(there))
            });
        }
        if acts.is_empty() {
            found(key::join(base, NONE), 0, last, &|| {
                format!("only speaks of {topic}")
            });
        }
    }

    /// Number of the first object group that `classes` name; the number of groups where they name none.
    fn level(&self, classes: Classes) -> usize {
        self.groups
            .object(classes)
            .unwrap_or(self.groups.objects.len())
    }

    fn topic(&self, level: usize) -> &'static str {
        self.groups
            .objects
            .get(level)
            .map_or("nothing", |group| group.name)
    }

    fn act_key(&self, head: u64, act: &Act) -> u64 {
        let group = key::join(head, self.groups.acts[act.group].key);
        key::join(group, u64::from(act.negated))
    }

    fn object_key(&self, object: Object) -> u64 {
        match object {
            Object::Group(group) => self.groups.objects[group].key,
            Object::Reference => 1,
            Object::Pronoun => 2,
            Object::Missing => 3,
            Object::Implied => 4,
        }
    }

    fn object_name(&self, object: Object) -> &'static str {
        match object {
            Object::Group(group) => self.groups.objects[group].name,
            Object::Reference => "it, the truce",
            Object::Pronoun => "it",
            Object::Implied => "what was named",
            Object::Missing => "nothing",
        }
    }

    fn name(&self, act: &Act, parts: &[&str]) -> String {
        let not = if act.negated { "not " } else { "" };
        let mut name = format!("{not}{}", self.groups.acts[act.group].name);
        for part in parts.iter().filter(|part| !part.is_empty()) {
            name.push_str(": ");
            name.push_str(part);
        }
        name
    }

    /// Which side an act takes, toward whatever its object is.
    fn side(&self, act: &Act) -> Side {
        match (self.groups.acts[act.group].side, act.negated) {
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

fn side_names(sides: u64) -> String {
    let mut names = String::new();
    for side in Side::ALL {
        if sides >> side as u64 & 1 == 1 {
            names.push(' ');
            names.push_str(side.name());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use crate::features::emit::Features;
    use crate::features::lexicon::Lexicon;
    use crate::features::view::Alone;
    use crate::text::{Document, WordTable};

    /// Names of the features that begin with `about`, of a statement by Norvania with `context` before it.
    fn named(context: &str, text: &str, about: &str) -> Vec<String> {
        let mut words = WordTable::new();
        let mut features = Features::new(Lexicon::new(None).unwrap());
        let alone = Alone {
            text,
            context,
            kind: None,
            own: "Norvania",
        };
        let whole = alone.whole();
        let document = Document::read(&whole, &mut words);
        let family = crate::features::FAMILIES
            .iter()
            .position(|family| family.name == "positions")
            .unwrap();
        features
            .name(&alone.within(&document), &words)
            .into_iter()
            .filter(|one| usize::from(one.family) == family && one.name.starts_with(about))
            .map(|one| one.name)
            .collect()
    }

    #[test]
    fn a_refusal_is_read_with_its_object_and_its_subject() {
        // One act: REJECT is of group "no", TRUCE of object group "truce", and the name before it is the actor's. The only
        // act is first and last, and takes the side against the truce.
        assert_eq!(
            named("", "Norvania rejected the truce", ""),
            [
                "no: truce",
                "no: by the actor",
                "no: truce: by the actor",
                "first: no",
                "last: no",
                "speaks of truce",
                "speaks of truce, by kind",
                "speaks of truce, sides against",
            ]
        );
    }

    #[test]
    fn a_negated_refusal_takes_the_other_side() {
        assert_eq!(
            named("", "We have not rejected the truce", "not no"),
            [
                "not no: truce",
                "not no: by the actor",
                "not no: truce: by the actor"
            ]
        );
        assert_eq!(
            named(
                "",
                "We have not rejected the truce",
                "speaks of truce, sides"
            ),
            ["speaks of truce, sides for"]
        );
    }

    #[test]
    fn moods_and_turns_of_an_argument_are_told_apart() {
        assert_eq!(
            named("", "They must accept the plan", "yes: plan"),
            ["yes: plan", "yes: plan: by others", "yes: plan: must"]
        );
        // "welcomed" stands before "but", "doubted" behind it.
        let text = "She welcomed the truce but doubted the text";
        assert_eq!(named("", text, "welcome: before"), ["welcome: before but"]);
        assert_eq!(named("", text, "doubt: after"), ["doubt: after but"]);
    }

    #[test]
    fn truce_talks_are_talks() {
        assert_eq!(
            named("", "Norvania welcomed the truce talks", "welcome: t"),
            ["welcome: talks", "welcome: talks: by the actor"]
        );
    }

    #[test]
    fn a_pronoun_or_nothing_stands_for_a_truce_named_before() {
        let context = "The truce was announced on Monday.";
        assert_eq!(
            named(context, "We reject it", "no: it"),
            ["no: it, the truce", "no: it, the truce: by the actor"]
        );
        assert_eq!(
            named("", "We reject it", "no: it"),
            ["no: it", "no: it: by the actor"]
        );
        assert_eq!(
            named(context, "but we refused", "no: what"),
            ["no: what was named", "no: what was named: by the actor"]
        );
        assert_eq!(
            named(context, "but we refused", "speaks of nothing after"),
            ["speaks of nothing after truce"]
        );
    }

    #[test]
    fn a_statement_without_act_only_speaks_of_its_subject() {
        assert_eq!(
            named("", "The truce and the map", "only"),
            ["only speaks of truce"]
        );
    }
}
