//! One page for classified articles: the article with its statements under coloured lines, and a list of who said what. It does
//! not compare.

use super::markup::{Markup, percent};
use super::shared::chip;
use crate::classify::Record;
use crate::offset::CodePoints;

/// One article with its records, for the page.
pub(super) fn draw(out: &mut Markup, title: &str, text: &str, records: &[Record]) {
    out.raw("<article>").element("h2", title);
    let points = CodePoints::new(text);
    let byte = |point| points.byte(point).unwrap_or(text.len());
    let mut at = 0;
    out.raw("<p>");
    for (number, record) in records.iter().enumerate() {
        let (from, to) = (byte(record.start), byte(record.end));
        if from < at || to < from {
            continue;
        }
        paragraphs(out, &text[at..from]);
        out.raw("<span class=\"said ")
            .raw(chip(&record.stance))
            .raw("\">");
        paragraphs(out, &text[from..to]);
        out.raw("<sup>").number(number + 1).raw("</sup></span>");
        at = to;
    }
    paragraphs(out, &text[at..]);
    out.raw("</p>");
    if records.is_empty() {
        out.raw("<p class=\"soft\">No statement was found.</p></article>");
        return;
    }
    out.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Statements\"><table><thead><tr><th scope=\"col\" class=\"n\">No.</th>\
             <th scope=\"col\">Actor</th><th scope=\"col\">Stance</th><th scope=\"col\">Tone</th><th scope=\"col\">Reasons</th></tr></thead><tbody>");
    for (number, record) in records.iter().enumerate() {
        row(out, number + 1, record);
    }
    out.raw("</tbody></table></div></article>");
}

fn row(out: &mut Markup, number: usize, record: &Record) {
    out.raw("<tr><td class=\"n\">")
        .number(number)
        .raw("</td><td>");
    out.text(
        &record
            .actor
            .name
            .as_deref()
            .unwrap_or("unresolved")
            .replace(';', " and "),
    );
    if let Some(side) = record
        .actor
        .side
        .as_deref()
        .filter(|side| Some(*side) != record.actor.name.as_deref())
    {
        out.raw(" <small>").text(side).raw("</small>");
    }
    out.raw("</td><td><span class=\"chip ")
        .raw(chip(&record.stance))
        .raw("\">")
        .text(&record.stance)
        .raw("</span> ");
    out.text(&percent(record.confidence));
    if record.abstained {
        out.raw(" <small>the model abstains</small>");
    }
    out.raw("</td><td>")
        .text(record.tone.as_deref().unwrap_or_default())
        .raw("</td><td><small>");
    let for_it = record
        .reasons
        .iter()
        .flatten()
        .filter(|reason| reason.weight > 0.0 && !reason.words.is_empty());
    for (place, reason) in for_it.take(4).enumerate() {
        out.raw(if place > 0 { "; " } else { "" })
            .text(&reason.feature);
    }
    out.raw("</small></td></tr>");
}

/// Words with their empty lines as new paragraphs and single line breaks kept.
fn paragraphs(out: &mut Markup, words: &str) {
    for (number, line) in words.split('\n').enumerate() {
        if number > 0 {
            out.raw("<br>");
        }
        out.text(line.trim_end_matches('\r'));
    }
}
