//! What looks like Markdown, is most likely meant to be, and is text: it is shown as it was written, and told.

use std::ops::Range;

use pulldown_cmark::TagEnd;

use super::Renderer;
use crate::chars::{is_cjk, is_punctuation};
use crate::emphasis::{LETTER, POINT};

/// Spaces that an input method or another program writes, and that Markdown does not take for some.
const WIDE: [char; 2] = ['\u{3000}', '\u{a0}'];

/// What other programs set before the items of a list, and is none of Markdown's.
const BULLETS: [char; 10] = ['•', '●', '○', '■', '□', '◆', '◇', '▪', '·', '➢'];

/// How far around a bracket the rest of a link is looked for, in bytes.
const NEAR: usize = 512;

impl Renderer<'_> {
    /// Two to six `#` at the beginning of a line, with no space behind them. One may be a tag, unless a wide space is behind it.
    pub(super) fn tight_heading(&mut self, range: &Range<usize>) {
        let text: &str = &self.source.text;
        let before = text[..range.start].trim_end_matches([' ', '\t', '>', LETTER, POINT]);
        let signs = text[range.start..].bytes().take(7).take_while(|&byte| byte == b'#').count();
        let behind = &text[range.start + signs..];
        let is_spaced =
            behind.starts_with(WIDE) && behind.trim_start_matches(WIDE).starts_with(|c| c != '\n');
        let is_word = || is_spaced || behind.starts_with(char::is_alphanumeric);
        let is_line = matches!(self.frames.last(), Some(frame) if matches!(frame.tag, TagEnd::Paragraph | TagEnd::Item));
        if !(is_line
            && (before.is_empty() || before.ends_with('\n'))
            && (2 - usize::from(is_spaced)..=6).contains(&signs)
            && is_word())
        {
            return;
        }
        let signs = &text[range.start..range.start + signs];
        let message = match is_spaced {
            true => format!("the space behind `{signs}` is none to Markdown, so this is no heading"),
            false => format!("behind `{signs}` there is no space, so this is no heading"),
        };
        let help = format!("write `{signs} `, or a backslash before it if it is meant to be seen");
        self.warn("tight-heading", &(range.start..range.start + signs.len()), message, &help);
    }

    /// The `]` of a link that is none, or of the definition of one that is none.
    pub(super) fn broken_link(&mut self, range: &Range<usize>) {
        let text: &str = &self.source.text;
        let before = &text[text.ceil_char_boundary(range.start.saturating_sub(NEAR))..range.start];
        let line = before.rsplit('\n').next().unwrap_or_default();
        let Some(open) = opening(line).filter(|_| self.inline.links == 0 && !line.ends_with('\\')) else {
            return;
        };
        if self.contents(range.start) {
            return;
        }
        let rest = &text[range.end..text.floor_char_boundary(range.end + NEAR)];
        let rest = rest.split('\n').next().unwrap_or_default();
        if line[..open].ends_with('^') && is_prose(&line[open + 1..]) {
            let place = range.start - (line.len() - open) - 1..range.end;
            let help = "write `[^name]` here, and the note on a line of its own: `[^name]: …`";
            return self.warn(
                "broken-syntax",
                &place,
                "a note is not written within the line, so this is text",
                help,
            );
        }
        if line[open + 1..].starts_with("图片上传失败") {
            let place = range.start - (line.len() - open)..range.end;
            let message = "the place of a picture that another program has lost";
            return self.warn(
                "broken-syntax",
                &place,
                message,
                "put the picture here, `![words](a.png)`, or delete it",
            );
        }
        let (kind, inside) = match rest.chars().next() {
            Some('(') => enclosed(&rest[1..]).map_or((Broken::Link, None), |(inside, close)| match close {
                '）' if !inside.contains('（') => (Broken::FullWidth, Some(inside)),
                _ => (Broken::Link, rest[1..].split_once(')').map(|(inside, _)| inside)),
            }),
            Some('（') => (Broken::FullWidth, enclosed(&rest['（'.len_utf8()..]).map(|(inside, _)| inside)),
            Some('：') if line[..open].trim_matches([' ', '\t', '>']).is_empty() => {
                (Broken::FullWidthColon, Some(rest['：'.len_utf8()..].trim_start()))
            }
            Some(':') if line[..open].trim_matches([' ', '\t', '>']).is_empty() => {
                (Broken::Definition, rest[1..].starts_with(' ').then(|| &rest[2..]))
            }
            _ => return,
        };
        let Some(inside) = inside.filter(|inside| is_address(inside)) else { return };
        let start = range.start - (line.len() - open);
        let end = inside.as_ptr().addr() - text.as_ptr().addr() + inside.trim_end().len();
        let is_definition = matches!(kind, Broken::Definition | Broken::FullWidthColon);
        let bracket = text[end..].chars().next().filter(|_| !is_definition);
        let end = end + bracket.map_or(0, char::len_utf8);
        let (message, help) = kind.words();
        self.warn("broken-syntax", &(start..end), message, help);
    }

    /// Lines of a paragraph that are numbered one after the other, or have hyphens before them: the items of a list that is none.
    pub(super) fn broken_list(&mut self, range: &Range<usize>) {
        let text = &self.source.text[range.clone()];
        let ends = |from: usize| memchr::memchr(b'\n', &text.as_bytes()[from..]).map(|end| from + end);
        let mut last: Option<(Range<usize>, Marker)> = None;
        let mut next = Some(0);
        while let Some(begin) = next {
            let end = ends(begin);
            next = end.map(|end| end + 1).filter(|&next| next < text.len());
            let line = &text[begin..end.unwrap_or(text.len())];
            let content = line.trim_start_matches([' ', '\t', '>', LETTER, POINT]);
            let Some(marker) = Marker::of(content) else {
                last = None;
                let above = text[..begin].trim_end_matches('\n');
                if begin > 0 && content.starts_with('\u{3000}') && !breaks(above) {
                    let start = range.start + begin + line.len() - content.len();
                    return self.tight_paragraph(&(start..start + '\u{3000}'.len_utf8()));
                }
                let indent = &line[..line.len() - content.len()];
                let is_indented = (indent.contains('\t') || indent.len() > 3) && self.frames.is_empty();
                if begin > 0 && is_indented && content.starts_with(is_cjk) && ends_sentence(above) {
                    let start = range.start + begin;
                    return self.tight_paragraph(&(start..start + indent.len()));
                }
                continue;
            };
            if let Some((first, before)) = &last
                && marker.follows(before)
            {
                return self.warn(
                    "tight-list",
                    first,
                    "this line and the next are numbered and no list, so they stand in one paragraph",
                    "begin each with `1. ` or `- `, with its space and an empty line above the first, or end it with a backslash",
                );
            }
            let start = range.start + begin + line.len() - line.trim_start_matches([' ', '\t', '>']).len();
            last = (!breaks(line)).then_some((start..start + marker.length, marker));
        }
    }

    /// A line within a paragraph that begins with the indent of one.
    fn tight_paragraph(&mut self, indent: &Range<usize>) {
        self.warn(
            "tight-paragraph",
            indent,
            "this line is indented like a paragraph, and stands in one with the line above",
            "put an empty line above it",
        );
    }

    /// Two stars that are text. If a space is what keeps them from being bold type, with the next ones, that is told.
    pub(super) fn spaced_strong(&mut self, range: &Range<usize>) {
        let text: &str = &self.source.text;
        let start = range.start;
        let behind = &text[start..text.floor_char_boundary(start + NEAR)];
        if start < self.inline.strong_until || !behind.starts_with("**") {
            return;
        }
        let inside = &behind["**".len()..];
        let Some(close) = memchr::memchr2(b'*', b'\n', inside.as_bytes()) else { return };
        if inside[close..].starts_with("\n\n") {
            return self.torn_strong(start, &inside[..close], &inside[close + "\n\n".len()..]);
        }
        let (inside, after) = inside.split_at(close);
        let Some(after) = after.strip_prefix("**") else { return };
        let is_mark = |c: char| matches!(c, LETTER | POINT);
        let inside = inside.trim_matches(is_mark);
        let before = text[..start].chars().next_back().filter(|&c| !is_mark(c));
        let is_apart =
            |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || is_cjk(c) || is_punctuation(c));
        let spaces = (inside.starts_with(char::is_whitespace), inside.ends_with(char::is_whitespace));
        let is_said = match spaces {
            (true, false) => inside.chars().any(is_cjk),
            (false, true) => inside.chars().filter(|c| c.is_alphabetic()).count() > 1,
            _ => false,
        };
        let beside = [before, after.trim_start_matches(is_mark).chars().next()];
        if !is_said || inside.contains('`') || !beside.into_iter().all(is_apart) {
            return;
        }
        let end = start + close + "****".len();
        self.inline.strong_until = end;
        self.warn(
            "broken-syntax",
            &(start..end),
            "there is a space within the stars, so this is not bold",
            "write the stars right beside the words: `**words**`",
        );
    }

    /// Two stars at the beginning of a paragraph of one line, and no others but at the end of the next.
    fn torn_strong(&mut self, start: usize, line: &str, next: &str) {
        let is_mark = |c: char| matches!(c, LETTER | POINT);
        let before = self.source.text[..start].trim_end_matches(is_mark);
        let next = next.split('\n').next().unwrap_or_default().trim_end_matches(is_mark);
        let end = next.strip_suffix("**").filter(|next| !next.contains('*') && !next.is_empty());
        if end.is_some() && (before.is_empty() || before.ends_with('\n')) && line.contains(is_cjk) {
            self.warn(
                "broken-syntax",
                &(start..start + "**".len()),
                "bold type ends with its paragraph, so these stars are text",
                "put stars around the words of each paragraph",
            );
        }
    }
}

/// Whether a line ends with a sentence in Chinese.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches([LETTER, POINT, '*']).ends_with(['。', '！', '？', '”', '」', '…'])
}

/// Whether a line ends with a line break that was meant.
fn breaks(line: &str) -> bool {
    ["  ", "\\", "<br>", "<br/>", "<br />"].iter().any(|end| line.ends_with(end))
}

/// What a line begins with that numbers it.
#[derive(PartialEq, Clone, Copy)]
struct Marker {
    /// What stands before and behind the number, and whether it is a Chinese one.
    family: (Option<char>, char, bool),
    number: u32,
    /// In bytes.
    length: usize,
}

impl Marker {
    fn of(line: &str) -> Option<Marker> {
        let mut chars = line.chars();
        let first = chars.next().filter(|first| !first.is_ascii_alphabetic())?;
        if let '-' | '*' | '+' = first {
            let is_item =
                chars.next().is_some_and(|c| WIDE.contains(&c) || first == '-' && c.is_alphabetic());
            return is_item.then_some(Marker { family: (None, first, false), number: 0, length: 1 });
        }
        if BULLETS.contains(&first) {
            return Some(Marker { family: (None, first, false), number: 0, length: first.len_utf8() });
        }
        if let '①'..='⑳' = first {
            let number = u32::from(first) - u32::from('①');
            return Some(Marker { family: (None, '①', false), number, length: first.len_utf8() });
        }
        let open = Some(first).filter(|first| matches!(first, '（' | '(' | '[' | '【'));
        let rest = &line[open.map_or(0, char::len_utf8)..];
        let (number, is_han, digits) = number(rest)?;
        let mut behind = rest[digits..].chars();
        let close = behind.next()?;
        let is_close = match open {
            Some('[') => close == ']',
            Some('【') => close == '】',
            Some(_) => matches!(close, '）' | ')'),
            None => matches!(close, '.' | '．' | '、' | '）' | ')'),
        };
        let is_decimal = behind.next().is_some_and(|c| c.is_ascii_digit());
        let length = line.len() - rest.len() + digits + close.len_utf8();
        (is_close && !is_decimal).then_some(Marker { family: (open, close, is_han), number, length })
    }

    /// Whether it is the one behind another. Bullets have no number.
    fn follows(&self, before: &Marker) -> bool {
        let is_bullet = matches!(self.family.1, '-' | '*' | '+') || BULLETS.contains(&self.family.1);
        self.family == before.family && (is_bullet || self.number == before.number + 1)
    }
}

/// The number with which a text begins, whether it is a Chinese one, up to ten, and its length.
fn number(text: &str) -> Option<(u32, bool, usize)> {
    let digits = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some((text[..digits].parse().ok()?, false, digits));
    }
    let first = text.chars().next()?;
    if let '０'..='９' = first {
        let full = text.chars().take(3).take_while(|c| ('０'..='９').contains(c));
        let digit = |number: u32, c: char| number * 10 + u32::from(c) - u32::from('０');
        let (number, count) = full.fold((0, 0), |(number, count), c| (digit(number, c), count + 1));
        return Some((number, false, count * first.len_utf8()));
    }
    let number = "一二三四五六七八九十".find(first)? / first.len_utf8();
    Some((number as u32, true, first.len_utf8()))
}

/// What is broken.
#[derive(PartialEq)]
enum Broken {
    Link,
    FullWidth,
    FullWidthColon,
    Definition,
}

impl Broken {
    /// What a writer is told.
    fn words(&self) -> (&'static str, &'static str) {
        match self {
            Broken::Link => (
                "this looks like a link and is none",
                "put an address with spaces between `<` and `>`, and no quotation marks, notes or other links into a link",
            ),
            Broken::FullWidth => (
                "a parenthesis is full-width, so this is no link",
                "write half-width ones: `[words](address)`",
            ),
            Broken::FullWidthColon => (
                "the colon is full-width, so this defines no address",
                "write a half-width one, and a space: `[name]: address`",
            ),
            Broken::Definition => (
                "an address can be defined at the beginning of a paragraph alone, so this is text",
                "put an empty line above it",
            ),
        }
    }
}

/// Where the bracket stands that a bracket behind a text closes.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.bytes().rposition(|byte| {
        depth += i32::from(byte == b']') - i32::from(byte == b'[');
        depth == 0
    })
}

/// What stands before the first parenthesis that ends it, and which that is.
fn enclosed(text: &str) -> Option<(&str, char)> {
    let (at, close) = text.char_indices().find(|(_, c)| matches!(c, ')' | '）'))?;
    Some((&text[..at], close))
}

/// Whether words are what somebody says, and no class of characters.
fn is_prose(words: &str) -> bool {
    words.contains(' ') || words.chars().filter(|&c| is_cjk(c)).count() > 3
}

/// Whether a text begins with what can be nothing but an address.
fn is_address(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches('<');
    let word = text.split([' ', '#', '?']).next().unwrap_or_default();
    let is_page = [".md", ".html", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"]
        .iter()
        .any(|end| word.ends_with(end) && word.len() > end.len());
    is_page
        || ["http://", "https://", "mailto:", "./", "../", "@/", "#"]
            .iter()
            .any(|begin| text.starts_with(begin))
}
