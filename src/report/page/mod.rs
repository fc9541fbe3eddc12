//! Self-contained HTML pages: a comparison of outlets, and classified articles. No script, nothing from a network, words of
//! others only ever escaped; the page's own policy forbids anything else. Views of the structs; nothing is computed here.

mod article;
mod brief;
mod evidence;
mod figure;
mod forest;
mod gap;
mod heat;
mod markup;
mod method;
mod mix;
mod shared;
mod strip;
mod weekly;

use sha2::{Digest, Sha256};

use crate::classify::Record;
use crate::compare::Comparison;
use markup::Markup;

const STYLE: &str = include_str!("style.css");

/// The page of a comparison, as UTF-8 HTML; under 5 MB for any corpus.
pub fn comparison(comparison: &Comparison) -> String {
    let mut out = open("Stance by outlet");
    brief::draw(&mut out, comparison);
    forest::draw(&mut out, comparison);
    heat::draw(&mut out, comparison);
    mix::draw(&mut out, comparison);
    weekly::draw(&mut out, comparison);
    gap::draw(&mut out, comparison);
    shared::draw(&mut out, comparison);
    evidence::draw(&mut out, comparison);
    method::draw(&mut out, comparison);
    out.piece(&close());
    out.finish()
}

/// A page of classified articles that grows article by article.
#[derive(Debug)]
pub struct ArticlesPage;

impl ArticlesPage {
    /// What stands before the first article.
    pub fn head() -> String {
        let mut out = open("Statements and their stance");
        out.raw("<h1>Statements and their stance</h1><p class=\"legend\"><span class=\"key k-supportive\"></span>supportive\
                 <span class=\"key k-skeptical\"></span>skeptical<span class=\"key k-hostile\"></span>hostile\
                 <span class=\"key k-none\"></span>no position</p>");
        out.finish()
    }

    /// One article with its records.
    pub fn article(title: &str, text: &str, records: &[Record]) -> String {
        let mut out = Markup::new();
        article::draw(&mut out, title, text, records);
        out.finish()
    }

    /// What stands behind the last article.
    pub fn foot() -> String {
        close().finish()
    }
}

/// The page up to its content. The policy allows the page's own style by its hash and nothing else.
fn open(title: &'static str) -> Markup {
    let hash = base64(&Sha256::digest(STYLE));
    let mut out = Markup::new();
    out.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-");
    out.number(hash);
    out.raw("'; base-uri 'none'; form-action 'none'\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"referrer\" content=\"no-referrer\"><title>");
    out.raw(title)
        .raw("</title><style>")
        .raw(STYLE)
        .raw("</style></head><body><main>");
    out
}

fn close() -> Markup {
    let mut out = Markup::new();
    out.raw("</main></body></html>\n");
    out
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().enumerate().fold(0_u32, |word, (at, byte)| {
            word | u32::from(*byte) << (16 - 8 * at)
        });
        for place in 0..4 {
            let letter = (word >> (18 - 6 * place)) & 63;
            out.push(if place <= chunk.len() {
                LETTERS[letter as usize].into()
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_follows_the_examples_of_its_standard() {
        // RFC 4648, section 10.
        assert_eq!(
            [
                b"".as_slice(),
                b"f",
                b"fo",
                b"foo",
                b"foob",
                b"fooba",
                b"foobar"
            ]
            .map(base64),
            [
                "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"
            ]
        );
    }
}
