//! Words counted by script, and hashes of blocks.

use fika_model::Words;

use crate::chars::is_han_or_kana;

/// What an ASCII byte is to a word.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// It is part of a word.
    Word,
    /// It holds two parts of a word together, as in `don't`, `well-known`, `3.14`.
    Joint,
    /// It ends a word.
    Gap,
}

const PARTS: [Part; 128] = {
    let mut parts = [Part::Gap; 128];
    let mut byte = 0;
    while byte < 128 {
        parts[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' => Part::Word,
            b'\'' | b'-' | b'.' => Part::Joint,
            _ => Part::Gap,
        };
        byte += 1;
    }
    parts
};

/// Counts the words of a text: every Han or kana character is one, and so is every run of letters and digits of
/// another script. One pass, without decoding most characters.
pub(crate) fn count(text: &str) -> Words {
    let bytes = text.as_bytes();
    let mut words = Words::default();
    let (mut at, mut inside) = (0, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            0..0x80 => {
                match PARTS[usize::from(byte)] {
                    Part::Word => {
                        words.latin += u32::from(!inside);
                        inside = true;
                    }
                    Part::Joint => {}
                    Part::Gap => inside = false,
                }
                at += 1;
            }
            // U+4000 to U+9FFF: Han throughout, but for 64 hexagrams.
            0xE4..=0xE9 => {
                words.han += 1;
                inside = false;
                at += 3;
            }
            _ => {
                let Some(c) = text[at..].chars().next() else { break };
                at += c.len_utf8();
                if is_point(c) {
                    inside = inside && c == '’';
                } else if is_han_or_kana(c) {
                    words.han += 1;
                    inside = false;
                } else {
                    let letter = c.is_alphanumeric();
                    words.latin += u32::from(letter && !inside);
                    inside = letter;
                }
            }
        }
    }
    words
}

/// The punctuation that Chinese text is full of, so that most of it needs no look into Unicode's tables.
fn is_point(c: char) -> bool {
    matches!(c as u32, 0x2000..=0x206F | 0x3000..=0x3004 | 0x3008..=0x3020 | 0xFF00..=0xFF0F | 0xFF1A..=0xFF20)
}

/// The hash of a block: of its text with white space folded, and of what is shown but not counted as words (code,
/// the addresses and descriptions of pictures). It is kept in files, so the function is one that never changes.
pub(crate) fn hash(text: &str, other: &str) -> u64 {
    let text = fold(text);
    let hash = rapidhash::v3::rapidhash_v3(text.as_bytes());
    if other.is_empty() { hash } else { hash ^ rapidhash::v3::rapidhash_v3(other.as_bytes()).rotate_left(1) }
}

/// White space at the ends cut off, and every run of it one space.
pub(crate) fn fold(text: &str) -> std::borrow::Cow<'_, str> {
    let text = text.trim();
    let bytes = text.as_bytes();
    // A loop over all bytes that the compiler does many at a time, rather than a search that stops early.
    let ragged = bytes.iter().zip(&bytes[1.min(bytes.len())..]).fold(false, |ragged, (&byte, &next)| {
        ragged | ((byte.wrapping_sub(9) < 5) | ((byte == b' ') & (next == b' ')))
    });
    if !ragged {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.into()
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
        ] {
            assert_eq!(count(text), Words { han, latin }, "{text}");
        }
    }

    #[test]
    fn a_hash_sees_words_and_not_white_space() {
        assert_eq!(hash("a  b\n c ", ""), hash("a b c", ""));
        assert_ne!(hash("a b c", ""), hash("ab c", ""));
        assert_ne!(hash("a", ""), hash("", "a"));
    }
}
