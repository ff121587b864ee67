//! The output folder. Files are written beside and renamed, so that every file is whole at every moment; what is
//! there already is left untouched; what fika made and no longer makes is removed; nothing else is ever touched. What fika made is
//! what its manifest says, and before a file is first written the manifest says that it may be ours: a build that was killed goes on.
#![allow(clippy::disallowed_methods)] // the disk is written here

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use fika_model::{Diagnostic, Fingerprint};

use crate::disk;
use crate::load::fingerprint_file;
use crate::record::{Manifest, Written, manifest};
use crate::sink::{Payload, Sink, Summary};
use crate::store;

/// The right to build a site. One build at a time has it; it ends with its process, however that ends.
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the site at `root`. If another process has it, calls `waiting` once and waits.
    pub fn take(root: &Path, waiting: impl FnOnce()) -> io::Result<Lock> {
        let dir = root.join(".fika");
        fs::create_dir_all(&dir)?;
        let file = File::options().create(true).truncate(false).write(true).open(dir.join("lock"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        Ok(Lock { _file: file })
    }
}

/// Writes into a folder and remembers what it wrote.
pub struct DiskSink {
    out: PathBuf,
    /// Where files are written before they are renamed: on the same file system as `out`.
    temporary: PathBuf,
    /// The record of what fika wrote into `out`.
    manifest: PathBuf,
    before: Manifest,
    /// Whether the folder was empty.
    is_new: bool,
    plan: Mutex<BTreeSet<String>>,
    /// What may be ours, once something is written.
    journal: OnceLock<Mutex<Manifest>>,
    after: [Mutex<Vec<(String, Written)>>; SHARDS],
    directories: [Mutex<HashSet<PathBuf>>; SHARDS],
    next: AtomicU64,
    written: AtomicUsize,
    /// Whether stale files stay.
    keeps_stale: AtomicBool,
    /// Files that would have been written where somebody else's are.
    foreign: Mutex<BTreeSet<String>>,
    /// Files that could not be written, by what the system says of them.
    faults: Mutex<BTreeMap<String, BTreeSet<String>>>,
}

/// Whose a file is that is to be written.
enum Owner {
    Ours,
    /// Nobody knows, and it is the very file that would be written.
    Same(Written),
    Other,
}

/// Folders for unfinished files.
const THREADS: usize = 16;

/// Threads seldom meet at one of so many locks.
const SHARDS: usize = 16;

impl DiskSink {
    /// A sink for the folder `out` (made if need be) of the site at `root`. The lock shows that no other build runs.
    pub fn open(_lock: &Lock, root: &Path, out: &Path) -> io::Result<DiskSink> {
        fs::create_dir_all(out)?;
        let is_new = fs::read_dir(out)?.next().is_none();
        let manifest = manifest(root, out)?;
        manifest.parent().map_or(Ok(()), fs::create_dir_all)?;
        let temporary = temporary(root, out)?;
        Ok(DiskSink {
            before: store::read_value(&manifest).unwrap_or_default(),
            is_new,
            out: out.to_owned(),
            temporary,
            manifest,
            plan: Mutex::default(),
            journal: OnceLock::new(),
            after: Default::default(),
            directories: Default::default(),
            next: AtomicU64::new(0),
            written: AtomicUsize::new(0),
            keeps_stale: AtomicBool::new(false),
            foreign: Mutex::default(),
            faults: Mutex::default(),
        })
    }

    /// Before the first write: from now on every file of the plan may be ours, so a later build may remove it
    /// even if this one is killed before it can say so. What is there already and not known is not ours.
    fn journal(&self) -> &Mutex<Manifest> {
        self.journal.get_or_init(|| {
            let plan = locked(&self.plan);
            let new = plan.iter().filter(|file| !self.before.contains_key(*file) && !self.is_taken(file));
            let mut journal = self.before.clone();
            journal.extend(new.map(|file| (file.clone(), Written::default())));
            self.note(&journal);
            if !self.keeps_stale.load(Ordering::Relaxed) {
                self.remove_obstacles(&plan);
            }
            Mutex::new(journal)
        })
    }

    /// Whether there is something, which is no folder, where a file must go.
    fn is_taken(&self, file: &str) -> bool {
        !self.is_new && fs::symlink_metadata(self.out.join(file)).is_ok_and(|found| !found.is_dir())
    }

    /// Whose a file is.
    fn owner(&self, file: &str, content: Fingerprint) -> Owner {
        let journal = self.journal();
        if locked(journal).contains_key(file) {
            return Owner::Ours;
        }
        if !self.is_taken(file) {
            // One of the few that were not planned.
            let mut journal = locked(journal);
            journal.insert(file.to_owned(), Written::default());
            self.note(&journal);
            return Owner::Ours;
        }
        let target = self.out.join(file);
        let found = fs::symlink_metadata(&target).ok().filter(fs::Metadata::is_file);
        match found.filter(|_| fingerprint_file(&target) == Some(content)) {
            Some(found) => Owner::Same(Written::of(content, &found)),
            None => Owner::Other,
        }
    }

    /// Removes stale files that stand where a folder must go, and stale folders where a file must go.
    fn remove_obstacles(&self, plan: &BTreeSet<String>) {
        for stale in self.before.keys().filter(|file| !plan.contains(*file)) {
            let below = format!("{stale}/");
            let blocks_folder =
                plan.range(below.clone()..).next().is_some_and(|file| file.starts_with(&below));
            let blocks_file =
                Path::new(stale).ancestors().skip(1).any(|dir| plan.contains(&*dir.to_string_lossy()));
            if blocks_folder || blocks_file {
                self.remove(stale);
            }
        }
    }

    /// Writes the manifest.
    fn note(&self, files: &Manifest) {
        if let Err(error) = self.record(files) {
            self.fault(&self.manifest.to_string_lossy(), &error);
        }
    }

    fn record(&self, files: &Manifest) -> io::Result<()> {
        store::write_value(&self.manifest, files)
    }

    fn write(&self, file: &str, content: Fingerprint, payload: &Payload) -> io::Result<Written> {
        let target = self.out.join(file);
        let shard = shard(file);
        // A folder for each thread: two that make files in one folder wait for each other in the kernel.
        let thread = rayon::current_thread_index().unwrap_or_default() % THREADS;
        let beside = self.temporary.join(format!("{thread}/{}", self.next.fetch_add(1, Ordering::Relaxed)));
        let metadata = match payload {
            Payload::Bytes(bytes) => {
                let mut open = File::create(&beside)?;
                open.write_all(bytes)?;
                open.metadata()?
            }
            Payload::File(path) => {
                fs::copy(path, &beside)?;
                fs::metadata(&beside)?
            }
        };
        if let Some(directory) = target.parent() {
            self.make_directory(directory, shard)?;
        }
        fs::rename(&beside, &target)?;
        Ok(Written::of(content, &metadata))
    }

    fn make_directory(&self, directory: &Path, shard: usize) -> io::Result<()> {
        if locked(&self.directories[shard]).contains(directory) {
            return Ok(());
        }
        match fs::create_dir(directory) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && directory.is_dir() => {}
            Err(_) => fs::create_dir_all(directory)?,
        }
        // What lies behind a link is not in the output folder.
        let mut known = locked(&self.directories[shard]);
        let above = directory.ancestors().take_while(|folder| *folder != self.out);
        let new: Vec<&Path> = above.take_while(|folder| !known.contains(*folder)).collect();
        if new.iter().any(|folder| folder.is_symlink()) {
            return Err(io::Error::other("its folder is a link that fika did not make"));
        }
        known.extend(new.into_iter().map(Path::to_owned));
        Ok(())
    }

    /// Removes a file of ours and the folders above that it leaves empty.
    fn remove(&self, file: &str) -> bool {
        let path = self.out.join(file);
        let removed = fs::remove_file(&path).is_ok();
        let mut directory = path.parent();
        while let Some(dir) = directory.filter(|dir| *dir != self.out && dir.starts_with(&self.out)) {
            if fs::remove_dir(dir).is_err() {
                break;
            }
            directory = dir.parent();
        }
        removed
    }

    fn fault(&self, file: &str, error: &io::Error) {
        locked(&self.faults).entry(error.to_string()).or_default().insert(file.to_owned());
    }
}

impl Sink for DiskSink {
    fn plan(&self, files: &dyn Fn() -> BTreeSet<String>) {
        *locked(&self.plan) = files();
    }

    fn has(&self, file: &str, content: Fingerprint) -> bool {
        let Some(known) = self.before.get(file).filter(|known| known.content == content) else {
            return false;
        };
        let there = fs::symlink_metadata(self.out.join(file))
            .is_ok_and(|found| found.is_file() && Written::of(content, &found) == *known);
        if there {
            locked(&self.after[shard(file)]).push((file.to_owned(), *known));
        }
        there
    }

    fn put(&self, file: &str, content: Fingerprint, payload: Payload) {
        let is = |written: Written| locked(&self.after[shard(file)]).push((file.to_owned(), written));
        match self.owner(file, content) {
            Owner::Same(written) => is(written),
            Owner::Other => drop(locked(&self.foreign).insert(file.to_owned())),
            Owner::Ours => match self.write(file, content, &payload) {
                Ok(written) => {
                    self.written.fetch_add(1, Ordering::Relaxed);
                    is(written);
                }
                Err(error) => {
                    self.fault(file, &error);
                    // What was there before is better than nothing.
                    self.before.get(file).copied().map(is).unwrap_or_default();
                }
            },
        }
    }

    fn keep_stale(&self) {
        self.keeps_stale.store(true, Ordering::Relaxed);
    }

    fn finish(&self, out: &mut Vec<Diagnostic>) -> Summary {
        let mut after: Manifest =
            self.after.iter().flat_map(|shard| std::mem::take(&mut *locked(shard))).collect();
        let stale = self.before.iter().filter(|(file, _)| !after.contains_key(*file));
        let stale: Vec<(String, Written)> = stale.map(|(file, known)| (file.clone(), *known)).collect();
        let mut removed = 0;
        if self.keeps_stale.load(Ordering::Relaxed) {
            after.extend(stale);
        } else {
            let is_ours = |file: &str, known: &Written| known.is_at(&self.out.join(file));
            removed = stale.iter().filter(|(file, known)| is_ours(file, known) && self.remove(file)).count();
        }
        // A journal holds more than what was written.
        if after != self.before || self.journal.get().is_some() {
            self.note(&after);
        }
        let _ = fs::remove_dir_all(&self.temporary);
        out.extend(locked(&self.faults).iter().map(|(error, files)| unwritten(error, files)));
        out.extend(foreign(&self.out, &locked(&self.foreign)));
        let written = self.written.load(Ordering::Relaxed);
        Summary { written, unchanged: after.len() - written.min(after.len()), removed }
    }
}

/// What is told of files that could not be written for one reason: a full disk is one problem, however many files it keeps out.
fn unwritten(error: &str, files: &BTreeSet<String>) -> Diagnostic {
    let names = listed(files.iter().map(|file| format!("`{file}`")));
    Diagnostic::error("write", "", format!("cannot write {names}: {error}"))
        .help("check that the output folder is a folder, is yours, and has space left")
}

/// What is told of files that stand where some of the site's should.
fn foreign(out: &Path, files: &BTreeSet<String>) -> Option<Diagnostic> {
    let names = listed(files.iter().map(|file| format!("`{}`", disk::shown(&out.join(file)))));
    let what = match files.len() {
        0 => return None,
        1 => format!("{names} was not made by fika, and is left as it is"),
        _ => format!("{names} were not made by fika, and are left as they are"),
    };
    let help = "pages of the site should be there: move such files away or into `static/`; if they are what an earlier build \
                made whose `.fika` was deleted, delete them";
    Some(Diagnostic::error("foreign-file", "", what).help(help))
}

/// The first few names, and how many more there are.
fn listed(names: impl ExactSizeIterator<Item = String>) -> String {
    const SHOWN: usize = 3;
    let more = names.len().saturating_sub(SHOWN);
    let shown = names.take(SHOWN).collect::<Vec<_>>().join(", ");
    match more {
        0 => shown,
        1 => format!("{shown} and one more file"),
        more => format!("{shown} and {more} more files"),
    }
}

/// A folder for unfinished files: in `.fika`, or in the output folder where that is another file system.
/// Whatever a killed build left there is thrown away.
fn temporary(root: &Path, out: &Path) -> io::Result<PathBuf> {
    let dir = if same_device(root, out) {
        root.join(".fika").join("unfinished")
    } else {
        out.join(".fika-unfinished")
    };
    if dir.exists() {
        fs::remove_dir_all(&dir)?;
    }
    for thread in 0..THREADS {
        fs::create_dir_all(dir.join(thread.to_string()))?;
    }
    Ok(dir)
}

#[cfg(unix)]
fn same_device(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    matches!((fs::metadata(a), fs::metadata(b)), (Ok(a), Ok(b)) if a.dev() == b.dev())
}

#[cfg(not(unix))]
fn same_device(a: &Path, b: &Path) -> bool {
    a.components().next() == b.components().next()
}

fn shard(file: &str) -> usize {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte as usize)) % SHARDS
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
