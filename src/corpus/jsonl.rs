//! JSON records of articles: the project's own, news-please's and trafilatura's. It does not open files.

use serde_json::Value;

use super::article::Article;
use super::fields::{FieldMap, article_of_fields};
use crate::error::{Fault, Result};

/// Reads one JSON object as an article. `name` becomes its id where it has none.
///
/// # Errors
/// A line that is not a JSON object, or that has no text.
pub fn article_of_line(line: &str, name: &str) -> Result<Article> {
    article_of_mapped(line, name, &FieldMap::default())
}

/// Reads one JSON object as an article, with the user's own field names.
pub(super) fn article_of_mapped(line: &str, name: &str, map: &FieldMap) -> Result<Article> {
    let value: Value =
        serde_json::from_str(line).map_err(|error| json_fault(&error, "\"text\""))?;
    article_of_value(value, name, map)
}

/// Reads a parsed record as an article.
pub(super) fn article_of_value(value: Value, name: &str, map: &FieldMap) -> Result<Article> {
    let Value::Object(object) = value else {
        return Err(Fault::new(format!("found {}", kind_of(&value)))
            .expected("a JSON object with a \"text\"")
            .remedy("write one article a line, as {\"text\": \"...\"}"));
    };
    article_of_fields(object.into_iter().collect(), name, map)
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
