//! Where a `[[wikilink]]` leads: to the page that has the name, as Obsidian finds it.

use std::collections::HashMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::paths::{decode, markdown_stem};
use crate::resolve::{From, Missing, Target};
use crate::{Card, EntryId, Site, nearest};

/// What an essay is called by whoever links to it by a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// See [`Card::stem`].
    pub stem: Arc<str>,
    /// See [`Card::title`].
    pub title: Arc<str>,
    /// See [`Card::key`].
    pub key: Arc<str>,
}

impl Names {
    /// The names of an essay.
    pub fn of(card: &Card) -> Names {
        Names { stem: card.stem.clone(), title: card.title.clone(), key: card.key.clone() }
    }

    /// They are compared in small letters.
    fn small(&self) -> [String; 3] {
        [&self.stem, &self.title, &self.key].map(|name| name.to_lowercase())
    }
}

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
            None => Err(match self.withheld_names().get(&name) {
                Some(source) => Missing::Unpublished { source: source.clone() },
                None => Missing::Target { nearest: None },
            }),
        }
    }

    /// Sources that are not published by their names, and by what their files or own folders are called, with or without a language:
    /// who writes of a draft may not know yet what it will be called. Made when it is first asked for.
    fn withheld_names(&self) -> &HashMap<String, Arc<str>> {
        self.index.withheld_name.get_or_init(|| {
            let mut by_name = HashMap::new();
            for (source, names) in &self.index.withheld {
                let path = markdown_stem(source).unwrap_or(source).to_lowercase();
                let path = self.bare(&path);
                let file = path.rsplit('/').next().unwrap_or(path);
                let all = [path.to_owned(), file.to_owned()].into_iter().chain(names.small());
                for name in all.filter(|name| !name.is_empty()) {
                    by_name.entry(name).or_insert_with(|| source.clone());
                }
            }
            by_name
        })
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
                let mut names = Names::of(&entry.card).small();
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
