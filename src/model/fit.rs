//! The fit: multinomial logistic regression on sparse rows, through linfa's own traits and to linfa-logistic's own fitted
//! type. linfa-logistic 0.8.1 takes dense rows only, ignores weights, loses precision where logits spread, and does not
//! say whether it converged (`docs/linfa-logistic.md`); its dense fit is the oracle of the tests here.
//!
//! Minimised is `sum_i s_i * (logsumexp_k z_ik - z_iy) + |W|^2 / (2 C)` with `z = x W + b`, row weights `s`, free `b`
//! (Hastie, Tibshirani, Friedman 2009, section 4.4 and exercise 18.3), by L-BFGS (Liu & Nocedal 1989) with the line
//! search of More & Thuente (1994). Rows and columns are worked on in parallel, each sum in one fixed order, so that the
//! weights are the same bits at any number of threads.

use std::sync::Mutex;

use argmin::core::{CostFunction, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use linfa::DatasetBase;
use linfa::dataset::Records;
use linfa::traits::{Fit, PredictInplace};
use linfa_logistic::{MultiFittedLogisticRegression, MultiLogisticRegression};
use ndarray::{Array1, Array2, Axis};
use rayon::prelude::*;
use sprs::CsMat;

use super::hyperparams::ValidHyperParams;
use super::records::SparseRecords;

/// linfa-logistic's fitted model over class numbers.
pub type Fitted = MultiFittedLogisticRegression<f64, usize>;

/// Pairs of steps and gradients that L-BFGS remembers.
const MEMORY: usize = 10;

/// Why a fit failed.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    /// A setting outside its range.
    #[error("{name} is {value}; expected {range}")]
    Setting {
        /// The setting.
        name: &'static str,
        /// Its value.
        value: String,
        /// What it may be.
        range: &'static str,
    },
    /// No row.
    #[error("no statement to learn from; expected at least two classes")]
    NoRows,
    /// No column.
    #[error("no feature occurs often enough to learn from; give more statements")]
    NoColumns,
    /// One class only.
    #[error("all statements have one label (class {0}); expected at least two labels")]
    OneClass(usize),
    /// As many labels as rows are needed.
    #[error("{targets} labels and {weights} weights for {rows} rows")]
    Lengths {
        /// Rows.
        rows: usize,
        /// Labels.
        targets: usize,
        /// Weights; 0 where none were given.
        weights: usize,
    },
    /// NaN or infinity in a row.
    #[error("row {row}, column {column} is {value}; expected a finite number")]
    NotFinite {
        /// Row, from 0.
        row: usize,
        /// Column, from 0.
        column: usize,
        /// What stands there.
        value: f64,
    },
    /// A weight that is negative, NaN or infinite.
    #[error("the weight of row {row} is {value}; expected a finite number, 0 or more")]
    Weight {
        /// Row, from 0.
        row: usize,
        /// The weight.
        value: f32,
    },
    /// The search ended before the gradient was small enough.
    #[error(
        "the fit did not converge in {iterations} steps: gradient {gradient:.3e}; expected at most {limit:.3e}; \
         choose a smaller C or allow more steps"
    )]
    NotConverged {
        /// Steps done.
        iterations: u64,
        /// Length of the gradient at the end.
        gradient: f64,
        /// What it had to be.
        limit: f64,
    },
    /// The solver gave up.
    #[error("the solver failed: {0}")]
    Solver(String),
    /// linfa's own error.
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
}

impl Fit<SparseRecords, Array1<usize>, FitError> for ValidHyperParams {
    type Object = Fitted;

    /// Fits the rows of `dataset`: class numbers from 0, with row weights where the dataset has any.
    ///
    /// # Errors
    /// Every [`FitError`] but `Setting`.
    fn fit(&self, dataset: &DatasetBase<SparseRecords, Array1<usize>>) -> Result<Fitted, FitError> {
        let weights = checked_weights(dataset)?;
        let n_classes = checked_classes(dataset)?;
        let problem = Problem::new(
            dataset.records.matrix(),
            &dataset.targets,
            weights,
            n_classes,
            self.c,
        );
        let n_parameters = (dataset.nfeatures() + 1) * n_classes;
        let start = match &self.start {
            Some(start) if start.len() == n_parameters => Array1::from(start.clone()),
            Some(start) => {
                let value = format!("{} numbers", start.len());
                return Err(FitError::Setting {
                    name: "start",
                    value,
                    range: "(columns + 1) * classes numbers",
                });
            }
            None => Array1::zeros(n_parameters),
        };
        let limit = self.tolerance * problem.weights.iter().sum::<f64>();
        let solver = |error: argmin::core::Error| FitError::Solver(error.to_string());
        let search = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY)
            .with_tolerance_grad(limit)
            .and_then(|search| search.with_tolerance_cost(0.0))
            .map_err(solver)?;
        let run = Executor::new(&problem, search)
            .configure(|state| state.param(start).max_iters(self.max_iterations))
            .run()
            .map_err(solver)?;
        let iterations = run.state.get_iter();
        let best = run
            .state
            .get_best_param()
            .ok_or_else(|| FitError::Solver("no parameters".to_owned()))?;
        // argmin reports a failed line search and a full count of steps as success: look at the gradient itself.
        let slope = problem.slope(best);
        let gradient = slope.dot(&slope).sqrt();
        if gradient.is_nan() || gradient > limit {
            return Err(FitError::NotConverged {
                iterations,
                gradient,
                limit,
            });
        }
        fitted(best, n_classes)
    }
}

fn checked_weights(
    dataset: &DatasetBase<SparseRecords, Array1<usize>>,
) -> Result<Vec<f64>, FitError> {
    let (rows, targets) = (dataset.nsamples(), dataset.targets.len());
    if rows == 0 {
        return Err(FitError::NoRows);
    }
    if dataset.nfeatures() == 0 {
        return Err(FitError::NoColumns);
    }
    let given = dataset.weights();
    let weights = given.map_or(0, <[f32]>::len);
    if targets != rows || (weights != rows && weights != 0) {
        return Err(FitError::Lengths {
            rows,
            targets,
            weights,
        });
    }
    for (row, values) in dataset.records.matrix().outer_iterator().enumerate() {
        if let Some((column, &value)) = values.iter().find(|(_, value)| !value.is_finite()) {
            return Err(FitError::NotFinite { row, column, value });
        }
    }
    let Some(given) = given.filter(|given| !given.is_empty()) else {
        return Ok(vec![1.0; rows]);
    };
    if let Some(row) = given
        .iter()
        .position(|weight| !(weight.is_finite() && *weight >= 0.0))
    {
        return Err(FitError::Weight {
            row,
            value: given[row],
        });
    }
    Ok(given.iter().map(|&weight| f64::from(weight)).collect())
}

fn checked_classes(dataset: &DatasetBase<SparseRecords, Array1<usize>>) -> Result<usize, FitError> {
    let first = dataset.targets[0];
    if dataset.targets.iter().all(|&class| class == first) {
        return Err(FitError::OneClass(first));
    }
    Ok(dataset.targets.iter().max().map_or(0, |class| class + 1))
}

/// linfa-logistic's fitted type has no constructor, but its fit of no steps from given weights is one.
fn fitted(parameters: &Array1<f64>, n_classes: usize) -> Result<Fitted, FitError> {
    let n_rows = parameters.len() / n_classes;
    let weights = Array2::from_shape_fn((n_rows, n_classes), |(row, class)| {
        parameters[row * n_classes + class]
    });
    let blank = Array2::zeros((n_classes, n_rows - 1));
    let classes = DatasetBase::new(blank, Array1::from_iter(0..n_classes));
    MultiLogisticRegression::default()
        .alpha(1.0)
        .initial_params(weights)
        .max_iterations(0)
        .fit(&classes)
        .map_err(|error| FitError::Solver(error.to_string()))
}

/// The function to be minimised.
struct Problem<'a> {
    rows: &'a CsMat<f64>,
    /// The same matrix stored by columns, so that each part of the gradient is one sum.
    columns: CsMat<f64>,
    targets: &'a Array1<usize>,
    weights: Vec<f64>,
    n_classes: usize,
    c: f64,
    /// The parameters of the last loss with its derivatives: the line search asks for both at the same place.
    last: Mutex<Option<Forward>>,
}

/// What one pass over the rows gives.
struct Forward {
    parameters: Vec<f64>,
    loss: f64,
    /// Derivative of the loss by each logit, row by row: `s * (p - y)`.
    errors: Vec<f64>,
}

impl<'a> Problem<'a> {
    fn new(
        rows: &'a CsMat<f64>,
        targets: &'a Array1<usize>,
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
            last: Mutex::new(None),
        }
    }

    /// The loss; its derivatives by the logits are kept for the gradient.
    fn loss(&self, parameters: &[f64]) -> f64 {
        let forward = self.pass(parameters);
        let loss = forward.loss;
        self.keep(forward);
        loss
    }

    fn pass(&self, parameters: &[f64]) -> Forward {
        let (loss, errors) = match self.n_classes {
            3 => self.forward::<3>(parameters),
            4 => self.forward::<4>(parameters),
            _ => self.forward::<0>(parameters),
        };
        Forward {
            parameters: parameters.to_vec(),
            loss,
            errors,
        }
    }

    fn keep(&self, forward: Forward) {
        // A poisoned lock means that another thread panicked, and then nothing is read any more.
        if let Ok(mut last) = self.last.lock() {
            *last = Some(forward);
        }
    }

    /// Loss and derivatives by the logits. `K` is the number of classes where it is known when compiled, else 0.
    fn forward<const K: usize>(&self, parameters: &[f64]) -> (f64, Vec<f64>) {
        let k = if K == 0 { self.n_classes } else { K };
        let mut losses = vec![0.0; self.rows.rows()];
        let mut errors = vec![0.0; self.rows.rows() * k];
        losses
            .par_iter_mut()
            .zip(errors.par_chunks_mut(k))
            .enumerate()
            .with_min_len(64)
            .for_each(|(row, (loss, logits))| {
                self.logits::<K>(row, parameters, logits);
                let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let total: f64 = logits.iter().map(|z| (z - largest).exp()).sum();
                let log_total = largest + total.ln();
                *loss = self.weights[row] * (log_total - logits[self.targets[row]]);
                for (class, z) in logits.iter_mut().enumerate() {
                    let target = f64::from(u8::from(class == self.targets[row]));
                    *z = self.weights[row] * ((*z - log_total).exp() - target);
                }
            });
        let penalty: f64 = parameters[..parameters.len() - k]
            .iter()
            .map(|w| w * w)
            .sum();
        (
            losses.iter().sum::<f64>() + penalty / (2.0 * self.c),
            errors,
        )
    }

    fn logits<const K: usize>(&self, row: usize, parameters: &[f64], logits: &mut [f64]) {
        let k = if K == 0 { self.n_classes } else { K };
        logits.copy_from_slice(&parameters[parameters.len() - k..]);
        let Some(values) = self.rows.outer_view(row) else {
            return;
        };
        if K == 0 {
            for (column, value) in values.iter() {
                for (z, w) in logits
                    .iter_mut()
                    .zip(&parameters[column * k..column * k + k])
                {
                    *z += value * w;
                }
            }
            return;
        }
        let mut sums = [0.0; K];
        sums.copy_from_slice(logits);
        for (&column, value) in values.indices().iter().zip(values.data()) {
            let weights = &parameters[column * K..column * K + K];
            for class in 0..K {
                sums[class] += value * weights[class];
            }
        }
        logits.copy_from_slice(&sums);
    }

    fn slope(&self, parameters: &Array1<f64>) -> Array1<f64> {
        let parameters = parameters.as_slice().unwrap_or_default();
        let kept = self.last.lock().ok().and_then(|mut last| last.take());
        let forward = kept
            .filter(|kept| kept.parameters == parameters)
            .unwrap_or_else(|| self.pass(parameters));
        let slope = match self.n_classes {
            3 => self.backward::<3>(parameters, &forward.errors),
            4 => self.backward::<4>(parameters, &forward.errors),
            _ => self.backward::<0>(parameters, &forward.errors),
        };
        self.keep(forward);
        slope
    }

    /// The gradient from the derivatives by the logits.
    fn backward<const K: usize>(&self, parameters: &[f64], errors: &[f64]) -> Array1<f64> {
        let k = if K == 0 { self.n_classes } else { K };
        let mut slope = vec![0.0; parameters.len()];
        let (weights, intercepts) = slope.split_at_mut(parameters.len() - k);
        weights
            .par_chunks_mut(k)
            .enumerate()
            .with_min_len(256)
            .for_each(|(column, out)| {
                for (o, w) in out.iter_mut().zip(&parameters[column * k..column * k + k]) {
                    *o = w / self.c;
                }
                let Some(values) = self.columns.outer_view(column) else {
                    return;
                };
                for (&row, value) in values.indices().iter().zip(values.data()) {
                    for (o, e) in out.iter_mut().zip(&errors[row * k..row * k + k]) {
                        *o += value * e;
                    }
                }
            });
        for row in errors.chunks(k) {
            for (o, e) in intercepts.iter_mut().zip(row) {
                *o += e;
            }
        }
        Array1::from(slope)
    }
}

impl CostFunction for &Problem<'_> {
    type Param = Array1<f64>;
    type Output = f64;

    fn cost(&self, parameters: &Array1<f64>) -> Result<f64, argmin::core::Error> {
        Ok(self.loss(parameters.as_slice().unwrap_or_default()))
    }
}

impl Gradient for &Problem<'_> {
    type Param = Array1<f64>;
    type Gradient = Array1<f64>;

    fn gradient(&self, parameters: &Array1<f64>) -> Result<Array1<f64>, argmin::core::Error> {
        Ok(self.slope(parameters))
    }
}

impl PredictInplace<SparseRecords, Array1<usize>> for SparsePredictor<'_> {
    fn predict_inplace(&self, records: &SparseRecords, classes: &mut Array1<usize>) {
        for (row, class) in classes.iter_mut().enumerate() {
            let mut logits = self.0.intercept().clone();
            if let Some(values) = records.matrix().outer_view(row) {
                for (column, value) in values.iter() {
                    logits.scaled_add(*value, &self.0.params().index_axis(Axis(0), column));
                }
            }
            let best = logits.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
            *class = best.map_or(0, |(place, _)| self.0.classes()[place]);
        }
    }

    fn default_target(&self, records: &SparseRecords) -> Array1<usize> {
        Array1::zeros(records.nsamples())
    }
}

/// A fitted model that predicts sparse rows through linfa's traits.
pub struct SparsePredictor<'a>(pub &'a Fitted);

#[cfg(test)]
#[path = "fit_tests.rs"]
mod tests;
