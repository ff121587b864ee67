//! The files below a folder, looked for on all threads. Links are followed; what cannot be read, and what is left out because it is
//! neither file nor folder, is told.
#![allow(clippy::disallowed_methods)] // the disk is read here

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use fika_model::{Diagnostic, SourceKind, Stamp};
use rayon::prelude::*;

use crate::disk::{is_absent, unreadable};

/// What was found below a folder.
#[derive(Default)]
pub(crate) struct Walked {
    /// Every folder that was walked, and every link that leads nowhere; without a stamp where nothing is.
    pub(crate) folders: Vec<(PathBuf, Option<Stamp>)>,
    /// In no order.
    pub(crate) files: Vec<Found>,
    /// What could not be read, and what was left out.
    pub(crate) faults: Vec<Diagnostic>,
}

/// A file that was found.
pub(crate) struct Found {
    pub(crate) path: Arc<str>,
    pub(crate) real: PathBuf,
    /// See [`stamp`].
    pub(crate) stamp: Option<Stamp>,
}

impl Walked {
    fn and(mut self, mut other: Walked) -> Walked {
        self.folders.append(&mut other.folders);
        self.files.append(&mut other.files);
        self.faults.append(&mut other.faults);
        self
    }
}

/// Which paths, folders included, are left out.
pub(crate) type Skip<'a> = dyn Fn(&str) -> bool + Sync + 'a;

/// How a folder is walked.
pub(crate) struct Walk<'a> {
    pub(crate) now: SystemTime,
    pub(crate) skip: &'a Skip<'a>,
}

/// A folder that is to be walked.
struct Folder {
    path: String,
    real: PathBuf,
    stamp: Option<Stamp>,
    /// The folders, by their true places, whose links led here.
    through: Arc<[PathBuf]>,
}

/// An entry of a folder.
enum Seen {
    Folder(Folder),
    File(Found),
    /// A link that leads nowhere, as yet.
    Nothing(PathBuf, Diagnostic),
    /// Left out.
    Fault(Diagnostic),
}

/// Deeper than this no writer goes.
const DEPTH: usize = 40;

impl Walk<'_> {
    /// Lists the files below a folder. A file is looked up in its folder, which is quicker than from the root.
    pub(crate) fn folder(&self, dir: &Path, path: &str) -> Walked {
        // Before it is read, so that what comes later is seen by its stamp.
        let stamp = fs::metadata(dir).ok().and_then(|metadata| stamp(&metadata, self.now));
        self.below(Folder { path: path.to_owned(), real: dir.to_owned(), stamp, through: Arc::default() })
    }

    fn below(&self, folder: Folder) -> Walked {
        let mut walked = Walked::default();
        let path = if folder.path.is_empty() { "." } else { &*folder.path };
        if folder.path.matches('/').count() > DEPTH {
            walked.faults.push(unreadable(path, &std::io::Error::other("it lies too deep in other folders")));
            return walked;
        }
        let (entries, faults) = entries(&folder.real);
        walked.faults.extend(faults.iter().map(|error| unreadable(path, error)));
        let look = |entry: &fs::DirEntry| self.look(entry, &folder);
        let seen: Vec<Seen> = entries.par_iter().with_min_len(64).filter_map(look).collect();
        // The folder is closed before those below it are opened.
        drop(entries);
        walked.folders.push((folder.real, folder.stamp));
        let mut below = Vec::new();
        for seen in seen {
            match seen {
                Seen::Folder(folder) => below.push(folder),
                Seen::File(found) => walked.files.push(found),
                Seen::Nothing(real, fault) => {
                    walked.folders.push((real, None));
                    walked.faults.push(fault);
                }
                Seen::Fault(fault) => walked.faults.push(fault),
            }
        }
        let below = below.into_par_iter().map(|folder| self.below(folder));
        walked.and(below.reduce(Walked::default, Walked::and))
    }

    fn look(&self, entry: &fs::DirEntry, folder: &Folder) -> Option<Seen> {
        let raw = entry.file_name();
        let name = raw.to_string_lossy();
        let path = if folder.path.is_empty() { name.into_owned() } else { format!("{}/{name}", folder.path) };
        if (self.skip)(&path) {
            return None;
        }
        if raw.to_str().is_none() {
            return Some(Seen::Fault(unnamed(path, &raw)));
        }
        let real = entry.path();
        let is_link = entry.file_type().ok()?.is_symlink();
        let metadata = if is_link { fs::metadata(&real) } else { entry.metadata() };
        let metadata = match metadata {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                return Some(Seen::Fault(unreadable(path, &error)));
            }
            Err(_) if is_link => return Some(Seen::Nothing(real, dangling(path))),
            // It has gone in the meantime.
            Err(error) if is_absent(&error) => return None,
            Err(error) => return Some(Seen::Fault(unreadable(path, &error))),
        };
        let stamp = stamp(&metadata, self.now);
        Some(match () {
            () if metadata.is_file() => Seen::File(Found { path: nfc(&path), real, stamp }),
            () if !metadata.is_dir() => Seen::Fault(neither(path)),
            () if !is_link => Seen::Folder(Folder { path, real, stamp, through: folder.through.clone() }),
            () => match through(&real, folder) {
                Some(through) => Seen::Folder(Folder { path, real, stamp, through }),
                None => Seen::Fault(round(path)),
            },
        })
    }
}

/// What lies in a folder, and what went wrong while it was read. A folder that is not there is empty.
fn entries(dir: &Path) -> (Vec<fs::DirEntry>, Vec<std::io::Error>) {
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    match fs::read_dir(dir) {
        Ok(found) => {
            for entry in found {
                match entry {
                    Ok(entry) => entries.push(entry),
                    Err(error) => faults.push(error),
                }
            }
        }
        Err(error) if is_absent(&error) => {}
        Err(error) => faults.push(error),
    }
    (entries, faults)
}

/// The folders whose links lead through the link `real` in `folder`; nothing where it leads into one that holds it.
fn through(real: &Path, folder: &Folder) -> Option<Arc<[PathBuf]>> {
    let (to, from) = (fs::canonicalize(real).ok()?, fs::canonicalize(&folder.real).ok()?);
    let through: Arc<[PathBuf]> = folder.through.iter().cloned().chain([from]).collect();
    through.iter().all(|from| !from.starts_with(&to)).then_some(through)
}

fn dangling(path: String) -> Diagnostic {
    Diagnostic::warning("dangling-link", path, "this link leads nowhere, and is left out")
        .help("delete it, or put back what it leads to")
}

fn neither(path: String) -> Diagnostic {
    Diagnostic::warning("special-file", path, "this is neither a file nor a folder, and is left out")
        .help("move it out of the site")
}

/// Several such names may look the same, so it is told by its bytes.
fn unnamed(path: String, name: &OsStr) -> Diagnostic {
    let message = format!("`{}` is not UTF-8, so no address can be made of it; it is left out", bytes(name));
    let help = "give it another name; `convmv -f gbk -t utf-8 -r --notest FOLDER` renames all that have names in GBK";
    Diagnostic::error("file-name", path, message).help(help)
}

/// Sorts files by path and leaves out those whose paths differ in their bytes alone: the first of these has the name.
pub(crate) fn sort(files: &mut Vec<(SourceKind, Found)>, faults: &mut Vec<Diagnostic>) {
    files.par_sort_unstable_by(|(_, a), (_, b)| (&a.path, &a.real).cmp(&(&b.path, &b.real)));
    files.dedup_by(|(_, next), (_, kept)| {
        let is_twin = next.path == kept.path && next.real != kept.real;
        if is_twin {
            faults.push(twin(kept, next));
        }
        is_twin
    });
}

/// A name that is there in two forms of Unicode. To the eye they are the same.
fn twin(kept: &Found, lost: &Found) -> Diagnostic {
    let name = |found: &Found| found.real.file_name().map(bytes).unwrap_or_default();
    let message = format!(
        "two files have this name, in the bytes `{}` and `{}`; the second is left out",
        name(kept),
        name(lost)
    );
    Diagnostic::error("file-name", lost.path.clone(), message).help("give one of them another name")
}

fn bytes(name: &OsStr) -> String {
    name.as_encoded_bytes().escape_ascii().to_string()
}

fn round(path: String) -> Diagnostic {
    let message = "this link leads to a folder that it lies in itself, and is left out";
    Diagnostic::warning("link-loop", path, message).help("delete it")
}

fn nfc(path: &str) -> Arc<str> {
    if path.is_ascii() { path.into() } else { fika_model::normalize(path).into() }
}

/// Whether a file or folder is hidden.
pub(crate) fn is_hidden(path: &str) -> bool {
    name_of(path).starts_with('.')
}

/// What version control, desktops and editors leave behind among files that are to be copied as they are, and what holds secrets.
/// Other hidden files, such as `.well-known` and `.htaccess`, are the writer's.
pub fn is_litter(path: &str) -> bool {
    const NAMES: &[&str] = &[
        ".git",
        ".gitignore",
        ".gitattributes",
        ".gitmodules",
        ".gitkeep",
        ".keep",
        ".hg",
        ".hgignore",
        ".svn",
        ".jj",
        ".DS_Store",
        ".localized",
        ".fseventsd",
        ".directory",
        ".idea",
        ".vscode",
        ".env",
    ];
    const SEEN: &[&str] = &["Thumbs.db", "desktop.ini"];
    const BEGINNINGS: &[&str] =
        &["._", ".#", ".~", ".nfs", ".fuse_hidden", ".Trash", ".Spotlight-", ".goutputstream-", ".env."];
    let name = name_of(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_backup = name.ends_with('~') || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'));
    let is_swap = |extension: &str| extension.len() == 3 && extension.starts_with("sw");
    is_backup
        || SEEN.iter().any(|seen| name.eq_ignore_ascii_case(seen))
        || name.starts_with("~$")
        || matches!(extension, "swp" | "swo")
        || name.starts_with('.')
            && (is_swap(extension)
                || NAMES.contains(&name)
                || BEGINNINGS.iter().any(|beginning| name.starts_with(beginning)))
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A file's stamp; none if it was touched so recently that the file system might not tell the next change from this one
/// (the "racy" files of git).
pub(crate) fn stamp(metadata: &fs::Metadata, now: SystemTime) -> Option<Stamp> {
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
