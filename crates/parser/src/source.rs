//! The text that the Markdown library reads, and the way back from it to what was written.
//!
//! Two things differ. *Masks*: components and `<!-- more -->` are hidden behind raw HTML of the same length, so that
//! their arguments cannot be taken for Markdown and every offset stays. *Marks*: see [`crate::emphasis`].

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr_iter, memmem};

use crate::component::{self, Found, Tag};
use crate::emphasis::{self, LETTER, POINT};
use crate::money::{self, MONEY};

/// What a mask hides.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Hidden {
    /// A component's tag.
    Component(Tag),
    /// `<!-- more -->`
    More,
    /// The destination of a link or picture that has spaces in it, which CommonMark would not take.
    Destination,
    /// What begins like a component and cannot be read; it is not hidden.
    Broken,
}

/// A part of the text as written that is hidden from the Markdown library.
#[derive(Debug)]
pub(crate) struct Mask {
    /// Its bytes in the text as written.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) hidden: Hidden,
}

/// A text made ready.
pub(crate) struct Prepared<'a> {
    /// As written.
    pub(crate) written: &'a str,
    /// For the Markdown library.
    pub(crate) text: Cow<'a, str>,
    /// What is hidden, in order.
    pub(crate) masks: Vec<Mask>,
    /// For each mark its place in `text`, and the bytes of all marks up to and including it.
    pub(crate) marks: Vec<(u32, u32)>,
    /// Whether there are control characters, which must never reach an output (XML 1.0 has no way to write them).
    pub(crate) controls: bool,
    /// Whether [`MONEY`] stands for dollars.
    money: bool,
}

impl<'a> Prepared<'a> {
    /// Hides and marks. `cjk` switches the emphasis rules on, `math` tells that dollars may begin a formula.
    pub(crate) fn new(written: &'a str, cjk: bool, math: bool) -> Prepared<'a> {
        let masks = masks(written);
        let mut text = hide(written, &masks);
        let hidden = math.then(|| money::hide(&text)).flatten();
        let money = hidden.is_some();
        text = hidden.map_or(text, Cow::Owned);
        let mut marks = Vec::new();
        if let Some(marked) = cjk.then(|| emphasis::mark(&text)).flatten() {
            text = Cow::Owned(marked.text);
            marks = marked.marks;
        }
        let controls = money || has_controls(written);
        Prepared { written, text, masks, marks, controls, money }
    }

    /// The place in the text as written of a place in the text that was read.
    pub(crate) fn written_at(&self, at: usize) -> usize {
        let before = self.marks.partition_point(|&(place, _)| (place as usize) < at);
        let inserted = before.checked_sub(1).map_or(0, |last| self.marks[last].1 as usize);
        // A place inside a mark cannot be: events end at characters.
        at.saturating_sub(inserted)
    }

    /// The same for a range.
    pub(crate) fn written_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.written_at(range.start);
        start..self.written_at(range.end).max(start)
    }

    /// The masks that touch a range of the text as written.
    pub(crate) fn masks_in(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.masks.partition_point(|mask| mask.range.end <= range.start);
        let last = self.masks.partition_point(|mask| mask.range.start < range.end);
        first..last.max(first)
    }

    /// The destination of a link or picture that stands in a range of the text that was read.
    pub(crate) fn destination<'t>(&'t self, dest: &'t str, range: &Range<usize>) -> Cow<'t, str> {
        if !self.masks.is_empty() {
            let masks = self.masks_in(&self.written_range(range));
            // A picture may stand in a link; the destination of the link is behind it.
            let hidden = self.masks[masks].iter().rev().find(|mask| mask.hidden == Hidden::Destination);
            if let Some(mask) =
                hidden.filter(|mask| mask.range.len() == dest.len() && dest.bytes().all(|byte| byte == b'x'))
            {
                return self.clean(&self.written[mask.range.clone()]);
            }
        }
        self.cleaned(dest, self.is_marked(range))
    }

    /// A string without marks and control characters. Everything taken from an event goes through here, or through
    /// [`Prepared::cleaned`].
    pub(crate) fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        // A character reference may name a control character, too: `&#8;`.
        if !self.controls && has_controls(text) {
            return text
                .chars()
                .filter(|&c| !matches!(c, LETTER | POINT) && !is_control(c))
                .collect::<String>()
                .into();
        }
        let marked = !self.marks.is_empty() && text.contains([LETTER, POINT]);
        self.cleaned(text, marked)
    }

    /// The same, where it is known whether there is a mark.
    pub(crate) fn cleaned<'t>(&self, text: &'t str, marked: bool) -> Cow<'t, str> {
        let is_mark = |c: char| matches!(c, LETTER | POINT);
        // Marks stand beside delimiters, so nearly always at an end.
        let text = if marked { text.trim_matches(is_mark) } else { text };
        let inner = marked && text.contains(is_mark);
        let dirty = inner || (self.controls && has_controls(text));
        if !dirty {
            return Cow::Borrowed(text);
        }
        let kept = |c: char| match c {
            MONEY if self.money => Some('$'),
            _ => (!is_mark(c) && !is_control(c)).then_some(c),
        };
        text.chars().filter_map(kept).collect::<String>().into()
    }

    /// Whether a mark stands in a range of the text that is read.
    pub(crate) fn is_marked(&self, range: &Range<usize>) -> bool {
        let first = self.marks.partition_point(|&(at, _)| (at as usize) < range.start);
        self.marks.get(first).is_some_and(|&(at, _)| (at as usize) < range.end)
    }
}

/// C0 and C1 controls that are neither tab nor line end.
fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\x7F'..='\u{84}' | '\u{86}'..='\u{9F}')
}

fn has_controls(text: &str) -> bool {
    // A plain loop over small numbers, which the compiler does sixteen at a time.
    let suspect = text.bytes().fold(false, |found, byte| {
        found | (byte < 0x20 && byte != b'\n' && byte != b'\t' && byte != b'\r' || byte == 0x7F)
    });
    suspect
        || memchr_iter(0xC2, text.as_bytes())
            .any(|at| matches!(text.as_bytes().get(at + 1), Some(0x80..=0x9F)))
}

/// Finds everything that must be hidden.
fn masks(text: &str) -> Vec<Mask> {
    let bytes = text.as_bytes();
    let mut masks = Vec::new();
    let mut end = 0;
    for at in memchr_iter(b'{', bytes) {
        if at < end || !matches!(bytes.get(at + 1), Some(b'{' | b'%')) {
            continue;
        }
        match component::read(text, at) {
            Some(Found::Tag(tag, after)) => {
                masks.push(Mask { range: at..after, hidden: Hidden::Component(tag) });
                end = after;
            }
            Some(Found::Broken(after)) => {
                masks.push(Mask { range: at..after.max(at + 2), hidden: Hidden::Broken });
            }
            None => {}
        }
    }
    masks.extend(memmem::find_iter(bytes, "](").filter_map(|at| spaced_destination(text, at + 2)));
    for at in memmem::find_iter(bytes, "<!--") {
        let rest = &text[at + 4..];
        let inner = rest.trim_start();
        if let Some(after) =
            inner.strip_prefix("more").map(str::trim_start).and_then(|rest| rest.strip_prefix("-->"))
        {
            masks.push(Mask { range: at..text.len() - after.len(), hidden: Hidden::More });
        }
    }
    if !masks.is_empty() {
        masks.sort_by_key(|mask| mask.range.start);
        // One in the arguments of the other is part of the arguments.
        let mut end = 0;
        masks.retain(|mask| {
            let keep = mask.range.start >= end;
            end = if keep { mask.range.end } else { end };
            keep
        });
    }
    masks
}

/// The destination behind `](` if it is the path of a file with spaces: `![](图 1.png)`, `[x](a (7).md "title")`.
fn spaced_destination(text: &str, start: usize) -> Option<Mask> {
    /// A longer one is none.
    const LONGEST: usize = 1024;
    let mut depth = 0;
    let window = &text.as_bytes()[start..text.len().min(start + LONGEST)];
    let close = window.iter().position(|byte| {
        depth += i32::from(*byte == b'(') - i32::from(*byte == b')');
        depth < 0 || matches!(byte, b'\n' | b'<' | b'`')
    })?;
    let inside = text.get(start..start + close).filter(|_| window[close] == b')')?;
    let path = match inside.strip_suffix('"').and_then(|rest| rest.rsplit_once(" \"")) {
        Some((path, _)) => path,
        None => inside,
    };
    let (blank, path) = (path.len() - path.trim_start().len(), path.trim());
    let (_, extension) = path.rsplit_once('.')?;
    let extension = extension.split('#').next().unwrap_or(extension);
    let is_file =
        (1..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_spaced = path.contains(' ') && !path.contains(['"', '\t', '\\']);
    let start = start + blank;
    (is_file && is_spaced).then(|| Mask { range: start..start + path.len(), hidden: Hidden::Destination })
}

/// Puts raw HTML of the same length in the place of what is hidden: a comment, which is a block of its own and ends
/// a paragraph, where nothing follows on the line; else a tag, which is inline.
fn hide<'a>(text: &'a str, masks: &[Mask]) -> Cow<'a, str> {
    if masks.iter().all(|mask| mask.hidden == Hidden::Broken) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for mask in masks.iter().filter(|mask| mask.hidden != Hidden::Broken) {
        out.push_str(&text[out.len()..mask.range.start]);
        if mask.hidden == Hidden::Destination {
            out.extend(std::iter::repeat_n('x', mask.range.len()));
            continue;
        }
        let rest = &text[mask.range.end..];
        let (open, close) = match rest.trim_start_matches([' ', '\t', '\r']).bytes().next() {
            None | Some(b'\n') => ("<!--", "-->"),
            Some(_) => ("<", ">"),
        };
        out.push_str(open);
        out.extend(std::iter::repeat_n('x', mask.range.len() - open.len() - close.len()));
        out.push_str(close);
    }
    out.push_str(&text[out.len()..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_every_offset() {
        let text = "月 {{ <a b=\"*星*\" /> }} 后\n\n{% <n> %}\n<!-- more -->**粗**\n{% </n> %}\n{{ 文 }} {{ <x y=z /> }}";
        let prepared = Prepared::new(text, false, false);
        assert_eq!(prepared.text.len(), text.len());
        let shown = ["月 <", "x> 后\n\n<!--", "-->\n<x", "x>**粗**\n<!--", "-->\n{{ 文 }} {{ <x y=z /> }}"];
        assert!(shown.iter().all(|part| prepared.text.contains(part)), "{}", prepared.text);
        assert_eq!(prepared.masks.len(), 5);
    }

    #[test]
    fn places_are_mapped_back() {
        let text = "**强。**后，**「a」**完";
        let prepared = Prepared::new(text, true, false);
        for needle in ["后", "完", "a"] {
            let read = prepared.text.find(needle).unwrap();
            assert_eq!(prepared.written_at(read), text.find(needle).unwrap());
        }
        assert_eq!(prepared.clean(&prepared.text), text);
    }

    #[test]
    fn controls_are_taken_out() {
        let prepared = Prepared::new("60%，\u{8}其余\u{85}\t\u{9c}\u{7f}", true, false);
        assert_eq!(prepared.clean(prepared.written), "60%，其余\u{85}\t");
    }
}
