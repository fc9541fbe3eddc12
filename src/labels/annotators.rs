//! Who labelled what: parts labelled rows by annotator, and finds what cannot be compared (an id that one annotator has
//! twice, one id with two texts). It measures nothing.

use std::collections::BTreeMap;

use crate::corpus::{AnnotatedArticle, Labelled};
use crate::error::{Fault, Result};

/// The name of those who gave none.
pub const NOBODY: &str = "-";

/// The rows of each annotator, by name. An article in which several marked statements is parted.
pub fn by_annotator(labelled: &Labelled) -> BTreeMap<String, Labelled> {
    let mut parts: BTreeMap<String, Labelled> = BTreeMap::new();
    for article in &labelled.articles {
        let whole = article.article.field("annotator");
        let mut own: BTreeMap<String, AnnotatedArticle> = BTreeMap::new();
        let part = |name: String| {
            let bare = AnnotatedArticle {
                article: article.article.clone(),
                statements: Vec::new(),
            };
            (name, bare)
        };
        for statement in &article.statements {
            let name = statement.annotator.clone().or_else(|| whole.clone());
            let (name, bare) = part(name.unwrap_or_else(|| NOBODY.to_owned()));
            let article = own.entry(name).or_insert(bare);
            article.statements.push(statement.clone());
        }
        if own.is_empty() {
            own.extend([part(whole.unwrap_or_else(|| NOBODY.to_owned()))]);
        }
        for (name, article) in own {
            parts.entry(name).or_default().articles.push(article);
        }
    }
    for statement in &labelled.statements {
        let name = statement.annotator.as_deref().unwrap_or(NOBODY);
        let part = parts.entry(name.to_owned()).or_default();
        part.statements.push(statement.clone());
    }
    parts
}

/// Checks that every id stands once.
///
/// # Errors
/// The first id that stands twice.
pub fn each_once(labelled: &Labelled, name: &str) -> Result<()> {
    let articles = labelled.articles.iter().map(|one| &one.article.id);
    let single = labelled.statements.iter().map(|one| &one.id);
    for (what, ids) in [
        ("article", articles.collect::<Vec<_>>()),
        ("statement", single.collect()),
    ] {
        let mut sorted = ids;
        sorted.sort();
        let twice = sorted.windows(2).find(|pair| pair[0] == pair[1]);
        if let Some([id, _]) = twice {
            return Err(Fault::new(format!("{what} {id:?} stands twice"))
                .at(name)
                .expected("each id once for each annotator")
                .remedy("drop one of them, or give them ids of their own"));
        }
    }
    Ok(())
}

/// Checks that what has one id has one text.
///
/// # Errors
/// The first id with two texts.
pub fn same_texts(one: &Labelled, other: &Labelled, name: &str) -> Result<()> {
    let of = |labelled: &Labelled| -> BTreeMap<(bool, String), String> {
        let articles = labelled
            .articles
            .iter()
            .map(|one| ((true, one.article.id.clone()), one.article.text.clone()));
        let single = labelled
            .statements
            .iter()
            .map(|one| ((false, one.id.clone()), one.text.clone()));
        articles.chain(single).collect()
    };
    let known = of(one);
    for ((is_article, id), text) in of(other) {
        let what = if is_article { "article" } else { "statement" };
        if known
            .get(&(is_article, id.clone()))
            .is_some_and(|before| *before != text)
        {
            return Err(Fault::new(format!("{what} {id:?} has another text here"))
                .at(name)
                .expected("two annotations of the same text"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{AnnotatedStatement, Article, LabelledStatement};
    use crate::label::Kind;
    use crate::span::Span;

    fn marked(start: usize, annotator: &str) -> AnnotatedStatement {
        AnnotatedStatement {
            span: Span::new(start, start + 1),
            actors: Vec::new(),
            surface: None,
            kind: Kind::Act,
            stance: "none".to_owned(),
            tone: None,
            annotator: Some(annotator.to_owned()),
        }
    }

    #[test]
    fn an_article_of_two_annotators_is_parted() {
        let labelled = Labelled {
            articles: vec![AnnotatedArticle {
                article: Article::of_text("a", "abc"),
                statements: vec![marked(0, "anna"), marked(1, "ben"), marked(2, "anna")],
            }],
            statements: vec![LabelledStatement::default()],
            ..Labelled::default()
        };
        let parts = by_annotator(&labelled);
        assert_eq!(parts.keys().collect::<Vec<_>>(), ["-", "anna", "ben"]);
        assert_eq!(parts["anna"].articles[0].statements.len(), 2);
        assert_eq!(parts["ben"].articles[0].statements.len(), 1);
        assert_eq!(parts["-"].statements.len(), 1);
    }

    #[test]
    fn an_id_that_stands_twice_is_a_fault() {
        let mut labelled = Labelled {
            statements: vec![LabelledStatement::default(); 2],
            ..Labelled::default()
        };
        let fault = each_once(&labelled, "a.jsonl").unwrap_err();
        assert!(
            fault
                .to_string()
                .starts_with("a.jsonl: statement \"\" stands twice")
        );
        labelled.statements.pop();
        assert_eq!(each_once(&labelled, "a.jsonl"), Ok(()));
    }
}
