//! `stance train`: labelled files in, a model folder out.

use super::args::{ClassWeighting, Train};
use super::labelled::load;
use super::terminal::{Stop, Terminal};
use crate::classify::Classifier;
use crate::error::Fault;
use crate::evaluate::{Classification, Judged, classification, evaluate};
use crate::features::{Example, Features, Lexicon, Weighting, examples, knowledge_hash};
use crate::label::{CODEBOOK, LabelSet};
use crate::model::hyperparams::ClassWeights;
use crate::model::train::{Settings, Trained, TrainingRow, train};
use crate::model::{Model, Prediction, Provenance};
use crate::report::card::{self, Subject};
use crate::report::evaluation::head_text;
use crate::report::table::Table;
use crate::text::WordTable;

pub(super) fn run(wishes: &Train, terminal: &Terminal) -> Result<(), Stop> {
    in_pool(wishes.threads, || learn(wishes, terminal))
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
        c: wishes.c,
        folds: wishes.folds,
        seed: wishes.seed,
        ..Settings::default()
    };
    if wishes.class_weights == ClassWeighting::Balanced {
        settings.class_weights = ClassWeights::Balanced;
    }
    if let Some(labels) = &wishes.labels {
        let mut sorted = labels.clone();
        sorted.sort();
        sorted.dedup();
        if sorted.len() < 2 || sorted.len() != labels.len() {
            return Err(Fault::new(format!("labels {:?}", labels.join(",")))
                .expected("two or more different labels"));
        }
        let own = LabelSet::plain(labels.iter().cloned());
        if own.labels != settings.stances.labels {
            settings.stances = own;
        }
    }
    Ok(settings)
}

fn learn(wishes: &Train, terminal: &Terminal) -> Result<(), Stop> {
    let mut settings = settings(wishes)?;
    let labelled = load(&wishes.labelled, &settings.stances, &settings.tones)?;
    let test = if wishes.test.is_empty() {
        None
    } else {
        Some(load(&wishes.test, &settings.stances, &settings.tones)?)
    };
    let mut words = WordTable::new();
    let mut features = Features::new(Lexicon::new(None)?);
    let found = examples(&labelled, &mut features, &mut words);
    let rows: Vec<TrainingRow<'_>> = found
        .iter()
        .filter_map(|example| TrainingRow::of(example, &settings))
        .collect();
    terminal.say(&format!("{} statements to learn from", rows.len()));
    if wishes.tune {
        settings.c = tune(&rows, &settings, terminal)?;
    }
    terminal.progress(&format!("cross-validating in {} folds", settings.folds));
    let trained = train(&rows, &settings)?;
    terminal.progress("");
    let stance = out_of_fold(&found, &rows, &trained.stance_out_of_fold, &settings);
    let tone = tone_out_of_fold(&found, &rows, &trained.tone_out_of_fold, &settings);
    terminal.say(&head_text("Cross-validated stance", &stance));
    if wishes.ablate {
        terminal.say(&ablate(&found, &rows, &settings, terminal)?);
    }
    let model = model(wishes, &settings, trained, &found);
    let tested = match &test {
        Some(test) => Some(evaluate(
            test,
            &model,
            &mut Classifier::new(&model, None)?,
            wishes.seed,
        )),
        None => None,
    };
    if let Some(tested) = &tested {
        terminal.say(&crate::report::evaluation::text(tested));
    }
    let command = command_line(wishes);
    let card = card::text(&Subject {
        model: &model,
        stance: &stance,
        tone: tone.as_ref(),
        test: tested.as_ref(),
        command: &command,
    });
    let evaluation = serde_json::json!({
        "command": command,
        "stance_cross_validated": stance,
        "tone_cross_validated": tone,
        "test": tested,
    });
    let evaluation = serde_json::to_string_pretty(&evaluation).unwrap_or_default() + "\n";
    model.save(&wishes.output, &evaluation, &card)?;
    let shown = wishes.output.display();
    terminal.say(&format!(
        "wrote {shown}: {} features, macro-F1 {:.3} by cross-validation",
        model.vocabulary.len(),
        stance.macro_f1.estimate.unwrap_or_default()
    ));
    Ok(())
}

/// The C of a log grid with the best cross-validated macro-F1; of equals the smallest.
fn tune(rows: &[TrainingRow<'_>], settings: &Settings, terminal: &Terminal) -> Result<f64, Stop> {
    let mut table = Table::new(&[">C", ">macro-F1"]);
    let mut best = (settings.c, -1.0);
    for c in [0.3, 1.0, 3.0, 10.0, 30.0] {
        terminal.progress(&format!("cross-validating C = {c}"));
        let score = cross_validated(
            rows,
            &Settings {
                c,
                ..settings.clone()
            },
        )?;
        table.row([c.to_string(), format!("{score:.4}")]);
        if score > best.1 {
            best = (c, score);
        }
    }
    terminal.progress("");
    terminal.say(&format!("Choice of C\n{}", table.lines()));
    Ok(best.0)
}

fn cross_validated(rows: &[TrainingRow<'_>], settings: &Settings) -> Result<f64, Stop> {
    let bare: Vec<TrainingRow<'_>> = rows
        .iter()
        .map(|row| TrainingRow { tone: None, ..*row })
        .collect();
    let trained = train(&bare, settings)?;
    let pairs = rows
        .iter()
        .zip(&trained.stance_out_of_fold)
        .map(|(row, prediction)| (row.stance, prediction.label));
    Ok(
        crate::evaluate::Confusion::of(settings.stances.len(), pairs)
            .macro_f1()
            .unwrap_or_default(),
    )
}

/// What each family brings: cross-validated macro-F1 with all of them and with one left out, over groups and over batches
/// of writing.
fn ablate(
    found: &[Example],
    rows: &[TrainingRow<'_>],
    settings: &Settings,
    terminal: &Terminal,
) -> Result<String, Stop> {
    let batches: Vec<TrainingRow<'_>> = rows
        .iter()
        .zip(found)
        .map(|(row, example)| TrainingRow {
            group: example.batch.as_deref().unwrap_or("-"),
            ..*row
        })
        .collect();
    let n_batches = batches
        .iter()
        .map(|row| row.group)
        .collect::<std::collections::BTreeSet<_>>()
        .len();
    let mut table = Table::new(&["families", ">by group", ">by batch"]);
    let score = |weightings: Vec<Weighting>| -> Result<[f64; 2], Stop> {
        let by_group = cross_validated(
            rows,
            &Settings {
                weightings: weightings.clone(),
                ..settings.clone()
            },
        )?;
        let by_batch = if n_batches < 2 {
            f64::NAN
        } else {
            cross_validated(
                &batches,
                &Settings {
                    weightings,
                    folds: n_batches,
                    ..settings.clone()
                },
            )?
        };
        Ok([by_group, by_batch])
    };
    let whole = score(settings.weightings.clone())?;
    table.row([
        "all".to_owned(),
        format!("{:.4}", whole[0]),
        format!("{:.4}", whole[1]),
    ]);
    for left_out in 0..settings.weightings.len() {
        terminal.progress(&format!(
            "leaving out {}",
            settings.weightings[left_out].name
        ));
        let mut weightings = settings.weightings.clone();
        weightings[left_out].weight = 0.0;
        let part = score(weightings)?;
        table.row([
            format!("without {}", settings.weightings[left_out].name),
            format!("{:+.4}", part[0] - whole[0]),
            format!("{:+.4}", part[1] - whole[1]),
        ]);
    }
    terminal.progress("");
    Ok(format!(
        "Ablation: macro-F1, cross-validated by group and by batch of writing\n{}",
        table.lines()
    ))
}

fn out_of_fold(
    found: &[Example],
    rows: &[TrainingRow<'_>],
    predictions: &[Prediction],
    settings: &Settings,
) -> Classification {
    let judged: Vec<Judged<'_>> = rows
        .iter()
        .zip(predictions)
        .zip(found)
        .map(|((row, prediction), example)| Judged {
            gold: row.stance,
            prediction,
            article: &example.group,
        })
        .collect();
    classification(&judged, &settings.stances.labels, settings.seed)
}

fn tone_out_of_fold(
    found: &[Example],
    rows: &[TrainingRow<'_>],
    predictions: &[Option<Prediction>],
    settings: &Settings,
) -> Option<Classification> {
    let judged: Vec<Judged<'_>> = rows
        .iter()
        .zip(predictions)
        .zip(found)
        .filter_map(|((row, prediction), example)| {
            Some(Judged {
                gold: row.tone?,
                prediction: prediction.as_ref()?,
                article: &example.group,
            })
        })
        .collect();
    (!judged.is_empty()).then(|| classification(&judged, &settings.tones.labels, settings.seed))
}

fn model(wishes: &Train, settings: &Settings, trained: Trained, found: &[Example]) -> Model {
    let groups: std::collections::BTreeSet<&str> =
        found.iter().map(|example| example.group.as_str()).collect();
    let name = wishes
        .output
        .file_name()
        .map_or_else(|| "model".into(), |name| name.to_string_lossy());
    let provenance = Provenance {
        name: name.into_owned(),
        codebook: CODEBOOK.to_owned(),
        training_data: crate::features::examples_hash(found),
        lexicon: knowledge_hash(),
        n_statements: found.len(),
        n_groups: groups.len(),
        c: settings.c,
        class_weights: match settings.class_weights {
            ClassWeights::Balanced => "balanced",
            _ => "even",
        }
        .to_owned(),
        min_df: settings.min_df,
        seed: settings.seed,
        folds: settings.folds,
        program: env!("CARGO_PKG_VERSION").to_owned(),
    };
    Model {
        vocabulary: trained.vocabulary,
        weightings: settings.weightings.clone(),
        stance: trained.stance,
        tone: trained.tone,
        provenance,
        sha256: String::new(),
    }
}

/// The command that makes the model again, with the settings that matter.
fn command_line(wishes: &Train) -> String {
    let paths = |paths: &[std::path::PathBuf]| {
        paths
            .iter()
            .map(|path| path.display().to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut words = vec![format!(
        "stance train {} -o {}",
        paths(&wishes.labelled),
        wishes.output.display()
    )];
    words.push(if wishes.tune {
        "--tune".to_owned()
    } else {
        format!("--c {}", wishes.c)
    });
    words.push(format!("--folds {} --seed {}", wishes.folds, wishes.seed));
    if wishes.class_weights == ClassWeighting::Balanced {
        words.push("--class-weights balanced".to_owned());
    }
    words.extend(
        wishes
            .labels
            .iter()
            .map(|labels| format!("--labels {}", labels.join(","))),
    );
    if !wishes.test.is_empty() {
        words.push(format!("--test {}", paths(&wishes.test)));
    }
    words.join(" ")
}
