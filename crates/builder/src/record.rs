//! What fika wrote into an output folder: the record of it in `.fika/outputs`, by which a later build knows its own files there, and
//! no build takes them for sources.
#![allow(clippy::disallowed_methods)] // the disk is read here

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use fika_model::{Diagnostic, Fingerprint};
use serde::{Deserialize, Serialize};

use crate::listing::is_markdown;
use crate::load::fingerprint_file;
use crate::store;
use crate::walk::Walked;

/// What is known of a file that fika wrote. It outlives the program that wrote it, so whoever changes its shape must still read the old
/// one, or all that earlier builds made is taken for somebody else's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Written {
    pub(crate) content: Fingerprint,
    len: u64,
    modified: u128,
}

/// The files of an output folder by their paths in it.
pub(crate) type Manifest = BTreeMap<String, Written>;

impl Written {
    pub(crate) fn of(content: Fingerprint, metadata: &fs::Metadata) -> Written {
        let modified =
            metadata.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        Written { content, len: metadata.len(), modified: modified.map_or(0, |time| time.as_nanos()) }
    }

    /// Whether a file is still the one that was written, or may be one that was being written when a build was killed. Whatever somebody
    /// has put in its place is theirs.
    pub(crate) fn is_at(&self, path: &Path) -> bool {
        let is_same = |found: fs::Metadata| Written::of(self.content, &found) == *self;
        *self == Written::default()
            || fs::symlink_metadata(path).is_ok_and(is_same)
            || fingerprint_file(path) == Some(self.content)
    }
}

/// Where it is recorded what fika wrote into `out`: by the place of that folder in the site, so that a site may be moved.
pub(crate) fn manifest(root: &Path, out: &Path) -> io::Result<PathBuf> {
    let (root, out) = (fs::canonicalize(root)?, fs::canonicalize(out)?);
    Ok(records(&root).join(name(out.strip_prefix(&root).unwrap_or(&out))))
}

/// Whether fika ever wrote into `out`.
pub(crate) fn was_written(root: &Path, out: &Path) -> bool {
    manifest(root, out).is_ok_and(|manifest| manifest.is_file())
}

fn records(root: &Path) -> PathBuf {
    root.join(".fika").join("outputs")
}

/// What the record of a folder is called.
fn name(place: &Path) -> String {
    Fingerprint::of(place.to_string_lossy().as_bytes()).to_hex()
}

/// Takes out of what was found in a site's folder the files that builds into folders below it made and that are as they were: where
/// all of the site may be content, they look like files beside essays. A folder is known by its record, whose name alone says
/// which it is.
pub(crate) fn leave_out_made(root: &Path, walked: &mut Walked) {
    let records = records(root);
    let there = fs::read_dir(&records).into_iter().flatten().flatten();
    let there: HashSet<String> = there.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    let mut made: HashMap<String, Written> = HashMap::new();
    for (folder, _) in walked.folders.iter().filter(|_| !there.is_empty()) {
        let Ok(place) = folder.strip_prefix(root) else { continue };
        let name = name(place);
        if there.contains(&name) {
            let below = place.to_string_lossy().replace('\\', "/");
            let files: Manifest = store::read_value(&records.join(name)).unwrap_or_default();
            made.extend(files.into_iter().map(|(file, written)| (format!("{below}/{file}"), written)));
        }
    }
    if !made.is_empty() {
        walked.files.retain(|found| !made.get(&*found.path).is_some_and(|known| known.is_at(&found.real)));
    }
    leave_out_built(root, walked, &|place| there.contains(&name(place)));
}

/// Takes out what lies in a finished site below a site's folder, of which there is no record (any more), and tells so. It has a
/// `.nojekyll`, as fika writes into each, and a page; essays are in none.
fn leave_out_built(root: &Path, walked: &mut Walked, is_recorded: &dyn Fn(&Path) -> bool) {
    let is_site = |folder: &str| {
        let inside = || walked.files.iter().map(|found| &*found.path).filter(|path| lies_in(path, folder));
        let page = format!("{folder}/index.html");
        inside().any(|path| path == page) && !inside().any(is_markdown)
    };
    let below =
        walked.folders.iter().filter_map(|(folder, _)| Some((folder, folder.strip_prefix(root).ok()?)));
    let unknown = below.filter(|(folder, place)| {
        *place != Path::new("") && folder.join(".nojekyll").is_file() && !is_recorded(place)
    });
    let built: Vec<String> = unknown
        .map(|(_, place)| place.to_string_lossy().replace('\\', "/"))
        .filter(|folder| is_site(folder))
        .collect();
    walked.files.retain(|found| !built.iter().any(|folder| lies_in(&found.path, folder)));
    walked.faults.extend(built.iter().map(|folder| built_folder(folder)));
}

fn lies_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn built_folder(folder: &str) -> Diagnostic {
    let message =
        "this folder looks like a site that was built, and is left out: there is a `.nojekyll` in it";
    Diagnostic::note("built-folder", folder, message)
        .help("delete it if a build made it; what is to be copied as it is belongs into `static/`")
}
