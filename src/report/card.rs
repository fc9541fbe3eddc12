//! The model card, in the form of Hugging Face's: what the model is, what it learnt from, how good it is, where it fails.
//! Every figure comes from the evaluation beside it. It computes nothing.

use std::fmt::Write as _;

use super::evaluation::{number, range};
use super::labels::ablation_cells;
use crate::evaluate::{Association, Classification, Evaluation};
use crate::labels::curve::Curve;
use crate::labels::trials::Ablated;
use crate::model::{C_NEAR, Model};

/// What the card tells of.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The model, not yet stored.
    pub model: &'a Model,
    /// Stance out of fold on the training data.
    pub stance: &'a Classification,
    /// Tone out of fold on the training data.
    pub tone: Option<&'a Classification>,
    /// On labelled files that the model has not seen, if any were named.
    pub test: Option<&'a Evaluation>,
    /// What more labels bring, if it was measured.
    pub curve: Option<&'a Curve>,
    /// What each feature family brings; empty if it was not measured.
    pub families: &'a [Ablated],
    /// The command that made the model.
    pub command: &'a str,
}

impl Subject<'_> {
    /// `evaluation.json`: every figure of the card.
    pub fn evaluation(&self) -> String {
        let mut evaluation = serde_json::json!({
            "command": self.command,
            "stance_cross_validated": self.stance,
            "tone_cross_validated": self.tone,
            "test": self.test,
        });
        if let Some(curve) = self.curve {
            evaluation["learning_curve"] = serde_json::json!(curve);
        }
        if !self.families.is_empty() {
            evaluation["feature_families"] = serde_json::json!(self.families);
        }
        serde_json::to_string_pretty(&evaluation).unwrap_or_default() + "\n"
    }
}

/// The card as Markdown.
pub fn text(subject: &Subject<'_>) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(subject, &mut out);
    out
}

fn write(subject: &Subject<'_>, out: &mut String) -> std::fmt::Result {
    let about = &subject.model.provenance;
    let stances = &subject.model.stance.labels;
    writeln!(
        out,
        "---\nlanguage: en\nlicense: mit\nlibrary_name: stance\npipeline_tag: text-classification"
    )?;
    writeln!(
        out,
        "tags: [stance, news, ceasefire, linear]\nmetrics: [f1]\n---\n"
    )?;
    writeln!(out, "# {}\n", about.name)?;
    writeln!(
        out,
        "A multinomial logistic regression over words, word classes and their frames. It says of a statement from a news\n\
         article which stance it takes ({}), with calibrated probabilities, and its tone.\n",
        stances.listed()
    )?;
    writeln!(out, "## Use\n")?;
    writeln!(
        out,
        "For English statements about a ceasefire proposal, as `stance classify` finds them. It judges words, not people:\n\
         names are masked. It is no judge of truth, and no substitute for reading where a single statement matters: below a\n\
         confidence of {:.2} it abstains. Other languages, other targets and other kinds of text need labels of their own\n\
         (`stance train`).\n",
        subject.model.stance.threshold
    )?;
    writeln!(out, "## Training\n")?;
    writeln!(
        out,
        "- {} statements in {} groups, labelled by codebook {}.",
        about.n_statements, about.n_groups, about.codebook
    )?;
    writeln!(
        out,
        "- {} features that occur in {} statements or more.",
        subject.model.vocabulary.len(),
        about.min_df
    )?;
    let families: Vec<String> = subject
        .model
        .weightings
        .iter()
        .map(|family| format!("{} {}", family.name, family.weight))
        .collect();
    writeln!(
        out,
        "- Feature families and their weights: {}.",
        families.join(", ")
    )?;
    writeln!(
        out,
        "- C = {}, label weights {}, {} folds by group, seed {}.",
        about.c, about.class_weights, about.folds, about.seed
    )?;
    if about.n_near > 0 {
        writeln!(
            out,
            "- The stance of {} statements that are near to what it will read was learnt once more at the end, about what all had taught (C = {C_NEAR}).",
            about.n_near
        )?;
    }
    if let Some(base) = &about.base {
        writeln!(out, "- Added to {base}.")?;
    }
    if let Some(init) = &about.init {
        writeln!(out, "- The search began at the weights of {init}.")?;
    }
    if let Some(lexicon) = &subject.model.lexicon {
        let n = lexicon.lines().filter(|line| line.contains('\t')).count();
        writeln!(
            out,
            "- {n} lines of a lexicon of its own, stored in the model."
        )?;
    }
    writeln!(
        out,
        "- Training data SHA-256 `{}`, lexicon `{}`.",
        about.training_data, about.lexicon
    )?;
    writeln!(
        out,
        "- Made by `{}` with stance {}.\n",
        subject.command, about.program
    )?;
    evaluation(subject, out)?;
    writeln!(out, "## Limits\n")?;
    writeln!(
        out,
        "The training data is authored for this purpose, in English, about invented conflicts: figures on it are kinder than\n\
         real news will be. Measure on your own labels with `stance evaluate` before you rely on it."
    )
}

fn evaluation(subject: &Subject<'_>, out: &mut String) -> std::fmt::Result {
    writeln!(out, "## Evaluation\n")?;
    writeln!(
        out,
        "Intervals are 95 %, by a bootstrap over articles (test) or groups (cross-validation). The temperature and the threshold\n\
         are set on the cross-validated predictions, so that calibration and abstention are only judged on the test articles.\n"
    )?;
    scores(
        out,
        "Cross-validation on the training data, by group",
        subject.stance,
    )?;
    if let Some(tone) = subject.tone {
        scores(out, "Tone, cross-validation", tone)?;
    }
    if let Some(test) = subject.test {
        scores(out, "Test articles, given the statements", &test.stance)?;
        if let Some(tone) = &test.tone {
            scores(out, "Tone on the test articles", tone)?;
        }
        for (whose, found) in [
            ("as labelled", &test.tone_by_stance),
            ("as predicted", &test.tone_by_stance_predicted),
        ] {
            if let Some(found) = found {
                association(out, whose, found)?;
            }
        }
        if let Some(extraction) = &test.extraction {
            writeln!(
                out,
                "### Extraction on the test articles\n\n| | value | 95 % | support |\n|---|---|---|---|"
            )?;
            for figure in &extraction.figures {
                let value = &figure.value;
                writeln!(
                    out,
                    "| {} | {} | {} | {} |",
                    figure.name,
                    number(value.estimate),
                    range(value),
                    figure.support
                )?;
            }
            writeln!(out)?;
        }
        if let Some(end) = &test.end_to_end {
            writeln!(
                out,
                "End to end (found and given the right stance): macro-F1 {} ({}).\n",
                number(end.macro_f1.estimate),
                range(&end.macro_f1)
            )?;
        }
    }
    if let Some(curve) = subject.curve {
        growth(out, curve)?;
    }
    if !subject.families.is_empty() {
        writeln!(
            out,
            "### Feature families\n\nMacro-F1 on the training data, cross-validated by group and by batch of writing, and what is lost\n\
             without each family.\n\n| families | by group | by batch |\n|---|---|---|"
        )?;
        for cells in ablation_cells(subject.families) {
            writeln!(out, "| {} |", cells.join(" | "))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// How often each tone stands with each stance.
fn association(out: &mut String, whose: &str, found: &Association) -> std::fmt::Result {
    writeln!(out, "### Tone by stance on the test articles, {whose}\n")?;
    writeln!(
        out,
        "| stance | {} |\n|---|{}",
        found.tones.join(" | "),
        "---|".repeat(found.tones.len())
    )?;
    for (stance, counts) in found.stances.iter().zip(&found.counts) {
        let cells: Vec<String> = counts.iter().map(u64::to_string).collect();
        writeln!(out, "| {stance} | {} |", cells.join(" | "))?;
    }
    writeln!(
        out,
        "\nCram\u{e9}r's V {}; (1 where each tells the other, 0 where neither does); stance read off the tone has a macro-F1 of {}.\n",
        number(found.cramers_v),
        number(found.read_off)
    )
}

/// What more labels bring.
fn growth(out: &mut String, curve: &Curve) -> std::fmt::Result {
    writeln!(
        out,
        "### Learning curve\n\nMacro-F1 of stance on held-out parts by statements learnt from, with all feature families and with stems\n\
         and pairs of stems alone.\n"
    )?;
    let heads: Vec<String> = curve
        .parts
        .iter()
        .map(|part| format!("{part} | n-grams alone"))
        .collect();
    writeln!(out, "| statements | {} |", heads.join(" | "))?;
    writeln!(out, "|---|{}", "---|---|".repeat(curve.parts.len()))?;
    for step in &curve.steps {
        let cells = step.shipped.iter().zip(&step.n_grams);
        let cells: Vec<String> = cells
            .map(|(all, n_grams)| format!("{all:.3} | {n_grams:.3}"))
            .collect();
        writeln!(out, "| {} | {} |", step.n, cells.join(" | "))?;
    }
    writeln!(out)
}

fn scores(out: &mut String, title: &str, scores: &Classification) -> std::fmt::Result {
    writeln!(
        out,
        "### {title}\n\n{} statements, {} articles or groups.\n",
        scores.n, scores.n_articles
    )?;
    writeln!(
        out,
        "| label | precision | recall | F1 | 95 % | support |\n|---|---|---|---|---|---|"
    )?;
    for row in &scores.labels {
        let cells = [
            number(row.precision),
            number(row.recall),
            number(row.f1.estimate),
            range(&row.f1),
        ];
        writeln!(
            out,
            "| {} | {} | {} |",
            row.label,
            cells.join(" | "),
            row.support
        )?;
    }
    writeln!(
        out,
        "| macro-F1 | | | {} | {} | {} |",
        number(scores.macro_f1.estimate),
        range(&scores.macro_f1),
        scores.n
    )?;
    if let Some(calibration) = &scores.calibration {
        writeln!(
            out,
            "\nExpected calibration error {:.3}; abstains from {:.1} %, right in {} of the rest.",
            calibration.ece,
            100.0 * scores.abstained,
            number(scores.accuracy_kept)
        )?;
    }
    writeln!(out)
}
