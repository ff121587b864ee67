//! Where pages go as they are made.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use fika_model::{Diagnostic, Fingerprint};

use crate::Phase;

/// The content of an output file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// Bytes that were made.
    Bytes(Vec<u8>),
    /// A file to be copied, too large to hold.
    File(PathBuf),
}

/// Takes the output of a build, file by file, from many threads at once.
pub trait Sink: Sync {
    /// A new phase begins; `total` is the number of things it will look at, if that is known.
    fn phase(&self, _phase: Phase, _total: usize) {}
    /// One page of [`Phase::Render`] is done.
    fn tick(&self) {}
    /// The build begins to make files. `files` lists, for a sink that must know, every one it will make
    /// (plugins may add few more).
    fn plan(&self, files: &dyn Fn() -> BTreeSet<String>);
    /// Whether a file is there with this very content.
    fn has(&self, file: &str, content: Fingerprint) -> bool;
    /// Takes a file.
    fn put(&self, file: &str, content: Fingerprint, payload: Payload);
    /// Not all of the site could be read: what is stale on a disk is not removed by this build.
    fn keep_stale(&self);
    /// The build is over: whatever was neither kept nor put is stale.
    fn finish(&self, out: &mut Vec<Diagnostic>) -> Summary;
}

/// What a sink did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that were there already.
    pub unchanged: usize,
    /// Stale files that were removed.
    pub removed: usize,
}

/// Throws everything away: for `fika check`.
#[derive(Debug, Clone, Copy, Default)]
pub struct NullSink;

impl Sink for NullSink {
    fn plan(&self, _files: &dyn Fn() -> BTreeSet<String>) {}
    fn has(&self, _file: &str, _content: Fingerprint) -> bool {
        true
    }
    fn put(&self, _file: &str, _content: Fingerprint, _payload: Payload) {}
    fn keep_stale(&self) {}
    fn finish(&self, _out: &mut Vec<Diagnostic>) -> Summary {
        Summary::default()
    }
}

/// Holds the output in memory: for `fika serve` and tests. Kept from build to build.
#[derive(Default)]
pub struct MemorySink(RwLock<Held>);

#[derive(Default)]
struct Held {
    files: HashMap<String, HeldFile>,
    /// The number of the build that is under way, or was last.
    build: u64,
    /// How many files this build made or kept.
    seen: AtomicUsize,
    changed: BTreeSet<String>,
}

struct HeldFile {
    content: Fingerprint,
    served: Served,
    /// The last build that made or kept it.
    build: AtomicU64,
}

impl Held {
    /// Takes note that a file is of the build under way.
    fn see(&self, file: &HeldFile) {
        if file.build.swap(self.build, Ordering::Relaxed) != self.build {
            self.seen.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// A file held by a [`MemorySink`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Served {
    /// Its bytes.
    Bytes(Arc<[u8]>),
    /// Where it lies.
    File(PathBuf),
}

impl MemorySink {
    /// A file by its path from the output folder, such as `essays/moon/index.html`.
    pub fn get(&self, file: &str) -> Option<Served> {
        self.held().files.get(file).map(|held| held.served.clone())
    }

    /// The paths of all files, sorted.
    pub fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.held().files.keys().cloned().collect();
        paths.sort_unstable();
        paths
    }

    /// Every file with the fingerprint of its content, sorted.
    pub fn fingerprints(&self) -> Vec<(String, Fingerprint)> {
        let held = self.held();
        let mut all: Vec<(String, Fingerprint)> =
            held.files.iter().map(|(file, held)| (file.clone(), held.content)).collect();
        all.sort_unstable();
        all
    }

    /// The files that the last build added, changed or removed, sorted.
    pub fn changed(&self) -> Vec<String> {
        self.held().changed.iter().cloned().collect()
    }

    fn held(&self) -> RwLockReadGuard<'_, Held> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn held_mut(&self) -> RwLockWriteGuard<'_, Held> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for MemorySink {
    fn plan(&self, _files: &dyn Fn() -> BTreeSet<String>) {
        let mut held = self.held_mut();
        held.build += 1;
        *held.seen.get_mut() = 0;
        held.changed.clear();
    }

    fn has(&self, file: &str, content: Fingerprint) -> bool {
        let held = self.held();
        let known = held.files.get(file).filter(|known| known.content == content);
        known.inspect(|known| held.see(known)).is_some()
    }

    fn put(&self, file: &str, content: Fingerprint, payload: Payload) {
        let served = match payload {
            Payload::Bytes(bytes) => Served::Bytes(bytes.into()),
            Payload::File(path) => Served::File(path),
        };
        let held = &mut *self.held_mut();
        held.changed.insert(file.to_owned());
        let build = held.files.remove(file).map_or_else(AtomicU64::default, |known| known.build);
        let new = HeldFile { content, served, build };
        held.see(&new);
        held.files.insert(file.to_owned(), new);
    }

    /// Nothing that a build makes is lost here.
    fn keep_stale(&self) {}

    fn finish(&self, _out: &mut Vec<Diagnostic>) -> Summary {
        let held = &mut *self.held_mut();
        let (before, written) = (held.files.len(), held.changed.len());
        // Most builds leave no file behind.
        if *held.seen.get_mut() < before {
            let (build, changed) = (held.build, &mut held.changed);
            held.files.retain(|file, known| {
                let kept = *known.build.get_mut() == build;
                if !kept {
                    changed.insert(file.clone());
                }
                kept
            });
        }
        let removed = before - held.files.len();
        Summary { written, unchanged: held.files.len() - written, removed }
    }
}
