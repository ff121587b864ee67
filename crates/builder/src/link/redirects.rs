//! Where sections lead that only lead elsewhere.

use std::collections::{HashMap, HashSet};

use fika_model::{
    Diagnostic, Entry, EntryId, Missing, PageId, PageKind, Route, Site, Target, decode_path, encode_fragment,
    is_external, markdown_stem,
};

/// Gives sections with `redirect_to` the address that they mean: that of a file (`@/essays/a.md`), a path of this site, or a whole
/// address. What leads nowhere or in a circle is reported, once for each file.
pub(super) fn settle(site: &mut Site, out: &mut Vec<Diagnostic>) {
    let ids = (0..site.entries.len() as u32).map(EntryId);
    let sections: Vec<(EntryId, PageId)> =
        ids.filter_map(|id| Some((id, page_of(site, site.entry(id))?))).collect();
    let mut next: HashMap<Route, Route> = HashMap::new();
    for &(id, page) in &sections {
        match target(site, id) {
            Ok((to, route)) => {
                next.extend(route.map(|route| (site.entry(id).route.clone(), route)));
                site.pages[page.0 as usize].kind = PageKind::Redirect { to: to.into() };
            }
            Err(missing) => out.extend(reported(site.entry(id), || nowhere(&missing))),
        }
    }
    let circles = circles(&next);
    let led_back =
        sections.iter().map(|(id, _)| site.entry(*id)).filter(|entry| circles.contains(&entry.route));
    for entry in led_back {
        out.extend(reported(entry, || {
            let help = "name another page, or take it out: the section then lists what is in it";
            ("leads back to this section", help.to_owned())
        }));
    }
}

/// What a section says.
fn said(entry: &Entry) -> Option<&str> {
    entry.card.section.as_ref()?.redirect_to.as_deref().map(str::trim)
}

/// The page that leads elsewhere, if the section has one.
fn page_of(site: &Site, entry: &Entry) -> Option<PageId> {
    said(entry)?;
    let id = *site.index.route.get(&entry.route)?;
    let page = &site.pages[id.0 as usize];
    (matches!(page.kind, PageKind::Redirect { .. }) && page.origin == entry.card.source).then_some(id)
}

/// Where a section leads, with the route if that is on this site.
fn target(site: &Site, id: EntryId) -> Result<(String, Option<Route>), Missing> {
    let dest = said(site.entry(id)).unwrap_or_default();
    if is_external(dest) {
        return Ok((dest.to_owned(), None));
    }
    let (path, suffix) = dest.split_at(dest.find(['?', '#']).unwrap_or(dest.len()));
    let from = site.from(id);
    // As in Zola a path begins at the root of the site, though it may not say so; that of a file begins here, as in a link.
    let is_bare = !path.starts_with(['/', '@', '.']) && markdown_stem(path).is_none();
    let at_root = is_bare.then(|| site.lookup(from, &format!("/{path}")).ok()).flatten();
    match at_root.map_or_else(|| site.resolve(from, path), Ok)? {
        Target::Page { route, .. } | Target::File { route, .. } => {
            let (query, fragment) = suffix.split_once('#').unwrap_or((suffix, ""));
            let hash = if fragment.is_empty() { "" } else { "#" };
            let fragment = encode_fragment(&decode_path(fragment));
            let to = format!("{}{query}{hash}{fragment}", site.config.base_url.absolute(&route));
            Ok((to, Some(route)))
        }
        Target::External | Target::Fragment(_) => Err(Missing::Empty),
    }
}

/// The addresses from which one comes back to where one began. Each is walked through once, from whichever the walk begins.
fn circles(next: &HashMap<Route, Route>) -> HashSet<&Route> {
    let (mut walks, mut circles) = (HashMap::new(), HashSet::new());
    for (walk, start) in next.keys().enumerate() {
        let mut at = Some(start);
        while let Some(route) = at.filter(|route| !walks.contains_key(route)) {
            walks.insert(route, walk);
            at = next.get(route);
        }
        // It ends where it has been itself: that is the beginning of a circle.
        while let Some(route) = at.filter(|route| walks.get(route) == Some(&walk) && circles.insert(*route)) {
            at = next.get(route);
        }
    }
    circles
}

/// A fault, told of the file itself and not of what borrows its words.
fn reported(entry: &Entry, fault: impl FnOnce() -> (&'static str, String)) -> Option<Diagnostic> {
    let dest = said(entry).filter(|_| entry.is_own())?;
    let (what, help) = fault();
    let message = format!("`redirect_to: {dest}` {what}");
    Some(Diagnostic::error("broken-link", entry.card.source.clone(), message).help(help))
}

fn nowhere(missing: &Missing) -> (&'static str, String) {
    let help = match missing {
        Missing::Target { nearest: Some(near) } => format!("did you mean `{near}`?"),
        Missing::Unpublished { source } => format!("`{source}` is not published yet"),
        Missing::Pageless { source } => format!("`{source}` says `render: false`"),
        _ => "write a path of this site (`/essays/`), a file (`@/essays/a.md`) or a whole address".to_owned(),
    };
    ("leads nowhere", help)
}
