//! Taxonomy terms: `tags: [a, b]`, `tags: a, b`, `categories:` of Hexo, `taxonomies:` of Zola.

use std::sync::Arc;

use fika_model::{Config, Span, nearest};

use super::fields::Fields;
use crate::node::{Entry, Value};

/// What one taxonomy is called, by one and by many.
const PAIRS: &[(&str, &str)] =
    &[("tag", "tags"), ("category", "categories"), ("keyword", "keywords"), ("author", "authors")];

/// The site's taxonomy of a name, in the singular or plural.
pub(super) fn taxonomy(config: &Config, name: &str) -> Option<Arc<str>> {
    let find = |name: &str| {
        config
            .taxonomies
            .iter()
            .find(|taxonomy| &*taxonomy.name == name)
            .map(|taxonomy| taxonomy.name.clone())
    };
    find(name).or_else(|| {
        let other = PAIRS.iter().find_map(|(one, many)| match name {
            _ if name == *one => Some(*many),
            _ if name == *many => Some(*one),
            _ => None,
        })?;
        find(other)
    })
}

/// The terms of a text that are parted by some signs.
fn apart<'a>(text: &'a str, signs: &'a [char]) -> impl Iterator<Item = Arc<str>> + 'a {
    text.split(signs).map(str::trim).filter(|term| !term.is_empty()).map(Arc::from)
}

impl Fields<'_> {
    /// `taxonomies:`, a map of lists. A taxonomy that the site does not have is reported, but for authors and series,
    /// which every essay may name.
    pub(super) fn taxonomies(&mut self, entry: &Entry<'_>) {
        if !matches!(entry.node.value, Value::Map(_)) && !entry.node.is_blank() {
            self.reader.wrong(entry, "a map of lists", "taxonomies: {tags: [one, two]}");
        }
        for entry in entry.node.entries() {
            if let Some(name) = taxonomy(self.config, &entry.key) {
                self.add_terms(name, entry);
                continue;
            }
            match &*entry.key {
                "authors" | "author" => self.authors(entry),
                "series" => self.series(entry),
                _ => self.unknown_taxonomy(entry),
            }
        }
    }

    fn unknown_taxonomy(&mut self, entry: &Entry<'_>) {
        let near = nearest(&entry.key, self.config.taxonomies.iter().map(|taxonomy| &*taxonomy.name));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add `{}` to `taxonomies` in fika.yaml, or delete it here", entry.key),
        };
        let message = format!("this site has no taxonomy `{}`", entry.key);
        self.reader.report("unknown-taxonomy", entry.key_span, message, &help);
    }

    /// Adds the terms of a list, each once. The place is that of the first list.
    pub(super) fn add_terms(&mut self, name: Arc<str>, entry: &Entry<'_>) {
        let terms = match &entry.node.value {
            Value::Str(text) => apart(text.trim_matches(['【', '】']), &[',', '，', '、']).collect(),
            // In a list the comma of YAML parts terms, and the full-width one is part of a term for it alone.
            _ => self.reader.list(entry).iter().flat_map(|term| apart(term, &['，'])).collect(),
        };
        self.unite(name, terms, entry.node.span);
    }

    /// Adds terms to those that are there.
    pub(super) fn unite(&mut self, name: Arc<str>, terms: Vec<Arc<str>>, span: Span) {
        if terms.is_empty() {
            return;
        }
        let all = &mut self.header.taxonomies;
        let at = all.iter().position(|(known, ..)| *known == name).unwrap_or_else(|| {
            all.push((name, Vec::with_capacity(terms.len()), span));
            all.len() - 1
        });
        for term in terms {
            if !all[at].1.contains(&term) {
                all[at].1.push(term);
            }
        }
    }
}
