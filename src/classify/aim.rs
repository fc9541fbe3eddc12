//! Which proposal a statement bears on, where the user names one (`--target`): by the terms that the statement, the words
//! before it, or its article use. It judges no stance.
//!
//! The nearest evidence decides. (1) The statement itself: a term of the proposal, else one of another. (2) The last term
//! before it, back to the beginning of the paragraph before its own: what "the plan" or "it" refers to. (3) The article with
//! its title: the side whose terms it uses more often, of equals the proposal's. (4) Where nothing is named, the statement
//! bears on another proposal, unless the file names only others.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::corpus::NamedTarget;
use crate::text::{Document, Shape, WordId, WordTable};

/// What decided whether a statement bears on the named proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// A term in the statement.
    Statement,
    /// The last term before it, in its paragraph or the one before.
    Before,
    /// The terms of the article and its title, by number.
    Article,
    /// No term anywhere.
    Nowhere,
}

/// Whether a statement bears on the proposal that the user named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetRecord {
    /// Whether it does. Where it does not, the record's stance is `none`.
    pub is_meant: bool,
    /// The term that decided, as the user's file has it.
    pub term: Option<String>,
    /// Where it stands.
    pub found: Evidence,
    /// The stance toward whichever proposal is at issue there.
    pub stance_at_issue: String,
}

/// The terms, ready to be found.
pub(super) struct Aim {
    terms: Vec<Term>,
    /// The terms that begin with a word, by that word, and those that begin with an open one.
    by_word: FxHashMap<WordId, Vec<usize>>,
    by_beginning: Vec<usize>,
    /// Whether a statement without any term near it is meant: the file names only other proposals.
    open: bool,
}

struct Term {
    words: Vec<Element>,
    is_ours: bool,
    written: String,
}

enum Element {
    Word(WordId),
    /// All words that begin so (`plan*`).
    Beginning(String),
}

/// A term in a text.
#[derive(Clone, Copy, Debug)]
struct Naming {
    token: usize,
    term: usize,
}

/// The terms of one article.
#[derive(Clone, Debug, Default)]
pub(super) struct Namings {
    found: Vec<Naming>,
    /// Terms of the title.
    above: Vec<usize>,
}

/// What decides of one statement.
pub(super) struct Decision<'a> {
    pub(super) is_meant: bool,
    pub(super) term: Option<&'a str>,
    pub(super) found: Evidence,
}

impl Aim {
    /// Takes in the words of the terms.
    pub(super) fn new(target: &NamedTarget, words: &mut WordTable) -> Self {
        let ours = target.terms.iter().map(|term| (term, true));
        let others = target.others.iter().map(|term| (term, false));
        let terms: Vec<Term> = ours
            .chain(others)
            .map(|(written, is_ours)| Term {
                words: elements(written, words),
                is_ours,
                written: written.clone(),
            })
            .collect();
        let mut by_word: FxHashMap<WordId, Vec<usize>> = FxHashMap::default();
        let mut by_beginning = Vec::new();
        for (at, term) in terms.iter().enumerate() {
            match term.words.first() {
                Some(Element::Word(word)) => by_word.entry(*word).or_default().push(at),
                Some(Element::Beginning(_)) => by_beginning.push(at),
                None => {}
            }
        }
        Self {
            terms,
            by_word,
            by_beginning,
            open: target.terms.is_empty(),
        }
    }

    /// The terms that a text and its title use.
    pub(super) fn namings(
        &self,
        document: &Document<'_>,
        title: Option<&Document<'_>>,
        words: &WordTable,
    ) -> Namings {
        Namings {
            found: self.find(document, words),
            above: title.map_or_else(Vec::new, |title| {
                let found = self.find(title, words);
                found.into_iter().map(|naming| naming.term).collect()
            }),
        }
    }

    /// All terms in the order of the text. Of terms that begin at one token the longest counts.
    fn find(&self, document: &Document<'_>, words: &WordTable) -> Vec<Naming> {
        let mut found = Vec::new();
        for token in 0..document.tokens.len() {
            let whole = self.by_word.get(&document.tokens[token].word);
            let longest = whole
                .into_iter()
                .flatten()
                .chain(&self.by_beginning)
                .filter(|&&term| stands_at(&self.terms[term], document, token, words))
                .max_by_key(|&&term| (self.terms[term].words.len(), std::cmp::Reverse(term)));
            found.extend(longest.map(|&term| Naming { token, term }));
        }
        found
    }

    /// Whether the statement of tokens `first..end` is meant.
    pub(super) fn decide(
        &self,
        namings: &Namings,
        document: &Document<'_>,
        (first, end): (usize, usize),
    ) -> Decision<'_> {
        let up_to = |token: usize| namings.found.partition_point(|one| one.token < token);
        let (begin, finish) = (up_to(first), up_to(end));
        let inside = &namings.found[begin..finish];
        let ours = inside.iter().find(|one| self.terms[one.term].is_ours);
        if let Some(naming) = ours.or(inside.first()) {
            return self.by(naming.term, Evidence::Statement);
        }
        let reach = reach(document, first);
        let before = namings.found[..begin].last();
        if let Some(naming) = before.filter(|naming| naming.token >= reach) {
            return self.by(naming.term, Evidence::Before);
        }
        let everywhere = || {
            let below = namings.found.iter().map(|one| one.term);
            namings.above.iter().copied().chain(below)
        };
        let of = |ours: bool| everywhere().filter(move |&term| self.terms[term].is_ours == ours);
        let leading = of(true).count() >= of(false).count();
        match of(leading).next() {
            Some(term) => self.by(term, Evidence::Article),
            None => Decision {
                is_meant: self.open,
                term: None,
                found: Evidence::Nowhere,
            },
        }
    }

    fn by(&self, term: usize, found: Evidence) -> Decision<'_> {
        let term = &self.terms[term];
        Decision {
            is_meant: term.is_ours,
            term: Some(&term.written),
            found,
        }
    }
}

/// First token of the paragraph before the one that holds token `at`.
fn reach(document: &Document<'_>, at: usize) -> usize {
    let sentence = document.sentences.get(document.sentence_of(at));
    let paragraph = sentence.map_or(0, |sentence| sentence.paragraph.saturating_sub(1));
    let first = document.paragraphs.get(paragraph);
    first
        .and_then(|paragraph| document.sentences.get(paragraph.first))
        .map_or(0, |sentence| sentence.first)
}

/// The words of a term; `*` behind one leaves its end open.
fn elements(written: &str, words: &mut WordTable) -> Vec<Element> {
    let mut scratch = WordTable::new();
    let document = Document::read(written, &mut scratch);
    let mut found = Vec::new();
    for (at, token) in document.tokens.iter().enumerate() {
        if matches!(token.shape, Shape::Mark | Shape::Possessive) {
            continue;
        }
        let lower = scratch.word(token.word);
        let next = document.tokens.get(at + 1);
        let is_open = next.is_some_and(|next| next.of(written) == "*" && next.start == token.end);
        found.push(if is_open {
            Element::Beginning(lower.to_owned())
        } else {
            Element::Word(words.intern(lower))
        });
    }
    found
}

/// Whether a term begins at `token`. Marks and possessive endings between its words are passed over, ends of sentences are
/// not.
fn stands_at(term: &Term, document: &Document<'_>, token: usize, words: &WordTable) -> bool {
    let mut at = token;
    for (number, element) in term.words.iter().enumerate() {
        while number > 0 && is_passed_over(document, at) {
            at += 1;
        }
        let Some(found) = document.tokens.get(at) else {
            return false;
        };
        let fits = match element {
            Element::Word(word) => found.word == *word,
            Element::Beginning(beginning) => words.word(found.word).starts_with(beginning),
        };
        if !fits {
            return false;
        }
        at += 1;
    }
    true
}

fn is_passed_over(document: &Document<'_>, at: usize) -> bool {
    let is_light = |written: &str| {
        matches!(
            written,
            "\"" | "\u{201C}" | "\u{201D}" | "'" | "\u{2018}" | "\u{2019}" | "," | "-" | "\u{2013}"
        )
    };
    document.tokens.get(at).is_some_and(|token| {
        token.shape == Shape::Possessive
            || (token.shape == Shape::Mark && is_light(token.of(document.text)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMS: &str =
        "Harlan plan\n14-point plan*\nnot: Doha framework\nnot: Harlan plan of 2029";

    /// Whether the first `statement` in `text` is meant, by what term, and where that stands.
    fn decided(terms: &str, title: &str, text: &str, statement: &str) -> (bool, String, Evidence) {
        let mut words = WordTable::new();
        let target = NamedTarget::of_text(terms, "t.txt").unwrap();
        let aim = Aim::new(&target, &mut words);
        let document = Document::read(text, &mut words);
        let above = Document::read(title, &mut words);
        let namings = aim.namings(&document, Some(&above), &words);
        let start = text.find(statement).unwrap();
        let first = document.token_at(start);
        let end = document.token_at(start + statement.len());
        let decision = aim.decide(&namings, &document, (first, end));
        (
            decision.is_meant,
            decision.term.unwrap_or_default().to_owned(),
            decision.found,
        )
    }

    #[test]
    fn the_statement_itself_decides_first() {
        let text = "The Doha framework is dead. “We back Harlan’s ‘plan’,” he said.";
        assert_eq!(
            decided(TERMS, "", text, "“We back Harlan’s ‘plan’,”"),
            (true, "Harlan plan".to_owned(), Evidence::Statement)
        );
        // Both are named: a view of the proposal is there.
        let text = "“Rather the Doha framework than the 14-point plans,” he said.";
        assert_eq!(
            decided(TERMS, "", text, text),
            (true, "14-point plan*".to_owned(), Evidence::Statement)
        );
        let text = "“The Harlan plan of 2029 was better,” he said.";
        assert_eq!(
            decided(TERMS, "", text, text),
            (false, "Harlan plan of 2029".to_owned(), Evidence::Statement)
        );
    }

    #[test]
    fn then_the_last_term_near_before_it() {
        let text = "The Harlan plan came on Monday.\n\nThe Doha framework followed.\n\nMore came.\n\n“We reject it,” he said.";
        // The Doha framework stands two paragraphs up: the article decides, one term each, so the proposal's.
        assert_eq!(
            decided(TERMS, "", text, "“We reject it,”"),
            (true, "Harlan plan".to_owned(), Evidence::Article)
        );
        let near = text.replace("More came.\n\n", "");
        assert_eq!(
            decided(TERMS, "", &near, "“We reject it,”"),
            (false, "Doha framework".to_owned(), Evidence::Before)
        );
    }

    #[test]
    fn then_the_article_with_its_title_and_then_nothing() {
        let text = "“We reject it,” he said. The Doha framework failed.";
        let title = "Lesk rejects Harlan plan";
        assert_eq!(
            decided(TERMS, title, text, "“We reject it,”"),
            (true, "Harlan plan".to_owned(), Evidence::Article)
        );
        assert!(!decided(TERMS, "", text, "“We reject it,”").0);
        let text = "“We reject it,” he said.";
        let nowhere = |terms| decided(terms, "", text, "“We reject it,”");
        assert_eq!(nowhere(TERMS), (false, String::new(), Evidence::Nowhere));
        assert!(nowhere("not: Doha framework").0);
    }
}
