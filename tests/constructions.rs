//! Puts every speaker of `tests/constructions` into every way of attributing, and many contents into the commonest ones: each
//! sentence must be one statement of that speaker. Then it lets everybody be mentioned again in other words. The files can be added
//! to without Rust.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its own files should say so at once"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use stance::classify::Classifier;
use stance::corpus::article_of_markup;
use stance::label::LabelSet;
use stance::model::Model;

const QUOTE: &str = "We are ready for the ceasefire";
/// Most differences that are printed.
const PRINTED: usize = 40;

/// The lines of a file of `tests/constructions` without comments.
fn lines(name: &str) -> Vec<String> {
    let path = format!("{}/tests/constructions/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<String> = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    assert!(!lines.is_empty(), "{path} is empty");
    lines
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

/// The sentence of a speaker, a way of attributing and what is said.
fn sentence(speaker: &str, pattern: &str, words: &str) -> String {
    let filled = pattern
        .replace("{words}", words)
        .replace("{Words}", &capital(words))
        .replace("{quote}", QUOTE);
    let (before, after) = filled.split_once("{speaker}").unwrap();
    let speaker = if after.starts_with(['.', ',', ':']) {
        speaker.trim_end_matches(',')
    } else {
        speaker
    };
    let speaker = if before.is_empty() {
        capital(speaker)
    } else {
        speaker.to_owned()
    };
    format!("{before}{speaker}{after}")
}

/// A name without articles, in small letters.
fn plain(name: &str) -> String {
    name.to_lowercase()
        .replace('\u{2019}', "'")
        .split_whitespace()
        .filter(|word| !["the", "a", "an"].contains(word))
        .collect::<Vec<_>>()
        .join(" ")
}

/// What is wrong with what was found in `sentence`, nothing where its speaker holds most of it.
fn fault(classifier: &mut Classifier<'_>, sentence: &str, actors: &str) -> Option<String> {
    let text = format!(
        "Talks on a truce went on in the valley for a third day.\n\n{sentence}\n\nIt rained all day."
    );
    let longest = classifier
        .statements(&text)
        .into_iter()
        .max_by_key(|found| found.span.of(&text).len());
    let Some(found) = longest else {
        return Some(format!("  nothing: {sentence}"));
    };
    let covered = found.span.of(&text).len();
    let name = found.actor.name.unwrap_or_default();
    let right = actors.split('|').any(|actor| plain(actor) == plain(&name));
    (!right || covered * 2 < sentence.len()).then(|| {
        format!(
            "  {name:?} has {covered} of {} bytes: {sentence}",
            sentence.len()
        )
    })
}

/// Sentences in which somebody brought in before speaks or acts.
const SECOND: [&str; 5] = [
    "{speaker} said the truce could begin within days.",
    "\"We are ready for the truce,\" {speaker} said.",
    "{speaker} rejected the ceasefire proposal.",
    "In a statement, {speaker} said the truce could begin.",
    "The truce could begin, {speaker} added.",
];

#[test]
fn every_later_mention_is_resolved() {
    let model = Model::embedded().unwrap();
    let mut classifier = Classifier::new(&model, None).unwrap();
    let (mut tried, mut report) = (0, String::new());
    let (mut intro, mut first) = (String::new(), String::new());
    for line in lines("references.txt") {
        let (words, actor) = line.split_once('\t').unwrap_or((&line, &first));
        let Some(reference) = words.strip_prefix("  ") else {
            (intro, first) = (words.to_owned(), actor.to_owned());
            continue;
        };
        for (gap, pattern) in ["\n\n", " "]
            .iter()
            .flat_map(|gap| SECOND.map(|p| (gap, p)))
        {
            let second = sentence(reference, pattern, "");
            let text = format!(
                "Talks on a truce went on in the valley.\n\n{intro}{gap}{second}\n\nIt rained."
            );
            let from = text.find(&second).unwrap();
            let found = classifier
                .statements(&text)
                .into_iter()
                .filter(|found| found.span.end > from)
                .max_by_key(|found| found.span.of(&text).len());
            let name = found.and_then(|found| found.actor.name).unwrap_or_default();
            tried += 1;
            if plain(&name) != plain(actor) {
                let _ = writeln!(report, "  {name:?}, expected {actor:?}: {intro} {second}");
            }
        }
    }
    assert!(report.is_empty(), "of {tried}:\n{report}");
}

#[test]
fn every_speaker_is_found_in_every_construction() {
    let model = Model::embedded().unwrap();
    let mut classifier = Classifier::new(&model, None).unwrap();
    let contents = lines("words.txt");
    let known: BTreeSet<String> = lines("known.txt").into_iter().collect();
    let (mut tried, mut faults, mut failed) = (0, Vec::new(), BTreeSet::new());
    for speaker in lines("speakers.tsv") {
        let mut fields = speaker.split('\t');
        let (words, actors) = (fields.next().unwrap(), fields.next().unwrap());
        let few = fields.next() == Some("*");
        for pattern in lines("attributions.txt") {
            let common = pattern.strip_prefix("* ");
            let takes_words = pattern.contains("ords}");
            let many = few && common.is_some() && takes_words;
            let contents = if many { &contents[..] } else { &contents[..1] };
            for content in contents {
                let sentence = sentence(words, common.unwrap_or(&pattern), content);
                tried += 1;
                if let Some(fault) = fault(&mut classifier, &sentence, actors) {
                    if !known.contains(&sentence) {
                        faults.push(fault);
                    }
                    failed.insert(sentence);
                }
            }
        }
    }
    let mut report = String::new();
    for fault in faults.iter().take(PRINTED) {
        let _ = writeln!(report, "{fault}");
    }
    for passes in known.difference(&failed) {
        let _ = writeln!(report, "  found, take it out of known.txt: {passes}");
    }
    assert!(
        report.is_empty(),
        "{} of {tried} sentences:\n{report}",
        faults.len()
    );
}

/// Subjects and sentences of plain positions.
const SUBJECTS: [&str; 6] = [
    "Norvania",
    "The Valley Front",
    "Foreign Minister Dana Holm",
    "The government",
    "A senior official",
    "The rebels",
];
const POSITIONS: [&str; 5] = [
    "{subject} {words}.",
    "{subject} {words} on Monday.",
    "{subject}, which had waited for days, {words}.",
    "In a statement, {subject} {words}.",
    "Meanwhile, {subject} {words}, as fighting went on in the north.",
];

#[test]
fn plain_positions_are_understood() {
    let model = Model::embedded().unwrap();
    let mut classifier = Classifier::new(&model, None).unwrap();
    let known: BTreeSet<String> = lines("known_stances.txt").into_iter().collect();
    let mut report = String::new();
    for line in lines("stances.tsv") {
        let (stance, words) = line.split_once('\t').unwrap();
        let kind = if words.starts_with("said") {
            "indirect"
        } else {
            "act"
        };
        let (mut tried, mut right) = (0, 0);
        for (subject, pattern) in SUBJECTS
            .iter()
            .flat_map(|subject| POSITIONS.map(|p| (subject, p)))
        {
            let actor = subject
                .trim_start_matches("The ")
                .trim_start_matches("A ")
                .trim_start_matches("Foreign Minister ");
            let inside = !pattern.starts_with("{subject}") && !subject.starts_with(['N', 'F']);
            let subject = if inside {
                subject.to_lowercase()
            } else {
                (*subject).to_owned()
            };
            let said = pattern
                .replace("{subject}", &subject)
                .replace("{words}", words);
            let marked = format!(
                "why: what a plain position means\n\nThe two sides have been at war since March. Mediators have proposed a \
                 ceasefire.\n\n[[{stance}|neutral|{kind}|{actor}|- : {said}]]\n"
            );
            let annotated =
                article_of_markup(&marked, words, &LabelSet::stance(), &LabelSet::tone()).unwrap();
            tried += 1;
            right +=
                usize::from(classifier.stances_of(&annotated)[0] == annotated.statements[0].stance);
        }
        let understood = right * 4 >= tried * 3;
        if understood == known.contains(words) {
            let _ = writeln!(report, "  {right} of {tried} are {stance}: {words}");
        }
    }
    assert!(
        report.is_empty(),
        "not understood, or understood and in known_stances.txt:\n{report}"
    );
}
