//! What a user can set for a fit: unchecked as written ([`HyperParams`]) and checked ([`ValidHyperParams`]), linfa's
//! pattern. It does not fit.

use linfa::ParamGuard;

use super::fit::FitError;

/// Settings of a fit, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidHyperParams {
    pub(super) c: f64,
    pub(super) max_iterations: u64,
    pub(super) tolerance: f64,
    pub(super) start: Option<Vec<f64>>,
}

/// Settings of a fit, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct HyperParams(ValidHyperParams);

impl HyperParams {
    /// C = 1, at most 2,000 steps, tolerance 1e-6, start at zero.
    pub const fn new() -> Self {
        Self(ValidHyperParams {
            c: 1.0,
            max_iterations: 2000,
            tolerance: 1e-6,
            start: None,
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

    /// Where the search begins: `(n_columns + 1) * n_classes` numbers, column by column, the intercepts last.
    #[must_use]
    pub fn start(mut self, start: Vec<f64>) -> Self {
        self.0.start = Some(start);
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
        Ok(settings)
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}
