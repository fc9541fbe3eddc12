//! Joins a role and a name that stand side by side with a comma between (`the prefect, Dana Holm,`; `Dana Holm, a
//! doctor,`) into one mention. It does not look beyond a sentence.

use super::mention::{Mention, Range, Sort};
use super::reading::Reading;
use super::word_class::{
    AND, AUXILIARY, BODY, CUE, DETERMINER, OFFICE, PEOPLE, PERSON, PHRASE, PLACE_PREPOSITION,
    POSSESSOR, PREPOSITION, STATE, TITLE, VERB,
};
use crate::text::Shape;

/// Longest phrase that opens a sentence, in tokens.
const OPENING: usize = 40;

/// Joins the mentions of one sentence, which are in order, in place; the sentence ends before token `end`.
pub(super) fn join(reading: &Reading<'_>, mentions: &mut Vec<Mention>, from: usize, end: usize) {
    let mut kept = from;
    for next in from..mentions.len() {
        let this = mentions[next];
        if let Some(joined) = outermost(&mentions[from..kept]).and_then(|before| {
            let (before, first) = past_bracket(reading, &mentions[from..kept], before);
            pair(reading, &first, &this, end).map(|joined| (before, joined))
        }) {
            let (before, mention) = joined;
            mentions[from + before] = mention;
            if this
                .owner
                .is_some_and(|owner| !mention.core.has(owner.first))
            {
                // The name inside the apposition stays known as a mention of its own.
                mentions[kept] = Mention {
                    inside: true,
                    ..owner_alone(reading, this)
                };
            } else {
                continue;
            }
        } else {
            mentions[kept] = this;
        }
        kept += 1;
    }
    mentions.truncate(kept);
    for mention in &mut mentions[from..] {
        age(reading, mention, end);
    }
}

/// The name that owns a role, where the role has become somebody's (`Dana Holm, a teacher from Kesh`).
fn owner_alone(reading: &Reading<'_>, role: Mention) -> Mention {
    let owner = role
        .owner
        .filter(|owner| role.sort == Sort::Role && reading.shape(owner.first).is_capital());
    owner.map_or(role, |owner| Mention {
        tokens: owner,
        core: owner,
        head: owner.end - 1,
        sort: Sort::Name,
        name: Some(owner),
        role: None,
        acronym: None,
        owner: None,
        classes: reading.classes[owner.end - 1],
        plural: false,
        definite: false,
        inside: true,
    })
}

/// The mention at `before`; where it stands in brackets, the one that these belong to, with them (`the president of Kesh
/// (Norland), Dana Holm,`).
fn past_bracket(reading: &Reading<'_>, mentions: &[Mention], before: usize) -> (usize, Mention) {
    let within = mentions[before];
    let bracket = within.tokens.first > 0
        && reading.mark(within.tokens.first - 1) == b'('
        && reading.mark(within.tokens.end) == b')';
    let owner = outermost(&mentions[..before])
        .filter(|&owner| bracket && mentions[owner].tokens.end + 1 == within.tokens.first);
    match owner {
        Some(owner) => {
            let mut first = mentions[owner];
            first.tokens.end = within.tokens.end + 1;
            (owner, first)
        }
        None => (before, within),
    }
}

fn outermost(mentions: &[Mention]) -> Option<usize> {
    mentions.iter().rposition(|mention| !mention.inside)
}

/// Whether a name behind the object of a verb is the speaker's (`will meet the president, Holm said`).
fn two_persons(reading: &Reading<'_>, first: &Mention, second: &Mention, end: usize) -> bool {
    let after = second.tokens.end;
    first.tokens.first > 0
        && reading.is(first.tokens.first - 1, VERB | CUE | PREPOSITION)
        && second.name.is_some_and(|name| name.end - name.first == 1)
        && second.role.is_none()
        && reading.is(after, CUE)
        && (after + 1 >= end || matches!(reading.mark(after + 1), b'.' | b','))
}

fn pair(reading: &Reading<'_>, first: &Mention, second: &Mention, end: usize) -> Option<Mention> {
    if let Some(named) = called(reading, first, second) {
        return Some(named);
    }
    if let Some(person) = two_titles(reading, first, second) {
        return Some(person);
    }
    let dashed = reading.dash(first.tokens.end) && reading.dash(second.tokens.end);
    if second.inside
        || !(reading.comma(first.tokens.end) || dashed)
        || !beside(reading, first.tokens.end + 1, second.tokens.first)
    {
        return None;
    }
    let after = second.tokens.end;
    let closed = after >= end
        || reading.comma(after)
        || dashed
        || reading.quoted(after)
        || matches!(reading.mark(after), b'.' | b';' | b'?' | b'!' | b':');
    if governed_before(reading, first, second, closed) || two_persons(reading, first, second, end) {
        return None;
    }
    let before_verb = reading.is(after, CUE | VERB | AUXILIARY);
    let tokens = Range::new(first.tokens.first, second.tokens.end);
    let spoken = stands_as_speaker(reading, first.tokens.first)
        && first.tokens.first > 0
        && reading.is(first.tokens.first - 1, CUE)
        && first.core.end - first.core.first <= 4;
    let speaks = reading.comma(after) && reading.is(after + 1, CUE | AUXILIARY) || spoken;
    let described = first.sort == Sort::Thing
        && stands_as_speaker(reading, first.tokens.first)
        && (matches!(reading.word(first.tokens.first), "a" | "an") || first.definite && speaks)
        && second.name.is_some_and(|name| name.end - name.first > 1)
        && closed;
    let first_is_role =
        matches!(first.sort, Sort::Role | Sort::Quantity) && !first.plural || described;
    if first_is_role && matches!(second.sort, Sort::Name | Sort::Person) {
        let one_of_many = reading.is(first.head, PEOPLE) && !first.plural;
        let person = reading.is(first.head, PERSON)
            || first.sort == Sort::Quantity
            || described
            || one_of_many;
        let body = reading.is(first.head, OFFICE | BODY | STATE);
        if !(person && (closed || before_verb) || body && closed && second.sort == Sort::Name) {
            return None;
        }
        // `according to the ministry, Kesh, which refuses, must sign`.
        let opened = opens_with_preposition(reading, first.tokens.first);
        if (person || opened) && is_known_place(reading, second) {
            return None;
        }
        return Some(Mention {
            tokens,
            head: second.head,
            sort: if person { Sort::Person } else { Sort::Name },
            name: second.name,
            role: Some(first.core),
            acronym: second.acronym,
            owner: first.owner.or(second.owner),
            classes: first.classes | second.classes,
            plural: false,
            definite: true,
            ..*first
        });
    }
    let second_is_role = second.sort == Sort::Role
        && !second.plural
        && !second
            .owner
            .is_some_and(|owner| reading.is(owner.first, POSSESSOR));
    let body = first.acronym.is_some() || reading.is(first.head, OFFICE | BODY | STATE);
    let holder = reading.is(second.head, PERSON) && !body
        || (first.sort == Sort::Name && reading.is(second.head, OFFICE | BODY | STATE));
    if matches!(first.sort, Sort::Name | Sort::Person)
        && second_is_role
        && holder
        && !is_of_the_next(reading, first, after)
        && (closed
            // `Dana Holm, another close ally who backs it`.
            || matches!(reading.word(after), "who" | "whom" | "whose")
            || before_verb
                && (opens_sentence(reading, first) || named_after(reading, first, second)))
    {
        let person = reading.is(second.head, PERSON) && !is_known_place(reading, first);
        return Some(Mention {
            tokens,
            sort: if person { Sort::Person } else { first.sort },
            // A rank before the name is found there again.
            role: first
                .role
                .filter(|&role| !only_rank(reading, role))
                .or(Some(second.core)),
            owner: first.owner.or(second.owner),
            classes: first.classes | second.classes,
            ..*first
        });
    }
    None
}

/// Whether a role that ends before token `after` is that of the name behind it (`on Channel Two, the governor, Dana Holm,`).
fn is_of_the_next(reading: &Reading<'_>, first: &Mention, after: usize) -> bool {
    first.tokens.first > 0
        && reading.is(first.tokens.first - 1, PREPOSITION)
        && reading.comma(after)
        && reading.shape(after + 1) == Shape::Capital
        && (reading.shape(after + 2).is_capital()
            // `the chief of staff, Gen. Dana Holm,`.
            || reading.mark(after + 2) == b'.' && reading.shape(after + 3).is_capital())
}

fn is_known_place(reading: &Reading<'_>, mention: &Mention) -> bool {
    mention
        .name
        .and_then(|name| reading.alias(name.first))
        .is_some_and(|(_, alias)| {
            !matches!(
                alias.sort,
                super::alias::AliasSort::Demonym | super::alias::AliasSort::Person
            )
        })
}

/// Takes in an age between commas (`Dana Holm, 41,`).
fn age(reading: &Reading<'_>, mention: &mut Mention, end: usize) {
    let at = mention.tokens.end;
    if matches!(mention.sort, Sort::Name | Sort::Person)
        && !mention.inside
        && at + 1 < end
        && reading.comma(at)
        && reading.shape(at + 1) == Shape::Number
        && reading.written(at + 1).len() <= 2
        && (at + 2 >= end || matches!(reading.mark(at + 2), b',' | b'.'))
    {
        mention.tokens.end = at + 2;
    }
}

/// `the coalition known as the High Committee`, `a sergeant named Holm`.
fn called(reading: &Reading<'_>, first: &Mention, second: &Mention) -> Option<Mention> {
    let comma = usize::from(reading.comma(first.tokens.end));
    let at = first.tokens.end + comma;
    let words = match reading.word(at) {
        "known" if reading.word(at + 1) == "as" => 2,
        "called" | "named" | "nicknamed" | "alias" => 1,
        _ => return None,
    };
    let described =
        first.sort == Sort::Thing && matches!(reading.word(first.tokens.first), "a" | "an");
    let fits = (matches!(first.sort, Sort::Role | Sort::Quantity) || described)
        && second.sort == Sort::Name
        && !second.inside
        && second.tokens.first == at + words;
    let person = reading.is(first.head, PERSON) || first.sort != Sort::Role;
    fits.then(|| Mention {
        tokens: Range::new(first.tokens.first, second.tokens.end),
        head: second.head,
        sort: if person { Sort::Person } else { Sort::Name },
        name: second.name,
        role: Some(first.core),
        classes: first.classes | second.classes,
        definite: true,
        ..*first
    })
}

/// Whether `at` is `first`, or one participle follows it (`the chairman, retired general Dana Holm`).
fn beside(reading: &Reading<'_>, first: usize, at: usize) -> bool {
    at == first
        || at == first + 1
            && reading.shape(first) == Shape::Lower
            && reading.written(first).ends_with("ed")
}

/// `rebel leader and Vice President Dana Holm`, `the columnist and former deputy Dana Holm`: one person.
fn two_titles(reading: &Reading<'_>, first: &Mention, second: &Mention) -> Option<Mention> {
    let at = first.tokens.end;
    let joined = reading.is(at, AND) && second.tokens.first == at + 1 && !second.inside;
    let role = second.role.filter(|_| second.sort == Sort::Person)?;
    let bare = !reading.is(second.tokens.first, DETERMINER | POSSESSOR);
    let plain = reading.shape(role.first) == Shape::Lower;
    let undetermined = !reading.is(first.tokens.first, DETERMINER | POSSESSOR);
    let fits = first.sort == Sort::Role
        && !first.plural
        && first.tokens.end == first.core.end
        && reading.is(first.head, PERSON)
        && (plain
            || undetermined
                && (reading.shape(first.head) == Shape::Lower || second.owner.is_none()));
    (joined && bare && fits).then(|| Mention {
        tokens: Range::new(first.tokens.first, second.tokens.end),
        role: Some(Range::new(first.core.first, role.end)),
        owner: first.owner.or(second.owner),
        classes: first.classes | second.classes,
        core: Range::new(first.core.first, second.core.end),
        ..*second
    })
}

/// Whether a full name after a comma is described by `second` (`..., Dana Holm, a spokeswoman for the army said`).
fn named_after(reading: &Reading<'_>, first: &Mention, second: &Mention) -> bool {
    first.tokens.first > 0
        && reading.comma(first.tokens.first - 1)
        && first.name.is_some_and(|name| name.end - name.first > 1)
        && matches!(reading.word(second.tokens.first), "a" | "an")
}

fn opens_sentence(reading: &Reading<'_>, mention: &Mention) -> bool {
    begins_sentence(reading, mention.tokens.first)
}

/// Whether a role is an abbreviated rank alone (`Gen.`).
fn only_rank(reading: &Reading<'_>, role: Range) -> bool {
    (role.first..role.end).all(|at| {
        reading.shape(at) == Shape::Mark
            || reading.is(at, TITLE) && reading.lexis.abbreviates(reading.token(at).word)
    })
}

/// Whether a noun at `at` can be a speaker's, not an object's: nothing but a mark stands before it, or before the cue before it
/// (`"...," said a fishmonger, Dana Holm`; not `would present a draft, Dana Holm said`).
fn stands_as_speaker(reading: &Reading<'_>, at: usize) -> bool {
    let parted =
        |at: usize| begins_sentence(reading, at) || at > 0 && !reading.shape(at - 1).is_word();
    parted(at) || at > 0 && reading.is(at - 1, CUE) && parted(at - 1)
}

/// Whether a phrase that opens the sentence is over before the comma (`In Kesh, its mayor`; `In a letter to the coordinator, Prime
/// Minister Dana Holm confirmed`).
fn governed_before(reading: &Reading<'_>, first: &Mention, second: &Mention, closed: bool) -> bool {
    let Some(before) = first.tokens.first.checked_sub(1) else {
        return false;
    };
    // A place is not the holder of the office.
    let place = reading.is(before, PLACE_PREPOSITION)
        && (second.owner.is_some() || begins_sentence(reading, before));
    place || reading.is(before, PREPOSITION) && !closed && opens_with_preposition(reading, before)
}

/// Whether the sentence of token `at` begins with a preposition, and no verb stands between.
fn opens_with_preposition(reading: &Reading<'_>, at: usize) -> bool {
    let document = reading.document;
    let first = document
        .sentences
        .get(document.sentence_of(at))
        .map_or(at, |sentence| sentence.first);
    at.saturating_sub(first) <= OPENING
        && reading.is(first, PREPOSITION | PHRASE)
        && !(first..at).any(|t| reading.is(t, AUXILIARY))
}

fn begins_sentence(reading: &Reading<'_>, at: usize) -> bool {
    let document = reading.document;
    document
        .sentences
        .get(document.sentence_of(at))
        .is_some_and(|sentence| sentence.first == at)
}
