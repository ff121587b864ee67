//! What the renderer of one build leaves to that of the next, in memory: values, which are good as long as their fingerprints are,
//! and the fingerprints of what nothing has touched. It decides how fast a page is looked at, never what becomes of it.

use std::collections::HashMap;
use std::sync::Arc;

use fika_model::{EntryId, Fingerprint, Fingerprinter, Page, PageId, PageKind, Pager, Site};
use tera::Value;

use crate::prints::slice;
use crate::stage::Stage;

/// What a renderer leaves to the next one.
#[derive(Default)]
pub struct Earlier {
    /// The fingerprint of what every value depends on besides its own fingerprint.
    scope: Fingerprint,
    /// Entries as lists show them, by their fingerprints.
    pub(crate) items: HashMap<Fingerprint, Value>,
    /// The fingerprint of each entry as lists show it, where it was needed.
    item_prints: Vec<Option<Fingerprint>>,
    /// The fingerprint of the view of each page, where it was needed.
    views: Vec<Option<Fingerprint>>,
}

/// What values show of the configuration, wherever it is not part of their own fingerprints.
fn scope(site: &Site) -> Fingerprint {
    Fingerprinter::new().add(site.config.fingerprint).add(site.config.base_url.to_string()).finish()
}

impl Earlier {
    /// What a stage has made. Nothing, if somebody still uses it.
    pub(crate) fn of(stage: Arc<Stage>) -> Option<Earlier> {
        let stage = Arc::into_inner(stage)?;
        let mut earlier = stage.earlier;
        earlier.scope = scope(&stage.site);
        earlier.item_prints = stage.cells.iter().map(|cell| cell.item_print.get().copied()).collect();
        earlier.views = stage.views.iter().map(|view| view.get().copied()).collect();
        // Values of what was edited away pile up while serving; once they are many, only those in use are kept.
        let items = &mut earlier.items;
        if items.len() > 2 * stage.cells.len() {
            let used: std::collections::HashSet<_> = earlier.item_prints.iter().flatten().collect();
            items.retain(|print, _| used.contains(print));
        }
        for cell in stage.cells {
            if let (Some(&print), Some(value)) = (cell.item_print.get(), cell.item.into_inner()) {
                items.entry(print).or_insert(value);
            }
        }
        Some(earlier)
    }

    /// Without the values, if they show another configuration.
    pub(crate) fn for_site(self, site: &Site) -> Earlier {
        if self.scope == scope(site) { self } else { Earlier::default() }
    }
}

impl Stage {
    /// Takes over the fingerprints that an edit of the cards of `changed`, and of nothing else, left as they were.
    pub(crate) fn take_over(mut self, changed: &[EntryId]) -> Stage {
        let Earlier { item_prints, views, .. } = &self.earlier;
        if item_prints.len() != self.cells.len() || views.len() != self.views.len() {
            return self;
        }
        let mut open = vec![false; self.cells.len()];
        changed.iter().for_each(|id| open[id.0 as usize] = true);
        for ((open, entry), at) in open.iter_mut().zip(&self.site.entries).zip(0..) {
            // Covers and links in summaries depend on files and on other pages.
            let summary = entry.card.summary.as_ref();
            *open |= entry.card.cover.is_some() || summary.is_some_and(|body| !body.holes.is_empty());
            if let Some(print) = item_prints[at].filter(|_| !*open) {
                let _ = self.cells[at].item_print.set(print);
            }
        }
        self.open = open;
        self
    }

    /// The fingerprint of a page's view as it was at the build before, if nothing in it can have changed.
    pub(crate) fn known_view(self: &Arc<Stage>, id: PageId) -> Option<Fingerprint> {
        let known = self.earlier.views.get(id.0 as usize).copied().flatten();
        known.filter(|_| !self.open.is_empty() && !self.shows_change(self.site.page(id)))
    }

    /// Whether an entry is shown otherwise in lists than at the build before.
    fn moved(self: &Arc<Stage>, id: EntryId) -> bool {
        let at = id.0 as usize;
        self.open[at] && self.earlier.item_prints[at] != Some(self.item_print(id))
    }

    /// Whether the view of a page shows an entry that has changed: one of those whose fingerprints are part of its own, see
    /// `prints.rs`.
    fn shows_change(self: &Arc<Stage>, page: &Page) -> bool {
        let any = |ids: &[EntryId]| ids.iter().any(|&id| self.moved(id));
        let with_neighbours = |id: EntryId| {
            let entry = self.entry(id);
            [Some(id), entry.lower, entry.higher].into_iter().flatten().any(|id| self.moved(id))
        };
        let listed = |pager: &Option<Pager>, entries: &[EntryId]| match pager {
            Some(pager) => any(slice(entries, pager)),
            None => any(entries),
        };
        match &page.kind {
            PageKind::Essay(id) => with_neighbours(*id) || any(&self.entry(*id).pages),
            PageKind::Parallel { entry, other } => with_neighbours(*entry) || self.moved(*other),
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
