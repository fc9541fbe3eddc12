//! The fit: multinomial logistic regression on sparse rows, through linfa's own traits and to linfa-logistic's own fitted
//! type. linfa-logistic 0.8.1 takes dense rows only, ignores weights, loses precision where logits spread, and does not
//! say whether it converged (`docs/linfa-logistic.md`); its dense fit is the oracle of the tests here.
//!
//! The function in `objective.rs` is minimised by L-BFGS (Liu & Nocedal 1989) with the line search of More & Thuente (1994). What comes
//! out does not depend on the number of threads. The order of the rows shows in the last bits only; [`super::train`]
//! sorts them.

use std::cell::RefCell;

use argmin::core::{CostFunction, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use linfa::DatasetBase;
use linfa::dataset::Records;
use linfa::traits::{Fit, PredictInplace};
use linfa_logistic::{MultiFittedLogisticRegression, MultiLogisticRegression};
use ndarray::{Array1, Array2};

use super::hyperparams::{ClassWeights, ValidHyperParams};
use super::objective::Objective;
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
    /// A class between others without a row that counts: its intercept would have no least value.
    #[error(
        "no statement with a weight has label (class) {0}; expected at least one of every label"
    )]
    EmptyClass(usize),
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
        value: f32,
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
         choose a smaller C"
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
    /// Every [`FitError`] but those of settings that [`linfa::ParamGuard::check`] finds.
    fn fit(&self, dataset: &DatasetBase<SparseRecords, Array1<usize>>) -> Result<Fitted, FitError> {
        let mut weights = checked_weights(dataset)?;
        let targets = dataset.targets.to_vec();
        let totals = self.checked_classes(&targets, &weights, dataset.nfeatures())?;
        self.weigh_classes(&targets, &totals, &mut weights)?;
        let rows = dataset.records.matrix();
        let objective = Objective::new(rows, &targets, weights, totals.len(), self.c)
            .about(self.prior.as_deref());
        let start = match self.start.as_ref().or(self.prior.as_ref()) {
            Some(start) if start.len() == objective.n_parameters() => start.clone(),
            Some(start) => return Err(wrong_length("start", start)),
            None => vec![0.0; objective.n_parameters()],
        };
        let found = self.search(&objective, start.into())?;
        fitted(&found, totals.len())
    }
}

impl ValidHyperParams {
    /// Multiplies row weights by those of their classes.
    fn weigh_classes(
        &self,
        targets: &[usize],
        totals: &[f64],
        weights: &mut [f64],
    ) -> Result<(), FitError> {
        let by_class = match &self.class_weights {
            ClassWeights::Even => return Ok(()),
            ClassWeights::Balanced => {
                let n: f64 = totals.iter().sum();
                let k = totals.len() as f64;
                totals.iter().map(|total| n / (k * total)).collect()
            }
            ClassWeights::Given(given) if given.len() == totals.len() => given.clone(),
            ClassWeights::Given(given) => {
                return Err(FitError::Setting {
                    name: "class_weights",
                    value: format!("{} numbers", given.len()),
                    range: "one number a class",
                });
            }
        };
        for (weight, &class) in weights.iter_mut().zip(targets) {
            *weight *= by_class[class];
        }
        Ok(())
    }

    /// Weight of each class, from 0 to the greatest that occurs, or to the last that the prior knows: one that it knows need
    /// not occur.
    fn checked_classes(
        &self,
        targets: &[usize],
        weights: &[f64],
        n_columns: usize,
    ) -> Result<Vec<f64>, FitError> {
        let occurring = targets.iter().max().map_or(0, |class| class + 1);
        let n_classes = match &self.prior {
            Some(prior)
                if prior.len() % (n_columns + 1) == 0
                    && prior.len() / (n_columns + 1) >= occurring.max(2) =>
            {
                prior.len() / (n_columns + 1)
            }
            Some(prior) => return Err(wrong_length("prior", prior)),
            None if targets.iter().all(|&class| class == targets[0]) => {
                return Err(FitError::OneClass(targets[0]));
            }
            None => occurring,
        };
        let mut totals = vec![0.0; n_classes];
        for (&class, weight) in targets.iter().zip(weights) {
            totals[class] += weight;
        }
        match totals.iter().position(|&total| total <= 0.0) {
            Some(class) if self.prior.is_none() => Err(FitError::EmptyClass(class)),
            _ => Ok(totals),
        }
    }

    /// The parameters at which the gradient is short enough.
    ///
    /// argmin reports a failed line search and a full count of steps as success, so the gradient itself is looked at. A
    /// search that stops early is begun afresh without memory from where it stood, as long as that shortens the gradient.
    fn search(
        &self,
        objective: &Objective<'_>,
        start: Array1<f64>,
    ) -> Result<Array1<f64>, FitError> {
        let limit = self.tolerance * objective.total_weight();
        let failed = |error: argmin::core::Error| FitError::Solver(error.to_string());
        let problem = Problem::new(objective);
        let (mut from, mut iterations, mut shortest) = (start, 0, f64::INFINITY);
        loop {
            let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY)
                .with_tolerance_grad(limit)
                .and_then(|solver| solver.with_tolerance_cost(0.0))
                .map_err(failed)?;
            let left = self.max_iterations - iterations;
            let mut run = Executor::new(&problem, solver)
                .configure(|state| state.param(from).max_iters(left))
                .run()
                .map_err(failed)?;
            iterations += run.state.get_iter();
            // Near the optimum the loss is flat to its last bit: the least loss need not have the shortest gradient.
            let ends = [run.state.take_param(), run.state.take_best_param()];
            let (gradient, found) = ends
                .into_iter()
                .flatten()
                .map(|end| (problem.at(&end, |answer| length(&answer.gradient)), end))
                .min_by(|a, b| a.0.total_cmp(&b.0))
                .ok_or_else(|| FitError::Solver("no parameters".to_owned()))?;
            if gradient <= limit {
                return Ok(found);
            }
            if iterations >= self.max_iterations || gradient.is_nan() || gradient >= shortest {
                return Err(FitError::NotConverged {
                    iterations,
                    gradient,
                    limit,
                });
            }
            (from, shortest) = (found, gradient);
        }
    }
}

fn length(vector: &Array1<f64>) -> f64 {
    vector.dot(vector).sqrt()
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
    let sound = |weight: &f32| weight.is_finite() && *weight >= 0.0;
    match given.iter().position(|weight| !sound(weight)) {
        Some(row) => Err(FitError::Weight {
            row,
            value: given[row],
        }),
        None => Ok(given.iter().map(|&weight| f64::from(weight)).collect()),
    }
}

fn wrong_length(name: &'static str, numbers: &[f64]) -> FitError {
    FitError::Setting {
        name,
        value: format!("{} numbers", numbers.len()),
        range: "(columns + 1) * classes numbers",
    }
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

/// The objective as argmin sees it. argmin asks for value and gradient one after the other, and for the gradient at the
/// end of a line search again: the answers for the last parameters are kept.
struct Problem<'a> {
    objective: &'a Objective<'a>,
    last: RefCell<Option<Answer>>,
}

/// Parameters with value and gradient there.
struct Answer {
    parameters: Array1<f64>,
    value: f64,
    gradient: Array1<f64>,
}

impl<'a> Problem<'a> {
    const fn new(objective: &'a Objective<'a>) -> Self {
        Self {
            objective,
            last: RefCell::new(None),
        }
    }

    /// What `read` takes from the answer for `parameters`.
    fn at<T>(&self, parameters: &Array1<f64>, read: impl FnOnce(&Answer) -> T) -> T {
        let mut last = self.last.borrow_mut();
        let known = last.take().filter(|last| last.parameters == *parameters);
        let answer = known.unwrap_or_else(|| {
            let (value, gradient) = self.objective.at(parameters.as_slice().unwrap_or_default());
            Answer {
                parameters: parameters.clone(),
                value,
                gradient: gradient.into(),
            }
        });
        read(last.insert(answer))
    }
}

impl CostFunction for &Problem<'_> {
    type Param = Array1<f64>;
    type Output = f64;

    fn cost(&self, parameters: &Array1<f64>) -> Result<f64, argmin::core::Error> {
        Ok(self.at(parameters, |answer| answer.value))
    }
}

impl Gradient for &Problem<'_> {
    type Param = Array1<f64>;
    type Gradient = Array1<f64>;

    fn gradient(&self, parameters: &Array1<f64>) -> Result<Array1<f64>, argmin::core::Error> {
        Ok(self.at(parameters, |answer| answer.gradient.clone()))
    }
}

impl PredictInplace<SparseRecords, Array1<usize>> for Fitted {
    /// The likeliest class of every row; of equals the first.
    ///
    /// # Panics
    /// As linfa's own predictions do, where rows, columns and targets do not fit together.
    fn predict_inplace(&self, records: &SparseRecords, classes: &mut Array1<usize>) {
        assert_eq!(records.nsamples(), classes.len(), "a class for every row");
        assert_eq!(
            records.nfeatures(),
            self.params().nrows(),
            "columns as in the fit"
        );
        for (class, values) in classes.iter_mut().zip(records.matrix().outer_iterator()) {
            let mut logits = self.intercept().clone();
            for (column, value) in values.iter() {
                logits.scaled_add(f64::from(*value), &self.params().row(column));
            }
            let best = logits
                .iter()
                .enumerate()
                .reduce(|best, next| if next.1 > best.1 { next } else { best });
            *class = best.map_or(0, |(place, _)| self.classes()[place]);
        }
    }

    fn default_target(&self, records: &SparseRecords) -> Array1<usize> {
        Array1::zeros(records.nsamples())
    }
}

#[cfg(test)]
#[path = "fit_tests.rs"]
mod tests;
