//! What a fit minimises: `sum_i s_i * (logsumexp_k z_ik - z_iy) + |W|^2 / (2 C)` with `z = x W + b`, row weights `s` and free
//! intercepts `b` (Hastie, Tibshirani & Friedman 2009, section 4.4), with its derivative. With a prior `(W0, b0)` the penalty
//! is `(|W - W0|^2 + |b - b0|^2) / (2 C)`: a Gaussian about what was known before (Chelba & Acero 2006). It does not search.
//!
//! The logarithm of the sum takes out each row's own largest logit, so that no row spoils another. Rows and columns are
//! worked on in parallel, but every sum runs in one fixed order: the numbers are the same bits at any number of threads.

use rayon::prelude::*;

use super::records::Sparse;

/// Rows or columns that one thread takes at least: less is not worth handing over.
const SHARE: usize = 256;

/// The function of the parameters. These are `(n_columns + 1) * n_classes` numbers, column by column, the intercepts last.
pub(super) struct Objective<'a> {
    rows: &'a Sparse,
    /// The same matrix stored by columns, so that each part of the derivative is one sum.
    columns: Sparse,
    targets: &'a [usize],
    weights: Vec<f64>,
    n_classes: usize,
    c: f64,
    /// As many numbers as there are parameters; none stands for zero weights and free intercepts.
    prior: Option<&'a [f64]>,
}

impl<'a> Objective<'a> {
    /// The function over `rows` (stored by rows) with class numbers below `n_classes` and row weights.
    pub(super) fn new(
        rows: &'a Sparse,
        targets: &'a [usize],
        weights: Vec<f64>,
        n_classes: usize,
        c: f64,
    ) -> Self {
        Self {
            rows,
            columns: rows.to_csc(),
            targets,
            weights,
            n_classes,
            c,
            prior: None,
        }
    }

    /// The same function about a prior, which has as many numbers as there are parameters.
    pub(super) const fn about(mut self, prior: Option<&'a [f64]>) -> Self {
        self.prior = prior;
        self
    }

    /// Length of the parameters.
    pub(super) fn n_parameters(&self) -> usize {
        (self.rows.cols() + 1) * self.n_classes
    }

    /// Sum of the row weights.
    pub(super) fn total_weight(&self) -> f64 {
        self.weights.iter().sum()
    }

    /// The value and its derivative by each parameter.
    pub(super) fn at(&self, parameters: &[f64]) -> (f64, Vec<f64>) {
        // A number of classes that is known when the program is built lets the inner loops run without counting.
        match self.n_classes {
            2 => self.with(parameters, 2),
            3 => self.with(parameters, 3),
            4 => self.with(parameters, 4),
            k => self.with(parameters, k),
        }
    }

    #[expect(
        clippy::inline_always,
        reason = "each call has its own number of classes to fold in"
    )]
    #[inline(always)]
    fn with(&self, parameters: &[f64], k: usize) -> (f64, Vec<f64>) {
        let (weights, intercepts) = parameters.split_at(self.rows.cols() * k);
        let mut losses = vec![0.0; self.rows.rows()];
        let mut errors = vec![0.0; self.rows.rows() * k];
        losses
            .par_iter_mut()
            .zip(errors.par_chunks_exact_mut(k))
            .enumerate()
            .with_min_len(SHARE)
            .for_each(|(row, (loss, errors))| {
                errors.copy_from_slice(intercepts);
                if let Some(values) = self.rows.outer_view(row) {
                    add_products(values.indices(), values.data(), weights, errors, k);
                }
                *loss = judge(errors, self.targets[row], self.weights[row]);
            });
        let mut slope = vec![0.0; parameters.len()];
        let (slopes, free) = slope.split_at_mut(weights.len());
        slopes
            .par_chunks_exact_mut(k)
            .zip(weights.par_chunks_exact(k))
            .enumerate()
            .with_min_len(SHARE)
            .for_each(|(column, (slope, weights))| {
                let from = self.prior.map(|prior| &prior[column * k..column * k + k]);
                for (class, (s, w)) in slope.iter_mut().zip(weights).enumerate() {
                    *s = (w - from.map_or(0.0, |from| from[class])) / self.c;
                }
                if let Some(values) = self.columns.outer_view(column) {
                    add_products(values.indices(), values.data(), &errors, slope, k);
                }
            });
        for row in errors.chunks_exact(k) {
            for (s, e) in free.iter_mut().zip(row) {
                *s += e;
            }
        }
        let penalty: f64 = match self.prior {
            None => weights.iter().map(|w| w * w).sum(),
            Some(prior) => {
                let (_, centre) = prior.split_at(weights.len());
                for ((s, b), from) in free.iter_mut().zip(intercepts).zip(centre) {
                    *s += (b - from) / self.c;
                }
                let apart = parameters.iter().zip(prior).map(|(w, from)| w - from);
                apart.map(|apart| apart * apart).sum()
            }
        };
        let loss: f64 = losses.iter().sum();
        (loss + penalty / (2.0 * self.c), slope)
    }
}

/// Adds `value * from[place]` to `sums` for every place and value; `from` holds `k` numbers a place.
#[expect(
    clippy::inline_always,
    reason = "the innermost loop, with k folded in by its caller"
)]
#[inline(always)]
fn add_products(places: &[u32], values: &[f32], from: &[f64], sums: &mut [f64], k: usize) {
    let sums = &mut sums[..k];
    for (&place, &value) in places.iter().zip(values) {
        let (place, value) = (place as usize, f64::from(value));
        for (sum, part) in sums.iter_mut().zip(&from[place * k..place * k + k]) {
            *sum += value * part;
        }
    }
}

/// The loss of a row with these logits. They are turned into the derivative of the loss by each of them, `s * (p - y)`.
fn judge(logits: &mut [f64], target: usize, weight: f64) -> f64 {
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = logits.iter().map(|z| libm::exp(z - largest)).sum();
    let log_total = largest + libm::log(total);
    let loss = weight * (log_total - logits[target]);
    for (class, z) in logits.iter_mut().enumerate() {
        let gold = f64::from(u8::from(class == target));
        *z = weight * (libm::exp(*z - log_total) - gold);
    }
    loss
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows, (1, 0) of class 0 and (0, 2) of class 1 with weight 3.
    fn rows() -> Sparse {
        Sparse::new((2, 2), vec![0, 1, 2], vec![0, 1], vec![1.0, 2.0])
    }

    #[test]
    fn value_and_slope_at_zero_are_those_worked_out_by_hand() {
        let (rows, targets) = (rows(), [0, 1]);
        let objective = Objective::new(&rows, &targets, vec![1.0, 3.0], 2, 1.0);
        let (value, slope) = objective.at(&[0.0; 6]);
        // Even odds: ln 2 a row, times weights 1 + 3.
        assert!((value - 4.0 * 2.0_f64.ln()).abs() < 1e-12);
        // p - y is (-1/2, 1/2) for the first row; 3 * (1/2, -1/2) for the second, whose value is 2.
        assert_eq!(slope, [-0.5, 0.5, 3.0, -3.0, 1.0, -1.0]);
    }

    #[test]
    fn a_prior_is_where_the_penalty_is_nothing() {
        let (rows, targets) = (rows(), [0, 1]);
        let prior = [0.5, 0.0, 0.0, 0.0, 1.0, 0.0];
        let about = || Objective::new(&rows, &targets, vec![0.0; 2], 2, 4.0).about(Some(&prior));
        assert_eq!(about().at(&prior), (0.0, vec![0.0; 6]));
        // Half and one away from the prior: (0.25 + 1) / (2 * 4), and slopes of -0.5 / 4 and -1 / 4.
        let (value, slope) = about().at(&[0.0; 6]);
        assert!((value - 0.156_25).abs() < 1e-12);
        assert_eq!(slope, [-0.125, 0.0, 0.0, 0.0, -0.25, 0.0]);
    }

    #[test]
    fn the_slope_is_the_change_of_the_value() {
        for k in 2..=5 {
            let (rows, targets) = (rows(), [0, 1]);
            let prior: Vec<f64> = (0..3 * k).map(|at| (at as f64).cos()).collect();
            let objective = Objective::new(&rows, &targets, vec![0.7, 1.3], k, 2.0)
                .about((k % 2 == 1).then_some(prior.as_slice()));
            let place: Vec<f64> = (0..3 * k).map(|at| (at as f64 * 1.7).sin()).collect();
            let slope = objective.at(&place).1;
            for at in 0..place.len() {
                let step = 1e-5;
                let mut sides = [place.clone(), place.clone()];
                sides[0][at] -= step;
                sides[1][at] += step;
                let change = (objective.at(&sides[1]).0 - objective.at(&sides[0]).0) / (2.0 * step);
                assert!(
                    (change - slope[at]).abs() < 1e-8,
                    "{change} for {}",
                    slope[at]
                );
            }
        }
    }

    #[test]
    fn a_row_far_below_another_keeps_its_loss() {
        // Logits (1000, 0) and (-40, 0): the second row's loss is 40 + ln(1 + e^-40), whatever the first row's.
        let (rows, targets) = (rows(), [0, 0]);
        let objective = Objective::new(&rows, &targets, vec![1.0, 1.0], 2, f64::INFINITY);
        let (value, _) = objective.at(&[1000.0, 0.0, -20.0, 0.0, 0.0, 0.0]);
        assert!((value - 40.0).abs() < 1e-12);
    }
}
