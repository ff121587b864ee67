//! Which characters may stand together: a small table for what is far away in a large one.

/// A set of pairs and triples of characters, each by one bit, which some share: one in thirty that was never added is not told from those
/// that were.
pub(crate) struct Filter {
    bits: Box<[u64; 1 << (BITS - 6)]>,
}

/// How many bits a filter has, as a power of two.
const BITS: u32 = 20;

/// The first bits of a number times a large odd one (Fibonacci hashing): what is hashed here are small numbers, none of them chosen by
/// an adversary.
#[inline]
pub(crate) fn hash(number: u64, bits: u32) -> usize {
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits)) as usize
}

#[inline]
fn pair(one: u64, other: u64) -> usize {
    hash(one << 21 | other, BITS)
}

#[inline]
fn triple(one: u64, other: u64, last: u64) -> usize {
    hash(one << 42 | other << 21 | last, BITS)
}

impl Default for Filter {
    fn default() -> Filter {
        Filter { bits: Box::new([0; _]) }
    }
}

impl Filter {
    fn set(&mut self, at: usize) {
        self.bits[at / 64] |= 1 << (at % 64);
    }

    #[inline]
    fn has(&self, at: usize) -> bool {
        self.bits[at / 64] & 1 << (at % 64) != 0
    }

    /// Adds two characters.
    pub(crate) fn add(&mut self, one: char, other: char) {
        self.set(pair(one.into(), other.into()));
    }

    /// Adds three characters.
    pub(crate) fn add_three(&mut self, one: char, other: char, last: char) {
        self.set(triple(one.into(), other.into(), last.into()));
    }

    /// Whether two characters may have been added.
    #[inline]
    pub(crate) fn may_have(&self, one: char, other: char) -> bool {
        self.has(pair(one.into(), other.into()))
    }

    /// Whether two characters may have been added, or together with the one behind them. Both are asked in any case, for the answer is
    /// hardly ever yes: a processor that guesses so need not wait for either.
    #[inline]
    pub(crate) fn may_have_some<C: Into<u64>>(&self, one: C, other: C, last: C) -> bool {
        let (one, other, last) = (one.into(), other.into(), last.into());
        self.has(pair(one, other)) | self.has(triple(one, other, last))
    }
}
