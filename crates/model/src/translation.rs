//! Translations: what each was made from, and how it stands to its original now.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Block, BlockKind, Config, EntryId, Lang};

/// What `translations.lock` says: for each translation (a key and a language) the original it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Records {
    /// The records by key and language of the translation.
    pub all: BTreeMap<(Arc<str>, Lang), Record>,
    /// Lines that could not be read. Whoever writes the file again keeps them.
    pub unread: Vec<Arc<str>>,
    /// Whether the file is none of ours or of a later version, and must not be written over.
    pub foreign: bool,
}

impl Records {
    /// The same in the languages of a site, where one has another name now than it had when this was recorded: `zh-Hans`, which was
    /// `zh`. Nothing if all have the names they had.
    pub fn renamed(&self, config: &Config) -> Option<Records> {
        let is_known = |lang: &Lang| config.language(lang).is_some();
        if self.all.iter().all(|((_, lang), record)| is_known(lang) && is_known(&record.from)) {
            return None;
        }
        let now = |lang: &Lang| {
            let mut near = lang.chain().filter_map(|tag| config.language_for(tag)).map(|found| &found.lang);
            let near = near.find(|near| near.writing() == lang.writing()).filter(|_| !is_known(lang));
            near.unwrap_or(lang).clone()
        };
        let renamed = |((key, lang), record): (&(Arc<str>, Lang), &Record)| {
            let (place, from) = ((key.clone(), now(lang)), now(&record.from));
            // What has a record of its own keeps that, and nothing is made from itself.
            let is_taken = place.1 != *lang && self.all.contains_key(&place);
            match is_taken || place.1 == from {
                true => ((key.clone(), lang.clone()), record.clone()),
                false => (place, Record { from, ..record.clone() }),
            }
        };
        Some(Records { all: self.all.iter().map(renamed).collect(), ..self.clone() })
    }
}

/// What one translation was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The language of the original.
    pub from: Lang,
    /// What its front matter said then; see [`Card::fields`](crate::Card::fields).
    pub fields: Vec<(Field, u64)>,
    /// The blocks that the original had then.
    pub blocks: Vec<Shape>,
}

/// A text of the front matter that readers see, and that a translation therefore has to follow. In the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// `title:`, or the first H1 in its stead.
    Title,
    /// `tagline:`
    Tagline,
    /// `description:`
    Description,
    /// `summary:`
    Summary,
}

impl Field {
    /// All of them, in order.
    pub const ALL: [Field; 4] = [Field::Title, Field::Tagline, Field::Description, Field::Summary];

    /// Its key in the front matter, and its mark in `translations.lock`.
    pub fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Tagline => "tagline",
            Field::Description => "description",
            Field::Summary => "summary",
        }
    }

    /// What a name means.
    pub fn of_name(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// A block without its place: what is remembered of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shape {
    /// What it is.
    pub kind: BlockKind,
    /// How long it is; see [`Block::size`].
    pub size: u32,
    /// What it says; see [`Block::hash`].
    pub hash: u64,
}

impl From<&Block> for Shape {
    fn from(block: &Block) -> Shape {
        Shape { kind: block.kind, size: block.size, hash: block.hash }
    }
}

/// How an essay stands to its original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TranslationState {
    /// The original has not changed since.
    Current,
    /// The original has changed since.
    Stale,
    /// Nobody recorded what it was made from.
    Untracked,
    /// Its original is gone.
    Orphaned,
}

impl TranslationState {
    /// The word for it, in templates and in the command's output.
    pub fn name(self) -> &'static str {
        match self {
            TranslationState::Current => "current",
            TranslationState::Stale => "stale",
            TranslationState::Untracked => "untracked",
            TranslationState::Orphaned => "orphaned",
        }
    }
}

/// What a translation's own page may know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// How it stands.
    pub state: TranslationState,
    /// The original, where it is published.
    pub original: Option<EntryId>,
    /// Which texts of the original's front matter changed since.
    pub fields: Vec<Field>,
    /// How many blocks of the original changed since.
    pub changed: u32,
    /// How many are new.
    pub added: u32,
    /// How many are gone.
    pub removed: u32,
}

/// `translations:`, how a site keeps its translations.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TranslationConfig {
    /// The languages into which essays below a folder (from the content folder; empty for all) should be translated.
    pub expect: Vec<(Arc<str>, Vec<Lang>)>,
    /// Whether essays can be read beside their translations.
    pub parallel: bool,
}

impl TranslationConfig {
    /// The languages into which an essay in a folder should be translated: what the nearest folder above says.
    pub fn expected(&self, dir: &str) -> &[Lang] {
        let around = self.expect.iter().filter(|(folder, _)| lies_in(dir, folder));
        around.max_by_key(|(folder, _)| folder.len()).map_or(&[], |(_, langs)| langs)
    }

    /// The folders that are named and have none of these in them, nor are any of them.
    pub fn unknown_folders<'a>(&'a self, dirs: &'a [Arc<str>]) -> impl Iterator<Item = &'a str> {
        let named = self.expect.iter().map(|(folder, _)| &**folder).filter(|folder| !folder.is_empty());
        named.filter(|folder| !dirs.iter().any(|dir| lies_in(dir, folder)))
    }
}

/// Whether a folder is another or lies in it; all lie in the empty one.
fn lies_in(dir: &str, folder: &str) -> bool {
    folder.is_empty() || dir.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_folder_says_what_is_expected() {
        let lang = |tag: &str| Lang::parse(tag).expect("a tag");
        let config = TranslationConfig {
            expect: vec![
                ("".into(), vec![lang("en")]),
                ("notes".into(), vec![]),
                ("notes/deep".into(), vec![lang("ja")]),
            ],
            parallel: false,
        };
        assert_eq!(config.expected("essays"), [lang("en")]);
        assert_eq!(config.expected("notes"), []);
        assert_eq!(config.expected("notes/deep/er"), [lang("ja")]);
        assert_eq!(config.expected("notesx"), [lang("en")]);
        assert_eq!(TranslationConfig::default().expected("essays"), []);
    }
}
