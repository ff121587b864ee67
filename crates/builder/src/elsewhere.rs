//! Files of Zola and others that look as if they said something of the site, and are not read: told once, with what takes their place.
#![allow(clippy::disallowed_methods)] // load's half that reads

use std::fs;
use std::path::Path;

use fika_model::{CONFIG, Diagnostic};

use crate::load::THEME_FILE;

/// Configurations of other generators, with whose they are.
const CONFIGS: [(&str, &str); 7] = [
    ("zola.toml", "Zola"),
    ("hugo.toml", "Hugo"),
    ("hugo.yaml", "Hugo"),
    ("config.toml", "Zola or Hugo"),
    ("_config.yml", "Hexo or Jekyll"),
    ("config.yaml", "Hugo"),
    ("mkdocs.yml", "MkDocs"),
];

/// What a theme for Zola has, and where that goes.
const OF_ZOLA: [(&str, &str); 3] = [
    (
        "theme.toml",
        "what stands under `[extra]` goes under `params:` in `theme.yaml`, as the `default` of each",
    ),
    ("sass", "compile Sass into `static/`"),
    ("templates/shortcodes", "make components of shortcodes, in `templates/components/`"),
];

/// The configuration of another generator in a folder that has none of ours.
pub(crate) fn config(root: &Path) -> Option<Diagnostic> {
    if root.join(CONFIG).exists() {
        return None;
    }
    let (name, whose) = CONFIGS.iter().find(|(name, _)| root.join(name).is_file())?;
    let message = format!("`{name}` is a configuration for {whose}, and is not read");
    let help =
        format!("write what it says into `{CONFIG}`; the guide has a page for those who come from elsewhere");
    Some(Diagnostic::note("foreign-config", *name, message).help(help))
}

/// A theme for Zola that has not been made one of ours: it says nothing of itself in our words.
pub(crate) fn theme(root: &Path, folder: &str) -> Option<Diagnostic> {
    let at = |name: &str| root.join(folder).join(name);
    let said = fs::read_to_string(at("theme.toml")).ok().filter(|_| !at(THEME_FILE).exists())?;
    let matters = |name: &str| at(name).exists() && (name != "theme.toml" || said.contains("[extra"));
    let (names, places): (Vec<_>, Vec<_>) = OF_ZOLA.into_iter().filter(|(name, _)| matters(name)).unzip();
    if names.is_empty() {
        return None;
    }
    let are = if names.len() == 1 { "is" } else { "are" };
    let message = format!("this is a theme for Zola: of it, `{}` {are} not read", names.join("`, `"));
    Some(Diagnostic::note("theme-file", folder.to_owned(), message).help(places.join("; ")))
}
