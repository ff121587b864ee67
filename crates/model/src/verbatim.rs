//! Code blocks and formulas: the parts of a body that a plugin may set better than the parser can.
//!
//! The parser writes each as plain HTML and notes where. A plugin gives [`Verbatim::made`], which is shown instead, so that
//! nobody has to read HTML again and nothing behind it has to move.

use std::borrow::Cow;
use std::sync::Arc;

use fika_html::unescape;
use serde::{Deserialize, Serialize};

use crate::{Body, Essay, Hole, HoleKind};

/// A code block or formula.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verbatim {
    /// Where its HTML ends in that of the body.
    pub end: u32,
    /// The bytes of tags before its text and behind it. What is between them is the text, escaped.
    pub tags: (u32, u32),
    /// What it is.
    pub kind: VerbatimKind,
    /// What is shown in its place.
    pub made: Option<Arc<str>>,
}

/// What stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum VerbatimKind {
    /// A code block with an info string, in `<pre>`.
    Code(Code),
    /// A formula in LaTeX.
    Math {
        /// Whether it stands on a line of its own.
        display: bool,
    },
}

/// What the info string of a code block says: the line behind its opening fence.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Code {
    /// The language as written: `rust`, `C++`; empty where only options are given.
    pub language: Arc<str>,
    /// All of the line, for plugins with options of their own.
    pub info: Arc<str>,
    /// The number of the first line, where lines are numbered.
    pub first_line: Option<u32>,
    /// The lines to bring out, as first and last, counted from 1 whatever their numbers are.
    pub marked: Vec<(u32, u32)>,
}

impl Code {
    /// Whether a line, counted from 1, is to be brought out.
    pub fn is_marked(&self, line: u32) -> bool {
        self.marked.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }
}

/// A code block or formula in its body.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a> {
    /// Where the writer wrote it.
    pub hole: &'a Hole,
    /// What it is.
    pub verbatim: &'a Verbatim,
    /// The tags before its text.
    pub open: &'a str,
    /// The text, escaped.
    pub inner: &'a str,
    /// The tags behind it.
    pub close: &'a str,
}

impl Placed<'_> {
    /// The text as it was written.
    pub fn text(&self) -> Cow<'_, str> {
        unescape(self.inner)
    }
}

impl Body {
    /// The code blocks and formulas in order, those that have been set included.
    pub fn verbatims(&self) -> impl Iterator<Item = Placed<'_>> {
        self.holes.iter().filter_map(|hole| {
            let HoleKind::Verbatim(verbatim) = &hole.kind else { return None };
            let html = self.html.get(hole.at as usize..verbatim.end as usize)?;
            let (open, rest) = html.split_at_checked(verbatim.tags.0 as usize)?;
            let (inner, close) = rest.split_at_checked(rest.len().checked_sub(verbatim.tags.1 as usize)?)?;
            Some(Placed { hole, verbatim, open, inner, close })
        })
    }

    /// The same body with `make`'s HTML in the place of those that it gives any for.
    #[must_use]
    pub fn with_verbatims(mut self, mut make: impl FnMut(&Placed<'_>) -> Option<Arc<str>>) -> Body {
        let made: Vec<(u32, Arc<str>)> =
            self.verbatims().filter_map(|placed| Some((placed.hole.at, make(&placed)?))).collect();
        let mut made = made.into_iter().peekable();
        for hole in &mut self.holes {
            if let HoleKind::Verbatim(verbatim) = &mut hole.kind
                && let Some((_, html)) = made.next_if(|(at, _)| *at == hole.at)
            {
                verbatim.made = Some(html);
            }
        }
        self
    }
}

impl Essay {
    /// The same essay with `make`'s HTML in the place of code blocks and formulas: of those of its body, then of those of
    /// its summary.
    #[must_use]
    pub fn with_verbatims(mut self, mut make: impl FnMut(&Placed<'_>) -> Option<Arc<str>>) -> Essay {
        self.body = self.body.with_verbatims(&mut make);
        if let Some(summary) = self.card.summary.take_if(|summary| summary.verbatims().next().is_some()) {
            self.card.summary = Some(Arc::new(Body::clone(&summary).with_verbatims(&mut make)));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_what_was_written() {
        let kind = VerbatimKind::Math { display: false };
        let verbatim = Verbatim { end: 0, tags: (0, 0), kind, made: None };
        let kind = HoleKind::Verbatim(verbatim.clone());
        let hole = Hole { at: 0, span: crate::Span::default(), kind };
        for text in ["", "月", "&", "a < b && c > d", "&amp;lt;", "<&>&", "&l&lt;t;", "\"'"] {
            let mut inner = String::new();
            fika_html::escape_text(&mut inner, text);
            let placed = Placed { hole: &hole, verbatim: &verbatim, open: "", inner: &inner, close: "" };
            assert_eq!(placed.text(), text);
        }
    }
}
