//! The elements that are open in HTML as it is written, for what neither a paragraph nor an inline element can hold.

use std::ops::Range;

use fika_html::{Markup, Tag, is_one_of, is_raw, markup, tag_name};

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
        for Markup { start, end, tag } in markup(&html[..component], self.read) {
            match tag_name(&html[start..end]) {
                Some(name) if html[start..].starts_with("</") => self.close(html, name),
                Some(name) if tag.is_none_or(|tag| tag.depth() > 0 && !is_raw(name)) => {
                    self.open.push(start..end)
                }
                _ => {}
            }
        }
        self.read = html.len();
    }

    fn close(&mut self, html: &str, ended: &str) {
        let is_opened = |tag: &Range<usize>| name(&html[tag.clone()]).eq_ignore_ascii_case(ended);
        let depth = self.open.iter().rev().take(MOST_ENDED).position(is_opened);
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

/// An opening tag for the second time, without its id, which can stand on a page once only; and without any attribute where these
/// cannot be told apart.
fn again(tag: &str) -> String {
    let Some(read) = Tag::read(tag, 0) else { return format!("<{}>", name(tag)) };
    match read.attributes().find(|attribute| attribute.is("id")) {
        Some(id) => [tag[..id.start].trim_end(), &tag[id.quoted.end..]].concat(),
        None => tag.to_owned(),
    }
}

fn closing(tag: &str) -> String {
    format!("</{}>", name(tag))
}

/// The name in a tag; empty if there is none, as in a comment.
fn name(tag: &str) -> &str {
    tag_name(tag).unwrap_or_default()
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
    is_one_of(NAMES, name(html))
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
