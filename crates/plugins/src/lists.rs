//! What lists of essays have in common.

use std::cmp::Reverse;

use fika_model::{Entry, EntryId};

/// Newest first, those without a date last, ties by title, then path: as sections are sorted.
pub(crate) fn newest_first(entries: &[Entry], ids: &mut [EntryId]) {
    let key = |id: &EntryId| {
        let card = &entries[id.0 as usize].card;
        (Reverse(card.date), &card.order, &card.title, &card.source)
    };
    ids.sort_by(|a, b| key(a).cmp(&key(b)));
}
