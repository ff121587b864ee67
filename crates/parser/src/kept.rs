//! `-{…}-`, as Chinese wikis write it: a part of a text that no conversion between scripts may touch. It is read in the
//! languages of a site that are converted into each other; anywhere else it is text like any other. A mark behind a backslash is text.

use std::borrow::Cow;
use std::sync::Arc;

use fika_model::{Config, Data, Kept, Lang, Span};

use crate::{escape, title};

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
    each(&shielded(text, false), |part, is_kept| {
        let part = &*bare(part);
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
    if plain == text {
        return None;
    }
    let text: Arc<str> = plain.into();
    if !parts.is_empty() {
        noted.push(Kept { text: text.clone(), parts });
    }
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

/// A title as [`title::inline`] reads it, its text without the marks and its HTML with the tags.
pub(crate) fn title(line: &str) -> (String, Option<String>) {
    let (text, html) = title::inline(&shielded(line, true));
    let bare = |text: &str| bare(text).into_owned();
    let Cow::Owned(stripped) = plain(&text) else { return (bare(&text), html.as_deref().map(bare)) };
    let html = html.unwrap_or_else(|| {
        let mut escaped = String::new();
        escape::text(&mut escaped, &text);
        escaped
    });
    (bare(&stripped), Some(bare(&replaced(&html, TAGS))))
}

/// Stands within a mark that is text, until the others have been read: a noncharacter.
const SHIELD: char = '\u{FDD1}';

/// A text in which the marks behind a backslash are none, as in Markdown, where two are one. The backslashes stay if it is Markdown,
/// which takes them out.
fn shielded(text: &str, markdown: bool) -> Cow<'_, str> {
    let mark_of = |text: &str| [MARKS.0, MARKS.1].into_iter().find(|mark| text.starts_with(mark));
    if !text.match_indices('\\').any(|(at, _)| mark_of(&text[at + 1..]).is_some()) {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest) = (String::with_capacity(text.len() + SHIELD.len_utf8()), text);
    while let Some((before, behind)) = rest.find('\\').map(|at| rest.split_at(at)) {
        rest = behind.trim_start_matches('\\');
        let slashes = behind.len() - rest.len();
        let mark = mark_of(rest);
        let kept = if markdown || mark.is_none() { slashes } else { slashes / 2 };
        out.push_str(before);
        out.push_str(&behind[..kept]);
        if let Some(mark) = mark.filter(|_| slashes % 2 == 1) {
            let (first, second) = mark.split_at(1);
            out.extend([first, SHIELD.encode_utf8(&mut [0; 4]), second]);
            rest = &rest[mark.len()..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A text as it is shown.
fn bare(text: &str) -> Cow<'_, str> {
    if text.contains(SHIELD) { Cow::Owned(text.replace(SHIELD, "")) } else { Cow::Borrowed(text) }
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
        let made = title("-{后}- & 前");
        assert_eq!(
            made,
            ("后 & 前".to_owned(), Some("<span translate=\"no\">后</span> &amp; 前".to_owned()))
        );
        assert_eq!(title("后"), ("后".to_owned(), None));
    }

    #[test]
    fn a_mark_behind_a_backslash_is_text() {
        for (text, expected) in [
            (r"\-{后}-", "-{后}-"),
            (r"\-{ 与 -{后}-", "-{ 与 后"),
            (r"-{后\}-发}-", "后}-发"),
            (r"\\-{后}-", r"\后"),
            (r"C:\后 x\", r"C:\后 x\"),
        ] {
            assert_eq!(apart(text).0, expected);
            assert_eq!(title(text).0, expected);
        }
        assert_eq!(apart(r"\-{ 与 -{后}-").1, [Span::from(7..10)]);
        assert_eq!(title(r"\-{ 与 `\-{`").1.as_deref(), Some(r"-{ 与 <code>\-{</code>"));
        assert_eq!(taken(r"\-{后", &mut Vec::new()).as_deref(), Some("-{后"));
    }
}
