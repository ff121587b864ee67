//! `-{…}-`, as Chinese wikis write it: a part of a text that no conversion between scripts may touch. It is read in the
//! languages of a site that are converted into each other; anywhere else it is text like any other.

use std::borrow::Cow;
use std::sync::Arc;

use fika_model::{Config, Data, Kept, Lang, Span};

use crate::escape;

/// What opens and closes such a part.
pub(crate) const MARKS: (&str, &str) = ("-{", "}-");
/// What it becomes in HTML, where `translate` means the same to every translator (HTML, 3.2.6.4).
pub(crate) const TAGS: (&str, &str) = ("<span translate=\"no\">", "</span>");

/// Whether essays in a language are converted, or stand among those that are.
pub(crate) fn is_read(config: &Config, lang: &Lang) -> bool {
    let derived = config.languages.iter().filter_map(|one| Some((&one.lang, &one.derive.as_ref()?.from)));
    derived.into_iter().any(|(to, from)| to == lang || from == lang)
}

/// A text without the marks.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    replaced(text, ("", ""))
}

/// HTML with the tags in the place of the marks.
pub(crate) fn marked(html: &str) -> Cow<'_, str> {
    replaced(html, TAGS)
}

/// A text without the marks, and what stood between them, as bytes of it.
fn apart(text: &str) -> (String, Vec<Span>) {
    let (mut out, mut kept) = (String::with_capacity(text.len()), Vec::new());
    each(text, |part, is_kept| {
        if is_kept {
            kept.push((out.len()..out.len() + part.len()).into());
        }
        out.push_str(part);
    });
    (out, kept)
}

/// A text that can only be text, without the marks, if it has any; what stood between them is noted.
pub(crate) fn taken(text: &str, noted: &mut Vec<Kept>) -> Option<Arc<str>> {
    let (plain, parts) = apart(text);
    if parts.is_empty() {
        return None;
    }
    let text: Arc<str> = plain.into();
    noted.push(Kept { text: text.clone(), parts });
    Some(text)
}

/// The same for every text of some data.
pub(crate) fn take_from(data: &mut Data, noted: &mut Vec<Kept>) {
    match data {
        Data::Str(text) => {
            if let Some(plain) = taken(text, noted) {
                *text = plain;
            }
        }
        Data::Array(items) => items.iter_mut().for_each(|item| take_from(item, noted)),
        Data::Map(entries) => entries.iter_mut().for_each(|(_, value)| take_from(value, noted)),
        _ => {}
    }
}

/// A title that was read, its text without the marks and its HTML with the tags.
pub(crate) fn title((text, html): (String, Option<String>)) -> (String, Option<String>) {
    let Cow::Owned(stripped) = plain(&text) else { return (text, html) };
    let html = html.unwrap_or_else(|| {
        let mut escaped = String::new();
        escape::text(&mut escaped, &text);
        escaped
    });
    (stripped, Some(replaced(&html, TAGS).into_owned()))
}

/// A text with something else for each pair of marks.
fn replaced<'t>(text: &'t str, with: (&str, &str)) -> Cow<'t, str> {
    if !text.contains(MARKS.0) {
        return Cow::Borrowed(text);
    }
    let (mut out, mut any) = (String::with_capacity(text.len()), false);
    each(text, |part, is_kept| {
        any |= is_kept;
        let (open, close) = if is_kept { with } else { ("", "") };
        [open, part, close].iter().for_each(|part| out.push_str(part));
    });
    if any { Cow::Owned(out) } else { Cow::Borrowed(text) }
}

/// Calls for each part of a text in order, with whether it stands between marks. A mark without its partner is text.
fn each<'t>(text: &'t str, mut part: impl FnMut(&'t str, bool)) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(MARKS.0)
        && let Some((inside, after)) = after.split_once(MARKS.1)
    {
        part(before, false);
        part(inside, true);
        rest = after;
    }
    part(rest, false);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_in_pairs() {
        for (text, expected) in [
            ("-{后}-宫与-{发}-", "后宫与发"),
            ("-{后", "-{后"),
            ("}-后-{", "}-后-{"),
            ("-{a}-}-", "a}-"),
            ("x_{-1}", "x_{-1}"),
        ] {
            assert_eq!(plain(text), expected);
            assert_eq!(apart(text).0, expected);
        }
        assert_eq!(apart("-{后}-宫与-{发}-").1, [Span::from(0..3), Span::from(9..12)]);
        let made = title(("-{后}- & 前".to_owned(), None));
        assert_eq!(
            made,
            ("后 & 前".to_owned(), Some("<span translate=\"no\">后</span> &amp; 前".to_owned()))
        );
        assert_eq!(title(("后".to_owned(), None)), ("后".to_owned(), None));
    }
}
