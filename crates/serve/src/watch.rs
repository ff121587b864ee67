//! Watches the folders of a site and wakes the builder when something in them changed.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use fika_builder::FOLDERS;
use fika_model::Config;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// How long it must be quiet before a build begins. Editors write in several steps (truncate, write, rename), which take
/// well under a millisecond together; a build that begins too early is followed by another one.
const QUIET: Duration = Duration::from_millis(5);
/// How many times that is waited for, in a folder where it is never quiet.
const PATIENCE: u32 = 10;

/// Why the builder wakes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wake {
    /// Files changed.
    Changed {
        /// Whether all of them were stylesheets, which a page can take without being loaded again.
        styles: bool,
    },
    /// The server is to stop.
    Stop,
}

/// Waits for the next wish to build; changes in quick succession are one.
pub(crate) fn wait(wakes: &Receiver<Wake>) -> Wake {
    let mut woken = wakes.recv().unwrap_or(Wake::Stop);
    for _ in 0..PATIENCE {
        match wakes.recv_timeout(QUIET) {
            Ok(wake) => woken = wakes.try_iter().fold(woken.and(wake), Wake::and),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    woken
}

impl Wake {
    /// Both of two.
    fn and(self, other: Wake) -> Wake {
        match (self, other) {
            (Wake::Changed { styles: one }, Wake::Changed { styles: another }) => {
                Wake::Changed { styles: one && another }
            }
            _ => Wake::Stop,
        }
    }
}

/// The watched folders.
pub(crate) struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    /// What is watched, with the file number of the folder: one that was removed and made again must be watched again.
    watched: BTreeMap<PathBuf, u64>,
}

impl Watch {
    /// Watches the root itself, where `fika.yaml` lies and folders come and go.
    pub(crate) fn new(root: &Path, wakes: Sender<Wake>) -> notify::Result<Watch> {
        let base = root.to_owned();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Some(event) = event.ok().filter(|event| matters(event, &base)) {
                // It fails only when the builder is gone.
                let _ = wakes.send(Wake::Changed { styles: is_of_styles(&event) });
            }
        })?;
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        Ok(Watch { root: root.to_owned(), watcher, watched: BTreeMap::new() })
    }

    /// Watches what a site with this configuration is made of; folders may have come since the last time.
    /// Gives whether there are new ones, or the first folder that cannot be watched.
    pub(crate) fn follow(&mut self, config: &Config) -> Result<bool, (PathBuf, notify::Error)> {
        let mut more = false;
        let wanted = folders(&self.root, config);
        for gone in self.watched.keys().filter(|path| !wanted.contains_key(*path)) {
            // A folder that was deleted is not watched any more.
            let _ = self.watcher.unwatch(gone);
        }
        self.watched.retain(|path, id| wanted.get(path) == Some(id));
        for (path, id) in wanted {
            if !self.watched.contains_key(&path) {
                self.watcher.watch(&path, RecursiveMode::Recursive).map_err(|error| (path.clone(), error))?;
                self.watched.insert(path, id);
                more = true;
            }
        }
        Ok(more)
    }
}

/// The folders to watch, with their file numbers. Where the root itself holds the essays, every folder may hold some.
fn folders(root: &Path, config: &Config) -> BTreeMap<PathBuf, u64> {
    let mut found = BTreeMap::new();
    if config.content_dir.is_empty() {
        let entries = root.read_dir().into_iter().flatten().flatten();
        let output = config.output_dir.split('/').next().unwrap_or_default();
        for entry in entries {
            let name = entry.file_name();
            if name != output && !is_ignored(Path::new(&name)) && name != "node_modules" && name != "target" {
                found.extend(folder(entry.path()));
            }
        }
    } else {
        found.extend(
            FOLDERS.iter().copied().chain([&*config.content_dir]).filter_map(|name| folder(root.join(name))),
        );
    }
    found
}

/// A folder with its number, if it is one.
fn folder(path: PathBuf) -> Option<(PathBuf, u64)> {
    let about = path.metadata().ok().filter(std::fs::Metadata::is_dir)?;
    #[cfg(unix)]
    let id = std::os::unix::fs::MetadataExt::ino(&about);
    #[cfg(not(unix))]
    let id = about
        .created()
        .ok()
        .and_then(|made| made.duration_since(std::time::UNIX_EPOCH).ok())
        .map_or(0, |made| made.as_nanos() as u64);
    Some((path, id))
}

/// Whether an event may change the site. Reading a file is an event too: a build would wake itself for ever.
fn matters(event: &Event, root: &Path) -> bool {
    let is_read =
        event.kind.is_access() && event.kind != EventKind::Access(AccessKind::Close(AccessMode::Write));
    let is_ours = |path: &PathBuf| !is_ignored(path.strip_prefix(root).unwrap_or(path));
    !is_read && (event.paths.is_empty() || event.need_rescan() || event.paths.iter().any(is_ours))
}

/// Whether an event is about stylesheets and nothing else.
fn is_of_styles(event: &Event) -> bool {
    !event.paths.is_empty()
        && !event.need_rescan()
        && event.paths.iter().all(|path| path.extension().is_some_and(|extension| extension == "css"))
}

/// Whether a path is hidden (`.git`, `.fika`, an editor's swap file) or a backup (`moon.md~`). Of `static/` hidden files belong to the site.
fn is_ignored(path: &Path) -> bool {
    let in_static = path.starts_with("static");
    path.components().any(|part| match part {
        Component::Normal(name) => {
            let is_hidden = || name.as_encoded_bytes().starts_with(b".");
            name.to_str().is_some_and(fika_builder::is_litter) || (!in_static && is_hidden())
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use notify::event::{CreateKind, DataChange, ModifyKind};

    use super::*;

    #[test]
    fn only_changes_matter() {
        let root = Path::new("/.hidden/site");
        let event = |kind, path: &str| matters(&Event::new(kind).add_path(root.join(path)), root);
        let changed = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        assert!(event(changed, "content/月.md"));
        assert!(event(EventKind::Create(CreateKind::Folder), "static"));
        assert!(event(EventKind::Access(AccessKind::Close(AccessMode::Write)), "fika.yaml"));
        assert!(!event(EventKind::Access(AccessKind::Open(AccessMode::Any)), "content/moon.md"));
        assert!(!event(EventKind::Access(AccessKind::Close(AccessMode::Read)), "content/moon.md"));
        assert!(
            !event(changed, ".fika/cache")
                && !event(changed, "content/.moon.md.swp")
                && !event(changed, "content/moon.md~")
        );
        assert!(event(changed, "static/.well-known/security.txt") && event(changed, "static/.htaccess"));
        assert!(!event(changed, "static/.DS_Store") && !event(changed, "static/.a.css.swp"));
    }

    #[test]
    fn many_changes_are_one_wake() {
        let (wakes, woken) = mpsc::channel();
        let send = |wake| wakes.send(wake).expect("the receiver is here");
        (0..1000).for_each(|_| send(Wake::Changed { styles: true }));
        assert_eq!(wait(&woken), Wake::Changed { styles: true });
        (0..1000).for_each(|n| send(Wake::Changed { styles: n != 500 }));
        assert_eq!(wait(&woken), Wake::Changed { styles: false });
        send(Wake::Stop);
        assert_eq!(wait(&woken), Wake::Stop, "nothing of the thousands is left");
    }

    #[test]
    fn styles_are_known_by_their_names() {
        let event = |paths: &[&str]| {
            paths.iter().fold(Event::new(EventKind::Any), |event, path| event.add_path(path.into()))
        };
        assert!(is_of_styles(&event(&["/site/static/a.css"])));
        assert!(
            !is_of_styles(&event(&["/site/static/a.css", "/site/a.md"]))
                && !is_of_styles(&event(&[]))
                && !is_of_styles(&event(&["/site/css"]))
        );
    }
}
