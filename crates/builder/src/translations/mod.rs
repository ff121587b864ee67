//! How every translation stands to its original: current, stale, without a record, missing, orphaned. Looks at cards and at what
//! `translations.lock` says, at nothing else, and is linear in both.

mod again;
mod align;
mod compare;
mod mark;
mod originals;
pub(crate) mod parallel;

use std::sync::Arc;

use fika_model::{Card, Config, Diagnostic, Field, Kind, Lang, Record, Records, Shape, TranslationState};
use indexmap::IndexMap;

use crate::versions::versions;
use originals::Originals;

pub use align::{Pair, align};
use compare::compare_fields;
pub use compare::{Change, Step, compare};
pub use mark::{mark, prune};

/// The file's name, at the site's root.
pub const RECORDS: &str = "translations.lock";

/// Every translation that there is, that should be, or that is recorded.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// By the source of the original (else of the translation), then in the order of the site's languages.
    pub items: Vec<Item>,
    /// What could not be read, and therefore not surveyed.
    pub unread: Vec<Diagnostic>,
    /// What was surveyed.
    groups: Groups,
    /// Whether a record has lost its essay: it may be that of another, which depends on the text of all.
    has_lost: bool,
}

/// One translation.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What ties it to its original.
    pub key: Arc<str>,
    /// Its language.
    pub lang: Lang,
    /// How it stands.
    pub status: Status,
    /// The original; none if it is gone.
    pub original: Option<Arc<Card>>,
    /// The translation; none if it is missing or gone.
    pub translation: Option<Arc<Card>>,
    /// The key under which it is recorded, if it is.
    pub recorded: Option<Arc<str>>,
    /// What of the original's front matter changed since.
    pub fields: Vec<(Field, Change)>,
    /// What became of the original's blocks since; empty where nothing is recorded.
    pub steps: Vec<Step>,
}

/// How a translation stands: as its page knows it, or it has no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// There is a file.
    There(TranslationState),
    /// It should be there and is not, or is only a draft.
    Missing,
    /// It is recorded, and neither it nor perhaps its original is there any more.
    Gone,
}

impl Status {
    /// The word for it. A record that points to nothing is an orphan too.
    pub fn name(self) -> &'static str {
        match self {
            Status::There(state) => state.name(),
            Status::Missing => "missing",
            Status::Gone => TranslationState::Orphaned.name(),
        }
    }
}

impl Item {
    /// `title, tagline; 2 changed, 1 new, 1 gone`: what changed in the original's front matter, and what became of its blocks.
    pub fn changes(&self) -> String {
        self.changes_of("")
    }

    /// The same, with a word before what became of the blocks.
    pub(crate) fn changes_of(&self, blocks: &str) -> String {
        let fields: Vec<&str> = self.fields.iter().map(|(field, _)| field.name()).collect();
        let (changed, added, removed) = self.counts();
        let counts = [(changed, "changed"), (added, "new"), (removed, "gone")];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, word)| format!("{count} {word}")).collect();
        match (fields.join(", "), counts.join(", ")) {
            (fields, counts) if counts.is_empty() => fields,
            (fields, counts) if fields.is_empty() => format!("{blocks}{counts}"),
            (fields, counts) => format!("{fields}; {blocks}{counts}"),
        }
    }

    /// How many blocks of the original changed, are new, are gone.
    pub fn counts(&self) -> (u32, u32, u32) {
        self.steps.iter().fold((0, 0, 0), |(changed, added, removed), step| match step {
            Step::Same { .. } => (changed, added, removed),
            Step::Changed { .. } => (changed + 1, added, removed),
            Step::Added { .. } => (changed, added + 1, removed),
            Step::Removed { .. } => (changed, added, removed + 1),
        })
    }
}

/// The blocks of a card, as they are recorded.
pub(crate) fn shapes(card: &Card) -> Vec<Shape> {
    card.blocks.iter().map(Shape::from).collect()
}

/// What is to be recorded of a translation that was made from this original as it is.
pub fn record_of(original: &Card) -> Record {
    Record { from: original.lang.clone(), fields: original.fields.clone(), blocks: shapes(original) }
}

impl Survey {
    /// How many translations stand in each way, the worst first; those that are current come last.
    pub fn tally(&self) -> Vec<(&'static str, usize)> {
        let names = ["missing", "stale", "orphaned", "untracked", "current"];
        let count = |name: &str| self.items.iter().filter(|item| item.status.name() == name).count();
        names.iter().map(|name| (*name, count(name))).filter(|(_, count)| *count > 0).collect()
    }
}

/// Surveys all cards of a site, drafts included. `is_out` tells which are published.
pub(crate) fn survey(
    config: &Config,
    cards: &[Arc<Card>],
    records: &Records,
    is_out: &dyn Fn(&Card) -> bool,
) -> Survey {
    let groups = group(config, cards);
    let originals = Originals::new(&groups, records);
    let mut items: Vec<Item> =
        groups.values().flat_map(|group| items(config, group, &originals, is_out)).collect();
    items.extend(originals.gone(&groups));
    items.sort_by_cached_key(|item| {
        let card = item.original.as_ref().or(item.translation.as_ref());
        (card.map_or(item.key.clone(), |card| card.source.clone()), config.rank(&item.lang), item.key.clone())
    });
    let has_lost = originals.has_lost();
    Survey { items, unread: Vec::new(), groups, has_lost }
}

/// The translations of one essay.
fn items(
    config: &Config,
    group: &[Arc<Card>],
    originals: &Originals<'_>,
    is_out: &dyn Fn(&Card) -> bool,
) -> Vec<Item> {
    let missing = missing(config, group, originals, is_out);
    // A draft is not counted twice: it is there, and not yet for readers.
    let is_missing = |card: &&Arc<Card>| {
        let draft = |item: &Item| item.translation.as_ref().is_some_and(|draft| Arc::ptr_eq(draft, card));
        missing.iter().any(draft)
    };
    let there = group.iter().filter(|card| !is_missing(card));
    let mut items: Vec<Item> =
        there.filter_map(|card| originals.of(group, card).map(|made| item(card, &made))).collect();
    items.extend(missing);
    items
}

/// The versions of one essay by kind and key, in the order of the site's languages: each language once.
pub(crate) type Groups = IndexMap<(Kind, Arc<str>), Vec<Arc<Card>>>;

fn group(config: &Config, cards: &[Arc<Card>]) -> Groups {
    let cards_of = |group: Vec<usize>| group.into_iter().map(|at| cards[at].clone()).collect();
    let groups = versions(config, cards.iter()).into_iter();
    let mut groups: Groups = groups.map(|(key, group)| (key, cards_of(group))).collect();
    // A section without a word says nothing that could become stale.
    let says = |card: &Arc<Card>| !card.blocks.is_empty() || !card.fields.is_empty();
    groups.retain(|(kind, _), group| *kind == Kind::Page || group.iter().any(says));
    groups
}

fn item(card: &Arc<Card>, made: &originals::Made<'_>) -> Item {
    let (mut fields, mut steps) = (Vec::new(), Vec::new());
    let state = match (made.original, made.record) {
        (None, _) => TranslationState::Orphaned,
        (Some(_), None) => TranslationState::Untracked,
        (Some(original), Some((_, record))) => {
            fields = compare_fields(&record.fields, &original.fields);
            if !has_blocks_of(original, record) {
                steps = compare(&record.blocks, &shapes(original));
            }
            let current = fields.is_empty() && steps.is_empty();
            if current { TranslationState::Current } else { TranslationState::Stale }
        }
    };
    Item {
        key: card.key.clone(),
        lang: card.lang.clone(),
        status: Status::There(state),
        original: made.original.cloned(),
        translation: Some(card.clone()),
        recorded: made.record.map(|(key, _)| key.clone()),
        fields,
        steps,
    }
}

/// Whether the text of an original is what it was when it was recorded.
fn has_blocks_of(original: &Card, record: &Record) -> bool {
    let now = original.blocks.iter().map(|block| block.hash);
    now.eq(record.blocks.iter().map(|block| block.hash))
}

/// Languages in which an original should be published and is not.
fn missing(
    config: &Config,
    group: &[Arc<Card>],
    originals: &Originals<'_>,
    is_out: &dyn Fn(&Card) -> bool,
) -> Vec<Item> {
    let root = originals.root(group).filter(|card| card.kind == Kind::Page && is_out(card));
    let Some(original) = root else { return Vec::new() };
    let expected = || config.translations.expected(&original.dir);
    let expected = original.translate.as_deref().unwrap_or_else(expected);
    let there = |lang: &Lang| group.iter().find(|card| &card.lang == lang);
    // What is converted is there without anybody's work.
    let derives = |lang: &Lang| {
        let derive = config.language(lang).and_then(|language| language.derive.as_ref());
        derive.is_some_and(|derive| derive.from == original.lang)
    };
    let lacks = |lang: &&Lang| {
        **lang != original.lang && !derives(lang) && !there(lang).is_some_and(|card| is_out(card))
    };
    let item = |lang: &Lang| Item {
        key: original.key.clone(),
        lang: lang.clone(),
        status: Status::Missing,
        original: Some(original.clone()),
        translation: there(lang).cloned(),
        recorded: None,
        fields: Vec::new(),
        steps: Vec::new(),
    };
    expected.iter().filter(lacks).map(item).collect()
}
