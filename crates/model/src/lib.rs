//! The nouns of fika, one type for each thing and for each phase it goes through.
//!
//! ```text
//! Source --parse--> Essay { Card, Body, diagnostics } --link--> Site { Entry, Page } --render--> File
//! ```
//!
//! Everything here is data: no disk, no clock, no template engine, no Markdown. A [`Card`] is what any page may
//! know of an essay; a [`Body`] is shown on its own page only.

mod address;
mod author;
mod block;
mod body;
mod card;
mod config;
mod data;
mod date;
mod derive;
mod diagnostic;
mod entry;
mod fallback;
mod fingerprint;
mod near;
mod paths;
mod resolve;
mod site;
mod source;
mod taxonomy;
mod translation;
mod verbatim;
mod wikilink;

pub use address::{BaseUrl, Route, encode_fragment, encode_path};
pub use author::Author;
pub use block::{Block, BlockKind};
pub use body::{Body, Essay, Hole, HoleKind, Image};
pub use card::{Card, Heading, Kept, Kind, SectionCard, SortBy, Words};
pub use config::{
    AnchorLinks, CONFIG, Config, Emphasis, Language, Markdown, MenuItem, Root, SoftBreaks, Typography,
};
pub use data::Data;
pub use date::DateTime;
pub use derive::{Derive, Deriving, DerivingTo, PhraseList, phrases};
pub use diagnostic::{Diagnostic, Place, Severity, Span, Subject, nearest};
pub use entry::{Borrow, Entry, EntryId, Text};
pub use fallback::{Fallback, FallbackMode, Guest, Listing, ListingPolicy, guests};
pub use fingerprint::{Fingerprint, Fingerprinter};
pub use paths::{decode as decode_path, is_external, is_leftover, is_picture, markdown_stem, term_slug};
pub use resolve::{From as LinkFrom, Missing, Target};
pub use site::{
    Alternate, Fit, Index, Page, PageId, PageKind, Pager, Site, Taxonomy, TaxonomyId, Term, VirtualPage,
};
pub use source::{Source, SourceKind, Stamp};
pub use taxonomy::{NamedTerm, TaxonomyConfig, TermName, TermNames};
pub use translation::{Field, Record, Records, Shape, Translation, TranslationConfig, TranslationState};
pub use verbatim::{Code, Placed, Verbatim, VerbatimKind};
pub use wikilink::Names;

pub use fika_i18n::{Lang, Localized};

/// Text in Unicode's composed form (NFC), in which paths, addresses and ids are kept.
pub fn normalize(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

/// The last segment of an address for a name: NFC, lower case, a hyphen for runs of spaces and of characters that file systems or
/// addresses refuse. Han and every other script stay as they are.
pub fn slugify(name: &str) -> String {
    paths::slug(name)
}
