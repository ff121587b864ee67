//! What readers of a language get of an essay that is not written in it, and whether their lists hold it.

use serde::{Deserialize, Serialize};

use crate::{Config, Entry, EntryId, Kind, Lang, Language};

/// What readers of a language get of an essay that is not written in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fallback {
    /// The languages whose words serve instead, the best first. Never the language itself, none twice.
    pub languages: Vec<Lang>,
    /// How.
    pub mode: FallbackMode,
}

/// How the words of another language serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FallbackMode {
    /// Not at all.
    Hide,
    /// Lists lead to the page of the other language, and say so.
    Link,
    /// A page shows them in the interface of the reader's language, and says so.
    #[default]
    Render,
}

impl Fallback {
    /// The languages whose words get a page of this language.
    pub fn rendered(&self) -> &[Lang] {
        if self.mode == FallbackMode::Render { &self.languages } else { &[] }
    }

    /// The languages whose words serve in any way.
    pub fn served(&self) -> &[Lang] {
        if self.mode == FallbackMode::Hide { &[] } else { &self.languages }
    }
}

/// Which essays a list of a language holds. Each is in it once, in the reader's language if there is such a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Listing {
    /// Those in the words of that language.
    #[default]
    Own,
    /// Also the originals that it falls back to.
    Originals,
    /// Every essay of the site, in whatever language there is.
    All,
}

/// Which essays the lists of a language hold, by the kind of list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ListingPolicy {
    /// Sections, unless one says otherwise itself.
    pub lists: Listing,
    /// Terms of taxonomies.
    pub taxonomies: Listing,
    /// Feeds, which lead to the original and never to a page that shows it for want of a translation.
    pub feeds: Listing,
}

/// An essay that has no version in a language, and may stand in its lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guest {
    /// The version that readers of that language can make most of.
    pub entry: EntryId,
    /// The most modest policy that lists it.
    pub by: Listing,
}

/// The essays that have no version in a language, in the order of entries.
pub fn guests(config: &Config, entries: &[Entry], language: &Language) -> Vec<Guest> {
    let served = language.fallback.served();
    let lang = |id: &EntryId| &entries[id.0 as usize].lang;
    // The languages it falls back to come first, then those of the site in their order.
    let rank = |id: &EntryId| match served.iter().position(|one| one == lang(id)) {
        Some(at) => (0, at),
        None => (1, config.rank(lang(id)).unwrap_or(usize::MAX)),
    };
    let mut found = Vec::new();
    for (entry, at) in entries.iter().zip(0..) {
        // One version speaks for all.
        let first = entry.translations.iter().all(|twin| twin.0 > at);
        if entry.card.kind != Kind::Page || entry.is_fallback() || !first {
            continue;
        }
        let versions = || [EntryId(at)].into_iter().chain(entry.translations.iter().copied());
        if versions().chain(entry.fallbacks.iter().copied()).any(|id| *lang(&id) == language.lang) {
            continue;
        }
        if let Some(best) = versions().min_by_key(rank) {
            let by = if rank(&best).0 == 0 { Listing::Originals } else { Listing::All };
            found.push(Guest { entry: best, by });
        }
    }
    found
}
