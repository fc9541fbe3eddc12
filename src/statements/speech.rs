//! Which neighbouring statements can be one speech (codebook, "Unit"): of one actor, with no other words between and no
//! sign of another occasion. Whether the stance changes there, which parts them too, is not seen from here.

use std::sync::LazyLock;

use super::joining::both;
use super::statement::Statement;
use crate::label::Kind;

/// Words that tell of another occasion.
static OCCASIONS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    include_str!("en/occasions.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

impl Statement {
    /// Whether `next`, the statement after this one in `text`, can carry on its speech.
    pub fn is_carried_on_by(&self, next: &Self, text: &str) -> bool {
        let speech = self.kind != Kind::Act && next.kind != Kind::Act;
        let same = self.actor.name.is_some() && self.actor.name == next.actor.name;
        let apart = text
            .get(self.span.end..next.span.start)
            .is_none_or(|between| !between.trim().is_empty());
        speech && same && !apart && !next.is_of_another_occasion(text)
    }

    /// Takes `next` in, which carries on its speech.
    pub fn carry_on(&mut self, next: &Self) {
        self.span = self.span.cover(next.span);
        self.kind = both(self.kind, next.kind);
    }

    /// Whether it opens with the word of an occasion, or has one right before its cue ("later said").
    fn is_of_another_occasion(&self, text: &str) -> bool {
        let words = self.span.of(text);
        let opens = OCCASIONS.iter().any(|occasion| {
            words
                .get(..occasion.len())
                .is_some_and(|first| first.eq_ignore_ascii_case(occasion))
                && !words[occasion.len()..].starts_with(char::is_alphanumeric)
        });
        let before_cue = self
            .cue
            .and_then(|cue| text.get(self.span.start..cue.start))
            .and_then(|before| before.split_whitespace().next_back());
        opens
            || before_cue.is_some_and(|word| {
                OCCASIONS
                    .iter()
                    .any(|occasion| word.eq_ignore_ascii_case(occasion))
            })
    }
}

#[cfg(test)]
mod tests {
    use crate::statements::Extractor;
    use crate::text::{Document, WordTable};

    /// Whether the second statement of `text` carries on the first.
    fn carries_on(text: &str) -> bool {
        let mut words = WordTable::new();
        let mut extractor = Extractor::new(&mut words);
        let document = Document::read(text, &mut words);
        let found = extractor.extract(&document, &words);
        assert_eq!(found.len(), 2, "{found:?}");
        found[0].is_carried_on_by(&found[1], text)
    }

    #[test]
    fn one_speaker_without_other_words_between_carries_on() {
        assert!(carries_on(
            "Minister Ana Riva said the truce was near. Riva said monitors were ready."
        ));
    }

    #[test]
    fn another_speaker_occasion_or_words_between_part_a_speech() {
        assert!(!carries_on(
            "Minister Ana Riva said the truce was near. General Tomas Dorn said monitors were ready."
        ));
        assert!(!carries_on(
            "Minister Ana Riva said the truce was near. Riva later said monitors were ready."
        ));
        assert!(!carries_on(
            "Minister Ana Riva said the truce was near. On Monday Riva said monitors were ready."
        ));
        assert!(!carries_on(
            "Minister Ana Riva said the truce was near. Shells fell on the port. Riva said monitors were ready."
        ));
    }
}
