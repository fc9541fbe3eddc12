//! What holds for any input: nothing panics, spans stand on character boundaries, no text is lost or counted twice,
//! probabilities sum to 1, records read back as written, and neither the name of an actor or outlet, nor what came before, nor
//! threads and batches, nor saving and loading the model changes a stance.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should say so at once"
)]

use std::cell::RefCell;

use proptest::prelude::*;
use stance::classify::{Batches, Classifier, Record, Wishes};
use stance::corpus::{Article, ReadyStatement, article_of_line, article_of_markup, ready_of_line};
use stance::label::LabelSet;
use stance::model::Model;
use stance::report::jsonl;
use stance::text::{Document, WordTable};

thread_local! {
    static MODEL: &'static Model = Box::leak(Box::new(Model::embedded().unwrap()));
    static CLASSIFIER: RefCell<Classifier<'static>> = RefCell::new(Classifier::new(MODEL.with(|model| *model), None).unwrap());
}

thread_local! {
    /// The chain with the same model, saved to a folder and loaded from there.
    static LOADED: RefCell<Classifier<'static>> = {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ceasefire-en");
        Model::embedded().unwrap().save(&path, "", "").unwrap();
        let model: &'static Model = Box::leak(Box::new(Model::load(&path).unwrap()));
        RefCell::new(Classifier::new(model, None).unwrap())
    };
}

const ALL: Wishes = Wishes {
    explain: true,
    with_text: true,
    target: false,
};

fn with<T>(job: impl FnOnce(&mut Classifier<'static>) -> T) -> T {
    CLASSIFIER.with(|classifier| job(&mut classifier.borrow_mut()))
}

/// Words and marks that the extractor looks for, in any order, between any characters.
fn newslike() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\u{201C}".to_owned()),
        Just("\u{201D}".to_owned()),
        Just("\"".to_owned()),
        Just("\u{2018}".to_owned()),
        Just("'".to_owned()),
        Just("\u{AB}".to_owned()),
        Just(".\n\n".to_owned()),
        Just(", ".to_owned()),
        Just(". ".to_owned()),
        Just(" said ".to_owned()),
        Just(" rejected the truce".to_owned()),
        Just("President Dana Orr".to_owned()),
        Just(" according to ".to_owned()),
        Just(" the ministry's spokesman ".to_owned()),
        Just(" which Norvania has accepted ".to_owned()),
        "\\PC{0,12}",
        "[a-z]{1,8} ",
        "[A-Z][a-z]{1,8} ",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens_and_white_space_rebuild_any_text(text in "\\PC{0,200}") {
        let document = Document::read(&text, &mut WordTable::new());
        let mut at = 0;
        for token in &document.tokens {
            let start = token.start as usize;
            let gap = &text[at..start];
            prop_assert!(gap.chars().all(|c| c.is_whitespace() || !c.is_alphanumeric()));
            at = token.end as usize;
        }
        let covered: usize = document.sentences.iter().map(|sentence| sentence.end - sentence.first).sum();
        prop_assert_eq!(covered, document.tokens.len());
    }

    #[test]
    fn spans_index_the_text_in_order_and_probabilities_sum_to_one(text in newslike()) {
        let article = Article::of_text("a", text.clone());
        let records = with(|classifier| classifier.article(&article, Wishes { explain: true, ..Wishes::default() }));
        let characters: Vec<char> = text.chars().collect();
        let mut at = 0;
        for record in &records {
            prop_assert!(record.start >= at && record.start < record.end && record.end <= characters.len());
            prop_assert_eq!(&record.text, &characters[record.start..record.end].iter().collect::<String>());
            at = record.end;
            let sum: f64 = record.probabilities.values().map(|p| p.as_f64().unwrap()).sum();
            prop_assert!((sum - 1.0).abs() < 1e-3);
            for reason in record.reasons.iter().flatten() {
                prop_assert!(reason.weight.is_finite());
            }
        }
    }

    #[test]
    fn records_read_back_as_they_were_written(text in newslike(), outlet in ".{0,12}", id in ".{1,12}") {
        let article = Article { outlet: Some(outlet), title: Some(id.clone()), ..Article::of_text(id, text) };
        for record in with(|classifier| classifier.article(&article, ALL)) {
            let mut line = Vec::new();
            jsonl::write(&record, &mut line).unwrap();
            prop_assert_eq!(line.iter().filter(|byte| **byte < b' ').count(), 1, "one line, its end the only control");
            prop_assert_eq!(serde_json::from_slice::<Record>(&line).unwrap(), record);
        }
    }

    #[test]
    fn an_article_keeps_every_letter_of_its_text(text in ".{1,200}") {
        prop_assume!(!text.trim().is_empty());
        let line = serde_json::json!({"id": "a", "text": text}).to_string();
        let article = article_of_line(&line, "x").unwrap();
        prop_assert_eq!(&article.text, &text);
        for record in with(|classifier| classifier.article(&article, ALL)) {
            prop_assert_eq!(record.article_text.as_deref(), Some(text.as_str()));
        }
    }

    #[test]
    fn statements_and_the_text_between_them_rebuild_the_text(text in newslike()) {
        let records = with(|classifier| classifier.article(&Article::of_text("a", text.clone()), Wishes::default()));
        let points: Vec<char> = text.chars().collect();
        let (mut rebuilt, mut at) = (String::new(), 0);
        for record in &records {
            rebuilt.extend(&points[at..record.start]);
            rebuilt.push_str(&record.text);
            at = record.end;
        }
        rebuilt.extend(&points[at..]);
        prop_assert_eq!(rebuilt, text);
        let mut names: Vec<&str> = records.iter().map(|record| record.statement.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        prop_assert_eq!(names.len(), records.len());
    }

    #[test]
    fn threads_and_batches_make_no_difference(texts in prop::collection::vec(newslike(), 1..12), n_threads in 1_usize..5, size in 1_usize..12) {
        let articles: Vec<Article> = texts.into_iter().map(|text| Article::of_text("a", text)).collect();
        let alone: Vec<Vec<Record>> = articles.iter().map(|article| with(|classifier| classifier.article(article, ALL))).collect();
        let batched = MODEL.with(|model| {
            let mut batches = Batches::new(model, None, n_threads);
            let batches = articles.chunks(size).map(|batch| batches.classify(batch, ALL, |_, records| records).unwrap());
            batches.collect::<Vec<_>>().concat()
        });
        prop_assert_eq!(alone, batched);
    }

    #[test]
    fn a_model_that_was_saved_and_loaded_predicts_the_same(text in newslike()) {
        let article = Article::of_text("a", text);
        let loaded = LOADED.with(|classifier| classifier.borrow_mut().article(&article, ALL));
        prop_assert_eq!(with(|classifier| classifier.article(&article, ALL)), loaded);
    }

    #[test]
    fn what_was_classified_before_makes_no_difference(before in newslike(), text in newslike()) {
        let article = Article::of_text("a", text);
        let alone = with(|classifier| classifier.article(&article, Wishes::default()));
        with(|classifier| classifier.article(&Article::of_text("b", before), Wishes::default()));
        prop_assert_eq!(alone, with(|classifier| classifier.article(&article, Wishes::default())));
    }

    #[test]
    fn another_name_never_changes_a_stance(name in "[A-Z][b-df-hj-np-tv-z]{4,7}", verb in "rejected|accepted|welcomed|doubted|said it would study") {
        let judge = |name: &str| {
            let ready = ReadyStatement {
                text: format!("Foreign Minister {name} {verb} the ceasefire plan, {name} told reporters on Monday."),
                actor: Some(name.to_owned()),
                ..ReadyStatement::default()
            };
            with(|classifier| classifier.ready(&ready, 1, Wishes::default()).probabilities)
        };
        prop_assert_eq!(judge(&name), judge("Zubrokin"));
    }

    #[test]
    fn another_outlet_never_changes_a_stance(outlet in "\\PC{0,20}") {
        let text = "\u{201C}We will not sign this truce,\u{201D} President Dana Orr said.";
        let judge = |outlet: Option<String>| {
            let article = Article { outlet, ..Article::of_text("a", text) };
            let records = with(|classifier| classifier.article(&article, Wishes::default()));
            records.into_iter().map(|record| record.probabilities).collect::<Vec<_>>()
        };
        prop_assert_eq!(judge(Some(outlet)), judge(None));
    }

    #[test]
    fn no_line_of_input_panics(line in "\\PC{0,120}", cut in 0_usize..120) {
        let _ = article_of_line(&line, "x");
        let _ = ready_of_line(&line);
        let _ = article_of_markup(&line, "x", &LabelSet::stance(), &LabelSet::tone());
        let row = r#"{"id":"a","text":"“Yes,” he said.","statements":[{"start":0,"end":5}],"kind":"direct"}"#;
        let part: String = row.chars().take(cut).collect();
        let _ = article_of_line(&part, "x");
        let _ = ready_of_line(&part);
    }
}
