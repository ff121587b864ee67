//! The starts and ends of elements, and tables.

use std::ops::Range;

use fika_model::{Block, BlockKind, HoleKind};
use memchr::memmem;
use pulldown_cmark::{Alignment, Tag, TagEnd};

use super::{Frame, Renderer};
use crate::block_hash;
use crate::source::Hidden;

/// The table that is open.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    pub(super) column: usize,
    head: bool,
    /// Where the last cell ends in the text that is read.
    pub(super) end: usize,
}

impl Renderer<'_> {
    /// Begins a line, unless one has just begun.
    #[inline]
    pub(super) fn fresh_line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    /// The start of an element.
    pub(super) fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let end = tag.to_end();
        if self.frames.is_empty() {
            self.text.clear();
            self.unseen.clear();
        }
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {
                self.push_frame(end, &range);
                self.start_span(end, &range);
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                self.push_frame(end, &range);
                self.start_link(link_type, &dest_url, &title, &range);
            }
            tag => {
                self.settle_break(None);
                // Where the element begins is behind the line break before it.
                if !matches!(tag, Tag::HtmlBlock) {
                    self.fresh_line_before(&tag);
                }
                self.push_frame(end, &range);
                if !matches!(tag, Tag::Image { .. }) {
                    self.forget_mark();
                }
                self.start_block(tag, &range);
            }
        }
    }

    fn fresh_line_before(&mut self, tag: &Tag<'_>) {
        let inside_line = matches!(tag, Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell);
        if !inside_line {
            self.fresh_line();
        }
    }

    fn push_frame(&mut self, tag: TagEnd, range: &Range<usize>) {
        self.frames.push(self.frame(tag, range));
    }

    /// An element that is opened here.
    pub(super) fn frame(&self, tag: TagEnd, range: &Range<usize>) -> Frame {
        Frame {
            tag,
            end: range.end,
            html: self.html.len(),
            text: self.text.len(),
            holes: self.holes.len(),
            muted: false,
            closer: None,
            container: false,
            raw: self.inline.raw,
        }
    }

    fn start_block(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.inline.quoted = false;
                self.html.push_str("<p>");
            }
            Tag::Heading { level, .. } => self.start_heading(level, range),
            Tag::BlockQuote(None) => self.start_quote(range),
            Tag::BlockQuote(Some(kind)) => self.start_alert(kind, range),
            Tag::CodeBlock(kind) => self.start_code(&kind, range),
            Tag::HtmlBlock => self.raw.begin(),
            Tag::List(Some(1)) => self.html.push_str("<ol>\n"),
            Tag::List(Some(first)) => self.html.push_str(&format!("<ol start=\"{first}\">\n")),
            Tag::List(None) => self.html.push_str("<ul>\n"),
            Tag::Item => self.html.push_str("<li>"),
            Tag::DefinitionList => self.html.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.html.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.html.push_str("<dd>"),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label),
            Tag::Table(alignments) => {
                self.task_before_table(range.start);
                self.table.alignments = alignments;
                self.html.push_str("<table>");
            }
            Tag::TableHead => {
                self.table.head = true;
                self.table.column = 0;
                self.html.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.column = 0;
                self.html.push_str("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            _ => {}
        }
    }

    /// The box of a task that begins with a table: the Markdown library, which took the first row for a paragraph, forgets it.
    fn task_before_table(&mut self, start: usize) {
        let begins_item = matches!(self.frames[..], [.., Frame { tag: TagEnd::Item, html, .. }, _] if html + "<li>".len() == self.html.len());
        if !begins_item {
            return;
        }
        match self.source.text[..start].trim_end_matches([' ', '\t']).as_bytes() {
            [.., b'[', b' ' | b'\t', b']'] => self.checkbox(false),
            [.., b'[', b'x' | b'X', b']'] => self.checkbox(true),
            _ => {}
        }
    }

    /// The box of a task.
    pub(super) fn checkbox(&mut self, done: bool) {
        let checked = if done { " checked=\"\"" } else { "" };
        self.put(&["<input disabled=\"\" type=\"checkbox\"", checked, "/>\n"]);
    }

    fn start_cell(&mut self) {
        self.html.push_str(if self.table.head { "<th" } else { "<td" });
        self.html.push_str(match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " style=\"text-align: left\">",
            Some(Alignment::Center) => " style=\"text-align: center\">",
            Some(Alignment::Right) => " style=\"text-align: right\">",
            _ => ">",
        });
    }

    /// The end of an element.
    pub(super) fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        self.close_containers(range.end);
        self.close_components(self.frames.len());
        let Some(frame) = self.frames.pop() else { return };
        if frame.muted {
            return self.end_muted(tag, range);
        }
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {
                return self.end_span(tag, range);
            }
            TagEnd::Link => return self.end_link(&frame, range),
            _ => {}
        }
        self.settle_break(None);
        self.end_anchors();
        self.end_elements_in(tag);
        self.end_block(tag, &frame, range);
        if self.frames.is_empty() {
            self.end_top_level(tag, range);
        } else if self.text.len() > frame.text && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// The end of an element whose beginning went into an address or the title of an alert: it is text then.
    fn end_muted(&mut self, tag: TagEnd, range: &Range<usize>) {
        /// No label is longer, in bytes (CommonMark 4.7: 999 characters).
        const LONGEST_LABEL: usize = 999 * char::MAX.len_utf8();
        let source = self.source;
        let written = &source.text[range.clone()];
        let bytes = written.as_bytes();
        let delimiters = written.len() - written.trim_end_matches(['*', '_', '~']).len();
        let kept = match tag {
            TagEnd::Emphasis => delimiters.min(1),
            TagEnd::Link | TagEnd::Image => {
                self.warn(
                    "broken-syntax",
                    range,
                    "this link begins in the title of an alert, which is one line, so it is none",
                    "put all of it on one line",
                );
                let inline = bytes.ends_with(b")").then(|| memmem::rfind(bytes, b"](")).flatten();
                let near = bytes.len().saturating_sub(LONGEST_LABEL);
                let reference = || memmem::rfind(&bytes[near..], b"][").map(|at| near + at);
                bytes.len() - inline.or_else(reference).unwrap_or(bytes.len() - 1)
            }
            _ if source.mask_at(range.end - 1).is_some_and(|mask| mask.hidden == Hidden::Mark) => {
                return self.plain("==");
            }
            _ => delimiters.min(2),
        };
        let at = range.end - kept;
        let text = source.as_written(&source.text[at..range.end], &(at..range.end));
        self.plain(&text);
    }

    fn end_block(&mut self, tag: TagEnd, frame: &Frame, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph => {
                self.broken_table(range);
                self.broken_list(range);
                self.unread_formula(range);
                if let Some(b'!' | b'?') = self.source.text.as_bytes().get(range.start) {
                    self.admonition(range);
                }
                self.end_paragraph(frame);
            }
            TagEnd::Heading(level) => self.end_heading(level, frame, range),
            TagEnd::BlockQuote(None) => self.html.push_str(frame.closer.unwrap_or("</blockquote>\n")),
            TagEnd::BlockQuote(Some(_)) => self.html.push_str("</aside>\n"),
            TagEnd::CodeBlock => self.end_code(range),
            TagEnd::HtmlBlock => self.end_html_block(),
            TagEnd::List(true) => self.html.push_str("</ol>\n"),
            TagEnd::List(false) => self.html.push_str("</ul>\n"),
            TagEnd::Item => self.html.push_str("</li>\n"),
            TagEnd::DefinitionList => self.html.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.html.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.html.push_str("</dd>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(range),
            TagEnd::Table => self.html.push_str("</tbody></table>\n"),
            TagEnd::TableHead => {
                self.table.head = false;
                self.html.push_str("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => {
                self.odd_row(range);
                self.html.push_str("</tr>\n");
            }
            TagEnd::TableCell => {
                self.table.end = range.end;
                self.html.push_str(if self.table.head { "</th>" } else { "</td>" });
                self.table.column += 1;
            }
            _ => {}
        }
    }

    /// A paragraph that is one picture is a figure, one that is several is a gallery, and one that is one component is that
    /// component.
    fn end_paragraph(&mut self, frame: &Frame) {
        let content = frame.html + "<p>".len();
        let first = frame.holes;
        let empty = self.html.len() == content;
        if empty
            && self.holes.len() == first
            && self.autolinks.from < frame.end
            && frame.end <= self.autolinks.until
        {
            // All of it was the title of an alert.
            return self.html.truncate(frame.html);
        }
        if self.is_gallery(frame, content) {
            return self.end_gallery(frame, content);
        }
        let only = self.holes.len() == first + 1;
        let leading = self.holes.get_mut(first).filter(|hole| hole.at as usize == content);
        let bare = match leading.map(|hole| &mut hole.kind) {
            Some(HoleKind::Image(image)) if empty && only => {
                image.figure = true;
                true
            }
            Some(HoleKind::Component { end, .. }) => match end {
                Some(end) => !empty && *end as usize == self.html.len(),
                None => empty && only,
            },
            _ => false,
        };
        if bare {
            for hole in &mut self.holes[first..] {
                if let HoleKind::Component { within, .. } = &mut hole.kind {
                    *within = false;
                }
            }
            self.edit(frame.html..content, "");
            self.html.push('\n');
        } else {
            self.html.push_str("</p>\n");
            // Who has typed the indent needs none of the style's (clreq 3.4.1).
            if self.typography.on && self.html[content..].starts_with('\u{3000}') {
                self.edit(content - 1..content - 1, " class=\"indented\"");
            }
        }
    }

    /// Whether a paragraph holds several pictures and nothing else.
    fn is_gallery(&self, frame: &Frame, content: usize) -> bool {
        self.holes.len() > frame.holes + 1
            && self.html[content..].trim().is_empty()
            && self.holes[frame.holes..].iter().all(|hole| matches!(hole.kind, HoleKind::Image(_)))
    }

    fn end_gallery(&mut self, frame: &Frame, content: usize) {
        for hole in &mut self.holes[frame.holes..] {
            if let HoleKind::Image(image) = &mut hole.kind {
                image.figure = true;
            }
        }
        // The component of that name is one already.
        let (open, close) = match self.components.is_open("gallery") {
            true => ("", "\n"),
            false => ("<figure class=\"gallery\"><div>", "</div></figure>\n"),
        };
        self.edit(frame.html..content, open);
        self.html.push_str(close);
    }

    /// The end of a block that stands in no other.
    pub(super) fn end_top_level(&mut self, tag: TagEnd, range: &Range<usize>) {
        if self.text.is_empty() && self.unseen.is_empty() {
            return;
        }
        let (words, plain) = self.block_text.read(&self.text);
        let hash = block_hash::hash(plain, &self.unseen);
        self.out.words.han += words.han;
        self.out.words.latin += words.latin;
        let size = words.han + words.latin + words.latin / 2 + self.unseen.len() as u32 / 8;
        self.out.blocks.push(Block { kind: self.kind(tag), hash, size, span: self.span(range) });
        self.ends.push(self.html.len() as u32);
        self.summary_block(tag, words);
    }

    /// What the block is that ends here.
    fn kind(&self, tag: TagEnd) -> BlockKind {
        match tag {
            TagEnd::Paragraph if self.text.is_empty() => BlockKind::Picture,
            TagEnd::Paragraph => BlockKind::Paragraph,
            TagEnd::Heading(level) => BlockKind::Heading(level as u8),
            TagEnd::BlockQuote(_) => BlockKind::Quote,
            TagEnd::List(_) => BlockKind::List,
            TagEnd::DefinitionList => BlockKind::Definitions,
            TagEnd::Table => BlockKind::Table,
            TagEnd::CodeBlock => BlockKind::Code,
            TagEnd::FootnoteDefinition => BlockKind::Note,
            _ => BlockKind::Other,
        }
    }
}

/// What closes an element, for a summary that is cut within it.
pub(super) fn closer(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "</p>\n",
        TagEnd::Heading(level) => {
            ["</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"][level as usize - 1]
        }
        TagEnd::BlockQuote(None) => "</blockquote>\n",
        TagEnd::BlockQuote(Some(_)) => "</aside>\n",
        TagEnd::List(true) => "</ol>\n",
        TagEnd::List(false) => "</ul>\n",
        TagEnd::Item => "</li>\n",
        TagEnd::DefinitionList => "</dl>\n",
        TagEnd::DefinitionListTitle => "</dt>\n",
        TagEnd::DefinitionListDefinition => "</dd>\n",
        TagEnd::Table => "</table>\n",
        TagEnd::TableHead => "</tr></thead>\n",
        TagEnd::TableRow => "</tr></tbody>\n",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Strikethrough => "</del>",
        TagEnd::Superscript => "</sup>",
        TagEnd::Subscript => "</sub>",
        TagEnd::Link => "</a>",
        _ => "",
    }
}
