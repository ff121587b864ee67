//! The CJK-friendly emphasis rules on a stock CommonMark parser: mark, parse, strip.
//!
//! CommonMark lets `**` open or close by looking at the characters around it, and Chinese punctuation without
//! spaces defeats that (`**强调。**后文`). The CJK-friendly rules (github.com/tats-u/markdown-cjk-friendly) excuse
//! punctuation wherever a CJK character stands on either side. The Markdown library has no such option yet, so
//! where the two rules disagree a mark is put beside the run, which makes the library see what the rules see:
//! [`LETTER`] is neither space nor punctuation, [`POINT`] is punctuation. The marks are taken out of its events.
//!
//! Text without a CJK neighbour gets no mark. When the library has released its own option, this file goes.

mod signs;

use fearless_simd::{Level, dispatch, prelude::*};

use crate::bytes::{self, CHUNK, Chunk};
use crate::chars::{is_cjk, is_punctuation};
use crate::source::Rules;

use self::signs::is_sign;
pub(crate) use self::signs::{EQUALS, TILDES, hide_tildes};

/// A noncharacter (U+FDD0): neither white space nor punctuation.
pub(crate) const LETTER: char = '\u{FDD0}';
/// A rare punctuation mark (U+1BC9F, a full stop of Duployan shorthand).
pub(crate) const POINT: char = '\u{1BC9F}';

/// Adjacent runs that are looked at together; longer clusters are left to CommonMark.
const MOST_RUNS: usize = 8;

/// A text with marks in it.
pub(crate) struct Marked {
    /// The text.
    pub(crate) text: String,
    /// For each mark its place in `text`, and the bytes of all marks up to and including it.
    pub(crate) marks: Vec<(u32, u32)>,
}

/// A run of one delimiter character and what it may do.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    end: usize,
    delimiter: u8,
    /// May it open and close under CommonMark?
    stock: (bool, bool),
    /// May it under the CJK-friendly rules?
    wanted: (bool, bool),
}

/// Marks a text, or `None` where CommonMark and the CJK-friendly rules agree throughout. `letters` are places, in order, before which
/// a [`LETTER`] is put whatever the rules; `signs` are those of [`signs`]; `rules` tell whether there are any.
pub(crate) fn mark(text: &str, letters: &[usize], signs: &[usize], rules: Rules) -> Option<Marked> {
    let bytes = text.as_bytes();
    let mut marker = Marker {
        text,
        letters,
        out: String::new(),
        copied: 0,
        marks: Vec::new(),
        inserted: 0,
        open: signs::Open::default(),
    };
    // Behind punctuation nothing is the beginning of a block, and emphasis may begin.
    if rules.line {
        marker.put(0, POINT);
    }
    let mut places = Vec::with_capacity(64);
    if rules.cjk {
        let level = Level::new();
        dispatch!(level, simd => look(simd, bytes, &mut places));
    }
    if !signs.is_empty() {
        places.extend(signs.iter().map(|&at| at as u32));
        places.sort_unstable();
    }
    let mut from = 0;
    for found in places.into_iter().map(|at| at as usize) {
        if found < from {
            continue;
        }
        if signs.binary_search(&found).is_ok() {
            marker.sign(found, rules.cjk);
            from = found + 2;
            continue;
        }
        let (start, end) = cluster(bytes, from, found);
        let plain = |at: Option<&u8>| at.is_none_or(u8::is_ascii);
        let far = plain(start.checked_sub(1).and_then(|at| bytes.get(at))) && plain(bytes.get(end));
        // `_` alone differs only behind a variation selector (U+FE00 to U+FE0E).
        let alone = bytes[found] == b'_'
            && !matches!(bytes[..start], [.., 0xEF, 0xB8, 0x80..=0x8E])
            && bytes[start..end].iter().all(|&byte| byte == b'_');
        if start < end && !far && !alone {
            marker.cluster(start, end);
        }
        from = end.max(found + 1);
    }
    marker.finish()
}

/// The places of delimiters with a character beside them that is not ASCII. Nearly every delimiter of code and of English text is
/// none of these.
#[inline(always)]
fn look<S: Simd>(simd: S, text: &[u8], places: &mut Vec<u32>) {
    let mut at = 0;
    while at < text.len() {
        let chunk = Chunk::load(simd, text, at);
        let delimiters = chunk.is_any([b'*', b'~', b'_']);
        if delimiters != 0 {
            let wide = chunk.at_least(0x80);
            // What stands before and behind the chunk is looked at afterwards.
            let near = wide << 1 | 1 | bytes::before(u64::MAX, wide);
            bytes::each(delimiters & near, |bit| places.push(at as u32 + bit));
        }
        at += CHUNK;
    }
}

/// The adjacent `*`, `_` and `~` around a delimiter, without an escaped one at its start.
fn cluster(bytes: &[u8], from: usize, found: usize) -> (usize, usize) {
    let is_delimiter = |byte: &u8| matches!(byte, b'*' | b'_' | b'~');
    let start = found - bytes[from..found].iter().rev().take_while(|byte| is_delimiter(byte)).count();
    let end = found + bytes[found..].iter().take_while(|byte| is_delimiter(byte)).count();
    let slashes = bytes[from..start].iter().rev().take_while(|&&byte| byte == b'\\').count();
    (start + slashes % 2, end)
}

struct Marker<'a> {
    text: &'a str,
    letters: &'a [usize],
    out: String,
    copied: usize,
    marks: Vec<(u32, u32)>,
    inserted: u32,
    open: signs::Open,
}

impl Marker<'_> {
    /// Puts marks around the runs of a cluster if the rules disagree on any of them.
    fn cluster(&mut self, start: usize, end: usize) {
        let before = self.text[..start].chars().next_back();
        let after = self.text[end..].chars().next();
        if !before.is_some_and(is_near) && !after.is_some_and(is_near) {
            return;
        }
        let bytes = self.text.as_bytes();
        let mut runs =
            [Run { start, end: start, delimiter: 0, stock: (false, false), wanted: (false, false) };
                MOST_RUNS];
        let mut count = 0;
        let mut at = start;
        while at < end {
            let delimiter = bytes[at];
            let stop = at + bytes[at..end].iter().take_while(|&&byte| byte == delimiter).count();
            if count == MOST_RUNS {
                return;
            }
            runs[count] = flags(self.text, at, stop);
            count += 1;
            at = stop;
        }
        let runs = &runs[..count];
        if runs.iter().all(|run| run.stock == run.wanted) {
            return;
        }
        let space_before = before.is_none_or(char::is_whitespace);
        let space_after = after.is_none_or(char::is_whitespace);
        match runs {
            [_] if space_before || space_after => {}
            [run] if run.delimiter == b'_' => self.several(&[*run], false, false),
            [run] if before.is_some_and(is_point) => self.insert(run.start, LETTER),
            [run] => self.insert(run.end, LETTER),
            _ => self.several(runs, space_before, space_after),
        }
    }

    /// Several runs side by side: a mark on each side of each, except at an outer edge that is white space.
    fn several(&mut self, runs: &[Run], space_before: bool, space_after: bool) {
        for (index, run) in runs.iter().enumerate() {
            // `_` and a single `~` that do both would be inside a word if letters stood around them.
            let word = run.delimiter == b'_' || run.delimiter == b'~' && run.end - run.start == 1;
            let both = word && run.wanted == (true, true);
            if index > 0 || !space_before {
                self.insert(run.start, if both || run.wanted == (true, false) { POINT } else { LETTER });
            }
            if index + 1 < runs.len() || !space_after {
                self.insert(run.end, if both || run.wanted == (false, true) { POINT } else { LETTER });
            }
        }
    }

    fn insert(&mut self, at: usize, mark: char) {
        self.letters(at);
        self.put(at, mark);
    }

    /// Puts in the letters up to a place.
    fn letters(&mut self, until: usize) {
        while let Some((&at, rest)) = self.letters.split_first().filter(|(at, _)| **at <= until) {
            self.letters = rest;
            self.put(at, LETTER);
        }
    }

    fn put(&mut self, at: usize, mark: char) {
        self.out.push_str(&self.text[self.copied..at]);
        self.copied = at;
        self.inserted += mark.len_utf8() as u32;
        self.marks.push((self.out.len() as u32, self.inserted));
        self.out.push(mark);
    }

    fn finish(mut self) -> Option<Marked> {
        self.letters(self.text.len());
        if self.marks.is_empty() {
            return None;
        }
        self.out.push_str(&self.text[self.copied..]);
        Some(Marked { text: self.out, marks: self.marks })
    }
}

/// Whether a neighbour of a cluster can make a difference.
fn is_near(c: char) -> bool {
    is_cjk(c) || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// What a run may do under either set of rules. A missing neighbour counts as white space (CommonMark 6.2).
fn flags(text: &str, start: usize, end: usize) -> Run {
    let mut rest = text[..start].chars();
    let before = rest.next_back();
    // A standardised variation selector says nothing itself: its base character counts.
    let selector = before.filter(|c| matches!(c, '\u{FE00}'..='\u{FE0E}'));
    let base = if selector.is_some() { rest.next_back() } else { before };
    let mut rest = text[end..].chars();
    let (after, second) = (rest.next(), rest.next());

    let delimiter = text.as_bytes()[start];
    let stock = stock_flags(delimiter, end - start, before, after);
    let cjk_before = base.is_some_and(|c| is_cjk(c) || selector == Some('\u{FE01}') && is_quote(c));
    let cjk_after = after.is_some_and(|c| is_cjk(c) || second == Some('\u{FE01}') && is_quote(c));
    let ideographic = matches!(before, Some('\u{E0100}'..='\u{E01EF}'));
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let point = |c: Option<char>| c.is_some_and(is_point);
    let cjk = cjk_before || cjk_after;
    let opens = !space(after) && (!point(after) || space(base) || point(base) || cjk || ideographic);
    let closes = !space(base) && (!point(base) || space(after) || point(after) || cjk);
    let wanted = match delimiter {
        b'*' => (opens, closes),
        _ if is_sign(delimiter) => (opens, closes),
        b'~' if end - start == 2 => (opens, closes),
        _ if selector.is_some() => stock_flags(delimiter, end - start, base, after),
        _ => stock,
    };
    Run { start, end, delimiter, stock, wanted }
}

/// Whether a neighbour is punctuation, as `==` and `~~` are.
fn is_point(c: char) -> bool {
    matches!(c, EQUALS | TILDES) || is_punctuation(c)
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
}

/// What the Markdown library lets a run do.
fn stock_flags(delimiter: u8, length: usize, before: Option<char>, after: Option<char>) -> (bool, bool) {
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let point = |c: Option<char>| c.is_some_and(is_point);
    let left = !space(after) && (!point(after) || space(before) || point(before));
    let right = !space(before) && (!point(before) || space(after) || point(after));
    match delimiter {
        b'*' => (left, right),
        _ if is_sign(delimiter) => (left, right),
        // `~~` opens wherever no space follows.
        b'~' if length == 2 => (!space(after), right),
        // Three and more strike nothing, but what stands beside them may be bold.
        b'~' if length > 2 => (false, false),
        b'_' => (left && (!right || point(before)), right && (!left || point(after))),
        _ => (
            !space(after) && (space(before) || point(before)),
            !space(before) && (space(after) || point(after)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CJK: Rules = Rules { cjk: true, math: false, mark: false, controls: false, line: false };

    #[test]
    fn text_without_a_cjk_neighbour_gets_no_mark() {
        for text in [
            "**bold.**tail",
            "a**(b)**c",
            "*a*b",
            "2*3*4",
            "**“x”**",
            "中文 **bold** 中文",
            "3元~5元",
            r"字\*「x」\*字",
        ] {
            assert!(mark(text, &[], &[], CJK).is_none(), "{text}");
        }
    }

    #[test]
    fn a_mark_stands_where_the_rules_disagree() {
        let shown = |text: &str| {
            mark(text, &[], &[], CJK)
                .map_or(text.to_owned(), |m| m.text.replace(LETTER, "@").replace(POINT, "!"))
        };
        assert_eq!(shown("**强调。**后文"), "**强调。@**后文");
        assert_eq!(shown("这是**“强调”**的"), "这是**@“强调”@**的");
        assert_eq!(shown("字**_中_**字"), "字@**@!_@中@_!@**@字");
    }

    #[test]
    fn marks_are_counted() {
        let marked = mark("**强。**后**「a」**", &[], &[], CJK).unwrap();
        assert_eq!(marked.marks, [(8, 3), (18, 6)]);
        let marked = mark("- **强。**后", &[0, 2], &[], CJK).unwrap();
        assert_eq!(marked.marks, [(0, 3), (5, 6), (16, 9)]);
    }
}
