//! What all pages of one build share: the theme, the site, and values that are made once and then cloned.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock, RwLock};

use fika_model::{Entry, EntryId, Fingerprint, Lang, Route, Site, TaxonomyId};
use tera::Value;

use crate::frame::{FEEDS, Frame};
use crate::{Earlier, Query, Resources, Theme};

/// What all pages of one build share.
pub(crate) struct Stage {
    pub(crate) theme: Arc<Theme>,
    pub(crate) site: Arc<Site>,
    pub(crate) resources: Arc<dyn Resources>,
    /// What the stage of the build before left.
    pub(crate) earlier: Earlier,
    /// For each entry, whether it may be another than at the build before; empty if everything may be.
    pub(crate) open: Vec<bool>,
    /// The fingerprints of views: one for each page, in the same order.
    pub(crate) views: Vec<OnceLock<Fingerprint>>,
    /// One for each entry, in the same order.
    pub(crate) cells: Vec<Cell>,
    /// Feeds that plugins announced, by their routes.
    pub(crate) feeds: BTreeMap<String, Route>,
    /// One for each language of the configuration, in the same order.
    frames: Vec<OnceLock<Frame>>,
    /// One for each term of each taxonomy, as essays show it.
    term_cells: Vec<Vec<OnceLock<Value>>>,
    /// Taxonomy terms of every entry.
    terms: Vec<Vec<(TaxonomyId, u32)>>,
    pub(crate) answers: RwLock<HashMap<Query, Fingerprint>>,
    /// Addresses that templates asked for, by path, language and whether they carry a fingerprint.
    pub(crate) urls: RwLock<HashMap<(String, Lang, bool), String>>,
    pub(crate) loaded: RwLock<HashMap<(String, Option<String>), Value>>,
}

/// What is made of an entry, each thing once and only when it is needed.
#[derive(Default)]
pub(crate) struct Cell {
    /// As in a list, but without its summary; see [`Stage::bare`].
    pub(crate) bare: OnceLock<Value>,
    /// As in a list.
    pub(crate) item: OnceLock<Value>,
    /// A section as `get_section` gives it.
    pub(crate) whole: OnceLock<Value>,
    /// The summary with its holes filled.
    pub(crate) summary: OnceLock<Option<Arc<str>>>,
    /// The fingerprint of `item`.
    pub(crate) item_print: OnceLock<Fingerprint>,
    /// The fingerprint of `whole`.
    pub(crate) whole_print: OnceLock<Fingerprint>,
}

impl Stage {
    /// Where a term is kept as essays show it.
    pub(crate) fn term_cell(&self, taxonomy: TaxonomyId, term: u32) -> &OnceLock<Value> {
        &self.term_cells[taxonomy.0 as usize][term as usize]
    }

    pub(crate) fn new(
        earlier: Earlier,
        theme: Arc<Theme>,
        site: Arc<Site>,
        resources: Arc<dyn Resources>,
    ) -> Stage {
        let mut terms = vec![Vec::new(); site.entries.len()];
        for (taxonomy, at) in site.taxonomies.iter().zip(0..) {
            for (term, place) in taxonomy.terms.iter().zip(0..) {
                // The terms of a guest are those of its own language.
                for entry in term.entries.iter().filter(|id| site.entry(**id).lang == taxonomy.lang) {
                    terms[entry.0 as usize].push((TaxonomyId(at), place));
                }
            }
        }
        let is_feed = |route: &&Route| FEEDS.contains(&route.as_str().rsplit('/').next().unwrap_or_default());
        let feeds =
            site.announced.iter().filter(is_feed).map(|route| (route.to_string(), route.clone())).collect();
        Stage {
            term_cells: site
                .taxonomies
                .iter()
                .map(|taxonomy| taxonomy.terms.iter().map(|_| OnceLock::new()).collect())
                .collect(),
            views: site.pages.iter().map(|_| OnceLock::new()).collect(),
            cells: site.entries.iter().map(|_| Cell::default()).collect(),
            frames: site.config.languages.iter().map(|_| OnceLock::new()).collect(),
            answers: RwLock::default(),
            urls: RwLock::default(),
            loaded: RwLock::default(),
            earlier: earlier.for_site(&site),
            open: Vec::new(),
            theme,
            site,
            resources,
            feeds,
            terms,
        }
    }

    pub(crate) fn entry(&self, id: EntryId) -> &Entry {
        self.site.entry(id)
    }

    pub(crate) fn cell(&self, id: EntryId) -> &Cell {
        &self.cells[id.0 as usize]
    }

    /// The taxonomy terms of an entry, in the order of the taxonomies and of their terms.
    pub(crate) fn terms(&self, id: EntryId) -> &[(TaxonomyId, u32)] {
        &self.terms[id.0 as usize]
    }

    /// What all pages in a language share. A language that the site does not have is shown in the default one.
    pub(crate) fn frame(self: &Arc<Stage>, lang: &Lang) -> &Frame {
        let at = self.site.config.rank(lang).unwrap_or(0);
        self.frames[at].get_or_init(|| Frame::new(self, &self.site.config.languages[at]))
    }
}
