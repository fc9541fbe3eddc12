//! Marks numbered credits that stand in the text where a link was (`... a lasting peace Morning Post3.`), so that no rule
//! takes them for names. It marks only where an article numbers several of them.

use super::word_class::{CREDIT, Classes};
use crate::text::{Document, Shape};

/// Fewest credits that make a numbering.
const FEWEST: usize = 3;
/// Most words of a credit.
const LONGEST: usize = 4;

/// Sets the class of every token of a credit to `CREDIT` alone.
pub(super) fn mark(document: &Document<'_>, classes: &mut [Classes]) {
    let text = document.text;
    let numbered: Vec<(usize, u32)> = document
        .tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.shape.is_capital())
        .filter_map(|(at, token)| Some((at, number(token.of(text))?)))
        .collect();
    let has = |wanted: u32| numbered.iter().any(|&(_, number)| number == wanted);
    if numbered.len() < FEWEST || !(has(1) && has(2)) {
        return;
    }
    for &(last, _) in &numbered {
        let mut first = last;
        // `with Norvania KOAT3`: capitals alone are a whole credit.
        let whole = document.tokens[last].shape == Shape::Upper;
        while !whole
            && first > 0
            && last - first + 1 < LONGEST
            && document.tokens[first - 1].shape.is_capital()
        {
            first -= 1;
        }
        classes[first..=last].fill(CREDIT);
    }
}

/// The number glued to the end of a word of letters.
fn number(word: &str) -> Option<u32> {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &word[letters.len()..];
    let plain = letters.len() >= 2 && letters.chars().all(char::is_alphabetic);
    (plain && (1..=2).contains(&digits.len()))
        .then(|| digits.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::WordTable;

    fn credits(text: &str) -> Vec<String> {
        let document = Document::read(text, &mut WordTable::new());
        let mut classes = vec![0; document.tokens.len()];
        mark(&document, &mut classes);
        document
            .tokens
            .iter()
            .zip(classes)
            .filter(|(_, classes)| *classes == CREDIT)
            .map(|(token, _)| token.of(text).to_owned())
            .collect()
    }

    #[test]
    fn numbered_credits_are_marked() {
        let text = "It held Morning Post1. The army left Kesh KOAT2. They wept Herald3.";
        assert_eq!(credits(text), ["Morning", "Post1", "KOAT2", "Herald3"]);
    }

    #[test]
    fn a_name_with_a_number_is_no_credit() {
        assert!(credits("The rebels of M23 left. M23 said so. The G7 met.").is_empty());
    }
}
