//! What is wrong with the interface strings as a whole: what is missing in a language, what no template asks for, what takes other
//! arguments in one language than in another. Found by reading the templates, so it holds for pages that nobody has written yet;
//! a key that a template puts together while it runs cannot be known.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use fika_i18n::Definition;
use fika_model::{Config, Diagnostic, Lang};
use tera::Value;

use crate::closure::{scan, string_end};
use crate::escape::escape;
use crate::load::Template;
use crate::stage::Stage;
use crate::values::direction;
use crate::{Theme, functions};

/// A call of `t` or `trans`.
#[derive(Debug, PartialEq, Eq)]
struct Call {
    keys: Keys,
    /// The function's name in the source.
    span: Range<usize>,
}

/// The keys a call may ask for.
#[derive(Debug, PartialEq, Eq)]
enum Keys {
    /// `t(key="a")`
    One(String),
    /// `t(key="a" if x else "b")`: some of these.
    Some(Vec<String>),
    /// `t(key="alert-" ~ kind)`: all that begin so.
    Prefix(String),
    /// `t(key=name)`
    Any,
}

impl Theme {
    /// Problems of the interface strings, sorted: `missing-string`, `unused-string`, `string-arguments`. What is built in is taken as
    /// sound: only what the site or its theme has written, and languages of the site that lack a string, are reported.
    pub fn check_strings(&self, config: &Config) -> Vec<Diagnostic> {
        let calls: Vec<(&Template, Call)> = self
            .templates
            .values()
            .flat_map(|template| calls(&template.source).into_iter().map(move |call| (template, call)))
            .collect();
        let mut by_key: BTreeMap<&str, Vec<Definition<'_>>> = BTreeMap::new();
        let definitions = self.catalogues.definitions();
        for definition in &definitions {
            by_key.entry(definition.key).or_default().push(definition.clone());
        }
        let idle = unused(&calls, &by_key);
        let mut out: Vec<Diagnostic> =
            idle.iter().flat_map(|key| by_key[key].iter().map(idle_string)).collect();
        by_key.retain(|key, _| !idle.contains(key));
        // What a language that is converted from another lacks, that other lacks too, and there it has to be written.
        for language in config.languages.iter().filter(|language| language.derive.is_none()) {
            self.missing(&language.lang, &calls, &by_key, &mut out);
        }
        for (key, definitions) in &by_key {
            differing(config, key, definitions, &mut out);
        }
        out.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        out.dedup();
        out
    }

    /// Strings that templates ask for, or that another language has, and this one lacks. Each is reported once, where it is asked for
    /// first; a language without any is reported when the theme is loaded.
    fn missing(
        &self,
        lang: &Lang,
        calls: &[(&Template, Call)],
        by_key: &BTreeMap<&str, Vec<Definition<'_>>>,
        out: &mut Vec<Diagnostic>,
    ) {
        if !self.catalogues.has(lang) {
            return;
        }
        let own: BTreeSet<&str> = self.catalogues.keys(lang).into_iter().collect();
        let mut told = BTreeSet::new();
        for (template, call) in calls {
            let Keys::One(key) = &call.keys else { continue };
            if own.contains(key.as_str()) || !told.insert(key.as_str()) {
                continue;
            }
            let found = self.catalogues.message(lang, key, &[]).found;
            let fault = functions::missing_string(lang, key, found.as_ref());
            let diagnostic = Diagnostic::warning(fault.code, template.origin.clone(), fault.message);
            out.push(diagnostic.at(&template.source, call.span.clone()).help(fault.help));
        }
        for (key, definitions) in by_key {
            let found = self.catalogues.message(lang, key, &[]).found;
            let shown = definitions.iter().find(|one| Some(one.lang) == found.as_ref());
            let Some(other) = shown.or(definitions.first()).filter(|one| !is_built_in(one.origin)) else {
                continue;
            };
            if !own.contains(key) && told.insert(key) {
                let fault = functions::missing_string(lang, key, found.as_ref());
                let diagnostic = Diagnostic::warning(fault.code, other.origin.clone(), fault.message);
                out.push(diagnostic.at(other.text, other.span.clone()).help(fault.help));
            }
        }
    }
}

/// Whether it is to be told that a language lacks a string, for which that of `found` is shown. Of a language without any catalogue this
/// was told when the theme was loaded, once for all its strings; what one lacks that is converted from another is told of that other.
pub(crate) fn lacks(stage: &Stage, lang: &Lang, found: Option<&Lang>) -> bool {
    let is_written = || stage.site.config.language(lang).is_none_or(|language| language.derive.is_none());
    let is_told = |found| borrowed(lang, Some(found)).is_some() && stage.theme.catalogues.has(lang);
    found.is_none_or(is_told) && is_written()
}

/// The language of a string that is shown in one which lacks it.
pub(crate) fn borrowed<'l>(lang: &Lang, found: Option<&'l Lang>) -> Option<&'l Lang> {
    found.filter(|found| found.language() != lang.language())
}

/// Values that are put into a text which becomes HTML. While it is made and escaped, a character stands for each that no text means
/// anything by.
#[derive(Default)]
pub(crate) struct Held(Vec<String>);

impl Held {
    const FIRST: u32 = 0xF_FF00;

    /// What stands for a value in the text.
    pub(crate) fn hold(&mut self, value: &Value) -> String {
        let mark = char::from_u32(Held::FIRST + self.0.len() as u32).unwrap_or_default();
        let text = value.to_string();
        self.0.push(if value.is_safe() { text } else { escape(&text) });
        mark.into()
    }

    /// The text as HTML, with the values in it. In words of another language these have a direction of their own, which is most likely
    /// that of the page: a name, a date.
    pub(crate) fn html(&self, text: &str, other: Option<&Lang>) -> String {
        let mut out = escape(text);
        for (mark, html) in (Held::FIRST..).filter_map(char::from_u32).zip(&self.0) {
            out = match other {
                Some(_) => out.replace(mark, &format!("<bdi>{html}</bdi>")),
                None => out.replace(mark, html),
            };
        }
        match other {
            Some(other) => marked(other, &out),
            None => out,
        }
    }
}

/// Words of another language than that of the page, as HTML that says so.
pub(crate) fn marked(lang: &Lang, html: &str) -> String {
    format!("<span lang=\"{lang}\" dir=\"{}\">{html}</span>", direction(lang))
}

/// Strings that no template asks for and no other message puts in. Where a key is put together by a template, nobody can tell.
fn unused<'a>(
    calls: &[(&Template, Call)],
    by_key: &BTreeMap<&'a str, Vec<Definition<'_>>>,
) -> BTreeSet<&'a str> {
    let asked = |key: &str, keys: &Keys| match keys {
        Keys::One(one) => one == key,
        Keys::Some(some) => some.iter().any(|one| one == key),
        Keys::Prefix(prefix) => key.starts_with(prefix.as_str()),
        Keys::Any => true,
    };
    let mut keys: BTreeSet<&str> = by_key.keys().copied().collect();
    // A key that a built-in theme has too is asked for by that theme.
    keys.retain(|key| !by_key[key].iter().any(|one| is_built_in(one.origin)));
    let asked_by_fika = own();
    let all = || calls.iter().map(|(_, call)| &call.keys).chain(&asked_by_fika);
    keys.retain(|key| !all().any(|keys| asked(key, keys)));
    keys.retain(|key| !is_put_in(by_key, key));
    keys
}

/// What no template asks for, but fika itself: the titles of alerts and containers, of the archive and of the tags.
fn own() -> [Keys; 3] {
    [Keys::Prefix("alert-".to_owned()), Keys::One("archive".to_owned()), Keys::One("term-list".to_owned())]
}

fn idle_string(one: &Definition<'_>) -> Diagnostic {
    let message = format!("no template asks for the interface string `{}`", one.key);
    Diagnostic::warning("unused-string", one.origin.clone(), message)
        .at(one.text, one.span.clone())
        .help("delete it, or mend its name")
}

/// Whether another message puts this one in.
fn is_put_in(by_key: &BTreeMap<&str, Vec<Definition<'_>>>, key: &str) -> bool {
    let id = key.split('.').next().unwrap_or(key);
    let mut texts: Vec<&str> = by_key.values().flatten().map(|one| &**one.text).collect();
    texts.dedup();
    texts.iter().any(|text| {
        text.match_indices(id).any(|(at, _)| {
            let before = text[..at].trim_end().ends_with('{');
            before
                && text[at + id.len()..]
                    .starts_with(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c))
        })
    })
}

/// A string whose arguments are not those it has in the site's default language (or in English, or in the first that has it).
fn differing(config: &Config, key: &str, definitions: &[Definition<'_>], out: &mut Vec<Diagnostic>) {
    let default = &config.default_language().lang;
    let of = |wanted: &str| definitions.iter().find(|one| one.lang.as_str() == wanted);
    let Some(model) = default.chain().find_map(of).or_else(|| of("en")).or(definitions.first()) else {
        return;
    };
    let list = |one: &Definition<'_>| match one.arguments {
        [] => "no argument".to_owned(),
        names => names.iter().map(|name| format!("`${name}`")).collect::<Vec<_>>().join(", "),
    };
    // A string of the writer's own that differs from all that are built in is told once: beside English, which most can read.
    let mut told = BTreeSet::new();
    let (english, others): (Vec<_>, Vec<_>) = definitions.iter().partition(|one| one.lang.as_str() == "en");
    for one in english.into_iter().chain(others) {
        // Of two that differ, the one that the writer can change is to blame.
        let (one, other) = if is_built_in(one.origin) { (model, one) } else { (one, model) };
        if one.arguments == other.arguments || is_built_in(one.origin) || !told.insert(one.lang) {
            continue;
        }
        let message = format!(
            "the interface string `{key}` takes {} in `{}`, and {} in `{}`",
            list(one),
            one.lang,
            list(other),
            other.lang
        );
        let diagnostic = Diagnostic::warning("string-arguments", one.origin.clone(), message);
        out.push(
            diagnostic.at(one.text, one.span.clone()).help("give it the same arguments in every language"),
        );
    }
}

/// A file of the binary is named after its theme: `paper:i18n/zh.ftl`.
fn is_built_in(origin: &str) -> bool {
    origin.split_once(':').is_some_and(|(theme, path)| !theme.contains('/') && path.starts_with("i18n/"))
}

/// All calls in a template, in the order written.
fn calls(source: &str) -> Vec<Call> {
    let mut found = Vec::new();
    for tag in scan(source).tags {
        let bytes = source.as_bytes();
        let mut at = tag.start;
        while at < tag.end {
            match bytes[at] {
                quote @ (b'"' | b'\'' | b'`') => at = string_end(bytes, at + 1, quote) + 1,
                byte if is_word(byte) => {
                    let end = (at..tag.end).find(|&end| !is_word(bytes[end])).unwrap_or(tag.end);
                    let member = at > 0 && bytes[at - 1] == b'.';
                    if matches!(&source[at..end], "t" | "trans") && !member {
                        let keys = keys(source[end..tag.end].trim_start());
                        found.extend(keys.map(|keys| Call { keys, span: at..end }));
                    }
                    at = end;
                }
                _ => at += 1,
            }
        }
    }
    found
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The keys of a call, from the bracket behind the function's name; none if it is no call.
fn keys(call: &str) -> Option<Keys> {
    let arguments = call.strip_prefix('(')?;
    let Some(value) = argument(arguments, "key") else { return Some(Keys::Any) };
    let quote = value.bytes().next().filter(|quote| b"\"'`".contains(quote));
    let Some(quote) = quote else { return Some(Keys::Any) };
    let end = string_end(value.as_bytes(), 1, quote);
    let (first, rest) = (value[1..end].to_owned(), value.get(end + 1..).unwrap_or_default().trim_start());
    Some(match rest {
        "" => Keys::One(first),
        _ if rest.starts_with('~') => Keys::Prefix(first),
        _ if rest.starts_with("if ") => Keys::Some(strings(value)),
        _ => Keys::Any,
    })
}

/// The expression that an argument is given: up to the comma or bracket that ends it.
fn argument<'a>(arguments: &'a str, name: &str) -> Option<&'a str> {
    let bytes = arguments.as_bytes();
    let (mut depth, mut at, mut start) = (0_usize, 0, 0);
    loop {
        let byte = bytes.get(at).copied();
        match byte {
            Some(quote @ (b'"' | b'\'' | b'`')) => at = string_end(bytes, at + 1, quote),
            Some(b'(' | b'[' | b'{') => depth += 1,
            Some(b')' | b']' | b'}') if depth > 0 => depth -= 1,
            None | Some(b',' | b')') if depth == 0 => {
                let (known, value) = arguments[start..at].split_once('=')?;
                if known.trim() == name {
                    return Some(value.trim());
                }
                start = at + 1;
            }
            _ => {}
        }
        if at >= bytes.len() {
            return None;
        }
        at += 1;
    }
}

/// All strings of an expression.
fn strings(expression: &str) -> Vec<String> {
    let bytes = expression.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        if let quote @ (b'"' | b'\'' | b'`') = bytes[at] {
            let end = string_end(bytes, at + 1, quote);
            found.push(expression[at + 1..end].to_owned());
            at = end;
        }
        at += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_found_with_their_keys() {
        let source = r#"{{ t(key="a") }}{% if x.t(key="no") %}{{ trans ( n=f(a, "x"), key='b' ) }}{% endif %}t(key="no")
            {{ t(key="c-" ~ kind) }}{{ t(key="d" if x else 'e') }}{{ t(key=name) }}{{ "t(key='no')" }}{# {{ t(key="no") }} #}
            {{ <p a={t(key="f")} /> }}{{ t }}{{ start(key="no") }}{{ t(lang=l, n=1) }}"#;
        let keys: Vec<Keys> = calls(source).into_iter().map(|call| call.keys).collect();
        assert_eq!(
            keys,
            [
                Keys::One("a".into()),
                Keys::One("b".into()),
                Keys::Prefix("c-".into()),
                Keys::Some(vec!["d".into(), "e".into()]),
                Keys::Any,
                Keys::One("f".into()),
                Keys::Any,
            ]
        );
    }

    #[test]
    fn unfinished_calls_end() {
        for source in ["{{ t(", "{{ t( }}", "{{ t(key=\"a }}", "{{ t(key=) }}", "{{ t(key= }}", "{{ t(,) }}"]
        {
            calls(source);
        }
    }
}
