//! Keys of features that begin with a word class, made once for every class. It makes no features.

use crate::features::key;
use crate::features::lexicon::Lexicon;

/// Places beside a class whose stems are looked at, in words: the numbers in keys are twice the distance, and one more
/// behind it.
pub(super) const NEAR: [isize; 4] = [-2, -1, 1, 2];

/// Keys by number of class.
pub(super) struct ClassKeys {
    /// Hash of its name.
    pub(super) name: Vec<u64>,
    /// Key of the class not negated, and negated.
    pub(super) alone: Vec<[u64; 2]>,
    /// Beginning of its keys with a stem at each place of [`NEAR`].
    pub(super) near: Vec<[u64; NEAR.len()]>,
    /// Beginning of its frames.
    pub(super) frame: Vec<u64>,
}

impl ClassKeys {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let name: Vec<u64> = (0..lexicon.len())
            .map(|class| key::word(lexicon.name(class).as_bytes()))
            .collect();
        let (plain, negated) = (key::word(b"class"), key::word(b"not class"));
        let (near, frame) = (key::word(b"class-stem"), key::word(b"frame"));
        let place = |shift: isize| shift.unsigned_abs() as u64 * 2 + u64::from(shift > 0);
        Self {
            alone: name
                .iter()
                .map(|&class| [plain, negated].map(|head| key::join(head, class)))
                .collect(),
            near: name
                .iter()
                .map(|&class| NEAR.map(|shift| key::join(key::join(near, class), place(shift))))
                .collect(),
            frame: name.iter().map(|&class| key::join(frame, class)).collect(),
            name,
        }
    }
}
