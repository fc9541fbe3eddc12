//! Classified statements for a person at a terminal: one block an article, the actor, the stance and the words. It does not
//! write files.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::classify::Record;
use crate::error::visible;

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour.
    pub colors: bool,
    /// Columns of the terminal, 60 or more.
    pub width: usize,
}

const STANCE_WIDTH: usize = 16;

/// The statements of one article as text. `title` stands above them.
pub fn article(title: &str, records: &[Record], style: Style) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_article(&mut out, title, records, style);
    out
}

fn write_article(
    out: &mut String,
    title: &str,
    records: &[Record],
    style: Style,
) -> std::fmt::Result {
    writeln!(out, "{}", paint(&visible(title), "1", style))?;
    if records.is_empty() {
        return writeln!(out, "  no statement found\n");
    }
    let widest = records
        .iter()
        .map(|record| actor(record).width())
        .max()
        .unwrap_or(0);
    let actor_width = widest.clamp(5, (style.width / 3).clamp(16, 34));
    for record in records {
        let stance = if record.abstained {
            format!("{}?", record.stance)
        } else {
            record.stance.clone()
        };
        let is_other = record
            .target
            .as_ref()
            .is_some_and(|target| !target.is_meant);
        let percent = if is_other {
            "other".to_owned()
        } else {
            format!("{:>3.0} %", 100.0 * record.confidence)
        };
        let color = match record.stance.as_str() {
            _ if record.abstained => "2",
            "supportive" => "32",
            "hostile" => "31",
            "skeptical" => "33",
            _ => "2",
        };
        let label = format!("{stance:<11}{percent}");
        let indent = 2 + actor_width + 2 + STANCE_WIDTH + 2;
        let room = style.width.saturating_sub(indent).max(24);
        let names = wrap(&actor(record), actor_width);
        let words = wrap(
            &visible(&record.text.replace(['\n', '\r', '\t'], " ")),
            room,
        );
        for line in 0..names.len().max(words.len()) {
            let name = names.get(line).map_or("", String::as_str);
            let padding = " ".repeat(actor_width.saturating_sub(name.width()));
            let middle = if line == 0 {
                paint(&format!("{label:<STANCE_WIDTH$}"), color, style)
            } else {
                " ".repeat(STANCE_WIDTH)
            };
            let words = words.get(line).map_or("", String::as_str);
            writeln!(
                out,
                "{}",
                format!("  {name}{padding}  {middle}  {words}").trim_end()
            )?;
        }
        for reason in record.reasons.iter().flatten() {
            let words = if reason.words.is_empty() {
                String::new()
            } else {
                format!("  \u{201C}{}\u{201D}", visible(&reason.words))
            };
            let line = format!(
                "{:+6.2}  {}{words}",
                reason.weight,
                visible(&reason.feature)
            );
            writeln!(out, "{}{}", " ".repeat(indent), paint(&line, "2", style))?;
        }
    }
    writeln!(out)
}

fn actor(record: &Record) -> String {
    let name = record
        .actor
        .name
        .as_deref()
        .unwrap_or("unresolved")
        .replace(';', " and ");
    match record
        .actor
        .side
        .as_deref()
        .filter(|side| Some(*side) != record.actor.name.as_deref())
    {
        Some(side) => visible(&format!("{name} ({side})")),
        None => visible(&name),
    }
}

fn paint(words: &str, code: &str, style: Style) -> String {
    if style.colors {
        format!("\x1b[{code}m{words}\x1b[0m")
    } else {
        words.to_owned()
    }
}

/// Lines of at most `width` columns; a longer word stands alone.
fn wrap(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let line = lines.len() - 1;
        if !lines[line].is_empty() && lines[line].width() + 1 + word.width() > width {
            lines.push(word.to_owned());
        } else {
            if !lines[line].is_empty() {
                lines[line].push(' ');
            }
            lines[line].push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("", 7), [""]);
    }
}
