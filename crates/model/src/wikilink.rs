//! Where a `[[wikilink]]` leads: to the page that has the name, as Obsidian finds it.

use std::collections::HashMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::paths::{decode, markdown_stem};
use crate::resolve::{From, Missing, Target};
use crate::{EntryId, Site, nearest};

impl Site {
    /// Resolves the name of a `[[wikilink]]`: a path, file name, title or key, in the page's own language first.
    pub fn resolve_wikilink(&self, from: From<'_>, dest: &str) -> Result<Target, Missing> {
        self.find_wikilink(from, dest).map_err(|missing| match missing {
            Missing::Target { .. } => {
                let mut names: Vec<&str> = self.names().keys().map(String::as_str).collect();
                names.sort_unstable();
                let name = dest.split('#').next().unwrap_or(dest);
                Missing::Target { nearest: nearest(name, names).map(str::to_owned) }
            }
            other => other,
        })
    }

    pub(crate) fn find_wikilink(&self, from: From<'_>, dest: &str) -> Result<Target, Missing> {
        let (name, fragment) = dest.split_once('#').unwrap_or((dest, ""));
        let fragment = decode(fragment);
        if name.is_empty() {
            let fragment = from.entry.map_or(fragment.clone(), |entry| self.heading_id(entry, &fragment));
            return self.lookup(from, &format!("#{fragment}"));
        }
        let name = name.trim();
        let name: String = markdown_stem(name).unwrap_or(name).nfc().collect::<String>().to_lowercase();
        let found = self.names().get(&name).map(Vec::as_slice).unwrap_or_default();
        match self.first_of(found, from.lang) {
            Some(entry) => {
                self.shown(self.page_target(from, entry, "", &self.heading_id(entry, &fragment))?)
            }
            None => Err(match self.withheld_called(&name) {
                Some(source) => Missing::Unpublished { source },
                None => Missing::Target { nearest: None },
            }),
        }
    }

    /// A source that is not published, by the name of its file or of its own folder in small letters, with or without a language.
    fn withheld_called(&self, name: &str) -> Option<Arc<str>> {
        let is_it = |source: &&Arc<str>| {
            let stem = markdown_stem(source).unwrap_or(source).to_lowercase();
            let (bare, suffix) = stem.rsplit_once('.').unwrap_or((&stem, ""));
            let stem = if self.config.language_for(suffix).is_some() { bare } else { &stem };
            let stem = stem.strip_suffix("/index").unwrap_or(stem);
            stem == name || stem.rsplit('/').next() == Some(name)
        };
        self.index.withheld.iter().find(is_it).cloned()
    }

    /// The id of the heading that has a title, as `[[b#Some Heading]]` names it (Obsidian); else the fragment itself.
    fn heading_id(&self, entry: EntryId, fragment: &str) -> String {
        let card = &self.entry(entry).card;
        let fragment: String = fragment.trim().nfc().collect();
        // Nothing is meant, and no heading without text.
        if fragment.is_empty() {
            return fragment;
        }
        let named = |title: &str| title.nfc().eq(fragment.chars());
        let titled = || card.headings.iter().find(|heading| named(&heading.title)).map(|heading| &heading.id);
        let title = || card.title_id.as_ref().filter(|_| named(&card.title));
        match card.has_anchor(&fragment) {
            true => fragment,
            false => titled().or_else(title).map_or(fragment.clone(), |id| id.to_string()),
        }
    }

    /// Entries by lower-cased stem, title and key. Few sites link by name, so it is made when it is first asked for.
    fn names(&self) -> &HashMap<String, Vec<EntryId>> {
        self.index.name.get_or_init(|| {
            let mut by_name: HashMap<String, Vec<EntryId>> = HashMap::new();
            for (entry, at) in self.entries.iter().zip(0..) {
                let card = &entry.card;
                let mut names = [&card.stem, &card.title, &card.key].map(|name| name.to_lowercase());
                names.sort();
                for (i, name) in names.iter().enumerate() {
                    if !name.is_empty() && (i == 0 || names[i - 1] != *name) {
                        by_name.entry(name.clone()).or_default().push(EntryId(at));
                    }
                }
            }
            by_name
        })
    }
}
