//! Who does what to what: the nearest subject before a predicate class, its polarity, and the first class behind it.
//! It finds parts of frames in tagged tokens; it does not parse sentences.

use super::lexicon::{Classes, Lexicon};
use super::view::Symbol;

/// The grammatical person of the nearest possible subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// I, we.
    Me,
    /// A name of the actor or its side.
    Own,
    /// Another name.
    Other,
    /// he, she.
    He,
    /// they.
    Third,
    /// it.
    It,
    /// you.
    You,
    /// both, all, sides, parties.
    All,
    /// nobody, none, neither.
    Nobody,
    /// None found.
    Missing,
}

impl Subject {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Me => "I/we",
            Self::Own => "own side",
            Self::Other => "other",
            Self::He => "he/she",
            Self::Third => "they",
            Self::It => "it",
            Self::You => "you",
            Self::All => "both sides",
            Self::Nobody => "nobody",
            Self::Missing => "someone",
        }
    }

    /// The subject that a word of the language can be.
    pub(super) fn of(word: &str) -> Option<Self> {
        match word {
            "i" | "we" | "us" | "our" | "me" | "my" | "i'm" | "we're" | "we'll" | "i'll"
            | "we've" | "i've" | "ours" => Some(Self::Me),
            "he" | "she" | "his" | "her" | "him" | "he's" | "she's" | "he'd" | "she'd" => {
                Some(Self::He)
            }
            "they" | "them" | "their" | "they're" | "they've" | "they'll" | "they'd" => {
                Some(Self::Third)
            }
            "it" | "its" | "this" | "that" | "which" | "it's" => Some(Self::It),
            "you" | "your" | "you're" => Some(Self::You),
            "both" | "all" | "parties" | "sides" | "everyone" | "everybody" => Some(Self::All),
            "nobody" | "none" | "neither" | "no-one" => Some(Self::Nobody),
            _ => None,
        }
    }
}

/// Classes that govern others: predicates and their objects; the small classes of function words do not make frames.
#[derive(Clone, Copy, Debug)]
pub(super) struct Roles {
    negators: Classes,
    implicatives: Classes,
    only: Classes,
    raising: Classes,
    function: Classes,
}

/// How many words a negator reaches.
const REACH: usize = 5;

/// How many words it reaches through a verb of thinking: "we do not think that the plan is fair" negates "fair".
const RAISED: usize = 10;

impl Roles {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        Self {
            negators: lexicon.set(&["NEG"]),
            implicatives: lexicon.set(&["NEGIMP"]),
            only: lexicon.set(&["NOTONLY"]),
            raising: lexicon.set(&["THINK"]),
            function: lexicon.set(&[
                "NEG", "NEGIMP", "NOTONLY", "BUT", "CONCESS", "INSTEAD", "IF", "WHETHER", "INTENS",
                "WILL", "IMMED", "LATER", "HEDGE", "NECESS", "SAYNEUT", "SAYHARD", "STRESS",
                "THINK",
            ]),
        }
    }

    /// Whether each token is negated: a negator (not, no, never) or a verb that negates what follows it (fail to, refuse
    /// to) stands at most five words before it, with no stop between, but not both: "did not refuse to sign" signs.
    pub(super) fn negated(
        &self,
        tags: &[Classes],
        symbols: &[Symbol],
        stops: &[bool],
        out: &mut Vec<bool>,
    ) {
        out.clear();
        let (mut negator, mut implicative) = (0_usize, 0_usize);
        for at in 0..tags.len() {
            if stops[at] {
                (negator, implicative) = (0, 0);
            }
            out.push((negator > 0) != (implicative > 0));
            if symbols[at] != Symbol::Mark {
                negator = negator.saturating_sub(1);
                implicative = implicative.saturating_sub(1);
            }
            if tags[at].meets(self.implicatives) {
                implicative = REACH;
            } else if negator > 0 && tags[at].meets(self.raising) {
                negator = RAISED;
            } else if tags[at].meets(self.negators) && !tags[at].meets(self.only) {
                negator = REACH;
            }
        }
    }

    /// The classes of `tags` that can be predicates or objects.
    pub(super) const fn content(&self, tags: Classes) -> Classes {
        Classes(tags.0 & !self.function.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::sense::Senses;
    use crate::features::tags::Tags;
    use crate::text::{Document, WordTable};

    /// The words of `text` that are negated.
    fn negated(text: &str) -> Vec<&str> {
        let mut words = WordTable::new();
        let document = Document::read(text, &mut words);
        let mut senses = Senses::new(Lexicon::new(None).unwrap());
        let roles = Roles::new(&senses.lexicon);
        let n_tokens = document.tokens.len();
        let (mut all, mut tags, mut out) = (Tags::default(), Vec::new(), Vec::new());
        all.read(&mut senses, &document, &words, (0, n_tokens));
        all.within(0, n_tokens, &mut tags);
        let mark = |at: usize| document.tokens[at].shape == crate::text::Shape::Mark;
        let symbols: Vec<_> = (0..n_tokens)
            .map(|at| if mark(at) { Symbol::Mark } else { Symbol::Word })
            .collect();
        let stops: Vec<_> = (0..n_tokens).map(mark).collect();
        roles.negated(&tags, &symbols, &stops, &mut out);
        (0..n_tokens)
            .filter(|&at| out[at] && !mark(at))
            .map(|at| document.tokens[at].of(text))
            .collect()
    }

    #[test]
    fn a_negator_reaches_five_words_or_to_the_next_mark() {
        assert_eq!(
            negated("she will never sign the paper they sent over, ever"),
            ["sign", "the", "paper", "they", "sent"]
        );
        assert_eq!(negated("we never sign, and they know"), ["sign"]);
    }

    #[test]
    fn a_negated_refusal_negates_nothing_behind_it() {
        // "refuse" is within reach of "never", what follows within reach of both.
        assert_eq!(negated("they never refuse to sign"), ["refuse"]);
        assert_eq!(negated("they refuse to sign"), ["to", "sign"]);
    }

    #[test]
    fn not_only_negates_nothing() {
        assert!(negated("not only sign").is_empty());
    }

    #[test]
    fn a_negator_reaches_through_a_verb_of_thinking() {
        // Ten words behind "think".
        assert_eq!(
            negated("they never think a b c d e f g h i j k"),
            ["think", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
        );
    }
}
