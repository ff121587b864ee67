//! `taxonomies:`, and what their terms are called in each language.

use std::sync::Arc;

use fika_model::{Lang, Language, TaxonomyConfig, TermName, TermNames, slugify, term_slug};

use super::lang_keys::localized;
use super::unknown;
use crate::node::{Entry, Node, Reader, Value};

/// `taxonomies:`: names, maps with a name (as in Zola), or a map of options by name.
pub(super) fn taxonomies(
    reader: &mut Reader<'_>,
    entry: &Entry<'_>,
    languages: &[Language],
) -> Vec<TaxonomyConfig> {
    let mut found: Vec<TaxonomyConfig> = Vec::new();
    match &entry.node.value {
        Value::Map(entries) => {
            for entry in entries {
                let mut taxonomy = TaxonomyConfig::new(&entry.key);
                let off = entry.node.value == Value::Bool(false);
                options(reader, &entry.node, &mut taxonomy, languages);
                taxonomy.name = Arc::from(&*entry.key);
                if !off {
                    found.push(taxonomy);
                }
            }
        }
        Value::Seq(items) => {
            for item in items {
                let mut taxonomy = TaxonomyConfig::new("");
                match item.text() {
                    Some(name) => taxonomy.name = Arc::from(name.trim()),
                    None => options(reader, item, &mut taxonomy, languages),
                }
                if taxonomy.name.is_empty() {
                    reader.report(
                        "wrong-value",
                        item.span,
                        "a taxonomy needs a name".to_owned(),
                        "taxonomies: [tags, series]",
                    );
                } else {
                    found.push(taxonomy);
                }
            }
        }
        _ if entry.node.is_blank() => {}
        _ => reader.wrong(entry, "a list or a map", "taxonomies: [tags]"),
    }
    let mut names = Vec::new();
    found.retain(|taxonomy| {
        let new = !names.contains(&taxonomy.name);
        names.push(taxonomy.name.clone());
        new
    });
    found
}

fn options(reader: &mut Reader<'_>, node: &Node<'_>, taxonomy: &mut TaxonomyConfig, languages: &[Language]) {
    for entry in node.entries() {
        match &*entry.key {
            // In a list it is what a key would be.
            "name" if taxonomy.name.is_empty() => taxonomy.name = reader.text(entry).unwrap_or_default(),
            "name" | "title" => taxonomy.title = localized(reader, entry),
            "paginate_by" => taxonomy.paginate_by = reader.count(entry),
            "render" => taxonomy.render = reader.truth(entry).unwrap_or(true),
            "feed" => taxonomy.feed = reader.truth(entry).unwrap_or_default(),
            "sort_keys" => taxonomy.sort_keys = sort_keys(reader, entry),
            "terms" => taxonomy.terms = terms(reader, entry, languages),
            _ => unknown(
                reader,
                entry,
                &["name", "title", "paginate_by", "render", "feed", "terms", "sort_keys"],
                &["paginate_path", "lang", "slug"],
            ),
        }
    }
}

/// `sort_keys:`: readings by term.
fn sort_keys(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Vec<(Arc<str>, Arc<str>)> {
    if !matches!(entry.node.value, Value::Map(_)) && !entry.node.is_blank() {
        reader.wrong(entry, "a map of readings", "sort_keys: {曾国藩: zeng guo fan}");
    }
    let entries = entry.node.entries().iter();
    entries.filter_map(|entry| Some((Arc::from(&*entry.key), reader.text(entry)?))).collect()
}

const EXAMPLE: &str = "terms: [{zh: 写作, en: writing}]";

/// `terms:`: a list of maps from language to name, or to a map of `name` and `slug`.
fn terms(reader: &mut Reader<'_>, entry: &Entry<'_>, languages: &[Language]) -> Vec<TermNames> {
    let Value::Seq(items) = &entry.node.value else {
        if !entry.node.is_blank() {
            reader.wrong(entry, "a list", EXAMPLE);
        }
        return Vec::new();
    };
    let mut found: Vec<TermNames> = Vec::new();
    for item in items {
        if !matches!(item.value, Value::Map(_)) {
            let message = "a term should be a map of its names by language".to_owned();
            reader.report("wrong-value", item.span, message, EXAMPLE);
            continue;
        }
        let mut names: Vec<(Lang, TermName)> = Vec::new();
        for entry in item.entries() {
            let Some((lang, name)) = term(reader, entry, languages) else { continue };
            let taken = |names: &[(Lang, TermName)]| {
                names.iter().any(|(one, other)| {
                    *one == lang && (other.written == name.written || other.slug == name.slug)
                })
            };
            if names.iter().any(|(one, _)| *one == lang) || found.iter().any(|other| taken(&other.names)) {
                let message = format!("`{}` is said twice in `{lang}`", name.name);
                reader.report(
                    "duplicate-key",
                    entry.key_span,
                    message,
                    "delete one of them; the first one counts",
                );
                continue;
            }
            names.push((lang, name));
        }
        found.push(TermNames { names });
    }
    found
}

/// What a term is called in one language.
fn term(reader: &mut Reader<'_>, entry: &Entry<'_>, languages: &[Language]) -> Option<(Lang, TermName)> {
    let lang = reader.language(languages, &entry.key, entry.key_span)?;
    let (mut name, mut slug) = (None, None);
    if let Value::Map(entries) = &entry.node.value {
        for entry in entries {
            match &*entry.key {
                "name" => name = reader.text(entry),
                "slug" => slug = reader.text(entry),
                _ => unknown(reader, entry, &["name", "slug"], &[]),
            }
        }
    } else {
        name = reader.text(entry);
    }
    let name = name?;
    let written = term_slug(&name);
    let slug = slug.map_or_else(|| written.clone(), |slug| slugify(&slug));
    if slug.is_empty() {
        let message = format!("`{name}` has no letter, digit or sign that an address could hold");
        reader.report("wrong-value", entry.node.span, message, "give it a `slug`");
        return None;
    }
    Some((lang, TermName { name, written: Arc::from(written), slug: Arc::from(slug) }))
}
