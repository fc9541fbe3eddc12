//! What each distinct word is to the feature function: its classes, its stem, what it can be. Computed when a word is first
//! met and kept across articles, by word number. It does not look at any text.

use rust_stemmers::{Algorithm, Stemmer};

use super::frame::Subject;
use super::key;
use super::lexicon::{Classes, Element, Lexicon, ROOT};
use super::view::{self, Symbol};
use crate::text::{Token, WordId, WordTable};

/// What is known of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sense {
    /// Classes of the patterns that are this word alone.
    pub(super) classes: Classes,
    /// Hash of its stem.
    pub(super) stem: u64,
    /// Its elements in the lexicon, as a range of [`Senses::elements`].
    elements: (u32, u32),
    /// The lexicon's nodes behind it from which longer patterns go on, as a range of [`Senses::starts`].
    starts: (u32, u32),
    /// A set of the traits below.
    traits: u8,
    /// The subject that it can be where it is a word of the language.
    pub(super) subject: Option<Subject>,
}

/// The word was met.
const MET: u8 = 1;
/// A common word that is no name of anyone.
pub(super) const COMMON: u8 = 1 << 1;
/// It keeps its meaning when written with a capital.
pub(super) const NEVER_A_NAME: u8 = 1 << 2;
/// It stands inside names.
pub(super) const PARTICLE: u8 = 1 << 3;
/// A hyphen stands in it, or no Latin letter: how it is written tells whether it is a name.
pub(super) const ODD: u8 = 1 << 4;
/// It can stand between a truce and whose truce it is.
pub(super) const PREPOSITION: u8 = 1 << 5;

impl Sense {
    /// Whether the word has one of `traits`.
    pub(super) const fn is(&self, traits: u8) -> bool {
        self.traits & traits != 0
    }
}

/// What is known of all words met so far.
pub(super) struct Senses {
    pub(super) lexicon: Lexicon,
    stemmer: Stemmer,
    known: Vec<Sense>,
    elements: Vec<Element>,
    starts: Vec<u32>,
}

/// Stem hashes of what stands in a word's place.
pub(super) const NAME: u64 = key::word(b"<name>");
const OWN: u64 = key::word(b"<own>");
const NUMBER: u64 = key::word(b"<number>");

impl Senses {
    pub(super) fn new(lexicon: Lexicon) -> Self {
        Self {
            lexicon,
            stemmer: Stemmer::create(Algorithm::English),
            known: Vec::new(),
            elements: Vec::new(),
            starts: Vec::new(),
        }
    }

    /// Learns the words of `tokens` that it has not met.
    pub(super) fn learn(&mut self, tokens: &[Token], words: &WordTable) {
        if self.known.len() < words.len() {
            self.known.resize(words.len(), Sense::default());
        }
        for token in tokens {
            if !self.known[token.word.index()].is(MET) {
                self.known[token.word.index()] = self.sense(words.word(token.word));
            }
        }
    }

    fn sense(&mut self, word: &str) -> Sense {
        let from = self.elements.len();
        let start = self.starts.len() as u32;
        self.lexicon.elements_of(word, &mut self.elements);
        let mut sense = Sense {
            stem: key::word(stem(&self.stemmer, word).as_bytes()),
            elements: (from as u32, self.elements.len() as u32),
            starts: (start, start),
            traits: MET,
            subject: Subject::of(word),
            ..Sense::default()
        };
        for &element in &self.elements[from..] {
            if let Some(node) = self.lexicon.next(ROOT, element) {
                sense.classes.add(self.lexicon.classes(node));
                if self.lexicon.goes_on(node) {
                    self.starts.push(node);
                }
            }
        }
        sense.starts.1 = self.starts.len() as u32;
        for (holds, one) in [
            (view::is_common(word), COMMON),
            (view::never_a_name(word), NEVER_A_NAME),
            (view::is_particle(word), PARTICLE),
            (word.contains('-') || !view::has_latin(word), ODD),
            (super::matter::is_preposition(word), PREPOSITION),
        ] {
            if holds {
                sense.traits |= one;
            }
        }
        sense
    }

    /// What is known of a word that was learnt.
    pub(super) fn of(&self, word: WordId) -> &Sense {
        &self.known[word.index()]
    }

    /// The lexicon's elements that a word can stand for.
    pub(super) fn elements(&self, word: WordId) -> &[Element] {
        let (from, to) = self.of(word).elements;
        &self.elements[from as usize..to as usize]
    }

    /// The lexicon's nodes behind a word from which longer patterns go on.
    pub(super) fn starts(&self, word: WordId) -> &[u32] {
        let (from, to) = self.of(word).starts;
        &self.starts[from as usize..to as usize]
    }

    /// Forgets the words after the first `keep`; must follow [`WordTable::forget_after`].
    pub(super) fn forget_after(&mut self, keep: usize) {
        self.known.truncate(keep);
        let kept = |end: fn(&Sense) -> u32| self.known.iter().map(end).max().unwrap_or(0) as usize;
        let (elements, starts) = (kept(|sense| sense.elements.1), kept(|sense| sense.starts.1));
        self.elements.truncate(elements);
        self.starts.truncate(starts);
    }

    /// Hash of what the model sees of a token; `None` for marks and possessive endings.
    pub(super) fn stem(&self, word: WordId, symbol: Symbol) -> Option<u64> {
        match symbol {
            Symbol::Word => Some(self.of(word).stem),
            Symbol::Own => Some(OWN),
            Symbol::Name => Some(NAME),
            Symbol::Number => Some(NUMBER),
            Symbol::Possessive | Symbol::Mark => None,
        }
    }

    /// The stem of `word` as it is shown in an explanation.
    pub(super) fn shown(&self, word: &str, symbol: Symbol) -> String {
        match symbol {
            Symbol::Word => stem(&self.stemmer, word),
            Symbol::Own => "OWN-NAME".to_owned(),
            Symbol::Name => "NAME".to_owned(),
            Symbol::Number => "NUMBER".to_owned(),
            Symbol::Possessive | Symbol::Mark => String::new(),
        }
    }
}

fn stem(stemmer: &Stemmer, word: &str) -> String {
    match stemmer.stem(word).as_ref() {
        // British and hyphenated spellings of the word that matters most.
        "cease-fir" | "cease-fire" => "ceasefir".to_owned(),
        stem => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Document;

    #[test]
    fn words_are_known_again_after_others_were_forgotten() {
        let mut words = WordTable::new();
        let mut senses = Senses::new(Lexicon::new(Some("zork plan\tZORK")).unwrap());
        let document = Document::read("the truce", &mut words);
        senses.learn(&document.tokens, &words);
        let truce = words.find("truce").unwrap();
        let passing = Document::read("zork", &mut words);
        senses.learn(&passing.tokens, &words);
        assert_eq!(senses.starts(passing.tokens[0].word).len(), 1);
        words.forget_after(2);
        senses.forget_after(2);
        let next = Document::read("norvania", &mut words);
        senses.learn(&next.tokens, &words);
        assert!(senses.starts(next.tokens[0].word).is_empty());
        assert_eq!(senses.of(truce).stem, key::word(b"truce"));
    }
}
