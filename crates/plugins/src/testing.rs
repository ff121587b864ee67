//! Sites made by hand, for the tests of this crate: cards in, a linked site out, as far as plugins look at it.

use std::collections::BTreeMap;
use std::sync::Arc;

use fika_model::{
    Alternate, BaseUrl, Card, Config, Data, DateTime, Entry, EntryId, Fingerprint, Fit, Index, Kind, Lang,
    Language, Markdown, Page, PageId, PageKind, Route, Site, Span, TaxonomyConfig,
};
use fika_plugin::{Ask, Draft, FilesContext, Plugin};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::Taxonomies;

/// Simplified Chinese at the root and English under `en/`, under `/repo/`, with tags.
pub(crate) fn config() -> Config {
    let language = |tag: &str, path: &str, title: &str, tagline: &str, author: Option<&str>| Language {
        name: tag.into(),
        path: path.into(),
        title: title.into(),
        tagline: tagline.into(),
        author: author.map(Into::into),
        ..Language::new(Lang::parse(tag).unwrap())
    };
    Config {
        edition: 2026,
        base_url: BaseUrl::parse("https://o.github.io/repo/").unwrap(),
        timezone: "Asia/Shanghai".into(),
        languages: vec![
            language("zh-Hans", "", "月下", "慢慢写", Some("林望")),
            language("en", "en", "Moon & Tea", "", None),
        ],
        default_language_in_subdir: false,
        root: fika_model::Root::default(),
        theme: "paper".into(),
        content_dir: "content".into(),
        output_dir: "public".into(),
        paginate_by: 10,
        taxonomies: vec![TaxonomyConfig::new("tags")],
        translations: fika_model::TranslationConfig::default(),
        markdown: Markdown::default(),
        authors: Vec::new(),
        menu: Vec::new(),
        plugins: Vec::new(),
        ignored_content: Vec::new(),
        extra: Data::Null,
        fingerprint: Fingerprint::default(),
    }
}

/// Collects cards and draws a site from them.
pub(crate) struct Draftsman {
    pub(crate) config: Config,
    cards: Vec<Card>,
}

/// A card that is being filled in.
pub(crate) struct Draw<'a>(pub(crate) &'a mut Card);

impl Draw<'_> {
    pub(crate) fn date(self, date: &str) -> Self {
        self.0.date = Some(moment(date));
        self
    }
    pub(crate) fn updated(self, date: &str) -> Self {
        self.0.updated = Some(moment(date));
        self
    }
    pub(crate) fn title(self, title: &str) -> Self {
        self.0.title = title.into();
        self
    }
    pub(crate) fn tags(self, terms: &[&str]) -> Self {
        self.terms("tags", terms)
    }
    pub(crate) fn terms(self, taxonomy: &str, terms: &[&str]) -> Self {
        let terms = terms.iter().map(|&term| term.into()).collect();
        self.0.taxonomies.push((taxonomy.into(), terms, Span::default()));
        self
    }
}

/// `2026-03-01` or `2026-03-01 08:30`, in Shanghai.
pub(crate) fn moment(text: &str) -> DateTime {
    let (date, time) = text.split_once(' ').unwrap_or((text, ""));
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap();
    let time = (!time.is_empty()).then(|| time.parse().unwrap());
    DateTime::from_civil(date.parse().unwrap(), time, &zone).unwrap()
}

impl Draftsman {
    pub(crate) fn new(config: Config) -> Draftsman {
        Draftsman { config, cards: Vec::new() }
    }

    /// A file under `content/`: `a.md`, `essays/a.en.md`, `essays/_index.md`.
    pub(crate) fn add(&mut self, path: &str) -> Draw<'_> {
        let bare = path.trim_end_matches(".md");
        let (bare, lang) = bare.strip_suffix(".en").map_or((bare, 0), |bare| (bare, 1));
        let (dir, stem) = bare.rsplit_once('/').unwrap_or(("", bare));
        let kind = if stem == "_index" { Kind::Section } else { Kind::Page };
        self.cards.push(card(path, bare, dir, stem, kind, self.config.languages[lang].lang.clone()));
        Draw(self.cards.last_mut().unwrap())
    }

    /// The entries, sorted by path; a section holds the pages of its folder, the newest first.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let mut cards = self.cards.clone();
        cards.sort_by(|a, b| a.source.cmp(&b.source));
        let mut entries: Vec<Entry> = cards.into_iter().map(|card| self.entry(card)).collect();
        let cards: Vec<Arc<Card>> = entries.iter().map(|entry| entry.card.clone()).collect();
        for entry in entries.iter_mut().filter(|entry| entry.card.kind == Kind::Section) {
            let own = |card: &Card| {
                card.kind == Kind::Page && card.dir == entry.card.dir && card.lang == entry.card.lang
            };
            entry.pages =
                (0..cards.len()).filter(|&at| own(&cards[at])).map(|at| EntryId(at as u32)).collect();
            entry.pages.sort_by_key(|id| std::cmp::Reverse(cards[id.0 as usize].date));
        }
        entries
    }

    fn entry(&self, card: Card) -> Entry {
        let language = self.config.language(&card.lang).unwrap();
        let stem = if card.kind == Kind::Section { "" } else { &card.stem };
        let route = Route::new(&format!("{}/{}/{stem}/", language.path, card.dir));
        Entry::new(Arc::new(card), route, &self.config.base_url)
    }

    /// The site with a page for each entry, taxonomy and term, a 404 and a redirect.
    pub(crate) fn site(&self) -> Site {
        let entries = self.entries();
        let taxonomies = Taxonomies.site(&Draft { config: &self.config, entries: &entries }).taxonomies;
        let mut pages = Vec::new();
        let mut groups = Vec::new();
        let mut add = |route: &Route, lang: &Lang, kind: PageKind, group: String| {
            let permalink = self.config.base_url.absolute(route).into();
            let path = self.config.base_url.path_of(route).into();
            pages.push(Page {
                route: route.clone(),
                path,
                permalink,
                canonical: None,
                lang: lang.clone(),
                kind,
                templates: vec![],
                languages: vec![],
                origin: "".into(),
            });
            groups.push(group);
        };
        for (at, entry) in entries.iter().enumerate() {
            let id = EntryId(at as u32);
            let kind = if entry.card.kind == Kind::Page {
                PageKind::Essay(id)
            } else {
                PageKind::Section { entry: id, pager: None }
            };
            add(&entry.route, &entry.card.lang, kind, entry.card.key.to_string());
        }
        for (at, taxonomy) in taxonomies.iter().enumerate() {
            let id = fika_model::TaxonomyId(at as u32);
            add(&taxonomy.route, &taxonomy.lang, PageKind::Taxonomy(id), format!("/{}", taxonomy.name));
            for (term, own) in taxonomy.terms.iter().enumerate() {
                let kind = PageKind::Term { taxonomy: id, term: term as u32, pager: None };
                add(&own.route, &taxonomy.lang, kind, format!("/{}/{}", taxonomy.name, own.slug));
            }
        }
        let lang = &self.config.default_language().lang;
        add(&Route::new("404.html"), lang, PageKind::NotFound, "404".into());
        add(
            &Route::new("old/"),
            lang,
            PageKind::Redirect { to: "https://o.github.io/repo/".into() },
            "old".into(),
        );
        self.link(entries, taxonomies, pages, &groups)
    }

    fn link(
        &self,
        entries: Vec<Entry>,
        taxonomies: Vec<fika_model::Taxonomy>,
        mut pages: Vec<Page>,
        groups: &[String],
    ) -> Site {
        for at in 0..pages.len() {
            let same = |lang: &Lang| {
                (0..pages.len()).find(|&other| groups[other] == groups[at] && &pages[other].lang == lang)
            };
            let languages = self.config.languages.iter().map(|language| {
                let twin = same(&language.lang);
                let fit = if twin.is_some() { Fit::Same } else { Fit::Near };
                Alternate { lang: language.lang.clone(), page: PageId(twin.unwrap_or(0) as u32), fit }
            });
            pages[at].languages = languages.collect();
        }
        Site {
            config: Arc::new(self.config.clone()),
            now: moment("2030-01-01"),
            entries,
            pages,
            taxonomies,
            homes: Vec::new(),
            files: BTreeMap::new(),
            announced: Vec::new(),
            addresses: Fingerprint::default(),
            index: Index::default(),
        }
    }
}

fn card(path: &str, key: &str, dir: &str, stem: &str, kind: Kind, lang: Lang) -> Card {
    Card {
        source: format!("content/{path}").into(),
        key: key.into(),
        dir: dir.into(),
        base: format!("content/{dir}").trim_end_matches('/').into(),
        stem: stem.into(),
        title: stem.into(),
        ..Card::empty(kind, lang)
    }
}

/// A builder whose bodies tell their own source and whose summaries are the cards' texts.
struct Answers<'a>(&'a Site);

impl Ask for Answers<'_> {
    fn html(&self, entry: EntryId) -> String {
        format!(
            "<p>{} &amp; <a href=\"https://o.github.io/repo/\">家</a>\u{b}</p>\n",
            self.0.entry(entry).card.source
        )
    }
    fn summary(&self, entry: EntryId) -> Option<String> {
        let text = &self.0.entry(entry).card.summary_text;
        (!text.is_empty()).then(|| format!("<p>{text}</p>"))
    }
    fn t(&self, _lang: &Lang, key: &str) -> String {
        key.to_owned()
    }
}

/// What a plugin writes: route and text. Whatever is XML is read again, and has to be well-formed.
pub(crate) fn files(plugin: &dyn Plugin, site: &Site) -> Vec<(String, String)> {
    let made = plugin.files(&FilesContext { site, ask: &Answers(site) });
    assert_eq!(made.diagnostics, []);
    let files: Vec<(String, String)> = made
        .files
        .into_iter()
        .map(|file| (file.route.to_string(), String::from_utf8(file.bytes).unwrap()))
        .collect();
    for (route, text) in files.iter().filter(|(route, _)| route.ends_with(".xml")) {
        assert!(!read_xml(text).is_empty(), "{route}");
    }
    files
}

/// Reads a document strictly: the elements with their text, in the order in which they end.
pub(crate) fn read_xml(text: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                start.attributes().for_each(|attribute| drop(attribute.unwrap()));
                open.push((start.name().as_ref().to_owned(), String::new()));
            }
            Event::Empty(start) => start.attributes().for_each(|attribute| drop(attribute.unwrap())),
            Event::Text(text) => {
                if let Some((_, content)) = open.last_mut() {
                    content.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                let entity = format!("&{};", &*name);
                let (_, content) = open.last_mut().unwrap();
                content.push_str(&quick_xml::escape::unescape(&entity).unwrap());
            }
            Event::End(_) => closed.push(open.pop().unwrap()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    closed
}
