//! What all pages in one language share: the configuration in its words, the menu, the home page, its feeds.

use std::sync::Arc;

use fika_model::{
    Fingerprint, Fingerprinter, Fit, Lang, Language, MenuItem, Missing, Page, PageKind, Route, Site, Target,
    Taxonomy,
};
use tera::value::Key;
use tera::{Map, Value};

use crate::config::config_value;
use crate::stage::Stage;
use crate::strings;
use crate::values::{name, record, text, titled};
use crate::view::feed;

/// Names by which a file is known to be a feed.
pub(crate) const FEEDS: [&str; 4] = ["feed.xml", "atom.xml", "rss.xml", "feed.json"];

/// What all pages in one language share.
pub(crate) struct Frame {
    /// `config`
    pub(crate) config: Value,
    /// `home`: the home page of the language.
    pub(crate) home: Value,
    /// The whole address of the home page.
    pub(crate) home_url: String,
    /// The address of the home page.
    home_path: String,
    /// `virtual_pages`: the pages that plugins made for the language, by their keys.
    pub(crate) virtual_pages: Value,
    /// The links of the header.
    menu: Vec<MenuLink>,
    /// The feeds of the language, those beside its home page, and as pages name them.
    pub(crate) feeds: Vec<(Route, Value)>,
    /// Paths of the configuration that lead nowhere, in whichever language: known with the first one.
    pub(crate) broken: Vec<BrokenSetting>,
    /// The fingerprint of all of it.
    pub(crate) print: Fingerprint,
}

/// A path of the configuration that leads nowhere.
pub(crate) struct BrokenSetting {
    /// The key of the configuration below which the link stands.
    pub(crate) key: &'static str,
    /// The link as it is written there.
    pub(crate) url: Arc<str>,
    /// What is told of it.
    pub(crate) message: String,
    pub(crate) why: Missing,
    /// What to do, where nothing near is known.
    pub(crate) help: &'static str,
}

/// A link of the header.
struct MenuLink {
    name: Arc<str>,
    /// The language of the name, where it is not that of the menu.
    name_lang: Option<Lang>,
    path: String,
    /// The language of the page, where it is not that of the menu.
    lang: Option<Lang>,
}

impl Frame {
    pub(crate) fn new(stage: &Stage, language: &Language) -> Frame {
        let config = &*stage.site.config;
        let menu = menu(stage, language);
        let is_first = config.languages.first().is_some_and(|first| first.lang == language.lang);
        let broken = if is_first { broken_settings(stage) } else { Vec::new() };
        let home = Route::new(&format!("{}/", language.path));
        let mut parts = Fingerprinter::new();
        parts.add(config.fingerprint).add(config.base_url.to_string()).add(language.lang.as_str());
        for link in &menu {
            parts.add(&*link.name).add(&link.path).add_opt(link.lang.as_ref().map(Lang::as_str));
            parts.add_opt(link.name_lang.as_ref().map(Lang::as_str));
        }
        // What is suggested is part of the message on the home page.
        for BrokenSetting { message, why, .. } in &broken {
            parts.add(message).add(format!("{why:?}"));
        }
        let virtual_pages = virtual_pages(stage, language, &mut parts);
        let feeds = stage.feeds_beside(&home);
        for feed in &feeds {
            parts.add(feed.as_str());
        }
        let named = |route: Route| {
            let value = feed(&stage.site, &route);
            (route, value)
        };
        let home_path = config.base_url.path_of(&home);
        let home_url = config.base_url.absolute(&home);
        let home_value = record([
            ("path", text(&home_path)),
            ("permalink", text(&home_url)),
            ("title", text(&language.title)),
        ]);
        Frame {
            config: config_value(config, language, &feeds),
            home: home_value,
            home_url,
            home_path,
            virtual_pages,
            menu,
            feeds: feeds.into_iter().map(named).collect(),
            broken,
            print: parts.finish(),
        }
    }

    /// The menu as a page shows it. `current` marks the page itself, `active` the section it lies in too.
    pub(crate) fn menu(&self, page: &Page) -> Value {
        let link = |link: &MenuLink| {
            let current = link.path == *page.path;
            let inside = link.path != self.home_path
                && link.path.ends_with('/')
                && page.path.starts_with(link.path.as_str());
            let own = name(&link.name, link.name_lang.as_ref()).into_iter();
            record(own.chain([
                ("path", text(&link.path)),
                ("lang", link.lang.as_ref().map_or_else(Value::none, |lang| text(lang.as_str()))),
                ("current", Value::from(current)),
                ("active", Value::from(current || inside)),
            ]))
        };
        Value::from(self.menu.iter().map(link).collect::<Vec<Value>>())
    }
}

/// The pages that plugins made for a language, the first of each that is cut into several.
fn virtual_pages(stage: &Stage, language: &Language, parts: &mut Fingerprinter) -> Value {
    let mut found = Map::new();
    for page in &stage.site.pages {
        let PageKind::Virtual { page: made, .. } = &page.kind else { continue };
        if page.lang != language.lang || !page.is_first() {
            continue;
        }
        let (title, lang) = stage.page_words(page);
        parts.add(&*made.key).add(&*page.permalink).add(&*title);
        parts.add_opt(lang.as_ref().map(Lang::as_str));
        let address = [("path", text(&page.path)), ("permalink", text(&page.permalink))];
        let value = record(address.into_iter().chain(titled(&title, lang.as_ref())));
        found.insert(Key::String(made.key.clone()), value);
    }
    Value::from(found)
}

/// Paths of the configuration that lead nowhere, each once, with the languages in which it does so where it leads on in others.
fn broken_settings(stage: &Stage) -> Vec<BrokenSetting> {
    let languages = &stage.site.config.languages;
    let mut found: Vec<(BrokenSetting, Vec<&str>)> = Vec::new();
    for language in languages {
        for setting in broken_menu(stage, language).chain(broken_authors(stage, &language.lang)) {
            match found.iter_mut().find(|(known, _)| known.message == setting.message) {
                Some((_, within)) => within.push(language.lang.as_str()),
                None => found.push((setting, vec![language.lang.as_str()])),
            }
        }
    }
    // An item may be there twice.
    found.iter_mut().for_each(|(_, within)| within.dedup());
    let told = |(mut setting, within): (BrokenSetting, Vec<&str>)| {
        if within.len() < languages.len() {
            setting.message += &format!(" in {}", within.join(", "));
        }
        setting
    };
    found.into_iter().map(told).collect()
}

/// The items of the menu, and where each leads from a language.
fn items<'s>(
    stage: &'s Stage,
    language: &'s Language,
) -> impl Iterator<Item = (&'s MenuItem, Result<Target, Missing>)> {
    stage.site.config.menu.iter().map(|item| (item, stage.target(&item.url, &language.lang)))
}

/// The menu in a language: an item without words of its own is called by its page's title.
fn menu(stage: &Stage, language: &Language) -> Vec<MenuLink> {
    let site = &*stage.site;
    let link = |(item, target): (&MenuItem, Result<Target, Missing>)| {
        let target = in_language(site, target.ok()?, language);
        let (name, name_lang) = name_of(stage, item, &target, language);
        let name_lang = name_lang.filter(|lang| *lang != language.lang);
        let path = target.href(site, &item.url);
        let lang = if let Target::Page { lang, .. } = target { lang } else { None };
        Some(MenuLink { name, name_lang, path, lang })
    };
    items(stage, language).filter_map(link).collect()
}

/// Items of the menu that lead nowhere from a language.
fn broken_menu<'s>(stage: &'s Stage, language: &'s Language) -> impl Iterator<Item = BrokenSetting> + 's {
    items(stage, language).filter_map(|(item, target)| {
        let why = target.err()?;
        Some(BrokenSetting {
            key: "menu",
            url: item.url.clone(),
            message: format!("`{}` in the menu leads nowhere", item.url),
            why: stage.suggestion(&item.url, &language.lang).unwrap_or(why),
            help: "mend the path under `menu:`; one after `@/` starts at the content folder",
        })
    })
}

/// What an item is called, and the language that is in: its name in the language of the menu, else the title of its page if that is in the
/// language, else its name in one that this falls back to, else that title in whichever language, else a name that can be read.
fn name_of(stage: &Stage, item: &MenuItem, target: &Target, language: &Language) -> (Arc<str>, Option<Lang>) {
    let title = title_of(stage, target);
    let own_title = title.clone().filter(|(_, lang)| lang.as_ref() == Some(&language.lang));
    let named = |lang: &Lang| Some((item.name.get(lang)?.clone(), Some(lang.clone())));
    let readable = || {
        let name = item.name.get_readable(&language.lang)?;
        let lang = item.name.iter().find(|(_, other)| *other == name)?.0;
        Some((name.clone(), lang.cloned()))
    };
    named(&language.lang)
        .or(own_title)
        .or_else(|| language.fallback.served().iter().find_map(named))
        .or(title)
        .or_else(readable)
        .unwrap_or_else(|| (item.url.clone(), None))
}

/// The title of the page that a link leads to, and the language it is in.
fn title_of(stage: &Stage, target: &Target) -> Option<(Arc<str>, Option<Lang>)> {
    match target {
        Target::Page { entry: Some(id), .. } => {
            Some((stage.title(*id), Some(stage.entry(*id).card.lang.clone())))
        }
        Target::Page { route, .. } => {
            let page = stage.site.page(*stage.site.index.route.get(route)?);
            let (title, lang) = stage.page_words(page);
            Some((title, lang.or_else(|| Some(page.lang.clone()))))
        }
        _ => None,
    }
}

/// The version of a page for readers of a language: `/tags/` means the tags of whoever reads. Where they have none, it is that of a
/// language which theirs falls back to.
fn in_language(site: &Site, target: Target, language: &Language) -> Target {
    let Target::Page { route, lang: Some(_), .. } = &target else { return target };
    let Some(page) = site.index.route.get(route).map(|&id| site.page(id)) else { return target };
    let version = |lang: &Lang, worst: Fit| {
        page.languages.iter().find(|version| version.lang == *lang && version.fit <= worst)
    };
    let served = || language.fallback.served().iter().find_map(|lang| version(lang, Fit::Same));
    let Some(version) = version(&language.lang, Fit::Fallback).or_else(served) else { return target };
    let version = site.page(version.page);
    Target::Page {
        entry: site.subject(version),
        route: version.route.clone(),
        fragment: String::new(),
        lang: (version.lang != language.lang).then(|| version.lang.clone()),
    }
}

/// Pages of people that are no pages of the site.
fn broken_authors(stage: &Stage, lang: &Lang) -> Vec<BrokenSetting> {
    let urls = stage.site.config.authors.iter().filter_map(|author| Some((author, author.url.as_ref()?)));
    let broken = urls.filter_map(|(author, url)| {
        let missing = stage.url(url, lang, false).err()?;
        Some(BrokenSetting {
            key: "authors",
            url: url.clone(),
            message: format!("`{url}`, the page of the author `{}`, leads nowhere", author.id),
            why: missing.why,
            help: "write a path of the site, such as `@/about.md`, or a whole address with `https://`",
        })
    });
    broken.collect()
}

impl Stage {
    /// What a page is called in menus and language switches.
    pub(crate) fn page_title(&self, page: &Page) -> Arc<str> {
        self.page_words(page).0
    }

    /// The same, with the language that a word of the interface is borrowed from.
    pub(crate) fn page_words(&self, page: &Page) -> (Arc<str>, Option<Lang>) {
        let title = match &page.kind {
            PageKind::Essay(id)
            | PageKind::Section { entry: id, .. }
            | PageKind::Parallel { entry: id, .. } => self.title(*id),
            PageKind::Taxonomy(id) => return self.taxonomy_title(self.site.taxonomy(*id)),
            PageKind::Term { taxonomy, term, .. } => {
                self.site.taxonomy(*taxonomy).terms[*term as usize].name.clone()
            }
            PageKind::Virtual { page, .. } if page.title.is_empty() => {
                return self.word(&page.lang, &page.key);
            }
            PageKind::Virtual { page, .. } => page.title.clone(),
            PageKind::NotFound => "404".into(),
            PageKind::Gateway => self.site.config.default_language().title.clone(),
            PageKind::Redirect { to } => to.clone(),
        };
        (title, None)
    }

    /// A word of the interface, with its language where that is not the one it is for.
    fn word(&self, lang: &Lang, key: &str) -> (Arc<str>, Option<Lang>) {
        let message = self.theme.catalogues.message(lang, key, &[]);
        (message.text.into(), strings::borrowed(lang, message.found.as_ref()).cloned())
    }

    /// What readers see of a taxonomy: its title, or the word of the interface for tags, or its title in a language that theirs falls back
    /// to, or its name. With its language where that is another.
    pub(crate) fn taxonomy_title(&self, taxonomy: &Taxonomy) -> (Arc<str>, Option<Lang>) {
        let (Taxonomy { name, lang, .. }, config) = (taxonomy, &self.site.config);
        let title = |lang: &Lang| config.taxonomy(name).and_then(|own| own.title.get(lang));
        let lent = |language: &Language| {
            let mut served = language.fallback.served().iter();
            served.find_map(|other| Some((title(other)?.clone(), Some(other.clone()))))
        };
        match (title(lang), &**name) {
            (Some(title), _) => (title.clone(), None),
            (None, "tags") => self.word(lang, "term-list"),
            (None, _) => config.language(lang).and_then(lent).unwrap_or_else(|| (name.clone(), None)),
        }
    }

    /// The address of the home page of a language.
    pub(crate) fn home_path(&self, lang: &Lang) -> String {
        let folder = self.site.config.language(lang).map_or("", |language| &*language.path);
        self.site.config.base_url.path_of(&Route::new(&format!("{folder}/")))
    }

    /// The feeds that belong to a list alone, such as those of a tag.
    pub(crate) fn feeds_of(&self, page: &Page) -> Vec<Route> {
        match &page.kind {
            PageKind::Section { pager: Some(pager), .. } | PageKind::Term { pager: Some(pager), .. } => {
                self.feeds_beside(&pager.base)
            }
            PageKind::Essay(_)
            | PageKind::Parallel { .. }
            | PageKind::NotFound
            | PageKind::Gateway
            | PageKind::Redirect { .. } => Vec::new(),
            _ => self.feeds_beside(&page.route),
        }
    }

    /// Feeds in a directory, by the names they usually have.
    fn feeds_beside(&self, dir: &Route) -> Vec<Route> {
        if self.feeds.is_empty() {
            return Vec::new();
        }
        FEEDS.iter().filter_map(|name| self.feeds.get(format!("{dir}{name}").as_str()).cloned()).collect()
    }
}
