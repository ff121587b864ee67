//! Which essays can be read beside which of their versions.

use fika_model::{Borrow, Config, Entry, EntryId, Kind};

/// Sets `parallel` of every essay. Where one version says no, there is no such page, nor for the same words in two scripts.
pub(super) fn set(config: &Config, all: &mut [Entry]) {
    for at in 0..all.len() {
        let entry = &all[at];
        if entry.card.kind != Kind::Page || entry.is_fallback() {
            continue;
        }
        let words = written(entry, EntryId(at as u32));
        let with = |id: &EntryId| {
            let other = &all[id.0 as usize];
            let said = [entry.card.parallel, other.card.parallel];
            written(other, *id) != words
                && match said {
                    _ if said.contains(&Some(false)) => false,
                    _ => said.contains(&Some(true)) || config.translations.parallel,
                }
        };
        let parallel = entry.translations.iter().copied().filter(with).collect();
        all[at].parallel = parallel;
    }
}

/// The entry for which the words of one were written, in whatever script that shows them.
pub(crate) fn written(entry: &Entry, id: EntryId) -> EntryId {
    entry.borrowed(Borrow::Derived).unwrap_or(id)
}
