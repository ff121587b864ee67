//! Every page alone, in parallel. A page is rendered again if and only if its template, its view, its body or one of
//! the answers it was given changed; else it is kept as it is.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use fika_model::{
    Body, Diagnostic, Entry, EntryId, Fingerprint, Fingerprinter, Page, PageId, PageKind, Record, Records,
    Site,
};
use fika_plugin::{Hook, PageContext, Plugins};
use fika_theme::{Addresses, Query, Rendered, Renderer, Theme};
use rayon::prelude::*;

use crate::link::{Linking, written};
use crate::memo::{Memo, Render};
use crate::parse::Essays;
use crate::resources::SiteResources;
use crate::settled::{Settled, SettledPage, Unmoved};
use crate::sink::{Payload, Sink};
use crate::translations::parallel;
use crate::{Input, collect};

/// What `collect` needs of this phase.
pub(crate) struct Pages<'a> {
    pub(crate) renderer: Renderer,
    pub(crate) essays: &'a Essays<'a>,
    pub(crate) resources: Arc<SiteResources>,
    /// How many pages (redirects not counted) were rendered rather than kept.
    pub(crate) count: usize,
}

/// Renders what changed and hands it to the sink.
pub(crate) fn render<'a>(
    input: &Input,
    linking: &Linking,
    essays: &'a Essays<'a>,
    plugins: &Plugins,
    memo: &mut Memo,
    sink: &dyn Sink,
    out: &mut Vec<Diagnostic>,
) -> Pages<'a> {
    let (site, changed) = (&linking.site, linking.changed.as_deref());
    let resources = Arc::new(SiteResources::new(input));
    let earlier = memo.earlier.take().unwrap_or_default();
    let renderer = Renderer::after(earlier, changed, input.theme.clone(), site.clone(), resources.clone());
    sink.plan(&|| collect::plan(input, site));

    let page_key =
        Fingerprinter::new().add(plugins.fingerprint(&[Hook::Page])).add(memo.kept.parse_key).finish();
    let answer = |asked: &Vec<Query>| answers_to(&renderer, asked);
    let answers: Vec<Fingerprint> = memo.kept.asked.par_iter().map(answer).collect();
    let before = memo.settled.take();
    let holds = |before: &&Settled| {
        let same_records = Arc::ptr_eq(&before.records, &input.records) || before.records == input.records;
        before.page_key == page_key && same_records && before.pages.len() == site.pages.len()
    };
    let unmoved = before
        .as_ref()
        .filter(holds)
        .zip(changed)
        .map(|(before, changed)| Unmoved::new(before, site, &renderer, changed, &answers));
    let work = Work {
        site,
        essays,
        plugins,
        sink,
        renderer: &renderer,
        theme: &input.theme,
        memo,
        records: &input.records,
        page_key,
        unmoved,
        answers: &answers,
        count: AtomicUsize::new(0),
    };
    let outcome = |at: u32| Some((PageId(at), work.page(PageId(at))?));
    let results: Vec<(PageId, Outcome)> =
        (0..site.pages.len() as u32).into_par_iter().filter_map(outcome).collect();

    let (count, is_again) = (work.count.into_inner(), work.unmoved.is_some());
    let pages = before.filter(|_| is_again).map_or_else(Vec::new, |before| before.pages);
    let settled = Settled { page_key, records: input.records.clone(), answers, pages };
    remember(site, results, settled, memo, out);
    Pages { renderer, essays, resources, count }
}

/// What became of a page that may have changed since the build before.
enum Outcome {
    /// What the memo says of it still holds.
    Kept,
    /// It was rendered, with these questions.
    Rendered(Render, Vec<Query>),
    /// Its text could not be read. What was made of it before stays, and nothing is remembered.
    Lost(Diagnostic),
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
    /// The fingerprint of the plugins that change finished pages, and of all that bodies are made with besides their text.
    page_key: Fingerprint,
    /// What cannot have changed since the build before, if there was one.
    unmoved: Option<Unmoved<'a>>,
    /// The answers to the sets of questions that the memo knows.
    answers: &'a [Fingerprint],
    count: AtomicUsize,
}

impl Work<'_> {
    /// Makes a page, unless it is as the build before left it.
    fn page(&self, id: PageId) -> Option<Outcome> {
        let page = self.site.page(id);
        let unmoved = self.unmoved.as_ref().and_then(|unmoved| unmoved.page(id, page));
        if unmoved.is_some_and(|known| self.sink.has(&known.file, known.output)) {
            debug_assert!(self.known(id, page).is_some(), "`{}` has changed, see settled.rs", page.path);
            self.sink.tick();
            return None;
        }
        let file = page.route.file();
        let is_kept = self.known(id, page).is_some_and(|known| self.sink.has(&file, known.output));
        let outcome = if is_kept { Outcome::Kept } else { self.make(id, page, &file) };
        self.sink.tick();
        Some(outcome)
    }

    /// Renders a page and hands it to the sink.
    fn make(&self, id: PageId, page: &Page, file: &str) -> Outcome {
        let is_page = !matches!(page.kind, PageKind::Redirect { .. });
        self.count.fetch_add(usize::from(is_page), Ordering::Relaxed);
        let mut rendered = match self.render(page) {
            Ok(rendered) => rendered,
            Err(fault) => {
                self.sink.keep_stale();
                return Outcome::Lost(fault);
            }
        };
        for plugin in self.plugins.with(Hook::Page) {
            let card = self.site.subject(page).map(|id| &*self.site.entry(id).card);
            let cx = PageContext { config: &self.site.config, route: &page.route, lang: &page.lang, card };
            if let Some(html) = plugin.page(&cx, &rendered.html) {
                rendered.html = html;
            }
        }
        let output = Fingerprint::of(&rendered.html);
        if !self.sink.has(file, output) {
            self.sink.put(file, output, Payload::Bytes(rendered.html.into_bytes()));
        }
        let (key, answers) = (self.key(id, page), answers_to(self.renderer, &rendered.asked));
        let diagnostics = rendered.diagnostics;
        Outcome::Rendered(Render { key, asked: 0, answers, output, diagnostics }, rendered.asked)
    }

    /// What the memo says of a page, if that still holds.
    fn known(&self, id: PageId, page: &Page) -> Option<&Render> {
        let known = self.memo.kept.pages.get(&page.route)?;
        let is_answered = self.answers.get(known.asked as usize) == Some(&known.answers);
        (is_answered && known.key == self.key(id, page)).then_some(known)
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
        let card = |id: EntryId| &self.site.entry(written(self.site.entry(id), id)).card;
        let of = |id: EntryId, from: EntryId| {
            let (card, from) = (card(id), card(from));
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

    fn parallel(&self, page: &Page, left: EntryId, right: EntryId) -> Result<Rendered, Diagnostic> {
        let (record, turned) = self.record(left, right);
        let card = |id: EntryId| &*self.site.entry(id).card;
        let pieces = |id: EntryId| {
            let source = &card(id).source;
            let abroad = card(id).lang != page.lang;
            let body = body(self.essays, self.site.entry(id))?;
            Ok(self.renderer.fill_pieces(id, &body, abroad, &|| self.essays.text(source)))
        };
        let rows = parallel::rows(card(left), card(right), record, turned);
        let (left, right) = (pieces(left)?, pieces(right)?);
        let mut rendered = self.renderer.parallel(page, parallel::pairs(&rows, &left, &right));
        // What is wrong with a text is told with its own page.
        rendered.asked.extend(left.rendered.asked.into_iter().chain(right.rendered.asked));
        rendered.asked.sort();
        rendered.asked.dedup();
        Ok(rendered)
    }

    fn render(&self, page: &Page) -> Result<Rendered, Diagnostic> {
        if let PageKind::Parallel { entry, other } = page.kind {
            return self.parallel(page, entry, other);
        }
        let Some(id) = self.site.subject(page) else { return Ok(self.renderer.page(page, "")) };
        let entry = self.site.entry(id);
        let content = fill(self.renderer, self.essays, entry, id, Addresses::Path)?;
        let mut rendered = self.renderer.page(page, &content.html);
        rendered.asked.extend(content.asked);
        rendered.asked.sort();
        rendered.asked.dedup();
        // The problems of a text are told once: with its own page, of a section with the first.
        let first = !matches!(&page.kind, PageKind::Section { pager: Some(pager), .. } if pager.index > 1);
        if first && entry.is_own() {
            rendered.diagnostics.extend(content.diagnostics);
        }
        Ok(rendered)
    }
}

/// The fingerprint of the answers to some questions.
pub(crate) fn answers_to(renderer: &Renderer, asked: &[Query]) -> Fingerprint {
    Fingerprinter::new().add_all(asked.iter().map(|query| renderer.answer(query))).finish()
}

/// An entry's body with its holes filled.
pub(crate) fn fill(
    renderer: &Renderer,
    essays: &Essays<'_>,
    entry: &Entry,
    id: fika_model::EntryId,
    addresses: Addresses,
) -> Result<Rendered, Diagnostic> {
    if entry.synthetic {
        return Ok(Rendered::default());
    }
    let body = body(essays, entry)?;
    Ok(renderer.fill(id, &body, addresses, &|| essays.text(&entry.card.source)))
}

/// The body that an entry shows.
fn body(essays: &Essays<'_>, entry: &Entry) -> Result<Arc<Body>, Diagnostic> {
    // One that is shown for want of another may show a text in another script, too.
    let is_written = essays.get(&entry.card.source).is_none_or(|parsed| parsed.card.lang == entry.card.lang);
    if is_written { essays.body(&entry.card.source) } else { essays.derived_body(&entry.card) }
}

/// Puts what was rendered into the memo, forgets pages that are gone, and reports the problems of all. `settled` has the pages as the
/// build before left them, or none.
fn remember(
    site: &Site,
    results: Vec<(PageId, Outcome)>,
    mut settled: Settled,
    memo: &mut Memo,
    out: &mut Vec<Diagnostic>,
) {
    let kept = &mut memo.kept;
    let mut sets: HashMap<Vec<Query>, u32> = HashMap::new();
    settled.pages.resize_with(site.pages.len(), SettledPage::default);
    for (id, outcome) in results {
        let page = site.page(id);
        if let Outcome::Lost(fault) = outcome {
            out.push(fault);
            kept.pages.remove(&page.route);
            memo.changed = true;
        } else if let Outcome::Rendered(mut render, asked) = outcome {
            if sets.is_empty() {
                sets.extend(kept.asked.iter().cloned().zip(0..));
            }
            let next = sets.len() as u32;
            render.asked = *sets.entry(asked).or_insert_with_key(|asked| {
                kept.asked.push(asked.clone());
                settled.answers.push(render.answers);
                next
            });
            kept.pages.insert(page.route.clone(), render);
            memo.changed = true;
        }
        if let Some(render) = kept.pages.get(&page.route) {
            settled.pages[id.0 as usize] = SettledPage {
                file: page.route.file().into(),
                asked: render.asked,
                output: render.output,
                is_told: !render.diagnostics.is_empty(),
            };
        }
    }
    let told = settled.pages.iter().zip(&site.pages).filter(|(settled, _)| settled.is_told);
    for (_, page) in told {
        out.extend(
            kept.pages.get(&page.route).into_iter().flat_map(|render| render.diagnostics.iter().cloned()),
        );
    }
    if kept.pages.len() > site.pages.len() {
        kept.pages.retain(|route, _| site.index.route.contains_key(route));
        memo.changed = true;
    }
    // Sets that no page uses any more pile up while serving; once they are many, the memory starts over.
    if kept.asked.len() > 2 * site.pages.len() + 64 {
        kept.pages.clear();
        kept.asked.clear();
    } else {
        memo.settled = Some(settled);
    }
}
