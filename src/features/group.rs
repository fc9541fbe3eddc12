//! Coarse groups of lexicon classes (`en/groups.tsv`): the acts of taking a position, with the side that each takes, and the
//! kinds of object. It reads the groups; [`super::act`] finds them in statements.

use super::key;
use super::lexicon::{Classes, Lexicon};

pub(super) const SHIPPED: &str = include_str!("en/groups.tsv");

/// Numbers of the object groups that come first in the file: the truce itself, its plan, its force, and talks.
pub(super) const TRUCE: usize = 0;
pub(super) const PLAN: usize = 1;
pub(super) const FORCE: usize = 2;
pub(super) const TALKS: usize = 3;

/// Which side an act takes toward its object (`en/groups.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    For,
    Against,
    Reserved,
    Hope,
    Terms,
    Blame,
    Neither,
}

impl Side {
    pub(super) const ALL: [Self; 7] = [
        Self::For,
        Self::Against,
        Self::Reserved,
        Self::Hope,
        Self::Terms,
        Self::Blame,
        Self::Neither,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::Reserved => "reserved",
            Self::Hope => "hope",
            Self::Terms => "terms",
            Self::Blame => "blame",
            Self::Neither => "neither",
        }
    }

    fn named(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|side| side.name() == name)
            .unwrap_or(Self::Neither)
    }
}

/// Classes that are read as one.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) name: &'static str,
    pub(super) key: u64,
    pub(super) side: Side,
    pub(super) classes: Classes,
}

/// All groups of acts and of objects.
#[derive(Clone, Debug)]
pub(super) struct Groups {
    pub(super) acts: Vec<Group>,
    pub(super) objects: Vec<Group>,
    /// Classes of any act, of any object, and of the truce and its plan.
    pub(super) act: Classes,
    pub(super) object: Classes,
    pub(super) target: Classes,
}

impl Groups {
    /// Reads the shipped groups; classes that the lexicon lacks match nothing.
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
        }
    }

    /// Number of the first act group with one of `classes`.
    pub(super) fn act(&self, classes: Classes) -> Option<usize> {
        first(&self.acts, self.act, classes)
    }

    /// Number of the object that one word with `classes` names: of `ceasefire violations` the breach, which stands last.
    pub(super) fn object_named(&self, classes: Classes) -> Option<usize> {
        let breach = self.objects.len().checked_sub(1)?;
        if classes.meets(self.objects[breach].classes) {
            return Some(breach);
        }
        self.object(classes)
    }

    /// Number of the first object group with one of `classes`.
    pub(super) fn object(&self, classes: Classes) -> Option<usize> {
        first(&self.objects, self.object, classes)
    }
}

fn first(groups: &[Group], any: Classes, classes: Classes) -> Option<usize> {
    classes
        .meets(any)
        .then(|| groups.iter().position(|group| classes.meets(group.classes)))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_known_classes_and_every_act_a_side() {
        let lexicon = Lexicon::new(None).unwrap();
        let mut acts = true;
        for line in crate::text::entries(SHIPPED) {
            if line == "--" {
                acts = false;
                continue;
            }
            let fields: Vec<_> = line.split('\t').collect();
            assert_eq!(fields.len(), if acts { 3 } else { 2 }, "{line:?}");
            for class in fields[fields.len() - 1].split('|') {
                assert!(
                    lexicon.class(class).is_some(),
                    "no class {class:?} in {line:?}"
                );
            }
            if acts && fields[1] != "neither" {
                assert_ne!(Side::named(fields[1]), Side::Neither, "{line:?}");
            }
        }
    }

    #[test]
    fn the_first_objects_are_the_ones_that_the_code_numbers() {
        let groups = Groups::new(&Lexicon::new(None).unwrap());
        let names = [TRUCE, PLAN, FORCE, TALKS].map(|group| groups.objects[group].name);
        assert_eq!(names, ["truce", "plan", "force", "talks"]);
    }
}
