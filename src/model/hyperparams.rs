//! What a user can set for a fit: unchecked as written ([`HyperParams`]) and checked ([`ValidHyperParams`]), linfa's
//! pattern. It does not fit. There is no seed, since a fit draws nothing by chance, and no number of threads: a fit uses
//! the rayon pool that it is called in, with the same outcome at any size.

use linfa::ParamGuard;

use super::fit::FitError;

/// How much the rows of each class count, on top of their own weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ClassWeights {
    /// All rows alike.
    #[default]
    Even,
    /// Every class alike: the weight `n / (k * n_class)`, where `n` sums the rows' own weights (King & Zeng 2001;
    /// scikit-learn's "balanced").
    Balanced,
    /// A finite number above 0 for each class, in order.
    Given(Vec<f64>),
}

impl ClassWeights {
    /// Its name: `even`, `balanced` or `given`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::Balanced => "balanced",
            Self::Given(_) => "given",
        }
    }
}

/// Settings of a fit, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidHyperParams {
    pub(super) c: f64,
    pub(super) max_iterations: u64,
    pub(super) tolerance: f64,
    pub(super) class_weights: ClassWeights,
    pub(super) start: Option<Vec<f64>>,
    pub(super) prior: Option<Vec<f64>>,
}

/// Settings of a fit, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct HyperParams(ValidHyperParams);

impl HyperParams {
    /// C = 1, at most 2,000 steps, tolerance 1e-6, all rows alike, start at zero.
    pub const fn new() -> Self {
        Self(ValidHyperParams {
            c: 1.0,
            max_iterations: 2000,
            tolerance: 1e-6,
            class_weights: ClassWeights::Even,
            start: None,
            prior: None,
        })
    }

    /// Inverse strength of the L2 penalty on the weights, as in scikit-learn: the summed loss plus `|W|^2 / (2 c)`. The
    /// intercepts are free. Above 0.
    #[must_use]
    pub const fn c(mut self, c: f64) -> Self {
        self.0.c = c;
        self
    }

    /// Steps after which a fit that has not converged is an error; at least 1.
    #[must_use]
    pub const fn max_iterations(mut self, steps: u64) -> Self {
        self.0.max_iterations = steps;
        self
    }

    /// The fit has converged when the gradient's length is at most this times the total weight of the rows; above 0.
    #[must_use]
    pub const fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// How much the rows of each class count.
    #[must_use]
    pub fn class_weights(mut self, weights: ClassWeights) -> Self {
        self.0.class_weights = weights;
        self
    }

    /// Where the search begins, for example at a fit with another C: `(n_columns + 1) * n_classes` numbers, column by column, the intercepts last.
    #[must_use]
    pub fn start(mut self, start: Vec<f64>) -> Self {
        self.0.start = Some(start);
        self
    }

    /// What the penalty draws the parameters to in place of zero, intercepts too, in the shape of a start; the search begins
    /// there unless a start is given. A class may then have no row: it keeps what the prior knows of it.
    #[must_use]
    pub fn prior(mut self, prior: Vec<f64>) -> Self {
        self.0.prior = Some(prior);
        self
    }
}

impl Default for HyperParams {
    fn default() -> Self {
        Self::new()
    }
}

impl ParamGuard for HyperParams {
    type Checked = ValidHyperParams;
    type Error = FitError;

    fn check_ref(&self) -> Result<&Self::Checked, Self::Error> {
        let settings = &self.0;
        let fault = |name, value: String, range| Err(FitError::Setting { name, value, range });
        if !(settings.c.is_finite() && settings.c > 0.0) {
            return fault("c", settings.c.to_string(), "a number above 0");
        }
        if !(settings.tolerance.is_finite() && settings.tolerance > 0.0) {
            return fault(
                "tolerance",
                settings.tolerance.to_string(),
                "a number above 0",
            );
        }
        if settings.max_iterations == 0 {
            return fault("max_iterations", "0".to_owned(), "1 or more");
        }
        if let ClassWeights::Given(given) = &settings.class_weights
            && let Some(wrong) = given.iter().find(|w| !(w.is_finite() && **w > 0.0))
        {
            return fault("class_weights", wrong.to_string(), "numbers above 0");
        }
        for (name, numbers) in [("start", &settings.start), ("prior", &settings.prior)] {
            if let Some(wrong) = numbers.iter().flatten().find(|p| !p.is_finite()) {
                return fault(name, wrong.to_string(), "finite numbers");
            }
        }
        Ok(settings)
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}
