//! The frame of a figure: heading, what it shows, the drawing, the same as a table to download. It draws nothing itself.

use super::markup::Markup;
use crate::report::csv;

/// Opens a section with a heading that the page's list of contents leads to.
pub(super) fn section(out: &mut Markup, id: &'static str, heading: &'static str) {
    out.raw("<section aria-labelledby=\"h-")
        .raw(id)
        .raw("\"><h2 id=\"h-")
        .raw(id)
        .raw("\">")
        .raw(heading)
        .raw("</h2>");
}

/// Bytes of one link: all links together must leave the page small.
const MOST_CSV: usize = 300_000;

/// A link that holds its rows as CSV: no file beside the page, no script. Too many rows are left to `--to csv`.
pub(super) fn csv_link(out: &mut Markup, name: &'static str, rows: &[Vec<String>]) {
    let encoded = percent_encoded(&csv::rows(rows));
    if encoded.len() > MOST_CSV {
        out.raw("<p class=\"figure-tools soft\">")
            .number(rows.len().saturating_sub(1))
            .raw(" rows stand behind this figure; <code>stance compare --to csv</code> writes them.</p>");
        return;
    }
    out.raw("<p class=\"figure-tools\"><a download=\"")
        .raw(name)
        .raw(".csv\" href=\"data:text/csv;charset=utf-8,")
        .text(&encoded)
        .raw("\">")
        .raw("Rows of this figure as CSV</a></p>");
}

/// Opens a wide table that scrolls by itself when the page is narrow.
pub(super) fn open_wide(out: &mut Markup, label: &'static str) {
    out.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
        .raw(label)
        .raw("\"><table>");
}

pub(super) fn close_wide(out: &mut Markup) {
    out.raw("</table></div>");
}

/// A row of column heads; one that begins with `>` stands over numbers.
pub(super) fn heads(out: &mut Markup, heads: &[&'static str]) {
    out.raw("<thead><tr>");
    for head in heads {
        match head.strip_prefix('>') {
            Some(words) => out
                .raw("<th scope=\"col\" class=\"n\">")
                .raw(words)
                .raw("</th>"),
            None => out.raw("<th scope=\"col\">").raw(head).raw("</th>"),
        };
    }
    out.raw("</tr></thead>");
}

/// A number cell.
pub(super) fn n(out: &mut Markup, words: &str) {
    out.raw("<td class=\"n\">").text(words).raw("</td>");
}

fn percent_encoded(words: &str) -> String {
    const PLAIN: &[u8] = b"-_.~";
    let mut out = String::with_capacity(words.len() * 2);
    for byte in words.bytes() {
        if byte.is_ascii_alphanumeric() || PLAIN.contains(&byte) {
            out.push(byte.into());
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(
                    char::from_digit(u32::from(digit), 16).map_or('0', |c| c.to_ascii_uppercase()),
                );
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_no_bare_marks() {
        assert_eq!(percent_encoded("a,\"\u{E9}\"\n"), "a%2C%22%C3%A9%22%0A");
    }
}
