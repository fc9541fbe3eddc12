//! `stance evaluate`: a model against labelled files.

use super::actors::actors;
use super::args::{Evaluate, EvaluationFormat};
use super::labelled::load;
use super::model::open;
use super::terminal::{Stop, Terminal};
use crate::classify::Classifier;
use crate::corpus::OwnActors;
use crate::error::visible;
use crate::evaluate::{Evaluation, evaluate};
use crate::label::LabelSet;
use crate::report::evaluation::text;

pub(super) fn run(wishes: &Evaluate, terminal: &Terminal) -> Result<(), Stop> {
    let model = open(wishes.model.as_deref())?;
    let tones = model
        .tone
        .as_ref()
        .map_or_else(LabelSet::tone, |tone| tone.labels.clone());
    let labelled = load(&wishes.labelled, &model.stance.labels, &tones)?;
    let actors = actors(wishes.actors.as_deref())?;
    let evaluation = evaluate(
        &labelled,
        &model,
        &mut Classifier::new(&model, actors.as_ref().map(OwnActors::text))?,
        wishes.seed,
    );
    match wishes.to {
        EvaluationFormat::Table => {
            Terminal::print(&format!("Model {}\n\n{}", model.label(), text(&evaluation)))?;
            if wishes.errors {
                Terminal::print(&disagreements(&evaluation))?;
            }
        }
        EvaluationFormat::Json => {
            let mut value =
                serde_json::json!({"model": model.label(), "codebook": model.provenance.codebook});
            value["evaluation"] = serde_json::json!(evaluation);
            if wishes.errors {
                value["disagreements"] = serde_json::json!(evaluation.disagreements);
            }
            Terminal::print(&format!("{value}\n"))?;
        }
    }
    check(wishes, &evaluation, terminal)
}

fn check(wishes: &Evaluate, evaluation: &Evaluation, terminal: &Terminal) -> Result<(), Stop> {
    let Some(least) = wishes.min_f1 else {
        return Ok(());
    };
    let reached = evaluation.stance.macro_f1.estimate.unwrap_or_default();
    if reached < least || least.is_nan() {
        return Err(Stop::Check(format!(
            "stance: macro-F1 {reached:.3} is below --min-f1 {least}"
        )));
    }
    terminal.say(&format!("macro-F1 {reached:.3} is at least {least}"));
    Ok(())
}

fn disagreements(evaluation: &Evaluation) -> String {
    let line = |one: &crate::evaluate::found::Disagreement| {
        format!(
            "{}\t{}\t{} -> {}\t{}\n",
            one.article,
            one.part,
            one.gold,
            one.predicted,
            visible(&one.text.replace('\n', " "))
        )
    };
    evaluation.disagreements.iter().map(line).collect()
}
