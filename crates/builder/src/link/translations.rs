//! Tells every page how it stands to its original, and the writer what became stale or lost.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use fika_model::{
    CONFIG, Card, Config, Diagnostic, EntryId, Kind, Site, Translation, TranslationState, nearest,
};

use crate::parse::Essays;
use crate::translations::{Item, RECORDS, Status, Survey};

/// Folders of which the configuration expects translations, and in which there is nothing to translate: misspelt ones, as a rule.
pub(super) fn empty_folders(config: &Config, essays: &Essays<'_>, out: &mut Vec<Diagnostic>) {
    if config.translations.expect.is_empty() {
        return;
    }
    let mut folders: Vec<Arc<str>> = essays.cards().iter().map(|card| card.dir.clone()).collect();
    folders.sort_unstable();
    folders.dedup();
    for folder in config.translations.unknown_folders(&folders) {
        let message = format!("translations are expected of the folder `{folder}`, which holds no essay");
        let help = match nearest(folder, folders.iter().map(|dir| &**dir)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("name a folder of `{}`, or delete it here", config.content_dir),
        };
        let fault = Diagnostic::warning("unknown-folder", CONFIG, message).help(help);
        out.push(fault.about("translations", [folder]));
    }
}

/// Folders at the top that are called like a language which the site does not have, and hold a translation: what lies in one is taken for
/// essays of its own in another language.
pub(super) fn foreign_folders(config: &Config, essays: &Essays<'_>, out: &mut Vec<Diagnostic>) {
    let cards = || essays.all.iter().map(|parsed| &*parsed.card);
    let is_foreign =
        |folder: &str| config.language_for(folder).is_none() && fika_parser::names_a_language(folder);
    let foreign = cards().filter_map(|card| Some((card.kind, card.key.split_once('/')?)));
    let foreign: Vec<_> = foreign.filter(|(_, (folder, _))| is_foreign(folder)).collect();
    if foreign.is_empty() {
        return;
    }
    let known: HashSet<(Kind, &str)> = cards().map(|card| (card.kind, &*card.key)).collect();
    let twins = foreign.into_iter().filter(|(kind, (_, rest))| known.contains(&(*kind, *rest)));
    for folder in twins.map(|(_, (folder, _))| folder).collect::<BTreeSet<_>>() {
        let default = &config.default_language().lang;
        let message = format!(
            "the folder `{folder}` has the name of a language that this site does not have; what is in it is taken for essays in `{default}`"
        );
        let path = if config.content_dir.is_empty() {
            folder.to_owned()
        } else {
            format!("{}/{folder}", config.content_dir)
        };
        out.push(
            Diagnostic::warning("unknown-language", path, message)
                .help(format!("add `{folder}` to `languages` in fika.yaml, or give the folder another name")),
        );
    }
}

/// Sets `translation` of every entry that is one.
pub(super) fn set(site: &mut Site, survey: &Survey) {
    for item in &survey.items {
        if let Some((id, translation)) = of(site, item) {
            site.entries[id.0 as usize].translation = Some(translation);
        }
    }
}

/// Sets it once more for these items and gives the entries for which it is another. Nothing if an entry has another original, whose
/// anchors it would share, or was none before.
pub(super) fn set_again<'a>(site: &mut Site, items: impl Iterator<Item = &'a Item>) -> Option<Vec<EntryId>> {
    let mut changed = Vec::new();
    for item in items {
        let Some((id, translation)) = of(site, item) else { continue };
        let known = site.entries[id.0 as usize].translation.as_mut()?;
        if known.original != translation.original {
            return None;
        }
        if *known != translation {
            *known = translation;
            changed.push(id);
        }
    }
    Some(changed)
}

/// The entry that an item is about, and how it stands.
pub(super) fn of(site: &Site, item: &Item) -> Option<(EntryId, Translation)> {
    let id = |card: &Card| site.index.source.get(&card.source).copied();
    let (Status::There(state), Some(card)) = (item.status, &item.translation) else { return None };
    let original = item.original.as_deref().and_then(id);
    let (changed, added, removed) = item.counts();
    let fields = item.fields.iter().map(|(field, _)| *field).collect();
    Some((id(card)?, Translation { state, original, fields, changed, added, removed }))
}

/// Notes on what became stale or lost. They never fail a build: the text is still there, and `fika translations --check` is
/// the command that fails. What is missing or was never recorded is counted by the command in one line.
/// Nothing is called gone while something could not be read.
pub(super) fn report(site: &Site, survey: &Survey, is_all_read: bool, out: &mut Vec<Diagnostic>) {
    for item in &survey.items {
        match (item.status, &item.translation) {
            (Status::There(TranslationState::Stale), Some(card))
                if site.index.source.contains_key(&card.source) =>
            {
                let what = item.changes_of("blocks: ");
                let message = format!("the original has changed since this translation ({what})");
                let help = format!(
                    "`fika translations` shows what; once this is up to date, run `fika translations mark {}`",
                    card.source
                );
                out.push(Diagnostic::note("stale-translation", card.source.clone(), message).help(help));
            }
            (Status::There(TranslationState::Orphaned), Some(card)) if is_all_read => {
                let message = "the original of this translation is gone";
                let help = "if it has another name now, give both files one `key:`; if this is an original now, \
                    run `fika translations prune`";
                out.push(Diagnostic::note("orphaned-translation", card.source.clone(), message).help(help));
            }
            (Status::Gone, _) if is_all_read => out.push(gone(item)),
            _ => {}
        }
    }
}

fn gone(item: &Item) -> Diagnostic {
    let message = format!("`{}` is recorded in {} and is not there", item.key, item.lang);
    Diagnostic::note("orphaned-translation", RECORDS, message)
        .help("put the translation back, or forget it with `fika translations prune`")
}
