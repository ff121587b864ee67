//! What belongs to the whole site: feeds, sitemap and whatever else plugins make; static files and those beside essays.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use fika_model::{Diagnostic, EntryId, Fingerprint, Fingerprinter, Lang, Route, Site, Source, SourceKind};
use fika_plugin::{Ask, File, FilesContext, Hook, Plugin, Plugins, Sees};
use fika_theme::{Addresses, Query, Rendered, Theme};
use rayon::prelude::*;

use crate::link::{Linking, page_in_the_way};
use crate::memo::{Made, Memo};
use crate::render::{Pages, answers_to, fill};
use crate::sink::{NullSink, Payload, Sink};
use crate::{Input, disk};

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
    linking: &Linking,
    pages: &Pages<'_>,
    plugins: &Plugins,
    memo: &mut Memo,
    sink: &dyn Sink,
    out: &mut Vec<Diagnostic>,
) {
    let site = &*linking.site;
    copy_sources(input, site, pages, memo, sink, out);
    for (route, file) in input.theme.static_files() {
        // A page, the site's own file or a plugin's of the same name wins.
        let known = Route::new(route);
        if let Some(page) = page_in_the_way(&site.pages, &known) {
            let message =
                format!("the page `{}` takes the place of a file of the theme, `/{route}`", page.path);
            let fault = Diagnostic::warning("same-address", page.origin.clone(), message);
            out.push(fault.help("give it another `slug` or `path`, if you did not mean that"));
        } else if !site.index.file.contains_key(&known) {
            put(sink, route, Fingerprint::of(&file.bytes), || Payload::Bytes(file.bytes.to_vec()));
        }
    }
    put(sink, NO_JEKYLL, Fingerprint::of(b""), || Payload::Bytes(Vec::new()));
    run_plugins(&input.theme, linking, pages, plugins, memo, sink, out);
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
        .filter(|source| matches!(source.kind, SourceKind::Asset | SourceKind::Static))
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
    let unreadable = |error: std::io::Error| disk::unreadable(source.path.clone(), &error);
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
    theme: &Theme,
    linking: &Linking,
    pages: &Pages<'_>,
    plugins: &Plugins,
    memo: &mut Memo,
    sink: &dyn Sink,
    out: &mut Vec<Diagnostic>,
) {
    let site = &*linking.site;
    let answers = || Answers { site, pages, theme, told: Mutex::default() };
    let all: Vec<&dyn Plugin> = plugins.with(Hook::Files).collect();
    let cards = OnceLock::new();
    let (kept, parse_key) = (&memo.kept.files, memo.kept.parse_key);
    let results: Vec<Option<Made>> = all
        .par_iter()
        .map(|plugin| {
            let seen = match plugin.sees() {
                Sees::Outlines => linking.outlines,
                Sees::Cards => *cards.get_or_init(|| cards_fingerprint(linking)),
            };
            let key = Fingerprinter::new().add(plugin.fingerprint()).add(seen).add(parse_key).finish();
            let known = kept.get(plugin.name()).filter(|made| made.key == key && holds(made, pages));
            let is_there =
                |known: &Made| known.files.iter().all(|(route, content)| sink.has(&route.file(), *content));
            if known.is_some_and(is_there) {
                debug_assert_eq!(known, Some(&run(*plugin, key, answers(), &NullSink)), "see `Plugin::sees`");
                return None;
            }
            Some(run(*plugin, key, answers(), sink))
        })
        .collect();
    for (plugin, made) in all.iter().zip(results) {
        if let Some(made) = made {
            memo.kept.files.insert(plugin.name().to_owned(), made);
            memo.changed = true;
        }
        out.extend(
            memo.kept.files.get(plugin.name()).into_iter().flat_map(|made| made.diagnostics.iter().cloned()),
        );
    }
}

/// Whether the texts that a plugin asked for are as they were.
fn holds(made: &Made, pages: &Pages<'_>) -> bool {
    let is_same = |(source, text): (&Arc<str>, &Fingerprint)| {
        pages.essays.get(source).map(|parsed| parsed.source) == Some(*text)
    };
    made.texts.iter().all(is_same) && answers_to(&pages.renderer, &made.asked) == made.answers
}

fn run(plugin: &dyn Plugin, key: Fingerprint, answers: Answers<'_>, sink: &dyn Sink) -> Made {
    let Answers { site, pages, .. } = answers;
    let files = plugin.files(&FilesContext { site, ask: &answers });
    let Told { texts, asked } = answers.told.into_inner().unwrap_or_else(PoisonError::into_inner);
    let asked: Vec<Query> = asked.into_iter().collect();
    let answers = answers_to(&pages.renderer, &asked);
    let diagnostics = files.diagnostics;
    let mut made =
        Made { key, texts, asked, answers, files: Vec::with_capacity(files.files.len()), diagnostics };
    for File { route, bytes } in files.files {
        let content = Fingerprint::of(&bytes);
        let is_file = site.index.file.get(&route).is_some_and(Option::is_some);
        let page = page_in_the_way(&site.pages, &route);
        if is_file || page.is_some() {
            let origin = page.map(|page| page.origin.clone()).unwrap_or_default();
            let message = format!(
                "the plugin `{}` wants to write `{route}`, which the site has already",
                plugin.name()
            );
            made.diagnostics.push(
                Diagnostic::warning("same-address", origin, message)
                    .help("switch the plugin off, or rename the file"),
            );
            continue;
        }
        put(sink, &route.file(), content, || Payload::Bytes(bytes));
        made.files.push((route, content));
    }
    made
}

/// Answers what plugins ask, and takes note of what the answers depend on.
struct Answers<'a> {
    site: &'a Site,
    pages: &'a Pages<'a>,
    theme: &'a Theme,
    told: Mutex<Told>,
}

/// What was told to a plugin.
#[derive(Default)]
struct Told {
    texts: BTreeMap<Arc<str>, Fingerprint>,
    asked: BTreeSet<Query>,
}

impl Answers<'_> {
    /// What was made of the text of an entry; nothing if it is lost. What is wrong is told with the entry's own page.
    fn tell(&self, id: EntryId, rendered: Option<Rendered>) -> String {
        let source = &self.site.entry(id).card.source;
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let text = match rendered {
            Some(_) => self.pages.essays.get(source).map(|parsed| parsed.source),
            None => Some(Fingerprint::default()),
        };
        told.texts.extend(text.map(|text| (source.clone(), text)));
        let Rendered { html, asked, .. } = rendered.unwrap_or_default();
        told.asked.extend(asked);
        html
    }
}

impl Ask for Answers<'_> {
    fn html(&self, id: EntryId) -> String {
        let Pages { renderer, essays, .. } = self.pages;
        let filled = fill(renderer, essays, self.site.entry(id), id, Addresses::Absolute);
        self.tell(id, filled.ok())
    }

    fn summary(&self, id: EntryId) -> Option<String> {
        let body = self.site.entry(id).card.summary.as_ref();
        let filled = body.map(|body| self.pages.renderer.fill(id, body, Addresses::Absolute, &|| None));
        Some(self.tell(id, Some(filled?)))
    }

    fn t(&self, lang: &Lang, key: &str) -> String {
        self.theme.message(lang, key).unwrap_or_else(|| key.to_owned())
    }
}

/// The fingerprint of all that a plugin may see of the linked site.
fn cards_fingerprint(linking: &Linking) -> Fingerprint {
    let prints = linking.site.entries.iter().map(|entry| entry.fingerprint);
    Fingerprinter::new().add(linking.outlines).add_all(prints).finish()
}
