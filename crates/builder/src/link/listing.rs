//! Which essays stand in a section's list: its own, those that its language shows in the words of another, and guests that have
//! their page in another language.

use fika_model::{Card, Config, Entry, EntryId, Kind, Lang, Listing, guests};

/// Whether a section's list holds an entry that lies in it.
pub(super) fn holds(config: &Config, all: &[Entry], section: EntryId, id: EntryId) -> bool {
    let entry = &all[id.0 as usize];
    !entry.is_fallback()
        || entry.card.kind == Kind::Section
        || policy(config, &all[section.0 as usize]) >= Listing::Originals
}

/// Puts the essays that have no version in a language into the sections of that language where they would lie.
pub(super) fn invite(
    config: &Config,
    all: &mut [Entry],
    section_of: &dyn Fn(&Card, &Lang) -> Option<EntryId>,
) {
    let wants_guests = |entry: &Entry| policy(config, entry) > Listing::Own;
    let sections = all.iter().filter(|entry| entry.card.kind == Kind::Section && wants_guests(entry));
    let wanted: Vec<Lang> = sections.map(|section| section.lang.clone()).collect();
    for language in config.languages.iter().filter(|language| wanted.contains(&language.lang)) {
        for guest in guests(config, all, language) {
            let card = &all[guest.entry.0 as usize].card;
            let Some(section) = section_of(card, &language.lang) else { continue };
            if guest.by <= policy(config, &all[section.0 as usize]) {
                all[section.0 as usize].pages.push(guest.entry);
            }
        }
    }
}

/// What a section says, or else its language.
fn policy(config: &Config, section: &Entry) -> Listing {
    let own = section.card.section.as_ref().and_then(|section| section.listing);
    own.or_else(|| Some(config.language(&section.lang)?.listing.lists)).unwrap_or_default()
}
