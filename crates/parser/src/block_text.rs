//! One pass over the text of a block: its words, and the text by which it is hashed.
//!
//! Every essay's every character comes through here, so the pass goes over 64 bytes at a time (see [`crate::bytes`]): Han characters and
//! words of ASCII letters are counted by the bits of masks, and only what is neither, or what the hash does not see, is looked at by
//! itself. What is written in other scripts takes the slower way, in [`words::count`] and [`block_hash::normalise`], which say the
//! rules in full.

use fearless_simd::{Level, dispatch, prelude::*};
use fika_model::Words;

use crate::bytes::{self, CHUNK, Chunk};
use crate::chars::{is_han_or_kana, is_solid};
use crate::{block_hash, words};

/// Reads the texts of blocks, one after another, into the same memory.
#[derive(Default)]
pub(crate) struct Reader {
    /// The places that are due a closer look.
    places: Vec<u32>,
    /// The text as it is hashed, where that is not the text itself.
    out: String,
}

impl Reader {
    /// The words of a block's text, and the text as [`block_hash::hash`] takes it.
    pub(crate) fn read<'t>(&'t mut self, text: &'t str) -> (Words, &'t str) {
        let text = text.trim();
        self.places.clear();
        self.out.clear();
        let (places, level) = (&mut self.places, Level::new());
        let words = dispatch!(level, simd => look(simd, text.as_bytes(), places));
        let mut pass = Pass { text, words, out: &mut self.out, copied: 0, done: 0 };
        match self.places.iter().try_for_each(|&at| pass.place(at as usize)) {
            Some(()) if pass.copied == 0 => (pass.words, text),
            Some(()) => {
                let (words, copied) = (pass.words, pass.copied);
                self.out.push_str(&text[copied..]);
                (words, &self.out)
            }
            None => {
                self.out = block_hash::normalise(text);
                (words::count(text), &self.out)
            }
        }
    }
}

/// Counts the words, as far as the bytes alone tell, and notes the places that need a closer look: white space that is not one space
/// between two ASCII characters, hyphens behind others, and characters that are neither ASCII nor begin like Han (U+4000 to U+9FFF is Han
/// throughout, but for 64 hexagrams).
#[inline(always)]
fn look<S: Simd>(simd: S, text: &[u8], places: &mut Vec<u32>) -> Words {
    let mut words = Words::default();
    // What the last bytes before the chunk are.
    let (mut letters, mut joints, mut dashes) = (0, 0, 0);
    let mut at = 0;
    while at < text.len() {
        let chunk = Chunk::load(simd, text, at);
        let wide = chunk.at_least(0x80);
        let han = chunk.within(0xE4, 0xE9);
        words.han += han.count_ones();
        let mut odd = chunk.at_least(0xC2) & !han;
        if wide == u64::MAX {
            (letters, joints, dashes) = (0, 0, 1);
        } else {
            let letter = chunk.names();
            let joint = chunk.is_any([b'-', b'.', b'\'']);
            let (one, two) = (letter << 1 | letters >> 1, letter << 2 | letters);
            words.latin += (letter & !(one | (joint << 1 | joints) & two)).count_ones();
            (letters, joints) = (letter >> 62, joint >> 63);
            odd |= joint & ((joint | wide) << 1 | dashes);
            let (space, other) = (chunk.is(b' '), chunk.within(b'\t', b'\r'));
            let next = text.get(at + CHUNK).is_some_and(|&byte| byte >= 0x80 || byte.is_ascii_whitespace());
            let near = wide << 1 | dashes | (wide | space | other) >> 1 | u64::from(next) << 63;
            odd |= other | space & near;
            // It does no harm to look at a space behind a hyphen.
            dashes = (joint | wide) >> 63;
        }
        bytes::each(odd, |bit| places.push(at as u32 + bit));
        at += CHUNK;
    }
    words
}

struct Pass<'a> {
    text: &'a str,
    words: Words,
    /// The text as it is hashed, up to `copied` of the text.
    out: &'a mut String,
    copied: usize,
    /// Up to where the text has been looked at.
    done: usize,
}

impl Pass<'_> {
    /// Looks at a place; `None` if the text takes the slower way.
    fn place(&mut self, at: usize) -> Option<()> {
        if at >= self.done {
            self.done = match &self.text.as_bytes()[at..] {
                // Nearly all of it is punctuation: `、。`, brackets; `！`, `，`, `：`, `？` and their neighbours.
                [0xE3, 0x80, 0x81..=0x82 | 0x88..=0x91, ..] | [0xEF, 0xBC, 0x81..=0x8F | 0x9A..=0xA0, ..] => {
                    at + 3
                }
                [b'-', ..] => self.hyphen(at, 1),
                [b'.' | b'\'', ..] => at + 1,
                [0..0x80, ..] => self.space(at),
                _ => self.wide(at)?,
            };
        }
        Some(())
    }

    /// White space: one space, and none beside a character of Chinese or Japanese text.
    fn space(&mut self, at: usize) -> usize {
        let rest = self.text[at..].trim_start();
        let end = self.text.len() - rest.len();
        let solid = |c: Option<char>| c.is_some_and(is_solid);
        let none = solid(self.text[..at].chars().next_back()) || solid(rest.chars().next());
        let with = if none { "" } else { " " };
        if &self.text[at..end] != with {
            self.replace(at, end, with);
        }
        end
    }

    /// A hyphen or dash; none behind another.
    fn hyphen(&mut self, at: usize, length: usize) -> usize {
        let before = &self.text.as_bytes()[..at];
        if matches!(before, [.., b'-'] | [.., 0xE2, 0x80, 0x90..=0x95]) {
            self.replace(at, at + length, "");
        } else if length > 1 {
            self.replace(at, at + length, "-");
        }
        at + length
    }

    /// A character that is not ASCII.
    fn wide(&mut self, at: usize) -> Option<usize> {
        // A letter that has to be composed, or may have to be: all of U+00A0 to U+00BF stay what they are.
        if matches!(self.text.as_bytes()[at], 0xC3..=0xE1) {
            return None;
        }
        let c = self.text[at..].chars().next()?;
        let end = at + c.len_utf8();
        match c {
            '“' | '”' | '„' | '‟' => self.replace(at, end, "\""),
            '‘' | '‚' | '‛' => self.replace(at, end, "'"),
            '’' => {
                self.apostrophe(at, end);
                self.replace(at, end, "'");
            }
            '\u{2010}'..='\u{2015}' => return Some(self.hyphen(at, end - at)),
            '…' => self.replace(at, end, "..."),
            c if c.is_whitespace() => return Some(self.space(at)),
            // Marks of voice, which compose with kana; characters that are another by their nature.
            '\u{3099}' | '\u{309A}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => return None,
            c if is_han_or_kana(c) => self.words.han += 1,
            // It may go on with a word of ASCII letters, or they with it.
            c if words::is_letter(c) => return None,
            _ => {}
        }
        Some(end)
    }

    /// An apostrophe holds two letters together, which were counted as two words.
    fn apostrophe(&mut self, at: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let is_letter =
            |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        if is_letter(bytes[..at].last()) && is_letter(bytes.get(end)) {
            self.words.latin -= 1;
        }
    }

    /// Puts something else in the place of a part of the text.
    fn replace(&mut self, start: usize, end: usize, with: &str) {
        if self.copied == 0 {
            self.out.reserve(self.text.len());
        }
        self.out.push_str(&self.text[self.copied..start]);
        self.out.push_str(with);
        self.copied = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PIECES: &[&str] = &[
        "well-known words, it's",
        "snake_case ",
        "中",
        "文字",
        "，",
        "。",
        "“",
        "”",
        "’",
        "‘",
        "—",
        "——",
        "…",
        "·",
        "-",
        "--",
        "–",
        " ",
        "  ",
        "\n",
        "\u{3000}",
        "\u{A0}",
        "a",
        "Bc",
        "9",
        "_",
        ".",
        "'",
        "é",
        "e\u{301}",
        "Ж",
        "한",
        "カ",
        "カ\u{3099}",
        "Ａ",
        "①",
        "𠮷",
        "😀",
        "(",
        "々",
        "豈",
    ];

    proptest! {
        #[test]
        fn the_quick_way_and_the_slow_way_agree(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
            let text = pieces.concat();
            let mut reader = Reader::default();
            let (words, plain) = reader.read(&text);
            prop_assert_eq!(words, words::count(text.trim()), "{:?}", text);
            prop_assert_eq!(plain, block_hash::normalise(text.trim()), "{:?}", text);
        }
    }
}
