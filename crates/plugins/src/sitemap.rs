//! The sitemap (sitemaps.org): every page that is meant to be found, with its versions in other languages.

use std::io;

use fika_model::{CONFIG, DateTime, Diagnostic, EntryId, Page, PageKind, Route, Site};
use fika_plugin::{Additions, Draft, File, Files, FilesContext, Fingerprint, Hook, Plugin, Sees};

use crate::xml::Xml;

/// The name in the configuration.
pub(crate) const NAME: &str = "sitemap";

/// The most addresses that one file may hold (sitemaps.org, "Using Sitemap index files").
const MOST: usize = 50_000;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
const XHTML: (&str, &str) = ("xmlns:xhtml", "http://www.w3.org/1999/xhtml");

/// Writes `sitemap.xml`; for a very large site it is the list of `sitemap-1.xml`, `sitemap-2.xml` ….
#[derive(Debug, Clone, Copy)]
pub struct Sitemap {
    most: usize,
}

impl Default for Sitemap {
    fn default() -> Sitemap {
        Sitemap { most: MOST }
    }
}

/// The address of the sitemap.
pub(crate) fn route() -> Route {
    Route::new("sitemap.xml")
}

impl Plugin for Sitemap {
    fn name(&self) -> &str {
        NAME
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of("sitemap 1")
    }

    fn hooks(&self) -> &[Hook] {
        &[Hook::Site, Hook::Files]
    }

    fn sees(&self) -> Sees {
        Sees::Outlines
    }

    fn site(&self, draft: &Draft<'_>) -> Additions {
        if draft.config.base_url.origin().is_empty() {
            let note =
                Diagnostic::note("no-host", CONFIG, "there is no sitemap, because `base_url` names no host");
            let help =
                "give the whole address of the site, such as `base_url: https://owner.github.io/repo/`";
            return Additions { diagnostics: vec![note.help(help)], ..Additions::default() };
        }
        Additions { routes: vec![route()], ..Additions::default() }
    }

    fn files(&self, cx: &FilesContext<'_>) -> Files {
        if cx.site.config.base_url.origin().is_empty() {
            return Files::default();
        }
        match self.write(cx.site) {
            Ok(files) => Files { files, diagnostics: Vec::new() },
            Err(error) => {
                let message = format!("the sitemap could not be written: {error}");
                Files { files: Vec::new(), diagnostics: vec![Diagnostic::error("sitemap", "", message)] }
            }
        }
    }
}

impl Sitemap {
    fn write(self, site: &Site) -> io::Result<Vec<File>> {
        let pages: Vec<&Page> = site.pages.iter().filter(|page| is_found(page)).collect();
        if pages.len() <= self.most {
            return Ok(vec![File { route: route(), bytes: urls(site, &pages)? }]);
        }
        let mut files = Vec::new();
        let mut index = Xml::new("sitemapindex", &[NAMESPACE])?;
        for (at, pages) in pages.chunks(self.most).enumerate() {
            let part = Route::new(&format!("sitemap-{}.xml", at + 1));
            index.open("sitemap", &[])?;
            index.text("loc", &[], &site.config.base_url.absolute(&part))?;
            index.close("sitemap")?;
            files.push(File { route: part, bytes: urls(site, pages)? });
        }
        files.push(File { route: route(), bytes: index.finish("sitemapindex")? });
        Ok(files)
    }
}

/// Whether a page is one to be found: not the page for what is missing, nor one that only leads elsewhere, nor one in whose
/// place another wants to be known.
fn is_found(page: &Page) -> bool {
    !matches!(page.kind, PageKind::NotFound | PageKind::Redirect { .. }) && page.canonical.is_none()
}

fn urls(site: &Site, pages: &[&Page]) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new("urlset", &[NAMESPACE, XHTML])?;
    for page in pages {
        xml.open("url", &[])?;
        xml.text("loc", &[], &page.permalink)?;
        if let Some(date) = changed(site, page) {
            let text = if date.has_time() { date.to_rfc3339() } else { date.to_iso_date() };
            xml.text("lastmod", &[], &text)?;
        }
        alternates(&mut xml, site, page)?;
        xml.close("url")?;
    }
    xml.finish("urlset")
}

/// The same page in every language that has it, this one included, and `x-default`: the default language's, or the first there is.
/// The set is the same on each of its pages, as search engines want it.
fn alternates(xml: &mut Xml, site: &Site, page: &Page) -> io::Result<()> {
    let exact: Vec<_> = page.versions().collect();
    let named = exact.iter().map(|alternate| (alternate.lang.without_extensions(), alternate.page));
    for (hreflang, page) in named.chain(site.x_default(page).map(|page| ("x-default", page))) {
        xml.empty(
            "xhtml:link",
            &[("rel", "alternate"), ("hreflang", hreflang), ("href", &site.page(page).permalink)],
        )?;
    }
    Ok(())
}

/// When a page last changed: an essay by its own word, a list with the newest essay of it. Further pages of
/// a list say nothing, for each of them would have to look through all of it.
fn changed(site: &Site, page: &Page) -> Option<DateTime> {
    let of = |id: &EntryId| {
        let card = &site.entry(*id).card;
        card.updated.or(card.date)
    };
    let newest = |ids: &[EntryId]| ids.iter().filter_map(of).max();
    match &page.kind {
        _ if !page.is_first() => None,
        PageKind::Essay(id) => of(id),
        PageKind::Section { entry, .. } => newest(&site.entry(*entry).pages).max(of(entry)),
        PageKind::Taxonomy(id) => {
            site.taxonomy(*id).terms.iter().filter_map(|term| newest(&term.entries)).max()
        }
        PageKind::Term { taxonomy, term, .. } => {
            newest(&site.taxonomy(*taxonomy).terms.get(*term as usize)?.entries)
        }
        PageKind::Virtual { page, .. } => newest(&page.entries),
        PageKind::NotFound | PageKind::Parallel { .. } | PageKind::Gateway | PageKind::Redirect { .. } => {
            None
        }
    }
}

#[cfg(test)]
#[path = "sitemap_tests.rs"]
mod tests;
