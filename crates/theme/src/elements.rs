//! The elements that are open in HTML as it is written, for what neither a paragraph nor an inline element can hold.

use std::ops::Range;

use crate::escape::tag_end;
use crate::pieces::attributes;

/// Inline elements are closed and opened anew as long as their tags take no more bytes than this: their number times that of the
/// components in them is to stay in proportion to what was written.
const MOST_TAGS: usize = 512;

/// How many open elements an end tag may end at once.
const MOST_ENDED: usize = 16;

/// The open elements of a part of a body, which is read along as it is filled.
pub(crate) struct Elements {
    /// How far it has been read.
    read: usize,
    /// The opening tags, the innermost last.
    open: Vec<Range<usize>>,
}

impl Elements {
    /// Those of a part that begins at a place.
    pub(crate) fn begin(at: usize) -> Elements {
        Elements { read: at, open: Vec::new() }
    }

    /// Reads up to where a component has been filled in, and goes on behind it: what it made is whole in itself.
    pub(crate) fn pass(&mut self, html: &str, component: usize) {
        while let Some(at) = html[self.read..component].find('<').map(|at| self.read + at) {
            let tag = &html[at..component];
            let Some(end) = tag_end(tag) else {
                self.read = at + 1;
                continue;
            };
            let name = name(tag);
            self.read = at + end;
            if tag.starts_with("</") {
                self.close(html, name);
            } else if is_raw(name) {
                let closing = format!("</{name}");
                self.read += html[self.read..component].find(&closing).unwrap_or(component - self.read);
            } else if !name.is_empty() && !is_void(name) && !tag[..end].ends_with("/>") {
                self.open.push(at..at + end);
            }
        }
        self.read = html.len();
    }

    fn close(&mut self, html: &str, ended: &str) {
        let opened = |tag: &&Range<usize>| name(&html[(*tag).clone()]).eq_ignore_ascii_case(ended);
        let depth = self.open.iter().rev().take(MOST_ENDED).position(|tag| opened(&tag));
        self.open.truncate(self.open.len() - depth.map_or(0, |depth| depth + 1));
    }

    /// Ends the inline elements and the paragraph before what stands from `start`, and begins them anew after it: a browser would end
    /// the paragraph by itself and leave the rest without one. `rest` is the HTML that follows; gives how much of it is done with.
    /// No element is left empty.
    pub(crate) fn split(&mut self, html: &mut String, start: usize, rest: &str) -> usize {
        let is_inline = |tag: &Range<usize>| is_inline(name(&html[tag.clone()]));
        let outer = self.open.iter().rposition(|tag| !is_inline(tag)).map_or(0, |at| at + 1);
        let paragraph = outer.checked_sub(1).map(|at| self.open[at].clone());
        let paragraph = paragraph.filter(|tag| name(&html[tag.clone()]) == "p");
        let inline = self.open.split_off(outer);
        if inline.iter().map(Range::len).sum::<usize>() > MOST_TAGS {
            self.open.extend(inline);
            return 0;
        }
        self.open.truncate(outer - usize::from(paragraph.is_some()));
        let tags: Vec<String> = inline.iter().map(|tag| html[tag.clone()].to_owned()).collect();
        let made = html.split_off(start);
        end_before(html, &inline, paragraph.as_ref());
        html.push_str(&made);
        self.read = html.len();
        begin_after(html, &tags, paragraph.is_some(), rest)
    }
}

/// Ends elements at the end of HTML, or takes out the tags of those that have nothing in them.
fn end_before(html: &mut String, inline: &[Range<usize>], paragraph: Option<&Range<usize>>) {
    if inline.is_empty() && paragraph.is_none() {
        return;
    }
    let mut left = inline;
    html.truncate(html.trim_end().len());
    while let Some((last, outer)) = left.split_last().filter(|(last, _)| last.end == html.len()) {
        html.truncate(last.start);
        html.truncate(html.trim_end().len());
        left = outer;
    }
    for tag in left.iter().rev() {
        html.push_str(&closing(&html[tag.clone()]));
    }
    match paragraph {
        Some(tag) if tag.end == html.len() => html.truncate(tag.start),
        Some(_) => html.push_str("</p>\n"),
        None => {}
    }
}

/// Begins elements anew, but for those that end right there; gives how much of `rest` is done with.
fn begin_after(html: &mut String, tags: &[String], paragraph: bool, rest: &str) -> usize {
    if tags.is_empty() && !paragraph {
        return 0;
    }
    let mut left = tags;
    let mut after = rest.trim_start();
    while let Some((last, outer)) = left.split_last()
        && let Some(behind) = after.strip_prefix(&*closing(last))
    {
        left = outer;
        after = behind.trim_start();
    }
    match after.strip_prefix("</p>") {
        Some(behind) if paragraph && left.is_empty() => after = behind,
        _ if paragraph => html.push_str("\n<p>"),
        _ => {}
    }
    left.iter().for_each(|tag| html.push_str(&again(tag)));
    rest.len() - after.len()
}

/// An opening tag for the second time, without its id, which can stand on a page once only.
fn again(tag: &str) -> String {
    let id = attributes(tag).find(|(name, _)| name.eq_ignore_ascii_case("id"));
    let Some((name, value)) = id else { return tag.to_owned() };
    let begins = tag[..value.start].rfind(name).unwrap_or(value.start);
    let rest = &tag[value.end..];
    let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
    let is_closed = rest.ends_with('>');
    [tag[..begins].trim_end(), rest, if is_closed { "" } else { ">" }].concat()
}

fn closing(tag: &str) -> String {
    format!("</{}>", name(tag))
}

/// The name in a tag; empty if there is none, as in a comment.
fn name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    match name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true => {
            &name[..name
                .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
                .unwrap_or(name.len())]
        }
        false => "",
    }
}

/// Whether HTML begins with an element that no paragraph can hold (HTML, 4.4.1, where the end tag of `p` may be left out).
pub(crate) fn is_block(html: &str) -> bool {
    #[rustfmt::skip]
    const NAMES: &[&str] = &[
        "address", "article", "aside", "blockquote", "details", "dialog", "div", "dl", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav", "ol", "p",
        "pre", "search", "section", "table", "ul",
    ];
    let html = html.trim_start();
    html.starts_with('<') && is_one_of(NAMES, name(html))
}

/// Whether it marks a part of a text (HTML, 4.5 and 4.7), so that two of it one after the other say the same as one.
fn is_inline(name: &str) -> bool {
    #[rustfmt::skip]
    const NAMES: &[&str] = &[
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q",
        "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    ];
    is_one_of(NAMES, name)
}

/// Whether it has no end (HTML, 13.1.2).
fn is_void(name: &str) -> bool {
    #[rustfmt::skip]
    const NAMES: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ];
    is_one_of(NAMES, name)
}

/// Whether what stands in it is no HTML.
fn is_raw(name: &str) -> bool {
    is_one_of(&["script", "style", "textarea", "title"], name)
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Splits what stands before `@` from what stands behind it.
    fn split(html: &str) -> String {
        let (before, rest) = html.split_once('@').expect("a place");
        let mut out = before.to_owned();
        let mut elements = Elements::begin(0);
        let start = out.len();
        elements.pass(&out, start);
        out.push_str("<div></div>");
        elements.pass(&out, start);
        let done = elements.split(&mut out, start, rest);
        out + &rest[done..]
    }

    #[test]
    fn a_block_stands_in_no_paragraph_and_no_inline_element() {
        for (html, want) in [
            ("<p>a @ b</p>", "<p>a</p>\n<div></div>\n<p>b</p>"),
            ("<p>@</p>\n", "<div></div>\n"),
            ("<p><b>@</b></p>\n", "<div></div>\n"),
            ("<p>a <b>@</b> c</p>", "<p>a</p>\n<div></div>\n<p>c</p>"),
            ("<p>a <b>b <i>@ c</i> d</b></p>", "<p>a <b>b</b></p>\n<div></div>\n<p><b><i>c</i> d</b></p>"),
            ("<li><b>a @ b</b></li>", "<li><b>a</b><div></div><b>b</b></li>"),
            ("<li>a @ b</li>", "<li>a <div></div> b</li>"),
            (
                "<p>a<br><img src=\"<b>\"/><!-- <b> --> @ b</p>",
                "<p>a<br><img src=\"<b>\"/><!-- <b> --></p>\n<div></div>\n<p>b</p>",
            ),
            (
                "<p><b>a</B> <script>if (a<b) {}</script> @b</p>",
                "<p><b>a</B> <script>if (a<b) {}</script></p>\n<div></div>\n<p>b</p>",
            ),
            (
                "<p><b id=\"x\" class=\"y\">a @ b</b></p>",
                "<p><b id=\"x\" class=\"y\">a</b></p>\n<div></div>\n<p><b class=\"y\">b</b></p>",
            ),
            (
                "<p><a class=q href='/x' ID=z>a @ b</a></p>",
                "<p><a class=q href='/x' ID=z>a</a></p>\n<div></div>\n<p><a class=q href='/x'>b</a></p>",
            ),
            ("<p>a < b @ c</p>", "<p>a < b</p>\n<div></div>\n<p>c</p>"),
            // A quote that nothing closes, and what may look like one.
            ("<p><b id=\"x>a @ b</b></p>", "<p><b id=\"x>a</b></p>\n<div></div>\n<p><b>b</b></p>"),
            (
                "<p><b title= ' id=\"y'>a @ b</b></p>",
                "<p><b title= ' id=\"y'>a</b></p>\n<div></div>\n<p><b title= ' id=\"y'>b</b></p>",
            ),
        ] {
            assert_eq!(split(html), want, "{html}");
        }
    }

    #[test]
    fn too_many_elements_stay_open() {
        let html = format!("<p>{}a@b", "<b>".repeat(1000));
        assert_eq!(split(&html), html.replace('@', "<div></div>"));
    }
}
