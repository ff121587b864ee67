//! Code blocks, and code with components in it, which are not components there.

use std::borrow::Cow;
use std::ops::Range;

use fika_model::{Code, HoleKind, Verbatim, VerbatimKind};
use pulldown_cmark::CodeBlockKind;

use super::Renderer;
use super::info::Info;
use crate::escape;

/// The code block that the loop is in.
#[derive(Default)]
pub(super) struct State {
    pub(super) inside: bool,
    /// Whether it has a caption, and so stands in a figure.
    captioned: bool,
    /// The index of its hole, and the bytes of its opening tags.
    hole: Option<usize>,
    open: usize,
    /// Whether it begins with a fence.
    fenced: bool,
}

impl<'s> Renderer<'s> {
    pub(super) fn start_code(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) {
        self.code.inside = true;
        self.code.fenced = matches!(kind, CodeBlockKind::Fenced(_));
        let CodeBlockKind::Fenced(line) = kind else {
            return self.html.push_str("<pre><code>");
        };
        let first = self.source.text[range.clone()].split('\n').next().unwrap_or_default();
        let line = self.source.restored(line, &(range.start..range.start + first.len())).into_owned();
        let info = Info::read(&line);
        if let Some(name) = &info.name {
            self.html.push_str("<figure class=\"listing\">\n<figcaption>");
            escape::text(&mut self.html, name);
            self.html.push_str("</figcaption>\n");
            self.code.captioned = true;
        }
        let at = self.html.len();
        if !info.is_empty() {
            self.hole(range, HoleKind::Verbatim(verbatim(&info, &line)));
            self.code.hole = Some(self.holes.len() - 1);
        }
        self.html.push_str("<pre><code");
        if !info.language.is_empty() {
            self.html.push_str(" class=\"language-");
            escape::attribute(&mut self.html, info.language);
            self.html.push_str(if info.is_math() { " math math-display\"" } else { "\"" });
            self.html.push_str(" data-lang=\"");
            escape::attribute(&mut self.html, info.language);
            self.html.push('"');
        }
        self.html.push('>');
        self.code.open = self.html.len() - at;
    }

    /// A line of a code block.
    pub(super) fn code_text(&mut self, text: &str, range: &Range<usize>) {
        let source = self.source;
        let code = match self.unmasked(range) {
            Some(written) if text.len() == range.len() => source.clean(written),
            _ => self.cleaned(text, range),
        };
        escape::text(&mut self.html, &code);
        see(&mut self.unseen, &code);
    }

    pub(super) fn end_code(&mut self, range: &Range<usize>) {
        const CLOSE: &str = "</code></pre>";
        let state = std::mem::take(&mut self.code);
        match state.fenced {
            true => self.unclosed_code(range),
            false => self.indented_prose(range),
        }
        self.html.push_str(CLOSE);
        if let Some(hole) = state.hole {
            self.close_verbatim(hole, state.open, CLOSE.len());
        }
        self.html.push_str(if state.captioned { "\n</figure>\n" } else { "\n" });
    }

    /// Reports a fence that nothing closes: CommonMark lets it reach to the end of what it stands in (4.5), and nobody means that.
    fn unclosed_code(&mut self, range: &Range<usize>) {
        let text = self.source.text[range.clone()].trim_end();
        let first = text.split('\n').next().unwrap_or_default();
        let last = memchr::memrchr(b'\n', text.as_bytes()).map_or("", |end| &text[end + 1..]);
        let last = last.trim_start_matches([' ', '\t', '>']);
        let sign = if first.starts_with('~') { '~' } else { '`' };
        let fence = first.len() - first.trim_start_matches(sign).len();
        if last.len() >= fence && last.trim_start_matches(sign).is_empty() {
            return;
        }
        let message = match self.frames.is_empty() {
            true => "this fence has no end, so the rest of the text is code",
            false => "this fence has no end, so the rest of the list item, quotation or note is code",
        };
        let help = "end it with a line of as many signs, that stands as far to the right";
        self.warn("unclosed-code", &(range.start..range.start + first.trim_end().len()), message, help);
    }

    /// Ends a block here, now that its HTML is written. `open` and `close` are the bytes of its tags.
    pub(super) fn close_verbatim(&mut self, hole: usize, open: usize, close: usize) {
        let end = self.html.len() as u32;
        if let Some(HoleKind::Verbatim(block)) = self.holes.get_mut(hole).map(|hole| &mut hole.kind) {
            block.end = end;
            block.tags = (open as u32, close as u32);
        }
    }

    /// What was written where something is hidden, because it stands in code after all.
    fn unmasked(&mut self, range: &Range<usize>) -> Option<&'s str> {
        let source = self.source;
        self.note_code(range).then(|| source.written.get(source.written_range(range))).flatten()
    }

    /// Notes that a range is code, or a comment, in which nothing of other generators is told. Whether there is any such, or what is hidden.
    pub(super) fn note_code(&mut self, range: &Range<usize>) -> bool {
        if self.source.masks.is_empty() {
            return false;
        }
        let masks = self.source.masks_in(&self.source.written_range(range));
        let is_any = !masks.is_empty();
        self.components.in_code.extend(masks);
        is_any
    }

    /// The same for a code span, between whose back quotes line ends are spaces and one space at both ends is
    /// cut off (CommonMark 6.1).
    pub(super) fn unmasked_span(&mut self, range: &Range<usize>) -> Option<String> {
        let written = self.unmasked(range)?;
        let inner = written.trim_matches('`').replace("\r\n", " ").replace(['\n', '\r'], " ");
        let cut = inner
            .strip_prefix(' ')
            .and_then(|rest| rest.strip_suffix(' '))
            .filter(|rest| !rest.trim().is_empty());
        let inner = cut.map(str::to_owned).unwrap_or(inner);
        Some(match self.source.clean(&inner) {
            Cow::Borrowed(_) => inner,
            Cow::Owned(cleaned) => cleaned,
        })
    }
}

/// Adds code to what is hashed, without the white space at the ends of its lines: nobody sees it.
fn see(unseen: &mut String, code: &str) {
    for line in code.split_inclusive('\n') {
        let Some(words) = line.strip_suffix('\n') else {
            unseen.push_str(line);
            return;
        };
        unseen.push_str(words);
        unseen.truncate(unseen.trim_end_matches([' ', '\t']).len());
        unseen.push('\n');
    }
}

/// The block of an info string; where it ends is known later.
fn verbatim(info: &Info<'_>, line: &str) -> Verbatim {
    let kind = if info.is_math() {
        VerbatimKind::Math { display: true }
    } else {
        VerbatimKind::Code(Code {
            language: info.language.into(),
            info: line.into(),
            first_line: info.first_line,
            marked: info.marked.clone(),
        })
    };
    Verbatim { end: 0, tags: (0, 0), kind, made: None }
}
