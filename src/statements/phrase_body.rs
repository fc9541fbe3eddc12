//! Reads a noun phrase after its determiners: modifiers, owner, name, role, acronym, each with its tokens. It does not say
//! what sort of phrase they make.

use super::mention::Range;
use super::phrase_word::Stretch;
use super::word_class::{
    ALIAS, AND, BELONGING, BODY, CREDIT, CUE, DEMONYM, GENERIC, HOLDER, MONTH, NAMING_PLURAL,
    OFFICE, OPENER, PAPER, PEOPLE, PERSON, STATE, WEEKDAY,
};
use crate::text::Shape;

/// How far the noun is looked for that several nationalities lead to, in tokens.
const REACH: usize = 4;
/// Most nationalities of the same people.
const MOST: usize = 8;

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
            if self.spell(&mut body, at) {
                break;
            }
            if let Some(next) = body
                .run
                .filter(|run| run.end == at)
                .and_then(|run| self.bridge(run, at, body.organisational))
            {
                if next.acronym && self.headed(&mut body, at + 3) {
                    at += 3;
                    continue;
                }
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

    /// Takes the name in brackets at `at` for that of the acronym before it (`the HPM (Hill People's Movement)`).
    fn spell(&self, body: &mut Body, at: usize) -> bool {
        let run = body.run.filter(|run| run.end == at);
        let spelled = run.and_then(|run| Some((run, self.spelled_out(run, at)?)));
        if let Some((run, end)) = spelled {
            body.acronym = Some(run.first);
            body.run = Some(Range::new(at + 1, end));
            body.end = end + 1;
        }
        spelled.is_some()
    }

    /// Takes a name with its acronym, which ends at `at`, for the owner of the role behind it (`the Valley Front (VF) leader Dana
    /// Holm`).
    fn headed(&self, body: &mut Body, at: usize) -> bool {
        let heads = self.person_heads(at);
        if heads {
            body.owner = body.owner.or(body.run);
            (body.run, body.holder) = (None, None);
            (body.core, body.end) = (at, at);
        }
        heads
    }

    /// Whether a role of one person stands at `at`, with one word before it or none.
    fn person_heads(&self, at: usize) -> bool {
        let reading = self.reading;
        let small = |at: usize| at < self.end && reading.shape(at) == Shape::Lower;
        let role =
            |at: usize| small(at) && reading.is(at, PERSON) && !reading.is(at, PEOPLE | BODY);
        role(at) || small(at) && self.plain(at) && role(at + 1)
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
            let state = reading.shape(t) == Shape::Upper && reading.is(t, ALIAS)
                // `Keshan and Arab-nation ministers`.
                || t >= at && reading.token(t).hyphenated;
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
            // `American and other officials`.
            let others = last && reading.word(next) == "other";
            if next == end || !(adjective(next) || others) {
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
}

fn continue_run(body: &mut Body, to: usize) {
    if let Some(run) = &mut body.run {
        run.end = to;
    }
}
