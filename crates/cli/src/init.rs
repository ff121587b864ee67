//! `fika init`: a site in two languages to begin with.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};

use crate::output::{self, Ending};

/// The files of a new site: path and text.
const STARTER: &[(&str, &str)] = &[
    ("fika.yaml", include_str!("../starter/fika.yaml")),
    (".gitignore", include_str!("../starter/gitignore")),
    ("translations.lock", include_str!("../starter/translations.lock")),
    ("content/_index.md", include_str!("../starter/content/_index.md")),
    ("content/_index.en.md", include_str!("../starter/content/_index.en.md")),
    ("content/about.md", include_str!("../starter/content/about.md")),
    ("content/about.en.md", include_str!("../starter/content/about.en.md")),
    ("content/essays/_index.md", include_str!("../starter/content/essays/_index.md")),
    ("content/essays/_index.en.md", include_str!("../starter/content/essays/_index.en.md")),
    ("content/essays/hello.md", include_str!("../starter/content/essays/hello.md")),
    ("content/essays/hello.en.md", include_str!("../starter/content/essays/hello.en.md")),
];

/// The file in which git is told what is made and not written.
const IGNORE: &str = ".gitignore";

/// Makes a site in a folder that is new, or holds nothing but what a repository begins with.
pub(crate) fn init(dir: &Path) -> anyhow::Result<Ending> {
    let name = dir.display();
    if dir.exists() {
        let mut entries =
            fs::read_dir(dir).with_context(|| format!("`{name}` is not a folder that can be read"))?;
        let is_in_the_way = |entry: &fs::DirEntry| !is_of_a_repository(&entry.file_name().to_string_lossy());
        if entries.any(|entry| entry.is_ok_and(|entry| is_in_the_way(&entry))) {
            bail!("`{name}` is not empty; name a new folder");
        }
    }
    for (path, text) in STARTER {
        let file = dir.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
        }
        let before = if *path == IGNORE { fs::read(&file).unwrap_or_default() } else { Vec::new() };
        fs::write(&file, after(&before, text))
            .with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    let enter =
        if dir == Path::new(".") { String::new() } else { format!("    cd {}\n", shell(&name.to_string())) };
    output::say(&format!(
        "A site in Chinese and English is in `{name}`. To see it:\n\n{enter}    fika serve --open"
    ))?;
    Ok(Ending::Good)
}

/// Whether a name is one of those that hosts of git put into a new repository, or of something hidden: no site is made of these.
fn is_of_a_repository(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    stem.is_empty() || ["readme", "license", "licence", "copying"].contains(&&*stem.to_lowercase())
}

/// A text behind what a file held before, which stays as it is.
fn after(before: &[u8], text: &str) -> Vec<u8> {
    let gap: &[u8] = match before.last() {
        None => b"",
        Some(b'\n') => b"\n",
        Some(_) => b"\n\n",
    };
    [before, gap, text.as_bytes()].concat()
}

/// A path as a shell takes it.
fn shell(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:\\".contains(c);
    if path.chars().all(is_plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}
