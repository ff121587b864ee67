//! A filled body cut into its blocks, for two texts side by side; and the ids of one of them, which must not be those of the other.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use fika_model::{Body, EntryId, HoleKind, decode_path};

use crate::fill::{Filler, Source};
use crate::stage::Stage;
use crate::{Addresses, Pieces};

/// Fills a body and tells where its blocks end in what comes of it. `abroad` says that it will stand on a page of another language.
pub(crate) fn cut(
    stage: &Arc<Stage>,
    entry: EntryId,
    body: &Body,
    abroad: bool,
    source: Source<'_>,
) -> Pieces {
    let mut filler = Filler::new(stage, entry, body, Addresses::Path, source, false);
    filler.abroad = abroad;
    let (mut start, mut first, mut open) = (0, 0, 0);
    let mut ends = Vec::with_capacity(body.blocks.len());
    for &end in &body.blocks {
        let end = (end as usize).clamp(start, body.html.len());
        let own = body.holes[first..].iter().take_while(|hole| (hole.at as usize) < end);
        let (mut inside, mut furthest) = (0, open);
        for hole in own {
            inside += 1;
            match &hole.kind {
                HoleKind::Component { end: Some(close), .. } => furthest = furthest.max(*close as usize),
                HoleKind::Verbatim(text) => furthest = furthest.max(text.end as usize),
                _ => {}
            }
        }
        open = furthest;
        // A component around several blocks may do with them what it likes: they stay together.
        if open > end || !body.html.is_char_boundary(end) {
            ends.push(None);
            continue;
        }
        filler.range(start, end, &body.holes[first..first + inside]);
        (start, first) = (end, first + inside);
        ends.push(Some(filler.out.html.len()));
    }
    filler.range(start, body.html.len(), &body.holes[first..]);
    let ends = whole(&filler.out.html, ends);
    Pieces { rendered: filler.finish(), ends }
}

/// Only those ends at which no element is open: a container may go over several blocks.
fn whole(html: &str, ends: Vec<Option<usize>>) -> Vec<Option<usize>> {
    let mut tags = Tags { html, at: 0 };
    let mut next = tags.next();
    let mut depth = 0_i64;
    let mut checked = Vec::with_capacity(ends.len());
    for end in ends {
        let Some(at) = end else {
            checked.push(None);
            continue;
        };
        while let Some(tag) = next.filter(|tag| tag.start < at) {
            depth += tag.depth(html);
            next = tags.next();
        }
        checked.push((depth == 0).then_some(at));
    }
    checked
}

/// Elements without an end tag (HTML 13.1.2).
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// A tag of some HTML: its bytes.
#[derive(Clone, Copy)]
struct Tag {
    start: usize,
    end: usize,
}

impl Tag {
    fn depth(self, html: &str) -> i64 {
        let tag = &html[self.start..self.end];
        let name = tag.trim_start_matches(['<', '/']);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len())];
        match tag {
            _ if name.is_empty() || VOID.iter().any(|void| name.eq_ignore_ascii_case(void)) => 0,
            _ if tag.starts_with("</") => -1,
            _ if tag.ends_with("/>") => 0,
            _ => 1,
        }
    }
}

/// The tags of some HTML, comments left out.
struct Tags<'a> {
    html: &'a str,
    at: usize,
}

impl Iterator for Tags<'_> {
    type Item = Tag;

    fn next(&mut self) -> Option<Tag> {
        loop {
            let start = self.at + self.html[self.at..].find('<')?;
            let rest = &self.html[start..];
            if rest.starts_with("<!--") {
                self.at = start + rest.find("-->").map_or(rest.len(), |end| end + 3);
                continue;
            }
            let mut quote = None;
            let end = rest.bytes().position(|byte| match (quote, byte) {
                (None, b'>') => true,
                (None, b'"' | b'\'') => {
                    quote = Some(byte);
                    false
                }
                (Some(open), byte) if open == byte => {
                    quote = None;
                    false
                }
                _ => false,
            });
            self.at = start + end.map_or(rest.len(), |end| end + 1);
            return Some(Tag { start, end: self.at });
        }
    }
}

/// Attributes that hold an id, or several.
const IDS: &[&str] =
    &["id", "for", "name", "headers", "list", "aria-labelledby", "aria-describedby", "aria-controls"];

/// The ids of some HTML: what links within it may lead to.
pub(crate) fn ids(html: &str) -> impl Iterator<Item = &str> {
    let tags = Tags { html, at: 0 }.map(|tag| &html[tag.start..tag.end]);
    tags.flat_map(|tag| attributes(tag).filter(|(name, _)| is_id(tag, name)).map(|(_, value)| &tag[value]))
}

/// The HTML with another beginning to each of some ids, and to what refers to them within it.
pub(crate) fn with_ids(html: &str, prefix: &str, own: &HashSet<String>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut copied = 0;
    for tag in (Tags { html, at: 0 }) {
        let text = &html[tag.start..tag.end];
        if text.starts_with("</") || !(text.contains('=')) {
            continue;
        }
        out.push_str(&html[copied..tag.start]);
        tag_with_ids(text, prefix, own, &mut out);
        copied = tag.end;
    }
    out.push_str(&html[copied..]);
    out
}

fn tag_with_ids(tag: &str, prefix: &str, own: &HashSet<String>, out: &mut String) {
    let mut at = 0;
    for (name, range) in attributes(tag) {
        let value = &tag[range.clone()];
        out.push_str(&tag[at..range.start]);
        at = range.end;
        if IDS.contains(&name) && (name != "name" || tag.starts_with("<a")) {
            let prefix = |id| if own.contains(id) { prefix } else { "" };
            let ids: Vec<String> =
                value.split_ascii_whitespace().map(|id| [prefix(id), id].concat()).collect();
            out.push_str(&ids.join(" "));
            continue;
        }
        match value.strip_prefix('#').filter(|_| matches!(name, "href" | "xlink:href")) {
            Some(id) if own.contains(&*decode_path(id)) => out.extend(["#", prefix, id]),
            _ => out.push_str(value),
        }
    }
    out.push_str(&tag[at..]);
}

/// Whether an attribute gives an element its id.
fn is_id(tag: &str, name: &str) -> bool {
    name == "id" || (name == "name" && tag.starts_with("<a"))
}

/// The attributes of a tag that have a value: their names, and where the values are.
pub(crate) fn attributes(tag: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let equals = at + tag[at..].find('=')?;
        let name = tag[at..equals].trim_end();
        let name = name.rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
        let value = tag[equals + 1..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let quote = value.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''));
        let start = tag.len() - value.len() + usize::from(quote.is_some());
        let is_end = |c: char| match quote {
            Some(quote) => c == quote as char,
            None => c.is_ascii_whitespace() || c == '>',
        };
        at = tag[start..].find(is_end).map_or(tag.len(), |end| start + end);
        Some((name, start..at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_get_another_beginning_with_all_that_refers_to_them() {
        let html = "<h2 id=\"a\">x = #a</h2><p id='b' class=\"id\"><a href=\"#a\" aria-describedby=\"a b\">id=\"a\"</a> <a href=\"/x#a\">y</a><a href=\"#\">top</a>\
            <label for=c>z</label><input id=c name=\"q\"><!-- <p id=\"n\"> --></p>";
        let want = "<h2 id=\"en:a\">x = #a</h2><p id='en:b' class=\"id\"><a href=\"#en:a\" aria-describedby=\"en:a en:b\">id=\"a\"</a> <a href=\"/x#a\">y</a><a href=\"#\">top</a>\
            <label for=en:c>z</label><input id=en:c name=\"q\"><!-- <p id=\"n\"> --></p>";
        let own: HashSet<String> = ids(html).map(str::to_owned).collect();
        assert_eq!(with_ids(html, "en:", &own), want);
        // What is not among them stays as it is.
        let one: HashSet<String> = ["a".to_owned()].into();
        let text = "<p id=\"b\"><a href=\"#a\">x</a><a href=\"#b\" aria-describedby=\"a b\">y</a></p>";
        let want = "<p id=\"b\"><a href=\"#en:a\">x</a><a href=\"#b\" aria-describedby=\"en:a b\">y</a></p>";
        assert_eq!(with_ids(text, "en:", &one), want);
    }

    #[test]
    fn a_cut_is_where_nothing_is_open() {
        let html = "<div><p>a</p><p>b<br></p></div><img alt=\"a > b\"><hr/>";
        let at = |text: &str| html.find(text).expect("it");
        let ends: Vec<Option<usize>> =
            vec![Some(at("<p>b")), Some(at("</div>")), Some(at("<img")), Some(at("<hr")), None];
        assert_eq!(whole(html, ends), [None, None, Some(at("<img")), Some(at("<hr")), None]);
    }
}
