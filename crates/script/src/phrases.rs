//! A writer's own phrases, which come before those of the dictionaries.

use std::collections::BTreeMap;

/// Phrases with what they become, looked at before any dictionary. The result is not converted any further.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrases {
    /// By the first character, the longest first.
    by_first: BTreeMap<char, Vec<(String, String)>>,
    /// Their first characters, each by its last six bits.
    firsts: u64,
}

fn bit(c: impl Into<u32>) -> u64 {
    1 << (c.into() & 63)
}

impl Phrases {
    /// Phrases, each with what it becomes. The first of two that are equal counts; one without any character is left out.
    pub fn new<'a>(phrases: impl IntoIterator<Item = (&'a str, &'a str)>) -> Phrases {
        let mut by_first: BTreeMap<char, Vec<(String, String)>> = BTreeMap::new();
        for (from, to) in phrases {
            let Some(first) = from.chars().next() else { continue };
            by_first.entry(first).or_default().push((from.to_owned(), to.to_owned()));
        }
        for same in by_first.values_mut() {
            // Stable: of equal ones the first stays before.
            same.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        }
        let firsts = by_first.keys().fold(0, |firsts, &c| firsts | bit(c));
        Phrases { by_first, firsts }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// Whether one may begin with this character.
    #[inline]
    pub(crate) fn may_begin(&self, c: impl Into<u32>) -> bool {
        self.firsts & bit(c) != 0
    }

    /// The longest phrase that a text begins with.
    pub(crate) fn longest(&self, text: &str) -> Option<(usize, &str)> {
        if self.by_first.is_empty() {
            return None;
        }
        let same = self.by_first.get(&text.chars().next()?)?;
        let (from, to) = same.iter().find(|(from, _)| text.starts_with(from.as_str()))?;
        Some((from.len(), to))
    }
}
