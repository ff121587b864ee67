//! A filled body cut into its blocks, for two texts side by side; and the ids of one of them, which must not be those of the other.

use std::collections::HashSet;
use std::sync::Arc;

use fika_html::{Attribute, Tag, tags};
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
    filler.beside = true;
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
    let mut tags = tags(html, 0).peekable();
    let mut depth = 0;
    let mut checked = Vec::with_capacity(ends.len());
    for end in ends {
        let Some(at) = end else {
            checked.push(None);
            continue;
        };
        while let Some(tag) = tags.next_if(|tag| tag.start < at) {
            depth += tag.depth();
        }
        checked.push((depth == 0).then_some(at));
    }
    checked
}

/// Attributes that hold an id, or several.
const IDS: &[&str] =
    &["id", "for", "name", "headers", "list", "aria-labelledby", "aria-describedby", "aria-controls"];

/// The ids of some HTML: what links within it may lead to.
pub(crate) fn ids(html: &str) -> impl Iterator<Item = &str> {
    let attributes = tags(html, 0).flat_map(|tag| tag.attributes().map(move |one| (tag, one)));
    attributes.filter(|(tag, one)| is_id(tag, one)).map(|(_, id)| &html[id.value])
}

/// The HTML with another beginning to each of some ids, and to what refers to them within it.
pub(crate) fn with_ids(html: &str, prefix: &str, own: &HashSet<String>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut copied = 0;
    let attributes = tags(html, 0).filter(|tag| !tag.is_end);
    for (tag, attribute) in attributes.flat_map(|tag| tag.attributes().map(move |one| (tag, one))) {
        let value = &html[attribute.value.clone()];
        let holds_ids =
            IDS.iter().any(|name| attribute.is(name)) && (!attribute.is("name") || tag.is(&["a"]));
        let leads_to = || value.strip_prefix('#').filter(|id| own.contains(&*decode_path(id)));
        out.push_str(&html[copied..attribute.value.start]);
        copied = attribute.value.end;
        if holds_ids {
            let ids = value.split_ascii_whitespace().enumerate();
            let own_prefix = |id| if own.contains(id) { prefix } else { "" };
            ids.for_each(|(at, id)| out.extend([if at > 0 { " " } else { "" }, own_prefix(id), id]));
        } else if (attribute.is("href") || attribute.is("xlink:href"))
            && let Some(id) = leads_to()
        {
            out.extend(["#", prefix, id]);
        } else {
            out.push_str(value);
        }
    }
    out.push_str(&html[copied..]);
    out
}

/// Whether an attribute gives an element its id.
fn is_id(tag: &Tag<'_>, attribute: &Attribute<'_>) -> bool {
    attribute.is("id") || (attribute.is("name") && tag.is(&["a"]))
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
