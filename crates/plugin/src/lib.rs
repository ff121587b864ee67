//! The plugin trait: one hook for each arrow of the pipeline. The built-in plugins use this and nothing else.
//!
//! ```text
//! disk --sources--> load --markdown--> parse --body--> link --site--> render --page--> collect --files--> write
//! ```
//!
//! A hook takes a value and gives a value. What it is given is all it may look at (only [`Plugin::sources`] may look
//! at the world), because the builder remembers its answer for as long as what it was given stays the same.
//!
//! ```
//! use fika_plugin::{FilesContext, Files, Fingerprint, Hook, Plugin, Route};
//!
//! /// Writes `humans.txt` with the name of the site.
//! struct Humans;
//!
//! impl Plugin for Humans {
//!     fn name(&self) -> &str {
//!         "humans"
//!     }
//!     fn fingerprint(&self) -> Fingerprint {
//!         Fingerprint::of("humans 1")
//!     }
//!     fn hooks(&self) -> &[Hook] {
//!         &[Hook::Files]
//!     }
//!     fn files(&self, cx: &FilesContext<'_>) -> Files {
//!         let title = &cx.site.config.default_language().title;
//!         Files::one(Route::new("humans.txt"), format!("Site: {title}\n"))
//!     }
//! }
//! ```

use std::sync::Arc;

pub use fika_model::{
    Body, Card, Code, Config, Data, DateTime, Diagnostic, Entry, EntryId, Essay, Fingerprint, Fingerprinter,
    Lang, Page, PageKind, Placed, Route, Site, SourceKind, Span, Taxonomy, Term, Verbatim, VerbatimKind,
    VirtualPage,
};

/// The hooks, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hook {
    /// [`Plugin::sources`]
    Sources,
    /// [`Plugin::markdown`]
    Markdown,
    /// [`Plugin::body`]
    Body,
    /// [`Plugin::site`]
    Site,
    /// [`Plugin::page`]
    Page,
    /// [`Plugin::files`]
    Files,
}

/// How much of a card [`Plugin::site`] and [`Plugin::files`] look at; what they [`Ask`] for is theirs in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sees {
    /// All of it.
    Cards,
    /// All but what follows from the running text alone: the summary, the words, the blocks, where headings stand, how a translation
    /// stands to its original. The answer of such a plugin is kept while a writer edits texts. Builds with debug assertions look
    /// whether it kept its word.
    Outlines,
}

/// A plugin. Every hook has a default that changes nothing; only those named by [`Plugin::hooks`] are called.
pub trait Plugin: Send + Sync {
    /// Its name, as in the configuration under `plugins:` and in diagnostics.
    fn name(&self) -> &str;

    /// A fingerprint of its version and options: a new one makes the builder forget every answer it gave.
    fn fingerprint(&self) -> Fingerprint;

    /// The hooks it has.
    fn hooks(&self) -> &[Hook];

    /// How much of a card it looks at.
    fn sees(&self) -> Sees {
        Sees::Cards
    }

    /// Further sources that are not files of the site. The only hook that may read the world.
    fn sources(&self, _config: &Config) -> Sources {
        Sources::default()
    }

    /// Text to text, before Markdown is read; front matter is not part of it. `None` leaves it as it is.
    /// Lines should stay where they are, or the places in diagnostics will be wrong.
    fn markdown(&self, _cx: &SourceContext<'_>, _text: &str) -> Option<String> {
        None
    }

    /// One essay, card and body, to another. To set code blocks and formulas, see [`Essay::with_verbatims`].
    fn body(&self, _cx: &BodyContext<'_>, essay: Essay) -> Essay {
        essay
    }

    /// Looks at all cards and asks for taxonomies, pages and addresses.
    fn site(&self, _draft: &Draft<'_>) -> Additions {
        Additions::default()
    }

    /// The finished HTML of a page to another. `None` leaves it as it is.
    fn page(&self, _cx: &PageContext<'_>, _html: &str) -> Option<String> {
        None
    }

    /// Files of the whole site: feeds, the sitemap, an index.
    fn files(&self, _cx: &FilesContext<'_>) -> Files {
        Files::default()
    }
}

/// What [`Plugin::sources`] gives.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Files as if they lay in the site's folder: a path from its root (`content/notes/a.md`) and the bytes.
    pub files: Vec<(Arc<str>, SourceKind, Vec<u8>)>,
    /// What went wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// What [`Plugin::markdown`] may look at besides the text.
#[derive(Debug, Clone, Copy)]
pub struct SourceContext<'a> {
    /// The configuration. What is read of it beyond `languages`, `taxonomies` and `markdown` belongs in [`Plugin::fingerprint`].
    pub config: &'a Config,
    /// The file's path from the site's root.
    pub path: &'a str,
    /// The language of the file.
    pub lang: &'a Lang,
}

/// What [`Plugin::body`] may look at besides the essay.
#[derive(Clone, Copy)]
pub struct BodyContext<'a> {
    /// The configuration. What is read of it beyond `languages`, `taxonomies` and `markdown` belongs in [`Plugin::fingerprint`].
    pub config: &'a Config,
    /// The file as text, in which spans count: read when it is first asked for.
    pub text: &'a dyn Fn() -> String,
    /// Keeps costly parts of the answer, for when the essay changes and they do not.
    pub memory: &'a dyn Memory,
}

/// What plugins remember of essays from one build to the next.
pub trait Memory {
    /// What was made for this key before, for whichever essay, else what `make` makes now. The key must hold all that it
    /// depends on, the plugin's name and version included.
    fn remember(&self, key: Fingerprint, make: &mut dyn FnMut() -> String) -> Arc<str>;
}

/// Remembers nothing.
#[derive(Debug, Clone, Copy)]
pub struct NoMemory;

impl Memory for NoMemory {
    fn remember(&self, _key: Fingerprint, make: &mut dyn FnMut() -> String) -> Arc<str> {
        make().into()
    }
}

/// What [`Plugin::site`] may look at: every card in its place, before pages are made.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// All essays and sections, sorted by source path.
    pub entries: &'a [Entry],
}

/// What [`Plugin::site`] asks for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Additions {
    /// Taxonomies; their lists, terms and further pages are made by the builder.
    pub taxonomies: Vec<Taxonomy>,
    /// Other pages.
    pub pages: Vec<VirtualPage>,
    /// Addresses of files that [`Plugin::files`] will make, so that links to them are known to be good.
    pub routes: Vec<Route>,
    /// What went wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// What [`Plugin::page`] may look at besides the HTML.
#[derive(Debug, Clone, Copy)]
pub struct PageContext<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The address of the page.
    pub route: &'a Route,
    /// The language of its interface.
    pub lang: &'a Lang,
    /// The card of the essay or section that it shows.
    pub card: Option<&'a Card>,
}

/// What [`Plugin::files`] may look at.
#[derive(Clone, Copy)]
pub struct FilesContext<'a> {
    /// The linked site.
    pub site: &'a Site,
    /// The builder, who knows bodies and interface strings.
    pub ask: &'a dyn Ask,
}

/// Questions that only the builder can answer.
pub trait Ask: Sync {
    /// The body of an essay as HTML that stands on its own: every address is absolute.
    fn html(&self, entry: EntryId) -> String;
    /// The summary of an essay as HTML with absolute addresses, if it has one.
    fn summary(&self, entry: EntryId) -> Option<String>;
    /// An interface string in a language, without arguments.
    fn t(&self, lang: &Lang, key: &str) -> String;
}

impl FilesContext<'_> {
    /// The body of an essay as HTML that stands on its own: every address is absolute.
    pub fn html(&self, entry: EntryId) -> String {
        self.ask.html(entry)
    }

    /// The summary of an essay as HTML with absolute addresses, if it has one.
    pub fn summary(&self, entry: EntryId) -> Option<String> {
        self.ask.summary(entry)
    }

    /// An interface string in a language, without arguments.
    pub fn t(&self, lang: &Lang, key: &str) -> String {
        self.ask.t(lang, key)
    }
}

/// A file of the output that is not an HTML page of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its address.
    pub route: Route,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What [`Plugin::files`] gives.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// The files.
    pub files: Vec<File>,
    /// What went wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl Files {
    /// A single file.
    pub fn one(route: Route, bytes: impl Into<Vec<u8>>) -> Files {
        Files { files: vec![File { route, bytes: bytes.into() }], diagnostics: Vec::new() }
    }
}

/// The plugins of a site, in the order in which they run.
#[derive(Clone, Default)]
pub struct Plugins(Vec<Arc<dyn Plugin>>);

impl Plugins {
    /// These plugins, in this order.
    pub fn new(plugins: impl IntoIterator<Item = Arc<dyn Plugin>>) -> Plugins {
        Plugins(plugins.into_iter().collect())
    }

    /// The same with one more, which runs last.
    #[must_use]
    pub fn and(mut self, plugin: Arc<dyn Plugin>) -> Plugins {
        self.0.push(plugin);
        self
    }

    /// Those that have a hook, in order.
    pub fn with(&self, hook: Hook) -> impl Iterator<Item = &dyn Plugin> {
        self.0.iter().map(|plugin| &**plugin).filter(move |plugin| plugin.hooks().contains(&hook))
    }

    /// The fingerprint of all that have one of some hooks: names, versions, options, order.
    pub fn fingerprint(&self, hooks: &[Hook]) -> Fingerprint {
        let mut parts = Fingerprinter::new();
        for plugin in self.0.iter().filter(|plugin| plugin.hooks().iter().any(|hook| hooks.contains(hook))) {
            parts.add(plugin.name()).add(plugin.fingerprint());
        }
        parts.finish()
    }
}
