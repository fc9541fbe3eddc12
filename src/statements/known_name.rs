//! The one name of a state or body under all the names that the alias list gives it, and the state of a nationality, for
//! rooms that compare names of actors (`evaluate`). It looks at no article.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::alias::FILE;
use crate::text::entries;

/// Names of `en/aliases.tsv` in small letters: what each is called, and the states of nationalities.
struct KnownNames {
    called: FxHashMap<String, &'static str>,
    state_of: FxHashMap<String, &'static str>,
}

fn known() -> &'static KnownNames {
    static KNOWN: OnceLock<KnownNames> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known = KnownNames {
            called: FxHashMap::default(),
            state_of: FxHashMap::default(),
        };
        for line in entries(FILE) {
            let mut fields = line.split('\t').map(str::trim);
            let (Some(name), Some(sort)) = (fields.next(), fields.next()) else {
                continue;
            };
            let side = fields.next().unwrap_or_default();
            let others = fields.next().unwrap_or_default();
            for form in std::iter::once(name).chain(others.split('|')) {
                let form = form.to_lowercase();
                if sort == "demonym" {
                    known.state_of.entry(form).or_insert(side);
                } else {
                    known.called.entry(form).or_insert(name);
                }
            }
        }
        known
    })
}

/// What the alias list calls the state, body or movement `name` (`UN`: `United Nations`), in any letter case; `None` where it
/// does not know it.
pub fn known_name(name: &str) -> Option<&'static str> {
    known().called.get(&name.to_lowercase()).copied()
}

/// The state that a nationality belongs to (`French`: `France`), in any letter case; `None` where it is not known.
pub fn state_of_nationality(word: &str) -> Option<&'static str> {
    known().state_of.get(&word.to_lowercase()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_one_name_and_a_nationality_its_state() {
        assert_eq!(known_name("UN"), Some("United Nations"));
        assert_eq!(state_of_nationality("french"), Some("France"));
        assert_eq!(known_name("Norvania"), None);
        assert_eq!(state_of_nationality("Norvanian"), None);
    }
}
