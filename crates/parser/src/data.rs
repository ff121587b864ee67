//! Data files that templates load.

use std::fmt;
use std::sync::Arc;

use fika_model::{Data, Diagnostic};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::decode::is_control;
use crate::node;

/// Reads a data file: `format` is `yaml` (or `yml`), `toml`, `json` or `csv`. Maps keep their order; a CSV file is a map
/// of `headers` and `records` of texts, as in Zola.
pub fn data(path: &str, text: &str, format: &str) -> Result<Data, Diagnostic> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match format.to_ascii_lowercase().as_str() {
        "yaml" | "yml" => match node::yaml(text, 0) {
            Ok((tree, _)) => Ok(tree.to_data()),
            Err(fault) => {
                let (reason, help) = node::explain_yaml(text, &fault);
                Err(error(path, "YAML", &reason).at(text, fault.span).help(help))
            }
        },
        "toml" => match node::toml(text, 0) {
            (tree, _, None) => Ok(tree.to_data()),
            (_, _, Some(fault)) => {
                let (reason, help) = node::explain_toml(text, &fault);
                Err(error(path, "TOML", &reason).at(text, fault.span).help(help))
            }
        },
        "json" => json(path, text),
        "csv" => csv(path, text),
        _ => Err(Diagnostic::error(
            "data",
            path,
            format!("`{format}` is not a format of data that can be read"),
        )
        .help("use yaml, toml, json or csv")),
    }
}

fn error(path: &str, format: &str, message: &str) -> Diagnostic {
    Diagnostic::error("data", path, format!("this is not sound {format}: {message}"))
        .help("mend the file, or name its real format with `format=`")
}

fn json(path: &str, text: &str) -> Result<Data, Diagnostic> {
    serde_json::from_str::<Json>(text).map(|value| value.0).map_err(|fault| {
        let message = fault.to_string();
        let message = message.rfind(" at line ").map_or(&*message, |at| &message[..at]);
        let start: usize =
            text.split_inclusive('\n').take(fault.line().saturating_sub(1)).map(str::len).sum();
        let at = (start + fault.column().saturating_sub(1)).min(text.len());
        error(path, "JSON", message).at(text, at..at + 1)
    })
}

fn csv(path: &str, text: &str) -> Result<Data, Diagnostic> {
    let row = |record: &csv::StringRecord| Data::Array(record.iter().map(Data::from).collect());
    let fault = |fault: csv::Error| {
        let at = fault.position().map_or(0, |position| position.byte() as usize);
        let message = match fault.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("this record has {len} fields, the first has {expected_len}")
            }
            _ => fault.to_string(),
        };
        error(path, "CSV", &message).at(text, at..at + 1)
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = row(reader.headers().map_err(fault)?);
    let records: Result<Vec<Data>, _> =
        reader.records().map(|record| record.map(|record| row(&record))).collect();
    Ok(Data::Map(vec![("headers".into(), headers), ("records".into(), Data::Array(records.map_err(fault)?))]))
}

/// JSON with its maps in order.
struct Json(Data);

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any).map(Json)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Data;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Data, E> {
        Ok(Data::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Data, E> {
        Ok(Data::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Data, E> {
        Ok(Data::Int(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Data, E> {
        Ok(i64::try_from(number).map_or_else(|_| Data::Str(number.to_string().into()), Data::Int))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Data, E> {
        Ok(Data::Float(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Data, E> {
        // An escape may say a control character, which no page may hold.
        Ok(match text.contains(is_control) {
            true => Data::from(&*text.replace(is_control, "")),
            false => Data::from(text),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Data, A::Error> {
        let mut items = Vec::new();
        while let Some(Json(item)) = seq.next_element()? {
            items.push(item);
        }
        Ok(Data::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Data, A::Error> {
        let mut entries: Vec<(Arc<str>, Data)> = Vec::new();
        while let Some((key, Json(value))) = map.next_entry::<Arc<str>, Json>()? {
            entries.push((key, value));
        }
        Ok(Data::Map(entries))
    }
}
