//! A web page to an article: main text by Mozilla's Readability rules (crate `dom_smoothie`), title, outlet, date and
//! address from the page's metadata. It does not fetch anything.

use dom_smoothie::{Config, Readability, TextMode};

use super::article::Article;
use super::cut::Place;
use super::decode::decode_declared;
use super::guarded::guarded;
use super::skipped::Skipped;
use crate::error::{Fault, Result};

/// Bytes of the largest page that is read.
pub(super) const LARGEST_PAGE: usize = 8 << 20;

/// Elements of the largest page that is read.
const MOST_ELEMENTS: usize = 100_000;

/// Open elements at a time; pages that people read have less than a tenth. Bounds stack and time of the parser.
const DEEPEST: usize = 512;

/// Attributes of one element, and references such as `&amp;` in one page: the parser's time grows with their square, and
/// these bounds keep it below seconds.
const MOST_ATTRIBUTES: usize = 1_000;
const MOST_REFERENCES: usize = 100_000;

/// Letters below which a page has no article: menus, notices, teasers.
const SHORTEST_TEXT: usize = 140;

/// A page with what its carrier says of it.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) bytes: Vec<u8>,
    /// Address, date and encoding as an archive gives them.
    pub(super) url: Option<String>,
    pub(super) date: Option<String>,
    pub(super) charset: Option<String>,
}

impl Page {
    /// Finds the article.
    pub(super) fn read(self, place: &Place) -> std::result::Result<Article, Skipped> {
        let (url, date) = (self.url.clone(), self.date.clone());
        let html = self.text().map_err(|fault| place.skipped(fault))?;
        let fault = |fault: Fault| {
            let fault = match &url {
                Some(url) => Fault {
                    found: format!("{} ({url})", fault.found),
                    ..fault
                },
                None => fault,
            };
            place.skipped(fault)
        };
        check(&html).map_err(fault)?;
        let found = guarded("a page", || Ok(extract(&html))).map_err(fault)?;
        let Some(mut article) = found else {
            let fault = Fault::new(match &url {
                Some(url) => format!("a page without an article ({url})"),
                None => "a page without an article".to_owned(),
            });
            return Err(place.skipped_as(super::skipped::Why::NoArticle, fault));
        };
        article.url = url.or(article.url);
        article.date = article.date.or(date);
        article.outlet = article
            .outlet
            .or_else(|| article.url.as_deref().and_then(host));
        article.id = match (&article.url, place.offset) {
            (Some(url), Some(_)) => url.clone(),
            _ => place.id(),
        };
        Ok(article)
    }

    fn text(self) -> Result<String> {
        if self.bytes.len() > LARGEST_PAGE {
            return Err(Fault::new(format!(
                "a page of more than {} MB",
                LARGEST_PAGE >> 20
            )));
        }
        let declared = self.charset.or_else(|| charset(&self.bytes));
        decode_declared(self.bytes, declared.as_deref()).map(|(text, _)| text)
    }
}

/// A page's text decoded, for readers of exports that are pages.
pub(super) fn page_text(bytes: Vec<u8>) -> Result<String> {
    let declared = charset(&bytes);
    let (text, _) = decode_declared(bytes, declared.as_deref())?;
    check(&text)?;
    Ok(text)
}

fn extract(html: &str) -> Option<Article> {
    let config = Config {
        text_mode: TextMode::Formatted,
        max_elements_to_parse: MOST_ELEMENTS,
        ..Config::default()
    };
    let mut reader = Readability::new(html, None, Some(config)).ok()?;
    let found = reader.parse().ok()?;
    let text = found.text_content.trim();
    if text.chars().filter(|c| c.is_alphabetic()).count() < SHORTEST_TEXT {
        return None;
    }
    let words = |words: Option<String>| words.filter(|words| !words.trim().is_empty());
    let mut article = Article::of_text("", text);
    article.title = words(Some(found.title));
    article.outlet = words(found.site_name);
    article.date = words(found.published_time);
    article.url = words(found.url);
    if let Some(byline) = words(found.byline) {
        article.metadata.insert("byline".to_owned(), byline.into());
    }
    Some(article)
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

/// The encoding that the page's head declares.
fn charset(bytes: &[u8]) -> Option<String> {
    let head = bytes[..bytes.len().min(2048)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")? + "charset=".len();
    let rest = &head[at..];
    let rest = rest
        .strip_prefix(b"\"")
        .or_else(|| rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let end = rest
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:.".contains(byte))?;
    String::from_utf8(rest[..end].to_vec()).ok()
}

/// Refuses pages that would cost the parser more than a page can be worth.
fn check(html: &str) -> Result<()> {
    // Elements whose end may be left out or that have none.
    const OPEN: [&[u8]; 35] = [
        b"p",
        b"li",
        b"dt",
        b"dd",
        b"option",
        b"optgroup",
        b"tr",
        b"td",
        b"th",
        b"thead",
        b"tbody",
        b"tfoot",
        b"colgroup",
        b"rp",
        b"rt",
        b"html",
        b"body",
        b"head",
        b"area",
        b"base",
        b"br",
        b"col",
        b"embed",
        b"hr",
        b"img",
        b"input",
        b"link",
        b"meta",
        b"param",
        b"source",
        b"track",
        b"wbr",
        b"frame",
        b"basefont",
        b"path",
    ];
    // Elements whose content is text, whatever stands in it.
    const RAW: [&[u8]; 8] = [
        b"script",
        b"style",
        b"textarea",
        b"title",
        b"xmp",
        b"iframe",
        b"noembed",
        b"noframes",
    ];
    let bytes = html.as_bytes();
    let refused = |what: String| Err(Fault::new(what).expected("a page that people read"));
    if memchr::memchr_iter(b'&', bytes).count() > MOST_REFERENCES {
        return refused(format!(
            "a page with more than {MOST_REFERENCES} character references"
        ));
    }
    let (mut depth, mut at) = (0usize, 0usize);
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        at += found + 1;
        if bytes[at..].starts_with(b"!--") {
            at += memchr::memmem::find(&bytes[at..], b"-->").unwrap_or(bytes.len() - at);
            continue;
        }
        let closes = bytes.get(at) == Some(&b'/');
        let name_at = at + usize::from(closes);
        let length = bytes[name_at..]
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric())
            .unwrap_or(0);
        let name = &bytes[name_at..name_at + length];
        if !name.is_empty() {
            let (n, end) = attributes(&bytes[name_at + length..]);
            at = name_at + length + end;
            if n > MOST_ATTRIBUTES {
                return refused(format!(
                    "an element with more than {MOST_ATTRIBUTES} attributes"
                ));
            }
        }
        if name.is_empty() || OPEN.iter().any(|open| name.eq_ignore_ascii_case(open)) {
            continue;
        }
        if closes {
            depth = depth.saturating_sub(1);
            continue;
        }
        if RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            at = end_of_raw(bytes, at, name);
            continue;
        }
        depth += 1;
        if depth > DEEPEST {
            return refused(format!(
                "a page with more than {DEEPEST} elements inside each other"
            ));
        }
    }
    Ok(())
}

/// Where the content of an element that holds text ends.
fn end_of_raw(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    memchr::memmem::find_iter(&bytes[from..], b"</")
        .map(|at| from + at)
        .find(|at| {
            let end = bytes.get(at + 2..at + 2 + name.len());
            end.is_some_and(|end| end.eq_ignore_ascii_case(name))
        })
        .unwrap_or(bytes.len())
}

/// The number of attributes behind the name of an element, and where its `>` stands, by the states of the HTML standard's
/// tokeniser (13.2.5.32 to 13.2.5.39).
fn attributes(tag: &[u8]) -> (usize, usize) {
    #[derive(Clone, Copy)]
    enum State {
        BeforeName,
        Name,
        AfterName,
        BeforeValue,
        Bare,
        Quoted(u8),
    }
    use State::{AfterName, Bare, BeforeName, BeforeValue, Name, Quoted};
    let (mut n, mut state) = (0, BeforeName);
    for (at, byte) in tag.iter().copied().enumerate() {
        let is_space = byte.is_ascii_whitespace();
        state = match (state, byte) {
            (Quoted(open), byte) if byte == open => BeforeName,
            (Quoted(open), _) => Quoted(open),
            (_, b'>') => return (n, at),
            (BeforeValue, b'"' | b'\'') => Quoted(byte),
            (BeforeValue, _) => {
                if is_space {
                    BeforeValue
                } else {
                    Bare
                }
            }
            (Bare, _) => {
                if is_space {
                    BeforeName
                } else {
                    Bare
                }
            }
            (_, b'/') => BeforeName,
            (Name | AfterName, b'=') => BeforeValue,
            (Name, _) => {
                if is_space {
                    AfterName
                } else {
                    Name
                }
            }
            (BeforeName, _) if is_space => BeforeName,
            (AfterName, _) if is_space => AfterName,
            (BeforeName | AfterName, _) => {
                n += 1;
                Name
            }
        };
    }
    (n, tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn page(html: &str) -> std::result::Result<Article, Skipped> {
        let page = Page {
            bytes: html.as_bytes().to_vec(),
            url: Some("https://www.kesh.example/a?b".to_owned()),
            ..Page::default()
        };
        page.read(&Place::of_file(Path::new("a/b.html"), true))
    }

    #[test]
    fn the_main_text_comes_out_with_its_metadata() {
        let paragraph = "Norvania rejected the truce on Monday, its president said, and the envoys of both sides left \
                         the capital, where the talks had gone on for three weeks, without a word to the press.";
        let html = format!(
            "<html><head><title>Truce rejected - Kesh Times</title><meta property=\"og:site_name\" content=\"Kesh Times\">\
             <meta property=\"article:published_time\" content=\"2031-04-02T08:00:00Z\"></head><body>\
             <nav><a href=\"/\">Home</a> <a href=\"/w\">World</a></nav><article><h1>Truce rejected</h1>\
             <p>{paragraph}</p><p>{paragraph} Again.</p><p>“We &amp; they waited,” an envoy said.</p></article>\
             <footer>All rights reserved. Subscribe.</footer></body></html>"
        );
        let article = page(&html).unwrap();
        assert!(article.text.contains(paragraph));
        assert!(
            article
                .text
                .contains("\n\n“We & they waited,” an envoy said."),
            "{}",
            article.text
        );
        assert!(!article.text.contains("Subscribe") && !article.text.contains("World"));
        assert_eq!(article.outlet.as_deref(), Some("Kesh Times"));
        assert_eq!(article.date.as_deref(), Some("2031-04-02T08:00:00Z"));
        assert_eq!(article.id, "a/b");
    }

    #[test]
    fn a_menu_is_no_article() {
        let skipped =
            page("<html><body><nav><a href=\"/\">Home</a></nav></body></html>").unwrap_err();
        assert_eq!(skipped.why, super::super::skipped::Why::NoArticle);
    }

    #[test]
    fn nesting_is_bounded_and_scripts_do_not_count() {
        let deep = "<div>".repeat(100_000);
        assert!(
            page(&deep)
                .unwrap_err()
                .fault
                .found
                .contains("inside each other")
        );
        assert!(check(&"<div><p>a<br></div>".repeat(10_000)).is_ok());
        assert!(
            check(&format!(
                "<script>{}</script>",
                "'<div></b>'+".repeat(10_000)
            ))
            .is_ok()
        );
        for hidden in ["<!-- <a href=\" -->", "<title><a href='</title>"] {
            assert!(check(&format!("{hidden}{deep}")).is_err());
        }
        // As deep as is allowed must not overflow the stack of a thread.
        let allowed = format!(
            "{}{}",
            "<div>".repeat(DEEPEST - 1),
            "A word of the truce. ".repeat(20)
        );
        assert!(page(&allowed).is_ok());
    }

    #[test]
    fn what_costs_the_parser_too_much_is_refused() {
        assert_eq!(attributes(b" a=1 b='x > y' c />z"), (3, 18));
        assert_eq!(attributes(b" '>"), (1, 2));
        assert_eq!(attributes(b" a==\" b>"), (2, 7));
        let many = format!("<div {}>", "a=1 ".repeat(2_000));
        assert!(check(&many).unwrap_err().found.contains("attributes"));
        assert!(
            check(&"&amp;".repeat(200_000))
                .unwrap_err()
                .found
                .contains("references")
        );
    }

    #[test]
    fn declared_encodings_are_used() {
        assert_eq!(
            charset(b"<meta charset=\"windows-1251\">").as_deref(),
            Some("windows-1251")
        );
        assert_eq!(
            host("https://www.Kesh.example:80/a").as_deref(),
            Some("kesh.example")
        );
        assert_eq!(host("kesh"), None);
    }
}
