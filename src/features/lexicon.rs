//! The semantic lexicon: which classes of meaning a word or phrase belongs to (`en/lexicon.tsv`), as a trie of patterns.
//! [`super::tags`] walks it over an article; it does not know what classes mean for stance.
//!
//! A pattern is a row of elements: a word, a beginning of words (`accept*`) or any one word (`_`). Words are matched on
//! their lower-cased form; quotation marks and commas between them are passed over.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::error::{Fault, Result};

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
pub(super) type Element = u32;

/// Where the trie's patterns begin.
pub(super) const ROOT: u32 = 0;

/// A place in the trie: the beginning that several patterns share.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// Classes of the pattern that ends here.
    classes: Classes,
    /// Where any word leads; [`ROOT`] where nowhere.
    any: u32,
    /// Whether a pattern goes on from here.
    goes_on: bool,
}

/// The steps of the trie: node and element, and the node that they lead to.
#[derive(Clone, Debug)]
struct Steps {
    next: FxHashMap<(u32, Element), u32>,
    /// Bits by a hash of the step: most steps that are tried lead nowhere, and end here.
    sieve: Box<[u64]>,
}

/// Room for the words and the steps of the shipped file.
const WORDS: usize = 9_000;
const STEPS: usize = 24_000;

/// Bits of a hash that choose a bit of the sieve: a quarter of a million bits for some ten thousands of steps.
const SIEVE: u32 = 18;

impl Steps {
    fn new() -> Self {
        Self {
            next: FxHashMap::with_capacity_and_hasher(STEPS, FxBuildHasher),
            sieve: vec![0; 1 << (SIEVE - 6)].into_boxed_slice(),
        }
    }

    /// Where the step leads: to `fresh` if it is taken for the first time.
    fn take(&mut self, node: u32, element: Element, fresh: u32) -> u32 {
        let bit = Self::bit(node, element);
        self.sieve[bit / 64] |= 1 << (bit % 64);
        *self.next.entry((node, element)).or_insert(fresh)
    }

    fn get(&self, node: u32, element: Element) -> Option<u32> {
        let bit = Self::bit(node, element);
        if self.sieve[bit / 64] >> (bit % 64) & 1 == 0 {
            return None;
        }
        self.next.get(&(node, element)).copied()
    }

    const fn bit(node: u32, element: Element) -> usize {
        let step = (node as u64) << 32 | element as u64;
        (step.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - SIEVE)) as usize
    }
}

/// The lexicon, ready to be matched.
#[derive(Clone, Debug)]
pub struct Lexicon {
    names: Vec<String>,
    /// Numbers of the classes by name.
    numbers: FxHashMap<Box<str>, usize>,
    /// Elements that are whole words.
    exact: FxHashMap<Box<str>, Element>,
    /// Elements that are beginnings of words, with the lengths that occur.
    prefixes: FxHashMap<Box<str>, Element>,
    prefix_lengths: Vec<usize>,
    steps: Steps,
    nodes: Vec<Node>,
}

impl Lexicon {
    /// The lexicon that ships, with a user's own entries added.
    ///
    /// # Errors
    /// A line of `own` without a tab, or one that would need more than 128 classes.
    pub fn new(own: Option<&str>) -> Result<Self> {
        let mut lexicon = Self {
            names: Vec::new(),
            numbers: FxHashMap::default(),
            exact: FxHashMap::with_capacity_and_hasher(WORDS, FxBuildHasher),
            prefixes: FxHashMap::default(),
            prefix_lengths: Vec::new(),
            steps: Steps::new(),
            nodes: vec![Node::default()],
        };
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
        self.numbers.get(name).copied()
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
            let class = if let Some(&class) = self.numbers.get(name) {
                class
            } else {
                self.names.push(name.to_owned());
                self.numbers.insert(name.into(), self.names.len() - 1);
                self.names.len() - 1
            };
            if class >= 128 {
                return Err(Fault::new(format!("class {name:?} is one too many"))
                    .expected("at most 128 classes, those that ship included"));
            }
            set.0 |= 1 << class;
        }
        let mut node = ROOT;
        for word in pattern.split_whitespace() {
            node = self.step(node, word);
        }
        self.nodes[node as usize].classes.add(set);
        Ok(())
    }

    /// The node that `word` of a pattern leads to from `node`, made where there is none.
    fn step(&mut self, node: u32, word: &str) -> u32 {
        let fresh = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let next = match (word, self.nodes[node as usize].any) {
            ("_", ROOT) => fresh,
            ("_", known) => known,
            _ => {
                let element = self.element(word);
                self.steps.take(node, element, fresh)
            }
        };
        let from = &mut self.nodes[node as usize];
        from.goes_on = true;
        if word == "_" {
            from.any = next;
        }
        if next == fresh {
            self.nodes.push(Node::default());
        }
        next
    }

    fn element(&mut self, word: &str) -> Element {
        let fresh = u32::try_from(self.exact.len() + self.prefixes.len()).unwrap_or(u32::MAX);
        let (word, known) = match word.strip_suffix('*') {
            Some(stem) => {
                self.prefix_lengths.push(stem.len());
                (stem, &mut self.prefixes)
            }
            None => (word, &mut self.exact),
        };
        if let Some(&element) = known.get(word) {
            return element;
        }
        known.insert(word.into(), fresh);
        fresh
    }

    /// Appends the elements that `word` can stand for.
    pub(super) fn elements_of(&self, word: &str, elements: &mut Vec<Element>) {
        elements.extend(self.exact.get(word));
        for &length in &self.prefix_lengths {
            if length <= word.len() && word.is_char_boundary(length) {
                elements.extend(self.prefixes.get(&word[..length]));
            }
        }
    }

    /// Where `element` leads from `node`, if a pattern goes on with it.
    pub(super) fn next(&self, node: u32, element: Element) -> Option<u32> {
        self.steps.get(node, element)
    }

    /// Where any word leads from `node`.
    pub(super) fn next_of_any(&self, node: u32) -> Option<u32> {
        let any = self.nodes[node as usize].any;
        (any != ROOT && node != ROOT).then_some(any)
    }

    /// Classes of the pattern that ends at `node`.
    pub(super) fn classes(&self, node: u32) -> Classes {
        self.nodes[node as usize].classes
    }

    /// Whether a pattern goes on from `node`.
    pub(super) fn goes_on(&self, node: u32) -> bool {
        self.nodes[node as usize].goes_on
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
