//! Tera 2, themes, and all that a template sees. The template engine stays behind this crate's wall.
//!
//! ```text
//! layers of files --Theme::load--> Theme
//! Theme + Site --Renderer::new--> Renderer --fill--> a body without holes --page--> a page
//! ```
//!
//! A template sees a value, made in `view.rs` and nowhere else, and may ask questions ([`Query`]). The builder renders a
//! page again when its template, its view or the answer to one of its questions changed, so these three have fingerprints:
//! [`Theme::template_fingerprint`], [`Renderer::view_fingerprint`], [`Renderer::answer`].
//!
//! Where to look first: `view.rs` for the names a template may use, `functions.rs` and `filters.rs` for what it may call.

mod anchors;
mod arguments;
mod bases;
mod catalogues;
mod closure;
mod config;
mod data;
mod derived;
mod earlier;
mod elements;
mod embed;
mod encodings;
mod escape;
mod faults;
mod fill;
mod filters;
mod fragments;
mod frame;
mod functions;
mod hash;
mod holes;
mod items;
mod known;
mod load;
mod locale;
mod lookups;
mod markdown;
mod messages;
mod people;
mod phrases;
mod pieces;
mod prints;
mod queries;
mod refused;
mod render;
mod scope;
mod shims;
mod stage;
mod strings;
mod tera1;
mod time;
mod values;
mod view;

#[cfg(test)]
mod tests;

use std::io;
use std::sync::Arc;

use fika_model::{Body, Data, Diagnostic, Fingerprint, Lang};

pub use earlier::Earlier;
pub use embed::builtin;
pub use faults::gist;
pub use load::Theme;
pub use queries::Query;
pub use render::Renderer;

/// A file of a theme or of the site's own overrides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFile {
    /// From the theme's folder, with forward slashes: `templates/base.html`, `i18n/zh.ftl`, `static/paper.css`.
    pub path: Arc<str>,
    /// The name in diagnostics: the path from the site's root, or `paper:templates/base.html` for a built-in file.
    pub origin: Arc<str>,
    /// The content.
    pub bytes: Arc<[u8]>,
}

/// What a file is to a browser that shall show it as a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A picture that browsers show.
    Picture,
    /// A picture that few browsers show: HEIC, TIFF, Photoshop's.
    Foreign,
    /// A file with the name of a picture that cannot be read as one.
    Broken,
    /// An SVG whose name does not say so, and which no browser takes for one.
    UnnamedSvg,
    /// A film.
    Film,
    /// Music, or speech.
    Sound,
    /// Anything else.
    Other,
}

/// What templates may read besides the site. Answers are fingerprinted.
pub trait Resources: Send + Sync {
    /// A file's bytes, by its path from the site's root.
    fn read(&self, path: &str) -> io::Result<Arc<[u8]>>;
    /// A file's fingerprint, without reading it where it is known; `None` if there is no such file.
    fn fingerprint(&self, path: &str) -> Option<Fingerprint>;
    /// A picture's width and height in pixels.
    fn image_size(&self, path: &str) -> Option<(u32, u32)>;
    /// What a file is, by its name or its first bytes.
    fn media(&self, _path: &str) -> Media {
        Media::Picture
    }
    /// Parses a data file (YAML, TOML, JSON, CSV by its extension or `format`).
    fn data(&self, path: &str, format: Option<&str>) -> Result<Data, Diagnostic>;
    /// Markdown as the site reads it, `markdown` in a template; nothing where nobody can read it.
    fn markdown(&self, _lang: &Lang, _text: &str) -> Option<Body> {
        None
    }
    /// Parses data written in a template, `load_data(literal=…, format=…)`. JSON is read without asking.
    fn literal(&self, text: &str, format: &str) -> Result<Data, Diagnostic>;
}

/// How addresses are written when holes are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    /// From the root of the host, under the base path: for pages.
    Path,
    /// Whole, with scheme and host: for feeds.
    Absolute,
}

/// A body with its holes filled, and where its blocks end in it.
#[derive(Debug, Clone, Default)]
pub struct Pieces {
    /// The body.
    pub rendered: Rendered,
    /// The end of each block of the card; none where it cannot be cut off from the next.
    pub ends: Vec<Option<usize>>,
}

/// Two pieces of HTML that stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// In the language of the page.
    pub left: String,
    /// In the other.
    pub right: String,
    /// What became of the original's since the translation was made: `changed`, `added`, `removed`. Or `same`: both have what
    /// stands on the left.
    pub state: Option<&'static str>,
}

/// HTML with what was asked for it and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// Every question, once, sorted.
    pub asked: Vec<Query>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}
