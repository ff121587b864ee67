//! Attributes at the end of a heading: `## 标题 {#id .class}`, as in PHP Markdown Extra, which is where Pandoc, Zola and Hugo have them from.
//! All other braces are text.
//!
//! They are read here and not by the Markdown library, which has them too, but panics where a heading is nothing else.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

/// What stands in the braces.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Attributes<'t> {
    pub(super) id: Option<&'t str>,
    pub(super) classes: Vec<&'t str>,
    /// Where the heading's text ends before them, in bytes of the heading.
    pub(super) from: usize,
}

impl<'t> Attributes<'t> {
    /// Those of a heading, of which this is the source; none if it has no braces, or others.
    pub(super) fn of(heading: &'t str) -> Option<Attributes<'t>> {
        // Under a heading of several lines stands one of `=` or `-`.
        let trimmed = heading.trim_end();
        let lines = trimmed.rsplit_once('\n').map_or(trimmed, |(lines, _)| lines.trim_end());
        let (before, inside) =
            lines.strip_suffix('}')?.rsplit_once('{').filter(|(_, inside)| !inside.contains('\n'))?;
        let mut found = Attributes { from: text_before(before).len(), ..Attributes::default() };
        for one in inside.split_ascii_whitespace() {
            match one.split_at_checked(1)? {
                _ if one.contains(is_markup) => return None,
                ("#", id) if !id.is_empty() => found.id = Some(id),
                (".", class) if !class.is_empty() => found.classes.push(class),
                _ if !is_pair(one) => return None,
                _ => {}
            }
        }
        (found.id.is_some() || !found.classes.is_empty()).then_some(found)
    }
}

/// What would begin or end an element of Markdown, which may then lie half within the braces.
fn is_markup(c: char) -> bool {
    matches!(c, '`' | '*' | '[' | ']' | '$' | '~' | '<' | '>' | '\\' | '}')
}

/// `key=value`
fn is_pair(attribute: &str) -> bool {
    let is_name = |key: &str| key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    attribute.split_once('=').is_some_and(|(key, _)| !key.is_empty() && is_name(key))
}

/// The text before the braces, without blanks, without the `##` that may close it, and without the line break if they stand on a
/// line of their own.
fn text_before(before: &str) -> &str {
    let before = match before.rsplit_once('\n') {
        Some((lines, last)) if last.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'>')) => lines,
        _ => before,
    };
    let text = before.trim_end();
    match text.trim_end_matches('#') {
        open if open.len() < text.len() && open.ends_with([' ', '\t']) => open.trim_end(),
        _ => text,
    }
}

/// What is left of an event in a heading whose text ends at a place; nothing of one that lies in its attributes.
pub(super) fn without(
    text_until: usize,
    event: Event<'_>,
    range: Range<usize>,
) -> Option<(Event<'_>, Range<usize>)> {
    match &event {
        Event::End(TagEnd::Heading(_)) => Some((event, range)),
        _ if range.start >= text_until => None,
        Event::Text(text) if text.len() == range.len() => {
            let text = text[..text_until - range.start].to_owned();
            Some((Event::Text(text.into()), range.start..text_until))
        }
        _ => Some((event, range)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_end_a_heading() {
        for (heading, id, classes, text) in [
            ("## 甲 {#乙}\n", Some("乙"), &[][..], "## 甲"),
            ("## 甲{.乙 .c #d key=1}", Some("d"), &["乙", "c"], "## 甲"),
            ("## 甲 ## {#b}", Some("b"), &[], "## 甲"),
            ("## C# {#b}", Some("b"), &[], "## C#"),
            ("甲\n乙 {#b}  \r\n---\n", Some("b"), &[], "甲\n乙"),
            ("甲\n> {#b}\n> ---", Some("b"), &[], "甲"),
            ("{#b}\n===", Some("b"), &[], ""),
        ] {
            let found = Attributes { id, classes: classes.to_vec(), from: text.len() };
            assert_eq!(Attributes::of(heading), Some(found), "{heading}");
        }
    }

    #[test]
    fn other_braces_are_text() {
        for heading in [
            "## 甲",
            "## 甲 {}",
            "## 甲 {#}",
            "## 甲 {任意}",
            "## 甲 {key=1}",
            "## 甲 {#a 乙}",
            "## 甲 {#a} 乙",
            "## `甲 {#b` .c}",
            "## 甲 {#b\\}",
            "甲 {#b}\n乙\n---",
            "甲 {#b\n.c}\n---",
            "甲\n--- {#b}",
        ] {
            assert_eq!(Attributes::of(heading), None, "{heading}");
        }
    }
}
