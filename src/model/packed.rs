//! The known features of a model, each with its key, frequency and weights side by side in memory, found by key many at a
//! time. It scores nothing.

use std::sync::OnceLock;

use super::Model;
use crate::features::Vocabulary;
use crate::features::bag::Entry;

/// Labels of both heads together that a packed feature has room for.
pub(super) const ROOM: usize = 7;

/// A known feature with all that is needed of it: five words of memory.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
struct Known {
    key: u64,
    idf: f32,
    /// Those of stance, then those of tone.
    weights: [f32; ROOM],
}

/// All known features, found by key.
#[derive(Debug)]
pub(super) struct Packed {
    /// By slot of the vocabulary's table: place among the known and the key's highest byte, so that most of the unknown
    /// are told from the known without a look at them.
    slots: Vec<u32>,
    known: Vec<Known>,
}

/// No column; and, for a moment, that of a key whose first slot another key has.
pub(super) const FREE: u32 = u32::MAX;
const LATER: u32 = u32::MAX - 1;
const COLUMN_BITS: u32 = 24;
const COLUMN: u32 = (1 << COLUMN_BITS) - 1;

impl Packed {
    /// `None` where the model has too many labels or features.
    fn new(model: &Model) -> Option<Self> {
        let vocabulary = &model.vocabulary;
        let stance = model.stance.labels.len();
        let tone = model.tone.as_ref().map_or(0, |tone| tone.labels.len());
        if stance + tone > ROOM || vocabulary.len() >= COLUMN as usize {
            return None;
        }
        let mut slots = vec![FREE; vocabulary.keys.len()];
        let mut known = vec![Known::default(); vocabulary.len()];
        for (number, slot) in (0..).zip(commonest_first(vocabulary)) {
            let (key, column) = (vocabulary.keys[slot], vocabulary.columns[slot]);
            slots[slot] = high(key) << COLUMN_BITS | number;
            let place = known.get_mut(number as usize)?;
            place.key = key;
            place.idf = vocabulary.idf[column as usize];
            let at = column as usize;
            let weights = &model.stance.weights[at * stance..(at + 1) * stance];
            place.weights[..stance].copy_from_slice(weights);
            if let Some(head) = &model.tone {
                let weights = &head.weights[at * tone..(at + 1) * tone];
                place.weights[stance..stance + tone].copy_from_slice(weights);
            }
        }
        Some(Self { slots, known })
    }

    /// Writes the column of each of `entries` into `columns`, [`FREE`] for the unknown. No look-up waits for the one before:
    /// the first step of each is taken without a branch that could be guessed wrong, and whole keys are compared last.
    pub(super) fn find(&self, entries: &[Entry], columns: &mut Vec<u32>) {
        let mask = self.slots.len() - 1;
        columns.clear();
        columns.extend(entries.iter().map(|entry| {
            let found = self.slots[entry.key as usize & mask];
            let other = found != FREE && found >> COLUMN_BITS != high(entry.key);
            if other { LATER } else { found }
        }));
        for (column, entry) in columns.iter_mut().zip(entries) {
            if *column == LATER {
                *column = self.probe(entry.key);
            }
            if *column != FREE {
                *column &= COLUMN;
            }
        }
        for (column, entry) in columns.iter_mut().zip(entries) {
            if *column != FREE && self.known[*column as usize].key != entry.key {
                *column = self.exactly(entry.key);
            }
        }
    }

    /// Inverse document frequency of a column.
    pub(super) fn idf(&self, column: u32) -> f32 {
        self.known[column as usize].idf
    }

    /// Weights of a column: those of stance, then those of tone.
    pub(super) fn weights(&self, column: u32) -> &[f32; ROOM] {
        &self.known[column as usize].weights
    }

    /// Looks for `key` behind its first slot, by its highest byte.
    fn probe(&self, key: u64) -> u32 {
        let mask = self.slots.len() - 1;
        let home = key as usize & mask;
        (home + 1..home + self.slots.len())
            .map(|slot| self.slots[slot & mask])
            .find(|&found| found == FREE || found >> COLUMN_BITS == high(key))
            .unwrap_or(FREE)
    }

    /// The column of a key by all its bytes: one unknown key in some hundreds has the highest byte of a known one.
    fn exactly(&self, key: u64) -> u32 {
        let mask = self.slots.len() - 1;
        let home = key as usize & mask;
        (home..home + self.slots.len())
            .map(|slot| self.slots[slot & mask])
            .take_while(|&found| found != FREE)
            .map(|found| found & COLUMN)
            .find(|&column| self.known[column as usize].key == key)
            .unwrap_or(FREE)
    }
}

const fn high(key: u64) -> u32 {
    (key >> 56) as u32
}

/// The slots of a vocabulary that are taken, the commonest features first, as far as steps of their frequency tell: what
/// most statements want lies close together.
fn commonest_first(vocabulary: &Vocabulary) -> Vec<usize> {
    const STEPS: usize = 256;
    let step = |column: u32| {
        let idf = vocabulary.idf.get(column as usize)?;
        Some(((idf * 16.0) as usize).min(STEPS - 1))
    };
    let steps = || vocabulary.columns.iter().map(|&column| step(column));
    let mut ends = [0_usize; STEPS];
    for step in steps().flatten() {
        ends[step] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += std::mem::replace(end, sum);
    }
    let mut slots = vec![0; sum];
    for (slot, step) in steps().enumerate() {
        if let Some(step) = step {
            slots[ends[step]] = slot;
            ends[step] += 1;
        }
    }
    slots
}

/// The packed features of a model, made when they are first wanted and shared by all threads. What a model is does not
/// depend on it: any two are equal.
#[derive(Debug, Default)]
pub struct Packing(OnceLock<Option<Packed>>);

impl Packing {
    /// The packed features of `model`; `None` where it has too many labels or features.
    pub(super) fn of<'m>(&'m self, model: &Model) -> Option<&'m Packed> {
        self.0.get_or_init(|| Packed::new(model)).as_ref()
    }
}

impl Clone for Packing {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Packing {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
