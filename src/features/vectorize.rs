//! From a bag to a row of the model: each family is tf-idf weighted, scaled to length 1 and multiplied by the family's
//! weight. It does not choose features.

use super::bag::Bag;
use super::vocabulary::Vocabulary;
use crate::error::{Fault, Result};

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
    /// Value of a feature that occurs `count` times, before the family is scaled.
    pub fn value(&self, idf: f64, count: u32) -> f64 {
        if self.binary || count == 1 {
            idf
        } else {
            (1.0 + libm::log(f64::from(count))) * idf
        }
    }

    /// The shipped weighting of all families.
    pub fn shipped() -> Vec<Self> {
        super::FAMILIES.iter().map(Self::of).collect()
    }

    /// That of all families and characters.
    pub fn with_characters() -> Vec<Self> {
        let mut all = Self::shipped();
        all.push(Self::of(&super::CHARACTERS));
        all
    }

    /// That of the named families alone; a family without a name in `names` weighs 0.
    ///
    /// # Errors
    /// No name, or one that no family has.
    pub fn of_families(names: &[String]) -> Result<Vec<Self>> {
        let all = Self::family_names();
        let unknown = names.iter().find(|name| !all.contains(&name.as_str()));
        if names.is_empty() || unknown.is_some() {
            let found = unknown.map_or("", String::as_str);
            return Err(Fault::new(format!("feature families {found:?}"))
                .expected(format!("some of {}", all.join(", "))));
        }
        let mut weightings = Self::with_characters();
        for weighting in &mut weightings {
            if !names.contains(&weighting.name) {
                weighting.weight = 0.0;
            }
        }
        // A model without characters never looks for them.
        if weightings.last().is_some_and(|last| last.weight == 0.0) {
            weightings.pop();
        }
        Ok(weightings)
    }

    /// The names of all families, characters among them.
    pub fn family_names() -> Vec<&'static str> {
        let all = super::FAMILIES.iter().chain([&super::CHARACTERS]);
        all.map(|family| family.name).collect()
    }

    fn of(family: &super::Family) -> Self {
        Self {
            name: family.name.to_owned(),
            weight: family.weight,
            binary: family.binary,
        }
    }
}

/// A sparse row: columns rising within a family, with values.
pub type Row = Vec<(u32, f32)>;

/// Families that a row can tell apart, and the bits of a column's number below theirs while a row is being made.
pub(crate) const MOST_FAMILIES: usize = 32;
const COLUMN_BITS: u32 = 27;
const COLUMN: u32 = (1 << COLUMN_BITS) - 1;

const _: () = assert!(super::FAMILIES.len() <= MOST_FAMILIES);

/// Inverse document frequency of a feature that the vocabulary lacks, as though one statement in 400 had it (`ln 400 + 1`).
/// Without it a statement in strange words would be read by the few common words that are left, at full length.
pub(crate) const UNKNOWN: f64 = 6.99;

/// Writes the row of `bag` into `row`, which is emptied first. Features that the vocabulary lacks have no column, but take
/// their share of the family's length. Those of families without a weighting count for nothing.
pub fn vectorize(bag: &Bag, vocabulary: &Vocabulary, weightings: &[Weighting], row: &mut Row) {
    row.clear();
    let mut scales = [0.0_f64; MOST_FAMILIES];
    let n_families = weightings.len().min(MOST_FAMILIES);
    for entry in &bag.entries {
        let family = usize::from(entry.family);
        if family < n_families && weightings[family].weight > 0.0 {
            let column = vocabulary
                .column(entry.key)
                .filter(|&column| column <= COLUMN);
            let idf = column.map_or(UNKNOWN, |column| f64::from(vocabulary.idf[column as usize]));
            let value = weightings[family].value(idf, entry.count);
            scales[family] += value * value;
            // The family rides on the column, so that no key is looked up twice.
            if let Some(column) = column {
                row.push((
                    u32::from(entry.family) << COLUMN_BITS | column,
                    value as f32,
                ));
            }
        }
    }
    for (scale, weighting) in scales.iter_mut().zip(weightings) {
        *scale = f64::from(weighting.weight) / scale.sqrt();
    }
    for (column, value) in row {
        let family = (*column >> COLUMN_BITS) as usize;
        *column &= COLUMN;
        *value = (f64::from(*value) * scales[family]) as f32;
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

    #[test]
    fn what_is_unknown_takes_its_share_of_the_length_and_what_is_left_out_none() {
        let (mut seen, mut bag) = (Bag::default(), Bag::default());
        for (family, key) in [(0, 1), (0, 2), (1, 3)] {
            seen.add(family, key);
        }
        for (family, key) in [(0, 1), (0, 9), (1, 3), (31, 2)] {
            bag.add(family, key);
        }
        seen.seal();
        bag.seal();
        let vocabulary = Vocabulary::learn([&seen], 1, |_| true);
        let weighting = |weight| Weighting {
            name: String::new(),
            weight,
            binary: false,
        };
        let mut row = vec![(7, 7.0)];
        // Family 0 has key 1, of idf 1, and an unknown key, of idf 6.99: of length 7.0612 they have 1 / 7.0612 * 0.7 =
        // 0.0991 and a part without column. Family 1 has no weight, and for family 31 there is no weighting.
        vectorize(
            &bag,
            &vocabulary,
            &[weighting(0.7), weighting(0.0)],
            &mut row,
        );
        assert_eq!(row.len(), 1);
        assert_eq!(row[0].0, 0);
        assert!((row[0].1 - 0.0991).abs() < 1e-4, "{:?}", row[0]);
        let mut many = vec![weighting(0.0); 31];
        many.push(weighting(0.5));
        vectorize(&bag, &vocabulary, &many, &mut row);
        assert_eq!(row, [(1, 0.5)]);
        vectorize(&Bag::default(), &vocabulary, &many, &mut row);
        assert_eq!(row, []);
    }
}
