//! Small drawings that stretch with the page: a scale with an interval, bars from zero, shares of a whole. Places are
//! percentages, so that they need no script and no fixed width. The words beside them say the same.

use super::markup::Markup;
use crate::compare::Estimate;

/// A scale on which strips of one figure share their ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// The whole scale of scores, -1 to 1.
    pub(super) const SCORES: Self = Self {
        low: -1.0,
        high: 1.0,
    };

    /// A scale around zero that holds all of `values`, with some room.
    pub(super) fn around_zero(values: impl IntoIterator<Item = f64>) -> Self {
        let most = values
            .into_iter()
            .filter(|value| value.is_finite())
            .fold(0.05_f64, |most, value| most.max(value.abs()));
        let most = (most * 1.1 * 20.0).ceil() / 20.0;
        Self {
            low: -most,
            high: most,
        }
    }

    pub(super) const fn ends(self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// Place of a value in percent of the width, kept on the strip.
    pub(super) fn place(self, value: f64) -> f64 {
        (100.0 * (value - self.low) / (self.high - self.low)).clamp(0.0, 100.0)
    }
}

/// Opens a strip whose content is told by the words beside it.
fn open(out: &mut Markup, class: &'static str) {
    out.raw("<svg class=\"strip ")
        .raw(class)
        .raw("\" width=\"100%\" height=\"20\" aria-hidden=\"true\" focusable=\"false\">");
}

fn close(out: &mut Markup) {
    out.raw("</svg>");
}

fn line(out: &mut Markup, class: &'static str, from: f64, to: f64) {
    out.raw("<line class=\"")
        .raw(class)
        .raw("\" y1=\"10\" y2=\"10\" x1=\"")
        .number(format_args!("{from:.2}%"))
        .raw("\" x2=\"")
        .number(format_args!("{to:.2}%"))
        .raw("\"/>");
}

fn upright(out: &mut Markup, class: &'static str, at: f64) {
    out.raw("<line class=\"")
        .raw(class)
        .raw("\" y1=\"0\" y2=\"20\" x1=\"")
        .number(format_args!("{at:.2}%"))
        .raw("\" x2=\"")
        .number(format_args!("{at:.2}%"))
        .raw("\"/>");
}

fn dot(out: &mut Markup, class: &'static str, at: f64) {
    out.raw("<circle class=\"")
        .raw(class)
        .raw("\" r=\"4.5\" cy=\"10\" cx=\"")
        .number(format_args!("{at:.2}%"))
        .raw("\"/>");
}

fn bar(out: &mut Markup, class: &'static str, from: f64, to: f64, (top, height): (u32, u32)) {
    out.raw("<rect class=\"")
        .raw(class)
        .raw("\" x=\"")
        .number(format_args!("{:.2}%", from.min(to)))
        .raw("\" width=\"")
        .number(format_args!("{:.2}%", (to - from).abs()))
        .raw("\" y=\"")
        .number(top)
        .raw("\" height=\"")
        .number(height)
        .raw("\"/>");
}

/// A dot with its interval; hollow where `hollow`, with a second, filled one for the corrected figure; an upright line at
/// `pooled`.
pub(super) fn whisker(
    out: &mut Markup,
    scale: Scale,
    raw: &Estimate,
    corrected: Option<&Estimate>,
    pooled: Option<f64>,
) {
    open(out, "whisker");
    upright(out, "zero", scale.place(0.0));
    if let Some(pooled) = pooled {
        upright(out, "pooled", scale.place(pooled));
    }
    let main = corrected.unwrap_or(raw);
    if let (Some(low), Some(high)) = (main.low, main.high) {
        line(out, "interval", scale.place(low), scale.place(high));
    }
    if let (Some(_), Some(value)) = (corrected, raw.value) {
        dot(out, "hollow", scale.place(value));
    }
    if let Some(value) = main.value {
        dot(out, "solid", scale.place(value));
    }
    close(out);
}

/// Two bars from zero, one above the other, and a dot with an interval for their sum.
pub(super) fn gap(
    out: &mut Markup,
    scale: Scale,
    selection: Option<f64>,
    framing: Option<f64>,
    whole: &Estimate,
) {
    open(out, "gap");
    let zero = scale.place(0.0);
    if let Some(value) = selection {
        bar(out, "selection", zero, scale.place(value), (2, 7));
    }
    if let Some(value) = framing {
        bar(out, "framing", zero, scale.place(value), (11, 7));
    }
    upright(out, "zero", zero);
    if let (Some(low), Some(high)) = (whole.low, whole.high) {
        line(out, "interval", scale.place(low), scale.place(high));
    }
    if let Some(value) = whole.value {
        dot(out, "solid", scale.place(value));
    }
    close(out);
}

/// Shares of a whole, side by side: a class and a share, 0..=1, each.
pub(super) fn shares(out: &mut Markup, shares: &[(&'static str, f64)]) {
    open(out, "shares");
    let mut at = 0.0;
    for &(class, share) in shares {
        let width = 100.0 * share;
        bar(out, class, at, at + width, (1, 18));
        at += width;
    }
    close(out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_around_zero_is_even_and_holds_its_values() {
        // 0.31 * 1.1 = 0.341, the next twentieth is 0.35.
        let scale = Scale::around_zero([0.31, -0.2]);
        assert_eq!(scale.ends(), (-0.35, 0.35));
        assert!((scale.place(0.0) - 50.0).abs() < 1e-12);
        assert!((scale.place(9.0) - 100.0).abs() < 1e-12);
    }
}
