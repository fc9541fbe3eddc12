//! What a word can be inside a noun phrase: part of a name, a modifier or noun, or the verb that ends it. By word classes,
//! capitals and neighbours. It does not build phrases.

use super::reading::Reading;
use super::word_class::{
    ADVERB, AND, AUXILIARY, BELONGING, BINDER, BODY, CONJUNCTION, CREDIT, CUE, DEMONYM, DETERMINER,
    FIRST_PERSON, FUNCTION, HOLDER, INTERROGATIVE, MODAL, MONTH, MONTH_AND_NAME, NOUN, OF, OPENER,
    PAPER, PEOPLE, PERSON, PHRASE, POSSESSOR, PREPOSITION, QUANTITY, SUBJECT, SUBORDINATOR, THAT,
    TIME, TITLE, TO, VERB, WEEKDAY,
};
use crate::text::Shape;

/// How many plain words may stand between a name and the role that it modifies (`a Veldanian army medical officer`).
const REACH: usize = 4;

/// Tokens of one sentence in which noun phrases are looked for.
#[derive(Debug)]
pub(super) struct Stretch<'r, 'd> {
    /// The article.
    pub(super) reading: &'r Reading<'d>,
    /// First token.
    pub(super) first: usize,
    /// One past the last token.
    pub(super) end: usize,
}

impl Stretch<'_, '_> {
    /// Whether token `at` is a capital that belongs to a name.
    pub(super) fn capital(&self, at: usize) -> bool {
        let reading = self.reading;
        if at >= self.end || reading.quoted(at) || reading.is(at, CREDIT) {
            return false;
        }
        let hyphenated = reading.token(at).hyphenated;
        if hyphenated && (describes_by_name(reading.written(at)) || party_and_state(reading, at)) {
            return false;
        }
        if !reading.shape(at).is_capital() {
            let before = at > self.first && reading.shape(at - 1).is_capital();
            return hyphenated
                && hyphenated_name(reading.written(at))
                && (before || with_article(reading.written(at)));
        }
        if reading.is(at, FIRST_PERSON) && reading.shape(at) != Shape::Upper {
            return false;
        }
        if at > self.first && !reading.quoted(at - 1) && reading.shape(at - 1) != Shape::Mark {
            let named = reading.is(at, MONTH) && reading.alias(at).is_some_and(|(n, _)| n > 1);
            // `Calm returns Although officials doubt it`: a heading was run into the text.
            let runs_on = reading.shape(at) == Shape::Capital
                && reading.is(at, SUBORDINATOR)
                && !reading.is(at, PREPOSITION | TIME);
            let ordinary = reading.is(at, DETERMINER | WEEKDAY | MONTH) || runs_on;
            return !ordinary || named || self.first_name(at);
        }
        // The first word of a sentence, or one after a mark: a capital proves nothing.
        // `Gen. Holm said`.
        let point = usize::from(reading.is(at, TITLE) && reading.mark(at + 1) == b'.');
        let followed = at + 1 + point < self.end && reading.shape(at + 1 + point).is_capital();
        if self.first_name(at) {
            return true;
        }
        // `US officials`: no pronoun.
        let acronym = reading.shape(at) == Shape::Upper && reading.alias(at).is_some();
        if !acronym
            && reading.is(
                at,
                WEEKDAY | MONTH | FUNCTION | DETERMINER | SUBJECT | INTERROGATIVE,
            )
        {
            return false;
        }
        // `Western and Keshan leaders`.
        let belongs = reading.is(at, BELONGING)
            && reading.is(at + 1, AND)
            && reading.is(at + 2, DEMONYM | BELONGING)
            && reading.shape(at + 2).is_capital();
        if belongs || reading.alias(at).is_some() {
            return true;
        }
        let written = reading.written(at);
        // `Celebrations went on`, but `Clements said`.
        let abstract_noun = abstract_noun(written) && !reading.is(at + 1, CUE);
        // `Restricting deliveries would`, but `Beijing said`.
        let gerund = written.ends_with("ing")
            && at + 1 < self.end
            && reading.shape(at + 1) == Shape::Lower
            && !reading.is(at + 1, CUE | VERB | AUXILIARY | MODAL | AND);
        if (written.ends_with("ly") || abstract_noun || gerund) && !followed {
            return false;
        }
        if at > self.first && !reading.is(at, OPENER | CUE) {
            return true;
        }
        let office = reading.is(at, PERSON) && reading.is(at + 1, OF)
            || reading.is(at, BODY) && reading.is(at + 1, BINDER)
            // `Physicians for Life`.
            || reading.is(at, PEOPLE) && reading.word(at + 1) == "for";
        if office && reading.shape(at + 2).is_capital() {
            return true;
        }
        if reading.is(at, OPENER | ADVERB | TIME | CUE | VERB | QUANTITY) {
            return followed && !reading.is(at, ADVERB | TIME | QUANTITY | VERB);
        }
        if reading.is(at, HOLDER | TITLE) {
            let office = reading.is(at + 1, OF) && reading.shape(at + 2).is_capital();
            return followed || office && reading.is(at, PERSON);
        }
        true
    }

    /// Whether a month's name at `at` is a person's (`Jan Holm said`).
    fn first_name(&self, at: usize) -> bool {
        let reading = self.reading;
        let governed = at > self.first && reading.is(at - 1, PREPOSITION | DETERMINER | TIME);
        reading.is(at, MONTH_AND_NAME)
            && !governed
            && at + 1 < self.end
            && reading.shape(at + 1) == Shape::Capital
            && !reading.is(at + 1, TIME | MONTH | WEEKDAY)
            && at + 2 < self.end
            && (reading.is(at + 2, CUE | VERB | AUXILIARY) || reading.shape(at + 2) == Shape::Mark)
    }

    /// Whether a noun phrase can hold the small-letter word `at`, or begin with it.
    pub(super) fn opens(&self, at: usize) -> bool {
        at < self.end && !self.reading.quoted(at) && (self.capital(at) || self.plain(at))
    }

    /// A word that is no name and no function word, nor surely a verb.
    pub(super) fn plain(&self, at: usize) -> bool {
        let reading = self.reading;
        at < self.end
            && !reading.quoted(at)
            && reading.shape(at).is_word()
            && reading.shape(at) != Shape::Possessive
            && !reading.is(
                at,
                FUNCTION | DETERMINER | POSSESSOR | CREDIT | THAT | PHRASE,
            )
            && (!reading.is(at, QUANTITY) || reading.is(at, HOLDER))
            && (reading.is(at, HOLDER) || !reading.written(at).ends_with("ly"))
            && (!reading.is(at, ADVERB | TIME) || reading.is(at, HOLDER))
            && (!reading.is(at, VERB | CUE) || reading.is(at, HOLDER | TITLE))
            && !self.tells(at)
            && !self.qualifies(at)
    }

    /// Whether a word that is a holder of views too is an adjective: no article before it, a noun behind (`firm guarantees`).
    fn qualifies(&self, at: usize) -> bool {
        let reading = self.reading;
        reading.word(at) == "firm"
            && !(at > self.first
                && (reading.is(at - 1, DETERMINER | POSSESSOR) || self.capital(at - 1)))
            && reading.shape(at + 1) == Shape::Lower
            && !reading.is(at + 1, AUXILIARY | MODAL | PREPOSITION | VERB | CUE)
            // `a security firm rejected it`.
            && !reading.written(at + 1).ends_with("ed")
    }

    /// Whether a word that is a holder of views too is a verb behind an apposition (`Ana Riva, the speaker, states that`).
    fn tells(&self, at: usize) -> bool {
        let reading = self.reading;
        at > self.first
            && reading.is(at, CUE)
            && reading.is(at, HOLDER)
            && reading.word(at + 1) == "that"
            && reading.comma(at - 1)
    }

    /// Whether a cue form at `at`, inside a phrase, is a noun (`the peace offer`).
    pub(super) fn noun_here(&self, at: usize, core: usize, determined: bool) -> bool {
        let reading = self.reading;
        let qualifies =
            reading.written(at).ends_with("ly") && reading.written(at + 1).ends_with("ed");
        (at == core
            && determined
            && !qualifies
            && !reading.is(at, AUXILIARY | MODAL | CONJUNCTION | THAT))
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

    /// Whether a paper of the press stands at `at` (`a press release`), and no verb.
    pub(super) fn press_release(&self, at: usize) -> bool {
        at > self.first
            && self.reading.is(at, PAPER)
            && matches!(self.reading.word(at - 1), "press" | "news")
    }

    /// Whether a word that can be noun or verb is a verb after a holder of views (`the army states that`).
    pub(super) fn acts_as_verb(&self, at: usize) -> bool {
        let reading = self.reading;
        let next = at + 1;
        next < self.end
            && (reading.quoted(next)
                || reading.is(next, THAT | DETERMINER | SUBJECT | POSSESSOR | TO)
                || reading.shape(next).is_capital() && !reading.written(at).ends_with("ed")
                || reading.is(next, PREPOSITION)
                    && (next..self.end.min(next + 7)).any(|that| reading.is(that, THAT)))
    }

    /// The apostrophe of a plural owner (`the rebels' spokesman`).
    pub(super) fn plural_possessive(&self, at: usize) -> bool {
        let reading = self.reading;
        matches!(reading.written(at), "'" | "\u{2019}")
            && at > self.first
            && !reading.document.space_before(at)
            && reading.written(at - 1).ends_with('s')
            && self.opens(at + 1)
    }

    /// Whether plain words from `at` on lead to a role or, after a role, to a name.
    pub(super) fn leads_on(&self, at: usize, after_name: bool) -> bool {
        let reach = if after_name { REACH } else { 2 };
        (at..self.end.min(at + reach))
            .take_while(|&next| self.plain(next) || self.capital(next))
            .any(|next| {
                self.reading.is(next, HOLDER) && self.reading.shape(next) == Shape::Lower
                    || !after_name && self.capital(next)
            })
    }
}

/// Whether a word says by a name what something is, and is none (`Kesh-based`, `Norvania-backed`).
fn describes_by_name(written: &str) -> bool {
    written.rsplit_once('-').is_some_and(|(_, last)| {
        matches!(
            last,
            "based"
                | "run"
                | "led"
                | "backed"
                | "controlled"
                | "held"
                | "brokered"
                | "mediated"
                | "occupied"
                | "dominated"
                | "allied"
                | "aligned"
                | "affiliated"
                | "linked"
                | "sponsored"
                | "funded"
                | "trained"
                | "supported"
                | "born"
                | "owned"
        )
    })
}

/// Whether a lawmaker's party and state stand between commas or brackets at `at` (`Senator Dana Holm, D-Maine,`).
fn party_and_state(reading: &Reading<'_>, at: usize) -> bool {
    let mut parts = reading.written(at).split('-');
    let party = parts
        .next()
        .is_some_and(|party| matches!(party, "D" | "R" | "I"));
    let state = parts
        .next()
        .is_some_and(|state| state.starts_with(char::is_uppercase));
    party && state && at > 0 && matches!(reading.mark(at - 1), b',' | b'(')
}

/// Whether a word is an abstract noun by its ending, as few names are (`Celebrations`).
fn abstract_noun(written: &str) -> bool {
    ["tions", "sions", "ments", "ities", "nesses"]
        .iter()
        .any(|ending| written.ends_with(ending))
}

/// A name that begins with an article of its language (`al-Holm said`).
fn with_article(written: &str) -> bool {
    let article = written.split_once('-').map(|(article, _)| article);
    matches!(
        article,
        Some("al" | "el" | "ul" | "as" | "ad" | "ar" | "at" | "an" | "az" | "ash")
    )
}

/// A name that begins with a small word and a hyphen (`al-Holm`).
fn hyphenated_name(written: &str) -> bool {
    written.split_once('-').is_some_and(|(small, rest)| {
        (2..=4).contains(&small.len()) && rest.starts_with(char::is_uppercase)
    })
}
