//! Building HTML: markup of our own goes in as it stands, words of others only escaped. It knows nothing of comparisons.

use std::fmt::Write as _;

use crate::error::steers;

/// A growing piece of HTML.
#[derive(Clone, Debug, Default)]
pub(super) struct Markup(String);

impl Markup {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds markup of our own.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds words, escaped for text and attributes alike.
    pub(super) fn text(&mut self, words: &str) -> &mut Self {
        for c in words.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\n' | '\t' => self.0.push(' '),
                c if steers(c) => self.0.push('\u{FFFD}'),
                c => self.0.push(c),
            }
        }
        self
    }

    /// Adds a number.
    pub(super) fn number(&mut self, number: impl std::fmt::Display) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{number}");
        self
    }

    /// Adds another piece.
    pub(super) fn piece(&mut self, piece: &Self) -> &mut Self {
        self.0.push_str(&piece.0);
        self
    }

    /// An element that holds nothing but words.
    pub(super) fn element(&mut self, name: &'static str, words: &str) -> &mut Self {
        self.raw("<")
            .raw(name)
            .raw(">")
            .text(words)
            .raw("</")
            .raw(name)
            .raw(">")
    }

    /// Length in bytes.
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// A share in whole percent.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0}\u{A0}%", 100.0 * share)
}

/// A score with its sign, a true minus and two decimals.
pub(super) fn signed(score: f64) -> String {
    let digits = format!("{:.2}", score.abs());
    if digits == "0.00" {
        digits
    } else if score < 0.0 {
        format!("\u{2212}{digits}")
    } else {
        format!("+{digits}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_become_markup() {
        let mut markup = Markup::new();
        markup.text("<script>\"a'&\u{202E}\u{1B}[31m\0");
        assert_eq!(
            markup.finish(),
            "&lt;script&gt;&quot;a&#39;&amp;\u{FFFD}\u{FFFD}[31m\u{FFFD}"
        );
    }

    #[test]
    fn scores_carry_their_sign() {
        assert_eq!(
            [signed(0.314), signed(-0.5), signed(-0.001)],
            ["+0.31", "\u{2212}0.50", "0.00"]
        );
    }
}
