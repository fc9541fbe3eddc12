//! Shares of gold stances from shares of predicted ones, by the model's held-out confusion turned round: adjusted counts
//! (Gart & Buck 1966; Forman 2008; Hopkins & King 2010). It assumes that the model errs in every outlet as it
//! did there.

use crate::evaluate::bootstrap::Chance;

/// How predicted shares become gold shares.
#[derive(Clone, Debug, PartialEq)]
pub struct Inverse {
    n: usize,
    /// Inverse of P(predicted | gold), row by row.
    cells: Vec<f64>,
}

impl Inverse {
    /// From counts, rows gold, columns predicted. `None` where the counts are not square, a gold stance has no case, or the
    /// model cannot tell stances apart, so that nothing can be turned round.
    pub fn new(counts: &[Vec<f64>]) -> Option<Self> {
        let n = counts.len();
        let mut rows = Vec::with_capacity(n);
        for row in counts {
            let total: f64 = row.iter().sum();
            if row.len() != n || total <= 0.0 {
                return None;
            }
            rows.push(row.iter().map(|count| count / total).collect::<Vec<f64>>());
        }
        Some(Self {
            n,
            cells: invert(rows)?,
        })
    }

    /// From counts drawn anew: each count is moved by its own chance error, as large as its square root (counts are nearly
    /// Poisson). So intervals know that the confusion is itself an estimate.
    pub fn drawn(counts: &[Vec<u64>], chance: &mut Chance) -> Option<Self> {
        let mut moved = |count: u64| {
            let count = count as f64;
            (count + count.sqrt() * normal(chance)).max(0.0)
        };
        let drawn: Vec<Vec<f64>> = counts
            .iter()
            .map(|row| row.iter().map(|&count| moved(count)).collect())
            .collect();
        Self::new(&drawn)
    }

    /// Gold shares of predicted weights, on the simplex; `None` without weight.
    pub fn shares(&self, predicted: &[f64]) -> Option<Vec<f64>> {
        let total: f64 = predicted.iter().sum();
        if total <= 1e-12 {
            return None;
        }
        let share = |gold: usize| {
            (0..self.n)
                .map(|j| predicted[j] / total * self.cells[j * self.n + gold])
                .sum()
        };
        Some(on_simplex(&(0..self.n).map(share).collect::<Vec<f64>>()))
    }
}

/// A standard normal number (Box & Muller 1958).
fn normal(chance: &mut Chance) -> f64 {
    let mut uniform = || ((chance.bits() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
    let (radius, angle) = (uniform(), uniform());
    (-2.0 * libm::log(radius)).sqrt() * libm::cos(2.0 * std::f64::consts::PI * angle)
}

/// Gauss-Jordan elimination with partial pivoting.
fn invert(mut rows: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let n = rows.len();
    for (at, row) in rows.iter_mut().enumerate() {
        row.extend((0..n).map(|column| f64::from(u8::from(column == at))));
    }
    for column in 0..n {
        let pivot =
            (column..n).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        if rows[pivot][column].abs() < 1e-6 {
            return None;
        }
        rows.swap(column, pivot);
        let lead: Vec<f64> = rows[column]
            .iter()
            .map(|value| value / rows[column][column])
            .collect();
        for (at, row) in rows.iter_mut().enumerate() {
            let factor = if at == column { 0.0 } else { row[column] };
            for (value, lead) in row.iter_mut().zip(&lead) {
                *value -= factor * lead;
            }
        }
        rows[column] = lead;
    }
    Some(
        rows.iter()
            .flat_map(|row| row[n..].iter().copied())
            .collect(),
    )
}

/// The nearest shares that are not negative and sum to one (Duchi et al. 2008, figure 1).
pub fn on_simplex(shares: &[f64]) -> Vec<f64> {
    let mut sorted = shares.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let (mut sum, mut shift) = (0.0, 0.0);
    for (at, value) in sorted.iter().enumerate() {
        sum += value;
        let candidate = (sum - 1.0) / (at + 1) as f64;
        if value - candidate > 0.0 {
            shift = candidate;
        }
    }
    shares
        .iter()
        .map(|share| (share - shift).max(0.0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predicted_shares_are_turned_back() {
        // P(predicted | gold): 0.8 0.2 and 0.3 0.7. Gold 0.6, 0.4 gives predicted 0.48 + 0.12 = 0.6, and 0.4; gold 0.9, 0.1
        // gives 0.75, 0.25.
        let inverse = Inverse::new(&[vec![80.0, 20.0], vec![30.0, 70.0]]).unwrap();
        let found = inverse.shares(&[3.0, 1.0]).unwrap();
        assert!(
            (found[0] - 0.9).abs() < 1e-12 && (found[1] - 0.1).abs() < 1e-12,
            "{found:?}"
        );
        assert_eq!(inverse.shares(&[0.0, 0.0]), None);
        assert_eq!(Inverse::new(&[vec![5.0, 5.0], vec![5.0, 5.0]]), None);
    }

    #[test]
    fn shares_beyond_the_simplex_come_back_to_its_edge() {
        // 1.2, -0.1, -0.1: only the first is kept: 1.2 - 0.2.
        assert_eq!(
            on_simplex(&[1.2, -0.1, -0.1])
                .iter()
                .map(|s| (s * 1e9).round() / 1e9)
                .collect::<Vec<_>>(),
            [1.0, 0.0, 0.0]
        );
        // 0.7, 0.5, -0.2 sums to 1: shift of the two first 0.1: 0.6, 0.4, 0.
        let found = on_simplex(&[0.7, 0.5, -0.2]);
        for (value, expected) in found.iter().zip([0.6, 0.4, 0.0]) {
            assert!((value - expected).abs() < 1e-12);
        }
    }
}
