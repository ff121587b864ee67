//! A header that cannot be parsed: what can be saved of it, and how to mend it.

use fika_model::Span;

use super::split::{self, Format, Parts};
use crate::node::{self, Entry, Fault, Node, Value};

/// Whether most lines of a text are no header lines: a thematic break above prose was taken for a fence.
pub(super) fn is_prose(text: &str) -> bool {
    let (mut keys, mut prose) = (0_usize, 0_usize);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let belongs = split::key(line).is_some() || line.starts_with([' ', '\t', '#', '-']);
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
    let key = split::key(text.lines().next()?)?;
    if let Ok(Node { value: Value::Map(mut entries), .. }) = node::yaml(text, base) {
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
    let bare = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote)).unwrap_or(value);
    let node = Node { span: (base + at..base + line.len()).into(), value: Value::Str(bare.into()) };
    Some(Entry { key: key.into(), key_span: (base + start..base + start + key.len()).into(), node })
}

/// What is wrong and what to do about it.
pub(super) fn explain(parts: &Parts<'_>, fault: &Fault, text: &str) -> (String, String) {
    let line = line_at(text, fault.span);
    let name = split::key(line);
    let value = name.and_then(|_| line.split_once(':')).map_or("", |(_, value)| value.trim());
    if parts.format == Format::Toml {
        let help = match line.split('=').next() {
            Some(key) if !key.is_ascii() => "a key that is not in ASCII letters needs quotes: \"标题\" = …",
            _ => "texts need quotes in TOML: title = \"…\"",
        };
        return (fault.message.clone(), help.to_owned());
    }
    if line.contains('\t') && line.trim_start_matches(' ').starts_with('\t') {
        return ("a line is indented by a tab".to_owned(), "YAML allows only spaces before a key; replace the tab".to_owned());
    }
    match name {
        Some(name) if value.starts_with(['"', '\'']) => {
            (fault.message.clone(), format!("close the quotes of `{name}` at the end of its value, and double those within: \\\" or ''"))
        }
        Some(name) if value.contains(": ") || value.ends_with(':') => {
            let help = format!("quote it: {name}: {}", quote(value));
            (format!("the value of `{name}` holds a colon followed by a space"), help)
        }
        Some(name) if !value.is_empty() => (fault.message.clone(), format!("put the value in quotes: {name}: {}", quote(value))),
        _ => (fault.message.clone(), "write `key: value` on each line, lists as `[a, b]` or `- a` below the key".to_owned()),
    }
}

fn quote(value: &str) -> String {
    if value.contains(['"', '\\']) { format!("'{}'", value.replace('\'', "''")) } else { format!("\"{value}\"") }
}

fn line_at(text: &str, span: Span) -> &str {
    let mut at = (span.start as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
    text[start..].lines().next().unwrap_or_default()
}
