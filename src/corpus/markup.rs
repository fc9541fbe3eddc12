//! Annotated articles as people write them: head lines (`outlet: ...`), a blank line, then the text with every statement
//! in `[[stance|tone|kind|Actor|side : words]]`. The words are part of the text, the brackets and the head up to the
//! first ` : ` are not. Several actors and sides are parted by `;`, a missing side is `-`. It does not open files.

use std::fmt::Write as _;

use serde_json::Value;

use super::annotation::{AnnotatedArticle, AnnotatedStatement};
use super::article::Article;
use crate::error::{Fault, Result};
use crate::label::{Kind, LabelSet};
use crate::span::Span;

const SHAPE: &str = "[[stance|tone|kind|Actor|side or - : words]]";

/// Reads a marked article. `name` becomes its id where the head gives none.
///
/// # Errors
/// The first fault, with its line: a head line without a colon, a broken bracket, an unknown label or kind.
pub fn article_of_markup(
    marked: &str,
    name: &str,
    stances: &LabelSet,
    tones: &LabelSet,
) -> Result<AnnotatedArticle> {
    let mut article = Article::of_text(name, "");
    let mut rest = marked.trim_start_matches('\u{FEFF}');
    let mut line = 1;
    while let Some((head, after)) = rest.split_once('\n') {
        rest = after;
        line += 1;
        if head.trim().is_empty() {
            break;
        }
        let Some((field, value)) = head.split_once(':') else {
            return Err(Fault::new(format!("head line {head:?}"))
                .line(line - 1)
                .expected("\"field: value\", then a blank line before the text"));
        };
        let value = value.trim().to_owned();
        match field.trim() {
            "id" => article.id = value,
            "outlet" => article.outlet = Some(value),
            "date" => article.date = Some(value),
            "url" => article.url = Some(value),
            "title" => article.title = Some(value),
            other => drop(
                article
                    .metadata
                    .insert(other.to_owned(), Value::String(value)),
            ),
        }
    }
    let mut statements = Vec::new();
    while let Some(open) = rest.find("[[") {
        let (before, marked) = rest.split_at(open);
        article.text.push_str(before);
        line += before.matches('\n').count();
        let fault = |found: &str| Fault::new(found).line(line).expected(SHAPE);
        let close = marked
            .find("]]")
            .ok_or_else(|| fault("a statement that is not closed by ]]"))?;
        let (head, words) = marked[2..close]
            .split_once(" : ")
            .ok_or_else(|| fault("a statement without \" : \""))?;
        if words.contains("[[") {
            return Err(fault("a statement inside a statement"));
        }
        let start = article.text.len();
        article.text.push_str(words);
        let span = Span::new(start, article.text.len());
        statements.push(statement(head, span, stances, tones).map_err(|fault| fault.line(line))?);
        line += marked[..close].matches('\n').count();
        rest = &marked[close + 2..];
    }
    if rest.contains("]]") {
        return Err(Fault::new("]] without [[").line(line).expected(SHAPE));
    }
    article.text.push_str(rest.trim_end());
    Ok(AnnotatedArticle {
        article,
        statements,
    })
}

fn statement(
    head: &str,
    span: Span,
    stances: &LabelSet,
    tones: &LabelSet,
) -> Result<AnnotatedStatement> {
    let parts: Vec<&str> = head.split('|').map(str::trim).collect();
    let &[stance, tone, kind, actor, side] = parts.as_slice() else {
        return Err(Fault::new(format!("statement head {head:?}")).expected(SHAPE));
    };
    if stances.position(stance).is_none() {
        return Err(Fault::new(format!("unknown stance {stance:?}"))
            .expected(format!("one of {}", stances.listed())));
    }
    if tones.position(tone).is_none() {
        return Err(Fault::new(format!("unknown tone {tone:?}"))
            .expected(format!("one of {}", tones.listed())));
    }
    let kind: Kind = kind.parse().map_err(|()| {
        Fault::new(format!("unknown kind {kind:?}")).expected("one of direct, indirect, mixed, act")
    })?;
    Ok(AnnotatedStatement {
        span,
        actors: actors(actor, Some(side)),
        surface: None,
        kind,
        stance: stance.to_owned(),
        tone: Some(tone.to_owned()),
        annotator: None,
    })
}

/// Names and sides that are parted by `;`, side by side; one side may stand for all.
pub(super) fn actors(names: &str, sides: Option<&str>) -> Vec<(String, Option<String>)> {
    let sides: Vec<&str> = sides
        .unwrap_or_default()
        .split(';')
        .map(str::trim)
        .collect();
    let known = |side: &&str| !side.is_empty() && *side != "-";
    names
        .split(';')
        .map(str::trim)
        .enumerate()
        .map(|(i, name)| {
            let side = if sides.len() == 1 {
                sides.first()
            } else {
                sides.get(i)
            };
            let name = if name == "-" { "" } else { name };
            (
                name.to_owned(),
                side.copied().filter(known).map(str::to_owned),
            )
        })
        .collect()
}

/// Writes an annotated article in marks, the inverse of [`article_of_markup`] but for white space at the end.
pub fn markup_of_article(annotated: &AnnotatedArticle) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(annotated, &mut out);
    out
}

fn write(annotated: &AnnotatedArticle, out: &mut String) -> std::fmt::Result {
    let article = &annotated.article;
    writeln!(out, "id: {}", article.id)?;
    let known = [
        ("outlet", &article.outlet),
        ("date", &article.date),
        ("url", &article.url),
        ("title", &article.title),
    ];
    for (field, value) in known {
        if let Some(value) = value {
            writeln!(out, "{field}: {value}")?;
        }
    }
    for field in article.metadata.keys() {
        if let Some(value) = article.field(field) {
            writeln!(out, "{field}: {value}")?;
        }
    }
    out.push('\n');
    let mut at = 0;
    for statement in &annotated.statements {
        out.push_str(&article.text[at..statement.span.start]);
        let actor = Some(statement.actor()).filter(|name| !name.is_empty());
        write!(
            out,
            "[[{}|{}|{}|{}|{} : {}]]",
            statement.stance,
            statement.tone.as_deref().unwrap_or("neutral"),
            statement.kind,
            actor.as_deref().unwrap_or("-"),
            statement.side().as_deref().unwrap_or("-"),
            statement.span.of(&article.text)
        )?;
        at = statement.span.end;
    }
    writeln!(out, "{}", &article.text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKED: &str = "outlet: Kesh Times\nconflict: kesh\n\nKesh waits. [[hostile|neutral|act|Norvania;Orlund|Norvania;- : Norvania and Orlund refused]].\n";

    fn read(marked: &str) -> Result<AnnotatedArticle> {
        article_of_markup(marked, "a", &LabelSet::stance(), &LabelSet::tone())
    }

    #[test]
    fn brackets_are_not_part_of_the_text() {
        let annotated = read(MARKED).unwrap();
        assert_eq!(
            annotated.article.text,
            "Kesh waits. Norvania and Orlund refused."
        );
        let statement = &annotated.statements[0];
        assert_eq!(statement.span, Span::new(12, 39));
        assert_eq!(
            statement.actors,
            [
                ("Norvania".into(), Some("Norvania".into())),
                ("Orlund".into(), None)
            ]
        );
        assert_eq!(annotated.group(), "kesh");
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let annotated = read(MARKED).unwrap();
        assert_eq!(read(&markup_of_article(&annotated)).unwrap(), annotated);
    }

    #[test]
    fn faults_name_their_line() {
        let fault = read("outlet: x\n\none\ntwo [[skeptic|neutral|act|A|- : words]]").unwrap_err();
        assert_eq!(fault.line, Some(4));
        assert!(
            fault
                .to_string()
                .contains("unknown stance \"skeptic\"; expected one of supportive")
        );
        assert!(
            read("outlet: x\n\n[[hostile|neutral|act|A|- : words")
                .unwrap_err()
                .found
                .contains("not closed")
        );
    }
}
