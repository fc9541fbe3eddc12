//! brat's standoff: one `.txt` and `.ann` a document, and the `annotation.conf` that they need. Stance, tone and kind are
//! attributes; what is no closed set stands in a note. The other fields of a row stand in a `.meta` file, which brat leaves
//! alone. It writes no relations.

use std::fmt::Write as _;

use serde_json::Value;

use super::super::exchange::{ANSWERS, Fields, Sets, words};
use super::super::import::BRAT_META;
use super::{Task, Written, answers, file_name, offsets};
use crate::label::Kind;

pub(super) fn write(tasks: &[Task], sets: &Sets) -> Vec<Written> {
    let mut files = vec![Written {
        name: Some("annotation.conf".to_owned()),
        text: conf(sets),
    }];
    for (at, task) in tasks.iter().enumerate() {
        let name = file_name(task, at);
        let meta = Value::Object(task.rest(&ANSWERS)).to_string() + "\n";
        for (end, text) in [
            ("txt", task.text()),
            ("ann", standoff(task)),
            (BRAT_META, meta),
        ] {
            files.push(Written {
                name: Some(format!("{name}.{end}")),
                text,
            });
        }
    }
    files
}

fn standoff(task: &Task) -> String {
    let text = task.text();
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut attributes = 0;
    for (number, statement) in task.shown().iter().enumerate() {
        let id = number + 1;
        let (start, end) = offsets(statement).unwrap_or((0, chars.len()));
        let shown = chars.get(start..end).unwrap_or_default().iter();
        // An annotation is one line.
        let shown: String = shown
            .map(|c| if c.is_control() { ' ' } else { *c })
            .collect();
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(out, "T{id}\tStatement {start} {end}\t{shown}");
        for (name, attribute) in [("stance", "Stance"), ("tone", "Tone"), ("kind", "Kind")] {
            if let Some(label) = words(statement, name) {
                attributes += 1;
                let _ = writeln!(out, "A{attributes}\t{attribute} T{id} {label}");
            }
        }
        let note: Fields = answers(statement)
            .into_iter()
            .filter(|(name, _)| !["stance", "tone", "kind"].contains(&name.as_str()))
            .collect();
        if !note.is_empty() {
            let _ = writeln!(out, "#{id}\tAnnotatorNotes T{id}\t{}", Value::Object(note));
        }
    }
    out
}

fn conf(sets: &Sets) -> String {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    format!(
        "[entities]\nStatement\n\n[relations]\n\n[events]\n\n[attributes]\nStance\tArg:Statement, Value:{}\nTone\tArg:Statement, Value:{}\nKind\tArg:Statement, Value:{}\n",
        sets.stances.labels.join("|"),
        sets.tones.labels.join("|"),
        kinds.join("|")
    )
}
