//! Marks by number, so that rules ask which mark a token is without reading its bytes: a mark of ASCII has the number of its
//! byte, those beyond ASCII that rules know have one above 127. It does not say what marks mean.

/// No mark: a word or a number.
pub const NONE: u8 = 0;
/// Two dots, or more than three.
pub const DOTS: u8 = 1;
/// Three dots, or the one sign for them.
pub const ELLIPSIS: u8 = 128;
/// `“`
pub const OPENING: u8 = 129;
/// `”`
pub const CLOSING: u8 = 130;
/// `‘`
pub const OPENING_SINGLE: u8 = 131;
/// `’`
pub const CLOSING_SINGLE: u8 = 132;
/// `«`
pub const OPENING_GUILLEMET: u8 = 133;
/// `»`
pub const CLOSING_GUILLEMET: u8 = 134;
/// `„`
pub const LOW: u8 = 135;
/// `＂`
pub const WIDE: u8 = 136;
/// `—`
pub const EM_DASH: u8 = 137;
/// `–`
pub const EN_DASH: u8 = 138;
/// A mark beyond ASCII that no rule knows.
pub const OTHER: u8 = 255;

/// Numbers that several marks have, or none.
pub(super) const SHARED: Marks = Marks::of(&[NONE, DOTS, ELLIPSIS, OTHER]);

/// Number of the mark `c`.
pub(super) const fn of(c: char) -> u8 {
    match c {
        '\u{2026}' => ELLIPSIS,
        '\u{201C}' => OPENING,
        '\u{201D}' => CLOSING,
        '\u{2018}' => OPENING_SINGLE,
        '\u{2019}' => CLOSING_SINGLE,
        '\u{AB}' => OPENING_GUILLEMET,
        '\u{BB}' => CLOSING_GUILLEMET,
        '\u{201E}' => LOW,
        '\u{FF02}' => WIDE,
        '\u{2014}' => EM_DASH,
        '\u{2013}' => EN_DASH,
        c if c.is_ascii() => c as u8,
        _ => OTHER,
    }
}

/// A set of marks by number.
#[derive(Clone, Copy, Debug)]
pub struct Marks([u64; 4]);

impl Marks {
    /// The set of `marks`.
    pub const fn of(marks: &[u8]) -> Self {
        Self([0; 4]).and(marks)
    }

    /// This set with `marks` besides.
    #[must_use]
    pub const fn and(&self, marks: &[u8]) -> Self {
        let mut bits = self.0;
        let mut at = 0;
        while at < marks.len() {
            bits[marks[at] as usize / 64] |= 1 << (marks[at] % 64);
            at += 1;
        }
        Self(bits)
    }

    /// Whether the mark of number `glyph` is one of them.
    pub const fn has(&self, glyph: u8) -> bool {
        self.0[glyph as usize / 64] >> (glyph % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_its_marks_alone() {
        let set = Marks::of(b".!");
        assert!(set.has(b'.') && set.has(b'!'));
        assert!(!set.has(b',') && !set.has(NONE) && !set.has(OTHER));
        assert!(Marks::of(&[OTHER, EM_DASH]).has(of('\u{2014}')));
    }
}
