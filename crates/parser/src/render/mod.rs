//! One loop over the Markdown library's events: HTML with holes, and everything a card needs, in one pass.
//!
//! Where no rule of fika's applies the HTML is byte for byte that of `pulldown_cmark::html`.

mod attributes;
mod autolink;
mod block;
mod code;
mod components;
mod containers;
mod footnotes;
mod foreign;
mod headings;
mod images;
mod info;
mod inline;
mod labels;
mod links;
mod lookalikes;
mod math;
mod quiet;
mod raw;
mod summary;
mod tables;
mod titles;
mod typography;
mod wide;

pub(crate) use raw::visible;

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use fika_model::{
    Block, Body, Diagnostic, Emphasis, Heading, Hole, HoleKind, Lang, Markdown, SoftBreaks, Span, Words,
};
use pulldown_cmark::{Event, Options, Parser, TagEnd};

use crate::block_text;
use crate::source::{Prepared, Rules};

/// How to render.
#[derive(Clone, Copy)]
pub(crate) struct Settings<'a> {
    /// The site's rules.
    pub(crate) markdown: &'a Markdown,
    /// The language of the essay.
    pub(crate) lang: &'a Lang,
    /// Whether `$…$` is math.
    pub(crate) math: bool,
    /// The title that the front matter gives.
    pub(crate) title: Option<&'a str>,
    /// Whether `-{…}-` is a part that is not converted.
    pub(crate) keeps: bool,
    /// Whether the first heading may be the title.
    pub(crate) takes_title: bool,
    /// Where the text begins in its file.
    pub(crate) offset: usize,
}

impl Settings<'_> {
    /// How a text is made ready; `controls` tells whether there are control characters in it.
    pub(crate) fn rules(&self, controls: bool) -> Rules {
        let Markdown { emphasis, mark, .. } = *self.markdown;
        Rules { cjk: emphasis == Emphasis::Cjk, math: self.math, mark, controls, line: false }
    }
}

/// What rendering gives.
#[derive(Debug, Default)]
pub(crate) struct Output {
    pub(crate) body: Body,
    /// The first H1: its text, and its HTML if it has markup.
    pub(crate) title: Option<(String, Option<String>)>,
    /// The summary that was cut or made, as HTML with holes.
    pub(crate) summary: Option<Body>,
    pub(crate) summary_text: String,
    /// Whether the writer cut it.
    pub(crate) summary_cut: bool,
    pub(crate) words: Words,
    pub(crate) headings: Vec<Heading>,
    pub(crate) anchors: Vec<Arc<str>>,
    /// The id that the heading had which was taken out as the title.
    pub(crate) title_id: Option<Arc<str>>,
    pub(crate) links: Vec<Arc<str>>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) components: Vec<Arc<str>>,
    /// How many pictures have no description, and where the first stands.
    pub(crate) undescribed: Option<(u32, Span)>,
    pub(crate) problems: Vec<Problem>,
}

/// A diagnostic whose file is not known here.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) code: &'static str,
    pub(crate) error: bool,
    pub(crate) message: String,
    pub(crate) help: String,
    pub(crate) span: Span,
}

impl Problem {
    /// The diagnostic, in its file.
    pub(crate) fn in_file(self, path: &Arc<str>, text: &str) -> Diagnostic {
        let made = if self.error { Diagnostic::error } else { Diagnostic::warning };
        made(self.code, path.clone(), self.message).at(text, self.span).help(self.help)
    }
}

/// An element that is open.
#[derive(Clone, Copy)]
struct Frame {
    tag: TagEnd,
    /// Where its source ends, in the text that is read.
    end: usize,
    /// Where its HTML and its text begin.
    html: usize,
    text: usize,
    /// How many holes there were before it.
    holes: usize,
    /// Whether its tags are not written: its delimiter is part of an address.
    muted: bool,
    /// Its closing tag, where that is not the one of CommonMark.
    closer: Option<&'static str>,
    /// Whether it is a container, whose end is no event.
    container: bool,
    /// How many inline elements of raw HTML were open before it.
    raw: i32,
}

/// The state of the loop.
struct Renderer<'a> {
    source: &'a Prepared<'a>,
    settings: Settings<'a>,
    html: String,
    holes: Vec<Hole>,
    out: Output,
    frames: Vec<Frame>,
    /// The text of the top-level block so far, as a reader sees it: what is counted, hashed, made a title.
    text: String,
    /// What belongs to its hash and is not counted: code, raw HTML, pictures.
    unseen: String,
    /// Where each block so far ends in `html`.
    ends: Vec<u32>,
    /// The place in `html` of a line break that may turn out to be no space.
    line_break: Option<usize>,
    /// The first mark that is not behind the current event.
    mark: usize,
    inline: inline::State,
    table: block::Table,
    code: code::State,
    raw: raw::State,
    notes: footnotes::Notes,
    ids: headings::Ids,
    components: components::State,
    containers: containers::State,
    summary: summary::State,
    autolinks: autolink::State,
    typography: typography::State,
    labels: &'static labels::Words,
    block_text: block_text::Reader,
    quiet: quiet::Quiet,
    /// What titles may refer to, once one may.
    defined: Rc<OnceCell<titles::Defined>>,
    /// How many paragraphs are code for their indent, and the first.
    indented: Option<(u32, Range<usize>)>,
    /// Whether the text is the title of an alert or a container.
    is_title: bool,
}

/// Renders a text.
pub(crate) fn render(source: &Prepared<'_>, settings: Settings<'_>) -> Output {
    let mut renderer = Renderer::new(source, settings);
    renderer.events(Parser::new_ext(&source.text, options(&settings)).into_offset_iter());
    renderer.finish()
}

fn options(settings: &Settings<'_>) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    // The library takes straight quotes beside Chinese for the wrong side of a pair.
    let western = !settings.lang.is_chinese() && settings.lang.language() != "ja";
    options.set(Options::ENABLE_SMART_PUNCTUATION, settings.markdown.smart_punctuation && western);
    options.set(Options::ENABLE_MATH, settings.math);
    options
}

impl<'a> Renderer<'a> {
    fn new(source: &'a Prepared<'a>, settings: Settings<'a>) -> Renderer<'a> {
        let typography = typography::State::new(&settings);
        let quiet = quiet::Quiet::new(&source.text, typography.on);
        // What there is of most things follows from how long a text is.
        let many = source.text.len() / 256;
        let out = Output {
            anchors: Vec::with_capacity(many / 2),
            blocks: Vec::with_capacity(many),
            headings: Vec::with_capacity(many / 4),
            links: Vec::with_capacity(many / 4),
            ..Output::default()
        };
        Renderer {
            source,
            settings,
            html: String::with_capacity(source.text.len() + source.text.len() / 4 + 64),
            holes: Vec::with_capacity(many / 2),
            out,
            frames: Vec::with_capacity(16),
            text: String::with_capacity(1024),
            unseen: String::new(),
            ends: Vec::with_capacity(many),
            line_break: None,
            mark: 0,
            inline: inline::State::default(),
            table: block::Table::default(),
            code: code::State::default(),
            raw: raw::State::default(),
            notes: footnotes::Notes::default(),
            ids: headings::Ids::new(source.written),
            components: components::State::default(),
            containers: containers::State::default(),
            summary: summary::State::new(source),
            autolinks: autolink::State::new(source),
            typography,
            labels: labels::words(settings.lang),
            block_text: block_text::Reader::default(),
            quiet,
            defined: Rc::default(),
            indented: None,
            is_title: false,
        }
    }

    /// The loop.
    fn events<'e>(&mut self, mut events: impl Iterator<Item = (Event<'e>, Range<usize>)>) {
        while let Some((event, range)) = events.next() {
            let (event, range) = match range.end > self.ids.text_until {
                false => (event, range),
                true => match attributes::without(self.ids.text_until, event, range) {
                    Some(text) => text,
                    None => continue,
                },
            };
            if range.start < self.autolinks.until && self.swallow(&event, &range) {
                continue;
            }
            match event {
                Event::Start(pulldown_cmark::Tag::Image { link_type, dest_url, title, .. }) => {
                    self.image(&mut events, link_type, &dest_url, &title, &range);
                }
                Event::Start(tag) => self.start(tag, range),
                Event::End(tag) => self.end(tag, &range),
                Event::Text(text) => self.text(&text, &range),
                other => self.other(&other, &range),
            }
        }
    }

    fn finish(mut self) -> Output {
        self.close_containers(self.source.text.len());
        self.close_components(0);
        self.end_elements(0, "the essay");
        self.finish_footnotes();
        self.report_foreign();
        self.report_indented();
        self.finish_summary();
        self.out.anchors.sort();
        self.out.anchors.dedup();
        self.out.components.sort();
        self.out.components.dedup();
        self.out.body = Body { html: self.html, holes: self.holes, blocks: self.ends };
        self.out
    }

    /// Where something stands in the file.
    fn span(&self, range: &Range<usize>) -> Span {
        let written = self.source.written_range(range);
        (written.start + self.settings.offset..written.end + self.settings.offset).into()
    }

    fn hole(&mut self, range: &Range<usize>, kind: HoleKind) {
        let hole = Hole { at: self.html.len() as u32, span: self.span(range), kind };
        self.holes.push(hole);
    }

    fn warn(&mut self, code: &'static str, range: &Range<usize>, message: impl Into<String>, help: &str) {
        let span = self.span(range);
        self.out.problems.push(Problem {
            code,
            error: false,
            message: message.into(),
            help: help.into(),
            span,
        });
    }

    /// Writes HTML of several parts: there are many of these, and `format!` is slow.
    fn put(&mut self, parts: &[&str]) {
        for part in parts {
            self.html.push_str(part);
        }
    }

    fn joins_lines(&self) -> bool {
        self.settings.markdown.soft_breaks == SoftBreaks::Join
    }

    /// Replaces a little of the HTML near its end, and moves what lies behind.
    fn edit(&mut self, range: Range<usize>, with: &str) {
        let moved =
            |at: usize| if at >= range.end { at - range.len() + with.len() } else { at.min(range.start) };
        for hole in self.holes.iter_mut().rev().take_while(|hole| hole.at as usize >= range.start) {
            hole.at = moved(hole.at as usize) as u32;
            if let HoleKind::Verbatim(verbatim) = &mut hole.kind {
                verbatim.end = moved(verbatim.end as usize) as u32;
            }
        }
        // A component that began long before may end behind the place.
        for &hole in self.components.ended.iter().rev() {
            let Some(end) = self.holes.get_mut(hole).and_then(|hole| hole.kind.end_mut()) else { break };
            if (*end as usize) < range.start {
                break;
            }
            *end = moved(*end as usize) as u32;
        }
        self.summary.edited(range.start, moved);
        match range.is_empty() {
            true => self.html.insert_str(range.start, with),
            false => self.html.replace_range(range, with),
        }
    }
}
