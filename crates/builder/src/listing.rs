//! Which files a site is made of. Folders are walked on all threads; while none of them changed, the files of the build before are
//! only looked at.
#![allow(clippy::disallowed_methods)] // the disk and the clock are read here

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use fika_model::{Config, Diagnostic, Fingerprint, Fingerprinter, Source, SourceKind, Stamp};
use globset::{Glob, GlobSet, GlobSetBuilder};
use rayon::prelude::*;

use crate::Memo;
use crate::load::CONFIG;

/// The files of a site as they were last listed.
pub(crate) struct Listing {
    /// Where it was looked, and for what.
    asked: Fingerprint,
    /// Every folder that was walked, and every link that leads nowhere; without a stamp where nothing is.
    folders: Vec<(PathBuf, Option<Stamp>)>,
    /// Where the files lie, in the order of `sources`.
    files: Vec<PathBuf>,
    /// Sorted by path.
    sources: Arc<[Source]>,
    real: RealNames,
}

/// Where files lie whose names are not in NFC on the disk, by path.
pub(crate) type RealNames = Arc<HashMap<Arc<str>, PathBuf>>;

/// The site's files with their stamps, sorted by path, and the real names of those whose names are not in NFC.
pub(crate) fn list(
    root: &Path,
    output: &Path,
    config: &Config,
    memo: &mut Memo,
    out: &mut Vec<Diagnostic>,
) -> (Arc<[Source]>, RealNames) {
    let ignored = ignored(config, out);
    let mut asked = Fingerprinter::new();
    for path in [root, output] {
        asked.add(path.as_os_str().as_encoded_bytes());
    }
    let asked =
        asked.add(&*config.content_dir).add_all(config.ignored_content.iter().map(|glob| &**glob)).finish();
    let now = SystemTime::now();
    let before = memo.listing.take().filter(|before| before.asked == asked);
    let listing = match before.and_then(|before| before.again(memo, now)) {
        Some(listing) => listing,
        None => Listing::anew(asked, root, output, config, &ignored, now).recognised(memo),
    };
    if !listing.sources.iter().any(|source| source.kind == SourceKind::Content) {
        let help = "write an essay into `content/essays/`, or start with `fika init`";
        out.push(Diagnostic::error("no-content", "", "there is no Markdown file here").help(help));
    }
    let found = (listing.sources.clone(), listing.real.clone());
    // A folder that was touched just now may hold more than was seen.
    let is_settled = listing.folders.iter().all(|(path, stamp)| stamp.is_some() || !path.is_dir());
    memo.listing = Some(listing).filter(|_| is_settled);
    found
}

/// Files that were listed before their memo was there, with what it knows of them.
pub(crate) fn recognise(sources: &mut Arc<[Source]>, memo: &Memo) {
    let known = |source: &Source| Source {
        known: source.stamp.and_then(|stamp| memo.known(&source.path, &stamp)),
        ..source.clone()
    };
    if !memo.kept.stamps.is_empty() {
        *sources = sources.par_iter().with_min_len(256).map(known).collect();
    }
}

impl Listing {
    fn anew(
        asked: Fingerprint,
        root: &Path,
        output: &Path,
        config: &Config,
        ignored: &GlobSet,
        now: SystemTime,
    ) -> Listing {
        let content = &*config.content_dir;
        let output = output.strip_prefix(root).ok().map(|path| path.to_string_lossy().replace('\\', "/"));
        let skip = |path: &str| {
            let below = path.strip_prefix(content).unwrap_or(path).trim_start_matches('/');
            ignored.is_match(below)
                || (content.is_empty() && is_ours(path))
                || output.as_deref() == Some(path)
        };
        let all = |_: &str| false;
        let content_kind =
            |path: &str| if is_markdown(path) { SourceKind::Content } else { SourceKind::Asset };
        let (mut folders, mut files) = (Vec::new(), Vec::new());
        let mut add = |dir: &str, skip: &Skip<'_>, kind: &dyn Fn(&str) -> SourceKind| {
            let walked = walk(&root.join(dir), dir, now, skip);
            folders.extend(walked.folders);
            files.extend(walked.files.into_iter().map(|found| (kind(&found.path), found)));
        };
        add(content, &skip, &content_kind);
        add("static", &all, &|_| SourceKind::Static);
        add("data", &all, &|_| SourceKind::Data);
        files.par_sort_unstable_by(|(_, a), (_, b)| a.path.cmp(&b.path));
        let source = |(kind, found): &(SourceKind, Found)| Source {
            path: found.path.clone(),
            kind: *kind,
            stamp: found.stamp,
            known: None,
        };
        let sources: Vec<Source> = files.iter().map(source).collect();
        // A name that is not in NFC has another form on the disk.
        let is_other = |found: &Found| !found.path.is_ascii() && *root.join(&*found.path) != *found.real;
        let real = files.iter().filter(|(_, found)| is_other(found));
        let real = real.map(|(_, found)| (found.path.clone(), found.real.clone())).collect();
        let files = files.into_iter().map(|(_, found)| found.real).collect();
        Listing { asked, folders, files, sources: sources.into(), real: Arc::new(real) }
    }

    fn recognised(mut self, memo: &Memo) -> Listing {
        recognise(&mut self.sources, memo);
        self
    }

    /// The same files as they are now. Nothing if a folder changed, in which a file may have come or gone.
    fn again(mut self, memo: &Memo, now: SystemTime) -> Option<Listing> {
        let is_same = |(path, known): &(PathBuf, Option<Stamp>)| match (fs::metadata(path), known) {
            (Ok(metadata), Some(known)) => stamp(&metadata, now) == Some(*known),
            (Err(_), None) => true,
            _ => false,
        };
        let look = |(file, source): (&PathBuf, &Source)| {
            let metadata = fs::metadata(file).ok().filter(|metadata| !metadata.is_dir())?;
            let stamp = stamp(&metadata, now);
            let same = source.known.filter(|_| stamp == source.stamp);
            let known = same.or_else(|| memo.known(&source.path, &stamp?));
            Some(Source { path: source.path.clone(), kind: source.kind, stamp, known })
        };
        if !self.folders.par_iter().all(is_same) {
            return None;
        }
        let looked: Option<Vec<Source>> =
            self.files.par_iter().zip(&*self.sources).with_min_len(64).map(look).collect();
        self.sources = looked?.into();
        Some(self)
    }
}

/// Folders of a site that hold no essays even where the site's folder itself is the content folder.
pub(crate) fn is_ours(path: &str) -> bool {
    matches!(
        path,
        "public" | "themes" | "templates" | "static" | "i18n" | "data" | "node_modules" | "target" | CONFIG
    )
}

/// What was found below a folder.
#[derive(Default)]
pub(crate) struct Walked {
    folders: Vec<(PathBuf, Option<Stamp>)>,
    /// In no order.
    pub(crate) files: Vec<Found>,
}

/// A file that was found.
pub(crate) struct Found {
    pub(crate) path: Arc<str>,
    pub(crate) real: PathBuf,
    /// See [`stamp`].
    stamp: Option<Stamp>,
}

impl Walked {
    fn and(mut self, mut other: Walked) -> Walked {
        self.folders.append(&mut other.folders);
        self.files.append(&mut other.files);
        self
    }
}

/// Which paths, folders included, are left out.
type Skip<'a> = dyn Fn(&str) -> bool + Sync + 'a;

/// Lists the files below a folder, hidden ones left out, links followed; on all threads. A file is looked up in its folder, which is
/// quicker than from the root.
pub(crate) fn walk(dir: &Path, prefix: &str, now: SystemTime, skip: &Skip<'_>) -> Walked {
    // Before it is read, so that what comes later is seen by its stamp.
    let stamp = fs::metadata(dir).ok().and_then(|metadata| stamp(&metadata, now));
    walk_below(dir.to_owned(), prefix, stamp, now, skip)
}

fn walk_below(dir: PathBuf, prefix: &str, stamp: Option<Stamp>, now: SystemTime, skip: &Skip<'_>) -> Walked {
    let mut walked = Walked::default();
    // Deeper than this only a link that leads to its own parent goes.
    if prefix.matches('/').count() > 40 {
        return walked;
    }
    let entries: Vec<fs::DirEntry> = fs::read_dir(&dir).into_iter().flatten().flatten().collect();
    let seen: Vec<Seen> =
        entries.par_iter().with_min_len(64).filter_map(|entry| look(entry, prefix, now, skip)).collect();
    // The folder is closed before those below it are opened.
    drop(entries);
    walked.folders.push((dir, stamp));
    let mut below = Vec::new();
    for seen in seen {
        match seen {
            Seen::Folder(path, real, stamp) => below.push((path, real, stamp)),
            Seen::File(found) => walked.files.push(found),
            Seen::Nothing(real) => walked.folders.push((real, None)),
        }
    }
    let below = below.into_par_iter().map(|(path, real, stamp)| walk_below(real, &path, stamp, now, skip));
    walked.and(below.reduce(Walked::default, Walked::and))
}

/// An entry of a folder.
enum Seen {
    Folder(String, PathBuf, Option<Stamp>),
    File(Found),
    /// A link that leads nowhere, as yet.
    Nothing(PathBuf),
}

fn look(entry: &fs::DirEntry, prefix: &str, now: SystemTime, skip: &Skip<'_>) -> Option<Seen> {
    let name = entry.file_name();
    let name = name.to_string_lossy();
    if name.starts_with('.') {
        return None;
    }
    let path = if prefix.is_empty() { name.into_owned() } else { format!("{prefix}/{name}") };
    if skip(&path) {
        return None;
    }
    let real = entry.path();
    let is_link = entry.file_type().ok()?.is_symlink();
    let metadata = if is_link { fs::metadata(&real) } else { entry.metadata() };
    let Ok(metadata) = metadata else { return is_link.then_some(Seen::Nothing(real)) };
    let stamp = stamp(&metadata, now);
    if metadata.is_dir() {
        return Some(Seen::Folder(path, real, stamp));
    }
    Some(Seen::File(Found { path: nfc(&path), real, stamp }))
}

fn nfc(path: &str) -> Arc<str> {
    if path.is_ascii() { path.into() } else { fika_model::normalize(path).into() }
}

pub(crate) fn is_markdown(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".markdown")
}

fn ignored(config: &Config, out: &mut Vec<Diagnostic>) -> GlobSet {
    let mut globs = GlobSetBuilder::new();
    for pattern in &config.ignored_content {
        match Glob::new(pattern) {
            Ok(glob) => drop(globs.add(glob)),
            Err(error) => {
                out.push(Diagnostic::error("glob", CONFIG, format!("`{pattern}` is not a pattern: {error}")))
            }
        }
    }
    globs.build().unwrap_or_else(|_| GlobSet::empty())
}

/// A file's stamp; none if it was touched so recently that the file system might not tell the next change from this one
/// (the "racy" files of git).
fn stamp(metadata: &fs::Metadata, now: SystemTime) -> Option<Stamp> {
    let since = |time: SystemTime| {
        time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_nanos() as i128)
    };
    let modified = metadata.modified().map_or(0, since);
    let (changed, id) = unix(metadata);
    // A time in whole seconds comes from a file system that has no finer ones.
    let settle =
        if modified % 1_000_000_000 == 0 { Duration::from_secs(2) } else { Duration::from_millis(40) };
    let settled = modified.max(changed) + settle.as_nanos() as i128 <= since(now);
    settled.then_some(Stamp { len: metadata.len(), modified, changed, id })
}

#[cfg(unix)]
fn unix(metadata: &fs::Metadata) -> (i128, u64) {
    use std::os::unix::fs::MetadataExt;
    (i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec()), metadata.ino())
}

#[cfg(not(unix))]
fn unix(_metadata: &fs::Metadata) -> (i128, u64) {
    (0, 0)
}

#[cfg(test)]
#[path = "listing_tests.rs"]
mod tests;
