//! Tells articles that are not in English by their first kilobyte. It does not translate.

/// Bytes that are looked at.
const LOOKED_AT: usize = 1024;

/// Letters below which no guess is made.
const FEWEST_LETTERS: usize = 120;

/// Words that stand in every English text and in no other language's in such numbers, at their share of 1 in 12 words.
const ENGLISH: [&[u8]; 12] = [
    b"the", b"of", b"and", b"to", b"that", b"with", b"was", b"is", b"for", b"said", b"has", b"by",
];

/// Of this many words one must be in [`ENGLISH`] for a text to pass without a closer look.
const ONE_IN: usize = 12;

/// The name of the language, if the text is surely in another than English.
pub(super) fn foreign(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    if head.len() < FEWEST_LETTERS || is_plainly_english(head.as_bytes()) {
        return None;
    }
    let letters = head.chars().filter(|c| c.is_alphabetic()).count();
    if letters < FEWEST_LETTERS {
        return None;
    }
    let info = whatlang::detect(head)?;
    (info.lang() != whatlang::Lang::Eng && info.is_reliable()).then(|| info.lang().eng_name())
}

fn is_plainly_english(head: &[u8]) -> bool {
    let (mut words, mut english) = (0, 0);
    for word in head
        .split(|byte| !byte.is_ascii_alphabetic() && byte.is_ascii())
        .filter(|word| !word.is_empty())
    {
        words += 1;
        english += usize::from(ENGLISH.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    english * ONE_IN >= words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_named_and_english_and_short_texts_pass() {
        let german = "Die Regierung lehnte den Waffenstillstand am Montag ab und sagte, dass die Bedingungen nicht \
                      ausreichend seien, um die Verhandlungen fortzusetzen, berichtete die Zeitung.";
        assert_eq!(foreign(german), Some("German"));
        let russian = "Правительство в понедельник отклонило перемирие и заявило, что условия недостаточны для \
                       продолжения переговоров, сообщила газета, которая ссылается на министра иностранных дел.";
        assert_eq!(foreign(russian), Some("Russian"));
        let english = "The government rejected the truce on Monday and said that the terms were not enough for the \
                       talks to go on, the paper reported, and its foreign minister left for the capital.";
        assert_eq!(foreign(english), None);
        assert_eq!(foreign("Die Regierung lehnte ab."), None);
        assert_eq!(foreign(""), None);
    }

    #[test]
    fn a_list_of_names_is_no_other_language() {
        assert_eq!(
            foreign(&"Tavria Norvania Lesk Orlund Kesh Aram ".repeat(20)),
            None
        );
    }
}
