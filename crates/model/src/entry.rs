//! Entries: cards in their places. An essay has one for each language whose readers get a page of it, whoever's words that shows.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{BaseUrl, Card, Config, Fingerprint, Lang, PageId, Route, Translation};

/// The place of an entry in [`Site::entries`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryId(pub u32);

/// A card in its place: what it is called, where it lives, what stands around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The card. Its `lang` is the language of the text.
    pub card: Arc<Card>,
    /// The language in whose part of the site it has its place: that of its address, its lists and its page's interface.
    /// It differs from the card's where a text is shown to readers of another language.
    pub lang: Lang,
    /// Whose words it shows.
    pub text: Text,
    /// Its address.
    pub route: Route,
    /// Its address under the base path, percent-encoded: `/repo/essays/moon/`.
    pub path: Arc<str>,
    /// Its whole address, percent-encoded.
    pub permalink: Arc<str>,
    /// Its own page (the first, where a section is paginated). None for a section with `render: false`.
    pub page: Option<PageId>,
    /// The section it belongs to; none for a home page.
    pub parent: Option<EntryId>,
    /// The sections above, the home page first.
    pub ancestors: Vec<EntryId>,
    /// A section's pages in its order, those of transparent sections below included.
    pub pages: Vec<EntryId>,
    /// A section's sections, by weight, then path.
    pub subsections: Vec<EntryId>,
    /// The neighbour before: the earlier date, the lighter weight, the title before (as in Zola).
    pub lower: Option<EntryId>,
    /// The neighbour after: the later date, the heavier weight, the title after.
    pub higher: Option<EntryId>,
    /// The same essay in the words of other languages, in the order of the configuration.
    pub translations: Vec<EntryId>,
    /// The same essay where other languages show it for want of words of their own ([`Borrow::Fallback`]), in the same order.
    pub fallbacks: Vec<EntryId>,
    /// What it was made from and how it stands to that; none for an original, and for words that are not its own.
    pub translation: Option<Translation>,
    /// The versions beside which it can be read, in the order of the configuration.
    pub parallel: Vec<EntryId>,
    /// Pages that link here, in the order of entries.
    pub backlinks: Vec<EntryId>,
    /// Files published beside it: their routes, sorted.
    pub assets: Vec<Route>,
    /// Whether no file stands behind it: a home page that nobody wrote.
    pub synthetic: bool,
    /// The fingerprint of all that another page may see of it: card, address, translations' addresses.
    pub fingerprint: Fingerprint,
}

impl Entry {
    /// Entries on one page of a section's list; 0 is all. The home page shows a choice, unless it asks to be cut into pages itself.
    pub fn paginate_by(&self, config: &Config) -> u32 {
        let said = self.card.section.as_ref().and_then(|section| section.paginate_by);
        said.unwrap_or(if self.parent.is_none() { 0 } else { config.paginate_by })
    }

    /// A card at an address, with nothing around it yet and words of its own.
    pub fn new(card: Arc<Card>, route: Route, base: &BaseUrl) -> Entry {
        Entry {
            path: base.path_of(&route).into(),
            permalink: base.absolute(&route).into(),
            route,
            lang: card.lang.clone(),
            card,
            text: Text::Own,
            page: None,
            parent: None,
            ancestors: Vec::new(),
            pages: Vec::new(),
            subsections: Vec::new(),
            lower: None,
            higher: None,
            translations: Vec::new(),
            fallbacks: Vec::new(),
            translation: None,
            parallel: Vec::new(),
            backlinks: Vec::new(),
            assets: Vec::new(),
            synthetic: false,
            fingerprint: Fingerprint::default(),
        }
    }

    /// The entry whose words it shows in one way, if it does.
    pub fn borrowed(&self, way: Borrow) -> Option<EntryId> {
        match self.text {
            Text::Borrowed { from, how } if how == way => Some(from),
            _ => None,
        }
    }

    /// Whether it shows a text in another language than that of its page.
    pub fn is_fallback(&self) -> bool {
        self.borrowed(Borrow::Fallback).is_some()
    }

    /// Whether its words are another entry's, converted into another script.
    pub fn is_derived(&self) -> bool {
        self.borrowed(Borrow::Derived).is_some()
    }

    /// Where it stands beside its version in another language.
    pub fn parallel_route(&self, lang: &Lang) -> Route {
        self.route.join(&format!("parallel/{}/", lang.as_str().to_ascii_lowercase()))
    }

    /// Whether its words were written for it; else another entry has the same file.
    pub fn is_own(&self) -> bool {
        self.text == Text::Own
    }
}

/// Whose words an entry shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Text {
    /// Those of its own file.
    Own,
    /// Those of an essay in another language: same file, same body, no second parse.
    Borrowed {
        /// The entry whose words they are.
        from: EntryId,
        /// What is done with them.
        how: Borrow,
    },
}

/// What is done with the words of another language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Borrow {
    /// They are shown as they are. Entry and original share one card, whose `lang` is the original's: the page says so, names the
    /// original as canonical, and is in no feed and no sitemap.
    Fallback,
    /// They are converted, such as from simplified to traditional characters. The card is converted too and has the
    /// entry's `lang`: the page is a version of the essay like any other.
    Derived,
}
