//! A site in a string.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::output::{Built, Options, Room};

/// The files of a site by their path from its root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fixture {
    /// The files.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Reads a site from a string: `//- path` begins a file, which goes on until the next one. A file that ends in `.png` holds its size,
/// as in `640x480`, and becomes a real picture.
pub fn site(text: &str) -> Fixture {
    let mut fixture = Fixture::default();
    for part in format!("\n{text}").split("\n//- ").skip(1) {
        let (path, body) = part.split_once('\n').unwrap_or((part, ""));
        let mut body = body.trim_end_matches('\n').to_owned();
        if !body.is_empty() {
            body.push('\n');
        }
        let bytes = if path.ends_with(".png") { picture(body.trim()) } else { body.into_bytes() };
        fixture.files.insert(path.trim().to_owned(), bytes);
    }
    fixture
}

impl Fixture {
    /// The site of a folder below `tests/sites/`.
    pub fn folder(name: &str) -> Fixture {
        let mut fixture = Fixture::default();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sites").join(name);
        fixture.read(&root, "");
        assert!(!fixture.files.is_empty(), "{} is empty", root.display());
        fixture
    }

    /// Adds the files below a folder of the disk, if there is one, each under a prefix such as `content/`.
    pub fn read(&mut self, folder: &Path, prefix: &str) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries {
            let entry = entry.expect("an entry of a folder");
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                self.read(&entry.path(), &format!("{path}/"));
            } else {
                self.files.insert(path, fs::read(entry.path()).expect("a file"));
            }
        }
    }

    /// The same with the files of another site, which win.
    #[must_use]
    pub fn with(mut self, other: Fixture) -> Fixture {
        self.files.extend(other.files);
        self
    }

    /// The same with one file more, or another content for it.
    #[must_use]
    pub fn file(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Fixture {
        self.files.insert(path.to_owned(), bytes.into());
        self
    }

    /// The same with every translation recorded as made from its original as it is now (`fika translations mark --all`).
    #[must_use]
    pub fn marked(self) -> Fixture {
        let mut room = Room::new();
        room.set(&self);
        let (_, records) = room.survey(&Options::default());
        self.file(fika_builder::RECORDS, fika_parser::write_records(&records))
    }

    /// Builds the site from nothing.
    pub fn build(&self) -> Built {
        self.build_with(&Options::default())
    }

    /// Builds the site from nothing, otherwise than by default.
    pub fn build_with(&self, options: &Options) -> Built {
        let mut room = Room::new();
        room.set(self);
        room.build(options)
    }
}

/// A picture of a size such as `640x480`, all grey.
fn picture(size: &str) -> Vec<u8> {
    let (width, height) = size.split_once('x').expect("a size such as 640x480");
    fika_benches::picture(width.parse().expect("a width"), height.parse().expect("a height"), 128)
}
