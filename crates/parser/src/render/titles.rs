//! The titles of alerts and containers. The Markdown library does not know them, so each is a text of its own for it: one line, with
//! everything in it that a paragraph may have but components, and with the notes and definitions of links of the essay.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};
use rapidhash::{RapidHashMap, RapidHashSet};

use super::footnotes::{lower, shift};
use super::{Renderer, Settings, options};
use crate::source::{Prepared, Rules};

/// What a text defines that its titles may refer to, by labels in lower case.
pub(super) struct Defined {
    notes: RapidHashSet<String>,
    /// Address and title.
    links: RapidHashMap<String, (String, String)>,
}

impl Defined {
    /// Reads all of a text: what looks like a definition may stand in code.
    pub(super) fn of(renderer: &Renderer<'_>) -> Defined {
        let source = renderer.source;
        let parser = Parser::new_ext(&source.text, options(&renderer.settings));
        let label = |label: &str| lower(source.clean(label)).into_owned();
        let clean = |text: &str| source.clean(text).into_owned();
        let links = parser.reference_definitions().iter().map(|(name, link)| {
            (label(name), (clean(&link.dest), link.title.as_deref().map(clean).unwrap_or_default()))
        });
        let links = links.collect();
        let notes = parser.filter_map(|event| match event {
            Event::Start(Tag::FootnoteDefinition(name)) => Some(label(&name)),
            _ => None,
        });
        Defined { notes: notes.collect(), links }
    }

    /// Whether there is any note.
    pub(super) fn has_notes(&self) -> bool {
        !self.notes.is_empty()
    }
}

impl Renderer<'_> {
    /// Writes the title that stands in a range of the text as written.
    pub(super) fn title(&mut self, range: Range<usize>) {
        let text = &self.source.written[range.clone()];
        let source = Prepared::new(text, Rules { line: true, ..self.settings.rules(self.source.controls) });
        let settings =
            Settings { takes_title: false, offset: self.settings.offset + range.start, ..self.settings };
        let mut title = Renderer::new(&source, settings);
        title.is_title = true;
        title.notes = std::mem::take(&mut self.notes);
        title.inline.pictured = self.inline.pictured;
        title.summary.expect_cut_as(&self.summary);
        title.frames.push(title.frame(TagEnd::Paragraph, &(0..source.text.len())));
        if text.contains('[') {
            self.defined.get_or_init(|| Defined::of(self));
        }
        title.defined = self.defined.clone();
        title.line();
        self.take_in(title);
    }

    /// Writes the only line of a text.
    fn line(&mut self) {
        let (source, defined) = (self.source, self.defined.clone());
        let defined = defined.get();
        // So that every mark of a note is one: the library knows of none.
        let options = options(&self.settings) | Options::ENABLE_OLD_FOOTNOTES;
        let find = |link: BrokenLink<'_>| {
            let (dest, title) = defined?.links.get(&*lower(source.clean(&link.reference)))?;
            Some((CowStr::from(dest.clone()), CowStr::from(title.clone())))
        };
        let events = Parser::new_with_broken_link_callback(&source.text, options, Some(find));
        let is_note =
            |label: &str| defined.is_some_and(|defined| defined.notes.contains(&*lower(source.clean(label))));
        let events = events.into_offset_iter().flat_map(|(event, range)| match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => [None, None],
            Event::FootnoteReference(label) if !is_note(&label) => {
                let text = |range: Range<usize>| (Event::Text(source.text[range.clone()].into()), range);
                [Some(text(range.start..range.start + 1)), Some(text(range.start + 1..range.end))]
            }
            event => [Some((event, range)), None],
        });
        self.events(events.flatten());
        self.settle_break(None);
        self.end_anchors();
        self.end_elements(0, "the title");
    }

    /// Takes in what a title became.
    fn take_in(&mut self, mut title: Renderer<'_>) {
        let at = self.html.len();
        shift(&mut title.holes, |place| place + at as u32);
        self.html.push_str(&title.html);
        self.holes.append(&mut title.holes);
        self.text.push_str(&title.text);
        self.text.push(' ');
        self.unseen.push_str(&title.unseen);
        self.notes = title.notes;
        self.inline.pictured = title.inline.pictured;
        for range in title.summary.left_out() {
            self.summary.leave_out(range.start + at..range.end + at);
        }
        self.out.links.append(&mut title.out.links);
        self.out.anchors.append(&mut title.out.anchors);
        self.out.problems.append(&mut title.out.problems);
        if let Some((count, first)) = title.out.undescribed {
            self.out.undescribed.get_or_insert((0, first)).0 += count;
        }
    }
}
