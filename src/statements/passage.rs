//! Passages: sentences that one quotation holds together, the unit in which attribution is looked for. It does not
//! attribute.

use super::reading::Reading;

/// Sentences `first..end`, tokens `from..to`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage {
    /// First token that belongs to the article's text (a dateline left out).
    pub(super) from: usize,
    /// One past the last token.
    pub(super) to: usize,
    /// Its paragraph (the one of its first sentence).
    pub(super) paragraph: usize,
    /// Whether its last quotation goes on in the next paragraph.
    pub(super) continues: bool,
}

/// The passages of a document; `start[s]` is the first token of sentence `s` that counts, `None` for furniture.
pub(super) fn find(reading: &Reading<'_>, start: &[Option<usize>]) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::with_capacity(start.len());
    let mut bridged = false;
    for (sentence, from) in reading.document.sentences.iter().zip(start) {
        let Some(from) = *from else {
            bridged = false;
            continue;
        };
        match passages.last_mut() {
            Some(last) if bridged => last.to = sentence.end,
            _ => passages.push(Passage {
                from,
                to: sentence.end,
                paragraph: sentence.paragraph,
                continues: false,
            }),
        }
        let last = sentence.end - 1;
        let open = reading
            .quotation_at(last)
            .map(|number| reading.quotations[number]);
        bridged = open.is_some_and(|quotation| quotation.end > sentence.end);
        if let (Some(quotation), Some(passage)) = (open, passages.last_mut()) {
            passage.continues = quotation.continues && quotation.end == sentence.end;
        }
    }
    passages
}
