//! Keys that only sections have.

use fika_model::{AnchorLinks, Listing, SectionCard, SortBy};

use crate::node::{Entry, Reader};

/// The keys of [`SectionCard`], for suggestions.
pub(super) const KEYS: &[&str] = &[
    "sort_by",
    "paginate_by",
    "paginate_path",
    "paginate_reversed",
    "page_template",
    "insert_anchor_links",
    "render",
    "transparent",
    "redirect_to",
    "generate_feeds",
    "listing",
];

/// Reads one key into a section; false if it is none of a section's.
pub(super) fn read(
    reader: &mut Reader<'_>,
    section: &mut SectionCard,
    name: &str,
    entry: &Entry<'_>,
) -> bool {
    match name {
        "sort_by" => section.sort_by = reader.one_of(entry, SORT).unwrap_or(section.sort_by),
        "paginate_by" => section.paginate_by = reader.count(entry).or(section.paginate_by),
        "paginate_path" => section.paginate_path = reader.text(entry),
        "paginate_reversed" => section.paginate_reversed = reader.truth(entry).unwrap_or_default(),
        "page_template" => section.page_template = reader.text(entry).map(|name| (name, entry.node.span)),
        "insert_anchor_links" => {
            section.insert_anchor_links = reader.one_of(entry, &AnchorLinks::ALL);
        }
        "render" => section.render = reader.truth(entry).unwrap_or(true),
        "transparent" => section.transparent = reader.truth(entry).unwrap_or_default(),
        "redirect_to" => section.redirect_to = reader.text(entry),
        "generate_feeds" | "generate_feed" => {
            section.generate_feeds = reader.truth(entry).unwrap_or_default();
        }
        "listing" => section.listing = reader.one_of(entry, LISTING),
        _ => return false,
    }
    true
}

const SORT: &[(&str, SortBy)] = &[
    ("date", SortBy::Date),
    ("update_date", SortBy::UpdateDate),
    ("title", SortBy::Title),
    ("title_bytes", SortBy::Title),
    ("weight", SortBy::Weight),
    ("slug", SortBy::Slug),
    ("none", SortBy::None),
];

/// What `listing:` may be, of a section or in the configuration.
pub(crate) const LISTING: &[(&str, Listing)] =
    &[("own", Listing::Own), ("originals", Listing::Originals), ("all", Listing::All)];
