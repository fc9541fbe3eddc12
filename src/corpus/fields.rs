//! What the fields of other people's records mean: names that stand for ours, and the user's own map of names. It reads no
//! format.

use std::collections::BTreeMap;

use serde_json::Value;

use super::article::Article;
use crate::error::{Fault, Result};

/// The names of an article's own fields.
const OWN: [&str; 6] = ["id", "outlet", "date", "url", "title", "text"];

/// Names that mean the same, first match wins: own, news-please, trafilatura, `LexisNexisTools` and other exports.
const TEXT: [&str; 8] = [
    "text",
    "maintext",
    "raw_text",
    "body",
    "article",
    "content",
    "article_text",
    "full_text",
];
const OUTLET: [&str; 9] = [
    "outlet",
    "source_domain",
    "source-hostname",
    "sitename",
    "hostname",
    "media_name",
    "newspaper",
    "publication",
    "source_name",
];
const DATE: [&str; 6] = [
    "date",
    "date_publish",
    "publish_date",
    "published",
    "pub_date",
    "published_at",
];
const URL: [&str; 2] = ["url", "link"];
const TITLE: [&str; 3] = ["title", "title_page", "headline"];
const ID: [&str; 3] = ["id", "filename", "fingerprint"];

/// Columns that a table of classified statements has and no table of articles.
const STATEMENTS: [&str; 3] = ["statement", "stance", "confidence"];

/// Whether columns of these names are those of a table of classified statements.
pub fn is_of_statements(names: impl Iterator<Item = impl AsRef<str>>) -> bool {
    let found = names
        .filter(|name| STATEMENTS.contains(&name.as_ref()))
        .count();
    found == STATEMENTS.len()
}

/// The user's own names for our fields (`--map text=body,outlet=source`); they win over every other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    theirs: Vec<(&'static str, String)>,
}

impl FieldMap {
    /// Reads pairs `ours=theirs`.
    ///
    /// # Errors
    /// A pair without `=`, or a field that articles do not have.
    pub fn of_pairs(pairs: &[String]) -> Result<Self> {
        let mut theirs = Vec::new();
        for pair in pairs {
            let known = pair.split_once('=').and_then(|(ours, name)| {
                let ours = OWN.into_iter().find(|own| *own == ours.trim())?;
                Some((ours, name.trim().to_owned()))
            });
            theirs.push(known.filter(|(_, name)| !name.is_empty()).ok_or_else(|| {
                Fault::new(format!("--map {pair:?}"))
                    .expected(format!("FIELD=NAME with FIELD one of {}", OWN.join(", ")))
                    .remedy("for example --map text=body,outlet=source")
            })?);
        }
        Ok(Self { theirs })
    }

    /// The pairs as they were given, for a record of the settings.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.theirs
            .iter()
            .map(|(ours, name)| (*ours, name.as_str()))
    }

    fn of(&self, ours: &str) -> Option<&str> {
        self.theirs
            .iter()
            .find(|(own, _)| *own == ours)
            .map(|(_, name)| name.as_str())
    }

    /// Whether a record with fields of these names can have a text.
    pub fn has_text(&self, mut names: impl Iterator<Item = impl AsRef<str>>) -> bool {
        match self.of("text") {
            Some(own) => names.any(|name| name.as_ref() == own),
            None => names.any(|name| {
                TEXT.iter()
                    .any(|text| name.as_ref().eq_ignore_ascii_case(text))
            }),
        }
    }

    /// Whether a field of this name means anything.
    pub fn knows(&self, name: &str) -> bool {
        let shipped = [&TEXT[..], &OUTLET, &DATE, &URL, &TITLE, &ID, &["source"]];
        self.theirs.iter().any(|(_, theirs)| theirs == name)
            || shipped
                .iter()
                .any(|names| names.iter().any(|known| name.eq_ignore_ascii_case(known)))
    }

    /// What a record needs, in words.
    pub fn expected_text(&self) -> String {
        match self.of("text") {
            Some(own) => format!("a field {own:?} with words, as --map says"),
            None => "a field \"text\" (or \"maintext\", \"raw_text\", \"body\", ...) with words"
                .to_owned(),
        }
    }
}

/// An article of named fields. `name` becomes its id where it has none.
///
/// # Errors
/// Fields without a text.
pub(super) fn article_of_fields(
    mut fields: BTreeMap<String, Value>,
    name: &str,
    map: &FieldMap,
) -> Result<Article> {
    let Some(text) = take(&mut fields, "text", &TEXT, map) else {
        return Err(Fault::new("an article without text")
            .expected(map.expected_text())
            .remedy("fill the field, drop the record, or name the field with --map text=NAME"));
    };
    let mut article = Article {
        id: take(&mut fields, "id", &ID, map).unwrap_or_else(|| name.to_owned()),
        outlet: take(&mut fields, "outlet", &OUTLET, map),
        date: take(&mut fields, "date", &DATE, map),
        url: take(&mut fields, "url", &URL, map),
        title: take(&mut fields, "title", &TITLE, map),
        text,
        metadata: BTreeMap::new(),
    };
    // `source` is an address in trafilatura's records and the name of the outlet in most others.
    let is_address =
        matches!(fields.get("source"), Some(Value::String(words)) if words.contains("://"));
    let vacant = if is_address {
        &mut article.url
    } else {
        &mut article.outlet
    };
    if vacant.is_none() {
        *vacant = take(&mut fields, "", &["source"], map);
    }
    article.metadata = fields;
    Ok(article)
}

/// Takes the first of `names` that holds words. news-please writes a missing value as the word `None`.
fn take(
    fields: &mut BTreeMap<String, Value>,
    ours: &str,
    names: &[&str],
    map: &FieldMap,
) -> Option<String> {
    let filled = |name: &str| match fields.get(name) {
        Some(Value::String(words)) => !words.trim().is_empty() && words != "None",
        Some(Value::Number(_)) => ours != "text",
        _ => false,
    };
    let name = match map.of(ours) {
        Some(own) => Some(own.to_owned()).filter(|own| filled(own)),
        None => names
            .iter()
            .find(|name| filled(name))
            .map(|name| (*name).to_owned())
            .or_else(|| {
                let other = |key: &&String| {
                    names.iter().any(|name| key.eq_ignore_ascii_case(name)) && filled(key)
                };
                fields.keys().find(other).cloned()
            }),
    }?;
    match fields.remove(&name)? {
        Value::String(words) => Some(words),
        number => Some(number.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(fields: &[(&str, &str)], pairs: &[&str]) -> Result<Article> {
        let fields = fields
            .iter()
            .map(|(name, words)| ((*name).to_owned(), Value::from(*words)))
            .collect();
        let pairs: Vec<String> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
        article_of_fields(fields, "x:1", &FieldMap::of_pairs(&pairs)?)
    }

    #[test]
    fn the_users_names_win() {
        let fields = [
            ("text", "teaser"),
            ("story", "A truce."),
            ("src", "Kesh Times"),
        ];
        let found = article(&fields, &["text=story", "outlet=src"]).unwrap();
        assert_eq!(found.text, "A truce.");
        assert_eq!(found.outlet.as_deref(), Some("Kesh Times"));
        assert_eq!(found.field("text").as_deref(), Some("teaser"));
        assert!(
            article(&fields, &["text=body"])
                .unwrap_err()
                .to_string()
                .contains("a field \"body\"")
        );
    }

    #[test]
    fn capital_names_of_other_exports_are_understood() {
        let fields = [
            ("Article", "A truce."),
            ("Newspaper", "Kesh Times"),
            ("Headline", "H"),
        ];
        let found = article(&fields, &[]).unwrap();
        assert_eq!(
            (found.text.as_str(), found.title.as_deref()),
            ("A truce.", Some("H"))
        );
        assert_eq!(found.outlet.as_deref(), Some("Kesh Times"));
    }

    #[test]
    fn a_source_is_an_address_or_an_outlet() {
        let found = article(&[("text", "A."), ("source", "https://kesh.example/a")], &[]).unwrap();
        assert_eq!(
            (found.url.as_deref(), found.outlet),
            (Some("https://kesh.example/a"), None)
        );
        let found = article(&[("text", "A."), ("source", "Kesh Times")], &[]).unwrap();
        assert_eq!(found.outlet.as_deref(), Some("Kesh Times"));
    }

    #[test]
    fn a_pair_that_makes_no_sense_is_a_fault() {
        for pair in ["text", "words=body", "text="] {
            assert!(
                article(&[], &[pair])
                    .unwrap_err()
                    .to_string()
                    .contains("FIELD=NAME")
            );
        }
    }
}
