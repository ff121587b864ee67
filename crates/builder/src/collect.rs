//! What belongs to the whole site: feeds, sitemap and whatever else plugins make; static files and those beside essays.

use std::collections::BTreeSet;

use fika_model::{Diagnostic, EntryId, Fingerprint, Fingerprinter, Lang, PageKind, Site, Source};
use fika_plugin::{Ask, File, FilesContext, Hook, Plugin, Plugins};
use fika_theme::{Addresses, Theme};
use rayon::prelude::*;

use crate::Input;
use crate::memo::{Made, Memo};
use crate::render::{Pages, fill};
use crate::sink::{Payload, Sink};

/// A file so large that it is copied rather than held in memory.
const LARGE: u64 = 4 << 20;

/// Every file that the build will make, as far as it is known before rendering.
pub(crate) fn plan(input: &Input, site: &Site) -> BTreeSet<String> {
    let pages = site.pages.iter().map(|page| page.route.file());
    let files = site.files.values().chain(&site.announced).map(|route| route.file());
    let theme = input.theme.static_files().into_iter().map(|(route, _)| route.to_owned());
    pages.chain(files).chain(theme).chain([NO_JEKYLL.to_owned()]).collect()
}

/// Tells GitHub Pages to leave the site alone, whose own generator drops names that begin with `_`.
const NO_JEKYLL: &str = ".nojekyll";

/// Makes and copies files and hands them to the sink.
pub(crate) fn collect(
    input: &Input,
    site: &Site,
    pages: &Pages<'_>,
    plugins: &Plugins,
    memo: &mut Memo,
    sink: &dyn Sink,
    out: &mut Vec<Diagnostic>,
) {
    copy_sources(input, site, pages, memo, sink, out);
    for (route, file) in input.theme.static_files() {
        // A page, the site's own file or a plugin's of the same name wins.
        let known = fika_model::Route::new(route);
        if !site.index.file.contains_key(&known) && !site.index.route.contains_key(&known) {
            put(sink, route, Fingerprint::of(&file.bytes), || Payload::Bytes(file.bytes.to_vec()));
        }
    }
    put(sink, NO_JEKYLL, Fingerprint::of(b""), || Payload::Bytes(Vec::new()));
    run_plugins(input, site, pages, plugins, memo, sink, out);
}

fn put(sink: &dyn Sink, file: &str, content: Fingerprint, payload: impl FnOnce() -> Payload) {
    if !sink.has(file, content) {
        sink.put(file, content, payload());
    }
}

fn copy_sources(
    input: &Input,
    site: &Site,
    pages: &Pages<'_>,
    memo: &mut Memo,
    sink: &dyn Sink,
    out: &mut Vec<Diagnostic>,
) {
    let sources: Vec<(&Source, String)> = input
        .sources
        .iter()
        .filter_map(|source| Some((source, site.files.get(&source.path)?.file())))
        .collect();
    let results: Vec<Result<Fingerprint, Diagnostic>> =
        sources.par_iter().map(|(source, file)| copy(input, pages, source, file, sink)).collect();
    for ((source, _), result) in sources.iter().zip(results) {
        match result {
            Ok(content) => {
                pages.resources.learn(&source.path, content);
                memo.learn(&source.path, source.stamp, content);
            }
            Err(fault) => out.push(fault),
        }
    }
}

fn copy(
    input: &Input,
    pages: &Pages<'_>,
    source: &Source,
    file: &str,
    sink: &dyn Sink,
) -> Result<Fingerprint, Diagnostic> {
    let unreadable = |error: std::io::Error| {
        Diagnostic::error("read", source.path.clone(), format!("cannot read this file: {error}"))
    };
    let large = source.stamp.is_some_and(|stamp| stamp.len > LARGE);
    if let Some(path) = input.world.disk_path(&source.path).filter(|_| large) {
        let content = pages
            .resources
            .fingerprint_of(source)
            .ok_or_else(|| unreadable(std::io::ErrorKind::NotFound.into()))?;
        put(sink, file, content, || Payload::File(path));
        return Ok(content);
    }
    if let Some(content) = source.known.filter(|content| sink.has(file, *content)) {
        return Ok(content);
    }
    let bytes = input.world.read(&source.path).map_err(unreadable)?;
    let content = Fingerprint::of(&bytes);
    put(sink, file, content, || Payload::Bytes(bytes));
    Ok(content)
}

fn run_plugins(
    input: &Input,
    site: &Site,
    pages: &Pages<'_>,
    plugins: &Plugins,
    memo: &mut Memo,
    sink: &dyn Sink,
    out: &mut Vec<Diagnostic>,
) {
    let cards = cards_fingerprint(site);
    let bodies = bodies_fingerprint(input, site, pages, cards);
    let with = |hook, seen| plugins.with(hook).map(move |plugin| (plugin, seen));
    let all: Vec<(&dyn Plugin, Fingerprint)> =
        with(Hook::Files, cards).chain(with(Hook::FilesWithBodies, bodies)).collect();
    let kept = &memo.kept.files;
    let results: Vec<Option<Made>> = all
        .par_iter()
        .map(|(plugin, seen)| {
            let key = Fingerprinter::new().add(plugin.fingerprint()).add(seen).finish();
            let known = kept.get(plugin.name()).filter(|made| made.key == key);
            let there = known.is_some_and(|made| {
                made.files.iter().all(|(route, content)| sink.has(&route.file(), *content))
            });
            (!there).then(|| run(*plugin, key, input, site, pages, sink))
        })
        .collect();
    for ((plugin, _), made) in all.iter().zip(results) {
        if let Some(made) = made {
            memo.kept.files.insert(plugin.name().to_owned(), made);
            memo.changed = true;
        }
        out.extend(
            memo.kept.files.get(plugin.name()).into_iter().flat_map(|made| made.diagnostics.iter().cloned()),
        );
    }
}

fn run(
    plugin: &dyn Plugin,
    key: Fingerprint,
    input: &Input,
    site: &Site,
    pages: &Pages<'_>,
    sink: &dyn Sink,
) -> Made {
    let answers = Answers { site, pages, theme: &input.theme };
    let files = plugin.files(&FilesContext { site, ask: &answers });
    let mut made = Made { key, files: Vec::with_capacity(files.files.len()), diagnostics: files.diagnostics };
    for File { route, bytes } in files.files {
        let content = Fingerprint::of(&bytes);
        if site.index.route.contains_key(&route) || site.index.file.get(&route).is_some_and(Option::is_some) {
            let message = format!(
                "the plugin `{}` wants to write `{route}`, which the site has already",
                plugin.name()
            );
            made.diagnostics.push(
                Diagnostic::warning("same-address", "", message)
                    .help("switch the plugin off, or rename the file"),
            );
            continue;
        }
        put(sink, &route.file(), content, || Payload::Bytes(bytes));
        made.files.push((route, content));
    }
    made
}

/// Answers what plugins ask.
struct Answers<'a> {
    site: &'a Site,
    pages: &'a Pages<'a>,
    theme: &'a Theme,
}

impl Ask for Answers<'_> {
    fn html(&self, id: EntryId) -> String {
        fill(&self.pages.renderer, self.pages.essays, self.site.entry(id), id, Addresses::Absolute).html
    }

    fn summary(&self, id: EntryId) -> Option<String> {
        let body = self.site.entry(id).card.summary.as_ref()?;
        Some(self.pages.renderer.fill(id, body, Addresses::Absolute, &|| None).html)
    }

    fn t(&self, lang: &Lang, key: &str) -> String {
        self.theme.message(lang, key).unwrap_or_else(|| key.to_owned())
    }
}

/// The fingerprint of all that a plugin may see of the linked site.
fn cards_fingerprint(site: &Site) -> Fingerprint {
    let mut parts = Fingerprinter::new();
    parts.add(site.config.fingerprint).add(site.addresses);
    for entry in &site.entries {
        parts.add(entry.fingerprint);
    }
    for page in &site.pages {
        for alternate in &page.languages {
            parts.add(&*site.page(alternate.page).permalink).add_u64(alternate.fit as u64);
        }
        if let PageKind::Redirect { to } = &page.kind {
            parts.add(&**to);
        }
    }
    parts.finish()
}

/// The same, with bodies and the theme, whose components and strings are part of them.
fn bodies_fingerprint(input: &Input, site: &Site, pages: &Pages<'_>, cards: Fingerprint) -> Fingerprint {
    let mut parts = Fingerprinter::new();
    parts.add(cards).add(input.theme_fingerprint);
    for entry in &site.entries {
        parts.add_opt(pages.essays.get(&entry.card.source).map(|parsed| parsed.source));
    }
    // The size of a picture is part of a body too.
    for (path, route) in &site.files {
        parts
            .add(&**path)
            .add(route.as_str())
            .add_opt(fika_theme::Resources::fingerprint(&*pages.resources, path));
    }
    parts.finish()
}
