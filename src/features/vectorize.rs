//! From a bag to a row of the model: each family is tf-idf weighted, scaled to length 1 and multiplied by the family's
//! weight. It does not choose features.

use super::bag::Bag;
use super::vocabulary::Vocabulary;

/// How one family is weighted: see [`super::Family`], but as a model has it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Weighting {
    /// Name of the family.
    pub name: String,
    /// Length of the family's part of a row; 0 leaves the family out.
    pub weight: f32,
    /// Whether only presence counts.
    pub binary: bool,
}

impl Weighting {
    /// The shipped weighting of all families.
    pub fn shipped() -> Vec<Self> {
        super::FAMILIES
            .iter()
            .map(|family| Self {
                name: family.name.to_owned(),
                weight: family.weight,
                binary: family.binary,
            })
            .collect()
    }
}

/// A sparse row: columns rising within a family, with values.
pub type Row = Vec<(u32, f32)>;

/// Writes the row of `bag` into `row`, which is emptied first. Features that the vocabulary lacks count for nothing.
pub fn vectorize(bag: &Bag, vocabulary: &Vocabulary, weightings: &[Weighting], row: &mut Row) {
    row.clear();
    let mut lengths = [0.0_f64; 32];
    let n_families = weightings.len().min(lengths.len());
    let value = |entry: &super::bag::Entry, column: u32| {
        let idf = f64::from(vocabulary.idf[column as usize]);
        let binary = weightings[usize::from(entry.family)].binary;
        if binary {
            idf
        } else {
            (1.0 + f64::from(entry.count).ln()) * idf
        }
    };
    // Two passes over the known features: lengths of the families first, then their values.
    for entry in &bag.entries {
        let family = usize::from(entry.family);
        if family < n_families
            && weightings[family].weight > 0.0
            && let Some(column) = vocabulary.column(entry.key)
        {
            let value = value(entry, column);
            lengths[family] += value * value;
            row.push((column, value as f32));
        }
    }
    let mut at = 0;
    for entry in &bag.entries {
        let family = usize::from(entry.family);
        if at == row.len() {
            break;
        }
        if family < n_families
            && weightings[family].weight > 0.0
            && vocabulary.column(entry.key) == Some(row[at].0)
        {
            row[at].1 *= (f64::from(weightings[family].weight) / lengths[family].sqrt()) as f32;
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_has_the_length_of_its_weight() {
        let mut bag = Bag::default();
        for (family, key) in [(0, 1), (0, 1), (0, 2), (1, 3)] {
            bag.add(family, key);
        }
        bag.seal();
        let vocabulary = Vocabulary::learn([&bag], 1, |_| true);
        let weighting = |weight, binary| Weighting {
            name: String::new(),
            weight,
            binary,
        };
        let mut row = Row::new();
        vectorize(
            &bag,
            &vocabulary,
            &[weighting(1.0, false), weighting(0.5, true)],
            &mut row,
        );
        // All idf are 1. Counts 2 and 1 give 1 + ln 2 = 1.6931 and 1, of length 1.9664: 0.8610 and 0.5085.
        let expected = [(0, 0.8610), (1, 0.5085), (2, 0.5)];
        for ((column, value), (expected_column, expected_value)) in row.iter().zip(expected) {
            assert_eq!(*column, expected_column);
            assert!(
                (value - expected_value).abs() < 1e-4,
                "{value} for {expected_value}"
            );
        }
    }
}
