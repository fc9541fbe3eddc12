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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bag {
    /// The features.
    pub entries: Vec<Entry>,
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
}
