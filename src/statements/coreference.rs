//! Resolves mentions to the actors of the article, in text order: names by their words, roles by role and owner,
//! pronouns by gender, number and how lately the actor was a subject. It does not find mentions.

use rustc_hash::{FxHashMap, FxHashSet};

use super::caption::Captions;
use super::entity::{Entities, Introduced};
use super::mention::{Mention, Mentions, Range, Sort};
use super::name_match;
use super::named_actor;
use super::reading::Reading;
use super::side::Sides;
use super::statement::ActorKind;
use super::word_class::{
    ALIAS, CUE, Classes, DEMONYM, FEMININE, HE, HOLDER, ISSUED, IT, MASCULINE, PAPER, PEOPLE,
    PERSON, PREPOSITION, QUESTIONER, SHE, STUDY, SUBORDINATOR, THEY, VERB,
};
use crate::text::{Shape, WordId};

/// Most actors that a pronoun can reach back to.
pub(super) const REACH: usize = 10;

/// Resolves mentions one after another.
#[derive(Debug)]
pub(super) struct Resolver<'r, 'd> {
    /// The article.
    pub(super) reading: &'r Reading<'d>,
    /// Its mentions.
    pub(super) mentions: &'r Mentions,
    /// The actors found so far.
    pub(super) entities: Entities,
    /// Sides by nationality.
    pub(super) sides: Sides,
    /// Actors that were subjects, each with the paragraph where, the latest last.
    pub(super) subjects: Vec<(usize, usize)>,
    /// Actors met, each with the paragraph where, the latest last.
    pub(super) met: Vec<(usize, usize)>,
    /// Full names that captions give.
    pub(super) captions: Captions,
    /// The first paragraph that is the article's own.
    pub(super) begins: usize,
    /// The paragraph that is being resolved.
    pub(super) here: usize,
    /// Last words of persons' names anywhere in the article.
    pub(super) surnames: FxHashSet<WordId>,
    /// What acronyms in brackets stand for anywhere in the article.
    pub(super) acronyms: FxHashMap<WordId, Range>,
    /// The state met last, or the holder of an office of it, and the paragraph where.
    pub(super) state: Option<(usize, usize)>,
    /// Who issued the paper met last, and the paragraph where.
    pub(super) paper: Option<(usize, usize)>,
    /// The sentence whose subject issues a paper that was named before it (`In a statement, Kesh said`).
    pub(super) in_paper: Option<usize>,
    /// The token where the last subject stands.
    pub(super) acted_at: usize,
    /// Whom the next pronoun will hardly mean: the subject of what its holder says (`Dana Holm will sign, he said`).
    pub(super) unlike: Option<usize>,
}

impl<'r, 'd> Resolver<'r, 'd> {
    /// A resolver for one article, whose own words begin with paragraph `begins` and whose captions give the names `captions`.
    pub(super) fn new(
        reading: &'r Reading<'d>,
        mentions: &'r Mentions,
        captions: Captions,
        begins: usize,
    ) -> Self {
        Self {
            reading,
            mentions,
            entities: Entities::default(),
            sides: Sides::collect(reading),
            subjects: Vec::new(),
            met: Vec::new(),
            captions,
            begins,
            here: 0,
            surnames: named_actor::surnames(reading, mentions),
            acronyms: acronyms(reading, mentions),
            state: None,
            paper: None,
            in_paper: None,
            acted_at: 0,
            unlike: None,
        }
    }

    /// Whether actor `entity` is one person.
    pub(super) fn is_person(&self, entity: usize) -> bool {
        let own = &self.entities.list[entity];
        own.kind == ActorKind::Person || own.kind == ActorKind::Unnamed && !own.plural && !own.thing
    }

    /// The actor that mention `number` means. Mentions must come in text order; `subject` tells whether it is the
    /// subject of a clause.
    pub(super) fn resolve(&mut self, number: usize, subject: bool) -> Option<usize> {
        let mention = self.mentions.list[number];
        self.here = self.paragraph(mention.tokens.first);
        let found = match mention.sort {
            Sort::Pronoun => self.by_pronoun(mention.classes).or_else(|| {
                let bare = self.bare_name(mention.classes)?;
                let own = &mut self.entities.list[bare];
                (own.kind, own.side) = (ActorKind::Person, None);
                Some(bare)
            }),
            Sort::Name if !subject && self.describes(&mention) => None,
            Sort::Name | Sort::Person => {
                self.meet_owner(number, &mention);
                Some(self.named(&mention, subject))
            }
            Sort::Role | Sort::Thing
                if subject
                    && (self.reading.is(mention.head, PAPER | STUDY)
                        // `figures analysed by Kesh`.
                        || self.reading.is(mention.head, ISSUED)
                            && mention.head > mention.core.first
                            && self.reading.is(mention.head - 1, PAPER | STUDY)) =>
            {
                let issuer = self.issuer(number, &mention);
                Some(issuer.unwrap_or_else(|| self.unnamed(&mention)))
            }
            Sort::Role => {
                self.meet_owner(number, &mention);
                Some(self.role(&mention))
            }
            Sort::Quantity | Sort::Thing if subject => Some(self.unnamed(&mention)),
            Sort::Quantity | Sort::Thing => None,
        };
        if let Some(entity) = found {
            let own = &self.entities.list[entity];
            let office =
                mention.owner.is_some() && own.side.is_some() && self.holds_state_office(&mention);
            if subject && (own.kind == ActorKind::State || office) {
                self.state = Some((entity, self.here));
            }
            remember(&mut self.met, (entity, self.here));
            if subject {
                remember(&mut self.subjects, (entity, self.here));
            }
        }
        self.note_paper(&mention, found.filter(|_| subject));
        found
    }

    /// Whether a name is a nationality that only describes a thing (`Keshan governance of the valley`): nobody is met.
    fn describes(&self, mention: &Mention) -> bool {
        let reading = self.reading;
        let end = mention.tokens.end;
        let alone = end == mention.tokens.first + 1
            && mention.role.is_none()
            && reading.is(mention.tokens.first, DEMONYM)
            && !reading.written(mention.tokens.first).ends_with('s');
        alone && reading.noun(end)
    }

    /// Keeps who issued a paper (`Kesh released a statement`, `In a statement, Kesh said`), whom `the statement` means later; `acts`
    /// is the actor of a mention that is a subject.
    fn note_paper(&mut self, mention: &Mention, acts: Option<usize>) {
        let reading = self.reading;
        let at = mention.tokens.first;
        let sentence = reading.document.sentence_of(at);
        if let Some(entity) = acts {
            if self.in_paper.take() == Some(sentence) {
                self.paper = Some((entity, self.here));
            }
            self.acted_at = at;
            return;
        }
        let paper = reading.is(mention.head, PAPER) && !mention.definite && mention.owner.is_none();
        if !paper {
            return;
        }
        match self.subjects.last() {
            Some(&(entity, _)) if reading.document.sentence_of(self.acted_at) == sentence => {
                self.paper = Some((entity, self.here));
            }
            _ => self.in_paper = (at > 0 && reading.word(at - 1) == "in").then_some(sentence),
        }
    }

    pub(super) fn word_ids(&self, range: Range) -> Vec<WordId> {
        (range.first..name_match::before_suffix(self.reading, range))
            .filter(|&at| self.reading.shape(at).is_word())
            .map(|at| self.reading.bare(at))
            .collect()
    }

    /// The words of `range` with one space between.
    pub(super) fn written(&self, range: Range) -> String {
        let document = self.reading.document;
        let written = document.span(range.first, range.end).of(document.text);
        let tokens = document.tokens.get(range.first..range.end);
        let single = tokens.unwrap_or_default().windows(2).all(|pair| {
            let between = pair[0].end as usize..pair[1].start as usize;
            matches!(&document.text.as_bytes()[between], [] | b" ")
        });
        if single {
            return written.to_owned();
        }
        written.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The last subject, where it has a name of one word and nothing to tell what it is: `he` or `she` says that it is a
    /// person.
    fn bare_name(&self, classes: Classes) -> Option<usize> {
        let &(number, paragraph) = self.subjects.last()?;
        let own = &self.entities.list[number];
        let [word] = own.words.as_slice() else {
            return None;
        };
        let bare = classes & (HE | SHE) != 0
            && paragraph + 1 >= self.here
            && own.kind == ActorKind::Organisation
            && own.roles.is_empty()
            && own.name.chars().nth(1).is_some_and(char::is_lowercase)
            && self.reading.lexis.classes.of(*word) & (HOLDER | ALIAS) == 0;
        bare.then_some(number)
    }

    /// Whether actor `entity`, named at token `at`, is one of whom the holder of the words there tells behind them, by a pronoun
    /// (`Dana Holm will sign, he said`; not `Dana Holm was doubtful: it would fail, she said`).
    pub(super) fn is_told_of(&self, entity: usize, pronoun: &Mention, at: usize) -> bool {
        let own = &self.entities.list[entity];
        let person = pronoun.classes & (HE | SHE) != 0;
        (person || own.words.is_empty() && own.introduced != Introduced::AsKnown)
            && !(at..pronoun.tokens.first)
                .any(|t| matches!(self.reading.mark(t), b';' | b':') && !self.reading.quoted(t))
    }

    pub(super) fn by_pronoun(&self, classes: Classes) -> Option<usize> {
        let fits = |&number: &usize| {
            let own = &self.entities.list[number];
            if own.thing && classes & IT == 0 {
                return false;
            }
            // Whom somebody told is not who speaks next.
            let asks = own.kind == ActorKind::Unnamed
                && own
                    .roles
                    .iter()
                    .any(|&(_, role)| self.reading.lexis.classes.of(role) & QUESTIONER != 0);
            if asks {
                return false;
            }
            let of = |classes: Classes| {
                own.roles
                    .iter()
                    .any(|&(_, role)| self.reading.lexis.classes.of(role) & classes != 0)
            };
            let official =
                own.kind == ActorKind::Unnamed && !own.plural && own.gender == 0 && of(PERSON);
            let person = own.kind == ActorKind::Person
                || own.kind == ActorKind::Unnamed
                    && !own.plural
                    && (of(PERSON | PEOPLE) || !of(HOLDER));
            let gender = own.gender & (FEMININE | MASCULINE);
            if classes & HE != 0 {
                person && gender != FEMININE
            } else if classes & SHE != 0 {
                person && gender != MASCULINE
            } else if classes & IT != 0 {
                !person && !own.plural
            } else if classes & THEY != 0 {
                // `one official said. ... they added`.
                own.plural
                    || official
                    || matches!(
                        own.kind,
                        ActorKind::Organisation | ActorKind::State | ActorKind::Office
                    )
            } else {
                false
            }
        };
        let latest = |list: &[(usize, usize)], near: bool| {
            list.iter()
                .rev()
                .take(REACH)
                .take_while(|(_, paragraph)| !near || *paragraph == self.here)
                .map(|&(number, _)| number)
                .find(|number| fits(number))
        };
        // `Dana Holm will sign, he said`: another one who acted in the paragraph, if there is one.
        let other = self.unlike.and_then(|unlike| {
            let near = usize::from(self.entities.list[unlike].words.is_empty());
            let acted = self.subjects.iter().rev().take(REACH);
            acted
                .take_while(|(_, paragraph)| *paragraph + near >= self.here)
                .map(|&(number, _)| number)
                .find(|number| *number != unlike && fits(number))
        });
        if other.is_some() {
            return other;
        }
        // Someone of the same paragraph goes before a subject of an earlier one, where the pronoun is one person's.
        let person = classes & (HE | SHE) != 0;
        latest(&self.subjects, true)
            .or_else(|| latest(&self.met, true).filter(|_| person))
            .or_else(|| latest(&self.subjects, false))
            .or_else(|| latest(&self.met, false))
    }
}

fn acronyms(reading: &Reading<'_>, mentions: &Mentions) -> FxHashMap<WordId, Range> {
    let named = |mention: &Mention| Some((reading.token(mention.acronym?).word, mention.name?));
    mentions.list.iter().filter_map(named).collect()
}

fn remember(list: &mut Vec<(usize, usize)>, entity: (usize, usize)) {
    if list.last() != Some(&entity) {
        list.push(entity);
    }
}

/// Whether mention `number` is the person whose words open the passage that begins at `from` (`Holm's remarks came as`, `The remarks
/// by Dana Holm are`), so that what follows tells of her.
pub(super) fn leads_by_words(
    reading: &Reading<'_>,
    mentions: &Mentions,
    number: usize,
    from: usize,
) -> bool {
    let mention = &mentions.list[number];
    let person = matches!(mention.sort, Sort::Person | Sort::Name);
    let outer = number
        .checked_sub(1)
        .map(|before| &mentions.list[before])
        .filter(|outer| person && outer.sort == Sort::Thing && outer.tokens.first <= from + 1);
    outer.is_some_and(|outer| {
        let owns = mention.inside && mention.tokens.first == outer.tokens.first;
        let by = outer.tokens.end;
        owns || mention.tokens.first == by + 1 && matches!(reading.word(by), "by" | "from")
    })
}

/// Whether mention `number` can be a subject: nothing governs it. Used for sentences without a claim.
pub(super) fn stands_free(reading: &Reading<'_>, mention: &Mention, from: usize) -> bool {
    let first = mention.tokens.first;
    let end = mention.tokens.end;
    // `On a late Zoom briefing`: the name tells which briefing.
    let tells = mention.sort == Sort::Name
        && mention.role.is_none()
        && first > from
        && reading.shape(first - 1).is_word()
        && reading.noun(end)
        && !reading.written(end).ends_with("ed");
    !mention.inside
        && !tells
        && mention.sort != Sort::Thing
        && (first <= from
            || reading.is(first - 1, SUBORDINATOR)
            || !(reading.is(first - 1, PREPOSITION)
                || reading.written(first - 1).ends_with("ing")
                    && reading.is(first - 1, VERB | CUE)))
        && (mention.sort == Sort::Pronoun
            || reading.is(mention.head, PERSON | HOLDER)
            || reading.shape(mention.head) != Shape::Lower)
}
