//! The pipeline: load, parse, link, render, collect, write.
//!
//! [`build`] is a pure function of its input, its plugins and its memo. Disk and clock are touched at its two ends only:
//! [`load`] makes the [`Input`], a [`Sink`] takes what is made. `fika serve` is the same function in a loop with its memo kept.

mod collect;
mod derive;
mod disk;
mod elsewhere;
mod extra;
mod interface;
mod link;
mod listing;
mod load;
mod media;
mod memo;
mod parse;
mod parts;
mod record;
mod render;
mod resources;
mod settings;
mod settled;
mod sink;
mod sources;
mod store;
mod svg;
mod translations;
mod versions;
mod walk;
mod world;
mod write;

use std::sync::Arc;

use fika_model::{Card, Config, DateTime, Diagnostic, Fingerprint, Lang, Records, Source};
use fika_parser::Param;
use fika_plugin::Plugins;
use fika_theme::{Theme, gist};

pub use disk::{is_unreadable, unreadable};
pub use interface::interface;
pub use load::{LoadOptions, Loaded, load, open};
pub use memo::Memo;
pub use settings::{FOLDERS, place_faults};
pub use sink::{MemorySink, NullSink, Payload, Served, Sink, Summary};
pub use translations::{
    Change, Item, Pair, RECORDS, Status, Step, Survey, align, compare, mark, prune, record_of,
};
pub use walk::is_litter;
pub use world::{DiskWorld, World};
pub use write::{DiskSink, Lock};

/// Everything a build depends on.
pub struct Input {
    /// The finished configuration.
    pub config: Arc<Config>,
    /// The files of the site, sorted by path.
    pub sources: Arc<[Source]>,
    /// Reads their bytes.
    pub world: Arc<dyn World>,
    /// Templates, catalogues, assets.
    pub theme: Arc<Theme>,
    /// The values that the theme says it takes under `extra:`.
    pub params: Arc<[Param]>,
    /// The fingerprint of all files of the theme and of the site's overrides.
    pub theme_fingerprint: Fingerprint,
    /// What `translations.lock` says.
    pub records: Arc<Records>,
    /// The moment the build is for.
    pub now: DateTime,
    /// Whether drafts are published.
    pub drafts: bool,
    /// Whether all of the site could be read. What was made of something that cannot be read now is not stale.
    pub is_whole: bool,
}

/// What a build made, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Built {
    /// Every problem, sorted and without repetition.
    pub diagnostics: Vec<Diagnostic>,
    /// HTML pages (redirects not counted) by language, in the order of the configuration.
    pub pages: Vec<(Lang, usize)>,
    /// Pages (redirects not counted) that were rendered, rather than found unchanged.
    pub rendered: usize,
    /// Sources that were parsed, rather than remembered.
    pub parsed: usize,
    /// Whether the site was linked anew, rather than taken over from the build before.
    pub relinked: bool,
    /// How many translations stand in each way, the worst first.
    pub translations: Vec<(&'static str, usize)>,
    /// What the sink did.
    pub output: Summary,
}

/// The steps of a build, in order, as told to [`Sink::phase`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Every file alone, in parallel.
    Parse,
    /// All cards, once.
    Link,
    /// Every page alone, in parallel.
    Render,
    /// Feeds, sitemap, assets.
    Collect,
    /// Stale outputs are removed, the output is recorded.
    Finish,
}

/// Builds a site: what changed since `memo` was made is made anew, everything else is kept, and the result is
/// byte for byte that of a build from nothing.
pub fn build(input: &Input, plugins: &Plugins, memo: &mut Memo, sink: &dyn Sink) -> Built {
    let mut out = Vec::new();
    sink.phase(Phase::Parse, input.sources.len());
    let parsed = parse::parse(input, plugins, memo, &mut out);
    extra::check(input, &parsed, &mut out);
    keep_what_was_read_before(input, &out, sink);
    sink.phase(Phase::Link, parsed.all.len());
    let linking = link::link(input, &parsed, plugins, memo, &mut out);
    let site = &linking.site;
    sink.phase(Phase::Render, site.pages.len());
    let rendered = render::render(input, &linking, &parsed, plugins, memo, sink, &mut out);
    sink.phase(Phase::Collect, 0);
    collect::collect(input, &linking, &rendered, plugins, memo, sink, &mut out);
    memo.forget_gone(&input.sources);
    sink.phase(Phase::Finish, 0);
    keep_what_was_read_before(input, &out, sink);
    let built = Built {
        output: sink.finish(&mut out),
        pages: linking.pages,
        rendered: rendered.count,
        parsed: parsed.count,
        relinked: linking.changed.is_none(),
        translations: linking.tally,
        diagnostics: sorted(out),
    };
    memo.earlier = rendered.renderer.into_earlier();
    built
}

/// Where something of the site could not be read, what an earlier build made of it stays.
fn keep_what_was_read_before(input: &Input, out: &[Diagnostic], sink: &dyn Sink) {
    if !is_all_read(input, out) {
        sink.keep_stale();
    }
}

/// Whether all of the site could be read, as far as is known. What is not seen is not gone.
fn is_all_read(input: &Input, out: &[Diagnostic]) -> bool {
    input.is_whole && !out.iter().any(is_unreadable)
}

/// How every translation of a site stands, without building it. What is drafted or waits for its date is not published, as in a build.
pub fn survey(input: &Input, plugins: &Plugins, memo: &mut Memo) -> Survey {
    let mut out = Vec::new();
    let parsed = parse::parse(input, plugins, memo, &mut out);
    let is_out = |card: &Card| link::is_out(input, card);
    let mut survey = translations::survey(&input.config, &parsed.cards(), &input.records, &is_out);
    out.retain(is_unreadable);
    survey.unread = out;
    survey
}

/// Sorted and without repetition. A fault of a template is told once, however many pages it strikes.
fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| (a.sort_key(), &a.help).cmp(&(b.sort_key(), &b.help)));
    diagnostics.dedup();
    let same = |a: &Diagnostic, b: &Diagnostic| {
        a.code == "template"
            && a.place.is_some()
            && (&a.path, &a.place, gist(&a.message)) == (&b.path, &b.place, gist(&b.message))
    };
    let tell = |struck: &[Diagnostic]| {
        let (first, more) = struck.split_first()?;
        let told = match (&first.help, more.len()) {
            (Some(help), 1) => first.clone().help(format!("{help}; the same happens on one more page")),
            (Some(help), 2..) => {
                first.clone().help(format!("{help}; the same happens on {} more pages", more.len()))
            }
            _ => first.clone(),
        };
        Some(told)
    };
    diagnostics.chunk_by(same).filter_map(tell).collect()
}
