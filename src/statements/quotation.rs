//! Finds quotations by their marks: straight, curly, single, low, guillemets. A mark that has lost its partner never
//! reaches past its paragraph, unless the next paragraph opens the same speech again. Inner quotations belong to the
//! outer one. It does not know who speaks.

use crate::text::{Document, Shape};

/// Tokens `first..end` of a quotation, its marks among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    /// The opening mark.
    pub(super) first: usize,
    /// One past the closing mark.
    pub(super) end: usize,
    /// Whether the next paragraph carries on the same speech.
    pub(super) continues: bool,
}

/// Longest quotation in single marks, in tokens: an apostrophe without partner is looked for no further.
const LONGEST_SINGLE: usize = 400;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Straight,
    Curly,
    Low,
    Guillemets,
    Single,
}

/// A mark that may open or close.
#[derive(Clone, Copy, Debug)]
struct Sign {
    family: Family,
    opens: bool,
    closes: bool,
}

/// The quotations of a document, in order; none overlaps another.
pub(super) fn find(document: &Document<'_>) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    for paragraph in &document.paragraphs {
        let first = document.sentences[paragraph.first].first;
        let end = document.sentences[paragraph.end - 1].end;
        Finder {
            document,
            first,
            end,
        }
        .paragraph(&mut found);
    }
    found
}

struct Finder<'d> {
    document: &'d Document<'d>,
    first: usize,
    end: usize,
}

impl Finder<'_> {
    fn paragraph(&self, found: &mut Vec<Quotation>) {
        let mut open: Option<(usize, Family)> = None;
        let mut last_end = self.first;
        let mut at = self.first;
        while at < self.end {
            let Some(sign) = self.sign(at) else {
                at += 1;
                continue;
            };
            match open {
                None if sign.family == Family::Single => {
                    if sign.opens
                        && let Some(close) = self.single_close(at)
                    {
                        push(found, at, close + 1, false);
                        at = close;
                        last_end = close + 1;
                    } else if sign.opens && at == self.first && self.reopened(Family::Single) {
                        push(found, at, self.end, true);
                        return;
                    }
                }
                None if sign.opens => open = Some((at, sign.family)),
                None => {
                    // The opening mark is missing: the words up to here, if they end as speech does.
                    if self.ends_speech(at) {
                        let from = self.sentence_start(at).max(last_end);
                        push(found, from, at + 1, false);
                        last_end = at + 1;
                    }
                }
                Some((from, family))
                    if closes(family, sign) || self.closes_mixed(from, family, at, sign) =>
                {
                    last_end = at + 1 + usize::from(self.doubled(at));
                    push(found, from, last_end, false);
                    open = None;
                }
                Some((_, family)) if family == sign.family && sign.opens && !sign.closes => {
                    match self.inner_close(at, family) {
                        Some(close) => at = close,
                        None => open = Some((at, family)),
                    }
                }
                Some(_) => {}
            }
            at += 1;
        }
        if let Some((from, family)) = open {
            if self.reopened(family) {
                push(found, from, self.end, true);
            } else if last_end > self.first && self.opens_sentence(from) {
                // After speech that was closed, an open mark carries on the same speech to the end of its paragraph.
                push(found, from, self.end, false);
            }
        }
    }

    /// Whether the paragraph after this one begins with an opening mark of `family`.
    fn reopened(&self, family: Family) -> bool {
        self.end < self.document.tokens.len()
            && self
                .sign(self.end)
                .is_some_and(|sign| sign.family == family && sign.opens)
    }

    /// Where a quotation in the same marks as the outer one closes: two closing marks follow its opening mark.
    fn inner_close(&self, open: usize, family: Family) -> Option<usize> {
        let mut signs = (open + 1..self.end)
            .filter_map(|at| Some((at, self.sign(at)?)))
            .filter(|(_, sign)| sign.family == family);
        let (close, first) = signs.next()?;
        let (_, second) = signs.next()?;
        let closing = |sign: Sign| sign.closes && !sign.opens;
        (closing(first) && closing(second)).then_some(close)
    }

    /// Whether a curly mark at `at` closes the straight one at `open`, or the other way round: none of its own kind is open, and
    /// it is the last of its paragraph or the next mark opens.
    fn closes_mixed(&self, open: usize, family: Family, at: usize, sign: Sign) -> bool {
        let mixed = matches!(
            (family, sign.family),
            (Family::Straight, Family::Curly) | (Family::Curly, Family::Straight)
        );
        let double = |sign: &Sign| sign.family != Family::Single;
        mixed
            && sign.closes
            && !sign.opens
            && !((open + 1).max(at.saturating_sub(LONGEST_SINGLE))..at)
                .filter_map(|t| self.sign(t))
                .any(|within| within.family == sign.family && within.opens)
            && (at + 1..self.end)
                .filter_map(|t| self.sign(t))
                .find(double)
                .is_none_or(|next| next.opens && !next.closes)
    }

    /// Whether the mark at `at` stands before a sentence.
    fn opens_sentence(&self, at: usize) -> bool {
        let tokens = &self.document.tokens;
        at + 1 < self.end
            && tokens[at + 1].shape.is_capital()
            && matches!(
                tokens[at - 1].of(self.document.text),
                "." | "?" | "!" | ":" | ","
            )
    }

    fn ends_speech(&self, at: usize) -> bool {
        at > self.first
            && matches!(
                self.document.tokens[at - 1].of(self.document.text),
                "," | "." | "?" | "!"
            )
    }

    fn sentence_start(&self, at: usize) -> usize {
        let sentence = self.document.sentence_of(at);
        self.document
            .sentences
            .get(sentence)
            .map_or(at, |sentence| sentence.first)
    }

    /// Whether the mark at `at` is written twice for one (`''No,'' he said`).
    fn doubled(&self, at: usize) -> bool {
        let same = |one: usize, other: usize| {
            let (Some(one), Some(other)) = (
                self.document.tokens.get(one),
                self.document.tokens.get(other),
            ) else {
                return false;
            };
            let text = self.document.text;
            one.end == other.start
                && one.of(text) == other.of(text)
                && matches!(one.of(text), "'" | "`" | "\"")
        };
        at + 1 < self.end && same(at, at + 1) && !(at > self.first && same(at - 1, at))
    }

    /// Reads token `at` as a quotation mark. White space decides for straight marks, and against a curly mark that
    /// points the wrong way on both sides.
    fn sign(&self, at: usize) -> Option<Sign> {
        let token = &self.document.tokens[at];
        let text = self.document.text;
        if token.shape != Shape::Mark
            || matches!(
                text.as_bytes()[token.start as usize],
                b',' | b'.' | b'-' | b'(' | b')'
            )
        {
            return None;
        }
        if at > self.first && self.doubled(at - 1) {
            return None;
        }
        let last = at + usize::from(self.doubled(at));
        let (family, glyph_opens, glyph_closes) = match token.of(text) {
            "'" | "`" if last > at => (Family::Straight, true, true),
            "\"" | "\u{FF02}" => (Family::Straight, true, true),
            "\u{201C}" => (Family::Curly, true, false),
            "\u{201D}" => (Family::Curly, false, true),
            "\u{201E}" => (Family::Low, true, false),
            "\u{AB}" => (Family::Guillemets, true, false),
            "\u{BB}" => (Family::Guillemets, false, true),
            "'" => (Family::Single, true, true),
            "\u{2018}" => (Family::Single, true, false),
            "\u{2019}" => (Family::Single, false, true),
            _ => return None,
        };
        let space_before = at == self.first
            || text[..token.start as usize].ends_with(|c: char| {
                c.is_whitespace() || matches!(c, '(' | '[' | '\u{2014}' | '\u{2013}')
            });
        let space_after = last + 1 >= self.end
            || text[self.document.tokens[last].end as usize..]
                .starts_with(|c: char| !c.is_alphanumeric() && !is_inner(c))
            || ends_sentence(&text[self.document.tokens[last].end as usize..]);
        let looks_open = space_before && !space_after;
        let looks_close = !space_before && space_after;
        let (opens, closes) = match (glyph_opens, glyph_closes) {
            (true, true) if looks_open => (true, false),
            (true, true) if looks_close => (false, true),
            (true, false) if looks_close && family != Family::Single => (false, true),
            (false, true) if looks_open && family != Family::Single => (true, false),
            given => given,
        };
        Some(Sign {
            family,
            opens,
            closes,
        })
    }

    /// The mark that closes the single one at `open`. An apostrophe after a plural (`the rebels' terms`) closes only
    /// where no better mark follows.
    fn single_close(&self, open: usize) -> Option<usize> {
        let text = self.document.text;
        if self.document.space_before(open + 1) {
            return None;
        }
        let mut weak = None;
        for at in open + 1..self.end.min(open + LONGEST_SINGLE) {
            let Some(sign) = self.sign(at).filter(|sign| sign.family == Family::Single) else {
                continue;
            };
            if sign.opens && !sign.closes {
                if weak.is_some() {
                    return weak;
                }
                continue;
            }
            if self.document.space_before(at) || at == open + 1 {
                continue;
            }
            let before = self.document.tokens[at - 1].of(text);
            let after = self
                .document
                .tokens
                .get(at + 1)
                .filter(|_| at + 1 < self.end);
            let plural = before.ends_with(['s', 'S', 'z'])
                && after.is_some_and(|after| after.shape.is_word())
                && self.document.space_before(at + 1);
            if !plural {
                return Some(at);
            }
            weak = weak.or(Some(at));
        }
        weak
    }
}

/// Marks that may follow an opening mark inside a quotation.
fn is_inner(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2018}'
            | '\u{201C}'
            | '('
            | '['
            | '.'
            | '\u{2026}'
            | '$'
            | '\u{20AC}'
            | '\u{A3}'
            | '#'
            | '@'
    )
}

/// Whether `rest` begins with a stop and white space (`a "trap". She left`).
fn ends_sentence(rest: &str) -> bool {
    rest.strip_prefix('.')
        .is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

fn closes(family: Family, sign: Sign) -> bool {
    match family {
        // German usage closes a low mark with a high one that opens elsewhere.
        Family::Low => sign.family == Family::Curly,
        _ => sign.family == family && sign.closes,
    }
}

fn push(found: &mut Vec<Quotation>, first: usize, end: usize, continues: bool) {
    // Two marks with nothing between are no quotation.
    if end > first + 2 {
        found.push(Quotation {
            first,
            end,
            continues,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::WordTable;

    fn quoted(text: &str) -> Vec<String> {
        let document = Document::read(text, &mut WordTable::new());
        find(&document)
            .iter()
            .map(|quotation| {
                document
                    .span(quotation.first, quotation.end)
                    .of(text)
                    .to_owned()
            })
            .collect()
    }

    #[test]
    fn straight_and_curly_marks_pair() {
        assert_eq!(quoted("\"Yes,\" he said. \"No.\""), ["\"Yes,\"", "\"No.\""]);
        assert_eq!(
            quoted("He said \u{201C}yes\u{201D} twice."),
            ["\u{201C}yes\u{201D}"]
        );
    }

    #[test]
    fn apostrophes_do_not_close_single_marks() {
        assert_eq!(
            quoted("\u{2018}We won\u{2019}t take the rebels\u{2019} terms,\u{2019} she said."),
            ["\u{2018}We won\u{2019}t take the rebels\u{2019} terms,\u{2019}"]
        );
        assert!(quoted("the rebels' terms and the army's").is_empty());
    }

    #[test]
    fn an_odd_mark_ends_with_its_paragraph() {
        let text = "\"We will sign, the envoy said.\n\nThe army left. \"No,\" he said.";
        assert_eq!(quoted(text), ["\"No,\""]);
    }

    #[test]
    fn a_speech_of_many_paragraphs_opens_each_anew() {
        let text = "\"We sign.\n\n\"We go home,\" he said.";
        assert_eq!(quoted(text), ["\"We sign.", "\"We go home,\""]);
    }

    #[test]
    fn inner_quotations_belong_to_the_outer_one() {
        assert_eq!(
            quoted("\u{201C}They call it \u{2018}peace\u{2019} now,\u{201D} he said."),
            ["\u{201C}They call it \u{2018}peace\u{2019} now,\u{201D}"]
        );
        assert_eq!(
            quoted("\u{AB}Never,\u{BB} she said."),
            ["\u{AB}Never,\u{BB}"]
        );
        assert_eq!(
            quoted("\u{201E}Never,\u{201C} she said."),
            ["\u{201E}Never,\u{201C}"]
        );
    }

    #[test]
    fn marks_of_two_kinds_pair_where_the_next_one_opens() {
        assert_eq!(
            quoted("She saw \"great risks\u{201D}. \u{201C}We will go,\u{201D} he said."),
            ["\"great risks\u{201D}", "\u{201C}We will go,\u{201D}"]
        );
        assert_eq!(
            quoted("He said: \u{201C}It broke the law.\" She added: \u{201C}We know.\u{201D}"),
            ["\u{201C}It broke the law.\"", "\u{201C}We know.\u{201D}"]
        );
    }

    #[test]
    fn marks_that_point_the_wrong_way_still_pair() {
        assert_eq!(
            quoted("\u{201D}Yes,\u{201C} he said."),
            ["\u{201D}Yes,\u{201C}"]
        );
    }

    #[test]
    fn a_missing_opening_mark_is_made_good() {
        assert_eq!(quoted("We will sign,\" he said."), ["We will sign,\""]);
    }
}
