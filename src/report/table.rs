//! A plain table for the terminal: columns padded to their widest cell, numbers to the right. It knows nothing of
//! statements.

use unicode_width::UnicodeWidthStr;

/// How a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Rows of cells under a head.
#[derive(Clone, Debug)]
pub struct Table {
    aligns: Vec<Align>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these column heads; a head that begins with `>` stands over numbers.
    pub fn new(heads: &[&str]) -> Self {
        let align = |head: &&str| {
            if head.starts_with('>') {
                Align::Right
            } else {
                Align::Left
            }
        };
        let head = heads
            .iter()
            .map(|head| head.trim_start_matches('>').to_owned())
            .collect();
        Self {
            aligns: heads.iter().map(align).collect(),
            rows: vec![head],
        }
    }

    /// Adds a row.
    pub fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// The table as lines, each indented by two spaces.
    pub fn lines(&self) -> String {
        let width = |column: usize| {
            self.rows
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.width())
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.aligns.len()).map(width).collect();
        let mut out = String::new();
        for row in &self.rows {
            let mut line = String::from(" ");
            for ((cell, width), align) in row.iter().zip(&widths).zip(&self.aligns) {
                let padding = " ".repeat(width.saturating_sub(cell.width()));
                line.push(' ');
                match align {
                    Align::Left => line.extend([cell.as_str(), padding.as_str()]),
                    Align::Right => line.extend([padding.as_str(), cell.as_str()]),
                }
                line.push(' ');
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let mut table = Table::new(&["name", ">n"]);
        table.row(["Norvania", "7"]);
        table.row(["\u{F6}", "120"]);
        assert_eq!(
            table.lines(),
            "  name        n\n  Norvania    7\n  \u{F6}         120\n"
        );
    }
}
