//! Cards in their places: addresses, sections, order, neighbours, translations.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::sync::Arc;

use fika_i18n::Collation;
use fika_model::{Card, Config, Entry, EntryId, Kind, Lang, Route, SectionCard, SortBy, Text, slugify};
use rayon::prelude::*;

use super::{DerivedCard, borrow, listing, parallel};
use crate::versions::versions;

/// All entries, and what else is known once they have their places.
pub(super) struct Placed {
    pub(super) all: Vec<Entry>,
    pub(super) homes: Vec<EntryId>,
    /// Routes of bundles by their folder, for the files beside them.
    bundles: HashMap<Arc<str>, Route>,
    content_dir: Arc<str>,
}

impl Placed {
    /// The route of a file under the content folder: beside its bundle, or under the same folders as in the source.
    pub(super) fn asset_route(&self, path: &str) -> Route {
        let mut folder = path;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            if let Some(route) = self.bundles.get(parent) {
                return route.join(&path[parent.len()..]);
            }
            folder = parent;
        }
        Route::new(path.strip_prefix(&*self.content_dir).unwrap_or(path))
    }
}

/// The versions of one essay or section.
pub(super) type Group = Vec<EntryId>;

/// Puts cards (sorted by path, with their addresses) into their places.
pub(super) fn place(config: &Config, cards: Vec<(Arc<Card>, Route)>, derived: Vec<DerivedCard>) -> Placed {
    let own = |(card, route)| Entry::new(card, route, &config.base_url);
    let mut all: Vec<Entry> = cards.into_par_iter().map(own).collect();
    borrow::derive(config, &mut all, derived);
    let homes = add_homes(config, &mut all);
    let mut groups = groups(config, &all);
    borrow::fall_back(config, &mut all, &mut groups);
    link_translations(config, &mut all, groups);
    parallel::set(config, &mut all);
    link_sections(config, &mut all);
    let bundles = all.iter().filter(|entry| entry.card.bundle && entry.is_own());
    // A bundle's files lie beside its version in the first language that has one.
    let mut by_folder: HashMap<Arc<str>, Route> = HashMap::new();
    for entry in bundles {
        let first = entry
            .translations
            .iter()
            .map(|&id| &all[id.0 as usize])
            .filter(|twin| twin.is_own() && twin.card.base == entry.card.base);
        if first.map(|twin| config.rank(&twin.lang)).all(|twin| config.rank(&entry.lang) < twin) {
            by_folder.entry(entry.card.base.clone()).or_insert_with(|| entry.route.clone());
        }
    }
    Placed { all, homes, bundles: by_folder, content_dir: config.content_dir.clone() }
}

/// A card at its address in a language's part of the site.
pub(super) fn placed(config: &Config, card: Arc<Card>, lang: Lang, text: Text) -> Entry {
    let route = route(config, &card, &lang);
    Entry { lang, text, ..Entry::new(card, route, &config.base_url) }
}

/// The address of a card: below a language's path, what `path:` says, or its folders and its slug.
pub(super) fn route(config: &Config, card: &Card, lang: &Lang) -> Route {
    let below = config.language(lang).map_or("", |language| &*language.path);
    let folders = || card.dir.split('/').map(slugify).collect::<Vec<_>>().join("/");
    let rest = match (&card.path, card.kind) {
        (Some(path), _) => Route::new(path).as_str().to_owned(),
        (None, Kind::Section) => folders(),
        (None, Kind::Page) => {
            let slug = card
                .slug
                .as_deref()
                .map_or_else(|| slugify(&card.stem), |slug| Route::new(slug).as_str().to_owned());
            // A name made of nothing but marks has no slug; its own characters are better than none.
            format!("{}/{}", folders(), if slug.is_empty() { card.stem.to_string() } else { slug })
        }
    };
    Route::new(&[below, "/", &rest, "/"].concat())
}

/// The home page of every language; one that nobody wrote is made up.
fn add_homes(config: &Config, all: &mut Vec<Entry>) -> Vec<EntryId> {
    let mut homes = Vec::with_capacity(config.languages.len());
    for language in &config.languages {
        let is_home = |entry: &Entry| {
            entry.card.kind == Kind::Section && entry.card.dir.is_empty() && entry.lang == language.lang
        };
        let found = all.iter().position(is_home).unwrap_or_else(|| {
            let first = homes.first().map(|first: &EntryId| &*all[first.0 as usize].card);
            let card = Arc::new(nobodys_home(config, &language.lang, first));
            let home = placed(config, card, language.lang.clone(), Text::Own);
            all.push(Entry { synthetic: true, ..home });
            all.len() - 1
        });
        homes.push(EntryId(found as u32));
    }
    homes
}

/// A home page without a file. It is shown as that of the default language is.
fn nobodys_home(config: &Config, lang: &Lang, first: Option<&Card>) -> Card {
    let settings = first.and_then(|card| card.section.clone());
    let section = settings.map(|section| Box::new(SectionCard { redirect_to: None, ..*section }));
    let empty = Card::empty(Kind::Section, lang.clone());
    Card {
        section: section.or(empty.section),
        template: first.and_then(|card| card.template.clone()),
        key: "_index".into(),
        base: config.content_dir.clone(),
        stem: "_index".into(),
        ..empty
    }
}

/// Parents, ancestors, ordered children, neighbours. A folder without an `_index.md` is no section:
/// its pages belong to the nearest section above.
fn link_sections(config: &Config, all: &mut [Entry]) {
    let mut sections: HashMap<(Lang, Arc<str>), EntryId> = HashMap::new();
    for (at, entry) in all.iter().enumerate().filter(|(_, entry)| entry.card.kind == Kind::Section) {
        sections.entry((entry.lang.clone(), entry.card.dir.clone())).or_insert(EntryId(at as u32));
    }
    let mut parents: HashMap<(Lang, Arc<str>, Kind), Option<EntryId>> = HashMap::new();
    for at in 0..all.len() {
        let (card, lang) = (all[at].card.clone(), all[at].lang.clone());
        let parent = *parents
            .entry((lang.clone(), card.dir.clone(), card.kind))
            .or_insert_with(|| nearest_section(&sections, &card, &lang));
        all[at].parent = parent;
        let Some(parent) = parent.filter(|&parent| listing::holds(config, all, parent, EntryId(at as u32)))
        else {
            continue;
        };
        let parent = &mut all[parent.0 as usize];
        let list = if card.kind == Kind::Section { &mut parent.subsections } else { &mut parent.pages };
        list.push(EntryId(at as u32));
    }
    set_ancestors(all);
    listing::invite(config, all, &|card, lang| nearest_section(&sections, card, lang));
    let ids: Vec<EntryId> =
        sections.into_values().collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    for &id in &ids {
        sort_children(all, id);
    }
    for &id in &ids {
        lift_transparent(all, id);
    }
}

fn nearest_section(
    sections: &HashMap<(Lang, Arc<str>), EntryId>,
    card: &Card,
    lang: &Lang,
) -> Option<EntryId> {
    // A section's own folder is itself; a page's is its section.
    let mut dir = match card.kind {
        Kind::Page => Some(&*card.dir),
        Kind::Section => above(&card.dir),
    };
    while let Some(folder) = dir {
        if let Some(&found) = sections.get(&(lang.clone(), folder.into())) {
            return Some(found);
        }
        dir = above(folder);
    }
    None
}

/// The folder that holds a folder of `content/`; the home page's is empty and lies in none.
pub(super) fn above(dir: &str) -> Option<&str> {
    if dir.is_empty() { None } else { Some(dir.rsplit_once('/').map_or("", |(parent, _)| parent)) }
}

fn set_ancestors(all: &mut [Entry]) {
    for at in 0..all.len() {
        let mut ancestors = Vec::new();
        let mut next = all[at].parent;
        while let Some(id) = next {
            ancestors.push(id);
            next = all[id.0 as usize].parent;
        }
        ancestors.reverse();
        all[at].ancestors = ancestors;
    }
}

fn sort_children(all: &mut [Entry], id: EntryId) {
    let section = &all[id.0 as usize];
    let sort_by = section.card.section.as_ref().map_or(SortBy::Date, |section| section.sort_by);
    let (mut pages, mut subsections) = (section.pages.clone(), section.subsections.clone());
    sort_pages(all, &mut pages, sort_by, &section.lang);
    subsections.sort_by(|a, b| {
        let (a, b) = (&all[a.0 as usize].card, &all[b.0 as usize].card);
        (a.weight, &a.source).cmp(&(b.weight, &b.source))
    });
    // Zola's words: by date `lower` is the earlier page, which comes later in the list; else it comes before.
    let newest_first = matches!(sort_by, SortBy::Date | SortBy::UpdateDate);
    if sort_by != SortBy::None {
        // An essay of another language is in the list, and has its neighbours at home.
        let own = |id: &&EntryId| all[id.0 as usize].lang == section.lang;
        let own: Vec<EntryId> = pages.iter().filter(own).copied().collect();
        for pair in own.windows(2) {
            let (lower, higher) = if newest_first { (pair[1], pair[0]) } else { (pair[0], pair[1]) };
            all[lower.0 as usize].higher = Some(higher);
            all[higher.0 as usize].lower = Some(lower);
        }
    }
    let section = &mut all[id.0 as usize];
    section.pages = pages;
    section.subsections = subsections;
}

/// Sorts pages of a list in some language; every order is total, for ties go by title and then by path.
fn sort_pages(all: &[Entry], pages: &mut [EntryId], sort_by: SortBy, lang: &Lang) {
    let card = |id: &EntryId| &*all[id.0 as usize].card;
    // Titles in other languages than the list's are sorted as the list's language does: their own keys do not compare.
    let foreign: HashMap<EntryId, Vec<u8>> = if pages.iter().all(|id| card(id).lang == *lang) {
        HashMap::new()
    } else {
        let order = Collation::new(lang);
        let key = |card: &Card| match &card.sort_key {
            Some(reading) => order.key_of_reading(reading),
            None => order.key(&card.title),
        };
        pages.iter().map(|id| (*id, key(card(id)))).collect()
    };
    let order = |id: &EntryId| foreign.get(id).map_or(&*card(id).order, Vec::as_slice);
    let by = |a: &Card, b: &Card| match sort_by {
        // `None < Some`, and reversed: pages without a date come after all that have one.
        SortBy::Date => Reverse(a.date).cmp(&Reverse(b.date)),
        SortBy::UpdateDate => Reverse(a.updated.or(a.date)).cmp(&Reverse(b.updated.or(b.date))),
        SortBy::Weight => a.weight.cmp(&b.weight),
        SortBy::Slug => a.stem.cmp(&b.stem),
        SortBy::Title | SortBy::None => Ordering::Equal,
    };
    pages.sort_by(|a, b| {
        let titles = || match sort_by {
            SortBy::None => Ordering::Equal,
            _ => order(a).cmp(order(b)).then_with(|| card(a).title.cmp(&card(b).title)),
        };
        let (a, b) = (card(a), card(b));
        by(a, b).then_with(titles).then_with(|| a.source.cmp(&b.source))
    });
}

/// Pages of transparent sections appear in the list of the section above too.
fn lift_transparent(all: &mut [Entry], id: EntryId) {
    let section = &all[id.0 as usize];
    let mut lifted = Vec::new();
    collect_transparent(all, id, &mut lifted);
    if lifted.is_empty() {
        return;
    }
    let sort_by = section.card.section.as_ref().map_or(SortBy::Date, |section| section.sort_by);
    let mut pages = section.pages.clone();
    pages.extend(lifted);
    pages.sort_unstable();
    pages.dedup();
    sort_pages(all, &mut pages, sort_by, &section.lang);
    all[id.0 as usize].pages = pages;
}

fn collect_transparent(all: &[Entry], id: EntryId, lifted: &mut Vec<EntryId>) {
    for &below in &all[id.0 as usize].subsections {
        let section = &all[below.0 as usize];
        if section.card.section.as_ref().is_some_and(|section| section.transparent) {
            lifted.extend(&section.pages);
            collect_transparent(all, below, lifted);
        }
    }
}

/// Entries that are versions of one essay, for every essay.
fn groups(config: &Config, all: &[Entry]) -> Vec<Group> {
    let groups = versions(config, all.iter().map(|entry| &entry.card)).into_values();
    groups.map(|group| group.into_iter().map(|at| EntryId(at as u32)).collect()).collect()
}

/// Tells every version of an essay of all others.
fn link_translations(config: &Config, all: &mut [Entry], groups: Vec<Group>) {
    for mut group in groups.into_iter().filter(|group| group.len() > 1) {
        group.sort_by_key(|id| config.rank(&all[id.0 as usize].lang));
        let (fallbacks, own): (Group, Group) = group.iter().partition(|id| all[id.0 as usize].is_fallback());
        for &id in &group {
            let others = |ids: &Group| ids.iter().copied().filter(|&twin| twin != id).collect();
            let entry = &mut all[id.0 as usize];
            (entry.translations, entry.fallbacks) = (others(&own), others(&fallbacks));
        }
    }
}
