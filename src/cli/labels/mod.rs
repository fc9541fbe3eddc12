//! `stance labels`: label tools in and out, what labelled files hold, what to label next, and how far annotators agree.

mod agreement;
pub(super) mod args;
mod check;
mod curve;
mod exchange;
mod next;

use super::terminal::{Stop, Terminal};
use args::Labels;

pub(super) fn run(wishes: &Labels, terminal: &Terminal) -> Result<(), Stop> {
    match wishes {
        Labels::Import(wishes) => exchange::run_import(wishes, terminal),
        Labels::Export(wishes) => exchange::run_export(wishes, terminal),
        Labels::Check(wishes) => check::run(wishes, terminal),
        Labels::Next(wishes) => next::run(wishes, terminal),
        Labels::Curve(wishes) => curve::run(wishes, terminal),
        Labels::Agreement(wishes) => agreement::run(wishes),
    }
}
