//! Makes an actor without a proper name and calls it by the words of its role (`Keshan official`, `spokesman for the front`). It
//! does not look for one met before.

use super::coreference::Resolver;
use super::entity::{Entity, Introduced};
use super::mention::{Mention, Range, Sort};
use super::statement::ActorKind;
use super::word_class::{
    ALIAS, BODY, DEMONYM, FEMININE, GENERIC, MASCULINE, OFFICE, OFFICE_MODIFIER, OPENER, PEOPLE,
    PERSON, PLACE_PREPOSITION, POSSESSOR, QUANTITY, STATE, TITLE,
};
use crate::text::Shape;

impl Resolver<'_, '_> {
    pub(super) fn unnamed(&mut self, mention: &Mention) -> usize {
        let side = mention.owner.and_then(|owner| self.owner_side(owner));
        self.unnamed_on(mention, side)
    }

    /// A new actor without a proper name, called by its role.
    pub(super) fn unnamed_on(&mut self, mention: &Mention, side: Option<String>) -> usize {
        let reading = self.reading;
        let name = self.uncapitalised(mention, self.role_name(mention));
        let kind = if reading.is(mention.head, OFFICE) {
            ActorKind::Office
        } else if reading.is(mention.head, BODY) && !reading.is(mention.head, PEOPLE) {
            ActorKind::Organisation
        } else {
            ActorKind::Unnamed
        };
        let role = self.role_key(mention.head, mention.core.first);
        let entity = Entity {
            name,
            kind,
            side,
            words: Vec::new(),
            roles: vec![role],
            gender: mention.classes & (FEMININE | MASCULINE),
            plural: mention.plural,
            thing: mention.sort == Sort::Thing,
            paragraph: self.here,
            introduced: if mention.definite {
                Introduced::AsKnown
            } else if self.stays_unnamed(mention) {
                Introduced::Anonymous
            } else {
                Introduced::AsNew
            },
        };
        self.entities.add(entity, &[role.1])
    }

    /// The words of a role without determiner; an owner that is a pronoun is named.
    pub(super) fn role_name(&self, mention: &Mention) -> String {
        let reading = self.reading;
        let mut first = mention.tokens.first;
        if let Some(owner) = mention
            .owner
            .filter(|owner| owner.first == first && reading.is(first, POSSESSOR))
            && let Some(entity) = self.by_pronoun(reading.classes[owner.first])
        {
            let rest = self.written(Range::new(owner.end, mention.tokens.end));
            let own = &self.entities.list[entity];
            // `the Keshans' ministry`, but `Holms's ministry`.
            let several = own.kind != ActorKind::Person && own.name.ends_with('s');
            let s = if several { "'" } else { "'s" };
            return format!("{}{s} {rest}", own.name);
        }
        while first + 1 < mention.tokens.end
            && matches!(
                reading.word(first),
                "the" | "a" | "an" | "its" | "his" | "her" | "their" | "least"
            )
        {
            first += 1;
        }
        // `both the army and the rebels`.
        if reading.word(first) == "both" && reading.word(first + 1) == "the" {
            first = (first + 2).min(mention.core.end - 1);
        }
        let end = self.before_place(mention);
        if let Some(name) = self.by_nationality(mention, first, end) {
            return name;
        }
        if let Some((of, whose)) = self.of_a_body(mention, end) {
            let rest = self.written(Range::new(first, of));
            return format!("{rest} {}", self.entities.list[whose].name);
        }
        self.written(Range::new(first, end))
    }

    /// The name of a role that begins its sentence as it is written elsewhere (`Residents said` of `residents`).
    fn uncapitalised(&self, mention: &Mention, name: String) -> String {
        let reading = self.reading;
        let first = mention.tokens.first;
        let sentence = reading.document.sentences[reading.document.sentence_of(first)];
        let common = PERSON | PEOPLE | OFFICE_MODIFIER | OPENER;
        let ordinary = sentence.first == first
            && mention.name.is_none()
            && reading.shape(first) == Shape::Capital
            // `One Keshan official`, but `Opposition Leader`.
            && (reading.is(first, QUANTITY)
                || reading.is(first, common) && !reading.shape(first + 1).is_capital())
            && !reading.is(first, ALIAS | DEMONYM | STATE | TITLE)
            && name.starts_with(reading.written(first));
        if ordinary { lower_first(&name) } else { name }
    }

    /// Where a role ends before a body that stands for one named before, and that body (`a spokesman for the group`).
    fn of_a_body(&self, mention: &Mention, end: usize) -> Option<(usize, usize)> {
        let head = end
            .checked_sub(1)
            .filter(|&head| head > mention.core.first + 2)?;
        let reading = self.reading;
        let generic = reading.is(head, GENERIC)
            && reading.shape(head) == Shape::Lower
            && reading.word(head - 1) == "the"
            && matches!(reading.word(head - 2), "of" | "for" | "from")
            && reading.is(mention.head, PERSON | PEOPLE)
            && head > mention.head;
        Some((head - 1, generic.then(|| self.body_before(head, false))??))
    }

    /// Where the words of a role end that tell it from others: a place where it is met is none (`a trader in Kesh`).
    fn before_place(&self, mention: &Mention) -> usize {
        (mention.core.end..mention.tokens.end)
            .find(|&at| self.reading.is(at, PLACE_PREPOSITION) && self.reading.word(at) != "from")
            .unwrap_or_else(|| self.past_closeness(mention))
    }

    /// Past words that say how unnamed sources know of it (`diplomats close to the talks`, `officials briefed on the matter`).
    fn past_closeness(&self, mention: &Mention) -> usize {
        let reading = self.reading;
        let end = mention.tokens.end;
        let close = matches!(
            (reading.word(end), reading.word(end + 1)),
            ("close" | "loyal", "to")
                | ("familiar", "with")
                | ("involved", "in")
                | ("briefed", "on")
                | ("with", "knowledge")
        );
        if !(close && reading.is(mention.head, PERSON | PEOPLE)) {
            return end;
        }
        let of = usize::from(reading.word(end + 2) == "of");
        let known = self.mentions.at(end + 2 + of);
        known.map_or(end, |number| self.mentions.list[number].core.end)
    }
}

/// A phrase with its first letter small.
pub(super) fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters.as_str().chars()).collect()
}
