//! `fallback:` of a language: whose words its readers get where it has none, and how; and `listing:`, whether its lists hold them.

use std::sync::Arc;

use fika_model::{Fallback, FallbackMode, Lang, Language, Listing, ListingPolicy, Span};

use super::unknown;
use crate::header::LISTING;
use crate::node::{Entry, Node, Reader, Value};

/// What one language wants, before it is known which languages there are.
pub(super) struct Wanted {
    /// The language that wants it.
    lang: Lang,
    languages: Vec<(Arc<str>, Span)>,
    mode: FallbackMode,
}

const KEYS: &[&str] = &["languages", "mode"];
const EXAMPLE: &str = "fallback: {languages: [zh], mode: render}";

impl Wanted {
    /// `fallback: zh`, `fallback: [zh, ja]`, or a map of `languages` and `mode`.
    pub(super) fn read(reader: &mut Reader<'_>, entry: &Entry<'_>, lang: &Lang) -> Option<Wanted> {
        let mut wanted = Wanted { lang: lang.clone(), languages: Vec::new(), mode: FallbackMode::default() };
        if !matches!(entry.node.value, Value::Map(_)) {
            wanted.languages = tags(reader, entry);
            return Some(wanted);
        }
        for entry in entry.node.entries() {
            match &*entry.key {
                // Zola and Hugo have no word for it; `to` reads well too.
                "languages" | "to" => wanted.languages = tags(reader, entry),
                "mode" => {
                    let known = [
                        ("hide", FallbackMode::Hide),
                        ("link", FallbackMode::Link),
                        ("render", FallbackMode::Render),
                    ];
                    wanted.mode = reader.one_of(entry, &known).unwrap_or_default();
                }
                _ => unknown(reader, entry, KEYS, &[]),
            }
        }
        Some(wanted)
    }

    /// The language that wants it.
    pub(super) fn lang(&self) -> &Lang {
        &self.lang
    }

    /// Gives the language what it wants, as far as the site has it.
    pub(super) fn settle(self, reader: &mut Reader<'_>, languages: &mut [Language]) {
        let mut found: Vec<Lang> = Vec::new();
        for (tag, span) in self.languages {
            match reader.language(languages, &tag, span) {
                Some(lang) if lang == self.lang => {
                    let message = format!("the language `{lang}` cannot fall back to itself");
                    reader.report("wrong-value", span, message, "name the other languages of the site");
                }
                Some(lang) if !found.contains(&lang) => found.push(lang),
                _ => {}
            }
        }
        if let Some(language) = languages.iter_mut().find(|language| language.lang == self.lang) {
            language.fallback = Fallback { languages: found, mode: self.mode };
        }
    }
}

/// Gives every language that is converted from another and says nothing itself (`said` are those that do) what that one falls back to: its
/// readers are readers of that one, in another script.
pub(super) fn take_over(languages: &mut [Language], said: &[Lang]) {
    for at in 0..languages.len() {
        let Some(derive) = languages[at].derive.as_ref().filter(|_| !said.contains(&languages[at].lang))
        else {
            continue;
        };
        let from = languages.iter().find(|one| one.lang == derive.from);
        let Some(mut fallback) = from.map(|from| from.fallback.clone()) else { continue };
        fallback.languages.retain(|lang| *lang != languages[at].lang);
        languages[at].fallback = fallback;
    }
}

/// `listing:` as it is written, for the site or for one language: what is not said is none.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ListingKeys {
    lists: Option<Listing>,
    taxonomies: Option<Listing>,
    feeds: Option<Listing>,
}

impl ListingKeys {
    /// One word for lists and taxonomies, or a map. Feeds want to be named: they tell of what is new in one language.
    pub(super) fn read(reader: &mut Reader<'_>, entry: &Entry<'_>) -> ListingKeys {
        if !matches!(entry.node.value, Value::Map(_)) {
            let word = reader.one_of(entry, LISTING);
            return ListingKeys { lists: word, taxonomies: word, feeds: None };
        }
        let mut keys = ListingKeys::default();
        for entry in entry.node.entries() {
            match &*entry.key {
                "lists" => keys.lists = reader.one_of(entry, LISTING),
                "taxonomies" => keys.taxonomies = reader.one_of(entry, LISTING),
                "feeds" => keys.feeds = reader.one_of(entry, LISTING),
                _ => unknown(reader, entry, &["lists", "taxonomies", "feeds"], &[]),
            }
        }
        keys
    }

    /// What holds for a language: its own word, the site's, or what follows from its fallback.
    pub(super) fn settle(self, site: ListingKeys, fallback: &Fallback) -> ListingPolicy {
        let usual = if fallback.served().is_empty() { Listing::Own } else { Listing::Originals };
        ListingPolicy {
            lists: self.lists.or(site.lists).unwrap_or(usual),
            taxonomies: self.taxonomies.or(site.taxonomies).unwrap_or(usual),
            feeds: self.feeds.or(site.feeds).unwrap_or_default(),
        }
    }
}

/// One tag or several, with their places.
fn tags(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Vec<(Arc<str>, Span)> {
    let mut tag = |node: &Node<'_>| match node.text() {
        Some(tag) => Some((Arc::from(tag.trim()), node.span)),
        None => {
            reader.report("wrong-value", node.span, "a language should be a tag".to_owned(), EXAMPLE);
            None
        }
    };
    match &entry.node.value {
        Value::Seq(items) => items.iter().filter_map(tag).collect(),
        _ if entry.node.is_blank() => Vec::new(),
        _ => tag(&entry.node).into_iter().collect(),
    }
}
