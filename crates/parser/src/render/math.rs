//! Formulas between dollars, left as they were written for a plugin to set, and dollars that are money.

use std::ops::Range;

use fika_model::{HoleKind, Verbatim, VerbatimKind};

use super::Renderer;
use crate::escape;

impl Renderer<'_> {
    /// A formula: `$…$`, `$`…`$` (GitHub) or `$$…$$`.
    pub(super) fn math(&mut self, math: &str, display: bool, range: &Range<usize>) {
        const CLOSE: &str = "</code>";
        let math = self.source.restored(math, range).into_owned();
        if !display && self.is_money(range) {
            return self.plain(&format!("${math}$"));
        }
        let quoted = math.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).filter(|_| !display);
        let math = quoted.unwrap_or(&math);
        if self.line_break.is_some() {
            self.settle_break(Some('x'));
        }
        let kind = VerbatimKind::Math { display };
        self.hole(range, HoleKind::Verbatim(Verbatim { end: 0, tags: (0, 0), kind, made: None }));
        let open =
            if display { "<code class=\"math math-display\">" } else { "<code class=\"math math-inline\">" };
        self.html.push_str(open);
        escape::text(&mut self.html, math);
        self.html.push_str(CLOSE);
        self.close_verbatim(self.holes.len() - 1, open.len(), CLOSE.len());
        self.text.push_str(math);
    }

    /// Reports two dollars that begin a formula without an end: they are text.
    pub(super) fn unended_formula(&mut self, range: &Range<usize>) {
        let text = &self.source.text;
        let begins = text[range.start..].starts_with("$$") && !text[..range.start].ends_with(['$', '\\']);
        if !(self.settings.math && begins) {
            return;
        }
        // The next two are those that it was meant to end at.
        self.inline.in_formula = !self.inline.in_formula;
        if self.inline.in_formula {
            self.warn(
                "formula",
                &(range.start..range.start + 2),
                "this formula does not end in its paragraph, so it is shown as text",
                "end it with `$$`, and leave no empty line in it; write dollars that are none of a formula as `\\$`",
            );
        }
    }

    /// Whether dollars are money after all: a digit follows (Pandoc has the same rule), or a letter or digit stands
    /// before (GitHub).
    fn is_money(&self, range: &Range<usize>) -> bool {
        let bytes = self.source.text.as_bytes();
        let before = range.start.checked_sub(1).and_then(|at| bytes.get(at));
        before.is_some_and(u8::is_ascii_alphanumeric) || bytes.get(range.end).is_some_and(u8::is_ascii_digit)
    }
}
