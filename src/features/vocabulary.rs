//! The vocabulary: which features a model knows, the column of each, and its inverse document frequency. It is learnt
//! from training bags and looked up in an open-addressing table that stands in the model file as it is, so that nothing
//! is built when a model is loaded. It does not weight rows.

use std::borrow::Cow;

use super::bag::Bag;

/// Marks a free slot of the table.
const FREE: u32 = u32::MAX;

/// Known features.
#[derive(Clone, Debug, PartialEq)]
pub struct Vocabulary {
    /// Keys by slot; the number of slots is a power of two, at least twice the number of columns.
    pub keys: Cow<'static, [u64]>,
    /// Column by slot, `u32::MAX` where the slot is free.
    pub columns: Cow<'static, [u32]>,
    /// Inverse document frequency by column, `ln((1 + n) / (1 + df)) + 1` (scikit-learn's smooth idf), above 0.
    pub idf: Cow<'static, [f32]>,
}

impl Vocabulary {
    /// Learns the features that occur in at least `min_df` of the bags, which are sealed, and whose family is wanted. Columns
    /// rise with the key, so that the order of the bags makes no difference.
    pub fn learn<'b, B>(bags: B, min_df: u32, wanted: impl Fn(u8) -> bool) -> Self
    where
        B: IntoIterator<Item = &'b Bag>,
    {
        let mut occurrences: Vec<u64> = Vec::new();
        let mut n_bags = 0_u32;
        for bag in bags {
            n_bags += 1;
            let entries = bag.entries.iter().filter(|entry| wanted(entry.family));
            occurrences.extend(entries.map(|entry| entry.key));
        }
        occurrences.sort_unstable();
        let (known, idf): (Vec<u64>, Vec<f32>) =
            frequent(&occurrences, f64::from(n_bags), min_df).unzip();
        Self::of_columns(&known, idf)
    }

    /// A vocabulary whose first columns are those of `self`, as they are, followed by those of the features that are new in
    /// `bags` and occur in at least `min_df` of them. `n_known` is the number of bags that `self` was learnt from: the new
    /// ones are weighted by their frequency among all.
    #[must_use]
    pub fn extended<'b, B>(
        &self,
        n_known: usize,
        bags: B,
        min_df: u32,
        wanted: impl Fn(u8) -> bool,
    ) -> Self
    where
        B: IntoIterator<Item = &'b Bag>,
    {
        let mut occurrences: Vec<u64> = Vec::new();
        let mut n_bags = n_known as f64;
        for bag in bags {
            n_bags += 1.0;
            let entries = bag.entries.iter().filter(|entry| wanted(entry.family));
            let fresh = entries.filter(|entry| self.column(entry.key).is_none());
            occurrences.extend(fresh.map(|entry| entry.key));
        }
        occurrences.sort_unstable();
        let (mut known, mut idf) = (self.known(), self.idf.to_vec());
        for (key, frequency) in frequent(&occurrences, n_bags, min_df) {
            known.push(key);
            idf.push(frequency);
        }
        Self::of_columns(&known, idf)
    }

    /// The key of every column, in order.
    pub fn known(&self) -> Vec<u64> {
        let mut known = vec![0; self.len()];
        for (key, column) in self.keys.iter().zip(self.columns.iter()) {
            if let Some(place) = known.get_mut(*column as usize) {
                *place = *key;
            }
        }
        known
    }

    /// The table of these columns.
    fn of_columns(known: &[u64], idf: Vec<f32>) -> Self {
        let n_slots = (2 * known.len()).next_power_of_two().max(2);
        let mut keys = vec![0; n_slots];
        let mut columns = vec![FREE; n_slots];
        for (column, &key) in known.iter().enumerate() {
            let mut slot = home(key, n_slots);
            while columns[slot] != FREE {
                slot = (slot + 1) & (n_slots - 1);
            }
            keys[slot] = key;
            columns[slot] = column as u32;
        }
        Self {
            keys: keys.into(),
            columns: columns.into(),
            idf: idf.into(),
        }
    }

    /// Column of a key, if the model knows it.
    pub fn column(&self, key: u64) -> Option<u32> {
        let n_slots = self.keys.len();
        let mut slot = home(key, n_slots);
        // A table from a damaged file could be full: no more steps than slots.
        for _ in 0..n_slots {
            let column = self.columns[slot];
            if column == FREE {
                return None;
            }
            if self.keys[slot] == key {
                return Some(column);
            }
            slot = (slot + 1) & (n_slots - 1);
        }
        None
    }

    /// Number of columns.
    pub fn len(&self) -> usize {
        self.idf.len()
    }

    /// Whether no feature is known.
    pub fn is_empty(&self) -> bool {
        self.idf.is_empty()
    }

    /// Whether the parts fit together: for tables that come from a file.
    pub fn is_sound(&self) -> bool {
        let n_slots = self.keys.len();
        n_slots.is_power_of_two()
            && self.columns.len() == n_slots
            && self.len() < n_slots
            && self
                .columns
                .iter()
                .all(|&column| column == FREE || (column as usize) < self.len())
    }
}

/// The keys of sorted `occurrences` that occur in at least `min_df` of `n` bags, with their inverse document frequency.
fn frequent(occurrences: &[u64], n: f64, min_df: u32) -> impl Iterator<Item = (u64, f32)> {
    occurrences
        .chunk_by(|a, b| a == b)
        .filter(move |same| same.len() >= min_df.max(1) as usize)
        .map(move |same| {
            let df = same.len() as f64;
            (same[0], (libm::log((1.0 + n) / (1.0 + df)) + 1.0) as f32)
        })
}

/// Keys are hashes already: their low bits choose the slot.
const fn home(key: u64, n_slots: usize) -> usize {
    (key as usize) & (n_slots - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag(keys: &[u64]) -> Bag {
        let mut bag = Bag::default();
        for &key in keys {
            bag.add(0, key);
        }
        bag.seal();
        bag
    }

    #[test]
    fn rare_features_are_left_out_and_order_makes_no_difference() {
        let bags = [bag(&[5, 8]), bag(&[5, 13]), bag(&[8, 5])];
        let vocabulary = Vocabulary::learn(&bags, 2, |_| true);
        assert_eq!(
            (
                vocabulary.column(5),
                vocabulary.column(8),
                vocabulary.column(13)
            ),
            (Some(0), Some(1), None)
        );
        // Three bags: ln(4 / 4) + 1 = 1 for the key in all of them, ln(4 / 3) + 1 = 1.2877 for the key in two.
        assert!((vocabulary.idf[0] - 1.0).abs() < 1e-6);
        assert!((vocabulary.idf[1] - 1.287_682).abs() < 1e-5);
        let turned = Vocabulary::learn(bags.iter().rev(), 2, |_| true);
        assert_eq!(vocabulary, turned);
    }

    #[test]
    fn an_extended_vocabulary_keeps_its_columns_and_adds_new_ones_behind() {
        let base = Vocabulary::learn(&[bag(&[9, 30]), bag(&[9, 30])], 2, |_| true);
        let more = [bag(&[9, 4]), bag(&[4, 7]), bag(&[4])];
        let whole = base.extended(97, &more, 2, |_| true);
        assert_eq!(whole.known(), [9, 30, 4]);
        assert_eq!(whole.idf[..2], base.idf[..]);
        // 97 bags before and three more, three of which have the key: ln(101 / 4) + 1 = 4.2288.
        assert!((whole.idf[2] - 4.228_826).abs() < 1e-5);
        assert_eq!((whole.column(4), whole.column(7)), (Some(2), None));
        assert!(whole.is_sound());
    }

    #[test]
    fn keys_that_share_a_slot_are_all_found() {
        // Eight columns make sixteen slots: these keys all want slot 3.
        let keys: Vec<u64> = (0..8).map(|i| 3 + 16 * i).collect();
        let bags = [bag(&keys), bag(&keys)];
        let vocabulary = Vocabulary::learn(&bags, 2, |_| true);
        assert!(vocabulary.is_sound());
        for (column, key) in keys.iter().enumerate() {
            assert_eq!(vocabulary.column(*key), Some(column as u32));
        }
        assert_eq!(vocabulary.column(3 + 16 * 9), None);
    }
}
