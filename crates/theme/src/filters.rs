//! The filters of Zola that Tera 2 does not have.

#![allow(clippy::needless_pass_by_value)] // the engine hands arguments over by value

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use crate::escape::strip_tags;
use crate::functions::{lang, only};
use crate::phrases::phrases;
use crate::scope::{ask, current};
use crate::{Query, time};

/// What `urlencode` leaves: the unreserved characters of RFC 3986 and the slash.
const URL: &AsciiSet = &STRICT.remove(b'/');
/// What `urlencode_strict` leaves.
const STRICT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Registers all of them.
pub(crate) fn register(tera: &mut Tera) {
    tera.register_filter("date", time::date);
    tera.register_filter("slugify", slugify);
    tera.register_filter("striptags", striptags);
    tera.register_filter("json_encode", json_encode);
    tera.register_filter("urlencode", |text: &str, _: Kwargs, _: &State<'_>| {
        utf8_percent_encode(text, URL).to_string()
    });
    tera.register_filter("urlencode_strict", |text: &str, _: Kwargs, _: &State<'_>| {
        utf8_percent_encode(text, STRICT).to_string()
    });
    tera.register_filter("phrases", cut);
}

/// A title with `<wbr>` between its phrases, if it is Chinese and `markdown: {typography: {titles: false}}` does not forbid
/// it. The one filter here that Zola has not.
fn cut(title: StringInput<'_>, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["lang"])?;
    let scope = current()?;
    ask(Query::Config);
    let wanted = scope.stage.site.config.markdown.typography.titles && lang(&kwargs, &scope)?.is_chinese();
    Ok(match wanted {
        true => Value::safe_string(&phrases(title.as_str(), title.is_safe())),
        false => title.inherit_safety(title.as_str().to_owned()),
    })
}

fn slugify(text: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    only(&kwargs, &[])?;
    Ok(fika_model::slugify(text))
}

/// Text without tags. What was safe HTML stays so: its entities are still entities.
fn striptags(html: StringInput<'_>, _: Kwargs, _: &State<'_>) -> Value {
    html.inherit_safety(strip_tags(html.as_str()))
}

/// JSON. `<` is written as an escape, so that the text can stand in a `<script>` (HTML 4.12.1.3).
fn json_encode(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    only(&kwargs, &["pretty"])?;
    let pretty = kwargs.get::<bool>("pretty")?.unwrap_or_default();
    let json = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    let json = json.map_err(|error| Error::message(format!("this cannot be JSON: {error}")))?;
    Ok(json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"))
}
