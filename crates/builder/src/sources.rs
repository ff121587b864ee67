//! Sources that plugins add to those of the disk.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use fika_model::{Diagnostic, Source};
use fika_plugin::{Hook, Plugins};

use crate::{Input, World};

impl Input {
    /// The same with what plugins find elsewhere ([`fika_plugin::Plugin::sources`]), and what went wrong there. A file of the site keeps
    /// its path, and of several plugins the first has it.
    #[must_use]
    pub fn with_sources_of(self, plugins: &Plugins) -> (Input, Vec<Diagnostic>) {
        let (mut faults, mut files, mut added) = (Vec::new(), HashMap::new(), Vec::new());
        for plugin in plugins.with(Hook::Sources) {
            let found = plugin.sources(&self.config);
            faults.extend(found.diagnostics);
            for (path, kind, bytes) in found.files {
                let is_there = self.sources.binary_search_by(|source| source.path.cmp(&path)).is_ok();
                if is_there || files.contains_key(&path) {
                    let message =
                        format!("the plugin `{}` has a file `{path}`, which is there already", plugin.name());
                    let fault = Diagnostic::warning("same-address", path, message);
                    faults.push(fault.help("the one that is there is used; rename one of them"));
                    continue;
                }
                added.push(Source { path: path.clone(), kind, stamp: None, known: None });
                files.insert(path, Arc::from(bytes));
            }
        }
        if files.is_empty() {
            return (self, faults);
        }
        let mut sources = [&self.sources[..], &added].concat();
        sources.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let world = Arc::new(Overlaid { files, below: self.world.clone() });
        (Input { sources: sources.into(), world, ..self }, faults)
    }
}

/// Files in memory above those of another world.
struct Overlaid {
    files: HashMap<Arc<str>, Arc<[u8]>>,
    below: Arc<dyn World>,
}

impl World for Overlaid {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.files.get(path).map_or_else(|| self.below.read(path), |bytes| Ok(bytes.to_vec()))
    }

    fn head(&self, path: &str, most: usize) -> io::Result<Vec<u8>> {
        let own = self.files.get(path).map(|bytes| bytes[..bytes.len().min(most)].to_vec());
        own.map_or_else(|| self.below.head(path, most), Ok)
    }

    fn disk_path(&self, path: &str) -> Option<PathBuf> {
        if self.files.contains_key(path) { None } else { self.below.disk_path(path) }
    }
}
