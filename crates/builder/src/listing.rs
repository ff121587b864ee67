//! Which files a site is made of. Folders are walked on all threads; while none of them changed, the files of the build before are
//! only looked at.
#![allow(clippy::disallowed_methods)] // the disk and the clock are read here

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use fika_model::{
    CONFIG, Config, Diagnostic, Fingerprint, Fingerprinter, Source, SourceKind, Stamp, is_leftover,
    markdown_stem,
};
use globset::{Glob, GlobSet, GlobSetBuilder};
use rayon::prelude::*;

use crate::disk::{self, is_unreadable};
use crate::record::leave_out_made;
use crate::settings::is_ours;
use crate::walk::{Found, Skip, Walk};
use crate::{Memo, walk};

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
    /// What could not be read, and what was left out.
    faults: Vec<Diagnostic>,
}

/// Where files lie whose names are not in NFC on the disk, by path.
pub(crate) type RealNames = Arc<HashMap<Arc<str>, PathBuf>>;

/// What is told of a site without essays. A content folder that the configuration names may be misspelt.
fn no_content(folder: &str) -> Diagnostic {
    if matches!(folder, "" | "content") {
        let help = "write an essay into `content/essays/`, or start with `fika init`";
        return Diagnostic::error("no-content", "", "there is no Markdown file here").help(help);
    }
    Diagnostic::error("no-content", CONFIG, format!("there is no Markdown file in `{folder}`"))
        .about("content_dir", [folder])
        .help("write an essay into it, or mend `content_dir`")
}

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
    let asked = asked
        .add(&*config.content_dir)
        .add(&*config.output_dir)
        .add_all(config.ignored_content.iter().map(|glob| &**glob))
        .finish();
    let now = SystemTime::now();
    let before = memo.listing.take().filter(|before| before.asked == asked);
    let listing = match before.and_then(|before| before.again(memo, now)) {
        Some(listing) => listing,
        None => Listing::anew(asked, root, output, config, &ignored, now).recognised(memo),
    };
    out.extend(listing.faults.iter().cloned());
    let is_whole = !listing.faults.iter().any(is_unreadable);
    if is_whole && !listing.sources.iter().any(|source| source.kind == SourceKind::Content) {
        out.push(no_content(&config.content_dir));
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
        let output = disk::below(root, output);
        let skip = |path: &str| {
            let below = path.strip_prefix(content).unwrap_or(path).trim_start_matches('/');
            walk::is_hidden(path)
                || walk::is_litter(path)
                || ignored.is_match(below)
                || (content.is_empty() && is_ours(path))
                || output.as_deref() == Some(path)
                || *config.output_dir == *path
        };
        let content_kind =
            |path: &str| if is_markdown(path) { SourceKind::Content } else { SourceKind::Asset };
        let (mut folders, mut files, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        let mut add = |dir: &str, skip: &Skip<'_>, kind: &dyn Fn(&str) -> SourceKind| {
            let mut walked = Walk { now, skip }.folder(&root.join(dir), dir);
            if dir.is_empty() {
                leave_out_made(root, &mut walked);
            }
            folders.extend(walked.folders);
            faults.extend(walked.faults);
            let found = walked.files.into_iter().map(|found| (kind(&found.path), found));
            // What lies in `static/` was put there to be copied.
            files.extend(found.filter(|(kind, found)| {
                !matches!(kind, SourceKind::Content | SourceKind::Asset) || !is_leftover(&found.path)
            }));
        };
        add(content, &skip, &content_kind);
        add("static", &walk::is_litter, &|_| SourceKind::Static);
        add("data", &walk::is_hidden, &|_| SourceKind::Data);
        walk::sort(&mut files, &mut faults);
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
        Listing { asked, folders, files, sources: sources.into(), real: Arc::new(real), faults }
    }

    fn recognised(mut self, memo: &Memo) -> Listing {
        recognise(&mut self.sources, memo);
        self
    }

    /// The same files as they are now. Nothing if a folder changed, in which a file may have come or gone.
    fn again(mut self, memo: &Memo, now: SystemTime) -> Option<Listing> {
        let is_same = |(path, known): &(PathBuf, Option<Stamp>)| match (fs::metadata(path), known) {
            (Ok(metadata), Some(known)) => walk::stamp(&metadata, now) == Some(*known),
            (Err(_), None) => true,
            _ => false,
        };
        let look = |(file, source): (&PathBuf, &Source)| {
            let metadata = fs::metadata(file).ok().filter(|metadata| !metadata.is_dir())?;
            let stamp = walk::stamp(&metadata, now);
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

pub(crate) fn is_markdown(path: &str) -> bool {
    markdown_stem(path).is_some()
}

fn ignored(config: &Config, out: &mut Vec<Diagnostic>) -> GlobSet {
    let mut globs = GlobSetBuilder::new();
    for pattern in &config.ignored_content {
        match Glob::new(pattern) {
            Ok(glob) => drop(globs.add(glob)),
            Err(error) => {
                let message = format!("`{pattern}` is not a pattern: {error}");
                out.push(Diagnostic::error("glob", CONFIG, message).about("ignored_content", [&**pattern]));
            }
        }
    }
    globs.build().unwrap_or_else(|_| GlobSet::empty())
}

#[cfg(test)]
#[path = "listing_tests.rs"]
mod tests;
