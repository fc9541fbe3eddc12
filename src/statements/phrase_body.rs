//! Reads a noun phrase after its determiners: modifiers, owner, name, role, acronym, each with its tokens. It does not say
//! what sort of phrase they make.

use super::alias::AliasSort;
use super::mention::Range;
use super::phrase_word::Stretch;
use super::reading::Reading;
use super::word_class::{
    ALIAS, AND, AUXILIARY, BELONGING, BINDER, BODY, CONNECTOR, CREDIT, CUE, DEMONYM, DETERMINER,
    GENERIC, HOLDER, LANDMARK, MODAL, MONTH, NAMING_PLURAL, OFFICE, OFFICE_MODIFIER, OPENER, PAPER,
    PEOPLE, PERSON, PLACE_PREPOSITION, PORTFOLIO, POSSESSOR, PREPOSITION, STATE, TIME, TITLE, VERB,
    WEEKDAY,
};
use crate::text::Shape;

/// How far the noun is looked for that a name or several nationalities lead to, in tokens.
const REACH: usize = 4;
/// Most nationalities of the same people, and how far back in a name its kind is looked for.
const MOST: usize = 8;
/// Longest name in brackets that spells out an acronym, in tokens.
const LONGEST: usize = 10;

/// The parts of a phrase after its determiners.
#[derive(Clone, Copy, Debug)]
pub(super) struct Body {
    /// One past its last token.
    pub(super) end: usize,
    /// First token after determiners and owner.
    pub(super) core: usize,
    /// The last run of capitals.
    pub(super) run: Option<Range>,
    /// The last word for a holder of views in small letters.
    pub(super) holder: Option<usize>,
    /// Whose it is.
    pub(super) owner: Option<Range>,
    /// An acronym in brackets.
    pub(super) acronym: Option<usize>,
    /// Whether the run holds a noun for an organisation. Kept, so that a long run is not read again and again.
    organisational: bool,
}

/// What joins a run of capitals to more of the same name.
struct Bridge {
    /// Where the name goes on.
    to: usize,
    /// Whether it is an acronym in brackets.
    acronym: bool,
}

impl Stretch<'_, '_> {
    /// Reads modifiers, names and nouns from `core` on.
    pub(super) fn body(&self, core: usize, determined: bool, owner: Option<Range>) -> Body {
        let reading = self.reading;
        let mut body = Body {
            end: core,
            core,
            run: None,
            holder: None,
            owner,
            acronym: None,
            organisational: false,
        };
        let mut at = core;
        while at < self.end && !reading.quoted(at) {
            if self.opens_anew(core, at) {
                break;
            }
            if reading.shape(at) == Shape::Possessive || self.plural_possessive(at) {
                if at == core {
                    break;
                }
                self.possessive(at, &mut body);
                at += 1;
                continue;
            }
            if self.capital(at)
                || (reading.shape(at).is_capital()
                    && body.run.is_some_and(|run| run.end == at)
                    && !reading.is(at, WEEKDAY | CREDIT)
                    && !(reading.is(at, MONTH) && reading.shape(at + 1) == Shape::Number))
            {
                let n = reading.alias(at).map_or(1, |(n, _)| n).min(self.end - at);
                let run = body.run.filter(|run| run.end == at);
                body.organisational &= run.is_some();
                body.organisational |= (at..at + n).any(|t| reading.is(t, OFFICE | BODY | STATE));
                let first = run.map_or(at, |run| run.first);
                at += n;
                body.run = Some(Range::new(first, at));
                body.end = at;
                continue;
            }
            if reading.shape(at) == Shape::Number
                && body.run.is_some_and(|run| run.end == at)
                && at > core
                && reading.is(at - 1, BODY)
                && at < self.end
            {
                // `Battalion 32`.
                at += 1;
                continue_run(&mut body, at);
                body.end = at;
                continue;
            }
            if let Some(run) = body.run.filter(|run| run.end == at)
                && let Some(end) = self.nationalities(run, at)
            {
                // `French and Keshan officials`.
                body.owner = body.owner.or(Some(Range::new(run.end - 1, end)));
                body.run = None;
                at = end;
                body.end = at;
                continue;
            }
            if let Some(run) = body.run.filter(|run| run.end == at)
                && let Some(end) = self.spelled_out(run, at)
            {
                // `the HPM (Hill People's Movement)`.
                body.acronym = Some(run.first);
                body.run = Some(Range::new(at + 1, end));
                body.end = end + 1;
                break;
            }
            if let Some(next) = body
                .run
                .filter(|run| run.end == at)
                .and_then(|run| self.bridge(run, at, body.organisational))
            {
                if next.acronym {
                    body.acronym = Some(at + 1);
                    body.end = self.past_sort(at + 3);
                    break;
                }
                at = next.to;
                continue_run(&mut body, at);
                continue;
            }
            if !reading.shape(at).is_word() {
                break;
            }
            let noun = self.noun_here(at, body.core, determined || body.owner.is_some())
                || self.press_release(at);
            if !(self.plain(at) || noun) {
                break;
            }
            if self.ends_before(at, &body, determined) {
                break;
            }
            if reading.is(at, HOLDER) {
                body.holder = Some(at);
            } else if self.press_release(at) {
                body.holder = None;
            }
            at += 1;
            body.end = at;
        }
        body
    }

    /// Where the name ends, in the bracket that opens at `at`, that the acronym `run` stands for.
    fn spelled_out(&self, run: Range, at: usize) -> Option<usize> {
        let reading = self.reading;
        let single = run.end - run.first == 1 && reading.shape(run.first) == Shape::Upper;
        if !single || reading.mark(at) != b'(' {
            return None;
        }
        let end = (at + 2..self.end.min(at + LONGEST)).find(|&t| reading.mark(t) == b')')?;
        let initials = (at + 1..end)
            .filter(|&t| reading.shape(t).is_capital())
            .filter_map(|t| reading.written(t).chars().next());
        initials
            .eq(reading.written(run.first).chars())
            .then_some(end)
    }

    /// Past the words that say what a movement is, after its acronym (`the Valley Front (VF) armed group`, `the Valley
    /// Front (VF) rebels`).
    fn past_sort(&self, at: usize) -> usize {
        let reading = self.reading;
        let small = |at: usize| at < self.end && reading.shape(at) == Shape::Lower;
        let sort =
            |at: usize| small(at) && reading.is(at, BODY | PEOPLE) && reading.is(at, GENERIC);
        match () {
            () if sort(at) => at + 1,
            () if small(at) && self.plain(at) && sort(at + 1) => at + 2,
            () => at,
        }
    }

    /// Where the last of several nationalities of the same people ends, the first of which ends at `at` (`French, Keshan and
    /// Norvanian officials`).
    fn nationalities(&self, run: Range, at: usize) -> Option<usize> {
        let reading = self.reading;
        let adjective = |t: usize| {
            let state = reading.shape(t) == Shape::Upper && reading.is(t, ALIAS);
            t < self.end
                && reading.shape(t).is_capital()
                && !reading.quoted(t)
                && (state || reading.is(t, DEMONYM | BELONGING))
        };
        let alone = |t: usize| t == run.first || (run.first..t).all(|t| reading.is(t, OPENER));
        let definite = reading.word(run.first.wrapping_sub(1)) == "the"
            && reading.shape(run.end - 1) == Shape::Upper;
        if !adjective(run.end - 1) || !alone(run.end - 1) || definite {
            return None;
        }
        let mut end = at;
        let mut closed = false;
        for _ in 0..MOST {
            let comma = usize::from(reading.comma(end));
            let last = reading.is(end + comma, AND);
            let next = end + comma + usize::from(last);
            if next == end || !adjective(next) {
                return None;
            }
            end = next + 1;
            if last {
                closed = true;
                break;
            }
        }
        let people = (end..self.end.min(end + REACH))
            .take_while(|&t| self.plain(t) && reading.shape(t) == Shape::Lower)
            .any(|t| reading.is(t, PEOPLE));
        (closed && people).then_some(end)
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
        if !matter(run.end - 1) || !matter(at + 1) {
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

    /// Whether another phrase begins at `at` without a comma: a titled name after a place (`In Kesh President Dana Holm`),
    /// anything after a time (`At the weekend farmers`).
    fn opens_anew(&self, core: usize, at: usize) -> bool {
        let reading = self.reading;
        if self.after_occasion(core, at) {
            return true;
        }
        if at != core + 1 || core == self.first {
            return false;
        }
        let after_place = core == self.first + 1
            && reading.is(self.first, PLACE_PREPOSITION)
            && reading.shape(core).is_capital()
            && !reading.is(core, DEMONYM | OFFICE_MODIFIER | TITLE)
            && reading.is(at, TITLE)
            && reading.shape(at).is_capital()
            && reading.shape(at + 1).is_capital();
        // `At the talks in Kesh Holm said`.
        let after_city = reading.is(core - 1, PLACE_PREPOSITION)
            && reading.alias(core).is_some_and(|(n, alias)| {
                n == 1 && matches!(alias.sort, AliasSort::State | AliasSort::Capital)
            })
            && reading.shape(at) == Shape::Capital
            && reading.alias(at).is_none()
            && !reading.is(at, TIME | LANDMARK | HOLDER | TITLE | OFFICE_MODIFIER)
            && reading.shape(at + 1) == Shape::Lower
            && reading.is(at + 1, CUE | VERB | AUXILIARY | MODAL);
        let after_time = reading.is(core, TIME)
            && reading.shape(core) == Shape::Lower
            && reading.is(core - 1, DETERMINER)
            && match reading.shape(at) {
                // `the night porter`: one person has no place here without a word before.
                Shape::Lower => !reading.is(at, PERSON) || reading.is(at, PEOPLE),
                // `At the weekend Dana Holm`.
                Shape::Capital => !reading.is(at, TIME) && reading.shape(at + 1).is_capital(),
                _ => false,
            };
        after_place || after_city || after_time
    }

    /// Whether a name with a verb of its own begins at `at` behind a phrase that tells when or how (`In a statement Dana Holm
    /// said`).
    fn after_occasion(&self, core: usize, at: usize) -> bool {
        let reading = self.reading;
        let begins = at > core
            && reading.shape(at).is_capital()
            && reading.shape(at - 1) == Shape::Lower
            && (reading.is(at - 1, PAPER)
                || !reading.is(
                    at - 1,
                    HOLDER | LANDMARK | TITLE | DETERMINER | POSSESSOR | OPENER,
                ))
            && !(core..at).any(|t| reading.shape(t) != Shape::Lower);
        if !begins {
            return false;
        }
        let before = (self.first..core)
            .rev()
            .find(|&t| !reading.is(t, DETERMINER | POSSESSOR));
        let governed = before.is_some_and(|t| {
            let whose = matches!(reading.word(t), "of" | "from" | "by" | "with");
            t + 1 < core && reading.is(t, PREPOSITION) && !whose
        });
        let verb = (at..self.end.min(at + REACH + 1)).find(|&t| !reading.shape(t).is_capital());
        governed
            && verb.is_some_and(|t| {
                reading.shape(t) == Shape::Lower
                    && reading.is(t, CUE | VERB | AUXILIARY | MODAL)
                    && !reading.is(t, HOLDER)
            })
    }

    /// Reads the possessive ending at `at`: what stands before it owns what follows, unless a name goes on
    /// (`the Farmers' Union`).
    fn possessive(&self, at: usize, body: &mut Body) {
        let reading = self.reading;
        let run = body.run.filter(|run| run.end == at);
        if let Some(run) = run
            && reading.shape(at + 1).is_capital()
            && !reading.quoted(at + 1)
            && (reading.shape(at) == Shape::Mark && !reading.is(run.end - 1, ALIAS)
                || reading.is(run.end - 1, NAMING_PLURAL))
            && !reading.is(at + 1, PERSON)
        {
            body.run = Some(Range::new(run.first, at + 1));
            return;
        }
        body.owner = Some(run.unwrap_or(Range::new(body.core, at)));
        (body.run, body.holder) = (None, None);
        body.core = at + 1;
    }

    /// Whether the phrase ends before the plain word at `at`: a verb, or a word that leads on to no role or name.
    fn ends_before(&self, at: usize, body: &Body, determined: bool) -> bool {
        let reading = self.reading;
        let after_run = body.run.is_some_and(|run| run.end == at);
        let after_holder = body.holder.is_some();
        if reading.is(at, CUE) && (after_run || after_holder) && self.acts_as_verb(at) {
            return true;
        }
        if self.press_release(at) {
            return false;
        }
        // `the message states`.
        if reading.is(at, CUE)
            && at > body.core
            && reading.is(at - 1, PAPER)
            && (reading.shape(at + 1) == Shape::Mark || self.acts_as_verb(at))
        {
            return true;
        }
        if reading.is(at, HOLDER) {
            return false;
        }
        // `the families addressed Dana Holm`.
        if after_holder && reading.written(at).ends_with("ed") && reading.written(at) != "turned" {
            return true;
        }
        // `the Torkan crossing`: a thing that is called by a name.
        let named_thing = after_run
            && determined
            && !after_holder
            && !reading.written(at).ends_with("ed")
            && !self.opens(at + 1);
        !named_thing && (after_holder || after_run) && !self.leads_on(at, !after_holder)
    }

    /// The name behind a bracket that says that an officer has retired (`Col. (res.) Dana Holm`), which opens at `at`.
    fn past_retired(&self, at: usize) -> Option<usize> {
        let reading = self.reading;
        let retired = reading.mark(at) == b'('
            && matches!(reading.word(at + 1), "res" | "ret" | "retd" | "retired");
        let close = (at + 2..at + 4).find(|&t| retired && reading.mark(t) == b')')?;
        reading.shape(close + 1).is_capital().then_some(close + 1)
    }

    /// What joins a run of capitals that ends at `at` to more of the same name: `van`, `of`, a point, an acronym.
    fn bridge(&self, run: Range, at: usize, organisational: bool) -> Option<Bridge> {
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
}

/// Whether the word in the bracket at `bracket` has the initials of the capitals from `first` on (`Citizens United for Reform
/// (Cur)`).
fn abbreviates(reading: &Reading<'_>, first: usize, bracket: usize) -> bool {
    let letters = reading.written(bracket + 1);
    let initials = (first..bracket)
        .filter(|&t| reading.shape(t).is_capital())
        .filter_map(|t| reading.written(t).chars().next());
    reading.mark(bracket + 2) == b')'
        && (3..=MOST).contains(&letters.len())
        && initials
            .flat_map(char::to_lowercase)
            .eq(letters.chars().flat_map(char::to_lowercase))
}

fn continue_run(body: &mut Body, to: usize) {
    if let Some(run) = &mut body.run {
        run.end = to;
    }
}
