//! Values that differ by language.

use serde::{Deserialize, Serialize};

use crate::Lang;

/// A value that may differ by language: one for all, one for each of some languages, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Localized<T> {
    every: Option<T>,
    each: Vec<(Lang, T)>,
}

impl<T> Localized<T> {
    /// A value that is the same in every language.
    pub fn every(value: T) -> Self {
        Localized { every: Some(value), each: Vec::new() }
    }

    /// Values by language, in the order given.
    pub fn each(values: impl IntoIterator<Item = (Lang, T)>) -> Self {
        Localized { every: None, each: values.into_iter().collect() }
    }

    /// The value for a language: its own, that of a parent tag, or the one for all.
    pub fn get(&self, lang: &Lang) -> Option<&T> {
        self.named(lang).or(self.every.as_ref())
    }

    /// The value that is said to be for a language or a parent of it, the one for all left aside.
    pub fn named(&self, lang: &Lang) -> Option<&T> {
        let of = |tag: &str| self.each.iter().find(|(lang, _)| lang.as_str() == tag);
        lang.chain().find_map(of).map(|(_, value)| value)
    }

    /// The value for a language, or else the one its reader can most likely read: in a language of the same script, in English,
    /// or the first there is.
    pub fn get_readable(&self, lang: &Lang) -> Option<&T> {
        let near = || self.each.iter().find(|(other, _)| lang.shares_writing(other));
        let english = || self.each.iter().find(|(other, _)| other.language() == "en");
        let any = || near().or_else(english).or(self.each.first()).map(|(_, value)| value);
        self.get(lang).or_else(any)
    }

    /// The same with a value for one language more, or another one for it.
    #[must_use]
    pub fn with(mut self, lang: Lang, value: T) -> Self {
        self.each.retain(|(known, _)| *known != lang);
        self.each.push((lang, value));
        self
    }

    /// Whether no language has a value.
    pub fn is_empty(&self) -> bool {
        self.every.is_none() && self.each.is_empty()
    }

    /// Every value with its language; `None` marks the one for all.
    pub fn iter(&self) -> impl Iterator<Item = (Option<&Lang>, &T)> {
        self.every
            .iter()
            .map(|value| (None, value))
            .chain(self.each.iter().map(|(lang, value)| (Some(lang), value)))
    }
}

impl<T> Default for Localized<T> {
    fn default() -> Self {
        Localized { every: None, each: Vec::new() }
    }
}
