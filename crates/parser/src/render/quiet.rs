//! Where text is nothing but text: nothing to escape, no mark, nothing that typography is concerned with. Nearly all text is so, and one look
//! at the whole beforehand is far cheaper than one at each piece.

use std::ops::Range;

use fearless_simd::{Level, dispatch, prelude::*};

use crate::bytes::{self, CHUNK, Chunk};

/// The places of a text that need care, and which of them is next.
pub(super) struct Quiet {
    places: Vec<u32>,
    index: usize,
    next: usize,
    /// Whether there may be two `＊`.
    pub(super) stars: bool,
}

impl Quiet {
    /// Looks at a text; `typography` tells whether what [`super::typography`] sets needs care.
    pub(super) fn new(text: &str, typography: bool) -> Quiet {
        let mut places = Vec::with_capacity(text.len() / 64);
        let level = Level::new();
        let stars = dispatch!(level, simd => look(simd, text.as_bytes(), typography, &mut places));
        let next = places.first().map_or(usize::MAX, |&place| place as usize);
        Quiet { places, index: 0, next, stars }
    }

    /// Whether a part of the text needs no care. Parts are asked about in order.
    #[inline]
    pub(super) fn is_quiet(&mut self, range: &Range<usize>) -> bool {
        while self.next < range.start {
            self.index += 1;
            self.next = self.places.get(self.index).map_or(usize::MAX, |&place| place as usize);
        }
        range.end <= self.next
    }
}

/// Notes the places that need care. Whether there is a `＊`.
#[inline(always)]
fn look<S: Simd>(simd: S, text: &[u8], typography: bool, places: &mut Vec<u32>) -> bool {
    // What goes over the end of a chunk is taken for the worst.
    const OVER: u64 = 3 << 62;
    let (mut stars, mut at) = (0, 0);
    while at < text.len() {
        let chunk = Chunk::load(simd, text, at);
        let mut odd = chunk.is_any([b'&', b'<', b'>', 0xF0]);
        let wide = chunk.at_least(0x80);
        if wide != 0 {
            // A mark (U+FDD0); `～`, `／`.
            let full = chunk.is(0xEF);
            let half = full & chunk.is(0xBC) >> 1;
            let third = half & (chunk.is(0x8F) >> 2);
            stars |= half & (chunk.is(0x8A) >> 2);
            odd |= full & (chunk.is_any([0xB7, 0xBD]) >> 1 | third | OVER);
        }
        if typography {
            let space = chunk.is(b' ');
            if space != 0 {
                // `a b`, `3 km`; `第 3`.
                let graphic = chunk.within(0x21, 0x7E) << 1 | 1;
                let digit = chunk.within(b'0', b'9') >> 1 | 1 << 63;
                let word = (chunk.letters() | chunk.is(b'%')) >> 1 | 1 << 63;
                odd |= space & (graphic & word | (chunk.is(0xAC) << 1 | 1) & digit);
            }
            if wide != 0 {
                // `·`; `’`.
                odd |= chunk.is(0xC2) | chunk.is(0xE2) & (chunk.is(0x99) >> 2 | OVER);
            }
        }
        bytes::each(odd, |bit| places.push(at as u32 + bit));
        at += CHUNK;
    }
    stars != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_care_is_found_wherever_it_stands() {
        for (piece, chinese, english) in [
            ("字第3章", true, true),
            ("a&b", false, false),
            ("<", false, false),
            ("一\u{FDD0}", false, false),
            ("\u{1BC9F}", false, false),
            ("a b", false, true),
            ("3 km", false, true),
            ("第 3", false, true),
            ("卡尔·马", false, true),
            ("1～2", false, false),
            ("中／英", false, false),
            ("it’s", false, true),
        ] {
            for before in 0..200 {
                let text = format!("{}{piece}{}", ".".repeat(before), "字，“好”".repeat(50));
                let place = before..before + piece.len();
                assert_eq!(Quiet::new(&text, true).is_quiet(&place), chinese, "{text}");
                assert_eq!(Quiet::new(&text, false).is_quiet(&place), english, "{text}");
                assert!(Quiet::new(&text, true).is_quiet(&(0..before)), "{text}");
            }
        }
    }
}
