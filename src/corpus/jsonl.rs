//! JSON records of articles: the project's own, news-please's and trafilatura's. It does not open files.

use std::collections::BTreeMap;

use serde_json::Value;

use super::article::Article;
use crate::error::{Fault, Result};

/// Field names that mean the same, first match wins: own name, then news-please, then trafilatura.
const TEXT: [&str; 4] = ["text", "maintext", "raw_text", "body"];
const OUTLET: [&str; 5] = [
    "outlet",
    "source_domain",
    "source-hostname",
    "sitename",
    "hostname",
];
const DATE: [&str; 2] = ["date", "date_publish"];
const URL: [&str; 2] = ["url", "source"];
const TITLE: [&str; 2] = ["title", "title_page"];
const ID: [&str; 3] = ["id", "filename", "fingerprint"];

/// Reads one JSON object as an article. `name` becomes its id where it has none.
///
/// # Errors
/// A line that is not a JSON object, or that has no text.
pub fn article_of_line(line: &str, name: &str) -> Result<Article> {
    let value: Value =
        serde_json::from_str(line).map_err(|error| json_fault(&error, "\"text\""))?;
    article_of_value(value, name)
}

/// Reads a parsed record as an article.
pub(super) fn article_of_value(value: Value, name: &str) -> Result<Article> {
    let Value::Object(object) = value else {
        return Err(Fault::new(format!("found {}", kind_of(&value)))
            .expected("a JSON object with a \"text\"")
            .remedy("write one article a line, as {\"text\": \"...\"}"));
    };
    let mut fields: BTreeMap<String, Value> = object.into_iter().collect();
    let Some(text) = take(&mut fields, &TEXT) else {
        return Err(Fault::new("an article without text")
            .expected("a field \"text\" (or \"maintext\", \"raw_text\", \"body\") with words")
            .remedy("fill the field or drop the record"));
    };
    Ok(Article {
        id: take(&mut fields, &ID).unwrap_or_else(|| name.to_owned()),
        outlet: take(&mut fields, &OUTLET),
        date: take(&mut fields, &DATE),
        url: take(&mut fields, &URL),
        title: take(&mut fields, &TITLE),
        text,
        metadata: fields,
    })
}

/// Takes the first of `names` that holds words. news-please writes a missing value as the word `None`.
fn take(fields: &mut BTreeMap<String, Value>, names: &[&str]) -> Option<String> {
    let name = names.iter().find(|name| match fields.get(**name) {
        Some(Value::String(words)) => !words.trim().is_empty() && words != "None",
        Some(Value::Number(_)) => names != TEXT,
        _ => false,
    })?;
    match fields.remove(*name)? {
        Value::String(words) => Some(words),
        number => Some(number.to_string()),
    }
}

/// A JSON error as one line in the user's words.
pub(super) fn json_fault(error: &serde_json::Error, expected: &str) -> Fault {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    let found = if error.is_data() {
        words.to_owned()
    } else {
        format!("broken JSON: {words} (column {})", error.column())
    };
    Fault::new(found)
        .expected(format!("one JSON object a line, with {expected}"))
        .remedy("mend the line")
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_please_records_are_understood() {
        let line = r#"{"maintext":"A truce.","source_domain":"kesh.example","date_publish":"None","url":"u","title":"T","language":"en"}"#;
        let article = article_of_line(line, "x:1").unwrap();
        assert_eq!(article.text, "A truce.");
        assert_eq!(article.outlet.as_deref(), Some("kesh.example"));
        assert_eq!(article.date, None);
        assert_eq!(article.id, "x:1");
        assert_eq!(article.field("language").as_deref(), Some("en"));
    }

    #[test]
    fn trafilatura_records_are_understood() {
        let line = r#"{"text":"A truce.","raw_text":"A truce.","source":"https://kesh.example/a","source-hostname":"Kesh Times","hostname":"kesh.example","fingerprint":"f1","id":null}"#;
        let article = article_of_line(line, "x:1").unwrap();
        assert_eq!(article.outlet.as_deref(), Some("Kesh Times"));
        assert_eq!(article.url.as_deref(), Some("https://kesh.example/a"));
        assert_eq!(article.id, "f1");
    }

    #[test]
    fn a_record_without_text_says_what_to_do() {
        let fault = article_of_line(r#"{"title":"x"}"#, "x").unwrap_err();
        assert!(
            fault
                .to_string()
                .contains("an article without text; expected a field \"text\"")
        );
        let fault = article_of_line("[1]", "x").unwrap_err();
        assert!(
            fault
                .to_string()
                .contains("found a list; expected a JSON object")
        );
    }
}
