//! Every content file alone, in parallel: from bytes to card and body, or straight from the memo.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use fika_model::{
    Body, Card, Config, Diagnostic, Essay, Fingerprint, Fingerprinter, Source, SourceKind, Span, Words,
};
use fika_parser::Parser;
use fika_plugin::{BodyContext, Hook, Plugins, SourceContext};
use rayon::prelude::*;

use crate::derive::Derivers;
use crate::memo::{Derived, Memo, Parsed};
use crate::{Input, World};

/// All essays of the site, sorted by path.
pub(crate) struct Essays<'a> {
    pub(crate) cards: Vec<Parsed>,
    /// How many were parsed rather than remembered.
    pub(crate) count: usize,
    by_path: HashMap<Arc<str>, usize>,
    reader: Reader<'a>,
}

impl Essays<'_> {
    /// An essay by the path of its source.
    pub(crate) fn get(&self, path: &str) -> Option<&Parsed> {
        self.by_path.get(path).map(|&at| &self.cards[at])
    }

    /// All cards, sorted by path.
    pub(crate) fn cards(&self) -> Vec<Arc<Card>> {
        self.cards.iter().map(|parsed| parsed.card.clone()).collect()
    }

    /// The body of an essay; parsed again if only the card was remembered.
    pub(crate) fn body(&self, path: &str) -> Arc<Body> {
        let known = self.get(path);
        let read = || self.reader.read(path, known.map_or(&[], |known| &*known.remembered)).ok()?.body;
        known.and_then(|known| known.body.clone()).or_else(read).unwrap_or_default()
    }

    /// The body of a derived essay, made of that of its original.
    pub(crate) fn derived_body(&self, card: &Card) -> Arc<Body> {
        let body = self.body(&card.source);
        self.reader.derivers.body(card, &body).map_or(body, Arc::new)
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
}

impl Reader<'_> {
    fn read(&self, path: &str, old: &[(Fingerprint, Arc<str>)]) -> std::io::Result<Parsed> {
        let bytes = self.world.read(path)?;
        Ok(self.parse(path, &bytes, Fingerprint::of(&bytes), old))
    }

    /// A card in another script, as it is remembered.
    fn derived(&self, mut card: Card) -> Derived {
        card.order = self.parser.order(&card.lang, &card.title, card.sort_key.as_deref());
        Derived { print: card_fingerprint(&card), card: Arc::new(card) }
    }

    /// `old` is what plugins remember of the essay.
    fn parse(
        &self,
        path: &str,
        bytes: &[u8],
        source: Fingerprint,
        old: &[(Fingerprint, Arc<str>)],
    ) -> Parsed {
        let before = |lang: &fika_model::Lang, text: &str| {
            let cx = SourceContext { config: self.config, path, lang };
            let run = |text: Option<String>, plugin: &dyn fika_plugin::Plugin, original: &str| {
                plugin.markdown(&cx, text.as_deref().unwrap_or(original)).or(text)
            };
            self.plugins.with(Hook::Markdown).fold(None, |done, plugin| run(done, plugin, text))
        };
        let essay = self.parser.parse(path, bytes, &before);
        let memory = Memory { old, new: RefCell::default() };
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
            remembered: memory.new.into_inner().into_iter().collect(),
        }
    }
}

/// What plugins remember of one essay.
struct Memory<'a> {
    /// From when it was last read, in the order of keys.
    old: &'a [(Fingerprint, Arc<str>)],
    /// For when it is read next.
    new: RefCell<BTreeMap<Fingerprint, Arc<str>>>,
}

impl fika_plugin::Memory for Memory<'_> {
    fn remember(&self, key: Fingerprint, make: &mut dyn FnMut() -> String) -> Arc<str> {
        if let Some(made) = self.new.borrow().get(&key) {
            return made.clone();
        }
        let made = match self.old.binary_search_by_key(&key, |(key, _)| *key) {
            Ok(at) => self.old[at].1.clone(),
            Err(_) => make().into(),
        };
        self.new.borrow_mut().insert(key, made.clone());
        made
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
        memo.kept.essays.clear();
        memo.kept.parse_key = key;
        memo.changed = true;
    }
    let reader = Reader {
        parser: Parser::new(&input.config),
        config: &input.config,
        plugins,
        world: &*input.world,
        derivers: Derivers::new(&input.config, memo.converters.clone()),
    };
    let old = &memo.kept.essays;
    let contents: Vec<&Source> =
        input.sources.iter().filter(|source| source.kind == SourceKind::Content).collect();
    let results: Vec<Result<(Parsed, bool), Diagnostic>> =
        contents.par_iter().map(|source| one(&reader, source, old)).collect();

    let mut essays =
        Essays { cards: Vec::with_capacity(results.len()), count: 0, by_path: HashMap::new(), reader };
    let mut fresh_ones = Vec::new();
    for (source, result) in contents.into_iter().zip(results) {
        match result {
            Ok((parsed, fresh)) => {
                memo.learn(&source.path, source.stamp, parsed.source);
                out.extend(parsed.diagnostics.iter().cloned());
                essays.by_path.insert(source.path.clone(), essays.cards.len());
                if fresh {
                    fresh_ones.push((source.path.clone(), parsed.clone()));
                }
                essays.cards.push(parsed);
            }
            Err(fault) => out.push(fault),
        }
    }
    essays.count = fresh_ones.len();
    memo.changed |= essays.count > 0;
    memo.kept.essays.extend(fresh_ones);
    // What is not among the essays any more.
    if memo.kept.essays.len() > essays.by_path.len() {
        memo.kept.essays.retain(|path, _| essays.by_path.contains_key(path));
        memo.changed = true;
    }
    essays
}

/// One essay, and whether it had to be parsed.
fn one(
    reader: &Reader<'_>,
    source: &Source,
    old: &HashMap<Arc<str>, Parsed>,
) -> Result<(Parsed, bool), Diagnostic> {
    let known = old.get(&source.path);
    if let Some(parsed) = known.filter(|parsed| source.known == Some(parsed.source)) {
        return Ok((parsed.clone(), false));
    }
    let bytes = reader.world.read(&source.path).map_err(|error| {
        Diagnostic::error("read", source.path.clone(), format!("cannot read this file: {error}"))
            .help("check that it exists and is yours to read")
    })?;
    let content = Fingerprint::of(&bytes);
    match known.filter(|parsed| parsed.source == content) {
        Some(parsed) => Ok((parsed.clone(), false)),
        None => {
            let remembered = old.get(&source.path).map_or(&[][..], |parsed| &parsed.remembered);
            Ok((reader.parse(&source.path, &bytes, content, remembered), true))
        }
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
    let Card {
        source,
        key,
        dir,
        base: _,
        stem,
        bundle,
        kind,
        lang,
        title,
        title_html,
        sort_key,
        description,
        ..
    } = card;
    let Card {
        summary,
        summary_text,
        summary_given,
        tagline,
        date,
        updated,
        slug,
        path,
        aliases,
        authors,
        translators,
        draft,
        weight,
        ..
    } = card;
    let Card {
        template,
        taxonomies,
        series,
        cover,
        translate,
        parallel,
        section,
        extra,
        words,
        headings,
        anchors: _,
        links: _,
        blocks: _,
        fields: _,
        has_components: _,
        ..
    } = card;
    let name = (source, key, dir, stem, bundle, kind, lang, title, title_html, sort_key, description);
    // Holes of a summary keep their place in the source for diagnostics; a reader does not see it.
    let summary = summary
        .as_ref()
        .map(|body| (&body.html, body.holes.iter().map(|hole| (hole.at, &hole.kind)).collect::<Vec<_>>()));
    let time = (
        summary,
        summary_text,
        summary_given,
        tagline,
        date,
        updated,
        slug,
        path,
        aliases,
        (authors, translators),
        draft,
        weight,
    );
    let terms: Vec<_> = taxonomies.iter().map(|(name, terms, _)| (name, terms)).collect();
    let section =
        section.as_ref().map(|section| (section, section.page_template.as_ref().map(|(name, _)| name)));
    let headings: Vec<_> =
        headings.iter().map(|heading| (heading.level, &heading.id, &heading.title)).collect();
    let rest = (
        template.as_ref().map(|(name, _)| name),
        terms,
        series,
        cover.as_ref().map(|(path, _)| path),
        section,
        words,
        headings,
        (translate, parallel),
    );
    let bytes = postcard::to_allocvec(&(name, time, rest, extra)).unwrap_or_default();
    Fingerprint::of(bytes)
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
        .add_all(card.anchors.iter().map(|id| &**id));
    parts.add_u64(u64::from(card.has_components)).finish()
}
