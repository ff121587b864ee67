//! Which essays can be read beside which of their versions.

use fika_model::{Config, Entry, EntryId, Kind};

/// Sets `parallel` of every essay. Where one version says no, there is no such page.
pub(super) fn set(config: &Config, all: &mut [Entry]) {
    for at in 0..all.len() {
        let entry = &all[at];
        if entry.card.kind != Kind::Page || !entry.is_own() {
            continue;
        }
        let with = |id: &EntryId| {
            let other = &all[id.0 as usize];
            let said = [entry.card.parallel, other.card.parallel];
            other.is_own()
                && match said {
                    _ if said.contains(&Some(false)) => false,
                    _ => said.contains(&Some(true)) || config.translations.parallel,
                }
        };
        let parallel = entry.translations.iter().copied().filter(with).collect();
        all[at].parallel = parallel;
    }
}
