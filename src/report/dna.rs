//! Positions as an event list of Discourse Network Analyzer (`;` between cells, all quoted): one row for each actor of each
//! statement that takes a position. It leaves out statements without one, which the analyser has no place for.

use std::borrow::Cow;

use super::csv::defused;
use crate::classify::Record;
use crate::corpus::Article;
use crate::statements::ActorKind;

/// The columns of the analyser's export. `agreement` is 1 for supportive, else 0; `skeptical` tells doubt from hostility.
const COLUMNS: [&str; 17] = [
    "statement_id",
    "time",
    "person",
    "organization",
    "concept",
    "agreement",
    "skeptical",
    "start_position",
    "stop_position",
    "text",
    "coder",
    "document_id",
    "document_title",
    "document_author",
    "document_source",
    "document_section",
    "document_type",
];

/// What all positions are about.
const CONCEPT: &str = "ceasefire proposal";

/// The head line.
pub fn head() -> Vec<u8> {
    let mut line = Vec::new();
    write_row(COLUMNS.map(Cow::Borrowed), &mut line);
    line
}

/// Writes one record of an article, where it takes a position.
pub fn write(record: &Record, article: Option<&Article>, out: &mut Vec<u8>) {
    let (agreement, skeptical) = match record.stance.as_str() {
        "supportive" => ("1", "0"),
        "skeptical" => ("0", "1"),
        "hostile" => ("0", "0"),
        _ => return,
    };
    let field = |name: &str| {
        article
            .and_then(|article| article.field(name))
            .unwrap_or_default()
    };
    let single = [(record.actor.name.as_deref(), record.actor.side.as_deref())];
    let members: Vec<_> = record
        .actor
        .members
        .iter()
        .map(|member| (Some(member.name.as_str()), member.side.as_deref()))
        .collect();
    let actors = if members.is_empty() {
        &single[..]
    } else {
        &members
    };
    for (name, side) in actors {
        let name = name.unwrap_or_default();
        let (person, organization) = match record.actor.kind {
            ActorKind::Person | ActorKind::Unnamed => (name, side.unwrap_or_default()),
            _ => ("", name),
        };
        let title = article.and_then(|article| article.title.as_deref());
        let cells: [Cow<'_, str>; 17] = [
            record.statement.as_str().into(),
            record.date.as_deref().unwrap_or_default().into(),
            person.into(),
            organization.into(),
            CONCEPT.into(),
            agreement.into(),
            skeptical.into(),
            record.start.to_string().into(),
            record.end.to_string().into(),
            record.text.as_str().into(),
            record.model.as_str().into(),
            record.article.as_str().into(),
            title.unwrap_or_default().into(),
            field("byline").into(),
            record.outlet.as_deref().unwrap_or_default().into(),
            field("section").into(),
            "".into(),
        ];
        write_row(cells, out);
    }
}

/// The analyser writes `;` as `,` and `"` as `'` in cells, and reads no line break in them.
fn write_row(cells: [Cow<'_, str>; 17], out: &mut Vec<u8>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(b';');
        }
        out.push(b'"');
        let plain: String = defused(cell)
            .chars()
            .map(|c| match c {
                ';' => ',',
                '"' => '\'',
                c if c.is_control() => ' ',
                c => c,
            })
            .collect();
        out.extend_from_slice(plain.as_bytes());
        out.push(b'"');
    }
    out.push(b'\n');
}
