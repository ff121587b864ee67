//! Text, line breaks, and what stands within a paragraph.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::Renderer;
use crate::chars::{is_cjk, is_punctuation, joins_behind};
use crate::escape;
use crate::kept::{MARKS, TAGS};
use crate::source::Hidden;

/// How deep the loop is in things that change what text means.
#[derive(Default)]
pub(super) struct State {
    /// Links of Markdown that are open.
    pub(super) links: u32,
    /// `<a>` of raw HTML that are open.
    pub(super) raw_links: u32,
    /// How many inline elements of raw HTML are open, as far as their tags tell.
    pub(super) raw: i32,
    /// The `-{` that has not been closed.
    kept: Option<Kept>,
    /// The wikilink with a bar that began last.
    pub(super) wiki: Option<super::links::Wiki>,
    /// Up to where two stars have been told to be text.
    pub(super) strong_until: usize,
    /// Whether two dollars were the beginning of a formula that did not end in its paragraph.
    pub(super) in_formula: bool,
    /// Whether a double quotation mark is open that was made of a straight one.
    pub(super) quoted: bool,
    /// Whether the page has had its first picture.
    pub(super) pictured: bool,
}

/// The two delimiters of a span: text after all, or the tags of an element.
enum Strike {
    Text(&'static str, &'static str),
    Element(&'static str, &'static str),
}

/// Where a part began that is not converted: in the HTML, in the text, and in which element.
struct Kept {
    html: usize,
    text: usize,
    frame: (usize, Option<usize>),
}

impl Renderer<'_> {
    /// A text event.
    #[inline]
    pub(super) fn text(&mut self, text: &str, range: &Range<usize>) {
        if self.code.inside {
            return self.code_text(text, range);
        }
        if let Some(&sign @ (b'^' | b'$' | b'#' | b']' | b'*')) = text.as_bytes().first() {
            self.lookalike(sign, range);
        }
        if self.quiet.stars {
            self.wide_stars(text, range);
        }
        if range.end > self.autolinks.next && self.text_with_addresses(text, range) {
            return;
        }
        if self.is_plain(text, range) {
            // The words of a wikilink may be none, and settle nothing.
            if self.line_break.is_some() && !text.is_empty() {
                self.settle_break(text.chars().next());
            }
            self.html.push_str(text);
            return self.text.push_str(text);
        }
        // A straight quotation mark that the library has made curly is the only text longer than a source of one byte.
        if text.len() > range.len() && range.len() == 1 {
            let mark = self.smart_quote(text, range.start);
            return self.plain(mark);
        }
        let text = self.cleaned(text, range);
        if self.settings.keeps && self.is_escaped_mark(&text, range) {
            return self.escaped(&text);
        }
        self.plain(&text);
    }

    /// A text that begins with a sign, which may have been meant to be one.
    #[cold]
    fn lookalike(&mut self, sign: u8, range: &Range<usize>) {
        match sign {
            b'^' => self.missing_note(range),
            b'$' => self.unended_formula(range),
            b'#' => self.tight_heading(range),
            b']' => self.broken_link(range),
            _ => self.spaced_strong(range),
        }
    }

    /// Whether a text begins with a mark, and stands behind a backslash.
    pub(super) fn is_escaped_mark(&self, text: &str, range: &Range<usize>) -> bool {
        self.source.text[..range.start].ends_with('\\')
            && [MARKS.0, MARKS.1].iter().any(|mark| text.starts_with(mark))
    }

    /// Text that begins with a mark which is none.
    fn escaped(&mut self, text: &str) {
        let (mark, rest) = text.split_at(MARKS.0.len());
        self.words(mark);
        self.plain(rest);
    }

    /// Whether a text is written as it is.
    #[inline]
    fn is_plain(&mut self, text: &str, range: &Range<usize>) -> bool {
        let dotted =
            self.typography.on && self.frames.last().is_some_and(|frame| frame.tag == TagEnd::Emphasis);
        text.len() == range.len()
            && !(dotted || self.settings.keeps || self.source.controls)
            && self.quiet.is_quiet(range)
    }

    /// Which way a quotation mark turns that has letters on both sides, one of them Chinese or Japanese, where no space tells:
    /// double ones by turns; single ones between two such letters stay straight.
    fn smart_quote<'t>(&mut self, made: &'t str, at: usize) -> &'t str {
        let text: &str = &self.source.text;
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let after = text[at + 1..].chars().next().unwrap_or(' ');
        let letters = [before, after].iter().all(|&c| !c.is_whitespace() && !is_punctuation(c));
        let turned = match (text.as_bytes()[at], is_cjk(before), is_cjk(after)) {
            (b'"', left, right) if letters && (left || right) => {
                if self.inline.quoted {
                    "”"
                } else {
                    "“"
                }
            }
            (b'\'', true, true) if letters => "'",
            // Inches, or the end of what began in another paragraph: nothing begins before a space.
            (b'"', ..) if before.is_alphanumeric() && after.is_whitespace() => "”",
            // The end of what began behind a letter: the library tells by what stands before the first one alone.
            (b'"', ..) if self.inline.quoted && !before.is_whitespace() && !after.is_alphanumeric() => "”",
            _ => made,
        };
        match turned {
            "“" => self.inline.quoted = true,
            "”" => self.inline.quoted = false,
            _ => {}
        }
        turned
    }

    /// Text without marks. The marks of a text lie in order, so that most events need no search.
    #[inline]
    pub(super) fn cleaned<'t>(&mut self, text: &'t str, range: &Range<usize>) -> Cow<'t, str> {
        let marks = &self.source.marks;
        while marks.get(self.mark).is_some_and(|&(at, _)| (at as usize) < range.start) {
            self.mark += 1;
        }
        let marked = marks.get(self.mark).is_some_and(|&(at, _)| (at as usize) < range.end);
        // A character reference, which is longer than what it names, may name a control character.
        if text.len() != range.len() {
            return self.source.clean(text);
        }
        if marked
            && !self.source.controls
            && let Some(bare) = self.source.bare(text, range, self.mark)
        {
            return Cow::Borrowed(bare);
        }
        if marked || self.source.controls { self.source.cleaned(text, marked) } else { Cow::Borrowed(text) }
    }

    /// Text that a reader sees.
    #[inline]
    pub(super) fn plain(&mut self, text: &str) {
        if self.settings.keeps && self.text_with_marks(text) {
            return;
        }
        self.words(text);
    }

    /// Text in which parts are marked that are not converted; see [`crate::kept`]. A part may have markup in it, but must end
    /// in the element in which it begins. False if there is no mark.
    fn text_with_marks(&mut self, text: &str) -> bool {
        let mark = |open: bool| if open { MARKS.1 } else { MARKS.0 };
        if !text.contains(mark(self.inline.kept.is_some())) {
            return false;
        }
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(mark(self.inline.kept.is_some())) {
            self.words(before);
            let frame = (self.frames.len(), self.frames.last().map(|frame| frame.html));
            match self.inline.kept.take() {
                None => {
                    self.inline.kept = Some(Kept { html: self.html.len(), text: self.text.len(), frame });
                    self.html.push_str(MARKS.0);
                    self.text.push_str(MARKS.0);
                }
                Some(kept) if self.still_open(&kept, frame) => {
                    self.edit(kept.html..kept.html + MARKS.0.len(), TAGS.0);
                    self.text.replace_range(kept.text..kept.text + MARKS.0.len(), "");
                    self.html.push_str(TAGS.1);
                }
                Some(_) => self.words(MARKS.1),
            }
            rest = after;
        }
        self.words(rest);
        true
    }

    /// A mark that was not closed in its block is text.
    pub(super) fn forget_mark(&mut self) {
        self.inline.kept = None;
    }

    /// Whether what was marked is in the element that is open now.
    fn still_open(&self, kept: &Kept, frame: (usize, Option<usize>)) -> bool {
        let begins = |text: &str, at: usize| text.get(at..).is_some_and(|rest| rest.starts_with(MARKS.0));
        kept.frame == frame && begins(&self.text, kept.text) && begins(&self.html, kept.html)
    }

    #[inline]
    fn words(&mut self, text: &str) {
        if self.line_break.is_some() && !text.is_empty() {
            self.settle_break(text.chars().next());
        }
        if !(self.typography.on && self.typeset(text)) {
            escape::text(&mut self.html, text);
        }
        self.text.push_str(text);
    }

    /// A line break becomes nothing between two characters of Chinese text (clreq 3.1.4 knows no space there), else
    /// it stays. Elements may have been opened or closed since, so it is taken out where it was written.
    pub(super) fn settle_break(&mut self, after: Option<char>) {
        let Some(at) = self.line_break.take() else { return };
        if after.is_some_and(|after| joins_behind(&self.text, after)) {
            self.edit(at..at + 1, "");
        } else {
            self.text.push(' ');
        }
    }

    /// Everything that is neither text nor the start or end of an element.
    pub(super) fn other(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Code(code) => self.code_span(code, range),
            Event::SoftBreak => {
                self.settle_break(None);
                if self.joins_lines() {
                    self.line_break = Some(self.html.len());
                } else {
                    self.text.push(' ');
                }
                self.html.push('\n');
            }
            Event::HardBreak => {
                self.settle_break(None);
                self.html.push_str("<br />\n");
                self.text.push(' ');
            }
            Event::Html(html) => self.raw_line(html, range),
            Event::InlineHtml(html) => self.inline_html(html, range),
            Event::Rule => {
                self.fresh_line();
                self.html.push_str("<hr />\n");
            }
            Event::TaskListMarker(done) => self.checkbox(*done),
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::InlineMath(math) => self.math(math, false, range),
            Event::DisplayMath(math) => self.math(math, true, range),
            Event::Start(_) | Event::End(_) | Event::Text(_) => {}
        }
    }

    fn code_span(&mut self, code: &str, range: &Range<usize>) {
        let code = match self.unmasked_span(range) {
            Some(code) => Cow::Owned(code),
            // Of what stands behind the bar of a wikilink the range is only a part.
            None => self.source.clean(code),
        };
        if self.line_break.is_some() {
            self.settle_break(code.chars().next());
        }
        self.html.push_str("<code>");
        escape::text(&mut self.html, &code);
        self.html.push_str("</code>");
        self.text.push_str(&code);
    }

    /// The start of emphasis and its kin. A single `~` is no strikethrough: Chinese writes ranges with it.
    pub(super) fn start_span(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Emphasis => self.start_emphasis(),
            TagEnd::Strong => self.html.push_str("<strong>"),
            TagEnd::Strikethrough => self.start_strike(range),
            TagEnd::Superscript => self.html.push_str("<sup>"),
            _ => self.html.push_str("<sub>"),
        }
    }

    /// The end of emphasis and its kin.
    pub(super) fn end_span(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Emphasis => self.end_emphasis(),
            TagEnd::Strong => self.html.push_str("</strong>"),
            TagEnd::Strikethrough => match self.strike(range) {
                Strike::Text(_, close) => self.plain(close),
                Strike::Element(_, close) => self.html.push_str(close),
            },
            TagEnd::Superscript => self.html.push_str("</sup>"),
            _ => self.html.push_str("</sub>"),
        }
    }

    fn start_strike(&mut self, range: &Range<usize>) {
        let closer = match self.strike(range) {
            Strike::Text(open, _) => {
                self.plain(open);
                ""
            }
            Strike::Element(open, close) => {
                self.html.push_str(open);
                close
            }
        };
        if let Some(frame) = self.frames.last_mut() {
            frame.closer = Some(closer);
        }
    }

    /// What the delimiters of a range are that the Markdown library takes for those of strikethrough.
    fn strike(&self, range: &Range<usize>) -> Strike {
        if self.source.text[range.start..].starts_with("~~") {
            return Strike::Element("<del>", "</del>");
        }
        let is_mark = |at: usize| self.source.mask_at(at).is_some_and(|mask| mask.hidden == Hidden::Mark);
        match (is_mark(range.start), is_mark(range.end.saturating_sub(1))) {
            (true, true) => Strike::Element("<mark>", "</mark>"),
            (false, false) => Strike::Text("~", "~"),
            // One of each is no pair.
            (true, false) => Strike::Text("==", "~"),
            (false, true) => Strike::Text("~", "=="),
        }
    }
}
