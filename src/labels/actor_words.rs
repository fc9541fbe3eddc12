//! Gold actors whose names hold words that their article lacks: names carried over from another article, or made up by the
//! annotator, where the codebook ("Actor") asks for one canonical name per actor of the article. It does not say who is
//! meant.

use std::collections::{BTreeSet, HashSet};

use crate::corpus::{AnnotatedArticle, Labelled};
use crate::evaluate::actor::is_small;
use crate::statements::known_name;

/// Letters at the end of a word that may differ (`Kestia`, `Kestian`; `rebel`, `rebels`), and the fewest that must not.
const ENDING: usize = 3;
const STEM: usize = 4;

/// An actor named with a word that its article lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrayName {
    /// The article's id.
    pub article: String,
    /// The actor's name.
    pub actor: String,
    /// The words that neither the article nor its title holds.
    pub words: Vec<String>,
}

/// The names in `labelled` that hold such words, in its order, each once for an article. Single statements have no
/// article and are left out.
pub fn stray_names(labelled: &Labelled) -> Vec<StrayName> {
    labelled.articles.iter().flat_map(of_article).collect()
}

fn of_article(annotated: &AnnotatedArticle) -> Vec<StrayName> {
    let article = &annotated.article;
    let mut held = BTreeSet::new();
    for text in [article.title.as_deref().unwrap_or_default(), &article.text] {
        for word in words(text) {
            held.extend(
                known_name(word)
                    .into_iter()
                    .flat_map(words)
                    .map(str::to_lowercase),
            );
            held.insert(word.to_lowercase());
        }
    }
    let mut seen = HashSet::new();
    let names = annotated.statements.iter().flat_map(|one| &one.actors);
    names
        .map(|(name, _)| name)
        .filter(|name| seen.insert(name.as_str()))
        .filter_map(|name| {
            let lacking = |name: &str| -> Vec<String> {
                let lacking = words(name).filter(|word| !stands(word, &held));
                lacking.map(str::to_owned).collect()
            };
            let missing = lacking(name);
            // Another name of a known body may be the one that the article has.
            let named_else = known_name(name).is_some_and(|whole| lacking(whole).is_empty());
            (!missing.is_empty() && !named_else).then(|| StrayName {
                article: article.id.clone(),
                actor: name.clone(),
                words: missing,
            })
        })
        .collect()
}

/// Whether one of the words `held` begins as `word` does.
fn stands(word: &str, held: &BTreeSet<String>) -> bool {
    let small = word.to_lowercase();
    let letters = small.chars().count();
    let stem: String = small
        .chars()
        .take(STEM.max(letters.saturating_sub(ENDING)))
        .collect();
    is_small(&small)
        || held
            .range(stem.clone()..)
            .next()
            .is_some_and(|next| next.starts_with(&stem))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "s")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{AnnotatedStatement, Article};
    use crate::label::Kind;
    use crate::span::Span;

    #[test]
    fn a_name_from_elsewhere_is_told_and_other_forms_of_the_articles_words_are_not() {
        let names = [
            "Ana Riva",
            "Kestian army",
            "United Nations",
            "U.N.",
            "Riva's spokesman",
            "Olga Riva",
        ];
        let of = |name: &&str| AnnotatedStatement {
            span: Span { start: 0, end: 3 },
            actors: vec![((*name).to_owned(), None)],
            surface: None,
            kind: Kind::Indirect,
            stance: "none".to_owned(),
            tone: None,
            annotator: None,
        };
        let labelled = Labelled {
            articles: vec![AnnotatedArticle {
                article: Article {
                    id: "k1".to_owned(),
                    title: Some("Army of Kestia holds fire".to_owned()),
                    text: "Ana Riva thanked the UN, her spokesman said. Riva went on.".to_owned(),
                    ..Article::default()
                },
                statements: names.iter().chain(&names).map(of).collect(),
            }],
            ..Labelled::default()
        };
        let expected = StrayName {
            article: "k1".to_owned(),
            actor: "Olga Riva".to_owned(),
            words: vec!["Olga".to_owned()],
        };
        assert_eq!(stray_names(&labelled), [expected]);
    }
}
