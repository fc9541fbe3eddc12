//! Text analysis: the extractor, the feature function and the whole chain, on any text.

use std::cell::RefCell;

use stance::classify::{Classifier, Wishes};
use stance::corpus::{Article, ReadyStatement};
use stance::features::{Bag, Features, Lexicon, Request};
use stance::label::Kind;
use stance::model::Model;
use stance::span::Span;
use stance::statements::Extractor;
use stance::text::{Document, WordTable};

/// Words known before the tables are emptied: the program forgets them as well.
const MOST_WORDS: usize = 100_000;

struct Tables {
    words: WordTable,
    extractor: Extractor,
    features: Features,
    known: usize,
}

impl Tables {
    fn new() -> Self {
        let mut words = WordTable::new();
        let extractor = Extractor::new(&mut words);
        let features = Features::new(Lexicon::new(None).expect("the lexicon"));
        let known = words.len();
        Self {
            words,
            extractor,
            features,
            known,
        }
    }

    fn forget(&mut self) {
        if self.words.len() > MOST_WORDS {
            self.words.forget_after(self.known);
            self.features.forget_after(self.known);
        }
    }
}

thread_local! {
    static TABLES: RefCell<Tables> = RefCell::new(Tables::new());
    static CHAIN: RefCell<Classifier<'static>> = {
        let model: &'static Model = Box::leak(Box::new(Model::embedded().expect("the model")));
        RefCell::new(Classifier::new(model, None).expect("the chain"))
    };
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Statements of a text: spans rise, never overlap, and stand on characters; so do all parts of them.
pub fn extract(bytes: &[u8]) {
    let text = lossy(bytes);
    TABLES.with_borrow_mut(|tables| {
        tables.forget();
        let document = Document::read(&text, &mut tables.words);
        let mut end = 0;
        for statement in tables.extractor.extract(&document, &tables.words) {
            assert!(statement.span.start >= end && statement.span.start < statement.span.end);
            end = statement.span.end;
            assert!(!text[statement.span.start..end].is_empty());
            if let Some(cue) = statement.cue {
                assert!(!text[cue.start..cue.end].is_empty());
            }
        }
    });
}

/// Features of any part of a text as a statement: the first bytes choose the part, the kind and the actor's name.
pub fn features(bytes: &[u8]) {
    let Some((&[kind, from, to, own], text)) = bytes.split_first_chunk::<4>() else {
        return;
    };
    let text = lossy(text);
    let place = |share: u8| {
        let mut at = text.len() * usize::from(share) / 255;
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (place(from.min(to)), place(from.max(to)));
    let name = &text[..place(own)];
    TABLES.with_borrow_mut(|tables| {
        tables.forget();
        let document = Document::read(&text, &mut tables.words);
        let matter = tables.features.matter_of(&document, &tables.words);
        let request = Request {
            kind: Kind::ALL.get(usize::from(kind)).copied(),
            matter: kind.is_multiple_of(2).then_some(&matter),
            ..Request::within(&document, Span::new(start, end), name)
        };
        let mut bags = [Bag::default(), Bag::default()];
        for bag in &mut bags {
            tables.features.extract(&request, &tables.words, bag);
        }
        assert!(bags[0] == bags[1], "the same request, other features");
        for named in tables.features.name(&request, &tables.words) {
            assert!(text.get(named.span.start..named.span.end).is_some());
        }
    });
}

/// The whole chain with reasons: code points index the text, probabilities sum to 1.
pub fn classify(bytes: &[u8]) {
    let article = Article::of_text("a", lossy(bytes));
    let wishes = Wishes {
        explain: true,
        with_text: true,
        target: false,
    };
    let records = CHAIN.with_borrow_mut(|chain| chain.article(&article, wishes));
    let points: Vec<char> = article.text.chars().collect();
    for record in records {
        let words: String = points[record.start..record.end].iter().collect();
        assert_eq!(record.text, words);
        let sum: f64 = record
            .probabilities
            .values()
            .filter_map(serde_json::Value::as_f64)
            .sum();
        assert!((sum - 1.0).abs() < 1e-3);
        for reason in record.reasons.iter().flatten() {
            let words: String = points[reason.start..reason.end].iter().collect();
            assert_eq!(reason.words, words);
        }
    }
}

/// A statement that stands alone.
pub(crate) fn ready(row: &ReadyStatement) {
    let wishes = Wishes {
        explain: true,
        with_text: true,
        target: false,
    };
    let record = CHAIN.with_borrow_mut(|chain| chain.ready(row, 1, wishes));
    assert_eq!(record.text, row.text);
    assert_eq!(record.end, row.text.chars().count());
}
