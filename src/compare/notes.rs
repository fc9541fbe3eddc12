//! What a reader must know before using the numbers, in plain words. It computes nothing but counts.

use super::comparison::{Comparison, Note};
use super::estimate::Caution;
use super::findings::Method;
use super::settings::{CopyPolicy, Count};

/// The notes of a comparison that is otherwise complete.
pub fn notes(comparison: &Comparison) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut say = |about: &'static str, text: String| notes.push(Note { about, text });
    corpus(comparison, &mut say);
    copies(comparison, &mut say);
    intervals(comparison, &mut say);
    quotations(comparison, &mut say);
    errors(comparison, &mut say);
    notes
}

fn corpus(comparison: &Comparison, say: &mut impl FnMut(&'static str, String)) {
    let (corpus, settings) = (&comparison.corpus, &comparison.settings);
    say(
        "corpus",
        "The numbers describe the articles that were collected, not all that an outlet published. Articles in which no statement was found are not counted.".to_owned(),
    );
    if corpus.n_without_outlet > 0 {
        say(
            "corpus",
            format!(
                "{} statements have no {:?} and are left out.",
                corpus.n_without_outlet, settings.by
            ),
        );
    }
    if corpus.n_without_date > 0 {
        say(
            "corpus",
            format!(
                "{} statements have no readable date: they stand in no week, and tests exchange them among themselves.",
                corpus.n_without_date
            ),
        );
    }
    if corpus.n_unresolved > 0 {
        say(
            "corpus",
            format!(
                "The actor of {} statements is not resolved. An actor that articles name differently has several rows, and joint actors have one of their own.",
                corpus.n_unresolved
            ),
        );
    }
    if corpus.models.len() > 1 {
        say(
            "corpus",
            format!(
                "The statements come from {} models ({}): differences between outlets can be differences between models.",
                corpus.models.len(),
                corpus.models.join(", ")
            ),
        );
    }
    say(
        "corpus",
        match settings.count {
            Count::All => "Every statement counts one.".to_owned(),
            Count::OncePerArticle => {
                "An actor counts once in an article, however often it speaks there.".to_owned()
            }
        },
    );
}

fn copies(comparison: &Comparison, say: &mut impl FnMut(&'static str, String)) {
    let n: usize = comparison
        .copies
        .clusters
        .iter()
        .map(|one| one.articles.len())
        .sum();
    let policy = match comparison.settings.copies {
        CopyPolicy::Keep => "all of them count",
        CopyPolicy::Drop => "a text counts once in each outlet that carries it",
        CopyPolicy::Originals => "only the earliest article of each text counts",
    };
    say(
        "copies",
        format!(
            "{n} articles are copies of {} texts; {policy}.",
            comparison.copies.clusters.len()
        ),
    );
    if !comparison.copies.from_texts && comparison.corpus.n_articles > 0 {
        say("copies", "The articles' texts were not given: copies were sought by the words of the statements alone, which misses copies with few statements. Compare from articles, or from statements written with --with-text.".to_owned());
    }
}

fn intervals(comparison: &Comparison, say: &mut impl FnMut(&'static str, String)) {
    let settings = &comparison.settings;
    say(
        "intervals",
        format!(
            "Intervals hold at {:.0} %: {} draws of whole texts with all their copies, as many from each outlet as it has (seed {}).",
            100.0 * settings.level,
            settings.draws,
            settings.seed
        ),
    );
    say(
        "intervals",
        format!(
            "Figures on fewer than {} texts have no interval; under 16 texts an interval is rough.",
            settings.least_clusters
        ),
    );
    let unstable = comparison
        .actors
        .iter()
        .filter(|row| row.score.caution == Some(Caution::Unstable))
        .count();
    if unstable > 0 {
        say(
            "intervals",
            format!(
                "{unstable} scores had no value in more than one draw of twenty: their intervals are not to be trusted."
            ),
        );
    }
    if !comparison.tests.contrasts.is_empty() {
        say("tests", "Tests ask whether outlets could have drawn from one pool within each week. A difference can also come from another beat, another place or another hour of the week.".to_owned());
        say(
            "tests",
            format!(
                "q is the false discovery rate over all {} differences shown. Pairs are marked only if the outlets differ at all.",
                comparison.tests.contrasts.len()
            ),
        );
    }
    if comparison.tests.n_unpaired > 0 {
        say(
            "tests",
            format!(
                "{} smaller outlets are not paired.",
                comparison.tests.n_unpaired
            ),
        );
    }
    if !comparison.decompositions.is_empty() {
        say("decomposition", "Selection is whom an outlet lets speak, framing which of an actor's statements it carries. An actor that only one of the two lets speak counts as selection; actors without a row of their own are taken together.".to_owned());
    }
}

fn quotations(comparison: &Comparison, say: &mut impl FnMut(&'static str, String)) {
    if comparison.quotations.groups.is_empty() {
        return;
    }
    say(
        "quotations",
        format!(
            "Quotations of one actor within {} days are the same if the shorter one's words stand in the longer one in their order, four of five. The fullest version is the longest that an article of the corpus has; what was really said can be longer.",
            comparison.settings.window_days
        ),
    );
    say("omission", "An outlet can leave out only what it could have carried: it counts only if it has other words of the actor, or of the actor's side, in that week. The odds compare hostile with supportive quotations in the same week and outlet. Their interval takes quotations as independent.".to_owned());
}

fn errors(comparison: &Comparison, say: &mut impl FnMut(&'static str, String)) {
    match &comparison.correction {
        None => say("correction", "The numbers are as the model sees them: no hand labels and no confusion were given, so its errors are not taken out. If it errs more for one outlet's way of writing, that outlet moves.".to_owned()),
        Some(correction) => {
            say("correction", match correction.method {
                Method::Design => format!(
                    "Corrected by {} hand labels drawn with known probabilities. This holds whatever the model's errors, if the labels are right, were drawn so, and did not train the model.",
                    correction.n_labels
                ),
                Method::PriorShift => "Corrected by the model's confusion on held-out data. This assumes that errors given the true stance are the same in every outlet as there; only hand labels from this corpus can test it.".to_owned(),
            });
            if correction.n_unused > 0 {
                say("correction", format!("{} hand labels name no counted statement or no known stance.", correction.n_unused));
            }
            let only_raw = comparison.tests.contrasts.iter().filter(|one| one.only_raw).count();
            if only_raw > 0 {
                say("correction", format!("{only_raw} differences hold only in the raw numbers."));
            }
        }
    }
}
