//! The site: all cards linked, every address known. Made once by `link`, read by every page in parallel.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::entry::Borrow;
use crate::wikilink::Names;
use crate::{AnchorLinks, Config, Data, DateTime, Entry, EntryId, Fingerprint, Heading, Lang, Route};

/// The place of a page in [`Site::pages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageId(pub u32);

/// The place of a taxonomy in [`Site::taxonomies`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TaxonomyId(pub u32);

/// One HTML file of the output.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its address.
    pub route: Route,
    /// Its address under the base path, percent-encoded.
    pub path: Arc<str>,
    /// Its whole address, percent-encoded.
    pub permalink: Arc<str>,
    /// The whole address of the page that search engines shall know in its place: that of the original whose words it shows, or
    /// that of the home page it is a copy of. None for most pages, which are themselves.
    pub canonical: Option<Arc<str>>,
    /// The language of its interface.
    pub lang: Lang,
    /// What it shows.
    pub kind: PageKind,
    /// Template names in order of preference; the theme has at least one of them.
    pub templates: Vec<Arc<str>>,
    /// For every language of the site, in its order, where the language switch leads. Holds the page itself.
    pub languages: Vec<Alternate>,
    /// The file to blame for problems: the essay, or the configuration.
    pub origin: Arc<str>,
}

/// Where the switch to a language leads from a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// The language.
    pub lang: Lang,
    /// The page in that language: the same one, or the nearest there is (parent section, home).
    pub page: PageId,
    /// How near it is.
    pub fit: Fit,
}

/// How near to a page its counterpart in another language is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// The same page in the words of that language, which belongs into `hreflang`.
    Same,
    /// The same page with its words in another language; see [`Borrow::Fallback`].
    Fallback,
    /// Another page: the list that it would stand in, or the home page.
    Near,
}

impl Alternate {
    /// Whether it is the same page in that language.
    pub fn exact(&self) -> bool {
        self.fit == Fit::Same
    }
}

impl Page {
    /// The versions of the page in the words of each language, itself included, for `hreflang`: empty if there is but one, or if
    /// the page itself shows words of another language.
    pub fn versions(&self) -> impl Iterator<Item = &Alternate> {
        let exact = || self.languages.iter().filter(|alternate| alternate.exact());
        let itself = self.canonical.is_none() && exact().any(|alternate| alternate.lang == self.lang);
        exact().filter(move |_| itself && exact().count() > 1)
    }

    /// The whole address by which it wants to be known.
    pub fn canonical(&self) -> &Arc<str> {
        self.canonical.as_ref().unwrap_or(&self.permalink)
    }

    /// Whether it is all of what it shows, or of a list that is cut into pages the first.
    pub fn is_first(&self) -> bool {
        match &self.kind {
            PageKind::Section { pager, .. }
            | PageKind::Term { pager, .. }
            | PageKind::Virtual { pager, .. } => pager.as_ref().is_none_or(|pager| pager.index == 1),
            _ => true,
        }
    }
}

/// What a page shows.
#[derive(Debug, Clone, PartialEq)]
pub enum PageKind {
    /// An essay.
    Essay(EntryId),
    /// A section; the home page is the one without a parent.
    Section {
        /// The section.
        entry: EntryId,
        /// Which of its pages this is, when it is paginated.
        pager: Option<Pager>,
    },
    /// An essay beside its version in another language.
    Parallel {
        /// The essay in the page's language.
        entry: EntryId,
        /// The other one.
        other: EntryId,
    },
    /// The list of a taxonomy's terms.
    Taxonomy(TaxonomyId),
    /// One term of a taxonomy.
    Term {
        /// The taxonomy.
        taxonomy: TaxonomyId,
        /// The term's place in [`Taxonomy::terms`].
        term: u32,
        /// Which of its pages this is, when it is paginated.
        pager: Option<Pager>,
    },
    /// A page that a plugin asked for.
    Virtual {
        /// What it is.
        page: Arc<VirtualPage>,
        /// Which of its pages this is, when it is paginated.
        pager: Option<Pager>,
    },
    /// The page shown for addresses that do not exist.
    NotFound,
    /// The page at the root of a site whose languages all live in folders: it lets the reader choose one.
    Gateway,
    /// A page that only leads elsewhere: an alias, `redirect_to`, `page/1/`.
    Redirect {
        /// The whole address it leads to.
        to: Arc<str>,
    },
}

/// One page of a list that is cut into several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pager {
    /// This page, from 1.
    pub index: u32,
    /// How many there are.
    pub count: u32,
    /// Entries on a full page.
    pub paginate_by: u32,
    /// The first entry of this page in the whole list.
    pub start: u32,
    /// The entry after the last of this page.
    pub end: u32,
    /// The address of the first page.
    pub base: Route,
    /// The segment before the number: `page`.
    pub segment: Arc<str>,
}

impl Pager {
    /// The address of page `index` (from 1).
    pub fn route(&self, index: u32) -> Route {
        if index <= 1 { self.base.clone() } else { self.base.join(&format!("{}/{index}/", self.segment)) }
    }
}

/// A taxonomy in one language, such as the tags of English essays.
#[derive(Debug, Clone, PartialEq)]
pub struct Taxonomy {
    /// The name in the configuration: `tags`.
    pub name: Arc<str>,
    /// The language.
    pub lang: Lang,
    /// The address of the list: `tags/`, `en/tags/`.
    pub route: Route,
    /// Entries on one page of a term; 0 is all.
    pub paginate_by: u32,
    /// The terms, as the language sorts.
    pub terms: Vec<Term>,
}

/// One term of a taxonomy.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The name as most essays write it.
    pub name: Arc<str>,
    /// The language of the name: that of the list, unless all that carry it there are in the words of another.
    pub lang: Lang,
    /// The last segment of its address.
    pub slug: Arc<str>,
    /// What ties it to the same term in other languages: its slug, unless the configuration says more.
    pub key: Arc<str>,
    /// Its address.
    pub route: Route,
    /// The essays that carry it, newest first.
    pub entries: Vec<EntryId>,
}

/// A page that a plugin asks for in the `site` hook: an archive, a list of authors, a map.
#[derive(Debug, Clone, PartialEq)]
pub struct VirtualPage {
    /// What ties its versions in several languages together: `archive`.
    pub key: Arc<str>,
    /// The language.
    pub lang: Lang,
    /// Its address.
    pub route: Route,
    /// Its title; empty if that is the interface string of its key.
    pub title: Arc<str>,
    /// The template, with `virtual.html` and `section.html` to fall back on.
    pub template: Arc<str>,
    /// Seen by the template as `data`.
    pub data: Data,
    /// Seen by the template as `pages`, or page by page as `paginator.pages`.
    pub entries: Vec<EntryId>,
    /// Entries on one page; 0 is all.
    pub paginate_by: u32,
}

/// Everything that all pages share.
#[derive(Debug, Clone)]
pub struct Site {
    /// The configuration.
    pub config: Arc<Config>,
    /// The moment the build is for: what lies in its future is not published, and templates see it as `now()`.
    pub now: DateTime,
    /// All essays and sections that are published, sorted by source path; those that borrow their words stand after them.
    pub entries: Vec<Entry>,
    /// All HTML files of the output, sorted by route.
    pub pages: Vec<Page>,
    /// All taxonomies, in the order of the configuration, then of the languages.
    pub taxonomies: Vec<Taxonomy>,
    /// The home page of each language, in the order of the configuration.
    pub homes: Vec<EntryId>,
    /// Published files that are not pages: path of the source to route.
    pub files: BTreeMap<Arc<str>, Route>,
    /// Addresses of files that plugins announced: feeds, the sitemap.
    pub announced: Vec<Route>,
    /// The fingerprint of all addresses and anchors: while it stays, no link can have changed its target.
    pub addresses: Fingerprint,
    /// Looks up entries and pages.
    pub index: Index,
}

/// The ways to find an entry or a page.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// By path of the source: the entry whose own words it holds.
    pub source: HashMap<Arc<str>, EntryId>,
    /// By key, each with its languages.
    pub key: HashMap<Arc<str>, Vec<EntryId>>,
    /// Sources that are not published, with what they are called: drafts, what lies in the future, and what wants another's address.
    pub withheld: BTreeMap<Arc<str>, Names>,
    /// By lower-cased stem, title or key, for `[[wikilinks]]`; made when it is first asked for.
    pub name: OnceLock<HashMap<String, Vec<EntryId>>>,
    /// The same for sources that are not published: the first of each name.
    pub withheld_name: OnceLock<HashMap<String, Arc<str>>>,
    /// By address.
    pub route: HashMap<Route, PageId>,
    /// The first taxonomy page or term page by taxonomy and term (or none for the list).
    pub term: HashMap<(TaxonomyId, Option<u32>), PageId>,
    /// Published routes of files and announced files.
    pub file: HashMap<Route, Option<Arc<str>>>,
}

impl Site {
    /// An entry.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// A page.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0 as usize]
    }

    /// A taxonomy.
    pub fn taxonomy(&self, id: TaxonomyId) -> &Taxonomy {
        &self.taxonomies[id.0 as usize]
    }

    /// A taxonomy by its name and language.
    pub fn find_taxonomy(&self, name: &str, lang: &Lang) -> Option<TaxonomyId> {
        let at =
            self.taxonomies.iter().position(|taxonomy| &*taxonomy.name == name && &taxonomy.lang == lang)?;
        Some(TaxonomyId(at as u32))
    }

    /// The entry with a key in a language.
    pub fn find(&self, key: &str, lang: &Lang) -> Option<EntryId> {
        self.index.key.get(key)?.iter().copied().find(|&id| &self.entry(id).lang == lang)
    }

    /// The entry whose file holds the words of this one: itself, unless they are shown as they are for want of others.
    pub fn original(&self, id: EntryId) -> EntryId {
        self.entry(id).borrowed(Borrow::Fallback).unwrap_or(id)
    }

    /// The version of an entry in a language: itself, a translation, or where that language shows it for want of one.
    pub fn version(&self, id: EntryId, lang: &Lang) -> Option<EntryId> {
        let entry = self.entry(id);
        let all = [id].into_iter().chain(entry.translations.iter().chain(&entry.fallbacks).copied());
        all.into_iter().find(|&id| &self.entry(id).lang == lang)
    }

    /// The version of an entry that readers of a language get: that in their language, else that in the words of the first language
    /// which it falls back to, else the entry itself.
    pub fn readable_version(&self, id: EntryId, lang: &Lang) -> EntryId {
        let entry = self.entry(id);
        let served = || self.config.language(lang).map(|language| language.fallback.served());
        let words_in = |lang: &Lang| {
            let all = [id].into_iter().chain(entry.translations.iter().copied());
            all.into_iter().find(|&id| &self.entry(id).lang == lang && !self.entry(id).is_fallback())
        };
        let near = || served().unwrap_or_default().iter().find_map(words_in);
        self.version(id, lang).or_else(near).unwrap_or(id)
    }

    /// Where links to the headings of an entry stand: as the section says that it is or that is nearest above it and says anything,
    /// else the configuration.
    pub fn anchor_links(&self, id: EntryId) -> AnchorLinks {
        let nearest = [id].into_iter().chain(self.entry(id).ancestors.iter().rev().copied());
        let said = nearest.filter_map(|id| self.entry(id).card.section.as_ref()?.insert_anchor_links).next();
        said.unwrap_or(self.config.markdown.insert_anchor_links)
    }

    /// The headings of the original of a translation, if both are made of the same headings one to one: then the translation has the
    /// original's ids too.
    pub fn shared_headings(&self, id: EntryId) -> Option<&[Heading]> {
        let entry = self.entry(id);
        let original = entry.translation.as_ref()?.original?;
        let (own, other) = (&entry.card.headings, &self.entry(original).card.headings);
        let is_same = own.iter().map(|heading| heading.level).eq(other.iter().map(|heading| heading.level));
        (!own.is_empty() && is_same).then_some(other)
    }

    /// Whether a page shows words of another language than its own, for want of a translation.
    pub fn is_fallback(&self, page: &Page) -> bool {
        self.subject(page).is_some_and(|id| self.entry(id).is_fallback())
    }

    /// Where `x-default` leads from a page: to the first of its versions; from home pages to the page that lets the reader choose, if
    /// there is one.
    pub fn x_default(&self, page: &Page) -> Option<PageId> {
        let first = page.versions().next()?.page;
        let root = || self.index.route.get(&Route::new("")).copied();
        match &page.kind {
            PageKind::Gateway => root(),
            PageKind::Section { entry, .. } if page.is_first() => {
                let is_home = self.entry(*entry).parent.is_none();
                let gateway = root().filter(|&id| is_home && matches!(self.page(id).kind, PageKind::Gateway));
                gateway.or(Some(first))
            }
            _ => Some(first),
        }
    }

    /// The essay or section a page shows.
    pub fn subject(&self, page: &Page) -> Option<EntryId> {
        match page.kind {
            PageKind::Essay(entry) | PageKind::Section { entry, .. } => Some(entry),
            _ => None,
        }
    }

    /// The home page of a language.
    pub fn home(&self, lang: &Lang) -> Option<EntryId> {
        self.homes.iter().copied().find(|&id| &self.entry(id).lang == lang)
    }
}
