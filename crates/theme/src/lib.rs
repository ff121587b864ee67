//! Tera 2, themes, and all that a template sees. The template engine stays behind this crate's wall.

use std::io;
use std::sync::Arc;

use fika_model::{Body, Config, Data, Diagnostic, EntryId, Fingerprint, Lang, Page, Site};
use serde::{Deserialize, Serialize};

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

/// The files of a theme that is built into the binary, such as `paper`.
pub fn builtin(_name: &str) -> Option<Vec<ThemeFile>> {
    unimplemented!()
}

/// What templates may read besides the site. Answers are fingerprinted.
pub trait Resources: Send + Sync {
    /// A file's bytes, by its path from the site's root.
    fn read(&self, path: &str) -> io::Result<Arc<[u8]>>;
    /// A file's fingerprint, without reading it where it is known; `None` if there is no such file.
    fn fingerprint(&self, path: &str) -> Option<Fingerprint>;
    /// A picture's width and height in pixels.
    fn image_size(&self, path: &str) -> Option<(u32, u32)>;
    /// Parses a data file (YAML, TOML, JSON, CSV by its extension or `format`).
    fn data(&self, path: &str, format: Option<&str>) -> Result<Data, Diagnostic>;
}

/// Templates, catalogues and assets, loaded and checked. Immutable.
pub struct Theme {}

impl Theme {
    /// Loads layers, the first wins file by file: the site's own, the theme's, the built-in default.
    pub fn load(_config: &Config, _layers: Vec<Vec<ThemeFile>>) -> (Theme, Vec<Diagnostic>) {
        unimplemented!()
    }
    /// Whether there is such a template.
    pub fn has_template(&self, _name: &str) -> bool {
        unimplemented!()
    }
    /// The fingerprint of a template and of everything it extends, includes and calls.
    pub fn template_fingerprint(&self, _name: &str) -> Fingerprint {
        unimplemented!()
    }
    /// The names of all templates, sorted, for suggestions.
    pub fn template_names(&self) -> Vec<&str> {
        unimplemented!()
    }
    /// The theme's static files: route and file, sorted, the site's own `static/` not among them.
    pub fn static_files(&self) -> Vec<(&str, &ThemeFile)> {
        unimplemented!()
    }
    /// An interface string without arguments.
    pub fn message(&self, _lang: &Lang, _key: &str) -> Option<String> {
        unimplemented!()
    }
}

/// A question a template asked, and by which its page depends on the answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Query {
    /// The theme helper defines these.
    Placeholder,
}

/// How addresses are written when holes are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    /// From the root of the host, under the base path: for pages.
    Path,
    /// Whole, with scheme and host: for feeds.
    Absolute,
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

/// Renders the pages of one build. Cheap to share between threads.
pub struct Renderer {}

impl Renderer {
    /// A renderer for one linked site.
    pub fn new(_theme: Arc<Theme>, _site: Arc<Site>, _resources: Arc<dyn Resources>) -> Renderer {
        unimplemented!()
    }
    /// The template a page is rendered with: the first of its candidates that the theme has.
    pub fn template(&self, _page: &Page) -> Option<&str> {
        unimplemented!()
    }
    /// The fingerprint of all that a page's template sees, its own body excepted.
    pub fn view_fingerprint(&self, _page: &Page) -> Fingerprint {
        unimplemented!()
    }
    /// The fingerprint of the answer to a question, as of this build. Answered once for each question.
    pub fn answer(&self, _query: &Query) -> Fingerprint {
        unimplemented!()
    }
    /// Fills the holes of an essay's body (or of its summary). `source` reads the essay's text, for places in diagnostics;
    /// it is called only when there is something to report.
    pub fn fill(&self, _entry: EntryId, _body: &Body, _addresses: Addresses, _source: &dyn Fn() -> Option<String>) -> Rendered {
        unimplemented!()
    }
    /// Renders a page; `content` is its own body, filled.
    pub fn page(&self, _page: &Page, _content: &str) -> Rendered {
        unimplemented!()
    }
}
