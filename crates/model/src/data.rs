//! Untyped data from YAML, TOML, JSON: `extra` in front matter and configuration, data files, component arguments.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Fingerprint, Fingerprinter};

/// A value of YAML, TOML or JSON. Maps keep the order in which they were written.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub enum Data {
    /// Nothing: an empty value.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Str(Arc<str>),
    /// A list.
    Array(Vec<Data>),
    /// Named values in the order written.
    Map(Vec<(Arc<str>, Data)>),
}

impl Data {
    /// The value under a key of a map.
    pub fn get(&self, key: &str) -> Option<&Data> {
        match self {
            Data::Map(entries) => entries.iter().find(|(name, _)| &**name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, if it is text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Data::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Data::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if it is a whole one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Data::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// Whether it is nothing, or an empty list or map.
    pub fn is_empty(&self) -> bool {
        match self {
            Data::Null => true,
            Data::Array(items) => items.is_empty(),
            Data::Map(entries) => entries.is_empty(),
            _ => false,
        }
    }

    /// The fingerprint of the value.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut parts = Fingerprinter::new();
        self.add_to(&mut parts);
        parts.finish()
    }

    fn add_to(&self, parts: &mut Fingerprinter) {
        match self {
            Data::Null => _ = parts.add("n"),
            Data::Bool(value) => _ = parts.add(if *value { "t" } else { "f" }),
            Data::Int(value) => _ = parts.add("i").add(value.to_le_bytes()),
            Data::Float(value) => _ = parts.add("d").add(value.to_le_bytes()),
            Data::Str(text) => _ = parts.add("s").add(&**text),
            Data::Array(items) => {
                parts.add("a").add_u64(items.len() as u64);
                items.iter().for_each(|item| item.add_to(parts));
            }
            Data::Map(entries) => {
                parts.add("m").add_u64(entries.len() as u64);
                for (key, value) in entries {
                    parts.add(&**key);
                    value.add_to(parts);
                }
            }
        }
    }
}

impl From<&str> for Data {
    fn from(text: &str) -> Data {
        Data::Str(text.into())
    }
}
