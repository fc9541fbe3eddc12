//! Logits of many statements: what `vectorize` and `Head::logits` say, in one walk over a bag and with each known feature's
//! key, frequency and weights side by side in memory. It learns and calibrates nothing.

use std::sync::OnceLock;

use super::Model;
use super::head::Prediction;
use crate::features::bag::{Bag, Entry};
use crate::features::vectorize::{MOST_FAMILIES, UNKNOWN};
use crate::features::{Vocabulary, Weighting};

/// Labels of both heads together that a packed feature has room for.
const ROOM: usize = 7;

/// Statements after which packing the features is worth its few milliseconds.
const FEW: usize = 1000;

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
struct Packed {
    /// By slot of the vocabulary's table: place among the known and the key's highest byte, so that most of the unknown
    /// are told from the known without a look at them.
    slots: Vec<u32>,
    known: Vec<Known>,
}

/// No column; and, for a moment, that of a key whose first slot another key has.
const FREE: u32 = u32::MAX;
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
    /// the first step of each is taken without a branch that could be guessed wrong.
    fn find(&self, entries: &[Entry], columns: &mut Vec<u32>) {
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
    fn exactly(&self, key: u64) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let home = key as usize & mask;
        (home..home + self.slots.len())
            .map(|slot| self.slots[slot & mask])
            .take_while(|&found| found != FREE)
            .map(|found| found & COLUMN)
            .find(|&column| self.known[column as usize].key == key)
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

/// A feature of a statement that the model knows.
#[derive(Clone, Copy, Debug, Default)]
struct Value {
    column: u32,
    /// Its place among the entries of the bag.
    entry: u32,
    /// What it weighs before its family is scaled.
    weight: f32,
}

/// Scores statements one after another. It lives across articles, one a thread.
#[derive(Debug)]
pub struct Scorer<'m> {
    model: &'m Model,
    packed: Option<&'m Packed>,
    n_scored: usize,
    columns: Vec<u32>,
    values: Vec<Value>,
    stance: Vec<f64>,
    tone: Vec<f64>,
}

impl<'m> Scorer<'m> {
    /// A scorer for `model`.
    pub const fn new(model: &'m Model) -> Self {
        Self {
            model,
            packed: None,
            n_scored: 0,
            columns: Vec::new(),
            values: Vec::new(),
            stance: Vec::new(),
            tone: Vec::new(),
        }
    }

    /// Stance and tone of the statement with the features `bag`, each of which stands in it once.
    pub fn score(&mut self, bag: &Bag) -> (Prediction, Option<Prediction>) {
        self.n_scored += 1;
        if self.n_scored == FEW {
            let packing = self.model.packing.0.get_or_init(|| Packed::new(self.model));
            self.packed = packing.as_ref();
        }
        let mut scales = [0.0; MOST_FAMILIES];
        self.find(&bag.entries, &mut scales);
        self.weigh(&bag.entries, &mut scales);
        for (scale, weighting) in scales.iter_mut().zip(&self.model.weightings) {
            *scale = f64::from(weighting.weight) / scale.sqrt();
        }
        self.add_up(&bag.entries, &scales);
        let stance = self.model.stance.judge(&self.stance);
        let tone = self.model.tone.as_ref().map(|tone| tone.judge(&self.tone));
        (stance, tone)
    }

    /// Lists the known features; adds the squares of what the unknown weigh to `squares`, by family.
    fn find(&mut self, entries: &[Entry], squares: &mut [f64; MOST_FAMILIES]) {
        if let Some(packed) = self.packed {
            packed.find(entries, &mut self.columns);
        } else {
            let vocabulary = &self.model.vocabulary;
            let column = |entry: &Entry| vocabulary.column(entry.key).unwrap_or(FREE);
            self.columns.clear();
            self.columns.extend(entries.iter().map(column));
        }
        self.values.clear();
        self.values.resize(entries.len(), Value::default());
        let mut n_known = 0;
        for (at, (entry, &column)) in entries.iter().zip(&self.columns).enumerate() {
            let Some(weighting) = weighting(self.model, entry) else {
                continue;
            };
            let value = weighting.value(UNKNOWN, entry.count);
            let is_known = column != FREE;
            // Half of the features are unknown, in no order: no branch on it.
            squares[usize::from(entry.family)] += if is_known { 0.0 } else { value * value };
            self.values[n_known] = Value {
                column,
                entry: at as u32,
                weight: 0.0,
            };
            n_known += usize::from(is_known);
        }
        self.values.truncate(n_known);
    }

    /// Weighs the known features; adds the squares to `squares`, by family.
    fn weigh(&mut self, entries: &[Entry], squares: &mut [f64; MOST_FAMILIES]) {
        for known in &mut self.values {
            let entry = &entries[known.entry as usize];
            let column = match self.packed {
                Some(packed) if packed.known[known.column as usize].key != entry.key => {
                    packed.exactly(entry.key)
                }
                _ => Some(known.column),
            };
            let idf = column.map_or(UNKNOWN, |column| {
                f64::from(match self.packed {
                    Some(packed) => packed.known[column as usize].idf,
                    None => self.model.vocabulary.idf[column as usize],
                })
            });
            known.column = column.unwrap_or(FREE);
            if let Some(weighting) = weighting(self.model, entry) {
                let value = weighting.value(idf, entry.count);
                squares[usize::from(entry.family)] += value * value;
                known.weight = value as f32;
            }
        }
    }

    /// Adds what the known features give each label, with each family's values multiplied by its scale.
    fn add_up(&mut self, entries: &[Entry], scales: &[f64; MOST_FAMILIES]) {
        let (stance, tone) = (&self.model.stance, self.model.tone.as_ref());
        self.stance.clone_from(&stance.intercepts);
        self.tone.clear();
        self.tone
            .extend(tone.iter().flat_map(|tone| &tone.intercepts));
        // Single precision between: the value that a row has.
        let known = self.values.iter().filter(|known| known.column != FREE);
        let values = known.map(|known| {
            let scale = scales[usize::from(entries[known.entry as usize].family)];
            let value = (f64::from(known.weight) * scale) as f32;
            (known.column, f64::from(value))
        });
        let Some(packed) = self.packed else {
            for (column, value) in values {
                stance.add(column, value, &mut self.stance);
                if let Some(tone) = tone {
                    tone.add(column, value, &mut self.tone);
                }
            }
            return;
        };
        let (n_stances, n_tones) = (self.stance.len(), self.tone.len());
        let mut sums = [0.0; ROOM];
        sums[..n_stances].copy_from_slice(&self.stance);
        sums[n_stances..n_stances + n_tones].copy_from_slice(&self.tone);
        for (column, value) in values {
            let weights = &packed.known[column as usize].weights;
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += value * f64::from(*weight);
            }
        }
        self.stance.copy_from_slice(&sums[..n_stances]);
        self.tone
            .copy_from_slice(&sums[n_stances..n_stances + n_tones]);
    }
}

/// The weighting of a feature's family; `None` for families that the model leaves out.
fn weighting<'m>(model: &'m Model, entry: &Entry) -> Option<&'m Weighting> {
    let family = usize::from(entry.family);
    model
        .weightings
        .get(family)
        .filter(|weighting| weighting.weight > 0.0 && family < MOST_FAMILIES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::vectorize;
    use crate::model::store::tests::model;

    #[test]
    fn a_scorer_says_what_rows_and_heads_say() {
        let model = model();
        let keys: Vec<u64> = model.vocabulary.keys.to_vec();
        let mut scorer = Scorer::new(&model);
        for round in 0..FEW as u64 + 50 {
            let mut bag = Bag::default();
            for (at, &key) in keys.iter().enumerate() {
                // Known keys, some of them twice, and unknown ones.
                if !(at as u64 + round).is_multiple_of(3) {
                    bag.add((at % 2) as u8, key);
                    bag.add((at % 2) as u8, key.wrapping_add(round % 2));
                }
            }
            bag.unite();
            let scored = scorer.score(&bag);
            bag.seal();
            let mut row = Vec::new();
            vectorize(&bag, &model.vocabulary, &model.weightings, &mut row);
            let expected = model.stance.predict(&row);
            assert_eq!(scored.0.label, expected.label);
            for (p, q) in scored.0.probabilities.iter().zip(&expected.probabilities) {
                assert!((p - q).abs() < 1e-9, "{p} for {q}");
            }
            let tone = model.tone.as_ref().map(|tone| tone.predict(&row));
            assert_eq!(scored.1.map(|tone| tone.label), tone.map(|tone| tone.label));
        }
        assert!(scorer.packed.is_some());
    }
}
