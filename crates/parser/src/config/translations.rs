//! `translations:`: which languages essays should be translated into, and whether they can be read side by side.

use std::sync::Arc;

use fika_model::{Config, Span, TranslationConfig};

use super::unknown;
use crate::node::{Entry, Node, Reader, Value};

/// A folder, with the languages that are expected below it.
type Expected = (Arc<str>, Vec<(Arc<str>, Span)>);

/// What is said of translations, before it is known which languages there are.
#[derive(Default)]
pub(super) struct TranslationKeys {
    expect: Vec<Expected>,
    parallel: bool,
}

impl TranslationKeys {
    /// Reads the key; false if it is another.
    pub(super) fn read(&mut self, reader: &mut Reader<'_>, entry: &Entry<'_>) -> bool {
        if entry.key != "translations" {
            return false;
        }
        if !matches!(entry.node.value, Value::Map(_)) && !entry.node.is_blank() {
            reader.wrong(entry, "a map", "translations: {expect: [en]}");
        }
        for entry in entry.node.entries() {
            match &*entry.key {
                "expect" => self.expect = expect(reader, entry),
                "parallel" => self.parallel = reader.truth(entry).unwrap_or_default(),
                _ => unknown(reader, entry, &["expect", "parallel"], &[]),
            }
        }
        true
    }

    /// The finished value; a language that the site does not have is reported.
    pub(super) fn finish(self, reader: &mut Reader<'_>, config: &Config) -> TranslationConfig {
        let mut language = |(tag, span): (Arc<str>, Span)| reader.language(&config.languages, &tag, span);
        let expect = self.expect.into_iter();
        let expect =
            expect.map(|(folder, tags)| (folder, tags.into_iter().filter_map(&mut language).collect()));
        TranslationConfig { expect: expect.collect(), parallel: self.parallel }
    }
}

/// `[en]` for all essays, or a map of such lists by folder.
fn expect(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Vec<Expected> {
    match &entry.node.value {
        Value::Map(entries) => entries
            .iter()
            .filter_map(|entry| Some((entry.key.trim_matches('/').into(), tags(reader, entry)?)))
            .collect(),
        _ => tags(reader, entry).map(|tags| ("".into(), tags)).into_iter().collect(),
    }
}

/// A list of tags, or one; `false` is none.
fn tags(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Option<Vec<(Arc<str>, Span)>> {
    let nodes = match &entry.node.value {
        Value::Seq(nodes) => nodes.as_slice(),
        Value::Null | Value::Bool(false) => &[],
        _ => std::slice::from_ref(&entry.node),
    };
    let tag = |node: &Node<'_>| Some((Arc::from(node.text()?.trim()), node.span));
    let tags: Option<Vec<_>> = nodes.iter().map(tag).collect();
    if tags.is_none() {
        reader.wrong(entry, "a list of languages", "expect: [en]");
    }
    tags
}
