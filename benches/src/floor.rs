//! The floor: the least work that any generator must do. Every source is read, Markdown becomes HTML by pulldown-cmark, every output is
//! written, on rayon's threads. No front matter, no templates, no links, no lists. What fika takes is told as a multiple of this.

use std::io;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;

/// Builds the corpus in `root` into `out` and counts the files written.
pub fn floor(root: &Path, out: &Path) -> io::Result<usize> {
    let mut sources = Vec::new();
    for folder in ["content", "static"] {
        list(&root.join(folder), Path::new(""), &mut sources)?;
    }
    sources.par_iter().try_for_each(|(file, path)| convert(file, &out.join(path)))?;
    Ok(sources.len())
}

/// Every file of a folder: where it is, and its path from there.
fn list(folder: &Path, path: &Path, found: &mut Vec<(PathBuf, PathBuf)>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let below = path.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &below, found)?;
        } else {
            found.push((entry.path(), below));
        }
    }
    Ok(())
}

fn convert(file: &Path, out: &Path) -> io::Result<()> {
    let bytes = std::fs::read(file)?;
    if file.extension().is_none_or(|extension| extension != "md") {
        return write(out, &bytes);
    }
    let text = String::from_utf8_lossy(&bytes);
    let body = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map_or(&*text, |(_, body)| body);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut page = String::with_capacity(body.len() * 3 / 2);
    html::push_html(&mut page, Parser::new_ext(body, options));
    write(&out.with_extension("").join("index.html"), page.as_bytes())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(path, bytes)
}

#[cfg(test)]
mod tests {
    use crate::Corpus;

    #[test]
    fn the_floor_writes_every_page() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = Corpus::new(20, 5);
        corpus.write(folder.path()).unwrap();
        let out = folder.path().join("out");
        let files = super::floor(folder.path(), &out).unwrap();
        assert_eq!(files, corpus.files().count() - 1, "all but the configuration");
        let page = std::fs::read_to_string(out.join("notes/e0000/index.html")).unwrap();
        assert!(page.contains("<h2>") && !page.contains("tagline"), "{page}");
    }
}
