//! A header that cannot be parsed: what can be saved of it.

use crate::node::{self, Entry, Node, Value, key_of};

/// Whether most lines of a text are no header lines: a thematic break above prose was taken for a fence.
pub(super) fn is_prose(text: &str) -> bool {
    let (mut keys, mut prose) = (0_usize, 0_usize);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let belongs = key_of(line).is_some() || line.starts_with([' ', '\t', '#', '-']);
        *(if belongs { &mut keys } else { &mut prose }) += 1;
    }
    prose > keys
}

/// Reads every top-level key by itself; one that still cannot be read is its text, if it is on one line.
pub(super) fn tree(text: &str, base: usize) -> Node<'_> {
    let mut entries = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = chunk_end(text, at);
        entries.extend(chunk(&text[at..end], base + at));
        at = end;
    }
    Node { span: (base..base + text.len()).into(), value: Value::Map(entries) }
}

/// The end of the lines that belong to the line at `at`: those that are indented or items of a list.
fn chunk_end(text: &str, at: usize) -> usize {
    let mut end = at;
    for (number, line) in text[at..].split_inclusive('\n').enumerate() {
        let belongs = line.starts_with([' ', '\t', '-']) || line.trim().is_empty();
        if number > 0 && !belongs {
            break;
        }
        end += line.len();
    }
    end
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
    let node = Node { span: (base + at..base + line.len()).into(), value: Value::Str(bare.into()) };
    Some(Entry { key: key.into(), key_span: (base + start..base + start + key.len()).into(), node })
}
