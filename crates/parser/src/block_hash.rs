//! The hash by which a block is known again: what it says, not how it is laid out or marked up.
//!
//! It is kept in `translations.lock` for years, so it never changes: whoever makes it another one makes every translation of
//! every site stale. It is [rapidhash] V3, seed 0, 64 bits, of the block's text without markup, in which
//!
//! 1. curly quotes are straight (`“ ” „ ‟` are `"`, `‘ ’ ‚ ‛` are `'`), every run of hyphens and dashes (`-`, U+2010 to U+2015)
//!    is one `-`, and `…` is `...`: so a site may switch its typography on and off;
//! 2. characters are composed (NFC);
//! 3. white space is one space, and none beside a character of Chinese or Japanese text: so a paragraph may be set in lines
//!    anew, and a space put between Chinese and English.
//!
//! What is shown but is no text is hashed as it is, turned left by one bit and combined by exclusive or: code without the white
//! space at the ends of its lines, the address, description and title of pictures, raw HTML, components with their arguments.
//!
//! [rapidhash]: https://github.com/Nicoshev/rapidhash

use std::borrow::Cow;

use rapidhash::v3::rapidhash_v3;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::chars::is_solid;

/// The hash of a block: its text as [`crate::block_text::Reader`] gives it, and what is shown but is no text.
pub(crate) fn hash(plain: &str, other: &str) -> u64 {
    let hash = rapidhash_v3(plain.as_bytes());
    if other.is_empty() { hash } else { hash ^ rapidhash_v3(other.as_bytes()).rotate_left(1) }
}

/// A text without white space at its ends as it is hashed, by the rules above.
pub(crate) fn normalise(text: &str) -> String {
    let text: Cow<'_, str> = if is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() };
    // Where something may have to change: white space, hyphens, general punctuation.
    let special = |byte: u8| matches!(byte, b'\t'..=b'\r' | b' ' | b'-' | 0xC2 | 0xE2 | 0xE3);
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    let mut rest = &*text;
    while !rest.is_empty() {
        let run = rest.bytes().position(special).unwrap_or(rest.len());
        let Some(c) = rest[run..].chars().next() else {
            put(&mut out, &mut space, rest);
            break;
        };
        put(&mut out, &mut space, &rest[..run]);
        let mut own = [0; 4];
        match c {
            '“' | '”' | '„' | '‟' => put(&mut out, &mut space, "\""),
            '‘' | '’' | '‚' | '‛' => put(&mut out, &mut space, "'"),
            '-' | '\u{2010}'..='\u{2015}' if space || !out.ends_with('-') => put(&mut out, &mut space, "-"),
            '-' | '\u{2010}'..='\u{2015}' => {}
            '…' => put(&mut out, &mut space, "..."),
            c if c.is_whitespace() => space = true,
            c => put(&mut out, &mut space, c.encode_utf8(&mut own)),
        }
        rest = &rest[run + c.len_utf8()..];
    }
    out
}

/// Appends text, behind the space that waits if it is one.
fn put(out: &mut String, space: &mut bool, text: &str) {
    let Some(next) = text.chars().next() else { return };
    if std::mem::take(space) && !out.chars().next_back().is_some_and(is_solid) && !is_solid(next) {
        out.push(' ');
    }
    out.push_str(text);
}

#[cfg(test)]
mod tests {
    fn hash(text: &str, other: &str) -> u64 {
        super::hash(crate::block_text::Reader::default().read(text).1, other)
    }

    #[test]
    fn what_does_not_count() {
        for (one, other) in [
            ("a  b\n c ", "a b c"),
            ("用 Rust 写", "用Rust写"),
            ("第一行\n第二行", "第一行第二行"),
            ("“好”， 他说 ——", "\"好\"，他说—"),
            ("it’s “so” -- no...", "it's \"so\" – no…"),
            ("e\u{301}te\u{301}", "été"),
            ("一，\n “二”", "一，“二”"),
            ("a\u{a0}b", "a b"),
            ("全　角", "全角"),
        ] {
            assert_eq!(hash(one, ""), hash(other, ""), "{one:?} and {other:?}");
        }
    }

    #[test]
    fn what_counts() {
        for (one, other) in [
            ("a b c", "ab c"),
            ("好。", "好！"),
            ("a, b", "a b"),
            ("「好」", "“好”"),
            ("été", "ete"),
            ("한국 어", "한국어"),
        ] {
            assert_ne!(hash(one, ""), hash(other, ""), "{one:?} and {other:?}");
        }
        assert_ne!(hash("a", ""), hash("", "a"));
        assert_ne!(hash("", "a  b"), hash("", "a b"), "code");
    }

    #[test]
    fn the_hash_stays_what_it_is() {
        // These stand in files. A change here makes every translation of every site stale.
        for (text, other, want) in FIXED {
            assert_eq!(format!("{:016x}", hash(text, other)), *want, "{text:?} {other:?}");
        }
    }

    const FIXED: &[(&str, &str, &str)] = &[
        ("", "", "0338dc4be2cecdae"),
        ("月亮又大又圆。", "", "87a31744119c06bc"),
        ("The moon, “large” -- and round…", "", "eba70d9f4cfd2fb6"),
        ("", "fn main() {}\n", "74f3a954508cafb9"),
        ("图", "moon.png\n月\n\n", "3a5f63f944950aaf"),
    ];
}
