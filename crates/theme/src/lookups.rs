//! Finding what a template asks for: entries, terms, addresses, files.

use std::sync::{Arc, PoisonError};

use fika_model::{
    EntryId, Fingerprint, Lang, Language, LinkFrom, Missing, Route, Target, TaxonomyId, term_slug,
};
use jiff::Zoned;

use crate::stage::Stage;

/// Where a path leads.
#[derive(Clone)]
pub(crate) struct Url {
    pub(crate) address: String,
    /// The language of the page there, where it is not the one asked for.
    pub(crate) lang: Option<Lang>,
}

/// A path that leads nowhere, with the address it would have.
pub(crate) struct MissingUrl {
    pub(crate) url: String,
    pub(crate) why: Missing,
}

/// A file that a template may read.
pub(crate) struct FoundFile {
    /// From the site's root; for a static file of the theme its route.
    pub(crate) path: String,
    pub(crate) fingerprint: Option<Fingerprint>,
    /// The content, when it is the theme's.
    pub(crate) bytes: Option<Arc<[u8]>>,
}

impl Stage {
    /// The moment the build is for, to the day unless `precise`: a page that shows the year shall not change every second.
    pub(crate) fn now(&self, precise: bool) -> Zoned {
        let now = self.site.now.zoned();
        if precise { now } else { now.start_of_day().unwrap_or(now) }
    }

    /// Where paths of a template start from: the content folder, in some language.
    fn root<'a>(&'a self, lang: &'a Lang) -> LinkFrom<'a> {
        LinkFrom { entry: None, base: &self.site.config.content_dir, lang }
    }

    /// The entry that a path of `get_page` or `get_section` means: `essays/moon.md`, `essays/_index.md`, with or without
    /// `@/` before it. Its twin in the language is preferred.
    pub(crate) fn find_entry(&self, path: &str, lang: &Lang) -> Result<EntryId, Missing> {
        let path = path.strip_prefix("@/").unwrap_or(path).trim_start_matches('/');
        let dest = format!("@/{path}");
        match self
            .site
            .lookup(self.root(lang), &dest)
            .or_else(|_| self.site.resolve(self.root(lang), &dest))?
        {
            Target::Page { entry: Some(id), .. } => Ok(id),
            _ => Err(Missing::Target { nearest: None }),
        }
    }

    /// A term by its name or slug.
    pub(crate) fn find_term(&self, kind: &str, term: &str, lang: &Lang) -> Option<(TaxonomyId, u32)> {
        let id = self.site.find_taxonomy(kind, lang)?;
        let language = self.site.config.language(lang)?;
        let written = term_slug(term);
        let slug =
            self.site.config.taxonomy(kind).map_or(&*written, |config| config.term(language, &written).slug);
        // Of several the first counts, so that is put in last.
        let places = self.term_places[id.0 as usize].get_or_init(|| {
            let terms = self.site.taxonomy(id).terms.iter().enumerate().rev();
            terms
                .flat_map(|(at, known)| [&known.slug, &known.name].map(|name| (name.clone(), at as u32)))
                .collect()
        });
        let at = [slug, term].iter().filter_map(|name| places.get(*name)).min()?;
        Some((id, *at))
    }

    /// The whole address of a term.
    pub(crate) fn term_url(&self, kind: &str, term: &str, lang: &Lang) -> Option<String> {
        let (id, at) = self.find_term(kind, term, lang)?;
        Some(self.site.config.base_url.absolute(&self.site.taxonomy(id).terms[at as usize].route))
    }

    /// The whole address of a path: a content path (`@/essays/moon.md`), a file, or an address of the site with or without
    /// the base path.
    pub(crate) fn url(&self, path: &str, lang: &Lang, cachebust: bool) -> Result<Url, MissingUrl> {
        let key = (path.to_owned(), lang.clone(), cachebust);
        if let Some(known) = self.urls.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(known.clone());
        }
        let url = self.find_url(path, lang, cachebust)?;
        self.urls.write().unwrap_or_else(PoisonError::into_inner).insert(key, url.clone());
        Ok(url)
    }

    fn find_url(&self, path: &str, lang: &Lang, cachebust: bool) -> Result<Url, MissingUrl> {
        let base = &self.site.config.base_url;
        let (target, why) = match self.target(path, lang) {
            Ok(target) => (target, None),
            Err(why) => {
                let inner = path.trim_start_matches("@/").trim_start_matches('/');
                let (inner, suffix) = inner.split_at(inner.find(['?', '#']).unwrap_or(inner.len()));
                let route = Route::new(inner);
                let is_static = self.theme.static_file(route.as_str()).is_some();
                (
                    Target::File { source: None, route, suffix: suffix.to_owned() },
                    (!is_static).then(|| self.suggestion(path, lang).unwrap_or(why)),
                )
            }
        };
        let mut url = target.absolute(&self.site, path, &base.absolute(&Route::new("")));
        if cachebust && let Some(print) = self.target_print(&target) {
            let at = url.find('#').unwrap_or(url.len());
            let mark = if url[..at].contains('?') { '&' } else { '?' };
            url.insert_str(at, &format!("{mark}h={}", &print.to_hex()[..16]));
        }
        match (why, target) {
            (Some(why), _) => Err(MissingUrl { url, why }),
            (None, Target::Page { lang, .. }) => Ok(Url { address: url, lang }),
            (None, _) => Ok(Url { address: url, lang: None }),
        }
    }

    /// Why a path leads nowhere, with the near name that takes long to find.
    pub(crate) fn suggestion(&self, path: &str, lang: &Lang) -> Option<Missing> {
        self.site.resolve(self.root(lang), path).err()
    }

    /// What a path leads to. An address in the language's own folder comes first, then one in that of a language it falls back to, and
    /// in that of the default language last; one with the base path is understood too.
    pub(crate) fn target(&self, path: &str, lang: &Lang) -> Result<Target, Missing> {
        let target = self.find_target(path, lang).or_else(|why| {
            let Missing::Anchor { entry, fragment, .. } = &why else { return Err(why) };
            if !self.theme_writes(&self.entry(*entry).route, fragment) {
                return Err(why);
            }
            let page = path.split('#').next().unwrap_or(path);
            self.find_target(page, lang).map(|target| target.at(fragment))
        });
        target.and_then(|target| self.site.shown(target))
    }

    /// Whether the template of a page writes an id of its own accord, `<section id="comments">`, so that a link may lead there.
    pub(crate) fn theme_writes(&self, route: &Route, id: &str) -> bool {
        let page = self.site.index.route.get(route).map(|&page| self.site.page(page));
        let name = page.and_then(|page| page.templates.iter().find_map(|name| self.theme.resolve(name)));
        name.and_then(|name| self.theme.templates.get(name)).is_some_and(|template| template.ids.contains(id))
    }

    fn find_target(&self, path: &str, lang: &Lang) -> Result<Target, Missing> {
        let from = self.root(lang);
        // Nothing behind the base address is the home page, as in Zola.
        let path = if path.is_empty() { "/" } else { path };
        let first = self.site.lookup(from, path);
        if path.starts_with("@/") || matches!(first, Ok(Target::External | Target::Fragment(_))) {
            return first;
        }
        let inner = path.trim_start_matches('/');
        let config = &*self.site.config;
        let in_folder = |language: &Language| {
            let folder = Some(&*language.path).filter(|folder| !folder.is_empty())?;
            let found = self.site.lookup(from, &format!("/{folder}/{inner}")).ok();
            // A file that a plugin makes, such as a feed, is one for each language; what lies in `static/` is where it was put.
            let is_made =
                |target: &Target| matches!(target, Target::Page { .. } | Target::File { source: None, .. });
            found.filter(is_made)
        };
        let served = config.language(lang).map(|own| own.fallback.served()).unwrap_or_default();
        let mut languages = [lang].into_iter().chain(served).filter_map(|lang| config.language(lang));
        if let Some(target) = languages.find_map(in_folder) {
            return Ok(target);
        }
        let base = config.base_url.path();
        let found = match (&first, path.strip_prefix(base)) {
            (Err(_), Some(inner)) if base != "/" => self.site.lookup(from, &format!("/{inner}")).or(first),
            _ => first,
        };
        found.or_else(|why| in_folder(config.default_language()).ok_or(why))
    }

    /// The fingerprint of the file behind an address.
    fn target_print(&self, target: &Target) -> Option<Fingerprint> {
        match target {
            Target::File { source, route, .. } => {
                let own = source.as_ref().and_then(|source| self.resources.fingerprint(source));
                own.or_else(|| {
                    self.theme.static_file(route.as_str()).map(|file| Fingerprint::of(&file.bytes))
                })
            }
            _ => None,
        }
    }

    /// The file that a path of `load_data`, `get_hash` or `get_image_metadata` means: from the site's root, else from the
    /// content folder, `static/` or `data/`, else a static file of the theme. `@/` means the content folder.
    pub(crate) fn file(&self, path: &str) -> Option<FoundFile> {
        let content = &*self.site.config.content_dir;
        let folders: &[&str] =
            if path.starts_with("@/") { &[content] } else { &["", content, "static", "data"] };
        let inner = Route::new(path.trim_start_matches("@/").trim_end_matches('/'));
        for folder in folders {
            let path = if folder.is_empty() { inner.to_string() } else { format!("{folder}/{inner}") };
            if let Some(fingerprint) = self.resources.fingerprint(&path) {
                return Some(FoundFile { path, fingerprint: Some(fingerprint), bytes: None });
            }
        }
        let file = self.theme.static_file(inner.as_str()).filter(|_| !path.starts_with("@/"))?;
        let fingerprint = Some(Fingerprint::of(&file.bytes));
        Some(FoundFile { path: inner.to_string(), fingerprint, bytes: Some(file.bytes.clone()) })
    }
}
