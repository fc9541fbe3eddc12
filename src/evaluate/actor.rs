//! Tells whether a predicted actor is the gold one, as a trained coder would: by the names alone, which are compared as
//! words. It does not count, and does not look at the article's text.
//!
//! Right is
//! 1. the same name: the same words in any order, articles, `Mr`, possessive endings and `of`, `for`, `in` apart. A known
//!    state or body counts under each of its names (`UN`, `United Nations`), a nationality for its state (`Keshan army`,
//!    `army of Kesh`), also an invented one, by its form;
//! 2. the same name with a word for what it is (`FARC rebels`, `FARC`), and a state for its government, through which alone it
//!    speaks;
//! 3. a shorter name for the same: its words are among those of the other, and both turn on the same noun, the last
//!    before `of`, `for` or `in` (`Lorrick` or `Foreign Minister Dana Lorrick` for `Dana Lorrick`, `army` for `Keshan army`,
//!    `mayor` for `mayor of Orva`). A shorter name that fits another gold actor of the article as well is wrong, since it
//!    does not tell whom it means.
//!
//! Wrong is what the codebook keeps apart ("Actor"): a spokesman and whom he speaks for, an office and its holder, a ministry
//! and its state, a capital and its state, a first name alone. Joint actors must be the same set.

use crate::statements::{known_name, state_of_nationality};

/// Whether `predicted` is `gold`; joint actors are parted by `;`. `others` are all gold actors of the article, `gold` among
/// them or not.
pub fn same_actor(predicted: &str, gold: &str, others: &[String]) -> bool {
    let (predicted, gold) = (split(predicted), split(gold));
    let others: Vec<Name> = others.iter().flat_map(|name| split(name)).collect();
    let fits = |one: &Name, other: &Name| match one.likeness(other) {
        Likeness::Same => true,
        Likeness::Shorter => !others.iter().any(|third| {
            third.likeness(other) != Likeness::Same && one.likeness(third) != Likeness::None
        }),
        Likeness::None => false,
    };
    !gold.is_empty()
        && predicted.len() == gold.len()
        && predicted
            .iter()
            .all(|one| gold.iter().any(|other| fits(one, other)))
        && gold
            .iter()
            .all(|other| predicted.iter().any(|one| fits(one, other)))
}

fn split(names: &str) -> Vec<Name> {
    names
        .split(';')
        .map(Name::read)
        .filter(|name| !name.words.is_empty())
        .collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    None,
    /// One is a shorter form of the other.
    Shorter,
    Same,
}

/// A name as words in small letters.
#[derive(Debug)]
struct Name {
    /// All but small words.
    words: Vec<String>,
    /// The noun that the name turns on.
    head: String,
    /// Whether it has a possessive (`Lorrick's group`).
    owned: bool,
}

impl Name {
    fn read(written: &str) -> Self {
        let written = written.replace(['\u{2019}', '\u{2018}'], "'");
        let bare = ["the ", "The ", "a ", "A ", "an ", "An "]
            .iter()
            .find_map(|article| written.trim().strip_prefix(article))
            .unwrap_or(written.trim());
        let whole = known_name(bare).unwrap_or(bare);
        let several = whole.split_whitespace().count() > 1;
        let mut name = Self {
            words: Vec::new(),
            head: String::new(),
            owned: false,
        };
        let mut headed = false;
        for word in whole.split_whitespace() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
            let plain = word.strip_suffix("'s").unwrap_or(word);
            name.owned |= plain.len() < word.len();
            let word = plain.trim_matches('.').to_lowercase();
            if SMALL.contains(&word.as_str()) {
                headed |= !name.words.is_empty() && word != "and";
                continue;
            }
            if ARTICLES.contains(&word.as_str()) || word.is_empty() {
                continue;
            }
            let known = several
                .then(|| state_of_nationality(&word).or_else(|| known_name(plain)))
                .flatten();
            match known {
                Some(known) => name
                    .words
                    .extend(known.to_lowercase().split_whitespace().map(str::to_owned)),
                None => name.words.push(word),
            }
            if !headed {
                name.head = name.words.last().cloned().unwrap_or_default();
            }
        }
        name
    }

    fn likeness(&self, other: &Self) -> Likeness {
        let (short, long) = if self.words.len() <= other.words.len() {
            (self, other)
        } else {
            (other, self)
        };
        if short.words.len() == long.words.len() && short.within(&long.words)
            || short.words == long.without_group()
            || !short.owned && !long.owned && short.without_group() == long.without_group()
        {
            return Likeness::Same;
        }
        if short.within(&long.words) && alike(&short.head, &long.head) {
            return Likeness::Shorter;
        }
        Likeness::None
    }

    fn within(&self, words: &[String]) -> bool {
        self.words
            .iter()
            .all(|word| words.iter().any(|other| alike(word, other)))
    }

    /// Its words without those for what a group is; all of them where nothing would be left.
    fn without_group(&self) -> Vec<String> {
        let rest: Vec<String> = self
            .words
            .iter()
            .filter(|word| {
                word.as_str() != "government" && (self.owned || !GROUPS.contains(&word.as_str()))
            })
            .cloned()
            .collect();
        if rest.is_empty() {
            self.words.clone()
        } else {
            rest
        }
    }
}

/// Whether a word tells nothing of whom a name means: an article, a title, a small word that binds others.
pub(crate) fn is_small(word: &str) -> bool {
    SMALL.contains(&word) || ARTICLES.contains(&word)
}

const ARTICLES: [&str; 7] = ["the", "a", "an", "mr", "mrs", "ms", "dr"];
const SMALL: [&str; 12] = [
    "of", "for", "in", "at", "from", "on", "to", "with", "by", "near", "and", "&",
];
/// Words for what a movement is.
const GROUPS: [&str; 9] = [
    "rebels",
    "group",
    "movement",
    "militia",
    "militants",
    "fighters",
    "insurgents",
    "guerrillas",
    "party",
];
const NATIONALITIES: [&str; 8] = ["n", "an", "ian", "ean", "ese", "ish", "ic", "i"];
const STATES: [&str; 8] = ["", "a", "ia", "e", "o", "y", "land", "s"];

/// Whether two words are one, or a nationality and its state by their form (`keshan`, `kesh`).
fn alike(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let stem = one
        .char_indices()
        .zip(other.chars())
        .find(|((_, a), b)| a != b)
        .map_or(one.len().min(other.len()), |((at, _), _)| at);
    if stem < 4 || !one.is_char_boundary(stem) || !other.is_char_boundary(stem) {
        return false;
    }
    // The stem may hold letters that both endings share (`norvania`, `norvanian`).
    (stem.saturating_sub(3).max(3)..=stem)
        .filter(|&cut| one.is_char_boundary(cut) && other.is_char_boundary(cut))
        .any(|cut| {
            let pair = |a: &str, b: &str| NATIONALITIES.contains(&a) && STATES.contains(&b);
            pair(&one[cut..], &other[cut..]) || pair(&other[cut..], &one[cut..])
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(predicted: &str, gold: &str) -> bool {
        same_actor(predicted, gold, &[gold.to_owned()])
    }

    #[test]
    fn the_same_actor_may_be_written_otherwise() {
        for (predicted, gold) in [
            ("the Foreign Ministry of Varsk", "Foreign Ministry of Varsk"),
            ("Varsk's foreign ministry", "Foreign Ministry of Varsk"),
            ("UN", "United Nations"),
            ("UN Security Council", "United Nations Security Council"),
            ("Norvanian army", "army of Norvania"),
            ("Graulandic army", "Grauland army"),
            ("FARC rebels", "FARC"),
            ("government of Norvania", "Norvania"),
            ("Orlund;Lorrick", "Lorrick;Orlund"),
        ] {
            assert!(right(predicted, gold), "{predicted} for {gold}");
        }
    }

    #[test]
    fn a_shorter_name_is_right_where_it_turns_on_the_same_noun() {
        for (predicted, gold) in [
            ("Lorrick", "Dana Lorrick"),
            ("Foreign Minister Dana Lorrick", "Dana Lorrick"),
            ("army", "Kestian army"),
            ("mayor", "mayor of Orva"),
            ("diplomat", "a Western diplomat in Orva"),
        ] {
            assert!(right(predicted, gold), "{predicted} for {gold}");
        }
    }

    #[test]
    fn another_actor_is_wrong() {
        for (predicted, gold) in [
            ("Dana", "Dana Lorrick"),
            ("Varsk", "Foreign Ministry of Varsk"),
            ("Norvania", "Orlund"),
            ("Marin Lorrick", "Marina Lorrick"),
            ("Dana Lorrick's group", "Dana Lorrick"),
            ("spokesman for Dana Lorrick", "Dana Lorrick"),
            ("Foreign Minister", "Dana Lorrick"),
            ("Lorrick", "Lorrick;Orlund"),
            ("", "Lorrick"),
            ("Lorrick", ""),
        ] {
            assert!(!right(predicted, gold), "{predicted} for {gold}");
        }
    }

    #[test]
    fn a_shorter_name_that_fits_two_actors_is_wrong() {
        let gold = ["mayor of Orva".to_owned(), "mayor of Lesk".to_owned()];
        assert!(!same_actor("mayor", "mayor of Orva", &gold));
        assert!(same_actor("mayor of Orva", "mayor of Orva", &gold));
        let gold = ["army".to_owned(), "Kestian army".to_owned()];
        assert!(same_actor("army", "army", &gold));
        assert!(!same_actor("army", "Kestian army", &gold));
    }
}
