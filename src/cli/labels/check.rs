//! `stance labels check`: what labelled files hold, what leaks between two sides of a split, and which labels are likely
//! wrong.

use super::super::labelled::load;
use super::super::terminal::{Stop, Terminal};
use super::args::Check;
use super::exchange::sets;
use crate::corpus::Labelled;
use crate::error::Fault;
use crate::features::{Features, Lexicon, examples};
use crate::labels::actor_words::stray_names;
use crate::labels::check::{check, leaks};
use crate::labels::exchange::Sets;
use crate::labels::suspects::{caught, flipped, out_of_fold, rank};
use crate::model::train::Settings;
use crate::report::labels::{check_text, stray_names_text, suspects_text};
use crate::text::WordTable;

/// Shares of the ranking in which flipped labels are looked for.
const TOPS: [f64; 3] = [0.05, 0.1, 0.2];

pub(super) fn run(wishes: &Check, terminal: &Terminal) -> Result<(), Stop> {
    let sets = sets(&wishes.labels)?;
    let whole = load(&wishes.labelled, &sets.stances, &sets.tones)?;
    Terminal::print(&check_text(&check(&whole)))?;
    Terminal::print(&stray_names_text(&stray_names(&whole)))?;
    if wishes.suspects.is_some() || wishes.flip.is_some() {
        Terminal::print(&suspects(wishes, &whole, &sets, terminal)?)?;
    }
    if wishes.against.is_empty() {
        return Ok(());
    }
    let leaking = leaks(&whole, &load(&wishes.against, &sets.stances, &sets.tones)?);
    Terminal::print(&format!(
        "groups on both sides of the split: {}\n",
        leaking.len()
    ))?;
    match leaking.as_slice() {
        [] => Ok(()),
        some => Err(Stop::Check(format!(
            "stance: these groups leak: {}",
            some.join(", ")
        ))),
    }
}

fn suspects(
    wishes: &Check,
    labelled: &Labelled,
    sets: &Sets,
    terminal: &Terminal,
) -> Result<String, Stop> {
    let mut features = Features::new(Lexicon::new(None)?);
    let found = examples(labelled, &mut features, &mut WordTable::new());
    let positions = found.iter().map(|one| sets.stances.position(&one.stance));
    let mut given: Vec<usize> = positions.map(Option::unwrap_or_default).collect();
    let share = wishes.flip.unwrap_or_default();
    if !(0.0..1.0).contains(&share) {
        return Err(Fault::new(format!("--flip {share}"))
            .expected("a share of 0 to 1")
            .into());
    }
    let (which, after) = flipped(&given, sets.stances.len(), share, wishes.seed);
    given = after;
    terminal.progress(&format!("training in {} folds", wishes.folds));
    let settings = Settings {
        stances: sets.stances.clone(),
        folds: wishes.folds,
        seed: wishes.seed,
        ..Settings::default()
    };
    let judged = out_of_fold(&found, &given, &settings)?;
    terminal.progress("");
    let ranked = rank(&judged, &given, &sets.stances);
    let mut out = suspects_text(
        &ranked,
        &found,
        &sets.stances,
        wishes.suspects.unwrap_or_default(),
    );
    if wishes.flip.is_some() {
        for top in TOPS {
            let found = 100.0 * caught(&ranked, &which, top);
            let line = format!(
                "of {} flipped labels {found:.1} % stand in the first {:.0} % of the ranking\n",
                which.len(),
                100.0 * top
            );
            out.push_str(&line);
        }
    }
    Ok(out)
}
