//! Filters of Zola that write something in another way: base64, sizes of files, HTML without the space between its tags.

#![allow(clippy::needless_pass_by_value)] // the engine hands arguments over by value

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use crate::arguments::{given, only};
use crate::locale::chosen;
use crate::scope::current;

/// Registers all of them.
pub(crate) fn register(tera: &mut Tera) {
    tera.register_filter(
        "base64_encode",
        |text: &str, kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            only(&kwargs, &[])?;
            Ok(STANDARD.encode(text))
        },
    );
    tera.register_filter("base64_decode", base64_decode);
    tera.register_filter("filesizeformat", filesizeformat);
    tera.register_filter("spaceless", spaceless);
    tera.register_filter("addslashes", |text: &str, kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
        only(&kwargs, &[])?;
        Ok(text.replace('\\', "\\\\").replace('"', "\\\"").replace('\'', "\\'"))
    });
}

fn base64_decode(text: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    only(&kwargs, &[])?;
    let bytes =
        STANDARD.decode(text).map_err(|error| Error::message(format!("this is no base64: {error}")))?;
    String::from_utf8(bytes).map_err(|_| Error::message("what this base64 holds is not text in UTF-8"))
}

/// `filesizeformat(binary=false)`: bytes as people write them, `1.5 MB`, or `1.43 MiB`; the number as its language does.
fn filesizeformat(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    only(&kwargs, &["binary", "lang", "locale"])?;
    let bytes = value.as_i128().and_then(|bytes| u64::try_from(bytes).ok());
    let bytes = bytes.ok_or_else(|| Error::message("filesizeformat wants a number of bytes"))?;
    let (number, unit) = size(bytes, given::<bool>(&kwargs, "binary")?.unwrap_or_default());
    let scope = current()?;
    let number = scope.stage.theme.numbers.format(&chosen(&kwargs, &scope)?, &number, true);
    Ok(format!("{number} {unit}"))
}

/// A size with two decimals at most. The units are those of the SI, or with `binary` of IEC 80000-13.
fn size(bytes: u64, binary: bool) -> (String, &'static str) {
    let (step, units) = match binary {
        true => (1024.0, ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]),
        false => (1000.0, ["B", "kB", "MB", "GB", "TB", "PB", "EB"]),
    };
    let mut number = bytes as f64;
    let mut unit = 0;
    // What would be written as a whole step is one of the next unit.
    while number >= step - 0.005 && unit + 1 < units.len() {
        number /= step;
        unit += 1;
    }
    let written = format!("{number:.2}");
    (written.trim_end_matches('0').trim_end_matches('.').to_owned(), units[unit])
}

/// HTML without the white space between two tags.
fn spaceless(html: StringInput<'_>, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &[])?;
    let mut parts = html.as_str().trim().split('>').peekable();
    let mut out = String::with_capacity(html.as_str().len());
    while let Some(part) = parts.next() {
        let space = part.len() - part.trim_start().len();
        let is_between = !out.is_empty() && part[space..].starts_with('<');
        out.push_str(if is_between { &part[space..] } else { part });
        if parts.peek().is_some() {
            out.push('>');
        }
    }
    Ok(html.inherit_safety(out))
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_have_the_nearest_unit() {
        for (bytes, decimal, binary) in [
            (0, "0 B", "0 B"),
            (999, "999 B", "999 B"),
            (1000, "1 kB", "1000 B"),
            (1024, "1.02 kB", "1 KiB"),
            (1_536_000, "1.54 MB", "1.46 MiB"),
            (999_999, "1 MB", "976.56 KiB"),
            (u64::MAX, "18.45 EB", "16 EiB"),
        ] {
            let [one, other] = [false, true].map(|binary| size(bytes, binary));
            assert_eq!(format!("{} {}", one.0, one.1), decimal);
            assert_eq!(format!("{} {}", other.0, other.1), binary);
        }
    }
}
