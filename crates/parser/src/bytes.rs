//! Bytes, 64 at a time: which of them are what, as the bits of a mask.
//!
//! The loops that go over every byte of an essay stand on this. It is safe code: the library chooses among the instruction sets that the
//! machine has ([`fearless_simd::dispatch`]).

use fearless_simd::{mask8x64, prelude::*, u8x64};

/// How many bytes are looked at together.
pub(crate) const CHUNK: usize = 64;

/// As many bytes of a text.
#[derive(Clone, Copy)]
pub(crate) struct Chunk<S: Simd>(u8x64<S>);

impl<S: Simd> Chunk<S> {
    /// The bytes from a place on; behind the end there are zeroes.
    #[inline(always)]
    pub(crate) fn load(simd: S, bytes: &[u8], at: usize) -> Chunk<S> {
        match bytes[at..].first_chunk::<CHUNK>() {
            Some(whole) => Chunk(u8x64::from_slice(simd, whole)),
            None => {
                let mut part = [0; CHUNK];
                part[..bytes.len() - at].copy_from_slice(&bytes[at..]);
                Chunk(u8x64::from_slice(simd, &part))
            }
        }
    }

    /// Where a byte stands.
    #[inline(always)]
    pub(crate) fn is(self, byte: u8) -> u64 {
        self.0.simd_eq(byte).to_bitmask()
    }

    /// Where one of some bytes stands.
    #[inline(always)]
    pub(crate) fn is_any<const N: usize>(self, bytes: [u8; N]) -> u64 {
        let mut found = self.0.simd_eq(bytes[0]);
        for &byte in &bytes[1..] {
            found |= self.0.simd_eq(byte);
        }
        found.to_bitmask()
    }

    /// Where there are bytes from one to another.
    #[inline(always)]
    pub(crate) fn within(self, first: u8, last: u8) -> u64 {
        (self.0 - first).simd_le(last - first).to_bitmask()
    }

    /// Where there are bytes of a value and above.
    #[inline(always)]
    pub(crate) fn at_least(self, byte: u8) -> u64 {
        self.0.simd_ge(byte).to_bitmask()
    }

    /// Where there are ASCII letters and digits.
    #[inline(always)]
    pub(crate) fn letters(self) -> u64 {
        let letter = ((self.0 | 0x20) - b'a').simd_le(25);
        let digit = (self.0 - b'0').simd_le(9);
        (letter | digit).to_bitmask()
    }

    /// Where there are letters of names: ASCII letters, digits and `_`.
    #[inline(always)]
    pub(crate) fn names(self) -> u64 {
        let letter = ((self.0 | 0x20) - b'a').simd_le(25);
        let digit = (self.0 - b'0').simd_le(9);
        (letter | digit | self.0.simd_eq(b'_')).to_bitmask()
    }

    /// Control characters of ASCII that may not stand in a text, and first bytes of those beyond.
    #[inline(always)]
    pub(crate) fn controls(self) -> mask8x64<S> {
        let space = self.0.simd_eq(b'\n') | self.0.simd_eq(b'\t') | self.0.simd_eq(b'\r');
        self.0.simd_le(0x1F) & !space | self.0.simd_eq(0x7F) | self.0.simd_eq(0xC2)
    }
}

/// Where one thing stands before another; at the end of a chunk it may.
#[inline(always)]
pub(crate) fn before(one: u64, other: u64) -> u64 {
    one & (other >> 1 | 1 << 63)
}

/// Does something with the number of each bit of a mask, from the lowest.
#[inline(always)]
pub(crate) fn each(mut mask: u64, mut act: impl FnMut(u32)) {
    while mask != 0 {
        act(mask.trailing_zeros());
        mask &= mask - 1;
    }
}
