//! `fika translations`: which are missing, stale or orphaned, and what changed; `mark` and `prune` write `translations.lock`.

mod history;
mod show;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use fika_builder::{
    Input, Item, LoadOptions, Loaded, Memo, RECORDS, Status, Survey, is_unreadable, mark, prune, record_of,
};
use fika_model::{Card, Diagnostic, Lang, Records, TranslationState};

use crate::args::{Mark, Translations, TranslationsCommand};
use crate::output::{self, Ending, Usage};
use crate::report;
use crate::site;

/// A site whose translations were surveyed.
pub(crate) struct Surveyed {
    pub(crate) input: Input,
    pub(crate) survey: Survey,
    /// What is wrong with `translations.lock`, and what could not be read.
    faults: Vec<Diagnostic>,
}

/// Surveys the translations of a site.
fn survey(loaded: Loaded, mut memo: Memo) -> Surveyed {
    let (plugins, _) = site::plugins(&loaded.input.config);
    let (input, _) = loaded.input.with_sources_of(&plugins);
    let survey = fika_builder::survey(&input, &plugins, &mut memo);
    let faults = loaded.diagnostics.into_iter().chain(survey.unread.iter().cloned());
    let faults = faults.filter(|fault| fault.code == "translations-lock" || is_unreadable(fault)).collect();
    Surveyed { input, survey, faults }
}

impl Surveyed {
    /// What could not be read.
    fn unread(&self) -> Vec<Diagnostic> {
        self.faults.iter().filter(|fault| is_unreadable(fault)).cloned().collect()
    }

    /// The language that was asked for, if one was.
    fn language(&self, tag: Option<&str>) -> Result<Option<&Lang>, Usage> {
        let found = tag.map(|tag| site::language(&self.input.config, tag)).transpose()?;
        Ok(found.map(|language| &language.lang))
    }

    /// Whether a translation is meant: by its own path, or with all others by the path or key of its original.
    fn is_meant(&self, item: &Item, essay: &str) -> bool {
        let card = |card: &Option<Arc<Card>>| card.as_ref().is_some_and(|card| self.is_path(card, essay));
        &*item.key == essay || card(&item.translation) || card(&item.original)
    }

    /// Whether a file is meant, by its path from the site's root or from the content folder.
    fn is_path(&self, card: &Card, written: &str) -> bool {
        let written = fika_model::normalize(written).replace('\\', "/");
        let below = card.source.strip_prefix(&*self.input.config.content_dir);
        *card.source == *written || below.and_then(|below| below.strip_prefix('/')) == Some(&written)
    }
}

/// Lists translations, or records what was done about them.
pub(crate) fn translations(root: &Path, args: &Translations) -> anyhow::Result<Ending> {
    let _lock = args.command.as_ref().map(|_| site::lock(root)).transpose()?;
    let options = LoadOptions { root: root.to_owned(), ..LoadOptions::default() };
    let (memo, loaded) = fika_builder::open(&options, &site::build_id());
    if let Some(ending) = site::stopped(&loaded, args.json)? {
        return Ok(ending);
    }
    let site = survey(loaded, memo);
    let unread = site.unread();
    match &args.command {
        None => list(root, &site, args),
        Some(_) if !unread.is_empty() => site::refuse(&unread, false),
        Some(TranslationsCommand::Mark(args)) => mark_some(root, &site, args),
        Some(TranslationsCommand::Prune) => {
            let records = prune(&site.input.records, &site.survey);
            let gone = site.input.records.all.len() - records.all.len();
            if gone > 0 {
                write(root, &records)?;
            }
            output::say(&format!("{} forgotten", count(gone, "record")))?;
            Ok(Ending::Good)
        }
    }
}

fn list(root: &Path, site: &Surveyed, args: &Translations) -> anyhow::Result<Ending> {
    let lang = site.language(args.lang.as_deref())?;
    let mut shown = site.survey.clone();
    shown.items.retain(|item| lang.is_none_or(|lang| &item.lang == lang));
    if args.json {
        output::print(show::json(root, &site.input, &shown)?.as_bytes())?;
    } else {
        if !site.faults.is_empty() {
            output::note(&format!("{}\n", report::coloured(&site.faults)));
        }
        output::print(show::text(root, &site.input, &shown).as_bytes())?;
    }
    let fails = |item: &&Item| {
        let state = item.status;
        matches!(state, Status::Missing | Status::Gone)
            || matches!(state, Status::There(TranslationState::Stale | TranslationState::Orphaned))
    };
    let failing = shown.items.iter().filter(fails).count();
    if !args.check || (failing == 0 && site.faults.is_empty()) {
        return Ok(Ending::Good);
    }
    let verb = if failing == 1 { "needs" } else { "need" };
    output::note(&format!("{} {verb} attention", count(failing, "translation")));
    Ok(Ending::Problems)
}

fn mark_some(root: &Path, site: &Surveyed, args: &Mark) -> anyhow::Result<Ending> {
    let lang = site.language(args.lang.as_deref())?;
    let essays: Vec<String> = args.essays.iter().map(|essay| site::essay(root, essay)).collect();
    let (records, marked) = match &args.from {
        Some(from) => turned(site, &essays, &site::language(&site.input.config, from)?.lang)?,
        None => current(site, &essays, lang)?,
    };
    write(root, &records)?;
    marked.iter().try_for_each(|source| output::say(source))?;
    Ok(Ending::Good)
}

/// The records with the translations of these essays, or without any essay of all, as they are now; and their sources.
fn current(
    site: &Surveyed,
    essays: &[String],
    lang: Option<&Lang>,
) -> anyhow::Result<(Records, Vec<Arc<str>>)> {
    let of_lang = |item: &Item| lang.is_none_or(|lang| &item.lang == lang);
    let there = |item: &Item| item.original.is_some() && matches!(item.status, Status::There(_));
    for essay in essays {
        let meant = |item: &&Item| of_lang(item) && site.is_meant(item, essay);
        let mut found = site.survey.items.iter().filter(meant).peekable();
        let Some(first) = found.peek().copied() else {
            return Err(not_into(site, essay, lang).unwrap_or_else(|| unknown(site, essay)).into());
        };
        if !found.any(there) {
            bail!("there is nothing to mark: `{}` is {}", first.key, first.status.name());
        }
    }
    let chosen = |item: &Item| {
        of_lang(item) && (essays.is_empty() || essays.iter().any(|essay| site.is_meant(item, essay)))
    };
    let marked = site.survey.items.iter().filter(|item| chosen(item) && there(item));
    let marked = marked.filter_map(|item| Some(item.translation.as_ref()?.source.clone())).collect();
    Ok((mark(&site.input.records, &site.survey, &chosen), marked))
}

/// The records with essays as the translations of their versions in another language, whichever of them came first in the site; and their
/// sources.
fn turned(site: &Surveyed, essays: &[String], from: &Lang) -> anyhow::Result<(Records, Vec<Arc<str>>)> {
    let mut records = site.input.records.as_ref().clone();
    let cards = site.survey.items.iter().flat_map(|item| [item.original.as_ref(), item.translation.as_ref()]);
    let cards: Vec<_> = cards.flatten().collect();
    let mut marked = Vec::new();
    for essay in essays {
        let Some(card) = cards.iter().find(|card| site.is_path(card, essay)) else {
            return Err(unknown(site, essay).into());
        };
        let Some(original) = cards.iter().find(|other| other.key == card.key && &other.lang == from) else {
            bail!("`{essay}` has no version in {from}");
        };
        if original.lang == card.lang {
            return Err(Usage(format!("`{essay}` is in {from} itself")).into());
        }
        records.all.remove(&(original.key.clone(), original.lang.clone()));
        records.all.insert((card.key.clone(), card.lang.clone()), record_of(original));
        marked.push(card.source.clone());
    }
    Ok((records, marked))
}

/// An essay that is known, and no translation into the language that was asked for.
fn not_into(site: &Surveyed, essay: &str, lang: Option<&Lang>) -> Option<Usage> {
    let lang = lang?;
    let meant: Vec<&Item> = site.survey.items.iter().filter(|item| site.is_meant(item, essay)).collect();
    let own = |item: &&&Item| item.translation.as_ref().is_some_and(|card| site.is_path(card, essay));
    let known: Vec<&str> = meant.iter().map(|item| item.lang.as_str()).collect();
    match meant.iter().find(own) {
        Some(item) => Some(Usage(format!("`{essay}` is a translation into {}, not into {lang}", item.lang))),
        None if known.is_empty() => None,
        None => Some(Usage(format!(
            "`{essay}` has a translation into {}, and none into {lang}",
            known.join(", ")
        ))),
    }
}

fn unknown(site: &Surveyed, essay: &str) -> Usage {
    let paths = site.survey.items.iter().flat_map(|item| [&item.original, &item.translation]).flatten();
    match fika_model::nearest(essay, paths.map(|card| &*card.source)) {
        Some(near) => {
            Usage(format!("`{essay}` is not a translation or its original; did you mean `{near}`?"))
        }
        None => Usage(format!(
            "`{essay}` is not a translation or its original; `fika translations` lists what there is"
        )),
    }
}

/// Writes `translations.lock`, whole or not at all.
pub(crate) fn write(root: &Path, records: &Records) -> anyhow::Result<()> {
    if records.foreign {
        bail!("`{RECORDS}` is not a file that this fika wrote, and is left alone");
    }
    let unfinished = root.join(format!(".{RECORDS}.unfinished"));
    fs::write(&unfinished, fika_parser::write_records(records))
        .and_then(|()| fs::rename(&unfinished, root.join(RECORDS)))
        .with_context(|| format!("cannot write `{RECORDS}`"))
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
