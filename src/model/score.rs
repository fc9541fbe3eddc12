//! Logits of many statements: what `vectorize` and `Head::logits` say, in one walk over a bag. It learns and calibrates
//! nothing.

use super::Model;
use super::head::Prediction;
use super::packed::{FREE, Packed, ROOM};
use crate::features::Weighting;
use crate::features::bag::{Bag, Entry};
use crate::features::vectorize::{MOST_FAMILIES, UNKNOWN};

/// Statements after which packing the features is worth its few milliseconds.
const FEW: usize = 1000;

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
            self.packed = self.model.packing.of(self.model);
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

    /// Lists the known features; adds the squares of what the unknown weigh to `squares`, by family. The order of both sums
    /// does not depend on packing, so that their last digits do not.
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
            let idf = match self.packed {
                Some(packed) => packed.idf(known.column),
                None => self.model.vocabulary.idf[known.column as usize],
            };
            if let Some(weighting) = weighting(self.model, entry) {
                let value = weighting.value(f64::from(idf), entry.count);
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
        let values = self.values.iter().map(|known| {
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
            for (sum, weight) in sums.iter_mut().zip(packed.weights(column)) {
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
                    // Unknown, with the slot and the highest byte of a known one.
                    bag.add((at % 2) as u8, key ^ 1 << 40);
                }
            }
            bag.unite();
            let scored = scorer.score(&bag);
            // The first statement of a scorer is scored without packing: to the last digit the same.
            assert_eq!(scored, Scorer::new(&model).score(&bag));
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
