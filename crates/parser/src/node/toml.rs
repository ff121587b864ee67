//! TOML by the toml crate, which recovers after a fault.

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::{Entry, Fault, Node, Value};

/// Reads a document; what stands after a fault is read as well.
pub(super) fn toml(text: &str, base: usize) -> (Node<'_>, Option<Fault>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let fault = errors.first().map(|error| Fault {
        span: error.span().map_or(base..base, |span| span.start + base..span.end + base).into(),
        message: error.message().lines().next().unwrap_or_default().trim_end_matches('.').to_owned(),
    });
    let span = table.span();
    (Node { span: (span.start + base..span.end + base).into(), value: map(table.into_inner(), base) }, fault)
}

/// The entries in the order of the file: the crate sorts them by name.
fn map(table: DeTable<'_>, base: usize) -> Value<'_> {
    let mut entries: Vec<Entry<'_>> = table
        .into_iter()
        .map(|(key, value)| {
            let span = key.span();
            let key_span = (span.start + base..span.end + base).into();
            Entry { key: key.into_inner(), key_span, node: node(value, base) }
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Value::Map(entries)
}

fn node(value: Spanned<DeValue<'_>>, base: usize) -> Node<'_> {
    let span = (value.span().start + base..value.span().end + base).into();
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Str(text),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::Str(number.as_str().to_owned().into()), Value::Int),
        DeValue::Float(number) => number.as_str().parse().map_or(Value::Null, Value::Float),
        DeValue::Boolean(truth) => Value::Bool(truth),
        DeValue::Datetime(moment) => Value::Str(moment.to_string().into()),
        DeValue::Array(items) => Value::Seq(items.into_iter().map(|item| node(item, base)).collect()),
        DeValue::Table(table) => map(table, base),
    };
    Node { span, value }
}
