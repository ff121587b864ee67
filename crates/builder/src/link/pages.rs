//! Every HTML file of the output: essays, lists and their further pages, terms, redirects, 404.

use std::collections::HashSet;
use std::sync::Arc;

use fika_model::{
    Borrow, Card, Config, Diagnostic, Entry, EntryId, Kind, Lang, Page, PageKind, Pager, Route, Span,
    Taxonomy, TaxonomyId, nearest,
};
use fika_plugin::Additions;

use crate::Input;
use crate::parse::Essays;

/// What pages in several languages have in common when they are the same page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Group {
    /// The first of the translations, and the number of the pager.
    Entry(EntryId, u32),
    /// The first of the translations, and the two that stand side by side.
    Parallel(EntryId, EntryId),
    Taxonomy(Arc<str>),
    Term(Arc<str>, Arc<str>, u32),
    Virtual(Arc<str>, u32),
    NotFound,
    /// Nothing: redirects.
    Alone,
    /// Nothing: a redirect that an essay asks for by an alias.
    Alias,
}

/// A page, with what ties it to its versions in other languages.
pub(super) struct Made {
    pub(super) page: Page,
    pub(super) group: Group,
}

/// Makes all pages.
pub(super) fn make(
    input: &Input,
    essays: &Essays<'_>,
    entries: &[Entry],
    additions: &Additions,
    out: &mut Vec<Diagnostic>,
) -> Vec<Made> {
    let made = Vec::with_capacity(entries.len() * 2);
    let mut maker = Maker { input, essays, entries, made, names: Vec::new(), lacking: HashSet::new(), out };
    for at in 0..entries.len() as u32 {
        maker.entry(EntryId(at));
    }
    for (at, taxonomy) in additions.taxonomies.iter().enumerate() {
        maker.taxonomy(TaxonomyId(at as u32), taxonomy);
    }
    for page in &additions.pages {
        let base = maker.page(
            page.route.clone(),
            &page.lang,
            PageKind::NotFound,
            &[&page.template, "virtual.html", "section.html"],
            "",
        );
        let page = Arc::new(page.clone());
        maker.paginate(base, page.entries.len(), page.paginate_by, false, "page", |pager, index| {
            (PageKind::Virtual { page: page.clone(), pager }, Group::Virtual(page.key.clone(), index))
        });
    }
    maker.not_found();
    maker.root();
    maker.made
}

pub(super) struct Maker<'a> {
    pub(super) input: &'a Input,
    essays: &'a Essays<'a>,
    pub(super) entries: &'a [Entry],
    pub(super) made: Vec<Made>,
    /// Names of templates that pages have so far.
    names: Vec<Arc<str>>,
    /// Templates that the theme lacks, with the sources that name them: a section does for all of its pages.
    lacking: HashSet<(Arc<str>, String)>,
    out: &'a mut Vec<Diagnostic>,
}

impl<'a> Maker<'a> {
    fn config(&self) -> &Config {
        &self.input.config
    }

    pub(super) fn page(
        &mut self,
        route: Route,
        lang: &Lang,
        kind: PageKind,
        templates: &[&str],
        origin: &str,
    ) -> Page {
        let base = &self.input.config.base_url;
        let (path, permalink) = (base.path_of(&route).into(), base.absolute(&route).into());
        let templates = templates.iter().map(|name| self.name(name)).collect();
        Page {
            route,
            path,
            permalink,
            canonical: None,
            lang: lang.clone(),
            kind,
            templates,
            languages: Vec::new(),
            origin: origin.into(),
        }
    }

    /// The page of an entry, whose address is known already.
    pub(super) fn page_of(&mut self, entry: &Entry, kind: PageKind, templates: &[&str]) -> Page {
        Page {
            route: entry.route.clone(),
            path: entry.path.clone(),
            permalink: entry.permalink.clone(),
            canonical: self.canonical(entry),
            lang: entry.lang.clone(),
            kind,
            templates: templates.iter().map(|name| self.name(name)).collect(),
            languages: Vec::new(),
            origin: entry.card.source.clone(),
        }
    }

    /// The page that search engines shall know in place of an entry's: that of the original whose words it shows.
    fn canonical(&self, entry: &Entry) -> Option<Arc<str>> {
        let original = entry.borrowed(Borrow::Fallback)?;
        Some(self.entries[original.0 as usize].permalink.clone())
    }

    /// The name of a template; all pages share the few there are.
    fn name(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.names.iter().find(|known| &***known == name) {
            return known.clone();
        }
        let new: Arc<str> = name.into();
        self.names.push(new.clone());
        new
    }

    pub(super) fn push(&mut self, page: Page, group: Group) {
        self.made.push(Made { page, group });
    }

    fn entry(&mut self, id: EntryId) {
        let entries = self.entries;
        let entry = &entries[id.0 as usize];
        let card = &entry.card;
        // Old addresses lead to the words themselves.
        for alias in card.aliases.iter().filter(|_| entry.is_own()) {
            let kind = PageKind::Redirect { to: entry.permalink.clone() };
            let route = Route::new(&with_slash(alias));
            let page = self.page(route, &card.lang, kind, &["redirect.html"], &card.source);
            self.push(page, Group::Alias);
        }
        match card.kind {
            Kind::Page => {
                let templates = self.templates(entry, &["page.html"]);
                let page = self.page_of(entry, PageKind::Essay(id), &templates);
                self.push(page, Group::Entry(first_twin(entry, id), 1));
                for &other in &entry.parallel {
                    self.parallel(id, other);
                }
            }
            Kind::Section => self.section(id, entry),
        }
    }

    /// An essay beside another version. It is known by the address of the essay.
    fn parallel(&mut self, id: EntryId, other: EntryId) {
        let entry = &self.entries[id.0 as usize];
        let route = entry.parallel_route(&self.entries[other.0 as usize].card.lang);
        let kind = PageKind::Parallel { entry: id, other };
        let mut page = self.page(route, &entry.lang, kind, &["parallel.html"], &entry.card.source);
        page.canonical = Some(entry.permalink.clone());
        self.push(page, Group::Parallel(id.min(other), id.max(other)));
    }

    fn section(&mut self, id: EntryId, entry: &'a Entry) {
        let card = &entry.card;
        let Some(section) = card.section.as_deref() else { return };
        if let Some(to) = &section.redirect_to {
            let to = self.config().base_url.absolute(&Route::new(to));
            self.redirect(entry.route.clone(), &card.lang, &to, &card.source);
            return;
        }
        let is_home = entry.parent.is_none();
        if !section.render && !is_home {
            return;
        }
        let templates =
            self.templates(entry, if is_home { &["index.html", "section.html"] } else { &["section.html"] });
        let page = self.page_of(entry, PageKind::NotFound, &templates);
        let by = entry.paginate_by(self.config());
        let segment = section.paginate_path.as_deref().unwrap_or("page").to_owned();
        let (twin, first) = (first_twin(entry, id), self.made.len());
        self.paginate(page, entry.pages.len(), by, section.paginate_reversed, &segment, |pager, index| {
            (PageKind::Section { entry: id, pager }, Group::Entry(twin, index))
        });
        self.canonical_pages(entry, first);
    }

    /// The further pages of a section that borrows its words are those of the original, as far as that has as many. One that has no
    /// equal there holds what no other page does, and is known by itself.
    fn canonical_pages(&mut self, entry: &Entry, first: usize) {
        let Some(from) = entry.borrowed(Borrow::Fallback) else { return };
        let (original, base) = (&self.entries[from.0 as usize], &self.input.config.base_url);
        for page in self.made[first..].iter_mut().map(|made| &mut made.page) {
            if let PageKind::Section { pager: Some(pager), .. } = &page.kind {
                let has_equal =
                    pager.index <= (original.pages.len() as u32).div_ceil(pager.paginate_by).max(1);
                let equal = Pager { base: original.route.clone(), ..pager.clone() };
                page.canonical = has_equal.then(|| base.absolute(&equal.route(pager.index)).into());
            }
        }
    }

    /// The templates of an entry: its own choice, its section's, the default. A choice the theme lacks is reported.
    fn templates(&mut self, entry: &'a Entry, defaults: &[&'a str]) -> Vec<&'a str> {
        let mut chosen: Vec<(&'a Card, &'a (Arc<str>, Span))> =
            entry.card.template.iter().map(|template| (&*entry.card, template)).collect();
        if entry.card.kind == Kind::Page {
            let entries = self.entries;
            let above = entry.ancestors.iter().rev().map(|id| &*entries[id.0 as usize].card);
            chosen.extend(
                above.filter_map(|card| Some((card, card.section.as_ref()?.page_template.as_ref()?))).next(),
            );
        }
        let mut names = Vec::with_capacity(2);
        for (card, (name, span)) in chosen {
            if self.theme_has(name, *span, card) {
                names.push(&**name);
            }
        }
        names.extend(defaults);
        names
    }

    fn theme_has(&mut self, name: &str, span: Span, card: &Card) -> bool {
        if self.input.theme.has_template(name) {
            return true;
        }
        // A home page that nobody wrote asks for what the one of the default language does; of a faulty template enough is said.
        let is_told = card.source.is_empty() || self.input.theme.is_faulty(name);
        if is_told || !self.lacking.insert((card.source.clone(), name.to_owned())) {
            return false;
        }
        let text = self.essays.text(&card.source).unwrap_or_default();
        let help = match near_template(name, &self.input.theme.template_names()) {
            Some(near) => format!("did you mean `{near}`? The default is used for now"),
            None => "put it into `templates/`; the default is used for now".to_owned(),
        };
        let fault = Diagnostic::warning(
            "unknown-template",
            card.source.clone(),
            format!("there is no template `{name}`"),
        );
        self.out.push(fault.at(&text, span).help(help));
        false
    }

    fn taxonomy(&mut self, id: TaxonomyId, taxonomy: &Taxonomy) {
        let render = self
            .config()
            .taxonomies
            .iter()
            .find(|config| config.name == taxonomy.name)
            .is_none_or(|config| config.render);
        if !render {
            return;
        }
        let name = &taxonomy.name;
        let own = format!("{name}/list.html");
        let page = self.page(
            taxonomy.route.clone(),
            &taxonomy.lang,
            PageKind::Taxonomy(id),
            &[&own, "taxonomy_list.html"],
            "",
        );
        self.push(page, Group::Taxonomy(name.clone()));
        let own = format!("{name}/single.html");
        for (at, term) in taxonomy.terms.iter().enumerate() {
            let page = self.page(
                term.route.clone(),
                &taxonomy.lang,
                PageKind::NotFound,
                &[&own, "taxonomy_single.html"],
                "",
            );
            self.paginate(page, term.entries.len(), taxonomy.paginate_by, false, "page", |pager, index| {
                let kind = PageKind::Term { taxonomy: id, term: at as u32, pager };
                (kind, Group::Term(name.clone(), term.key.clone(), index))
            });
        }
    }

    /// One page, or several with `page/2/` and so on; `page/1/` leads to the first.
    fn paginate(
        &mut self,
        page: Page,
        len: usize,
        by: u32,
        reversed: bool,
        segment: &str,
        kind: impl Fn(Option<Pager>, u32) -> (PageKind, Group),
    ) {
        if by == 0 {
            let (kind, group) = kind(None, 1);
            self.push(Page { kind, ..page }, group);
            return;
        }
        let (len, count) = (len as u32, (len as u32).div_ceil(by).max(1));
        for index in 1..=count {
            // Reversed pagination counts pages from the oldest, so that their addresses never change what they hold.
            let (start, end) = if reversed {
                (len.saturating_sub(index * by), len - (index - 1) * by)
            } else {
                ((index - 1) * by, (index * by).min(len))
            };
            let pager = Pager {
                index,
                count,
                paginate_by: by,
                start,
                end,
                base: page.route.clone(),
                segment: segment.into(),
            };
            let route = pager.route(index);
            let (kind, group) = kind(Some(pager), index);
            let base = &self.config().base_url;
            let (path, permalink) = (base.path_of(&route).into(), base.absolute(&route).into());
            self.push(Page { route, path, permalink, kind, ..page.clone() }, group);
        }
        if count > 1 {
            self.redirect(
                page.route.join(&format!("{segment}/1/")),
                &page.lang,
                &page.permalink,
                &page.origin,
            );
        }
    }

    pub(super) fn redirect(&mut self, route: Route, lang: &Lang, to: &str, origin: &str) {
        let page = self.page(route, lang, PageKind::Redirect { to: to.into() }, &["redirect.html"], origin);
        self.push(page, Group::Alone);
    }
}

/// The entry whose first (or only) page this is.
pub(super) fn first_page_of(page: &Page) -> Option<EntryId> {
    match &page.kind {
        PageKind::Essay(id) => Some(*id),
        PageKind::Section { entry, .. } if page.is_first() => Some(*entry),
        _ => None,
    }
}

/// The taxonomy (and term) whose first (or only) page this is.
pub(super) fn first_page_of_term(page: &Page) -> Option<(TaxonomyId, Option<u32>)> {
    match &page.kind {
        PageKind::Taxonomy(id) => Some((*id, None)),
        PageKind::Term { taxonomy, term, .. } if page.is_first() => Some((*taxonomy, Some(*term))),
        _ => None,
    }
}

/// The template that was most likely meant by a name that no template has; what all names end in tells nothing.
fn near_template<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let stem = |name| -> &str { str::strip_suffix(name, ".html").unwrap_or(name) };
    let near = nearest(stem(name), known.iter().map(|name| stem(name)))?;
    known.iter().find(|name| stem(name) == near).copied()
}

fn first_twin(entry: &Entry, id: EntryId) -> EntryId {
    entry.translations.iter().chain(&entry.fallbacks).copied().chain([id]).min().unwrap_or(id)
}

pub(super) fn with_slash(path: &str) -> String {
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.') && !name.ends_with('.'));
    if is_file || path.ends_with('/') { path.to_owned() } else { format!("{path}/") }
}
