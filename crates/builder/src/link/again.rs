//! Linking once more after an edit of running text, which moves nothing: the site of the build before is taken over, and only
//! the cards of the edited essays are exchanged.
//!
//! What `link` may look at of a card is its *outline*, all but what follows from the running text (`parse::outline` says what
//! that is). As long as every outline, and whatever else `link` reads, is the same, linking anew would make the same site again; how
//! translations stand, which does follow from the running text, is set after all else.
//! Builds with debug assertions, which all tests are, do link anew and compare.

use std::sync::Arc;

use fika_model::{
    Card, DateTime, Diagnostic, Entry, EntryId, Fingerprint, Fingerprinter, Lang, PageId, Records, Site,
    SourceKind, Translation,
};
use fika_plugin::{Additions, Hook, Plugins, Sees};

use super::places::Found;
use super::{Linking, ask_plugins, fingerprint_of, is_out, survey_of, translations};
use crate::Input;
use crate::memo::Parsed;
use crate::parse::Essays;
use crate::translations::{Item, Survey};

/// The most edited essays at once for which this pays.
const MOST: usize = 32;

/// A linked site, and what to compare the next one with.
pub(crate) struct Linked {
    /// See [`given`].
    given: Fingerprint,
    /// What it was linked from.
    essays: Arc<[Arc<Parsed>]>,
    records: Arc<Records>,
    /// The moments from which and until which the same essays are published.
    since: DateTime,
    until: Option<DateTime>,
    /// See [`Linking::outlines`].
    outlines: Fingerprint,
    site: Arc<Site>,
    /// See [`Linking::pages`].
    pages: Vec<(Lang, usize)>,
    additions: Additions,
    survey: Survey,
    /// What is said of drafts.
    notes: Vec<Diagnostic>,
    diagnostics: Vec<Diagnostic>,
    /// Where in files the keys behind these are.
    pub(super) found: Found,
}

/// The fingerprint of everything that linking depends on but the essays, the moment, and what is recorded of translations.
fn given(input: &Input, plugins: &Plugins) -> Fingerprint {
    let Input {
        config,
        sources,
        world: _,
        theme: _,
        theme_fingerprint,
        params: _,
        now: _,
        drafts,
        records: _,
        is_whole: _,
    } = input;
    let mut parts = Fingerprinter::new();
    parts.add(config.fingerprint).add(config.base_url.to_string()).add(theme_fingerprint);
    parts.add(plugins.fingerprint(&[Hook::Site])).add_u64(u64::from(*drafts));
    for source in sources.iter().filter(|source| source.kind != SourceKind::Content) {
        parts.add_u64(source.kind as u64).add(&*source.path);
    }
    parts.finish()
}

/// The card of an edited essay as it was and as it is.
type Exchange = (Arc<Card>, Arc<Card>);

impl Linked {
    /// Links the site from nothing.
    pub(super) fn anew(input: &Input, essays: &Essays<'_>, plugins: &Plugins) -> Linked {
        let published = super::publish(input, essays);
        let given = given(input, plugins);
        let mut outlines = Fingerprinter::new();
        outlines.add(given).add_all(essays.all.iter().map(|parsed| parsed.outline));
        outlines.add_all(published.withheld.keys().map(|source| &**source));
        // How translations stand depends on the cards alone.
        let place = || super::place(input, essays, plugins, &published);
        let (placed, survey) = rayon::join(place, || survey_of(input, essays));
        let (site, additions, diagnostics) = super::join(placed, essays, &survey);
        // What plugins add may depend on more than outlines.
        outlines.add_all(site.pages.iter().map(|page| page.route.as_str()));
        outlines.add_all(additions.routes.iter().map(|route| route.as_str()));
        Linked {
            given,
            essays: essays.all.clone(),
            records: input.records.clone(),
            since: input.now,
            until: published.until,
            outlines: outlines.finish(),
            pages: super::count(&site),
            site: Arc::new(site),
            additions,
            survey,
            notes: published.notes,
            diagnostics,
            found: Found::default(),
        }
    }

    /// What the phases after this one need. `changed`: see [`Linking::changed`].
    pub(super) fn linking(
        &self,
        changed: Option<Vec<EntryId>>,
        is_all_read: bool,
        out: &mut Vec<Diagnostic>,
    ) -> Linking {
        out.extend(self.notes.iter().chain(&self.diagnostics).cloned());
        translations::report(&self.site, &self.survey, is_all_read, out);
        Linking {
            site: self.site.clone(),
            changed,
            outlines: self.outlines,
            pages: self.pages.clone(),
            tally: self.survey.tally(),
        }
    }

    /// The site with the new cards, and the entries that show one. Nothing if it has to be linked anew.
    pub(super) fn again(
        mut self,
        input: &Input,
        essays: &Essays<'_>,
        plugins: &Plugins,
    ) -> Option<(Linked, Vec<EntryId>)> {
        let now = input.now.timestamp();
        let is_time = self.since.timestamp() <= now && self.until.is_none_or(|until| now < until.timestamp());
        if !is_time || self.given != given(input, plugins) {
            return None;
        }
        let (edited, mut changed) = self.exchange(essays)?;
        let site = Arc::get_mut(&mut self.site)?;
        // A plugin may have looked at the running text too: what it adds to the site must be the same.
        if plugins.with(Hook::Site).any(|plugin| plugin.sees() == Sees::Cards) && !changed.is_empty() {
            let (draft, late) = as_draft(std::mem::take(&mut site.entries));
            let additions = ask_plugins(&input.config, plugins, &draft);
            site.entries = restored(draft, late);
            if additions != self.additions {
                return None;
            }
        }
        changed.extend(translate(site, &mut self.survey, &self.records, &edited, input, essays)?);
        changed.sort_unstable();
        changed.dedup();
        self.records = input.records.clone();
        site.now = input.now;
        for &id in &changed {
            let fingerprint = fingerprint_of(site, essays, id);
            site.entries[id.0 as usize].fingerprint = fingerprint;
        }
        if cfg!(debug_assertions) {
            self.compare(&Linked::anew(input, essays, plugins));
        }
        Some((self, changed))
    }

    /// Gives the entries of edited essays their new cards. Gives the cards, the old one and the new one of each essay, and the entries.
    fn exchange(&mut self, essays: &Essays<'_>) -> Option<(Vec<Exchange>, Vec<EntryId>)> {
        let edited: Vec<(&Arc<Parsed>, &Arc<Parsed>)> =
            self.essays.iter().zip(&*essays.all).filter(|(old, new)| !Arc::ptr_eq(old, new)).collect();
        let moves = |(old, new): &(&Arc<Parsed>, &Arc<Parsed>)| {
            // What is told of an edited file shows its lines.
            let is_told = self.diagnostics.iter().any(|fault| fault.path == old.card.source);
            old.outline != new.outline || is_told
        };
        if self.essays.len() != essays.all.len() || edited.len() > MOST || edited.iter().any(moves) {
            return None;
        }
        // Somebody else (the build before, on its way out) may still look at the site.
        let site = Arc::get_mut(&mut self.site)?;
        let mut changed = Vec::with_capacity(edited.len());
        for (old, new) in &edited {
            // A version in another script has the key of its original.
            for &id in site.index.key.get(&old.card.key).into_iter().flatten() {
                let entry = &mut site.entries[id.0 as usize];
                if Arc::ptr_eq(&entry.card, &old.card) {
                    entry.card = new.card.clone();
                } else if entry.card.source == old.card.source {
                    entry.card =
                        new.derived.iter().find(|derived| derived.card.lang == entry.card.lang)?.card.clone();
                } else {
                    continue;
                }
                changed.push(id);
            }
        }
        let cards = edited.iter().map(|(old, new)| (old.card.clone(), new.card.clone())).collect();
        self.essays = essays.all.clone();
        Some((cards, changed))
    }

    /// Panics if linking anew gives another site: then `link` looks at something that is not compared, or that `parse::outline`
    /// leaves out.
    fn compare(&self, anew: &Linked) {
        let why = "`link` depends on something that `again::given` (or `parse::outline`) leaves out";
        let (site, other) = (&self.site, &anew.site);
        assert_eq!(site.entries, other.entries, "{why}");
        assert_eq!(site.pages, other.pages, "{why}");
        assert_eq!(site.files, other.files, "{why}");
        assert_eq!(site.addresses, other.addresses, "{why}");
        assert_eq!(site.homes, other.homes, "{why}");
        assert_eq!(site.index.withheld, other.index.withheld, "{why}");
        assert_eq!(self.additions, anew.additions, "{why}");
        assert_eq!(self.survey.items, anew.survey.items, "{why}");
        assert_eq!(self.outlines, anew.outlines, "{why}");
        assert_eq!((&self.notes, &self.diagnostics), (&anew.notes, &anew.diagnostics), "{why}");
    }
}

/// Surveys the translations once more and gives the entries that stand otherwise to their originals. Nothing if one has another
/// original.
fn translate(
    site: &mut Site,
    survey: &mut Survey,
    records: &Arc<Records>,
    edited: &[Exchange],
    input: &Input,
    essays: &Essays<'_>,
) -> Option<Vec<EntryId>> {
    let same_records = Arc::ptr_eq(records, &input.records) || *records == input.records;
    let is_out = |card: &Card| is_out(input, card);
    let again = if same_records { survey.again(&input.config, records, edited, &is_out) } else { None };
    if let Some(places) = again {
        return translations::set_again(site, places.iter().map(|&place| &survey.items[place]));
    }
    *survey = survey_of(input, essays);
    let there = site.entries.iter().filter(|entry| entry.translation.is_some()).count();
    let is_there = |item: &&Item| translations::of(site, item).is_some();
    if survey.items.iter().filter(is_there).count() != there {
        return None;
    }
    translations::set_again(site, survey.items.iter())
}

/// What entries get after plugins have looked at them.
type Late = (Option<PageId>, Vec<EntryId>, Option<Translation>, Fingerprint);

/// Entries as plugins see them, and what they do not see yet.
fn as_draft(mut entries: Vec<Entry>) -> (Vec<Entry>, Vec<Late>) {
    let late = |entry: &mut Entry| {
        let backlinks = std::mem::take(&mut entry.backlinks);
        (entry.page.take(), backlinks, entry.translation.take(), std::mem::take(&mut entry.fingerprint))
    };
    let late = entries.iter_mut().map(late).collect();
    (entries, late)
}

fn restored(mut draft: Vec<Entry>, late: Vec<Late>) -> Vec<Entry> {
    for (entry, (page, backlinks, translation, fingerprint)) in draft.iter_mut().zip(late) {
        (entry.page, entry.backlinks) = (page, backlinks);
        (entry.translation, entry.fingerprint) = (translation, fingerprint);
    }
    draft
}
