//! All cards, once: who belongs to which section, what every page is called, where it lives and what stands beside it.
//! It looks at cards only and stays linear (sorting apart). In memory it is remembered for as long as no card changed but in
//! its running text; see `again.rs`.

mod again;
mod alternates;
mod borrow;
mod collisions;
mod entries;
mod listing;
mod pages;
mod parallel;
mod places;
mod redirects;
mod root;
mod translations;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use fika_model::{
    Card, Config, DateTime, Diagnostic, Entry, EntryId, Fingerprint, Fingerprinter, Index, Lang, Names, Page,
    PageId, PageKind, Route, Site, SourceKind, Translation,
};
use fika_plugin::{Additions, Draft, Hook, Plugins};
use rayon::prelude::*;

use crate::memo::{Memo, Parsed};
use crate::parse::Essays;
use crate::translations::{Survey, survey};
use crate::{Input, is_all_read};

pub(crate) use again::Linked;
pub(crate) use parallel::written;

/// What `link` gives to the phases after it.
pub(crate) struct Linking {
    pub(crate) site: Arc<Site>,
    /// The entries that show another card than at the build before, if all else of the site is as it was.
    pub(crate) changed: Option<Vec<EntryId>>,
    /// The fingerprint of all of the site but what follows from the essays' running text.
    pub(crate) outlines: Fingerprint,
    /// How many HTML pages each language has, redirects not counted.
    pub(crate) pages: Vec<(Lang, usize)>,
    /// How many translations stand in each way; see [`Survey::tally`].
    pub(crate) tally: Vec<(&'static str, usize)>,
}

/// Links the site.
pub(crate) fn link(
    input: &Input,
    essays: &Essays<'_>,
    plugins: &Plugins,
    memo: &mut Memo,
    out: &mut Vec<Diagnostic>,
) -> Linking {
    let mut before = memo.linked.take();
    let found = before.as_mut().map(|before| std::mem::take(&mut before.found)).unwrap_or_default();
    let (mut linked, changed) = match before.and_then(|before| before.again(input, essays, plugins)) {
        Some((linked, changed)) => (linked, Some(changed)),
        None => (Linked::anew(input, essays, plugins), None),
    };
    let linking = linked.linking(changed, is_all_read(input, out), out);
    linked.found = found.set(essays, out);
    memo.linked = Some(linked);
    linking
}

/// HTML pages by language.
fn count(site: &Site) -> Vec<(Lang, usize)> {
    let mut counts: Vec<(Lang, usize)> =
        site.config.languages.iter().map(|language| (language.lang.clone(), 0)).collect();
    for page in site.pages.iter().filter(|page| !matches!(page.kind, PageKind::Redirect { .. })) {
        if let Some(at) = site.config.rank(&page.lang) {
            counts[at].1 += 1;
        }
    }
    counts
}

/// How every translation stands.
fn survey_of(input: &Input, essays: &Essays<'_>) -> Survey {
    survey(&input.config, &essays.cards(), &input.records, &|card| is_out(input, card))
}

/// A site whose entries and pages have their places, and do not know of one another yet.
struct Placed {
    site: Site,
    groups: Groups,
    additions: Additions,
    diagnostics: Vec<Diagnostic>,
}

/// Gives entries, pages and files their places.
fn place(input: &Input, essays: &Essays<'_>, plugins: &Plugins, published: &Published) -> Placed {
    let mut out = Vec::new();
    let mut entries = entries::place(&input.config, published.cards.clone(), published.derived.clone());
    let mut files = publish_files(input, published, &mut entries);
    let homes = entries.homes;
    let additions = ask_plugins(&input.config, plugins, &entries.all);
    out.extend(additions.diagnostics.iter().map(|fault| fault.clone().placed(|path| essays.text(path))));
    let mut made = pages::make(input, essays, &entries.all, &additions, &mut out);
    let other_files = || {
        let of_theme = input.theme.static_files().into_iter().map(|(route, _)| Route::new(route));
        additions.routes.iter().chain(files.values()).cloned().chain(of_theme).collect()
    };
    collisions::spare_files(&mut made, other_files, &mut out);
    let (pages, groups) = collisions::settle(made, &additions.taxonomies, &mut out);
    collisions::shared_keys(&entries.all, &mut out);
    translations::empty_folders(&input.config, essays, &mut out);
    translations::foreign_folders(&input.config, essays, &mut out);
    settle_files(&mut files, &pages, &mut out);
    let mut all = entries.all;
    for (at, page) in pages.iter().enumerate() {
        // A copy of a home page is not its page.
        if let Some(id) = pages::first_page_of(page).filter(|id| all[id.0 as usize].route == page.route) {
            all[id.0 as usize].page = Some(PageId(at as u32));
        }
    }
    let site = Site {
        addresses: addresses(&input.config, essays, &all, &pages, &files, &additions, &published.withheld),
        index: Index { withheld: published.withheld.clone(), ..index(&all, &pages, &additions, &files) },
        config: input.config.clone(),
        now: input.now,
        entries: all,
        pages,
        taxonomies: additions.taxonomies.clone(),
        homes,
        files,
        announced: additions.routes.clone(),
    };
    Placed { site, groups, additions, diagnostics: out }
}

/// Tells entries and pages of one another. Gives the site, what plugins added to it, and what is wrong with it.
fn join(placed: Placed, essays: &Essays<'_>, survey: &Survey) -> (Site, Additions, Vec<Diagnostic>) {
    let Placed { mut site, groups, additions, mut diagnostics } = placed;
    redirects::settle(&mut site, &mut diagnostics);
    translations::set(&mut site, survey);
    site.addresses = with_originals(&site);
    alternates::set(&mut site, &groups);
    backlinks(&mut site);
    fingerprint(&mut site, essays);
    (site, additions, diagnostics)
}

/// Whether an essay is published by this build: it is no draft, and its date has come.
pub(crate) fn is_out(input: &Input, card: &Card) -> bool {
    let waits = card.date.is_some_and(|date| date.timestamp() > input.now.timestamp());
    (!card.draft || input.drafts) && !waits
}

/// A card in another script, with the place of its original among the cards.
type DerivedCard = (EntryId, Arc<Card>);

/// What is published and what is not.
struct Published {
    /// Cards in the order of their paths, each with its address.
    cards: Vec<(Arc<Card>, Route)>,
    /// What is derived of them, in the same order.
    derived: Vec<DerivedCard>,
    /// All others, by their sources.
    withheld: BTreeMap<Arc<str>, Names>,
    /// The folders of essays that have one to themselves and no version that is published.
    closed: BTreeSet<Arc<str>>,
    /// When the first of those that wait for their date is published.
    until: Option<DateTime>,
    /// What is said of those that are left out.
    notes: Vec<Diagnostic>,
}

/// Drafts and what lies in the future are left out, with a note, and so is what has no address of its own, with an error.
fn publish(input: &Input, essays: &Essays<'_>) -> Published {
    let mut cards = Vec::with_capacity(essays.all.len());
    let mut derived = Vec::new();
    let mut withheld = BTreeMap::new();
    let (mut until, mut notes) = (None::<DateTime>, Vec::new());
    let route = |parsed: &Arc<Parsed>| entries::route(&input.config, &parsed.card, &parsed.card.lang);
    let routes: Vec<Route> = essays.all.par_iter().map(route).collect();
    let all = essays.all.iter().map(|parsed| &*parsed.card).zip(&routes);
    let doubles = collisions::doubles(all.filter(|(card, _)| is_out(input, card)));
    for (parsed, route) in essays.all.iter().zip(&routes) {
        let card = &parsed.card;
        if card.draft && !input.drafts {
            let note = Diagnostic::note("draft", card.source.clone(), "this is a draft, and is left out");
            notes.push(note.help(places::undraft(&card.base, None)));
        } else if let Some(date) = card.date.filter(|date| date.timestamp() > input.now.timestamp()) {
            let note = Diagnostic::note(
                "scheduled",
                card.source.clone(),
                format!("this waits until {}", date.to_rfc3339()),
            );
            until = Some(until.map_or(date, |first| first.min(date)));
            notes.push(note.help("build after that moment, or for it with `--as-of`"));
        } else if let Some(kept) = doubles.get(&*card.source) {
            notes.push(collisions::double(&input.config, &card.source, kept, route));
        } else {
            let from = EntryId(cards.len() as u32);
            derived.extend(parsed.derived.iter().map(|derived| (from, derived.card.clone())));
            cards.push((card.clone(), route.clone()));
            continue;
        }
        withheld.insert(card.source.clone(), Names::of(card));
    }
    let bundles = essays.all.iter().map(|parsed| &parsed.card).filter(|card| card.bundle);
    let mut closed: BTreeSet<Arc<str>> = bundles.map(|card| card.base.clone()).collect();
    for (card, _) in &cards {
        closed.remove(&card.base);
    }
    Published { cards, derived, withheld, closed, until, notes }
}

/// The routes of files that are copied as they are: everything under `static/`, and what lies beside essays that are published.
fn publish_files(
    input: &Input,
    published: &Published,
    entries: &mut entries::Placed,
) -> BTreeMap<Arc<str>, Route> {
    let mut files = BTreeMap::new();
    let is_closed = |path: &str| {
        let is_draft = |folder: &str| !input.drafts && folder.rsplit('/').next() == Some(fika_parser::DRAFTS);
        let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        folders.any(|folder| is_draft(folder) || published.closed.contains(folder))
    };
    for source in &*input.sources {
        let route = match source.kind {
            SourceKind::Static => Route::new(source.path.strip_prefix("static/").unwrap_or(&source.path)),
            SourceKind::Asset if is_closed(&source.path) => continue,
            SourceKind::Asset => entries.asset_route(&source.path),
            SourceKind::Content | SourceKind::Data => continue,
        };
        files.insert(source.path.clone(), route);
    }
    for entry in &mut entries.all {
        if entry.card.bundle {
            let below = format!("{}/", entry.card.base);
            let own = files
                .range::<str, _>((Bound::Included(below.as_str()), Bound::Unbounded))
                .take_while(|(path, _)| path.starts_with(&below));
            entry.assets = own.map(|(_, route)| route.clone()).collect();
        }
    }
    files
}

/// Leaves out files whose address belongs to a page or to another file already.
fn settle_files(files: &mut BTreeMap<Arc<str>, Route>, pages: &[Page], out: &mut Vec<Diagnostic>) {
    let mut taken: HashMap<Route, &str> = HashMap::new();
    let mut lost = Vec::new();
    for (source, route) in files.iter() {
        let holder = match (page_in_the_way(pages, route), taken.get(route)) {
            (Some(page), _) if page.origin.is_empty() => "a page that fika makes".to_owned(),
            (Some(page), _) => format!("`{}`", page.origin),
            (None, Some(other)) => format!("`{other}`"),
            (None, None) => {
                taken.insert(route.clone(), source);
                continue;
            }
        };
        let message = format!("the address `/{route}` of this file belongs to {holder} already");
        out.push(
            Diagnostic::error("same-address", source.clone(), message)
                .help("rename one of them; this one is left out for now"),
        );
        lost.push(source.clone());
    }
    lost.iter().for_each(|source| drop(files.remove(source)));
}

/// The page at the address of a file, or one in a folder of that name, which no file can have beside it. `pages` are sorted by address.
pub(crate) fn page_in_the_way<'p>(pages: &'p [Page], file: &Route) -> Option<&'p Page> {
    let same = pages.binary_search_by(|page| page.route.cmp(file)).ok().map(|at| &pages[at]);
    let folder = format!("{file}/");
    let first = pages.partition_point(|page| page.route.as_str() < &*folder);
    same.or_else(|| pages.get(first).filter(|page| page.route.as_str().starts_with(&folder)))
}

fn ask_plugins(config: &Config, plugins: &Plugins, entries: &[Entry]) -> Additions {
    let draft = Draft { config, entries };
    let mut all = Additions::default();
    for plugin in plugins.with(Hook::Site) {
        let additions = plugin.site(&draft);
        all.taxonomies.extend(additions.taxonomies);
        all.pages.extend(additions.pages);
        all.routes.extend(additions.routes);
        all.diagnostics.extend(additions.diagnostics);
    }
    all.routes.sort();
    all.routes.dedup();
    all
}

fn index(
    entries: &[Entry],
    pages: &[Page],
    additions: &Additions,
    files: &BTreeMap<Arc<str>, Route>,
) -> Index {
    let mut index = Index::default();
    for (at, entry) in entries.iter().enumerate() {
        let id = EntryId(at as u32);
        let card = &entry.card;
        if !entry.synthetic && entry.is_own() {
            index.source.insert(card.source.clone(), id);
        }
        index.key.entry(card.key.clone()).or_default().push(id);
    }
    for (at, page) in pages.iter().enumerate() {
        index.route.insert(page.route.clone(), PageId(at as u32));
        if let Some(term) = pages::first_page_of_term(page) {
            index.term.insert(term, PageId(at as u32));
        }
    }
    index.file.extend(additions.routes.iter().map(|route| (route.clone(), None)));
    index.file.extend(files.iter().map(|(source, route)| (route.clone(), Some(source.clone()))));
    index
}

/// The fingerprint of everything a link can lead to.
fn addresses(
    config: &Config,
    essays: &Essays<'_>,
    entries: &[Entry],
    pages: &[Page],
    files: &BTreeMap<Arc<str>, Route>,
    additions: &Additions,
    withheld: &BTreeMap<Arc<str>, Names>,
) -> Fingerprint {
    let mut parts = Fingerprinter::new();
    // A link into a language that its reader's does not have leads to one which that falls back to.
    for language in &config.languages {
        parts.add(language.lang.as_str()).add_all(language.fallback.served().iter().map(Lang::as_str));
    }
    for entry in entries {
        parts
            .add(&*entry.card.source)
            .add(entry.route.as_str())
            .add(entry.lang.as_str())
            .add(&*entry.card.key);
        parts.add(&*entry.card.title).add_opt(essays.get(&entry.card.source).map(|parsed| parsed.anchors));
    }
    parts.add_all(pages.iter().flat_map(|page| [page.route.as_str(), page.lang.as_str()]));
    parts.add_all(files.iter().flat_map(|(source, route)| [&**source, route.as_str()]));
    for (source, Names { stem, title, key }) in withheld {
        parts.add(&**source).add(&**stem).add(&**title).add(&**key);
    }
    parts.add_all(additions.routes.iter().map(Route::as_str)).finish()
}

/// The fingerprint of everything a link can lead to, with what is whose original: a translation has the anchors of that too.
fn with_originals(site: &Site) -> Fingerprint {
    let mut parts = Fingerprinter::new();
    parts.add(site.addresses);
    for entry in &site.entries {
        let original = entry.translation.as_ref().and_then(|translation| translation.original);
        parts.add_opt(original.map(|id| &*site.entry(id).card.source));
    }
    parts.finish()
}

/// Which pages link to which.
fn backlinks(site: &mut Site) {
    let linked: Vec<Vec<EntryId>> = (0..site.entries.len() as u32)
        .into_par_iter()
        .map(|at| {
            let id = EntryId(at);
            let from = site.from(id);
            let mut targets: Vec<EntryId> = site
                .entry(id)
                .card
                .links
                .iter()
                .filter_map(|dest| match site.target(from, dest)? {
                    fika_model::Target::Page { entry, .. } => entry.filter(|target| *target != id),
                    _ => None,
                })
                .collect();
            targets.sort_unstable();
            targets.dedup();
            targets
        })
        .collect();
    for (at, targets) in linked.into_iter().enumerate() {
        for target in targets {
            site.entries[target.0 as usize].backlinks.push(EntryId(at as u32));
        }
    }
}

/// Gives every entry the fingerprint of what others may see of it.
fn fingerprint(site: &mut Site, essays: &Essays<'_>) {
    let fingerprints: Vec<Fingerprint> = (0..site.entries.len() as u32)
        .into_par_iter()
        .map(|at| fingerprint_of(site, essays, EntryId(at)))
        .collect();
    for (entry, fingerprint) in site.entries.iter_mut().zip(fingerprints) {
        entry.fingerprint = fingerprint;
    }
}

fn fingerprint_of(site: &Site, essays: &Essays<'_>, id: EntryId) -> Fingerprint {
    let entry = site.entry(id);
    let mut parts = Fingerprinter::new();
    match essays.get(&entry.card.source) {
        Some(parsed) => parts.add(parsed.print_of(entry)),
        None => parts.add(entry.card.lang.as_str()),
    };
    parts.add(entry.lang.as_str()).add_u64(u64::from(entry.is_fallback()));
    parts.add(&*site.entry(site.original(id)).permalink);
    parts.add(&*entry.permalink).add_opt(entry.page.map(|_| "page"));
    if let Some(Translation { state, original, fields, changed, added, removed }) = &entry.translation {
        parts.add(state.name()).add_opt(original.map(|id| &*site.entry(id).permalink));
        parts.add_u64((*changed).into()).add_u64((*added).into()).add_u64((*removed).into());
        parts.add_all(fields.iter().map(|field| field.name()));
    }
    for &twin in &entry.translations {
        let twin = site.entry(twin);
        parts.add(&*twin.permalink).add(&*twin.card.title).add(twin.lang.as_str());
    }
    parts.add_all(entry.assets.iter().map(Route::as_str)).finish()
}

/// Groups of pages that are the same page in several languages.
type Groups = BTreeMap<pages::Group, Vec<PageId>>;
