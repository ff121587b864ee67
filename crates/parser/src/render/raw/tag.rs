//! Opening tags of raw HTML.

use std::ops::Range;

use memchr::memchr;

use super::tag_name;

/// A tag with more bytes outside quotation marks is copied as it is.
const LONGEST: usize = 2048;

/// An opening tag of raw HTML.
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: Vec<Attribute<'a>>,
    /// The byte after it.
    pub(super) end: usize,
}

pub(super) struct Attribute<'a> {
    pub(super) name: &'a str,
    /// The value, and the value with its quotes.
    pub(super) value: Range<usize>,
    pub(super) quoted: Range<usize>,
}

impl<'a> Tag<'a> {
    /// Reads the opening tag at a `<`; `None` if it is something else.
    pub(super) fn read(html: &'a str, start: usize) -> Option<Tag<'a>> {
        let bytes = html.as_bytes();
        if html[start..].starts_with("</") {
            return None;
        }
        // A `<` every few bytes and no `>`: none is read further than this.
        let near = &html[start..html.floor_char_boundary(start + LONGEST)];
        let name = tag_name(near)?;
        let mut tag = Tag { name, attributes: Vec::new(), end: start + 1 + name.len() };
        let mut left = LONGEST;
        let mut skip = |mut at: usize, skipped: fn(u8) -> bool| {
            while left > 0 && bytes.get(at).is_some_and(|&byte| skipped(byte)) {
                (at, left) = (at + 1, left - 1);
            }
            if left > 0 { Some(at) } else { None }
        };
        loop {
            let from = skip(tag.end, |byte| byte.is_ascii_whitespace() || byte == b'/')?;
            match bytes.get(from) {
                None => return None,
                Some(b'>') => {
                    tag.end = from + 1;
                    return Some(tag);
                }
                Some(_) => {}
            }
            let to =
                skip(from + 1, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/'))?;
            tag.end = to;
            let equals = skip(to, |byte| byte.is_ascii_whitespace())?;
            if bytes.get(equals) != Some(&b'=') {
                continue;
            }
            let open = skip(equals + 1, |byte| byte.is_ascii_whitespace())?;
            let (value, quoted) = match bytes.get(open) {
                Some(&quote @ (b'"' | b'\'')) => {
                    let close = open + 1 + memchr(quote, &bytes[open + 1..])?;
                    (open + 1..close, open..close + 1)
                }
                _ => {
                    let close = skip(open, |byte| !byte.is_ascii_whitespace() && byte != b'>')?;
                    (open..close, open..close)
                }
            };
            tag.end = quoted.end;
            // A name that is cut within a character cannot be: every byte of one is taken.
            tag.attributes.push(Attribute { name: html.get(from..to).unwrap_or_default(), value, quoted });
        }
    }
}

/// Elements without content, which no tag ends.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// By how much an inline tag changes how many elements are open.
pub(super) fn depth(html: &str) -> i32 {
    match tag_name(html) {
        Some(name) if html.ends_with("/>") || VOID.iter().any(|void| void.eq_ignore_ascii_case(name)) => 0,
        Some(_) if html.starts_with("</") => -1,
        Some(_) => 1,
        None => 0,
    }
}
