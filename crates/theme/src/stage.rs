//! What all pages of one build share: the theme, the site, and values that are made once and then cloned.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock, RwLock};

use fika_model::{Entry, EntryId, Fingerprint, Lang, Route, Site, TaxonomyId, Term};
use rapidhash::RapidHashMap;
use tera::Value;

use crate::earlier::Open;
use crate::frame::{FEEDS, Frame};
use crate::lookups::Url;
use crate::messages::{Messages, Sets};
use crate::{Earlier, Query, Resources, Theme};

/// What all pages of one build share.
pub(crate) struct Stage {
    pub(crate) theme: Arc<Theme>,
    pub(crate) site: Arc<Site>,
    pub(crate) resources: Arc<dyn Resources>,
    /// What the stage of the build before left.
    pub(crate) earlier: Earlier,
    /// What may be another than at the build before, if the rest is taken over.
    pub(crate) open: Option<Open>,
    /// The fingerprints of views: one for each page, in the same order.
    pub(crate) views: Vec<OnceLock<Fingerprint>>,
    /// One for each entry, in the same order.
    pub(crate) cells: Vec<Cell>,
    /// Feeds that plugins announced, by their routes.
    pub(crate) feeds: BTreeMap<String, Route>,
    /// One for each language of the configuration, in the same order.
    frames: Vec<OnceLock<Frame>>,
    /// One for each language of the configuration, in the same order.
    pub(crate) messages: Vec<OnceLock<Messages>>,
    pub(crate) message_sets: Sets,
    /// One for each term of each taxonomy, as essays show it.
    pub(crate) term_cells: Vec<Vec<OnceLock<Value>>>,
    /// The places of terms by name and slug: one for each taxonomy, made when a template asks for one.
    pub(crate) term_places: Vec<OnceLock<HashMap<Arc<str>, u32>>>,
    /// Taxonomy terms of every entry.
    pub(crate) terms: Vec<Vec<(TaxonomyId, u32)>>,
    pub(crate) answers: RwLock<RapidHashMap<Query, Fingerprint>>,
    /// Addresses that templates asked for, by path, language and whether they carry a fingerprint.
    pub(crate) urls: RwLock<HashMap<(String, Lang, bool), Url>>,
    pub(crate) loaded: RwLock<HashMap<(String, Option<String>), Value>>,
}

/// What is made of an entry, each thing once and only when it is needed.
#[derive(Default)]
pub(crate) struct Cell {
    /// As in a list, but without its summary; see [`Stage::bare`].
    pub(crate) bare: OnceLock<Value>,
    /// As in a list.
    pub(crate) item: OnceLock<Value>,
    /// In short, as other pages name it.
    pub(crate) twin: OnceLock<Value>,
    /// A section as `get_section` gives it.
    pub(crate) whole: OnceLock<Value>,
    /// The summary with its holes filled.
    pub(crate) summary: OnceLock<Option<Arc<str>>>,
    /// The fingerprint of `item`.
    pub(crate) item_print: OnceLock<Fingerprint>,
    /// The fingerprint of `whole`.
    pub(crate) whole_print: OnceLock<Fingerprint>,
}

/// What follows from the site alone, and stays as it is where that is taken over.
pub(crate) struct Cells {
    /// See [`Stage::cells`].
    pub(crate) entries: Vec<Cell>,
    /// See [`Stage::terms`].
    pub(crate) terms: Vec<Vec<(TaxonomyId, u32)>>,
    /// See [`Stage::term_cells`].
    pub(crate) of_terms: Vec<Vec<OnceLock<Value>>>,
}

impl Cells {
    fn new(site: &Site) -> Cells {
        let mut terms = vec![Vec::new(); site.entries.len()];
        for (taxonomy, at) in site.taxonomies.iter().zip(0..) {
            for (term, place) in taxonomy.terms.iter().zip(0..) {
                // The terms of a guest are those of its own language.
                for entry in term.entries.iter().filter(|id| site.entry(**id).lang == taxonomy.lang) {
                    terms[entry.0 as usize].push((TaxonomyId(at), place));
                }
            }
        }
        let entries = site.entries.iter().map(|_| Cell::default()).collect();
        let cells = |terms: &[Term]| terms.iter().map(|_| OnceLock::new()).collect();
        let of_terms = site.taxonomies.iter().map(|taxonomy| cells(&taxonomy.terms)).collect();
        Cells { entries, terms, of_terms }
    }
}

impl Stage {
    /// Where a term is kept as essays show it.
    pub(crate) fn term_cell(&self, taxonomy: TaxonomyId, term: u32) -> &OnceLock<Value> {
        &self.term_cells[taxonomy.0 as usize][term as usize]
    }

    /// `changed`: the only entries that show another card than in the site of `earlier`, if that is known.
    pub(crate) fn new(
        earlier: Earlier,
        changed: Option<&[EntryId]>,
        theme: Arc<Theme>,
        site: Arc<Site>,
        resources: Arc<dyn Resources>,
    ) -> Stage {
        let mut earlier = earlier.for_site(&site);
        let taken = earlier.take_over(&site, changed);
        let (Cells { entries: cells, terms, of_terms: term_cells }, open) = match taken {
            Some((cells, open)) => (cells, Some(open)),
            None => (Cells::new(&site), None),
        };
        let is_feed = |route: &&Route| FEEDS.contains(&route.as_str().rsplit('/').next().unwrap_or_default());
        let feeds =
            site.announced.iter().filter(is_feed).map(|route| (route.to_string(), route.clone())).collect();
        Stage {
            views: site.pages.iter().map(|_| OnceLock::new()).collect(),
            frames: site.config.languages.iter().map(|_| OnceLock::new()).collect(),
            messages: site.config.languages.iter().map(|_| OnceLock::new()).collect(),
            message_sets: RwLock::default(),
            term_places: site.taxonomies.iter().map(|_| OnceLock::new()).collect(),
            answers: RwLock::default(),
            urls: RwLock::default(),
            loaded: RwLock::default(),
            earlier,
            open,
            theme,
            site,
            resources,
            feeds,
            cells,
            terms,
            term_cells,
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
