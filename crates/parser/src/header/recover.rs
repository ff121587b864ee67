//! A header that cannot be parsed: what can be saved of it.

use super::slips::{self, Slip};
use crate::node::{self, Entry, Node, Value, items, key_of};

/// Whether most lines of a text are no header lines: a thematic break above prose was taken for a fence.
pub(super) fn is_prose(text: &str) -> bool {
    let (mut keys, mut prose) = (0_usize, 0_usize);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let belongs =
            key_of(line).is_some() || line.starts_with([' ', '\t', '#', '-']) || slips::is_certain(line);
        *(if belongs { &mut keys } else { &mut prose }) += 1;
    }
    prose > keys
}

/// Reads every top-level key by itself; one that still cannot be read is its text, if it is on one line. Also the keys with slips,
/// with where their lines begin in the file.
pub(super) fn tree(text: &str, base: usize) -> (Node<'_>, Vec<(usize, Slip<'_>)>) {
    let (mut entries, mut found) = (Vec::new(), Vec::new());
    let tabbed = text.trim_start_matches(['\n', '\r']).starts_with('\t');
    let mut at = 0;
    while at < text.len() {
        let end = chunk_end(text, at, tabbed);
        let part = &text[at..end];
        match part.lines().next().and_then(slips::slip) {
            Some(slip) => {
                entries.push(mended(part, base + at, &slip));
                found.push((base + at, slip));
            }
            None => entries.extend(chunk(part, base + at)),
        }
        at = end;
    }
    (Node { span: (base..base + text.len()).into(), value: Value::Map(entries) }, found)
}

/// A key with a slip, and its value.
fn mended<'a>(text: &'a str, base: usize, slip: &Slip<'a>) -> Entry<'a> {
    let (from, value) = (base + slip.value, &text[slip.value..]);
    let line = value.trim();
    let start = from + value.len() - value.trim_start().len();
    let written = || Node { span: (start..start + line.len()).into(), value: Value::Str(line.into()) };
    let node = match node::yaml(value, from) {
        // `第三章: 从头` is no map.
        Ok((node, _)) if node.entries().is_empty() || line.contains(['\n', '{']) => node,
        _ => written(),
    };
    let key = base + slip.start;
    Entry { key: slip.key.into(), key_span: (key..key + slip.key.len()).into(), node }
}

/// The end of the lines that belong to the line at `at`: those that are indented or items of a list. A key behind a tab belongs to none
/// whose value is whole.
fn chunk_end(text: &str, at: usize, tabbed: bool) -> usize {
    let mut lines = text[at..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let is_whole = is_whole(first);
    let mut end = at + first.len();
    for line in lines {
        let belongs = line.starts_with([' ', '\t', '-']) || line.trim().is_empty();
        let is_key = tabbed && slips::slip(line).is_some() || is_whole && slips::is_certain(line);
        if !belongs || is_key {
            break;
        }
        end += line.len();
    }
    end
}

/// Whether the value of a line with a key ends with the line: `title: x`, `tags: [a]`.
fn is_whole(line: &str) -> bool {
    let value = line.split_once([':', '：']).map_or("", |(_, value)| value.trim());
    match value.chars().next() {
        None | Some('|' | '>') => false,
        Some('[') => value.ends_with(']'),
        Some('{') => value.ends_with('}'),
        Some(quote @ ('"' | '\'')) => value.len() > 1 && value.ends_with(quote),
        Some(_) => true,
    }
}

fn chunk(text: &str, base: usize) -> Option<Entry<'_>> {
    let key = key_of(text.lines().next()?)?;
    if let Ok((Node { value: Value::Map(mut entries), .. }, _)) = node::yaml(text, base) {
        return if entries.len() == 1 { entries.pop() } else { None };
    }
    let line = text.trim_end();
    let start = text.find(key)?;
    let value_start = start + line.get(start..)?.find(':')? + 1;
    let value = line[value_start..].trim();
    if value.contains('\n') || value.is_empty() {
        return None;
    }
    let at = line.len() - value.len();
    let bare = ['"', '\'']
        .iter()
        .find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(value);
    let node = match list(value, base + at) {
        Some(list) => list,
        None => Node { span: (base + at..base + line.len()).into(), value: Value::Str(bare.into()) },
    };
    Some(Entry { key: key.into(), key_span: (base + start..base + start + key.len()).into(), node })
}

/// A list in brackets that is none for YAML: a `#` begins a comment in it, `[#a, #b]`, or its commas are full-width, `["a"，"b"]`.
fn list(value: &str, base: usize) -> Option<Node<'_>> {
    let inside = value.strip_prefix('[')?.strip_suffix(']')?;
    if !inside.contains(['#', '，', '、']) {
        return None;
    }
    let span = base..base + value.len();
    let items = items(inside).filter(|item| !item.is_empty()).map(|item| {
        let value = Value::Str(item.trim_matches(['"', '\'']).into());
        Node { span: span.clone().into(), value }
    });
    let value = Value::Seq(items.collect());
    Some(Node { span: span.into(), value })
}
