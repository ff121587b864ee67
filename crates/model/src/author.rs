//! People: what the configuration says of authors and translators.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Config, Lang, Localized};

/// A person whom essays name by an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// What essays write: `su`.
    pub id: Arc<str>,
    /// The name, by language: `苏轼`, `Su Shi`. Without any it is the id.
    pub name: Localized<Arc<str>>,
    /// A sentence about them, by language.
    pub bio: Localized<Arc<str>>,
    /// Their own page.
    pub url: Option<Arc<str>>,
    /// Where else they are: a name and a whole address each.
    pub links: Vec<(Arc<str>, Arc<str>)>,
    /// How the name is read, for sorting.
    pub sort_key: Option<Arc<str>>,
}

impl Author {
    /// A person of whom nothing is said.
    pub fn new(id: &str) -> Author {
        Author {
            id: id.into(),
            name: Localized::default(),
            bio: Localized::default(),
            url: None,
            links: Vec::new(),
            sort_key: None,
        }
    }

    /// The name in a language, or else one that its reader can read.
    pub fn name(&self, lang: &Lang) -> &Arc<str> {
        self.name.get_readable(lang).unwrap_or(&self.id)
    }
}

impl Config {
    /// The person with an id.
    pub fn author(&self, id: &str) -> Option<&Author> {
        self.authors.iter().find(|author| &*author.id == id)
    }

    /// The name in a language of whom an essay names: by id, or plainly.
    pub fn author_name<'a>(&'a self, who: &'a Arc<str>, lang: &Lang) -> &'a Arc<str> {
        self.author(who).map_or(who, |author| author.name(lang))
    }
}
