//! Words counted by script.

use std::borrow::Cow;

use fika_model::Words;

use crate::chars::is_han_or_kana;

/// Bytes that are looked at together. Every loop over them has a fixed length and no branch, so that the compiler
/// makes vectors of it; sums of flags fit into a byte.
const CHUNK: usize = 128;
/// How far such a loop looks back.
const BEFORE: usize = 4;

/// What one pass over the bytes of a text tells.
#[derive(Default)]
struct Scan {
    han: u32,
    /// Runs of ASCII letters and digits.
    runs: u32,
    /// Whether there is anything but ASCII, common Han and their punctuation.
    other: bool,
    /// Whether there is white space that is not one space.
    ragged: bool,
}

impl Scan {
    fn new(bytes: &[u8]) -> Scan {
        let mut scan = Scan::default();
        let mut window = [0; CHUNK + BEFORE];
        for chunk in bytes.chunks(CHUNK) {
            window.copy_within(CHUNK.., 0);
            window[BEFORE..].fill(0);
            window[BEFORE..BEFORE + chunk.len()].copy_from_slice(chunk);
            scan.add(&window);
        }
        scan
    }

    /// Adds a chunk, which stands behind the last bytes of the one before.
    fn add(&mut self, window: &[u8; CHUNK + BEFORE]) {
        let mut word = [0; CHUNK + BEFORE];
        for (word, &byte) in word.iter_mut().zip(window) {
            *word = u8::from((byte | 0x20).wrapping_sub(b'a') < 26)
                | u8::from(byte.wrapping_sub(b'0') < 10)
                | u8::from(byte == b'_');
        }
        let (mut han, mut runs, mut other, mut ragged) = (0_u8, 0_u8, 0_u8, 0_u8);
        for at in 0..CHUNK {
            let (fourth, third, second, first) =
                (window[at + 1], window[at + 2], window[at + 3], window[at + 4]);
            // U+4000 to U+9FFF: Han throughout, but for 64 hexagrams.
            han += u8::from(first.wrapping_sub(0xE4) < 6);
            // A joint holds two letters together: one byte, or the three of an apostrophe.
            let joint = u8::from(second == b'\'') | u8::from(second == b'-') | u8::from(second == b'.');
            let apostrophe = u8::from(second == 0x99) & u8::from(third == 0x80) & u8::from(fourth == 0xE2);
            let joined = joint & word[at + 2] | apostrophe & word[at];
            runs += word[at + 4] & !word[at + 3] & !joined & 1;
            // Other scripts; U+2040 and on, kana, rare Han; the few Han of U+3000, letters of U+FF00.
            other |= u8::from(first.wrapping_sub(0xC2) < 0x20)
                | u8::from(first.wrapping_sub(0xEA) < 5)
                | u8::from(first > 0xEF);
            other |= (u8::from(second == 0xE2) | u8::from(second == 0xE3)) & u8::from(first != 0x80);
            other |= u8::from(second == 0xEF) & u8::from(first != 0xBC);
            other |=
                u8::from(third == 0xE3) & (u8::from(first.wrapping_sub(0x85) < 3) | u8::from(first > 0xA0));
            other |= u8::from(third == 0xEF)
                & (u8::from(first.wrapping_sub(0x90) < 10) | u8::from(first.wrapping_sub(0xA1) < 26));
            ragged |=
                u8::from(first.wrapping_sub(9) < 5) | u8::from(first == b' ') & u8::from(second == b' ');
        }
        self.han += u32::from(han);
        self.runs += u32::from(runs);
        self.other |= other != 0;
        self.ragged |= ragged != 0;
    }
}

/// The words of a text: every Han or kana character is a word, and so is every run of letters and digits
/// of another script; `'`, `’`, `-` and `.` hold a word together.
pub(crate) fn read(text: &str) -> Words {
    let text = text.trim();
    let scan = Scan::new(text.as_bytes());
    // Nearly every text is counted by bytes, without decoding it.
    if scan.other { count_characters(text) } else { Words { han: scan.han, latin: scan.runs } }
}

/// White space at the ends cut off, and every run of it one space.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if Scan::new(text.as_bytes()).ragged { join(text).into() } else { text.into() }
}

fn join(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The same by characters, for every script.
fn count_characters(text: &str) -> Words {
    let mut words = Words::default();
    // Whether the character before is of a word, and whether one is before it and it is a joint.
    let (mut inside, mut joined) = (false, false);
    for c in text.chars() {
        let word = match c {
            '\0'..='\x7F' => c.is_ascii_alphanumeric() || c == '_',
            _ if is_han_or_kana(c) => {
                words.han += 1;
                false
            }
            _ => is_letter(c),
        };
        words.latin += u32::from(word && !inside && !joined);
        joined = inside && matches!(c, '\'' | '’' | '-' | '.');
        inside = word;
    }
    words
}

/// A letter or digit. For the most written scripts, and for the punctuation that Chinese text is full of, it needs no
/// look into Unicode's tables.
pub(crate) fn is_letter(c: char) -> bool {
    match c as u32 {
        0..0x80 => c.is_ascii_alphanumeric(),
        0x2000..=0x206F | 0x3000..=0x3004 | 0x3008..=0x3020 | 0xFF00..=0xFF0F | 0xFF1A..=0xFF20 => false,
        0xC0..=0xD6
        | 0xD8..=0xF6
        | 0xF8..=0x24F
        | 0x400..=0x481
        | 0x48A..=0x52F
        | 0x620..=0x657
        | 0xAC00..=0xD7A3 => true,
        0x4E00..=0x9FFF | 0x1F000..=0x1FAFF => false,
        _ => c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_truth_table() {
        for (text, han, latin) in [
            ("", 0, 0),
            ("你好，世界！", 4, 0),
            ("Hello, world!", 0, 2),
            ("用 Rust 写 3.14 版", 3, 2),
            ("don't well-known it’s", 0, 3),
            ("iPhone手机", 2, 1),
            ("カタカナとひらがな", 9, 0),
            ("한국어 단어", 0, 2),
            ("𠮷野家 —— 々〇", 5, 0),
            ("«Привет», мир — ok", 0, 3),
            ("……——“”·", 0, 0),
            ("a - b -- c", 0, 3),
            ("it’s ’tis a’ ’ 月’s", 1, 4),
            ("ＡＢ１ ＡＢ", 0, 2),
            ("x86-64.", 0, 1),
        ] {
            assert_eq!(read(text), Words { han, latin }, "{text}");
            assert_eq!(count_characters(text), Words { han, latin }, "{text}");
            // Across the edges of chunks, too.
            let long = format!("{text} ").repeat(100);
            assert_eq!(read(&long), Words { han: 100 * han, latin: 100 * latin }, "{text}");
        }
    }
}
