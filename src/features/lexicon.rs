//! The semantic lexicon: which classes of meaning a word or phrase belongs to (`en/lexicon.tsv`). It finds the classes
//! in a token list; it does not know what they mean for stance.
//!
//! A pattern is a row of elements: a word, a beginning of words (`accept*`) or any one word (`_`). Words are matched on
//! their lower-cased form; quotation marks and commas between them are passed over.

use rustc_hash::FxHashMap;

use crate::error::{Fault, Result};
use crate::text::{Document, Shape, WordTable};

pub(super) const SHIPPED: &str = include_str!("en/lexicon.tsv");

/// Lines with their numbers, from 1; blank ones and comments left out.
fn entries(file: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = file.trim_start_matches('\u{FEFF}').lines().enumerate();
    lines
        .map(|(at, line)| (at + 1, line))
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
}

/// A set of up to 128 classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(pub u128);

impl Classes {
    /// Adds all classes of `other`.
    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether class number `class` is in the set.
    pub const fn has(self, class: usize) -> bool {
        self.0 >> class & 1 == 1
    }

    /// Whether a class of `other` is in the set.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is no class.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The class numbers, rising.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            (rest != 0).then(|| {
                let class = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                class
            })
        })
    }
}

/// Number of an element in the trie's alphabet.
type Element = u32;

/// The lexicon, ready to be matched.
#[derive(Clone, Debug)]
pub struct Lexicon {
    names: Vec<String>,
    /// Elements that are whole words.
    exact: FxHashMap<Box<str>, Element>,
    /// Elements that are beginnings of words, with the lengths that occur.
    prefixes: FxHashMap<Box<str>, Element>,
    prefix_lengths: Vec<usize>,
    any: Element,
    next: FxHashMap<(u32, Element), u32>,
    classes: Vec<Classes>,
    /// For every word id met so far: its elements as a range of `elements`.
    known: Vec<(u32, u32)>,
    elements: Vec<Element>,
}

impl Lexicon {
    /// The lexicon that ships, with a user's own entries added.
    ///
    /// # Errors
    /// A line of `own` without a tab, or one that would need more than 128 classes.
    pub fn new(own: Option<&str>) -> Result<Self> {
        let mut lexicon = Self {
            names: Vec::new(),
            exact: FxHashMap::default(),
            prefixes: FxHashMap::default(),
            prefix_lengths: Vec::new(),
            any: 0,
            next: FxHashMap::default(),
            classes: vec![Classes::default()],
            known: Vec::new(),
            elements: Vec::new(),
        };
        lexicon.any = lexicon.element("_");
        for (number, line) in entries(SHIPPED) {
            let (pattern, classes) = line.split_once('\t').unwrap_or((line, ""));
            lexicon
                .add(pattern, classes)
                .map_err(|fault| fault.line(number))?;
        }
        for (number, line) in own.into_iter().flat_map(entries) {
            lexicon.add_own(line).map_err(|fault| fault.line(number))?;
        }
        lexicon.prefix_lengths.sort_unstable();
        lexicon.prefix_lengths.dedup();
        Ok(lexicon)
    }

    /// Every fault of a user's own entries: `pattern<TAB>class,...` a line, `#` beginning a comment.
    pub fn faults(own: &str) -> Vec<Fault> {
        let Ok(mut lexicon) = Self::new(None) else {
            return Vec::new();
        };
        entries(own)
            .filter_map(|(number, line)| {
                let fault = lexicon.add_own(line).err()?;
                Some(fault.line(number))
            })
            .collect()
    }

    /// Name of class number `class`.
    pub fn name(&self, class: usize) -> &str {
        self.names.get(class).map_or("", String::as_str)
    }

    /// Number of the class called `name`, if the lexicon has it.
    pub fn class(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// The set of the classes called `names`; unknown names are left out.
    pub fn set(&self, names: &[&str]) -> Classes {
        Classes(
            names
                .iter()
                .filter_map(|name| self.class(name))
                .fold(0, |set, class| set | 1 << class),
        )
    }

    /// Number of classes.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether it holds no class.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Adds a line of a user's own. Words are matched in small letters with straight apostrophes, however they are written.
    fn add_own(&mut self, line: &str) -> Result<()> {
        let shape = "a pattern, a tab, and classes parted by commas";
        let Some((pattern, classes)) = line.split_once('\t') else {
            return Err(Fault::new(format!("no tab in {line:?}")).expected(shape));
        };
        let pattern = pattern
            .to_lowercase()
            .replace(['\u{2018}', '\u{2019}'], "'");
        if classes.split(',').all(|name| name.trim().is_empty()) {
            return Err(Fault::new(format!("no class for {pattern:?}")).expected(shape));
        }
        let is_open = |word: &str| word == "_" || word == "*";
        if pattern.split_whitespace().all(is_open) {
            return Err(Fault::new(format!("the pattern {pattern:?}"))
                .expected("a word, or words of which one is not left open"));
        }
        self.add(&pattern, classes)
    }

    fn add(&mut self, pattern: &str, classes: &str) -> Result<()> {
        let mut set = Classes::default();
        for name in classes
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            let class = self.class(name).unwrap_or_else(|| {
                self.names.push(name.to_owned());
                self.names.len() - 1
            });
            if class >= 128 {
                return Err(Fault::new(format!("class {name:?} is one too many"))
                    .expected("at most 128 classes, those that ship included"));
            }
            set.0 |= 1 << class;
        }
        let mut node = 0;
        for word in pattern.split_whitespace() {
            let element = self.element(word);
            let fresh = u32::try_from(self.classes.len()).unwrap_or(u32::MAX);
            node = *self.next.entry((node, element)).or_insert(fresh);
            if node == fresh {
                self.classes.push(Classes::default());
            }
        }
        self.classes[node as usize].add(set);
        Ok(())
    }

    fn element(&mut self, word: &str) -> Element {
        let fresh = u32::try_from(self.exact.len() + self.prefixes.len()).unwrap_or(u32::MAX);
        match word.strip_suffix('*') {
            Some(stem) => {
                self.prefix_lengths.push(stem.len());
                *self.prefixes.entry(stem.into()).or_insert(fresh)
            }
            None => *self.exact.entry(word.into()).or_insert(fresh),
        }
    }

    /// Learns the words that `words` has taken in since the last call, and forgets those that it forgot.
    fn learn(&mut self, words: &WordTable) {
        if self.known.len() > words.len() {
            self.known.truncate(words.len());
            self.elements
                .truncate(self.known.last().map_or(0, |&(_, end)| end as usize));
        }
        for id in self.known.len()..words.len() {
            let word = words.word(crate::text::WordId(id as u32));
            let start = self.elements.len() as u32;
            self.elements.extend(self.exact.get(word));
            for &length in &self.prefix_lengths {
                if length <= word.len() && word.is_char_boundary(length) {
                    self.elements.extend(self.prefixes.get(&word[..length]));
                }
            }
            self.known.push((start, self.elements.len() as u32));
        }
    }

    /// Forgets what it knows of words after the first `keep`; must follow [`WordTable::forget_after`].
    pub fn forget_after(&mut self, keep: usize) {
        self.known.truncate(keep);
        self.elements
            .truncate(self.known.last().map_or(0, |&(_, end)| end as usize));
    }

    /// Writes the classes that begin at each of the tokens `first..end` of `document` into `tags`: one set a token.
    /// All classes of a phrase stand at its first token.
    pub fn tag(
        &mut self,
        document: &Document<'_>,
        words: &WordTable,
        first: usize,
        end: usize,
        tags: &mut Vec<Classes>,
    ) {
        self.learn(words);
        tags.clear();
        for at in first..end {
            let mut set = Classes::default();
            if document.tokens[at].shape.is_word() {
                self.walk(document, 0, at, end, &mut set);
            }
            tags.push(set);
        }
    }

    fn walk(&self, document: &Document<'_>, node: u32, at: usize, end: usize, set: &mut Classes) {
        let Some(token) = document.tokens[..end].get(at) else {
            return;
        };
        let (from, to) = self
            .known
            .get(token.word.index())
            .copied()
            .unwrap_or_default();
        let own = &self.elements[from as usize..to as usize];
        let any = (node != 0).then_some(&self.any);
        for &element in own.iter().chain(any) {
            if let Some(&next) = self.next.get(&(node, element)) {
                set.add(self.classes[next as usize]);
                let mut after = at + 1;
                while after < end && passed_over(document, after) {
                    after += 1;
                }
                self.walk(document, next, after, end, set);
            }
        }
    }
}

/// Whether a phrase goes on behind token `at`: a quotation mark, a comma or a possessive ending.
fn passed_over(document: &Document<'_>, at: usize) -> bool {
    let token = &document.tokens[at];
    token.shape == Shape::Possessive
        || (token.shape == Shape::Mark
            && matches!(
                token.of(document.text),
                "\"" | "\u{201C}" | "\u{201D}" | "'" | "\u{2018}" | "\u{2019}" | ","
            ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tagged(text: &str) -> Vec<String> {
        let mut words = WordTable::new();
        let document = Document::read(text, &mut words);
        let mut lexicon = Lexicon::new(Some("zork* the _ plan\tZORK")).unwrap();
        let mut tags = Vec::new();
        lexicon.tag(&document, &words, 0, document.tokens.len(), &mut tags);
        let names = |set: &Classes| {
            set.iter()
                .map(|class| lexicon.name(class).to_owned())
                .collect::<Vec<_>>()
                .join("+")
        };
        tags.iter().map(names).collect()
    }

    #[test]
    fn phrases_match_over_marks_and_open_words() {
        let tags = tagged("They zorked the \"new\" plan");
        assert_eq!(tags[1], "ZORK");
        assert!(!tagged("They zorked the plan")[1].contains("ZORK"));
    }

    #[test]
    fn a_plain_word_has_its_classes() {
        assert!(tagged("Norvania rejected the truce")[1].contains("REJECT"));
        assert!(tagged("Norvania rejected the truce")[3].contains("TRUCE"));
    }

    #[test]
    fn every_bad_line_of_ones_own_is_a_fault() {
        let own = "# mine\nno classes\nZork\u{2019}s plan\tZORK\n\nzork\t , \n_ *\tZORK\n";
        let faults = Lexicon::faults(own);
        let lines: Vec<_> = faults.iter().filter_map(|fault| fault.line).collect();
        assert_eq!(lines, [2, 5, 6]);
        assert!(faults[0].to_string().contains("expected a pattern, a tab"));
        assert_eq!(Lexicon::new(Some(own)).unwrap_err().line, Some(2));
        assert_eq!(Lexicon::faults("Zork\u{2019}s plan\tZORK, REJECT\n"), []);
    }
}
