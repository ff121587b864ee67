//! Builds a site as the command does, and holds what came of it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fika_builder::{DiskSink, LoadOptions, Lock, Memo, MemorySink, Served, Sink, Survey, World, build, load};
use fika_model::{Diagnostic, Records};
use fika_plugin::Plugin;
use tempfile::TempDir;

use crate::Fixture;
use crate::whole::Signature;

/// How a site is built.
#[derive(Clone)]
pub struct Options {
    /// In place of the configured `base_url`.
    pub base_url: Option<String>,
    /// Whether drafts are published.
    pub drafts: bool,
    /// The moment to build for.
    pub as_of: String,
    /// Whether every page says at its end of which file it is, for [`losses`](crate::losses).
    pub signed: bool,
    /// Plugins besides the built-in ones.
    pub plugins: Vec<Arc<dyn Plugin>>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            base_url: None,
            drafts: false,
            as_of: "2026-01-01".to_owned(),
            signed: false,
            plugins: Vec::new(),
        }
    }
}

/// What came of a build.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Built {
    /// Every file by its path from the output folder.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Every problem.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages were rendered rather than kept.
    pub rendered: usize,
    /// How many essays were parsed rather than remembered.
    pub parsed: usize,
    /// Whether the site was linked anew rather than taken over.
    pub relinked: bool,
    /// How many translations stand in each way.
    pub translations: Vec<(&'static str, usize)>,
}

impl Built {
    /// A text file of the output.
    pub fn page(&self, file: &str) -> &str {
        let bytes =
            self.files.get(file).unwrap_or_else(|| panic!("no {file} among {:#?}", self.files.keys()));
        std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    /// The codes of all diagnostics, in order.
    pub fn codes(&self) -> Vec<&str> {
        self.diagnostics.iter().map(|diagnostic| &*diagnostic.code).collect()
    }
}

/// A folder in which a site is changed and built again and again, its memo kept.
pub struct Room {
    folder: TempDir,
    /// What lies in the folder now.
    now: Fixture,
    memo: Memo,
    sink: MemorySink,
}

impl Default for Room {
    fn default() -> Room {
        Room::new()
    }
}

impl Room {
    /// An empty folder and an empty memo.
    pub fn new() -> Room {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("site")).expect("a folder for the site");
        Room { folder, now: Fixture::default(), memo: Memo::empty(), sink: MemorySink::default() }
    }

    /// The site's folder.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Makes the folder hold a site: writes what differs, removes what is gone.
    pub fn set(&mut self, fixture: &Fixture) {
        let root = self.root();
        for path in self.now.files.keys().filter(|path| !fixture.files.contains_key(*path)) {
            fs::remove_file(root.join(path)).expect("a file of the site");
            // A folder that is left empty is not part of a site in a string.
            let folders = Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
            folders.take_while(|folder| fs::remove_dir(root.join(folder)).is_ok()).for_each(drop);
        }
        for (path, bytes) in
            fixture.files.iter().filter(|(path, bytes)| self.now.files.get(*path) != Some(bytes))
        {
            let file = root.join(path);
            fs::create_dir_all(file.parent().unwrap_or(&root)).expect("a folder of the site");
            fs::write(file, bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
        self.now = fixture.clone();
    }

    /// What `fika translations` finds, and the records that it would write if every translation were marked.
    pub fn survey(&mut self, options: &Options) -> (Survey, Records) {
        let input = load(&self.options(options), &mut Memo::empty()).input;
        let (plugins, _) = fika_plugins::builtin(&input.config);
        let survey = fika_builder::survey(&input, &plugins, &mut Memo::empty());
        let records = fika_builder::mark(&input.records, &survey, &|_| true);
        (survey, records)
    }

    /// Sends the memo to the disk and reads it back, as from one run of the command to the next.
    pub fn restart(&mut self) {
        self.memo.save(&self.root()).expect("the memo is written");
        self.memo = Memo::open(&self.root(), BUILD_ID);
    }

    /// Builds into memory; what earlier builds made is known.
    pub fn build(&mut self, options: &Options) -> Built {
        self.build_in(options, &|world| world)
    }

    /// The same, with something in the place of the disk while the site is built, after it was loaded.
    pub fn build_in(&mut self, options: &Options, world: &dyn Fn(Arc<dyn World>) -> Arc<dyn World>) -> Built {
        let (built, out) = self.run(options, world, &|_, _| None);
        let files = self.sink.paths().into_iter().map(|path| {
            let bytes = match self.sink.get(&path) {
                Some(Served::Bytes(bytes)) => bytes.to_vec(),
                Some(Served::File(file)) => {
                    fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
                }
                None => panic!("{path} is gone"),
            };
            (path, bytes)
        });
        Built { files: files.collect(), diagnostics: out, ..built }
    }

    /// Builds into the folder `public` of the site, and reads it.
    pub fn build_to_disk(&mut self, options: &Options) -> Built {
        let root = self.root();
        let lock = Lock::take(&root, || panic!("nobody else builds here")).expect("the lock");
        let open =
            |root: &Path, out: &Path| Some(DiskSink::open(&lock, root, out).expect("the output folder"));
        let (built, out) = self.run(options, &|world| world, &open);
        let mut files = BTreeMap::new();
        read(&root.join("public"), "", &mut files).expect("the output");
        Built { files, diagnostics: out, ..built }
    }

    fn options(&self, options: &Options) -> LoadOptions {
        LoadOptions {
            root: self.root(),
            out: Some(self.root().join("public")),
            base_url: options.base_url.clone(),
            drafts: options.drafts,
            as_of: Some(options.as_of.clone()),
        }
    }

    fn run(
        &mut self,
        options: &Options,
        world: &dyn Fn(Arc<dyn World>) -> Arc<dyn World>,
        disk: &dyn Fn(&Path, &Path) -> Option<DiskSink>,
    ) -> (Built, Vec<Diagnostic>) {
        let load_options = self.options(options);
        let mut loaded = load(&load_options, &mut self.memo);
        loaded.input.world = world(loaded.input.world);
        let (mut plugins, faults) = fika_plugins::builtin(&loaded.input.config);
        if options.signed {
            plugins = plugins.and(Arc::new(Signature));
        }
        for plugin in &options.plugins {
            plugins = plugins.and(plugin.clone());
        }
        let (input, found) = loaded.input.with_sources_of(&plugins);
        let disk = disk(&load_options.root, &loaded.out);
        let sink: &dyn Sink = disk.as_ref().map_or(&self.sink, |disk| disk);
        let built = build(&input, &plugins, &mut self.memo, sink);
        let mut out = [loaded.diagnostics, faults, found, built.diagnostics].concat();
        fika_builder::place_faults(&load_options.root, &mut out);
        out.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        out.dedup();
        (
            Built {
                files: BTreeMap::new(),
                diagnostics: Vec::new(),
                rendered: built.rendered,
                parsed: built.parsed,
                relinked: built.relinked,
                translations: built.translations,
            },
            out,
        )
    }
}

/// Names this executable to the memo.
const BUILD_ID: &str = "the tests";

/// Every file below a folder.
fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}
