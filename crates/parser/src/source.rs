//! The text that the Markdown library reads, and the way back from it to what was written.
//!
//! Two things differ. *Masks*: components, containers, ruby and `<!-- more -->` are hidden behind raw HTML of the same length, so
//! that what is in them cannot be taken for Markdown and every offset stays. *Marks*: see [`crate::emphasis`].

mod masks;

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use crate::component::Tag;
use crate::container::Fence;
use crate::decode::{has_controls, is_control};
use crate::emphasis::{self, LETTER, POINT};
use crate::foreign::Foreign;
use crate::money::{self, MONEY};
use crate::nesting;
use crate::ruby::Ruby;
use crate::source::masks::{Masks, hide, masks};

pub(crate) use crate::source::masks::sized;

/// What a mask hides.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Hidden {
    /// A component's tag, and where arguments are given once more.
    Component(Tag, Vec<Range<usize>>),
    /// `<!-- more -->`
    More,
    /// A line of colons.
    Fence(Fence),
    /// `{漢字|かんじ}`
    Ruby(Ruby),
    /// `==`, for which the Markdown library reads a `~`; see [`emphasis::EQUALS`].
    Mark,
    /// The destination of a link or picture that has spaces in it, which CommonMark would not take.
    Destination,
    /// What other generators read, or what begins like a component and cannot be read; it is not hidden.
    Foreign(Foreign),
}

/// A part of the text as written that is hidden from the Markdown library.
#[derive(Debug)]
pub(crate) struct Mask {
    /// Its bytes in the text as written.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) hidden: Hidden,
}

impl Mask {
    /// Whether it is hidden from the Markdown library after all: what other generators read is only told of.
    pub(crate) fn is_hidden(&self) -> bool {
        !matches!(self.hidden, Hidden::Foreign(_))
    }

    /// Whether it may stand in a text event: a tag is text behind a backslash.
    pub(crate) fn may_be_text(&self) -> bool {
        self.is_hidden() && self.hidden != Hidden::Destination
    }

    /// Whether it stands for a tag, with `<` and `>` at its ends.
    fn is_tag(&self) -> bool {
        matches!(self.hidden, Hidden::Component(..) | Hidden::More)
    }
}

/// A part of a text event.
pub(crate) enum Piece<'t> {
    /// Text.
    Text(Cow<'t, str>),
    /// Ruby.
    Ruby(&'t Ruby),
}

impl Piece<'_> {
    /// Its text; of ruby what is annotated.
    pub(crate) fn into_text(self) -> String {
        match self {
            Piece::Text(text) => text.into_owned(),
            Piece::Ruby(ruby) => ruby.base(),
        }
    }
}

/// What is made ready for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    /// The CJK-friendly emphasis rules.
    pub(crate) cjk: bool,
    /// Dollars may begin a formula.
    pub(crate) math: bool,
    /// `==` marks.
    pub(crate) mark: bool,
    /// There are control characters in the text, or may be.
    pub(crate) controls: bool,
    /// The text is one line, in which no block begins.
    pub(crate) line: bool,
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
    /// Where in the text as written there are signs of addresses: `:/`, `@`, `www`.
    pub(crate) signs: Vec<u32>,
    /// Whether there is anything that a formula begins with.
    pub(crate) formulas: bool,
    /// Whether [`MONEY`] stands for dollars.
    money: bool,
}

impl<'a> Prepared<'a> {
    /// Hides and marks.
    pub(crate) fn new(written: &'a str, rules: Rules) -> Prepared<'a> {
        let Masks { masks, signs, colons, formulas } = masks(written, rules.mark);
        let mut text = hide(written, &masks);
        if !rules.line && ends_with_box(written) {
            text.to_mut().push('\n');
        }
        let hidden = rules.math.then(|| money::hide(&text)).flatten();
        let money = hidden.is_some();
        text = hidden.map_or(text, Cow::Owned);
        let mut marks = Vec::new();
        let marked = masks.iter().filter(|mask| mask.hidden == Hidden::Mark);
        let mut delimiters: Vec<usize> = marked.map(|mask| mask.range.start).collect();
        let mut letters = nesting::too_deep(&text);
        if !colons.is_empty() {
            letters.extend(colons);
            letters.sort_unstable();
        }
        let has_marks = !delimiters.is_empty();
        if has_marks {
            text = Cow::Owned(emphasis::hide_tildes(&text, &mut delimiters, &mut letters));
        }
        if let Some(marked) = emphasis::mark(&text, &letters, &delimiters, rules) {
            text = Cow::Owned(marked.text);
            marks = marked.marks;
        }
        let controls = money || rules.controls || has_marks;
        Prepared { written, text, masks, marks, controls, signs, formulas, money }
    }

    /// The place in the text as written of a place in the text that was read.
    pub(crate) fn written_at(&self, at: usize) -> usize {
        let before = self.marks.partition_point(|&(place, _)| (place as usize) < at);
        let inserted = before.checked_sub(1).map_or(0, |last| self.marks[last].1 as usize);
        // A place inside a mark cannot be: events end at characters.
        at.saturating_sub(inserted)
    }

    /// The same for a range. There may be a line end behind what was written.
    pub(crate) fn written_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.written_at(range.start);
        start..self.written_at(range.end).min(self.written.len()).max(start)
    }

    /// The mask that begins at a place of the text that is read.
    pub(crate) fn mask_at(&self, at: usize) -> Option<&Mask> {
        if self.masks.is_empty() {
            return None;
        }
        let at = self.written_at(at);
        let index = self.masks.binary_search_by_key(&at, |mask| mask.range.start).ok()?;
        self.masks.get(index)
    }

    /// The places, in the text that is read, of masks that may turn out to stand in text.
    pub(crate) fn hidden_in_text(&self) -> impl Iterator<Item = usize> + '_ {
        self.masks.iter().filter(|mask| mask.may_be_text()).map(|mask| self.hidden_place(mask))
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
        if self.masks.is_empty() {
            self.cleaned(dest, self.is_marked(range))
        } else {
            self.restored(dest, range)
        }
    }

    /// A string that stands at the end of a range of the text that is read (a title, an info string), as it was written.
    pub(crate) fn restored<'t>(&'t self, text: &'t str, range: &Range<usize>) -> Cow<'t, str> {
        let masks = match self.masks.is_empty() {
            true => 0..0,
            false => self.masks_in(&self.written_range(range)),
        };
        if masks.is_empty() {
            return self.clean(text);
        }
        if let Some(at) = memmem::find(self.text[range.clone()].as_bytes(), text.as_bytes()) {
            let mut written = self.written_range(&(range.start + at..range.start + at + text.len()));
            // Angle brackets around a destination are not part of it; those of a tag that is none were written otherwise.
            for tag in self.masks[self.masks_in(&written)].iter().filter(|mask| mask.is_tag()) {
                written = written.start.min(tag.range.start)..written.end.max(tag.range.end);
            }
            return match self.masks_in(&written).is_empty() {
                true => self.clean(text),
                false => self.clean(self.written.get(written).unwrap_or(text)),
            };
        }
        // With an escape in it, it is not found as a whole. It ends where the range does: what is hidden in it comes last there.
        let mut out = text.to_owned();
        let mut until = out.len();
        for mask in self.masks[masks].iter().rev().filter(|mask| mask.is_hidden()) {
            let Some(hidden) = self.text.get(self.hidden_place(mask)..self.hidden_end(mask)) else { break };
            let Some(found) = out[..until].rfind(hidden) else { break };
            out.replace_range(found..found + hidden.len(), &self.written[mask.range.clone()]);
            until = found;
        }
        Cow::Owned(self.clean(&out).into_owned())
    }

    /// The parts of a text event.
    pub(crate) fn pieces<'t>(&'t self, text: &'t str, range: &Range<usize>) -> Vec<Piece<'t>> {
        let mut pieces = Vec::new();
        let mut from = range.start;
        for mask in &self.masks[self.masks_in(&self.written_range(range))] {
            let (at, end) = (self.hidden_place(mask), self.hidden_end(mask));
            if !mask.may_be_text() || text.len() != range.len() || at < from || end > range.end {
                continue;
            }
            pieces.push(Piece::Text(self.clean(&text[from - range.start..at - range.start])));
            pieces.push(match &mask.hidden {
                Hidden::Ruby(ruby) => Piece::Ruby(ruby),
                _ => Piece::Text(self.clean(&self.written[mask.range.clone()])),
            });
            from = end;
        }
        pieces.push(Piece::Text(self.clean(text.get(from - range.start..).unwrap_or(text))));
        pieces
    }

    /// Where a mask ends in the text that is read.
    pub(crate) fn hidden_end(&self, mask: &Mask) -> usize {
        match mask.hidden {
            // There is a mark between its bytes.
            Hidden::Mark => self.read_at(mask.range.start + 1) + 1,
            _ => self.hidden_place(mask) + mask.range.len(),
        }
    }

    /// The place of a mask in the text that is read. A mark stands where it was written but for the marks before it.
    fn hidden_place(&self, mask: &Mask) -> usize {
        self.read_at(mask.range.start)
    }

    /// The place in the text that is read of a place in the text as written, behind the marks that stand there.
    pub(crate) fn read_at(&self, at: usize) -> usize {
        let (mut low, mut high) = (0, self.marks.len());
        let inserted = |count: usize| count.checked_sub(1).map_or(0, |last| self.marks[last].1 as usize);
        while low < high {
            let middle = low + (high - low) / 2;
            let before = self.marks[middle].0 as usize - inserted(middle) <= at;
            (low, high) = if before { (middle + 1, high) } else { (low, middle) };
        }
        at + inserted(low)
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

    /// A string that stands in a range of the text that is read, without the marks at its ends; `None` if there are others. `first` is the
    /// first mark that is not before it.
    pub(crate) fn bare<'t>(&self, text: &'t str, range: &Range<usize>, first: usize) -> Option<&'t str> {
        let (mut start, mut end) = (0, text.len());
        let mut sum = first.checked_sub(1).map_or(0, |last| self.marks[last].1);
        for &(at, with) in self.marks[first..].iter().take_while(|&&(at, _)| (at as usize) < range.end) {
            let (at, length) = (at as usize - range.start, (with - sum) as usize);
            match at {
                _ if at == start => start += length,
                _ if at + length == end => end = at,
                _ => return None,
            }
            sum = with;
        }
        text.get(start..end)
    }

    /// What was written in a range of the text that is read, where something in it is hidden.
    pub(crate) fn unmasked(&self, range: &Range<usize>) -> Option<&'a str> {
        if self.masks.is_empty() {
            return None;
        }
        let written = self.written_range(range);
        if self.masks_in(&written).is_empty() { None } else { self.written.get(written) }
    }

    /// A string that stands in a range of the text that is read, as it was written.
    pub(crate) fn as_written<'t>(&'t self, text: &'t str, range: &Range<usize>) -> Cow<'t, str> {
        self.clean(self.unmasked(range).unwrap_or(text))
    }

    /// Whether a mark stands in a range of the text that is read.
    pub(crate) fn is_marked(&self, range: &Range<usize>) -> bool {
        let first = self.marks.partition_point(|&(at, _)| (at as usize) < range.start);
        self.marks.get(first).is_some_and(|&(at, _)| (at as usize) < range.end)
    }
}

/// Whether a text ends with what may be the box of a task. The Markdown library asks for white space behind it, which the end of the
/// file is as good as.
fn ends_with_box(text: &str) -> bool {
    matches!(text.as_bytes(), [.., b'[', b' ' | b'\t' | b'x' | b'X', b']'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const CJK: Rules = Rules { cjk: true, math: false, mark: false, controls: false, line: false };

    #[test]
    fn masks_keep_every_offset() {
        let text = "月 {{ <a b=\"*星*\" /> }} 后\n\n{% <n> %}\n<!-- more -->**粗**\n{% </n> %}\n{{ 文 }} {{ <x y=z /> }}";
        let prepared = Prepared::new(text, Rules { cjk: false, ..CJK });
        assert_eq!(prepared.text.len(), text.len());
        let shown = ["月 <", "x> 后\n\n<!--", "-->\n<x", "x>**粗**\n<!--", "-->\n{{ 文 }} {{ <x y=z /> }}"];
        assert!(shown.iter().all(|part| prepared.text.contains(part)), "{}", prepared.text);
        assert_eq!(prepared.masks.len(), 5);
    }

    #[test]
    fn places_are_mapped_back() {
        let text = "**强。**后，**「a」**完";
        let prepared = Prepared::new(text, CJK);
        for needle in ["后", "完", "a"] {
            let read = prepared.text.find(needle).unwrap();
            assert_eq!(prepared.written_at(read), text.find(needle).unwrap());
        }
        assert_eq!(prepared.clean(&prepared.text), text);
    }

    #[test]
    fn controls_are_taken_out() {
        let prepared = Prepared::new("60%，\u{8}其余\u{85}\t\u{9c}\u{7f}", Rules { controls: true, ..CJK });
        assert_eq!(prepared.clean(prepared.written), "60%，其余\u{85}\t");
    }
}
