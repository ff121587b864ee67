//! Linking once more after an edit of running text, which moves nothing: the site of the build before is taken over, and only
//! the cards of the edited essays are exchanged.
//!
//! What `link` may look at of a card is its *outline*, all but what follows from the running text (`parse::outline` says what
//! that is). As long as every outline, and whatever else `link` reads, is the same, linking anew would make the same site again.
//! Builds with debug assertions, which all tests are, do link anew and compare.

use std::sync::Arc;

use fika_model::{
    Card, Diagnostic, Entry, EntryId, Fingerprint, Fingerprinter, PageId, Site, SourceKind, Translation,
};
use fika_plugin::{Additions, Hook, Plugins};

use super::{Published, ask_plugins, fingerprint_of};
use crate::Input;
use crate::parse::Essays;
use crate::translations::Survey;

/// The most edited essays at once for which this pays.
const MOST: usize = 32;

/// A linked site, and what to compare the next one with.
pub(crate) struct Linked {
    key: Fingerprint,
    /// The published cards, sorted by path.
    cards: Vec<Arc<Card>>,
    pub(super) site: Arc<Site>,
    additions: Additions,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The fingerprint of everything that linking depends on but the cards' running text and what plugins make of that.
pub(super) fn key(
    input: &Input,
    essays: &Essays<'_>,
    plugins: &Plugins,
    published: &Published,
    survey: &Survey,
) -> Fingerprint {
    // `now` and `drafts` decide what is published, and nothing else here.
    let Input { config, sources, world: _, theme: _, theme_fingerprint, now: _, drafts: _, records: _ } =
        input;
    let mut parts = Fingerprinter::new();
    survey.add_to(&mut parts);
    parts.add(config.fingerprint).add(config.base_url.to_string()).add(theme_fingerprint);
    parts.add(plugins.fingerprint(&[Hook::Site]));
    parts.add_all(essays.cards.iter().map(|parsed| parsed.outline));
    parts.add_all(published.withheld.iter().map(|source| &**source));
    for source in sources.iter().filter(|source| source.kind != SourceKind::Content) {
        parts.add_u64(source.kind as u64).add(&*source.path);
    }
    parts.finish()
}

impl Linked {
    pub(super) fn new(
        key: Fingerprint,
        cards: Vec<Arc<Card>>,
        site: Site,
        additions: Additions,
        diagnostics: Vec<Diagnostic>,
    ) -> Linked {
        Linked { key, cards, site: Arc::new(site), additions, diagnostics }
    }

    pub(super) fn is_for(&self, key: Fingerprint) -> bool {
        self.key == key
    }

    /// The site with the new cards, and the entries that show one. Nothing if it has to be linked anew.
    pub(super) fn again(
        mut self,
        input: &Input,
        essays: &Essays<'_>,
        plugins: &Plugins,
        published: &Published,
        survey: &Survey,
    ) -> Option<(Linked, Vec<EntryId>)> {
        let changed = self.exchange(published)?;
        let site = Arc::get_mut(&mut self.site)?;
        // A plugin may have looked at the running text too: what it adds to the site must be the same.
        let (draft, late) = as_draft(std::mem::take(&mut site.entries));
        let additions = ask_plugins(&input.config, plugins, &draft);
        site.entries = linked(draft, late);
        if additions != self.additions {
            return None;
        }
        site.now = input.now;
        for &id in &changed {
            let fingerprint = fingerprint_of(site, essays, id);
            site.entries[id.0 as usize].fingerprint = fingerprint;
        }
        if cfg!(debug_assertions) {
            self.compare(super::anew(input, essays, plugins, published, survey));
        }
        Some((self, changed))
    }

    /// Gives the entries of edited essays their new cards.
    fn exchange(&mut self, published: &Published) -> Option<Vec<EntryId>> {
        let edited: Vec<(&Arc<Card>, &Arc<Card>)> =
            self.cards.iter().zip(&published.cards).filter(|(old, new)| !Arc::ptr_eq(old, new)).collect();
        // What is told of an edited file shows its lines.
        let is_edited = |source: &Arc<str>| edited.iter().any(|(old, _)| old.source == *source);
        if edited.len() > MOST || self.diagnostics.iter().any(|fault| is_edited(&fault.path)) {
            return None;
        }
        // Somebody else (the build before, on its way out) may still look at the site.
        let site = Arc::get_mut(&mut self.site)?;
        let mut changed = Vec::with_capacity(edited.len());
        for (entry, at) in site.entries.iter_mut().zip(0..).filter(|_| !edited.is_empty()) {
            if let Some((_, new)) = edited.iter().find(|(old, _)| Arc::ptr_eq(old, &entry.card)) {
                entry.card = Arc::clone(new);
                changed.push(EntryId(at));
            } else if is_edited(&entry.card.source) {
                // A card that was made of the edited one: its new one was made of the new one.
                let same =
                    |card: &Arc<Card>| card.source == entry.card.source && card.lang == entry.card.lang;
                let (_, new) = published.derived.iter().find(|(_, card)| same(card))?;
                entry.card = Arc::clone(new);
                changed.push(EntryId(at));
            }
        }
        self.cards.clone_from(&published.cards);
        Some(changed)
    }

    /// Panics if linking anew gives another site: then `link` looks at something that its key leaves out.
    fn compare(&self, (site, additions, diagnostics): (Site, Additions, Vec<Diagnostic>)) {
        let why = "`link` depends on something that `again::key` (or `parse::outline`) leaves out";
        assert_eq!(self.site.entries, site.entries, "{why}");
        assert_eq!(self.site.pages, site.pages, "{why}");
        assert_eq!(self.site.files, site.files, "{why}");
        assert_eq!(self.site.addresses, site.addresses, "{why}");
        assert_eq!(self.site.homes, site.homes, "{why}");
        assert_eq!(self.additions, additions, "{why}");
        assert_eq!(self.diagnostics, diagnostics, "{why}");
    }
}

/// What entries get after plugins have looked at them.
type Late = (Option<PageId>, Vec<EntryId>, Option<Translation>, Fingerprint);

/// Entries as plugins see them, and what they do not see yet.
fn as_draft(mut entries: Vec<Entry>) -> (Vec<Entry>, Vec<Late>) {
    let late = |entry: &mut Entry| {
        let backlinks = std::mem::take(&mut entry.backlinks);
        (entry.page.take(), backlinks, entry.translation.take(), std::mem::take(&mut entry.fingerprint))
    };
    let late = entries.iter_mut().map(late).collect();
    (entries, late)
}

fn linked(mut draft: Vec<Entry>, late: Vec<Late>) -> Vec<Entry> {
    for (entry, (page, backlinks, translation, fingerprint)) in draft.iter_mut().zip(late) {
        (entry.page, entry.backlinks) = (page, backlinks);
        (entry.translation, entry.fingerprint) = (translation, fingerprint);
    }
    draft
}
