//! The heading that is the title of the page.

use std::ops::Range;

use fika_html::{Attribute, Tag};
use fika_model::{Hole, HoleKind};
use memchr::memmem;

use crate::render::{Frame, Renderer};
use crate::{escape, words};

impl Renderer<'_> {
    /// Whether an H1 is the title of the page, which the theme prints. The first is unless the front matter has a title; it is then
    /// taken out of the body if it is the first block, or the only H1 and the first heading. One that repeats the title is taken out too.
    pub(super) fn is_title(&mut self, title: &str, frame: &Frame, range: &Range<usize>) -> bool {
        if !self.settings.takes_title {
            return false;
        }
        let is_only = || memmem::find(&self.source.text.as_bytes()[range.end - 1..], b"\n# ").is_none();
        let leads = self.out.headings.is_empty() && (self.out.blocks.is_empty() || is_only());
        let repeats = match self.settings.title {
            Some(given) => words::fold(given) == title,
            None if self.out.title.is_none() && !title.is_empty() => {
                self.out.title = Some((title.to_owned(), self.title_html(frame)));
                true
            }
            None => false,
        };
        if !(leads && repeats) {
            return false;
        }
        self.take_out(frame, range);
        true
    }

    /// Takes a heading out of the body. Pictures and components in it, which no title can hold, stay in its place, and so do the places that
    /// links lead to.
    fn take_out(&mut self, frame: &Frame, range: &Range<usize>) {
        let html = self.html.split_off(frame.html);
        let holes = self.holes.split_off(frame.holes);
        self.components.forget(frame.holes);
        self.summary.truncate(frame.html);
        self.text.clear();
        self.unseen.clear();
        if let Some(anchors) = self.notes.forget_references() {
            self.out.anchors.truncate(anchors);
            self.warn(
                "title-footnote",
                range,
                "a title has no footnotes, for it stands in lists and links too",
                "refer to the note in the text",
            );
        }
        if let Some(link) = self.ids.link.take() {
            self.warn(
                "title-link",
                &link,
                "a title has no links, for it stands in lists and links itself; the words stay",
                "put the link into the text",
            );
        }
        let mut kept = kept_holes(holes, frame.html);
        let shows = |(hole, shown): &&(Hole, _)| {
            Option::is_some(shown) && !matches!(hole.kind, HoleKind::TitleLink { .. })
        };
        let shown: Vec<_> = kept.iter().filter_map(|(_, shown)| shown.clone()).collect();
        self.keep_anchors(&html, &shown);
        let many = kept.iter().filter(shows).count();
        let (alone, paragraph) = (many == 1, many > 1);
        self.html.push_str(if paragraph { "<p>" } else { "" });
        let mut moved = 0;
        for (hole, shown) in &mut kept {
            if let Some(shown) = shown {
                moved = self.html.len() as i64 - i64::from(hole.at);
                self.html.push_str(&html[shown.clone()]);
            }
            match &mut hole.kind {
                HoleKind::Image(image) => image.figure = alone,
                HoleKind::Component { within, .. } => *within = paragraph && shown.is_some(),
                _ => {}
            }
            let place = |at: u32| (i64::from(at) + moved) as u32;
            hole.at = place(hole.at);
            if let Some(end) = hole.kind.end_mut() {
                *end = place(*end);
            }
        }
        if many > 0 {
            self.html.push_str(if paragraph { "</p>\n" } else { "\n" });
        }
        self.holes.extend(kept.into_iter().map(|(hole, _)| hole));
    }

    /// Writes the ids in the HTML of a heading that is taken out, but for those in the parts of it that stay, and those of notes.
    fn keep_anchors(&mut self, html: &str, mut stays: &[Range<usize>]) {
        let start = self.html.len();
        let mut until = 0;
        for tag in fika_html::tags(html, 0) {
            until = end_of_note(html, &tag).unwrap_or(until);
            while let [first, rest @ ..] = stays
                && first.end <= tag.start
            {
                stays = rest;
            }
            if tag.start < until || tag.is_end || stays.first().is_some_and(|part| part.contains(&tag.start))
            {
                continue;
            }
            let is_id =
                |attribute: &Attribute<'_>| attribute.is("id") || attribute.is("name") && tag.is(&["a"]);
            let Some(id) = tag.attributes().find(is_id).map(|id| escape::unescape(&html[id.value])) else {
                continue;
            };
            let id = id.trim();
            if !id.is_empty() {
                self.html.push_str("<a id=\"");
                escape::attribute(&mut self.html, id);
                self.html.push_str("\"></a>");
                self.out.anchors.push(id.into());
            }
        }
        if self.html.len() > start {
            self.html.push('\n');
            self.summary.leave_out(start..self.html.len());
        }
    }

    /// The HTML of a title with markup. Titles stand in links: it has no links, notes or pictures, and none with a component has markup.
    fn title_html(&self, frame: &Frame) -> Option<String> {
        let html = &self.html[frame.html..];
        let html = without_links(&html[html.find('>')? + 1..]).trim().to_owned();
        let plain =
            !self.holes[frame.holes..].iter().any(|hole| matches!(hole.kind, HoleKind::Component { .. }));
        (plain && html.contains('<')).then_some(html)
    }
}

/// The holes of a title that stay in the body: pictures, components with all that is in them, and links, which show nothing there. Of
/// each that is in no other also the range of its HTML, from the beginning of the title.
fn kept_holes(holes: Vec<Hole>, start: usize) -> Vec<(Hole, Option<Range<usize>>)> {
    let mut kept = Vec::new();
    let mut until = 0;
    for mut hole in holes {
        let at = hole.at as usize;
        hole.kind = match hole.kind {
            HoleKind::Link { dest } if at >= until => HoleKind::TitleLink { dest, wiki: false },
            HoleKind::WikiLink { dest } if at >= until => HoleKind::TitleLink { dest, wiki: true },
            other => other,
        };
        if at < until {
            kept.push((hole, None));
        } else if matches!(hole.kind, HoleKind::TitleLink { .. }) {
            kept.push((hole, Some(at - start..at - start)));
        } else if matches!(hole.kind, HoleKind::Image(_) | HoleKind::Component { .. }) {
            until = hole.kind.end().map_or(at, |end| end as usize);
            kept.push((hole, Some(at - start..until - start)));
        }
    }
    kept
}

/// HTML without the tags of links, the numbers of notes, and ids: titles stand in lists, many of them on one page.
fn without_links(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    for tag in fika_html::tags(html, 0) {
        let id = || tag.attributes().find(|attribute| attribute.is("id"));
        let left_out = match end_of_note(html, &tag) {
            Some(end) => tag.start..end,
            None if tag.is(&["a"]) => tag.start..tag.end,
            None => match id() {
                Some(id) => html[..id.start].trim_end().len()..id.quoted.end,
                None => continue,
            },
        };
        // What stands within a note is left out with it.
        if tag.start >= from {
            out.push_str(&html[from..left_out.start]);
            from = left_out.end;
        }
    }
    out.push_str(&html[from..]);
    out
}

/// Where the number of a note ends that begins with a tag.
fn end_of_note(html: &str, tag: &Tag<'_>) -> Option<usize> {
    const NOTE: &str = "<sup class=\"footnote-ref\"";
    const END: &str = "</sup>";
    let note = html[tag.start..].strip_prefix(NOTE)?;
    note.find(END).map(|end| tag.start + NOTE.len() + end + END.len())
}
