//! Calls an office or its people by the nationality of their state, as coders do (`the government of Sudan`, `Sudan's
//! government`: `Sudanese government`), so that one actor has one name in every article. It does not look for an actor.

use super::alias::AliasSort;
use super::coreference::Resolver;
use super::mention::{Mention, Range};
use super::role_name::lower_first;
use super::word_class::{AND, OF, OFFICE, PEOPLE, PERSON};
use crate::text::Shape;

/// The state whose offices bear its own name (`US military`).
const OF_ITS_OWN: &str = "United States";

impl Resolver<'_, '_> {
    /// The name of a role that a state owns, by its nationality; its words are those from `first` to `end`. Nothing where a word
    /// more describes it (`Mali's main rebel groups`) or no nationality is known.
    pub(super) fn by_nationality(
        &self,
        mention: &Mention,
        first: usize,
        end: usize,
    ) -> Option<String> {
        let reading = self.reading;
        let owner = mention.owner?;
        let head = mention.head;
        let rest = if owner.end <= head && reading.shape(owner.end) == Shape::Possessive {
            Range::new(owner.end + 1, end)
        } else if owner.first > head {
            // `the armies of Kesh and Zubar` are no Keshan ones.
            let joint = mention.plural && reading.is(owner.end, AND);
            let capital = reading.is(head, OFFICE) && reading.word(head + 1) == "in";
            let of = reading.is(head + 1, OF) && !joint;
            let next = head + 2 + usize::from(reading.word(head + 2) == "the");
            let own = next == owner.first && (of || capital);
            Range::new(first, own.then_some(head + 1)?)
        } else {
            return None;
        };
        let led = |at: usize| reading.written(at).contains('-');
        // `Kesh's foreign ministry`, `the rebels of Kesh`.
        let longest = if reading.is(head, OFFICE) { 2 } else { 1 };
        let plain = rest.end == head + 1
            && !led(rest.first)
            && (1..=longest).contains(&(rest.end - rest.first))
            && reading.is(head, OFFICE | PEOPLE | PERSON);
        let nationality = plain.then(|| self.nationality(owner))??;
        let sentence = reading.document.sentences[reading.document.sentence_of(rest.first)];
        let role = self.written(rest);
        // `Officials of Kesh said`: a small letter elsewhere.
        let opens = rest.first <= sentence.first + 1 && reading.shape(rest.first) == Shape::Capital;
        Some(if opens && owner.first > head {
            format!("{nationality} {}", lower_first(&role))
        } else {
            format!("{nationality} {role}")
        })
    }

    /// The nationality of the state that the words `owner` name, themselves or by its capital: a known one, or one that the
    /// article uses.
    fn nationality(&self, owner: Range) -> Option<String> {
        let reading = self.reading;
        let first = owner.first + usize::from(reading.word(owner.first) == "the");
        if let Some((length, alias)) = reading.alias(first) {
            let whole = first + length == owner.end;
            let state = matches!(alias.sort, AliasSort::State | AliasSort::Capital) && whole;
            let side = alias
                .side
                .as_deref()
                .filter(|side| state && *side != OF_ITS_OWN)?;
            return reading.lexis.aliases.nationality(side).map(str::to_owned);
        }
        let at = self.sides.nationality(reading, first)?;
        (owner.end == first + 1).then(|| reading.written(at).to_owned())
    }
}
