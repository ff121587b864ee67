//! Files as `load` found them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::Fingerprint;

/// What a file system says of a file without reading it. Equal stamps mean an unchanged file, unless
/// the file was written in the very moment it was looked at (`load` knows and then does not trust the stamp).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stamp {
    /// Bytes.
    pub len: u64,
    /// Last change of the content, in nanoseconds since 1970.
    pub modified: i128,
    /// Last change of the file's record (Unix `ctime`), in nanoseconds since 1970; 0 where unknown.
    pub changed: i128,
    /// The file's number (Unix `inode`); 0 where unknown.
    pub id: u64,
}

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SourceKind {
    /// An essay or a section: Markdown under `content/`.
    Content,
    /// Anything else under `content/`: pictures and files beside an essay.
    Asset,
    /// A file under `static/` of the site or its theme, copied as it is.
    Static,
    /// A data file under `data/`, or any other that a template may load.
    Data,
}

/// A file that the site is made of. Its bytes are read when they are needed, never before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// From the site's root, with forward slashes, NFC: `content/essays/moon.en.md`.
    pub path: Arc<str>,
    /// What it is for.
    pub kind: SourceKind,
    /// What the file system says of it; none where that cannot be trusted to tell the next change.
    pub stamp: Option<Stamp>,
    /// The content's fingerprint, where a trusted stamp told it without reading.
    pub known: Option<Fingerprint>,
}
