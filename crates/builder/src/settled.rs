//! Pages as the build before left them, in memory. While the linked site is taken over, most of them cannot have changed: their
//! keys are not even put together.

use std::sync::Arc;

use fika_model::{EntryId, Fingerprint, Page, PageId, PageKind, Records, Site};
use fika_theme::Renderer;

/// What a build left, and on what it rests.
pub(crate) struct Settled {
    /// The plugins that change finished pages.
    pub(crate) page_key: Fingerprint,
    /// What was recorded of translations, which parallel pages show.
    pub(crate) records: Arc<Records>,
    /// The answers to every set of questions.
    pub(crate) answers: Vec<Fingerprint>,
    /// In the order of the site.
    pub(crate) pages: Vec<SettledPage>,
}

/// A page as it was left.
#[derive(Debug, Default)]
pub(crate) struct SettledPage {
    /// The file it is written to.
    pub(crate) file: Box<str>,
    /// Which set of questions it asked.
    pub(crate) asked: u32,
    /// The fingerprint of its HTML.
    pub(crate) output: Fingerprint,
    /// Whether there is something to say of it.
    pub(crate) is_told: bool,
}

/// What is as it was.
pub(crate) struct Unmoved<'a> {
    settled: &'a Settled,
    site: &'a Site,
    renderer: &'a Renderer,
    /// By entry: whether it shows another card.
    changed: Vec<bool>,
    /// By set of questions: whether its answers are the same.
    answered: Vec<bool>,
}

impl<'a> Unmoved<'a> {
    /// `changed`: the only entries of the site that show another card. `answers`: those to the same sets of questions as of now.
    pub(crate) fn new(
        settled: &'a Settled,
        site: &'a Site,
        renderer: &'a Renderer,
        changed: &[EntryId],
        answers: &[Fingerprint],
    ) -> Unmoved<'a> {
        let mut is_changed = vec![false; site.entries.len()];
        changed.iter().for_each(|id| is_changed[id.0 as usize] = true);
        let answered = settled.answers.iter().zip(answers).map(|(before, now)| before == now).collect();
        Unmoved { settled, site, renderer, changed: is_changed, answered }
    }

    /// A page of which neither what it shows nor what it was answered can have changed.
    pub(crate) fn page(&self, id: PageId, page: &Page) -> Option<&'a SettledPage> {
        let known = self.settled.pages.get(id.0 as usize)?;
        let is_changed = |id: EntryId| self.changed[id.0 as usize];
        let shows_change = match page.kind {
            PageKind::Parallel { entry, other } => is_changed(entry) || is_changed(other),
            _ => self.site.subject(page).is_some_and(is_changed),
        };
        let is_answered = self.answered.get(known.asked as usize).is_some_and(|same| *same);
        (!shows_change && is_answered && self.renderer.keeps_view(id)).then_some(known)
    }
}
