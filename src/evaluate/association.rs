//! Whether tone tells stance: how often each tone stands with each stance, how strongly they hang together, and how good the
//! stance would be that is read off the tone. It judges no statement.

use serde::Serialize;

use super::confusion::Confusion;
use crate::label::LabelSet;

/// Stance by tone of the same statements.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Association {
    /// Stance labels, in the order of the rows.
    pub stances: Vec<String>,
    /// Tone labels, in the order of the columns.
    pub tones: Vec<String>,
    /// Statements of each stance with each tone.
    pub counts: Vec<Vec<u64>>,
    /// Cramér's V, 0 (tone says nothing of stance) to 1 (each tells the other); `None` where all statements share a stance or
    /// a tone.
    pub cramers_v: Option<f64>,
    /// Macro-F1 of the stance read off the tone: the label at the same end of the scale, and for the middle of it the label
    /// without a place; `None` for labels without a scale.
    pub read_off: Option<f64>,
}

/// Stance and tone numbers of statements, as `(stance, tone)`. `None` without a statement.
pub fn association(
    pairs: &[(usize, usize)],
    stances: &LabelSet,
    tones: &LabelSet,
) -> Option<Association> {
    if pairs.is_empty() {
        return None;
    }
    let mut counts = vec![vec![0_u64; tones.len()]; stances.len()];
    for &(stance, tone) in pairs {
        counts[stance][tone] += 1;
    }
    let read_off = reading(stances, tones).and_then(|reading| {
        let read = pairs.iter().map(|&(stance, tone)| (stance, reading[tone]));
        Confusion::of(stances.len(), read).macro_f1()
    });
    Some(Association {
        stances: stances.labels.clone(),
        tones: tones.labels.clone(),
        cramers_v: cramers_v(&counts),
        counts,
        read_off,
    })
}

/// The stance that each tone would be read as.
fn reading(stances: &LabelSet, tones: &LabelSet) -> Option<Vec<usize>> {
    let place = |wanted: Option<f64>| stances.scores.iter().position(|score| *score == wanted);
    tones
        .scores
        .iter()
        .map(|score| match (*score)? {
            0.0 => place(None).or_else(|| place(Some(0.0))),
            end => place(Some(end)),
        })
        .collect()
}

/// Cramér (1946), chapter 21.9: `sqrt(chi^2 / (n * (min(rows, columns) - 1)))` over rows and columns that occur.
fn cramers_v(counts: &[Vec<u64>]) -> Option<f64> {
    let rows: Vec<f64> = counts
        .iter()
        .map(|row| row.iter().sum::<u64>() as f64)
        .collect();
    let n_columns = counts.first().map_or(0, Vec::len);
    let columns: Vec<f64> = (0..n_columns)
        .map(|column| counts.iter().map(|row| row[column]).sum::<u64>() as f64)
        .collect();
    let n: f64 = rows.iter().sum();
    let occurring = |sums: &[f64]| sums.iter().filter(|sum| **sum > 0.0).count();
    let least = occurring(&rows).min(occurring(&columns));
    if least < 2 {
        return None;
    }
    let mut chi_square = 0.0;
    for (row, in_row) in counts.iter().zip(&rows) {
        for (count, in_column) in row.iter().zip(&columns) {
            let expected = in_row * in_column / n;
            if expected > 0.0 {
                chi_square += (*count as f64 - expected).powi(2) / expected;
            }
        }
    }
    Some((chi_square / (n * (least - 1) as f64)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(counts: [[usize; 2]; 2]) -> Association {
        let labels = LabelSet::plain(["a", "b"]);
        let pairs: Vec<(usize, usize)> = (0..4)
            .flat_map(|cell| vec![(cell / 2, cell % 2); counts[cell / 2][cell % 2]])
            .collect();
        association(&pairs, &labels, &labels).unwrap()
    }

    #[test]
    fn cramers_v_is_that_worked_out_by_hand() {
        // Expected 20 a cell: chi square 4 * 100 / 20 = 20 of n = 80, so the root of a quarter.
        assert!((of([[30, 10], [10, 30]]).cramers_v.unwrap() - 0.5).abs() < 1e-12);
        assert!((of([[3, 0], [0, 9]]).cramers_v.unwrap() - 1.0).abs() < 1e-12);
        assert!(of([[4, 8], [2, 4]]).cramers_v.unwrap().abs() < 1e-12);
        assert_eq!(of([[4, 8], [0, 0]]).cramers_v, None);
        assert_eq!(of([[1, 0], [0, 0]]).read_off, None);
    }

    #[test]
    fn stance_is_read_off_the_end_of_the_scale() {
        // supportive and positive, hostile and positive, none and neutral, skeptical and negative.
        let pairs = [(0, 0), (2, 0), (3, 1), (1, 2)];
        let found = association(&pairs, &LabelSet::stance(), &LabelSet::tone()).unwrap();
        // Read as supportive, supportive, none, hostile: F1 of 2/3, 0, 0 and 1.
        assert!((found.read_off.unwrap() - (2.0 / 3.0 + 1.0) / 4.0).abs() < 1e-12);
        assert_eq!(found.counts[2], [1, 0, 0]);
        assert_eq!(
            association(&[], &LabelSet::stance(), &LabelSet::tone()),
            None
        );
    }
}
