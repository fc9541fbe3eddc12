//! What ARCHITECTURE.md promises of the code: the order of the rooms, an opening comment in every file, linfa in the model
//! room only, and a description of every room.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its own files should say so at once"
)]

use std::path::{Path, PathBuf};

/// The rooms from left to right: each may use those before it.
const ROOMS: [&str; 11] = [
    "corpus",
    "text",
    "statements",
    "features",
    "model",
    "classify",
    "evaluate",
    "labels",
    "compare",
    "report",
    "cli",
];

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        let mut entries: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    assert!(found.len() > 40);
    found
}

fn room(path: &Path) -> Option<usize> {
    let inside = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    ROOMS.iter().position(|room| *room == first)
}

#[test]
fn a_room_uses_only_what_stands_to_its_left() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(own) = room(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            for (other, name) in ROOMS.iter().enumerate().skip(own + 1) {
                let code = line.trim_start();
                if !code.starts_with("//") && code.contains(&format!("crate::{name}::")) {
                    wrong.push(format!(
                        "{}:{}: {} uses {}",
                        path.display(),
                        number + 1,
                        ROOMS[own],
                        ROOMS[other]
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_opens_with_its_one_job() {
    for (path, text) in sources() {
        assert!(
            text.starts_with("//! "),
            "{} does not open with //!",
            path.display()
        );
    }
}

#[test]
fn only_the_model_room_knows_linfa() {
    for (path, text) in sources() {
        let code: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        let inside = room(&path).is_some_and(|room| ROOMS[room] == "model");
        assert!(
            inside || !code.contains("linfa"),
            "{} names linfa",
            path.display()
        );
    }
}

#[test]
fn the_code_map_has_every_room() {
    let map =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md"))
            .unwrap();
    for room in ROOMS {
        assert!(
            map.contains(&format!("| `{room}` |")),
            "ARCHITECTURE.md says nothing of {room}"
        );
    }
}

#[test]
fn the_codebook_carries_the_version_that_models_carry() {
    let book = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("training-data/CODEBOOK.md"),
    )
    .unwrap();
    assert!(book.contains(&format!("\nVersion {}.", stance::label::CODEBOOK)));
}
