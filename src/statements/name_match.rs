//! Finds the actor of the article whose name a name is another form of: its last word, its acronym, its initials, another
//! spelling. It does not make actors.

use super::alias::AliasSort;
use super::coreference::{REACH, Resolver};
use super::entity::Entity;
use super::mention::{Mention, Range, Sort};
use super::reading::{Reading, article_off};
use super::statement::ActorKind;
use super::word_class::{BODY, LANDMARK, OFFICE, PERSON, STATE, STATE_OFFICE};
use crate::text::{Shape, WordId};

impl Resolver<'_, '_> {
    /// A known actor whose name has these words: all of them, or its last, or its acronym.
    pub(super) fn same_name(
        &self,
        words: &[WordId],
        mention: &Mention,
        side: Option<&str>,
    ) -> Option<usize> {
        let last = *words.last()?;
        // `Israel` is no short form of `Israel Radio`.
        let known = mention
            .name
            .is_some_and(|name| self.reading.alias(name.first).is_some());
        let sure = known || mention.owner.is_some();
        if let Some(person) = self.by_first_surname(words).filter(|_| !known) {
            return Some(person);
        }
        let found = self.entities.by_word(last).find(|&number| {
            let own = &self.entities.list[number];
            let of_another = sure
                && own.kind != ActorKind::Person
                && side.is_some()
                && own.side.is_some()
                && own.side.as_deref() != side;
            if own.words.is_empty() || of_another {
                return false;
            }
            if own.words == words {
                return true;
            }
            let (short, long) = if words.len() < own.words.len() {
                (words, own.words.as_slice())
            } else {
                (own.words.as_slice(), words)
            };
            let person = own.kind == ActorKind::Person || mention.sort == Sort::Person;
            if short.len() == 1 && words.len() == 1 && self.is_noun_of_body(words[0]) {
                // `the Committee`: any body whose name has the word.
                // `the Army` is the state's, whatever movement has the word in its name.
                let state_office = self.reading.is(mention.head, STATE_OFFICE)
                    && own.kind == ActorKind::Organisation;
                return own.kind != ActorKind::Person
                    && !state_office
                    && mention.definite
                    && long.contains(&words[0]);
            }
            let acronym = words.len() == 1 && !long.contains(&short[0]);
            acronym
                || long.ends_with(short) && (person || short.len() > 1)
                || words.len() == 1
                    && short.len() == 1
                    && !known
                    && long.first() == short.first()
                    // `Holm` is not the Holm Tower.
                    && long.last().is_none_or(|&last| {
                        self.reading.lexis.classes.of(last) & LANDMARK == 0
                    })
                    && (person || own.kind == ActorKind::Organisation)
                || short.len() > 1
                    && long.last() == short.last()
                    && short.iter().all(|word| long.contains(word))
        });
        let found = found.or_else(|| {
            let acronym = self.reading.token(mention.acronym?).word;
            self.entities
                .by_word(acronym)
                .find(|&number| self.entities.list[number].words == [acronym])
        });
        let found = found.or_else(|| self.by_initials(words, mention));
        let found = found.or_else(|| self.by_acronym(words, mention));
        let found = found.or_else(|| self.by_spelling(words, mention));
        found.or_else(|| {
            let name = mention.name?;
            let (n, alias) = self.reading.alias(name.first)?;
            if alias.sort == AliasSort::Demonym
                || n != name.end - name.first
                || mention.owner.is_some()
            {
                return None;
            }
            self.entities.latest().find(|&number| {
                let own = &self.entities.list[number];
                own.kind == alias.sort.actor() && own.name == alias.name
            })
        })
    }

    /// The person who acted lately and whose first surname of two a single word is (`Ana María Holm Vale`, then `Holm`).
    fn by_first_surname(&self, words: &[WordId]) -> Option<usize> {
        let &[word] = words else { return None };
        let acted = self.subjects.iter().rev().take(REACH);
        acted.map(|&(number, _)| number).find(|&number| {
            let own = &self.entities.list[number];
            own.kind == ActorKind::Person
                && own.words.len() > 2
                && own.words[own.words.len() - 2] == word
        })
    }

    /// A person whose name was written a little otherwise (`Mikhail Holm`, `Mikheil Holm`).
    fn by_spelling(&self, words: &[WordId], mention: &Mention) -> Option<usize> {
        if words.len() < 2 || mention.sort != Sort::Person {
            return None;
        }
        let written = |word: WordId| {
            let word = self.reading.words.word(word);
            article_off(word).unwrap_or(word)
        };
        self.entities.latest().find(|&number| {
            let own = &self.entities.list[number];
            own.kind == ActorKind::Person
                && own.words.len() == words.len()
                && own
                    .words
                    .iter()
                    .zip(words)
                    .all(|(&one, &other)| one == other || alike(written(one), written(other)))
        })
    }

    /// A known acronym whose letters are the initials of a name (`FRK`, then `the Front for the Renewal of Kesh`).
    fn by_acronym(&self, words: &[WordId], mention: &Mention) -> Option<usize> {
        if mention.sort != Sort::Name || words.len() < 3 {
            return None;
        }
        self.entities
            .latest()
            .find(|&number| self.spells_out(words, &self.entities.list[number]))
    }

    /// Whether the words of a name have the letters of an acronym, by which `own` is known, as their initials.
    pub(super) fn spells_out(&self, words: &[WordId], own: &Entity) -> bool {
        let [acronym] = own.words.as_slice() else {
            return false;
        };
        let letters = self.reading.words.word(*acronym);
        let capitals = own.name.chars().filter(|c| c.is_uppercase()).count();
        own.kind != ActorKind::Person
            && capitals > 1
            && (3..=6).contains(&letters.len())
            && words.len() >= letters.len()
            && self.initials(words).eq(letters.chars())
    }

    /// The first letters of the words of a name, small words left out.
    fn initials(&self, words: &[WordId]) -> impl Iterator<Item = char> {
        words
            .iter()
            .map(|&word| self.reading.words.word(word))
            .map(|word| article_off(word).unwrap_or(word))
            .filter(|word| !matches!(*word, "of" | "the" | "for" | "and" | "in"))
            .filter_map(|word| word.chars().next())
    }

    /// A known body whose initials an acronym gives (`FRK`: Front for the Renewal of Kesh).
    fn by_initials(&self, words: &[WordId], mention: &Mention) -> Option<usize> {
        let [word] = words else { return None };
        let reading = self.reading;
        if reading.shape(mention.name?.first) != Shape::Upper {
            return None;
        }
        let letters = reading.words.word(*word);
        if !(3..=6).contains(&letters.len()) {
            return None;
        }
        self.entities.latest().find(|&number| {
            let own = &self.entities.list[number];
            own.words.len() >= letters.len() && self.initials(&own.words).eq(letters.chars())
        })
    }

    pub(super) fn is_noun_of_body(&self, word: WordId) -> bool {
        let classes = self.reading.lexis.classes.of(word);
        classes & (BODY | OFFICE | STATE) != 0 && classes & PERSON == 0
    }
}

/// Whether two long words differ in one letter, or in two that stand together, and not in the first.
fn alike(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let head = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let rest = short[head..].iter().rev().zip(long[head..].iter().rev());
    let tail = rest.take_while(|(a, b)| a == b).count();
    short.len() >= 6 && head > 0 && long.len() - head - tail <= 2
}

/// Where a name ends without what tells a son from his father (`Dana Holm Jr.`).
pub(super) fn before_suffix(reading: &Reading<'_>, name: Range) -> usize {
    let end = (name.first..name.end)
        .rev()
        .find(|&at| reading.shape(at).is_word())
        .filter(|&at| at > name.first);
    end.filter(|&at| matches!(reading.word(at), "jr" | "jr." | "sr" | "sr." | "ii" | "iii"))
        .unwrap_or(name.end)
}
