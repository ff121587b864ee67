//! The archive: every essay of a language that has a date, by year, the newest first.
//!
//! It holds what the lists of its language hold (`listing:`). Where a site has a page of its own at one of its addresses, whoever
//! wrote that has made an archive of another kind, and there is none in any language.

use std::collections::HashSet;
use std::sync::Arc;

use fika_model::{Config, Data, Entry, EntryId, Kind, Language, Listing, Route, VirtualPage, guests};
use fika_plugin::{Additions, Draft, Fingerprint, Fingerprinter, Hook, Plugin, Sees};

use crate::lists::newest_first;

/// The name in the configuration, and that of the template and of the interface string that is its title.
pub(crate) const NAME: &str = "archive";

/// Essays on one page, unless the configuration says otherwise: a line each, so that few sites need a second page.
const PAGE: usize = 500;

/// Asks for a page for each language.
#[derive(Debug, Clone)]
pub struct Archive {
    folder: Arc<str>,
    paginate_by: u32,
}

impl Archive {
    /// An archive at an address below that of each language, `archive` unless another is given. `paginate_by` is 500 unless it is
    /// given, and 0 is all on one page.
    pub fn new(folder: Option<&str>, paginate_by: Option<usize>) -> Archive {
        let folder = folder.map(|folder| folder.trim_matches('/')).filter(|folder| !folder.is_empty());
        let paginate_by = u32::try_from(paginate_by.unwrap_or(PAGE)).unwrap_or(0);
        Archive { folder: folder.unwrap_or(NAME).into(), paginate_by }
    }

    fn route(&self, language: &Language) -> Route {
        Route::new(&format!("{}/{}/", language.path, self.folder))
    }

    fn page(&self, draft: &Draft<'_>, language: &Language) -> Option<VirtualPage> {
        let mut entries = listed(draft.config, draft.entries, language);
        newest_first(draft.entries, &mut entries);
        (!entries.is_empty()).then(|| VirtualPage {
            key: NAME.into(),
            lang: language.lang.clone(),
            route: self.route(language),
            title: "".into(),
            template: "archive.html".into(),
            data: Data::Map(vec![("years".into(), years(draft.entries, &entries))]),
            entries,
            paginate_by: self.paginate_by,
        })
    }
}

impl Plugin for Archive {
    fn name(&self) -> &str {
        NAME
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprinter::new().add("archive 1").add(&*self.folder).add_u64(self.paginate_by.into()).finish()
    }

    fn hooks(&self) -> &[Hook] {
        &[Hook::Site]
    }

    fn sees(&self) -> Sees {
        Sees::Outlines
    }

    fn site(&self, draft: &Draft<'_>) -> Additions {
        let languages = &draft.config.languages;
        let routes: HashSet<Route> = languages.iter().map(|language| self.route(language)).collect();
        let is_taken = |entry: &Entry| {
            let alias =
                |alias: &Arc<str>| routes.contains(&Route::new(&format!("{}/", alias.trim_end_matches('/'))));
            routes.contains(&entry.route) || entry.card.aliases.iter().any(alias)
        };
        if draft.entries.iter().any(is_taken) {
            return Additions::default();
        }
        let pages = languages.iter().filter_map(|language| self.page(draft, language)).collect();
        Additions { pages, ..Additions::default() }
    }
}

/// The essays of a language that have a date, and those of others that its lists hold.
fn listed(config: &Config, entries: &[Entry], language: &Language) -> Vec<EntryId> {
    let policy = language.listing.lists;
    let own = |entry: &Entry| {
        entry.card.kind == Kind::Page
            && entry.lang == language.lang
            && (policy >= Listing::Originals || !entry.is_fallback())
    };
    let mut found: Vec<EntryId> =
        entries.iter().zip(0..).filter(|(entry, _)| own(entry)).map(|(_, at)| EntryId(at)).collect();
    if policy > Listing::Own {
        let guests = guests(config, entries, language).into_iter();
        found.extend(guests.filter(|guest| guest.by <= policy).map(|guest| guest.entry));
    }
    found.retain(|id| entries[id.0 as usize].card.date.is_some());
    found
}

/// How many essays each year has, in the order of the list.
fn years(entries: &[Entry], ids: &[EntryId]) -> Data {
    let year = |id: &EntryId| entries[id.0 as usize].card.date.map(|date| i64::from(date.date().year()));
    let count = |same: &[EntryId]| {
        let year = same.first().and_then(year).unwrap_or_default();
        Data::Map(vec![("year".into(), Data::Int(year)), ("count".into(), Data::Int(same.len() as i64))])
    };
    Data::Array(ids.chunk_by(|a, b| year(a) == year(b)).map(count).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{self, Draftsman};

    /// What is asked for, one line for each page.
    fn asked(essays: &Draftsman, archive: &Archive) -> Vec<String> {
        let entries = essays.entries();
        let pages = archive.site(&Draft { config: &essays.config, entries: &entries }).pages;
        let line = |page: &VirtualPage| {
            let stems: Vec<&str> = page.entries.iter().map(|id| &*entries[id.0 as usize].card.stem).collect();
            let Some(Data::Array(years)) = page.data.get("years") else { panic!("no years") };
            let number = |year: &Data, key: &str| year.get(key).and_then(Data::as_int).unwrap_or_default();
            let years: Vec<String> = years
                .iter()
                .map(|year| format!("{}:{}", number(year, "year"), number(year, "count")))
                .collect();
            format!(
                "{} /{} by {}: {} ({})",
                page.lang,
                page.route,
                page.paginate_by,
                stems.join(" "),
                years.join(" ")
            )
        };
        pages.iter().map(line).collect()
    }

    fn some() -> Draftsman {
        let mut essays = Draftsman::new(testing::config());
        essays.add("a.md").date("2024-12-31 23:30");
        essays.add("notes/b.md").date("2026-01-01");
        essays.add("c.md").date("2024-03-01");
        essays.add("about.md");
        essays.add("notes/_index.md").date("2026-02-02");
        essays.add("a.en.md").date("2025-01-01");
        essays
    }

    #[test]
    fn essays_with_a_date_by_year() {
        let zh = "zh-Hans /archive/ by 500: b a c (2026:1 2024:2)";
        assert_eq!(asked(&some(), &Archive::new(None, None)), [zh, "en /en/archive/ by 500: a (2025:1)"]);
        let own = Archive::new(Some("/all/essays"), Some(0));
        assert!(asked(&some(), &own)[1].starts_with("en /en/all/essays/ by 0: a"));
        let mut undated = Draftsman::new(testing::config());
        undated.add("a.md");
        assert_eq!(asked(&undated, &Archive::new(None, None)), [""; 0]);
    }

    #[test]
    fn a_page_of_the_site_at_its_address_wins() {
        let mut page = some();
        page.add("archive.md");
        let mut section = some();
        section.add("archive/_index.en.md");
        let mut alias = some();
        alias.add("d.md").0.aliases.push("archive".into());
        for essays in [page, section, alias] {
            assert_eq!(asked(&essays, &Archive::new(None, None)), [""; 0]);
        }
    }

    #[test]
    fn its_lists_hold_what_the_lists_of_its_language_hold() {
        let mut essays = Draftsman::new(testing::config());
        essays.add("b.md").date("2026-01-01");
        essays.add("a.en.md").date("2025-01-01");
        essays.config.languages[1].listing.lists = Listing::All;
        assert_eq!(
            asked(&essays, &Archive::new(None, None)),
            ["zh-Hans /archive/ by 500: b (2026:1)", "en /en/archive/ by 500: b a (2026:1 2025:1)"]
        );
    }
}
