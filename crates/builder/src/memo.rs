//! What a build remembers for the next one, in memory and on disk. A memo never changes what is made, only how fast:
//! a damaged, foreign or older one is silently an empty one.
#![allow(clippy::disallowed_methods)] // the memo's file is read and written here

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fika_i18n::Converters;
use fika_model::{Body, Card, Diagnostic, Entry, Fingerprint, Records, Route, Source, Stamp};
use fika_theme::{Earlier, Query, Theme};
use serde::{Deserialize, Serialize};

use crate::link::Linked;
use crate::listing::Listing;
use crate::parse::Places;
use crate::parts::Parts;
use crate::settled::Settled;
use crate::store;

/// The memory of earlier builds.
#[derive(Default)]
pub struct Memo {
    pub(crate) kept: Kept,
    /// The theme as it was last loaded, by the fingerprint of its files.
    theme: Option<Read<Theme>>,
    /// What is recorded of translations, likewise.
    records: Option<Read<Records>>,
    /// The files of the site as they were last listed.
    pub(crate) listing: Option<Listing>,
    /// Where each essay stands among all.
    pub(crate) places: Places,
    /// The site as it was last linked.
    pub(crate) linked: Option<Linked>,
    /// The pages as they were last made.
    pub(crate) settled: Option<Settled>,
    /// What was left over when pages were last rendered.
    pub(crate) earlier: Option<Earlier>,
    /// What converts essays into another script, once it was needed.
    pub(crate) converters: Arc<Converters>,
    /// What plugins made of parts of essays.
    pub(crate) parts: Arc<Parts>,
    /// Whether anything differs from what the disk holds.
    pub(crate) changed: bool,
}

/// The part of a memo that outlives its process.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The executable that made it: another one may parse or render otherwise.
    build_id: Fingerprint,
    /// Fingerprints of files by path, good while the stamp is the same.
    pub(crate) stamps: HashMap<Arc<str>, (Stamp, Fingerprint)>,
    /// What every essay was parsed with: configuration and plugins.
    pub(crate) parse_key: Fingerprint,
    /// Essays, sorted by path. On disk they stand behind the rest, where all threads can read them.
    #[serde(skip)]
    pub(crate) essays: Arc<[Arc<Parsed>]>,
    /// Pages by address.
    pub(crate) pages: HashMap<Route, Render>,
    /// Sets of questions that pages asked; most pages ask the same ones.
    pub(crate) asked: Vec<Vec<Query>>,
    /// What plugins made in the `files` hook, by name.
    pub(crate) files: HashMap<String, Made>,
}

impl Kept {
    /// What the builds before left in the site at `root`; nothing where another executable made it.
    pub(crate) fn read(root: &Path, build_id: &str) -> Kept {
        let build_id = Fingerprint::of(build_id);
        match store::read::<Kept, Arc<Parsed>>(&cache(root).join("memo")) {
            Some((kept, essays)) if kept.build_id == build_id => Kept { essays: essays.into(), ..kept },
            _ => Kept { build_id, ..Kept::default() },
        }
    }
}

/// An essay as it was parsed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Parsed {
    /// The fingerprint of the file.
    pub(crate) source: Fingerprint,
    /// The fingerprint of what other pages may see.
    pub(crate) card_fingerprint: Fingerprint,
    /// The fingerprint of everything a link may point to.
    pub(crate) anchors: Fingerprint,
    /// The fingerprint of all that decides the essay's place in the site.
    pub(crate) outline: Fingerprint,
    pub(crate) card: Arc<Card>,
    /// Its cards in the languages that are made of its own.
    pub(crate) derived: Arc<[Derived]>,
    pub(crate) diagnostics: Arc<[Diagnostic]>,
    /// The body stays in memory only: to parse it again costs no more than to read it from a cache.
    #[serde(skip)]
    pub(crate) body: Option<Arc<Body>>,
    /// The [`Parts`] of its body.
    pub(crate) parts: Arc<[Fingerprint]>,
}

impl Parsed {
    /// The fingerprint of what other pages may see of an entry with this source.
    pub(crate) fn print_of(&self, entry: &Entry) -> Fingerprint {
        let derived = self.derived.iter().find(|derived| Arc::ptr_eq(&derived.card, &entry.card));
        derived.map_or(self.card_fingerprint, |derived| derived.print)
    }
}

/// A card that was converted from another.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Derived {
    /// The fingerprint of what other pages may see.
    pub(crate) print: Fingerprint,
    pub(crate) card: Arc<Card>,
}

/// A page as it was rendered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Render {
    /// The fingerprint of template, view, body and plugins.
    pub(crate) key: Fingerprint,
    /// Which set of questions it asked.
    pub(crate) asked: u32,
    /// The fingerprint of the answers.
    pub(crate) answers: Fingerprint,
    /// The fingerprint of the HTML.
    pub(crate) output: Fingerprint,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What a plugin made in the `files` hook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Made {
    /// The fingerprint of the plugin and of all that it saw of the site.
    pub(crate) key: Fingerprint,
    /// The texts it asked for: their sources and the fingerprints of these.
    pub(crate) texts: BTreeMap<Arc<str>, Fingerprint>,
    /// What these asked while their holes were filled, and the fingerprint of the answers.
    pub(crate) asked: Vec<Query>,
    pub(crate) answers: Fingerprint,
    pub(crate) files: Vec<(Route, Fingerprint)>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Memo {
    /// A memo that remembers nothing.
    pub fn empty() -> Memo {
        Memo::default()
    }

    /// Reads the memo of the site at `root`. `build_id` names the executable: what another one made is not trusted.
    pub fn open(root: &Path, build_id: &str) -> Memo {
        Memo::default().with(Kept::read(root, build_id), root)
    }

    /// The same with what outlives a process, as it was read from the site at `root`.
    pub(crate) fn with(self, kept: Kept, root: &Path) -> Memo {
        let parts = Arc::new(Parts::of(cache(root).join("parts"), kept.build_id));
        Memo { kept, parts, ..self }
    }

    /// Writes the memo of the site at `root`, unless it is there already.
    pub fn save(&self, root: &Path) -> io::Result<()> {
        if !self.changed {
            return Ok(());
        }
        let cache = cache(root);
        fs::create_dir_all(&cache)?;
        let used = self.kept.essays.iter().flat_map(|parsed| parsed.parts.iter().copied());
        self.parts.save(&cache.join("parts"), used)?;
        store::write(&cache.join("memo"), &self.kept, &self.kept.essays)
    }

    /// The fingerprint of a file whose stamp is known.
    pub(crate) fn known(&self, path: &str, stamp: &Stamp) -> Option<Fingerprint> {
        self.kept.stamps.get(path).filter(|(known, _)| known == stamp).map(|(_, content)| *content)
    }

    /// Remembers the fingerprint of a file.
    pub(crate) fn learn(&mut self, path: &Arc<str>, stamp: Option<Stamp>, content: Fingerprint) {
        let known = stamp.map(|stamp| (stamp, content));
        if self.kept.stamps.get(path).copied() == known {
            return;
        }
        self.changed = true;
        match known {
            Some(known) => drop(self.kept.stamps.insert(path.clone(), known)),
            None => drop(self.kept.stamps.remove(path)),
        }
    }

    /// Forgets what was known of files that are gone. `sources` are those that are there, sorted by path.
    pub(crate) fn forget_gone(&mut self, sources: &[Source]) {
        // Not all that are there are known, so some that are gone may stay; never more than there are files.
        if self.kept.stamps.len() > sources.len() {
            let is_there = |path: &Arc<str>| sources.binary_search_by(|source| source.path.cmp(path)).is_ok();
            self.kept.stamps.retain(|path, _| is_there(path));
            self.changed = true;
        }
    }

    /// The theme of these files, loaded only if they changed.
    pub(crate) fn theme(
        &mut self,
        files: Fingerprint,
        load: impl FnOnce() -> (Theme, Vec<Diagnostic>),
    ) -> (Arc<Theme>, Vec<Diagnostic>) {
        read(&mut self.theme, files, load)
    }

    /// The records in this file, read only if it changed.
    pub(crate) fn records(
        &mut self,
        file: Fingerprint,
        load: impl FnOnce() -> (Records, Vec<Diagnostic>),
    ) -> (Arc<Records>, Vec<Diagnostic>) {
        read(&mut self.records, file, load)
    }
}

/// What was read from files, with the fingerprint of these and what is wrong with them.
type Read<T> = (Fingerprint, Arc<T>, Vec<Diagnostic>);

fn read<T>(
    kept: &mut Option<Read<T>>,
    files: Fingerprint,
    load: impl FnOnce() -> (T, Vec<Diagnostic>),
) -> (Arc<T>, Vec<Diagnostic>) {
    let known = kept.take().filter(|(known, ..)| *known == files);
    let (_, value, faults) = kept.insert(known.unwrap_or_else(|| {
        let (value, faults) = load();
        (files, Arc::new(value), faults)
    }));
    (value.clone(), faults.clone())
}

fn cache(root: &Path) -> PathBuf {
    root.join(".fika").join("cache")
}
