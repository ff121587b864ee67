//! Pages in a language for essays that have no words in it. Such an entry stands in its language's part of the site, with an
//! address, a section and a list of its own, and borrows its words: the card is shared, and the body is found by its source.

use std::collections::HashSet;

use fika_model::{Borrow, Card, Config, Entry, EntryId, Text};

use super::DerivedCard;
use super::entries::{Group, placed};

/// Adds an entry for each derived card whose language has no words of its own for it: an authored file wins.
pub(super) fn derive(config: &Config, all: &mut Vec<Entry>, derived: Vec<DerivedCard>) {
    if derived.is_empty() {
        return;
    }
    let name = |card: &Card| (card.kind, card.key.clone(), card.lang.clone());
    let authored: HashSet<_> = all.iter().map(|entry| name(&entry.card)).collect();
    for (from, card) in derived {
        if !authored.contains(&name(&card)) {
            let lang = card.lang.clone();
            all.push(placed(config, card, lang, Text::Borrowed { from, how: Borrow::Derived }));
        }
    }
}

/// Adds an entry for each language that shows what it lacks in the words of another, and puts it into its group.
pub(super) fn fall_back(config: &Config, all: &mut Vec<Entry>, groups: &mut [Group]) {
    for language in config.languages.iter().filter(|language| !language.fallback.rendered().is_empty()) {
        for group in &mut *groups {
            let version = |lang| group.iter().copied().find(|id: &EntryId| &all[id.0 as usize].lang == lang);
            if version(&language.lang).is_some() {
                continue;
            }
            // A language that falls back itself has nothing to lend.
            let lends = |id: &EntryId| lends(&all[id.0 as usize]);
            let Some(from) = language.fallback.rendered().iter().find_map(|lang| version(lang).filter(lends))
            else {
                continue;
            };
            let text = Text::Borrowed { from, how: Borrow::Fallback };
            let card = all[from.0 as usize].card.clone();
            group.push(EntryId(all.len() as u32));
            all.push(placed(config, card, language.lang.clone(), text));
        }
    }
}

/// Whether another language may show the words of an entry: not those of a home page, which every language has, nor of a section that only leads
/// elsewhere.
fn lends(entry: &Entry) -> bool {
    let leads_elsewhere = entry.card.section.as_ref().is_some_and(|section| section.redirect_to.is_some());
    !entry.is_fallback() && !entry.synthetic && !leads_elsewhere
}
