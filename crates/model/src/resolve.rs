//! From what a writer wrote between the parentheses of a link to an address of the site.

use std::sync::Arc;

use crate::paths::{decode, hash, is_external, is_local, join, markdown_stem};
use crate::wikilink::Names;
use crate::{EntryId, Lang, Route, Site, encode_path, nearest};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Out of the site, unchanged.
    External,
    /// A place of the same page: the query as written, and the fragment, percent-encoded, with its `#`. A bare `#` is its top.
    Fragment(String),
    /// A page of the site.
    Page {
        /// The entry, where the page belongs to one.
        entry: Option<EntryId>,
        /// The route.
        route: Route,
        /// The query as written, and the fragment, percent-encoded, with its `#`; or nothing.
        fragment: String,
        /// The page's language, when it differs from the language of the page that links.
        lang: Option<Lang>,
    },
    /// A file of the site.
    File {
        /// The source, unless a plugin makes it.
        source: Option<Arc<str>>,
        /// The route.
        route: Route,
        /// What followed the path: `?query` and `#fragment`, as written.
        suffix: String,
    },
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// The destination is empty: `[text]()`.
    Empty,
    /// There is no such page or file.
    Target {
        /// A source path or name that is near.
        nearest: Option<String>,
    },
    /// There is a folder with essays, but no `_index.md` makes it a section.
    Section {
        /// The folder, from the site's root.
        folder: String,
    },
    /// The essay is there, but is a draft, waits for its date or has no address of its own.
    Unpublished {
        /// Its source.
        source: Arc<str>,
    },
    /// The section is there, but wants no page of its own: `render: false`.
    Pageless {
        /// Its source.
        source: Arc<str>,
    },
    /// The page is there, the heading is not.
    Anchor {
        /// The source of the page.
        source: Arc<str>,
        /// The page. A component in it may make the id: only the theme knows.
        entry: EntryId,
        /// The fragment, as a person reads it.
        fragment: String,
        /// An id of the page that is near.
        nearest: Option<String>,
    },
    /// A path of somebody's own disk: `C:\…`, `/Users/…`, `file://…`.
    Local,
}

/// Where links of a page start from.
#[derive(Debug, Clone, Copy)]
pub struct From<'a> {
    /// The entry, for `#fragment` links.
    pub entry: Option<EntryId>,
    /// The directory of relative links, from the site's root: `content/essays`.
    pub base: &'a str,
    /// The language of the page.
    pub lang: &'a Lang,
}

impl Site {
    /// Where links of an entry start from.
    pub fn from(&self, id: EntryId) -> From<'_> {
        let entry = self.entry(id);
        From { entry: Some(id), base: &entry.card.base, lang: &entry.lang }
    }

    /// Resolves a destination as written in Markdown or given to `get_url`.
    ///
    /// In order: out of the site; `#heading`; `@/page.md` and any `…​.md` path; a file of the site; an address of the site.
    /// A page in another language is exchanged for its version in the language of the page that links, or else in one that this
    /// language falls back to.
    /// A destination that is missing comes with the name of a near one, which is slow to find: see [`Site::lookup`].
    pub fn resolve(&self, from: From<'_>, dest: &str) -> Result<Target, Missing> {
        self.lookup(from, dest).and_then(|target| self.shown(target)).map_err(|missing| match missing {
            Missing::Target { .. } => match self.folder(from, dest) {
                Some(folder) => Missing::Section { folder },
                None => Missing::Target { nearest: self.near(from, dest) },
            },
            other => other,
        })
    }

    /// Where a link or `[[wikilink]]` leads, if anywhere.
    pub fn target(&self, from: From<'_>, dest: &str) -> Option<Target> {
        self.lookup(from, dest).or_else(|_| self.find_wikilink(from, dest)).ok()
    }

    /// The same as [`Site::resolve`], without the search for a near name.
    pub fn lookup(&self, from: From<'_>, dest: &str) -> Result<Target, Missing> {
        let dest = dest.trim();
        if dest.is_empty() {
            return Err(Missing::Empty);
        }
        if is_local(dest) {
            return Err(Missing::Local);
        }
        if is_external(dest) {
            return Ok(Target::External);
        }
        let (path, suffix) = dest.split_at(dest.find(['?', '#']).unwrap_or(dest.len()));
        let (query, fragment) = suffix.split_at(suffix.find('#').unwrap_or(suffix.len()));
        let fragment = decode(fragment.trim_start_matches('#'));
        if path.is_empty() {
            let mut anchor = match from.entry {
                Some(entry) => self.anchor(entry, &fragment)?,
                None => hash(&fragment),
            };
            // The top of the page: an empty address would load it anew.
            if anchor.is_empty() && suffix.contains('#') {
                anchor.push('#');
            }
            return Ok(Target::Fragment(format!("{query}{anchor}")));
        }
        let path = decode(path);
        if let Some(entry) = self.content(from, &path) {
            return self.page_target(from, entry, query, &fragment);
        }
        // What was saved from a page may have the query of its address in its name: `640?wx_fmt=png`.
        let named = (!query.is_empty()).then(|| [&path, &*decode(query)].concat());
        let named = named.and_then(|name| self.file(from, &name, &suffix[query.len()..]));
        if let Some(file) = named.or_else(|| self.file(from, &path, suffix)) {
            return Ok(file);
        }
        self.address(from, &path, query, suffix, &fragment).ok_or_else(|| {
            match self.withheld_at(&self.full(from, &path)) {
                Some(source) => Missing::Unpublished { source },
                None => Missing::Target { nearest: None },
            }
        })
    }

    /// The source that is not published and is meant by a path from the site's root: it lies there, in whichever language, or has the
    /// file there in its own folder.
    fn withheld_at(&self, path: &str) -> Option<Arc<str>> {
        let withheld = &self.index.withheld;
        if let Some((source, _)) = withheld.get_key_value(path) {
            return Some(source.clone());
        }
        let key = markdown_stem(path).and_then(|stem| self.in_content(stem)).map(|stem| self.bare(stem));
        let is_it = |(source, names): &(&Arc<str>, &Names)| {
            let (folder, name) = source.rsplit_once('/').unwrap_or(("", source));
            let is_below = || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            key == Some(&*names.key) || (is_called(name, "index.") && is_below())
        };
        withheld.iter().find(is_it).map(|(source, _)| source.clone())
    }

    /// What versions of one essay are called alike: a path that has lost its ending, without the language and the name of a folder's
    /// own file behind it.
    pub(crate) fn bare<'p>(&self, stem: &'p str) -> &'p str {
        let without_lang = stem.rsplit_once('.').filter(|(_, tag)| self.config.language_for(tag).is_some());
        let bare = without_lang.map_or(stem, |(bare, _)| bare);
        bare.strip_suffix("/index").unwrap_or(bare)
    }

    /// A file of the site: beside the page, below the content folder, or below `static`.
    fn file(&self, from: From<'_>, path: &str, suffix: &str) -> Option<Target> {
        let content = &*self.config.content_dir;
        let from_root = |root: &str| join(root, path.trim_start_matches("@/").trim_start_matches('/'));
        let candidates = if path.starts_with("@/") {
            vec![from_root(content)]
        } else if path.starts_with('/') {
            vec![from_root("static"), from_root(content)]
        } else {
            vec![join(from.base, path), join("static", path)]
        };
        let found = candidates.iter().find_map(|path| self.files.get_key_value(path.as_str()));
        found.map(|(source, route)| Target::File {
            source: Some(source.clone()),
            route: route.clone(),
            suffix: suffix.to_owned(),
        })
    }

    /// A target, unless it is a section without a page.
    pub fn shown(&self, target: Target) -> Result<Target, Missing> {
        match &target {
            Target::Page { entry: Some(id), route, .. } if !self.index.route.contains_key(route) => {
                Err(Missing::Pageless { source: self.entry(*id).card.source.clone() })
            }
            _ => Ok(target),
        }
    }

    /// The entry a content path means: `../b.md`, `@/essays/b.md`, `/essays/b.md`, or the same without `.md` after `@/`.
    fn content(&self, from: From<'_>, path: &str) -> Option<EntryId> {
        if markdown_stem(path).is_none() && !path.starts_with("@/") {
            return None;
        }
        let full = self.full(from, path);
        if let Some(&found) = self.index.source.get(full.as_str()) {
            return Some(found);
        }
        // `moon.md` may exist as `moon.zh-Hans.md`, `moon/index.md` or in a language folder only.
        let inner = self.in_content(&full)?;
        let key = markdown_stem(inner).unwrap_or(inner);
        let key = key.strip_suffix("/index").unwrap_or(key).trim_end_matches('/');
        // A version that is not there is exchanged for one that is, as when it is.
        let of = |key: &str| {
            let section = if key.is_empty() { "_index".to_owned() } else { format!("{key}/_index") };
            self.index.key.get(key).or_else(|| self.index.key.get(section.as_str()))
        };
        let without_language = || {
            let (bare, suffix) = key.rsplit_once('.')?;
            of(bare).filter(|_| self.config.language_for(suffix).is_some())
        };
        self.first_of(of(key).or_else(without_language)?, from.lang)
    }

    /// The entry in a language among several, or else the one in the first language of the site.
    pub(crate) fn first_of(&self, ids: &[EntryId], lang: &Lang) -> Option<EntryId> {
        let own = ids.iter().copied().find(|&id| &self.entry(id).lang == lang);
        own.or_else(|| ids.iter().copied().min_by_key(|&id| self.config.rank(&self.entry(id).lang)))
    }

    /// A path from the site's root as a path from the content folder.
    pub(crate) fn in_content<'a>(&self, path: &'a str) -> Option<&'a str> {
        match &*self.config.content_dir {
            "" => Some(path),
            dir => path.strip_prefix(dir)?.strip_prefix('/'),
        }
    }

    /// A path as written, from the site's root.
    pub(crate) fn full(&self, from: From<'_>, path: &str) -> String {
        match path.strip_prefix("@/").or_else(|| path.strip_prefix('/')) {
            Some(rest) => join(&self.config.content_dir, rest),
            None => join(from.base, path),
        }
    }

    pub(crate) fn page_target(
        &self,
        from: From<'_>,
        id: EntryId,
        query: &str,
        fragment: &str,
    ) -> Result<Target, Missing> {
        let twin = self.readable_version(id, from.lang);
        // A heading is written in the words of the language it was copied from: it may be missing in the twin.
        let anchor = match (self.anchor(twin, fragment), twin == id) {
            (Ok(anchor), _) => anchor,
            (Err(missing), true) => return Err(missing),
            (Err(_), false) => self.anchor(id, fragment).map(|_| String::new())?,
        };
        let entry = self.entry(twin);
        let lang = (&entry.lang != from.lang).then(|| entry.lang.clone());
        let fragment = format!("{query}{anchor}");
        Ok(Target::Page { entry: Some(twin), route: entry.route.clone(), fragment, lang })
    }

    /// The anchor of a page, as it stands in an address; nothing for the top of the page.
    fn anchor(&self, id: EntryId, fragment: &str) -> Result<String, Missing> {
        let card = &self.entry(id).card;
        // A translation with the headings of its original has the original's ids too.
        let is_shared = || {
            let shared = self.shared_headings(id).unwrap_or_default();
            shared.iter().any(|heading| &*heading.id == fragment)
        };
        if fragment.is_empty() || fragment == "top" || card.has_anchor(fragment) || is_shared() {
            return Ok(hash(fragment));
        }
        if card.title_id.as_deref() == Some(fragment) {
            return Ok(String::new());
        }
        let ids = card.headings.iter().map(|heading| &*heading.id).chain(card.anchors.iter().map(|id| &**id));
        Err(Missing::Anchor {
            source: card.source.clone(),
            entry: id,
            fragment: fragment.to_owned(),
            nearest: nearest(fragment, ids).map(str::to_owned),
        })
    }

    /// An address of the site, absolute or relative to the page.
    fn address(
        &self,
        from: From<'_>,
        path: &str,
        query: &str,
        suffix: &str,
        fragment: &str,
    ) -> Option<Target> {
        let base = from.entry.map(|id| self.entry(id).route.as_str()).unwrap_or_default();
        let route = if path.starts_with('/') { path.to_owned() } else { join(base, path) };
        let as_page = Route::new(&format!("{}/", route.trim_end_matches("index.html")));
        let as_file = Route::new(&route);
        if let Some(&page) = self.index.route.get(&as_page).or_else(|| self.index.route.get(&as_file)) {
            let page = self.page(page);
            let lang = (&page.lang != from.lang).then(|| page.lang.clone());
            let fragment = format!("{query}{}", hash(fragment));
            return Some(Target::Page {
                entry: self.subject(page),
                route: page.route.clone(),
                fragment,
                lang,
            });
        }
        let source = self.index.file.get(&as_file)?;
        Some(Target::File { source: source.clone(), route: as_file, suffix: suffix.to_owned() })
    }

    /// The folder of essays that was meant by its path or by its `_index.md`, which is not there.
    fn folder(&self, from: From<'_>, dest: &str) -> Option<String> {
        let path = decode(dest.split(['?', '#']).next().unwrap_or(dest));
        let folder = self.full(from, path.trim_end_matches("_index.md").trim_end_matches('/'));
        let inside =
            self.index.source.keys().filter_map(|source| source.strip_prefix(&*folder)?.strip_prefix('/'));
        let (mut some, mut itself) = (false, false);
        for rest in inside {
            some = true;
            // A section without a page, or a bundle that was meant.
            itself |= is_called(rest, "_index.") || is_called(rest, "index.");
        }
        (some && !itself).then_some(folder)
    }
}

/// Whether a file's name begins in this way, in small letters or in capitals.
fn is_called(name: &str, beginning: &str) -> bool {
    name.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning))
}

impl Target {
    /// The same at an id that nobody looked for, where it is a page.
    #[must_use]
    pub fn at(mut self, id: &str) -> Target {
        if let Target::Fragment(place) | Target::Page { fragment: place, .. } = &mut self {
            place.push_str(&hash(id));
        }
        self
    }

    /// The address to write into an `href` or `src`, before HTML escaping; `dest` is what was resolved.
    pub fn href(&self, site: &Site, dest: &str) -> String {
        let base = site.config.base_url.path();
        match self {
            Target::External => dest.trim().to_owned(),
            Target::Fragment(fragment) => fragment.clone(),
            Target::Page { route, fragment, .. } => {
                format!("{base}{}{fragment}", encode_path(route.as_str()))
            }
            Target::File { route, suffix, .. } => format!("{base}{}{suffix}", encode_path(route.as_str())),
        }
    }

    /// The same as a whole address, for feeds. A fragment is joined to `page`, the whole address of the page that links.
    pub fn absolute(&self, site: &Site, dest: &str, page: &str) -> String {
        match self {
            Target::External => dest.trim().to_owned(),
            Target::Fragment(fragment) => format!("{page}{fragment}"),
            Target::Page { .. } | Target::File { .. } => {
                format!("{}{}", site.config.base_url.origin(), self.href(site, dest))
            }
        }
    }
}
