//! One pass over the text of a block: its words, and the text by which it is hashed.
//!
//! Every essay's every character comes through here, so the pass goes over bytes: a run of common Han or of ASCII letters is a small
//! loop, and text is copied only around what the hash does not see. What is written in other scripts takes the slower way, in
//! [`words::count`] and [`block_hash::normalise`], which say the rules in full.

use std::borrow::Cow;

use fika_model::Words;

use crate::chars::{is_han_or_kana, is_solid};
use crate::{block_hash, words};

/// What the bytes of a text are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// An ASCII letter, digit or `_`.
    Letter,
    /// ASCII white space.
    Space,
    /// `-`
    Hyphen,
    /// `'` and `.`, which hold two letters together.
    Joint,
    /// Any other ASCII character.
    Plain,
    /// The first byte of U+4000 to U+9FFF: Han throughout, but for 64 hexagrams.
    Han,
    /// The first byte of another character of general punctuation, Chinese punctuation, kana, full-width forms …
    Wide,
    /// The first byte of a character that may have to be composed with the next.
    Foreign,
}

const CLASS: [Class; 256] = {
    let mut class = [Class::Wide; 256];
    let mut byte = 0;
    while byte < 256 {
        class[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' => Class::Letter,
            b'\t'..=b'\r' | b' ' => Class::Space,
            b'-' => Class::Hyphen,
            b'\'' | b'.' => Class::Joint,
            0..0x80 => Class::Plain,
            0xE4..=0xE9 => Class::Han,
            // All of U+00A0 to U+00BF stay what they are.
            0xC3..=0xE1 => Class::Foreign,
            _ => Class::Wide,
        };
        byte += 1;
    }
    class
};

/// The words of a block's text, and the text as [`block_hash::hash`] takes it.
pub(crate) fn read(text: &str) -> (Words, Cow<'_, str>) {
    let text = text.trim();
    let mut pass = Pass {
        text,
        words: Words::default(),
        inside: false,
        joined: false,
        out: String::new(),
        copied: 0,
        dash: usize::MAX,
    };
    match pass.run() {
        Some(()) => pass.finish(),
        None => (words::count(text), block_hash::normalise(text).into()),
    }
}

struct Pass<'a> {
    text: &'a str,
    words: Words,
    /// Whether the character before is of a word, and whether one is before it and it holds words together.
    inside: bool,
    joined: bool,
    /// The text as it is hashed, up to `copied` of the text.
    out: String,
    copied: usize,
    /// The place behind the last hyphen.
    dash: usize,
}

impl<'a> Pass<'a> {
    /// Goes over the text; `None` if it takes the slower way.
    fn run(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        // Up to where a look at a whole chunk was in vain.
        let (mut at, mut looked) = (0, BEFORE);
        while let Some(&byte) = bytes.get(at) {
            if at >= looked {
                looked = at + CHUNK;
                if let Some(starts) = ascii(&bytes[at - BEFORE..]) {
                    self.words.latin += starts;
                    // A space or hyphen at the end is looked at together with what follows.
                    at += CHUNK - usize::from(matches!(bytes[at + CHUNK - 1], b' ' | b'-'));
                    looked = at;
                    let last = |back: usize| CLASS[usize::from(bytes[at - back])];
                    self.inside = last(1) == Class::Letter;
                    self.joined = last(1) == Class::Joint && last(2) == Class::Letter;
                    continue;
                }
            }
            let class = CLASS[usize::from(byte)];
            let goes_on = self.inside || self.joined;
            self.joined = self.inside && matches!(class, Class::Joint | Class::Hyphen);
            let inside = std::mem::replace(&mut self.inside, class == Class::Letter);
            at = match class {
                Class::Letter => {
                    self.words.latin += u32::from(!goes_on);
                    at + run(&bytes[at..], Class::Letter, 1)
                }
                Class::Han => {
                    let length = run(&bytes[at..], Class::Han, 3);
                    self.words.han += (length / 3) as u32;
                    at + length
                }
                Class::Space => self.space(at),
                Class::Hyphen => self.hyphen(at, 1),
                Class::Wide => self.wide(at, inside, goes_on)?,
                Class::Foreign => return None,
                Class::Joint | Class::Plain => at + 1,
            };
        }
        Some(())
    }

    /// White space: one space, and none beside a character of Chinese or Japanese text.
    fn space(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let (before, after) = (bytes[at - 1], bytes.get(at + 1).copied().unwrap_or_default());
        if bytes[at] == b' ' && before < 0x80 && after < 0x80 && CLASS[usize::from(after)] != Class::Space {
            return at + 1;
        }
        let rest = self.text[at..].trim_start();
        let end = self.text.len() - rest.len();
        let solid = |c: Option<char>| c.is_some_and(is_solid);
        let none = solid(self.text[..at].chars().next_back()) || solid(rest.chars().next());
        self.replace(at, end, if none { "" } else { " " });
        end
    }

    /// A hyphen or dash; none behind another.
    fn hyphen(&mut self, at: usize, length: usize) -> usize {
        if self.dash == at {
            self.replace(at, at + length, "");
        } else if length > 1 {
            self.replace(at, at + length, "-");
        }
        self.dash = at + length;
        self.dash
    }

    /// A character that is not ASCII: whether a letter is before it, and whether as a letter it would go on with a word.
    fn wide(&mut self, at: usize, inside: bool, goes_on: bool) -> Option<usize> {
        let c = self.text[at..].chars().next()?;
        let end = at + c.len_utf8();
        match c {
            '，' | '。' | '、' | '：' | '；' | '！' | '？' | '「' | '」' | '《' | '》' | '（' | '）'
            | '·' => {}
            '“' | '”' | '„' | '‟' => self.replace(at, end, "\""),
            '‘' | '‚' | '‛' => self.replace(at, end, "'"),
            '’' => {
                self.joined = inside;
                self.replace(at, end, "'");
            }
            '\u{2010}'..='\u{2015}' => return Some(self.hyphen(at, end - at)),
            '…' => self.replace(at, end, "..."),
            c if c.is_whitespace() => return Some(self.space(at)),
            // Marks of voice, which compose with kana; characters that are another by their nature.
            '\u{3099}' | '\u{309A}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => return None,
            c if is_han_or_kana(c) => self.words.han += 1,
            c if words::is_letter(c) => {
                self.words.latin += u32::from(!goes_on);
                self.inside = true;
            }
            _ => {}
        }
        Some(end)
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

    fn finish(mut self) -> (Words, Cow<'a, str>) {
        if self.copied == 0 {
            return (self.words, self.text.into());
        }
        self.out.push_str(&self.text[self.copied..]);
        (self.words, self.out.into())
    }
}

/// Bytes that are looked at together, and how far they look back. Every loop over them has a fixed length and no branch, so
/// that the compiler makes vectors of it.
const CHUNK: usize = 32;
const BEFORE: usize = 2;

/// How many words begin in a chunk of ASCII, which stands behind the last bytes of the one before. `None` if there is anything in
/// it that a closer look is due to.
fn ascii(bytes: &[u8]) -> Option<u32> {
    let window: &[u8; BEFORE + CHUNK] = bytes.first_chunk()?;
    if window.iter().fold(0, |all, byte| all | byte) >= 0x80 {
        return None;
    }
    let mut word = [0; BEFORE + CHUNK];
    for (word, &byte) in word.iter_mut().zip(window) {
        *word = u8::from((byte | 0x20).wrapping_sub(b'a') < 26)
            | u8::from(byte.wrapping_sub(b'0') < 10)
            | u8::from(byte == b'_');
    }
    let (mut starts, mut odd) = (0_u8, 0_u8);
    for at in 0..CHUNK {
        let (before, byte) = (window[at + 1], window[at + 2]);
        let joint = u8::from(before == b'\'') | u8::from(before == b'-') | u8::from(before == b'.');
        starts += word[at + 2] & !(word[at + 1] | joint & word[at]);
        odd |= u8::from(byte.wrapping_sub(b'\t') < 5)
            | u8::from(byte == b' ') & u8::from(before == b' ')
            | u8::from(byte == b'-') & u8::from(before == b'-');
    }
    (odd == 0).then_some(u32::from(starts))
}

/// How many bytes at the beginning belong to characters of a class and of a width.
#[inline]
fn run(bytes: &[u8], class: Class, width: usize) -> usize {
    let mut at = 0;
    while bytes.get(at).is_some_and(|&byte| CLASS[usize::from(byte)] == class) {
        at += width;
    }
    at.min(bytes.len())
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
            let (words, plain) = read(&text);
            prop_assert_eq!(words, words::count(text.trim()), "{:?}", text);
            prop_assert_eq!(&*plain, block_hash::normalise(text.trim()), "{:?}", text);
        }
    }
}
