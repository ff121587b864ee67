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

/// Makes a site in a new or empty folder; one that holds nothing but `.git` is as good as empty.
pub(crate) fn init(dir: &Path) -> anyhow::Result<Ending> {
    let name = dir.display();
    if dir.exists() {
        let mut entries =
            fs::read_dir(dir).with_context(|| format!("`{name}` is not a folder that can be read"))?;
        if entries.any(|entry| entry.is_ok_and(|entry| entry.file_name() != ".git")) {
            bail!("`{name}` is not empty; name a new folder");
        }
    }
    for (path, text) in STARTER {
        let file = dir.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
        }
        fs::write(&file, text).with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    let enter = if dir == Path::new(".") { String::new() } else { format!("    cd {name}\n") };
    output::say(&format!(
        "A site in Chinese and English is in `{name}`. To see it:\n\n{enter}    fika serve --open"
    ))?;
    Ok(Ending::Good)
}
