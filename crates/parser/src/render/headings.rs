//! Headings: their ids, and the one that is the title.

use std::ops::Range;
use std::sync::Arc;

use fika_model::{Heading, HoleKind};
use memchr::memmem;
use pulldown_cmark::HeadingLevel;
use rapidhash::{RapidHashMap, RapidHashSet};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::attributes::Attributes;
use super::{Frame, Renderer};
use crate::{escape, words};

mod title;

/// The ids of a page.
pub(super) struct Ids {
    /// How often each has been asked for.
    taken: RapidHashMap<Arc<str>, u32>,
    /// Those that headings give themselves: no other heading gets one by its text.
    given: RapidHashSet<Arc<str>>,
    /// Whether there are notes, which have ids of their own.
    notes: bool,
    /// The id that the open heading gives itself.
    own: Option<String>,
    /// The first link of Markdown or HTML since the last heading began.
    pub(super) link: Option<Range<usize>>,
    /// Where the text of the open heading ends, and its attributes begin, in the text that is read.
    pub(super) text_until: usize,
}

impl Default for Ids {
    fn default() -> Ids {
        Ids {
            taken: RapidHashMap::default(),
            given: RapidHashSet::default(),
            notes: false,
            own: None,
            link: None,
            text_until: usize::MAX,
        }
    }
}

impl Ids {
    /// The ids of a text: what in it looks like a heading with an id of its own keeps that.
    pub(super) fn new(text: &str) -> Ids {
        let notes = memmem::find(text.as_bytes(), b"[^").is_some();
        let mut ids = Ids { notes, ..Ids::default() };
        if memmem::find(text.as_bytes(), b"{#").is_none() {
            return ids;
        }
        let mut fence = None;
        let mut lines = text.lines().map(|line| line.trim_matches([' ', '\t', '>', '\r'])).peekable();
        while let Some(line) = lines.next() {
            let ticks = ["```", "~~~"].into_iter().find(|ticks| line.starts_with(ticks));
            if fence.is_some() || ticks.is_some() {
                fence = if fence.is_none() { ticks } else { fence.filter(|_| ticks != fence) };
                continue;
            }
            let mut underlined = || {
                let under = lines.peek().copied().unwrap_or_default();
                ['=', '-'].into_iter().any(|sign| !under.is_empty() && under.trim_matches(sign).is_empty())
            };
            let id = line.ends_with('}').then(|| line.rfind("{#")).flatten();
            if let Some(at) = id.filter(|_| line.starts_with('#') || underlined()) {
                let id = line[at + 2..].split([' ', '\t', '}']).next().unwrap_or_default();
                ids.given.insert(id.nfc().collect::<String>().into());
            }
        }
        ids
    }

    /// The id that a heading gives itself, which it has unless another gives it too.
    fn own(&mut self, id: &str) -> Arc<str> {
        match self.given.take(id) {
            Some(id) => {
                self.taken.entry(id.clone()).or_insert(0);
                id
            }
            None => self.unique(id),
        }
    }

    /// The id, or if another heading has it the id with the next number, as on GitHub.
    fn unique(&mut self, id: &str) -> Arc<str> {
        let mut candidate: Arc<str> = id.into();
        if self.given.contains(&candidate) || self.notes && is_of_note(id) {
            self.taken.entry(candidate.clone()).or_insert(0);
        }
        while let Some(count) = self.taken.get_mut(&candidate) {
            *count += 1;
            let numbered = format!("{id}-{count}");
            if !self.taken.contains_key(numbered.as_str()) && !self.given.contains(numbered.as_str()) {
                candidate = numbered.into();
                break;
            }
        }
        self.taken.insert(candidate.clone(), 0);
        candidate
    }
}

/// Whether an id is one of those that notes and references to them have.
fn is_of_note(id: &str) -> bool {
    let number = id.strip_prefix("fn-").or_else(|| id.strip_prefix("fnref-"));
    number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

/// The id that GitHub gives a heading: lower case, letters and digits of every script, `-` and `_`; a space is `-`.
pub(crate) fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    let mut composed = true;
    for c in title.trim().chars() {
        match c {
            ' ' | '\n' => slug.push('-'),
            '-' | '_' => slug.push(c),
            '\u{4E00}'..='\u{9FFF}' | 'a'..='z' | '0'..='9' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            _ if c.is_ascii() => slug.extend(c.is_ascii_alphanumeric().then_some(c)),
            // Marks are part of the letters of many scripts.
            _ if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) => {
                composed = false;
                slug.extend(c.to_lowercase());
            }
            _ => {}
        }
    }
    if composed || is_nfc(&slug) { slug } else { slug.nfc().collect() }
}

impl Renderer<'_> {
    pub(super) fn start_heading(&mut self, level: HeadingLevel, range: &Range<usize>) {
        self.typography.paused = level == HeadingLevel::H1;
        self.ids.link = None;
        // No later one can be the title.
        if level == HeadingLevel::H1 && self.out.headings.is_empty() {
            self.notes.remember_references(self.out.anchors.len());
        }
        self.html.push_str(match level as usize {
            1 => "<h1",
            2 => "<h2",
            3 => "<h3",
            4 => "<h4",
            5 => "<h5",
            _ => "<h6",
        });
        let source = self.source;
        // What is hidden is no attribute.
        let are_plain =
            |found: &Attributes<'_>| source.unmasked(&(range.start + found.from..range.end)).is_none();
        let attributes = Attributes::of(&source.text[range.clone()]).filter(are_plain);
        if let Some(Attributes { id, classes, from }) = attributes {
            self.ids.text_until = range.start + from;
            if !classes.is_empty() {
                self.html.push_str(" class=\"");
                escape::attribute(&mut self.html, &source.clean(&classes.join(" ")));
                self.html.push('"');
            }
            let id = id.map(|id| source.clean(id).nfc().collect::<String>());
            self.ids.own = id.filter(|id| !id.is_empty());
        }
        self.html.push('>');
    }

    pub(super) fn end_heading(&mut self, level: HeadingLevel, frame: &Frame, range: &Range<usize>) {
        self.ids.text_until = usize::MAX;
        let own = self.ids.own.take();
        self.typography.paused = false;
        let title = words::fold(&self.text[frame.text..]).into_owned();
        if level == HeadingLevel::H1 && self.frames.is_empty() && self.is_title(&title, frame, range) {
            self.out.title_id = Some(own.unwrap_or_else(|| slug(&title)).into());
            return;
        }
        let is_left_out = (self.autolinks.from..self.autolinks.until).contains(&range.start);
        if is_left_out && title.is_empty() && self.holes.len() == frame.holes {
            return self.underline(level, frame, range);
        }
        let id = match own {
            Some(own) => self.ids.own(&own),
            None => {
                let slug = slug(&title);
                self.ids.unique(if slug.is_empty() { "section" } else { &slug })
            }
        };
        let title = if title.is_empty() { self.descriptions(frame.holes) } else { title };
        self.html.push_str(super::block::closer(pulldown_cmark::TagEnd::Heading(level)));

        let mut attribute = String::with_capacity(id.len() + 6);
        attribute.push_str(" id=\"");
        escape::attribute(&mut attribute, &id);
        attribute.push('"');
        let at = frame.html + "<h1".len();
        self.edit(at..at, &attribute);
        self.summary.leave_out(at..at + attribute.len());
        let span = self.span(range);
        self.out.headings.push(Heading { level: level as u8, id, title: title.into(), span });
    }

    /// What the pictures show that make a heading without text.
    fn descriptions(&self, first: usize) -> String {
        let pictures = self.holes[first..].iter().filter_map(|hole| match &hole.kind {
            HoleKind::Image(image) => Some(&*image.alt).filter(|alt| !alt.is_empty()),
            _ => None,
        });
        pictures.collect::<Vec<_>>().join(" ")
    }

    /// A heading all of which was the title of an alert. What underlined it stands alone then: three hyphens are a rule, and the
    /// rest is text.
    fn underline(&mut self, level: HeadingLevel, frame: &Frame, range: &Range<usize>) {
        self.html.truncate(frame.html);
        let sign = if level == HeadingLevel::H1 { '=' } else { '-' };
        let source = self.source;
        let line = source.text[range.clone()].trim_end();
        let line = &line[line.trim_end_matches(sign).len()..];
        if sign == '-' && line.len() >= 3 {
            return self.html.push_str("<hr />\n");
        }
        self.html.push_str("<p>");
        self.plain(line);
        self.html.push_str("</p>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_github() {
        for (title, want) in [
            ("安装 与 Use", "安装-与-use"),
            ("第一章：背景（上）", "第一章背景上"),
            ("What's new? (v2.0)", "whats-new-v20"),
            ("`cargo build` --release", "cargo-build---release"),
            ("🐚 海边", "-海边"),
            ("e\u{301}te\u{301}", "été"),
            ("？！", ""),
        ] {
            assert_eq!(slug(title), want, "{title}");
        }
    }

    #[test]
    fn ids_are_unique() {
        let mut ids = Ids::default();
        let got: Vec<_> = ["a", "a", "a-1", "a", "a"].map(|id| ids.unique(id).to_string()).into();
        assert_eq!(got, ["a", "a-1", "a-1-1", "a-2", "a-3"]);
    }
}
