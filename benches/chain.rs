//! How fast each room is, in bytes of article text: tokenise, extract, features, predict, and the whole chain, on a short
//! and a long article. Run with `cargo bench`; compare within one run only, since machines differ.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot set itself up should say so at once"
)]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use stance::classify::{Classifier, Wishes};
use stance::corpus::Article;
use stance::features::{Bag, Features, Lexicon, Request, Row, vectorize};
use stance::model::Model;
use stance::statements::Extractor;
use stance::text::{Document, WordTable};

const ARTICLE: &str = include_str!("../docs/examples/grain-corridor.txt");

/// Copies of the article: a short one of 2 kB and a long one of 100 kB.
const COPIES: [usize; 2] = [1, 50];

fn main() {
    divan::main();
}

fn text(copies: usize) -> String {
    vec![ARTICLE; copies].join("\n\n")
}

#[divan::bench(args = COPIES)]
fn tokenise(bencher: Bencher<'_, '_>, copies: usize) {
    let text = text(copies);
    let mut words = WordTable::new();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| Document::read(black_box(&text), &mut words));
}

#[divan::bench(args = COPIES)]
fn extract(bencher: Bencher<'_, '_>, copies: usize) {
    let text = text(copies);
    let mut words = WordTable::new();
    let mut extractor = Extractor::new(&mut words);
    let document = Document::read(&text, &mut words);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| extractor.extract(black_box(&document), &words));
}

#[divan::bench]
fn features(bencher: Bencher<'_, '_>) {
    let mut words = WordTable::new();
    let mut features = Features::new(Lexicon::new(None).unwrap());
    let document = Document::read(ARTICLE, &mut words);
    let request = Request {
        document: &document,
        first: 0,
        end: document.tokens.len(),
        context: 0,
        kind: None,
        own: "",
        matter: None,
    };
    let mut bag = Bag::default();
    bencher
        .counter(BytesCount::of_str(ARTICLE))
        .bench_local(|| features.extract(black_box(&request), &words, &mut bag));
}

#[divan::bench]
fn predict(bencher: Bencher<'_, '_>) {
    let model = Model::embedded().unwrap();
    let mut words = WordTable::new();
    let mut features = Features::new(Lexicon::new(None).unwrap());
    let document = Document::read(ARTICLE, &mut words);
    let request = Request {
        document: &document,
        first: 0,
        end: document.tokens.len(),
        context: 0,
        kind: None,
        own: "",
        matter: None,
    };
    let mut bag = Bag::default();
    features.extract(&request, &words, &mut bag);
    let mut row = Row::new();
    bencher
        .counter(BytesCount::of_str(ARTICLE))
        .bench_local(|| {
            vectorize(
                black_box(&bag),
                &model.vocabulary,
                &model.weightings,
                &mut row,
            );
            model.stance.predict(&row)
        });
}

#[divan::bench(args = COPIES)]
fn whole_chain(bencher: Bencher<'_, '_>, copies: usize) {
    let model = Model::embedded().unwrap();
    let mut classifier = Classifier::new(&model, None).unwrap();
    let article = Article::of_text("a", text(copies));
    bencher
        .counter(BytesCount::of_str(&article.text))
        .bench_local(|| classifier.article(black_box(&article), Wishes::default()));
}
