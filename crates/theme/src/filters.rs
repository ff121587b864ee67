//! The filters of Zola that Tera 2 does not have.

#![allow(clippy::needless_pass_by_value)] // the engine hands arguments over by value

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use regex::Regex;
use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use crate::escape::strip_tags;
use crate::functions::{lang, only};
use crate::phrases::phrases;
use crate::scope::{ask, current};
use crate::{Query, markdown, time};

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
    tera.register_filter("markdown", markdown::markdown);
    let known = Mutex::new(HashMap::new());
    tera.register_filter("regex_replace", move |text: &str, kwargs: Kwargs, _: &State<'_>| {
        regex_replace(&known, text, &kwargs)
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

/// Expressions by their source.
type Known = Mutex<HashMap<String, Regex>>;

/// How many expressions are kept: more than a theme writes, even if it makes some of what it shows.
const KNOWN: usize = 64;

/// `regex_replace(pattern=…, rep=…)`: every match is replaced; `$1` and `$name` in `rep` are what a group matched.
fn regex_replace(known: &Known, text: &str, kwargs: &Kwargs) -> TeraResult<String> {
    only(kwargs, &["pattern", "rep"])?;
    let (pattern, rep) = (kwargs.must_get::<&str>("pattern")?, kwargs.must_get::<&str>("rep")?);
    let found = known.lock().unwrap_or_else(PoisonError::into_inner).get(pattern).cloned();
    let regex = match found {
        Some(regex) => regex,
        None => {
            let regex = Regex::new(pattern).map_err(|error| {
                Error::message(format!("`{pattern}` is not a regular expression: {error}"))
            })?;
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            if known.len() >= KNOWN {
                known.clear();
            }
            known.insert(pattern.to_owned(), regex.clone());
            regex
        }
    };
    Ok(regex.replace_all(text, rep).into_owned())
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
