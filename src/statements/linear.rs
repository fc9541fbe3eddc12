//! Shows that the whole way takes steps in proportion to the length of an article, on texts made to repeat one
//! construction without end. It counts look-ups of words, not time. Tests only.

use super::Extractor;
use super::reading::STEPS;
use crate::text::{Document, WordTable};

/// Look-ups that `unit`, repeated `times`, costs.
fn steps(unit: &str, times: usize) -> u64 {
    let text = unit.repeat(times);
    let mut words = WordTable::new();
    let mut extractor = Extractor::new(&mut words);
    let document = Document::read(&text, &mut words);
    STEPS.set(0);
    extractor.extract(&document, &words);
    STEPS.get()
}

#[test]
fn steps_grow_with_the_length_of_the_article() {
    let mut grows_faster = Vec::new();
    for unit in [
        "President of ",
        "Council of the ",
        "president of ",
        "Dana Holm's ",
        "Dana Holm, ",
        "Dana Holm and ",
        "the farmers' ",
        "said ",
        "said that ",
        "which ",
        "\"No,\" ",
        "\u{201C}No ",
        "( ",
        "by Dana Holm ",
        "Dana Holm said the truce holds and ",
        "MS HOLM: We wait.\n\n",
        "QUESTION: Is it?\n\nHOLM: It is.\n\n",
        "Kesh rejected the truce, ",
        "she ",
        "the group said. ",
        "Kesh \"want it\", ",
        "the rebels said. ",
        "In the plain minister Kesh stone ",
    ] {
        // Twice the text may cost twice the steps, and a tenth more for what begins and ends.
        let (once, twice) = (steps(unit, 2_000), steps(unit, 4_000));
        if 10 * twice > 22 * once {
            grows_faster.push((unit, once, twice));
        }
    }
    assert!(grows_faster.is_empty(), "{grows_faster:?}");
}
