//! The user's own actors (`--actors`): a file of lines `name<TAB>type<TAB>side<TAB>other names`, checked line by line. Finding
//! their names in articles is the work of `statements`.

use rustc_hash::FxHashMap;

use super::ready::ReadyStatement;
use crate::error::Fault;

/// The types that a line may name, as the extractor reads them.
const TYPES: [&str; 8] = [
    "state", "demonym", "capital", "seat", "movement", "body", "medium", "person",
];

/// A checked file of actors.
#[derive(Clone, Debug, Default)]
pub struct OwnActors {
    text: String,
    known: FxHashMap<String, (String, Option<String>)>,
}

impl OwnActors {
    /// Checks a file's text.
    ///
    /// # Errors
    /// Every line that is no actor.
    pub fn of_text(text: &str, path: &str) -> Result<Self, Vec<Fault>> {
        let text = text.trim_start_matches('\u{FEFF}').to_owned();
        let mut known = FxHashMap::default();
        let mut faults = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match actor(line) {
                Ok((names, side)) => {
                    for name in &names {
                        known
                            .entry(name.to_lowercase())
                            .or_insert_with(|| (names[0].clone(), side.clone()));
                    }
                }
                Err(fault) => faults.push(
                    fault
                        .at(path)
                        .line(at + 1)
                        .remedy("mend the line; # begins a comment"),
                ),
            }
        }
        if faults.is_empty() {
            Ok(Self { text, known })
        } else {
            Err(faults)
        }
    }

    /// The file's text, for the extractor.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The canonical name and the side of an actor that is called so.
    pub fn named(&self, name: &str) -> Option<(&str, Option<&str>)> {
        let (name, side) = self.known.get(&name.trim().to_lowercase())?;
        Some((name, side.as_deref()))
    }

    /// Gives the actor of a ready statement its canonical name, and its side where the row has none.
    pub fn resolve(&self, row: &mut ReadyStatement) {
        let Some((name, side)) = row.actor.as_deref().and_then(|name| self.named(name)) else {
            return;
        };
        row.actor = Some(name.to_owned());
        if row.side.as_deref().is_none_or(str::is_empty) {
            row.side = side.map(str::to_owned);
        }
    }
}

/// The names and the side that a line gives.
fn actor(line: &str) -> Result<(Vec<String>, Option<String>), Fault> {
    const SHAPE: &str = "name, type, side and other names, parted by tabs";
    let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
    if fields.len() < 2 || fields.len() > 4 {
        let n = fields.len();
        let found = format!("{n} field{}", if n == 1 { "" } else { "s" });
        return Err(Fault::new(found).expected(SHAPE));
    }
    if fields[0].is_empty() {
        return Err(Fault::new("an actor without a name").expected(SHAPE));
    }
    if !TYPES.contains(&fields[1]) {
        return Err(Fault::new(format!("unknown type {:?}", fields[1]))
            .expected(format!("one of {}", TYPES.join(", "))));
    }
    let side = fields
        .get(2)
        .filter(|side| !side.is_empty() && **side != "-")
        .map(|side| (*side).to_owned());
    let others = fields.get(3).copied().unwrap_or_default();
    let names = std::iter::once(fields[0])
        .chain(others.split('|').map(str::trim))
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    Ok((names, side))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bad_line_is_told_and_good_ones_are_known_by_all_names() {
        let good = "# mine\n\nFree North\tmovement\tNorthland\tFN|the Front\nAna Lind\tperson\n";
        let actors = OwnActors::of_text(good, "a.tsv").unwrap();
        assert_eq!(actors.named("fn"), Some(("Free North", Some("Northland"))));
        assert_eq!(actors.named("Ana Lind"), Some(("Ana Lind", None)));
        let bad = "Free North movement\nX\tparty\tY\n\tstate\na\tstate\tb\tc\td\n";
        let faults = OwnActors::of_text(bad, "a.tsv").unwrap_err();
        let shown: Vec<String> = faults.iter().map(Fault::to_string).collect();
        assert!(shown[0].starts_with("a.tsv:1: 1 field; expected name, type"));
        assert!(shown[1].starts_with("a.tsv:2: unknown type \"party\"; expected one of state"));
        assert_eq!(
            faults
                .iter()
                .filter_map(|fault| fault.line)
                .collect::<Vec<_>>(),
            [1, 2, 3, 4]
        );
    }
}
