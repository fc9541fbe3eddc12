//! From labelled statements to bags with labels: what training and evaluation are given. It does not train.

use super::bag::Bag;
use super::emit::Features;
use super::view::{Alone, Request};
use crate::corpus::{AnnotatedArticle, Labelled, LabelledStatement};
use crate::label::Kind;
use crate::text::{Document, WordTable};

/// A labelled statement as features.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Its features.
    pub bag: Bag,
    /// Stance label.
    pub stance: String,
    /// Tone label, if labelled.
    pub tone: Option<String>,
    /// What may never stand on two sides of a split.
    pub group: String,
    /// How it is given, if known.
    pub kind: Option<Kind>,
    /// The batch of writing that it comes from, if known.
    pub batch: Option<String>,
    /// The article that it stands in; its own id for a single statement.
    pub article: String,
    /// Outlet, if known.
    pub outlet: Option<String>,
    /// The statement's words.
    pub text: String,
    /// How much it counts in training, above 0.
    pub weight: f32,
    /// Whether it is near to what the model will read, and learnt once more at the end.
    pub near: bool,
}

/// All labelled statements as examples: those of the articles first, then the single ones, in their order.
pub fn examples(
    labelled: &Labelled,
    features: &mut Features,
    words: &mut WordTable,
) -> Vec<Example> {
    let mut found = Vec::with_capacity(labelled.len());
    for annotated in &labelled.articles {
        of_article(annotated, features, words, &mut found);
    }
    for statement in &labelled.statements {
        found.push(of_statement(statement, features, words));
    }
    found
}

/// SHA-256 of the labelled words and what they count, the same in any order of the rows.
pub fn examples_hash(examples: &[Example]) -> String {
    use sha2::{Digest, Sha256};
    let line = |example: &Example| {
        let tone = example.tone.as_deref().unwrap_or_default();
        format!(
            "{}\t{tone}\t{}\t{}\t{}\t{}\n",
            example.stance, example.group, example.weight, example.near, example.text
        )
    };
    let mut lines: Vec<String> = examples.iter().map(line).collect();
    lines.sort_unstable();
    let mut hash = Sha256::new();
    for line in &lines {
        hash.update(line);
    }
    format!("{:x}", hash.finalize())
}

fn of_article(
    annotated: &AnnotatedArticle,
    features: &mut Features,
    words: &mut WordTable,
    found: &mut Vec<Example>,
) {
    let text = &annotated.article.text;
    let document = Document::read(text, words);
    let matter = features.matter_of(&document, words);
    for statement in &annotated.statements {
        let own = statement.own_names();
        let request = Request::in_article(&document, statement.span, statement.kind, &own, &matter);
        let mut bag = Bag::default();
        features.extract(&request, words, &mut bag);
        found.push(Example {
            bag,
            stance: statement.stance.clone(),
            tone: statement.tone.clone(),
            group: annotated.group(),
            kind: Some(statement.kind),
            batch: annotated.article.field("batch"),
            article: annotated.article.id.clone(),
            outlet: annotated.article.outlet.clone(),
            text: statement.span.of(text).to_owned(),
            weight: annotated.weight(),
            near: annotated.near(),
        });
    }
}

fn of_statement(
    statement: &LabelledStatement,
    features: &mut Features,
    words: &mut WordTable,
) -> Example {
    let context = statement.context.as_deref().unwrap_or_default();
    let actor = statement.actor.as_deref().unwrap_or_default();
    let own = format!("{actor};{}", statement.side.as_deref().unwrap_or_default());
    let mut bag = Bag::default();
    let alone = Alone {
        text: &statement.text,
        context,
        kind: statement.kind,
        own: &own,
    };
    features.extract_alone(&alone, words, &mut bag);
    let field = |name: &str| {
        statement
            .metadata
            .get(name)
            .and_then(|value| value.as_str())
            .map(str::to_owned)
    };
    Example {
        bag,
        stance: statement.stance.clone(),
        tone: statement.tone.clone(),
        group: statement
            .group
            .clone()
            .unwrap_or_else(|| statement.id.clone()),
        kind: statement.kind,
        batch: field("batch"),
        article: statement.id.clone(),
        outlet: field("outlet"),
        text: statement.text.clone(),
        weight: statement.weight(),
        near: statement.near(),
    }
}
