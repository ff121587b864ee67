//! Elements of raw HTML whose ends matter to the page around the essay: those that have none, ends without a beginning, and containers
//! that end within a block of HTML.

use std::ops::Range;

use fika_html::{Tag, ends_itself, is_one_of, is_void, tag_name};
use pulldown_cmark::TagEnd;
use rapidhash::RapidHashMap;

use super::{Mask, Renderer, State, elements};
use crate::source::Hidden;

/// Elements that a browser takes all that follows for a part of, unseen, folded away or as it is written, until they end (HTML 13.2.5 and
/// 13.2.6; what stands in a film or a drawing is for browsers that know none).
const SWALLOW: &[&str] = &[
    "audio",
    "canvas",
    "datalist",
    "details",
    "dialog",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "select",
    "style",
    "template",
    "textarea",
    "title",
    "video",
    "xmp",
];

/// Elements that a browser takes up again in every block that follows, beyond the essay too, until they end (HTML 13.2.4.3: the list of
/// active formatting elements). Without `a`, which old pages begin and never end as an anchor: it ends with its block.
const SPREAD: &[&str] =
    &["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that the page around an essay is made of: an end without a beginning would end one of those.
const FRAME: &[&str] =
    &["article", "aside", "body", "div", "footer", "head", "header", "html", "main", "nav", "section"];

/// Elements that keep the ends of those around them out (HTML 13.2.4.2: the boundaries of a scope), so that all that follows is in them
/// until they end.
const APART: &[&str] = &["marquee", "table"];

/// Elements that a page has once, around all essays. A second beginning begins nothing.
const PAGE: &[&str] = &["body", "head", "html"];

/// What is known of the ends of elements.
#[derive(Default)]
pub(super) struct Ends {
    /// For elements that were asked for, the next end from the place that was asked for last; the length of the text where there is
    /// none.
    next: RapidHashMap<&'static str, usize>,
    /// How many `a` are open that have no end.
    endless: usize,
    /// The elements of [`FRAME`] and [`APART`] that are open.
    open: Vec<Opened>,
    /// Where in `open` those of each name are.
    places: [Vec<usize>; FRAME.len() + APART.len()],
}

/// An element that was opened.
struct Opened {
    /// Its name, by its place among [`FRAME`] and then [`APART`].
    kind: usize,
    /// In how many elements of Markdown it is, paragraphs left out once they have ended: those cannot hold it.
    depth: usize,
    /// Its tag in the text that is read; nothing if an end would be wrong.
    tag: Option<Range<usize>>,
}

fn index(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|known| known.eq_ignore_ascii_case(name))
}

fn kind(name: &str) -> Option<usize> {
    index(FRAME, name).or_else(|| index(APART, name).map(|at| FRAME.len() + at))
}

fn name_of(kind: usize) -> &'static str {
    FRAME.get(kind).unwrap_or_else(|| &APART[kind - FRAME.len()])
}

impl Ends {
    /// The next end of an element from a place of the text on.
    fn next(&mut self, text: &str, name: &'static str, from: usize) -> usize {
        let known = self.next.get(name).copied().filter(|&end| end >= from);
        let end = known.unwrap_or_else(|| next_end(text, name, from));
        self.next.insert(name, end);
        end
    }

    fn push(&mut self, one: Opened) {
        self.places[one.kind].push(self.open.len());
        self.open.push(one);
    }

    fn pop(&mut self) -> Option<Opened> {
        let one = self.open.pop()?;
        self.places[one.kind].pop();
        Some(one)
    }
}

impl Renderer<'_> {
    /// Whether an element swallows what follows it: it has no end before a place of the text that is read. One that spreads may end in
    /// any block.
    pub(super) fn swallows(&mut self, name: &str, from: usize, until: usize) -> bool {
        let text = &self.source.text;
        let (name, until) = match (index(SWALLOW, name), index(SPREAD, name)) {
            (Some(at), _) => (SWALLOW[at], until),
            (None, Some(at)) => (SPREAD[at], text.len()),
            (None, None) => return false,
        };
        // Nothing ends plain text.
        name == "plaintext" || self.raw.ends.next(text, name, from) >= until
    }

    /// The beginning of an `a` that may have no end, whose tag stands in a range of the text that is read. Whether it ends at once: browsers
    /// do not mind the slash of `<a name="x"/>` (HTML 13.1.2.1), and all up to the next link would be in it.
    pub(super) fn anchor_begins(&mut self, tag: &Tag<'_>, range: Range<usize>) -> bool {
        if !tag.is(&["a"]) {
            return false;
        }
        let text = &self.source.text;
        let is_place = tag.is_self_closing && !tag.attributes().any(|one| one.is("href"));
        if is_place && !ends_next(&text[range.end..]) {
            return true;
        }
        if (is_place || !tag.is_self_closing) && self.raw.ends.next(text, "a", range.end) < text.len() {
            return false;
        }
        self.raw.ends.endless += 1;
        // Whoever writes `<a name="x">` or `<a name="x"/>` means a place.
        if !tag.is_self_closing && tag.attributes().any(|one| one.is("href")) {
            self.warn(
                "unclosed-element",
                &range,
                "`<a>` has no end, so it ends where its paragraph does",
                "end it with `</a>`, or put it between back quotes if it is meant to be seen",
            );
        }
        false
    }

    /// Ends an `a` at once.
    pub(super) fn end_place(&mut self) {
        self.html.push_str("</a>");
        self.summary.close_raw("a");
        self.inline.raw_links = self.inline.raw_links.saturating_sub(1);
    }

    /// Ends each `a` that has no end of its own, where a block ends: the next block is no part of the link.
    pub(in crate::render) fn end_anchors(&mut self) {
        while self.raw.ends.endless > 0 {
            self.raw.ends.endless -= 1;
            self.html.push_str("</a>");
            self.summary.close_raw("a");
            self.inline.raw_links = self.inline.raw_links.saturating_sub(1);
        }
    }

    /// Whether an inline tag swallows the rest of the page. In prose an element ends in the paragraph it begins in.
    pub(super) fn swallows_inline(&mut self, html: &str, range: &Range<usize>) -> bool {
        let Some(name) = tag_name(html).filter(|_| !html.starts_with("</")) else { return false };
        let paragraph = self.frames.iter().rfind(|frame| !super::super::components::is_span(frame.tag));
        let until = paragraph.map_or(self.source.text.len(), |frame| frame.end);
        if !self.swallows(name, range.end, until) {
            return false;
        }
        self.report_unclosed(name, range);
        true
    }

    /// Whether a tag in prose is words about HTML: one of [`PAGE`], or one that says nothing but its name and that nothing ends, though an
    /// end is wanted. A browser would show nothing of it.
    pub(super) fn is_about_html(&mut self, html: &str, range: &Range<usize>) -> bool {
        let Some(tag) = Tag::read(html, 0).filter(|tag| !tag.is_end && tag.attributes().next().is_none())
        else {
            return false;
        };
        let name = tag.name;
        if tag.is(PAGE) {
            self.warn(
                "page-element",
                range,
                format!("`<{name}>` is of the page and not of an essay, so it is shown as text"),
                "put it between back quotes if it is meant to be seen, or delete it",
            );
            return true;
        }
        let wants_end = !is_void(name) && !ends_itself(name) && !tag.is(&["a"]) && !tag.is_self_closing;
        let Some(known) = elements::known(name).filter(|_| wants_end) else { return false };
        let text = &self.source.text;
        if self.raw.ends.next(text, known, range.end) < text.len() {
            return false;
        }
        self.report_unclosed(name, range);
        true
    }

    pub(super) fn report_unclosed(&mut self, name: &str, range: &Range<usize>) {
        let (tag, end) = match name {
            "!--" => ("<!--".to_owned(), "-->".to_owned()),
            name => (format!("<{name}>"), format!("</{name}>")),
        };
        let harm = match () {
            () if is_one_of(SPREAD, name) => " and would spread over the rest of the page",
            () if is_one_of(SWALLOW, name) || name == "!--" => " and would swallow the rest of the page",
            () => "",
        };
        self.warn(
            "unclosed-element",
            range,
            format!("`{tag}` has no end{harm}, so it is shown as text"),
            &format!("end it with `{end}`, or put it between back quotes if it is meant to be seen"),
        );
    }

    /// The beginning of an element. Of a tag that cannot be read to its end only the name is known.
    pub(super) fn element_begins(&mut self, name: &str, tag: Option<Range<usize>>) {
        if let Some(kind) = kind(name) {
            let tag = tag.filter(|_| !PAGE.contains(&name_of(kind)));
            self.raw.ends.push(Opened { kind, depth: self.frames.len(), tag });
        }
    }

    /// Which open element ends with a tag: the last of this name that began in the same list item, quotation or component.
    pub(super) fn ended_by(&self, name: &str) -> Option<usize> {
        let at = *self.raw.ends.places[kind(name)?].last()?;
        let here = self.frames.iter().rposition(|frame| holds_elements(frame.tag)).map_or(0, |at| at + 1);
        (self.raw.ends.open[at].depth >= here && at >= self.open_elements()).then_some(at)
    }

    /// The end of the innermost element that is open.
    pub(super) fn element_ends(&mut self) {
        self.raw.ends.pop();
    }

    /// Whether a tag that ends no element which began here would end one of the page.
    pub(super) fn is_stray_end(&mut self, name: &str, range: &Range<usize>) -> bool {
        if !is_one_of(FRAME, name) {
            return false;
        }
        self.warn(
            "stray-end-tag",
            range,
            format!("`</{name}>` ends an element that did not begin, so it is shown as text"),
            "delete it, or put it between back quotes if it is meant to be seen",
        );
        true
    }

    /// How many elements of raw HTML are open that may have to be ended.
    pub(in crate::render) fn elements(&self) -> usize {
        self.raw.ends.open.len()
    }

    /// An element of Markdown has ended, in which so many others are not. What is open in it ends with it, unless it is a paragraph.
    pub(in crate::render) fn end_elements_in(&mut self, tag: TagEnd) {
        let (depth, open) = (self.frames.len(), &mut self.raw.ends.open);
        let keep = open.iter().rposition(|one| one.depth <= depth).map_or(0, |at| at + 1);
        if holds_elements(tag) {
            self.end_elements(keep, "the block around it");
        } else {
            open[keep..].iter_mut().for_each(|one| one.depth = depth);
        }
    }

    /// Ends the elements that have no end of their own, but for so many, where something else ends.
    pub(in crate::render) fn end_elements(&mut self, keep: usize, with: &str) {
        while self.raw.ends.open.len() > keep {
            let Some(Opened { kind, tag, .. }) = self.raw.ends.pop() else { return };
            let (Some(tag), name) = (tag, name_of(kind)) else { continue };
            let line_end = if self.html.ends_with('\n') { "\n" } else { "" };
            self.put(&["</", name, ">", line_end]);
            self.summary.close_raw(name);
            self.warn(
                "unclosed-element",
                &tag,
                format!("`<{name}>` has no end, so it ends where {with} does"),
                &format!("end it with `</{name}>`, or put it between back quotes if it is meant to be seen"),
            );
        }
    }

    /// Lines of colons within an HTML block, which goes on to the next empty line: one that ends a container ends the block, too, as in
    /// VitePress. The place in the block up to which is written then.
    pub(super) fn end_containers_in(&mut self, state: &State) -> usize {
        let goes_on = !["<pre", "<script", "<style", "<textarea", "<!", "<?"].iter().any(|kind| {
            let start = state.buffer.trim_start().get(..kind.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(kind))
        });
        let mut from = 0;
        for (index, &(start, _)) in state.lines.iter().enumerate().filter(|_| goes_on) {
            let end = state.lines.get(index + 1).map_or(state.buffer.len(), |next| next.0);
            let line = &state.buffer[start..end];
            let indent = line.len() - line.trim_start().len();
            let at = state.read_at(start + indent);
            if !line[indent..].starts_with("<?") || !self.is_in_container() {
                continue;
            }
            if let Some(Mask { hidden: Hidden::Fence(fence), .. }) = self.source.mask_at(at)
                && (fence.opening.is_none() || from > 0)
            {
                self.raw_block(state, from..start);
                self.fence(fence, &(at..state.read_at(start) + line.len()));
                from = end;
            }
        }
        from
    }
}

/// Whether an element of Markdown holds blocks, or ends what is open in it.
fn holds_elements(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::Heading(_)
            | TagEnd::TableCell
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::FootnoteDefinition
    )
}

/// Whether the next tag of an `a` in the same line ends one.
fn ends_next(text: &str) -> bool {
    let places = memchr::memchr2_iter(b'<', b'\n', text.as_bytes()).map(|at| &text[at..]);
    let mut tags = places.take_while(|rest| rest.starts_with('<'));
    let next = tags.find(|rest| tag_name(rest).is_some_and(|name| name.eq_ignore_ascii_case("a")));
    next.is_some_and(|rest| rest.starts_with("</"))
}

/// Where the next end tag of an element stands; what is between back quotes is none. The length of the text if there is no other.
fn next_end(text: &str, name: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let ends = memchr::memmem::find_iter(&bytes[from..], b"</").map(|at| from + at);
    let is_end = |&at: &usize| {
        let found = bytes.get(at + 2..at + 2 + name.len());
        let is_whole = !bytes.get(at + 2 + name.len()).is_some_and(|next| next.is_ascii_alphanumeric());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && is_whole
            && !bytes[..at].ends_with(b"`")
    };
    ends.into_iter().find(is_end).unwrap_or(text.len())
}
