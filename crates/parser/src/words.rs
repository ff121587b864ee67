//! Words counted by script.

use std::borrow::Cow;

use fika_model::Words;

use crate::chars::is_han_or_kana;

/// White space at the ends cut off, and every run of it one space.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    // No way out of the loop, so that the compiler looks at many bytes at once.
    let ragged = text.as_bytes().windows(2).fold(false, |found, pair| {
        found | (pair[0] == b' ' && pair[1] == b' ') | (pair[1].wrapping_sub(b'\t') < 5)
    });
    if ragged { join(text).into() } else { text.into() }
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

/// The words of a text: every Han or kana character is a word, and so is every run of letters and digits of another script;
/// `'`, `’`, `-` and `.` hold a word together.
pub(crate) fn count(text: &str) -> Words {
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
            assert_eq!(count(text), Words { han, latin }, "{text}");
            assert_eq!(crate::block_text::Reader::default().read(text).0, Words { han, latin }, "{text}");
        }
    }
}
