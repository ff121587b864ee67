//! Every page alone, in parallel. A page is rendered again if and only if its template, its view, its body or one of
//! the answers it was given changed; else it is kept as it is.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use fika_model::{
    Body, Borrow, Diagnostic, Entry, EntryId, Fingerprint, Fingerprinter, Page, PageId, PageKind, Record,
    Records, Site, Text,
};
use fika_plugin::{Hook, PageContext, Plugins};
use fika_theme::{Addresses, Query, Rendered, Renderer, Theme};
use rayon::prelude::*;

use crate::link::words;
use crate::memo::{Memo, Render};
use crate::parse::Essays;
use crate::resources::SiteResources;
use crate::sink::{Payload, Sink};
use crate::translations::parallel;
use crate::{Input, collect};

/// What `collect` needs of this phase.
pub(crate) struct Pages<'a> {
    pub(crate) renderer: Renderer,
    pub(crate) essays: &'a Essays<'a>,
    pub(crate) resources: Arc<SiteResources>,
    /// How many pages were rendered rather than kept.
    pub(crate) count: usize,
}

/// Renders what changed and hands it to the sink. `changed`: the entries that show another card than at the build before, if
/// the site is the same otherwise.
#[expect(clippy::too_many_arguments, reason = "a phase takes what the phases before it made")]
pub(crate) fn render<'a>(
    input: &Input,
    site: &Arc<Site>,
    changed: Option<&[EntryId]>,
    essays: &'a Essays<'a>,
    plugins: &Plugins,
    memo: &mut Memo,
    sink: &dyn Sink,
    out: &mut Vec<Diagnostic>,
) -> Pages<'a> {
    let resources = Arc::new(SiteResources::new(input));
    let earlier = memo.earlier.take().unwrap_or_default();
    let renderer = Renderer::after(earlier, changed, input.theme.clone(), site.clone(), resources.clone());
    sink.plan(&|| collect::plan(input, site));

    let work = Work {
        site,
        essays,
        plugins,
        sink,
        renderer: &renderer,
        theme: &input.theme,
        memo,
        records: &input.records,
        page_key: plugins.fingerprint(&[Hook::Page]),
        count: AtomicUsize::new(0),
    };
    let answers: Vec<Fingerprint> = memo.kept.asked.par_iter().map(|asked| work.answers(asked)).collect();
    let results: Vec<Outcome> =
        (0..site.pages.len() as u32).into_par_iter().map(|at| work.page(PageId(at), &answers)).collect();

    let count = work.count.into_inner();
    remember(site, results, memo, out);
    Pages { renderer, essays, resources, count }
}

/// What became of a page.
enum Outcome {
    /// What the memo says of it still holds.
    Kept,
    /// It was rendered, with these questions.
    Rendered(Render, Vec<Query>),
}

struct Work<'a> {
    site: &'a Site,
    essays: &'a Essays<'a>,
    plugins: &'a Plugins,
    sink: &'a dyn Sink,
    renderer: &'a Renderer,
    theme: &'a Theme,
    memo: &'a Memo,
    records: &'a Records,
    /// The fingerprint of the plugins that change finished pages.
    page_key: Fingerprint,
    count: AtomicUsize,
}

impl Work<'_> {
    fn page(&self, id: PageId, answers: &[Fingerprint]) -> Outcome {
        let page = self.site.page(id);
        let file = page.route.file();
        let key = self.key(id, page);
        let known =
            self.memo.kept.pages.get(&page.route).filter(|known| {
                known.key == key && answers.get(known.asked as usize) == Some(&known.answers)
            });
        if known.is_some_and(|known| self.sink.has(&file, known.output)) {
            self.sink.tick();
            return Outcome::Kept;
        }
        self.count.fetch_add(1, Ordering::Relaxed);
        let mut rendered = self.render(page);
        for plugin in self.plugins.with(Hook::Page) {
            let card = self.site.subject(page).map(|id| &*self.site.entry(id).card);
            let cx = PageContext { config: &self.site.config, route: &page.route, lang: &page.lang, card };
            if let Some(html) = plugin.page(&cx, &rendered.html) {
                rendered.html = html;
            }
        }
        let output = Fingerprint::of(&rendered.html);
        if !self.sink.has(&file, output) {
            self.sink.put(&file, output, Payload::Bytes(rendered.html.into_bytes()));
        }
        self.sink.tick();
        let answers = self.answers(&rendered.asked);
        Outcome::Rendered(
            Render { key, asked: 0, answers, output, diagnostics: rendered.diagnostics },
            rendered.asked,
        )
    }

    /// The fingerprint of everything that is known before a page is rendered and decides what becomes of it.
    fn key(&self, id: PageId, page: &Page) -> Fingerprint {
        let mut parts = Fingerprinter::new();
        let template = self.renderer.template(page).unwrap_or_default();
        parts
            .add(template)
            .add(self.theme.template_fingerprint(template))
            .add(self.renderer.view_fingerprint(id))
            .add(self.page_key);
        if let PageKind::Parallel { entry, other } = page.kind {
            self.add_parallel(&mut parts, entry, other);
        }
        if let Some(id) = self.site.subject(page) {
            parts.add_opt(self.essays.get(&self.site.entry(id).card.source).map(|parsed| parsed.source));
        }
        parts.finish()
    }

    /// What two texts side by side depend on: both, and the original as the translation knew it.
    fn add_parallel(&self, parts: &mut Fingerprinter, entry: EntryId, other: EntryId) {
        for id in [entry, other] {
            parts.add_opt(self.essays.get(&self.site.entry(id).card.source).map(|parsed| parsed.source));
        }
        let (record, turned) = self.record(entry, other);
        let blocks = record.map_or(&[][..], |record| &record.blocks);
        parts.add_u64(u64::from(turned)).add_u64(record.is_some().into());
        parts.add_all(
            blocks.iter().map(|block| format!("{}{} {}", block.kind.mark(), block.size, block.hash)),
        );
    }

    /// What is recorded of the one that was made from the other, and whether that is the first.
    fn record(&self, entry: EntryId, other: EntryId) -> (Option<&Record>, bool) {
        // What is converted was made from what its words were made from.
        let written = |id: EntryId| &self.site.entry(words(&self.site.entries, id)).card;
        let of = |id: EntryId, from: EntryId| {
            let (card, from) = (written(id), written(from));
            self.records
                .all
                .get(&(card.key.clone(), card.lang.clone()))
                .filter(|record| record.from == from.lang)
        };
        match of(other, entry) {
            Some(record) => (Some(record), false),
            None => (of(entry, other), true),
        }
    }

    fn parallel(&self, page: &Page, left: EntryId, right: EntryId) -> Rendered {
        let (record, turned) = self.record(left, right);
        let card = |id: EntryId| &*self.site.entry(id).card;
        let pieces = |id: EntryId| {
            let source = &card(id).source;
            let abroad = card(id).lang != page.lang;
            let body = body(self.essays, self.site.entry(id));
            self.renderer.fill_pieces(id, &body, abroad, &|| self.essays.text(source))
        };
        let rows = parallel::rows(card(left), card(right), record, turned);
        let (left, right) = (pieces(left), pieces(right));
        let mut rendered = self.renderer.parallel(page, parallel::pairs(&rows, &left, &right));
        // What is wrong with a text is told with its own page.
        rendered.asked.extend(left.rendered.asked.into_iter().chain(right.rendered.asked));
        rendered.asked.sort();
        rendered.asked.dedup();
        rendered
    }

    fn render(&self, page: &Page) -> Rendered {
        if let PageKind::Parallel { entry, other } = page.kind {
            return self.parallel(page, entry, other);
        }
        let Some(id) = self.site.subject(page) else { return self.renderer.page(page, "") };
        let entry = self.site.entry(id);
        let content = fill(self.renderer, self.essays, entry, id, Addresses::Path);
        let mut rendered = self.renderer.page(page, &content.html);
        rendered.asked.extend(content.asked);
        rendered.asked.sort();
        rendered.asked.dedup();
        // The problems of a text are told once: with its own page, of a section with the first.
        let first = !matches!(&page.kind, PageKind::Section { pager: Some(pager), .. } if pager.index > 1);
        if first && entry.is_own() {
            rendered.diagnostics.extend(content.diagnostics);
        }
        rendered
    }

    fn answers(&self, asked: &[Query]) -> Fingerprint {
        Fingerprinter::new().add_all(asked.iter().map(|query| self.renderer.answer(query))).finish()
    }
}

/// An entry's body with its holes filled.
pub(crate) fn fill(
    renderer: &Renderer,
    essays: &Essays<'_>,
    entry: &Entry,
    id: fika_model::EntryId,
    addresses: Addresses,
) -> Rendered {
    if entry.synthetic {
        return Rendered::default();
    }
    renderer.fill(id, &body(essays, entry), addresses, &|| essays.text(&entry.card.source))
}

/// The body that an entry shows.
fn body(essays: &Essays<'_>, entry: &Entry) -> Arc<Body> {
    match entry.text {
        Text::Borrowed { how: Borrow::Derived, .. } => essays.derived_body(&entry.card),
        _ => essays.body(&entry.card.source),
    }
}

/// Puts what was rendered into the memo, forgets pages that are gone, and reports the problems of all.
fn remember(site: &Site, results: Vec<Outcome>, memo: &mut Memo, out: &mut Vec<Diagnostic>) {
    let kept = &mut memo.kept;
    let mut sets: HashMap<Vec<Query>, u32> = HashMap::new();
    for (page, outcome) in site.pages.iter().zip(results) {
        if let Outcome::Rendered(mut render, asked) = outcome {
            if sets.is_empty() {
                sets.extend(kept.asked.iter().cloned().zip(0..));
            }
            let next = sets.len() as u32;
            render.asked = *sets.entry(asked).or_insert_with_key(|asked| {
                kept.asked.push(asked.clone());
                next
            });
            kept.pages.insert(page.route.clone(), render);
            memo.changed = true;
        }
        if let Some(render) = kept.pages.get(&page.route) {
            out.extend(render.diagnostics.iter().cloned());
        }
    }
    if kept.pages.len() > site.pages.len() {
        kept.pages.retain(|route, _| site.index.route.contains_key(route));
        memo.changed = true;
    }
    // Sets that no page uses any more pile up while serving; once they are many, the memory starts over.
    if kept.asked.len() > 2 * site.pages.len() + 64 {
        kept.pages.clear();
        kept.asked.clear();
    }
}
