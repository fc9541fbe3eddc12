//! The hash that turns a feature's parts into a key. It is fixed for ever: keys stand in model files.

/// Finalizer of `MurmurHash3` (Appleby 2011), which spreads every input bit over the whole word.
const fn mix(mut h: u64) -> u64 {
    h ^= h >> 33;
    h = h.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    h ^= h >> 33;
    h = h.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    h ^ (h >> 33)
}

/// Hash of a word's bytes (FNV-1a, Fowler, Noll, Vo 1991, 64 bits, then mixed).
pub const fn word(bytes: &[u8]) -> u64 {
    let mut h: u64 = 0xCBF2_9CE4_8422_2325;
    let mut at = 0;
    while at < bytes.len() {
        h = (h ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01B3);
        at += 1;
    }
    mix(h)
}

/// Key of a feature that begins with `head`, for example the word hash of its family's name.
pub const fn join(head: u64, part: u64) -> u64 {
    mix(head.rotate_left(23) ^ part.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_number_of_parts_matter() {
        let (a, b) = (word(b"reject"), word(b"truce"));
        assert_ne!(join(a, b), join(b, a));
        assert_ne!(join(join(a, b), b), join(a, b));
    }
}
