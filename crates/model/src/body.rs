//! The body: HTML with holes that only `render` can fill, once every address is known.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Card, Data, Diagnostic, Kept, Span, Verbatim};

/// What `parse` makes of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Essay {
    /// What others may know of it.
    pub card: Card,
    /// What its own page shows.
    pub body: Body,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// HTML with holes. A hole has no text of its own in `html`: what fills it is inserted at `at`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Body {
    /// Well-formed HTML, but for the holes.
    pub html: String,
    /// The holes, in the order of `at`; equal places keep their order.
    pub holes: Vec<Hole>,
    /// Where each of the card's blocks ends: a byte of `html`. Never falling. A footnote's text stands at the end of the body, so
    /// there it has no length.
    pub blocks: Vec<u32>,
}

/// A gap in a body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hole {
    /// Where it is filled: a byte of `html`.
    pub at: u32,
    /// Where the writer wrote it: a byte range of the source.
    pub span: Span,
    /// What belongs into it.
    pub kind: HoleKind,
}

/// What belongs into a hole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum HoleKind {
    /// The address of a link, inside the quotes of an `href`. `dest` is as written: `../b.md#h`, `@/b.md`, `/x`.
    Link {
        /// The destination, entities and escapes resolved.
        dest: Arc<str>,
    },
    /// The address of a `[[wikilink]]`, inside the quotes of an `href`.
    WikiLink {
        /// The name between the brackets, with an optional `#heading`.
        dest: Arc<str>,
    },
    /// A link of the heading that became the title, which shows none: nothing is written, but it is told if it leads nowhere.
    TitleLink {
        /// The destination, or the name between the brackets.
        dest: Arc<str>,
        /// Whether it was a `[[wikilink]]`.
        wiki: bool,
    },
    /// The address of a picture or file in raw HTML, inside the quotes of a `src`.
    Asset {
        /// The destination as written.
        dest: Arc<str>,
    },
    /// A whole `<img>`, with width and height when they are known.
    Image(Image),
    /// A word that the body says by itself, from the catalogue of the essay's language: the title of an alert.
    Message {
        /// The key of the message: `alert-note`.
        key: Arc<str>,
    },
    /// A component of the theme. Its body is the HTML from `at` to `end`, further holes included.
    Component {
        /// The name after `<`.
        name: Arc<str>,
        /// The arguments, a [`Data::Map`].
        args: Data,
        /// Texts among them, parts of which no conversion between scripts may touch.
        kept: Vec<Kept>,
        /// Where its body ends in `html`; `None` for `{{ <name /> }}`, which has no body.
        end: Option<u32>,
        /// Whether it stands in a `<p>` beside other text, or in inline markup, and in no other component there. What these may not
        /// hold ends them.
        within: bool,
    },
    /// A code block or formula, which stands in `html` from `at` as it is shown where no plugin has set it.
    Verbatim(Verbatim),
}

impl HoleKind {
    /// Where the HTML that belongs to the hole ends, for those kinds that have any.
    pub fn end(&self) -> Option<u32> {
        match self {
            HoleKind::Component { end, .. } => *end,
            HoleKind::Verbatim(text) => Some(text.end),
            _ => None,
        }
    }

    /// The same, to be moved with its hole.
    pub fn end_mut(&mut self) -> Option<&mut u32> {
        match self {
            HoleKind::Component { end, .. } => end.as_mut(),
            HoleKind::Verbatim(text) => Some(&mut text.end),
            _ => None,
        }
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// The destination as written, entities and escapes resolved: `a.jpg`, `/b.png`, `https://…`.
    pub src: Arc<str>,
    /// What it shows, as text.
    pub alt: String,
    /// The title, which becomes a caption when the picture stands alone.
    pub title: Option<String>,
    /// How wide it is to be shown, in pixels of the style, where that is said: `![[a.png|300]]`.
    pub width: Option<u32>,
    /// Of these two texts, those parts of which no conversion between scripts may touch.
    pub kept: Vec<Kept>,
    /// Whether the picture is a paragraph of its own; it is then a `<figure>`.
    pub figure: bool,
    /// Whether it is the first of the page, which is loaded eagerly.
    pub first: bool,
}

impl Body {
    /// A body without holes.
    pub fn plain(html: impl Into<String>) -> Body {
        Body { html: html.into(), ..Body::default() }
    }
}
