//! Parts a run of capitals into title, role and name (`Veldanian Foreign Minister | Dana Holm`), and tells persons from
//! organisations. It does not know whom a name means.

use super::mention::{Mention, Range, Sort};
use super::reading::Reading;
use super::word_class::{
    AND, BINDER, BODY, Classes, DEMONYM, DETERMINER, FEMALE_NAME, FEMININE, FEMININE_TITLE,
    MALE_NAME, MASCULINE, MASCULINE_TITLE, OF, OFFICE, OFFICE_MODIFIER, OPENER, PEOPLE, PERSON,
    RANK, STATE, SURNAME, TITLE,
};
use crate::text::Shape;

/// Fills name, role, owner, sort and head of `mention` from the capitals `run`; `holder` is the last role word in
/// small letters before it, `core` where the phrase begins after its determiners.
pub(super) fn part(
    reading: &Reading<'_>,
    run: Range,
    holder: Option<usize>,
    core: usize,
    mention: &mut Mention,
) {
    let organisation = organisation_head(reading, run);
    let title = (run.first..run.end).rev().find(|&at| {
        reading.is(at, TITLE | PERSON) && !known_name(reading, at) && !is_surname(reading, run, at)
    });
    // `Chief of the General Staff`: the title before `of` begins the office.
    let title = (run.first..run.end)
        .find(|&at| reading.is(at, PERSON) && at + 1 < run.end && reading.is(at + 1, BINDER))
        .or(title);
    let whole = known_length(reading, run.first) == run.end - run.first;
    mention.head = run.end - 1;
    mention.classes = reading.classes[run.end - 1];
    if whole
        || (organisation.is_some()
            && title.is_none_or(|title| title < run.end - 1 && organisation > Some(title)))
    {
        let demonym = reading.is(run.first, DEMONYM) && run.end - run.first > 1 && !whole;
        mention.sort = Sort::Name;
        mention.name = Some(run);
        if let Some(head) = organisation.filter(|_| !whole) {
            mention.head = head;
            mention.classes = reading.classes[head];
        }
        if demonym && mention.owner.is_none() {
            mention.owner = Some(Range::new(run.first, run.first + 1));
        }
        return;
    }
    let last = run.end - 1;
    let offices = title.is_none()
        && reading.is(last, PEOPLE)
        && last > run.first
        && (run.first..last).all(|at| reading.is(at, RANK | OFFICE_MODIFIER));
    match title {
        None if offices => {
            // `the Vice Presidents`.
            mention.sort = Sort::Role;
            mention.head = last;
            mention.plural = true;
        }
        Some(title) if office_end(reading, title, run.end) == run.end => {
            // A title alone: an office holder (`the Veldanian Foreign Minister`).
            mention.sort = Sort::Role;
            mention.head = title;
            mention.plural = reading.is(title, PEOPLE);
            own(reading, run, title, mention);
        }
        Some(title)
            if heads_body(reading, title, run.end)
                // `the Deputy Head of the Special Observers (SO)`.
                || mention.acronym.is_some() && reading.is(title + 1, OF) =>
        {
            mention.sort = Sort::Role;
            mention.head = title;
            mention.classes = reading.classes[title];
            mention.owner = Some(Range::new(
                title + 2 + usize::from(reading.is(title + 2, DETERMINER)),
                run.end,
            ));
        }
        Some(title) => {
            let office = office_end(reading, title, run.end);
            let name = after_point(reading, office, run.end);
            mention.sort = Sort::Person;
            mention.name = Some(name);
            mention.role = Some(Range::new(core.min(run.first), office));
            mention.classes = title_classes(reading, run.first, title + 1) | gender(reading, name);
            own(reading, run, title, mention);
            // `Hezbollah leader Sheikh Dana Holm`: a known name alone, since a sentence can begin with any capital.
            let known = holder
                .filter(|&holder| holder + 1 == run.first)
                .and_then(|holder| (core..holder).find(|&at| reading.alias(at).is_some()));
            if let (Some(known), Some(holder)) = (known, holder) {
                own(reading, Range::new(known, holder), holder, mention);
            }
        }
        None => {
            let demonyms = (run.first..run.end)
                .take_while(|&at| reading.is(at, DEMONYM))
                .count();
            let name = if demonyms > 0 && demonyms < run.end - run.first {
                mention.owner = mention
                    .owner
                    .or(Some(Range::new(run.first, run.first + demonyms)));
                Range::new(run.first + demonyms, run.end)
            } else {
                run
            };
            mention.name = Some(name);
            mention.classes = gender(reading, name);
            mention.sort = Sort::Name;
            if let Some(holder) = holder.filter(|&holder| holder + 1 == run.first) {
                mention.role = Some(Range::new(core, holder + 1));
                mention.classes |= reading.classes[holder];
                if reading.is(holder, PERSON) {
                    mention.sort = Sort::Person;
                }
                own(reading, Range::new(core, holder), holder, mention);
            }
        }
    }
}

/// The noun that makes a run of capitals an organisation: its last word, or the last before `of` or `for`.
fn organisation_head(reading: &Reading<'_>, run: Range) -> Option<usize> {
    let stop = (run.first + 1..run.end)
        .find(|&at| reading.is(at, BINDER))
        .unwrap_or(run.end);
    let last = stop - 1;
    (reading.is(last, OFFICE | BODY | STATE)
        && !reading.is(last, PERSON)
        && run.end - run.first > 1)
        .then_some(last)
}

/// Number of tokens of the known name at `at`; 0 where there is none or it is a nationality.
fn known_length(reading: &Reading<'_>, at: usize) -> usize {
    reading
        .alias(at)
        .filter(|(_, alias)| alias.sort != super::alias::AliasSort::Demonym)
        .map_or(0, |(n, _)| n)
}

/// Whether the role word at `at` is a surname after a first name.
fn is_surname(reading: &Reading<'_>, run: Range, at: usize) -> bool {
    at + 1 == run.end
        && at > run.first
        && reading.is(at, SURNAME)
        && !reading.is(
            at - 1,
            DEMONYM | OFFICE_MODIFIER | TITLE | PERSON | OFFICE | BODY,
        )
        && !known_name(reading, at - 1)
}

fn known_name(reading: &Reading<'_>, at: usize) -> bool {
    known_length(reading, at) > 0
}

/// The side that stands before a title: a nationality, a state, an organisation.
fn own(reading: &Reading<'_>, run: Range, title: usize, mention: &mut Mention) {
    if mention.owner.is_some() || run.first > title {
        return;
    }
    // `Senior Hamas official`: the description is no part of the side.
    let described = (run.first..title).find(|&at| {
        reading.shape(at).is_capital() && (!reading.is(at, OPENER) || reading.alias(at).is_some())
    });
    let run = Range::new(described.unwrap_or(run.first), run.end);
    if let Some((n, _)) = reading.alias(run.first) {
        mention.owner = Some(Range::new(run.first, (run.first + n).min(title)));
        return;
    }
    let end = (run.first..title)
        .take_while(|&at| {
            reading.shape(at).is_capital()
                && !reading.is(at, TITLE | PERSON | OFFICE_MODIFIER | OFFICE | BODY | RANK)
        })
        .count();
    if end > 0 {
        // `Kesh Front spokesman`: on the front's side, not Kesh's.
        let body = run.first + end;
        let movement = reading.is(body, BODY)
            && !reading.is(body, OFFICE | TITLE | PERSON | OFFICE_MODIFIER)
            && reading.shape(body).is_capital()
            && body + 1 == title;
        mention.owner = Some(Range::new(run.first, body + usize::from(movement)));
    } else if reading.is(title + 1, OF) && reading.shape(title + 2).is_capital() {
        // `Permanent Representative of Kesh`.
        let office = office_end(reading, title, run.end);
        if office > title + 2 && !reading.is(title + 2, OFFICE_MODIFIER | OFFICE | BODY) {
            mention.owner = Some(Range::new(title + 2, office));
        }
    }
}

/// One past the last word of an office that begins with the title at `title` (`Secretary of State`).
fn office_end(reading: &Reading<'_>, title: usize, end: usize) -> usize {
    let mut at = title + 1;
    if at >= end || !matches!(reading.word(at), "of" | "for" | "to") {
        return at.min(end);
    }
    at += 1;
    while at < end
        && (reading.is(
            at,
            OFFICE_MODIFIER | DETERMINER | AND | OFFICE | BODY | TITLE | PERSON | PEOPLE,
        ) || reading.shape(at) == Shape::Lower)
    {
        at += 1;
    }
    match reading.alias(at) {
        Some((n, _)) if at < end => (at + n).min(end),
        _ if at < end && reading.is(at - 1, BINDER | DETERMINER) => {
            // A body follows that is for something (`the Council for Peace`, `the Republic of Kesh`).
            let body = |t: usize| reading.is(t, BODY | OFFICE | STATE);
            if (at..end - 1).any(|t| body(t) && reading.is(t + 1, BINDER)) {
                return end;
            }
            // A place follows; of two or more words beside it, the rest is a name.
            let place = place_end(reading, at);
            let place = place + (place..end).take_while(|&t| body(t)).count();
            // `Secretary-General of the Eastern Seas Association`: all of it is the body's.
            if body(end - 1) && at + 1 < end {
                at + 1
            } else if end >= 2 + place {
                place
            } else {
                end
            }
        }
        _ => at,
    }
}

/// One past the last word of a place that begins at `at` (`Kesh`, `the Middle East`, `the Horn of Africa`).
pub(super) fn place_end(reading: &Reading<'_>, at: usize) -> usize {
    let side = matches!(
        reading.word(at),
        "middle"
            | "great"
            | "central"
            | "north"
            | "south"
            | "east"
            | "west"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "upper"
            | "lower"
    );
    match reading.word(at + 1) {
        "of" => at + 3,
        _ if side => at + 2,
        _ => at + 1,
    }
}

/// Whether the name of a body, and no person's, follows the title at `title` (`Chairman of the Keshan Coalition`).
fn heads_body(reading: &Reading<'_>, title: usize, end: usize) -> bool {
    let last = end - 1;
    reading.is(title + 1, OF)
        && last > title + 2
        && reading.is(last, OFFICE | BODY | STATE)
        && !reading.is(last, PERSON | OFFICE_MODIFIER)
        && reading.shape(last).is_capital()
}

/// Leaves out the point of an abbreviated title (`Dr. Holm`).
fn after_point(reading: &Reading<'_>, first: usize, end: usize) -> Range {
    let first = if reading.mark(first) == b'.' && first + 1 < end {
        first + 1
    } else {
        first
    };
    // `Col. (res.) Dana Holm`.
    let bracket = (first + 1..end.min(first + 4))
        .find(|&at| reading.mark(first) == b'(' && reading.mark(at) == b')' && at + 1 < end);
    Range::new(bracket.map_or(first, |at| at + 1), end)
}

fn title_classes(reading: &Reading<'_>, first: usize, end: usize) -> Classes {
    let all = reading.classes[first..end]
        .iter()
        .fold(0, |all, classes| all | classes);
    let mut classes = all & (PERSON | TITLE | FEMININE | MASCULINE);
    if all & FEMININE_TITLE != 0 {
        classes |= FEMININE;
    }
    if all & MASCULINE_TITLE != 0 {
        classes |= MASCULINE;
    }
    classes
}

/// Gender by first name.
fn gender(reading: &Reading<'_>, name: Range) -> Classes {
    match reading.classes[name.first] & (FEMALE_NAME | MALE_NAME) {
        FEMALE_NAME => FEMININE,
        MALE_NAME => MASCULINE,
        _ => 0,
    }
}
