//! `authors:`, the people whom essays name by an id.

use std::sync::Arc;

use fika_model::Author;

use super::lang_keys::localized;
use super::unknown;
use crate::node::{Entry, Reader, Value};

const KEYS: &[&str] = &["name", "bio", "url", "links", "sort_key"];

/// A map from ids to people: a name, or a map of what is said of them.
pub(super) fn authors(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Vec<Author> {
    if !matches!(entry.node.value, Value::Map(_)) && !entry.node.is_blank() {
        reader.wrong(entry, "a map", "authors: {su: {name: {zh: 苏轼, en: Su Shi}}}");
    }
    entry.node.entries().iter().map(|entry| author(reader, entry)).collect()
}

fn author(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Author {
    let mut author = Author::new(&entry.key);
    if !matches!(entry.node.value, Value::Map(_)) {
        if !entry.node.is_blank() {
            author.name = localized(reader, entry);
        }
        return author;
    }
    for entry in entry.node.entries() {
        match &*entry.key {
            "name" => author.name = localized(reader, entry),
            "bio" => author.bio = localized(reader, entry),
            "url" => author.url = reader.text(entry),
            "links" => author.links = links(reader, entry),
            "sort_key" => author.sort_key = reader.text(entry),
            _ => unknown(reader, entry, KEYS, &["email", "avatar"]),
        }
    }
    author
}

/// Addresses, or addresses by name; one without a name is called by its host.
fn links(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Vec<(Arc<str>, Arc<str>)> {
    match &entry.node.value {
        Value::Map(entries) => {
            let named = |entry: &Entry<'_>| Some((Arc::from(&*entry.key), reader.text(entry)?));
            entries.iter().filter_map(named).collect()
        }
        _ => reader.list(entry).into_iter().map(|url| (host(&url).into(), url)).collect(),
    }
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest).trim_start_matches("www.")
}
