//! Code with a class for each kind of word, with numbers before its lines, with lines brought out.
//!
//! Whatever is added, the text of the block is the text that was written: numbers are an attribute, which style sheets
//! show and nobody copies, and a line end is within its line.

use std::sync::Arc;

use fika_html::escape_text;
use fika_plugin::{BodyContext, Code, Essay, Fingerprint, Fingerprinter, Hook, Placed, Plugin, VerbatimKind};

/// The name in the configuration.
pub(crate) const NAME: &str = "highlight";

/// What changes with what it makes.
const VERSION: &str = "highlight 1";

/// Sets code.
#[derive(Debug, Default)]
pub struct Highlight {
    #[cfg(feature = "highlight")]
    highlighter: fika_highlight::Highlighter,
}

/// A part of a line or of all of the code, and the class of its element.
type Part<'a> = (&'a str, Option<&'static str>);

impl Highlight {
    /// The parts of a piece of code; nothing where its language is not known.
    #[cfg(feature = "highlight")]
    fn parts<'a>(&self, language: &str, code: &'a str) -> Option<Vec<Part<'a>>> {
        let spans = self.highlighter.spans(language, code)?;
        let mut parts = Vec::with_capacity(2 * spans.len() + 1);
        let mut at = 0;
        for fika_highlight::Span { range, role } in spans {
            parts.push((&code[at..range.start], None));
            parts.push((&code[range.clone()], Some(role.class())));
            at = range.end;
        }
        parts.push((&code[at..], None));
        Some(parts)
    }

    #[cfg(not(feature = "highlight"))]
    fn parts<'a>(&self, _language: &str, _code: &'a str) -> Option<Vec<Part<'a>>> {
        None
    }

    #[cfg(feature = "highlight")]
    fn knows(language: &str) -> bool {
        fika_highlight::Highlighter::knows(language)
    }

    #[cfg(not(feature = "highlight"))]
    fn knows(_language: &str) -> bool {
        false
    }

    /// The block, set.
    fn set(&self, placed: &Placed<'_>, code: &Code) -> String {
        let text = placed.text();
        let parts = self.parts(&code.language, &text).unwrap_or_else(|| vec![(&*text, None)]);
        let mut html = String::with_capacity(placed.inner.len() * 3);
        html.push_str(if code.first_line.is_some() { "<pre class=\"numbered\">" } else { "<pre>" });
        html.push_str(placed.open.strip_prefix("<pre>").unwrap_or_default());
        if has_lines(code) {
            lines(&mut html, code, &parts);
        } else {
            parts.iter().for_each(|part| element(&mut html, *part));
        }
        html.push_str(placed.close);
        html
    }
}

impl Plugin for Highlight {
    fn name(&self) -> &str {
        NAME
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprinter::new().add(VERSION).add_u64(u64::from(cfg!(feature = "highlight"))).finish()
    }

    fn hooks(&self) -> &[Hook] {
        &[Hook::Body]
    }

    fn body(&self, cx: &BodyContext<'_>, essay: Essay) -> Essay {
        essay.with_verbatims(|placed| {
            let VerbatimKind::Code(code) = &placed.verbatim.kind else { return None };
            if !Self::knows(&code.language) && !has_lines(code) {
                return None;
            }
            let key = key(placed, code);
            Some(cx.memory.remember(key, &mut || self.set(placed, code)))
        })
    }
}

/// All that decides what a block becomes.
fn key(placed: &Placed<'_>, code: &Code) -> Fingerprint {
    let mut parts = Fingerprinter::new();
    parts.add(VERSION).add(placed.open).add(placed.inner).add(&*code.language);
    parts.add_u64(code.first_line.map_or(0, |line| u64::from(line) + 1));
    for (first, last) in &code.marked {
        parts.add_u64(u64::from(*first)).add_u64(u64::from(*last));
    }
    parts.finish()
}

fn has_lines(code: &Code) -> bool {
    code.first_line.is_some() || !code.marked.is_empty()
}

/// Each line in an element of its own, its end included.
fn lines(html: &mut String, code: &Code, parts: &[Part<'_>]) {
    let mut line = 0;
    let mut open = None;
    for (text, class) in parts {
        for piece in text.split_inclusive('\n') {
            let tag = *open.get_or_insert_with(|| {
                line += 1;
                begin_line(html, code, line)
            });
            element(html, (piece, *class));
            if piece.ends_with('\n') {
                html.push_str(tag);
                open = None;
            }
        }
    }
    html.push_str(open.unwrap_or_default());
}

/// Writes the opening tag of a line, from 1; gives the closing one.
fn begin_line(html: &mut String, code: &Code, line: u32) -> &'static str {
    let (open, close) = if code.is_marked(line) {
        ("<mark class=\"line\"", "</mark>")
    } else {
        ("<span class=\"line\"", "</span>")
    };
    html.push_str(open);
    if let Some(first) = code.first_line {
        html.push_str(&format!(" data-line=\"{}\"", u64::from(first) + u64::from(line) - 1));
    }
    html.push('>');
    close
}

fn element(html: &mut String, (text, class): Part<'_>) {
    match class {
        Some(class) if !text.trim().is_empty() => {
            html.push_str("<span class=\"");
            html.push_str(class);
            html.push_str("\">");
            escape_text(html, text);
            html.push_str("</span>");
        }
        _ => escape_text(html, text),
    }
}

/// A plugin that sets code.
pub(crate) fn plugin() -> Arc<dyn Plugin> {
    Arc::new(Highlight::default())
}

#[cfg(test)]
#[path = "highlight_tests.rs"]
mod tests;
