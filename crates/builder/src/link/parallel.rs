//! Which essays can be read beside which of their versions.

use fika_model::{Borrow, Config, Entry, EntryId, Kind, Text};

/// Sets `parallel` of every essay. Where one version says no, there is no such page, nor for the same words in two scripts.
pub(super) fn set(config: &Config, all: &mut [Entry]) {
    for at in 0..all.len() {
        let entry = &all[at];
        if entry.card.kind != Kind::Page || entry.is_fallback() {
            continue;
        }
        let words = words(all, EntryId(at as u32));
        let with = |id: &EntryId| {
            let other = &all[id.0 as usize];
            let said = [entry.card.parallel, other.card.parallel];
            self::words(all, *id) != words
                && match said {
                    _ if said.contains(&Some(false)) => false,
                    _ => said.contains(&Some(true)) || config.translations.parallel,
                }
        };
        let parallel = entry.translations.iter().copied().filter(with).collect();
        all[at].parallel = parallel;
    }
}

/// Whose words an entry shows, in whatever script.
pub(crate) fn words(all: &[Entry], id: EntryId) -> EntryId {
    match all[id.0 as usize].text {
        Text::Borrowed { from, how: Borrow::Derived } => from,
        _ => id,
    }
}
