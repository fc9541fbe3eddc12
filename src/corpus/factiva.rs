//! Factiva's HTML exports ("Article Format"): one file, many articles, each a `div` of class `article` with a headline,
//! bare `div`s of metadata in a fixed order and paragraphs of class `articleParagraph`. Class names begin with the
//! language of the user's Factiva, so only their ends are looked at. It does not read other pages.

use dom_query::{Document, NodeRef};

use super::article::Article;
use super::cut::{Body, Cut, Place};
use super::guarded::guarded;
use super::page::page_text;
use crate::error::{Fault, Result};

/// Whether a page is such an export.
pub(super) fn is_export(head: &[u8]) -> bool {
    memchr::memmem::find(head, b"articleParagraph").is_some()
}

/// The articles of an export.
pub(super) fn articles(bytes: Vec<u8>, place: &Place) -> Vec<Cut> {
    let read = page_text(bytes).and_then(|html| guarded("a page", || Ok(parse(&html))));
    let found = match read {
        Ok(found) if found.is_empty() => Err(Fault::new("no article in this page")
            .expected("a Factiva export in \"Article Format\"")
            .remedy("read it as a page with --from html")),
        other => other,
    };
    match found {
        Err(fault) => vec![Cut::fault(place, fault)],
        Ok(found) => found
            .into_iter()
            .enumerate()
            .map(|(at, article)| cut(article, &place.record(None, Some(at + 1))))
            .collect(),
    }
}

fn cut(article: Result<Article>, place: &Place) -> Cut {
    match article {
        Err(fault) => Cut::fault(place, fault),
        Ok(mut article) => {
            if article.id.is_empty() {
                article.id = place.id();
            }
            Cut {
                place: place.clone(),
                body: Body::Article(Box::new(article)),
            }
        }
    }
}

fn parse(html: &str) -> Vec<Result<Article>> {
    let document = Document::from(html);
    document
        .select("div.article")
        .nodes()
        .iter()
        .map(article)
        .collect()
}

fn article(node: &NodeRef<'_>) -> Result<Article> {
    let paragraphs: Vec<String> = node
        .descendants_it()
        .filter(|one| one.has_name("p") && class_ends(one, "articleParagraph"))
        .map(|p| words(&p))
        .filter(|words| !words.is_empty())
        .collect();
    let title = node
        .descendants_it()
        .find(|one| one.is_element() && class_ends(one, "Headline"))
        .map(|one| words(&one));
    if paragraphs.is_empty() {
        let title = title.unwrap_or_default();
        return Err(Fault::new(format!(
            "an article without paragraphs: {title:?}"
        )));
    }
    let mut article = Article::of_text("", paragraphs.join("\n\n"));
    article.title = title;
    // Bare divs: "512 words", date, perhaps a time, outlet, its code, perhaps a page, language, copyright; the last
    // line "Document ABC000020310402xyz" names the article.
    let bare: Vec<String> = node
        .descendants_it()
        .filter(|one| one.has_name("div") && !one.has_attr("class") && !one.has_attr("id"))
        .filter(|div| {
            div.element_children()
                .iter()
                .all(|inner| !inner.has_name("div"))
        })
        .map(|div| words(&div))
        .filter(|words| !words.is_empty())
        .collect();
    let after_count = bare
        .iter()
        .position(|words| is_count(words))
        .map_or(0, |at| at + 1);
    let mut fields = bare.iter().skip(after_count);
    article.date = fields.next().cloned();
    article.outlet = fields.find(|words| !is_time(words)).cloned();
    let name = node
        .descendants_it()
        .filter(|one| one.has_name("p"))
        .map(|p| words(&p))
        .chain(bare.iter().cloned())
        .find_map(|words| {
            let id = words.rsplit_once(' ')?.1.to_owned();
            (words.split(' ').count() == 2
                && id.len() >= 20
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric()))
            .then_some(id)
        });
    article.id = name.unwrap_or_default();
    Ok(article)
}

fn class_ends(node: &NodeRef<'_>, end: &str) -> bool {
    node.attr("class")
        .is_some_and(|classes| classes.split_whitespace().any(|class| class.ends_with(end)))
}

fn words(node: &NodeRef<'_>) -> String {
    let text = node.text();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "1,024 words", in whatever language.
fn is_count(words: &str) -> bool {
    let mut parts = words.split(' ');
    let number = parts.next().unwrap_or_default();
    !number.is_empty()
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b",.".contains(&byte))
        && parts
            .next()
            .is_some_and(|unit| unit.chars().all(char::is_alphabetic))
        && parts.next().is_none()
}

fn is_time(words: &str) -> bool {
    words.len() <= 8 && words.contains(':') && words.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn articles_come_out_with_their_metadata() {
        let one = |title: &str, time: &str, id: &str| {
            format!(
                "<div id=\"a\" class=\"article enArticle\"><div id=\"hd\"><span class=\"enHeadline\">{title}</span></div>\
                 <div class=\"author\">By Ana Lind</div><div>1,024 words</div><div>2 April 2031</div>{time}\
                 <div>Kesh Times</div><div>KESHT</div><div>English</div><div>(c) 2031 Kesh Times</div>\
                 <p class=\"articleParagraph enarticleParagraph\">KESH: Norvania rejected\n the truce.</p>\
                 <p class=\"articleParagraph enarticleParagraph\">Talks ended.</p><p>Document {id}</p></div>"
            )
        };
        let html = format!(
            "<html><body>{}{}<div class=\"article enArticle\"><span class=\"enHeadline\">Photo</span><p class=\"articleParagraph\"> \
             </p></div></body></html>",
            one(
                "Truce rejected",
                "<div>08:15</div>",
                "KESHT00020310402er4200001"
            ),
            one("Second", "", "KESHT00020310402er4200002")
        );
        let cuts = articles(
            html.into_bytes(),
            &Place::of_file(Path::new("f.html"), true),
        );
        assert_eq!(cuts.len(), 3);
        for (cut, title) in cuts.iter().zip(["Truce rejected", "Second"]) {
            let Body::Article(article) = &cut.body else {
                panic!("{cut:?}")
            };
            assert_eq!(
                article.text,
                "KESH: Norvania rejected the truce.\n\nTalks ended."
            );
            assert_eq!(article.title.as_deref(), Some(title));
            assert_eq!(article.date.as_deref(), Some("2 April 2031"));
            assert_eq!(article.outlet.as_deref(), Some("Kesh Times"));
            assert!(article.id.starts_with("KESHT00020310402er420000"));
        }
        assert!(
            matches!(&cuts[2].body, Body::Skipped(skipped) if skipped.fault.found.contains("\"Photo\""))
        );
    }
}
