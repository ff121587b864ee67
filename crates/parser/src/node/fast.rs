//! The quick way through simple YAML, which is what nearly all front matter is: `key: value` lines with plain or
//! quoted values, flow lists of such, block lists of such, and maps of these by indentation.
//!
//! Anything else (anchors, tags, block scalars, escapes, comments, tabs, values over several lines …) is not
//! understood here, and `None` sends the whole text to serde-saphyr.

use std::borrow::Cow;

use fika_model::Span;

use super::{Entry, Node, Value};

/// Maps within maps that are followed; deeper ones are left to serde-saphyr.
const DEPTH: usize = 6;
/// Entries in one map: each new key is compared with all before it.
const ENTRIES: usize = 64;

/// Reads simple YAML.
pub(super) fn yaml(text: &str, base: usize) -> Option<Node<'_>> {
    if text.len() > u32::MAX as usize / 2 || !is_ordinary(text) {
        return None;
    }
    let mut lines = Lines { text, at: 0, base };
    if lines.peek()?.is_none() {
        return Some(Node::null(base));
    }
    let node = map(&mut lines, 0, 0)?;
    lines.peek()?.is_none().then_some(node)
}

/// Whether a text holds no character that YAML treats in a way of its own: control characters, NEL, U+2028, U+2029,
/// the byte order mark, U+FFFE and U+FFFF (YAML 1.2.2, 5.1 and 5.4).
fn is_ordinary(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.iter().any(|&byte| (byte < 0x20 && byte != b'\n' && byte != b'\r') || byte == 0x7f) {
        return false;
    }
    bytes.is_ascii()
        || !bytes.windows(3).any(|part| match part {
            [0xc2, low, _] | [_, 0xc2, low] => *low < 0xa0,
            [0xe2, 0x80, low] => matches!(low, 0xa8 | 0xa9),
            [0xef, 0xbb, low] => *low == 0xbf,
            [0xef, 0xbf, low] => *low >= 0xbe,
            _ => false,
        })
}

/// A line that is not blank: its indentation and the text after it, without trailing spaces.
#[derive(Clone, Copy)]
struct Line<'a> {
    indent: usize,
    rest: &'a str,
    /// The byte of `rest` in the text.
    at: usize,
    next: usize,
}

struct Lines<'a> {
    text: &'a str,
    at: usize,
    base: usize,
}

impl<'a> Lines<'a> {
    /// The next line that is not blank; `Some(None)` at the end, `None` if it cannot be read here.
    fn peek(&mut self) -> Option<Option<Line<'a>>> {
        loop {
            if self.at >= self.text.len() {
                return Some(None);
            }
            let whole = &self.text[self.at..];
            let (line, next) = match memchr::memchr(b'\n', whole.as_bytes()) {
                Some(end) => (&whole[..end], self.at + end + 1),
                None => (whole, self.text.len()),
            };
            let line = line.strip_suffix('\r').unwrap_or(line);
            if memchr::memchr(b'\r', line.as_bytes()).is_some() {
                return None;
            }
            let rest = line.trim_start_matches(' ');
            if rest.is_empty() {
                self.at = next;
                continue;
            }
            let indent = line.len() - rest.len();
            let rest = rest.trim_end_matches(' ');
            return Some(Some(Line { indent, rest, at: self.at + indent, next }));
        }
    }

    fn span(&self, start: usize, len: usize) -> Span {
        (self.base + start..self.base + start + len).into()
    }
}

/// A map whose keys stand at `indent`.
fn map<'a>(lines: &mut Lines<'a>, indent: usize, depth: usize) -> Option<Node<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::with_capacity(12);
    let mut start = None;
    while let Some(line) = lines.peek()? {
        if line.indent != indent {
            if line.indent > indent || start.is_none() {
                return None;
            }
            break;
        }
        let key = key(line.rest)?;
        if entries.len() >= ENTRIES || entries.iter().any(|entry| entry.key == key) {
            return None;
        }
        start = start.or(Some(line.at));
        lines.at = line.next;
        let rest = &line.rest[key.len() + 1..];
        let node = if rest.is_empty() {
            nested(lines, indent, line.at + line.rest.len(), depth)?
        } else {
            let value = rest.strip_prefix(' ')?.trim_start_matches(' ');
            inline(lines, value, line.at + line.rest.len() - value.len())?
        };
        entries.push(Entry { key: Cow::Borrowed(key), key_span: lines.span(line.at, key.len()), node });
    }
    let start = start? + lines.base;
    Some(Node::container(start, start, Value::Map(entries)))
}

/// The key at the start of a line, before its colon.
fn key(line: &str) -> Option<&str> {
    let end = memchr::memchr(b':', line.as_bytes())?;
    let key = &line[..end];
    let good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' || byte >= 0x80;
    let first = *key.as_bytes().first()?;
    let plain = (first.is_ascii_alphabetic() || first == b'_' || first >= 0x80) && key.bytes().all(good);
    (plain && key.len() <= 200 && !is_null(key)).then_some(key)
}

/// What stands below a key that has nothing beside it: a list, a map, or nothing. `after` is the byte after the colon.
fn nested<'a>(lines: &mut Lines<'a>, indent: usize, after: usize, depth: usize) -> Option<Node<'a>> {
    let nothing = Node::null(lines.base + after);
    let Some(line) = lines.peek()? else { return Some(nothing) };
    let is_item = line.rest == "-" || line.rest.starts_with("- ");
    if line.indent > indent || (line.indent == indent && is_item) {
        return match is_item {
            true => list(lines, line.indent, line.indent == indent),
            false if depth < DEPTH => map(lines, line.indent, depth + 1),
            false => None,
        };
    }
    Some(nothing)
}

/// A block list of scalars whose dashes stand at `indent`. One that is not indented below its key (`compact`) begins,
/// for serde-saphyr, at its first value, any other at its first dash.
fn list<'a>(lines: &mut Lines<'a>, indent: usize, compact: bool) -> Option<Node<'a>> {
    let mut items = Vec::with_capacity(4);
    let mut start = None;
    while let Some(line) = lines.peek()? {
        if line.indent > indent {
            return None;
        }
        if line.indent < indent || !line.rest.starts_with('-') {
            break;
        }
        let value = line.rest.strip_prefix("- ")?.trim_start_matches(' ');
        let at = line.at + line.rest.len() - value.len();
        start = start.or(Some(if compact { at } else { line.at }));
        lines.at = line.next;
        items.push(scalar(lines, value, at)?);
    }
    let start = start? + lines.base;
    Some(Node::container(start, start, Value::Seq(items)))
}

/// A value beside its key.
fn inline<'a>(lines: &Lines<'a>, value: &'a str, at: usize) -> Option<Node<'a>> {
    if value.starts_with('[') { flow(lines, value, at) } else { scalar(lines, value, at) }
}

/// A whole value: quoted to its end, or plain.
fn scalar<'a>(lines: &Lines<'a>, value: &'a str, at: usize) -> Option<Node<'a>> {
    if value.starts_with(['"', '\'']) {
        let (text, len) = quoted(value)?;
        let node = Node { span: lines.span(at, len), value: Value::Str(Cow::Borrowed(text)) };
        return (len == value.len()).then_some(node);
    }
    if value.contains(": ") || value.ends_with(':') || value.contains(" #") {
        return None;
    }
    Some(Node { span: lines.span(at, value.len()), value: plain(value)? })
}

/// A quoted text without escapes at the start of `value`, and its length with the quotes.
fn quoted(value: &str) -> Option<(&str, usize)> {
    let quote = *value.as_bytes().first()?;
    let end = memchr::memchr(quote, &value.as_bytes()[1..])? + 1;
    let text = &value[1..end];
    let escapes = match quote {
        b'"' => text.contains('\\'),
        _ => value[end + 1..].starts_with('\''),
    };
    (!escapes).then_some((text, end + 1))
}

/// A plain scalar by the core schema (YAML 1.2.2, 10.3.2), as serde-saphyr reads it with our options.
fn plain(text: &str) -> Option<Value<'_>> {
    let first = *text.as_bytes().first()?;
    if matches!(
        first,
        b'-' | b'?'
            | b':'
            | b','
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'#'
            | b'&'
            | b'*'
            | b'!'
            | b'|'
            | b'>'
            | b'\''
            | b'"'
            | b'%'
            | b'@'
            | b'`'
    ) {
        return None;
    }
    Some(match text {
        _ if is_null(text) => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if first.is_ascii_digit() => number(text)?,
        // Signs, points, infinities: rare enough for the slow way if Rust can read a number there.
        _ if matches!(first, b'+' | b'.' | b'i' | b'I' | b'n' | b'N') && is_numeric(text) => return None,
        _ => Value::Str(Cow::Borrowed(text)),
    })
}

fn number(text: &str) -> Option<Value<'_>> {
    if text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let leading_zero = text.len() > 1 && text.starts_with('0');
        return Some(if leading_zero {
            Value::Str(Cow::Borrowed(text))
        } else {
            Value::Int(text.parse().ok()?)
        });
    }
    (!is_numeric(text)).then_some(Value::Str(Cow::Borrowed(text)))
}

/// Whether a text might be a number in any of the spellings of YAML.
fn is_numeric(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    let radix = digits.as_bytes().first() == Some(&b'0')
        && matches!(digits.as_bytes().get(1), Some(b'x' | b'X' | b'o' | b'O' | b'b' | b'B'));
    radix || digits.starts_with('.') || text.parse::<f64>().is_ok()
}

fn is_null(text: &str) -> bool {
    matches!(text, "~" | "null" | "Null" | "NULL")
}

/// A flow list of scalars on one line: `[a, "b", 3]`.
fn flow<'a>(lines: &Lines<'a>, value: &'a str, at: usize) -> Option<Node<'a>> {
    let inner = value.strip_prefix('[')?.strip_suffix(']')?;
    let mut items = Vec::with_capacity(4);
    let mut rest = inner.trim_start_matches(' ');
    while !rest.is_empty() {
        let start = at + value.len() - 1 - rest.len();
        let (value, len) = if rest.starts_with(['"', '\'']) {
            let (text, len) = quoted(rest)?;
            (Value::Str(Cow::Borrowed(text)), len)
        } else {
            let item = rest.split(',').next()?.trim_end_matches(' ');
            if item.contains(['[', ']', '{', '}', '#', ':', '"', '\'']) {
                return None;
            }
            (plain(item)?, item.len())
        };
        items.push(Node { span: lines.span(start, len), value });
        rest = rest[len..].trim_start_matches(' ');
        if rest.is_empty() {
            break;
        }
        rest = rest.strip_prefix(',')?.trim_start_matches(' ');
        if rest.is_empty() {
            return None;
        }
    }
    let start = lines.base + at;
    Some(Node::container(start, start + 1, Value::Seq(items)))
}
