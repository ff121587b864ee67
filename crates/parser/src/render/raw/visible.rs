//! What a reader sees of raw HTML, to be counted and to make a summary of.

use fika_html::{Tag, is_one_of, tag_name};

use super::Comments;
use crate::chars::joins;
use crate::component::{self, Found};
use crate::escape;

/// Elements in a line of text: no space stands where their tags do.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements whose text is not seen, or is no part of the text: readings of ruby are none, as they are not in Markdown.
const UNSEEN: &[&str] = &[
    "datalist", "iframe", "noscript", "object", "option", "rp", "rt", "script", "select", "style", "svg",
    "template", "textarea", "title",
];

/// The text of some HTML, its white space folded.
pub(crate) fn text(html: &str) -> String {
    let mut out = String::new();
    let (mut at, comments) = (0, Comments::of(html));
    // The element whose text is left out.
    let mut hidden: Option<&str> = None;
    while at < html.len() {
        let next = html[at..].find(['<', '{']).map_or(html.len(), |length| at + length);
        if hidden.is_none() {
            append(&mut out, &escape::unescape(&html[at..next]));
        }
        at = match html.as_bytes().get(next) {
            Some(b'{') => match component::read(html, next) {
                Some(Found::Tag(_, end, _)) => end,
                _ => {
                    append(&mut out, if hidden.is_none() { "{" } else { "" });
                    next + 1
                }
            },
            Some(_) => {
                let (end, name) = tag_at(html, next, &comments);
                let is = |names: &[&str]| name.is_some_and(|name| is_one_of(names, name));
                match (hidden, name) {
                    (Some(open), Some(name)) => {
                        let ends = html[next..].starts_with("</") && open.eq_ignore_ascii_case(name);
                        hidden = hidden.filter(|_| !ends);
                    }
                    (None, Some(name)) if is(UNSEEN) && !html[next..].starts_with("</") => {
                        hidden = Some(name)
                    }
                    (None, Some(_)) if !is(INLINE) && !out.ends_with('\n') => out.push('\n'),
                    // It begins nothing, and is text.
                    (None, None) if end == next + 1 => out.push('<'),
                    _ => {}
                }
                end
            }
            None => break,
        };
    }
    out.trim().to_owned()
}

/// Where the tag or comment ends that begins at a place, and the name of the element. Behind the `<` and nothing where there is none.
fn tag_at<'h>(html: &'h str, at: usize, comments: &Comments<'_>) -> (usize, Option<&'h str>) {
    if html[at..].starts_with("<!--") {
        return (comments.end(at).unwrap_or(at + 1), None);
    }
    let Some(name) = tag_name(&html[at..]) else { return (at + 1, None) };
    let end = match Tag::read(html, at) {
        Some(tag) => tag.end,
        None => html[at..].find('>').map_or(html.len(), |length| at + length + 1),
    };
    (end, Some(name))
}

/// Appends text; a line end between two characters of Chinese text is nothing.
fn append(out: &mut String, text: &str) {
    let (mut space, mut line) = (false, false);
    for c in text.chars() {
        if c.is_whitespace() {
            (space, line) = (true, line || c == '\n');
            continue;
        }
        let before = out.chars().next_back().filter(|c| !c.is_whitespace());
        if let Some(before) = before.filter(|_| space)
            && !(line && joins(before, c))
        {
            out.push(' ');
        }
        out.push(c);
        (space, line) = (false, false);
    }
    if space && !out.is_empty() && !out.ends_with(char::is_whitespace) {
        out.push(' ');
    }
}
