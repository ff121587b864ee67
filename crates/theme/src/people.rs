//! Who wrote and who translated an essay, and its tagline: what the configuration and translations may have to say as well.

use std::sync::Arc;

use fika_model::{Config, Entry, EntryId, Lang, is_external};
use tera::Value;

use crate::stage::Stage;
use crate::values::{optional, record, text, texts};

impl Stage {
    /// The tagline of an entry for readers of its place in the site: its own in their language, else that which a
    /// translation has for this language, else its own.
    pub(crate) fn tagline(&self, id: EntryId) -> Option<&Arc<str>> {
        let Entry { card, lang, translations, .. } = self.entry(id);
        let borrowed = || translations.iter().find_map(|&twin| self.entry(twin).card.tagline.named(lang));
        let own = card.tagline.get(lang).filter(|_| card.lang == *lang);
        own.or_else(|| card.tagline.named(lang)).or_else(borrowed).or_else(|| card.tagline.get(&card.lang))
    }
}

impl Stage {
    /// The pages of the people of an entry that are pages of this site: their addresses may change.
    pub(crate) fn own_pages(&self, id: EntryId) -> Vec<String> {
        let (config, entry) = (&self.site.config, self.entry(id));
        let people = authors(config, entry).iter().chain(&entry.card.translators);
        let known = people.filter_map(|who| config.author(who)?.url.as_deref());
        known.filter(|url| !is_external(url)).map(|url| address(self, url, &entry.lang)).collect()
    }
}

/// The address of somebody's page: elsewhere, or a path of this site (`@/about.md`, `/about/`).
fn address(stage: &Stage, url: &str, lang: &Lang) -> String {
    if is_external(url) {
        return url.to_owned();
    }
    stage.url(url, lang, false).unwrap_or_else(|missing| missing.url)
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
    let url =
        config.author(who).and_then(|author| author.url.as_deref()).map(|url| address(stage, url, lang));
    let known = config.author(who);
    let links = known.iter().flat_map(|author| &author.links);
    let links = links.map(|(name, url)| record([("name", text(name)), ("url", text(url))]));
    record([
        ("id", optional(known.map(|author| &author.id))),
        ("name", text(config.author_name(who, lang))),
        ("bio", optional(known.and_then(|author| author.bio.get(lang)))),
        ("url", Value::from(url)),
        ("links", Value::from(links.collect::<Vec<_>>())),
    ])
}
