//! Tells what joins a run of capitals to more of the same name: `of`, `and`, a point, an acronym in brackets or before them. It
//! does not read phrases.

use super::mention::Range;
use super::phrase_word::Stretch;
use super::reading::Reading;
use super::word_class::{
    ALIAS, AND, BINDER, BODY, CONNECTOR, DEMONYM, DETERMINER, HOLDER, OFFICE, OFFICE_MODIFIER,
    PEOPLE, PERSON, PORTFOLIO, TITLE,
};
use crate::text::Shape;

/// How far the noun is looked for that a name leads to, in tokens.
const REACH: usize = 4;
/// How far back in a name its kind is looked for, and longest acronym.
const MOST: usize = 8;
/// Longest name in brackets that spells out an acronym, in tokens.
const LONGEST: usize = 10;

/// What joins a run of capitals to more of the same name.
pub(super) struct Bridge {
    /// Where the name goes on.
    pub(super) to: usize,
    /// Whether it is an acronym in brackets.
    pub(super) acronym: bool,
}

impl Stretch<'_, '_> {
    /// What joins a run of capitals that ends at `at` to more of the same name: `van`, `of`, a point, an acronym.
    pub(super) fn bridge(&self, run: Range, at: usize, organisational: bool) -> Option<Bridge> {
        let reading = self.reading;
        let to = |to: usize| Some(Bridge { to, acronym: false });
        match reading.mark(at) {
            b'.' => {
                if let Some(name) = self.past_retired(at + 1) {
                    return to(name);
                }
                let before = reading.token(at - 1);
                let short = before.end - before.start == 1 || reading.is(at - 1, TITLE);
                return if short
                    && before.end == reading.token(at).start
                    && reading.shape(at + 1).is_capital()
                {
                    to(at + 1)
                } else {
                    None
                };
            }
            b'(' => {
                if let Some(name) = self.past_retired(at) {
                    return to(name);
                }
                let closed = reading.mark(at + 2) == b')';
                let short =
                    reading.shape(at + 1) == Shape::Upper || abbreviates(reading, run.first, at);
                return (closed && short && at + 3 <= self.end).then_some(Bridge {
                    to: at + 3,
                    acronym: true,
                });
            }
            b'&' if reading.shape(at + 1).is_capital() => return to(at + 1),
            0 => {}
            _ => return None,
        }
        let next_capital =
            |at: usize| at < self.end && reading.shape(at).is_capital() && !reading.quoted(at);
        // `Citizens United for Reform and Concord (CURC)`.
        let joins = reading.is(at, BINDER | AND) && next_capital(at + 1);
        if joins
            && (at..self.end.min(at + MOST))
                .find(|&t| reading.mark(t) == b'(')
                .is_some_and(|bracket| abbreviates(reading, run.first, bracket))
        {
            return to(at + 1);
        }
        // `the Secretary of South Kesh's Council`: the office is of the council.
        let owned = || {
            (at + 1..self.end.min(at + MOST))
                .find(|&t| !reading.shape(t).is_capital())
                .is_some_and(|t| reading.shape(t) == Shape::Possessive)
        };
        if reading.is(run.end - 1, PERSON) && reading.word(at) == "of" && joins && owned() {
            return None;
        }
        if reading.is(at, CONNECTOR) && next_capital(at + 1) {
            return to(at + 1);
        }
        if reading.is(at, CONNECTOR) && reading.is(at + 1, CONNECTOR) && next_capital(at + 2) {
            return to(at + 2);
        }
        if reading.is(at, AND) && next_capital(at + 1) && self.one_body(run, at, organisational) {
            return to(at + 1);
        }
        let organisational = organisational
            || reading.is(run.end - 1, PERSON | TITLE)
            || reading.is(run.end - 1, PEOPLE) && reading.word(at) == "for"
            || run.end - run.first == 1
                && reading.is(run.first - usize::from(run.first > self.first), DETERMINER);
        // `the envoy of the African Union for Kesh`: what the envoy is for.
        let whole = reading.word(at) == "for"
            && (run.first..run.end)
                .any(|t| reading.alias(t).is_some_and(|(n, _)| t + n == run.end));
        if !organisational || whole || !reading.is(at, BINDER) {
            return None;
        }
        let next = at + 1 + usize::from(reading.word(at + 1) == "the");
        next_capital(next).then_some(Bridge {
            to: next,
            acronym: false,
        })
    }

    /// Whether the `and` at `at` stands inside the name of one body (`the Justice and Solidarity Movement`, `the Ministry of Health
    /// and Population`).
    fn one_body(&self, run: Range, at: usize, organisational: bool) -> bool {
        let reading = self.reading;
        let matter =
            |t: usize| reading.is(t, PORTFOLIO | OFFICE_MODIFIER) && !reading.is(t, DEMONYM);
        // `the Front for Change and Concord`.
        let plain = |t: usize| {
            !reading.is(t, ALIAS | DEMONYM | HOLDER | TITLE) && reading.shape(t) == Shape::Capital
        };
        let cause = run.end - run.first >= 3
            && reading.word(run.end - 2) == "for"
            && reading.is(run.end - 3, BODY)
            && plain(run.end - 1)
            && plain(at + 1)
            && !reading.shape(at + 2).is_capital();
        // `the Freedom and Order party`.
        let party = reading.shape(at + 2) == Shape::Lower
            && reading.is(at + 2, BODY)
            && !reading.is(at + 2, PEOPLE)
            && run.end - run.first == 1
            && reading.is(run.first.wrapping_sub(1), DETERMINER)
            && plain(run.first)
            && plain(at + 1)
            && reading.word(at + 2) == "party";
        if cause || party {
            return true;
        }
        // `the Ministry of Foreign Affairs and International Cooperation`.
        let described = reading.shape(at + 1) == Shape::Capital
            && reading.alias(at + 1).is_none()
            && !reading.is(at + 1, DEMONYM | HOLDER | TITLE)
            && matter(at + 2);
        if !matter(run.end - 1) || !(matter(at + 1) || described) {
            return false;
        }
        let near = run.first.max(run.end.saturating_sub(MOST));
        let bound = organisational && (near..run.end).any(|t| reading.is(t, BINDER));
        let headed = (at + 2..self.end.min(at + 2 + REACH))
            .take_while(|&t| reading.shape(t).is_capital())
            .any(|t| reading.is(t, OFFICE | BODY) && !reading.is(t, PERSON));
        bound
            || headed
                && !(near..run.end).any(|t| {
                    reading.is(t, OFFICE | BODY | PERSON | TITLE) && !reading.is(t, PORTFOLIO)
                })
    }

    /// The name behind a bracket that says that an officer has retired (`Col. (res.) Dana Holm`), which opens at `at`.
    fn past_retired(&self, at: usize) -> Option<usize> {
        let reading = self.reading;
        let retired = reading.mark(at) == b'('
            && matches!(reading.word(at + 1), "res" | "ret" | "retd" | "retired");
        let close = (at + 2..at + 4).find(|&t| retired && reading.mark(t) == b')')?;
        reading.shape(close + 1).is_capital().then_some(close + 1)
    }

    /// Where the name ends, in the bracket that opens at `at`, that the acronym `run` stands for.
    pub(super) fn spelled_out(&self, run: Range, at: usize) -> Option<usize> {
        let reading = self.reading;
        let single = run.end - run.first == 1 && reading.shape(run.first) == Shape::Upper;
        if !single || reading.mark(at) != b'(' {
            return None;
        }
        let end = (at + 2..self.end.min(at + LONGEST)).find(|&t| reading.mark(t) == b')')?;
        initials(reading, at + 1, end)
            .eq(reading.written(run.first).chars())
            .then_some(end)
    }
}

/// Whether the word in the bracket at `bracket` has the initials of the capitals from `first` on (`Citizens United for Reform
/// (Cur)`).
fn abbreviates(reading: &Reading<'_>, first: usize, bracket: usize) -> bool {
    let letters = reading.written(bracket + 1);
    reading.mark(bracket + 2) == b')'
        && (3..=MOST).contains(&letters.chars().count())
        && initials(reading, first, bracket)
            .flat_map(char::to_lowercase)
            .eq(letters.chars().flat_map(char::to_lowercase))
}

/// The first letters of the capitals among tokens `first..end`.
fn initials(reading: &Reading<'_>, first: usize, end: usize) -> impl Iterator<Item = char> {
    (first..end)
        .filter(|&t| reading.shape(t).is_capital())
        .filter_map(|t| reading.written(t).chars().next())
}
