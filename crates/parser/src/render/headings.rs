//! Headings: their ids, and the one that is the title.

use std::ops::Range;
use std::sync::Arc;

use fika_model::Heading;
use pulldown_cmark::HeadingLevel;
use rapidhash::RapidHashMap;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::attributes::Attributes;
use super::{Frame, Renderer};
use crate::{escape, words};

/// The ids of a page.
pub(super) struct Ids {
    /// How often each has been asked for.
    taken: RapidHashMap<Arc<str>, u32>,
    /// The id that the open heading gives itself.
    own: Option<String>,
    /// Where the text of the open heading ends, and its attributes begin, in the text that is read.
    pub(super) text_until: usize,
}

impl Default for Ids {
    fn default() -> Ids {
        Ids { taken: RapidHashMap::default(), own: None, text_until: usize::MAX }
    }
}

impl Ids {
    /// The id, or if another heading has it the id with the next number, as on GitHub.
    fn unique(&mut self, id: &str) -> Arc<str> {
        let mut candidate: Arc<str> = id.into();
        while let Some(count) = self.taken.get_mut(&candidate) {
            *count += 1;
            let numbered = format!("{id}-{count}");
            if !self.taken.contains_key(numbered.as_str()) {
                candidate = numbered.into();
                break;
            }
        }
        self.taken.insert(candidate.clone(), 0);
        candidate
    }
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
        self.html.push_str(match level as usize {
            1 => "<h1",
            2 => "<h2",
            3 => "<h3",
            4 => "<h4",
            5 => "<h5",
            _ => "<h6",
        });
        let source = self.source;
        let attributes = Attributes::of(&source.text[range.clone()]);
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
        if level == HeadingLevel::H1 && self.frames.is_empty() && self.is_title(&title, frame) {
            self.out.title_id = Some(own.unwrap_or_else(|| slug(&title)).into());
            return;
        }
        let is_left_out = (self.autolinks.from..self.autolinks.until).contains(&range.start);
        if is_left_out && title.is_empty() {
            // All of it was the title of an alert.
            return self.html.truncate(frame.html);
        }
        let slug = own.unwrap_or_else(|| slug(&title));
        let id = self.ids.unique(if slug.is_empty() { "section" } else { &slug });
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

    /// Whether an H1 is the title of the page, which the theme prints. The first is unless the front matter has a
    /// title; it is then taken out of the body if no text stands before it. One that repeats the title is taken out too.
    fn is_title(&mut self, title: &str, frame: &Frame) -> bool {
        if !self.settings.takes_title {
            return false;
        }
        let leads = self.out.blocks.is_empty() && self.out.headings.is_empty();
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
        self.html.truncate(frame.html);
        self.holes.truncate(frame.holes);
        self.components.forget(frame.holes);
        self.summary.truncate(frame.html);
        self.text.clear();
        self.unseen.clear();
        true
    }

    /// The HTML of a title with markup. One with links or pictures is shown as text: titles stand in links.
    fn title_html(&self, frame: &Frame) -> Option<String> {
        let html = &self.html[frame.html..];
        let html = html[html.find('>')? + 1..].trim();
        let plain = self.holes.last().is_none_or(|hole| (hole.at as usize) < frame.html);
        (plain && html.contains('<') && !html.contains("<a") && !html.contains("<sup class"))
            .then(|| html.to_owned())
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
