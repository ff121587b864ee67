//! Taxonomies as they are configured: what each is called, and what its terms are called in each language.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Lang, Language, Localized};

/// A way of sorting essays, such as tags.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaxonomyConfig {
    /// The name, which is the key in front matter and the folder in addresses: `tags`.
    pub name: Arc<str>,
    /// Essays on one page of a term; none means the site's default.
    pub paginate_by: Option<u32>,
    /// Whether each term and the list have pages.
    pub render: bool,
    /// Whether each term has a feed.
    pub feed: bool,
    /// What it is called before readers; nothing if that is a word of the interface, or its name.
    pub title: Localized<Arc<str>>,
    /// Terms that are called differently in each language.
    pub terms: Vec<TermNames>,
    /// How terms are read that are read otherwise than their characters say, for sorting: `曾国藩`, `zeng guo fan`.
    pub sort_keys: Vec<(Arc<str>, Arc<str>)>,
}

/// One term as several languages call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermNames {
    /// By language, in the order given; each language once.
    pub names: Vec<(Lang, TermName)>,
}

/// A term in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermName {
    /// What it is called: `写作`.
    pub name: Arc<str>,
    /// The slug of the name, by which the term is known in essays, however they spell it.
    pub written: Arc<str>,
    /// The last segment of its address: the slug of the name, unless another is given.
    pub slug: Arc<str>,
}

/// A term of an essay, in the language of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedTerm<'c, 's> {
    /// What the configuration calls it; none if that says nothing of it in this language.
    pub name: Option<&'c Arc<str>>,
    /// The last segment of its address.
    pub slug: &'s str,
    /// What ties it to the same term in other languages.
    pub key: &'s str,
}

impl TaxonomyConfig {
    /// A taxonomy of which nothing is said but the name.
    pub fn new(name: &str) -> TaxonomyConfig {
        TaxonomyConfig {
            name: name.into(),
            paginate_by: None,
            render: true,
            feed: false,
            title: Localized::default(),
            terms: Vec::new(),
            sort_keys: Vec::new(),
        }
    }

    /// The term that an essay means by a word, in the language of a list. `slug` is the word's slug. A word of the list's own
    /// language comes first; a word of another is exchanged for this language's. One that has no name in the language has the address
    /// that it has in the first of those it falls back to, or else in the first that the configuration names.
    pub fn term<'c: 's, 's>(&'c self, language: &Language, slug: &'s str) -> NamedTerm<'c, 's> {
        let lang = &language.lang;
        let own = |names: &'c TermNames| names.name_in(lang);
        let by_own = self.terms.iter().find(|names| own(names).is_some_and(|name| name.means(slug)));
        let by_any = || self.terms.iter().find(|names| names.names.iter().any(|(_, name)| name.means(slug)));
        match by_own.or_else(by_any) {
            None => NamedTerm { name: None, slug, key: slug },
            Some(names) => {
                let key = names.names.first().map_or(slug, |(_, first)| &*first.slug);
                let own = own(names);
                let lent = || language.fallback.served().iter().find_map(|lang| names.name_in(lang));
                let slug = own.or_else(lent).map_or(key, |name| &*name.slug);
                NamedTerm { name: own.map(|own| &own.name), slug, key }
            }
        }
    }
}

impl TermNames {
    /// What a language calls it.
    pub fn name_in(&self, lang: &Lang) -> Option<&TermName> {
        self.names.iter().find(|(one, _)| one == lang).map(|(_, name)| name)
    }
}

impl TermName {
    fn means(&self, slug: &str) -> bool {
        &*self.written == slug || &*self.slug == slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slugify;

    fn lang(tag: &str) -> Lang {
        Lang::parse(tag).unwrap()
    }

    #[test]
    fn a_word_means_the_same_term_in_every_language() {
        let name = |tag: &str, name: &str, slug: &str| {
            (lang(tag), TermName { name: name.into(), written: slugify(name).into(), slug: slug.into() })
        };
        let tags = TaxonomyConfig {
            terms: vec![TermNames {
                names: vec![name("zh", "写作", "xiezuo"), name("en", "Writing", "writing")],
            }],
            ..TaxonomyConfig::new("tags")
        };
        let found = |tag: &str, word: &str| {
            let slug = slugify(word);
            let mut language = Language::new(lang(tag));
            if tag == "de" {
                language.fallback.languages = vec![lang("fr"), lang("en")];
            }
            let term = tags.term(&language, &slug);
            format!("{:?} {} {}", term.name, term.slug, term.key)
        };
        assert_eq!(found("zh", "写作"), "Some(\"写作\") xiezuo xiezuo");
        assert_eq!(found("en", "writing"), "Some(\"Writing\") writing xiezuo");
        // An essay shown to English readers for want of a translation.
        assert_eq!(found("en", "写作"), "Some(\"Writing\") writing xiezuo");
        // A language of which nothing is said has one term as well, under the word that it is given.
        assert_eq!(found("ja", "写作"), "None xiezuo xiezuo");
        assert_eq!(found("ja", "writing"), "None xiezuo xiezuo");
        // One that falls back to another has the address which goes with the name that its readers see.
        assert_eq!(found("de", "写作"), "None writing xiezuo");
        assert_eq!(found("en", "tea"), "None tea tea");
    }
}
