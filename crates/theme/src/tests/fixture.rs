//! A small site, linked by hand: what `builder::link` does, for tests of this crate alone.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::Arc;

use fika_model::{
    Alternate, BaseUrl, Body, Card, Config, Data, DateTime, Diagnostic, Entry, EntryId, Fingerprint, Fingerprinter, Index, Kind, Lang,
    Language, Localized, Markdown, Page, PageId, PageKind, Pager, Route, SectionCard, Site, Taxonomy, TaxonomyConfig, TaxonomyId, Term,
    Words, slugify,
};

use crate::{Addresses, Rendered, Renderer, Resources, Theme, ThemeFile};

pub(crate) fn lang(tag: &str) -> Lang {
    Lang::parse(tag).expect("a good tag")
}

/// A site about to be linked, its files and its templates.
pub(crate) struct Fixture {
    pub(crate) config: Config,
    pub(crate) cards: Vec<Card>,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) announced: Vec<&'static str>,
    pub(crate) paginate_by: u32,
    pub(crate) templates: Vec<(String, String)>,
}

/// Files in memory. A picture's size is written in it: `12x34`.
struct Memory(BTreeMap<String, Vec<u8>>);

impl Resources for Memory {
    fn read(&self, path: &str) -> io::Result<Arc<[u8]>> {
        self.0.get(path).map(|bytes| bytes.as_slice().into()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn fingerprint(&self, path: &str) -> Option<Fingerprint> {
        self.0.get(path).map(Fingerprint::of)
    }

    fn image_size(&self, path: &str) -> Option<(u32, u32)> {
        let (width, height) = std::str::from_utf8(self.0.get(path)?).ok()?.split_once('x')?;
        Some((width.parse().ok()?, height.parse().ok()?))
    }

    /// One `key: value` on each line.
    fn data(&self, path: &str, _: Option<&str>) -> Result<Data, Diagnostic> {
        let text = String::from_utf8_lossy(&self.0[path]).into_owned();
        let pair = |line: &str| line.split_once(": ").map(|(key, value)| (Arc::from(key), Data::from(value)));
        let pairs: Option<Vec<_>> = text.lines().map(pair).collect();
        pairs.map(Data::Map).ok_or_else(|| Diagnostic::error("data", path, "this is no pair").at(&text, 0..1))
    }
}

impl Fixture {
    /// Two languages, Chinese first; a home page and a section of essays in both; three essays, one in both languages.
    pub(crate) fn new() -> Fixture {
        let dated = |day| move |card: &mut Card| card.date = date(2026, 3, day);
        let cards = vec![
            card("content/_index.md", "", |_| {}),
            card("content/_index.en.md", "", |_| {}),
            card("content/essays/_index.md", "文章", |_| {}),
            card("content/essays/_index.en.md", "Essays", |_| {}),
            card("content/essays/moon.md", "月", dated(1)),
            card("content/essays/moon.en.md", "Moon", dated(2)),
            card("content/essays/tide.md", "潮", |card| {
                card.date = date(2026, 3, 3);
                card.taxonomies = vec![("tags".into(), vec!["写作".into(), "Sea".into()], (0..0).into())];
            }),
        ];
        let mut fixture =
            Fixture { config: config(), cards, files: BTreeMap::new(), announced: Vec::new(), paginate_by: 0, templates: Vec::new() };
        for name in ["index.html", "section.html", "page.html", "taxonomy_list.html", "taxonomy_single.html", "404.html"] {
            fixture = fixture.template(name, "");
        }
        fixture
    }

    /// The same with a template, instead of one of that name.
    pub(crate) fn template(mut self, name: &str, source: &str) -> Fixture {
        self.templates.retain(|(known, _)| known != name);
        self.templates.push((name.to_owned(), source.to_owned()));
        self
    }

    pub(crate) fn file(mut self, path: &str, bytes: &str) -> Fixture {
        self.files.insert(path.to_owned(), bytes.as_bytes().to_vec());
        self
    }

    /// The same after a change to the card of a source.
    pub(crate) fn edit(mut self, source: &str, change: impl FnOnce(&mut Card)) -> Fixture {
        change(self.cards.iter_mut().find(|card| &*card.source == source).expect("a card of that source"));
        self
    }

    pub(crate) fn theme(&self) -> (Theme, Vec<Diagnostic>) {
        let mut files: Vec<ThemeFile> =
            self.templates.iter().map(|(name, source)| file("themes/t/", &format!("templates/{name}"), source)).collect();
        files.push(file("themes/t/", "static/style.css", "body {}"));
        files.push(file("themes/t/", "i18n/zh.ftl", "read-more = 继续读\nessays = { $n } 篇\n"));
        files.push(file("themes/t/", "i18n/en.ftl", "read-more = Read on\nessays = { $n ->\n [one] one essay\n *[other] { $n } essays\n}\nonly-en = Only here\n"));
        Theme::load(&self.config, vec![Vec::new(), files])
    }

    pub(crate) fn renderer(&self) -> Built {
        let (theme, faults) = self.theme();
        assert_eq!(faults, [], "the theme is sound");
        let site = Arc::new(self.site());
        let resources = Arc::new(Memory(self.files.clone()));
        Built { renderer: Renderer::new(Arc::new(theme), site.clone(), resources), site }
    }

    /// Renders one page with a template of its own.
    pub(crate) fn show(self, route: &str, template: &str) -> Rendered {
        let built = self.renderer();
        let name = built.page(route).templates[0].to_string();
        let source = self.template(&name, template);
        source.renderer().render(route)
    }

    /// The HTML of that, of which nothing must be reported.
    pub(crate) fn html(self, route: &str, template: &str) -> String {
        let rendered = self.show(route, template);
        assert_eq!(rendered.diagnostics, [], "{template}");
        rendered.html
    }

    fn site(&self) -> Site {
        Linker::new(self).site()
    }
}

/// A renderer and its site.
pub(crate) struct Built {
    pub(crate) renderer: Renderer,
    pub(crate) site: Arc<Site>,
}

impl Built {
    pub(crate) fn page(&self, route: &str) -> &Page {
        self.site.pages.iter().find(|page| page.route.as_str() == route).unwrap_or_else(|| panic!("no page {route}"))
    }

    pub(crate) fn render(&self, route: &str) -> Rendered {
        self.renderer.page(self.page(route), "<p>正文</p>")
    }

    pub(crate) fn fill(&self, source: &str, body: &Body, text: &str) -> Rendered {
        let entry = self.site.index.source[source];
        self.renderer.fill(entry, body, Addresses::Path, &|| Some(text.to_owned()))
    }
}

pub(crate) fn file(root: &str, path: &str, text: &str) -> ThemeFile {
    ThemeFile { path: path.into(), origin: format!("{root}{path}").into(), bytes: text.as_bytes().into() }
}

pub(crate) fn date(year: i16, month: i8, day: i8) -> Option<DateTime> {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(8));
    DateTime::from_civil(jiff::civil::date(year, month, day), None, &zone)
}

fn config() -> Config {
    let language = |tag: &str, name: &str, path: &str, title: &str| Language {
        lang: lang(tag),
        name: name.into(),
        path: path.into(),
        title: title.into(),
        tagline: format!("{title}!").into(),
        description: "".into(),
        author: None,
    };
    Config {
        edition: 2026,
        base_url: BaseUrl::parse("https://o.example/repo/").expect("a good address"),
        timezone: "Asia/Shanghai".into(),
        languages: vec![language("zh-Hans", "中文", "", "站"), language("en", "English", "en", "Site")],
        default_language_in_subdir: false,
        theme: "t".into(),
        content_dir: "content".into(),
        output_dir: "public".into(),
        paginate_by: 0,
        taxonomies: vec![TaxonomyConfig { name: "tags".into(), paginate_by: None, render: true, feed: false }],
        markdown: Markdown::default(),
        menu: Vec::new(),
        plugins: Vec::new(),
        ignored_content: Vec::new(),
        extra: Data::Null,
        fingerprint: Fingerprint::of("config"),
    }
}

/// A card whose place is told by its path.
pub(crate) fn card(source: &str, title: &str, change: impl FnOnce(&mut Card)) -> Card {
    let inner = source.strip_prefix("content/").expect("a path under content/").strip_suffix(".md").expect("Markdown");
    let (key, tag) = inner.strip_suffix(".en").map_or((inner, "zh-Hans"), |key| (key, "en"));
    let (dir, stem) = key.rsplit_once('/').unwrap_or(("", key));
    let section = stem == "_index";
    let mut card = Card {
        source: source.into(),
        key: key.into(),
        dir: dir.into(),
        base: format!("content/{dir}").trim_end_matches('/').into(),
        stem: stem.into(),
        bundle: false,
        kind: if section { Kind::Section } else { Kind::Page },
        lang: lang(tag),
        title: title.into(),
        title_html: None,
        description: None,
        summary: None,
        summary_text: "".into(),
        summary_given: false,
        tagline: Localized::default(),
        date: None,
        updated: None,
        slug: None,
        path: None,
        aliases: Vec::new(),
        authors: Vec::new(),
        draft: false,
        weight: 0,
        template: None,
        taxonomies: Vec::new(),
        series: None,
        cover: None,
        section: section.then(|| Box::new(SectionCard { render: true, ..SectionCard::default() })),
        extra: Data::Null,
        words: Words { han: 700, latin: 0 },
        headings: Vec::new(),
        anchors: Vec::new(),
        links: Vec::new(),
        blocks: Vec::new(),
        has_components: false,
    };
    change(&mut card);
    card
}

/// Links a fixture: addresses, sections, neighbours by date, translations by key, tags, pages.
struct Linker<'a> {
    fixture: &'a Fixture,
    entries: Vec<Entry>,
    pages: Vec<Page>,
    taxonomies: Vec<Taxonomy>,
}

impl<'a> Linker<'a> {
    fn new(fixture: &'a Fixture) -> Self {
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

    fn site(mut self) -> Site {
        for id in self.ids() {
            self.link(id);
        }
        self.neighbours();
        self.tag();
        self.make_pages();
        let config = Arc::new(self.fixture.config.clone());
        let files: BTreeMap<Arc<str>, Route> = self.fixture.files.keys().filter_map(|path| {
            let route = path.strip_prefix("content/").or_else(|| path.strip_prefix("static/"))?;
            Some((path.as_str().into(), Route::new(route)))
        }).collect();
        let mut addresses = Fingerprinter::new();
        self.entries.iter().for_each(|entry| drop(addresses.add(entry.route.as_str())));
        files.keys().for_each(|path| drop(addresses.add(&**path)));
        let homes = self.ids().into_iter().filter(|&id| &*self.card(id).key == "_index").collect();
        let announced: Vec<Route> = self.fixture.announced.iter().map(|route| Route::new(route)).collect();
        let index = self.index(&files);
        let now = date(2026, 11, 23).expect("a date");
        let addresses = addresses.finish();
        Site { config, now, entries: self.entries, pages: self.pages, taxonomies: self.taxonomies, homes, files, announced, addresses, index }
    }

    fn link(&mut self, id: EntryId) {
        let (key, dir, lang) = { let card = self.card(id); (card.key.clone(), card.dir.clone(), card.lang.clone()) };
        let twins = self.ids().into_iter().filter(|&other| other != id && self.card(other).key == key).collect();
        let own_section = if &*key == "_index" { None } else if key.ends_with("/_index") { Some("_index".to_owned()) } else { Some(format!("{dir}/_index")) };
        let parent = own_section.and_then(|key| self.ids().into_iter().find(|&other| *self.card(other).key == *key && self.card(other).lang == lang));
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
                for name in card.taxonomies.iter().filter(|_| card.lang == language.lang).flat_map(|(_, terms, _)| terms) {
                    let slug = slugify(name);
                    let route = root.join(&format!("{slug}/"));
                    let term = Term { name: name.clone(), slug: slug.as_str().into(), route, entries: Vec::new() };
                    terms.entry(slug).or_insert(term).entries.push(id);
                }
            }
            let terms = terms.into_values().collect();
            self.taxonomies.push(Taxonomy { name: "tags".into(), lang: language.lang.clone(), route: root, paginate_by: 0, terms });
        }
    }

    fn make_pages(&mut self) {
        let mut made: Vec<(Route, Lang, PageKind, &str, Arc<str>)> = Vec::new();
        for id in self.ids() {
            let (route, card) = (self.entries[id.0 as usize].route.clone(), self.card(id).clone());
            let count = self.entries[id.0 as usize].pages.len() as u32;
            let by = self.fixture.paginate_by;
            let template = match (&*card.key, card.kind) { ("_index", _) => "index.html", (_, Kind::Section) => "section.html", _ => "page.html" };
            if card.kind == Kind::Page {
                made.push((route, card.lang, PageKind::Essay(id), template, card.source));
            } else if by == 0 {
                made.push((route, card.lang, PageKind::Section { entry: id, pager: None }, template, card.source));
            } else {
                let pagers = count.div_ceil(by).max(1);
                for index in 1..=pagers {
                    let (start, end) = ((index - 1) * by, (index * by).min(count));
                    let pager = Pager { index, count: pagers, paginate_by: by, start, end, base: route.clone(), segment: "page".into() };
                    let kind = PageKind::Section { entry: id, pager: Some(pager.clone()) };
                    made.push((pager.route(index), card.lang.clone(), kind, template, card.source.clone()));
                }
            }
        }
        for (taxonomy, at) in self.taxonomies.iter().zip(0..) {
            made.push((taxonomy.route.clone(), taxonomy.lang.clone(), PageKind::Taxonomy(TaxonomyId(at)), "taxonomy_list.html", "fika.yaml".into()));
            for (term, place) in taxonomy.terms.iter().zip(0..) {
                let kind = PageKind::Term { taxonomy: TaxonomyId(at), term: place, pager: None };
                made.push((term.route.clone(), taxonomy.lang.clone(), kind, "taxonomy_single.html", "fika.yaml".into()));
            }
        }
        made.push((Route::new("404.html"), lang("zh-Hans"), PageKind::NotFound, "404.html", "fika.yaml".into()));
        made.push((Route::new("old/"), lang("zh-Hans"), PageKind::Redirect { to: "https://o.example/new/".into() }, "redirect.html", "fika.yaml".into()));
        made.sort_by(|a, b| a.0.cmp(&b.0));
        let base = self.fixture.config.base_url.clone();
        self.pages = made.into_iter().map(|(route, lang, kind, template, origin)| Page {
            path: base.path_of(&route).into(),
            permalink: base.absolute(&route).into(),
            templates: vec![template.into()],
            languages: Vec::new(),
            route, lang, kind, origin,
        }).collect();
        self.alternates();
    }

    /// Each page leads to its twin, else to the home page.
    fn alternates(&mut self) {
        let find = |id: EntryId| {
            let shows = |page: &&Page| matches!(&page.kind, PageKind::Essay(entry) | PageKind::Section { entry, .. } if *entry == id);
            PageId(self.pages.iter().zip(0..).find(|(page, _)| shows(page)).expect("a page").1)
        };
        let mut all = Vec::new();
        for (page, own) in self.pages.iter().zip(0..) {
            let entry = match &page.kind { PageKind::Essay(id) | PageKind::Section { entry: id, .. } => Some(*id), _ => None };
            let twins = entry.map(|id| self.entries[id.0 as usize].translations.clone()).unwrap_or_default();
            let alternate = |language: &Language| {
                if language.lang == page.lang {
                    return Alternate { lang: page.lang.clone(), page: PageId(own), exact: true };
                }
                let twin = twins.iter().find(|&&twin| self.card(twin).lang == language.lang);
                let home = self.ids().into_iter().find(|&id| &*self.card(id).key == "_index" && self.card(id).lang == language.lang);
                let to = twin.copied().or(home).expect("a home page");
                Alternate { lang: language.lang.clone(), page: find(to), exact: twin.is_some() }
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
            index.name.entry(card.title.to_lowercase()).or_default().push(id);
        }
        index.route = self.pages.iter().zip(0..).map(|(page, at)| (page.route.clone(), PageId(at))).collect();
        index.file = files.iter().map(|(path, route)| (route.clone(), Some(path.clone()))).collect::<HashMap<_, _>>();
        index
    }
}

fn entry(config: &Config, card: Card) -> Entry {
    let folder = config.language(&card.lang).map(|language| language.path.clone()).unwrap_or_default();
    let inner = card.key.strip_suffix("_index").unwrap_or(&card.key);
    let route = Route::new(&format!("{folder}/{inner}/"));
    Entry {
        path: config.base_url.path_of(&route).into(),
        permalink: config.base_url.absolute(&route).into(),
        page: None,
        parent: None,
        ancestors: Vec::new(),
        pages: Vec::new(),
        subsections: Vec::new(),
        lower: None,
        higher: None,
        translations: Vec::new(),
        backlinks: Vec::new(),
        assets: Vec::new(),
        synthetic: false,
        fingerprint: Fingerprint::of(format!("{card:?} {route}")),
        card: Arc::new(card),
        route,
    }
}
