//! Which version of an essay is the original of which, and which record belongs to it, also after a file got another name.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use fika_model::{Card, Kind, Lang, Record, Records};

use super::{Groups, Item, Status};

/// The key of a record.
type Place = (Arc<str>, Lang);

/// What is recorded, matched with what is there.
pub(super) struct Originals<'a> {
    records: &'a Records,
    /// Records whose essay has another key now, by the place they belong to.
    moved: BTreeMap<Place, &'a Place>,
    has_lost: bool,
}

/// What a translation was made from.
pub(super) struct Made<'a> {
    pub(super) original: Option<&'a Arc<Card>>,
    /// The record and the key under which it stands.
    pub(super) record: Option<(&'a Arc<str>, &'a Record)>,
}

impl<'a> Originals<'a> {
    pub(super) fn new(groups: &Groups, records: &'a Records) -> Originals<'a> {
        let lost = find_lost(groups, records);
        Originals { records, moved: find_moved(groups, records, &lost), has_lost: !lost.is_empty() }
    }

    /// The same, where no record has lost its essay.
    pub(super) fn none_lost(records: &'a Records) -> Originals<'a> {
        Originals { records, moved: BTreeMap::new(), has_lost: false }
    }

    /// Whether a record has lost its essay.
    pub(super) fn has_lost(&self) -> bool {
        self.has_lost
    }

    /// The record of an essay.
    fn record(&self, key: &Arc<str>, lang: &Lang) -> Option<(&'a Arc<str>, &'a Record)> {
        if self.records.all.is_empty() {
            return None;
        }
        let place = (key.clone(), lang.clone());
        let (found, record) = match self.moved.get(&place) {
            Some(moved) => self.records.all.get_key_value(*moved)?,
            None => self.records.all.get_key_value(&place)?,
        };
        Some((&found.0, record))
    }

    /// The original of all versions that are not recorded to be made from another: the first, in the order of the site's
    /// languages, that is itself no recorded translation and names no translator.
    pub(super) fn root<'g>(&self, group: &'g [Arc<Card>]) -> Option<&'g Arc<Card>> {
        let mut free = group.iter().filter(|card| self.record(&card.key, &card.lang).is_none());
        let first = free.clone().next();
        free.find(|card| card.translators.is_empty()).or(first).or(group.first())
    }

    /// What an essay was made from; none if it is an original.
    pub(super) fn of<'g>(&self, group: &'g [Arc<Card>], card: &Arc<Card>) -> Option<Made<'g>>
    where
        'a: 'g,
    {
        let record = self.record(&card.key, &card.lang);
        let root = self.root(group).filter(|root| root.lang != card.lang);
        let Some((_, made)) = record else {
            return root.map(|root| Made { original: Some(root), record: None });
        };
        let original = group.iter().find(|other| other.lang == made.from && other.lang != card.lang);
        // Where each is recorded to be made from the other, the first is the original.
        if original.is_some() && root.is_none() {
            return None;
        }
        Some(Made { original, record })
    }

    /// Records for which there is no translation any more.
    pub(super) fn gone(&self, groups: &Groups) -> Vec<Item> {
        let moved: HashSet<&Place> = self.moved.values().copied().collect();
        let orphans = self
            .records
            .all
            .iter()
            .filter(|(place, _)| !moved.contains(place) && !has(groups, &place.0, &place.1));
        orphans
            .map(|((key, lang), record)| Item {
                key: key.clone(),
                lang: lang.clone(),
                status: Status::Gone,
                original: find(groups, key, &record.from).cloned(),
                translation: None,
                recorded: Some(key.clone()),
                fields: Vec::new(),
                steps: Vec::new(),
            })
            .collect()
    }
}

/// A record and its place.
type Lost<'a> = (&'a Place, &'a Record);

/// Records whose translation or whose original is not there.
fn find_lost<'a>(groups: &Groups, records: &'a Records) -> Vec<Lost<'a>> {
    let is_lost =
        |((key, lang), record): &Lost<'a>| !has(groups, key, lang) || !has(groups, key, &record.from);
    records.all.iter().filter(is_lost).collect()
}

/// Where a record lost its essay, and an essay with half of its blocks has no record: it is the same under another name.
fn find_moved<'a>(groups: &Groups, records: &'a Records, lost: &[Lost<'a>]) -> BTreeMap<Place, &'a Place> {
    let mut moved = BTreeMap::new();
    if lost.is_empty() {
        return moved;
    }
    let mut by_block: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, (_, record)) in lost.iter().enumerate() {
        for hash in record.blocks.iter().map(|block| block.hash).collect::<BTreeSet<_>>() {
            by_block.entry(hash).or_default().push(at);
        }
    }
    let mut taken = HashSet::new();
    for group in groups.values().filter(|group| group.len() > 1) {
        for card in group {
            let place = (card.key.clone(), card.lang.clone());
            if records.all.contains_key(&place) {
                continue;
            }
            let fits =
                |at: &usize, original: &Card| lost[*at].0.1 == card.lang && lost[*at].1.from == original.lang;
            let found = group.iter().filter(|original| original.lang != card.lang).find_map(|original| {
                let known = original.blocks.iter().filter_map(|block| by_block.get(&block.hash)).flatten();
                most(known.filter(|at| fits(at, original)).copied())
                    .filter(|(at, count)| 2 * count >= lost[*at].1.blocks.len().max(original.blocks.len()))
            });
            if let Some((at, _)) = found.filter(|(at, _)| taken.insert(*at)) {
                moved.insert(place, lost[at].0);
            }
        }
    }
    moved
}

/// The number that comes most often, and how often; of several the lowest.
fn most(numbers: impl Iterator<Item = usize>) -> Option<(usize, usize)> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    numbers.for_each(|number| *counts.entry(number).or_default() += 1);
    counts.into_iter().max_by_key(|(number, count)| (*count, Reverse(*number)))
}

/// Whether there is a version of an essay in a language.
fn has(groups: &Groups, key: &Arc<str>, lang: &Lang) -> bool {
    find(groups, key, lang).is_some()
}

fn find<'g>(groups: &'g Groups, key: &Arc<str>, lang: &Lang) -> Option<&'g Arc<Card>> {
    let of_kind = |kind| groups.get(&(kind, key.clone()))?.iter().find(|card| &card.lang == lang);
    of_kind(Kind::Page).or_else(|| of_kind(Kind::Section))
}
