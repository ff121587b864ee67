//! The filters of Zola that Tera 2 does not have.

#![allow(clippy::needless_pass_by_value)] // the engine hands arguments over by value

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use fika_model::Lang;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use regex::Regex;
use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use crate::arguments::{given, only};
use crate::escape::strip_tags;
use crate::functions::lang;
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
    let known = Arc::new(Known::default());
    let tested = known.clone();
    tera.register_filter("regex_replace", move |text: &str, kwargs: Kwargs, _: &State<'_>| {
        regex_replace(&known, text, &kwargs)
    });
    tera.register_test("matching", move |text: &str, kwargs: Kwargs, _: &State<'_>| {
        matching(&tested, text, &kwargs)
    });
    tera.register_filter("phrases", cut);
    tera.register_filter("excerpt", excerpt);
    tera.register_filter("relative_url", relative_url);
    tera.register_filter("og_locale", |tag: &str, _: Kwargs, _: &State<'_>| og_locale(tag));
}

/// A title with `<wbr>` between its phrases, if it is Chinese and `markdown: {typography: {titles: false}}` does not forbid
/// it. Zola has no such filter.
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

/// Expressions by their source. Each is shared, for a copy would have a memory of its own to warm up.
type Known = RwLock<HashMap<String, Arc<Regex>>>;

/// How many expressions are kept: more than a theme writes, even if it makes some of what it shows.
const KNOWN: usize = 64;

/// `regex_replace(pattern=…, rep=…)`: every match is replaced; `$1` and `$name` in `rep` are what a group matched.
fn regex_replace(known: &Known, text: &str, kwargs: &Kwargs) -> TeraResult<String> {
    only(kwargs, &["pattern", "rep"])?;
    let (pattern, rep) = (kwargs.must_get::<&str>("pattern")?, kwargs.must_get::<&str>("rep")?);
    Ok(expression(known, pattern)?.replace_all(text, rep).into_owned())
}

/// `is matching(pat=…)`: whether an expression matches somewhere in a text.
fn matching(known: &Known, text: &str, kwargs: &Kwargs) -> TeraResult<bool> {
    only(kwargs, &["pat"])?;
    Ok(expression(known, kwargs.must_get::<&str>("pat")?)?.is_match(text))
}

fn expression(known: &Known, pattern: &str) -> TeraResult<Arc<Regex>> {
    let found = known.read().unwrap_or_else(PoisonError::into_inner).get(pattern).cloned();
    if let Some(regex) = found {
        return Ok(regex);
    }
    let regex = Regex::new(pattern)
        .map_err(|error| Error::message(format!("`{pattern}` is not a regular expression: {error}")))?;
    let regex = Arc::new(regex);
    let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= KNOWN {
        known.clear();
    }
    known.insert(pattern.to_owned(), regex.clone());
    Ok(regex)
}

fn slugify(text: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    only(&kwargs, &[])?;
    Ok(fika_model::slugify(text))
}

/// Text without tags. What was safe HTML stays so: its entities are still entities.
fn striptags(html: StringInput<'_>, _: Kwargs, _: &State<'_>) -> Value {
    html.inherit_safety(strip_tags(html.as_str()))
}

/// `excerpt(length=160)`: a text, or that of HTML without its tags, of at most so many characters. What is cut ends with `…`, and not
/// within a word of a script that has spaces. Zola has no such filter.
fn excerpt(source: StringInput<'_>, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    only(&kwargs, &["length"])?;
    let length = given::<usize>(&kwargs, "length")?.unwrap_or(160);
    // In what is no HTML, `<` is what somebody wrote.
    let mut text = if source.is_safe() { strip_tags(source.as_str()) } else { source.as_str().to_owned() };
    if let Some((end, _)) = text.char_indices().nth(length) {
        text.truncate(end);
        // It may end where somebody else has cut it.
        if !text.ends_with('…') {
            text.truncate(whole_words(&text).len());
            text.push('…');
        }
    }
    Ok(text)
}

/// A text that was cut, without what is left of a word, and without the punctuation before it.
fn whole_words(text: &str) -> &str {
    let is_end = |c: char| matches!(c, ' ' | ',' | '.' | ';' | ':');
    let has_no_spaces = |c: char| matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}');
    let word = text
        .rfind(|c| c == ' ' || has_no_spaces(c))
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    match text[word..].find(is_end) {
        _ if text[..word].ends_with(' ') => text[..word].trim_end_matches(is_end),
        Some(end) => &text[..word + end],
        None => text,
    }
}

/// `relative_url`: an address of this site without scheme and host, so that a copy of the site elsewhere has the file too; any other
/// address as it is. Zola has no such filter; it is what Hugo's `relURL` does with a whole address.
fn relative_url(url: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    only(&kwargs, &[])?;
    let scope = current()?;
    ask(Query::Config);
    let path = url.strip_prefix(scope.stage.site.config.base_url.origin());
    Ok(path.filter(|path| path.starts_with('/')).unwrap_or(url).to_owned())
}

/// A language tag as Open Graph writes it: language and territory, of Chinese that where its script is usual.
fn og_locale(tag: &str) -> String {
    let Ok(lang) = Lang::parse(tag) else { return tag.replace('-', "_") };
    let language = lang.language();
    match lang.region().or_else(|| usual_region(&lang)) {
        // Those who read these names have one for all of Latin America.
        Some("419") => format!("{language}_LA"),
        Some(region) => format!("{language}_{region}"),
        None => language.to_owned(),
    }
}

/// The region that a language has in the names of Open Graph where its tag says none, for a name without one means nothing there.
fn usual_region(lang: &Lang) -> Option<&'static str> {
    Some(match lang.language() {
        "yue" => "HK",
        "zh" if lang.writing() == "Hant" => "TW",
        "zh" => "CN",
        "en" => "US",
        "ja" => "JP",
        "ko" => "KR",
        "ar" => "AR",
        "fa" => "IR",
        "he" => "IL",
        "hi" => "IN",
        "uk" => "UA",
        "cs" => "CZ",
        "da" => "DK",
        "el" => "GR",
        "sv" => "SE",
        "nb" => "NO",
        "vi" => "VN",
        "pt" => "BR",
        "de" => "DE",
        "es" => "ES",
        "fi" => "FI",
        "fr" => "FR",
        "hu" => "HU",
        "id" => "ID",
        "it" => "IT",
        "nl" => "NL",
        "pl" => "PL",
        "ro" => "RO",
        "ru" => "RU",
        "sr" => "RS",
        "th" => "TH",
        "tr" => "TR",
        _ => return None,
    })
}

/// JSON. `<` is written as an escape, so that the text can stand in a `<script>` (HTML 4.12.1.3).
fn json_encode(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    only(&kwargs, &["pretty"])?;
    let pretty = given::<bool>(&kwargs, "pretty")?.unwrap_or_default();
    let json = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    let json = json.map_err(|error| Error::message(format!("this cannot be JSON: {error}")))?;
    // The first byte of U+2028 and U+2029 is that of other punctuation too.
    if !json.bytes().any(|byte| matches!(byte, b'<' | 0xE2)) {
        return Ok(json);
    }
    Ok(json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"))
}
