//! YAML by serde-saphyr: everything that is not simple enough for the scanner by hand.

use std::borrow::Cow;
use std::fmt;

use fika_model::Span;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::DuplicateKeyPolicy;
use serde_saphyr::{Location, NonFiniteFloatPolicy, Spanned};

use super::{Entry, Fault, Node, Value};

/// Lists and maps nested deeper than this are not read: each level takes tens of kilobytes of stack.
const DEEPEST: usize = 16;

/// Reads any YAML. YAML 1.2 booleans only; `007` and `1_000` are text; a key given twice is left to the caller.
pub(super) fn yaml(text: &str, base: usize) -> Result<Node<'_>, Fault> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_depth: DEEPEST },
        with_snippet: false,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
    };
    let read: Result<Tree<'_>, _> = serde_saphyr::from_str_with_options(text, options);
    match read {
        Ok(Tree(mut node)) => {
            shift(&mut node, base as u32);
            Ok(node)
        }
        Err(error) => {
            let span = error.location().map_or(Span::default(), |location| place(text, location));
            let message = first_line(&error.without_snippet().render());
            Err(Fault {
                span: Span { start: span.start + base as u32, end: span.end + base as u32 },
                message,
            })
        }
    }
}

/// The first line of a message, without the place that serde-saphyr puts into it.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim_start_matches("error: ");
    let line = match line.find(": ") {
        Some(at) if line.starts_with("line ") => &line[at + 2..],
        _ => line,
    };
    let end = line.rfind(" at line ").unwrap_or(line.len());
    line[..end].trim_end_matches('.').to_owned()
}

/// The place of an error, which often has a line and a column (in characters, from 1) but no bytes.
fn place(text: &str, location: Location) -> Span {
    if location.span().byte_offset().is_some() {
        return span(location);
    }
    let line_at: usize =
        text.split_inclusive('\n').take((location.line() as usize).saturating_sub(1)).map(str::len).sum();
    let line = text[line_at..].lines().next().unwrap_or_default();
    let before = line
        .char_indices()
        .nth((location.column() as usize).saturating_sub(1))
        .map_or(line.len(), |(at, _)| at);
    (line_at + before..line_at + before).into()
}

fn span(location: Location) -> Span {
    let start = location.span().byte_offset().unwrap_or(0);
    let end = start + location.span().byte_len().unwrap_or(0);
    (start as usize..end as usize).into()
}

fn shift(node: &mut Node<'_>, base: u32) {
    let move_span = |span: &mut Span| {
        span.start += base;
        span.end += base;
    };
    move_span(&mut node.span);
    match &mut node.value {
        Value::Seq(items) => items.iter_mut().for_each(|item| shift(item, base)),
        Value::Map(entries) => entries.iter_mut().for_each(|entry| {
            move_span(&mut entry.key_span);
            shift(&mut entry.node, base);
        }),
        _ => {}
    }
}

struct Tree<'a>(Node<'a>);

impl<'de> Deserialize<'de> for Tree<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Spanned::<Bare<'de>>::deserialize(deserializer)?;
        let span = span(read.referenced);
        Ok(Tree(match read.value.0 {
            value @ (Value::Seq(_) | Value::Map(_)) => {
                Node::container(span.start as usize, span.end as usize, value)
            }
            value => Node { span, value },
        }))
    }
}

struct Bare<'a>(Value<'a>);

impl<'de> Deserialize<'de> for Bare<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue).map(Bare)
    }
}

struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(AnyKey).map(Key)
    }
}

struct AnyKey;

impl<'de> Visitor<'de> for AnyKey {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Value::Int(number))
    }

    /// A number too large for us (an id of 20 digits) keeps its digits as text.
    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or_else(|_| Value::Str(number.to_string().into()), Value::Int))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Value::Float(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Value::Str(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Value::Str(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Value::Str(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Tree(node)) = seq.next_element()? {
            items.push(node);
        }
        Ok(Value::Seq(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<Spanned<Key<'de>>>()? {
            let Tree(node) = map.next_value()?;
            entries.push(Entry { key: key.value.0, key_span: span(key.referenced), node });
        }
        Ok(Value::Map(entries))
    }
}
