//! Who wrote and who translated an essay, and its tagline: what the configuration and translations may have to say as well.

use std::sync::Arc;

use fika_model::{Config, Entry, EntryId, Lang, Page, is_external};
use tera::Value;

use crate::lookups::Url;
use crate::stage::Stage;
use crate::values::{optional, record, text, texts};

impl Stage {
    /// The tagline of an entry for readers of its place in the site, and its language: its own in their language, else that which a
    /// translation has for this language, else its own.
    pub(crate) fn tagline(&self, id: EntryId) -> Option<(&Lang, &Arc<str>)> {
        let Entry { card, lang, translations, .. } = self.entry(id);
        let borrowed = || translations.iter().find_map(|&twin| self.entry(twin).card.tagline.named(lang));
        let own = card.tagline.get(lang).filter(|_| card.lang == *lang);
        let here = own.or_else(|| card.tagline.named(lang)).or_else(borrowed);
        here.map(|tagline| (lang, tagline)).or_else(|| Some((&card.lang, card.tagline.get(&card.lang)?)))
    }

    /// The line that a page ends with, in its language: the tagline of its essay, else of the nearest section around it that has one,
    /// else of the site.
    pub(crate) fn sign_off(&self, page: &Page) -> Arc<str> {
        let subject = self.site.subject(page);
        let around = subject.iter().flat_map(|&id| self.entry(id).ancestors.iter().rev().copied());
        let mut taglines = subject.into_iter().chain(around).filter_map(|id| self.tagline(id));
        let own = taglines.find(|(lang, _)| **lang == page.lang).map(|(_, tagline)| tagline.clone());
        own.or_else(|| Some(self.site.config.language(&page.lang)?.tagline.clone())).unwrap_or_default()
    }

    /// The pages of the people of an entry that are pages of this site: their addresses may change.
    pub(crate) fn own_pages(&self, id: EntryId) -> impl Iterator<Item = Url> {
        let (config, entry) = (&self.site.config, self.entry(id));
        let people = authors(config, entry).iter().chain(&entry.card.translators);
        let known = people.filter_map(|who| config.author(who)?.url.as_deref());
        known.filter(|url| !is_external(url)).filter_map(|url| address(self, url, &entry.lang))
    }
}

/// The address of somebody's page: elsewhere, or a path of this site (`@/about.md`, `/about/`). None where that page is not there, or not
/// published yet, which is told once for the site: a name without a link is better than one that leads nowhere.
fn address(stage: &Stage, url: &str, lang: &Lang) -> Option<Url> {
    if is_external(url) {
        return Some(Url { address: url.to_owned(), lang: None });
    }
    stage.url(url, lang, false).ok()
}

/// Whom an essay names as its authors, else the usual author of its language.
fn authors<'a>(config: &'a Config, entry: &'a Entry) -> &'a [Arc<str>] {
    let usual = config.language(&entry.card.lang).and_then(|language| language.author.as_ref());
    match usual {
        Some(usual) if entry.card.authors.is_empty() => std::slice::from_ref(usual),
        _ => &entry.card.authors,
    }
}

/// `authors`: names, as in Zola.
pub(crate) fn author_names(config: &Config, entry: &Entry) -> Value {
    names(config, authors(config, entry), &entry.lang)
}

/// `translators`: names.
pub(crate) fn translator_names(config: &Config, entry: &Entry) -> Value {
    names(config, &entry.card.translators, &entry.lang)
}

fn names(config: &Config, people: &[Arc<str>], lang: &Lang) -> Value {
    texts(people.iter().map(|who| config.author_name(who, lang)))
}

/// `credits`: all that is known of them, in the language of the page.
pub(crate) fn credits(stage: &Stage, entry: &Entry) -> Value {
    let config = &*stage.site.config;
    let people = |people: &[Arc<str>]| {
        Value::from(people.iter().map(|who| person(stage, who, &entry.lang)).collect::<Vec<_>>())
    };
    record([("authors", people(authors(config, entry))), ("translators", people(&entry.card.translators))])
}

fn person(stage: &Stage, who: &Arc<str>, lang: &Lang) -> Value {
    let config = &*stage.site.config;
    let known = config.author(who);
    let url = known.and_then(|author| author.url.as_deref()).and_then(|url| address(stage, url, lang));
    let (url, abroad) = url.map_or((None, None), |url| (Some(url.address), url.lang));
    let links = known.iter().flat_map(|author| &author.links);
    let links = links.map(|(name, url)| record([("name", text(name)), ("url", text(url))]));
    record([
        ("id", optional(known.map(|author| &author.id))),
        ("name", text(config.author_name(who, lang))),
        ("bio", optional(known.and_then(|author| author.bio.get(lang)))),
        ("url", Value::from(url)),
        ("url_lang", abroad.map_or_else(Value::none, |lang| text(lang.as_str()))),
        ("links", Value::from(links.collect::<Vec<_>>())),
    ])
}
