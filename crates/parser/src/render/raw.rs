//! Raw HTML: kept as it is, but for addresses within the site, which become holes, and for tags that no browser
//! knows (`Vec<String>` in prose), which are text.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use fika_html::{Attribute, Tag, is_one_of, tag_name};
use fika_model::{HoleKind, is_external};
use memchr::{memchr, memmem};

use super::Renderer;
use crate::source::{Hidden, Mask};
use crate::{escape, kept, srcset};

mod closing;
mod elements;
mod unread;
pub(crate) mod visible;

/// The HTML block that is open.
#[derive(Default)]
pub(super) struct State {
    buffer: String,
    /// Where lines begin: in the buffer, and in the text that is read.
    lines: Vec<(usize, usize)>,
    ends: closing::Ends,
}

impl State {
    pub(super) fn begin(&mut self) {
        self.buffer.clear();
        self.lines.clear();
    }

    /// The place in the text that is read of a place in the buffer.
    fn read_at(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|&(start, _)| start <= at);
        line.checked_sub(1).map_or(at, |line| self.lines[line].1 + at - self.lines[line].0)
    }
}

impl Renderer<'_> {
    /// A line of an HTML block. Tags go over lines, so the block is read when it is whole.
    pub(super) fn raw_line(&mut self, html: &str, range: &Range<usize>) {
        self.raw.lines.push((self.raw.buffer.len(), range.start));
        self.raw.buffer.push_str(html);
    }

    pub(super) fn end_html_block(&mut self) {
        let ends = std::mem::take(&mut self.raw.ends);
        let state = std::mem::replace(&mut self.raw, State { ends, ..State::default() });
        let html = &*state.buffer;
        let begin = html.len() - html.trim_start().len();
        if let Some(Mask { hidden: Hidden::Fence(fence), .. }) = self.source.mask_at(state.read_at(begin)) {
            self.fence(fence, &(state.read_at(begin)..state.read_at(html.len())));
        } else if let Some(name) = stranger(html.trim_start()) {
            let name = name.to_owned();
            self.report_stranger(&name, state.read_at(0)..state.read_at(html.len()));
            let shown = begin..html.trim_end().len().max(begin);
            let text = self.restored(html, shown, &|at| state.read_at(at)).into_owned();
            self.html.push_str("<p>");
            self.plain(&text);
            self.html.push_str("</p>\n");
        } else if !is_quoted_original(html) {
            let from = self.end_containers_in(&state);
            if !html[from..].trim().is_empty() {
                self.unread_markdown(&state, from);
                self.raw_block(&state, from..html.len());
            }
        }
        self.end_anchors();
        let ends = std::mem::take(&mut self.raw.ends);
        self.raw = State { ends, ..state };
        self.raw.begin();
    }

    /// A part of an HTML block.
    fn raw_block(&mut self, state: &State, part: Range<usize>) {
        let html = &state.buffer[part.clone()];
        if !html.trim_start().starts_with("<!--") {
            self.unseen.extend(html.split_ascii_whitespace().flat_map(|word| [word, " "]));
        }
        let read_at = |at| state.read_at(part.start + at);
        let seen = visible::text(&self.restored(html, 0..html.len(), &read_at));
        if !seen.is_empty() {
            let words = self.block_text.read(&seen).0;
            self.out.words.han += words.han;
            self.out.words.latin += words.latin;
            self.summary_html(&seen);
        }
        self.raw_html(html, read_at);
    }

    pub(super) fn inline_html(&mut self, html: &str, range: &Range<usize>) {
        if let Some(hidden) = self.hidden_at(range.start).filter(|_| !self.is_title) {
            return self.unhide(hidden, range);
        }
        if let Some(Mask {
            hidden: Hidden::Fence(_) | Hidden::Component(..) | Hidden::More,
            range: written,
        }) = self.source.mask_at(range.start)
        {
            let text = self.source.clean(&self.source.written[written.clone()]).into_owned();
            return self.plain(&text);
        }
        let foreign = self.is_foreign(range.start);
        if let Some(name) = tag_name(html).filter(|_| foreign).or(stranger(html)) {
            let name = name.to_owned();
            if !foreign {
                self.report_stranger(&name, range.clone());
            }
            let text = self.restored(html, 0..html.len(), &|at| range.start + at).into_owned();
            return self.plain(&text);
        }
        if self.swallows_inline(html, range) || self.is_about_html(html, range) {
            let text = self.restored(html, 0..html.len(), &|at| range.start + at).into_owned();
            return self.plain(&text);
        }
        if let Some(tag) = Tag::read(html, 0) {
            self.inline.raw += tag.depth();
            if tag.is(&["a"]) {
                if tag.attributes().any(|attribute| attribute.is("href")) {
                    self.ids.link.get_or_insert_with(|| range.clone());
                }
                let links = &mut self.inline.raw_links;
                *links = if tag.is_end { links.saturating_sub(1) } else { *links + 1 };
            }
        }
        let start = range.start;
        self.raw_html(html, |at| start + at);
    }

    fn report_stranger(&mut self, name: &str, range: Range<usize>) {
        self.warn(
            "unknown-element",
            &range,
            format!("there is no HTML element `{name}`, so the tag is shown as text"),
            "put code between back quotes: `` `<name>` ``",
        );
    }

    /// Copies HTML, with holes for addresses. `read_at` tells where a place of it stands in the text that is read.
    fn raw_html(&mut self, html: &str, read_at: impl Fn(usize) -> usize) {
        let (mut copied, mut at) = (0, 0);
        let comments = Comments::of(html);
        // How many elements are open whose text is code.
        let mut code = 0_usize;
        while let Some(found) = memchr(b'<', &html.as_bytes()[at..]) {
            let start = at + found;
            if self.settings.keeps && code == 0 {
                copied = self.kept_text(html, copied, at..start, &read_at);
            }
            if let Some(hidden) = self.hidden_at(read_at(start)) {
                let end = memchr(b'>', &html.as_bytes()[start..]).map_or(html.len(), |end| start + end + 1);
                self.copy(html, copied..start, &read_at);
                self.unhide(hidden, &(read_at(start)..read_at(end)));
                (copied, at) = (end, end);
            } else if html[start..].starts_with("<!--") {
                at = match comments.end(start) {
                    Some(end) => {
                        self.note_code(&(read_at(start)..read_at(end)));
                        end
                    }
                    None => {
                        self.report_unclosed("!--", &(read_at(start)..read_at(start) + "<!--".len()));
                        copied = self.copy_as_text(html, copied..start, &read_at);
                        start + 1
                    }
                };
            } else if self.is_foreign(read_at(start)) {
                copied = self.copy_as_text(html, copied..start, &read_at);
                at = copied;
            } else if let Some(tag) = Tag::read(html, start).filter(|tag| !tag.is_end) {
                if self.swallows(tag.name, read_at(start), self.source.text.len()) {
                    self.report_unclosed(tag.name, &(read_at(start)..read_at(tag.end)));
                    copied = self.copy_as_text(html, copied..start, &read_at);
                    at = copied;
                    continue;
                }
                self.element_begins(tag.name, Some(read_at(start)..read_at(tag.end)));
                let ends = self.anchor_begins(&tag, read_at(start)..read_at(tag.end));
                code += usize::from(is_code(tag.name));
                if self.summary.awaits_cut() {
                    self.copy(html, copied..start, &read_at);
                    copied = start;
                    self.open_raw(&tag);
                }
                if tag.is(&["img"]) {
                    self.lazy_picture(&tag, &read_at);
                }
                for attribute in tag.attributes() {
                    copied = self.attribute_hole(html, copied, &tag, &attribute, &read_at);
                }
                at = tag.behind();
                if ends {
                    self.copy(html, copied..tag.end, &read_at);
                    copied = tag.end;
                    self.end_place();
                }
            } else {
                let ending = html[start..].starts_with("</");
                if let Some(name) = tag_name(&html[start..]).filter(|_| !ending) {
                    self.element_begins(name, None);
                } else if let Some(name) = tag_name(&html[start..]) {
                    if let Some(opened) = self.ended_by(name) {
                        // A table that is open in it would keep its end out.
                        self.copy(html, copied..start, &read_at);
                        copied = start;
                        self.end_elements(opened + 1, &format!("`<{name}>`"));
                        self.element_ends();
                    } else if self.is_stray_end(name, &(read_at(start)..read_at(start) + 3 + name.len())) {
                        copied = self.copy_as_text(html, copied..start, &read_at);
                        at = copied;
                        continue;
                    }
                    code = code.saturating_sub(usize::from(is_code(name)));
                    if self.summary.awaits_cut() {
                        self.summary.close_raw(name);
                    }
                }
                self.typography.leave_foreign(&html[start..]);
                at = start + 1;
            }
        }
        if self.settings.keeps && code == 0 {
            copied = self.kept_text(html, copied, at..html.len(), &read_at);
        }
        self.copy(html, copied..html.len(), &read_at);
    }

    /// Whether a place of the text that is read is within what begins like a component and cannot be read, or another generator reads: that
    /// is text.
    fn is_foreign(&self, at: usize) -> bool {
        if self.source.masks.is_empty() {
            return false;
        }
        let at = self.source.written_at(at);
        let masks = &self.source.masks[self.source.masks_in(&(at..at + 1))];
        masks.iter().any(|mask| !mask.is_hidden())
    }

    /// Text between two tags, if parts of it are not to be converted: it is copied with what says so in the place of the marks. The
    /// place up to which is copied then.
    fn kept_text(
        &mut self,
        html: &str,
        copied: usize,
        text: Range<usize>,
        read_at: &impl Fn(usize) -> usize,
    ) -> usize {
        if !html[text.clone()].contains(kept::MARKS.0) {
            return copied;
        }
        self.copy(html, copied..text.start, read_at);
        let written = self.restored(html, text.clone(), read_at);
        self.html.push_str(&kept::marked(&written));
        text.end
    }

    /// Copies up to a `<`, which is text. The place behind it.
    fn copy_as_text(&mut self, html: &str, range: Range<usize>, read_at: &impl Fn(usize) -> usize) -> usize {
        let end = range.end;
        self.copy(html, range, read_at);
        self.html.push_str("&lt;");
        end + 1
    }

    fn copy(&mut self, html: &str, range: Range<usize>, read_at: &impl Fn(usize) -> usize) {
        let html = self.restored(html, range, read_at);
        self.html.push_str(&html);
    }

    /// A range of raw HTML as it was written: nothing is hidden there but what was unhidden before.
    fn restored<'t>(
        &self,
        html: &'t str,
        range: Range<usize>,
        read_at: &impl Fn(usize) -> usize,
    ) -> Cow<'t, str> {
        let source = self.source;
        let written_at = |at: usize| source.written_at(read_at(at));
        let masks = match source.masks.is_empty() || range.is_empty() {
            true => 0..0,
            false => source.masks_in(&(written_at(range.start)..written_at(range.end))),
        };
        let (mut out, mut from) = (String::new(), range.start);
        for mask in source.masks[masks].iter().filter(|mask| mask.is_hidden()) {
            // By places in the text that is read, which grow with those in the HTML: within a mark those as written do not.
            let place = source.read_at(mask.range.start);
            let (mut at, mut end) = (from, range.end);
            while at < end {
                let middle = at + (end - at) / 2;
                (at, end) = if read_at(middle) < place { (middle + 1, end) } else { (at, middle) };
            }
            let (read, length) = (read_at(at), source.hidden_end(mask) - place);
            let same = html
                .get(at..at + length)
                .is_some_and(|piece| source.text.get(read..read + length) == Some(piece));
            if same && at + length <= range.end {
                out.push_str(&source.clean(&html[from..at]));
                out.push_str(&source.clean(&source.written[mask.range.clone()]));
                from = at + length;
            }
        }
        if from == range.start {
            return source.clean(&html[range]);
        }
        out.push_str(&source.clean(&html[from..range.end]));
        Cow::Owned(out)
    }

    /// Copies up to an attribute and puts a hole in the place of its address, if it is one. The place up to which
    /// is copied then.
    fn attribute_hole(
        &mut self,
        html: &str,
        copied: usize,
        tag: &Tag<'_>,
        attribute: &Attribute<'_>,
        read_at: &impl Fn(usize) -> usize,
    ) -> usize {
        let value = self.restored(html, attribute.value.clone(), read_at);
        let value = escape::unescape(value.trim());
        if attribute.is("id") || (attribute.is("name") && tag.is(&["a"])) {
            if !value.is_empty() {
                self.out.anchors.push(value.into());
            }
            return copied;
        }
        if attribute.is("lang") {
            self.typography.enter_foreign(tag.name);
            return copied;
        }
        // An attribute cannot say which part of it is kept; a reader does not see the marks.
        let is_text = is_one_of(&["alt", "title", "aria-label"], attribute.name);
        if is_text && self.settings.keeps && value.contains(kept::MARKS.0) {
            self.copy(html, copied..attribute.value.start, read_at);
            let written = self.restored(html, attribute.value.clone(), read_at);
            self.html.push_str(&kept::plain(&written));
            return attribute.value.end;
        }
        if attribute.is("srcset") && tag.is(&["img", "source"]) {
            self.copy(html, copied..attribute.quoted.start, read_at);
            self.srcset(&value, &(read_at(attribute.value.start)..read_at(attribute.value.end)));
            return attribute.quoted.end;
        }
        let link = attribute.is("href") && tag.is(&["a", "area"]);
        let asset = attribute.is("src")
            && tag.is(&["img", "source", "video", "audio", "iframe", "embed", "track"])
            || attribute.is("poster") && tag.is(&["video"]);
        if !(link || asset) || value.is_empty() || is_external(&value) {
            return copied;
        }
        self.copy(html, copied..attribute.quoted.start, read_at);
        self.html.push('"');
        let range = read_at(attribute.value.start)..read_at(attribute.value.end);
        if link {
            self.local_link(&value, &range);
        } else {
            self.hole(&range, HoleKind::Asset { dest: value.into() });
        }
        self.html.push('"');
        attribute.quoted.end
    }
}

impl Renderer<'_> {
    /// The pictures of a `srcset`, each with its descriptor, in quotes: what is within the site is a hole.
    fn srcset(&mut self, value: &str, range: &Range<usize>) {
        self.html.push('"');
        let mut from = 0;
        for url in srcset::urls(value) {
            escape::attribute(&mut self.html, &value[from..url.start]);
            from = url.end;
            let dest = &value[url];
            if is_external(dest) {
                escape::attribute(&mut self.html, dest);
            } else {
                self.hole(range, HoleKind::Asset { dest: dest.into() });
            }
        }
        escape::attribute(&mut self.html, &value[from..]);
        self.html.push('"');
    }
}

/// The comments of some HTML.
struct Comments<'h> {
    html: &'h str,
    /// Where the last `-->` stands, once it was looked for: behind it no comment has an end, and each would look to the end of the text.
    last: OnceCell<Option<usize>>,
}

impl<'h> Comments<'h> {
    fn of(html: &'h str) -> Self {
        Comments { html, last: OnceCell::new() }
    }

    /// Where the comment ends that begins at a place (HTML 13.2.5.43: `<!-->` and `<!--->` are whole).
    fn end(&self, start: usize) -> Option<usize> {
        let inner = start + "<!--".len();
        let rest = self.html.get(inner..)?;
        if let Some(short) = [">", "->"].iter().find(|end| rest.starts_with(**end)) {
            return Some(inner + short.len());
        }
        let last = self.last.get_or_init(|| memmem::rfind(self.html.as_bytes(), b"-->"));
        last.filter(|&last| last >= inner)?;
        memmem::find(rest.as_bytes(), b"-->").map(|end| inner + end + "-->".len())
    }
}

/// Elements in whose text nothing is read.
fn is_code(name: &str) -> bool {
    is_one_of(&["code", "kbd", "pre", "samp"], name)
}

/// What `fika new --translate` quotes for the translator: `<!-- original`, lines of text, `-->`. It is for no reader, not even of the
/// page's source.
fn is_quoted_original(html: &str) -> bool {
    let comment = html.trim().strip_prefix("<!-- original").filter(|rest| rest.starts_with(['\n', '\r']));
    comment.and_then(|rest| rest.find("-->").map(|at| at + 3 == rest.len())).unwrap_or(false)
}

/// The name of an element that browsers do not know, at the beginning of some HTML. A name with a hyphen is a custom
/// element (HTML 4.13).
fn stranger(html: &str) -> Option<&str> {
    tag_name(html).filter(|name| !name.contains('-') && elements::known(name).is_none())
}
