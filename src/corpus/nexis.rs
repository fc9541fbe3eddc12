//! Nexis Uni exports (DOCX): one document, many articles, each a headline, the outlet, the date, lines such as `Section:` and
//! `Length:`, then `Body`, the text, and `End of Document`. A DOCX without these marks is one article. It reads no old
//! Nexis text files.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use super::article::Article;
use super::cut::{Body, Cut, Place};
use super::guarded::guarded;
use crate::error::{Fault, Result};

/// Bytes of the largest document, packed and unpacked: an export of 500 articles has a hundredth of it.
const LARGEST: u64 = 256 << 20;

/// Lines behind the text of an article.
const TRAILERS: [&str; 7] = [
    "Classification",
    "Load-Date:",
    "Graphic",
    "Notes",
    "Correction",
    "Correction-Date:",
    "Publication-Type:",
];

/// The articles of a document.
pub(super) fn articles(mut document: impl Read, place: &Place) -> Vec<Cut> {
    let read = guarded("a document", || {
        let mut bytes = Vec::new();
        document
            .by_ref()
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| super::unpack::read_fault(&place.path, &error))?;
        if bytes.len() as u64 > LARGEST {
            return Err(too_large());
        }
        paragraphs(bytes, LARGEST)
    });
    match read.and_then(|paragraphs| cut_up(&paragraphs)) {
        Err(fault) => vec![Cut::fault(place, fault)],
        Ok(found) => {
            let alone = found.len() == 1;
            let cut = |(at, article): (usize, Result<Article>)| {
                let record = place.record(None, Some(at + 1));
                let place = if alone { place } else { &record };
                match article {
                    Err(fault) => Cut::fault(place, fault),
                    Ok(article) => Cut {
                        body: Body::Article(Box::new(Article {
                            id: place.id(),
                            ..article
                        })),
                        place: place.clone(),
                    },
                }
            };
            found.into_iter().enumerate().map(cut).collect()
        }
    }
}

fn too_large() -> Fault {
    Fault::new(format!("a document of more than {} MB", LARGEST >> 20))
        .expected("an export that people read")
        .remedy("export fewer articles at a time")
}

/// The paragraphs of a DOCX, without empty ones; `most` bytes of it are unpacked.
fn paragraphs(bytes: Vec<u8>, most: u64) -> Result<Vec<String>> {
    let broken = |words: String| {
        Fault::new(format!("a document that cannot be read: {words}"))
            .expected("a DOCX file")
            .remedy("open it in a word processor and save it again")
    };
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let part = archive
        .by_name("word/document.xml")
        .map_err(|error| broken(error.to_string()))?;
    let mut reader = Reader::from_reader(BufReader::new(part.take(most)));
    let mut buffer = Vec::new();
    let mut found = Vec::new();
    let (mut paragraph, mut in_text) = (String::new(), false);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        let is_end = matches!(&event, Err(_) | Ok(Event::Eof));
        if is_end && reader.get_ref().get_ref().limit() == 0 {
            return Err(too_large());
        }
        match event.map_err(|error| broken(error.to_string()))? {
            Event::Start(tag) if tag.local_name().as_ref() == "t" => in_text = true,
            Event::End(tag) if tag.local_name().as_ref() == "t" => in_text = false,
            Event::Text(words) if in_text => paragraph.push_str(&words.xml10_content()),
            Event::GeneralRef(reference) if in_text => match reference.resolve_char_ref() {
                Ok(Some(letter)) => paragraph.push(letter),
                _ => paragraph.push_str(resolve_predefined_entity(&reference).unwrap_or_default()),
            },
            Event::Empty(tag) if matches!(tag.local_name().as_ref(), "tab" | "br" | "cr") => {
                paragraph.push(' ');
            }
            Event::End(tag) if tag.local_name().as_ref() == "p" => {
                let words = paragraph.replace('\u{A0}', " ");
                if !words.trim().is_empty() {
                    found.push(words.trim().to_owned());
                }
                paragraph.clear();
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

fn cut_up(paragraphs: &[String]) -> Result<Vec<Result<Article>>> {
    let is_end = |words: &String| words == "End of Document";
    if paragraphs.is_empty() {
        return Err(Fault::new("the document is empty").expected("the text of an article"));
    }
    if !paragraphs.iter().any(is_end) {
        let has_body = paragraphs.iter().any(|words| words == "Body");
        return Ok(vec![if has_body {
            article(paragraphs)
        } else {
            Ok(Article::of_text("", paragraphs.join("\n\n")))
        }]);
    }
    let parts: Vec<&[String]> = paragraphs.split(is_end).collect();
    let mut found: Vec<Result<Article>> = parts[..parts.len() - 1]
        .iter()
        .map(|part| article(part))
        .collect();
    // The cover page says how many there should be.
    let promised = paragraphs.iter().take(20).find_map(|words| {
        let number = words.strip_prefix("Documents (")?.strip_suffix(')')?;
        number.replace(',', "").parse::<usize>().ok()
    });
    if let Some(promised) = promised
        && promised != found.len()
    {
        found.push(Err(Fault::new(format!("{} articles", found.len()))
            .expected(format!("{promised}, as the cover page says"))
            .remedy("export the missing ones again")));
    }
    Ok(found)
}

fn article(part: &[String]) -> Result<Article> {
    let Some(body) = part.iter().position(|words| words == "Body") else {
        let first: String = part
            .first()
            .map_or("", String::as_str)
            .chars()
            .take(60)
            .collect();
        return Err(Fault::new(format!("an article without a body: {first:?}"))
            .expected("a line \"Body\" before its text"));
    };
    let (head, text) = (&part[..body], &part[body + 1..]);
    let end = text
        .iter()
        .position(|words| {
            TRAILERS.iter().any(|trailer| {
                words == trailer || (trailer.ends_with(':') && words.starts_with(trailer))
            })
        })
        .unwrap_or(text.len());
    if text[..end].is_empty() {
        return Err(Fault::new("an article without text"));
    }
    let mut article = Article::of_text("", text[..end].join("\n\n"));
    // The date is the last date above the body: above it stand the outlet and the headline, before them perhaps a cover.
    if let Some(date) = head.iter().rposition(|words| is_date(words)) {
        article.date = Some(head[date].clone());
        article.outlet = date.checked_sub(1).map(|at| head[at].clone());
        article.title = date.checked_sub(2).map(|at| head[at].clone());
    }
    for (name, key) in [
        ("Section:", "section"),
        ("Byline:", "byline"),
        ("Length:", "length"),
    ] {
        let value = head.iter().rev().find_map(|words| words.strip_prefix(name));
        if let Some(value) = value {
            article
                .metadata
                .insert(key.to_owned(), value.trim().to_owned().into());
        }
    }
    Ok(article)
}

/// "April 2, 2031 Monday", "2 April 2031", "Monday 2 April 2031 08:00 GMT".
fn is_date(words: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    words.len() < 60
        && !words.contains(':')
            | words.contains("GMT")
            | words.contains(" AM")
            | words.contains(" PM")
        && words.split([' ', ',']).any(year)
        && words.split([' ', ',']).any(|word| MONTHS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::path::Path;

    fn docx(paragraphs: &[&str]) -> Vec<u8> {
        let mut body = String::new();
        for words in paragraphs {
            let (first, rest) = words.split_at(words.len() / 2);
            let runs = [
                "<w:p><w:r><w:t>",
                first,
                "</w:t></w:r><w:r><w:t xml:space=\"preserve\">",
                rest,
                "</w:t></w:r></w:p>",
            ];
            body.extend(runs);
        }
        let xml = format!(
            "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
        );
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(
            "word/document.xml",
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    }

    fn read(bytes: Vec<u8>) -> Vec<std::result::Result<Article, String>> {
        articles(
            Cursor::new(bytes),
            &Place::of_file(Path::new("n.docx"), true),
        )
        .into_iter()
        .map(|cut| match cut.body {
            Body::Article(article) => Ok(*article),
            Body::Skipped(skipped) => Err(skipped.fault.to_string()),
            other => panic!("{other:?}"),
        })
        .collect()
    }

    #[test]
    fn articles_are_cut_out_behind_their_cover() {
        let found = read(docx(&[
            "User Name: x",
            "Date and Time: Monday, April 7, 2031 9:00 AM EST",
            "Documents (3)",
            "1. Truce rejected",
            "Truce rejected",
            "Kesh Times",
            "April 2, 2031 Monday",
            "Copyright 2031 Kesh Times All Rights Reserved",
            "Section: WORLD; Pg. 3",
            "Length: 9 words",
            "Byline: Ana Lind",
            "Body",
            "Norvania &amp; Orlund rejected the truce.",
            "Talks ended.",
            "Classification",
            "Language: ENGLISH",
            "Load-Date: April 3, 2031",
            "End of Document",
            "Photo",
            "Kesh Times",
            "April 3, 2031 Tuesday",
            "End of Document",
        ]));
        let one = found[0].as_ref().unwrap();
        assert_eq!(
            one.text,
            "Norvania & Orlund rejected the truce.\n\nTalks ended."
        );
        assert_eq!(one.title.as_deref(), Some("Truce rejected"));
        assert_eq!(one.outlet.as_deref(), Some("Kesh Times"));
        assert_eq!(one.date.as_deref(), Some("April 2, 2031 Monday"));
        assert_eq!(
            (one.id.as_str(), one.field("byline").as_deref()),
            ("n.docx#1", Some("Ana Lind"))
        );
        assert!(
            found[1]
                .as_ref()
                .unwrap_err()
                .contains("an article without a body: \"Photo\"")
        );
        assert!(
            found[2]
                .as_ref()
                .unwrap_err()
                .contains("2 articles; expected 3, as the cover page says")
        );
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn a_document_beyond_its_bound_is_refused_not_cut_short() {
        let bytes = docx(&["Norvania rejected the truce.", "Talks ended."]);
        assert_eq!(paragraphs(bytes.clone(), 10_000).unwrap().len(), 2);
        let fault = paragraphs(bytes, 150).unwrap_err();
        assert_eq!(fault.found, "a document of more than 256 MB");
    }

    #[test]
    fn any_other_document_is_one_article_and_rubbish_is_a_fault() {
        let found = read(docx(&["Norvania rejected the truce.", "Talks ended."]));
        assert_eq!(
            found[0].as_ref().unwrap().text,
            "Norvania rejected the truce.\n\nTalks ended."
        );
        assert_eq!(found[0].as_ref().unwrap().id, "n");
        assert!(
            read(b"PK\x03\x04rubbish".to_vec())[0]
                .as_ref()
                .unwrap_err()
                .contains("cannot be read")
        );
    }
}
