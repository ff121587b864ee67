//! What the renderer of one build leaves to that of the next, in memory: values, which are good as long as their fingerprints are,
//! and the fingerprints of what nothing has touched. It decides how fast a page is looked at, never what becomes of it.

use std::collections::HashMap;
use std::sync::Arc;

use fika_model::{EntryId, Fingerprint, Fingerprinter, Page, PageId, PageKind, Pager, Site};
use tera::Value;

use crate::prints::slice;
use crate::stage::{Cell, Cells, Stage};

/// What a renderer leaves to the next one.
#[derive(Default)]
pub struct Earlier {
    /// The fingerprint of what every value depends on besides its own fingerprint.
    scope: Fingerprint,
    /// Entries as lists show them, by their fingerprints.
    pub(crate) items: HashMap<Fingerprint, Value>,
    /// What was made of every entry and every term.
    cells: Option<Cells>,
    /// The entries that show what other files and other pages say, in their order.
    loose: Vec<EntryId>,
    /// The fingerprint of the view of each page, where it was needed.
    views: Vec<Option<Fingerprint>>,
}

/// Entries that may be shown otherwise than at the build before.
pub(crate) struct Open {
    /// For each entry, whether it is one.
    is_open: Vec<bool>,
    /// The fingerprint of each as lists showed it, where it was needed.
    before: HashMap<EntryId, Fingerprint>,
    /// See [`Earlier::loose`].
    loose: Vec<EntryId>,
}

/// What values show of the configuration, wherever it is not part of their own fingerprints.
fn scope(site: &Site) -> Fingerprint {
    Fingerprinter::new().add(site.config.fingerprint).add(site.config.base_url.to_string()).finish()
}

/// Whether an entry shows what files and other pages say: its cover, the links in its summary.
fn is_loose(site: &Site, id: EntryId) -> bool {
    let card = &site.entry(id).card;
    card.cover.is_some() || card.summary.as_ref().is_some_and(|body| !body.holes.is_empty())
}

impl Earlier {
    /// What a stage has made. Nothing, if somebody still uses it.
    pub(crate) fn of(stage: Arc<Stage>) -> Option<Earlier> {
        let Stage { mut earlier, site, open, views, cells, terms, term_cells, .. } = Arc::into_inner(stage)?;
        earlier.scope = scope(&site);
        earlier.views = views.iter().map(|view| view.get().copied()).collect();
        earlier.loose = match open {
            Some(open) => open.loose,
            None => (0..site.entries.len() as u32).map(EntryId).filter(|id| is_loose(&site, *id)).collect(),
        };
        // Values of what was edited away pile up while serving.
        if earlier.items.len() > 2 * cells.len() {
            earlier.items.clear();
        }
        earlier.cells = Some(Cells { entries: cells, terms, of_terms: term_cells });
        Some(earlier)
    }

    /// Without the values, if they show another configuration.
    pub(crate) fn for_site(self, site: &Site) -> Earlier {
        if self.scope == scope(site) { self } else { Earlier::default() }
    }

    /// What was made of the entries that an edit of the cards of `changed`, and of nothing else, left as they were. Where the site is
    /// another, only values are kept, for entries that have the same fingerprint again.
    pub(crate) fn take_over(&mut self, site: &Site, changed: Option<&[EntryId]>) -> Option<(Cells, Open)> {
        let mut cells = self.cells.take()?;
        let is_same = cells.entries.len() == site.entries.len() && self.views.len() == site.pages.len();
        let Some(changed) = changed.filter(|_| is_same) else {
            cells.entries.into_iter().for_each(|cell| self.keep(cell));
            return None;
        };
        let mut loose = std::mem::take(&mut self.loose);
        loose.retain(|id| !changed.contains(id));
        let open: Vec<EntryId> = loose.iter().chain(changed).copied().collect();
        loose.extend(changed.iter().filter(|id| is_loose(site, **id)));
        let (mut is_open, mut before) = (vec![false; cells.entries.len()], HashMap::new());
        for cell in &mut cells.entries {
            // They show other entries.
            (cell.whole, cell.whole_print) = Default::default();
        }
        for id in open {
            is_open[id.0 as usize] = true;
            let cell = std::mem::take(&mut cells.entries[id.0 as usize]);
            before.extend(cell.item_print.get().map(|print| (id, *print)));
            self.keep(cell);
        }
        Some((cells, Open { is_open, before, loose }))
    }

    /// Keeps the value of an entry.
    fn keep(&mut self, cell: Cell) {
        if let (Some(&print), Some(value)) = (cell.item_print.get(), cell.item.into_inner()) {
            self.items.insert(print, value);
        }
    }
}

impl Stage {
    /// The fingerprint of a page's view as it was at the build before, if nothing in it can have changed.
    pub(crate) fn known_view(self: &Arc<Stage>, id: PageId) -> Option<Fingerprint> {
        let open = self.open.as_ref()?;
        let known = self.earlier.views.get(id.0 as usize).copied().flatten();
        known.filter(|_| !self.shows_change(open, self.site.page(id)))
    }

    /// Whether an entry is shown otherwise in lists than at the build before.
    fn moved(self: &Arc<Stage>, open: &Open, id: EntryId) -> bool {
        open.is_open[id.0 as usize] && open.before.get(&id) != Some(&self.item_print(id))
    }

    /// Whether the view of a page shows an entry that has changed: one of those whose fingerprints are part of its own, see
    /// `prints.rs`.
    fn shows_change(self: &Arc<Stage>, open: &Open, page: &Page) -> bool {
        let any = |ids: &[EntryId]| ids.iter().any(|&id| self.moved(open, id));
        let with_neighbours = |id: EntryId| {
            let entry = self.entry(id);
            let shown = [Some(id), entry.lower, entry.higher].into_iter().flatten();
            shown.chain(entry.ancestors.iter().copied()).any(|id| self.moved(open, id))
        };
        let listed = |pager: &Option<Pager>, entries: &[EntryId]| match pager {
            Some(pager) => any(slice(entries, pager)),
            None => any(entries),
        };
        match &page.kind {
            PageKind::Essay(id) => with_neighbours(*id) || any(&self.entry(*id).pages),
            PageKind::Parallel { entry, other } => with_neighbours(*entry) || self.moved(open, *other),
            PageKind::Section { entry, pager } => {
                with_neighbours(*entry) || listed(pager, &self.entry(*entry).pages)
            }
            PageKind::Taxonomy(id) => self.site.taxonomy(*id).terms.iter().any(|term| any(&term.entries)),
            PageKind::Term { taxonomy, term, pager } => {
                listed(pager, &self.site.taxonomy(*taxonomy).terms[*term as usize].entries)
            }
            PageKind::Virtual { page, pager } => listed(pager, &page.entries),
            PageKind::NotFound | PageKind::Gateway | PageKind::Redirect { .. } => false,
        }
    }

    /// Panics if a fingerprint that was taken over is not the right one.
    pub(crate) fn compare(self: &Arc<Stage>) {
        let anew = Arc::new(Stage::new(
            Earlier::default(),
            None,
            self.theme.clone(),
            self.site.clone(),
            self.resources.clone(),
        ));
        for (at, cell) in (0..).zip(&self.cells) {
            let known = cell.item_print.get();
            assert!(
                known.is_none_or(|known| *known == anew.item_print(EntryId(at))),
                "an entry's fingerprint"
            );
        }
        for (at, page) in (0..).zip(&self.site.pages) {
            let known = self.known_view(PageId(at));
            assert!(known.is_none_or(|known| known == anew.view_print(page)), "the view of {}", page.path);
        }
    }
}
