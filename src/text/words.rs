//! The word table: every distinct lower-cased word once, with a small number that stands for it. It lives across
//! articles, so that what is known of a word is looked up by number. It does not cut text into words.

/// Number of a word in a [`WordTable`]; words that were put in first have the lowest numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// As an index into a table with one row a word.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Distinct words and their numbers: an open-addressing table whose slots hold both ends of their words, so that words of
/// up to sixteen bytes are found without another look at their letters.
#[derive(Clone, Debug, Default)]
pub struct WordTable {
    /// A power of two of them, at least twice as many as words; empty before the first word.
    slots: Vec<Slot>,
    /// All words, one behind the other.
    letters: String,
    /// By word number: where it ends in `letters`.
    ends: Vec<u32>,
    /// By number of a mark: the word that it is, once it was met.
    marks: Vec<Option<WordId>>,
    scratch: String,
}

/// Where a word may stand.
#[derive(Clone, Copy, Debug)]
struct Slot {
    form: Form,
    /// Its number, or [`FREE`].
    id: u32,
}

/// What tells words of up to sixteen bytes apart: their ends and their length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Form {
    first: u64,
    last: u64,
    length: u32,
}

const FREE: u32 = u32::MAX;
const EMPTY: Slot = Slot {
    form: Form {
        first: 0,
        last: 0,
        length: 0,
    },
    id: FREE,
};

/// Slots of the first table.
const FEWEST: usize = 1 << 10;

impl WordTable {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of `word` as it would stand in a text: lower-cased, with straight apostrophes. Takes it in if new.
    pub fn intern(&mut self, word: &str) -> WordId {
        let form = Form::of(word.as_bytes());
        if form.is_all() && form.is_ascii() {
            let lower = form.lower();
            if let Some(id) = self.look_up(lower, |_| true) {
                return id;
            }
        }
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        if word.is_ascii() {
            scratch.push_str(word);
            scratch.make_ascii_lowercase();
        } else {
            for c in word.chars() {
                match c {
                    '\u{2019}' | '\u{2018}' | '\u{2BC}' => scratch.push('\''),
                    '\u{2010}' | '\u{2011}' => scratch.push('-'),
                    _ => scratch.extend(c.to_lowercase()),
                }
            }
        }
        let id = self.find(&scratch);
        let id = id.unwrap_or_else(|| self.take_in(&scratch));
        self.scratch = scratch;
        id
    }

    /// The number of the mark that is `written`, by the number that [`super::glyph`] gives it if it gives one to this mark
    /// alone.
    pub(super) fn intern_mark(&mut self, glyph: u8, written: &str) -> WordId {
        if self.marks.is_empty() {
            self.marks.resize(256, None);
        }
        if let Some(id) = self.marks[usize::from(glyph)] {
            return id;
        }
        let id = self.intern(written);
        if !super::glyph::SHARED.has(glyph) {
            self.marks[usize::from(glyph)] = Some(id);
        }
        id
    }

    /// The number of a lower-cased word, if the table has it.
    pub fn find(&self, word: &str) -> Option<WordId> {
        let form = Form::of(word.as_bytes());
        self.look_up(form, |id| form.is_all() || self.word(id) == word)
    }

    /// The same for a word in any letter case of ASCII.
    pub fn find_ascii(&self, word: &str) -> Option<WordId> {
        let form = Form::of(word.as_bytes());
        if form.is_all() && form.is_ascii() {
            return self.look_up(form.lower(), |_| true);
        }
        self.find(&word.to_ascii_lowercase())
    }

    /// The number of the word with this form for which `is_it` holds.
    fn look_up(&self, form: Form, is_it: impl Fn(WordId) -> bool) -> Option<WordId> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = form.hash();
        loop {
            let found = self.slots.get(slot & mask)?;
            if found.id == FREE {
                return None;
            }
            if found.form == form && is_it(WordId(found.id)) {
                return Some(WordId(found.id));
            }
            slot += 1;
        }
    }

    fn take_in(&mut self, word: &str) -> WordId {
        if 2 * (self.ends.len() + 1) > self.slots.len() {
            let n_slots = (2 * self.slots.len()).max(FEWEST);
            self.fill(n_slots);
        }
        let id = WordId(u32::try_from(self.ends.len()).unwrap_or(FREE - 1));
        self.letters.push_str(word);
        self.ends
            .push(u32::try_from(self.letters.len()).unwrap_or(u32::MAX));
        self.place(id);
        id
    }

    /// Makes a table of `n_slots` with all words in it.
    fn fill(&mut self, n_slots: usize) {
        self.slots.clear();
        self.slots.resize(n_slots, EMPTY);
        for at in 0..self.ends.len() {
            self.place(WordId(at as u32));
        }
    }

    fn place(&mut self, id: WordId) {
        let form = Form::of(self.word(id).as_bytes());
        let mask = self.slots.len() - 1;
        let mut slot = form.hash() & mask;
        while self.slots[slot].id != FREE {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = Slot { form, id: id.0 };
    }

    /// The lower-cased word that `id` stands for; empty for a number that the table never gave.
    pub fn word(&self, id: WordId) -> &str {
        let at = id.index();
        let Some(&end) = self.ends.get(at) else {
            return "";
        };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[start as usize..end as usize]
    }

    /// Number of distinct words.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no word is in it.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Forgets all words but the first `keep`, so that a stream of any length needs bounded memory.
    pub fn forget_after(&mut self, keep: usize) {
        self.marks.clear();
        self.ends.truncate(keep);
        let end = self.ends.last().copied().unwrap_or_default();
        self.letters.truncate(end as usize);
        self.fill((2 * (keep + 1)).next_power_of_two().max(FEWEST));
    }
}

/// The high bit of each of eight bytes, and the lowest.
const HIGH: u64 = 0x8080_8080_8080_8080;
const EACH: u64 = 0x0101_0101_0101_0101;

impl Form {
    /// The form of a word: its first and last eight bytes, which overlap in one of fewer than sixteen; zeros behind one of
    /// fewer than eight.
    fn of(word: &[u8]) -> Self {
        let length = word.len();
        let (first, last) =
            if let (Some(&first), Some(&last)) = (word.first_chunk(), word.last_chunk()) {
                (u64::from_le_bytes(first), u64::from_le_bytes(last))
            } else {
                let whole = match (word.first_chunk(), word.last_chunk()) {
                    (Some(&first), Some(&last)) => {
                        let last = u64::from(u32::from_le_bytes(last));
                        u64::from(u32::from_le_bytes(first)) | last << (8 * (length - 4))
                    }
                    _ => word
                        .iter()
                        .rev()
                        .fold(0, |whole, &byte| whole << 8 | u64::from(byte)),
                };
                (whole, whole)
            };
        Self {
            first,
            last,
            length: u32::try_from(length).unwrap_or(u32::MAX),
        }
    }

    /// Whether no byte of the word lies between its ends.
    const fn is_all(self) -> bool {
        self.length <= 16
    }

    const fn is_ascii(self) -> bool {
        (self.first | self.last) & HIGH == 0
    }

    /// The form with the capitals of ASCII made small.
    const fn lower(self) -> Self {
        Self {
            first: lower(self.first),
            last: lower(self.last),
            length: self.length,
        }
    }

    /// A hash of this table alone: numbers of words depend on the order of texts, never on it.
    const fn hash(self) -> usize {
        const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
        let hash = (self.first ^ self.length as u64).wrapping_mul(MULTIPLIER);
        let hash = (hash.rotate_left(29) ^ self.last).wrapping_mul(MULTIPLIER);
        (hash >> 32) as usize
    }
}

/// Makes the capitals among eight bytes of ASCII small: a byte that is at least `A` and not above `Z` gets the bit of
/// 32, which is a quarter of the high bit.
const fn lower(bytes: u64) -> u64 {
    let from_a = bytes + (0x80 - b'A' as u64) * EACH;
    let above_z = bytes + (0x7F - b'Z' as u64) * EACH;
    bytes | ((from_a ^ above_z) & HIGH) >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_curly_apostrophes_make_no_difference() {
        let mut words = WordTable::new();
        let id = words.intern("Don\u{2019}t");
        assert_eq!(words.intern("don't"), id);
        assert_eq!(words.word(id), "don't");
    }

    #[test]
    fn forgetting_keeps_the_first_words_and_their_numbers() {
        let mut words = WordTable::new();
        let truce = words.intern("truce");
        words.intern("passing");
        words.forget_after(1);
        assert_eq!(words.find("truce"), Some(truce));
        assert_eq!(words.find("passing"), None);
        assert_eq!(words.intern("next"), WordId(1));
        assert_eq!(words.word(WordId(1)), "next");
        assert_eq!(words.word(WordId(2)), "");
    }

    #[test]
    fn words_of_every_length_are_lower_cased_and_found() {
        let mut words = WordTable::new();
        let letters = "AbCdEfGhIjKlMnOpQrStUvWxYz@[`{09";
        for (number, length) in (0..).zip(1..=letters.len()) {
            let word = &letters[..length];
            assert_eq!(words.intern(word), WordId(number), "{word}");
            assert_eq!(words.intern(&word.to_lowercase()), WordId(number));
            assert_eq!(words.find_ascii(word), Some(WordId(number)));
            assert_eq!(words.word(WordId(number)), word.to_lowercase());
        }
        // Bytes behind the letters of both cases stay as they are.
        assert_ne!(words.intern("@"), words.intern("`"));
        assert_ne!(words.intern("["), words.intern("{"));
    }

    #[test]
    fn words_that_begin_alike_are_told_apart_in_tables_of_any_size() {
        let mut words = WordTable::new();
        let all: Vec<String> = (0..3000).map(|n| format!("ceasefire{n}")).collect();
        for (number, word) in (0..).zip(&all) {
            assert_eq!(words.intern(word), WordId(number));
        }
        for (number, word) in (0..).zip(&all) {
            assert_eq!(words.find(word), Some(WordId(number)));
            assert_eq!(words.word(WordId(number)), word);
        }
        assert_eq!(words.find("ceasefir"), None);
        assert_eq!(words.intern(""), WordId(3000));
        assert_eq!(words.intern(""), WordId(3000));
    }
}
