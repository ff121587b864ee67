//! Where the language switch of every page leads: to the same page, or to the nearest there is; never nowhere.

use std::collections::HashMap;

use fika_model::{Alternate, EntryId, Fit, Kind, Lang, Page, PageId, PageKind, Site, TaxonomyId};
use rayon::prelude::*;

use super::Groups;
use super::entries::above;

/// Sets `languages` of every page.
pub(super) fn set(site: &mut Site, groups: &Groups) {
    let mut same: Vec<&[PageId]> = vec![&[]; site.pages.len()];
    for pages in groups.values() {
        for page in pages {
            same[page.0 as usize] = pages;
        }
    }
    let places = Places::of(site);
    let all: Vec<Vec<Alternate>> = (0..site.pages.len())
        .into_par_iter()
        .map(|at| languages(site, &places, PageId(at as u32), same[at]))
        .collect();
    for (page, languages) in site.pages.iter_mut().zip(all) {
        page.languages = languages;
    }
}

/// Where the nearest page may be.
struct Places<'site> {
    /// The sections of every language, by their folder.
    sections: HashMap<(&'site Lang, &'site str), EntryId>,
    /// The terms of every taxonomy, by what ties them to those of other languages.
    terms: HashMap<(TaxonomyId, &'site str), u32>,
}

impl<'site> Places<'site> {
    fn of(site: &'site Site) -> Self {
        let sections = site.entries.iter().zip(0..).filter(|(entry, _)| entry.card.kind == Kind::Section);
        let sections = sections.map(|(entry, at)| ((&entry.lang, &*entry.card.dir), EntryId(at)));
        let terms = site.taxonomies.iter().zip(0..).flat_map(|(taxonomy, id)| {
            taxonomy.terms.iter().zip(0..).map(move |(term, at)| ((TaxonomyId(id), &*term.key), at))
        });
        Self { sections: sections.collect(), terms: terms.collect() }
    }

    fn section(&self, lang: &Lang, folder: &str) -> Option<EntryId> {
        self.sections.get(&(lang, folder)).copied()
    }
}

fn languages(site: &Site, places: &Places<'_>, id: PageId, same: &[PageId]) -> Vec<Alternate> {
    let page = site.page(id);
    if page.route.as_str().is_empty() && (page.canonical.is_some() || matches!(page.kind, PageKind::Gateway))
    {
        return homes(site);
    }
    site.config
        .languages
        .iter()
        .filter_map(|language| {
            let lang = &language.lang;
            let own = (lang == &page.lang).then_some(id);
            // The two sides of one pair are each other's twins, though each wants to be known as its essay.
            let beside = |twin: &Page| matches!(twin.kind, PageKind::Parallel { .. });
            let is_it = |twin: &Page| {
                &twin.lang == lang && (twin.canonical.is_none() || site.is_fallback(twin) || beside(twin))
            };
            let same = own.or_else(|| same.iter().copied().find(|&twin| is_it(site.page(twin))));
            let same = same.or_else(|| beside_another(site, page, lang));
            let page = same.or_else(|| nearest(site, places, page, lang))?;
            // Of a list that borrows its words, a page without an equal in the original is a version like any other.
            let borrows = |page: &Page| site.is_fallback(page) && page.canonical.is_some();
            let fit = match same {
                Some(same) if borrows(site.page(same)) => Fit::Fallback,
                Some(_) => Fit::Same,
                None => Fit::Near,
            };
            Some(Alternate { lang: lang.clone(), page, fit })
        })
        .collect()
}

/// From an essay beside a version of it, the way to a third language: to that one beside the same version, or to the essay alone.
fn beside_another(site: &Site, page: &Page, lang: &Lang) -> Option<PageId> {
    let PageKind::Parallel { entry, other } = page.kind else { return None };
    let version = site.entry(site.version(entry, lang)?);
    let route = version.parallel_route(&site.entry(other).card.lang);
    let beside = site.index.route.get(&route).filter(|_| version.parallel.contains(&other));
    beside.copied().or(version.page)
}

/// From the root of a site whose languages all live in folders, the switch leads to the home pages.
fn homes(site: &Site) -> Vec<Alternate> {
    let home = |lang: &Lang| {
        let page = site.entry(site.home(lang)?).page?;
        Some(Alternate { lang: lang.clone(), page, fit: Fit::Same })
    };
    site.config.languages.iter().filter_map(|language| home(&language.lang)).collect()
}

/// The nearest page in another language: the first page of the same list, the section above, the list of terms, the home page.
fn nearest(site: &Site, places: &Places<'_>, page: &Page, lang: &Lang) -> Option<PageId> {
    let around = match &page.kind {
        PageKind::Essay(id) | PageKind::Section { entry: id, .. } | PageKind::Parallel { entry: id, .. } => {
            of_entry(site, places, *id, lang)
        }
        PageKind::Term { taxonomy, term, .. } => of_term(site, places, *taxonomy, *term, lang),
        _ => None,
    };
    around.or_else(|| site.entry(site.home(lang)?).page)
}

/// The entry itself, or else the first section above that there is: one may be written in the other language alone.
fn of_entry(site: &Site, places: &Places<'_>, id: EntryId, lang: &Lang) -> Option<PageId> {
    let entry = site.entry(id);
    let version = |id| site.entry(site.version(id, lang)?).page;
    let around = |folder: &str| {
        let own = places.section(&entry.lang, folder).and_then(version);
        own.or_else(|| site.entry(places.section(lang, folder)?).page)
    };
    let mut folders = std::iter::successors(Some(&*entry.card.dir), |folder| above(folder));
    version(id).or_else(|| folders.find_map(around))
}

fn of_term(site: &Site, places: &Places<'_>, taxonomy: TaxonomyId, term: u32, lang: &Lang) -> Option<PageId> {
    let own = site.taxonomy(taxonomy);
    let key = &own.terms[term as usize].key;
    let other = site.find_taxonomy(&own.name, lang)?;
    let same = places.terms.get(&(other, &**key)).copied();
    let page = |term| site.index.term.get(&(other, term)).copied();
    same.and_then(|term| page(Some(term))).or_else(|| page(None))
}
