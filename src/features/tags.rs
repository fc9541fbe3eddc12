//! The word classes of an article's tokens, found once for all of its statements: a statement sees the patterns that lie
//! within it. It walks the lexicon's trie and does not know what classes mean.

use super::lexicon::Classes;
use super::sense::Senses;
use crate::text::glyph::{self, Marks};
use crate::text::{Document, Shape, WordTable};

/// Marks that a phrase goes on behind.
const PASSED_OVER: Marks = Marks::of(&[
    b'"',
    glyph::OPENING,
    glyph::CLOSING,
    b'\'',
    glyph::OPENING_SINGLE,
    glyph::CLOSING_SINGLE,
    b',',
]);

/// Classes by token.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags {
    /// The first token that was looked at.
    first: usize,
    /// Classes of the patterns of one word, by token from `first` on.
    single: Vec<Classes>,
    /// The longer patterns, in the order of their first tokens.
    phrases: Vec<Phrase>,
}

/// A pattern of several words at its place.
#[derive(Clone, Copy, Debug)]
struct Phrase {
    first: usize,
    end: usize,
    classes: Classes,
}

impl Tags {
    /// Finds the patterns in the tokens `first..end` of `document`, keeping no others. Takes time linear in their number.
    pub(super) fn read(
        &mut self,
        senses: &mut Senses,
        document: &Document<'_>,
        words: &WordTable,
        (first, end): (usize, usize),
    ) {
        senses.learn(&document.tokens[first..end], words);
        self.first = first;
        self.single.clear();
        self.single.reserve(end - first);
        self.phrases.clear();
        for (at, token) in (first..end).zip(&document.tokens[first..end]) {
            if !token.shape.is_word() {
                self.single.push(Classes::default());
                continue;
            }
            self.single.push(senses.of(token.word).classes);
            for &node in senses.starts(token.word) {
                self.go_on(senses, document, node, (at, at + 1, end));
            }
        }
    }

    /// Follows the patterns at `node` of the trie, which began at token `first`, from token `at` on.
    fn go_on(
        &mut self,
        senses: &Senses,
        document: &Document<'_>,
        node: u32,
        (first, mut at, end): (usize, usize, usize),
    ) {
        while at < end && passed_over(document, at) {
            at += 1;
        }
        if at >= end {
            return;
        }
        let own = senses.elements(document.tokens[at].word).iter();
        let own = own.filter_map(|&element| senses.lexicon.next(node, element));
        for next in own.chain(senses.lexicon.next_of_any(node)) {
            let classes = senses.lexicon.classes(next);
            if !classes.is_empty() {
                self.phrases.push(Phrase {
                    first,
                    end: at + 1,
                    classes,
                });
            }
            if senses.lexicon.goes_on(next) {
                self.go_on(senses, document, next, (first, at + 1, end));
            }
        }
    }

    /// The phrases that begin at one of the tokens `first..end` and end there.
    fn phrases(&self, first: usize, end: usize) -> impl Iterator<Item = &Phrase> {
        let from = self.phrases.partition_point(|phrase| phrase.first < first);
        self.phrases[from..]
            .iter()
            .take_while(move |phrase| phrase.first < end)
            .filter(move |phrase| phrase.end <= end)
    }

    /// Writes the classes of the patterns within the tokens `first..end` into `tags`: one set a token. All classes of a
    /// phrase stand at its first token.
    pub(super) fn within(&self, first: usize, end: usize, tags: &mut Vec<Classes>) {
        tags.clear();
        tags.extend_from_slice(&self.single[first - self.first..end - self.first]);
        for phrase in self.phrases(first, end) {
            tags[phrase.first - first].add(phrase.classes);
        }
    }

    /// All classes of the patterns within the tokens `first..end`.
    pub(super) fn all(&self, first: usize, end: usize) -> Classes {
        let mut all = Classes::default();
        for tags in &self.single[first - self.first..end - self.first] {
            all.add(*tags);
        }
        for phrase in self.phrases(first, end) {
            all.add(phrase.classes);
        }
        all
    }
}

/// Whether a phrase goes on behind token `at`: a quotation mark, a comma or a possessive ending.
fn passed_over(document: &Document<'_>, at: usize) -> bool {
    let token = &document.tokens[at];
    token.shape == Shape::Possessive || PASSED_OVER.has(token.glyph)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::lexicon::Lexicon;

    /// The classes of the tokens of `text`, of which only the first `n` are seen.
    fn tagged_within(text: &str, n: usize) -> Vec<String> {
        let mut words = WordTable::new();
        let document = Document::read(text, &mut words);
        let lexicon = Lexicon::new(Some("zork* the _ plan\tZORK")).unwrap();
        let mut senses = Senses::new(lexicon);
        let (mut all, mut tags) = (Tags::default(), Vec::new());
        all.read(&mut senses, &document, &words, (0, document.tokens.len()));
        all.within(0, n.min(document.tokens.len()), &mut tags);
        let names = |set: &Classes| {
            set.iter()
                .map(|class| senses.lexicon.name(class).to_owned())
                .collect::<Vec<_>>()
                .join("+")
        };
        tags.iter().map(names).collect()
    }

    fn tagged(text: &str) -> Vec<String> {
        tagged_within(text, usize::MAX)
    }

    #[test]
    fn phrases_match_over_marks_and_open_words() {
        let tags = tagged("They zorked the \"new\" plan");
        assert_eq!(tags[1], "ZORK");
        assert!(!tagged("They zorked the plan")[1].contains("ZORK"));
    }

    #[test]
    fn a_phrase_that_reaches_out_of_a_statement_is_not_seen_in_it() {
        let text = "They zorked the new plan";
        assert_eq!(tagged_within(text, 5)[1], "ZORK");
        assert!(!tagged_within(text, 4)[1].contains("ZORK"));
    }

    #[test]
    fn a_plain_word_has_its_classes() {
        assert!(tagged("Norvania rejected the truce")[1].contains("REJECT"));
        assert!(tagged("Norvania rejected the truce")[3].contains("TRUCE"));
    }
}
