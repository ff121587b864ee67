//! Containers (`::: tip` … `:::`) and alerts (`> [!TIP]`), which become the same elements.

use std::ops::Range;

use fika_model::HoleKind;
use pulldown_cmark::{BlockQuoteKind, TagEnd};

use super::{Frame, Problem, Renderer};
use crate::container::{Fence, Opening};
use crate::escape;

/// The containers that are open, the innermost last.
#[derive(Default)]
pub(super) struct State {
    open: Vec<Open>,
}

struct Open {
    colons: usize,
    kind: Box<str>,
    /// Its frame.
    frame: usize,
    /// Its first line, in the text that is read.
    line: Range<usize>,
}

/// The first line of a quotation that begins like an alert, `> [!NOTE]- title`; Obsidian folds those that have a sign.
struct AlertLine<'t> {
    /// Where its `[!` stands in the quotation.
    at: usize,
    word: &'t str,
    kind: Option<&'static str>,
    /// What follows the name, as bytes of the quotation, and whether white space is before it, if it is anything.
    title: Range<usize>,
    is_apart: bool,
}

impl<'t> AlertLine<'t> {
    fn of(quoted: &'t str) -> Option<AlertLine<'t>> {
        const KINDS: [&str; 7] = ["note", "info", "tip", "important", "warning", "danger", "caution"];
        // One may stand in another, all in one line: most are read no further than this.
        let blank = |c: char| c.is_whitespace() && c != '\n';
        let rest = quoted.trim_start_matches(blank).strip_prefix('>')?;
        let named = rest.trim_start_matches(blank).strip_prefix("[!")?;
        let line = memchr::memchr(b'\n', named.as_bytes()).map_or(named, |end| &named[..end]);
        let (word, title) = line.split_once(']')?;
        let title = title.strip_prefix(['-', '+']).unwrap_or(title);
        let start = quoted.len() - named.len();
        let end = start + line.len();
        Some(AlertLine {
            at: start - "[!".len(),
            word,
            kind: KINDS.into_iter().find(|kind| kind.eq_ignore_ascii_case(word)),
            title: end - title.len()..end,
            is_apart: title.is_empty() || title.starts_with(char::is_whitespace),
        })
    }
}

impl Renderer<'_> {
    /// An alert of GitHub's, `> [!NOTE]`. With a title of its own, as in Obsidian, it is a quotation for the Markdown library:
    /// see [`Renderer::start_quote`].
    pub(super) fn start_alert(&mut self, kind: BlockQuoteKind, range: &Range<usize>) {
        let kind = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        self.html.push_str(&format!("<aside class=\"alert alert-{kind}\" data-kind=\"{kind}\">\n"));
        self.callout_title(kind, None, range);
    }

    /// A quotation, unless it begins like an alert with a title.
    pub(super) fn start_quote(&mut self, range: &Range<usize>) {
        let source = self.source;
        let line = AlertLine::of(&source.text[range.clone()]);
        let Some(AlertLine { kind: Some(kind), ref title, is_apart: true, .. }) = line else {
            if let Some(line) = line {
                self.report_alert(&line, range.start + line.at);
            }
            return self.html.push_str("<blockquote>\n");
        };
        self.html.push_str(&format!("<aside class=\"alert alert-{kind}\" data-kind=\"{kind}\">\n"));
        let (start, end) = (range.start + title.start, range.start + title.end);
        let title = self.source.written_range(&(start..end));
        self.callout_title(kind, self.trimmed(title), range);
        if let Some(frame) = self.frames.last_mut() {
            frame.closer = Some("</aside>\n");
        }
        self.autolinks.leave_out(range.start, (end + 1).min(range.end));
    }

    /// Reports what looks like the name of an alert, at a place of the text that is read, and begins none.
    fn report_alert(&mut self, line: &AlertLine<'_>, at: usize) {
        let word = line.word;
        let (message, help) = match line.kind {
            Some(_) => (
                format!("behind `[!{word}]` there is no space, so this is a quotation"),
                "write the text on the next line, or a space before it if it is the title",
            ),
            None if line.is_apart && word.bytes().all(|c| c.is_ascii_alphabetic()) => (
                format!("there is no alert `{word}`, so this is a quotation"),
                "the names are note, info, tip, important, warning, danger and caution",
            ),
            None => return,
        };
        self.warn("unknown-alert", &(at..at + "[!]".len() + word.len()), message, help);
    }

    /// The line that says what an alert is.
    fn callout_title(&mut self, kind: &str, given: Option<Range<usize>>, range: &Range<usize>) {
        self.html.push_str("<p class=\"alert-title\">");
        match given {
            Some(given) => self.title(given),
            None => {
                let key = format!("alert-{kind}").into();
                self.hole(&(range.start..range.start), HoleKind::Message { key });
            }
        }
        self.html.push_str("</p>\n");
    }

    /// A range of the text as written without the white space at its ends; none if there is nothing else.
    fn trimmed(&self, range: Range<usize>) -> Option<Range<usize>> {
        let text = &self.source.written[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        (!text.trim().is_empty()).then(|| start..start + text.trim().len())
    }

    /// A line of colons, which is a block of its own.
    pub(super) fn fence(&mut self, fence: &Fence, range: &Range<usize>) {
        match &fence.opening {
            Some(opening) => self.open_container(fence.colons, opening, range),
            None => self.end_container(fence.colons, range),
        }
    }

    fn open_container(&mut self, colons: usize, opening: &Opening, range: &Range<usize>) {
        self.fresh_line();
        let frame = Frame { end: self.source.text.len(), ..self.frame(TagEnd::BlockQuote(None), range) };
        let frame = Frame { closer: Some(self.container_tags(opening, range)), container: true, ..frame };
        let line = range.start..range.start + self.source.text[range.clone()].trim_end().len();
        self.containers.open.push(Open {
            colons,
            kind: (&*opening.kind).into(),
            frame: self.frames.len(),
            line,
        });
        self.frames.push(frame);
    }

    /// Writes the opening tags; gives the closing ones.
    fn container_tags(&mut self, opening: &Opening, range: &Range<usize>) -> &'static str {
        let kind = &*opening.kind;
        let lower = kind.to_ascii_lowercase();
        let line = self.source.written_at(range.start);
        let title = opening.title.as_ref().map(|title| line + title.start..line + title.end);
        match lower.as_str() {
            "note" | "info" | "tip" | "important" | "warning" | "danger" | "caution" => {
                self.container_tag("<aside", &["alert", &format!("alert-{lower}")], opening);
                self.html.push_str(&format!(" data-kind=\"{lower}\">\n"));
                self.callout_title(&lower, title, range);
                "</aside>\n"
            }
            "details" => {
                self.container_tag("<details", &["details"], opening);
                self.html.push_str(if opening.open { " open>\n<summary>" } else { ">\n<summary>" });
                match title {
                    Some(title) => self.title(title),
                    None => self
                        .hole(&(range.start..range.start), HoleKind::Message { key: "alert-details".into() }),
                }
                self.html.push_str("</summary>\n");
                "</details>\n"
            }
            _ => {
                self.container_tag("<div", &[kind], opening);
                self.html.push_str(">\n");
                if let Some(title) = title {
                    self.html.push_str("<p class=\"container-title\">");
                    self.title(title);
                    self.html.push_str("</p>\n");
                }
                "</div>\n"
            }
        }
    }

    /// A tag up to its `>`.
    fn container_tag(&mut self, tag: &str, classes: &[&str], opening: &Opening) {
        self.html.push_str(tag);
        let own = opening.classes.iter().map(|class| &**class);
        let all: Vec<&str> = classes.iter().copied().chain(own).collect();
        self.container_attribute("class", &all.join(" "));
        if let Some(id) = &opening.id {
            let id = self.source.clean(id).into_owned();
            self.container_attribute("id", &id);
            self.out.anchors.push(id.into());
        }
        for (key, value) in &opening.attributes {
            match &**key {
                "lang" | "dir" => self.container_attribute(key, value),
                key if key.starts_with("data-") => self.container_attribute(key, value),
                // As Pandoc does with a key that HTML does not know.
                key => self.container_attribute(&format!("data-{key}"), value),
            }
        }
    }

    fn container_attribute(&mut self, key: &str, value: &str) {
        self.html.push_str(&format!(" {key}=\""));
        escape::attribute(&mut self.html, &self.source.clean(value));
        self.html.push('"');
    }

    /// Whether a container is open in the element that is.
    pub(super) fn is_in_container(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.container)
    }

    fn end_container(&mut self, colons: usize, range: &Range<usize>) {
        // Its beginning stands in the same block: there are nothing but containers between.
        let here = self.frames.iter().rposition(|frame| !frame.container).map_or(0, |at| at + 1);
        let first = self.containers.open.partition_point(|open| open.frame < here);
        let candidates = &self.containers.open[first..];
        let same = candidates.iter().rposition(|open| open.colons == colons);
        match same.or(candidates.len().checked_sub(1)) {
            Some(found) => {
                self.abandon_containers(first + found + 1, range.start);
                self.close_container(range.end);
            }
            None => {
                let written = self.source.written_range(range);
                let text = self.source.clean(self.source.written[written].trim()).into_owned();
                let range = range.start..range.start + self.source.text[range.clone()].trim_end().len();
                self.warn(
                    "container-nesting",
                    &range,
                    format!("`{text}` ends a container that did not begin here"),
                    "begin it with `::: name` in the same list item or quotation",
                );
                self.html.push_str("<p>");
                self.plain(&text);
                self.html.push_str("</p>\n");
            }
        }
    }

    /// Ends the containers that were opened within an element which ends now, or at the end of the text.
    pub(super) fn close_containers(&mut self, end: usize) {
        if self.frames.last().is_some_and(|frame| frame.container) {
            let here = self.frames.iter().rposition(|frame| !frame.container).map_or(0, |at| at + 1);
            let keep = self.containers.open.partition_point(|open| open.frame < here);
            self.abandon_containers(keep, end);
        }
    }

    /// Ends containers that have no end of their own.
    fn abandon_containers(&mut self, keep: usize, end: usize) {
        while self.containers.open.len() > keep {
            let Some(open) = self.containers.open.last() else { return };
            let problem = Problem {
                code: "container-nesting",
                error: false,
                message: format!("the container `{}` has no end", open.kind),
                help: format!("end it with a line of {} colons: `{}`", open.colons, ":".repeat(open.colons)),
                span: self.span(&open.line),
            };
            self.out.problems.push(problem);
            self.close_container(end);
        }
    }

    fn close_container(&mut self, end: usize) {
        let Some(open) = self.containers.open.pop() else { return };
        self.close_components(open.frame + 1);
        let Some(frame) = self.frames.pop() else { return };
        self.end_elements_in(frame.tag);
        self.fresh_line();
        self.html.push_str(frame.closer.unwrap_or_default());
        if self.frames.is_empty() {
            self.end_top_level(TagEnd::BlockQuote(None), &(open.line.start..end));
            self.text.clear();
            self.unseen.clear();
        }
    }
}
