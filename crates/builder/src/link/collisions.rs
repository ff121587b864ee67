//! One address, one page: who keeps an address that several pages want, and what is said to the others.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use fika_model::{
    CONFIG, Card, Config, Diagnostic, Entry, Kind, Lang, Page, PageId, PageKind, Route, SectionCard, Taxonomy,
};

use super::Groups;
use super::pages::{Group, Made, first_page_of, first_page_of_term};

/// Essays that want the address of another, by their sources, with the source of the first by path, which keeps it. They are left out
/// like drafts: a list that holds them, or a feed, would lead to that other one. `cards` are sorted by path.
pub(super) fn doubles<'a>(cards: impl Iterator<Item = (&'a Card, &'a Route)>) -> HashMap<&'a str, &'a str> {
    let mut holders: HashMap<&Route, &str> = HashMap::with_capacity(cards.size_hint().1.unwrap_or_default());
    let mut doubles = HashMap::new();
    for (card, route) in cards.filter(|(card, _)| has_page(card)) {
        let holder = *holders.entry(route).or_insert(&card.source);
        // A section holds others; without a page it still does.
        if holder != &*card.source && card.kind == Kind::Page {
            doubles.insert(&*card.source, holder);
        }
    }
    doubles
}

/// Whether a card has a page of its own, which no redirect is.
fn has_page(card: &Card) -> bool {
    let shows =
        |section: &SectionCard| section.redirect_to.is_none() && (section.render || card.dir.is_empty());
    card.section.as_deref().is_none_or(shows)
}

/// What is said of an essay that is left out for want of an address of its own.
pub(super) fn double(config: &Config, source: &Arc<str>, kept: &str, route: &Route) -> Diagnostic {
    let message = format!("the address `{}` belongs to `{kept}` already", config.base_url.path_of(route));
    let help = format!("give `{source}` another `slug` or `path`; it is left out for now");
    Diagnostic::error("same-address", source.clone(), message).help(help)
}

/// Sorts pages by address. Where two want the same one, the first by path keeps it and the other is reported. What fika makes has
/// no path, and comes first.
pub(super) fn settle(
    mut made: Vec<Made>,
    taxonomies: &[Taxonomy],
    out: &mut Vec<Diagnostic>,
) -> (Vec<Page>, Groups) {
    made.sort_by(|a, b| {
        let (a, b) = (&a.page, &b.page);
        a.route.cmp(&b.route).then_with(|| (is_redirect(a), &a.origin).cmp(&(is_redirect(b), &b.origin)))
    });
    made.dedup_by(|Made { page, group }, Made { page: kept, .. }| {
        let is_taken = kept.route == page.route;
        if is_taken && !is_same_redirect(kept, page) {
            out.push(match group {
                Group::Alias => taken_alias(kept, page),
                _ => behind_list(kept, page, taxonomies).unwrap_or_else(|| collision(kept, page)),
            });
        }
        is_taken
    });
    fold_case(&mut made, out);
    let mut groups = Groups::new();
    let mut pages: Vec<Page> = Vec::with_capacity(made.len());
    for Made { page, group } in made {
        if !matches!(group, Group::Alone | Group::Alias) {
            groups.entry(group).or_default().push(PageId(pages.len() as u32));
        }
        pages.push(page);
    }
    (pages, groups)
}

/// Aliases at which a file stands are left out. `files` gives all addresses of files; most sites have no alias, and do not need them.
pub(super) fn spare_files(
    made: &mut Vec<Made>,
    files: impl FnOnce() -> HashSet<Route>,
    out: &mut Vec<Diagnostic>,
) {
    let is_alias = |group: &Group| matches!(group, Group::Alias);
    if !made.iter().any(|one| is_alias(&one.group)) {
        return;
    }
    let files = files();
    made.retain(|Made { page, group }| {
        let is_taken = is_alias(group) && files.contains(&page.route);
        if is_taken {
            let message = format!("the alias `{}` is the address of a file", page.path);
            let fault = Diagnostic::warning("taken-alias", page.origin.clone(), message);
            out.push(fault.help("take it out of `aliases`; the page itself keeps its own address"));
        }
        !is_taken
    });
}

/// A redirect never takes the address of a page.
fn is_redirect(page: &Page) -> bool {
    matches!(page.kind, PageKind::Redirect { .. })
}

fn is_same_redirect(a: &Page, b: &Page) -> bool {
    matches!((&a.kind, &b.kind), (PageKind::Redirect { to: a }, PageKind::Redirect { to: b }) if a == b)
}

/// Looks for addresses that differ in the case of their letters alone: the disks of macOS and Windows have one file for both, and there
/// a redirect would stand in the place of a page. Redirects give way; two pages stay, and are reported.
fn fold_case(made: &mut Vec<Made>, out: &mut Vec<Diagnostic>) {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, Made { page, .. }) in made.iter().enumerate() {
        // Most addresses have no other form, and need not be remembered.
        if page.route.as_str().chars().any(char::is_uppercase) {
            alike.entry(page.route.as_str().to_lowercase()).or_default().push(at);
        }
    }
    let mut lost = BTreeSet::new();
    for (lower, mut pages) in alike {
        let lower = Route::new(&lower);
        pages.extend(made.binary_search_by(|other| other.page.route.cmp(&lower)));
        let page = |at: usize| &made[at].page;
        let Some(&first) = pages.iter().min_by_key(|at| (is_redirect(page(**at)), Reverse(**at))) else {
            continue;
        };
        for &at in pages.iter().filter(|at| **at != first && !is_same_redirect(page(first), page(**at))) {
            let is_left_out = is_redirect(page(at));
            out.push(match made[at].group {
                Group::Alias => alias_in_other_case(page(first), page(at)),
                _ => address_in_other_case(page(first), page(at), is_left_out),
            });
            lost.extend(is_left_out.then_some(at));
        }
    }
    let mut at = 0..;
    made.retain(|_| at.next().is_none_or(|at| !lost.contains(&at)));
}

/// Texts of one language that have one key: only the first of them is tied to its translations. Those that want one address as well
/// are told of that.
pub(super) fn shared_keys(all: &[Entry], out: &mut Vec<Diagnostic>) {
    let mut known: HashMap<(Kind, &str, &Lang), &Entry> = HashMap::with_capacity(all.len());
    for entry in all.iter().filter(|entry| entry.is_own() && !entry.synthetic) {
        let card = &*entry.card;
        let first = *known.entry((card.kind, &card.key, &card.lang)).or_insert(entry);
        if first.route != entry.route {
            let message =
                format!("`{}` has the key `{}` too, in the same language", first.card.source, card.key);
            let fault = Diagnostic::warning("shared-key", card.source.clone(), message);
            out.push(
                fault.help("a `key` ties the versions of one text in several languages: give this another"),
            );
        }
    }
}

/// A file at the address of a list that a taxonomy makes. Hugo and Hexo show its words above that list, so that many sites have
/// one; the list is what its address promises, and takes the file's place.
fn behind_list(kept: &Page, lost: &Page, taxonomies: &[Taxonomy]) -> Option<Diagnostic> {
    first_page_of(lost)?;
    let (id, term) = first_page_of_term(kept)?;
    let taxonomy = taxonomies.get(id.0 as usize)?;
    let (name, path) = (&taxonomy.name, &kept.path);
    let list = match term.and_then(|term| taxonomy.terms.get(term as usize)) {
        Some(term) => format!("the list of `{}`, one of all `{name}`,", term.name),
        None => format!("the list of all `{name}`"),
    };
    let message = format!("{list} stands at `{path}`, so nobody sees what this file says");
    let help = format!(
        "delete it if the list will do; give it another `slug` to have both; or write `{name}: {{render: false}}` under \
         `taxonomies` to have it without the lists"
    );
    Some(Diagnostic::warning("same-address", lost.origin.clone(), message).help(help))
}

/// What a page is called before a writer: its file, or what fika makes it for.
fn name(page: &Page) -> String {
    if !page.origin.is_empty() {
        return format!("`{}`", page.origin);
    }
    match &page.kind {
        PageKind::Section { .. } | PageKind::Gateway => format!("the home page in {}", page.lang),
        PageKind::Taxonomy(_) | PageKind::Term { .. } => format!("a list of terms in {}", page.lang),
        PageKind::Virtual { page: made, .. } => format!("the page `{}` in {}", made.key, page.lang),
        PageKind::NotFound => format!("the 404 page in {}", page.lang),
        _ => "a page that fika makes".to_owned(),
    }
}

/// An alias at which a page stands, or the alias of another. The page that has the alias stays where it is.
fn taken_alias(kept: &Page, lost: &Page) -> Diagnostic {
    let how = if is_redirect(kept) { "leads to" } else { "is the address of" };
    let message = format!("the alias `{}` {how} {} already", lost.path, name(kept));
    Diagnostic::warning("taken-alias", lost.origin.clone(), message)
        .help("take it out of `aliases`; the page itself keeps its own address")
}

/// An alias that is the address of a page, or another alias, but for the case of its letters.
fn alias_in_other_case(kept: &Page, lost: &Page) -> Diagnostic {
    let what = if is_redirect(kept) { "an alias of" } else { "the address of" };
    let (alias, other) = (&lost.path, &kept.path);
    let message =
        format!("on macOS and Windows the alias `{alias}` is one file with `{other}`, {what} {}", name(kept));
    Diagnostic::warning("taken-alias", lost.origin.clone(), message)
        .help("take it out of `aliases`; it is left out, for there it would stand in the place of the other")
}

fn address_in_other_case(kept: &Page, lost: &Page, is_left_out: bool) -> Diagnostic {
    let (address, other) = (&lost.path, &kept.path);
    let message =
        format!("on macOS and Windows the address `{address}` is one file with `{other}` of {}", name(kept));
    let help = match is_left_out {
        true => "write one of them otherwise; this redirect is left out for now",
        false => "give one of them another `slug` or `path`",
    };
    Diagnostic::warning("same-address", lost.origin.clone(), message).help(help)
}

fn collision(kept: &Page, lost: &Page) -> Diagnostic {
    let message = format!("the address `{}` belongs to {} already", kept.path, name(kept));
    if lost.origin.is_empty() {
        let message = format!("{message}; {} has none for now", name(lost));
        let help = "change the `path` of a language or the name of a taxonomy";
        return Diagnostic::error("same-address", CONFIG, message).help(help);
    }
    let help = format!("give {} another `slug` or `path`; it has no page for now", name(lost));
    Diagnostic::error("same-address", lost.origin.clone(), message).help(help)
}
