//! A figure with its interval and what is to be said about its footing: the shape that every table of a comparison is made
//! of. It does not compute intervals.

use serde::Serialize;

/// What is summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scoring {
    /// Calibrated probabilities.
    #[default]
    Soft,
    /// Likeliest labels.
    Hard,
}

/// Why a figure should be read with care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Caution {
    /// Too few clusters for an interval.
    TooFew,
    /// Under 16 clusters: the interval is rough.
    Few,
    /// The figure had no value in more than one draw of twenty.
    Unstable,
}

/// A figure with its interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure; `None` where nothing would be divided by nothing.
    pub value: Option<f64>,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Copy clusters that it rests on; of a difference, those of the outlet with fewer.
    pub n_clusters: usize,
    /// Why it should be read with care.
    pub caution: Option<Caution>,
}

impl Estimate {
    /// A figure without an interval.
    pub const fn bare(value: Option<f64>, n_clusters: usize) -> Self {
        Self {
            value,
            low: None,
            high: None,
            n_clusters,
            caution: None,
        }
    }

    /// The same difference seen from its other side.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self {
            value: self.value.map(|value| -value),
            low: self.high.map(|high| -high),
            high: self.low.map(|low| -low),
            ..*self
        }
    }

    /// Whether the interval leaves `point` out; `false` without an interval.
    pub fn excludes(&self, point: f64) -> bool {
        self.low.is_some_and(|low| low > point) || self.high.is_some_and(|high| high < point)
    }
}
