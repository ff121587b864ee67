//! What is hidden from the Markdown library, and behind what.

use std::borrow::Cow;

use fearless_simd::{Level, dispatch, prelude::*};
use memchr::memmem;

use super::{Hidden, Mask};
use crate::bytes::{self, CHUNK, Chunk};
use crate::component::{self, Found};
use crate::emphasis::EQUALS;
use crate::foreign::Foreign;
use crate::{container, foreign, ruby};

/// What one look at a text finds.
pub(super) struct Masks {
    /// Everything that must be hidden.
    pub(super) masks: Vec<Mask>,
    /// The places of `:/`, `@` and `www`.
    pub(super) signs: Vec<u32>,
    /// Colons that begin a line and no definition.
    pub(super) colons: Vec<usize>,
    /// Whether there is anything that a formula begins with.
    pub(super) formulas: bool,
}

/// Finds everything that must be hidden, and what else is looked for on the way.
pub(super) fn masks(text: &str, mark: bool) -> Masks {
    let bytes = text.as_bytes();
    let mut masks = Vec::new();
    let mut signs = Vec::new();
    let mut colons = Vec::new();
    let mut end = 0;
    let mut places = Vec::with_capacity(64);
    let level = Level::new();
    let formulas = dispatch!(level, simd => look(simd, bytes, &mut places));
    let (mut comment, mut marked) = (0, 0);
    for at in places.into_iter().map(|at| at as usize) {
        if bytes[at] == b':' && defines_nothing(bytes, at) {
            colons.push(at);
        }
        match (bytes[at], bytes.get(at + 1)) {
            (b'{', _) if at < end => {}
            (b'{', Some(b'{' | b'%')) => match component::read(text, at) {
                Some(Found::Tag(..)) if is_address(text, at) => {}
                Some(Found::Tag(tag, after, again)) => {
                    masks.push(Mask { range: at..after, hidden: Hidden::Component(tag, again) });
                    end = after;
                }
                Some(Found::Broken(what, after)) => {
                    masks.push(Mask { range: at..after.max(at + 2), hidden: Hidden::Foreign(what) });
                }
                None => {}
            },
            (b'{', Some(b':' | b't' | b'.' | b'#')) if let Some((what, range)) = foreign::read(text, at) => {
                masks.push(Mask { range, hidden: Hidden::Foreign(what) });
            }
            (b'{', _) => {
                if let Some((ruby, after)) = ruby::read(text, at).filter(|_| !defines_link(text, at)) {
                    masks.push(Mask { range: at..after, hidden: Hidden::Ruby(ruby) });
                    end = after;
                }
            }
            (b']', Some(b'(')) => masks.extend(spaced_destination(text, at + 2)),
            (b'<', Some(b'!')) => masks.extend(more(text, at)),
            (b':', Some(b':')) if !bytes[..at].ends_with(b":") && bytes[at..].starts_with(b":::") => {
                masks.extend(fence(text, at));
            }
            (b':', Some(b'/')) | (b'@' | b'w', _) => signs.push(at as u32),
            (b'=', Some(b'=')) if mark => masks.extend(mark_run(text, at)),
            (b'=', Some(b'=')) if at >= marked => {
                if let Some(end) = foreign::mark(text, at) {
                    marked = end;
                    masks.push(Mask { range: at..at + 2, hidden: Hidden::Foreign(Foreign::Mark) });
                }
            }
            (b'^', _) => {
                masks.extend(
                    foreign::caret(text, at)
                        .map(|(what, range)| Mask { range, hidden: Hidden::Foreign(what) }),
                );
            }
            (b'%', Some(b'%')) if at >= comment => {
                if let Some(found) = foreign::comment(text, at) {
                    comment = found.end;
                    // What is in it is read as everything is.
                    masks.push(Mask { range: at..at + 2, hidden: Hidden::Foreign(Foreign::Comment) });
                }
            }
            _ => {}
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
        let mut hidden = masks.iter().peekable();
        colons.retain(|&colon| {
            while hidden.next_if(|mask| mask.range.end <= colon).is_some() {}
            hidden.peek().is_none_or(|mask| colon < mask.range.start)
        });
    }
    Masks { masks, signs, colons, formulas }
}

/// The places where something may begin that must be hidden, or told, or stand in an address: `{`, `]`, `<`, `:`, `@`, `www`, `%%`, `==`, a
/// `^` that begins no note. Also whether there is a dollar or a backslash, with which formulas begin.
#[inline(always)]
fn look<S: Simd>(simd: S, text: &[u8], places: &mut Vec<u32>) -> bool {
    let mut formulas = false;
    let mut at = 0;
    while at < text.len() {
        let chunk = Chunk::load(simd, text, at);
        let www = chunk.is(b'w');
        let mut found =
            chunk.is_any([b'{', b']', b'<', b':', b'@']) | www & (www >> 1 | 1 << 63) & (www >> 2 | 3 << 62);
        // Few texts have any of these.
        if chunk.is_any([b'$', b'\\', b'%', b'^', b'=']) != 0 {
            let equal = chunk.is(b'=');
            found |= bytes::before(equal & !(equal << 1), equal);
            formulas |= chunk.is_any([b'$', b'\\']) != 0;
            let percent = chunk.is(b'%');
            found |= bytes::before(percent & !(percent << 1), percent);
            found |= chunk.is(b'^') & !(chunk.is(b'[') << 1);
        }
        bytes::each(found, |bit| places.push(at as u32 + bit));
        at += CHUNK;
    }
    formulas
}

/// `<!-- more -->`, with or without spaces, in small letters or, as Hexo takes it, in any.
fn more(text: &str, at: usize) -> Option<Mask> {
    let inner = text[at..].strip_prefix("<!--")?.trim_start();
    let (word, after) = inner.split_at_checked("more".len())?;
    let after =
        Some(after).filter(|_| word.eq_ignore_ascii_case("more"))?.trim_start().strip_prefix("-->")?;
    Some(Mask { range: at..text.len() - after.len(), hidden: Hidden::More })
}

/// Whether a place stands on a line that defines a link: `[name]: address "title"`. A note may have anything in it.
fn defines_link(text: &str, at: usize) -> bool {
    definition(text, at).is_some()
}

/// Whether a place is where such a line has its address.
fn is_address(text: &str, at: usize) -> bool {
    definition(text, at).is_some_and(|between| between.trim_ascii().is_empty())
}

/// What stands on the line that defines a link between its name and a place.
fn definition(text: &str, at: usize) -> Option<&[u8]> {
    let before = &text.as_bytes()[at.saturating_sub(LONGEST_ADDRESS)..at];
    let line = before.rsplit(|&byte| byte == b'\n').next().unwrap_or_default().trim_ascii_start();
    let is_link = line.starts_with(b"[") && !line.starts_with(b"[^");
    let colon = memmem::find(line, b"]:").filter(|_| is_link)?;
    line.get(colon + 2..)
}

/// Whether nothing but the marks of lists and quotations stand before a place on its line.
fn begins_line(bytes: &[u8], at: usize) -> bool {
    let leads = |byte: u8| {
        byte.is_ascii_digit() || matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'.' | b')')
    };
    let lead = bytes[..at].iter().rev().take_while(|&&byte| leads(byte)).count();
    at == lead || bytes[at - lead - 1] == b'\n'
}

/// Whether a colon begins a line and no definition, as `:)` and `:8080` do: behind that of a definition stands white space (PHP
/// Markdown Extra, Pandoc), which the Markdown library does not ask for. The line below the head of a table may begin so, too.
fn defines_nothing(bytes: &[u8], at: usize) -> bool {
    if matches!(bytes.get(at + 1), Some(b' ' | b'\t')) || !begins_line(bytes, at) {
        return false;
    }
    let line = bytes[at..].iter().take_while(|&&byte| byte != b'\n');
    let mut rest = line.filter(|byte| !byte.is_ascii_whitespace()).skip(1).peekable();
    rest.peek().is_none() || !rest.all(|byte| matches!(byte, b'|' | b'-' | b':'))
}

/// The line of colons that begins at a place, if nothing but the marks of lists and quotations stand before it.
fn fence(text: &str, at: usize) -> Option<Mask> {
    if !begins_line(text.as_bytes(), at) {
        return None;
    }
    let rest = &text[at..];
    let rest = rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())].trim_end();
    Some(Mask { range: at..at + rest.len(), hidden: Hidden::Fence(container::read(rest)?) })
}

/// How far back the beginning of an address is looked for, in bytes.
const LONGEST_ADDRESS: usize = 512;

/// Two equals signs that may be a delimiter: no third beside them, not between two letters or white space (CommonMark 6.2),
/// not in an address.
fn mark_run(text: &str, at: usize) -> Option<Mask> {
    let (before, after) = (&text[..at], &text[at + 2..]);
    let (left, right) = (before.chars().next_back().unwrap_or('\n'), after.chars().next().unwrap_or('\n'));
    let alone = !matches!(left, '=' | '\\') && right != '=';
    let between = |is: fn(char) -> bool| is(left) && is(right);
    let flanks = !between(char::is_whitespace) && !between(|c| c.is_ascii_alphanumeric());
    if !(alone && flanks) {
        return None;
    }
    (!in_address(before)).then(|| Mask { range: at..at + 2, hidden: Hidden::Mark })
}

/// Whether a text ends within an address, or the value of an attribute of HTML.
fn in_address(before: &str) -> bool {
    let window = &before.as_bytes()[before.len().saturating_sub(LONGEST_ADDRESS)..];
    let word = window.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    let behind = |sign: &[u8]| memmem::rfind(word, sign).map(|at| (&word[..at], &word[at + sign.len()..]));
    // A destination in parentheses ends with them.
    let destination = behind(b"](").is_some_and(|(_, rest)| !rest.contains(&b')'));
    let defined = behind(b"]:").is_some() && defines_link(before, before.len());
    let quoted = behind(b"=\"").is_some_and(|(name, rest)| {
        name.last().is_some_and(u8::is_ascii_alphanumeric) && !rest.contains(&b'"')
    });
    // A bare address ends where Chinese begins, one in angle brackets with them.
    let bare = [&b"://"[..], b"www."].into_iter().filter_map(behind).any(|(name, rest)| {
        let bracket = memchr::memrchr(b'<', name).is_some_and(|at| !name[at..].contains(&b'>'));
        let ends = |byte: &u8| matches!(byte, b'<' | b'>' | b'"' | b')') || (!bracket && !byte.is_ascii());
        !rest.iter().any(ends)
    });
    destination || defined || quoted || bare
}

/// An address and the size behind it, `a.png =300x200`, as CSDN and markdown-it-imsize write it; one of the numbers may be missing.
pub(crate) fn sized(path: &str) -> Option<(&str, &str)> {
    let (address, size) = path.rsplit_once(" =")?;
    let (width, height) = size.split_once('x')?;
    let is_number = |text: &str| text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_size = is_number(width) && is_number(height) && size.len() > 1;
    (is_size && !address.trim().is_empty()).then_some((address.trim_end(), width))
}

/// The destination behind `](` if it is the path of a file with spaces: `![](图 1.png)`, `[x](a (7).md "title")`; or has a size behind it.
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
    let address = sized(path).map(|(address, _)| address);
    let (_, extension) = address.unwrap_or(path).rsplit_once('.')?;
    let extension = extension.split('#').next().unwrap_or(extension);
    let is_file =
        (1..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_spaced = path.contains(' ') && !path.contains(['"', '\t', '\\']);
    let start = start + blank;
    ((is_file || address.is_some()) && is_spaced)
        .then(|| Mask { range: start..start + path.len(), hidden: Hidden::Destination })
}

/// What stands in the text that is read where there is ruby.
const STAND_IN: char = '字';

/// Whether nothing follows on the line.
fn ends_line(text: &str, mask: &Mask) -> bool {
    let rest = text[mask.range.end..].trim_start_matches([' ', '\t', '\r']);
    matches!(rest.bytes().next(), None | Some(b'\n'))
}

/// Whether what would be hidden stays as it is: it is a comment already, or text.
fn stands(text: &str, mask: &Mask) -> bool {
    match mask.hidden {
        Hidden::Foreign(_) => true,
        Hidden::More => ends_line(text, mask) && !text[mask.range.clone()].contains('\n'),
        _ => false,
    }
}

/// Puts something of the same length in the place of what is hidden; mostly raw HTML: a comment, which is a block of its own and ends
/// a paragraph, where nothing follows on the line; else a tag, which is inline.
pub(super) fn hide<'a>(text: &'a str, masks: &[Mask]) -> Cow<'a, str> {
    let mut hidden = masks.iter().filter(|mask| !stands(text, mask)).peekable();
    if hidden.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for mask in hidden {
        out.push_str(&text[out.len()..mask.range.start]);
        match mask.hidden {
            Hidden::Destination => {
                out.extend(std::iter::repeat_n('x', mask.range.len()));
                continue;
            }
            Hidden::Mark => {
                out.extend([EQUALS, EQUALS]);
                continue;
            }
            // Han characters at both ends, for the rules of emphasis; six bytes is the shortest ruby there is.
            Hidden::Ruby(_) => {
                out.push(STAND_IN);
                out.extend(std::iter::repeat_n('x', mask.range.len() - 2 * STAND_IN.len_utf8()));
                out.push(STAND_IN);
                continue;
            }
            // The shortest HTML block there is; it may be three bytes long (CommonMark 4.6, kind 3).
            Hidden::Fence(_) => {
                out.push_str("<?");
                out.extend(std::iter::repeat_n('x', mask.range.len().saturating_sub(4)));
                out.push_str(if mask.range.len() > 3 { "?>" } else { ">" });
                continue;
            }
            _ => {}
        }
        let (open, close) = if ends_line(text, mask) { ("<!--", "-->") } else { ("<", ">") };
        out.push_str(open);
        out.extend(std::iter::repeat_n('x', mask.range.len() - open.len() - close.len()));
        out.push_str(close);
    }
    out.push_str(&text[out.len()..]);
    Cow::Owned(out)
}
