//! Taxonomies: the tags (and whatever else the configuration names) of all essays, gathered by language.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use fika_i18n::Collation;
use fika_model::{
    Borrow, Card, Config, Diagnostic, Entry, EntryId, Kind, Lang, Listing, Route, Span, Taxonomy, Term,
    guests, slugify, term_slug,
};
use fika_plugin::{Additions, Draft, Fingerprint, Hook, Plugin, Sees};

use crate::lists::newest_first;

/// The name in the configuration.
pub(crate) const NAME: &str = "taxonomies";

/// Gathers terms. Two spellings with one slug (`Rust`, `rust`) are one term, named as most essays name it.
#[derive(Debug, Clone, Copy)]
pub struct Taxonomies;

impl Plugin for Taxonomies {
    fn name(&self) -> &str {
        NAME
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of("taxonomies 5")
    }

    fn hooks(&self) -> &[Hook] {
        &[Hook::Site]
    }

    fn sees(&self) -> Sees {
        Sees::Outlines
    }

    fn site(&self, draft: &Draft<'_>) -> Additions {
        let (taxonomies, diagnostics) = gather(draft.config, draft.entries);
        Additions { taxonomies, diagnostics, ..Additions::default() }
    }
}

/// All taxonomies, in the order of the configuration, then of the languages; a language without a term has none.
pub(crate) fn gather(config: &Config, entries: &[Entry]) -> (Vec<Taxonomy>, Vec<Diagnostic>) {
    let mut gathered = Gathered::default();
    for (entry, at) in entries.iter().zip(0..).filter(|(entry, _)| entry.card.kind == Kind::Page) {
        let Some(language) = config.rank(&entry.lang) else {
            continue;
        };
        if !entry.is_fallback() || config.languages[language].listing.taxonomies >= Listing::Originals {
            gathered.gather(config, language, EntryId(at), &entry.card, written(entries, entry));
        }
    }
    for (language, at) in config.languages.iter().zip(0..) {
        let policy = language.listing.taxonomies;
        let guests = if policy == Listing::Own { Vec::new() } else { guests(config, entries, language) };
        for guest in guests.into_iter().filter(|guest| guest.by <= policy) {
            let entry = &entries[guest.entry.0 as usize];
            gathered.gather(config, at, guest.entry, &entry.card, written(entries, entry));
        }
    }
    gathered.slots.sort_by(|a, b| (a.list, &a.slug).cmp(&(b.list, &b.slug)));
    let mut faults = gathered.faults;
    let mut taxonomies = Vec::new();
    for same in gathered.slots.chunk_by(|a, b| a.list == b.list) {
        taxonomies.push(taxonomy(config, entries, same, &mut faults));
    }
    (taxonomies, faults)
}

/// The card that the one which an entry shows was made of, if that is in another script.
fn written<'e>(entries: &'e [Entry], entry: &'e Entry) -> Option<&'e Card> {
    let of = |id: EntryId| &entries[id.0 as usize];
    let shown = entry.borrowed(Borrow::Fallback).map_or(entry, of);
    shown.borrowed(Borrow::Derived).map(|from| &*of(from).card)
}

/// A taxonomy of the configuration in a language of the configuration, by their places.
type List = (usize, usize);

#[derive(Default)]
struct Gathered<'a> {
    slots: Vec<Slot<'a>>,
    faults: Vec<Diagnostic>,
    /// The slot of a spelling, so that each is made a slug once; none for a spelling without any.
    spellings: HashMap<(List, &'a str), Option<usize>>,
    slugs: HashMap<(List, String), usize>,
}

/// A term while it is gathered.
struct Slot<'a> {
    list: List,
    slug: String,
    key: String,
    /// What the configuration calls it, and the language of that: the list's, or the first that this falls back to.
    name: Option<(&'a Arc<str>, &'a Lang)>,
    entries: Vec<EntryId>,
    /// Every spelling, how often it is used, and the first essay that does, in the order met.
    spellings: Vec<(&'a Arc<str>, usize, EntryId)>,
}

impl<'a> Gathered<'a> {
    /// The terms of an essay, in the lists of a language. Where they were converted, `written` is the card that has them as
    /// they were written: the pages of both are one page in two languages.
    fn gather(
        &mut self,
        config: &'a Config,
        language: usize,
        id: EntryId,
        card: &'a Card,
        written: Option<&Card>,
    ) {
        for (at, (name, terms, _)) in card.taxonomies.iter().enumerate() {
            let Some(taxonomy) = config.taxonomies.iter().position(|taxonomy| taxonomy.name == *name) else {
                continue;
            };
            for (place, term) in terms.iter().enumerate() {
                let list = (taxonomy, language);
                let original =
                    written.and_then(|card| Some((&card.lang, card.taxonomies.get(at)?.1.get(place)?)));
                let slot = self.add(config, list, term, original.map(|(_, term)| term), id, card);
                if let Some(slot) = slot.filter(|slot| slot.key == slot.slug)
                    && let Some((lang, original)) = original
                {
                    let slug = term_slug(original);
                    let language = config.language(lang);
                    let known = language.map(|lang| config.taxonomies[taxonomy].term(lang, &slug).key);
                    slot.key = known.unwrap_or(&slug).to_owned();
                }
            }
        }
    }

    fn add(
        &mut self,
        config: &'a Config,
        list: List,
        term: &'a Arc<str>,
        original: Option<&Arc<str>>,
        id: EntryId,
        card: &Card,
    ) -> Option<&mut Slot<'a>> {
        let slot = match self.spellings.get(&(list, &**term)) {
            Some(slot) => *slot,
            None => {
                let slot = self.slot(config, list, term, original, card);
                self.spellings.insert((list, term), slot);
                slot
            }
        };
        let slot = self.slots.get_mut(slot?)?;
        match slot.spellings.iter_mut().find(|(spelling, ..)| *spelling == term) {
            Some((_, count, _)) => *count += 1,
            None => slot.spellings.push((term, 1, id)),
        }
        // An essay that names a term twice is listed once.
        if slot.entries.last() != Some(&id) {
            slot.entries.push(id);
        }
        Some(slot)
    }

    /// The slot of a term, new if it is the first of it. `original` is the term that this one was converted from: the configuration may
    /// know it by that.
    fn slot(
        &mut self,
        config: &'a Config,
        list: List,
        term: &Arc<str>,
        original: Option<&Arc<str>>,
        card: &Card,
    ) -> Option<usize> {
        let slug = term_slug(term);
        if slug.is_empty() {
            let message =
                format!("the term `{term}` has no letter, digit or sign that an address could hold");
            let fault =
                Diagnostic::warning("empty-term", card.source.clone(), message).within(span_of(card, term));
            self.faults.push(fault.help("give it a name with letters; it is left out for now"));
            return None;
        }
        let (language, written) = (&config.languages[list.1], original.map(|term| term_slug(term)));
        let called = |slug| config.taxonomies[list.0].term(language, slug);
        let as_written = || written.as_deref().map(called).filter(|found| found.name.is_some());
        let found = called(&slug);
        let found = if found.name.is_some() { found } else { as_written().unwrap_or(found) };
        let own = found.name.map(|name| (name, &language.lang));
        let lent = |lang: &'a Lang| {
            Some((config.taxonomies[list.0].term(config.language(lang)?, found.slug).name?, lang))
        };
        let name = own.or_else(|| language.fallback.served().iter().find_map(lent));
        let slots = &mut self.slots;
        Some(*self.slugs.entry((list, found.slug.to_owned())).or_insert_with(|| {
            let (slug, key) = (found.slug.to_owned(), found.key.to_owned());
            slots.push(Slot { list, slug, key, name, entries: Vec::new(), spellings: Vec::new() });
            slots.len() - 1
        }))
    }
}

/// The taxonomy of some slots, which all belong to one list.
fn taxonomy(
    config: &Config,
    entries: &[Entry],
    slots: &[Slot<'_>],
    faults: &mut Vec<Diagnostic>,
) -> Taxonomy {
    let (taxonomy, language) = slots.first().map_or((0, 0), |slot| slot.list);
    let (taxonomy, language) = (&config.taxonomies[taxonomy], &config.languages[language]);
    let route = Route::new(&format!("{}/{}/", language.path, slugify(&taxonomy.name)));
    let mut terms: Vec<Term> =
        slots.iter().map(|slot| term(entries, slot, &language.lang, &route, faults)).collect();
    tie_once(&mut terms);
    if &*taxonomy.name == "authors" {
        for term in &mut terms {
            if let Some(author) = config.author(&term.name) {
                (term.name, term.lang) = (author.name(&language.lang).clone(), language.lang.clone());
            }
        }
    }
    let order = Collation::new(&language.lang);
    let reading = |name: &str| {
        let own = taxonomy.sort_keys.iter().find(|(term, _)| **term == *name).map(|(_, key)| key);
        let person =
            || config.authors.iter().find(|one| &**one.name(&language.lang) == name)?.sort_key.as_ref();
        own.or_else(|| person().filter(|_| &*taxonomy.name == "authors"))
    };
    terms.sort_by_cached_key(|term| match reading(&term.name) {
        Some(reading) => (order.key_of_reading(reading), term.name.clone()),
        None => (order.key(&term.name), term.name.clone()),
    });
    Taxonomy {
        name: taxonomy.name.clone(),
        lang: language.lang.clone(),
        route,
        paginate_by: taxonomy.paginate_by.unwrap_or(config.paginate_by),
        terms,
    }
}

/// Where conversion between scripts gives a term several words in a language (each essay may have phrases of its own), the first is its
/// counterpart in other languages, and the others stand for themselves.
fn tie_once(terms: &mut [Term]) {
    let mut tied = HashSet::new();
    for term in terms {
        if !tied.insert(term.key.clone()) {
            let own = term.slug.clone();
            term.key = if tied.insert(own.clone()) { own } else { format!("{own}/").into() };
        }
    }
}

/// The place of the list in which a card names a term.
fn span_of(card: &Card, term: &Arc<str>) -> Option<Span> {
    card.taxonomies.iter().find(|(_, terms, _)| terms.contains(term)).map(|(_, _, span)| *span)
}

fn term(entries: &[Entry], slot: &Slot<'_>, lang: &Lang, list: &Route, faults: &mut Vec<Diagnostic>) -> Term {
    let most = slot.spellings.iter().map(|(_, count, _)| *count).max();
    let usual = slot.spellings.iter().find(|(_, count, _)| Some(*count) == most).map(|(name, ..)| *name);
    let name =
        slot.name.map(|(name, _)| name).or(usual).cloned().unwrap_or_else(|| slot.slug.as_str().into());
    // A word of another language is no other spelling.
    let misspelt = |spelling: &Arc<str>| *spelling != name && term_slug(spelling) == term_slug(&name);
    for (spelling, _, first) in slot.spellings.iter().filter(|(spelling, ..)| misspelt(spelling)) {
        let card = &entries[first.0 as usize].card;
        let message = format!("`{spelling}` and `{name}` are one term, for they have one address");
        let fault = Diagnostic::warning("term-spelling", card.source.clone(), message)
            .within(span_of(card, spelling));
        let others = if slot.name.is_some() { "the configuration does" } else { "the other essays do" };
        faults.push(fault.help(format!("write `{name}` as {others}")));
    }
    let words = |id: &EntryId| &entries[id.0 as usize].card.lang;
    let is_own = slot.entries.iter().any(|id| words(id) == lang);
    let used = || slot.entries.first().filter(|_| !is_own).map_or(lang, words);
    let lang = slot.name.map_or_else(used, |(_, lang)| lang).clone();
    let mut ids = slot.entries.clone();
    newest_first(entries, &mut ids);
    let route = list.join(&format!("{}/", slot.slug));
    let (slug, key) = (slot.slug.as_str().into(), slot.key.as_str().into());
    Term { name, lang, slug, key, route, entries: ids }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{self, Draftsman};

    /// What is gathered, one line for each list and term.
    fn listed(essays: &Draftsman) -> (Vec<String>, Vec<String>) {
        let entries = essays.entries();
        let (taxonomies, faults) = gather(&essays.config, &entries);
        let mut lines = Vec::new();
        for taxonomy in &taxonomies {
            lines.push(format!(
                "{} {} /{} by {}",
                taxonomy.name, taxonomy.lang, taxonomy.route, taxonomy.paginate_by
            ));
            for term in &taxonomy.terms {
                let essays: Vec<&str> =
                    term.entries.iter().map(|id| &*entries[id.0 as usize].card.stem).collect();
                lines.push(format!("  {} /{}: {}", term.name, term.route, essays.join(" ")));
            }
        }
        (
            lines,
            faults.iter().map(|fault| format!("{} {}: {}", fault.code, fault.path, fault.message)).collect(),
        )
    }

    #[test]
    fn terms_are_gathered_by_language_and_listed_newest_first() {
        let mut essays = Draftsman::new(testing::config());
        essays.add("a.md").date("2024-01-01").tags(&["写作", "Rust"]);
        essays.add("b.md").date("2026-01-01").tags(&["写作"]);
        essays.add("c.md").tags(&["写作", "写作"]);
        essays.add("a.en.md").date("2024-01-01").tags(&["writing", "C/C++"]);
        essays.add("_index.md").tags(&["section"]);
        essays.add("d.en.md").terms("colours", &["red"]);
        let (lines, faults) = listed(&essays);
        assert_eq!(
            lines,
            [
                "tags zh-Hans /tags/ by 10",
                "  写作 /tags/写作/: b a c",
                "  Rust /tags/rust/: a",
                "tags en /en/tags/ by 10",
                "  C/C++ /en/tags/c-c++/: a",
                "  writing /en/tags/writing/: a",
            ]
        );
        assert_eq!(faults, [""; 0]);
    }

    #[test]
    fn spellings_of_one_address_are_one_term_and_named() {
        let mut essays = Draftsman::new(testing::config());
        essays.add("a.md").tags(&["rust"]);
        essays.add("b.md").tags(&["Rust", "rust"]);
        essays.add("c.md").tags(&["Rust"]);
        essays.add("d.md").tags(&["RUST", "…", ".."]);
        let (lines, faults) = listed(&essays);
        // `rust` and `Rust` are used twice each: the first one met gives the name.
        assert_eq!(lines, ["tags zh-Hans /tags/ by 10", "  … /tags/…/: d", "  rust /tags/rust/: a b c d"]);
        assert_eq!(
            faults,
            [
                "empty-term content/d.md: the term `..` has no letter, digit or sign that an address could hold",
                "term-spelling content/b.md: `Rust` and `rust` are one term, for they have one address",
                "term-spelling content/d.md: `RUST` and `rust` are one term, for they have one address",
            ]
        );
    }

    #[test]
    fn a_thousand_essays_are_gathered_in_the_same_order_every_time() {
        let mut essays = Draftsman::new(testing::config());
        for at in 0..1000 {
            let (own, shared) = (format!("t{at}"), format!("s{}", at % 7));
            essays.add(&format!("e{at:04}.md")).tags(&[&own, &shared]);
        }
        let (lines, _) = listed(&essays);
        assert_eq!(lines.len(), 1 + 1000 + 7);
        assert_eq!(lines, listed(&essays).0);
        assert!(lines[1..].is_sorted());
    }
}
