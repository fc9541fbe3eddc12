//! Finds paragraphs and sentences in a token list. A sentence ends at `.`, `!`, `?` or dots that the next word does not
//! continue, together with the marks that close it; never inside an abbreviation (`en/abbreviations.txt`), and always
//! at the end of a paragraph. It does not look at quotations as a whole: a long quotation holds many sentences.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::document::{Document, Paragraph, Sentence};
use super::glyph::{self, Marks};
use super::token::{Shape, Token};
use super::words::WordTable;
use super::wrapping::Wrapping;

const ABBREVIATIONS: &str = include_str!("en/abbreviations.txt");

/// Fills the sentences and paragraphs of `document` from its tokens.
pub(super) fn split(document: &mut Document<'_>, words: &WordTable) {
    let tokens = &document.tokens;
    let wrapping = Wrapping::read(document.text);
    let mut first_token = 0;
    let mut first_sentence = 0;
    // Whether a straight quotation mark of the paragraph is open.
    let mut open = false;
    for at in 0..tokens.len() {
        let paragraph_ends =
            at + 1 == tokens.len() || wrapping.breaks(document.text, &tokens[at], &tokens[at + 1]);
        open = !paragraph_ends && (open ^ (tokens[at].glyph == b'"'));
        if paragraph_ends
            || at > first_token && ends_sentence(document.text, tokens, at, words)
            || !open && ends_before_quotation(document.text, tokens, at)
        {
            let paragraph = document.paragraphs.len();
            document.sentences.push(Sentence {
                first: first_token,
                end: at + 1,
                paragraph,
            });
            first_token = at + 1;
        }
        if paragraph_ends {
            document.paragraphs.push(Paragraph {
                first: first_sentence,
                end: document.sentences.len(),
            });
            first_sentence = document.sentences.len();
        }
    }
}

/// Marks that a sentence can end with.
const ENDINGS: Marks = Marks::of(&[
    b'.',
    glyph::DOTS,
    glyph::ELLIPSIS,
    b'!',
    b'?',
    b'"',
    glyph::CLOSING,
    glyph::CLOSING_SINGLE,
    b'\'',
    b')',
    b']',
    glyph::CLOSING_GUILLEMET,
]);

/// Whether a sentence ends after token `at`, which is not the last one.
fn ends_sentence(text: &str, tokens: &[Token], at: usize, words: &WordTable) -> bool {
    if !(ENDINGS.has(tokens[at].glyph) || tokens[at].shape == Shape::Upper) {
        return false;
    }
    let next = &tokens[at + 1];
    let spaced = tokens[at].end < next.start;
    // Closing marks glued to the stop belong to its sentence; a mark after white space opens the next one.
    if !spaced && is_closing(next.of(text)) {
        return false;
    }
    let mut stop = at;
    while stop > 0
        && is_closing(tokens[stop].of(text))
        && tokens[stop - 1].end == tokens[stop].start
    {
        stop -= 1;
    }
    let dotted_acronym = tokens[stop].shape == Shape::Upper && tokens[stop].of(text).ends_with('.');
    if !(is_stop(tokens[stop].of(text)) || dotted_acronym) {
        return false;
    }
    let closed = stop < at;
    let opener = next.shape == Shape::Mark && is_opening(next.of(text));
    let head = if opener {
        tokens.get(at + 2).unwrap_or(next)
    } else {
        next
    };
    if head.shape == Shape::Lower && !opener {
        return false;
    }
    if matches!(
        next.of(text),
        "," | ";" | ":" | "." | "?" | "!" | ")" | "]" | "\u{2013}" | "\u{2014}" | "-"
    ) && !opener
    {
        return false;
    }
    if !spaced {
        // `talks.The`: a missing space; but not `No.5` or a point inside a name.
        return tokens[stop].of(text) == "."
            && next.shape == Shape::Capital
            && stop > 0
            && glued_sentence(text, tokens, stop, at + 1, words);
    }
    if dotted_acronym {
        return closed || starts_a_sentence(words.word(head.word));
    }
    // `Col. (res.) Dana Holm`.
    let bracketed = closed
        && tokens[at].of(text) == ")"
        && stop > 1
        && tokens[stop - 2].of(text) == "("
        && listed(words.word(tokens[stop - 1].word));
    if bracketed {
        return false;
    }
    if closed || tokens[stop].of(text) != "." {
        return true;
    }
    // `posted on X.`
    let network = stop > 1
        && tokens[stop - 1].of(text) == "X"
        && matches!(words.word(tokens[stop - 2].word), "on" | "to" | "via");
    stop == 0 || network || !is_abbreviation(text, &tokens[stop - 1], &tokens[stop], words)
}

/// Whether the capital at `next`, which is glued to the stop, begins a sentence (`talks.The`, `"a trap".He`).
fn glued_sentence(
    text: &str,
    tokens: &[Token],
    stop: usize,
    next: usize,
    words: &WordTable,
) -> bool {
    let quoted = stop > 1 && is_closing(tokens[stop - 1].of(text));
    let before = &tokens[stop - 1 - usize::from(quoted)];
    let long = before.end - before.start;
    let starts = starts_a_sentence(words.word(tokens[next].word));
    // `in Kesh.More than`, but not `Example.Com`.
    let goes_on = tokens
        .get(next + 1)
        .is_some_and(|after| after.start > tokens[next].end && after.shape == Shape::Lower);
    // `with Dana Holm.The envoy`, but not `Dr.The`.
    let name = before.shape == Shape::Capital
        && long > 2
        && (starts || goes_on)
        && !listed(words.word(before.word));
    before.shape == Shape::Lower && (long > 2 || long == 2 && starts) || name
}

/// Whether a sentence ends at token `at` before a quotation that is glued to it (`for the talks."We agree," he said`), where no
/// quotation is open.
fn ends_before_quotation(text: &str, tokens: &[Token], at: usize) -> bool {
    let window = at.checked_sub(1).and_then(|from| tokens.get(from..at + 3));
    let Some([before, stop, mark, next]) = window else {
        return false;
    };
    let glued = stop.end == mark.start && mark.end == next.start;
    glued
        && stop.glyph == b'.'
        && matches!(mark.of(text), "\"" | "\u{201C}")
        && matches!(next.shape, Shape::Capital | Shape::Upper)
        && before.shape.is_word()
        && before.end - before.start > 2
}

fn is_stop(mark: &str) -> bool {
    mark.starts_with('.') || matches!(mark, "!" | "?" | "\u{2026}")
}

fn is_closing(mark: &str) -> bool {
    matches!(
        mark,
        "\"" | "\u{201D}" | "\u{2019}" | "'" | ")" | "]" | "\u{BB}"
    )
}

fn is_opening(mark: &str) -> bool {
    matches!(
        mark,
        "\"" | "\u{201C}"
            | "\u{2018}"
            | "'"
            | "("
            | "["
            | "\u{AB}"
            | "\u{201E}"
            | "\u{2014}"
            | "\u{2013}"
            | "-"
    )
}

/// Whether the point after `word` shortens it: a title or a known abbreviation, or an initial.
fn is_abbreviation(text: &str, word: &Token, stop: &Token, words: &WordTable) -> bool {
    if word.end != stop.start || !word.shape.is_word() {
        return false;
    }
    let written = word.of(text);
    let initial = word.shape == Shape::Capital && written.chars().count() == 1 && written != "I";
    // `Dec. 24-Jan. 2`.
    let last = words.word(word.word).rsplit('-').next();
    initial || last.is_some_and(listed)
}

fn listed(word: &str) -> bool {
    static LIST: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| super::entries(ABBREVIATIONS).collect());
    word.len() <= 6 && LIST.contains(word)
}

/// Words that begin a new sentence after an acronym (`in the U.S. The minister`), where a name would continue it.
fn starts_a_sentence(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "it"
            | "he"
            | "she"
            | "they"
            | "we"
            | "in"
            | "on"
            | "at"
            | "but"
            | "and"
            | "this"
            | "that"
            | "these"
            | "those"
            | "its"
            | "his"
            | "her"
            | "their"
            | "there"
            | "after"
            | "before"
            | "when"
            | "while"
            | "if"
            | "as"
            | "for"
            | "since"
            | "however"
            | "meanwhile"
            | "both"
            | "some"
            | "many"
            | "earlier"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let document = Document::read(text, &mut WordTable::new());
        (0..document.sentences.len())
            .map(|s| document.sentence_span(s).of(text))
            .collect()
    }

    #[test]
    fn closing_marks_stay_with_their_sentence() {
        assert_eq!(
            sentences("\u{201C}We agree.\u{201D} He left. \u{201C}Now.\u{201D}"),
            [
                "\u{201C}We agree.\u{201D}",
                "He left.",
                "\u{201C}Now.\u{201D}"
            ]
        );
        assert_eq!(sentences("\"Why?\" he asked."), ["\"Why?\" he asked."]);
    }

    #[test]
    fn a_space_may_be_missing_after_a_stop() {
        assert_eq!(
            sentences("They met Dana Holm.The talks went on.They left at 5.30 from St.Mark."),
            [
                "They met Dana Holm.",
                "The talks went on.",
                "They left at 5.30 from St.Mark."
            ]
        );
        assert_eq!(
            sentences("The truce of Dec. 24-Jan. 2 held."),
            ["The truce of Dec. 24-Jan. 2 held."]
        );
    }

    #[test]
    fn a_quotation_may_be_glued_to_the_stop_before_it() {
        assert_eq!(
            sentences("He spoke of the talks.\"We agree,\" he said. \"Now.\"She left."),
            [
                "He spoke of the talks.",
                "\"We agree,\" he said.",
                "\"Now.\"",
                "She left."
            ]
        );
        assert_eq!(
            sentences("He called it \"a trap\".She left for Kesh.More than 40 stayed."),
            [
                "He called it \"a trap\".",
                "She left for Kesh.",
                "More than 40 stayed."
            ]
        );
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_a_sentence() {
        assert_eq!(
            sentences("Mr. Dale met Gen. A. Orr. They left."),
            ["Mr. Dale met Gen. A. Orr.", "They left."]
        );
        assert_eq!(
            sentences("She posted it on X. Vale read it."),
            ["She posted it on X.", "Vale read it."]
        );
        assert_eq!(
            sentences("The U.N. Security Council met."),
            ["The U.N. Security Council met."]
        );
        assert_eq!(
            sentences("He left the U.N. The rest stayed."),
            ["He left the U.N.", "The rest stayed."]
        );
    }

    #[test]
    fn a_missing_space_still_ends_a_sentence() {
        assert_eq!(
            sentences("They held talks.The army left."),
            ["They held talks.", "The army left."]
        );
    }

    #[test]
    fn a_line_break_ends_a_paragraph_unless_the_line_goes_on() {
        let mut words = WordTable::new();
        assert_eq!(
            Document::read("A headline\nThe text.", &mut words)
                .paragraphs
                .len(),
            2
        );
        assert_eq!(
            Document::read("a line that\ngoes on.", &mut words)
                .paragraphs
                .len(),
            1
        );
        assert_eq!(Document::read("", &mut words).paragraphs.len(), 0);
    }
}
