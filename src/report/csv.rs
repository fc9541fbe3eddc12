//! Records as CSV (RFC 4180, UTF-8, one head line) that is safe to open in a spreadsheet. It does not choose the columns.

use std::borrow::Cow;

use super::flat::{Cell, Columns};
use crate::classify::Record;
use crate::labels::exchange::FORMULA;

/// The head line.
pub fn head(columns: &Columns) -> Vec<u8> {
    let mut line = Vec::new();
    write_row(columns.names().iter().map(|(name, _)| name), &mut line);
    line
}

/// Writes one record.
pub fn write(record: &Record, columns: &Columns, out: &mut Vec<u8>) {
    let cells = columns.cells(record);
    write_row(
        cells.into_iter().map(|cell| match cell {
            Cell::Words(words) => words.map_or(Cow::Borrowed(""), defused),
            Cell::Count(count) => count.to_string().into(),
            Cell::Number(number) => {
                number.map_or(Cow::Borrowed(""), |number| number.to_string().into())
            }
            Cell::Truth(truth) => truth.to_string().into(),
        }),
        out,
    );
}

fn write_row(cells: impl Iterator<Item = impl AsRef<str>>, out: &mut Vec<u8>) {
    for (at, cell) in cells.enumerate() {
        let cell = cell.as_ref();
        if at > 0 {
            out.push(b',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            out.push(b'"');
            out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }
    out.push(b'\n');
}

/// Rows of words as CSV; a cell that is a number stays one, every other is defused.
pub fn rows(rows: &[Vec<String>]) -> String {
    let mut out = Vec::new();
    for row in rows {
        let cells = row.iter().map(|cell| match cell.parse::<f64>() {
            Ok(_) => Cow::Borrowed(cell.as_str()),
            Err(_) => defused(cell.as_str().into()),
        });
        write_row(cells, &mut out);
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Words that a spreadsheet would take for a formula get an apostrophe in front (OWASP, "CSV Injection").
pub(super) fn defused(words: Cow<'_, str>) -> Cow<'_, str> {
    if words.starts_with(FORMULA) {
        format!("'{words}").into()
    } else {
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_needed() {
        let mut out = Vec::new();
        let cells = ["a", "b,c", "d \"e\"", "f\ng", ""];
        write_row(cells.into_iter(), &mut out);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "a,\"b,c\",\"d \"\"e\"\"\",\"f\ng\",\n"
        );
    }

    #[test]
    fn a_cell_cannot_run_as_a_formula_and_numbers_stay_numbers() {
        let row = ["=1+1", "-0.5", "a \"b\"", "@x", "plain"]
            .map(str::to_owned)
            .to_vec();
        assert_eq!(rows(&[row]), "'=1+1,-0.5,\"a \"\"b\"\"\",'@x,plain\n");
    }

    #[test]
    fn formulas_are_defused() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(defused(bad.into()), format!("'{bad}"));
        }
        assert_eq!(defused("1 - 2 = 3".into()), "1 - 2 = 3");
    }
}
