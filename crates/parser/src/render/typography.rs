//! Typography of Chinese pages that CSS cannot do alone: elements are put around characters, which stay those that
//! were written, so that text copied from the page, searched or counted is the same.
//!
//! - A line must not begin with an interpunct or a connector (clreq 3.1.4, GB/T 15834 5.1), and browsers let `·`, `～` and `／`
//!   do so: each is held to the character before it, as is a number to its unit, by `<span class="nb">`.
//! - A run of English says so (WCAG 3.1.2), which gives its quotation marks and apostrophes their narrow shapes back.
//! - Emphasis leaves punctuation out: dots stand under characters only (clreq 3.1.8).
//!
//! Code, addresses, titles, and what stands in raw HTML with a `lang` of its own are left alone.

use fika_model::Typography;
use pulldown_cmark::TagEnd;

use super::{Renderer, Settings};
use crate::chars::is_cjk;
use crate::escape;

/// What is done, and where the loop is.
pub(super) struct State {
    /// Whether anything is to be done on this page.
    pub(super) on: bool,
    /// Whether the loop is in a heading that may be the title, which the theme sets.
    pub(super) paused: bool,
    rules: Typography,
    /// The element of raw HTML that is open and names its own language.
    foreign: Option<Box<str>>,
    /// The place in the HTML behind the last `<em>`, which is taken back where nothing follows.
    opened: usize,
}

impl State {
    pub(super) fn new(settings: &Settings<'_>) -> State {
        let rules = settings.markdown.typography;
        let on = settings.lang.is_chinese()
            && !settings.markdown.commonmark
            && (rules.no_break || rules.latin || rules.emphasis);
        State { on, paused: false, rules, foreign: None, opened: 0 }
    }

    /// An element of raw HTML names its language.
    pub(super) fn enter_foreign(&mut self, name: &str) {
        self.foreign.get_or_insert_with(|| name.into());
    }

    /// A tag of raw HTML that may be the end of such an element.
    pub(super) fn leave_foreign(&mut self, html: &str) {
        let Some(name) = &self.foreign else { return };
        let ends = html
            .strip_prefix("</")
            .and_then(|rest| rest.get(..name.len()))
            .is_some_and(|ending| ending.eq_ignore_ascii_case(name));
        if ends {
            self.foreign = None;
        }
    }
}

impl Renderer<'_> {
    /// Writes text with what it needs; false if it needs nothing and is not written.
    #[inline]
    pub(super) fn typeset(&mut self, text: &str) -> bool {
        let state = &self.typography;
        if state.paused || state.foreign.is_some() {
            return false;
        }
        let emphasized = state.rules.emphasis
            && self.frames.last().is_some_and(|frame| {
                // Between the tags of raw HTML emphasis cannot end and begin anew.
                frame.tag == TagEnd::Emphasis && !frame.muted && frame.raw == self.inline.raw
            });
        if emphasized && text.chars().any(is_undotted) {
            self.emphasized(text);
            return true;
        }
        if !is_rough(text.as_bytes()) {
            return false;
        }
        set(&mut self.html, text, self.typography.rules);
        true
    }

    pub(super) fn start_emphasis(&mut self) {
        self.html.push_str("<em>");
        self.typography.opened = self.html.len();
    }

    pub(super) fn end_emphasis(&mut self) {
        if self.typography.on && self.opens_in_vain() {
            // A component may have ended behind it.
            let end = self.html.len();
            self.edit(end - "<em>".len()..end, "");
        } else {
            self.html.push_str("</em>");
        }
    }

    /// Whether nothing stands behind the last `<em>`.
    fn opens_in_vain(&self) -> bool {
        let len = self.html.len();
        self.typography.opened == len
            && self.html.ends_with("<em>")
            && self.holes.last().is_none_or(|hole| (hole.at as usize) < len)
    }

    /// Emphasis that ends before punctuation and begins anew behind it.
    fn emphasized(&mut self, text: &str) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let plain = is_undotted(first);
            let mut before = '\0';
            let end = rest.find(|c: char| {
                // An apostrophe is part of a word.
                let other = (is_undotted(c) && !(c == '’' && before.is_ascii_alphanumeric())) != plain;
                before = c;
                other
            });
            let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
            rest = after;
            if plain {
                self.end_emphasis();
                escape::text(&mut self.html, part);
                self.start_emphasis();
            } else {
                set(&mut self.html, part, self.typography.rules);
            }
        }
    }
}

/// Punctuation under which no dot stands.
fn is_undotted(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '「'
            | '」'
            | '『'
            | '』'
            | '（'
            | '）'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '【'
            | '】'
            | '…'
            | '—'
    )
}

/// Whether there may be something to do in a text. A plain loop over three bytes at a time, which the compiler does
/// sixteen at once; most text leaves here.
fn is_rough(bytes: &[u8]) -> bool {
    let (Some(second), Some(third)) = (bytes.get(1..), bytes.get(2..)) else { return false };
    let mut found = 0_u8;
    for ((&x, &y), &z) in bytes.iter().zip(second).zip(third) {
        let letter = u8::from((z | 0x20).wrapping_sub(b'a') < 26);
        let digit = u8::from(z.wrapping_sub(b'0') < 10);
        let graphic = u8::from(x.wrapping_sub(0x21) < 0x5E);
        // `a b`, `3 km`; `第 3`.
        found |=
            u8::from(y == b' ') & (graphic & (letter | u8::from(z == b'%')) | u8::from(x == 0xAC) & digit);
        // `·`
        found |= u8::from(y == 0xC2) & u8::from(z == 0xB7);
        // `～`, `／`
        found |= u8::from(x == 0xEF)
            & (u8::from(y == 0xBD) & u8::from(z == 0x9E) | u8::from(y == 0xBC) & u8::from(z == 0x8F));
        // `’`
        found |= u8::from(x == 0xE2) & u8::from(y == 0x80) & u8::from(z == 0x99);
    }
    found != 0
}

/// Writes text with elements around what needs them.
fn set(html: &mut String, text: &str, rules: Typography) {
    let bytes = text.as_bytes();
    let (mut done, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let begins = !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric());
        let (piece, next) = match byte {
            b'A'..=b'Z' | b'a'..=b'z' if rules.latin && begins => latin_run(text, at),
            b'0'..=b'9' if rules.no_break && begins => number(text, done, at),
            0xC2 | 0xEF if rules.no_break => mark(text, done, at),
            _ => (None, at + 1),
        };
        if let Some((start, open)) = piece {
            escape::text(html, &text[done..start]);
            html.push_str(open);
            escape::text(html, &text[start..next]);
            html.push_str("</span>");
            done = next;
        }
        at = next;
    }
    escape::text(html, &text[done..]);
}

const NO_BREAK: &str = "<span class=\"nb\">";
const ENGLISH: &str = "<span lang=\"en\">";

/// Where an element begins, and its tag, if there is to be one; and where to go on, which is where it ends.
type Piece = (Option<(usize, &'static str)>, usize);

/// An interpunct or connector at a place, held to the character before it.
fn mark(text: &str, done: usize, at: usize) -> Piece {
    let Some(mark) = text.get(at..).and_then(|rest| rest.chars().next()) else { return (None, at + 1) };
    let end = at + mark.len_utf8();
    let before = text[done..at].chars().next_back().filter(|c| !c.is_whitespace());
    match before {
        Some(before) if matches!(mark, '·' | '～' | '／') => {
            (Some((at - before.len_utf8(), NO_BREAK)), end)
        }
        _ => (None, end),
    }
}

/// Units that follow a number behind a space.
const UNITS: &[&str] = &[
    "%", "A", "B", "GB", "GHz", "Gbps", "Hz", "K", "KB", "L", "MB", "MHz", "Mbps", "PB", "Pa", "TB", "V",
    "W", "bit", "cal", "cm", "dB", "dpi", "em", "fps", "g", "h", "kHz", "kPa", "kW", "kWh", "kcal", "kg",
    "km", "m", "mA", "mAh", "mL", "mg", "min", "ml", "mm", "ms", "nm", "ns", "pt", "px", "rem", "s", "t",
];

/// A number at a place with the unit behind it (`100 km`), or in `第 3 章`.
fn number(text: &str, done: usize, at: usize) -> Piece {
    let bytes = text.as_bytes();
    let mut end = at;
    while bytes.get(end).is_some_and(|byte| {
        byte.is_ascii_digit()
            || matches!(byte, b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
    }) {
        end += 1;
    }
    let rest = &text[end..];
    if text[done..at].ends_with("第 ") {
        let counter = rest.strip_prefix(' ').unwrap_or(rest).chars().next().filter(|&c| is_cjk(c));
        let spaced = counter.filter(|c| "章节回卷页条款期届次集季部篇讲课天年级行列版步".contains(*c));
        let end = end + spaced.map_or(0, |c| c.len_utf8() + usize::from(rest.starts_with(' ')));
        return (Some((at - "第 ".len(), NO_BREAK)), end);
    }
    if let Some(unit) = rest.strip_prefix(' ') {
        let length = unit.bytes().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let length = if unit.starts_with('%') { 1 } else { length };
        let ends = !unit.as_bytes().get(length).is_some_and(u8::is_ascii_digit);
        if ends && UNITS.binary_search(&&unit[..length]).is_ok() {
            return (Some((at, NO_BREAK)), end + 1 + length);
        }
    }
    (None, end)
}

/// A run of English that begins at a letter: words of ASCII letters, with the spaces and Western punctuation between
/// them. It is marked when it has two words or a curly apostrophe. With other letters in it (`é`, `α`) it is in
/// another language, and left.
fn latin_run(text: &str, start: usize) -> Piece {
    if text[..start].chars().next_back().is_some_and(is_foreign) {
        return (None, foreign_end(text, start));
    }
    let (mut end, mut first_word) = (start, 0);
    let (mut words, mut counted) = (0, 0);
    let (mut curly, mut curly_seen) = (false, false);
    let mut in_word = false;
    let mut quote: Option<char> = None;
    let mut foreign = false;
    let mut before = ' ';
    let mut chars = text[start..].char_indices().peekable();
    let mut stop = text.len();
    while let Some((at, c)) = chars.next() {
        let at = start + at;
        let next = chars.peek().map_or(' ', |&(_, next)| next);
        let after = at + c.len_utf8();
        match c {
            _ if c.is_ascii_alphanumeric() => {
                words += u32::from(!in_word && c.is_ascii_alphabetic());
                in_word = true;
            }
            '’' if before.is_ascii_alphanumeric() && quote != Some('’') && next.is_ascii_alphabetic() => {
                curly_seen = true;
            }
            // `authors’ rights`
            '’' if before == 's' && quote != Some('’') && next == ' ' => in_word = false,
            '“' | '‘' if quote.is_none() && matches!(before, ' ' | '(') && next.is_ascii_alphanumeric() =>
            {
                quote = Some(if c == '“' { '”' } else { '’' });
                in_word = false;
            }
            _ if quote == Some(c) => {
                quote = None;
                in_word = false;
            }
            ':' if next == '/' => {
                stop = at;
                break;
            }
            ' ' | '!'..='/' | ':' | ';' | '?' | '@' => in_word = in_word && matches!(c, '-' | '\'' | '.'),
            _ => {
                foreign = is_foreign(c);
                stop = at;
                break;
            }
        }
        before = c;
        if first_word == 0 && !next.is_ascii_alphanumeric() {
            first_word = after;
        }
        if quote.is_none() && (c.is_ascii_alphanumeric() || c == '”' || c == '’') {
            (end, counted, curly) = (after, words, curly_seen);
        }
    }
    match (foreign, counted > 1 || curly) {
        (true, _) => (None, foreign_end(text, stop)),
        (false, true) => (Some((start, ENGLISH)), end),
        // A run within it would have no more words, unless a quotation that never ended hid them.
        (false, false) if quote.is_none() => (None, stop.max(start + 1)),
        (false, false) => (None, first_word.max(start + 1)),
    }
}

/// A letter that is neither English nor Chinese.
fn is_foreign(c: char) -> bool {
    !c.is_ascii() && c.is_alphabetic() && !is_cjk(c)
}

/// Where text in another language ends: at the next Chinese character or quotation mark.
fn foreign_end(text: &str, start: usize) -> usize {
    let ends = |c: char| is_cjk(c) || matches!(c, '“' | '”' | '—' | '…');
    text[start..].find(ends).map_or(text.len(), |length| start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is set, with `[…]` for what holds together and `<…>` for English.
    fn shown(text: &str) -> String {
        let mut html = String::new();
        if is_rough(text.as_bytes()) {
            set(&mut html, text, Typography::ALL);
        } else {
            html.push_str(text);
        }
        let mut out = String::new();
        let mut closers = Vec::new();
        let mut rest = html.as_str();
        while let Some(c) = rest.chars().next() {
            let tags = [(NO_BREAK, "[", "]"), (ENGLISH, "<", ">")];
            if let Some((tag, open, close)) = tags.into_iter().find(|(tag, ..)| rest.starts_with(tag)) {
                out.push_str(open);
                closers.push(close);
                rest = &rest[tag.len()..];
            } else if let Some(after) = rest.strip_prefix("</span>") {
                out.push_str(closers.pop().unwrap());
                rest = after;
            } else {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        out
    }

    #[test]
    fn marks_stay_with_what_stands_before_them() {
        for (text, want) in [
            ("卡尔·马克思·某", "卡[尔·]马克[思·]某"),
            ("10～20 元，中／英", "1[0～]20 元，[中／]英"),
            ("·开头 ·空格后", "·开头 ·空格后"),
            ("×2，3°", "×2，3°"),
        ] {
            assert_eq!(shown(text), want);
        }
    }

    #[test]
    fn numbers_stay_with_their_units() {
        for (text, want) in [
            ("走了 100 km，用 3.5 GB", "走了 [100 km]，用 [3.5 GB]"),
            ("第 3 章，第 12页，第 5 个", "[第 3 章]，[第 12页]，[第 5] 个"),
            ("2024 年 8 月，iPhone 15", "2024 年 8 月，iPhone 15"),
            ("涨了 5 % 左右", "涨了 [5 %] 左右"),
            ("5 mice，3 g2", "5 mice，3 g2"),
        ] {
            assert_eq!(shown(text), want);
        }
        assert!(UNITS.is_sorted());
    }

    #[test]
    fn runs_of_english_are_marked() {
        for (text, want) in [
            ("他说 It’s fine. 然后走了", "他说 <It’s fine>. 然后走了"),
            ("用React写，也用 Windows 11", "用React写，也用 Windows 11"),
            ("（Attention Is All You Need）", "（<Attention Is All You Need>）"),
            ("他说“hello world”就走", "他说“<hello world>”就走"),
            ("“Apple”“Banana pie”", "“Apple”“<Banana pie>”"),
            ("She said “go on” twice。", "<She said “go on” twice>。"),
            ("She said “go on and", "<She said> “<go on and>"),
            ("authors’ rights 之类", "<authors’ rights> 之类"),
            ("café au lait，Il faut", "café au lait，<Il faut>"),
            ("École normale supérieure", "École normale supérieure"),
            ("A – B 和 don’t", "A – B 和 <don’t>"),
            ("one-way，O.K.，a", "one-way，O.K.，a"),
            ("Hello World·中", "<Hello World>·中"),
        ] {
            assert_eq!(shown(text), want);
        }
    }
}
