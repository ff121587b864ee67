//! Links the small site of the tests: what `builder::link` does, in short.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use fika_model::{
    Alternate, Card, Config, Entry, EntryId, Fingerprint, Fingerprinter, Fit, Index, Kind, Lang, Language,
    Page, PageId, PageKind, Pager, Route, Site, Taxonomy, TaxonomyId, Term, slugify,
};

use super::fixture::{Fixture, date, lang};

/// Links a fixture: addresses, sections, neighbours by date, translations by key, tags, pages.
pub(crate) struct Linker<'a> {
    fixture: &'a Fixture,
    entries: Vec<Entry>,
    pages: Vec<Page>,
    taxonomies: Vec<Taxonomy>,
}

impl<'a> Linker<'a> {
    pub(crate) fn new(fixture: &'a Fixture) -> Self {
        let mut cards = fixture.cards.clone();
        cards.sort_by(|a, b| a.source.cmp(&b.source));
        let entries = cards.into_iter().map(|card| entry(&fixture.config, card)).collect();
        Linker { fixture, entries, pages: Vec::new(), taxonomies: Vec::new() }
    }

    fn ids(&self) -> Vec<EntryId> {
        (0..self.entries.len() as u32).map(EntryId).collect()
    }

    fn card(&self, id: EntryId) -> &Card {
        &self.entries[id.0 as usize].card
    }

    pub(crate) fn site(mut self) -> Site {
        for id in self.ids() {
            self.link(id);
        }
        self.neighbours();
        self.tag();
        self.make_pages();
        let config = Arc::new(self.fixture.config.clone());
        let files: BTreeMap<Arc<str>, Route> = self
            .fixture
            .files
            .keys()
            .filter_map(|path| {
                let route = path.strip_prefix("content/").or_else(|| path.strip_prefix("static/"))?;
                Some((path.as_str().into(), Route::new(route)))
            })
            .collect();
        let mut addresses = Fingerprinter::new();
        for entry in &self.entries {
            addresses.add(entry.route.as_str());
        }
        for path in files.keys() {
            addresses.add(&**path);
        }
        let homes = self.ids().into_iter().filter(|&id| &*self.card(id).key == "_index").collect();
        let announced: Vec<Route> = self.fixture.announced.iter().map(|route| Route::new(route)).collect();
        let index = self.index(&files);
        let now = date(2026, 11, 23).expect("a date");
        let addresses = addresses.finish();
        Site {
            config,
            now,
            entries: self.entries,
            pages: self.pages,
            taxonomies: self.taxonomies,
            homes,
            files,
            announced,
            addresses,
            index,
        }
    }

    fn link(&mut self, id: EntryId) {
        let (key, dir, lang) = {
            let card = self.card(id);
            (card.key.clone(), card.dir.clone(), card.lang.clone())
        };
        let twins =
            self.ids().into_iter().filter(|&other| other != id && self.card(other).key == key).collect();
        let own_section = if &*key == "_index" {
            None
        } else if key.ends_with("/_index") {
            Some("_index".to_owned())
        } else {
            Some(format!("{dir}/_index"))
        };
        let parent = own_section.and_then(|key| {
            self.ids()
                .into_iter()
                .find(|&other| *self.card(other).key == *key && self.card(other).lang == lang)
        });
        let grand = parent.and_then(|parent| self.entries[parent.0 as usize].parent);
        self.entries[id.0 as usize].translations = twins;
        self.entries[id.0 as usize].parent = parent;
        self.entries[id.0 as usize].ancestors = grand.into_iter().chain(parent).collect();
        if let Some(parent) = parent {
            let section = self.card(id).kind == Kind::Section;
            let above = &mut self.entries[parent.0 as usize];
            if section { above.subsections.push(id) } else { above.pages.push(id) }
        }
    }

    fn neighbours(&mut self) {
        for section in self.ids() {
            let mut pages = self.entries[section.0 as usize].pages.clone();
            pages.sort_by_key(|&id| std::cmp::Reverse(self.card(id).date));
            for pair in pages.windows(2) {
                self.entries[pair[0].0 as usize].lower = Some(pair[1]);
                self.entries[pair[1].0 as usize].higher = Some(pair[0]);
            }
            self.entries[section.0 as usize].pages = pages;
        }
    }

    fn tag(&mut self) {
        for language in &self.fixture.config.languages {
            let root = Route::new(&format!("{}/tags/", language.path));
            let mut terms: BTreeMap<String, Term> = BTreeMap::new();
            for id in self.ids() {
                let card = self.card(id);
                for name in card
                    .taxonomies
                    .iter()
                    .filter(|_| card.lang == language.lang)
                    .flat_map(|(_, terms, _)| terms)
                {
                    let slug = slugify(name);
                    let route = root.join(&format!("{slug}/"));
                    let term = Term {
                        name: name.clone(),
                        lang: language.lang.clone(),
                        slug: slug.as_str().into(),
                        key: slug.as_str().into(),
                        route,
                        entries: Vec::new(),
                    };
                    terms.entry(slug).or_insert(term).entries.push(id);
                }
            }
            let terms = terms.into_values().collect();
            self.taxonomies.push(Taxonomy {
                name: "tags".into(),
                lang: language.lang.clone(),
                route: root,
                paginate_by: 0,
                terms,
            });
        }
    }

    fn make_pages(&mut self) {
        for id in self.ids() {
            self.entry_pages(id);
        }
        for (taxonomy, at) in self.taxonomies.clone().into_iter().zip(0..) {
            self.put(
                &taxonomy.route,
                &taxonomy.lang,
                PageKind::Taxonomy(TaxonomyId(at)),
                "taxonomy_list.html",
                "fika.yaml",
            );
            for (term, place) in taxonomy.terms.iter().zip(0..) {
                let kind = PageKind::Term { taxonomy: TaxonomyId(at), term: place, pager: None };
                self.put(&term.route, &taxonomy.lang, kind, "taxonomy_single.html", "fika.yaml");
            }
        }
        let zh = lang("zh-Hans");
        self.put(&Route::new("404.html"), &zh, PageKind::NotFound, "404.html", "fika.yaml");
        let redirect = PageKind::Redirect { to: "https://o.example/new/".into() };
        self.put(&Route::new("old/"), &zh, redirect, "redirect.html", "fika.yaml");
        self.pages.sort_by(|a, b| a.route.cmp(&b.route));
        self.alternates();
    }

    /// The pages of an essay or section.
    fn entry_pages(&mut self, id: EntryId) {
        let entry = self.entries[id.0 as usize].clone();
        let (card, route) = (&*entry.card, &entry.route);
        let by = self.fixture.paginate_by;
        match (&*card.key, card.kind) {
            (_, Kind::Page) => self.put(route, &card.lang, PageKind::Essay(id), "page.html", &card.source),
            (key, Kind::Section) => {
                let template = if key == "_index" { "index.html" } else { "section.html" };
                let total = entry.pages.len() as u32;
                let count = if by == 0 { 1 } else { total.div_ceil(by).max(1) };
                for index in 1..=count {
                    let (start, end) = ((index - 1) * by, (index * by).min(total));
                    let (base, segment) = (route.clone(), "page".into());
                    let pager = Pager { index, count, paginate_by: by, start, end, base, segment };
                    let to = pager.route(index);
                    let kind = PageKind::Section { entry: id, pager: (by > 0).then_some(pager) };
                    self.put(&to, &card.lang, kind, template, &card.source);
                }
            }
        }
    }

    fn put(&mut self, route: &Route, lang: &Lang, kind: PageKind, template: &str, origin: &str) {
        let base = &self.fixture.config.base_url;
        self.pages.push(Page {
            route: route.clone(),
            path: base.path_of(route).into(),
            permalink: base.absolute(route).into(),
            canonical: None,
            lang: lang.clone(),
            kind,
            templates: vec![template.into()],
            languages: Vec::new(),
            origin: origin.into(),
        });
    }

    /// Each page leads to its twin, else to the home page.
    fn alternates(&mut self) {
        let find = |id: EntryId| {
            let shows = |page: &&Page| matches!(&page.kind, PageKind::Essay(entry) | PageKind::Section { entry, .. } if *entry == id);
            PageId(self.pages.iter().zip(0..).find(|(page, _)| shows(page)).expect("a page").1)
        };
        let mut all = Vec::new();
        for (page, own) in self.pages.iter().zip(0..) {
            let entry = match &page.kind {
                PageKind::Essay(id) | PageKind::Section { entry: id, .. } => Some(*id),
                _ => None,
            };
            let twins = entry.map(|id| self.entries[id.0 as usize].translations.clone()).unwrap_or_default();
            let alternate = |language: &Language| {
                if language.lang == page.lang {
                    return Alternate { lang: page.lang.clone(), page: PageId(own), fit: Fit::Same };
                }
                let twin = twins.iter().find(|&&twin| self.card(twin).lang == language.lang);
                let home = self
                    .ids()
                    .into_iter()
                    .find(|&id| &*self.card(id).key == "_index" && self.card(id).lang == language.lang);
                let to = twin.copied().or(home).expect("a home page");
                let fit = if twin.is_some() { Fit::Same } else { Fit::Near };
                Alternate { lang: language.lang.clone(), page: find(to), fit }
            };
            all.push(self.fixture.config.languages.iter().map(alternate).collect());
        }
        for (page, languages) in self.pages.iter_mut().zip(all) {
            page.languages = languages;
        }
    }

    fn index(&self, files: &BTreeMap<Arc<str>, Route>) -> Index {
        let mut index = Index::default();
        for id in self.ids() {
            let card = self.card(id);
            index.source.insert(card.source.clone(), id);
            index.key.entry(card.key.clone()).or_default().push(id);
        }
        index.route = self.pages.iter().zip(0..).map(|(page, at)| (page.route.clone(), PageId(at))).collect();
        index.file =
            files.iter().map(|(path, route)| (route.clone(), Some(path.clone()))).collect::<HashMap<_, _>>();
        index
    }
}

fn entry(config: &Config, card: Card) -> Entry {
    let folder = config.language(&card.lang).map(|language| language.path.clone()).unwrap_or_default();
    let inner = card.key.strip_suffix("_index").unwrap_or(&card.key);
    let route = Route::new(&format!("{folder}/{inner}/"));
    let fingerprint = Fingerprint::of(format!("{card:?} {route}"));
    Entry { fingerprint, ..Entry::new(Arc::new(card), route, &config.base_url) }
}
