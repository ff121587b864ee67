//! What kind of character a character is: for emphasis, line breaks, words.

use crate::tables::{CJK, PUNCTUATION};

fn within(table: &[(u32, u32)], c: char) -> bool {
    let code = c as u32;
    let at = table.partition_point(|&(_, last)| last < code);
    table.get(at).is_some_and(|&(first, _)| first <= code)
}

/// Punctuation as CommonMark 0.31 has it: ASCII punctuation, or Unicode category P or S.
#[inline]
pub(crate) fn is_punctuation(c: char) -> bool {
    match c as u32 {
        0..0x80 => c.is_ascii_punctuation(),
        // What Chinese text is full of needs no look into the table.
        0x3001..=0x3003 | 0x3008..=0x3011 | 0x2013..=0x2026 | 0xFF01..=0xFF0F | 0xFF1A..=0xFF20 => true,
        0x4E00..=0x9FFF => false,
        _ => within(PUNCTUATION, c),
    }
}

/// A CJK character in the sense of the CJK-friendly emphasis rules.
pub(crate) fn is_cjk(c: char) -> bool {
    match c as u32 {
        0..0x1100 => false,
        0x2000..=0x206F => false,
        0x2E80..=0x303E | 0x4E00..=0x9FFF | 0xFF01..=0xFFDC => true,
        _ => within(CJK, c),
    }
}

/// A Han or kana character, which counts as a word of its own.
pub(crate) fn is_han_or_kana(c: char) -> bool {
    matches!(c as u32,
        0x3005..=0x3007 | 0x3021..=0x3029 | 0x3038..=0x303B | 0x3041..=0x3096 | 0x309D..=0x309F | 0x30A1..=0x30FA
        | 0x30FC..=0x30FF | 0x3105..=0x312F | 0x31A0..=0x31BF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF | 0xFF66..=0xFF9F | 0x1B000..=0x1B16F | 0x20000..=0x3FFFD)
}

fn is_hangul(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x11FF | 0x302E..=0x302F | 0x3131..=0x318E | 0x3200..=0x321E | 0x3260..=0x327E
        | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xFFA0..=0xFFDC)
}

/// Text that is set without spaces between lines: Han, kana, CJK punctuation, full-width forms; never Hangul.
#[inline]
pub(crate) fn is_solid(c: char) -> bool {
    is_cjk(c) && !is_hangul(c)
}

/// Punctuation that Chinese and Western text share.
fn is_shared(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// Whether a line break between two characters is no space: both are solid text, or one is and the other is
/// punctuation that Chinese shares with Western text.
pub(crate) fn joins(before: char, after: char) -> bool {
    match (is_solid(before), is_solid(after)) {
        (true, true) => true,
        (true, false) => is_shared(after),
        (false, true) => is_shared(before),
        (false, false) => false,
    }
}

/// The same behind a text. Between two marks that Chinese shares with Western text, as in dialogue, what stands before them tells.
pub(crate) fn joins_behind(text: &str, after: char) -> bool {
    /// Nobody writes more of these marks in a row.
    const MOST: usize = 8;
    let Some(before) = text.chars().next_back() else { return false };
    let written = || text.chars().rev().take(MOST).find(|&c| !is_shared(c));
    joins(before, after) || is_shared(before) && is_shared(after) && written().is_some_and(is_solid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        for table in [CJK, PUNCTUATION] {
            assert!(table.iter().all(|(first, last)| first <= last));
            assert!(table.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
    }

    #[test]
    fn the_quick_way_and_the_tables_agree() {
        for c in (0x80..0x11_0000).filter_map(char::from_u32) {
            assert_eq!(is_punctuation(c), within(PUNCTUATION, c), "{c:?}");
            assert_eq!(is_cjk(c), within(CJK, c), "{c:?}");
        }
    }

    #[test]
    fn kinds() {
        assert!("，。「」“”…—～＊￥".chars().all(is_punctuation));
        assert!(!"中aあ한1 ".chars().any(is_punctuation));
        assert!("中，「あｶ한！　𠮷".chars().all(is_cjk));
        assert!(!"a“”…—é😀".chars().any(is_cjk));
        assert!("中々〇あカー𠮷ｶ".chars().all(is_han_or_kana));
        assert!(!"，。「a1한・".chars().any(is_han_or_kana));
    }

    #[test]
    fn lines_join() {
        for (before, after, want) in [
            ('中', '文', true),
            ('。', '“', true),
            ('”', '他', true),
            ('中', 'a', false),
            ('a', 'b', false),
            ('한', '국', false),
            ('”', '“', false),
        ] {
            assert_eq!(joins(before, after), want, "{before}{after}");
        }
    }
}
