//! The nouns of the model as values of the template engine. A missing thing is null, as in Zola, so that `{% if %}` can ask.

use std::sync::Arc;

use fika_i18n::Direction;
use fika_model::{Card, Data, DateTime, Heading, Lang, encode_fragment};
use serde::ser::{Serialize, SerializeStruct as _, Serializer};
use tera::value::Key;
use tera::{Map, Value};

/// A field of a record.
pub(crate) type Field = (&'static str, Value);

/// The fields of a record to which more are to be added.
pub(crate) type Fields = Vec<Field>;

/// A map from fixed names, in this order.
pub(crate) fn record(fields: impl IntoIterator<Item = Field>) -> Value {
    Value::from_serializable(&Record(fields.into_iter().collect()))
}

/// The engine makes a map of its own of whatever map it is given, and hashes all names. Of its own kind of map each name would be hashed
/// twice; of what is serialized it is hashed once, and values are passed through as they are.
struct Record(Vec<Field>);

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("", self.0.len())?;
        self.0.iter().try_for_each(|(name, value)| fields.serialize_field(name, value))?;
        fields.end()
    }
}

pub(crate) fn text(text: &str) -> Value {
    Value::normal_string(text)
}

pub(crate) fn optional(text: Option<&Arc<str>>) -> Value {
    text.map_or_else(Value::none, |text| Value::normal_string(text))
}

/// A name, and where it is in another language than its page (`lang`), which that is and how it is written.
pub(crate) fn name(name: &str, lang: Option<&Lang>) -> [Field; 3] {
    words(["name", "name_lang", "name_dir"], name, lang)
}

/// The same of a title.
pub(crate) fn titled(title: &str, lang: Option<&Lang>) -> [Field; 3] {
    words(["title", "title_lang", "title_dir"], title, lang)
}

fn words([name, in_lang, in_dir]: [&'static str; 3], words: &str, lang: Option<&Lang>) -> [Field; 3] {
    let of_other = |value: fn(&Lang) -> &str| lang.map_or_else(Value::none, |lang| text(value(lang)));
    [(name, text(words)), (in_lang, of_other(Lang::as_str)), (in_dir, of_other(|lang| direction(lang)))]
}

/// HTML that is put into the page as it is.
pub(crate) fn html(html: &str) -> Value {
    Value::safe_string(html)
}

pub(crate) fn texts<'a>(texts: impl IntoIterator<Item = &'a Arc<str>>) -> Value {
    Value::from(texts.into_iter().map(|item| text(item)).collect::<Vec<Value>>())
}

/// A moment as RFC 3339, which the `date` filter reads.
pub(crate) fn moment(moment: Option<DateTime>) -> Value {
    moment.map_or_else(Value::none, |moment| Value::from(moment.to_rfc3339()))
}

/// Untyped data.
pub(crate) fn data(data: &Data) -> Value {
    match data {
        Data::Null => Value::none(),
        Data::Bool(value) => Value::from(*value),
        Data::Int(value) => Value::from(*value),
        Data::Float(value) => Value::from(*value),
        Data::Str(value) => text(value),
        Data::Array(items) => Value::from(items.iter().map(self::data).collect::<Vec<Value>>()),
        Data::Map(entries) => {
            let pair = |(name, value): &(Arc<str>, Data)| (Key::String(name.clone()), self::data(value));
            Value::from(entries.iter().map(pair).collect::<Map>())
        }
    }
}

/// `extra`: always a map, so that `page.extra.x` can be asked for.
pub(crate) fn extra(extra: &Data) -> Value {
    match extra {
        Data::Map(_) => data(extra),
        _ => Value::from(Map::new()),
    }
}

/// JSON, from `load_data(literal=…)`.
pub(crate) fn json(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::none(),
        serde_json::Value::Bool(value) => Value::from(*value),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(whole) => Value::from(whole),
            None => Value::from(number.as_f64().unwrap_or_default()),
        },
        serde_json::Value::String(value) => text(value),
        serde_json::Value::Array(items) => Value::from(items.iter().map(json).collect::<Vec<Value>>()),
        serde_json::Value::Object(entries) => {
            let pair = |(name, value): (&String, &serde_json::Value)| (Key::from(name.clone()), json(value));
            Value::from(entries.iter().map(pair).collect::<Map>())
        }
    }
}

/// The table of contents: a heading holds those of deeper levels that follow it.
pub(crate) fn toc(card: &Card, permalink: &str) -> Value {
    let mut rest = card.headings.as_slice();
    let mut tree = Vec::new();
    while let Some((heading, after)) = rest.split_first() {
        let (node, after) = branch(heading, after, permalink);
        tree.push(node);
        rest = after;
    }
    Value::from(tree)
}

/// One heading with those below it, and the headings after them. Levels are at most 6, and so is the depth.
fn branch<'a>(heading: &Heading, mut rest: &'a [Heading], permalink: &str) -> (Value, &'a [Heading]) {
    let mut children = Vec::new();
    while let Some((next, after)) = rest.split_first().filter(|(next, _)| next.level > heading.level) {
        let (child, after) = branch(next, after, permalink);
        children.push(child);
        rest = after;
    }
    let node = record([
        ("level", Value::from(heading.level)),
        ("id", text(&heading.id)),
        ("permalink", Value::from(format!("{permalink}#{}", encode_fragment(&heading.id)))),
        ("title", text(&heading.title)),
        ("children", Value::from(children)),
    ]);
    (node, rest)
}

/// `ltr` or `rtl`, for `dir`.
pub(crate) fn direction(lang: &Lang) -> &'static str {
    if lang.direction() == Direction::Rtl { "rtl" } else { "ltr" }
}
