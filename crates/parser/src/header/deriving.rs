//! `derive:` in front matter: what one essay says about being converted into another script.

use fika_model::{Deriving, DerivingTo};

use super::fields::Fields;
use crate::config::derive_phrases;
use crate::node::{Entry, Value, truth};

impl Fields<'_> {
    /// `derive: false`, or a map of `title`, `description`, `tagline` and `phrases`, and of languages with the same keys.
    pub(super) fn derive(&mut self, entry: &Entry<'_>) {
        let mut deriving = Deriving { every: self.deriving_to(entry), each: Vec::new() };
        for entry in entry.node.entries().iter().filter(|entry| !is_own(&entry.key)) {
            if let Some(lang) = self.language(&entry.key, entry.key_span) {
                deriving.each.push((lang, self.deriving_to(entry)));
            }
        }
        self.header.derive = Some(Box::new(deriving));
    }

    fn deriving_to(&mut self, entry: &Entry<'_>) -> DerivingTo {
        let mut to = DerivingTo::default();
        let Value::Map(entries) = &entry.node.value else {
            to.derive = truth(&entry.node);
            if to.derive.is_none() && !entry.node.is_blank() {
                self.reader.wrong(entry, "true, false or a map", "derive: {phrases: {发面: 發麵}}");
            }
            return to;
        };
        for entry in entries {
            match &*entry.key {
                "title" => to.title = self.reader.text(entry),
                "description" => to.description = self.reader.text(entry),
                "tagline" => to.tagline = self.reader.text(entry),
                "phrases" => to.phrases = derive_phrases(&mut self.reader, entry),
                _ => {}
            }
        }
        to
    }
}

/// The keys that are no languages.
fn is_own(key: &str) -> bool {
    matches!(key, "title" | "description" | "tagline" | "phrases")
}
