//! Moves: what a speaker does with a proposal, as rows of word classes with gaps (`en/moves.tsv`): refuses it, accepts
//! it with a condition, blames the other side for refusing it. It finds moves in tagged words; the model weighs them.
//!
//! A pattern is a row of elements. `REJECT|NODEAL` is a word of one of these classes; with `+` before it the word is not
//! negated, with `-` it is. `@ME|OTHER` is a word that can be a subject of that person. `~6` lets up to six words lie
//! between its neighbours, where two otherwise. No pattern reaches over the end of a sentence, but may with `~~6`.

use super::frame::Subject;
use super::lexicon::{Classes, Lexicon};

pub(super) const SHIPPED: &str = include_str!("en/moves.tsv");

/// Words between two neighbours of a pattern when no gap is written.
const GAP: usize = 2;

/// One word of a statement as patterns see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Its token, counted from the statement's first.
    pub(super) at: usize,
    pub(super) tags: Classes,
    pub(super) negated: bool,
    pub(super) subject: Option<Subject>,
    /// Number of its sentence or quotation within the statement.
    pub(super) stretch: u32,
    /// Number of its sentence within the statement; quotation marks end none.
    pub(super) sentence: u32,
    /// Whether a comma or dash stands before it.
    pub(super) pause: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Test {
    Classes(Classes),
    Plain(Classes),
    Negated(Classes),
    Subject(u16),
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Element {
    /// Words that may lie before it.
    gap: usize,
    /// Whether the gap may hold the end of a sentence.
    far: bool,
    test: Test,
}

#[derive(Clone, Debug)]
struct Move {
    name: &'static str,
    elements: Vec<Element>,
}

/// All moves, ready to be matched.
#[derive(Clone, Debug)]
pub(super) struct Moves {
    moves: Vec<Move>,
}

impl Moves {
    /// Reads the shipped patterns; classes that the lexicon lacks match nothing.
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let moves = crate::text::entries(SHIPPED).filter_map(|line| {
            let (name, pattern) = line.split_once('\t')?;
            Some(Move {
                name,
                elements: elements(pattern, lexicon),
            })
        });
        Self {
            moves: moves.collect(),
        }
    }

    /// Calls `found` with the name of every move, and the first and last word of each place where it stands
    /// (one place a first word).
    pub(super) fn find(&self, items: &[Item], mut found: impl FnMut(&'static str, usize, usize)) {
        let present = Present::of(items);
        for a_move in &self.moves {
            if !a_move.elements.iter().all(|one| present.can_hold(one.test)) {
                continue;
            }
            let Some((first, rest)) = a_move.elements.split_first() else {
                continue;
            };
            for place in 0..items.len() {
                if first.test.holds(&items[place])
                    && let Some(last) = follow(rest, items, place)
                {
                    found(a_move.name, items[place].at, items[last].at);
                }
            }
        }
    }
}

/// What a statement has anywhere: most patterns want something that it lacks.
#[derive(Clone, Copy, Debug, Default)]
struct Present {
    plain: Classes,
    negated: Classes,
    /// Bits of subjects by number.
    subjects: u16,
}

impl Present {
    fn of(items: &[Item]) -> Self {
        let mut present = Self::default();
        for item in items {
            if item.negated {
                present.negated.add(item.tags);
            } else {
                present.plain.add(item.tags);
            }
            present.subjects |= item.subject.map_or(0, |subject| 1 << subject as u16);
        }
        present
    }

    fn can_hold(&self, test: Test) -> bool {
        match test {
            Test::Classes(set) => self.plain.meets(set) || self.negated.meets(set),
            Test::Plain(set) => self.plain.meets(set),
            Test::Negated(set) => self.negated.meets(set),
            Test::Subject(set) => self.subjects & set != 0,
        }
    }
}

/// The last word of a match whose element before `rest` stands at `place`.
fn follow(rest: &[Element], items: &[Item], place: usize) -> Option<usize> {
    let Some((element, rest)) = rest.split_first() else {
        return Some(place);
    };
    for (next, item) in items
        .iter()
        .enumerate()
        .skip(place + 1)
        .take(element.gap + 1)
    {
        if !element.far && item.stretch != items[place].stretch {
            break;
        }
        if element.test.holds(item)
            && let Some(last) = follow(rest, items, next)
        {
            return Some(last);
        }
    }
    None
}

impl Test {
    fn holds(self, item: &Item) -> bool {
        match self {
            Self::Classes(set) => item.tags.meets(set),
            Self::Plain(set) => !item.negated && item.tags.meets(set),
            Self::Negated(set) => item.negated && item.tags.meets(set),
            Self::Subject(set) => item
                .subject
                .is_some_and(|subject| set >> (subject as u16) & 1 == 1),
        }
    }
}

fn elements(pattern: &str, lexicon: &Lexicon) -> Vec<Element> {
    let mut found = Vec::new();
    let (mut gap, mut far) = (GAP, false);
    for word in pattern.split_whitespace() {
        if let Some(length) = word.strip_prefix('~') {
            far = length.starts_with('~');
            gap = length.trim_start_matches('~').parse().unwrap_or(GAP);
            continue;
        }
        let classes = |names: &str| lexicon.set(&names.split('|').collect::<Vec<_>>());
        let test = match word.split_at(1) {
            ("@", names) => Test::Subject(
                names
                    .split('|')
                    .filter_map(person)
                    .fold(0, |set, one| set | 1 << one as u16),
            ),
            ("+", names) => Test::Plain(classes(names)),
            ("-", names) => Test::Negated(classes(names)),
            _ => Test::Classes(classes(word)),
        };
        found.push(Element { gap, far, test });
        (gap, far) = (GAP, false);
    }
    found
}

fn person(name: &str) -> Option<Subject> {
    Some(match name {
        "ME" => Subject::Me,
        "OWN" => Subject::Own,
        "OTHER" => Subject::Other,
        "THEY" => Subject::Third,
        "HE" => Subject::He,
        "IT" => Subject::It,
        "YOU" => Subject::You,
        "ALL" => Subject::All,
        "NOBODY" => Subject::Nobody,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_names_known_classes_and_persons() {
        let lexicon = Lexicon::new(None).unwrap();
        for line in crate::text::entries(SHIPPED) {
            let (_, pattern) = line
                .split_once('\t')
                .unwrap_or_else(|| panic!("no tab in {line:?}"));
            for word in pattern
                .split_whitespace()
                .filter(|word| !word.starts_with('~'))
            {
                for name in word.trim_start_matches(['+', '-', '@']).split('|') {
                    let known = if word.starts_with('@') {
                        person(name).is_some()
                    } else {
                        lexicon.class(name).is_some()
                    };
                    assert!(known, "unknown name {name:?} in {line:?}");
                }
            }
        }
    }
}
