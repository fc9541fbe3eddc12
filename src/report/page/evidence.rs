//! The evidence: statements in the words around them, with the reasons that decided marked. It keeps the page small: a cell of
//! many statements shows the first, and all cells together stay within a budget.

use super::forest::by_who;
use super::markup::{Markup, percent};
use super::shared::{chip, cut_words};
use crate::compare::comparison::Tally;
use crate::compare::{Comparison, Statement};
use crate::offset::CodePoints;

/// Bytes that all evidence may take, statements of one cell in sight, and words of one statement.
const BUDGET: usize = 2_000_000;
const MOST_IN_CELL: usize = 20;
const MOST_WORDS: usize = 40;
/// Letters of the article shown before and behind a statement.
const AROUND: usize = 140;

/// Name of a cell's place on the page.
pub(super) fn anchor((row, column): (usize, usize)) -> String {
    format!("e-{row}-{column}")
}

pub(super) fn draw(out: &mut Markup, comparison: &Comparison) {
    super::figure::section(out, "evidence", "Every figure\u{2019}s statements");
    out.raw("<p>Statements by actor and outlet, in the words around them. Marked words spoke for the stance given, where reasons were asked for. \
             Long statements are cut to forty words.</p>");
    let start = out.len();
    let mut left_out = 0;
    let texts = texts(comparison);
    for (number, group) in by_who(&comparison.actors).into_iter().enumerate() {
        let name = if group[0].is_rest {
            "All other actors"
        } else {
            group[0].who.as_deref().unwrap_or("unresolved")
        };
        out.raw("<details><summary><strong>")
            .text(name)
            .raw("</strong></summary>");
        for (column, row) in comparison.outlets.iter().enumerate() {
            if let Some(tally) = group
                .iter()
                .find(|tally| tally.outlet == row.outlet && !tally.evidence.is_empty())
            {
                left_out += cell(
                    out,
                    comparison,
                    &texts,
                    tally,
                    &anchor((number, column)),
                    start,
                );
            }
        }
        out.raw("</details>");
    }
    if left_out > 0 {
        out.raw("<p class=\"soft\">").number(left_out).raw(" statements are not shown, to keep the page small; <code>stance classify --to jsonl</code> holds them all.</p>");
    }
    out.raw("</section>");
}

/// Text of each article, where known.
fn texts(comparison: &Comparison) -> Vec<Option<&str>> {
    comparison
        .articles
        .iter()
        .map(|article| {
            article
                .evidence
                .iter()
                .find_map(|&number| comparison.statements[number].article_text.as_deref())
        })
        .collect()
}

/// One actor in one outlet. Gives the number of statements left out.
fn cell(
    out: &mut Markup,
    comparison: &Comparison,
    texts: &[Option<&str>],
    tally: &Tally,
    anchor: &str,
    start: usize,
) -> usize {
    out.raw("<h3 id=\"")
        .text(anchor)
        .raw("\">")
        .text(&tally.outlet)
        .raw(" <small>");
    out.number(tally.evidence.len())
        .raw(if tally.evidence.len() == 1 {
            " statement"
        } else {
            " statements"
        })
        .raw("</small></h3>");
    let mut shown = 0;
    for &number in tally.evidence.iter().take(MOST_IN_CELL) {
        if out.len() - start > BUDGET {
            break;
        }
        let statement = &comparison.statements[number];
        let text = comparison
            .articles
            .iter()
            .position(|article| {
                article
                    .evidence
                    .first()
                    .is_some_and(|first| *first <= number)
                    && article.evidence.contains(&number)
            })
            .and_then(|article| texts[article]);
        one(out, statement, text);
        shown += 1;
    }
    tally.evidence.len() - shown
}

fn one(out: &mut Markup, statement: &Statement, text: Option<&str>) {
    out.raw("<div class=\"statement\"><span class=\"chip ")
        .raw(chip(&statement.stance))
        .raw("\">")
        .text(&statement.stance)
        .raw("</span> ");
    out.text(&percent(statement.confidence));
    if statement.abstained {
        out.raw(", the model abstains");
    }
    out.raw(" <small>")
        .text(statement.date.as_deref().unwrap_or_default())
        .raw(" ");
    match statement
        .url
        .as_deref()
        .filter(|url| url.starts_with("https://") || url.starts_with("http://"))
    {
        Some(url) => out
            .raw("<a rel=\"noreferrer\" href=\"")
            .text(url)
            .raw("\">")
            .text(&statement.article)
            .raw("</a>"),
        None => out.text(&statement.article),
    };
    out.raw("</small><blockquote>");
    let around = text.map(|text| {
        let points = CodePoints::new(text);
        let byte = |point| points.byte(point).unwrap_or(text.len());
        (byte(statement.start), byte(statement.end), text)
    });
    if let Some((from, _, text)) = around {
        out.raw("<span class=\"around\">")
            .text(tail(&text[..from], AROUND))
            .raw("</span>");
    }
    words(out, statement);
    if let Some((_, to, text)) = around {
        out.raw("<span class=\"around\">")
            .text(lead(&text[to..], AROUND))
            .raw("</span>");
    }
    out.raw("</blockquote></div>");
}

/// The statement's words with those that spoke for its stance marked.
fn words(out: &mut Markup, statement: &Statement) {
    let text = cut_words(&statement.text, MOST_WORDS);
    let cut = text != statement.text;
    let points = CodePoints::new(&text);
    let byte = |point| points.byte(point).unwrap_or(text.len());
    let mut marked: Vec<(usize, usize)> = Vec::new();
    for reason in statement
        .reasons
        .iter()
        .flatten()
        .filter(|reason| reason.weight > 0.0 && !reason.words.is_empty())
    {
        // A reason that stands on the whole statement marks nothing in it.
        if reason.words.split_whitespace().count() > 6 {
            continue;
        }
        let place = if cut {
            text.find(&reason.words)
                .map(|at| (at, at + reason.words.len()))
        } else {
            reason.start.checked_sub(statement.start).map(|from| {
                let to = from + reason.end.saturating_sub(reason.start);
                (byte(from), byte(to))
            })
        };
        marked.extend(place.filter(|(from, to)| from < to));
    }
    marked.sort_unstable();
    let mut at = 0;
    for (from, to) in marked {
        if from < at {
            continue;
        }
        out.text(&text[at..from])
            .raw("<mark>")
            .text(&text[from..to])
            .raw("</mark>");
        at = to;
    }
    out.text(&text[at..]);
}

/// The last letters of `text`, from the start of a word.
fn tail(text: &str, most: usize) -> &str {
    let from = text.char_indices().rev().nth(most).map_or(0, |(at, _)| at);
    let rest = &text[from..];
    if from == 0 {
        rest
    } else {
        rest.split_once(' ').map_or(rest, |(_, rest)| rest)
    }
}

/// The first letters of `text`, to the end of a word.
fn lead(text: &str, most: usize) -> &str {
    let Some((to, _)) = text.char_indices().nth(most) else {
        return text;
    };
    let rest = &text[..to];
    rest.rsplit_once(' ').map_or(rest, |(rest, _)| rest)
}
