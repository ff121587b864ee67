//! Files and folders that the site needs and that may not be there: what is not there is nothing, what is there and cannot be read is
//! an error.
#![allow(clippy::disallowed_methods)] // load's half that reads

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use fika_model::Diagnostic;

/// A file's bytes; nothing where no file is. What is no file, such as a pipe that would be waited for, cannot be read.
pub(crate) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let metadata = match fs::metadata(path) {
        Err(error) if is_absent(&error) => return Ok(None),
        metadata => metadata?,
    };
    if !metadata.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a file"));
    }
    fs::read(path).map(Some)
}

/// Whether an error says that there is nothing.
pub(crate) fn is_absent(error: &io::Error) -> bool {
    error.kind() == ErrorKind::NotFound
}

/// The code of what is told of something that cannot be read.
const UNREADABLE: &str = "read";

/// Whether a problem is that something of the site could not be read. What is not seen is not gone: nothing may be removed or
/// forgotten because of it.
pub fn is_unreadable(problem: &Diagnostic) -> bool {
    problem.code == UNREADABLE
}

/// What is told of a file or folder that is there and cannot be read.
pub fn unreadable(path: impl Into<Arc<str>>, error: &io::Error) -> Diagnostic {
    Diagnostic::error(UNREADABLE, path, format!("cannot read this: {error}"))
        .help("check that it is yours to read; what was made of it before stays")
}

/// A path as people write it: without the `./` of a site that is built from within.
pub(crate) fn shown(path: &Path) -> std::path::Display<'_> {
    path.strip_prefix(".").unwrap_or(path).display()
}

/// The path of a place from a folder that holds it, with `/` between its parts; nothing where it lies elsewhere.
pub(crate) fn below(folder: &Path, path: &Path) -> Option<String> {
    let (folder, path) = (place(folder), place(path));
    path.strip_prefix(&folder).ok().map(|path| path.to_string_lossy().replace('\\', "/"))
}

/// Where a path leads, links followed as far as there is something.
pub(crate) fn place(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut at = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => drop(at.pop()),
            Component::CurDir => {}
            part => {
                at.push(part);
                at = fs::canonicalize(&at).unwrap_or(at);
            }
        }
    }
    at
}
