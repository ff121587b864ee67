//! Every content file alone, in parallel: from bytes to card and body, or straight from the memo.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io;
use std::sync::{Arc, OnceLock};

use fika_model::{
    Body, Card, Config, Diagnostic, Essay, Fingerprint, Fingerprinter, Source, SourceKind, Span, Words,
};
use fika_parser::Parser;
use fika_plugin::{BodyContext, Hook, Plugins, SourceContext};
use rayon::prelude::*;

use crate::derive::Derivers;
use crate::memo::{Derived, Memo, Parsed};
use crate::parts::Parts;
use crate::{Input, World, disk};

/// All essays of the site.
pub(crate) struct Essays<'a> {
    /// Sorted by path. An essay that did not change is the very one of the build before.
    pub(crate) all: Arc<[Arc<Parsed>]>,
    /// How many were parsed rather than remembered.
    pub(crate) count: usize,
    places: Places,
    reader: Reader<'a>,
}

/// The places of essays by path, once one is asked for. They stay while the same files are there.
pub(crate) type Places = Arc<OnceLock<HashMap<Arc<str>, usize>>>;

impl Essays<'_> {
    /// An essay by the path of its source.
    pub(crate) fn get(&self, path: &str) -> Option<&Parsed> {
        let place = |(at, parsed): (usize, &Arc<Parsed>)| (parsed.card.source.clone(), at);
        let places = self.places.get_or_init(|| self.all.iter().enumerate().map(place).collect());
        places.get(path).map(|&at| &*self.all[at])
    }

    /// All cards, sorted by path.
    pub(crate) fn cards(&self) -> Vec<Arc<Card>> {
        self.all.iter().map(|parsed| parsed.card.clone()).collect()
    }

    /// The body of an essay; parsed again if only the card was remembered. A fault, if the file cannot be read now, or is not the
    /// one any more that the card was made of.
    pub(crate) fn body(&self, path: &str) -> Result<Arc<Body>, Diagnostic> {
        let known = self.get(path);
        if let Some(body) = known.and_then(|known| known.body.clone()) {
            return Ok(body);
        }
        let unreadable = |error| disk::unreadable(path, &error);
        let read = self.reader.read(path).map_err(unreadable)?;
        if known.is_some_and(|known| known.source != read.source) {
            return Err(unreadable(io::Error::other("it was changed while the site was built")));
        }
        Ok(read.body.unwrap_or_default())
    }

    /// The body of a derived essay, made of that of its original.
    pub(crate) fn derived_body(&self, card: &Card) -> Result<Arc<Body>, Diagnostic> {
        let body = self.body(&card.source)?;
        Ok(self.reader.derivers.body(card, &body).map_or(body, Arc::new))
    }

    /// The text of an essay, for places in diagnostics.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        let bytes = self.reader.world.read(path).ok()?;
        Some(fika_parser::text(path, &bytes).into_owned())
    }
}

/// Reads and parses single files.
struct Reader<'a> {
    parser: Parser,
    config: &'a Config,
    plugins: &'a Plugins,
    world: &'a dyn World,
    derivers: Derivers<'a>,
    parts: Arc<Parts>,
}

impl Reader<'_> {
    fn read(&self, path: &str) -> io::Result<Parsed> {
        let bytes = self.world.read(path)?;
        Ok(self.parse(path, &bytes, Fingerprint::of(&bytes)))
    }

    /// A card in another script, as it is remembered.
    fn derived(&self, mut card: Card) -> Derived {
        card.order = self.parser.order(&card.lang, &card.title, card.sort_key.as_deref());
        Derived { print: card_fingerprint(&card), card: Arc::new(card) }
    }

    fn parse(&self, path: &str, bytes: &[u8], source: Fingerprint) -> Parsed {
        let before = |lang: &fika_model::Lang, text: &str| {
            let cx = SourceContext { config: self.config, path, lang };
            let run = |text: Option<String>, plugin: &dyn fika_plugin::Plugin, original: &str| {
                plugin.markdown(&cx, text.as_deref().unwrap_or(original)).or(text)
            };
            self.plugins.with(Hook::Markdown).fold(None, |done, plugin| run(done, plugin, text))
        };
        let essay = self.parser.parse(path, bytes, &before);
        let memory = Memory { parts: &self.parts, used: RefCell::default() };
        let text = || fika_parser::text(path, bytes).into_owned();
        let cx = BodyContext { config: self.config, text: &text, memory: &memory };
        let title = essay.card.title.clone();
        let essay = self.plugins.with(Hook::Body).fold(essay, |essay, plugin| plugin.body(&cx, essay));
        let Essay { mut card, body, diagnostics } = essay;
        if card.title != title {
            card.order = self.parser.order(&card.lang, &card.title, card.sort_key.as_deref());
        }
        let derived = self.derivers.cards(&card, &body).into_iter().map(|card| self.derived(card));
        Parsed {
            source,
            derived: derived.collect(),
            card_fingerprint: card_fingerprint(&card),
            anchors: anchors_fingerprint(&card),
            outline: outline(&card),
            card: Arc::new(card),
            diagnostics: diagnostics.into(),
            body: Some(Arc::new(body)),
            parts: memory.used.into_inner().into(),
        }
    }
}

/// What plugins remember of one essay.
struct Memory<'a> {
    parts: &'a Parts,
    /// What was asked for, in order.
    used: RefCell<Vec<Fingerprint>>,
}

impl fika_plugin::Memory for Memory<'_> {
    fn remember(&self, key: Fingerprint, make: &mut dyn FnMut() -> String) -> Arc<str> {
        self.used.borrow_mut().push(key);
        self.parts.part(key, make)
    }
}

/// Parses what changed.
pub(crate) fn parse<'a>(
    input: &'a Input,
    plugins: &'a Plugins,
    memo: &mut Memo,
    out: &mut Vec<Diagnostic>,
) -> Essays<'a> {
    let key = parse_key(&input.config, plugins);
    if memo.kept.parse_key != key {
        memo.kept.essays = Arc::default();
        memo.kept.parse_key = key;
        memo.changed = true;
    }
    let reader = Reader {
        parser: Parser::new(&input.config),
        config: &input.config,
        plugins,
        world: &*input.world,
        derivers: Derivers::new(&input.config, memo.converters.clone()),
        parts: memo.parts.clone(),
    };
    let contents: Vec<&Source> =
        input.sources.iter().filter(|source| source.kind == SourceKind::Content).collect();
    let kept = memo.kept.essays.clone();
    let mut all = matched(&kept, &contents);
    let is_known = |at: usize| {
        let known: Option<&Arc<Parsed>> = all[at].as_ref();
        known.is_some_and(|parsed| contents[at].known == Some(parsed.source))
    };
    let doubtful: Vec<usize> = (0..contents.len()).filter(|&at| !is_known(at)).collect();
    let results: Vec<Result<Arc<Parsed>, Diagnostic>> =
        doubtful.par_iter().map(|&at| one(&reader, contents[at], all[at].as_ref())).collect();

    let mut count = 0;
    for (&at, result) in doubtful.iter().zip(results) {
        let now = result.map_err(|fault| out.push(fault)).ok();
        if let Some(now) = &now {
            memo.learn(&contents[at].path, contents[at].stamp, now.source);
            count += usize::from(!all[at].as_ref().is_some_and(|known| Arc::ptr_eq(known, now)));
        }
        all[at] = now;
    }
    let all: Arc<[Arc<Parsed>]> = all.into_iter().flatten().collect();
    for parsed in &*all {
        out.extend(parsed.diagnostics.iter().cloned());
    }
    memo.changed |= count > 0 || all.len() != kept.len();
    memo.kept.essays = all.clone();
    let same_files = all.iter().map(path_of).eq(kept.iter().map(path_of));
    if !same_files {
        memo.places = Places::default();
    }
    Essays { all, count, places: memo.places.clone(), reader }
}

fn path_of(parsed: &Arc<Parsed>) -> &str {
    &parsed.card.source
}

/// What is remembered of each source; both are sorted by path.
fn matched(kept: &[Arc<Parsed>], contents: &[&Source]) -> Vec<Option<Arc<Parsed>>> {
    let mut kept = kept.iter().peekable();
    let mut find = |path: &Arc<str>| {
        while kept.next_if(|parsed| *parsed.card.source < **path).is_some() {}
        kept.next_if(|parsed| parsed.card.source == *path).cloned()
    };
    contents.iter().map(|source| find(&source.path)).collect()
}

/// One essay; the very one that is known, if the file is the same.
fn one(reader: &Reader<'_>, source: &Source, known: Option<&Arc<Parsed>>) -> Result<Arc<Parsed>, Diagnostic> {
    let bytes =
        reader.world.read(&source.path).map_err(|error| disk::unreadable(source.path.clone(), &error))?;
    let content = Fingerprint::of(&bytes);
    match known.filter(|parsed| parsed.source == content) {
        Some(parsed) => Ok(parsed.clone()),
        None => Ok(Arc::new(reader.parse(&source.path, &bytes, content))),
    }
}

/// The fingerprint of what the parser reads of the configuration, and of the plugins that take part.
fn parse_key(config: &Config, plugins: &Plugins) -> Fingerprint {
    let languages: Vec<_> = config
        .languages
        .iter()
        .map(|language| (&language.lang, &language.path, &language.author, &language.derive))
        .collect();
    let taxonomies: Vec<_> = config.taxonomies.iter().map(|taxonomy| &taxonomy.name).collect();
    let authors: Vec<_> = config.authors.iter().map(|author| &author.id).collect();
    let read = (
        config.edition,
        languages,
        taxonomies,
        authors,
        &config.timezone,
        &config.content_dir,
        &config.markdown,
    );
    let bytes = postcard::to_allocvec(&read).unwrap_or_default();
    Fingerprinter::new().add(bytes).add(plugins.fingerprint(&[Hook::Markdown, Hook::Body])).finish()
}

/// The fingerprint of all of a card that a template of another page may see. What only the builder looks at
/// (links, blocks, places in the source) is left out, so that it cannot make other pages render again.
fn card_fingerprint(card: &Card) -> Fingerprint {
    let mut seen = Card {
        base: "".into(),
        derive: None,
        title_id: None,
        anchors: Vec::new(),
        links: Vec::new(),
        blocks: Vec::new(),
        fields: Vec::new(),
        kept: Vec::new(),
        components: Vec::new(),
        summary: card.summary.as_deref().map(without_places),
        ..card.clone()
    };
    seen.headings.iter_mut().for_each(|heading| heading.span = Span::default());
    seen.taxonomies.iter_mut().for_each(|(.., span)| *span = Span::default());
    let section = seen.section.as_mut().and_then(|section| section.page_template.as_mut());
    let named = [seen.template.as_mut(), seen.cover.as_mut(), section];
    named.into_iter().flatten().for_each(|(_, span)| *span = Span::default());
    Fingerprint::of(postcard::to_allocvec(&seen).unwrap_or_default())
}

/// A summary without the places of its holes in the source, which diagnostics need and no reader sees.
fn without_places(summary: &Body) -> Arc<Body> {
    let mut summary = summary.clone();
    summary.holes.iter_mut().for_each(|hole| hole.span = Span::default());
    Arc::new(summary)
}

/// The fingerprint of a card without what follows from the running text alone: its length, its summary, what it is compared by,
/// where its headings stand. While it stays, so does the essay's place in the site; see `link/again.rs`.
fn outline(card: &Card) -> Fingerprint {
    let mut bare = Card {
        summary: None,
        summary_text: "".into(),
        words: Words::default(),
        blocks: Vec::new(),
        fields: Vec::new(),
        ..card.clone()
    };
    bare.headings.iter_mut().for_each(|heading| heading.span = Span::default());
    Fingerprint::of(postcard::to_allocvec(&bare).unwrap_or_default())
}

/// The fingerprint of everything a link to this essay may name.
fn anchors_fingerprint(card: &Card) -> Fingerprint {
    let mut parts = Fingerprinter::new();
    parts
        .add_all(card.headings.iter().map(|heading| &*heading.id))
        .add_all(card.headings.iter().map(|heading| [heading.level]))
        .add_all(card.headings.iter().map(|heading| &*heading.title))
        .add_all(card.anchors.iter().map(|id| &**id))
        .add_all(card.components.iter().map(|name| &**name));
    parts.add_opt(card.title_id.as_deref()).finish()
}
