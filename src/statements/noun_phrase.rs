//! Finds the noun phrases of a sentence that can mean a holder of views: names with their titles, roles, groups,
//! pronouns. One pass, by word classes and capitals; other noun phrases come along as things. It does not join
//! appositions and does not know whom a phrase means.

use super::mention::{Mention, Range, Sort};
use super::proper_name;
use super::reading::Reading;
use super::word_class::{
    ADVERB, AUXILIARY, BINDER, BODY, CONNECTOR, CREDIT, CUE, DEFINITE, DEMONYM, DETERMINER,
    FIRST_PERSON, FLOATING, FUNCTION, HOLDER, MODAL, MONTH, NOUN, OF, OFFICE, OPENER, PEOPLE,
    PERSON, POSSESSOR, PREPOSITION, QUANTITY, STANDALONE, STATE, SUBJECT, THAT, THEY, TIME, TITLE,
    TO, VERB, WEEKDAY,
};
use crate::text::Shape;

/// How many plain words may stand between a name and the role that it modifies (`a Veldanian army medical officer`).
const REACH: usize = 4;

/// Appends the mentions of tokens `first..end` outside quotations to `mentions`.
pub(super) fn find(reading: &Reading<'_>, first: usize, end: usize, mentions: &mut Vec<Mention>) {
    let chunker = Chunker {
        reading,
        first,
        end,
    };
    let mut at = first;
    while at < end {
        at = chunker.step(at, mentions);
    }
}

struct Chunker<'r, 'd> {
    reading: &'r Reading<'d>,
    first: usize,
    end: usize,
}

impl Chunker<'_, '_> {
    /// Reads what begins at `at`; gives where to go on.
    fn step(&self, at: usize, mentions: &mut Vec<Mention>) -> usize {
        let reading = self.reading;
        let floats =
            reading.is(at, FLOATING) && mentions.last().is_some_and(|last| last.tokens.end == at);
        if floats {
            return at + 1;
        }
        if reading.quoted(at) || !reading.shape(at).is_word() || reading.is(at, CREDIT) {
            return at + 1;
        }
        if reading.is(at, SUBJECT) && !(reading.is(at, POSSESSOR) && self.opens(at + 1)) {
            mentions.push(self.pronoun(at));
            return at + 1;
        }
        let adjoins = reading.shape(at) == Shape::Lower
            && !reading.is(at, DETERMINER | POSSESSOR | QUANTITY)
            && (mentions.last().is_some_and(|last| last.tokens.end == at)
                || reading.word(at).ends_with("ed") && !reading.is(at, HOLDER));
        if adjoins {
            // A participle or adjective after its noun (`an official involved in it`).
            return at + 1;
        }
        if reading.is(at, THAT)
            && (reading.is(at + 1, DETERMINER | POSSESSOR | QUANTITY | SUBJECT)
                || at > self.first && reading.is(at - 1, CUE))
        {
            return at + 1;
        }
        if reading.is(at, DETERMINER | POSSESSOR | QUANTITY) || self.opens(at) {
            let before = mentions.len();
            if let Some(mention) = self.phrase(at) {
                let end = mention.tokens.end;
                mentions.push(mention);
                self.extend(before, mentions);
                return mentions[before].tokens.end.max(end);
            }
        }
        at + 1
    }

    fn pronoun(&self, at: usize) -> Mention {
        Mention {
            tokens: Range::new(at, at + 1),
            core: Range::new(at, at + 1),
            head: at,
            sort: Sort::Pronoun,
            name: None,
            role: None,
            acronym: None,
            owner: None,
            classes: self.reading.classes[at],
            plural: self.reading.is(at, THEY),
            definite: true,
            inside: false,
        }
    }

    /// Whether token `at` is a capital that belongs to a name.
    fn capital(&self, at: usize) -> bool {
        let reading = self.reading;
        if at >= self.end || reading.quoted(at) || reading.is(at, CREDIT) {
            return false;
        }
        if !reading.shape(at).is_capital() {
            return at > self.first
                && reading.shape(at - 1).is_capital()
                && hyphenated_name(reading.written(at));
        }
        if reading.is(at, FIRST_PERSON) && reading.shape(at) != Shape::Upper {
            return false;
        }
        if at > self.first && !reading.quoted(at - 1) && reading.shape(at - 1) != Shape::Mark {
            return !reading.is(at, DETERMINER | WEEKDAY | MONTH);
        }
        // The first word of a sentence, or one after a mark: a capital proves nothing.
        let followed = at + 1 < self.end && reading.shape(at + 1).is_capital();
        if reading.is(at, WEEKDAY | MONTH | FUNCTION | DETERMINER | SUBJECT) {
            return false;
        }
        if reading.alias(at).is_some() {
            return true;
        }
        if at > self.first && !reading.is(at, OPENER | CUE) {
            return true;
        }
        if reading.is(at, OPENER | ADVERB | TIME | CUE | VERB | QUANTITY) {
            return followed && !reading.is(at, ADVERB | TIME | QUANTITY | VERB);
        }
        if reading.is(at, HOLDER | TITLE) {
            return followed;
        }
        true
    }

    /// Whether a noun phrase can hold the small-letter word `at`, or begin with it.
    fn opens(&self, at: usize) -> bool {
        at < self.end && !self.reading.quoted(at) && (self.capital(at) || self.plain(at))
    }

    /// A word that is no name and no function word, nor surely a verb.
    fn plain(&self, at: usize) -> bool {
        let reading = self.reading;
        at < self.end
            && !reading.quoted(at)
            && reading.shape(at).is_word()
            && reading.shape(at) != Shape::Possessive
            && !reading.is(at, FUNCTION | DETERMINER | POSSESSOR | CREDIT)
            && (reading.is(at, HOLDER) || !reading.word(at).ends_with("ly"))
            && (!reading.is(at, ADVERB | TIME) || reading.is(at, HOLDER))
            && (!reading.is(at, VERB | CUE) || reading.is(at, HOLDER | TITLE))
    }

    /// Whether a cue form at `at`, inside a phrase, is a noun (`the peace offer`).
    fn noun_here(&self, at: usize, core: usize, determined: bool) -> bool {
        let reading = self.reading;
        (at == core && determined && !reading.is(at, AUXILIARY | MODAL))
            || (reading.is(at, NOUN)
                && at > core
                && reading.shape(at - 1).is_capital()
                && reading.is(at + 1, VERB | CUE | AUXILIARY | MODAL)
                && reading.shape(at + 1) == Shape::Lower)
            || (reading.is(at, NOUN)
                && determined
                && !reading.is(at - 1, HOLDER)
                && reading.shape(at - 1) == Shape::Lower)
    }

    /// Reads the phrase that begins at `start`.
    fn phrase(&self, start: usize) -> Option<Mention> {
        let reading = self.reading;
        let mut at = start;
        let (mut determined, mut definite) = (false, false);
        let (mut counted, mut single) = (false, false);
        let mut owner = None;
        while at < self.end && !reading.quoted(at) {
            if reading.is(at, DETERMINER) && !reading.is(at, QUANTITY) {
                determined = true;
                definite |= reading.is(at, DEFINITE);
            } else if reading.is(at, POSSESSOR) {
                determined = true;
                definite = true;
                owner = Some(Range::new(at, at + 1));
            } else if reading.is(at, QUANTITY) || reading.shape(at) == Shape::Number {
                counted |= !matches!(
                    reading.word(at),
                    "one" | "another" | "each" | "every" | "other"
                );
                single |= !counted;
                if reading.is(at + 1, OF) && self.after_of(at + 2) {
                    at += 1;
                } else if reading.is(at + 1, OF) && reading.is(at + 2, THEY) && !counted {
                    return Some(self.some_of_them(start, at));
                }
            } else {
                break;
            }
            at += 1;
        }
        let core = at;
        let body = self.body(core, determined || counted || single, owner);
        if body.end == core {
            return (counted || single)
                .then(|| self.quantity(start, core))
                .flatten();
        }
        let mut mention = self.build(start, core, &body, definite, counted);
        mention.plural &= !single || counted;
        Some(mention)
    }

    /// `one of them`.
    fn some_of_them(&self, start: usize, head: usize) -> Mention {
        Mention {
            sort: Sort::Quantity,
            definite: false,
            plural: false,
            classes: self.reading.classes[head],
            tokens: Range::new(start, head + 3),
            core: Range::new(start, head + 3),
            ..self.pronoun(head)
        }
    }

    fn after_of(&self, at: usize) -> bool {
        self.reading.is(at, DETERMINER | POSSESSOR | QUANTITY) || self.opens(at)
    }

    fn quantity(&self, start: usize, end: usize) -> Option<Mention> {
        let head = end.checked_sub(1)?;
        if !self.reading.is(head, STANDALONE) {
            return None;
        }
        let tokens = Range::new(start, end);
        Some(Mention {
            tokens,
            core: tokens,
            head,
            sort: Sort::Quantity,
            name: None,
            role: None,
            acronym: None,
            owner: None,
            classes: self.reading.classes[head],
            plural: !matches!(self.reading.word(head), "one" | "another" | "neither"),
            definite: false,
            inside: false,
        })
    }

    /// Reads modifiers, names and nouns from `core` on.
    fn body(&self, core: usize, determined: bool, owner: Option<Range>) -> Body {
        let reading = self.reading;
        let mut body = Body {
            end: core,
            core,
            run: None,
            holder: None,
            owner,
            acronym: None,
        };
        let mut at = core;
        while at < self.end && !reading.quoted(at) {
            if reading.shape(at) == Shape::Possessive || self.plural_possessive(at) {
                if let Some(run) = body.run.filter(|run| {
                    run.end == at
                        && reading.shape(at) == Shape::Mark
                        && reading.shape(at + 1).is_capital()
                        && run.first >= body.core
                }) {
                    body.run = Some(Range::new(run.first, at + 1));
                    at += 1;
                    continue;
                }
                if at == core {
                    break;
                }
                body.owner = Some(
                    body.run
                        .filter(|run| run.end == at)
                        .unwrap_or(Range::new(body.core, at)),
                );
                (body.run, body.holder) = (None, None);
                at += 1;
                body.core = at;
                continue;
            }
            if self.capital(at)
                || (reading.shape(at).is_capital()
                    && body.run.is_some_and(|run| run.end == at)
                    && !reading.is(at, WEEKDAY | CREDIT)
                    && !(reading.is(at, MONTH) && reading.shape(at + 1) == Shape::Number))
            {
                let n = reading.alias(at).map_or(1, |(n, _)| n).min(self.end - at);
                let first = body
                    .run
                    .filter(|run| run.end == at)
                    .map_or(at, |run| run.first);
                at += n;
                body.run = Some(Range::new(first, at));
                body.end = at;
                continue;
            }
            if let Some(next) = body
                .run
                .filter(|run| run.end == at)
                .and_then(|run| self.bridge(run, at))
            {
                if next.acronym {
                    body.acronym = Some(at + 1);
                    body.end = at + 3;
                    break;
                }
                at = next.to;
                continue_run(&mut body, at);
                continue;
            }
            if !reading.shape(at).is_word() {
                break;
            }
            let noun = self.noun_here(at, body.core, determined || body.owner.is_some());
            if !(self.plain(at) || noun) {
                break;
            }
            let after_run = body.run.is_some_and(|run| run.end == at);
            if reading.is(at, CUE) && (after_run || body.holder.is_some()) && self.acts_as_verb(at)
            {
                break;
            }
            if reading.is(at, HOLDER) {
                body.holder = Some(at);
            } else if after_run
                && determined
                && body.holder.is_none()
                && !reading.word(at).ends_with("ed")
                && !self.opens(at + 1)
            {
                // `the Torkan crossing`: a thing that is called by a name.
            } else if (body.holder.is_some() || body.run.is_some_and(|run| run.end == at))
                && !self.leads_on(at, body.holder.is_none())
            {
                break;
            }
            at += 1;
            body.end = at;
        }
        body
    }

    /// Whether a word that can be noun or verb is a verb after a holder of views (`the army states that`).
    fn acts_as_verb(&self, at: usize) -> bool {
        let reading = self.reading;
        let next = at + 1;
        next < self.end
            && (reading.quoted(next)
                || reading.is(next, THAT | DETERMINER | SUBJECT | POSSESSOR | TO)
                || reading.shape(next).is_capital() && !reading.word(at).ends_with("ed"))
    }

    /// The apostrophe of a plural owner (`the rebels' spokesman`).
    fn plural_possessive(&self, at: usize) -> bool {
        let reading = self.reading;
        matches!(reading.written(at), "'" | "\u{2019}")
            && at > self.first
            && !reading.document.space_before(at)
            && reading.word(at - 1).ends_with('s')
            && self.opens(at + 1)
    }

    /// Whether plain words from `at` on lead to a role or, after a role, to a name.
    fn leads_on(&self, at: usize, after_name: bool) -> bool {
        let reach = if after_name { REACH } else { 2 };
        (at..self.end.min(at + reach))
            .take_while(|&next| self.plain(next) || self.capital(next))
            .any(|next| {
                self.reading.is(next, HOLDER) && self.reading.shape(next) == Shape::Lower
                    || !after_name && self.capital(next)
            })
    }

    /// What joins a run of capitals that ends at `at` to more of the same name: `van`, `of`, a point, an acronym.
    fn bridge(&self, run: Range, at: usize) -> Option<Bridge> {
        let reading = self.reading;
        let to = |to: usize| Some(Bridge { to, acronym: false });
        match reading.mark(at) {
            b'.' => {
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
                let closed = reading.mark(at + 2) == b')';
                let short = reading.shape(at + 1) == Shape::Upper;
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
        if reading.is(at, CONNECTOR) && next_capital(at + 1) {
            return to(at + 1);
        }
        if reading.is(at, CONNECTOR) && reading.is(at + 1, CONNECTOR) && next_capital(at + 2) {
            return to(at + 2);
        }
        let organisational = (run.first..run.end).any(|t| reading.is(t, OFFICE | BODY | STATE))
            || reading.is(run.end - 1, PERSON | TITLE)
            || run.end - run.first == 1
                && reading.is(run.first - usize::from(run.first > self.first), DETERMINER);
        if !organisational || !reading.is(at, BINDER) {
            return None;
        }
        let next = at + 1 + usize::from(reading.word(at + 1) == "the");
        next_capital(next).then_some(Bridge {
            to: next,
            acronym: false,
        })
    }

    fn build(
        &self,
        start: usize,
        core: usize,
        body: &Body,
        definite: bool,
        counted: bool,
    ) -> Mention {
        let reading = self.reading;
        let name_last = body.run.filter(|run| {
            run.end == body.end
                || body.acronym.is_some()
                || body.holder.is_none_or(|holder| holder < run.first)
        });
        let mut mention = Mention {
            tokens: Range::new(start, body.end),
            core: Range::new(start, body.end),
            head: body.end - 1,
            sort: Sort::Thing,
            name: None,
            role: None,
            acronym: body.acronym,
            owner: body.owner,
            classes: reading.classes[body.end - 1],
            plural: counted,
            definite: definite || body.owner.is_some(),
            inside: false,
        };
        if let Some(run) = name_last {
            proper_name::part(reading, run, body.holder, body.core, &mut mention);
            let end = if body.acronym.is_some() {
                body.end
            } else {
                run.end
            };
            mention.tokens.end = end;
            mention.core.end = end;
        } else if let Some(holder) = body.holder {
            mention.sort = Sort::Role;
            mention.head = holder;
            mention.classes = reading.classes[holder];
            mention.tokens.end = holder + 1;
            mention.core.end = holder + 1;
            if mention.owner.is_none() {
                mention.owner = body.run.or_else(|| self.demonym(core, holder));
            }
        }
        if mention.sort == Sort::Role && reading.is(mention.head, PEOPLE) {
            mention.plural = true;
        }
        mention
    }

    fn demonym(&self, first: usize, end: usize) -> Option<Range> {
        (first..end)
            .find(|&at| self.reading.is(at, DEMONYM) && self.reading.shape(at).is_capital())
            .map(|at| Range::new(at, at + 1))
    }

    /// Takes in the phrases that follow the mention `number`: `of Zubar`, `in the capital`.
    fn extend(&self, number: usize, mentions: &mut Vec<Mention>) {
        let reading = self.reading;
        for _ in 0..2 {
            let mention = mentions[number];
            let at = mention.tokens.end;
            let of = reading.is(at, OF);
            let role = mention.sort == Sort::Role;
            let fits = match mention.sort {
                Sort::Role | Sort::Quantity => {
                    let office =
                        reading.is(mention.head, PERSON) && matches!(reading.word(at), "to" | "on");
                    of || (role
                        && (office || matches!(reading.word(at), "for" | "in" | "at" | "from")))
                }
                Sort::Person | Sort::Name => of,
                Sort::Thing | Sort::Pronoun => false,
            };
            if !fits || at + 1 >= self.end || reading.quoted(at + 1) || !self.after_of(at + 1) {
                return;
            }
            let Some(mut inner) = self.phrase(at + 1) else {
                return;
            };
            if inner.sort == Sort::Quantity || (!of && reading.is(inner.head, TIME)) {
                return;
            }
            if matches!(mention.sort, Sort::Person | Sort::Name)
                && !matches!(inner.sort, Sort::Name | Sort::Role)
            {
                return;
            }
            if named_after_office(reading, &mention, &inner) {
                let outer = &mut mentions[number];
                outer.tokens.end = inner.tokens.end;
                outer.role = Some(outer.core);
                outer.name = inner.name;
                outer.sort = Sort::Person;
                outer.head = inner.head;
                return;
            }
            if let Some(name) = name_after_place(reading, &mention, &inner) {
                let outer = &mut mentions[number];
                outer.tokens.end = inner.tokens.end;
                outer.owner = outer
                    .owner
                    .or(Some(Range::new(inner.core.first, name.first)));
                outer.role = Some(outer.core);
                outer.name = Some(name);
                outer.sort = Sort::Person;
                outer.head = name.end - 1;
                return;
            }
            inner.inside = true;
            if mentions[number].owner.is_none() && inner.sort == Sort::Name {
                mentions[number].owner = inner.name;
            }
            mentions[number].tokens.end = inner.tokens.end;
            mentions.push(inner);
            if reading.is(mention.head, PREPOSITION) {
                return;
            }
        }
    }
}

struct Bridge {
    to: usize,
    acronym: bool,
}

/// The parts of a phrase after its determiners.
struct Body {
    end: usize,
    core: usize,
    run: Option<Range>,
    holder: Option<usize>,
    owner: Option<Range>,
    acronym: Option<usize>,
}

fn continue_run(body: &mut Body, to: usize) {
    if let Some(run) = &mut body.run {
        run.end = to;
    }
}

/// Whether a name after `of` is the office holder's (`the minister of state Dana Holm`).
fn named_after_office(reading: &Reading<'_>, outer: &Mention, inner: &Mention) -> bool {
    outer.sort == Sort::Role
        && reading.is(outer.head, PERSON)
        && inner.name.is_some_and(|name| {
            name.first > inner.core.first
                && name.end - name.first > 1
                && reading.shape(name.first - 1) == Shape::Lower
                && !reading.is(name.first - 1, PERSON)
        })
}

/// A name that begins with a small word and a hyphen (`al-Holm`).
fn hyphenated_name(written: &str) -> bool {
    written.split_once('-').is_some_and(|(small, rest)| {
        (2..=4).contains(&small.len()) && rest.starts_with(char::is_uppercase)
    })
}

/// The office holder's name right after the place of the office (`ambassador to the United Nations Dana Holm`).
fn name_after_place(reading: &Reading<'_>, outer: &Mention, inner: &Mention) -> Option<Range> {
    let run = inner.name?;
    if outer.sort != Sort::Role || !reading.is(outer.head, PERSON) {
        return None;
    }
    let (n, alias) = reading.alias(run.first)?;
    let first = run.first + n;
    (first < run.end && alias.sort != super::alias::AliasSort::Demonym)
        .then(|| Range::new(first, run.end))
}
