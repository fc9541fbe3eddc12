//! Invented articles and labels by the hundred, and what stands in a folder, for tests of bad luck.

#![expect(unreachable_pub, reason = "a test's module has no crate around it")]

use std::fmt::Write as _;
use std::path::Path;

use serde_json::json;

/// Statements of four stances and three tones in groups, so that a model can be learnt in a moment.
pub fn labels(n_groups: usize) -> String {
    let verbs = [
        ("supportive", "accepts"),
        ("skeptical", "doubts"),
        ("hostile", "rejects"),
        ("none", "counts"),
    ];
    let tones = ["positive", "neutral", "negative"];
    let mut lines = String::new();
    for group in 0..n_groups {
        for (stance, verb) in verbs {
            let row = json!({"id": format!("{group}-{stance}"), "text": format!("The envoy {verb} the truce of day {group}."),
                             "stance": stance, "tone": tones[group % 3], "group": group.to_string()});
            writeln!(lines, "{row}").unwrap();
        }
    }
    lines
}

/// Articles of two statements as lines; one in ninety is broken.
pub fn articles(n: usize) -> String {
    let line = |at: usize| json!({"id": at.to_string(), "text": format!("Norvania rejected the {at}-day truce.\n\nTavria accepted it, its envoy Ana Lind said.")});
    (0..n)
        .map(|at| {
            if at % 90 == 7 {
                "{broken\n".to_owned()
            } else {
                format!("{}\n", line(at))
            }
        })
        .collect()
}

/// Labels as doccano exports them.
pub fn doccano(name: &str, n: usize) -> String {
    let mut lines = String::new();
    for at in 0..n {
        let row =
            json!({"text": format!("{name} {at}: we agree."), "label": ["supportive"], "id": at});
        writeln!(lines, "{row}").unwrap();
    }
    lines
}

/// Writes a file; gives its path.
pub fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_string_lossy().into_owned()
}

/// Names of what stands in a folder, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
