//! Names known beforehand: states, nationalities, capitals, seats of government, movements, bodies. Reads the alias
//! format (`en/aliases.tsv`) and finds its names in a token list. It does not resolve mentions.

use super::statement::ActorKind;
use super::word_class::{ALIAS, ClassTable, DEMONYM};
use crate::text::token::tokenize;
use crate::text::{Shape, Token, WordId, WordTable, entries};

pub(super) const FILE: &str = include_str!("en/aliases.tsv");

/// What sort of thing a known name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AliasSort {
    /// A country.
    State,
    /// A nationality: gives a side, is no actor.
    Demonym,
    /// The capital of a state.
    Capital,
    /// A palace, ministry or army that speaks for a state.
    Seat,
    /// An armed movement.
    Movement,
    /// An international body, a charity, an institute.
    Body,
    /// A newspaper, agency or broadcaster: hands on what others say.
    Medium,
    /// A person.
    Person,
}

impl AliasSort {
    /// The sort of actor that the name stands for.
    pub(super) const fn actor(self) -> ActorKind {
        match self {
            Self::State | Self::Demonym | Self::Capital => ActorKind::State,
            Self::Seat => ActorKind::Office,
            Self::Movement | Self::Body | Self::Medium => ActorKind::Organisation,
            Self::Person => ActorKind::Person,
        }
    }
}

/// A known name.
#[derive(Clone, Debug)]
pub(super) struct Alias {
    /// The canonical name.
    pub(super) name: String,
    /// What it means.
    pub(super) sort: AliasSort,
    /// The side it speaks for.
    pub(super) side: Option<String>,
}

#[derive(Clone, Debug)]
struct Variant {
    words: Vec<WordId>,
    alias: usize,
    /// An acronym: only capitals match, so that `us` is not `US`.
    acronym: bool,
}

/// All known names, by their first word.
#[derive(Clone, Debug, Default)]
pub(super) struct Aliases {
    known: Vec<Alias>,
    /// Sorted by first word, then longest first.
    variants: Vec<Variant>,
    /// By number of the first word: where its variants begin, and how many there are.
    by_word: Vec<(u32, u32)>,
    /// The number of the first demonym of each state, sorted by state.
    demonyms: Vec<usize>,
}

impl Aliases {
    /// Reads the shipped file and then `user`, whose names win over shipped ones.
    pub(super) fn read(user: &str, words: &mut WordTable, classes: &mut ClassTable) -> Self {
        let mut this = Self::default();
        let own = user
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        for line in own {
            this.add(line, words, classes);
        }
        for line in entries(FILE) {
            this.add(line, words, classes);
        }
        // A stable sort keeps the user's names before shipped ones of the same words.
        this.variants
            .sort_by(|a, b| (a.words[0], b.words.len()).cmp(&(b.words[0], a.words.len())));
        for (at, variant) in this.variants.iter().enumerate() {
            let word = variant.words[0].index();
            if this.by_word.len() <= word {
                this.by_word.resize(word + 1, (0, 0));
            }
            let entry = &mut this.by_word[word];
            if entry.1 == 0 {
                entry.0 = u32::try_from(at).unwrap_or(u32::MAX);
            }
            entry.1 += 1;
        }
        this.demonyms = (0..this.known.len())
            .filter(|&at| this.known[at].sort == AliasSort::Demonym)
            .collect();
        let known = &this.known;
        this.demonyms
            .sort_by(|&a, &b| known[a].side.cmp(&known[b].side));
        this
    }

    /// The first nationality that the list has for the state `state` (`Sudan`: `Sudanese`).
    pub(super) fn nationality(&self, state: &str) -> Option<&str> {
        let first = self
            .demonyms
            .partition_point(|&at| self.known[at].side.as_deref() < Some(state));
        self.demonyms
            .get(first)
            .map(|&at| &self.known[at])
            .filter(|demonym| demonym.side.as_deref() == Some(state))
            .map(|demonym| demonym.name.as_str())
    }

    fn add(&mut self, line: &str, words: &mut WordTable, classes: &mut ClassTable) {
        let mut fields = line.split('\t').map(str::trim);
        let (Some(name), Some(sort)) = (fields.next(), fields.next().and_then(sort_of)) else {
            return;
        };
        let side = fields
            .next()
            .filter(|side| !side.is_empty() && *side != "-")
            .map(str::to_owned);
        let alias = self.known.len();
        self.known.push(Alias {
            name: name.to_owned(),
            sort,
            side,
        });
        let others = fields.next().unwrap_or_default();
        for form in std::iter::once(name).chain(others.split('|')) {
            let mut tokens = Vec::new();
            tokenize(form, words, &mut tokens);
            let Some(first) = tokens.first() else {
                continue;
            };
            classes.add(first.word, ALIAS);
            if sort == AliasSort::Demonym && tokens.len() == 1 {
                classes.add(first.word, DEMONYM);
            }
            self.variants.push(Variant {
                acronym: tokens.len() == 1 && first.shape == Shape::Upper,
                words: tokens.iter().map(|token| token.word).collect(),
                alias,
            });
        }
    }

    /// The longest known name at the head of `tokens`, with its number of tokens.
    pub(super) fn at(&self, tokens: &[Token]) -> Option<(usize, &Alias)> {
        let head = tokens.first()?;
        if !head.shape.is_capital() {
            return None;
        }
        let (first, count) = self.by_word.get(head.word.index()).copied()?;
        self.variants[first as usize..][..count as usize]
            .iter()
            .find(|variant| {
                tokens.len() >= variant.words.len()
                    && (!variant.acronym || head.shape == Shape::Upper)
                    && variant
                        .words
                        .iter()
                        .zip(tokens)
                        .all(|(word, token)| *word == token.word)
            })
            .map(|variant| (variant.words.len(), &self.known[variant.alias]))
    }
}

fn sort_of(name: &str) -> Option<AliasSort> {
    Some(match name {
        "state" => AliasSort::State,
        "demonym" => AliasSort::Demonym,
        "capital" => AliasSort::Capital,
        "seat" => AliasSort::Seat,
        "movement" => AliasSort::Movement,
        "body" => AliasSort::Body,
        "medium" => AliasSort::Medium,
        "person" => AliasSort::Person,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, user: &str) -> Option<(usize, String, Option<String>)> {
        let mut words = WordTable::new();
        let aliases = Aliases::read(user, &mut words, &mut ClassTable::default());
        let mut tokens = Vec::new();
        tokenize(text, &mut words, &mut tokens);
        aliases
            .at(&tokens)
            .map(|(n, alias)| (n, alias.name.clone(), alias.side.clone()))
    }

    #[test]
    fn every_line_of_the_file_has_a_known_type() {
        for line in entries(FILE) {
            assert!(
                line.split('\t').nth(1).and_then(sort_of).is_some(),
                "{line}"
            );
        }
    }

    #[test]
    fn the_longest_name_wins() {
        let (n, name, _) = found("South Sudan said", "").unwrap();
        assert_eq!((n, name.as_str()), (2, "South Sudan"));
    }

    #[test]
    fn an_acronym_matches_capitals_only() {
        assert!(found("us", "").is_none());
        assert_eq!(found("US", "").unwrap().1, "United States");
    }

    #[test]
    fn the_users_names_win() {
        let own = "Free North\tmovement\tNorthland\tFN|Paris";
        assert_eq!(found("Paris", own).unwrap().1, "Free North");
        assert_eq!(found("FN", own).unwrap().2.as_deref(), Some("Northland"));
    }
}
