//! The features of one statement before they meet a vocabulary: hashed keys with counts, one list a statement.
//! It does not know what a key means; [`super`] makes the keys.

/// One feature of one statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Hash of the feature's family and words, the same on every machine and in every version.
    pub key: u64,
    /// The family it belongs to: an index into [`super::FAMILIES`].
    pub family: u8,
    /// How often it occurs in the statement, at least 1.
    pub count: u32,
}

/// All features of one statement, sorted by key, each key once.
#[derive(Clone, Debug, Default)]
pub struct Bag {
    /// The features.
    pub entries: Vec<Entry>,
    /// Where [`Bag::unite`] looks for a key that it has met.
    places: Vec<Place>,
    /// The call of [`Bag::unite`] that made a place.
    round: u32,
}

/// A slot of an open-addressing table over the entries.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    key: u64,
    round: u32,
    entry: u32,
}

impl PartialEq for Bag {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl Bag {
    /// Adds one occurrence. [`Bag::seal`] must follow the last one.
    pub fn add(&mut self, family: u8, key: u64) {
        self.entries.push(Entry {
            key,
            family,
            count: 1,
        });
    }

    /// Sorts by key and merges what occurs more than once.
    pub fn seal(&mut self) {
        self.entries
            .sort_unstable_by_key(|entry| (entry.key, entry.family));
        self.entries.dedup_by(|next, kept| {
            let same = next.key == kept.key;
            if same {
                kept.count += next.count;
            }
            same
        });
    }

    /// Merges what occurs more than once and keeps the order of first occurrence.
    pub fn unite(&mut self) {
        let n_places = (2 * self.entries.len()).next_power_of_two();
        self.round = self.round.wrapping_add(1);
        if self.places.len() < n_places || self.round == 0 {
            self.round = 1;
            self.places.clear();
            self.places.resize(n_places, Place::default());
        }
        // More places than are wanted would only be farther apart in memory.
        let places = &mut self.places[..n_places];
        let mut kept = 0;
        for at in 0..self.entries.len() {
            let entry = self.entries[at];
            let mut slot = entry.key as usize & (n_places - 1);
            loop {
                let place = &mut places[slot];
                if place.round != self.round {
                    *place = Place {
                        key: entry.key,
                        round: self.round,
                        entry: kept as u32,
                    };
                    self.entries[kept] = entry;
                    kept += 1;
                    break;
                }
                if place.key == entry.key {
                    self.entries[place.entry as usize].count += entry.count;
                    break;
                }
                slot = (slot + 1) & (n_places - 1);
            }
        }
        self.entries.truncate(kept);
    }

    /// Empties it and keeps its memory.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealing_sorts_and_counts() {
        let mut bag = Bag::default();
        for key in [7, 3, 7, 7] {
            bag.add(0, key);
        }
        bag.seal();
        let seen: Vec<_> = bag
            .entries
            .iter()
            .map(|entry| (entry.key, entry.count))
            .collect();
        assert_eq!(seen, [(3, 1), (7, 3)]);
    }

    #[test]
    fn uniting_keeps_the_order_and_counts() {
        let mut bag = Bag::default();
        // All keys want one slot of eight or sixteen.
        for keys in [[7, 23, 7, 39].as_slice(), &[23, 7]] {
            bag.clear();
            for &key in keys {
                bag.add(0, key);
            }
            bag.unite();
            let seen: Vec<_> = bag
                .entries
                .iter()
                .map(|entry| (entry.key, entry.count))
                .collect();
            let expected: &[_] = if keys.len() == 4 {
                &[(7, 2), (23, 1), (39, 1)]
            } else {
                &[(23, 1), (7, 1)]
            };
            assert_eq!(seen, expected);
        }
    }
}
