//! Where the bytes of sources come from: a disk, or whatever a test puts in its place.
#![allow(clippy::disallowed_methods)] // load's half that reads

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::listing::RealNames;

/// Reads files of the site by their path from its root.
pub trait World: Send + Sync {
    /// A file's bytes.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;
    /// The first bytes of a file, as many as there are up to `most`.
    fn head(&self, path: &str, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = self.read(path)?;
        bytes.truncate(most);
        Ok(bytes)
    }
    /// Where the file lies on a disk, for files too large to hold.
    fn disk_path(&self, path: &str) -> Option<PathBuf>;
}

/// A folder of a disk.
pub struct DiskWorld {
    root: PathBuf,
    /// Files whose names differ from their NFC form, as macOS writes them.
    real: RealNames,
}

impl DiskWorld {
    pub(crate) fn new(root: &Path, real: RealNames) -> DiskWorld {
        DiskWorld { root: root.to_owned(), real }
    }

    fn real(&self, path: &str) -> PathBuf {
        self.real.get(path).cloned().unwrap_or_else(|| self.root.join(path))
    }
}

impl World for DiskWorld {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(self.real(path))
    }

    fn head(&self, path: &str, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(most);
        fs::File::open(self.real(path))?.take(most as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn disk_path(&self, path: &str) -> Option<PathBuf> {
        Some(self.real(path))
    }
}
