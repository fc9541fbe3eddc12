//! `stance evaluate`: a model against labelled files.

use std::path::Path;

use super::actors::actors;
use super::args::{Evaluate, EvaluationFormat};
use super::labelled::load;
use super::model::open;
use super::terminal::{Stop, Terminal};
use crate::classify::Classifier;
use crate::corpus::{Labelled, OwnActors};
use crate::error::{Fault, visible};
use crate::evaluate::{Evaluation, Paired, against, evaluate};
use crate::label::LabelSet;
use crate::model::Model;
use crate::report::evaluation::{paired_text, text};

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
    let paired = match &wishes.against {
        None => None,
        Some(folder) => Some(compared(
            wishes,
            folder,
            &labelled,
            &model,
            actors.as_ref(),
        )?),
    };
    match wishes.to {
        EvaluationFormat::Table => {
            Terminal::print(&format!("Model {}\n\n{}", model.label(), text(&evaluation)))?;
            if let Some((other, paired)) = &paired {
                Terminal::print(&paired_text(other, paired))?;
            }
            if wishes.errors {
                Terminal::print(&disagreements(&evaluation))?;
            }
        }
        EvaluationFormat::Json => {
            let mut value =
                serde_json::json!({"model": model.label(), "codebook": model.provenance.codebook});
            value["evaluation"] = serde_json::json!(evaluation);
            if let Some((other, paired)) = &paired {
                value["against"] = serde_json::json!({"model": other, "stance": paired});
            }
            if wishes.errors {
                value["disagreements"] = serde_json::json!(evaluation.disagreements);
            }
            Terminal::print(&format!("{value}\n"))?;
        }
    }
    check(wishes, &evaluation, terminal)
}

/// The other model's name, and both on the same statements.
fn compared(
    wishes: &Evaluate,
    folder: &Path,
    labelled: &Labelled,
    model: &Model,
    actors: Option<&OwnActors>,
) -> Result<(String, Paired), Stop> {
    let other = open(Some(folder).filter(|folder| *folder != Path::new("built-in")))?;
    if other.stance.labels.labels != model.stance.labels.labels {
        return Err(
            Fault::new(format!("labels {}", other.stance.labels.listed()))
                .at(folder.display())
                .expected(model.stance.labels.listed())
                .remedy("compare models of the same labels")
                .into(),
        );
    }
    let actors = actors.map(OwnActors::text);
    let paired = against(
        labelled,
        (model, &mut Classifier::new(model, actors)?),
        (&other, &mut Classifier::new(&other, actors)?),
        wishes.seed,
    );
    Ok((other.label(), paired))
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
