//! Fingerprints of what templates see, from the model alone: no value is made for them. Whatever `items.rs` and `view.rs`
//! show must be in here. (A test changes the model field by field and looks whether both move together.)

use std::sync::Arc;

use fika_model::{AnchorLinks, EntryId, Fingerprint, Lang, Page, PageKind, Pager, TaxonomyId, Text};

use crate::anchors::LINK;
use crate::stage::Stage;

/// The parts of one fingerprint, each framed by its length. They are gathered and hashed at once: most are a few bytes long,
/// and a view has dozens of them.
#[derive(Default)]
pub(crate) struct Parts(Vec<u8>);

impl Parts {
    pub(crate) fn new() -> Parts {
        Parts(Vec::with_capacity(512))
    }

    pub(crate) fn add(&mut self, part: impl AsRef<[u8]>) -> &mut Self {
        let part = part.as_ref();
        self.0.extend_from_slice(&(part.len() as u64).to_le_bytes());
        self.0.extend_from_slice(part);
        self
    }

    pub(crate) fn add_u64(&mut self, number: u64) -> &mut Self {
        self.0.extend_from_slice(&number.to_le_bytes());
        self
    }

    /// A missing part differs from an empty one.
    pub(crate) fn add_opt(&mut self, part: Option<impl AsRef<[u8]>>) -> &mut Self {
        match part {
            Some(part) => self.add_u64(1).add(part),
            None => self.add_u64(0),
        }
    }

    /// What something is called, and in which language if that is another than its page's.
    fn add_words(&mut self, (words, lang): (Arc<str>, Option<Lang>)) -> &mut Self {
        self.add(&*words).add_opt(lang.as_ref().map(Lang::as_str))
    }

    pub(crate) fn finish(&self) -> Fingerprint {
        Fingerprint::of(&self.0)
    }
}

impl Stage {
    /// The fingerprint of [`Stage::item`].
    pub(crate) fn item_print(self: &Arc<Stage>, id: EntryId) -> Fingerprint {
        *self.cell(id).item_print.get_or_init(|| {
            let mut parts = Parts::new();
            let entry = self.entry(id);
            // A path follows from the whole address; the base address is part of every view and of every answer.
            parts.add(entry.fingerprint).add(&*entry.permalink);
            for &(taxonomy, term) in self.terms(id) {
                self.add_term(&mut parts, taxonomy, term);
            }
            let tagline = self.tagline(id);
            parts.add_opt(tagline.map(|(_, tagline)| tagline.as_bytes()));
            parts.add_opt(tagline.map(|(lang, _)| lang.as_str()));
            for page in self.own_pages(id) {
                parts.add(page.address).add_opt(page.lang.as_ref().map(Lang::as_str));
            }
            parts.add_u64(entry.translations.len() as u64);
            for &twin in &entry.translations {
                self.add_twin(&mut parts, twin);
            }
            if let Some(translation) = &entry.translation {
                let fika_model::Translation { state, original, fields, changed, added, removed } =
                    translation;
                parts.add(state.name());
                for count in [changed, added, removed] {
                    parts.add_u64(u64::from(*count));
                }
                parts.add_u64(fields.len() as u64);
                for field in fields {
                    parts.add(field.name());
                }
                original.iter().for_each(|&original| self.add_twin(&mut parts, original));
            }
            parts.add_u64(entry.ancestors.len() as u64);
            for &above in &entry.ancestors {
                parts.add(&*self.entry(above).card.source);
            }
            for asset in &entry.assets {
                parts.add(asset.as_str());
            }
            if let Text::Borrowed { from, how } = entry.text {
                parts.add_u64(how as u64);
                self.add_twin(&mut parts, from);
            }
            if let Some(cover) = self.cover(id) {
                let (width, height) = cover.size.unwrap_or_default();
                parts.add(cover.path).add_u64(u64::from(width)).add_u64(u64::from(height));
            }
            // A summary without holes is part of the card.
            if entry.card.summary.as_ref().is_some_and(|summary| !summary.holes.is_empty()) {
                parts.add_opt(self.summary(id).map(|summary| summary.as_bytes()));
            }
            parts.finish()
        })
    }

    /// The fingerprint of [`Stage::whole`].
    pub(crate) fn whole_print(self: &Arc<Stage>, id: EntryId) -> Fingerprint {
        *self.cell(id).whole_print.get_or_init(|| {
            let mut parts = Parts::new();
            parts.add(self.metadata_print(id));
            self.add_items(&mut parts, &self.entry(id).pages);
            parts.finish()
        })
    }

    /// The fingerprint of [`Stage::metadata`].
    pub(crate) fn metadata_print(self: &Arc<Stage>, id: EntryId) -> Fingerprint {
        let entry = self.entry(id);
        let mut parts = Parts::new();
        parts.add(self.item_print(id));
        for neighbour in [entry.lower, entry.higher] {
            parts.add_opt(neighbour.map(|id| self.item_print(id)));
        }
        parts.add_u64(entry.parallel.len() as u64);
        for &other in &entry.parallel {
            self.add_twin(&mut parts, other);
        }
        parts.add_u64(entry.backlinks.len() as u64);
        for &from in &entry.backlinks {
            self.add_twin(&mut parts, from);
        }
        for &below in &entry.subsections {
            parts.add(&*self.entry(below).card.source);
        }
        parts.finish()
    }

    /// The fingerprint of all that a page's template sees, its own body excepted.
    pub(crate) fn view_print(self: &Arc<Stage>, page: &Page) -> Fingerprint {
        let mut parts = Parts::new();
        parts
            .add(self.frame(&page.lang).print)
            .add(page.lang.as_str())
            .add(&*page.permalink)
            .add(&*page.path)
            .add(&*self.sign_off(page))
            .add_opt(page.canonical.as_deref());
        if let Some(to) = self.site.x_default(page) {
            parts.add(&*self.site.page(to).permalink);
        }
        for alternate in &page.languages {
            let other = self.site.page(alternate.page);
            parts.add(alternate.lang.as_str()).add_u64(alternate.fit as u64);
            parts.add(&*other.permalink).add(&*self.page_title(other));
            parts.add_opt(self.borrowed_lang(other).map(Lang::as_str));
        }
        for feed in self.feeds_of(page) {
            parts.add(feed.as_str());
        }
        self.add_kind(&mut parts, page);
        parts.finish()
    }

    fn add_kind(self: &Arc<Stage>, parts: &mut Parts, page: &Page) {
        match &page.kind {
            PageKind::Essay(id) => {
                parts.add("essay").add(self.whole_print(*id));
                self.add_anchors(parts, *id);
            }
            PageKind::Parallel { entry, other } => {
                parts.add("parallel").add(self.whole_print(*entry)).add(self.item_print(*other));
                self.add_anchors(parts, *entry);
                self.add_anchors(parts, *other);
            }
            PageKind::Section { entry, pager: None } => {
                parts.add("section").add(self.whole_print(*entry));
                self.add_anchors(parts, *entry);
            }
            PageKind::Section { entry, pager: Some(pager) } => {
                parts.add("pager").add(self.metadata_print(*entry));
                self.add_anchors(parts, *entry);
                self.add_pager(parts, pager, &self.entry(*entry).pages);
            }
            PageKind::Taxonomy(id) => {
                parts.add("taxonomy");
                self.add_taxonomy(parts, *id);
            }
            PageKind::Term { taxonomy, term, pager } => {
                parts.add("term").add(self.site.taxonomy(*taxonomy).route.as_str());
                self.add_term(parts, *taxonomy, *term);
                let entries = &self.site.taxonomy(*taxonomy).terms[*term as usize].entries;
                self.add_listing(parts, pager.as_ref(), entries);
            }
            PageKind::Virtual { page: made, pager } => {
                parts.add("virtual").add(&*made.key).add(made.data.fingerprint());
                parts.add_words(self.page_words(page));
                self.add_listing(parts, pager.as_ref(), &made.entries);
            }
            PageKind::Gateway => {
                parts.add("gateway");
            }
            PageKind::NotFound => {
                parts.add("not found");
            }
            PageKind::Redirect { to } => {
                parts.add("redirect").add(&**to);
            }
        }
    }

    /// The ids of the original's headings, which a translation has too, and what the links to headings are made of, which stand in the
    /// body of the page; see `anchors.rs`.
    fn add_anchors(&self, parts: &mut Parts, id: EntryId) {
        let links = self.site.anchor_links(id);
        parts.add_u64(links as u64);
        if links != AnchorLinks::None {
            parts.add(self.theme.template_fingerprint(LINK));
        }
        let shared = self.site.shared_headings(id).unwrap_or_default();
        parts.add_u64(shared.len() as u64);
        for heading in shared {
            parts.add(&*heading.id);
        }
    }

    /// A taxonomy with all its terms and their pages.
    pub(crate) fn add_taxonomy(self: &Arc<Stage>, parts: &mut Parts, id: TaxonomyId) {
        let taxonomy = self.site.taxonomy(id);
        parts
            .add_words(self.taxonomy_title(taxonomy))
            .add(&*taxonomy.name)
            .add(taxonomy.lang.as_str())
            .add(taxonomy.route.as_str())
            .add_u64(u64::from(taxonomy.paginate_by))
            .add_u64(taxonomy.terms.len() as u64);
        for (term, at) in taxonomy.terms.iter().zip(0..) {
            self.add_term(parts, id, at);
            self.add_items(parts, &term.entries);
        }
    }

    /// A term: its names and their language, its address, and what its taxonomy is called.
    pub(crate) fn add_term(&self, parts: &mut Parts, taxonomy: TaxonomyId, term: u32) {
        let taxonomy = self.site.taxonomy(taxonomy);
        let term = &taxonomy.terms[term as usize];
        parts.add(&*taxonomy.name).add(&*term.name).add(term.lang.as_str()).add(&*term.slug);
        parts.add(term.route.as_str()).add_words(self.taxonomy_title(taxonomy));
    }

    pub(crate) fn add_items(self: &Arc<Stage>, parts: &mut Parts, ids: &[EntryId]) {
        parts.add_u64(ids.len() as u64);
        for &id in ids {
            parts.add(self.item_print(id));
        }
    }

    fn add_listing(self: &Arc<Stage>, parts: &mut Parts, pager: Option<&Pager>, entries: &[EntryId]) {
        match pager {
            Some(pager) => self.add_pager(parts, pager, entries),
            None => self.add_items(parts, entries),
        }
    }

    fn add_pager(self: &Arc<Stage>, parts: &mut Parts, pager: &Pager, entries: &[EntryId]) {
        for number in [pager.index, pager.count, pager.paginate_by, entries.len() as u32] {
            parts.add_u64(u64::from(number));
        }
        parts.add(pager.base.as_str()).add(&*pager.segment);
        self.add_items(parts, slice(entries, pager));
    }

    /// Another page in short; see `items::twin_of`.
    fn add_twin(&self, parts: &mut Parts, id: EntryId) {
        let entry = self.entry(id);
        parts
            .add(entry.card.lang.as_str())
            .add(entry.lang.as_str())
            .add_u64(u64::from(entry.is_derived()))
            .add(&*self.title(id))
            .add(&*entry.permalink);
    }
}

/// The entries on one page of a list.
pub(crate) fn slice<'a>(entries: &'a [EntryId], pager: &Pager) -> &'a [EntryId] {
    let end = (pager.end as usize).min(entries.len());
    &entries[(pager.start as usize).min(end)..end]
}
