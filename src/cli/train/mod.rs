//! `stance train`: labelled files in, a model folder out.

pub(super) mod args;
mod footing;
mod written;

use std::sync::atomic::{AtomicUsize, Ordering};

use super::labelled::load;
use super::terminal::{Stop, Terminal};
use crate::classify::Classifier;
use crate::corpus::Labelled;
use crate::error::Fault;
use crate::evaluate::{Classification, evaluate};
use crate::features::{Example, Features, Lexicon, Weighting, examples};
use crate::label::LabelSet;
use crate::labels::curve::{Curve, curve};
use crate::labels::learn::{Learnt, Lesson, learn};
use crate::labels::trials::{Ablated, ablation, best_c, choices_of_c};
use crate::model::hyperparams::ClassWeights;
use crate::model::train::{Settings, TrainingRow};
use crate::report::card::{self, Subject};
use crate::report::evaluation::head_text;
use crate::report::labels::{ablation_text, choices_text, curve_text};
use crate::text::WordTable;

use args::{ClassWeighting, Train};
use footing::Footing;

pub(super) fn run(wishes: &Train, terminal: &Terminal) -> Result<(), Stop> {
    in_pool(wishes.threads, || make(wishes, terminal))
}

/// Runs `job` on its own pool of threads; 0 takes all cores.
fn in_pool<T: Send>(
    threads: usize,
    job: impl FnOnce() -> Result<T, Stop> + Send,
) -> Result<T, Stop> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| Fault::new(format!("no threads: {error}")))?
        .install(job)
}

fn settings(wishes: &Train) -> Result<Settings, Fault> {
    let mut settings = Settings {
        min_df: wishes.min_df,
        folds: wishes.folds,
        seed: wishes.seed,
        ..Settings::default()
    };
    settings.c = wishes.c.unwrap_or(settings.c);
    if wishes.class_weights == ClassWeighting::Balanced {
        settings.class_weights = ClassWeights::Balanced;
    }
    if let Some(labels) = &wishes.labels {
        settings.stances = LabelSet::of_names(labels)?;
    }
    Ok(settings)
}

fn make(wishes: &Train, terminal: &Terminal) -> Result<(), Stop> {
    let mut settings = settings(wishes)?;
    let footing = Footing::of(wishes, &mut settings)?;
    if let Some(names) = &wishes.families {
        settings.weightings = Weighting::of_families(names)?;
    } else if wishes.characters {
        settings.weightings = Weighting::with_characters();
    }
    let labelled = agreeing(&wishes.labelled, &settings)?;
    let test = match wishes.test.as_slice() {
        [] => None,
        files => Some(load(files, &settings.stances, &settings.tones)?),
    };
    let mut reader = Reader {
        words: WordTable::new(),
        features: Features::new(Lexicon::new(footing.lexicon.as_deref())?)
            .weighed_by(&settings.weightings),
    };
    let found = reader.examples(&labelled);
    let below = reader.examples(&footing.rows);
    let rows = rows_of(&found, &settings, 1.0);
    let below = rows_of(&below, &settings, wishes.base_weight as f32);
    let ground = footing.ground(&below);
    terminal.say(&format!(
        "{} statements to learn from{}",
        rows.len(),
        footing.words()
    ));
    if wishes.tune {
        let choices = choices_of_c(&rows, &ground, &settings, |c| {
            terminal.progress(&format!("cross-validating C = {c}"));
        })?;
        terminal.progress("");
        terminal.say(&choices_text(&choices));
        settings.c = best_c(&choices).unwrap_or(settings.c);
    }
    let with_tone = rows.iter().chain(&below).any(|row| row.tone.is_some());
    let n_fits = (settings.folds + 1) * (1 + usize::from(with_tone));
    let n_fitted = AtomicUsize::new(0);
    let lesson = Lesson {
        found: &found,
        rows: &rows,
        ground: &ground,
        settings: &settings,
    };
    let learnt = learn(lesson, written::about(wishes, &footing), &|| {
        let n = n_fitted.fetch_add(1, Ordering::Relaxed) + 1;
        terminal.progress(&format!("cross-validating: fit {n} of {n_fits}"));
    })?;
    terminal.progress("");
    let Learnt {
        model,
        stance,
        tone,
    } = learnt;
    terminal.say(&head_text("Cross-validated stance", &stance));
    let held = Held::of(wishes, &settings, &mut reader)?;
    let growth = held.curve(&rows, &settings, terminal)?;
    let families = families(wishes, &found, &rows, &settings, terminal)?;
    let tested = match &test {
        Some(test) => {
            let mut classifier = Classifier::new(&model, None)?;
            Some(evaluate(test, &model, &mut classifier, wishes.seed))
        }
        None => None,
    };
    if let Some(tested) = &tested {
        terminal.say(&crate::report::evaluation::text(tested));
    }
    let command = written::command_line(wishes);
    let subject = Subject {
        model: &model,
        stance: &stance,
        tone: tone.as_ref(),
        test: tested.as_ref(),
        curve: growth.as_ref(),
        families: &families,
        command: &command,
    };
    model.save(&wishes.output, &subject.evaluation(), &card::text(&subject))?;
    let alone = footing.alone(&found, &settings);
    terminal.say(&summary(wishes, &stance, alone));
    Ok(())
}

/// Labelled files in which no statement has two stances.
fn agreeing(files: &[std::path::PathBuf], settings: &Settings) -> Result<Labelled, Stop> {
    let labelled = load(files, &settings.stances, &settings.tones)?;
    if labelled.contradictions.is_empty() {
        Ok(labelled)
    } else {
        Err(labelled.contradictions.into())
    }
}

/// What turns labelled files into examples.
struct Reader {
    words: WordTable,
    features: Features,
}

impl Reader {
    fn examples(&mut self, labelled: &Labelled) -> Vec<Example> {
        examples(labelled, &mut self.features, &mut self.words)
    }
}

fn rows_of<'e>(examples: &'e [Example], settings: &Settings, weight: f32) -> Vec<TrainingRow<'e>> {
    let rows = examples
        .iter()
        .filter_map(|example| TrainingRow::of(example, settings));
    rows.map(|row| TrainingRow {
        weight: weight * row.weight,
        ..row
    })
    .collect()
}

/// The held-out parts of a learning curve.
struct Held {
    names: Vec<String>,
    parts: Vec<Vec<Example>>,
}

impl Held {
    fn of(wishes: &Train, settings: &Settings, reader: &mut Reader) -> Result<Self, Stop> {
        let part = |path: &std::path::PathBuf| -> Result<Vec<Example>, Stop> {
            let labelled = load(
                std::slice::from_ref(path),
                &settings.stances,
                &settings.tones,
            )?;
            Ok(reader.examples(&labelled))
        };
        Ok(Self {
            names: wishes
                .curve
                .iter()
                .map(|path| path.display().to_string())
                .collect(),
            parts: wishes.curve.iter().map(part).collect::<Result<_, Stop>>()?,
        })
    }

    fn curve(
        &self,
        rows: &[TrainingRow<'_>],
        settings: &Settings,
        terminal: &Terminal,
    ) -> Result<Option<Curve>, Stop> {
        if self.parts.is_empty() {
            return Ok(None);
        }
        terminal.progress("learning from ever more statements");
        let held: Vec<Vec<TrainingRow<'_>>> = self
            .parts
            .iter()
            .map(|part| rows_of(part, settings, 1.0))
            .collect();
        let steps = curve(rows, &held, settings)?;
        terminal.progress("");
        terminal.say(&curve_text(&steps, &self.names));
        Ok(Some(Curve {
            parts: self.names.clone(),
            steps,
        }))
    }
}

/// What each feature family brings, if that was asked for.
fn families(
    wishes: &Train,
    found: &[Example],
    rows: &[TrainingRow<'_>],
    settings: &Settings,
    terminal: &Terminal,
) -> Result<Vec<Ablated>, Stop> {
    if !wishes.ablate {
        return Ok(Vec::new());
    }
    let families = ablation(found, rows, settings, |family| {
        terminal.progress(&format!("leaving out {family}"));
    })?;
    terminal.progress("");
    terminal.say(&ablation_text(&families));
    Ok(families)
}

/// What came out, for a person; `alone` is the macro-F1 of the base model on the same statements.
fn summary(wishes: &Train, stance: &Classification, alone: Option<f64>) -> String {
    let of = |value: Option<f64>| value.unwrap_or_default();
    let weakest = stance.labels.iter();
    let weakest =
        weakest.filter(|row| row.support > 0 && of(row.f1.estimate) < of(stance.macro_f1.estimate));
    let weakest = weakest.min_by(|a, b| of(a.f1.estimate).total_cmp(&of(b.f1.estimate)));
    let mut lines = vec![format!(
        "On articles it has not seen, like these, it should judge about {:.0} of 100 statements right and leave {:.0} to you.",
        100.0 * of(stance.accuracy.estimate),
        100.0 * stance.abstained
    )];
    lines.extend(alone.map(|alone| {
        format!(
            "The base model alone has macro-F1 {alone:.3} on these statements, with your labels {:.3}.",
            of(stance.macro_f1.estimate)
        )
    }));
    lines.extend(weakest.map(|row| {
        format!(
            "It is weakest at {} (F1 {:.2}, {} labelled): label more of these first.",
            row.label,
            of(row.f1.estimate),
            row.support
        )
    }));
    lines.push(format!("Wrote {}.", wishes.output.display()));
    lines.join("\n")
}
