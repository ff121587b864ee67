//! Slips in front matter that every eye overlooks and YAML does not: `title:月亮` without its space, `title：月亮` with a full-width
//! colon, keys indented by a tab; and `#`, which cuts a value off.

use fika_model::{Diagnostic, Span};

use super::fields::is_known;
use crate::node::{Node, Reader, Value};

/// What is wrong with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    NoSpace,
    FullWidth,
    Tab,
}

/// A key with a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slip<'a> {
    pub(super) key: &'a str,
    kind: Kind,
    /// Where in its line the key begins, and its value.
    pub(super) start: usize,
    pub(super) value: usize,
}

/// Reads a line as a key with a slip; `None` if it is right, or no key.
pub(super) fn slip(line: &str) -> Option<Slip<'_>> {
    let start = line.len() - line.trim_start_matches('\t').len();
    let colon = line.char_indices().take(64).find(|(_, c)| matches!(c, ':' | '：'))?;
    let (at, value) = (colon.0, colon.0 + colon.1.len_utf8());
    let key = line.get(start..at)?.trim_end();
    let spaced = line[value..].chars().next().is_none_or(char::is_whitespace);
    let kind = match colon.1 {
        '：' => Kind::FullWidth,
        _ if !spaced => Kind::NoSpace,
        _ if start > 0 => Kind::Tab,
        _ => return None,
    };
    let good = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    (!key.is_empty() && key.chars().all(good)).then_some(Slip { key, kind, start, value })
}

/// Whether a line is a key with a slip that belongs to front matter beyond doubt.
pub(super) fn is_certain(line: &str) -> bool {
    slip(line).is_some_and(|slip| is_known(&slip.key.to_ascii_lowercase()))
}

impl Slip<'_> {
    /// Reports it. `line` is where its line begins in the file.
    pub(super) fn report(&self, line: usize, reader: &mut Reader<'_>) {
        let key = self.key;
        let message = match self.kind {
            Kind::NoSpace => format!("there is no space behind the colon of `{key}`"),
            Kind::FullWidth => format!("the colon of `{key}` is full-width, which YAML does not know"),
            Kind::Tab => format!("`{key}` is indented by a tab, which YAML does not allow"),
        };
        let value = reader.text[line + self.value..].lines().next().unwrap_or_default().trim();
        let short: String = value.chars().take(40).collect();
        let shown = if short.len() == value.len() { value } else { "…" };
        let help = format!("write `{}`", format!("{key}: {shown}").trim_end());
        let diagnostic = Diagnostic::error("front-matter", reader.path, message);
        let span = line + self.start..line + self.value;
        reader.diagnostics.push(diagnostic.at(reader.text, span).help(help));
    }
}

/// Reports values that a comment ends where none is meant: `title: 周报 #7`. A space stands behind the `#` of those that are meant.
pub(super) fn cut_values(tree: &Node<'_>, header: &str, reader: &mut Reader<'_>) {
    if !header.contains('#') {
        return;
    }
    for entry in tree.entries() {
        let text = reader.text;
        let from = match &entry.node.value {
            Value::Str(_) if !text[entry.node.span.start as usize..].starts_with(['"', '\'', '|', '>']) => {
                entry.node.span.end as usize
            }
            Value::Null => {
                let key = entry.key_span.end as usize;
                text[key..].find(':').map_or(key, |colon| key + colon + 1)
            }
            _ => continue,
        };
        let line = text.get(from..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let comment = line.trim();
        let glued = comment
            .strip_prefix('#')
            .is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '#' | '!')));
        if line.starts_with([' ', '\t']) && glued {
            let start = from + line.len() - line.trim_start().len();
            let key = &entry.key;
            let value =
                text[entry.key_span.end as usize..start + comment.len()].trim_start_matches(['"', '\'']);
            let value = value.trim_start().trim_start_matches(':').trim();
            let message = format!("`{comment}` is a comment in YAML, and no part of `{key}`");
            let span = Span::from(start..start + comment.len());
            reader.report(
                "yaml-comment",
                span,
                message,
                &format!("put the value in quotes: {key}: \"{value}\""),
            );
        }
    }
}
