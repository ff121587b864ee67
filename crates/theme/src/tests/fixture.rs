//! A small site, linked by hand: what `builder::link` does, for tests of this crate alone.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use fika_model::{
    BaseUrl, Body, Card, Config, Data, DateTime, Diagnostic, Fingerprint, Kind, Lang, Language, Markdown,
    Page, Site, TaxonomyConfig, Words,
};

use super::linker::Linker;
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
        pairs(path, &String::from_utf8_lossy(&self.0[path]))
    }

    fn literal(&self, text: &str, _: &str) -> Result<Data, Diagnostic> {
        pairs("", text)
    }
}

fn pairs(path: &str, text: &str) -> Result<Data, Diagnostic> {
    let pair = |line: &str| line.split_once(": ").map(|(key, value)| (Arc::from(key), Data::from(value)));
    let pairs: Option<Vec<_>> = text.lines().map(pair).collect();
    pairs.map(Data::Map).ok_or_else(|| Diagnostic::error("data", path, "this is no pair").at(text, 0..1))
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
        let mut fixture = Fixture {
            config: config(),
            cards,
            files: BTreeMap::new(),
            announced: Vec::new(),
            paginate_by: 0,
            templates: Vec::new(),
        };
        for name in [
            "index.html",
            "section.html",
            "page.html",
            "taxonomy_list.html",
            "taxonomy_single.html",
            "404.html",
        ] {
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
        let mut files: Vec<ThemeFile> = self
            .templates
            .iter()
            .map(|(name, source)| file("themes/t/", &format!("templates/{name}"), source))
            .collect();
        files.push(file("themes/t/", "static/style.css", "body {}"));
        files.push(file("themes/t/", "i18n/zh.ftl", "read-more = 继续读\nessays = { $n } 篇\n"));
        files.push(file("themes/t/", "i18n/en.ftl", "read-more = Read on\nessays = { $n ->\n [one] one essay\n *[other] { $n } essays\n}\nonly-en = Only here\n"));
        Theme::load(&self.config, vec![Vec::new(), files])
    }

    pub(crate) fn renderer(&self) -> Built {
        let (theme, faults) = self.theme();
        assert_eq!(faults, [], "the theme is sound");
        self.renderer_with(theme)
    }

    /// The same with another theme.
    pub(crate) fn renderer_with(&self, theme: Theme) -> Built {
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
        self.site
            .pages
            .iter()
            .find(|page| page.route.as_str() == route)
            .unwrap_or_else(|| panic!("no page {route}"))
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
        name: name.into(),
        path: path.into(),
        title: title.into(),
        tagline: format!("{title}!").into(),
        ..Language::new(lang(tag))
    };
    Config {
        edition: 2026,
        base_url: BaseUrl::parse("https://o.example/repo/").expect("a good address"),
        timezone: "Asia/Shanghai".into(),
        languages: vec![language("zh-Hans", "中文", "", "站"), language("en", "English", "en", "Site")],
        default_language_in_subdir: false,
        root: fika_model::Root::default(),
        theme: "t".into(),
        content_dir: "content".into(),
        output_dir: "public".into(),
        paginate_by: 0,
        taxonomies: vec![TaxonomyConfig::new("tags")],
        translations: fika_model::TranslationConfig::default(),
        markdown: Markdown::default(),
        authors: Vec::new(),
        menu: Vec::new(),
        plugins: Vec::new(),
        ignored_content: Vec::new(),
        extra: Data::Null,
        fingerprint: Fingerprint::of("config"),
    }
}

/// A card whose place is told by its path.
pub(crate) fn card(source: &str, title: &str, change: impl FnOnce(&mut Card)) -> Card {
    let inner = source
        .strip_prefix("content/")
        .expect("a path under content/")
        .strip_suffix(".md")
        .expect("Markdown");
    let (key, tag) = inner.strip_suffix(".en").map_or((inner, "zh-Hans"), |key| (key, "en"));
    let (dir, stem) = key.rsplit_once('/').unwrap_or(("", key));
    let section = stem == "_index";
    let mut card = Card {
        source: source.into(),
        key: key.into(),
        dir: dir.into(),
        base: format!("content/{dir}").trim_end_matches('/').into(),
        stem: stem.into(),
        title: title.into(),
        words: Words { han: 700, latin: 0 },
        ..Card::empty(if section { Kind::Section } else { Kind::Page }, lang(tag))
    };
    change(&mut card);
    card
}
