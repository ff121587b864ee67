//! A small tree of YAML or TOML in which every key and value knows its place, so that one wrong value costs
//! one key and is reported where it stands.

mod explain;
mod fast;
mod read;
mod saphyr;
mod toml;

use std::borrow::Cow;
use std::sync::Arc;

use fika_model::{Data, Span};

pub(crate) use self::explain::{explain_toml, explain_yaml, items, key_of};
pub(crate) use self::read::{Reader, choose, truth};
use crate::decode::is_control;

/// A value and its place in the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node<'a> {
    /// Bytes of the file. Of a list or map: from its first byte to the end of its last value.
    pub span: Span,
    /// The value.
    pub value: Value<'a>,
}

/// A value of YAML or TOML. A date of TOML is its text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(Cow<'a, str>),
    Seq(Vec<Node<'a>>),
    Map(Vec<Entry<'a>>),
}

/// A named value of a map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry<'a> {
    pub key: Cow<'a, str>,
    pub key_span: Span,
    pub node: Node<'a>,
}

/// Why a text could not be read, and where.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fault {
    pub span: Span,
    pub message: String,
}

/// Reads YAML that stands at byte `base` of its file. Simple texts are read by hand, all others by serde-saphyr;
/// the results are the same (a property test compares them). Control characters that its escapes say are left out
/// (`"C:\bin"`), and where they first were is told.
pub(crate) fn yaml(text: &str, base: usize) -> Result<(Node<'_>, Option<Span>), Fault> {
    let node = match fast::yaml(text, base) {
        Some(node) => node,
        None => saphyr::yaml(text, base).map_err(|fault| explain::cause(text, base, fault))?,
    };
    Ok(node.cleaned(text))
}

/// Reads TOML that stands at byte `base` of its file, as far as it can be read, and says what stopped it. Control characters are
/// treated as those of YAML.
pub(crate) fn toml(text: &str, base: usize) -> (Node<'_>, Option<Span>, Option<Fault>) {
    let (node, fault) = self::toml::toml(text, base);
    let (node, controls) = node.cleaned(text);
    (node, controls, fault)
}

impl<'a> Node<'a> {
    /// Nothing.
    pub(crate) fn null(at: usize) -> Node<'a> {
        Node { span: (at..at).into(), value: Value::Null }
    }

    /// A list or map that begins at a byte: its place ends with its last value.
    fn container(start: usize, end: usize, value: Value<'a>) -> Node<'a> {
        let last = match &value {
            Value::Seq(items) => items.last().map_or(0, |node| node.span.end),
            Value::Map(entries) => {
                entries.last().map_or(0, |entry| entry.node.span.end.max(entry.key_span.end))
            }
            _ => 0,
        };
        Node { span: Span { start: start as u32, end: last.max(end as u32) }, value }
    }

    /// The same without control characters, and the place of the first text that had one. `source` is what it was read from: where
    /// that has no escapes, there are none.
    fn cleaned(mut self, source: &str) -> (Node<'a>, Option<Span>) {
        let mut first = None;
        if source.contains('\\') {
            self.clean(&mut first);
        }
        (self, first)
    }

    fn clean(&mut self, first: &mut Option<Span>) {
        match &mut self.value {
            Value::Str(text) => {
                if clean(text) {
                    first.get_or_insert(self.span);
                }
            }
            Value::Seq(items) => items.iter_mut().for_each(|item| item.clean(first)),
            Value::Map(entries) => entries.iter_mut().for_each(|entry| {
                if clean(&mut entry.key) {
                    first.get_or_insert(entry.key_span);
                }
                entry.node.clean(first);
            }),
            Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => {}
        }
    }

    /// The entries of a map; none for anything else.
    pub(crate) fn entries(&self) -> &[Entry<'a>] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Whether there is nothing, or only an empty text.
    pub(crate) fn is_blank(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Str(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// A text, or a number or truth value as text: a title may be `404`. None for lists, maps and nothing.
    pub(crate) fn text(&self) -> Option<Cow<'_, str>> {
        match &self.value {
            Value::Str(text) => Some(Cow::Borrowed(text)),
            Value::Int(number) => Some(Cow::Owned(number.to_string())),
            Value::Float(number) => Some(Cow::Owned(number.to_string())),
            Value::Bool(truth) => Some(Cow::Owned(truth.to_string())),
            _ => None,
        }
    }

    /// The value without its places.
    pub(crate) fn to_data(&self) -> Data {
        match &self.value {
            Value::Null => Data::Null,
            Value::Bool(truth) => Data::Bool(*truth),
            Value::Int(number) => Data::Int(*number),
            Value::Float(number) => Data::Float(*number),
            Value::Str(text) => Data::Str(Arc::from(&**text)),
            Value::Seq(items) => Data::Array(items.iter().map(Node::to_data).collect()),
            Value::Map(entries) => Data::Map(
                entries.iter().map(|entry| (Arc::from(&*entry.key), entry.node.to_data())).collect(),
            ),
        }
    }

    /// What the value is called in a message.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Int(_) | Value::Float(_) => "a number",
            Value::Str(_) => "text",
            Value::Seq(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

/// Leaves the control characters out of a text. Whether there were any.
fn clean(text: &mut Cow<'_, str>) -> bool {
    let is_dirty = text.contains(is_control);
    if is_dirty {
        text.to_mut().retain(|c| !is_control(c));
    }
    is_dirty
}

#[cfg(test)]
mod tests;
